//! Photographs by which people are told apart. They are seen by whoever reaches the person, and are no faces to recognise
//! anybody by: nothing is ever compared with them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use documents::PictureFault;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{pictures, portraits};
use store::ids::{ClassId, PictureId, PortraitId, SchoolId, StaffId, StudentId};
use uuid::Uuid;
use words::refusals;

use super::staff::reached_member;
use super::words::PersonKind;
use crate::schools::school_day;
use crate::{Access, Call, Context, Error, ErrorCode, Reach, Result, Undoable, blocking};

/// Whose photograph: `student` or `staff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PortraitOf {
    Student(StudentId),
    Staff(StaffId),
}

/// Input of [`portrait`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfPortrait {
    pub of: PortraitOf,
}

/// Input of [`save_portrait`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SavePortrait {
    pub of: PortraitOf,
    /// The version of the photograph that the person saw; none where there was none.
    pub version: Option<i32>,
    /// The upload that holds a JPEG, PNG, WebP or GIF picture; left out, the photograph is taken away.
    pub picture: Option<Uuid>,
}

/// A photograph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Portrait {
    /// A JPEG of at most 480 × 480 pixels, in base64.
    pub jpeg: String,
    pub version: i32,
}

/// Input of [`class_portraits`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassPortraits {
    pub class: ClassId,
}

/// A photograph as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SmallPortrait {
    pub student: StudentId,
    /// A JPEG of at most 96 × 96 pixels, in base64.
    pub jpeg: String,
}

/// The school of a person whom somebody reaches.
async fn reached(call: &Call, of: PortraitOf) -> Result<SchoolId> {
    match of {
        PortraitOf::Student(id) => Ok(call.access().student_or_deleted(call.store().reader(), id).await?.school_id),
        PortraitOf::Staff(id) => Ok(reached_member(call, id).await?.school_id),
    }
}

async fn row_of(db: &impl ConnectionTrait, school: SchoolId, of: PortraitOf) -> Result<Option<portraits::Model>> {
    let rows = portraits::Entity::find().filter(portraits::Column::SchoolId.eq(school));
    let rows = match of {
        PortraitOf::Student(id) => rows.filter(portraits::Column::StudentId.eq(id)),
        PortraitOf::Staff(id) => rows.filter(portraits::Column::StaffId.eq(id)),
    };
    Ok(rows.one(db).await?)
}

/// The photograph of a student or a member of staff, if there is one.
pub(super) async fn portrait(call: &Call, input: OfPortrait) -> Result<Option<Portrait>> {
    let school = reached(call, input.of).await?;
    let db = call.store().reader();
    let Some(row) = row_of(db, school, input.of).await? else { return Ok(None) };
    let picture = pictures::Entity::find_by_id(row.picture_id).one(db).await?;
    Ok(picture.map(|picture| Portrait { jpeg: BASE64.encode(picture.jpeg), version: row.version }))
}

#[derive(FromQueryResult)]
struct SmallFound {
    student_id: StudentId,
    small: Vec<u8>,
}

/// The photographs of those who are in a class now, small.
pub(super) async fn class_portraits(call: &Call, input: ClassPortraits) -> Result<Vec<SmallPortrait>> {
    let db = call.store().reader();
    let class = call.access().class_or_deleted(db, input.class).await?;
    let today = school_day(call, db, class.school_id).await?;
    let sql = "SELECT DISTINCT o.student_id, p.small FROM enrolments e \
        JOIN portraits o ON o.school_id = e.school_id AND o.student_id = e.student_id \
        JOIN pictures p ON p.school_id = o.school_id AND p.id = o.picture_id \
        JOIN students s ON s.id = e.student_id AND s.deleted_at IS NULL \
        WHERE e.school_id = $1 AND e.class_id = $2 AND (e.end_date IS NULL OR e.end_date >= $3)";
    let values = [class.school_id.into(), class.id.into(), today.into()];
    let found = SmallFound::find_by_statement(call.store().statement(sql, values)).all(db).await?;
    let small = |row: SmallFound| SmallPortrait { student: row.student_id, jpeg: BASE64.encode(row.small) };
    Ok(found.into_iter().map(small).collect())
}

