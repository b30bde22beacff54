CREATE TABLE custom_fields (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), about TEXT NOT NULL, title TEXT NOT NULL,
  kind TEXT NOT NULL, choices {json} NOT NULL, help TEXT, position INTEGER NOT NULL, seen_by {json} NOT NULL,
  changed_by {json} NOT NULL, deleted_at {time}, version INTEGER NOT NULL, UNIQUE (school_id, id)
);
CREATE TABLE field_values (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), field_id {uuid} NOT NULL, student_id {uuid},
  guardian_id {uuid}, staff_id {uuid}, class_id {uuid}, value TEXT NOT NULL, version INTEGER NOT NULL,
  UNIQUE (school_id, student_id, field_id), UNIQUE (school_id, guardian_id, field_id),
  UNIQUE (school_id, staff_id, field_id), UNIQUE (school_id, class_id, field_id),
  FOREIGN KEY (school_id, field_id) REFERENCES custom_fields (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardians (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX field_values_by_field ON field_values (school_id, field_id)
