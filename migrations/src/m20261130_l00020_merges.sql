CREATE TABLE merges (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid}, into_student_id {uuid},
  guardian_id {uuid}, into_guardian_id {uuid}, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, into_student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardians (school_id, id),
  FOREIGN KEY (school_id, into_guardian_id) REFERENCES guardians (school_id, id)
);
CREATE INDEX merges_by_student ON merges (school_id, student_id);
CREATE INDEX merges_by_guardian ON merges (school_id, guardian_id)
