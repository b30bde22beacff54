//! Files in and out: CSV, OneRoster 1.1 and 1.2, and Microsoft's School Data Sync sets become one [`Roster`] of plain values, and tables become CSV.
//! Knows no database, no window and no clock: whoever imports compares the values with what is stored.
//!
//! The way in is [`Set::read`], then [`parse`] (or [`parse_plain`] with a [`ColumnMatching`] for a plain list of students).
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod error;
mod roster;

pub use error::{ExchangeError, Note, NoteKind, Refusal};
pub use roster::{
    Agent, Category, Class, ClassKind, Counts, Course, Demographics, Enrolment, EnrolmentRole,
    Format, LineItem, Org, OrgKind, Parsed, Place, Roster, RosterResult, RosterRole, Session,
    SessionKind, Sex, Status, Table, Unresolved, User, UserRole,
};
