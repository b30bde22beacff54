//! What day and what academic year it is at a school.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, CalendarKind, SoftDeleted, academic_sessions, calendar_entries};
use store::ids::{AcademicSessionId, SchoolId};
use words::{Message, refusals};

use super::heads::find_school;
use super::settings::{Weekday, load_settings};
use crate::{Context, Result};

/// Why there is no school on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoSchool {
    /// Its day of the week is no school day by the settings of the school.
    Weekday,
    /// It lies in no term.
    NoTerm,
    /// The calendar has a holiday.
    Holiday,
    /// The calendar has a closure.
    Closure,
}

/// A day without school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OffDay {
    pub why: NoSchool,
    /// What the calendar calls it; none where it has nothing to do with it.
    pub title: Option<String>,
}

/// On which days there is school: the week, the terms and the calendar of a school.
#[derive(Clone, Debug)]
pub struct SchoolDays {
    week: Vec<Weekday>,
    /// Each academic year with its terms, from the first to the last day.
    years: Vec<(RangeInclusive<NaiveDate>, Vec<RangeInclusive<NaiveDate>>)>,
    entries: Vec<calendar_entries::Model>,
}

impl SchoolDays {
    /// Reads what decides about the days of a school.
    pub async fn load(db: &impl ConnectionTrait, school: SchoolId) -> Result<Self> {
        let week = load_settings(db, school).await?.school_days;
        let years = sessions_of_kind(db, school, AcademicSessionKind::Year).await?;
        let terms = sessions_of_kind(db, school, AcademicSessionKind::Term).await?;
        let days = |session: &academic_sessions::Model| session.start_date..=session.end_date;
        let of_year = |year: &academic_sessions::Model| {
            terms.iter().filter(|term| term.parent_id == Some(year.id)).map(days).collect()
        };
        let years = years.iter().map(|year| (days(year), of_year(year))).collect();
        Ok(Self { week, years, entries: entries(db, school).await? })
    }

    /// Why there is no school on a day for students of a grade level; none on a school day. Without a grade level: for
    /// everybody, so that a day on which some have school is a school day. In a year without terms every day of it is in
    /// term. An extra day goes before a holiday, and both before week and term.
    pub fn off(&self, date: NaiveDate, grade_level: Option<&str>) -> Option<OffDay> {
        let of_day = |extra: bool| {
            let on = self.entries.iter().filter(move |entry| entry.start_date <= date && date <= entry.end_date);
            on.filter(move |entry| (entry.kind == CalendarKind::Extra) == extra)
        };
        let names = |entry: &calendar_entries::Model, level: &str| entry.grade_levels.0.iter().any(|of| of == level);
        let everybody = |entry: &calendar_entries::Model| entry.grade_levels.0.is_empty();
        if of_day(true).any(|entry| everybody(entry) || grade_level.is_none_or(|level| names(entry, level))) {
            return None;
        }
        let free = of_day(false).find(|entry| everybody(entry) || grade_level.is_some_and(|level| names(entry, level)));
        if let Some(entry) = free {
            let why = if entry.kind == CalendarKind::Closure { NoSchool::Closure } else { NoSchool::Holiday };
            return Some(OffDay { why, title: Some(entry.title.clone()) });
        }
        if !self.week.contains(&Weekday::of(date)) {
            return Some(OffDay { why: NoSchool::Weekday, title: None });
        }
        let in_term = self.years.iter().any(|(year, terms)| {
            year.contains(&date) && (terms.is_empty() || terms.iter().any(|term| term.contains(&date)))
        });
        (!in_term).then_some(OffDay { why: NoSchool::NoTerm, title: None })
    }

    /// The entries of the calendar, by their first day.
    pub(super) fn into_entries(self) -> impl Iterator<Item = calendar_entries::Model> {
        self.entries.into_iter()
    }

