//! Marks: the gradebook, the results that come of it, and report cards.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod analytics;
pub mod gradebook;
pub mod reports;

use kernel::{
    Access, Call, Context, Error, ErrorCode, Job, Outcome, Reach, Result, Save, SavedVersion, Undoable, blocking,
    context, error, permission,
};
use school::{exchange, people, schools};
