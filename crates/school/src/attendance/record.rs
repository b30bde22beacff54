//! Writing the register: all cells of a call in one transaction, each student once a day or lesson by the database's own
//! key, and a person's word over a camera's.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{attendance_marks, classes, registers};
use store::ids::{AttendanceCodeId, AttendanceMarkId, AuditEntryId, RegisterId, StudentId, UserId};
use words::refusals;

use super::ahead::known_ahead;
use super::place::{Codes, Place};
use super::register::{MarkSource, OfRegister, RegisterMark, taken};
use crate::error::Invalid;
use crate::people::user_names;
use crate::schools::AttendanceMeaning;
use crate::{Call, Error, Outcome, Result, SavedVersion};

/// The most cells of one call.
const MOST_CELLS: usize = 2_000;
/// The longest reason, in characters.
const LONGEST_REASON: usize = 200;
/// The most minutes that one is late: a day.
const MOST_MINUTES: i32 = 1_440;

/// One cell as it was given.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct AttendanceEntry {
    pub student: StudentId,
    /// None clears the cell.
    pub code: Option<AttendanceCodeId>,
    pub reason: Option<String>,
    /// Only with a code that means late.
    pub minutes_late: Option<i32>,
    /// The version of the cell that the person saw; none where it was empty.
    pub seen_version: Option<i32>,
}

/// Input of [`record_attendance`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RecordAttendance {
    #[serde(flatten)]
    pub register: OfRegister,
    pub marks: Vec<AttendanceEntry>,
}

/// What somebody else made of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceConflict {
    #[serde(flatten)]
    pub mark: RegisterMark,
    /// Whether that stands: a person has said otherwise, and a camera does not overrule a person.
    pub stands: bool,
}

/// What became of a cell.
pub type AttendanceOutcome = Outcome<SavedVersion, AttendanceConflict>;

/// One cell of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceCell {
    pub student: StudentId,
    pub result: AttendanceOutcome,
}

/// What was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedAttendance {
    /// One a cell, in the order given.
    pub cells: Vec<AttendanceCell>,
    /// Takes back all of this call at once; none where nothing changed.
    pub undo: Option<AuditEntryId>,
}

/// Input of [`take_register`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakeRegister {
    #[serde(flatten)]
    pub register: OfRegister,
    /// Gives those without a code the code for present; without it they are an error.
    #[serde(default)]
    pub rest_present: bool,
}

/// A checked cell.
#[derive(Clone, Debug)]
pub struct Entry {
    pub student: StudentId,
    pub code: Option<AttendanceCodeId>,
    pub reason: Option<String>,
    pub minutes_late: Option<i32>,
    pub seen_version: Option<i32>,
    /// It was known ahead, whoever writes it down.
    pub known_ahead: bool,
}

/// Saves the cells of a register in one transaction, as the person's own word: what cameras and the kiosk write goes
/// through the sessions that saw it, so that nobody can say of a mark that a camera set it. What cannot be right is refused as a whole; what somebody else
/// decided in the meantime comes back with it. Saying the same again changes nothing.
pub(super) async fn record_attendance(call: &Call, input: RecordAttendance) -> Result<RecordedAttendance> {
    let access = call.access();
    let place = Place::find(call, access, &input.register).await?;
    let codes = Codes::load(call.store().reader(), place.school()).await?;
    let user = call.actor()?.user;
    let now = call.now();
    let (cells, undo) = call
        .transact(async |tx| {
            lock(tx, &place).await?;
            let entries = checked(tx, &place, &codes, &input.marks).await?;
            write_entries(tx, &place, &codes, &entries, Writer { source: MarkSource::Hand, user, now }).await
        })
        .await?;
    Ok(RecordedAttendance { cells, undo })
}

/// Gives every student who has no code yet the code for present.
pub(super) async fn mark_all_present(call: &Call, input: OfRegister) -> Result<RecordedAttendance> {
    let access = call.access();
    let place = Place::find(call, access, &input).await?;
    let codes = Codes::load(call.store().reader(), place.school()).await?;
    let user = call.actor()?.user;
    let now = call.now();
    let (cells, undo) = call
        .transact(async |tx| {
            lock(tx, &place).await?;
            let entries = rest_present(tx, &place, &codes).await?;
            write_entries(tx, &place, &codes, &entries, Writer { source: MarkSource::Hand, user, now }).await
        })
        .await?;
    Ok(RecordedAttendance { cells, undo })
}

