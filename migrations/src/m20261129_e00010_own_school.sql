CREATE TABLE new_academic_sessions (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), parent_id {uuid}, kind TEXT NOT NULL,
  title TEXT NOT NULL, start_date {date} NOT NULL, end_date {date} NOT NULL, source_id TEXT, deleted_at {time},
  version INTEGER NOT NULL, UNIQUE (school_id, id),
  FOREIGN KEY (school_id, parent_id) REFERENCES academic_sessions (school_id, id)
);
INSERT INTO new_academic_sessions (id, school_id, parent_id, kind, title, start_date, end_date, source_id,
  deleted_at, version)
    SELECT id, school_id, parent_id, kind, title, start_date, end_date, source_id, deleted_at, version FROM
    academic_sessions;
DROP TABLE academic_sessions;
ALTER TABLE new_academic_sessions RENAME TO academic_sessions;
CREATE INDEX academic_sessions_by_school ON academic_sessions (school_id, start_date);
CREATE TABLE new_students (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), number TEXT NOT NULL,
  given_name TEXT NOT NULL, middle_name TEXT, family_name TEXT NOT NULL, preferred_name TEXT, native_name TEXT,
  birth_date {date}, sex TEXT, email TEXT, phone TEXT, grade_level TEXT, status TEXT NOT NULL,
  sort_name {folded} NOT NULL, source_id TEXT, created_at {time} NOT NULL, deleted_at {time},
  version INTEGER NOT NULL, sort_given {folded} NOT NULL DEFAULT '', UNIQUE (school_id, number),
  UNIQUE (school_id, id)
);
INSERT INTO new_students (id, school_id, number, given_name, middle_name, family_name, preferred_name, native_name,
  birth_date, sex, email, phone, grade_level, status, sort_name, source_id, created_at, deleted_at, version,
  sort_given)
    SELECT id, school_id, number, given_name, middle_name, family_name, preferred_name, native_name, birth_date,
    sex, email, phone, grade_level, status, sort_name, source_id, created_at, deleted_at, version, sort_given FROM
    students;
DROP TABLE students;
ALTER TABLE new_students RENAME TO students;
CREATE INDEX students_by_name ON students (school_id, sort_name, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX students_by_status ON students (school_id, status, sort_name, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX students_by_source ON students (school_id, source_id);
CREATE INDEX students_by_birth_date ON students (school_id, birth_date);
CREATE INDEX students_by_given ON students (school_id, sort_given, id, deleted_at) WHERE deleted_at IS NULL;
CREATE TABLE new_guardians (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), given_name TEXT NOT NULL,
  family_name TEXT NOT NULL, email TEXT, phone TEXT, source_id TEXT, deleted_at {time}, version INTEGER NOT NULL,
  UNIQUE (school_id, id)
);
INSERT INTO new_guardians (id, school_id, given_name, family_name, email, phone, source_id, deleted_at, version)
  SELECT id, school_id, given_name, family_name, email, phone, source_id, deleted_at, version FROM guardians;
DROP TABLE guardians;
ALTER TABLE new_guardians RENAME TO guardians;
CREATE INDEX guardians_by_source ON guardians (school_id, source_id);
CREATE TABLE new_guardianships (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  guardian_id {uuid} NOT NULL, relationship TEXT NOT NULL, is_primary BOOLEAN NOT NULL, version INTEGER NOT NULL,
  UNIQUE (school_id, student_id, guardian_id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES guardians (school_id, id)
);
INSERT INTO new_guardianships (id, school_id, student_id, guardian_id, relationship, is_primary, version)
  SELECT id, school_id, student_id, guardian_id, relationship, is_primary, version FROM guardianships;
DROP TABLE guardianships;
ALTER TABLE new_guardianships RENAME TO guardianships;
CREATE TABLE new_staff (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), number TEXT, given_name TEXT NOT NULL,
  family_name TEXT NOT NULL, native_name TEXT, email TEXT, phone TEXT, job_title TEXT, sort_name {folded} NOT NULL,
  source_id TEXT, deleted_at {time}, version INTEGER NOT NULL, sort_given {folded} NOT NULL DEFAULT '',
  UNIQUE (school_id, id)
);
INSERT INTO new_staff (id, school_id, number, given_name, family_name, native_name, email, phone, job_title,
  sort_name, source_id, deleted_at, version, sort_given)
    SELECT id, school_id, number, given_name, family_name, native_name, email, phone, job_title, sort_name,
    source_id, deleted_at, version, sort_given FROM staff;
DROP TABLE staff;
ALTER TABLE new_staff RENAME TO staff;
CREATE INDEX staff_by_name ON staff (school_id, sort_name, id);
CREATE INDEX staff_by_source ON staff (school_id, source_id);
CREATE TABLE new_subjects (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), title TEXT NOT NULL, code TEXT,
  position INTEGER NOT NULL, source_id TEXT, deleted_at {time}, version INTEGER NOT NULL, UNIQUE (school_id, id)
);
INSERT INTO new_subjects (id, school_id, title, code, position, source_id, deleted_at, version)
  SELECT id, school_id, title, code, position, source_id, deleted_at, version FROM subjects;
