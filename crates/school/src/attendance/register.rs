//! The register of a class on a day or in a lesson, as the screen shows it.

use ::analytics::AttendanceCounts;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{attendance_marks, registers};
use store::ids::{AttendanceCodeId, ClassId, StudentId};

use super::ahead::known_ahead;
use super::place::{Codes, Place};
use crate::people::{user_names, with_medical_note};
use crate::schools::{AttendanceCodeRow, AttendanceMeaning, OffDay, school_day};
use crate::{Call, Error, Result};

/// Names one register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfRegister {
    pub class: ClassId,
    pub date: NaiveDate,
    /// 1 to 20; 0 is the whole day.
    #[serde(default)]
    pub lesson: i32,
    /// Says that it is meant although there is no school on the day; without it a register of such a day is refused, unless
    /// it was begun before.
    #[serde(default)]
    #[ts(optional)]
    pub even_if_no_school: Option<bool>,
}

pub use store::entities::MarkSource;

/// What a cell of the register holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegisterMark {
    pub code: AttendanceCodeId,
    pub meaning: AttendanceMeaning,
    pub reason: Option<String>,
    pub minutes_late: Option<i32>,
    pub source: MarkSource,
    pub by: Option<String>,
    pub at: DateTime<Utc>,
    /// Whether it was changed after it had first been written: there is a history to look at.
    pub changed: bool,
    pub version: i32,
}

impl RegisterMark {
    pub(super) fn of(row: &attendance_marks::Model, codes: &Codes, by: Option<String>) -> Result<Self> {
        let code =
            codes.get(row.code_id).ok_or_else(|| Error::internal("a register holds a code of another school"))?;
        Ok(Self {
            code: row.code_id,
            meaning: code.meaning,
            reason: row.reason.clone(),
            minutes_late: row.minutes_late,
            source: row.source,
            by,
            at: row.updated_at,
            changed: row.version > 1,
            version: row.version,
        })
    }
}

/// A student of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegisterStudent {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub preferred_name: Option<String>,
    pub native_name: Option<String>,
    /// Whether there is a medical note that whoever asks may read.
    pub medical: bool,
    /// None while the student has no code.
    pub mark: Option<RegisterMark>,
    /// What is known ahead of the day, while the student has no code: taking the register writes it down.
    pub ahead: Option<KnownAhead>,
}

/// An absence that is known ahead, as a register shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownAhead {
    pub code: AttendanceCodeId,
    pub reason: Option<String>,
    pub said_by: Option<String>,
    /// The last day of it.
    pub end: NaiveDate,
}

/// A register as it stands.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Register {
    pub class: ClassId,
    pub class_title: String,
    pub date: NaiveDate,
    pub lesson: i32,
    /// Whether the date is the school's today.
    pub today: bool,
    /// Why there is no school on the day, where it was begun all the same.
    pub no_school: Option<OffDay>,
    /// By name.
    pub students: Vec<RegisterStudent>,
    /// The codes that may be given, in their order.
    pub codes: Vec<AttendanceCodeRow>,
    pub counts: AttendanceCounts,
    /// Students who have no code yet.
    pub unmarked: u32,
    pub taken_by: Option<String>,
    pub taken_at: Option<DateTime<Utc>>,
    /// 0 while nobody has taken it.
    pub version: i32,
}

/// The register of a class on a day or in a lesson.
pub(super) async fn register(call: &Call, input: OfRegister) -> Result<Register> {
    let access = call.access();
    let place = Place::find(call, access, &input).await?;
    let db = call.store().reader();
    let today = school_day(call, db, place.school()).await? == place.date;
    let students = place.students(db).await?;
    let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
    let marks = place.marks(db, &ids).await?;
    let medical = with_medical_note(call, db, place.school(), &ids).await?;
    let codes = Codes::load(db, place.school()).await?;
    let without: Vec<StudentId> = ids.iter().copied().filter(|id| !marks.contains_key(id)).collect();
    let mut ahead = known_ahead(db, place.school(), &without, place.date).await?;
    let taken = taken(db, &place).await?;
    let writers = marks.values().filter_map(|mark| mark.updated_by);
    let names = user_names(db, writers.chain(taken.as_ref().and_then(|row| row.taken_by))).await?;
    let mut counts = AttendanceCounts::default();
    let mut rows = Vec::with_capacity(students.len());
    for student in students {
        let by = |mark: &attendance_marks::Model| mark.updated_by.and_then(|user| names.get(&user).cloned());
        let mark = marks.get(&student.id).map(|mark| RegisterMark::of(mark, &codes, by(mark))).transpose()?;
        if let Some(mark) = &mark {
            count(&mut counts, mark.meaning, 1);
        }
        rows.push(RegisterStudent {
            student: student.id,
            number: student.number,
            given_name: student.given_name,
            family_name: student.family_name,
            preferred_name: student.preferred_name,
            native_name: student.native_name,
            medical: medical.contains(&student.id),
            ahead: ahead.remove(&student.id).map(|notice| KnownAhead {
                code: notice.code_id,
                reason: notice.reason,
                said_by: notice.said_by,
                end: notice.end_date,
            }),
            mark,
        });
    }
    Ok(Register {
        unmarked: rows.iter().filter(|row| row.mark.is_none()).count() as u32,
        class: place.class.id,
        class_title: place.class.title,
        date: place.date,
        lesson: place.lesson,
        no_school: place.off,
        today,
        students: rows,
        codes: codes.in_use().cloned().collect(),
        counts,
        taken_by: taken.as_ref().and_then(|row| row.taken_by).and_then(|user| names.get(&user).cloned()),
        taken_at: taken.as_ref().and_then(|row| row.taken_at),
        version: taken.map_or(0, |row| row.version),
    })
}

/// The row that says that the register was taken; none before.
pub(super) async fn taken(db: &impl ConnectionTrait, place: &Place) -> Result<Option<registers::Model>> {
    Ok(registers::Entity::find()
        .filter(registers::Column::SchoolId.eq(place.school()))
        .filter(registers::Column::ClassId.eq(place.class.id))
        .filter(registers::Column::Date.eq(place.date))
        .filter(registers::Column::Lesson.eq(place.lesson))
        .one(db)
        .await?)
}

/// Adds to the count of a meaning.
pub(super) fn count(counts: &mut AttendanceCounts, meaning: AttendanceMeaning, by: u32) {
    match meaning {
        AttendanceMeaning::Present => counts.present += by,
        AttendanceMeaning::Late => counts.late += by,
        AttendanceMeaning::Absent => counts.absent += by,
        AttendanceMeaning::Excused => counts.excused += by,
    }
}
