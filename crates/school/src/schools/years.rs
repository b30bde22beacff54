//! Listing, saving and deleting academic years and terms.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, assessments, classes, report_comments};
use store::ids::{AcademicSessionId, SchoolId};
use words::refusals;

use super::days::pick;
use super::{NewTerm, OfSchool, check_sessions, check_year_is_near, school_day};
use crate::Undoable;
use crate::error::Invalid;
use crate::{Call, Context, Error, ErrorCode, Result, Save};

/// A term.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermRow {
    pub id: AcademicSessionId,
    pub title: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// Whether it is the term of today (in the holidays the next one).
    pub current: bool,
    pub version: i32,
}

/// An academic year with its terms.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct YearRow {
    pub id: AcademicSessionId,
    pub title: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub terms: Vec<TermRow>,
    pub current: bool,
    pub version: i32,
}

/// A term of [`SaveYear`]: new without an identifier.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveTerm {
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<AcademicSessionId>,
    pub title: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// Input of [`save_year`]: a new year (no identifier) or a changed one, always with all its terms.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveYear {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<AcademicSessionId>,
    pub title: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub terms: Vec<SaveTerm>,
}

/// Input of [`delete_session`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAcademicSession {
    pub id: AcademicSessionId,
    pub version: i32,
}

/// The school's years with their terms, newest first.
pub(super) async fn list_sessions(call: &Call, input: OfSchool) -> Result<Vec<YearRow>> {
    let access = call.access();
    access.at(input.school)?;
    year_rows(call, input.school).await
}

async fn sessions_of(db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<academic_sessions::Model>> {
    Ok(academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Entity::existing())
        .order_by_asc(academic_sessions::Column::StartDate)
        .all(db)
        .await?)
}

async fn year_rows(context: &Context, school: SchoolId) -> Result<Vec<YearRow>> {
    let db = context.store().reader();
    let today = school_day(context, db, school).await?;
    let (years, terms): (Vec<_>, Vec<_>) =
        sessions_of(db, school).await?.into_iter().partition(|session| session.kind == AcademicSessionKind::Year);
    let (current_year, current_term) = (pick(&years, today), pick(&terms, today));
    let mut rows: Vec<YearRow> = years
        .into_iter()
        .map(|year| YearRow {
            terms: terms
                .iter()
                .filter(|term| term.parent_id == Some(year.id))
                .map(|term| TermRow {
                    id: term.id,
                    title: term.title.clone(),
                    start: term.start_date,
                    end: term.end_date,
                    current: current_term == Some(term.id),
                    version: term.version,
                })
                .collect(),
            current: current_year == Some(year.id),
            id: year.id,
            title: year.title,
            start: year.start_date,
            end: year.end_date,
            version: year.version,
        })
        .collect();
    rows.reverse();
    Ok(rows)
}

/// Adds a year with its terms, or changes one. A term that is left out goes, unless it holds marks or comments.
pub(super) async fn save_year(call: &Call, input: SaveYear) -> Result<YearRow> {
    let access = call.access();
    access.whole_school(input.school)?;
    let today = school_day(call, call.store().reader(), input.school).await?;
    let (year, _) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let known = sessions_of(tx.reader(), input.school).await?;
            let year_before = match input.save.id() {
                Some(id) => Some(
                    known
                        .iter()
                        .find(|year| year.id == id && year.kind == AcademicSessionKind::Year)
                        .ok_or_else(|| Error::not_found(refusals::gone::academic_year()))?,
                ),
                None => None,
            };
            check(&input, &known, today)?;
            let row = academic_sessions::Model {
                id: input.save.id().unwrap_or_else(AcademicSessionId::new),
                school_id: input.school,
                parent_id: None,
                kind: AcademicSessionKind::Year,
                title: input.title.trim().to_owned(),
                start_date: input.start,
                end_date: input.end,
                source_id: year_before.and_then(|year| year.source_id.clone()),
                deleted_at: None,
                version: 1,
            };
            let year = save_session(tx, year_before, input.save.seen(), row).await?;
            for term in &input.terms {
                let before = known.iter().find(|known| Some(known.id) == term.save.id());
                let row = academic_sessions::Model {
                    id: term.save.id().unwrap_or_else(AcademicSessionId::new),
                    parent_id: Some(year),
                    kind: AcademicSessionKind::Term,
                    title: term.title.trim().to_owned(),
                    start_date: term.start,
                    end_date: term.end,
                    source_id: before.and_then(|term| term.source_id.clone()),
                    school_id: input.school,
                    deleted_at: None,
                    version: 1,
                };
                save_session(tx, before, term.save.seen(), row).await?;
            }
            let left_out = known.iter().filter(|term| {
                term.parent_id == Some(year) && !input.terms.iter().any(|kept| kept.save.id() == Some(term.id))
            });
            for term in left_out {
                remove(call, tx, term).await?;
            }
            Ok(year)
        })
        .await?;
    let rows = year_rows(call, input.school).await?;
    rows.into_iter().find(|row| row.id == year).ok_or_else(|| Error::not_found(refusals::gone::academic_year()))
}

