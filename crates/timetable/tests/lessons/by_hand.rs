//! Each kind of conflict, worked out by hand.

use std::sync::Arc;
use std::time::Instant;

use timetable::{Conflict, Placed, Room, all_conflicts, conflicts, free_places, free_rooms, free_teachers};

use crate::*;

#[test]
fn a_teacher_is_in_one_lesson() {
    let one = Placed { teachers: vec![teacher(1), teacher(2), teacher(2)], ..lesson(1, at(0, 3)) };
    let other = Placed { teachers: vec![teacher(3), teacher(2)], ..lesson(2, at(0, 3)) };
    let later = Placed { teachers: vec![teacher(1)], ..lesson(3, at(0, 4)) };
    let others = [later, other, one.clone()];
    assert_eq!(conflicts(&one, &others, &[]), [Conflict::Teacher { teacher: teacher(2), with: lesson_id(2) }]);
}

#[test]
fn a_hall_holds_two_classes() {
    let in_hall = |number, taken: std::ops::Range<u64>| Placed {
        room: Some(room(9)),
        students: students(taken),
        ..lesson(number, at(2, 5))
    };
    let hall = Room { room: room(9), at_once: 2, places: Some(60) };
    let (one, two, three) = (in_hall(1, 0..30), in_hall(2, 30..60), in_hall(3, 60..80));
    assert_eq!(conflicts(&one, &[one.clone(), two.clone()], &[hall]), []);
    let full = Conflict::Room { room: room(9), with: vec![lesson_id(1), lesson_id(2)] };
    assert_eq!(conflicts(&three, &[two.clone(), one.clone()], &[hall]), [full]);
    let both = all_conflicts(&[one.clone(), two.clone(), three], &[hall]);
    assert_eq!(
        both.iter().map(|(lesson, found)| (*lesson, found.len())).collect::<Vec<_>>(),
        [(lesson_id(1), 1), (lesson_id(2), 1), (lesson_id(3), 1)]
    );
    // Seats are for all who are in it.
    let seats = |places| conflicts(&one, std::slice::from_ref(&two), &[Room { places: Some(places), ..hall }]);
    assert_eq!(seats(59), [Conflict::RoomTooSmall { room: room(9), places: 59, students: 60 }]);
    assert_eq!(seats(60), []);
    // What nobody said of a room: one lesson at once.
    assert_eq!(
        conflicts(&one, std::slice::from_ref(&two), &[]),
        [Conflict::Room { room: room(9), with: vec![lesson_id(2)] }]
    );
    let closed = Room { at_once: 0, ..hall };
    assert_eq!(conflicts(&one, &[], &[closed]), [Conflict::Room { room: room(9), with: vec![] }]);
}

#[test]
fn a_room_has_so_many_seats() {
    let one = Placed { room: Some(room(1)), students: students(0..25), ..lesson(1, at(0, 1)) };
    let small = |places| conflicts(&one, &[], &[Room { places: Some(places), ..classroom(1) }]);
    assert_eq!(small(24), [Conflict::RoomTooSmall { room: room(1), places: 24, students: 25 }]);
    assert_eq!(small(25), []);
}

#[test]
fn a_class_has_one_course_unless_its_options_share_nobody() {
    let option = |number, taken: &[u64]| Placed {
        class: class(7),
        students: students(taken.iter().copied()),
        ..lesson(number, at(4, 2))
    };
    let (french, latin) = (option(1, &[1, 2, 3]), option(2, &[4, 5]));
    assert_eq!(conflicts(&french, std::slice::from_ref(&latin), &[]), []);
    let stands = [Conflict::Class { class: class(7), with: lesson_id(2) }];
    assert_eq!(conflicts(&french, &[option(2, &[3, 4])], &[]), stands);
    assert_eq!(conflicts(&french, &[option(2, &[])], &[]), stands);
    assert_eq!(conflicts(&option(1, &[]), &[latin], &[]), stands);
}

#[test]
fn a_student_is_in_one_place() {
    let one = Placed { students: students([5, 1, 3]), ..lesson(1, at(0, 1)) };
    let set = Placed { students: students([3, 4, 5]), ..lesson(2, at(0, 1)) };
    let club = Placed { students: students([6]), ..lesson(3, at(0, 1)) };
    let nobody = lesson(4, at(0, 1));
    let shared = Conflict::Students { students: vec![student(3), student(5)], with: lesson_id(2) };
    assert_eq!(conflicts(&one, &[club, nobody, set], &[]), [shared]);
}

#[test]
fn a_course_is_once_at_a_time() {
    let one = Placed { students: students([1]), ..lesson(1, at(0, 1)) };
    let again = Placed { lesson: lesson_id(2), teachers: vec![], ..one.clone() };
    assert_eq!(conflicts(&one, &[again], &[]), [Conflict::SameCourse { with: lesson_id(2) }]);
}

