//! The classes, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::Undoable;
use crate::permission::rules::{OFFICE, STAFF};

kernel::operations! { classes;
    /// The classes of a school in an academic year.
    list::list_classes(ListClasses) -> Vec<ClassRow>,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, courses, enrolments, schools, settings, staff, students, teachings],
        runs: AtData, path: GET "/schools/{school}/classes";

    /// A class with its students, courses and teachers.
    class::class(OfClass) -> ClassDetails,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, schools, settings, staff, students, subjects, teachings,
        ],
        runs: AtData, path: GET "/classes/{class}";

    /// Makes a class, or changes one.
    class::save_class(SaveClass) -> SavedClass,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/classes";

    /// Deletes classes; they can be restored.
    list::delete_classes(ClassIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/classes/delete";

    /// Brings deleted classes back.
    list::restore_classes(ClassIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/classes/restore";

    /// Makes a course of a subject in a class, or changes who teaches it.
    courses::save_course(SaveCourse) -> SavedCourse,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/classes/{class}/courses/{subject}";

    /// Several subjects with their teachers, also for several classes, in one act.
    courses::save_courses(SaveCourses) -> SavedCourses,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/courses";

    /// Deletes a course.
    courses::delete_course(OfCourse) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/courses/{course}";

    /// Enrols students in a class from a day on.
    enrolments::enrol_students(EnrolStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/enrolments";

    /// Ends the enrolment of students in a class.
    enrolments::end_enrolments(EndEnrolments) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/enrolments/end";

    /// Moves students from one class to another on a day.
    enrolments::move_students(MoveStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class=from}/enrolments/move";
}
