ALTER TABLE students ADD COLUMN address {json};
ALTER TABLE students ADD COLUMN contacts {json};
ALTER TABLE guardians ADD COLUMN address {json};
ALTER TABLE guardians ADD COLUMN contacts {json};
ALTER TABLE staff ADD COLUMN address {json};
ALTER TABLE staff ADD COLUMN contacts {json};
ALTER TABLE guardianships ADD COLUMN may_collect BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE guardianships ADD COLUMN gets_letters BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE guardianships ADD COLUMN no_access BOOLEAN NOT NULL DEFAULT FALSE
