//! The occurrences of one event, with what is otherwise on single days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::values::{not_after_the_last, writable};
use super::{Event, Exception, Repeats, Replaced};

/// An event, its occurrences, and what is said of some of them.
pub(super) struct Series<'a> {
    pub(super) event: &'a Event,
    /// When the first occurrence begins and ends, also one that is not.
    pub(super) first: (NaiveDateTime, NaiveDateTime),
    pub(super) rule: Rule,
    /// Days of occurrences that are not.
    pub(super) without: BTreeSet<NaiveDate>,
    /// Occurrences that are otherwise, by when they would begin.
    pub(super) replaced: BTreeMap<NaiveDateTime, &'a Replaced>,
}

/// The days of occurrences.
pub(super) enum Rule {
    /// The first, and every so many days until the last.
    Every {
        /// A multiple of 7.
        days: i64,
        /// Not before the first.
        until: NaiveDate,
    },
    /// These, with the first.
    On(BTreeSet<NaiveDate>),
}

impl<'a> Series<'a> {
    /// `event` can be written; `exceptions` are its own.
    pub(super) fn new(event: &'a Event, exceptions: &[&'a Exception]) -> Self {
        let begin = event.start.date();
        let (rule, except) = match &event.repeats {
            Repeats::Once => (Rule::On([begin].into()), [].as_slice()),
            Repeats::Weekly { every, until, except } => {
                let days = 7 * i64::from((*every).max(1));
                (Rule::Every { days, until: not_after_the_last(*until).max(begin) }, except.as_slice())
            }
            Repeats::On(dates) => {
                let dates = dates.iter().copied().filter(|date| writable(*date));
                (Rule::On(dates.chain([begin]).collect()), [].as_slice())
            }
        };
        let earlier = match &rule {
            Rule::On(dates) => dates.first().map_or(TimeDelta::zero(), |first| begin - *first),
            Rule::Every { .. } => TimeDelta::zero(),
        };
        let first = (event.start - earlier, event.end - earlier);
        let mut series = Self { event, first, rule, without: BTreeSet::new(), replaced: BTreeMap::new() };
        series.without = except.iter().copied().filter(|date| series.has(*date)).collect();
        series.take_note(exceptions);
        series
    }

    fn take_note(&mut self, exceptions: &[&'a Exception]) {
        let last_said: BTreeMap<NaiveDateTime, Option<&Replaced>> =
            exceptions.iter().map(|exception| (exception.original, exception.replaced.as_ref())).collect();
        for (original, replaced) in last_said {
            let date = original.date();
            if original.time() != self.event.start.time() || !self.has(date) || self.without.contains(&date) {
                continue;
            }
            match replaced {
                None => _ = self.without.insert(date),
                Some(told) if writable(told.start.date()) && writable(told.end.date()) => {
                    self.replaced.insert(original, told);
                }
                Some(_) => {}
            }
        }
    }

    /// Whether the event would be on that day.
    fn has(&self, date: NaiveDate) -> bool {
        match &self.rule {
            Rule::Every { days, until } => {
                let passed = (date - self.first.0.date()).num_days();
                passed >= 0 && passed % days == 0 && date <= *until
            }
            Rule::On(dates) => dates.contains(&date),
        }
    }

    /// How many occurrences there would be.
    fn count(&self) -> usize {
        match &self.rule {
            Rule::Every { days, until } => {
                usize::try_from((*until - self.first.0.date()).num_days() / days + 1).unwrap_or_default()
            }
            Rule::On(dates) => dates.len(),
        }
    }

    /// Whether it is once, so that nothing repeats.
    pub(super) fn is_once(&self) -> bool {
        self.count() == 1
    }

    /// Whether no occurrence is left.
    pub(super) fn is_cancelled(&self) -> bool {
        self.without.len() >= self.count()
    }

    /// Days between the first and last of which all local times are.
    pub(super) fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let last = match &self.rule {
            Rule::Every { until, .. } => Some(*until),
            Rule::On(dates) => dates.last().copied(),
        };
        let own = [self.first.0.date(), self.first.1.date()].into_iter().chain(last);
        own.chain(self.replaced.values().flat_map(|told| [told.start.date(), told.end.date()]))
    }
}
