CREATE INDEX students_by_birth_date ON students (school_id, birth_date);
