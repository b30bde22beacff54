//! Where a lesson could be instead, and who could take it.

use std::collections::{BTreeSet, HashSet};

use uuid::Uuid;

use crate::conflict::{AtOnce, Rooms, by_slot};
use crate::placed::{Placed, Room, Slot};

/// The slots among `slots` in which `lesson`, in its room, has no conflict with `others`; its own too, if it is among them.
/// At most `most`, the nearest first: those fewer days away, then those fewer periods away, then the earlier.
#[must_use]
pub fn free_places(lesson: &Placed, others: &[Placed], rooms: &[Room], slots: &[Slot], most: usize) -> Vec<Slot> {
    let rooms = Rooms::new(rooms);
    let by_slot = by_slot(others);
    let nobody = AtOnce::default();
    let here = lesson.slot;
    let away = |slot: &Slot| (slot.day.abs_diff(here.day), slot.period.abs_diff(here.period), *slot);
    let nearest: BTreeSet<_> = slots.iter().map(away).collect();
    let slots = nearest.into_iter().map(|(_, _, slot)| slot);
    let free = slots.filter(|slot| {
        let there = by_slot.get(slot).unwrap_or(&nobody);
        there.conflicts(lesson, lesson.room, &rooms).is_empty()
    });
    free.take(most).collect()
}

/// The rooms that `lesson` could be in at its slot, with seats for its students, in the order given; its own too, if nothing
/// stands against it.
#[must_use]
pub fn free_rooms(lesson: &Placed, others: &[Placed], rooms: &[Room]) -> Vec<Uuid> {
    let there = AtOnce::new(others.iter().filter(|other| other.slot == lesson.slot));
    let known = Rooms::new(rooms);
    let mut seen = HashSet::new();
    let rooms = rooms.iter().map(|room| room.room).filter(|room| seen.insert(*room));
    rooms.filter(|&room| there.of_room(lesson, room, &known).is_empty()).collect()
}

/// Who of `teachers` has no lesson at `slot`, in the order given: who could stand in for somebody.
#[must_use]
pub fn free_teachers(slot: Slot, teachers: &[Uuid], others: &[Placed]) -> Vec<Uuid> {
    let there = others.iter().filter(|other| other.slot == slot);
    let busy: HashSet<Uuid> = there.flat_map(|other| other.teachers.iter().copied()).collect();
    teachers.iter().copied().filter(|teacher| !busy.contains(teacher)).collect()
}
