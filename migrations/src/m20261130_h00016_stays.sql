ALTER TABLE students ADD COLUMN expected_on {date};
ALTER TABLE students ADD COLUMN last_day {date};
ALTER TABLE staff ADD COLUMN first_day {date};
ALTER TABLE staff ADD COLUMN last_day {date};
CREATE TABLE stays (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  start_date {date} NOT NULL, entry_kind TEXT NOT NULL, entry_reason TEXT, end_date {date}, exit_kind TEXT,
  exit_reason TEXT, version INTEGER NOT NULL,
  UNIQUE (school_id, student_id, start_date),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX stays_by_day ON stays (school_id, start_date, end_date, student_id);
CREATE TABLE leaves (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  start_date {date} NOT NULL, end_date {date}, reason TEXT, version INTEGER NOT NULL,
  UNIQUE (school_id, student_id, start_date),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
DROP INDEX students_by_name;
DROP INDEX students_by_given;
DROP INDEX students_by_status;
CREATE INDEX students_by_name ON students (school_id, sort_name, id, deleted_at, expected_on, last_day, status)
  WHERE deleted_at IS NULL;
CREATE INDEX students_by_given ON students (school_id, sort_given, id, deleted_at, expected_on, last_day, status)
  WHERE deleted_at IS NULL;
CREATE INDEX students_by_status ON students (school_id, status, sort_name, id, deleted_at, expected_on, last_day)
  WHERE deleted_at IS NULL
