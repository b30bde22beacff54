CREATE TABLE roster_ids (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), kind TEXT NOT NULL, source_id TEXT NOT NULL,
  class_id {uuid}, course_id {uuid}, student_id {uuid}, staff_id {uuid}, guardian_id {uuid}, start_date {date},
  version INTEGER NOT NULL,
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardians (school_id, id)
);
CREATE INDEX roster_ids_by_kind ON roster_ids (school_id, kind, source_id);
CREATE INDEX roster_ids_by_student ON roster_ids (school_id, student_id);
ALTER TABLE categories ADD COLUMN source_id TEXT;
ALTER TABLE assessments ADD COLUMN due_date {date};
ALTER TABLE assessments ADD COLUMN period TEXT;
ALTER TABLE assessments ADD COLUMN source_id TEXT;
ALTER TABLE marks ADD COLUMN source_id TEXT;
ALTER TABLE marks ADD COLUMN score_status TEXT;
ALTER TABLE marks ADD COLUMN score_date {date}
