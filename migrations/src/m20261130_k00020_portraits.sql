CREATE TABLE pictures (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), person_kind TEXT NOT NULL,
  person_id {uuid} NOT NULL, jpeg {bytes} NOT NULL, small {bytes} NOT NULL, created_at {time} NOT NULL,
  version INTEGER NOT NULL, UNIQUE (school_id, id)
);
CREATE INDEX pictures_by_person ON pictures (school_id, person_id);
CREATE TABLE portraits (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid}, staff_id {uuid},
  picture_id {uuid} NOT NULL, version INTEGER NOT NULL,
  UNIQUE (school_id, student_id), UNIQUE (school_id, staff_id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff (school_id, id),
  FOREIGN KEY (school_id, picture_id) REFERENCES pictures (school_id, id)
)
