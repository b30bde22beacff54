//! Texts and times as the format has them.

use calcard::common::PartialDateTime;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::{GapInfo, Tz};

/// The last day that is written: the day after it, and its end in any zone, have four digits of a year too.
const LAST: Option<NaiveDate> = NaiveDate::from_ymd_opt(9999, 12, 30);

/// Whether a day can be written: its year has four digits, and so has that of the day after it.
pub(super) fn writable(date: NaiveDate) -> bool {
    date.year() >= 1 && Some(date) <= LAST
}

/// The day, or the last that can be written.
pub(super) fn not_after_the_last(date: NaiveDate) -> NaiveDate {
    LAST.map_or(date, |last| date.min(last))
}

/// The text without what could end a line in a file or in a reader: ways to break a line become the one that is escaped,
/// other control characters go.
pub(super) fn text(text: &str) -> String {
    let one_way = text.replace("\r\n", "\n");
    let characters = one_way.chars().map(|character| match character {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    });
    characters.filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect()
}

/// A local time, or a day; in the zone's time where a parameter beside it names one.
pub(super) fn local(at: NaiveDateTime) -> PartialDateTime {
    let small = |number: u32| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
        ..PartialDateTime::default()
    }
}

/// A time of the world's clock.
pub(super) fn utc(at: DateTime<Utc>) -> PartialDateTime {
    let at = at.naive_utc();
    let at = if writable(at.date()) { at } else { NaiveDateTime::default() };
    PartialDateTime { tz_hour: Some(0), tz_minute: Some(0), ..local(at) }
}

/// The end of a local day by the world's clock. Of a time that is twice the first is meant, and one that the clocks leave
/// out is read by the offset before (RFC 5545, 3.3.5).
pub(super) fn end_of_day(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let end = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
    let at = date.and_time(end);
    let before = |gap: GapInfo| Some(at.checked_sub_offset(chrono::Offset::fix(&gap.begin?.1))?.and_utc());
    let known = zone.from_local_datetime(&at).earliest().map(|at| at.to_utc());
    known.or_else(|| GapInfo::new(&at, &zone).and_then(before)).unwrap_or_else(|| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_though_its_end_is_not_or_is_twice() {
        let end = |(year, month, day), zone| {
            let end = end_of_day(NaiveDate::from_ymd_opt(year, month, day).unwrap(), zone);
            end.format("%Y-%m-%d %H:%M:%S").to_string()
        };
        assert_eq!(end((2026, 10, 24), chrono_tz::Europe::Berlin), "2026-10-24 21:59:59");
        assert_eq!(end((2026, 10, 25), chrono_tz::Europe::Berlin), "2026-10-25 22:59:59");
        // Samoa went from the 29th to the 31st, and from 10 hours behind to 14 ahead.
        assert_eq!(end((2011, 12, 30), chrono_tz::Pacific::Apia), "2011-12-31 09:59:59");
        // At midnight the clocks of São Paulo went back by an hour.
        assert_eq!(end((2019, 2, 16), chrono_tz::America::Sao_Paulo), "2019-02-17 01:59:59");
    }
}
