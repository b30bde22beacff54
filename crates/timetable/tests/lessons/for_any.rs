//! What holds for any lessons, against the rules written once more, each lesson with each.

use std::collections::BTreeSet;

use proptest::prelude::*;
use timetable::{Conflict, Placed, Room, Slot, all_conflicts, conflicts, free_places, free_rooms, free_teachers};

use crate::*;

const DAYS: u8 = 3;
const PERIODS: u8 = 2;

fn slots() -> Vec<Slot> {
    (0..DAYS).flat_map(|day| (1..=PERIODS).map(move |period| at(day, period))).collect()
}

/// Few of each, so that most lessons have conflicts and some have none.
fn any_lessons() -> impl Strategy<Value = Vec<Placed>> {
    let teachers = prop::collection::vec(0u64..8, 0..3);
    let taken = prop::collection::btree_set(0u64..20, 0..4);
    let one = (0u64..10, teachers, prop::option::of(0u64..5), taken, 0..DAYS, 1..=PERIODS);
    prop::collection::vec(one, 1..14).prop_map(|lessons| {
        let placed = lessons.into_iter().zip(0..).map(|((of, teachers, at_room, taken, day, period), number)| Placed {
            lesson: lesson_id(number),
            course: course(of),
            class: class(of / 3),
            teachers: teachers.into_iter().map(teacher).collect(),
            room: at_room.map(room),
            students: students(taken),
            slot: at(day, period),
        });
        placed.collect()
    })
}

/// Of five rooms that lessons are in four are known.
fn any_rooms() -> impl Strategy<Value = Vec<Room>> {
    let one = (0u16..3, prop::option::of(0u32..7));
    prop::collection::vec(one, 4).prop_map(|rooms| {
        let known = rooms.into_iter().zip(0..);
        known.map(|((at_once, places), number)| Room { room: room(number), at_once, places }).collect()
    })
}

/// The rules as they are told to people, without a thought for speed.
fn by_the_rules(lesson: &Placed, others: &[Placed], rooms: &[Room]) -> BTreeSet<Conflict> {
    let there: Vec<&Placed> =
        others.iter().filter(|other| other.slot == lesson.slot && other.lesson != lesson.lesson).collect();
    let mut found = BTreeSet::new();
    for other in &there {
        let with = other.lesson;
        for teacher in other.teachers.iter().filter(|teacher| lesson.teachers.contains(teacher)) {
            found.insert(Conflict::Teacher { teacher: *teacher, with });
        }
        let shared: Vec<Uuid> = lesson.students.intersection(&other.students).copied().collect();
        let unknown = lesson.students.is_empty() || other.students.is_empty();
        if lesson.course == other.course {
            found.insert(Conflict::SameCourse { with });
        } else if lesson.class == other.class && (unknown || !shared.is_empty()) {
            found.insert(Conflict::Class { class: lesson.class, with });
        } else if lesson.class != other.class && !shared.is_empty() {
            found.insert(Conflict::Students { students: shared, with });
        }
    }
    let Some(room) = lesson.room else { return found };
    let known = rooms.iter().find(|known| known.room == room);
    let in_it: Vec<&&Placed> = there.iter().filter(|other| other.room == Some(room)).collect();
    let mut sit: BTreeSet<Uuid> = lesson.students.iter().copied().collect();
    if in_it.len() + 1 > known.map_or(1, |known| known.at_once.into()) {
        let mut with: Vec<Uuid> = in_it.iter().map(|other| other.lesson).collect();
        with.sort();
        found.insert(Conflict::Room { room, with });
    } else {
        sit.extend(in_it.iter().flat_map(|other| other.students.iter()));
    }
    if let Some(places) = known.and_then(|known| known.places)
        && sit.len() > places as usize
    {
        found.insert(Conflict::RoomTooSmall { room, places, students: sit.len() });
    }
    found
}