DROP TABLE subjects;
ALTER TABLE new_subjects RENAME TO subjects;
CREATE INDEX subjects_by_school ON subjects (school_id, position);
CREATE TABLE new_classes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), year_id {uuid} NOT NULL,
  title TEXT NOT NULL, grade_level TEXT, room TEXT, homeroom_staff_id {uuid}, source_id TEXT, deleted_at {time},
  version INTEGER NOT NULL, sort_title {folded} NOT NULL DEFAULT '', UNIQUE (school_id, id),
  FOREIGN KEY (school_id, year_id) REFERENCES academic_sessions (school_id, id),
  FOREIGN KEY (school_id, homeroom_staff_id) REFERENCES staff (school_id, id)
);
INSERT INTO new_classes (id, school_id, year_id, title, grade_level, room, homeroom_staff_id, source_id, deleted_at,
  version, sort_title)
    SELECT id, school_id, year_id, title, grade_level, room, homeroom_staff_id, source_id, deleted_at, version,
    sort_title FROM classes;
DROP TABLE classes;
ALTER TABLE new_classes RENAME TO classes;
CREATE INDEX classes_by_school ON classes (school_id, year_id, title);
CREATE TABLE new_courses (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL,
  subject_id {uuid} NOT NULL, source_id TEXT, deleted_at {time}, version INTEGER NOT NULL,
  UNIQUE (school_id, class_id, subject_id), UNIQUE (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, subject_id) REFERENCES subjects (school_id, id)
);
INSERT INTO new_courses (id, school_id, class_id, subject_id, source_id, deleted_at, version)
  SELECT id, school_id, class_id, subject_id, source_id, deleted_at, version FROM courses;
DROP TABLE courses;
ALTER TABLE new_courses RENAME TO courses;
CREATE TABLE new_teachings (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL,
  staff_id {uuid} NOT NULL, version INTEGER NOT NULL, UNIQUE (school_id, course_id, staff_id),
  FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
  FOREIGN KEY (school_id, staff_id) REFERENCES staff (school_id, id)
);
INSERT INTO new_teachings (id, school_id, course_id, staff_id, version)
  SELECT id, school_id, course_id, staff_id, version FROM teachings;
