//! Categories, assessments, marks, grade scales, comments. Decimals are whole ten-thousandths.

table!(/// A grade scale; `bands` is a list of `{ label, from_percent }`, highest first.
    grade_scales, "grade_scales", GradeScaleId, school,
    { part: School, readers: Staff, undo: true, taught: Nothing }, { school_id: SchoolId, title: String, bands: Json });

table!(/// A weighted group of assessments of a course; weight in ten-thousandths.
    categories, "categories", CategoryId, school,
    { part: Marks, readers: Graders, undo: true, taught: Course("course_id") }, {
    school_id: SchoolId, course_id: CourseId, title: String, weight: i64, position: i32,
    deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    source_id: Option<String>,
});

table!(/// One column of the gradebook; maximum in ten-thousandths of a mark. `date` is the day on which it was given; `period` is
    /// what a roster calls the grading period of it, where that is smaller than the term.
    assessments, "assessments", AssessmentId, school,
    { part: Marks, readers: Graders, undo: true, taught: Course("course_id") }, {
    school_id: SchoolId, course_id: CourseId, category_id: CategoryId, term_id: AcademicSessionId, title: String,
    maximum: i64, date: Option<NaiveDate>, position: i32, deleted_at: Option<DateTime<Utc>>,
    #[serde(default)]
    due_date: Option<NaiveDate>,
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    source_id: Option<String>,
});

table!(/// One cell; a value in ten-thousandths where it is marked. `score_status` and `score_date` are what a roster says of the
    /// score, until somebody here gives another one.
    marks, "marks", MarkId, school,
    { part: Marks, readers: Graders, undo: true, taught: Assessment("assessment_id") }, {
    school_id: SchoolId, assessment_id: AssessmentId, student_id: StudentId, state: MarkKept, value: Option<i64>,
    updated_by: Option<UserId>, updated_at: DateTime<Utc>,
    #[serde(default)]
    source_id: Option<String>,
    #[serde(default)]
    score_status: Option<ScoreStatus>,
    #[serde(default)]
    score_date: Option<NaiveDate>,
});

table!(/// A comment on a report card: of a course's teacher, the class teacher or the principal.
    report_comments, "report_comments", CommentId, school,
    { part: Comments, readers: Graders, undo: true, taught: Comment }, {
    school_id: SchoolId, student_id: StudentId, term_id: AcademicSessionId, course_id: Option<CourseId>, kind: CommentKind,
    body: String, updated_by: Option<UserId>, updated_at: DateTime<Utc>,
});
