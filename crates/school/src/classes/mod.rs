//! Classes: groups of students in an academic year, the courses taught to them, who teaches, who is enrolled.

mod class;
mod courses;
mod enrolments;
mod list;

pub use class::{ClassDetails, ClassStudent, CourseRow, OfClass, SaveClass, SavedClass, StaffRef, class, save_class};
pub use courses::{
    NewCourse, OfCourse, SaveCourse, SaveCourses, SavedCourse, SavedCourses, delete_course, save_course, save_courses,
};
pub(crate) use enrolments::Joining;
pub use enrolments::{EndEnrolments, EnrolStudents, MoveStudents, end_enrolments, enrol_students, move_students};
pub use list::{ClassIds, ClassRow, ListClasses, delete_classes, list_classes, restore_classes};
