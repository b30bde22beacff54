//! A file's occurrences, as a program that subscribes to it would show them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use icalendar::{Calendar, Component, DatePerhapsTime, EventLike, EventStatus};

/// One occurrence that takes place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub uid: String,
    pub title: String,
    pub place: Option<String>,
}

/// The occurrences of all events at a time, rising.
pub fn read(file: &str) -> Vec<Occurrence> {
    let calendar: Calendar = file.parse().unwrap_or_else(|fault| panic!("{fault}\n{file}"));
    let mut found: BTreeMap<(String, DateTime<Utc>), Occurrence> = BTreeMap::new();
    let (others, whole): (Vec<_>, Vec<_>) = calendar
        .events()
        .filter(|event| matches!(event.get_start(), Some(DatePerhapsTime::DateTime(_))))
        .partition(|event| event.get_recurrence_id().is_some());
    for event in whole.iter().filter(|event| event.get_status() != Some(EventStatus::Cancelled)) {
        let set = event.get_recurrence().unwrap_or_else(|fault| panic!("{fault}\n{file}"));
        let read = set.all(10_000);
        assert!(!read.limited);
        assert!(!read.dates.is_empty(), "a reader finds no occurrence\n{file}");
        for start in read.dates {
            let start = start.to_utc();
            let told = occurrence(event, start);
            assert_eq!(found.insert((told.uid.clone(), start), told), None, "twice at {start}");
        }
    }
    for event in others {
        let original = time(&event.get_recurrence_id().unwrap());
        let told = occurrence(event, time(&event.get_start().unwrap()));
        let instead = found.insert((told.uid.clone(), original), told);
        assert!(instead.is_some(), "nothing is at {original} that could be otherwise");
    }
    let mut found: Vec<Occurrence> = found.into_values().collect();
    found.sort();
    found
}

/// First day and the day after the last of what lasts whole days.
pub fn read_days(file: &str) -> Vec<(NaiveDate, NaiveDate, String)> {
    let calendar: Calendar = file.parse().unwrap();
    let days = calendar.events().filter_map(|event| match (event.get_start()?, event.get_end()?) {
        (DatePerhapsTime::Date(from), DatePerhapsTime::Date(to)) => Some((from, to, event.get_summary()?.to_owned())),
        _ => None,
    });
    days.collect()
}

fn occurrence(event: &icalendar::Event, start: DateTime<Utc>) -> Occurrence {
    let length = event.get_end().map_or(TimeDelta::zero(), |end| time(&end) - time(&event.get_start().unwrap()));
    Occurrence {
        start,
        end: start + length,
        uid: event.get_uid().unwrap().to_owned(),
        title: event.get_summary().unwrap().to_owned(),
        place: event.property_value("LOCATION").map(str::to_owned),
    }
}

fn time(at: &DatePerhapsTime) -> DateTime<Utc> {
    match at {
        DatePerhapsTime::DateTime(at) => at.try_into_utc().unwrap(),
        DatePerhapsTime::Date(date) => panic!("{date} has no time"),
    }
}
