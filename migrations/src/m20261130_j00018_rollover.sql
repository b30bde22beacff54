CREATE TABLE rollover_decisions (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), year_id {uuid} NOT NULL, class_id {uuid},
  student_id {uuid}, outcome TEXT NOT NULL, to_title TEXT, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, year_id) REFERENCES academic_sessions (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX rollover_decisions_by_year ON rollover_decisions (school_id, year_id)
