//! Upkeep: taking back what was done, who changed what, and what needs doing today.

mod first_hour;
mod history;
mod today;
mod today_results;
mod undo;

pub(crate) use first_hour::note_first_card;
pub use first_hour::{FirstStep, FirstStepState};
pub use history::{ChangeEntry, FieldChange, History, HistoryEntry, RecentChanges, RowCount, history, recent_changes};
pub use today::{
    LeaderToday, OfficeToday, TeacherToday, Today, TodayAbsence, TodayAssessment, TodayAttendance, TodayClass,
    TodayComments, TodayTerm, today,
};
pub use today_results::TodayResult;
pub use undo::{Undo, Undoable, undo};
