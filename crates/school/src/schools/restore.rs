//! Subjects, years and terms that were deleted, and bringing them back.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, subjects};
use store::ids::{AcademicSessionId, SchoolId, SubjectId};
use words::refusals;

use super::{DeleteAcademicSession, DeleteSubject, OfSchool};
use crate::{Call, Error, Result, Undoable};

/// A deleted subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeletedSubject {
    pub id: SubjectId,
    pub title: String,
    pub code: Option<String>,
    pub deleted_at: DateTime<Utc>,
    pub version: i32,
}

/// A deleted academic year or term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeletedSession {
    pub id: AcademicSessionId,
    pub kind: AcademicSessionKind,
    pub title: String,
    /// Of a term: its year.
    pub year_title: Option<String>,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub deleted_at: DateTime<Utc>,
    pub version: i32,
}

/// The subjects that were deleted, the last ones first.
pub(super) async fn deleted_subjects(call: &Call, input: OfSchool) -> Result<Vec<DeletedSubject>> {
    call.access().whole_school(input.school)?;
    let rows = subjects::Entity::find()
        .filter(subjects::Column::SchoolId.eq(input.school))
        .filter(subjects::Column::DeletedAt.is_not_null())
        .order_by_desc(subjects::Column::DeletedAt)
        .all(call.store().reader())
        .await?;
    let shown = |row: subjects::Model| {
        let deleted_at = row.deleted_at?;
        Some(DeletedSubject { id: row.id, title: row.title, code: row.code, deleted_at, version: row.version })
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}

/// Brings a deleted subject back.
///
/// # Errors
/// Where another subject has its title now.
pub(super) async fn restore_subject(call: &Call, input: DeleteSubject) -> Result<Undoable> {
    let gone = || Error::not_found(refusals::gone::subject());
    let found = subjects::Entity::find_by_id(input.id).one(call.store().reader()).await?.ok_or_else(gone)?;
    call.access().whole_school(found.school_id)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(found.school_id).await?;
            let row = subjects::Entity::find_by_id(input.id).one(tx.reader()).await?.ok_or_else(gone)?;
            if row.deleted_at.is_none() {
                return Ok(());
            }
            let key = store::fold(&row.title);
            let others = subjects::Entity::find()
                .filter(subjects::Column::SchoolId.eq(found.school_id))
                .filter(subjects::Entity::existing())
                .all(tx.reader())
                .await?;
            if others.iter().any(|other| store::fold(&other.title) == key) {
                return Err(Error::field("title", "taken", refusals::schools::subject_taken()));
            }
            let before = subjects::Model { version: input.version, ..row };
            let after = subjects::Model { deleted_at: None, ..before.clone() };
            tx.update::<subjects::Entity>(&before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

async fn all(db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<academic_sessions::Model>> {
    Ok(academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .order_by_desc(academic_sessions::Column::DeletedAt)
        .order_by_asc(academic_sessions::Column::StartDate)
        .all(db)
        .await?)
}

/// The years and terms that were deleted, the last ones first; terms that went with their year are in it.
pub(super) async fn deleted_sessions(call: &Call, input: OfSchool) -> Result<Vec<DeletedSession>> {
    call.access().whole_school(input.school)?;
    let all = all(call.store().reader(), input.school).await?;
    let year_of = |row: &academic_sessions::Model| all.iter().find(|year| Some(year.id) == row.parent_id);
    let by_itself = |row: &&academic_sessions::Model| year_of(row).is_none_or(|year| year.deleted_at.is_none());
    let shown = |row: &academic_sessions::Model| {
        Some(DeletedSession {
            id: row.id,
            kind: row.kind,
            title: row.title.clone(),
            year_title: year_of(row).map(|year| year.title.clone()),
            start: row.start_date,
            end: row.end_date,
            deleted_at: row.deleted_at?,
            version: row.version,
        })
    };
    Ok(all.iter().filter(by_itself).filter_map(shown).collect())
}

/// Brings a deleted year back, with the terms that went with it, or a term of a year that is there.
///
/// # Errors
/// Where its days are those of another year or term now.
pub(super) async fn restore_session(call: &Call, input: DeleteAcademicSession) -> Result<Undoable> {
    let gone = || Error::not_found(refusals::gone::academic_year_or_term());
    let found = academic_sessions::Entity::find_by_id(input.id).one(call.store().reader()).await?.ok_or_else(gone)?;
    call.access().whole_school(found.school_id)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(found.school_id).await?;
            let all = all(tx.reader(), found.school_id).await?;
            let row = all.iter().find(|row| row.id == input.id).ok_or_else(gone)?;
            let Some(deleted_at) = row.deleted_at else { return Ok(()) };
            let beside = |other: &&academic_sessions::Model| {
                other.deleted_at.is_none() && other.kind == row.kind && other.parent_id == row.parent_id
            };
            let meets =
                |other: &academic_sessions::Model| other.start_date <= row.end_date && row.start_date <= other.end_date;
            if all.iter().filter(beside).any(meets) {
                let message = match row.kind {
                    AcademicSessionKind::Year => refusals::schools::years_overlap(),
                    AcademicSessionKind::Term | AcademicSessionKind::GradingPeriod => {
                        refusals::schools::terms_overlap()
                    }
                };
                return Err(Error::field("start", "overlaps", message));
            }
            if row.kind != AcademicSessionKind::Year {
                let whole = all.iter().find(|whole| Some(whole.id) == row.parent_id && whole.deleted_at.is_none());
                let whole = whole.ok_or_else(gone)?;
                if row.start_date < whole.start_date || row.end_date > whole.end_date {
                    return Err(Error::field("start", "outside_year", refusals::schools::term_outside_year()));
                }
            }
            let before = academic_sessions::Model { version: input.version, ..row.clone() };
            let after = academic_sessions::Model { deleted_at: None, ..before.clone() };
            tx.update::<academic_sessions::Entity>(&before, after).await?;
            // What went with it: its terms, and what is below them.
            let mut above = vec![row.id];
            while let Some(id) = above.pop() {
                let part_of = |part: &&academic_sessions::Model| {
                    part.parent_id == Some(id) && part.deleted_at == Some(deleted_at)
                };
                for part in all.iter().filter(part_of) {
                    let after = academic_sessions::Model { deleted_at: None, ..part.clone() };
                    tx.update::<academic_sessions::Entity>(part, after).await?;
                    above.push(part.id);
                }
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}
