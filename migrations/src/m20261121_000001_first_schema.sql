CREATE TABLE districts (
  id {uuid} PRIMARY KEY, name TEXT NOT NULL, source_id TEXT, version INTEGER NOT NULL
);
CREATE TABLE schools (
  id {uuid} PRIMARY KEY, district_id {uuid} NOT NULL REFERENCES districts (id), name TEXT NOT NULL,
  identifier TEXT, address TEXT, phone TEXT, email TEXT, time_zone TEXT NOT NULL, logo {bytes},
  source_id TEXT, deleted_at {time}, version INTEGER NOT NULL
);
CREATE TABLE academic_sessions (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), parent_id {uuid} REFERENCES academic_sessions (id),
  kind TEXT NOT NULL, title TEXT NOT NULL, start_date {date} NOT NULL, end_date {date} NOT NULL,
  source_id TEXT, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX academic_sessions_by_school ON academic_sessions (school_id, start_date);
CREATE TABLE settings (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), name TEXT NOT NULL, value {json} NOT NULL,
  version INTEGER NOT NULL, UNIQUE (school_id, name)
);

CREATE TABLE students (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), number TEXT NOT NULL,
  given_name TEXT NOT NULL, middle_name TEXT, family_name TEXT NOT NULL, preferred_name TEXT, native_name TEXT,
  birth_date {date}, sex TEXT, email TEXT, phone TEXT, grade_level TEXT, status TEXT NOT NULL,
  sort_name {folded} NOT NULL, source_id TEXT, created_at {time} NOT NULL, deleted_at {time}, version INTEGER NOT NULL,
  UNIQUE (school_id, number)
);
CREATE INDEX students_by_name ON students (school_id, sort_name, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX students_by_status ON students (school_id, status, sort_name, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX students_by_source ON students (school_id, source_id);
CREATE TABLE guardians (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), given_name TEXT NOT NULL, family_name TEXT NOT NULL,
  email TEXT, phone TEXT, source_id TEXT, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX guardians_by_source ON guardians (school_id, source_id);
CREATE TABLE guardianships (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL REFERENCES students (id),
  guardian_id {uuid} NOT NULL REFERENCES guardians (id), relationship TEXT NOT NULL, is_primary BOOLEAN NOT NULL,
  version INTEGER NOT NULL, UNIQUE (student_id, guardian_id)
);
CREATE INDEX guardianships_by_student ON guardianships (school_id, student_id);
CREATE TABLE staff (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), number TEXT, given_name TEXT NOT NULL,
  family_name TEXT NOT NULL, native_name TEXT, email TEXT, phone TEXT, job_title TEXT, sort_name {folded} NOT NULL,
  source_id TEXT, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX staff_by_name ON staff (school_id, sort_name, id);
CREATE INDEX staff_by_source ON staff (school_id, source_id);
CREATE TABLE search_words (
  school_id {uuid} NOT NULL REFERENCES schools (id), word {folded} NOT NULL, person_kind TEXT NOT NULL, person_id {uuid} NOT NULL,
  PRIMARY KEY (school_id, word, person_kind, person_id)
);
CREATE INDEX search_words_by_person ON search_words (school_id, person_id, word);

CREATE TABLE users (
  id {uuid} PRIMARY KEY, school_id {uuid} REFERENCES schools (id), username TEXT NOT NULL, username_folded {folded} NOT NULL UNIQUE,
  given_name TEXT NOT NULL, family_name TEXT NOT NULL, password_hash TEXT, must_change_password BOOLEAN NOT NULL,
  staff_id {uuid} REFERENCES staff (id), student_id {uuid} REFERENCES students (id),
  disabled_at {time}, created_at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE TABLE grants (
  id {uuid} PRIMARY KEY, school_id {uuid} REFERENCES schools (id), district_id {uuid} REFERENCES districts (id),
  user_id {uuid} NOT NULL REFERENCES users (id), role TEXT NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX grants_by_user ON grants (user_id);
CREATE TABLE user_sessions (
  id {uuid} PRIMARY KEY, user_id {uuid} NOT NULL REFERENCES users (id), token_hash {bytes} NOT NULL UNIQUE, device TEXT NOT NULL,
  address TEXT, created_at {time} NOT NULL, last_seen_at {time} NOT NULL, expires_at {time} NOT NULL, revoked_at {time},
  version INTEGER NOT NULL
);
CREATE INDEX user_sessions_by_user ON user_sessions (user_id, created_at);
CREATE TABLE sign_in_attempts (
  id {uuid} PRIMARY KEY, username_folded {folded} NOT NULL, device TEXT NOT NULL, at {time} NOT NULL, succeeded BOOLEAN NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX sign_in_attempts_by_account ON sign_in_attempts (username_folded, device, at);
CREATE INDEX sign_in_attempts_by_device ON sign_in_attempts (device, at);

CREATE TABLE subjects (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), title TEXT NOT NULL, code TEXT, position INTEGER NOT NULL,
  source_id TEXT, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX subjects_by_school ON subjects (school_id, position);
CREATE TABLE classes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), year_id {uuid} NOT NULL REFERENCES academic_sessions (id),
  title TEXT NOT NULL, grade_level TEXT, room TEXT, homeroom_staff_id {uuid} REFERENCES staff (id),
  source_id TEXT, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX classes_by_school ON classes (school_id, year_id, title);
CREATE TABLE courses (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL REFERENCES classes (id),
  subject_id {uuid} NOT NULL REFERENCES subjects (id), source_id TEXT, deleted_at {time}, version INTEGER NOT NULL,
  UNIQUE (class_id, subject_id)
);
CREATE INDEX courses_by_class ON courses (school_id, class_id);
CREATE TABLE teachings (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL REFERENCES courses (id),
  staff_id {uuid} NOT NULL REFERENCES staff (id), version INTEGER NOT NULL, UNIQUE (course_id, staff_id)
);
CREATE INDEX teachings_by_staff ON teachings (school_id, staff_id);
CREATE TABLE enrolments (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL REFERENCES classes (id),
  student_id {uuid} NOT NULL REFERENCES students (id), start_date {date} NOT NULL, end_date {date}, source_id TEXT,
  version INTEGER NOT NULL, UNIQUE (class_id, student_id, start_date)
);
CREATE INDEX enrolments_by_class ON enrolments (school_id, class_id, student_id, start_date, end_date);
CREATE INDEX enrolments_by_student ON enrolments (school_id, student_id, class_id, start_date, end_date);

CREATE TABLE grade_scales (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), title TEXT NOT NULL, bands {json} NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX grade_scales_by_school ON grade_scales (school_id);
CREATE TABLE categories (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL REFERENCES courses (id),
  title TEXT NOT NULL, weight BIGINT NOT NULL, position INTEGER NOT NULL, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX categories_by_course ON categories (school_id, course_id);
CREATE TABLE assessments (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), course_id {uuid} NOT NULL REFERENCES courses (id),
  category_id {uuid} NOT NULL REFERENCES categories (id), term_id {uuid} NOT NULL REFERENCES academic_sessions (id),
  title TEXT NOT NULL, maximum BIGINT NOT NULL, date {date}, position INTEGER NOT NULL, deleted_at {time}, version INTEGER NOT NULL
);
CREATE INDEX assessments_by_course ON assessments (school_id, course_id, term_id);
CREATE TABLE marks (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), assessment_id {uuid} NOT NULL REFERENCES assessments (id),
  student_id {uuid} NOT NULL REFERENCES students (id), state TEXT NOT NULL, value BIGINT, updated_by {uuid}, updated_at {time} NOT NULL,
  version INTEGER NOT NULL, UNIQUE (assessment_id, student_id)
);
CREATE INDEX marks_by_student ON marks (school_id, student_id);
CREATE TABLE report_comments (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL REFERENCES students (id),
  term_id {uuid} NOT NULL REFERENCES academic_sessions (id), course_id {uuid} REFERENCES courses (id), kind TEXT NOT NULL,
  body TEXT NOT NULL, updated_by {uuid}, updated_at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX report_comments_by_student ON report_comments (school_id, student_id, term_id);

CREATE TABLE attendance_codes (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), code TEXT NOT NULL, title TEXT NOT NULL, meaning TEXT NOT NULL,
  position INTEGER NOT NULL, deleted_at {time}, version INTEGER NOT NULL, UNIQUE (school_id, code)
);
CREATE TABLE registers (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL REFERENCES classes (id),
  date {date} NOT NULL, lesson INTEGER NOT NULL, taken_by {uuid}, taken_at {time}, version INTEGER NOT NULL,
  UNIQUE (class_id, date, lesson)
);
CREATE INDEX registers_by_date ON registers (school_id, date);
CREATE TABLE attendance_marks (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), class_id {uuid} NOT NULL REFERENCES classes (id),
  student_id {uuid} NOT NULL REFERENCES students (id), date {date} NOT NULL, lesson INTEGER NOT NULL,
  code_id {uuid} NOT NULL REFERENCES attendance_codes (id), reason TEXT, minutes_late INTEGER, source TEXT NOT NULL,
  updated_by {uuid}, updated_at {time} NOT NULL, version INTEGER NOT NULL, UNIQUE (student_id, date, lesson)
);
CREATE INDEX attendance_marks_by_class ON attendance_marks (school_id, class_id, date, lesson);
CREATE INDEX attendance_marks_by_date ON attendance_marks (school_id, date);

CREATE TABLE consents (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL REFERENCES students (id),
  given_by TEXT NOT NULL, relationship TEXT NOT NULL, wording TEXT NOT NULL, wording_version TEXT NOT NULL,
  given_at {time} NOT NULL, recorded_by {uuid}, withdrawn_at {time}, version INTEGER NOT NULL
);
CREATE INDEX consents_by_student ON consents (school_id, student_id);
CREATE TABLE data_keys (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), purpose TEXT NOT NULL, nonce {bytes} NOT NULL,
  wrapped {bytes} NOT NULL, created_at {time} NOT NULL, version INTEGER NOT NULL, UNIQUE (school_id, purpose)
);
CREATE TABLE face_templates (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL REFERENCES students (id),
  model TEXT NOT NULL, model_version TEXT NOT NULL, nonce {bytes} NOT NULL, ciphertext {bytes} NOT NULL, quality {real} NOT NULL,
  created_at {time} NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX face_templates_by_student ON face_templates (school_id, student_id);

CREATE TABLE audit_entries (
  id {uuid} PRIMARY KEY, school_id {uuid} REFERENCES schools (id), operation TEXT NOT NULL, user_id {uuid}, session_id {uuid}, at {time} NOT NULL,
  undoes {uuid} REFERENCES audit_entries (id), undone_by {uuid}, version INTEGER NOT NULL
);
CREATE INDEX audit_entries_by_time ON audit_entries (school_id, at);
CREATE TABLE audit_changes (
  id {uuid} PRIMARY KEY, entry_id {uuid} NOT NULL REFERENCES audit_entries (id), school_id {uuid}, table_name TEXT NOT NULL, row_id {uuid} NOT NULL,
  kind TEXT NOT NULL, before {json}, after {json}, version INTEGER NOT NULL
);
CREATE INDEX audit_changes_by_entry ON audit_changes (entry_id);
CREATE INDEX audit_changes_by_row ON audit_changes (school_id, row_id);
