//! Work that survives the program: what is put in, who does it, how it is seen and stopped.
//!
//! A job is a row that the transaction which wants it puts in; a [`Runner`] claims it and does what its [`Kind`] says, in
//! the name of whoever asked, with the roles of now. What it writes and its end are one transaction.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod daily;
mod enqueue;
pub mod files;
mod kinds;
mod list;
mod runner;
mod running;
mod table;

use kernel::{
    Announcement, Artifact, Call, Context, Device, Error, ErrorCode, Job, Result, Services, look_at_clock, rules,
};

pub use daily::own_daily;
pub use enqueue::{Enqueued, Wish, put_in, put_in_now};
pub use files::artifact;
pub use kinds::{Daily, Kind, Kinds, Load, Work};
pub use list::{JobDocument, JobRow, ListJobs, OfJob};
pub use runner::{Pace, Runner, is_transient, put_in_daily};
pub use table::*;

/// The kinds of this feature: what is known of jobs, and their files, go in the end.
pub fn own_kinds() -> [Kind; 2] {
    [daily::forget(), files::sweep()]
}
