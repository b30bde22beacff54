//! Lessons that cannot be at once, and where they could be instead.
#![allow(clippy::unwrap_used)]

mod by_hand;
mod for_any;

use std::collections::BTreeSet;
use std::sync::Arc;

use timetable::{Placed, Room, Slot};
use uuid::Uuid;

/// What a number stands for, so that a test names things by small numbers.
fn id(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(kind, number)
}

fn lesson_id(number: u64) -> Uuid {
    id(1, number)
}

fn teacher(number: u64) -> Uuid {
    id(2, number)
}

fn room(number: u64) -> Uuid {
    id(3, number)
}

fn class(number: u64) -> Uuid {
    id(4, number)
}

fn course(number: u64) -> Uuid {
    id(5, number)
}

fn student(number: u64) -> Uuid {
    id(6, number)
}

fn students(numbers: impl IntoIterator<Item = u64>) -> Arc<BTreeSet<Uuid>> {
    Arc::new(numbers.into_iter().map(student).collect())
}

fn at(day: u8, period: u8) -> Slot {
    Slot { day, period }
}

/// A lesson of the course, class and teacher of its own number, in no room and taken by nobody.
fn lesson(number: u64, slot: Slot) -> Placed {
    Placed {
        lesson: lesson_id(number),
        course: course(number),
        class: class(number),
        teachers: vec![teacher(number)],
        room: None,
        students: students([]),
        slot,
    }
}

fn classroom(number: u64) -> Room {
    Room { room: room(number), at_once: 1, places: None }
}
