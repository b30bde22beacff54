ALTER TABLE audit_entries ADD COLUMN writer {uuid};
ALTER TABLE audit_entries ADD COLUMN number BIGINT;
ALTER TABLE audit_entries ADD COLUMN previous {bytes};
ALTER TABLE audit_entries ADD COLUMN digest {bytes};
ALTER TABLE audit_changes ADD COLUMN digest {bytes};
CREATE UNIQUE INDEX audit_entries_of_writer ON audit_entries (writer, number);
