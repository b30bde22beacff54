//! Students, guardians, staff.

/// Sets the two keys by which a person is sorted.
macro_rules! names {
    () => {
        |person| {
            person.sort_name = crate::sort_name(&person.family_name, &person.given_name);
            person.sort_given = crate::sort_name(&person.given_name, &person.family_name);
        }
    };
}

table!(/// A student. `sort_name` is the folded family and given name, `sort_given` the given name first. `last_day` and `status`
    /// are those of the latest of the student's `stays`, beside which they are written, `expected_on` is its first day where
    /// that lay ahead: what the student is on a day follows from the days.
    students, "students", StudentId, school,
    { part: Students, readers: Staff, undo: true, taught: Student("id") }, {
    school_id: SchoolId, number: String, given_name: String, middle_name: Option<String>, family_name: String,
    preferred_name: Option<String>, native_name: Option<String>, birth_date: Option<NaiveDate>, sex: Option<String>,
    email: Option<String>, phone: Option<String>, grade_level: Option<String>, status: StudentStatus, sort_name: String,
    source_id: Option<String>, created_at: DateTime<Utc>, deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    sort_given: String,
    #[serde(default)]
    expected_on: Option<NaiveDate>,
    #[serde(default)]
    last_day: Option<NaiveDate>,
    #[serde(default)]
    address: Option<PostalAddress>,
    #[serde(default)]
    contacts: Option<Contacts>,
}, names!());

table!(/// A time of a student at the school (Ed-Fi `StudentSchoolAssociation`); no end: still there. Both dates are days of it.
    stays, "stays", StayId, school,
    { part: Students, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, start_date: NaiveDate, entry_kind: StayEntry, entry_reason: Option<String>,
    end_date: Option<NaiveDate>, exit_kind: Option<StayExit>, exit_reason: Option<String>,
});

table!(/// A time in which a student of the school is not there; no end: nobody knows yet. Both dates are days of it.
    leaves, "leaves", LeaveId, school,
    { part: Students, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, start_date: NaiveDate, end_date: Option<NaiveDate>, reason: Option<String>,
});

table!(/// A student who goes to another school of the district when the time `stay_id` here is over. `note` is for that school. What
    /// it says to this is an arrival there; without one it waits.
    transfers, "transfers", TransferId, school,
    { part: Students, readers: Register, undo: true, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, stay_id: StayId, to_school_id: SchoolId, note: Option<String>,
});

table!(/// What a school says to a transfer to it: the student's record and time there, or without them no, and why.
    arrivals, "arrivals", ArrivalId, school,
    { part: Students, readers: Register, undo: true, taught: Nothing }, {
    school_id: SchoolId, transfer_id: uuid::Uuid, student_id: Option<StudentId>, stay_id: Option<StayId>,
    reason: Option<String>,
});

table!(/// A guardian of one or more students, sorted as those are. `language` is that in which the school writes to them, where
    /// it is known.
    guardians, "guardians", GuardianId, school,
    { part: Guardians, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, given_name: String, family_name: String, email: Option<String>, phone: Option<String>,
    source_id: Option<String>, deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    address: Option<PostalAddress>,
    #[serde(default)]
    contacts: Option<Contacts>,
    #[serde(default)]
    sort_name: String,
    #[serde(default)]
    sort_given: String,
}, names!());

table!(/// Who is guardian of whom, and what of the child is theirs: whether they may collect it and get its letters, or have no
    /// access to it at all, as a court may say.
    guardianships, "guardianships", GuardianshipId, school,
    { part: Guardians, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, guardian_id: GuardianId, relationship: String, is_primary: bool,
    #[serde(default = "crate::entities::yes")]
    may_collect: bool,
    #[serde(default = "crate::entities::yes")]
    gets_letters: bool,
    #[serde(default)]
    no_access: bool,
});

