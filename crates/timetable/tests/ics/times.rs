//! When a reader shows lessons, worked out by hand across changes of the clocks.

use chrono_tz::{Africa, America, Asia, Europe, Pacific};
use timetable::Cycle;

use super::*;
use crate::read::read_days;

fn starts(calendar: &Calendar) -> Vec<DateTime<Utc>> {
    read(&write(calendar)).into_iter().map(|told| told.start).collect()
}

fn weekly(every: u8, until: NaiveDate, except: Vec<NaiveDate>) -> Repeats {
    Repeats::Weekly { every, until, except }
}

#[test]
fn ten_past_eight_stays_so_in_berlin() {
    // Mondays; the clocks go back on 25 October; the 2nd of November is a holiday.
    let repeats = weekly(1, date(2026, 11, 9), vec![date(2026, 11, 2), date(2026, 11, 3)]);
    let told =
        read(&write(&calendar(Europe::Berlin, vec![lesson("a", at(date(2026, 10, 12), 8, 10), repeats)], vec![])));
    let expected = [
        (utc(2026, 10, 12, 6, 10), utc(2026, 10, 12, 6, 55)),
        (utc(2026, 10, 19, 6, 10), utc(2026, 10, 19, 6, 55)),
        (utc(2026, 10, 26, 7, 10), utc(2026, 10, 26, 7, 55)),
        (utc(2026, 11, 9, 7, 10), utc(2026, 11, 9, 7, 55)),
    ];
    let times: Vec<_> = told.iter().map(|told| (told.start, told.end)).collect();
    assert_eq!(times, expected);
    let local = |told: &Occurrence| told.start.with_timezone(&Europe::Berlin).format("%H:%M").to_string();
    assert!(told.iter().all(|told| local(told) == "08:10" && told.place.as_deref() == Some("Room 12")));
}

#[test]
fn every_second_week_in_new_york() {
    // The clocks go back on 1 November 2026 and forward on 14 March 2027.
    let autumn = lesson("a", at(date(2026, 10, 19), 8, 0), weekly(2, date(2026, 11, 20), vec![]));
    let spring = lesson("b", at(date(2027, 3, 1), 8, 0), weekly(2, date(2027, 3, 15), vec![]));
    assert_eq!(
        starts(&calendar(America::New_York, vec![autumn, spring], vec![])),
        [
            utc(2026, 10, 19, 12, 0),
            utc(2026, 11, 2, 13, 0),
            utc(2026, 11, 16, 13, 0),
            utc(2027, 3, 1, 13, 0),
            utc(2027, 3, 15, 12, 0),
        ]
    );
}

#[test]
fn no_clock_changes_in_kolkata() {
    let weeks = lesson("a", at(date(2026, 10, 19), 8, 0), weekly(1, date(2026, 11, 2), vec![]));
    assert_eq!(
        starts(&calendar(Asia::Kolkata, vec![weeks], vec![])),
        [utc(2026, 10, 19, 2, 30), utc(2026, 10, 26, 2, 30), utc(2026, 11, 2, 2, 30),]
    );
}

#[test]
fn clocks_go_back_for_ramadan_in_casablanca() {
    // From 7 February to 14 March 2027.
    let weeks = lesson("a", at(date(2027, 2, 1), 8, 0), weekly(2, date(2027, 3, 29), vec![]));
    assert_eq!(
        starts(&calendar(Africa::Casablanca, vec![weeks], vec![])),
        [
            utc(2027, 2, 1, 7, 0),
            utc(2027, 2, 15, 8, 0),
            utc(2027, 3, 1, 8, 0),
            utc(2027, 3, 15, 7, 0),
            utc(2027, 3, 29, 7, 0),
        ]
    );
}

#[test]
fn the_last_day_is_included_wherever_the_school_is() {
    // In the evening of New York it is the next day already by the world's clock, in the morning of Auckland still the last.
    let evening = lesson("a", at(date(2026, 12, 4), 20, 30), weekly(1, date(2026, 12, 11), vec![]));
    let morning = lesson("a", at(date(2026, 12, 4), 8, 0), weekly(1, date(2026, 12, 11), vec![]));
    let short = lesson("a", at(date(2026, 12, 4), 8, 0), weekly(1, date(2026, 12, 10), vec![]));
    let backwards = lesson("a", at(date(2026, 12, 4), 8, 0), weekly(0, date(2020, 1, 1), vec![]));
    let of = |zone, event| starts(&calendar(zone, vec![event], vec![]));
    assert_eq!(of(America::New_York, evening), [utc(2026, 12, 5, 1, 30), utc(2026, 12, 12, 1, 30)]);
    assert_eq!(of(Pacific::Auckland, morning), [utc(2026, 12, 3, 19, 0), utc(2026, 12, 10, 19, 0)]);
    assert_eq!(of(Pacific::Auckland, short), [utc(2026, 12, 3, 19, 0)]);
    assert_eq!(of(Pacific::Auckland, backwards), [utc(2026, 12, 3, 19, 0)]);
}

