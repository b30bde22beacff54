ALTER TABLE guardians ADD COLUMN sort_name {folded} NOT NULL DEFAULT '';
ALTER TABLE guardians ADD COLUMN sort_given {folded} NOT NULL DEFAULT '';
CREATE INDEX guardians_by_name ON guardians (school_id, sort_name, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX guardians_by_given ON guardians (school_id, sort_given, id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX guardianships_by_guardian ON guardianships (school_id, guardian_id, student_id)