DROP TABLE teachings;
ALTER TABLE new_teachings RENAME TO teachings;
CREATE INDEX teachings_by_staff ON teachings (school_id, staff_id);
CREATE TABLE new_enrolments (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL, start_date {date} NOT NULL, end_date {date}, source_id TEXT, version INTEGER NOT NULL,
  UNIQUE (school_id, class_id, student_id, start_date),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_enrolments (id, school_id, class_id, student_id, start_date, end_date, source_id, version)
  SELECT id, school_id, class_id, student_id, start_date, end_date, source_id, version FROM enrolments;
DROP TABLE enrolments;
ALTER TABLE new_enrolments RENAME TO enrolments;
CREATE INDEX enrolments_by_class ON enrolments (school_id, class_id, student_id, start_date, end_date);
CREATE INDEX enrolments_by_student ON enrolments (school_id, student_id, class_id, start_date, end_date);
CREATE TABLE new_categories (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL,
  title TEXT NOT NULL, weight BIGINT NOT NULL, position INTEGER NOT NULL, deleted_at {time},
  version INTEGER NOT NULL, UNIQUE (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id)
);
INSERT INTO new_categories (id, school_id, course_id, title, weight, position, deleted_at, version)
  SELECT id, school_id, course_id, title, weight, position, deleted_at, version FROM categories;
DROP TABLE categories;
ALTER TABLE new_categories RENAME TO categories;
CREATE INDEX categories_by_course ON categories (school_id, course_id);
CREATE TABLE new_assessments (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL,
  category_id {uuid} NOT NULL, term_id {uuid} NOT NULL, title TEXT NOT NULL, maximum BIGINT NOT NULL, date {date},
  position INTEGER NOT NULL, deleted_at {time}, version INTEGER NOT NULL, UNIQUE (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id),
  FOREIGN KEY (school_id, category_id) REFERENCES categories (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES academic_sessions (school_id, id)
);
INSERT INTO new_assessments (id, school_id, course_id, category_id, term_id, title, maximum, date, position,
  deleted_at, version)
    SELECT id, school_id, course_id, category_id, term_id, title, maximum, date, position, deleted_at, version FROM
    assessments;
DROP TABLE assessments;
ALTER TABLE new_assessments RENAME TO assessments;
CREATE INDEX assessments_by_course ON assessments (school_id, course_id, term_id);
CREATE TABLE new_marks (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), assessment_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL, state TEXT NOT NULL, value BIGINT, updated_by {uuid}, updated_at {time} NOT NULL,
  version INTEGER NOT NULL, UNIQUE (school_id, assessment_id, student_id),
  FOREIGN KEY (school_id, assessment_id) REFERENCES assessments (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_marks (id, school_id, assessment_id, student_id, state, value, updated_by, updated_at, version)
  SELECT id, school_id, assessment_id, student_id, state, value, updated_by, updated_at, version FROM marks;
DROP TABLE marks;
ALTER TABLE new_marks RENAME TO marks;
CREATE INDEX marks_by_student ON marks (school_id, student_id);
CREATE TABLE new_report_comments (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  term_id {uuid} NOT NULL, course_id {uuid}, kind TEXT NOT NULL, body TEXT NOT NULL, updated_by {uuid},
  updated_at {time} NOT NULL, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, term_id) REFERENCES academic_sessions (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES courses (school_id, id)
);
INSERT INTO new_report_comments (id, school_id, student_id, term_id, course_id, kind, body, updated_by, updated_at,
  version)
    SELECT id, school_id, student_id, term_id, course_id, kind, body, updated_by, updated_at, version FROM
    report_comments;
DROP TABLE report_comments;
ALTER TABLE new_report_comments RENAME TO report_comments;
CREATE INDEX report_comments_by_student ON report_comments (school_id, student_id, term_id);
CREATE TABLE new_attendance_codes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), code TEXT NOT NULL, title TEXT NOT NULL,
  meaning TEXT NOT NULL, position INTEGER NOT NULL, deleted_at {time}, version INTEGER NOT NULL,
  UNIQUE (school_id, code), UNIQUE (school_id, id)
);
INSERT INTO new_attendance_codes (id, school_id, code, title, meaning, position, deleted_at, version)
  SELECT id, school_id, code, title, meaning, position, deleted_at, version FROM attendance_codes;
DROP TABLE attendance_codes;
ALTER TABLE new_attendance_codes RENAME TO attendance_codes;
CREATE TABLE new_registers (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL,
  date {date} NOT NULL, lesson INTEGER NOT NULL, taken_by {uuid}, taken_at {time}, version INTEGER NOT NULL,
  UNIQUE (school_id, class_id, date, lesson), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
INSERT INTO new_registers (id, school_id, class_id, date, lesson, taken_by, taken_at, version)
  SELECT id, school_id, class_id, date, lesson, taken_by, taken_at, version FROM registers;
DROP TABLE registers;
ALTER TABLE new_registers RENAME TO registers;
CREATE INDEX registers_by_date ON registers (school_id, date);
CREATE TABLE new_attendance_marks (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL, date {date} NOT NULL, lesson INTEGER NOT NULL, code_id {uuid} NOT NULL, reason TEXT,
  minutes_late INTEGER, source TEXT NOT NULL, updated_by {uuid}, updated_at {time} NOT NULL,
  version INTEGER NOT NULL, UNIQUE (school_id, student_id, date, lesson),
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, code_id) REFERENCES attendance_codes (school_id, id)
);
INSERT INTO new_attendance_marks (id, school_id, class_id, student_id, date, lesson, code_id, reason, minutes_late,
  source, updated_by, updated_at, version)
    SELECT id, school_id, class_id, student_id, date, lesson, code_id, reason, minutes_late, source, updated_by,
    updated_at, version FROM attendance_marks;
DROP TABLE attendance_marks;
ALTER TABLE new_attendance_marks RENAME TO attendance_marks;
CREATE INDEX attendance_marks_by_class ON attendance_marks (school_id, class_id, date, lesson);
CREATE INDEX attendance_marks_by_date ON attendance_marks (school_id, date);
CREATE TABLE new_consents (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  given_by TEXT NOT NULL, relationship TEXT NOT NULL, wording TEXT NOT NULL, wording_version TEXT NOT NULL,
  given_at {time} NOT NULL, recorded_by {uuid}, withdrawn_at {time}, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_consents (id, school_id, student_id, given_by, relationship, wording, wording_version, given_at,
  recorded_by, withdrawn_at, version)
    SELECT id, school_id, student_id, given_by, relationship, wording, wording_version, given_at, recorded_by,
    withdrawn_at, version FROM consents;
DROP TABLE consents;
ALTER TABLE new_consents RENAME TO consents;
CREATE INDEX consents_by_student ON consents (school_id, student_id);
CREATE TABLE new_face_templates (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  model TEXT NOT NULL, model_version TEXT NOT NULL, nonce {bytes} NOT NULL, ciphertext {bytes} NOT NULL,
  quality {real} NOT NULL, created_at {time} NOT NULL, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_face_templates (id, school_id, student_id, model, model_version, nonce, ciphertext, quality,
  created_at, version)
    SELECT id, school_id, student_id, model, model_version, nonce, ciphertext, quality, created_at, version FROM
    face_templates;
DROP TABLE face_templates;
ALTER TABLE new_face_templates RENAME TO face_templates;
CREATE INDEX face_templates_by_student ON face_templates (school_id, student_id);
CREATE TABLE new_face_objections (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  said_at {time} NOT NULL, recorded_by {uuid}, withdrawn_at {time}, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_face_objections (id, school_id, student_id, said_at, recorded_by, withdrawn_at, version)
  SELECT id, school_id, student_id, said_at, recorded_by, withdrawn_at, version FROM face_objections;
DROP TABLE face_objections;
ALTER TABLE new_face_objections RENAME TO face_objections;
CREATE INDEX face_objections_by_student ON face_objections (school_id, student_id);
CREATE TABLE new_face_photographs (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  nonce {bytes} NOT NULL, ciphertext {bytes} NOT NULL, created_at {time} NOT NULL, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_face_photographs (id, school_id, student_id, nonce, ciphertext, created_at, version)
  SELECT id, school_id, student_id, nonce, ciphertext, created_at, version FROM face_photographs;
DROP TABLE face_photographs;
ALTER TABLE new_face_photographs RENAME TO face_photographs;
CREATE INDEX face_photographs_by_student ON face_photographs (school_id, student_id);
CREATE TABLE new_evidence_frames (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL,
  student_id {uuid}, date {date} NOT NULL, lesson INTEGER NOT NULL, nonce {bytes} NOT NULL,
  ciphertext {bytes} NOT NULL, taken_at {time} NOT NULL, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_evidence_frames (id, school_id, class_id, student_id, date, lesson, nonce, ciphertext, taken_at,
  version)
  SELECT id, school_id, class_id, student_id, date, lesson, nonce, ciphertext, taken_at, version FROM evidence_frames;
DROP TABLE evidence_frames;
ALTER TABLE new_evidence_frames RENAME TO evidence_frames;
CREATE INDEX evidence_frames_by_time ON evidence_frames (school_id, taken_at);
CREATE INDEX evidence_frames_by_student ON evidence_frames (school_id, student_id);
CREATE TABLE new_face_uses (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), purpose TEXT NOT NULL, class_id {uuid},
  student_id {uuid}, people INTEGER NOT NULL, user_id {uuid}, at {time} NOT NULL, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_face_uses (id, school_id, purpose, class_id, student_id, people, user_id, at, version)
  SELECT id, school_id, purpose, class_id, student_id, people, user_id, at, version FROM face_uses;
DROP TABLE face_uses;
ALTER TABLE new_face_uses RENAME TO face_uses;
CREATE INDEX face_uses_by_time ON face_uses (school_id, at);
CREATE INDEX face_uses_by_student ON face_uses (school_id, student_id);
CREATE TABLE new_face_rejections (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL, date {date} NOT NULL, lesson INTEGER NOT NULL, said_by {uuid}, said_at {time} NOT NULL,
  version INTEGER NOT NULL, FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id)
);
INSERT INTO new_face_rejections (id, school_id, class_id, student_id, date, lesson, said_by, said_at, version)
  SELECT id, school_id, class_id, student_id, date, lesson, said_by, said_at, version FROM face_rejections;
DROP TABLE face_rejections;
ALTER TABLE new_face_rejections RENAME TO face_rejections;
CREATE UNIQUE INDEX face_rejections_once ON face_rejections (school_id, date, lesson, student_id);
