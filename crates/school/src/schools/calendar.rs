//! The calendar: holidays, closures and extra days, and what follows for each day.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use store::entities::{Choices, SoftDeleted, calendar_entries, classes, registers};
use store::ids::{CalendarEntryId, SchoolId};
use store::same_version;
use timetable::ics::{self, AllDay};
use words::refusals;

use super::dates::check_days_are_near;
use super::days::{OffDay, SchoolDays, school_day};
use super::heads::find_school;
use super::paper::safe_name;
use crate::error::Invalid;
use crate::exchange::Exported;
use crate::{Artifact, Call, Error, Result, Save, Undoable};

pub use store::entities::CalendarKind;

/// The most days that are shown at once: two years.
const MOST_DAYS: u64 = 731;
/// The most days of one entry: a year.
const LONGEST_ENTRY: i64 = 366;
/// The most grade levels of one entry.
const MOST_LEVELS: usize = 40;

/// Input of [`calendar`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalendarOf {
    pub school: SchoolId,
    /// The first day.
    pub start: NaiveDate,
    /// The last day, at most two years later.
    pub end: NaiveDate,
}

/// An entry of the calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalendarEntry {
    pub id: CalendarEntryId,
    pub kind: CalendarKind,
    pub title: String,
    /// Both are days of it.
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// Whom it is for; empty: everybody.
    pub grade_levels: Vec<String>,
    pub version: i32,
}

/// A day that is not like its day of the week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    pub date: NaiveDate,
    /// Why there is no school; none on a school day.
    pub off: Option<OffDay>,
}

/// The calendar of a school between two days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// The school's today.
    pub today: NaiveDate,
    /// Those that reach into these days, by their first day.
    pub entries: Vec<CalendarEntry>,
    /// Every day of these, in order.
    pub days: Vec<CalendarDay>,
    /// How many of them are school days for everybody.
    pub school_days: u32,
    /// The grade levels that the classes of the school have, for choosing.
    pub grade_levels: Vec<String>,
}

/// Input of [`save_calendar_entry`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveCalendarEntry {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<CalendarEntryId>,
    pub kind: CalendarKind,
    pub title: String,
    /// The first day.
    pub start: NaiveDate,
    /// The last day; the first one where left out.
    pub end: Option<NaiveDate>,
    /// Whom it is for; empty: everybody.
    #[serde(default)]
    pub grade_levels: Vec<String>,
}

/// Input of [`delete_calendar_entry`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteCalendarEntry {
    pub id: CalendarEntryId,
    pub version: i32,
}

/// An entry that was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedCalendarEntry {
    pub entry: CalendarEntry,
    /// Registers that were taken on its days and count no more, as there is no school on them now.
    pub registers: u64,
    pub undo: Option<store::ids::AuditEntryId>,
}

fn shown(row: calendar_entries::Model) -> CalendarEntry {
    CalendarEntry {
        id: row.id,
        kind: row.kind,
        title: row.title,
        start: row.start_date,
        end: row.end_date,
        grade_levels: row.grade_levels.0,
        version: row.version,
    }
}

/// The calendar between two days, with what it makes of each of them.
pub(super) async fn calendar(call: &Call, input: CalendarOf) -> Result<Calendar> {
    call.access().at(input.school)?;
    let db = call.store().reader();
    if input.end < input.start {
        return Err(Error::field("end", "before_start", refusals::attendance::end_before_start()));
    }
    if (input.end - input.start).num_days().unsigned_abs() >= MOST_DAYS {
        return Err(Error::field("end", "too_long", refusals::schools::calendar_too_long(MOST_DAYS)));
    }
    let days = SchoolDays::load(db, input.school).await?;
    let listed: Vec<CalendarDay> = input
        .start
        .iter_days()
        .take_while(|date| *date <= input.end)
        .map(|date| CalendarDay { date, off: days.off(date, None) })
        .collect();
    let levels: Vec<Option<String>> = classes::Entity::find()
        .select_only()
        .column(classes::Column::GradeLevel)
        .distinct()
        .filter(classes::Column::SchoolId.eq(input.school))
        .filter(classes::Entity::existing())
        .into_tuple()
        .all(db)
        .await?;
    let mut grade_levels: Vec<String> = levels.into_iter().flatten().collect();
    grade_levels.sort_by_cached_key(|level| store::sort_title(level));
    Ok(Calendar {
        start: input.start,
        end: input.end,
        today: school_day(call, db, input.school).await?,
        entries: days
            .into_entries()
            .filter(|entry| entry.start_date <= input.end && entry.end_date >= input.start)
            .map(shown)
            .collect(),
        school_days: listed.iter().filter(|day| day.off.is_none()).count() as u32,
        days: listed,
        grade_levels,
    })
}

