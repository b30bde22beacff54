//! Marks are saved cell by cell in one transaction: what is good is kept, what is bad comes back with its reason, and
//! what somebody else changed in the meantime comes back with both values.

use std::collections::{HashMap, HashSet};

use ::analytics::{MarkState, Statistics};
use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{academic_sessions, classes, courses, marks};
use store::ids::{AcademicSessionId, AssessmentId, AuditEntryId, ClassId, CourseId, MarkId, StudentId, UserId};
use words::refusals;

use super::book::{Book, load_book, load_term};
use super::grading::Grading;
use super::mark::Mark;
use super::sheet::{AssessmentFooter, StudentTotal, footer, student_total, total_footer};
use crate::people::user_names;
use crate::{Call, Error, Outcome, Result};

/// The most cells that one call may save.
const MOST_CELLS: usize = 20_000;

/// One cell as it was typed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkCell {
    pub student: StudentId,
    pub assessment: AssessmentId,
    pub text: String,
    /// The version of the cell that the person saw; none where the cell was empty and had none.
    #[serde(default)]
    #[ts(optional)]
    pub seen_version: Option<i32>,
}

/// Input of [`record_marks`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordMarks {
    pub course: CourseId,
    pub term: AcademicSessionId,
    pub cells: Vec<MarkCell>,
}

/// What another person made of the cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkConflict {
    pub text: String,
    pub state: MarkState,
    /// None where the cell has gone.
    pub version: Option<i32>,
    /// Who changed it last, by name.
    pub by: Option<String>,
    pub at: Option<DateTime<Utc>>,
}

/// What a cell now holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedMark {
    /// None for a cell that is and was empty.
    pub version: Option<i32>,
    pub state: MarkState,
    pub text: String,
}

/// What became of a cell.
pub type CellOutcome = Outcome<SavedMark, MarkConflict>;

/// One cell of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CellResult {
    pub student: StudentId,
    pub assessment: AssessmentId,
    pub result: CellOutcome,
}

/// What was saved, and what follows from it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedMarks {
    /// One a cell, in the order given.
    pub cells: Vec<CellResult>,
    /// The totals of the students named in the cells.
    pub totals: Vec<StudentTotal>,
    /// The figures of the assessments named in the cells.
    pub footers: Vec<AssessmentFooter>,
    pub total_footer: Statistics,
    /// Takes back all cells of this call at once; none where nothing changed.
    pub undo: Option<AuditEntryId>,
}

/// Saves all valid cells in one transaction. Saying the same again changes nothing and is no conflict.
pub(super) async fn record_marks(call: &Call, input: RecordMarks) -> Result<RecordedMarks> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    let term = load_term(call.store().reader(), course.school_id, input.term).await?;
    if input.cells.len() > MOST_CELLS {
        return Err(Error::field("cells", "too_many", refusals::gradebook::too_many_marks(MOST_CELLS)));
    }
    let user = call.actor()?.user;
    let grading = Grading::load(call.store().reader(), course.school_id).await?;
    let ((book, cells), undo) = call
        .transact(async |tx| {
            let mut book = locked_book(tx, &course, &term).await?;
            let cells = save_cells(tx, &mut book, &input.cells, user, call.now()).await?;
            Ok((book, cells))
        })
        .await?;
    let students: HashSet<StudentId> = input.cells.iter().map(|cell| cell.student).collect();
    let assessments: HashSet<AssessmentId> = input.cells.iter().map(|cell| cell.assessment).collect();
    let of_students = book.students.iter().filter(|student| students.contains(&student.id));
    let of_assessments = book.assessments.iter().filter(|assessment| assessments.contains(&assessment.id));
    Ok(RecordedMarks {
        cells,
        totals: of_students.map(|student| student_total(&book, student.id, &grading)).collect(),
        footers: of_assessments.map(|assessment| footer(&book, assessment)).collect(),
        total_footer: total_footer(&book, &grading),
        undo,
    })
}

/// The book as it stands in this transaction, while nobody else can save marks of the course: on PostgreSQL the
/// course's row is locked, on SQLite there is one writer anyway.
async fn locked_book(tx: &Transaction<'_>, course: &courses::Model, term: &academic_sessions::Model) -> Result<Book> {
    lock_course(tx, course.id).await?;
    hold_term(tx, term.id).await?;
    load_book(tx.reader(), course.clone(), term).await
}

/// Makes everybody else who changes this course's gradebook wait for this transaction; refuses a course that is not there
/// any more.
pub(super) async fn lock_course(tx: &Transaction<'_>, course: CourseId) -> Result<()> {
    let locked = courses::Entity::find_by_id(course).lock_exclusive().one(tx.reader()).await?;
    let locked = locked
        .filter(|course| course.deleted_at.is_none())
        .ok_or_else(|| Error::not_found(refusals::gone::course()))?;
    // Who deletes the class waits too, and is waited for.
    let class = classes::Entity::find_by_id(locked.class_id).lock_shared().one(tx.reader()).await?;
    class
        .filter(|class| class.deleted_at.is_none())
        .map(|_| ())
        .ok_or_else(|| Error::not_found(refusals::gone::course()))
}

/// Makes whoever deletes this term wait for this transaction; refuses one that is not there any more.
pub(super) async fn hold_term(tx: &Transaction<'_>, term: AcademicSessionId) -> Result<()> {
    let held = academic_sessions::Entity::find_by_id(term).lock_shared().one(tx.reader()).await?;
    held.filter(|term| term.deleted_at.is_none()).map(|_| ()).ok_or_else(|| Error::not_found(refusals::gone::term()))
}

