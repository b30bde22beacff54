//! Absence known ahead: from when to when a student will not be there, why, and who said so. It fills the registers that are
//! taken from then on and explains those that were; changed, they follow.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{absence_notices, attendance_marks, classes, students};
use store::ids::{AbsenceNoticeId, AttendanceCodeId, AuditEntryId, SchoolId, StudentId, UserId};
use store::{Transaction, same_version};
use words::refusals;

use super::place::Codes;
use super::register::MarkSource;
use crate::error::Invalid;
use crate::people::{OfStudent, user_names};
use crate::schools::{AttendanceMeaning, check_days_are_near, load_settings, school_day};
use crate::{Call, Error, Result, Save, Undoable};

/// The most days of one absence.
const LONGEST: i64 = 366;
/// The longest reason, and name of who said so, in characters.
const LONGEST_TEXT: usize = 200;

/// An absence that is or was known ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AbsenceNotice {
    pub id: AbsenceNoticeId,
    pub student: StudentId,
    /// Both are days of it.
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// What registers hold for it, and its letter.
    pub code_id: AttendanceCodeId,
    pub code: String,
    pub meaning: AttendanceMeaning,
    pub reason: Option<String>,
    /// Who told the school: a parent, the student, a doctor.
    pub said_by: Option<String>,
    pub entered_by: Option<String>,
    pub entered_at: DateTime<Utc>,
    pub version: i32,
}

/// Input of [`save_absence`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveAbsence {
    pub student: StudentId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<AbsenceNoticeId>,
    /// The first day.
    pub start: NaiveDate,
    /// The last day; the first one where left out.
    pub end: Option<NaiveDate>,
    /// A code that means absent or excused.
    pub code: AttendanceCodeId,
    pub reason: Option<String>,
    pub said_by: Option<String>,
}

/// Input of [`delete_absence`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAbsence {
    pub absence: AbsenceNoticeId,
    /// The version that the person saw.
    pub version: i32,
}

/// An absence that was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedAbsence {
    pub absence: AbsenceNotice,
    /// Cells of registers that were there already and follow it now.
    pub registers: u32,
    pub undo: Option<AuditEntryId>,
}

/// What is known ahead of a day, of each of these students.
pub(super) async fn known_ahead(
    db: &impl ConnectionTrait,
    school: SchoolId,
    students: &[StudentId],
    date: NaiveDate,
) -> Result<HashMap<StudentId, absence_notices::Model>> {
    let mut known = HashMap::new();
    for some in students.chunks(1_000) {
        let found = absence_notices::Entity::find()
            .filter(absence_notices::Column::SchoolId.eq(school))
            .filter(absence_notices::Column::StudentId.is_in(some.iter().copied()))
            .filter(absence_notices::Column::StartDate.lte(date))
            .filter(absence_notices::Column::EndDate.gte(date))
            .all(db)
            .await?;
        known.extend(found.into_iter().map(|notice| (notice.student_id, notice)));
    }
    Ok(known)
}

/// The absences of a student that were and are known ahead, the newest first.
pub(super) async fn list_absences(call: &Call, input: OfStudent) -> Result<Vec<AbsenceNotice>> {
    let db = call.store().reader();
    let student = call.access().student_or_deleted(db, input.student).await?;
    let rows = absence_notices::Entity::find()
        .filter(absence_notices::Column::SchoolId.eq(student.school_id))
        .filter(absence_notices::Column::StudentId.eq(student.id))
        .order_by_desc(absence_notices::Column::StartDate)
        .all(db)
        .await?;
    shown(db, student.school_id, rows).await
}

