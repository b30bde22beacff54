//! Calendars that other programs read: iCalendar (RFC 5545), as text.
//!
//! Times are local and carry the zone, whose rules the file brings along for the years that it covers: a lesson stays at ten
//! o'clock when the clocks change. What lies outside of the years 1 to 9999 cannot be written and is left out.

mod component;
mod series;
mod values;

use std::collections::BTreeMap;

use calcard::icalendar::{ICalendar, ICalendarComponent};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use self::series::Series;
use self::values::writable;

/// What is written into one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// What a calendar program calls it.
    pub name: String,
    /// What wrote it, as RFC 5545 wants it: `-//Owner//Product//Language`.
    pub product: String,
    /// The zone of all local times.
    pub zone: Tz,
    /// When the file is written.
    pub stamp: DateTime<Utc>,
    /// Lessons and other events at a time.
    pub events: Vec<Event>,
    /// Single days on which an event is otherwise.
    pub exceptions: Vec<Exception>,
    /// What lasts whole days.
    pub all_day: Vec<AllDay>,
}

/// Something at a time of day, once or again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// By which a calendar program knows it again in the next file: the same for ever, and of no other event.
    pub uid: String,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: Option<String>,
    /// More about it, in lines.
    pub description: Option<String>,
    /// When it begins for the first time, local.
    pub start: NaiveDateTime,
    /// When it ends then, local. Where it is not after the start, the event has no length.
    pub end: NaiveDateTime,
    /// When it is again.
    pub repeats: Repeats,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// How often it was changed so that people have to know, from 0.
    pub sequence: u32,
}

/// When an event is again, always at the same time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeats {
    /// Never.
    Once,
    /// On the weekday of its start, from that on.
    Weekly {
        /// Every so many weeks; 0 is taken as 1.
        every: u8,
        /// The last day on which it may be, local. Where it is before the start, the event is once.
        until: NaiveDate,
        /// Days on which it is not, such as holidays; days on which it would not be anyway do no harm.
        except: Vec<NaiveDate>,
    },
    /// On these days too, in any order; the start is the first of all of them, whichever that is.
    On(Vec<NaiveDate>),
}

/// One occurrence of an event that is otherwise, or not at all. Of several for one occurrence the last counts; one for which
/// there is no occurrence does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The event's identifier.
    pub uid: String,
    /// When the occurrence would begin, local.
    pub original: NaiveDateTime,
    /// How it is instead; none where it is cancelled.
    pub replaced: Option<Replaced>,
}

/// How one occurrence of an event is instead: all of it, also what stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: Option<String>,
    /// More about it, in lines.
    pub description: Option<String>,
    /// When it begins, local.
    pub start: NaiveDateTime,
    /// When it ends, local.
    pub end: NaiveDateTime,
}

/// Something that lasts whole days and keeps nobody busy, such as holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllDay {
    /// By which a calendar program knows it again, as of an [`Event`].
    pub uid: String,
    /// What it is called.
    pub title: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, included; one before the first is taken as the first.
    pub to: NaiveDate,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
}

/// The file: lines of at most 75 octets that end with CRLF, the same for the same calendar.
///
/// A cancelled occurrence is taken out of its event; an event of which no occurrence is left is written as cancelled, so that
/// programs that have read it before take note.
#[must_use]
pub fn write(calendar: &Calendar) -> String {
    let mut exceptions: BTreeMap<&str, Vec<&Exception>> = BTreeMap::new();
    for exception in &calendar.exceptions {
        exceptions.entry(&exception.uid).or_default().push(exception);
    }
    let mut file = ICalendar { components: vec![component::head(calendar)] };
    let mut years = Years::default();
    for event in calendar.events.iter().filter(|event| writable(event.start.date()) && writable(event.end.date())) {
        let exceptions = exceptions.get(event.uid.as_str()).map(Vec::as_slice).unwrap_or_default();
        let series = Series::new(event, exceptions);
        series.dates().for_each(|date| years.cover(date));
        component::of_series(calendar, &series).into_iter().for_each(|component| add(&mut file, component));
    }
    for days in calendar.all_day.iter().filter(|days| writable(days.from) && writable(days.to)) {
        add(&mut file, component::of_all_day(calendar, days));
    }
    let (from, to) = years.bounds(calendar.stamp);
    // A file without any component is none: where there is no event either, the zone stands alone.
    let _ = file.add_timezone(calendar.zone.name(), from, to);
    file.to_string()
}

fn add(file: &mut ICalendar, component: ICalendarComponent) {
    let index = u32::try_from(file.components.len());
    file.components.push(component);
    if let (Ok(index), Some(head)) = (index, file.components.first_mut()) {
        head.component_ids.push(index);
    }
}

/// The days that local times are on, for which the zone's rules are written.
#[derive(Default)]
struct Years(Option<(NaiveDate, NaiveDate)>);

impl Years {
    fn cover(&mut self, date: NaiveDate) {
        let (first, last) = self.0.unwrap_or((date, date));
        self.0 = Some((first.min(date), last.max(date)));
    }

    /// From before the first year to after the one that follows the last, in seconds since 1970: readers that look a little
    /// ahead find rules there too.
    fn bounds(&self, stamp: DateTime<Utc>) -> (i64, i64) {
        let (first, last) = self.0.unwrap_or((stamp.date_naive(), stamp.date_naive()));
        let begin = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let from = begin(first.year());
        // A local time may be on another day in the world's time.
        let from = from.checked_sub_days(Days::new(1)).unwrap_or(from);
        let seconds = |date: NaiveDate| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        (seconds(from), seconds(begin(last.year().saturating_add(2))))
    }
}
