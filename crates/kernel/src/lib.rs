//! What every feature stands on, and that knows no feature: who acts ([`Context`]), what they may do ([`Operation`],
//! [`Access`]), the [`Call`] that an operation receives and its one transaction, refusals, jobs and announcements.
//!
//! What a feature wants done in another's transaction is handed in by the [`House`].
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod operation;

mod announce;
mod between;
mod blocking;
mod call;
mod calls;
mod clock;
pub mod context;
mod desk;
pub mod error;
mod handed;
mod house;
mod job;
mod merging;
mod outcome;
pub mod paging;
pub mod permission;
mod random;
mod save;
mod shipped;
mod transact;
mod typed_folder;

pub use announce::{Announcement, Announcer};
pub use between::{Between, exchange_announcements};
pub use blocking::blocking;
pub use call::Call;
pub use calls::{Calls, Document, check_upload};
pub use clock::{ClockDoubt, clock_doubt, confirm_clock, look_at_clock};
pub use context::{
    Actor, Artifact, CONFIRMED_FOR, Clock, Context, Device, Folders, Services, SystemClock, Upload, locked,
};
pub use desk::{AtDesk, Desk};
pub use error::{Error, ErrorCode, FieldError, Result};
pub use house::House;
pub use job::{Held, Job, JobState, JobUpdate};
pub use merging::{AskedTwice, HeldTwice, InTheWay, MergeSaid, Merging, TwoRecords};
pub use operation::{Line, Operation};
pub use outcome::{Outcome, SavedVersion};
pub use paging::{Page, Sort, SortOrder};
pub use permission::{Access, Reach, Role, Rule, rules};
pub use random::random;
pub use save::{Save, SaveFields};
pub use shipped::{Listed, Sums};
pub use store::ids;
pub use transact::Undoable;
pub use typed_folder::typed_folder;