/// Puts a holiday, a closure or an extra day into the calendar, or changes one. What was taken on its days stays and is
/// said to count no more.
pub(super) async fn save_calendar_entry(call: &Call, input: SaveCalendarEntry) -> Result<SavedCalendarEntry> {
    call.access().whole_school(input.school)?;
    let end = input.end.unwrap_or(input.start);
    let today = school_day(call, call.store().reader(), input.school).await?;
    let mut invalid = Invalid::default();
    let title = invalid.text("title", &input.title, 100);
    if end < input.start {
        invalid.push("end", "before_start", refusals::attendance::end_before_start());
    } else if (end - input.start).num_days() >= LONGEST_ENTRY {
        invalid.push("end", "too_long", refusals::schools::entry_too_long(LONGEST_ENTRY));
    } else {
        check_days_are_near(&mut invalid, [("start", input.start), ("end", end)], today);
    }
    let levels: BTreeSet<String> =
        input.grade_levels.iter().map(|level| level.trim().to_owned()).filter(|level| !level.is_empty()).collect();
    if levels.len() > MOST_LEVELS || levels.iter().any(|level| level.chars().count() > 20) {
        invalid.push("gradeLevels", "too_long", refusals::schools::grade_levels_too_many(MOST_LEVELS));
    }
    invalid.check()?;
    let ((entry, registers), undo) = call
        .transact(async |tx| {
            let row = calendar_entries::Model {
                id: input.save.id().unwrap_or_else(CalendarEntryId::new),
                school_id: input.school,
                kind: input.kind,
                title,
                start_date: input.start,
                end_date: end,
                grade_levels: Choices(levels.into_iter().collect()),
                version: 1,
            };
            tx.alone_in_school(input.school).await?;
            let saved = match input.save.id() {
                None => tx.insert::<calendar_entries::Entity>(row).await?,
                Some(id) => {
                    let before = find(tx.reader(), id).await?;
                    if before.school_id != input.school {
                        return Err(Error::forbidden());
                    }
                    let before =
                        calendar_entries::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                    tx.update::<calendar_entries::Entity>(&before, row).await?
                }
            };
            let uncounted = uncounted(tx.reader(), &saved).await?;
            Ok((saved, uncounted))
        })
        .await?;
    Ok(SavedCalendarEntry { entry: shown(entry), registers, undo })
}

/// How many registers were taken on the days of an entry and are not meant to be.
async fn uncounted(db: &impl sea_orm::ConnectionTrait, entry: &calendar_entries::Model) -> Result<u64> {
    if entry.kind == CalendarKind::Extra {
        return Ok(0);
    }
    let mut of = classes::Entity::find()
        .select_only()
        .column(classes::Column::Id)
        .filter(classes::Column::SchoolId.eq(entry.school_id));
    if !entry.grade_levels.0.is_empty() {
        of = of.filter(classes::Column::GradeLevel.is_in(entry.grade_levels.0.iter().cloned()));
    }
    Ok(registers::Entity::find()
        .filter(registers::Column::SchoolId.eq(entry.school_id))
        .filter(registers::Column::Date.between(entry.start_date, entry.end_date))
        .filter(registers::Column::TakenAt.is_not_null())
        .filter(registers::Column::EvenIfNoSchool.eq(false))
        .filter(registers::Column::ClassId.in_subquery(of.into_query()))
        .count(db)
        .await?)
}

async fn find(db: &impl sea_orm::ConnectionTrait, id: CalendarEntryId) -> Result<calendar_entries::Model> {
    calendar_entries::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::calendar_entry()))
}

/// Takes an entry out of the calendar.
pub(super) async fn delete_calendar_entry(call: &Call, input: DeleteCalendarEntry) -> Result<Undoable> {
    let access = call.access();
    let entry = find(call.store().reader(), input.id).await?;
    access.whole_school(entry.school_id)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(entry.school_id).await?;
            let before = find(tx.reader(), input.id).await?;
            same_version::<calendar_entries::Entity>(&before, input.version)?;
            tx.delete::<calendar_entries::Entity>(&before).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// The entries of the calendar as an iCalendar file (RFC 5545), which other calendars read: each with the same identifier in
/// every file, and with its grade levels in its title.
pub(super) async fn calendar_file(call: &Call, input: CalendarOf) -> Result<Exported> {
    let school = find_school(call.store().reader(), input.school).await?;
    let shown = calendar(call, input).await?;
    let now = call.now();
    let all_day = |entry: &CalendarEntry| AllDay {
        uid: format!("{}@homeroom", entry.id),
        title: match entry.grade_levels.is_empty() {
            true => entry.title.clone(),
            false => format!("{} ({})", entry.title, entry.grade_levels.join(", ")),
        },
        from: entry.start,
        to: entry.end,
        changed: now,
    };
    let file = ics::write(&ics::Calendar {
        name: school.name.clone(),
        product: "-//Homeroom//Calendar//EN".to_owned(),
        zone: school.time_zone.parse().unwrap_or(chrono_tz::UTC),
        stamp: now,
        events: Vec::new(),
        exceptions: Vec::new(),
        all_day: shown.entries.iter().map(all_day).collect(),
    });
    let file_name = safe_name(&[&school.name, &shown.start.to_string()], "ics");
    let artifact = Artifact {
        file_name: file_name.clone(),
        media_type: "text/calendar",
        bytes: Arc::new(file.into_bytes()),
        owner: call.actor()?.user,
    };
    let rows = u32::try_from(shown.entries.len()).unwrap_or(u32::MAX);
    Ok(Exported { artifact: call.services.keep_artifact(artifact), file_name, rows })
}
