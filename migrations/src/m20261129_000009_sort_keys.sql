ALTER TABLE classes ADD COLUMN sort_title {folded} NOT NULL DEFAULT '';
ALTER TABLE students ADD COLUMN sort_given {folded} NOT NULL DEFAULT '';
CREATE INDEX students_by_given ON students (school_id, sort_given, id, deleted_at) WHERE deleted_at IS NULL;
ALTER TABLE staff ADD COLUMN sort_given {folded} NOT NULL DEFAULT ''
