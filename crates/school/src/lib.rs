//! The rules of a school: one folder per feature, one public function per operation.
//!
//! An operation takes the [`Context`] (who acts, the services) and a typed input. It asks for permission first, then
//! runs in one [`transact`] that writes the audit entry and announces what changed. It knows no window.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod accounts;
pub mod analytics;
pub mod attendance;
pub mod classes;
pub mod demo;
pub mod exchange;
pub mod faces;
pub mod gradebook;
pub mod operation;
pub mod operations;
pub mod people;
pub mod reports;
pub mod schools;
pub mod upkeep;

mod announce;
mod call;
mod context;
mod error;
mod job;
mod paging;
mod permission;
mod shipped;
mod transact;
mod typed_folder;

pub use announce::{Announcement, Announcer};
pub use call::Call;
pub use context::{Actor, Artifact, CONFIRMED_FOR, Clock, Context, Device, Folders, Services, SystemClock, Upload};
pub use error::{Error, ErrorCode, FieldError, Result};
pub use job::{Job, JobState, JobUpdate};
pub use operation::Operation;
pub use paging::{Page, Sort, SortOrder};
pub use permission::{Access, Reach, Role, Rule, rules};
pub use shipped::{Listed, Sums};
