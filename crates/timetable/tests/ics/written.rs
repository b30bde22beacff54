//! The file as it is written.

use chrono_tz::{America, Europe, TZ_VARIANTS};
use icalendar::{Component, EventLike};

use super::*;

#[test]
fn a_file_as_it_is() {
    let monday = |day| at(date(2026, 10, day), 8, 0);
    let until = date(2026, 11, 9);
    let weeks =
        lesson("lesson-1@school", monday(12), Repeats::Weekly { every: 1, until, except: vec![date(2026, 11, 2)] });
    let exceptions = vec![cancelled("lesson-1@school", monday(19)), moved("lesson-1@school", monday(26), monday(27))];
    let all_day = vec![AllDay {
        uid: "day-1@school".to_owned(),
        title: "Holiday".to_owned(),
        from: date(2026, 11, 2),
        to: date(2026, 11, 2),
        changed: utc(2026, 8, 1, 10, 0),
    }];
    let file = write(&Calendar { all_day, ..calendar(Europe::Berlin, vec![weeks], exceptions) });
    let expected: Vec<&str> = include_str!("written.ics").lines().collect();
    assert_eq!(file.split_terminator("\r\n").collect::<Vec<_>>(), expected);
}

#[test]
fn texts_are_told_as_they_are() {
    let said = "Lines; of, all \\kinds\\n:\nsecond\r\nthird\rfourth\u{2028}fifth \"quoted\"";
    let event = Event {
        title: format!("{} — {}", "Mathematik für Größere 数学 ".repeat(9), "🎓".repeat(40)),
        place: Some("Room 1, left; up \\ down".to_owned()),
        description: Some(said.to_owned()),
        ..lesson("a", at(date(2026, 10, 5), 8, 0), Repeats::Once)
    };
    let file = write(&calendar(Europe::Berlin, vec![event.clone()], vec![]));
    let read: icalendar::Calendar = file.parse().unwrap();
    let told = read.events().next().unwrap();
    assert_eq!(told.get_summary(), Some(event.title.as_str()));
    assert_eq!(told.get_location(), event.place.as_deref());
    let expected = "Lines; of, all \\kinds\\n:\nsecond\nthird\nfourth\nfifth \"quoted\"";
    assert_eq!(told.get_description(), Some(expected));
    assert!(file.contains("LOCATION:Room 1\\, left\\; up \\\\ down\r\n"), "{file}");
}

#[test]
fn nothing_can_be_slipped_in() {
    let bad = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\u{85}ACTION:AUDIO\0\u{7}\u{1b}[2J\nATTENDEE:mailto:a@b";
    let mut event = lesson(bad, at(date(2026, 10, 5), 8, 0), Repeats::Once);
    event.title = bad.to_owned();
    event.place = Some(bad.to_owned());
    event.description = Some(bad.to_owned());
    let all_day = vec![AllDay {
        uid: bad.to_owned(),
        title: bad.to_owned(),
        from: date(2026, 1, 1),
        to: date(2026, 1, 1),
        changed: event.changed,
    }];
    let plain = calendar(Europe::Berlin, vec![event], vec![]);
    let file = write(&Calendar { name: bad.to_owned(), product: bad.to_owned(), all_day, ..plain });
    let lines = unfolded(&file);
    for line in &lines {
        for slipped in ["BEGIN:VALARM", "ACTION", "ATTENDEE"] {
            assert!(!line.starts_with(slipped), "{line:?}");
        }
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 2);
}

#[test]
fn nothing_at_all_is_a_file_too() {
    for zone in TZ_VARIANTS {
        let file = write(&calendar(zone, vec![], vec![]));
        assert!(file.contains("BEGIN:VTIMEZONE\r\n"), "{file}");
    }
}

#[test]
fn days_without_a_place_in_the_format_are_left_out() {
    let ends = [NaiveDate::MIN, date(0, 12, 31), date(1, 1, 1), date(9999, 12, 30), date(9999, 12, 31), NaiveDate::MAX];
    for zone in [America::New_York, Europe::Berlin] {
        for start in ends {
            for other in ends {
                let mut events = vec![lesson("a", at(start, 0, 0), Repeats::On(vec![other]))];
                events.push(lesson(
                    "b",
                    at(start, 0, 0),
                    Repeats::Weekly { every: 255, until: other, except: vec![other] },
                ));
                let exceptions = vec![moved("a", at(start, 0, 0), at(other, 0, 0)), cancelled("b", at(other, 0, 0))];
                let all_day = vec![AllDay {
                    uid: "c".into(),
                    title: String::new(),
                    from: start,
                    to: other,
                    changed: DateTime::<Utc>::MAX_UTC,
                }];
                let stamp = DateTime::<Utc>::MIN_UTC;
                let file = write(&Calendar { all_day, stamp, ..calendar(zone, events, exceptions) });
                let parsed: icalendar::Calendar = file.parse().unwrap();
                let written = start >= date(1, 1, 1) && start <= date(9999, 12, 30);
                assert_eq!(parsed.events().any(|event| event.get_uid() == Some("a")), written, "{start} {other}");
            }
        }
    }
}

#[test]
fn an_end_that_is_not_after_the_start_is_none() {
    let start = at(date(2026, 10, 5), 8, 0);
    let event = Event { end: start, ..lesson("a", start, Repeats::Once) };
    let file = write(&calendar(Europe::Berlin, vec![event], vec![]));
    assert!(!file.contains("DTEND"), "{file}");
}

/// A school's whole year: 1,500 lessons in 40 weeks with 50 days that are otherwise.
#[test]
fn a_large_calendar_is_written_soon() {
    let start = |n: u64| at(date(2026, 8, 31), 8, 0) + TimeDelta::minutes(i64::try_from(n % 60).unwrap());
    let until = date(2027, 6, 30);
    let events: Vec<_> = (0..1_500)
        .map(|n| {
            lesson(&format!("{n}"), start(n), Repeats::Weekly { every: 1, until, except: vec![date(2026, 10, 5)] })
        })
        .collect();
    let exceptions = (0..50).map(|n| cancelled(&format!("{n}"), start(n) + TimeDelta::weeks(1))).collect();
    let begun = std::time::Instant::now();
    let file = write(&calendar(Europe::Berlin, events, exceptions));
    println!("{} octets: {:?}", file.len(), begun.elapsed());
    assert!(begun.elapsed().as_secs() < 10);
}