table!(/// Two records were found to be of one student, or of one guardian: the first of them is deleted, and all that named it
    /// names the second.
    merges, "merges", MergeId, school,
    { part: Students, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, student_id: Option<StudentId>, into_student_id: Option<StudentId>,
    guardian_id: Option<GuardianId>, into_guardian_id: Option<GuardianId>,
});

table!(/// What is to be known of a student's health.
    medical_notes, "medical_notes", MedicalNoteId, school,
    { part: Notes, readers: Medical, undo: true, taught: Student("student_id") }, {
    school_id: SchoolId, student_id: StudentId, condition: String, what_to_do: String, medicine: Option<String>,
    updated_by: Option<UserId>, updated_at: DateTime<Utc>,
});

table!(/// How a student behaved on a day, as somebody of the staff noted it; `follow_up_date` is when somebody looks at it again.
    behaviour_notes, "behaviour_notes", BehaviourNoteId, school,
    { part: Notes, readers: Staff, undo: true, taught: Student("student_id") }, {
    school_id: SchoolId, student_id: StudentId, date: NaiveDate, body: String, follow_up_date: Option<NaiveDate>,
    written_by: Option<UserId>, written_at: DateTime<Utc>,
});

table!(/// The same, said in confidence.
    pastoral_notes, "pastoral_notes", PastoralNoteId, school,
    { part: Notes, readers: Pastoral, undo: true, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, date: NaiveDate, body: String, follow_up_date: Option<NaiveDate>,
    written_by: Option<UserId>, written_at: DateTime<Utc>,
});

table!(/// A member of staff, sorted as students are, with the first and the last day of employment where they are known.
    staff, "staff", StaffId, school,
    { part: Staff, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, number: Option<String>, given_name: String, family_name: String, native_name: Option<String>,
    email: Option<String>, phone: Option<String>, job_title: Option<String>, sort_name: String,
    source_id: Option<String>, deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    sort_given: String,
    #[serde(default)]
    first_day: Option<NaiveDate>,
    #[serde(default)]
    last_day: Option<NaiveDate>,
    #[serde(default)]
    address: Option<PostalAddress>,
    #[serde(default)]
    contacts: Option<Contacts>,
}, names!());

table!(/// A picture of somebody, as this program made it of what was handed in; written once. Which of them is shown, and whether
    /// any is, says `portraits`.
    pictures, "pictures", PictureId, school,
    { proof }, {
    school_id: SchoolId, person_kind: PersonKind, person_id: Uuid, #[serde(skip)] jpeg: Vec<u8>,
    #[serde(skip)] small: Vec<u8>, created_at: DateTime<Utc>,
});

table!(/// The photograph by which a student or a member of staff is told apart.
    portraits, "portraits", PortraitId, school,
    { part: Students, readers: Staff, undo: true, taught: Student("student_id") }, {
    school_id: SchoolId, student_id: Option<StudentId>, staff_id: Option<StaffId>, picture_id: PictureId,
});

table!(/// A field that the school made. Who leads the school sees and changes it; of the other roles those that it names.
    /// `deleted_at` is when it was taken out of use.
    custom_fields, "custom_fields", CustomFieldId, school,
    { part: School, readers: Leaders, undo: true, taught: Nothing }, {
    school_id: SchoolId, about: FieldAbout, title: String, kind: FieldKind, choices: Choices, help: Option<String>,
    position: i32, seen_by: Roles, changed_by: Roles, deleted_at: Option<DateTime<Utc>>,
});

table!(/// What a field of the school's own holds of one person or class. Who leads the school alone reads what became of it:
    /// anybody else is told of some fields and not of others.
    field_values, "field_values", FieldValueId, school,
    { part: Students, readers: Leaders, undo: true, taught: Nothing }, {
    school_id: SchoolId, field_id: CustomFieldId, student_id: Option<StudentId>, guardian_id: Option<GuardianId>,
    staff_id: Option<StaffId>, class_id: Option<ClassId>, value: String,
});
