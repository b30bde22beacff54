//! What a register cell may hold.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{attendance_codes, attendance_marks};
use store::ids::{AttendanceCodeId, SchoolId};
use words::refusals;

use super::OfSchool;
use crate::error::Invalid;
use crate::{Call, Error, ErrorCode, Result, Save};

pub use store::entities::AttendanceMeaning;

/// An attendance code; its letter is also its key.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceCodeRow {
    pub id: AttendanceCodeId,
    pub code: String,
    pub title: String,
    pub meaning: AttendanceMeaning,
    pub position: i32,
    pub version: i32,
}

/// Input of [`save_attendance_code`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveAttendanceCode {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<AttendanceCodeId>,
    pub code: String,
    pub title: String,
    pub meaning: AttendanceMeaning,
    pub position: i32,
    /// Takes the code out of use; registers that hold it keep it.
    pub deleted: Option<bool>,
}

fn shown(row: attendance_codes::Model) -> AttendanceCodeRow {
    AttendanceCodeRow {
        meaning: row.meaning,
        id: row.id,
        code: row.code,
        title: row.title,
        position: row.position,
        version: row.version,
    }
}

/// The attendance codes of a school, in their order.
pub(super) async fn list_attendance_codes(call: &Call, input: OfSchool) -> Result<Vec<AttendanceCodeRow>> {
    let access = call.access();
    access.at(input.school)?;
    let found = all(call.store().reader(), input.school).await?;
    Ok(found.into_iter().filter(|code| code.deleted_at.is_none()).map(shown).collect())
}

async fn all(db: &impl sea_orm::ConnectionTrait, school: SchoolId) -> Result<Vec<attendance_codes::Model>> {
    Ok(attendance_codes::Entity::find()
        .filter(attendance_codes::Column::SchoolId.eq(school))
        .order_by_asc(attendance_codes::Column::Position)
        .all(db)
        .await?)
}

/// Adds an attendance code, changes one or takes one out of use. There is always one for each of present and absent;
/// the meaning of a code that registers hold stays.
pub(super) async fn save_attendance_code(call: &Call, input: SaveAttendanceCode) -> Result<Vec<AttendanceCodeRow>> {
    let access = call.access();
    access.whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let code = invalid.text("code", &input.code, 4).to_uppercase();
    let title = invalid.text("title", &input.title, 60);
    invalid.check()?;
    call.transact(async |tx| {
        tx.alone_in_school(input.school).await?;
        let known = all(tx.reader(), input.school).await?;
        let before = match input.save.id() {
            Some(id) => Some(
                known
                    .iter()
                    .find(|code| code.id == id)
                    .ok_or_else(|| Error::not_found(refusals::gone::attendance_code()))?
                    .clone(),
            ),
            // A code that was taken out of use comes back with its letter.
            None => known.iter().find(|known| known.code == code && known.deleted_at.is_some()).cloned(),
        };
        check_others(&input, &code, before.as_ref(), &known)?;
        let row = attendance_codes::Model {
            id: before.as_ref().map_or_else(AttendanceCodeId::new, |before| before.id),
            school_id: input.school,
            code,
            title,
            meaning: input.meaning,
            position: input.position,
            deleted_at: (input.deleted == Some(true)).then(|| call.now()),
            version: 1,
        };
        match before {
            None => tx.insert::<attendance_codes::Entity>(row).await?,
            Some(before) => {
                if before.meaning != row.meaning {
                    refuse_if_held(tx.reader(), &before).await?;
                }
                let before = attendance_codes::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                tx.update::<attendance_codes::Entity>(&before, row).await?
            }
        };
        Ok(())
    })
    .await?;
    let found = all(call.store().reader(), input.school).await?;
    Ok(found.into_iter().filter(|code| code.deleted_at.is_none()).map(shown).collect())
}

async fn refuse_if_held(db: &impl sea_orm::ConnectionTrait, code: &attendance_codes::Model) -> Result<()> {
    let held = attendance_marks::Entity::find()
        .filter(attendance_marks::Column::SchoolId.eq(code.school_id))
        .filter(attendance_marks::Column::CodeId.eq(code.id))
        .count(db)
        .await?;
    if held > 0 {
        return Err(Error::new(ErrorCode::InUse, refusals::schools::code_in_use(held))
            .help(refusals::schools::add_code_instead()));
    }
    Ok(())
}

fn check_others(
    input: &SaveAttendanceCode,
    code: &str,
    before: Option<&attendance_codes::Model>,
    known: &[attendance_codes::Model],
) -> Result<()> {
    let own = before.map(|before| before.id);
    let others = || known.iter().filter(|other| Some(other.id) != own);
    if others().any(|other| other.code == code) {
        return Err(Error::field("code", "taken", refusals::schools::code_taken()));
    }
    for needed in [AttendanceMeaning::Present, AttendanceMeaning::Absent] {
        let kept = (input.deleted != Some(true) && input.meaning == needed)
            || others().any(|other| other.deleted_at.is_none() && other.meaning == needed);
        if !kept {
            let message = refusals::schools::last_of_meaning(needed.name());
            return Err(Error::field("meaning", "needed", message));
        }
    }
    Ok(())
}
