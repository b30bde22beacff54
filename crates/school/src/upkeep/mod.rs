//! Upkeep: taking back what was done, who changed what, and what needs doing today.

mod acts;
mod clock;
mod damage;
mod fields;
mod first_hour;
mod health;
mod history;
mod rows;
mod since;
mod tables;
mod today;
mod today_results;
mod undo;
mod words;

pub use acts::{Act, MyActs, MyChanges, WhyNot, my_changes};
pub(crate) use clock::look_at_clock;
pub use clock::{ClockDoubt, clock_doubt, confirm_clock};
pub use damage::{Damage, damage};
pub use fields::{ChangeDetails, ChangedField, ChangedRow, Shown, change_details};
pub(crate) use first_hour::note_first_card;
pub use first_hour::{FirstStep, FirstStepState};
pub use health::{
    BACKUP_OLD_DAYS, Backups, DatabaseHealth, DatabaseKind, DatabaseWay, Health, HealthLimits, Memory,
    ROOM_COMFORTABLE, ROOM_NEEDED, Room, backups, health, room,
};
pub use history::{
    ChangeEntry, ChangeMaker, FieldChange, History, HistoryEntry, RecentChanges, RowCount, change_makers, history,
    recent_changes,
};
pub use tables::Part;
pub use today::{
    LeaderToday, OfficeToday, TeacherToday, Today, TodayAbsence, TodayAssessment, TodayAttendance, TodayClass,
    TodayComments, TodayTerm, today,
};
pub use today_results::TodayResult;
pub use undo::{Undo, Undoable, Undone, undo};
pub use words::ActWords;
