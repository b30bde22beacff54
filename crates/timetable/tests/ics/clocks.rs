//! The zone's rules in the file, read as a program does that knows no zones, against the zones themselves.

use chrono::{Datelike, Offset, TimeZone};
use chrono_tz::{Africa, America, Antarctica, Asia, Atlantic, Australia, Europe, Pacific, TZ_VARIANTS};
use icalendar::rrule::RRuleSet;

use super::*;

/// From when on clocks are how far ahead of the world's, in seconds.
#[derive(Debug)]
struct Onset {
    local: NaiveDateTime,
    before: TimeDelta,
    after: TimeDelta,
}

fn offset(text: &str) -> TimeDelta {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    let minutes = TimeDelta::minutes(number(1..3) * 60 + number(3..5));
    if text.starts_with('-') { -minutes } else { minutes }
}

/// The onsets that the file names until `until`, rising, and how many of its parts are called daylight.
fn onsets(file: &str, until: NaiveDateTime) -> (Vec<Onset>, usize) {
    let lines = unfolded(file);
    let mut onsets = Vec::new();
    let mut daylight = 0;
    let begins = lines.iter().enumerate().filter(|(_, line)| *line == "BEGIN:STANDARD" || *line == "BEGIN:DAYLIGHT");
    for (begin, kind) in begins {
        daylight += usize::from(kind.ends_with("DAYLIGHT"));
        let part: Vec<&String> = lines[begin + 1..].iter().take_while(|line| !line.starts_with("END:")).collect();
        let value = |name: &str| part.iter().find_map(|line| line.strip_prefix(&format!("{name}:")));
        let (before, after) = (offset(value("TZOFFSETFROM").unwrap()), offset(value("TZOFFSETTO").unwrap()));
        let start = value("DTSTART").unwrap();
        let first = NaiveDateTime::parse_from_str(start, "%Y%m%dT%H%M%S").unwrap();
        let Some(rule) = value("RRULE") else {
            onsets.push(Onset { local: first, before, after });
            continue;
        };
        // Local times of the rule are read as those of the world's clock, and so must be its end.
        let rule: String = rule
            .split(';')
            .map(|part| match part.strip_prefix("UNTIL=") {
                None => part.to_owned(),
                Some(end) => {
                    let end = NaiveDateTime::parse_from_str(end, "%Y%m%dT%H%M%SZ").unwrap() + before;
                    format!("UNTIL={}Z", end.format("%Y%m%dT%H%M%S"))
                }
            })
            .collect::<Vec<_>>()
            .join(";");
        let set: RRuleSet = format!("DTSTART:{start}Z\nRRULE:{rule}").parse().unwrap();
        let all = set.into_iter().map(|at| at.naive_utc()).take_while(|local| *local <= until);
        onsets.extend(all.map(|local| Onset { local, before, after }));
    }
    onsets.sort_by_key(|onset| onset.local - onset.before);
    (onsets, daylight)
}

/// How far ahead the clocks are at a time, by the last onset before it.
fn ahead(onsets: &[Onset], at: NaiveDateTime) -> TimeDelta {
    onsets.iter().rfind(|onset| onset.local - onset.before <= at).unwrap().after
}

/// From the first day to the last every `step`, the file says what the zone says.
fn check(zone: Tz, first: NaiveDate, last: NaiveDate, step: TimeDelta) {
    let events = vec![lesson("a", at(first, 12, 0), Repeats::On(vec![last]))];
    let file = write(&calendar(zone, events, vec![]));
    assert!(file.contains(&format!("TZID:{}\r\n", zone.name())), "{file}");
    let (onsets, _) = onsets(&file, at(last, 23, 59));
    let mut now = at(first, 0, 0) - TimeDelta::hours(12);
    while now < at(last, 23, 59) + TimeDelta::hours(12) {
        let expected = zone.offset_from_utc_datetime(&now).fix().local_minus_utc();
        assert_eq!(ahead(&onsets, now).num_seconds(), i64::from(expected), "{} at {now}\n{file}", zone.name());
        now += step;
    }
}

#[test]
fn rules_hold_to_the_minute() {
    for zone in [
        Europe::Berlin,
        Europe::Dublin,
        America::New_York,
        America::Sao_Paulo,
        Asia::Kolkata,
        Asia::Kathmandu,
        Africa::Casablanca,
        Africa::Cairo,
        Atlantic::Azores,
        Australia::Lord_Howe,
        Antarctica::Troll,
        Pacific::Apia,
        Pacific::Chatham,
        Tz::UTC,
    ] {
        check(zone, date(2026, 8, 1), date(2028, 7, 31), TimeDelta::minutes(30));
    }
}

#[test]
fn every_zone_has_its_rules() {
    for zone in TZ_VARIANTS {
        check(zone, date(2026, 8, 1), date(2027, 7, 31), TimeDelta::hours(12));
    }
}

#[test]
fn where_clocks_do_not_change_there_is_one_rule() {
    let parts = |zone, year| {
        let file = write(&calendar(zone, vec![lesson("a", at(date(year, 5, 1), 8, 0), Repeats::Once)], vec![]));
        let (onsets, daylight) = onsets(&file, at(date(year, 12, 31), 0, 0));
        (file.matches("BEGIN:STANDARD").count(), daylight, onsets.last().unwrap().local.year())
    };
    assert_eq!(parts(Asia::Kolkata, 2026), (1, 0, 2025));
    assert_eq!(parts(Tz::UTC, 2026), (1, 0, 2025));
    let (standard, daylight, last) = parts(Europe::Berlin, 2026);
    assert!(standard >= 1 && daylight == 1 && last == 2026);
    // In winter Dublin is said to save daylight backwards: programs are told what is usual elsewhere.
    let (_, daylight, _) = parts(Europe::Dublin, 2026);
    assert_eq!(daylight, 1);
}