fn check(input: &SaveYear, known: &[academic_sessions::Model], today: NaiveDate) -> Result<()> {
    let mut invalid = Invalid::default();
    invalid.text("title", &input.title, 100);
    let terms: Vec<NewTerm> = input
        .terms
        .iter()
        .map(|term| NewTerm { title: term.title.clone(), start: term.start, end: term.end })
        .collect();
    check_sessions(&mut invalid, input.start, input.end, &terms);
    let before = known.iter().find(|year| Some(year.id) == input.save.id());
    // An old year that an import brought can still be renamed.
    if before.is_none_or(|year| (year.start_date, year.end_date) != (input.start, input.end)) {
        check_year_is_near(&mut invalid, input.start, input.end, today);
    }
    for (i, term) in input.terms.iter().enumerate() {
        let Some(id) = term.save.id() else { continue };
        if !known.iter().any(|known| known.id == id && known.parent_id.is_some() && known.parent_id == input.save.id())
        {
            invalid.push(&format!("terms.{i}.id"), "unknown", refusals::schools::foreign_term());
        }
    }
    let overlaps = known.iter().any(|other| {
        other.kind == AcademicSessionKind::Year
            && Some(other.id) != input.save.id()
            && other.start_date <= input.end
            && input.start <= other.end_date
    });
    if overlaps {
        invalid.push("start", "overlaps", refusals::schools::years_overlap());
    }
    invalid.check()
}

async fn save_session(
    tx: &mut Transaction<'_>,
    before: Option<&academic_sessions::Model>,
    seen: Option<i32>,
    row: academic_sessions::Model,
) -> Result<AcademicSessionId> {
    let saved = match before {
        None => tx.insert::<academic_sessions::Entity>(row).await?,
        Some(before) => {
            let before = academic_sessions::Model { version: seen.unwrap_or(before.version), ..before.clone() };
            tx.update::<academic_sessions::Entity>(&before, row).await?
        }
    };
    Ok(saved.id)
}

async fn remove(context: &Context, tx: &mut Transaction<'_>, session: &academic_sessions::Model) -> Result<()> {
    let db = tx.reader();
    // Whoever puts something into it holds it too.
    academic_sessions::Entity::find_by_id(session.id).lock_exclusive().one(db).await?;
    let used = if session.kind == AcademicSessionKind::Year {
        classes::Entity::find()
            .filter(classes::Column::SchoolId.eq(session.school_id))
            .filter(classes::Column::YearId.eq(session.id))
            .filter(classes::Entity::existing())
            .count(db)
            .await?
    } else {
        let held = assessments::Entity::find()
            .filter(assessments::Column::SchoolId.eq(session.school_id))
            .filter(assessments::Column::TermId.eq(session.id))
            .filter(assessments::Entity::existing())
            .count(db)
            .await?;
        let comments = report_comments::Entity::find()
            .filter(report_comments::Column::SchoolId.eq(session.school_id))
            .filter(report_comments::Column::TermId.eq(session.id))
            .count(db)
            .await?;
        held + comments
    };
    if used > 0 {
        return Err(Error::new(ErrorCode::InUse, refusals::schools::session_in_use(&session.title))
            .help(refusals::schools::delete_first()));
    }
    let after = academic_sessions::Model { deleted_at: Some(context.now()), ..session.clone() };
    tx.update::<academic_sessions::Entity>(session, after).await?;
    Ok(())
}

/// Deletes a year with its terms, or one term; refused while it holds classes, marks or comments.
pub(super) async fn delete_session(call: &Call, input: DeleteAcademicSession) -> Result<Undoable> {
    let access = call.access();
    let db = call.store().reader();
    let session = academic_sessions::Entity::find_by_id(input.id)
        .filter(academic_sessions::Entity::existing())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::academic_year_or_term()))?;
    access.whole_school(session.school_id)?;
    let session = academic_sessions::Model { version: input.version, ..session };
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(session.school_id).await?;
            let known = sessions_of(tx.reader(), session.school_id).await?;
            for term in known.iter().filter(|term| term.parent_id == Some(session.id)) {
                remove(call, tx, term).await?;
            }
            remove(call, tx, &session).await
        })
        .await?;
    Ok(Undoable { undo })
}
