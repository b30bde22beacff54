//! The days of a timetable, worked out by hand on a calendar.
#![allow(clippy::unwrap_used)]

use std::cell::Cell;

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;
use timetable::Cycle;

/// A day of September or October 2026; the first of September is a Tuesday.
fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[test]
fn a_week_of_holidays_counts_as_a_week() {
    let first = day(9, 1);
    // The week from the 14th is a holiday, and it would have been week A.
    let has_school = |date| weekday(date) && !(day(9, 14)..=day(9, 18)).contains(&date);
    let of = |date| Cycle::Weeks(2).day_of(first, date, &has_school);
    for (date, expected) in [
        (day(8, 31), None),     // Monday of the first week, before the timetable
        (day(9, 1), Some(1)),   // A, Tuesday
        (day(9, 4), Some(4)),   // A, Friday
        (day(9, 5), None),      // Saturday
        (day(9, 7), Some(7)),   // B, Monday
        (day(9, 11), Some(11)), // B, Friday
        (day(9, 14), None),
        (day(9, 18), None),
        (day(9, 21), Some(7)), // B again: A was the holiday
        (day(9, 28), Some(0)), // A, Monday
        (day(10, 7), Some(9)), // B, Wednesday
    ] {
        assert_eq!(of(date), expected, "{date}");
    }
}

#[test]
fn a_school_may_be_open_on_any_day_of_the_week() {
    // Sunday to Thursday, from Sunday the 6th: that Sunday is the last day of its week.
    let has_school = |date: NaiveDate| !matches!(date.weekday(), Weekday::Fri | Weekday::Sat);
    let days = Cycle::Weeks(3).days_of(day(9, 6), day(9, 6), day(9, 15), &has_school);
    let expected = [(6, 6), (7, 7), (8, 8), (9, 9), (10, 10), (13, 13), (14, 14), (15, 15)];
    assert_eq!(days, expected.map(|(date, place)| (day(9, date), place)));
}

#[test]
fn days_in_turn_skip_what_has_no_school() {
    // From Saturday the 12th, so that Monday the 14th is day 0. Thursday the 17th the school is closed; the week from the
    // 21st is a holiday but for Friday the 25th.
    let has_school = |date| weekday(date) && date != day(9, 17) && !(day(9, 21)..=day(9, 24)).contains(&date);
    let table = [
        (day(9, 14), 0),
        (day(9, 15), 1),
        (day(9, 16), 2),
        (day(9, 18), 3),
        (day(9, 25), 4),
        (day(9, 28), 5),
        (day(9, 29), 0),
        (day(9, 30), 1),
        (day(10, 1), 2),
        (day(10, 2), 3),
        (day(10, 5), 4),
    ];
    let cycle = Cycle::Days(6);
    assert_eq!(cycle.days_of(day(9, 12), day(9, 1), day(10, 5), &has_school), table);
    assert_eq!(cycle.days_of(day(9, 12), day(9, 29), day(10, 5), &has_school), table[6..]);
    for (date, place) in table {
        assert_eq!(cycle.day_of(day(9, 12), date, &has_school), Some(place));
    }
    for none in [day(9, 11), day(9, 12), day(9, 17), day(9, 23), day(10, 4)] {
        assert_eq!(cycle.day_of(day(9, 12), none, &has_school), None, "{none}");
    }
}

#[test]
fn days_are_asked_for_once() {
    let asked = Cell::new(0);
    let has_school = |date| {
        asked.set(asked.get() + 1);
        weekday(date)
    };
    let (first, last) = (day(1, 1), day(12, 31));
    assert_eq!(Cycle::Days(6).days_of(first, first, last, &has_school).len(), 261);
    assert_eq!(asked.get(), 365);
}

#[test]
fn what_is_no_cycle_has_no_day() {
    for (cycle, days) in [
        (Cycle::Weeks(0), 0),
        (Cycle::Weeks(1), 7),
        (Cycle::Weeks(2), 14),
        (Cycle::Weeks(6), 42),
        (Cycle::Weeks(7), 0),
        (Cycle::Weeks(255), 0),
        (Cycle::Days(1), 0),
        (Cycle::Days(2), 2),
        (Cycle::Days(12), 12),
        (Cycle::Days(13), 0),
    ] {
        assert_eq!(cycle.days(), days, "{cycle:?}");
        assert_eq!(cycle.day_of(day(9, 1), day(9, 1), &|_| true).is_some(), days > 0, "{cycle:?}");
    }
    assert_eq!(Cycle::Weeks(1).days_of(day(9, 1), day(9, 9), day(9, 8), &|_| true), []);
}

#[test]
fn the_ends_of_the_calendar_are_days_too() {
    let last = Cycle::Weeks(2).days_of(NaiveDate::MIN, NaiveDate::MAX, NaiveDate::MAX, &|_| true);
    assert_eq!(last.len(), 1);
    assert_eq!(Cycle::Days(2).day_of(NaiveDate::MAX, NaiveDate::MAX, &|_| true), Some(0));
    assert_eq!(Cycle::Weeks(1).day_of(NaiveDate::MIN, NaiveDate::MIN, &|_| true).map(|day| day < 7), Some(true));
}

fn any_cycle() -> impl Strategy<Value = Cycle> {
    prop_oneof![(1u8..=6).prop_map(Cycle::Weeks), (2u8..=12).prop_map(Cycle::Days)]
}

proptest! {
    #[test]
    fn a_range_says_what_its_days_say(
        cycle in any_cycle(),
        (first, from, length) in (0i64..60, 0i64..120, 0i64..90),
        closed in prop::collection::btree_set(0i64..250, 0..80),
    ) {
        let at = |days| day(9, 1) + chrono::Duration::days(days);
        let has_school = |date: NaiveDate| weekday(date) && !closed.contains(&(date - day(9, 1)).num_days());
        let days = cycle.days_of(at(first), at(from), at(from + length), &has_school);
        let one_by_one: Vec<_> = (from..=from + length)
            .filter_map(|days| Some((at(days), cycle.day_of(at(first), at(days), &has_school)?)))
            .collect();
        prop_assert_eq!(&days, &one_by_one);
        for pair in days.windows(2) {
            let (one, next) = (pair[0], pair[1]);
            prop_assert!(one.1 < cycle.days());
            if matches!(cycle, Cycle::Days(_)) {
                prop_assert_eq!((one.1 + 1) % cycle.days(), next.1);
            } else {
                let apart = (next.0 - one.0).num_days();
                prop_assert_eq!((i64::from(one.1) + apart) % i64::from(cycle.days()), i64::from(next.1));
            }
        }
    }
}
