//! Attendance: the register of a class on a day or in a lesson, by hand, its history, summaries and lists.

mod ahead;
mod counted;
mod day;
mod file;
mod here;
mod history;
mod often;
pub mod place;
pub mod record;
mod register;
mod summary;
mod table;

pub use ahead::{AbsenceNotice, DeleteAbsence, SaveAbsence, SavedAbsence};
pub use counted::only_counted;
pub use day::{AbsentStudent, AbsentToday, ClassRegister, RegistersOfDay, RegistersOfDayInput};
pub use file::{AttendanceCsv, AttendanceFile};
pub use here::{HereBy, HereNow, PersonHere, PrintHereNow, Whereabouts};
pub use history::{AttendanceChange, AttendanceHistory, HistoryRow};
pub use often::{OftenAbsent, OftenAbsentStudent, OftenAbsentStudents};
pub use place::students_of_class;
pub use record::{
    AttendanceCell, AttendanceConflict, AttendanceEntry, AttendanceOutcome, RecordAttendance, RecordedAttendance,
    TakeRegister,
};
pub use register::{KnownAhead, MarkSource, OfRegister, Register, RegisterMark, RegisterStudent};
pub use summary::{Absenteeism, AttendanceSummary, StudentAttendance, SummaryOf, counts_of_students};
pub use table::*;
