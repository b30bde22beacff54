CREATE UNIQUE INDEX stays_in_school ON stays (school_id, id);
CREATE TABLE transfers (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), student_id {uuid} NOT NULL,
  stay_id {uuid} NOT NULL, to_school_id {uuid} NOT NULL REFERENCES schools (id), note TEXT, version INTEGER NOT NULL,
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, stay_id) REFERENCES stays (school_id, id)
);
CREATE INDEX transfers_by_stay ON transfers (school_id, stay_id);
CREATE INDEX transfers_to_school ON transfers (to_school_id);
CREATE INDEX transfers_by_student ON transfers (school_id, student_id);
CREATE TABLE arrivals (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), transfer_id {uuid} NOT NULL,
  student_id {uuid}, stay_id {uuid}, reason TEXT, version INTEGER NOT NULL,
  UNIQUE (school_id, transfer_id),
  FOREIGN KEY (school_id, student_id) REFERENCES students (school_id, id),
  FOREIGN KEY (school_id, stay_id) REFERENCES stays (school_id, id)
);
CREATE INDEX arrivals_by_transfer ON arrivals (transfer_id);
CREATE INDEX arrivals_by_student ON arrivals (school_id, student_id)
