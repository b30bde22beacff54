CREATE TABLE medical_notes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  condition TEXT NOT NULL, what_to_do TEXT NOT NULL, medicine TEXT, updated_by {uuid}, updated_at {time} NOT NULL,
  version INTEGER NOT NULL, FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX medical_notes_by_student ON medical_notes (school_id, student_id);
CREATE TABLE behaviour_notes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  date {date} NOT NULL, body TEXT NOT NULL, follow_up_date {date}, written_by {uuid}, written_at {time} NOT NULL,
  version INTEGER NOT NULL, FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX behaviour_notes_by_student ON behaviour_notes (school_id, student_id, date);
CREATE TABLE pastoral_notes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  date {date} NOT NULL, body TEXT NOT NULL, follow_up_date {date}, written_by {uuid}, written_at {time} NOT NULL,
  version INTEGER NOT NULL, FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
CREATE INDEX pastoral_notes_by_student ON pastoral_notes (school_id, student_id, date)
