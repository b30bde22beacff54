//! How the days of a timetable repeat.

use std::iter;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Days of a calendar week.
const WEEK: u8 = 7;

/// How the days of a timetable repeat. A number outside of its range makes a cycle that no day belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Weeks of Monday to Sunday, 1 to 6 of them (weeks A, B …). Weeks without school count as any other.
    Weeks(u8),
    /// School days in turn, 2 to 12 of them (day 1, day 2 …). Days without school are skipped over: the next school day
    /// goes on with the turn.
    Days(u8),
}

impl Cycle {
    /// The number of days in the cycle, with those of weekends: 14 for two weeks. 0 where the cycle's number is outside of
    /// its range.
    #[must_use]
    pub fn days(self) -> u8 {
        match self {
            Self::Weeks(weeks @ 1..=6) => weeks * WEEK,
            Self::Days(days @ 2..=12) => days,
            Self::Weeks(_) | Self::Days(_) => 0,
        }
    }

    /// The day of the cycle that a date is, from 0 to below [`Cycle::days`]. None before `first` and on a day without school.
    ///
    /// `first` is the first date of the timetable. Where weeks repeat, its calendar week is week 0; where school days take
    /// turns, the first school day on or after it is day 0, and all days from there to `date` are asked for.
    #[must_use]
    pub fn day_of(self, first: NaiveDate, date: NaiveDate, has_school: &dyn Fn(NaiveDate) -> bool) -> Option<u8> {
        self.days_of(first, date, date, has_school).pop().map(|(_, day)| day)
    }

    /// The school days from `from` to `to`, both included, each with the day of the cycle that it is, as by
    /// [`Cycle::day_of`]. Asks for no day twice.
    #[must_use]
    pub fn days_of(
        self,
        first: NaiveDate,
        from: NaiveDate,
        to: NaiveDate,
        has_school: &dyn Fn(NaiveDate) -> bool,
    ) -> Vec<(NaiveDate, u8)> {
        let school_days = |from: NaiveDate| {
            let days = iter::successors(Some(from), NaiveDate::succ_opt);
            days.take_while(|date| *date <= to).filter(|date| has_school(*date))
        };
        match self {
            _ if self.days() == 0 || to < from => Vec::new(),
            Self::Weeks(weeks) => {
                school_days(from.max(first)).map(|date| (date, day_of_weeks(weeks, first, date))).collect()
            }
            // The turn depends on every school day since the first, also on those that are not asked for.
            Self::Days(days) => {
                school_days(first).zip((0..days).cycle()).skip_while(|(date, _)| *date < from).collect()
            }
        }
    }
}

/// `date` is not before `first`.
fn day_of_weeks(weeks: u8, first: NaiveDate, date: NaiveDate) -> u8 {
    let passed = (monday(date) - monday(first)) / i32::from(WEEK);
    let week = u8::try_from(passed.rem_euclid(i32::from(weeks))).unwrap_or_default();
    week * WEEK + from_monday(date)
}

fn from_monday(date: NaiveDate) -> u8 {
    u8::try_from(date.weekday().num_days_from_monday()).unwrap_or_default()
}

/// The Monday of the date's week, as a number of days: the week of the earliest date has no Monday that is a date.
fn monday(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - i32::from(from_monday(date))
}
