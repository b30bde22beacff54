//! People: students with their guardians, staff, and the search that finds them as one types.

pub mod bulk;
mod hints;
mod hits;
mod names;
mod search;
mod spelling;
mod staff;
mod student;
mod students;
mod table;
mod typed_dates;
mod words;

pub use hints::{AlikeStudent, AlikeStudents, NextNumber};
pub use hits::PersonHit;
pub use names::NameOrder;
pub use names::{Named, full_name, name_order, user_names, whom_to_call};
pub use search::SearchPeople;
pub use staff::{ListStaff, OfStaff, SaveStaff, StaffDetails, StaffIds, StaffRow, TaughtCourse};
pub use student::{
    AttendanceCount, EnrolmentRow, GuardianRow, OfStudent, SaveGuardian, SaveStudent, SavedStudent, StudentDetails,
};
pub use students::{ClassRef, ListStudents, StudentIds, StudentRow, StudentStatus};
pub use table::*;
pub use words::PersonKind;
pub use words::{Indexed, has_word, reindex, typed_words};
