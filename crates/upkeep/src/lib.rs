//! Upkeep: taking back what was done, who changed what, and what needs doing today.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod acts;
mod clock;
mod damage;
mod fields;
mod first_hour;
mod health;
mod history;
mod rows;
mod since;
mod table;
mod tables;
mod today;
mod today_results;
mod undo;
mod words;

use kernel::{
    Access, Call, ClockDoubt, Context, Error, ErrorCode, Operation, Page, Reach, Result, Role, Services, blocking,
    clock_doubt, paging, permission,
};
use marks::{gradebook, reports};
use school::{accounts, classes, demo, exchange, lists, people, schools};

pub use acts::{Act, MyActs, MyChanges, WhyNot};
pub use damage::{Damage, damage};
pub use fields::{ChangeDetails, ChangedField, ChangedRow, Shown};
pub use first_hour::{FirstStep, FirstStepState};
pub use health::{
    BACKUP_OLD_DAYS, Backups, DatabaseHealth, DatabaseKind, DatabaseWay, Health, HealthLimits, Memory,
    ROOM_COMFORTABLE, ROOM_NEEDED, Room, backups, room,
};
pub use history::{ChangeEntry, ChangeMaker, FieldChange, History, HistoryEntry, RecentChanges, RowCount};
pub use store::entities::Part;
pub use table::*;
pub use today::{
    LeaderToday, OfficeToday, TeacherToday, Today, TodayAbsence, TodayAssessment, TodayAttendance, TodayClass,
    TodayComments, TodayTerm,
};
pub use today_results::TodayResult;
pub use undo::{Undo, Undone};
pub use words::ActWords;
