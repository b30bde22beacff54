//! The results, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::people;
use crate::permission::rules::{CLASS_RESULTS, RECORDS, RESULTS};

kernel::operations! { analytics;
    /// How a class did in one assessment.
    assessment::assessment_statistics(AssessmentStatistics) -> GroupResults,
        who: CLASS_RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: POST "/assessments/{assessment}/statistics";

    /// How a class did in a subject in a term.
    course::subject_statistics(SubjectStatistics) -> GroupResults,
        who: CLASS_RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: POST "/courses/{course}/terms/{term}/statistics";

    /// How a class did in a term over all subjects.
    class::term_statistics(TermStatistics) -> GroupResults,
        who: CLASS_RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: POST "/classes/{class}/terms/{term}/statistics";

    /// How the classes of a school did in a term.
    school::school_statistics(SchoolStatistics) -> SchoolResults,
        who: CLASS_RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, categories, classes, courses, enrolments, exemptions, grade_scales, marks,
            schools, settings, students, subjects, teachings,
        ],
        runs: AtData, path: POST "/schools/{school}/terms/{term}/statistics";

    /// How a student did in a term and over the year.
    student::student_performance(StudentPerformance) -> StudentResults,
        who: RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, calendar_entries, categories, classes,
            courses, enrolments, exemptions, grade_scales, marks, registers, schools, settings, students, subjects,
            teachings,
        ],
        runs: AtData, path: POST "/students/{student}/terms/{term}/performance";

    /// What a student achieved at the schools of the district from which the student came.
    elsewhere::earlier_schools(people::OfStudent) -> Vec<EarlierSchool>,
        who: RECORDS, does: Read,
        shows: [
            academic_sessions, arrivals, assessments, attendance_codes, attendance_marks, categories, classes, courses,
            enrolments, exemptions, grade_scales, marks, schools, settings, stays, students, subjects, teachings,
            transfers,
        ],
        runs: AtData, path: GET "/students/{student}/earlier-schools";

    /// The students who need somebody's attention, and why.
    risk::at_risk(AtRisk) -> StudentsAtRisk,
        who: CLASS_RESULTS, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, calendar_entries, categories, classes,
            courses, enrolments, exemptions, grade_scales, marks, registers, schools, settings, students, subjects,
            teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/terms/{term}/at-risk";
}
