//! Calendars, read back by readers that are not ours: the crates `icalendar` and `rrule`.
#![allow(clippy::unwrap_used)]

mod clocks;
mod for_any;
mod read;
mod times;
mod written;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use timetable::ics::{AllDay, Calendar, Event, Exception, Repeats, Replaced, write};

use read::{Occurrence, read};

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn at(date: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    date.and_hms_opt(hour, minute, 0).unwrap()
}

fn utc(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, hour, minute, 0).unwrap()
}

/// A lesson of 45 minutes.
fn lesson(uid: &str, start: NaiveDateTime, repeats: Repeats) -> Event {
    Event {
        uid: uid.to_owned(),
        title: "Mathematics".to_owned(),
        place: Some("Room 12".to_owned()),
        description: None,
        start,
        end: start + TimeDelta::minutes(45),
        repeats,
        changed: utc(2026, 8, 1, 10, 0),
        sequence: 2,
    }
}

fn cancelled(uid: &str, original: NaiveDateTime) -> Exception {
    Exception { uid: uid.to_owned(), original, replaced: None }
}

fn moved(uid: &str, original: NaiveDateTime, start: NaiveDateTime) -> Exception {
    let replaced = Replaced {
        title: "Mathematics with Ms Ode".to_owned(),
        place: Some("Hall".to_owned()),
        description: Some("For Mr Abe".to_owned()),
        start,
        end: start + TimeDelta::minutes(45),
    };
    Exception { uid: uid.to_owned(), original, replaced: Some(replaced) }
}

fn calendar(zone: Tz, events: Vec<Event>, exceptions: Vec<Exception>) -> Calendar {
    Calendar {
        name: "7A".to_owned(),
        product: "-//Homeroom//Timetable//EN".to_owned(),
        zone,
        stamp: utc(2026, 9, 1, 6, 0),
        events,
        exceptions,
        all_day: vec![],
    }
}

/// The file as lines that are put together again.
fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}
