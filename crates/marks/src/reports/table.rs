//! The report cards, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::GRADERS;
use jobs::Enqueued;

kernel::operations! { reports;
    /// What is still missing for the report cards of a class.
    readiness::report_card_readiness(OfReportClass) -> ReportCardReadiness,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, calendar_entries, categories, classes,
            courses, enrolments, exemptions, grade_scales, marks, registers, report_comments, schools, settings, staff,
            students, subjects, teachings,
        ],
        runs: AtData, path: GET "/classes/{class}/terms/{term}/report-cards";

    /// Report cards of a class, or of some of its students, in one PDF.
    make::make_report_cards(MakeReportCards) -> MadeDocument,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/terms/{term}/report-cards";

    /// Report cards of several classes as a job, which goes on when the program ends and begins again.
    batch::enqueue_report_cards(EnqueueReportCards) -> Enqueued,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: POST "/terms/{term}/report-cards/jobs";

    /// The report card of one student as it would be now.
    make::preview_report_card(PreviewReportCard) -> MadeDocument,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, calendar_entries, categories, classes,
            courses, enrolments, exemptions, grade_scales, marks, registers, report_comments, schools, settings, staff,
            students, subjects, teachings,
        ],
        runs: AtData, path: POST "/students/{student}/terms/{term}/report-card";

    /// The table of all results of a class as CSV.
    broadsheet::make_broadsheet(MakeBroadsheet) -> MadeDocument,
        who: GRADERS, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, calendar_entries, categories, classes,
            courses, enrolments, exemptions, grade_scales, marks, registers, report_comments, schools, settings, staff,
            students, subjects, teachings,
        ],
        runs: AtData, path: POST "/classes/{class}/terms/{term}/broadsheet";
}
