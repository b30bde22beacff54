//! The audit trail.

table!(/// One operation that changed something. `writer` numbers its entries from 1; `previous` is the digest of the one before.
    audit_entries, "audit_entries", AuditEntryId, maybe_school,
    { none }, {
    school_id: Option<SchoolId>, operation: String, user_id: Option<UserId>, session_id: Option<UserSessionId>,
    at: DateTime<Utc>, undoes: Option<AuditEntryId>, undone_by: Option<AuditEntryId>,
    writer: Option<Uuid>, number: Option<i64>, previous: Option<Vec<u8>>, digest: Option<Vec<u8>>,
});

table!(/// One row that the operation changed: the fields that differ, before and after; `student_id` is whom it is about,
    /// `digest` what the row was then.
    audit_changes, "audit_changes", AuditChangeId, maybe_school,
    { none }, {
    entry_id: AuditEntryId, school_id: Option<SchoolId>, table_name: String, row_id: Uuid, kind: ChangeKind,
    before: Option<Json>, after: Option<Json>, student_id: Option<StudentId>,
    digest: Option<Vec<u8>>,
});
