//! The gradebook, as the table of operations says it.

use store::ids::{AssessmentId, CategoryId};

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::Undoable;
use crate::exchange::Exported;
use crate::permission::rules::{GRADERS, RESULTS};

kernel::operations! { gradebook;
    /// The courses that one may grade.
    courses::courses_for_marks(CoursesForMarks) -> Vec<CourseForMarks>,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, assessments, classes, courses, enrolments, exemptions, marks, schools, settings, staff,
            students, subjects, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/courses";

    /// The mark sheet of a course in a term.
    sheet::mark_sheet(OfCourseTerm) -> MarkSheet,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: GET "/courses/{course}/terms/{term}/marks";

    /// Records marks, a cell at a time; each answers for itself.
    record::record_marks(RecordMarks) -> RecordedMarks,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/courses/{course}/terms/{term}/marks";

    /// Makes a category of assessments, or changes one.
    structure::save_category(SaveCategory) -> SavedCategory,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/courses/{course}/categories";

    /// Deletes a category that has no assessments.
    structure::delete_category(DeleteVersion<CategoryId>) -> Undoable,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: DELETE "/categories/{category=id}";

    /// Puts the categories of a course in another order.
    order::reorder_categories(ReorderCategories) -> Undoable,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/courses/{course}/categories/order";

    /// Makes an assessment, or changes one.
    structure::save_assessment(SaveAssessment) -> SavedAssessment,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/courses/{course}/assessments";

    /// Deletes an assessment with its marks.
    structure::delete_assessment(DeleteVersion<AssessmentId>) -> Undoable,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: DELETE "/assessments/{assessment=id}";

    /// Puts the assessments of a course in another order.
    order::reorder_assessments(ReorderAssessments) -> Undoable,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/courses/{course}/terms/{term}/assessments/order";

    /// What a student's total is made of.
    explain::explain_total(ExplainTotal) -> ExplainedTotal,
        who: RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: GET "/courses/{course}/terms/{term}/students/{student}";

    /// The comments on the report cards of a class.
    comments::report_comments(OfClassTerm) -> ReportComments,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, exemptions, report_comments, schools, settings, students,
            subjects, teachings,
        ],
        runs: AtData, path: GET "/classes/{class}/terms/{term}/comments";

    /// Writes comments on report cards; each answers for itself.
    comments::save_comments(SaveComments) -> SavedComments,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/classes/{class}/terms/{term}/comments";

    /// The mark sheet of a course in a term as CSV.
    export::export_marks(ExportMarks) -> Exported,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: POST "/courses/{course}/terms/{term}/marks/table";
}