/// Sets, replaces or takes away a photograph.
pub(super) async fn save_portrait(call: &Call, input: SavePortrait) -> Result<Undoable> {
    let access = call.access();
    let db = call.store().reader();
    let school = match input.of {
        PortraitOf::Student(id) => access.student(db, id).await?.school_id,
        PortraitOf::Staff(id) => existing_member(call, access, id).await?,
    };
    access.whole_school(school)?;
    let picture = match input.picture {
        Some(upload) => Some(read(call, upload).await?),
        None => None,
    };
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(school).await?;
            let before = row_of(tx.reader(), school, input.of).await?;
            let seen = before.clone().map(|before| portraits::Model { version: input.version.unwrap_or(0), ..before });
            match (seen, picture) {
                (None, None) => Err(Error::not_found(refusals::gone::photograph())),
                // Somebody took away in the meantime what is to be replaced.
                (None, Some(_)) if input.version.is_some() => Err(Error::not_found(refusals::gone::photograph())),
                (None, Some(picture)) => {
                    let picture_id = keep(call, tx, school, input.of, picture).await?;
                    let (student_id, staff_id) = match input.of {
                        PortraitOf::Student(id) => (Some(id), None),
                        PortraitOf::Staff(id) => (None, Some(id)),
                    };
                    let id = PortraitId::new();
                    let row = portraits::Model { id, school_id: school, student_id, staff_id, picture_id, version: 1 };
                    tx.insert::<portraits::Entity>(row).await?;
                    Ok(())
                }
                (Some(seen), Some(picture)) => {
                    let picture_id = keep(call, tx, school, input.of, picture).await?;
                    tx.update::<portraits::Entity>(&seen, portraits::Model { picture_id, ..seen.clone() }).await?;
                    Ok(())
                }
                (Some(seen), None) => {
                    let now = before.filter(|before| before.version == seen.version);
                    let now = now.ok_or_else(|| Error::new(ErrorCode::Stale, refusals::common::stale()))?;
                    tx.delete::<portraits::Entity>(&now).await?;
                    Ok(())
                }
            }
        })
        .await?;
    if let Some(upload) = input.picture {
        call.services.forget_upload(upload);
    }
    Ok(Undoable { undo })
}

async fn existing_member(call: &Call, access: &Access, id: StaffId) -> Result<SchoolId> {
    let row = reached_member(call, id).await?;
    if access.at(row.school_id)? == Reach::School && row.deleted_at.is_some() {
        return Err(Error::not_found(refusals::gone::member_of_staff()));
    }
    Ok(row.school_id)
}

/// The picture itself is written once and stays, so that what was replaced or taken away can come back; the history holds
/// which one it was and nothing of it.
async fn keep(
    context: &Context,
    tx: &mut Transaction<'_>,
    school: SchoolId,
    of: PortraitOf,
    picture: documents::Portrait,
) -> Result<PictureId> {
    let (person_kind, person_id) = match of {
        PortraitOf::Student(id) => (PersonKind::Student, id.0),
        PortraitOf::Staff(id) => (PersonKind::Staff, id.0),
    };
    let documents::Portrait { jpeg, small } = picture;
    let id = PictureId::new();
    let created_at = context.now();
    let row = pictures::Model { id, school_id: school, person_kind, person_id, jpeg, small, created_at, version: 1 };
    Ok(tx.insert::<pictures::Entity>(row).await?.id)
}

/// What was uploaded, whatever it is, as a picture of ours.
async fn read(call: &Call, upload: Uuid) -> Result<documents::Portrait> {
    let upload = call.services.upload(upload, call.actor()?.user)?;
    blocking(move || documents::portrait(&upload.bytes).map_err(refused)).await
}

fn refused(fault: PictureFault) -> Error {
    let (message, help) = match fault {
        PictureFault::NotAPicture => (refusals::schools::logo_not_a_picture(), refusals::schools::save_logo()),
        PictureFault::Damaged | PictureFault::Blank => {
            (refusals::schools::logo_damaged(), refusals::schools::save_logo_as_png())
        }
        PictureFault::TooLarge => {
            (refusals::schools::logo_too_large(documents::LARGEST_PICTURE >> 20), refusals::schools::save_smaller())
        }
        PictureFault::TooSmall => (
            refusals::people::photograph_too_small(documents::SMALLEST_PORTRAIT),
            refusals::people::larger_photograph(),
        ),
    };
    Error::new(ErrorCode::BadFile, message).help(help)
}
