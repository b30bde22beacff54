//! How a school writes dates, and which days make no sense for what they are typed as.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use words::paper::dates;
use words::{Language, refusals};

use crate::error::Invalid;

/// The order in which a school writes the parts of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayOrder {
    /// 31/12/2026.
    #[default]
    DayFirst,
    /// 12/31/2026.
    MonthFirst,
    /// 2026-12-31.
    YearFirst,
}

impl DayOrder {
    /// A day in words, as every screen shows it: `14 May 2014`, `May 14, 2014`, `2014 May 14`.
    pub fn write(self, day: NaiveDate) -> String {
        let words = match self {
            Self::DayFirst => "%-d %b %Y",
            Self::MonthFirst => "%b %-d, %Y",
            Self::YearFirst => "%Y %b %-d",
        };
        day.format(words).to_string()
    }

    /// The same in a language, with the month's whole name, as it is printed.
    pub fn write_long(self, day: NaiveDate, language: Language) -> String {
        let (month, year, day) = (language.month(day.month()), day.year().to_string(), day.day().to_string());
        let written = match self {
            Self::DayFirst => dates::day_first(day, month, year),
            Self::MonthFirst => dates::month_first(month, day, year),
            Self::YearFirst => dates::year_first(year, month, day),
        };
        written.text(language)
    }
}

/// So many years may have gone by since an academic year that is typed.
const OLDEST_YEAR: i32 = 30;
/// So many years may an academic year lie ahead.
const FARTHEST_YEAR: i32 = 5;

/// Checks that an academic year is one that somebody means: not 1913, not 2062.
pub fn check_year_is_near(invalid: &mut Invalid, start: NaiveDate, end: NaiveDate, today: NaiveDate) {
    check_days_are_near(invalid, [("yearStart", start), ("yearEnd", end)], today);
}

/// Checks that days are of years that a school can have, each at its field.
pub fn check_days_are_near<const N: usize>(invalid: &mut Invalid, days: [(&str, NaiveDate); N], today: NaiveDate) {
    let meant = |day: NaiveDate| (today.year() - OLDEST_YEAR..=today.year() + FARTHEST_YEAR + 1).contains(&day.year());
    for (field, day) in days {
        if !meant(day) {
            invalid.push(field, "not_possible", refusals::schools::year_too_far(day.year().to_string()));
        }
    }
}

/// Whole years from a birth to a day; negative before the birth.
pub fn age(born: NaiveDate, on: NaiveDate) -> i32 {
    on.year() - born.year() - i32::from((on.month(), on.day()) < (born.month(), born.day()))
}

/// No student of a school is older, in years.
const OLDEST_STUDENT: i32 = 100;
/// Whether a student of this age is nothing that somebody has to be asked about.
fn usual_age(age: i32) -> bool {
    (2..=25).contains(&age)
}

/// Whether a student of `today` can have been born on that day at all.
pub fn possible_birth(born: NaiveDate, today: NaiveDate) -> bool {
    born <= today && age(born, today) <= OLDEST_STUDENT
}

/// Checks the birth date of a student. What is possible and rare is refused with the code `unusual` until the person
/// says that it is right.
pub fn check_birth(invalid: &mut Invalid, field: &str, born: NaiveDate, today: NaiveDate, sure: bool) {
    let age = age(born, today);
    if born > today {
        invalid.push(field, "not_possible", refusals::schools::born_in_future());
    } else if !possible_birth(born, today) {
        invalid.push(field, "not_possible", refusals::schools::too_old(age));
    } else if !sure && !usual_age(age) {
        invalid.push(field, "unusual", refusals::schools::unusual_age(age));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_birth_is_refused_asked_about_or_taken() {
        let checked = |born: &str, sure: bool| {
            let mut invalid = Invalid::default();
            check_birth(&mut invalid, "birthDate", day(born), day("2026-11-29"), sure);
            invalid.into_error().fields.first().map(|field| field.code.clone())
        };
        for (born, code) in [
            ("1907-05-14", "not_possible"),
            ("2112-05-14", "not_possible"),
            ("2026-11-30", "not_possible"),
            ("1984-05-14", "unusual"),
            ("2026-11-29", "unusual"),
        ] {
            assert_eq!(checked(born, false).as_deref(), Some(code), "{born}");
        }
        assert_eq!(checked("1984-05-14", true), None);
        assert_eq!(checked("1907-05-14", true).as_deref(), Some("not_possible"));
        assert_eq!(checked("2014-05-14", false), None);
        assert_eq!(checked("2001-11-29", false), None, "25 today");
    }

    #[test]
    fn years_of_another_century_are_not_meant() {
        let checked = |start: &str, end: &str| {
            let mut invalid = Invalid::default();
            check_year_is_near(&mut invalid, day(start), day(end), day("2026-11-29"));
            invalid.into_error().fields.len()
        };
        assert_eq!(checked("2026-09-01", "2027-07-15"), 0);
        assert_eq!(checked("1998-09-01", "1999-07-15"), 0);
        assert_eq!(checked("1913-01-01", "1914-07-15"), 2);
        assert_eq!(checked("0710-08-26", "2027-07-15"), 1);
        assert_eq!(checked("2062-09-01", "2063-07-15"), 2);
    }

    #[test]
    fn a_day_is_written_in_the_schools_order() {
        let written = |order: DayOrder| order.write(day("2014-05-04"));
        assert_eq!(
            [DayOrder::DayFirst, DayOrder::MonthFirst, DayOrder::YearFirst].map(written),
            ["4 May 2014", "May 4, 2014", "2014 May 4"]
        );
    }
}
