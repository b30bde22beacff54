CREATE TABLE absence_notices (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  start_date {date} NOT NULL, end_date {date} NOT NULL, code_id {uuid} NOT NULL, reason TEXT, said_by TEXT,
  entered_by {uuid}, entered_at {time} NOT NULL, version INTEGER NOT NULL,
  CHECK (start_date <= end_date), FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, code_id) REFERENCES attendance_codes (school_id, id)
);
CREATE INDEX absence_notices_by_student ON absence_notices (school_id, student_id, end_date);
CREATE INDEX absence_notices_by_end ON absence_notices (school_id, end_date)