/// Says that the register has been taken. Every student must have a code, or gets the one for present.
pub(super) async fn take_register(call: &Call, input: TakeRegister) -> Result<RecordedAttendance> {
    let access = call.access();
    let place = Place::find(call, access, &input.register).await?;
    let codes = Codes::load(call.store().reader(), place.school()).await?;
    let user = call.actor()?.user;
    let now = call.now();
    let (cells, undo) = call
        .transact(async |tx| {
            lock(tx, &place).await?;
            let entries = rest_present(tx, &place, &codes).await?;
            if !input.rest_present && !entries.is_empty() {
                let unmarked = entries.len();
                return Err(Error::field("students", "unmarked", refusals::attendance::unmarked(unmarked))
                    .details(serde_json::json!({ "unmarked": unmarked })));
            }
            let writer = Writer { source: MarkSource::Hand, user, now };
            let cells = write_entries(tx, &place, &codes, &entries, writer).await?;
            write_register(tx, &place, Some((user, now))).await?;
            Ok(cells)
        })
        .await?;
    Ok(RecordedAttendance { cells, undo })
}

/// Writes the register's own row: who took it, where somebody did, and that it was begun on purpose on a day without school.
async fn write_register(tx: &mut Transaction<'_>, place: &Place, by: Option<(UserId, DateTime<Utc>)>) -> Result<()> {
    let before = taken(tx.reader(), place).await?;
    let mut row = before.clone().unwrap_or_else(|| registers::Model {
        id: RegisterId::new(),
        school_id: place.school(),
        class_id: place.class.id,
        date: place.date,
        lesson: place.lesson,
        taken_by: None,
        taken_at: None,
        even_if_no_school: false,
        version: 1,
    });
    row.even_if_no_school |= place.even_if_no_school;
    if let Some((user, now)) = by {
        (row.taken_by, row.taken_at) = (Some(user), Some(now));
    }
    match before {
        Some(before) => tx.update::<registers::Entity>(&before, row).await?,
        None => tx.insert::<registers::Entity>(row).await?,
    };
    Ok(())
}

/// Makes everybody else who writes registers of this class wait for this transaction.
pub async fn lock(tx: &Transaction<'_>, place: &Place) -> Result<()> {
    let locked = classes::Entity::find_by_id(place.class.id).lock_exclusive().one(tx.reader()).await?;
    locked
        .filter(|class| class.deleted_at.is_none())
        .map(|_| ())
        .ok_or_else(|| Error::not_found(refusals::gone::class()))
}

/// For those who have no code yet: what is known ahead of them, else present.
async fn rest_present(tx: &Transaction<'_>, place: &Place, codes: &Codes) -> Result<Vec<Entry>> {
    let students: Vec<StudentId> = place.students(tx.reader()).await?.into_iter().map(|student| student.id).collect();
    let marks = place.marks(tx.reader(), &students).await?;
    let present = codes.meaning(AttendanceMeaning::Present)?.id;
    let without: Vec<StudentId> = students.into_iter().filter(|student| !marks.contains_key(student)).collect();
    let mut ahead = known_ahead(tx.reader(), place.school(), &without, place.date).await?;
    let entry = |student| match ahead.remove(&student) {
        Some(notice) => Entry { reason: notice.reason, known_ahead: true, ..Entry::plain(student, notice.code_id) },
        None => Entry::plain(student, present),
    };
    Ok(without.into_iter().map(entry).collect())
}

impl Entry {
    /// A code and nothing else, for a cell that was seen empty.
    pub fn plain(student: StudentId, code: AttendanceCodeId) -> Self {
        Self { student, code: Some(code), reason: None, minutes_late: None, seen_version: None, known_ahead: false }
    }
}

