//! What day and what academic year it is at a school.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions};
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
}

/// Why there is no school on a day; none on a school day. In a year without terms every day of it is in term.
pub async fn no_school(db: &impl ConnectionTrait, school: SchoolId, date: NaiveDate) -> Result<Option<NoSchool>> {
    if !load_settings(db, school).await?.school_days.contains(&Weekday::of(date)) {
        return Ok(Some(NoSchool::Weekday));
    }
    let holds = |session: &academic_sessions::Model| session.start_date <= date && date <= session.end_date;
    let mut years = sessions_of_kind(db, school, AcademicSessionKind::Year).await?;
    years.retain(holds);
    let terms = sessions_of_kind(db, school, AcademicSessionKind::Term).await?;
    let in_term = years.iter().any(|year| {
        let mut of_year = terms.iter().filter(|term| term.parent_id == Some(year.id)).peekable();
        of_year.peek().is_none() || of_year.any(holds)
    });
    Ok((!in_term).then_some(NoSchool::NoTerm))
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
