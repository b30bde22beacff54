CREATE TABLE calendar_entries (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), kind TEXT NOT NULL, title TEXT NOT NULL,
  start_date {date} NOT NULL, end_date {date} NOT NULL, grade_levels {json} NOT NULL, version INTEGER NOT NULL,
  CHECK (start_date <= end_date)
);
CREATE INDEX calendar_entries_by_day ON calendar_entries (school_id, start_date);
ALTER TABLE registers ADD COLUMN even_if_no_school BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE registers SET even_if_no_school = TRUE