/// Checks all cells, so that all that is wrong is shown at once.
async fn checked(tx: &Transaction<'_>, place: &Place, codes: &Codes, marks: &[AttendanceEntry]) -> Result<Vec<Entry>> {
    let mut invalid = Invalid::default();
    if marks.len() > MOST_CELLS {
        invalid.push("marks", "too_many", refusals::attendance::too_many_at_once(MOST_CELLS));
        invalid.check()?;
        return Ok(Vec::new());
    }
    let enrolled: HashSet<StudentId> = place.students(tx.reader()).await?.into_iter().map(|s| s.id).collect();
    let mut seen = HashSet::new();
    let mut entries = Vec::with_capacity(marks.len());
    for (i, mark) in marks.iter().enumerate() {
        let field = |name: &str| format!("marks.{i}.{name}");
        if !enrolled.contains(&mark.student) {
            invalid.push(&field("student"), "not_enrolled", refusals::attendance::not_in_class_on_day());
        } else if !seen.insert(mark.student) {
            invalid.push(&field("student"), "twice", refusals::common::student_twice());
        }
        let code = mark.code.map(|id| codes.in_use().find(|code| code.id == id));
        match (code, mark.minutes_late) {
            (Some(None), _) => invalid.push(&field("code"), "unknown", refusals::attendance::unknown_code()),
            (Some(Some(code)), Some(_)) if code.meaning != AttendanceMeaning::Late => {
                invalid.push(&field("minutesLate"), "only_late", refusals::attendance::minutes_only_late());
            }
            (_, Some(minutes)) if !(0..=MOST_MINUTES).contains(&minutes) => {
                invalid.push(
                    &field("minutesLate"),
                    "out_of_range",
                    refusals::attendance::minutes_out_of_range(MOST_MINUTES),
                );
            }
            _ => {}
        }
        entries.push(Entry {
            student: mark.student,
            code: mark.code,
            reason: invalid.optional(&field("reason"), mark.reason.as_deref(), LONGEST_REASON),
            minutes_late: mark.minutes_late,
            seen_version: mark.seen_version,
            known_ahead: false,
        });
    }
    invalid.check()?;
    Ok(entries)
}

/// Who writes, when, by what means.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    pub source: MarkSource,
    pub user: UserId,
    pub now: DateTime<Utc>,
}

/// What a cell asks for.
enum Step {
    Keep,
    Insert(attendance_marks::Model),
    Update(attendance_marks::Model, attendance_marks::Model),
    Delete(attendance_marks::Model),
    PersonDecided,
    Conflict,
}

