CREATE TABLE grade_places (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), year_id {uuid} NOT NULL,
  grade_level TEXT NOT NULL, places INTEGER NOT NULL, version INTEGER NOT NULL,
  UNIQUE (school_id, year_id, grade_level),
  FOREIGN KEY (school_id, year_id) REFERENCES academic_sessions (school_id, id)
)
