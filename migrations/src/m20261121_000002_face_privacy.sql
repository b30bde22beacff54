CREATE TABLE face_objections (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL REFERENCES students (id),
  said_at {time} NOT NULL, recorded_by {uuid}, withdrawn_at {time}, version INTEGER NOT NULL
);
CREATE INDEX face_objections_by_student ON face_objections (school_id, student_id);
CREATE TABLE face_photographs (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL REFERENCES students (id),
  nonce {bytes} NOT NULL, ciphertext {bytes} NOT NULL, created_at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX face_photographs_by_student ON face_photographs (school_id, student_id);
CREATE TABLE evidence_frames (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL REFERENCES classes (id),
  student_id {uuid} REFERENCES students (id), date {date} NOT NULL, lesson INTEGER NOT NULL,
  nonce {bytes} NOT NULL, ciphertext {bytes} NOT NULL, taken_at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX evidence_frames_by_time ON evidence_frames (school_id, taken_at);
CREATE INDEX evidence_frames_by_student ON evidence_frames (school_id, student_id);
CREATE TABLE face_uses (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), purpose TEXT NOT NULL,
  class_id {uuid} REFERENCES classes (id), student_id {uuid} REFERENCES students (id), people INTEGER NOT NULL,
  user_id {uuid}, at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX face_uses_by_time ON face_uses (school_id, at);
CREATE INDEX face_uses_by_student ON face_uses (school_id, student_id);
CREATE TABLE face_rejections (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL REFERENCES classes (id),
  student_id {uuid} NOT NULL REFERENCES students (id), date {date} NOT NULL, lesson INTEGER NOT NULL,
  said_by {uuid}, said_at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE UNIQUE INDEX face_rejections_once ON face_rejections (school_id, date, lesson, student_id);