#[test]
fn days_in_turn_are_written_one_by_one() {
    // Day 1 of two: every second school day, over a holiday and the end of summer time.
    let first = date(2026, 10, 19);
    let has_school = |day: NaiveDate| {
        use chrono::Datelike;
        day.weekday().num_days_from_monday() < 5 && day != date(2026, 10, 22)
    };
    let days = Cycle::Days(2).days_of(first, first, date(2026, 10, 28), &has_school);
    let mut on: Vec<NaiveDate> = days.iter().filter(|(_, day)| *day == 1).map(|(date, _)| *date).collect();
    assert_eq!(on, [date(2026, 10, 20), date(2026, 10, 23), date(2026, 10, 27)]);
    // Whichever of them is given as the start, and in whichever order.
    let expected = [utc(2026, 10, 20, 6, 0), utc(2026, 10, 23, 6, 0), utc(2026, 10, 27, 7, 0)];
    for _ in 0..3 {
        on.rotate_left(1);
        let event = lesson("a", at(on[0], 8, 0), Repeats::On(on.clone()));
        assert_eq!(starts(&calendar(Europe::Berlin, vec![event], vec![])), expected);
    }
}

#[test]
fn single_days_are_otherwise() {
    let monday = |day| at(date(2026, 10, day), 8, 0);
    let weeks = lesson("a", monday(5), weekly(1, date(2026, 10, 26), vec![date(2026, 10, 12)]));
    let other = lesson("b", monday(5), weekly(1, date(2026, 10, 12), vec![]));
    let exceptions = vec![
        cancelled("a", monday(5)),
        // Into the week in which the clocks have changed.
        moved("a", monday(19), at(date(2026, 10, 29), 11, 0)),
        // Only at another place.
        moved("a", monday(26), monday(26)),
        // For none of these there is a lesson.
        cancelled("a", at(date(2026, 10, 26), 9, 0)),
        moved("a", monday(12), at(date(2026, 10, 13), 8, 0)),
        cancelled("a", at(date(2026, 11, 2), 8, 0)),
        cancelled("nobody", monday(26)),
        // Of two for one the last counts.
        cancelled("b", monday(5)),
        moved("b", monday(5), at(date(2026, 10, 6), 8, 0)),
    ];
    let told = read(&write(&calendar(Europe::Berlin, vec![weeks, other], exceptions)));
    let said: Vec<_> = told.iter().map(|told| (told.uid.as_str(), told.start, told.place.as_deref())).collect();
    assert_eq!(
        said,
        [
            ("b", utc(2026, 10, 6, 6, 0), Some("Hall")),
            ("b", utc(2026, 10, 12, 6, 0), Some("Room 12")),
            ("a", utc(2026, 10, 26, 7, 0), Some("Hall")),
            ("a", utc(2026, 10, 29, 10, 0), Some("Hall")),
        ]
    );
    assert_eq!(told[3].title, "Mathematics with Ms Ode");
}

#[test]
fn what_is_once_can_be_otherwise_too() {
    let start = at(date(2026, 10, 5), 8, 0);
    let once = |repeats, exception| {
        let file = write(&calendar(Europe::Berlin, vec![lesson("a", start, repeats)], vec![exception]));
        assert!(!file.contains("RECURRENCE-ID") && !file.contains("EXDATE"), "{file}");
        file
    };
    for repeats in [Repeats::Once, Repeats::On(vec![]), weekly(1, date(2026, 10, 11), vec![])] {
        let told = read(&once(repeats.clone(), moved("a", start, at(date(2026, 10, 5), 9, 0))));
        assert_eq!(told.iter().map(|told| told.start).collect::<Vec<_>>(), [utc(2026, 10, 5, 7, 0)]);
        let file = once(repeats, cancelled("a", start));
        assert!(read(&file).is_empty() && file.contains("STATUS:CANCELLED\r\n"), "{file}");
    }
}

#[test]
fn an_event_that_never_is_is_cancelled() {
    let mondays = [date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19)];
    let weeks = lesson("a", at(mondays[0], 8, 0), weekly(1, mondays[2], mondays[..2].to_vec()));
    let file = write(&calendar(Europe::Berlin, vec![weeks], vec![cancelled("a", at(mondays[2], 8, 0))]));
    assert!(file.contains("STATUS:CANCELLED\r\n") && !file.contains("FREQ=WEEKLY"), "{file}");
}

#[test]
fn whole_days_end_on_their_last() {
    let holidays = |from, to| AllDay {
        uid: "h".to_owned(),
        title: "Autumn, short".to_owned(),
        from,
        to,
        changed: utc(2026, 8, 1, 10, 0),
    };
    let all_day = vec![
        holidays(date(2026, 10, 19), date(2026, 10, 30)),
        holidays(date(2026, 12, 31), date(2026, 12, 31)),
        holidays(date(2026, 12, 31), date(2026, 12, 1)),
    ];
    let file = write(&Calendar { all_day, ..calendar(Europe::Berlin, vec![], vec![]) });
    assert!(file.contains("DTSTART;VALUE=DATE:20261019\r\nDTEND;VALUE=DATE:20261031\r\n"), "{file}");
    let title = "Autumn, short".to_owned();
    assert_eq!(
        read_days(&file),
        [
            (date(2026, 10, 19), date(2026, 10, 31), title.clone()),
            (date(2026, 12, 31), date(2027, 1, 1), title.clone()),
            (date(2026, 12, 31), date(2027, 1, 1), title),
        ]
    );
    assert!(read(&file).is_empty());
}