/// Writes checked cells in few statements. The class must be locked.
pub async fn write_entries(
    tx: &mut Transaction<'_>,
    place: &Place,
    codes: &Codes,
    entries: &[Entry],
    writer: Writer,
) -> Result<Vec<AttendanceCell>> {
    let students: Vec<StudentId> = entries.iter().map(|entry| entry.student).collect();
    let current = place.marks(tx.reader(), &students).await?;
    let (mut new, mut changed, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut cells = Vec::with_capacity(entries.len());
    for entry in entries {
        let row = current.get(&entry.student);
        let version = match step(entry, row, place, writer) {
            Step::Keep => Some(row.map(|row| row.version)),
            Step::Insert(row) => {
                new.push(row);
                Some(Some(1))
            }
            Step::Update(before, after) => {
                let version = before.version + 1;
                changed.push((before, after));
                Some(Some(version))
            }
            Step::Delete(row) => {
                tx.delete::<attendance_marks::Entity>(&row).await?;
                Some(None)
            }
            Step::PersonDecided => {
                others.push((cells.len(), true));
                None
            }
            Step::Conflict => {
                others.push((cells.len(), false));
                None
            }
        };
        let result = Outcome::Saved(SavedVersion { version: version.flatten() });
        cells.push(AttendanceCell { student: entry.student, result });
    }
    if place.even_if_no_school && !(new.is_empty() && changed.is_empty()) {
        write_register(tx, place, None).await?;
    }
    tx.insert_many::<attendance_marks::Entity>(new).await?;
    tx.update_many::<attendance_marks::Entity>(changed).await?;
    show_others(tx, codes, &current, &mut cells, others).await?;
    Ok(cells)
}

/// Puts what others decided into the cells at these places; `true`: a person over a camera.
async fn show_others(
    tx: &Transaction<'_>,
    codes: &Codes,
    current: &HashMap<StudentId, attendance_marks::Model>,
    cells: &mut [AttendanceCell],
    others: Vec<(usize, bool)>,
) -> Result<()> {
    let rows: Vec<_> = others
        .into_iter()
        .filter_map(|(cell, person)| current.get(&cells[cell].student).map(|row| (cell, person, row)))
        .collect();
    let names = user_names(tx.reader(), rows.iter().filter_map(|(_, _, row)| row.updated_by)).await?;
    for (cell, person, row) in rows {
        let by = row.updated_by.and_then(|user| names.get(&user).cloned());
        let current = AttendanceConflict { mark: RegisterMark::of(row, codes, by)?, stands: person };
        cells[cell].result = Outcome::Conflict { current };
    }
    Ok(())
}

fn step(entry: &Entry, current: Option<&attendance_marks::Model>, place: &Place, writer: Writer) -> Step {
    let by_hand = writer.source == MarkSource::Hand;
    let Some(row) = current else {
        return match entry.code {
            None => Step::Keep,
            Some(code_id) => Step::Insert(attendance_marks::Model {
                id: AttendanceMarkId::new(),
                school_id: place.school(),
                class_id: place.class.id,
                student_id: entry.student,
                date: place.date,
                lesson: place.lesson,
                code_id,
                reason: entry.reason.clone(),
                minutes_late: entry.minutes_late,
                source: if entry.known_ahead { MarkSource::Notice } else { writer.source },
                updated_by: Some(writer.user),
                updated_at: writer.now,
                version: 1,
            }),
        };
    };
    let decided = row.source == MarkSource::Hand;
    let same = entry.code == Some(row.code_id) && entry.reason == row.reason && entry.minutes_late == row.minutes_late;
    if same && (decided || !by_hand) {
        return Step::Keep;
    }
    match (by_hand, decided) {
        (false, true) => return Step::PersonDecided,
        (true, true) if entry.seen_version != Some(row.version) => return Step::Conflict,
        _ => {}
    }
    let Some(code_id) = entry.code else { return Step::Delete(row.clone()) };
    let after = attendance_marks::Model {
        code_id,
        class_id: place.class.id,
        reason: entry.reason.clone(),
        minutes_late: entry.minutes_late,
        source: writer.source,
        updated_by: Some(writer.user),
        updated_at: writer.now,
        ..row.clone()
    };
    Step::Update(row.clone(), after)
}

#[cfg(test)]
mod tests {
    use store::ids::{AcademicSessionId, ClassId, SchoolId};

    use super::*;

    #[test]
    fn a_persons_word_stands_against_a_camera() {
        let class = classes::Model {
            id: ClassId::new(),
            school_id: SchoolId::new(),
            year_id: AcademicSessionId::new(),
            title: "7A".to_owned(),
            grade_level: None,
            room: None,
            homeroom_staff_id: None,
            source_id: None,
            deleted_at: None,
            sort_title: String::new(),
            kind: store::entities::ClassKind::Homeroom,
            places: None,
            version: 1,
        };
        let place =
            Place { class, date: "2026-10-14".parse().unwrap(), lesson: 0, off: None, even_if_no_school: false };
        let writer = |source| Writer { source, user: UserId::new(), now: DateTime::UNIX_EPOCH };
        let (present, absent) = (AttendanceCodeId::new(), AttendanceCodeId::new());
        let student = StudentId::new();
        let by_hand = Entry::plain(student, absent);
        let Step::Insert(row) = step(&by_hand, None, &place, writer(MarkSource::Hand)) else { panic!("not written") };
        assert_eq!(row.source, MarkSource::Hand);
        for source in [MarkSource::Camera, MarkSource::Photograph, MarkSource::Kiosk] {
            let seen = step(&Entry::plain(student, present), Some(&row), &place, writer(source));
            assert!(matches!(seen, Step::PersonDecided), "{source:?}");
        }
    }
}
