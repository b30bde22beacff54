//! The school: accounts, schools, people, classes, the register, and files in and out. One folder per feature, one function
//! per operation.
//!
//! An operation takes a [`Call`] and a typed input, asks the call for the scope, and runs in its one transaction. It knows
//! no window and no device.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod accounts;
pub mod attendance;
pub mod classes;
pub mod demo;
pub mod exchange;
pub mod lists;
pub mod people;
pub mod schools;

use kernel::{
    Access, Actor, Artifact, Call, Context, Error, ErrorCode, Operation, Outcome, Page, Reach, Result, Role, Save,
    SavedVersion, Sort, SortOrder, Undoable, blocking, context, error, look_at_clock, paging, permission,
};
