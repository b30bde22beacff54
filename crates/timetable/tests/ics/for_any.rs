//! What holds for any calendar.

use std::collections::BTreeSet;

use chrono::Days;
use chrono_tz::{Africa, America, Asia, Europe};
use proptest::prelude::*;

use super::*;

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![Europe::Berlin, America::New_York, Asia::Kolkata, Africa::Casablanca])
}

/// A day of the school year 2026/27.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..330).prop_map(|days| date(2026, 8, 24) + Days::new(days))
}

fn any_repeats() -> impl Strategy<Value = Repeats> {
    prop_oneof![
        Just(Repeats::Once),
        (0u8..4, any_day(), prop::collection::vec(any_day(), 0..60))
            .prop_map(|(every, until, except)| Repeats::Weekly { every, until, except }),
        prop::collection::vec(any_day(), 0..20).prop_map(Repeats::On),
    ]
}

/// The days of occurrences, looked for one by one.
fn days(first: NaiveDate, repeats: &Repeats) -> BTreeSet<NaiveDate> {
    match repeats {
        Repeats::Once => [first].into(),
        Repeats::On(days) => days.iter().copied().chain([first]).collect(),
        Repeats::Weekly { every, until, except } => {
            let step = usize::from((*every).max(1)) * 7;
            let days = first.iter_days().step_by(step).take_while(|day| day <= until || *day == first);
            days.filter(|day| !except.contains(day)).collect()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn readers_show_what_was_meant(
        zone in any_zone(),
        first in any_day(),
        hour in 7u32..21,
        repeats in any_repeats(),
        said in prop::collection::vec((0usize..40, prop::option::of((any_day(), 7u32..21))), 0..6),
    ) {
        let start = at(first, hour, 5);
        let days = days(first, &repeats);
        let mut expected: std::collections::BTreeMap<NaiveDate, NaiveDateTime> = days.iter().map(|day| (*day, at(*day, hour, 5))).collect();
        let mut exceptions = Vec::new();
        for (place, to) in said {
            let Some(day) = days.iter().nth(place).copied() else { continue };
            let original = at(day, hour, 5);
            exceptions.push(match to {
                Some((to, hour)) => {
                    expected.insert(day, at(to, hour, 30));
                    moved("a", original, at(to, hour, 30))
                }
                None => {
                    expected.remove(&day);
                    cancelled("a", original)
                }
            });
        }
        let file = write(&calendar(zone, vec![lesson("a", start, repeats)], exceptions));
        let mut expected: Vec<_> = expected.into_values().map(|at| zone.from_local_datetime(&at).unwrap().to_utc()).collect();
        expected.sort();
        let told: Vec<_> = read(&file).into_iter().map(|told| told.start).collect();
        prop_assert_eq!(told, expected, "{}", file);
    }

    #[test]
    fn any_text_stays_in_its_line(title in any::<String>(), long in "\\PC{0,300}", uid in any::<String>()) {
        let mut event = lesson(&uid, at(date(2026, 10, 5), 8, 0), Repeats::Once);
        event.title.clone_from(&title);
        event.description = Some(long.clone());
        event.place = Some(title.clone());
        let file = write(&calendar(Europe::Berlin, vec![event], vec![]));
        prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
        for line in file.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t' || matches!(c, '\u{2028}' | '\u{2029}')), "{line:?}");
        }
        let plain = write(&calendar(Europe::Berlin, vec![lesson("a", at(date(2026, 10, 5), 8, 0), Repeats::Once)], vec![]));
        prop_assert_eq!(unfolded(&file).len(), unfolded(&plain).len() + 1);
        let described = unfolded(&file).into_iter().find_map(|line| line.strip_prefix("DESCRIPTION:").map(str::to_owned));
        let expected = long.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\u{2028}', '\u{2029}'], "\\n");
        prop_assert_eq!(described, Some(expected));
    }
}
