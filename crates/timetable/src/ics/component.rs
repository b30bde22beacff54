//! The components of the file: what stands between BEGIN and END.

use calcard::common::{CalendarScale, PartialDateTime};
use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency, ICalendarParameter,
    ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency, ICalendarValue,
    ICalendarValueType,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::series::{Rule, Series};
use super::values::{end_of_day, local, text, utc};
use super::{AllDay, Calendar, Event, Replaced};

/// What is said of one occurrence, or of all.
struct Told<'a> {
    title: &'a str,
    place: Option<&'a str>,
    description: Option<&'a str>,
    start: NaiveDateTime,
    end: NaiveDateTime,
}

impl<'a> Told<'a> {
    fn of_event(event: &'a Event, (start, end): (NaiveDateTime, NaiveDateTime)) -> Self {
        let (place, description) = (event.place.as_deref(), event.description.as_deref());
        Self { title: &event.title, place, description, start, end }
    }

    fn of_replaced(told: &'a Replaced) -> Self {
        let (place, description) = (told.place.as_deref(), told.description.as_deref());
        Self { title: &told.title, place, description, start: told.start, end: told.end }
    }
}

/// The calendar itself, still without components.
pub(super) fn head(calendar: &Calendar) -> ICalendarComponent {
    let mut head = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    head.add_property(ICalendarProperty::Version, "2.0");
    head.add_property(ICalendarProperty::Prodid, text(&calendar.product));
    head.add_property(ICalendarProperty::Calscale, CalendarScale::Gregorian);
    // NAME is the standard's (RFC 7986), the others are what programs read.
    head.add_property(ICalendarProperty::Name, text(&calendar.name));
    head.add_property(ICalendarProperty::Other("X-WR-CALNAME".to_owned()), text(&calendar.name));
    head.add_property(ICalendarProperty::Other("X-WR-TIMEZONE".to_owned()), calendar.zone.name());
    head
}

/// The event, followed by its occurrences that are otherwise.
pub(super) fn of_series(calendar: &Calendar, series: &Series<'_>) -> Vec<ICalendarComponent> {
    let (event, zone) = (series.event, calendar.zone);
    let told = Told::of_event(event, series.first);
    if series.is_cancelled() {
        let mut cancelled = of_event(calendar, event, &told);
        cancelled.add_property(ICalendarProperty::Status, ICalendarStatus::Cancelled);
        return vec![cancelled];
    }
    if series.is_once() {
        // An occurrence of what does not repeat cannot be named: the event itself is told otherwise.
        let told = series.replaced.values().next().map_or(told, |replaced| Told::of_replaced(replaced));
        return vec![of_event(calendar, event, &told)];
    }
    let mut whole = of_event(calendar, event, &told);
    let at = |date: &NaiveDate| date.and_time(event.start.time());
    match &series.rule {
        Rule::Every { days, until } => whole.add_property(ICalendarProperty::Rrule, weekly(days / 7, *until, zone)),
        Rule::On(dates) => {
            let further = dates.iter().map(at).filter(|date| *date != series.first.0);
            whole.entries.extend(times(ICalendarProperty::Rdate, further, zone));
        }
    }
    whole.entries.extend(times(ICalendarProperty::Exdate, series.without.iter().map(at), zone));
    let others = series.replaced.iter().map(|(original, replaced)| {
        let mut other = of_event(calendar, event, &Told::of_replaced(replaced));
        other.entries.extend(times(ICalendarProperty::RecurrenceId, [*original], zone));
        other
    });
    [whole].into_iter().chain(others).collect()
}

/// Days, the last of them excluded, as the format wants it.
pub(super) fn of_all_day(calendar: &Calendar, days: &AllDay) -> ICalendarComponent {
    let mut event = identified(calendar, &days.uid, days.changed, &days.title);
    let last = days.to.max(days.from);
    for (property, date) in
        [(ICalendarProperty::Dtstart, days.from), (ICalendarProperty::Dtend, last.succ_opt().unwrap_or(last))]
    {
        let value = ICalendarParameter::value(ICalendarValueType::Date);
        event.add_property_with_params(property, [value], local(date.and_time(NaiveTime::MIN)));
    }
    event.add_property(ICalendarProperty::Transp, ICalendarTransparency::Transparent);
    event
}

fn identified(calendar: &Calendar, uid: &str, changed: DateTime<Utc>, title: &str) -> ICalendarComponent {
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(&text(uid));
    event.add_dtstamp(utc(calendar.stamp));
    event.add_property(ICalendarProperty::LastModified, utc(changed));
    event.add_property(ICalendarProperty::Summary, text(title));
    event
}

fn of_event(calendar: &Calendar, event: &Event, told: &Told<'_>) -> ICalendarComponent {
    let mut written = identified(calendar, &event.uid, event.changed, told.title);
    written.add_sequence(event.sequence.into());
    written.entries.extend(times(ICalendarProperty::Dtstart, [told.start], calendar.zone));
    let end = (told.end > told.start).then_some(told.end);
    written.entries.extend(times(ICalendarProperty::Dtend, end, calendar.zone));
    let said = [(ICalendarProperty::Location, told.place), (ICalendarProperty::Description, told.description)];
    for (property, said) in said {
        if let Some(said) = said {
            written.add_property(property, text(said));
        }
    }
    written
}

/// Local times in the zone on one line; none where there is none.
fn times(
    property: ICalendarProperty,
    times: impl IntoIterator<Item = NaiveDateTime>,
    zone: Tz,
) -> Option<ICalendarEntry> {
    let values: Vec<ICalendarValue> = times.into_iter().map(|at| local(at).into()).collect();
    let zone = ICalendarParameter::tzid(zone.name().to_owned());
    (!values.is_empty()).then(|| ICalendarEntry::new(property).with_param(zone).with_values(values))
}

fn weekly(weeks: i64, until: NaiveDate, zone: Tz) -> ICalendarRecurrenceRule {
    let until: PartialDateTime = utc(end_of_day(until, zone));
    ICalendarRecurrenceRule {
        freq: ICalendarFrequency::Weekly,
        until: Some(until),
        interval: u16::try_from(weeks).ok(),
        ..ICalendarRecurrenceRule::default()
    }
}