#[test]
fn the_order_of_what_is_given_does_not_matter() {
    let one = Placed { room: Some(room(1)), students: students([1, 2]), ..lesson(1, at(1, 1)) };
    let same = Placed { lesson: lesson_id(5), ..one.clone() };
    let class_too = Placed { class: class(1), students: students([]), ..lesson(3, at(1, 1)) };
    let taken = Placed { students: students([2]), ..lesson(2, at(1, 1)) };
    let expected = [
        Conflict::Teacher { teacher: teacher(1), with: lesson_id(5) },
        Conflict::Room { room: room(1), with: vec![lesson_id(5)] },
        Conflict::Class { class: class(1), with: lesson_id(3) },
        Conflict::Students { students: vec![student(2)], with: lesson_id(2) },
        Conflict::SameCourse { with: lesson_id(5) },
    ];
    let mut others = vec![same, class_too, taken, one.clone()];
    for _ in 0..others.len() {
        others.rotate_left(1);
        assert_eq!(conflicts(&one, &others, &[classroom(1)]), expected);
    }
}

#[test]
fn the_nearest_free_places_come_first() {
    let moved = lesson(1, at(2, 3));
    let busy = |number, slot| Placed { teachers: vec![teacher(1)], ..lesson(number, slot) };
    // The teacher is busy where the lesson is, the period before it, and all of Tuesday.
    let mut others = vec![moved.clone(), busy(2, at(2, 3)), busy(3, at(2, 2))];
    others.extend((1..=4).map(|period| busy(10 + u64::from(period), at(1, period))));
    let slots: Vec<_> = (0..5).rev().flat_map(|day| (1..=4).map(move |period| at(day, period))).collect();
    let free = |most| free_places(&moved, &others, &[], &slots, most);
    let expected = [
        at(2, 4),
        at(2, 1),
        at(3, 3),
        at(3, 2),
        at(3, 4),
        at(3, 1),
        at(0, 3),
        at(4, 3),
        at(0, 2),
        at(0, 4),
        at(4, 2),
        at(4, 4),
        at(0, 1),
        at(4, 1),
    ];
    assert_eq!(free(99), expected);
    assert_eq!(free(3), expected[..3]);
    assert_eq!(free(0), []);
    // Its own place is free as well, where nothing stands against it.
    assert_eq!(
        free_places(&moved, std::slice::from_ref(&moved), &[], &[at(3, 3), at(2, 3), at(3, 3)], 9),
        [at(2, 3), at(3, 3)]
    );
}

#[test]
fn free_rooms_have_room() {
    let one = Placed { room: Some(room(3)), students: students(0..20), ..lesson(1, at(0, 1)) };
    let other = |number, at_room| Placed { room: Some(room(at_room)), ..lesson(number, at(0, 1)) };
    let later = Placed { room: Some(room(5)), ..lesson(4, at(0, 2)) };
    let rooms = [
        Room { at_once: 2, ..classroom(4) },
        classroom(1),
        Room { places: Some(19), ..classroom(2) },
        classroom(3),
        Room { at_once: 0, ..classroom(6) },
        Room { places: Some(20), ..classroom(5) },
        classroom(5),
    ];
    let others = [one.clone(), other(2, 1), other(3, 4), later];
    assert_eq!(free_rooms(&one, &others, &rooms), [room(4), room(3), room(5)]);
}

#[test]
fn free_teachers_stand_in() {
    let busy = Placed { teachers: vec![teacher(1), teacher(2)], ..lesson(1, at(0, 1)) };
    let later = Placed { teachers: vec![teacher(4)], ..lesson(2, at(0, 2)) };
    let teachers = [teacher(4), teacher(2), teacher(3)];
    assert_eq!(free_teachers(at(0, 1), &teachers, &[busy, later]), [teacher(4), teacher(3)]);
}

/// A school of 200 classes with 25 lessons each: a slow way (each lesson against each) would take minutes here.
#[test]
fn a_large_school_is_looked_through_at_once() {
    let lessons: Vec<Placed> = (0..5_000)
        .map(|number| {
            let of = number / 25;
            let taken = students(of * 25..of * 25 + 25);
            let slot = at(u8::try_from(number % 25 / 5).unwrap(), u8::try_from(number % 5 + 1).unwrap());
            Placed { class: class(of), students: Arc::clone(&taken), room: Some(room(of)), ..lesson(number, slot) }
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(all_conflicts(&lessons, &[]), []);
    let took = begun.elapsed();
    println!("5,000 lessons: {took:?}");
    assert!(took.as_secs() < 10, "{took:?}");
    let mut lessons = lessons;
    lessons[0].slot = lessons[26].slot;
    lessons[0].teachers = lessons[26].teachers.clone();
    let found = all_conflicts(&lessons, &[]);
    let with: Vec<_> = found.iter().map(|(lesson, found)| (*lesson, found.len())).collect();
    // Moved to where the second lesson of its class is, in the same room, with the teacher of another class's.
    assert_eq!(with, [(lesson_id(0), 3), (lesson_id(1), 2), (lesson_id(26), 1)]);
}

#[test]
fn a_conflict_is_told_by_its_kind() {
    let said = serde_json::to_value(Conflict::SameCourse { with: lesson_id(1) }).unwrap();
    assert_eq!(said, serde_json::json!({ "kind": "same_course", "with": lesson_id(1) }));
}
