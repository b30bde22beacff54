//! Users, what they may do, where they are signed in.

table!(/// Somebody who can sign in. No password hash: cannot sign in yet. `language` is that of their screens, where they chose one.
    users, "users", UserId, maybe_school,
    { part: Users, readers: Leaders, undo: true, taught: Nothing }, {
    school_id: Option<SchoolId>, username: String, username_folded: String, given_name: String, family_name: String,
    #[serde(skip)] password_hash: Option<String>, must_change_password: bool, staff_id: Option<StaffId>,
    student_id: Option<StudentId>, disabled_at: Option<DateTime<Utc>>, created_at: DateTime<Utc>,
    #[serde(default)]
    language: Option<String>,
});

table!(/// A role that a user holds in a school, in a district, or (neither given) everywhere.
    grants, "grants", GrantId, maybe_school,
    { part: Users, readers: Leaders, undo: true, taught: Nothing }, {
    school_id: Option<SchoolId>, district_id: Option<DistrictId>, user_id: UserId, role: Role,
});

table!(/// A session; the token is kept as its SHA-256 only.
    user_sessions, "user_sessions", UserSessionId, above,
    { proof }, {
    user_id: UserId, #[serde(skip)] token_hash: Vec<u8>, device: String, address: Option<String>,
    created_at: DateTime<Utc>, last_seen_at: DateTime<Utc>, expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>, confirmed_at: Option<DateTime<Utc>>, locked_at: Option<DateTime<Utc>>,
});

table!(/// A try to sign in.
    sign_in_attempts, "sign_in_attempts", AttemptId, above,
    { none }, {
    username_folded: String, device: String, at: DateTime<Utc>, succeeded: bool,
});
