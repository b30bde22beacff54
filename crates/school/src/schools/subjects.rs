//! The subjects that a school teaches.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, courses, subjects};
use store::ids::{SchoolId, SubjectId};
use words::refusals;

use super::OfSchool;
use crate::Undoable;
use crate::error::Invalid;
use crate::{Call, Context, Error, ErrorCode, Result, Save};

/// A subject, as listed.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectRow {
    pub id: SubjectId,
    pub title: String,
    pub code: Option<String>,
    pub position: i32,
    /// In how many classes it is taught.
    pub courses: i64,
    pub version: i32,
}

/// Input of [`save_subject`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveSubject {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<SubjectId>,
    pub title: String,
    pub code: Option<String>,
    /// Where it stands in lists and on report cards; left out: last, or where it was.
    pub position: Option<i32>,
}

/// Input of [`delete_subject`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteSubject {
    pub id: SubjectId,
    pub version: i32,
}

/// The subjects of a school, in their order.
pub(super) async fn list_subjects(call: &Call, input: OfSchool) -> Result<Vec<SubjectRow>> {
    let access = call.access();
    access.at(input.school)?;
    rows(call, input.school).await
}

async fn rows(context: &Context, school: SchoolId) -> Result<Vec<SubjectRow>> {
    let sql = "SELECT s.id, s.title, s.code, s.position, s.version, \
        (SELECT count(*) FROM courses c WHERE c.school_id = $1 AND c.subject_id = s.id AND c.deleted_at IS NULL) AS courses \
        FROM subjects s WHERE s.school_id = $1 AND s.deleted_at IS NULL ORDER BY s.position, s.title";
    let statement = context.store().statement(sql, [school.into()]);
    Ok(SubjectRow::find_by_statement(statement).all(context.store().reader()).await?)
}

/// Adds a subject or changes one.
pub(super) async fn save_subject(call: &Call, input: SaveSubject) -> Result<SubjectRow> {
    let access = call.access();
    access.whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let title = invalid.text("title", &input.title, 100);
    let code = invalid.optional("code", input.code.as_deref(), 20);
    invalid.check()?;
    let (subject, _) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let known = known(tx.reader(), input.school).await?;
            let before = match input.save.id() {
                Some(id) => Some(find(tx.reader(), id).await?),
                None => None,
            };
            if before.as_ref().is_some_and(|before| before.school_id != input.school) {
                return Err(Error::forbidden());
            }
            let key = store::fold(&title);
            if known.iter().any(|other| Some(other.id) != input.save.id() && store::fold(&other.title) == key) {
                return Err(Error::field("title", "taken", refusals::schools::subject_taken()));
            }
            let last = known.iter().map(|subject| subject.position).max().unwrap_or(-1);
            Ok(match before {
                None => {
                    let row = subjects::Model {
                        id: SubjectId::new(),
                        school_id: input.school,
                        title,
                        code,
                        position: input.position.unwrap_or(last.saturating_add(1)),
                        source_id: None,
                        deleted_at: None,
                        version: 1,
                    };
                    tx.insert::<subjects::Entity>(row).await?
                }
                Some(before) => {
                    let before = subjects::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                    let position = input.position.unwrap_or(before.position);
                    let after = subjects::Model { title, code, position, ..before.clone() };
                    tx.update::<subjects::Entity>(&before, after).await?
                }
            })
        })
        .await?;
    let rows = rows(call, input.school).await?;
    rows.into_iter().find(|row| row.id == subject.id).ok_or_else(|| Error::not_found(refusals::gone::subject()))
}

/// The subjects of a school that are not deleted.
async fn known(db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<subjects::Model>> {
    Ok(subjects::Entity::find()
        .filter(subjects::Column::SchoolId.eq(school))
        .filter(subjects::Entity::existing())
        .all(db)
        .await?)
}

async fn find(db: &impl ConnectionTrait, id: SubjectId) -> Result<subjects::Model> {
    subjects::Entity::find_by_id(id)
        .filter(subjects::Entity::existing())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::subject()))
}

/// Deletes a subject that no class is taught in.
pub(super) async fn delete_subject(call: &Call, input: DeleteSubject) -> Result<Undoable> {
    let access = call.access();
    let subject = find(call.store().reader(), input.id).await?;
    access.whole_school(subject.school_id)?;
    let before = subjects::Model { version: input.version, ..subject };
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(before.school_id).await?;
            let taught = courses::Entity::find()
                .filter(courses::Column::SchoolId.eq(before.school_id))
                .filter(courses::Column::SubjectId.eq(before.id))
                .filter(courses::Entity::existing())
                .count(tx.reader())
                .await?;
            if taught > 0 {
                return Err(Error::new(ErrorCode::InUse, refusals::schools::subject_taught(taught))
                    .help(refusals::schools::take_out_of_classes()));
            }
            let after = subjects::Model { deleted_at: Some(call.now()), ..before.clone() };
            tx.update::<subjects::Entity>(&before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}