async fn shown(
    db: &impl ConnectionTrait,
    school: SchoolId,
    rows: Vec<absence_notices::Model>,
) -> Result<Vec<AbsenceNotice>> {
    let codes = Codes::load(db, school).await?;
    let names = user_names(db, rows.iter().filter_map(|row| row.entered_by)).await?;
    rows.into_iter()
        .map(|row| {
            let code =
                codes.get(row.code_id).ok_or_else(|| Error::internal("an absence holds a code of another school"))?;
            Ok(AbsenceNotice {
                id: row.id,
                student: row.student_id,
                start: row.start_date,
                end: row.end_date,
                code_id: row.code_id,
                code: code.code.clone(),
                meaning: code.meaning,
                reason: row.reason,
                said_by: row.said_by,
                entered_by: row.entered_by.and_then(|user| names.get(&user).cloned()),
                entered_at: row.entered_at,
                version: row.version,
            })
        })
        .collect()
}

/// Enters an absence that is known ahead, or changes one. Registers that were taken follow where they hold what it said
/// before, or an absence that nobody has explained.
pub(super) async fn save_absence(call: &Call, input: SaveAbsence) -> Result<SavedAbsence> {
    let db = call.store().reader();
    let student = call.access().student(db, input.student).await?;
    let codes = Codes::load(db, student.school_id).await?;
    let row = checked(call, &student, &input, &codes).await?;
    let user = call.actor()?.user;
    let ((saved, registers), undo) = call
        .transact(async |tx| {
            tx.alone(&format!("absences of {}", student.id)).await?;
            let known = of_student(tx.reader(), student.school_id, student.id).await?;
            let before = match input.save.id() {
                Some(id) => Some(known.iter().find(|one| one.id == id).cloned().ok_or_else(gone)?),
                None => None,
            };
            let shares = |one: &&absence_notices::Model| {
                Some(one.id) != input.save.id() && one.start_date <= row.end_date && row.start_date <= one.end_date
            };
            if let Some(other) = known.iter().find(shares) {
                let order = load_settings(tx.reader(), student.school_id).await?.day_order;
                let (from, to) = (order.write(other.start_date), order.write(other.end_date));
                return Err(Error::field("start", "overlaps", refusals::attendance::absence_overlaps(from, to))
                    .help(refusals::attendance::change_that_absence()));
            }
            let saved = match before.clone() {
                None => tx.insert::<absence_notices::Entity>(row.clone()).await?,
                Some(before) => {
                    let seen = input.save.seen().unwrap_or(before.version);
                    let before = absence_notices::Model { version: seen, ..before };
                    tx.update::<absence_notices::Entity>(&before, row.clone()).await?
                }
            };
            let registers = follow(tx, before.as_ref(), Some(&saved), &codes, (user, call.now())).await?;
            Ok((saved, registers))
        })
        .await?;
    let absence = shown(db, student.school_id, vec![saved]).await?.remove(0);
    Ok(SavedAbsence { absence, registers, undo })
}

/// Checks what was typed.
async fn checked(
    call: &Call,
    student: &students::Model,
    input: &SaveAbsence,
    codes: &Codes,
) -> Result<absence_notices::Model> {
    let today = school_day(call, call.store().reader(), student.school_id).await?;
    let end = input.end.unwrap_or(input.start);
    let mut invalid = Invalid::default();
    if end < input.start {
        invalid.push("end", "before_start", refusals::attendance::end_before_start());
    } else if (end - input.start).num_days() >= LONGEST {
        invalid.push("end", "too_long", refusals::attendance::absence_too_long(LONGEST));
    } else {
        check_days_are_near(&mut invalid, [("start", input.start), ("end", end)], today);
    }
    let away = |meaning| matches!(meaning, AttendanceMeaning::Absent | AttendanceMeaning::Excused);
    if !codes.in_use().any(|code| code.id == input.code && away(code.meaning)) {
        invalid.push("code", "not_away", refusals::attendance::code_of_absence());
    }
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_TEXT);
    let said_by = invalid.optional("saidBy", input.said_by.as_deref(), LONGEST_TEXT);
    invalid.check()?;
    Ok(absence_notices::Model {
        id: input.save.id().unwrap_or_else(AbsenceNoticeId::new),
        school_id: student.school_id,
        student_id: student.id,
        start_date: input.start,
        end_date: end,
        code_id: input.code,
        reason,
        said_by,
        entered_by: Some(call.actor()?.user),
        entered_at: call.now(),
        version: 1,
    })
}

