//! Subjects, classes, courses, who teaches them, who is enrolled.

table!(/// A subject of the school.
    subjects, "subjects", SubjectId, school,
    { part: Classes, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, title: String, code: Option<String>, position: i32, source_id: Option<String>,
    deleted_at: Option<DateTime<Utc>>,
});

table!(/// A class: students of an academic year, as a homeroom or as a group, with its number of places where it has one.
    /// `sort_title` is what lists are sorted by.
    classes, "classes", ClassId, school,
    { part: Classes, readers: Staff, undo: true, taught: Class("id") }, {
    school_id: SchoolId, year_id: AcademicSessionId, title: String, grade_level: Option<String>, room: Option<String>,
    homeroom_staff_id: Option<StaffId>, source_id: Option<String>, deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    sort_title: String,
    #[serde(default)]
    kind: ClassKind,
    #[serde(default)]
    places: Option<i32>,
}, |class| class.sort_title = crate::sort_title(&class.title));

table!(/// A subject as taught to a class; `description` is what its page says of it.
    courses, "courses", CourseId, school,
    { part: Classes, readers: Staff, undo: true, taught: Course("id") }, {
    school_id: SchoolId, class_id: ClassId, subject_id: SubjectId, source_id: Option<String>,
    deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    description: Option<String>,
});

table!(/// A member of staff teaches a course.
    teachings, "teachings", TeachingId, school,
    { part: Classes, readers: Staff, undo: true, taught: Nothing }, { school_id: SchoolId, course_id: CourseId, staff_id: StaffId });

table!(/// Ties a student to a class for a time; no end date: still enrolled. Both dates are days of it.
    enrolments, "enrolments", EnrolmentId, school,
    { part: Enrolments, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, class_id: ClassId, student_id: StudentId, start_date: NaiveDate,
    end_date: Option<NaiveDate>, source_id: Option<String>,
});

table!(/// A student of the class does not take this course of it for a time; no end date: not any more. Both dates are days of it.
    exemptions, "exemptions", ExemptionId, school,
    { part: Enrolments, readers: Staff, undo: true, taught: Course("course_id") }, {
    school_id: SchoolId, course_id: CourseId, student_id: StudentId, start_date: NaiveDate,
    end_date: Option<NaiveDate>, reason: Option<String>,
});

table!(/// What was decided for a rollover into a year: of a homeroom of the year before, or of a student. `to_title` is the
    /// homeroom of the new year by its title, as it may not be there yet.
    rollover_decisions, "rollover_decisions", RolloverDecisionId, school,
    { part: Enrolments, readers: Register, undo: true, taught: Nothing }, {
    school_id: SchoolId, year_id: AcademicSessionId, class_id: Option<ClassId>, student_id: Option<StudentId>,
    outcome: RolloverOutcome, to_title: Option<String>,
});

table!(/// What the other side of a roster calls what has no row of its own here: a student's time in a course of a homeroom
    /// (`start_date` is its first day, where the files say one), who teaches a course or leads a homeroom, somebody's role,
    /// and the OneRoster course of a course or homeroom. With it an export gives back what an import brought.
    roster_ids, "roster_ids", RosterIdId, school,
    { part: Classes, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, kind: RosterIdKind, source_id: String, class_id: Option<ClassId>, course_id: Option<CourseId>,
    student_id: Option<StudentId>, staff_id: Option<StaffId>, guardian_id: Option<GuardianId>,
    start_date: Option<NaiveDate>,
});

table!(/// How many places a grade level has in an academic year; of one without a row as many as come.
    grade_places, "grade_places", GradePlacesId, school,
    { part: Classes, readers: Staff, undo: true, taught: Nothing }, {
    school_id: SchoolId, year_id: AcademicSessionId, grade_level: String, places: i32,
});