    /// Whether the calendar takes a day from anybody, whatever else stands on it.
    pub fn taken_from_some(&self, date: NaiveDate) -> bool {
        let takes = |entry: &calendar_entries::Model| entry.kind != CalendarKind::Extra;
        self.entries.iter().any(|entry| takes(entry) && entry.start_date <= date && date <= entry.end_date)
    }

    /// Whether the calendar takes a day from those whom the grade level names: a holiday or a closure.
    pub fn taken(&self, date: NaiveDate, grade_level: Option<&str>) -> bool {
        self.off(date, grade_level).is_some_and(|off| matches!(off.why, NoSchool::Holiday | NoSchool::Closure))
    }

    /// Whether there is school for anybody whom the grade level names, or for anybody at all.
    pub fn has_school(&self, date: NaiveDate, grade_level: Option<&str>) -> bool {
        self.off(date, grade_level).is_none()
    }
}

/// The entries of the calendar, by their first day.
async fn entries(db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<calendar_entries::Model>> {
    Ok(calendar_entries::Entity::find()
        .filter(calendar_entries::Column::SchoolId.eq(school))
        .order_by_asc(calendar_entries::Column::StartDate)
        .order_by_asc(calendar_entries::Column::Id)
        .all(db)
        .await?)
}

/// Why there is no school on a day, as [`SchoolDays::off`] says it.
pub async fn no_school(
    db: &impl ConnectionTrait,
    school: SchoolId,
    date: NaiveDate,
    grade_level: Option<&str>,
) -> Result<Option<OffDay>> {
    Ok(SchoolDays::load(db, school).await?.off(date, grade_level))
}

/// The day that it is now at the school, in its own time zone.
pub async fn school_day(context: &Context, db: &impl ConnectionTrait, school: SchoolId) -> Result<NaiveDate> {
    Ok(context.today(&find_school(db, school).await?.time_zone))
}

/// Why a day cannot be one of an academic year, as a sentence; none where it lies in it.
pub async fn outside_year(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
    day: NaiveDate,
) -> Result<Option<Message>> {
    let Some(year) = academic_sessions::Entity::find_by_id(year).one(db).await? else { return Ok(None) };
    if (year.start_date..=year.end_date).contains(&day) {
        return Ok(None);
    }
    let order = load_settings(db, school).await?.day_order;
    let (from, to) = (order.write(year.start_date), order.write(year.end_date));
    Ok(Some(refusals::schools::day_outside_year(from, to)))
}

/// The academic year that contains the day; in the holidays the next one, after the last one the last.
pub async fn current_year(
    db: &impl ConnectionTrait,
    school: SchoolId,
    day: NaiveDate,
) -> Result<Option<AcademicSessionId>> {
    Ok(pick(&sessions_of_kind(db, school, AcademicSessionKind::Year).await?, day))
}

/// The term that contains the day, chosen like the year.
pub async fn current_term(
    db: &impl ConnectionTrait,
    school: SchoolId,
    day: NaiveDate,
) -> Result<Option<academic_sessions::Model>> {
    let terms = sessions_of_kind(db, school, AcademicSessionKind::Term).await?;
    let id = pick(&terms, day);
    Ok(terms.into_iter().find(|term| Some(term.id) == id))
}

async fn sessions_of_kind(
    db: &impl ConnectionTrait,
    school: SchoolId,
    kind: AcademicSessionKind,
) -> Result<Vec<academic_sessions::Model>> {
    Ok(academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Column::Kind.eq(kind))
        .filter(academic_sessions::Entity::existing())
        .order_by_asc(academic_sessions::Column::StartDate)
        .all(db)
        .await?)
}

/// The session that contains the day, else the next, else the last; `sessions` in order of their start.
pub(super) fn pick(sessions: &[academic_sessions::Model], day: NaiveDate) -> Option<AcademicSessionId> {
    let now = sessions.iter().find(|session| session.start_date <= day && day <= session.end_date);
    now.or_else(|| sessions.iter().find(|session| session.start_date > day)).or(sessions.last()).map(|s| s.id)
}