async fn of_student(
    db: &impl ConnectionTrait,
    school: SchoolId,
    student: StudentId,
) -> Result<Vec<absence_notices::Model>> {
    Ok(absence_notices::Entity::find()
        .filter(absence_notices::Column::SchoolId.eq(school))
        .filter(absence_notices::Column::StudentId.eq(student))
        .all(db)
        .await?)
}

fn gone() -> Error {
    Error::not_found(refusals::gone::absence())
}

/// Takes an absence back: what registers held because of it is open again.
pub(super) async fn delete_absence(call: &Call, input: DeleteAbsence) -> Result<Undoable> {
    let db = call.store().reader();
    let find = || absence_notices::Entity::find_by_id(input.absence);
    let found = find().one(db).await?.ok_or_else(gone)?;
    call.access().student(db, found.student_id).await?;
    let codes = Codes::load(db, found.school_id).await?;
    let user = call.actor()?.user;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone(&format!("absences of {}", found.student_id)).await?;
            let row = find().one(tx.reader()).await?.ok_or_else(gone)?;
            same_version::<absence_notices::Entity>(&row, input.version)?;
            follow(tx, Some(&row), None, &codes, (user, call.now())).await?;
            Ok(tx.delete::<absence_notices::Entity>(&row).await?)
        })
        .await?;
    Ok(Undoable { undo })
}

/// Has registers that were written follow an absence that was, and is now something else. What a person or a camera said
/// stays, but for an absence that nobody has explained. How many cells changed.
async fn follow(
    tx: &mut Transaction<'_>,
    before: Option<&absence_notices::Model>,
    now: Option<&absence_notices::Model>,
    codes: &Codes,
    (user, at): (UserId, DateTime<Utc>),
) -> Result<u32> {
    let days = || before.into_iter().chain(now);
    let Some(of) = days().next() else { return Ok(0) };
    let (first, last) = (days().map(|one| one.start_date).min(), days().map(|one| one.end_date).max());
    let cells = attendance_marks::Entity::find()
        .filter(attendance_marks::Column::SchoolId.eq(of.school_id))
        .filter(attendance_marks::Column::StudentId.eq(of.student_id))
        .filter(attendance_marks::Column::Date.between(first, last));
    let mut held: Vec<_> = cells.clone().all(tx.reader()).await?.into_iter().map(|cell| cell.class_id).collect();
    held.sort_unstable_by_key(|class| class.0);
    held.dedup();
    // Whoever writes a register of these classes waits, as for each other.
    classes::Entity::find()
        .filter(classes::Column::Id.is_in(held))
        .order_by_asc(classes::Column::Id)
        .lock_exclusive()
        .all(tx.reader())
        .await?;
    let (mut changed, mut open) = (Vec::new(), Vec::new());
    for cell in cells.all(tx.reader()).await? {
        let holds = |one: &&absence_notices::Model| one.start_date <= cell.date && cell.date <= one.end_date;
        let filled = cell.source == MarkSource::Notice && before.filter(holds).is_some();
        let unexplained = cell.reason.is_none()
            && codes.get(cell.code_id).is_some_and(|code| code.meaning == AttendanceMeaning::Absent);
        match now.filter(holds) {
            Some(now) if filled || unexplained => {
                let after = attendance_marks::Model {
                    code_id: now.code_id,
                    reason: now.reason.clone(),
                    minutes_late: None,
                    source: MarkSource::Notice,
                    updated_by: Some(user),
                    updated_at: at,
                    ..cell.clone()
                };
                changed.push((cell, after));
            }
            None if filled => open.push(cell),
            _ => {}
        }
    }
    let count = u32::try_from(changed.len() + open.len()).unwrap_or(u32::MAX);
    tx.update_many::<attendance_marks::Entity>(changed).await?;
    tx.delete_many::<attendance_marks::Entity>(&open).await?;
    Ok(count)
}
