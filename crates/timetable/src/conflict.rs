//! What cannot be at once: a teacher in two lessons, two lessons in one room, a student in two places.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::placed::{Placed, Room, Slot};

/// Why a lesson cannot be where it is; `with` names other lessons at the same place in the cycle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Conflict {
    /// A teacher of the lesson teaches another one.
    Teacher {
        /// Who.
        teacher: Uuid,
        /// The other lesson.
        with: Uuid,
    },
    /// More lessons are in the room than may be in it at once.
    Room {
        /// Which.
        room: Uuid,
        /// All the other lessons in it, rising; none where the room is closed and empty.
        with: Vec<Uuid>,
    },
    /// The room has too few seats.
    RoomTooSmall {
        /// Which.
        room: Uuid,
        /// How many seats it has.
        places: u32,
        /// How many students would be in it: those of the lesson, with those of other lessons that may be in it as well.
        students: usize,
    },
    /// The class of the lesson has another course, and a student takes both or one of them has nobody in it yet.
    Class {
        /// The class.
        class: Uuid,
        /// The lesson of the other course.
        with: Uuid,
    },
    /// Students take a course of another class.
    Students {
        /// Who, rising.
        students: Vec<Uuid>,
        /// The lesson of the other class.
        with: Uuid,
    },
    /// The course is there already.
    SameCourse {
        /// Its other lesson.
        with: Uuid,
    },
}

/// Why `lesson` cannot be where it is among `others`, which may contain it: what has its identifier is ignored. A room that
/// is not among `rooms` takes one lesson at once and any number of students. In the order of [`Conflict`], then by
/// identifiers, whatever the order of what is given.
#[must_use]
pub fn conflicts(lesson: &Placed, others: &[Placed], rooms: &[Room]) -> Vec<Conflict> {
    let there = others.iter().filter(|other| other.slot == lesson.slot);
    AtOnce::new(there).conflicts(lesson, lesson.room, &Rooms::new(rooms))
}

/// The lessons that cannot be where they are, in the order given, each with what [`conflicts`] says of it.
#[must_use]
pub fn all_conflicts(lessons: &[Placed], rooms: &[Room]) -> Vec<(Uuid, Vec<Conflict>)> {
    let rooms = Rooms::new(rooms);
    let by_slot = by_slot(lessons);
    let found = lessons.iter().filter_map(|lesson| {
        let conflicts = by_slot.get(&lesson.slot)?.conflicts(lesson, lesson.room, &rooms);
        (!conflicts.is_empty()).then_some((lesson.lesson, conflicts))
    });
    found.collect()
}

/// The lessons by their place, so that each is compared only with those that are at once with it.
pub(crate) fn by_slot(lessons: &[Placed]) -> HashMap<Slot, AtOnce<'_>> {
    let mut by_slot: HashMap<Slot, AtOnce<'_>> = HashMap::new();
    for lesson in lessons {
        by_slot.entry(lesson.slot).or_default().add(lesson);
    }
    by_slot
}

/// The rooms by their identifiers.
pub(crate) struct Rooms<'a>(HashMap<Uuid, &'a Room>);

impl<'a> Rooms<'a> {
    pub(crate) fn new(rooms: &'a [Room]) -> Self {
        Self(rooms.iter().map(|room| (room.room, room)).collect())
    }
}

/// Lessons at one place of the cycle, and who takes which: a student is in few of them, so that nobody is looked for in
/// every list.
#[derive(Default)]
pub(crate) struct AtOnce<'a> {
    lessons: Vec<&'a Placed>,
    by_student: HashMap<Uuid, Vec<usize>>,
}

impl<'a> AtOnce<'a> {
    pub(crate) fn new(lessons: impl Iterator<Item = &'a Placed>) -> Self {
        let mut at_once = Self::default();
        lessons.for_each(|lesson| at_once.add(lesson));
        at_once
    }

    fn add(&mut self, lesson: &'a Placed) {
        for student in lesson.students.iter() {
            self.by_student.entry(*student).or_default().push(self.lessons.len());
        }
        self.lessons.push(lesson);
    }

    /// What stands against `lesson` being here, in `room`.
    pub(crate) fn conflicts(&self, lesson: &Placed, room: Option<Uuid>, rooms: &Rooms<'_>) -> Vec<Conflict> {
        let mut found = Vec::new();
        let mut shared = self.shared(lesson);
        for (index, other) in self.lessons.iter().enumerate().filter(|(_, other)| other.lesson != lesson.lesson) {
            let with = other.lesson;
            let both = lesson.teachers.iter().filter(|teacher| other.teachers.contains(teacher));
            found.extend(both.map(|&teacher| Conflict::Teacher { teacher, with }));
            found.extend(of_students(lesson, other, shared.remove(&index).unwrap_or_default()));
        }
        found.extend(room.into_iter().flat_map(|room| self.of_room(lesson, room, rooms)));
        found.sort_unstable();
        // A teacher may be named twice, and a lesson be given twice.
        found.dedup();
        found
    }

    /// The students of `lesson` by the other lesson that they take, as its index.
    fn shared(&self, lesson: &Placed) -> BTreeMap<usize, Vec<Uuid>> {
        let mut shared: BTreeMap<usize, Vec<Uuid>> = BTreeMap::new();
        for student in lesson.students.iter() {
            for &index in self.by_student.get(student).into_iter().flatten() {
                shared.entry(index).or_default().push(*student);
            }
        }
        shared
    }

    /// What stands against `lesson` being in `room`: too many lessons, too few seats.
    pub(crate) fn of_room(&self, lesson: &Placed, room: Uuid, rooms: &Rooms<'_>) -> Vec<Conflict> {
        let known = rooms.0.get(&room);
        let there: BTreeMap<Uuid, &Placed> = self
            .lessons
            .iter()
            .filter(|other| other.room == Some(room) && other.lesson != lesson.lesson)
            .map(|&other| (other.lesson, other))
            .collect();
        let too_many = there.len() >= known.map_or(1, |known| usize::from(known.at_once));
        // Where there are too many lessons already, one of them has to go, and only its own students need seats elsewhere.
        let sit = there.values().filter(|_| !too_many).flat_map(|other| other.students.iter());
        let students = lesson.students.iter().chain(sit).collect::<BTreeSet<_>>().len();
        let small = known.and_then(|known| known.places).filter(|&places| students > places as usize);
        let small = small.map(|places| Conflict::RoomTooSmall { room, places, students });
        let full = too_many.then(|| Conflict::Room { room, with: there.into_keys().collect() });
        full.into_iter().chain(small).collect()
    }
}

/// What stands against both being at once for those who take them; `shared` are the students who take both.
fn of_students(lesson: &Placed, other: &Placed, shared: Vec<Uuid>) -> Option<Conflict> {
    let with = other.lesson;
    if lesson.course == other.course {
        return Some(Conflict::SameCourse { with });
    }
    if lesson.class == other.class {
        // Options of one class run side by side where nobody takes both; of an empty course that cannot be said yet.
        let unknown = lesson.students.is_empty() || other.students.is_empty();
        return (unknown || !shared.is_empty()).then_some(Conflict::Class { class: lesson.class, with });
    }
    (!shared.is_empty()).then_some(Conflict::Students { students: shared, with })
}
