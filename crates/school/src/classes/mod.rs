//! Classes: groups of students in an academic year, the courses taught to them, who teaches, who is enrolled.

mod class;
mod copy;
mod corrections;
mod course;
mod course_list;
mod courses;
mod enrolments;
mod exemptions;
mod grade_places;
mod grid;
mod homerooms;
mod list;
mod rollover;
mod table;
mod teachers;

pub use class::{ClassChange, change_class};
pub use class::{ClassDetails, ClassStudent, CourseRow, OfClass, SaveClass, SavedClass, StaffRef};
pub use copy::{CopiedClasses, CopyClasses};
pub use corrections::CorrectEnrolment;
pub use course::{
    ChangedCourse, CourseDetails, CourseMember, CourseToJoin, CoursesToJoin, DescribeCourse, ExemptionRow, JoinCourse,
};
pub use course_list::{CourseIds, CourseListRow, ListCourses};
pub use courses::{NewCourse, OfCourse, SaveCourse, SaveCourses, SavedCourse, SavedCourses};
pub use enrolments::Joining;
pub use enrolments::{EndEnrolments, EnrolStudents, MoveStudents};
pub use exemptions::{EndExemptions, ExemptStudents};
pub use grade_places::{GradePlaces, OfGradePlaces, SaveGradeLevel, SaveGradePlaces, SavedGradePlaces};
pub use grid::{
    CourseGrid, GridCell, GridCellNow, GridCellResult, GridClass, GridSubject, OfCourseGrid, SaveCourseGrid,
    SaveGridCell, SavedCourseGrid,
};
pub use homerooms::one_homeroom_each;
pub use list::{ClassIds, ClassRow, ListClasses};
pub use rollover::{
    DecideRolloverClass, DecideRolloverStudents, PlannedBy, ReadRollover, RollOver, RolledOver, RolloverClass,
    RolloverCounts, RolloverFromFile, RolloverGrade, RolloverPlan, RolloverStudent, RolloverStudents, Unresolved,
};
pub use store::entities::ClassKind;
pub use store::entities::RolloverOutcome;
pub use table::*;
pub use teachers::teachers;
