//! What stands in a timetable: a lesson at its place, and the rooms there are.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The periods that a day may have.
pub const PERIODS: RangeInclusive<u8> = 1..=20;

/// A place in the cycle, ordered by day, then by period.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, schemars::JsonSchema,
)]
pub struct Slot {
    /// The day of the cycle, counted from 0: week × 7 + weekday from Monday where weeks repeat, else the day in turn.
    pub day: u8,
    /// The period of the day, in [`PERIODS`].
    pub period: u8,
}

/// One lesson of the timetable as far as conflicts go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The lesson itself.
    pub lesson: Uuid,
    /// What is taught.
    pub course: Uuid,
    /// The class that the course is taught to.
    pub class: Uuid,
    /// Who teaches it; one who is named twice counts once.
    pub teachers: Vec<Uuid>,
    /// Where it is, if that is known.
    pub room: Option<Uuid>,
    /// Who takes the course. Shared, as all lessons of a course have the same.
    pub students: Arc<BTreeSet<Uuid>>,
    /// When it is.
    pub slot: Slot,
}

/// A room of the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Room {
    /// The room itself.
    pub room: Uuid,
    /// How many lessons may be in it at once: 1, in a hall more, and 0 where it is closed.
    pub at_once: u16,
    /// How many students find a seat; none where there is no limit.
    pub places: Option<u32>,
}