/// Makes everybody else who writes comments of this class wait for this transaction.
pub(super) async fn lock_class(tx: &Transaction<'_>, class: ClassId) -> Result<()> {
    let locked = classes::Entity::find_by_id(class).lock_exclusive().one(tx.reader()).await?;
    locked
        .filter(|class| class.deleted_at.is_none())
        .map(|_| ())
        .ok_or_else(|| Error::not_found(refusals::gone::class()))
}

/// What a cell asks for.
enum Step {
    Keep,
    Insert(marks::Model),
    Update(marks::Model, marks::Model),
}

async fn save_cells(
    tx: &mut Transaction<'_>,
    book: &mut Book,
    cells: &[MarkCell],
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<CellResult>> {
    let maxima: HashMap<AssessmentId, i64> = book.assessments.iter().map(|a| (a.id, a.maximum)).collect();
    let students: HashSet<StudentId> = book.students.iter().map(|student| student.id).collect();
    let mut seen = HashSet::new();
    let mut new = Vec::new();
    let mut results = Vec::with_capacity(cells.len());
    let mut conflicting = Vec::new();
    for cell in cells {
        let place = (cell.assessment, cell.student);
        let result = match maxima.get(&cell.assessment) {
            _ if !seen.insert(place) => Outcome::refused("twice", refusals::gradebook::cell_twice()),
            None => Outcome::refused("no_assessment", refusals::gradebook::assessment_gone()),
            Some(_) if !students.contains(&cell.student) => {
                Outcome::refused("not_enrolled", refusals::common::not_in_class_in_term())
            }
            Some(maximum) => match Mark::parse(&cell.text, *maximum) {
                Err(bad) => Outcome::refused(bad.code(), bad.said()),
                Ok(mark) => {
                    let current = book.marks.get(&place);
                    match step(cell, mark, current, book.course.school_id, user, now) {
                        None => {
                            conflicting.extend(current.and_then(|row| row.updated_by));
                            conflict(current)
                        }
                        Some(Step::Keep) => saved(mark, current.map(|row| row.version)),
                        Some(Step::Insert(row)) => {
                            book.marks.insert(place, row.clone());
                            new.push(row);
                            saved(mark, Some(1))
                        }
                        Some(Step::Update(before, after)) => {
                            let row = tx.update::<marks::Entity>(&before, after).await?;
                            let version = row.version;
                            book.marks.insert(place, row);
                            saved(mark, Some(version))
                        }
                    }
                }
            },
        };
        results.push(CellResult { student: cell.student, assessment: cell.assessment, result });
    }
    tx.insert_many::<marks::Entity>(new).await?;
    name_conflicts(tx, book, &mut results, conflicting).await?;
    Ok(results)
}

/// What to write for a valid cell; none where it conflicts with what another person wrote.
fn step(
    cell: &MarkCell,
    mark: Mark,
    current: Option<&marks::Model>,
    school_id: store::ids::SchoolId,
    user: UserId,
    now: DateTime<Utc>,
) -> Option<Step> {
    let (state, value) = mark.stored();
    match current {
        // The same again, as after an answer that was lost: nothing to do, whatever version was seen.
        Some(row) if row.state == state && row.value == value => Some(Step::Keep),
        Some(row) if cell.seen_version == Some(row.version) => {
            let after = marks::Model {
                state,
                value,
                updated_by: Some(user),
                updated_at: now,
                // What a roster said was of the score before.
                score_status: None,
                score_date: None,
                ..row.clone()
            };
            Some(Step::Update(row.clone(), after))
        }
        Some(_) => None,
        None if mark == Mark::NotEntered => Some(Step::Keep),
        None if cell.seen_version.is_none() => Some(Step::Insert(marks::Model {
            id: MarkId::new(),
            school_id,
            assessment_id: cell.assessment,
            student_id: cell.student,
            state,
            value,
            updated_by: Some(user),
            updated_at: now,
            source_id: None,
            score_status: None,
            score_date: None,
            version: 1,
        })),
        None => None,
    }
}

fn saved(mark: Mark, version: Option<i32>) -> CellOutcome {
    Outcome::Saved(SavedMark { version, state: mark.state(), text: mark.text() })
}

fn conflict(current: Option<&marks::Model>) -> CellOutcome {
    let mark = current.and_then(|row| Mark::from_stored(row.state, row.value)).unwrap_or(Mark::NotEntered);
    Outcome::Conflict {
        current: MarkConflict {
            text: mark.text(),
            state: mark.state(),
            version: current.map(|row| row.version),
            by: None,
            at: current.map(|row| row.updated_at),
        },
    }
}

/// Puts names to who wrote the other values; one query, and none without a conflict.
async fn name_conflicts(
    tx: &Transaction<'_>,
    book: &Book,
    results: &mut [CellResult],
    writers: Vec<UserId>,
) -> Result<()> {
    let names = user_names(tx.reader(), writers).await?;
    for cell in results {
        let writer = book.marks.get(&(cell.assessment, cell.student)).and_then(|row| row.updated_by);
        if let Outcome::Conflict { current } = &mut cell.result {
            current.by = writer.and_then(|user| names.get(&user).cloned());
        }
    }
    Ok(())
}
