ALTER TABLE classes ADD COLUMN kind TEXT NOT NULL DEFAULT 'homeroom';
ALTER TABLE classes ADD COLUMN places INTEGER;
ALTER TABLE courses ADD COLUMN description TEXT;
CREATE TABLE exemptions (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL, start_date {date} NOT NULL, end_date {date}, reason TEXT, version INTEGER NOT NULL,
  UNIQUE (school_id, course_id, student_id, start_date),
  FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX exemptions_by_student ON exemptions (school_id, student_id)
;
CREATE INDEX schools_by_name ON schools (name, id, district_id, identifier, time_zone, version, deleted_at)
