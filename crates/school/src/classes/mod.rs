//! Classes: groups of students in an academic year, the courses taught to them, who teaches, who is enrolled.

mod class;
mod courses;
mod enrolments;
mod list;
mod table;

pub use class::{ClassDetails, ClassStudent, CourseRow, OfClass, SaveClass, SavedClass, StaffRef};
pub use courses::{NewCourse, OfCourse, SaveCourse, SaveCourses, SavedCourse, SavedCourses};
pub use enrolments::Joining;
pub use enrolments::{EndEnrolments, EnrolStudents, MoveStudents};
pub use list::{ClassIds, ClassRow, ListClasses};
pub use table::*;