proptest! {
    #[test]
    fn conflicts_are_those_of_the_rules(lessons in any_lessons(), rooms in any_rooms()) {
        let all = all_conflicts(&lessons, &rooms);
        let mut expected = Vec::new();
        for lesson in &lessons {
            let ruled: Vec<Conflict> = by_the_rules(lesson, &lessons, &rooms).into_iter().collect();
            let others: Vec<Placed> = lessons.iter().rev().filter(|other| other.lesson != lesson.lesson).cloned().collect();
            prop_assert_eq!(&conflicts(lesson, &lessons, &rooms), &ruled);
            prop_assert_eq!(&conflicts(lesson, &others, &rooms), &ruled);
            if !ruled.is_empty() {
                expected.push((lesson.lesson, ruled));
            }
        }
        prop_assert_eq!(all, expected);
    }

    /// Whoever stands in another's way has the other in theirs.
    #[test]
    fn conflicts_of_two_are_of_both(lessons in any_lessons()) {
        let all = all_conflicts(&lessons, &[]);
        let of = |lesson: Uuid| all.iter().find(|(of, _)| *of == lesson).map(|(_, found)| found.as_slice()).unwrap_or_default();
        for (lesson, found) in &all {
            for conflict in found {
                let (other, back) = match conflict.clone() {
                    Conflict::Teacher { teacher, with } => (with, Conflict::Teacher { teacher, with: *lesson }),
                    Conflict::Class { class, with } => (with, Conflict::Class { class, with: *lesson }),
                    Conflict::Students { students, with } => (with, Conflict::Students { students, with: *lesson }),
                    Conflict::SameCourse { with } => (with, Conflict::SameCourse { with: *lesson }),
                    Conflict::Room { .. } | Conflict::RoomTooSmall { .. } => continue,
                };
                prop_assert!(of(other).contains(&back), "{other} does not say {back:?}");
            }
        }
    }

    #[test]
    fn free_places_are_all_that_are_free(lessons in any_lessons(), rooms in any_rooms(), most in 0usize..8) {
        for lesson in &lessons {
            let free = free_places(lesson, &lessons, &rooms, &slots(), usize::MAX);
            let set: BTreeSet<Slot> = free.iter().copied().collect();
            prop_assert_eq!(set.len(), free.len());
            for slot in slots() {
                let there = Placed { slot, ..lesson.clone() };
                prop_assert_eq!(by_the_rules(&there, &lessons, &rooms).is_empty(), set.contains(&slot), "{:?}", slot);
            }
            let away = |slot: &Slot| (slot.day.abs_diff(lesson.slot.day), slot.period.abs_diff(lesson.slot.period));
            prop_assert!(free.is_sorted_by_key(away));
            let few = free_places(lesson, &lessons, &rooms, &slots(), most);
            prop_assert_eq!(&few[..], &free[..most.min(free.len())]);
        }
    }

    #[test]
    fn free_rooms_and_teachers_are_all_that_are_free(lessons in any_lessons(), rooms in any_rooms()) {
        for lesson in &lessons {
            let elsewhere = |room: Uuid| {
                let there = by_the_rules(&Placed { room: Some(room), ..lesson.clone() }, &lessons, &rooms);
                !there.iter().any(|found| matches!(found, Conflict::Room { .. } | Conflict::RoomTooSmall { .. }))
            };
            let expected: Vec<Uuid> = rooms.iter().map(|room| room.room).filter(|room| elsewhere(*room)).collect();
            prop_assert_eq!(free_rooms(lesson, &lessons, &rooms), expected);
            let everybody: Vec<Uuid> = (0..8).map(teacher).collect();
            let free = free_teachers(lesson.slot, &everybody, &lessons);
            for teacher in everybody {
                let busy = lessons.iter().any(|other| other.slot == lesson.slot && other.teachers.contains(&teacher));
                prop_assert_eq!(busy, !free.contains(&teacher));
            }
        }
    }
}
