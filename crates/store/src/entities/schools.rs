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

table!(/// Days on which there is no school in spite of the week and the terms, or school in spite of them; both dates are days
    /// of it. `grade_levels` are whom it is for; without any it is for everybody.
    calendar_entries, "calendar_entries", CalendarEntryId, school,
    { part: School, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, kind: CalendarKind, title: String, start_date: NaiveDate, end_date: NaiveDate,
    grade_levels: Choices,
});

table!(/// One setting of a school, a JSON value under a name.
    settings, "settings", SettingId, school,
    { part: School, readers: Staff, undo: true, taught: Nothing }, { school_id: SchoolId, name: String, value: Json });
