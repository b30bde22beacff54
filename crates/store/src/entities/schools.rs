//! Districts, schools, academic sessions, settings.

table!(/// A district: one or more schools under one administration.
    districts, "districts", DistrictId, above,
    { part: School, readers: Staff, undo: true, taught: Nothing }, { name: String, source_id: Option<String> });

table!(/// A school.
    schools, "schools", SchoolId, above,
    { part: School, readers: Staff, undo: true, taught: Nothing }, {
    district_id: DistrictId, name: String, identifier: Option<String>, address: Option<String>, phone: Option<String>,
    email: Option<String>, time_zone: String, logo: Option<Vec<u8>>, source_id: Option<String>,
    deleted_at: Option<DateTime<Utc>>,
});

table!(/// An academic year or one of its terms; both dates are school days of it.
    academic_sessions, "academic_sessions", AcademicSessionId, school,
    { part: School, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, parent_id: Option<AcademicSessionId>, kind: AcademicSessionKind, title: String, start_date: NaiveDate,
    end_date: NaiveDate, source_id: Option<String>, deleted_at: Option<DateTime<Utc>>,
});

table!(/// One setting of a school, a JSON value under a name.
    settings, "settings", SettingId, school,
    { part: School, readers: Staff, undo: true, taught: Nothing }, { school_id: SchoolId, name: String, value: Json });
