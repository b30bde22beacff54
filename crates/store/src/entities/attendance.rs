//! Attendance codes, registers and their cells.

table!(/// What a register cell may hold.
    attendance_codes, "attendance_codes", AttendanceCodeId, school,
    { part: School, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, code: String, title: String, meaning: AttendanceMeaning, position: i32,
    deleted_at: Option<DateTime<Utc>>,
});

table!(/// A register was opened or taken: of a class on a school day, lesson 0 being the whole day. `even_if_no_school`: it was
    /// begun on purpose on a day without school, and counts.
    registers, "registers", RegisterId, school,
    { part: Attendance, readers: Register, undo: true, taught: Class("class_id") }, {
    school_id: SchoolId, class_id: ClassId, date: NaiveDate, lesson: i32, taken_by: Option<UserId>,
    taken_at: Option<DateTime<Utc>>,
    #[serde(default)]
    even_if_no_school: bool,
});

table!(/// One cell of a register; unique per student, day and lesson, whoever or whatever wrote it.
    attendance_marks, "attendance_marks", AttendanceMarkId, school,
    { part: Attendance, readers: Staff, undo: true, taught: Class("class_id") }, {
    school_id: SchoolId, class_id: ClassId, student_id: StudentId, date: NaiveDate, lesson: i32,
    code_id: AttendanceCodeId, reason: Option<String>, minutes_late: Option<i32>, source: MarkSource,
    updated_by: Option<UserId>, updated_at: DateTime<Utc>,
});

table!(/// A student will not be there: both dates are days of it. `code_id` is what registers hold for it; `said_by` told the
    /// school.
    absence_notices, "absence_notices", AbsenceNoticeId, school,
    { part: Attendance, readers: Staff, undo: true, taught: Student("student_id") }, {
    school_id: SchoolId, student_id: StudentId, start_date: NaiveDate, end_date: NaiveDate, code_id: AttendanceCodeId,
    reason: Option<String>, said_by: Option<String>, entered_by: Option<UserId>, entered_at: DateTime<Utc>,
});
