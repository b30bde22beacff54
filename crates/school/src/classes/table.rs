//! The classes, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{GRADERS, OFFICE, SIGNED_IN, STAFF};
use crate::{Page, Undoable};

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
            academic_sessions, classes, courses, enrolments, exemptions, schools, settings, staff, students, subjects,
            teachings,
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

    /// What copying the classes of a year into another one would make.
    copy::plan_copied_classes(CopyClasses) -> CopiedClasses,
        who: OFFICE, does: Read,
        shows: [academic_sessions, classes, courses, grade_places, schools, staff, subjects, teachings],
        runs: AtData, path: GET "/schools/{school}/classes/copied";

    /// Copies the classes of a year with their courses and teachers into another one, without the students.
    copy::copy_classes(CopyClasses) -> CopiedClasses,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/classes/copied";

    /// The grade levels of an academic year with their places, and how many of them are taken.
    grade_places::grade_places(OfGradePlaces) -> Vec<GradePlaces>,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, enrolments, grade_places, schools, students],
        runs: AtData, path: GET "/schools/{school}/years/{year}/grade-places";

    /// Says how many places grade levels of an academic year have.
    grade_places::save_grade_places(SaveGradePlaces) -> SavedGradePlaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/years/{year}/grade-places";

    /// Makes a course of a subject in a class, or changes who teaches it.
    courses::save_course(SaveCourse) -> SavedCourse,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/classes/{class}/courses/{subject}";

    /// Several subjects with their teachers, also for several classes, in one act.
    courses::save_courses(SaveCourses) -> SavedCourses,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/courses";

    /// The courses of a year as a grid: classes down, subjects across, teachers in the cells.
    grid::course_grid(OfCourseGrid) -> CourseGrid,
        who: OFFICE, does: Read,
        shows: [academic_sessions, assessments, classes, courses, schools, settings, staff, subjects, teachings],
        runs: AtData, path: GET "/schools/{school}/course-grid";

    /// Saves cells of the grid of courses in one act, each with what became of it.
    grid::save_course_grid(SaveCourseGrid) -> SavedCourseGrid,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/course-grid";

    /// Deletes a course.
    courses::delete_course(OfCourse) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/courses/{course}";

    /// The courses of a year, by subject and class; of a student the own ones.
    course_list::list_courses(ListCourses) -> Page<CourseListRow>,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, exemptions, schools, settings, staff, students, subjects,
            teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/courses";

    /// A course with who takes and who teaches it.
    course::course(OfCourse) -> CourseDetails,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, exemptions, schools, settings, staff, students, subjects,
            teachings,
        ],
        runs: AtData, path: GET "/courses/{course}";

    /// Sets what the page of a course says of it.
    course::describe_course(DescribeCourse) -> ChangedCourse,
        who: GRADERS, does: Write, shows: [], runs: AtData, path: PUT "/courses/{course}/description";

    /// Brings deleted courses back.
    course_list::restore_courses(CourseIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/courses/restore";

    /// Exempts students of a class from one of its courses.
    exemptions::exempt_students(ExemptStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/courses/{course}/exemptions";

    /// Lets exempted students take the course again.
    exemptions::end_exemptions(EndExemptions) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/courses/{course}/exemptions/end";

    /// The courses of a subject with their free places, for one student.
    course::courses_to_join(CoursesToJoin) -> Vec<CourseToJoin>,
        who: OFFICE, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, exemptions, schools, settings, staff, students, subjects,
            teachings,
        ],
        runs: AtData, path: GET "/students/{student}/courses-to-join";

    /// Puts a student into a course.
    course::join_course(JoinCourse) -> ChangedCourse,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/courses/{course}/students";

    /// Enrols students in a class from a day on.
    enrolments::enrol_students(EnrolStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/enrolments";

    /// Ends the enrolment of students in a class.
    enrolments::end_enrolments(EndEnrolments) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/enrolments/end";

    /// Corrects the days of an enrolment.
    corrections::correct_enrolment(CorrectEnrolment) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/enrolments/{enrolment}";

    /// Moves students from one class to another on a day.
    enrolments::move_students(MoveStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/classes/{class=from}/enrolments/move";

    /// What a rollover into the next academic year would do, homeroom by homeroom.
    rollover::plan_rollover(RollOver) -> RolloverPlan,
        who: OFFICE, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, grade_places, rollover_decisions, schools, settings, staff,
            students, subjects, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/rollover";

    /// What a rollover would do with the students, a page at a time.
    rollover::rollover_students(RolloverStudents) -> Page<RolloverStudent>,
        who: OFFICE, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, grade_places, rollover_decisions, schools, settings, staff,
            students, subjects, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/rollover/students";

    /// Decides what becomes of a homeroom.
    rollover::decide_rollover_class(DecideRolloverClass) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/classes/{class}/rollover";

    /// Decides what becomes of students.
    rollover::decide_rollover_students(DecideRolloverStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/rollover/students";

    /// Takes a list of next year's classes as decisions.
    rollover::rollover_from_file(ReadRollover) -> RolloverFromFile,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/rollover/file";

    /// Puts everybody where the plan says.
    rollover::roll_over(RollOver) -> RolledOver,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/rollover";
}
