//! The timetable: which day of it a date is, which lessons cannot be at once, where they could be instead, and the calendar
//! that other programs read. Values in, values out: knows no database, no window and no clock.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod conflict;
mod cycle;
mod free;
pub mod ics;
mod placed;

pub use conflict::{Conflict, all_conflicts, conflicts};
pub use cycle::Cycle;
pub use free::{free_places, free_rooms, free_teachers};
pub use placed::{PERIODS, Placed, Room, Slot};
