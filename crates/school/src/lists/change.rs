//! A field that is changed in many rows of a list: first said, then done in one transaction that one undo takes back.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{ListName, SoftDeleted, classes, staff, students};
use store::ids::{AuditEntryId, ClassId, SchoolId, StaffId, StudentId};
use uuid::Uuid;
use words::refusals;

use super::show::page;
use super::{ListOf, ShowList};
use crate::classes::{ClassChange, change_class};
use crate::error::Invalid;
use crate::paging::LARGEST_PAGE;
use crate::people::bulk::{update_staff, update_student};
use crate::people::{LONGEST_GRADE_LEVEL, LONGEST_JOB_TITLE, LONGEST_SEX, NameOrder, Named, name_order};
use crate::{Call, Error, ErrorCode, Outcome, Result, SavedVersion};

/// A row as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RowSeen {
    pub id: Uuid,
    pub version: i32,
}

/// Input of [`plan_change`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct PlanChange {
    pub school: SchoolId,
    /// The list as it is shown.
    pub of: ListOf,
    pub search: Option<String>,
    /// The rows that were chosen, at most 5,000; left out: all that the list shows.
    pub rows: Option<Vec<Uuid>>,
    /// Of students `gradeLevel` and `sex`, of staff `jobTitle`, of classes `gradeLevel`, `room`, `places` and `teacher`.
    pub field: String,
    /// What the field shall be: a text, a number, for a teacher the identifier; nothing where left out.
    pub value: Option<String>,
}

/// A row that would be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannedRow {
    pub id: Uuid,
    pub version: i32,
    /// Whom or what it is about.
    pub name: String,
    /// What the field is now; of a teacher the name.
    pub now: Option<String>,
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldPlan {
    /// Those that would be changed, as they are now.
    pub rows: Vec<PlannedRow>,
    /// How many have the value already.
    pub same: u32,
}

/// Input of [`change_field`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ChangeField {
    pub school: SchoolId,
    pub list: ListName,
    /// At most 5,000.
    pub rows: Vec<RowSeen>,
    /// As in [`plan_change`].
    pub field: String,
    pub value: Option<String>,
}

/// What became of a row. Of one that somebody else changed meanwhile, what the field is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RowOutcome {
    pub id: Uuid,
    /// Whom or what it is about; none where it is gone.
    pub name: Option<String>,
    pub outcome: Outcome<SavedVersion, Option<String>>,
}

/// What [`change_field`] did.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManyChanged {
    /// In the order in which the rows were given.
    pub rows: Vec<RowOutcome>,
    pub undo: Option<AuditEntryId>,
}

/// The most rows of one change.
const MOST: usize = 5_000;
/// Rows that are read in one statement.
const AT_ONCE: usize = 500;

/// A field, with what it shall be, checked.
enum Change {
    GradeLevel(Option<String>),
    Sex(Option<String>),
    JobTitle(Option<String>),
    Class(ClassChange),
}

impl Change {
    fn read(list: ListName, field: &str, value: Option<&str>) -> Result<Self> {
        let mut invalid = Invalid::default();
        let mut text = |longest| invalid.optional("value", value, longest);
        let change = match (list, field) {
            (ListName::Students, "gradeLevel") => Self::GradeLevel(text(LONGEST_GRADE_LEVEL)),
            (ListName::Students, "sex") => Self::Sex(text(LONGEST_SEX)),
            (ListName::Staff, "jobTitle") => Self::JobTitle(text(LONGEST_JOB_TITLE)),
            (ListName::Classes, "gradeLevel") => Self::Class(ClassChange::GradeLevel(text(LONGEST_GRADE_LEVEL))),
            (ListName::Classes, "room") => Self::Class(ClassChange::Room(text(50))),
            (ListName::Classes, "places") => Self::Class(ClassChange::Places(parsed(text(10), &mut invalid))),
            (ListName::Classes, "teacher") => Self::Class(ClassChange::Teacher(parsed(text(50), &mut invalid))),
            _ => return Err(Error::field("field", "unknown", refusals::lists::not_changed_here())),
        };
        invalid.check()?;
        Ok(change)
    }
}

fn parsed<T: std::str::FromStr>(text: Option<String>, invalid: &mut Invalid) -> Option<T> {
    let read = text.as_deref().map(str::parse::<T>);
    if read.as_ref().is_some_and(Result::is_err) {
        invalid.push("value", "unreadable", refusals::lists::unreadable_value());
    }
    read.and_then(std::result::Result::ok)
}

/// A row as it is stored.
enum Stored {
    Student(students::Model),
    Staff(staff::Model),
    Class(classes::Model),
}

impl Stored {
    fn id(&self) -> Uuid {
        match self {
            Self::Student(row) => row.id.0,
            Self::Staff(row) => row.id.0,
            Self::Class(row) => row.id.0,
        }
    }

    fn version(&self) -> i32 {
        match self {
            Self::Student(row) => row.version,
            Self::Staff(row) => row.version,
            Self::Class(row) => row.version,
        }
    }

    fn name(&self, order: NameOrder) -> String {
        match self {
            Self::Student(row) => row.list_name(order),
            Self::Staff(row) => row.list_name(order),
            Self::Class(row) => row.title.clone(),
        }
    }

    /// What the field of a change is, and whether that is what it shall be.
    fn now(&self, change: &Change, teachers: &HashMap<StaffId, String>) -> (Option<String>, bool) {
        match (self, change) {
            (Self::Student(row), Change::GradeLevel(to)) => (row.grade_level.clone(), row.grade_level == *to),
            (Self::Student(row), Change::Sex(to)) => (row.sex.clone(), row.sex == *to),
            (Self::Staff(row), Change::JobTitle(to)) => (row.job_title.clone(), row.job_title == *to),
            (Self::Class(row), Change::Class(to)) => match to {
                ClassChange::GradeLevel(to) => (row.grade_level.clone(), row.grade_level == *to),
                ClassChange::Room(to) => (row.room.clone(), row.room == *to),
                ClassChange::Places(to) => (row.places.map(|places| places.to_string()), row.places == *to),
                ClassChange::Teacher(to) => {
                    let name = row.homeroom_staff_id.and_then(|teacher| teachers.get(&teacher).cloned());
                    (name, row.homeroom_staff_id == *to)
                }
            },
            _ => (None, true),
        }
    }

    async fn changed(self, tx: &mut Transaction<'_>, change: &Change) -> Result<i32> {
        Ok(match (self, change) {
            (Self::Student(before), Change::GradeLevel(to)) => {
                let after = students::Model { grade_level: to.clone(), ..before.clone() };
                update_student(tx, &before, after).await?.version
            }
            (Self::Student(before), Change::Sex(to)) => {
                let after = students::Model { sex: to.clone(), ..before.clone() };
                update_student(tx, &before, after).await?.version
            }
            (Self::Staff(before), Change::JobTitle(to)) => {
                let after = staff::Model { job_title: to.clone(), ..before.clone() };
                update_staff(tx, &before, after).await?.version
            }
            (Self::Class(before), Change::Class(to)) => change_class(tx, before, to).await?.version,
            (row, _) => row.version(),
        })
    }
}

/// The rows of a school that exist, by identifier.
async fn stored(
    db: &impl ConnectionTrait,
    school: SchoolId,
    list: ListName,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Stored>> {
    macro_rules! rows {
        ($table:ident, $id:ident, $some:expr, $kind:ident) => {
            $table::Entity::find()
                .filter($table::Column::SchoolId.eq(school))
                .filter($table::Entity::existing())
                .filter($table::Column::Id.is_in($some.iter().map(|id| $id(*id))))
                .all(db)
                .await?
                .into_iter()
                .map(Stored::$kind)
                .collect::<Vec<_>>()
        };
    }
    let mut found = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let rows = match list {
            ListName::Students => rows!(students, StudentId, some, Student),
            ListName::Staff => rows!(staff, StaffId, some, Staff),
            ListName::Classes => rows!(classes, ClassId, some, Class),
            ListName::Courses | ListName::Users => Vec::new(),
        };
        found.extend(rows.into_iter().map(|row| (row.id(), row)));
    }
    Ok(found)
}

/// The names of who is teacher of a class.
async fn teachers(db: &impl ConnectionTrait, school: SchoolId, order: NameOrder) -> Result<HashMap<StaffId, String>> {
    let found = staff::Entity::find().filter(staff::Column::SchoolId.eq(school)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.id, row.list_name(order))).collect())
}

async fn teachers_for(
    db: &impl ConnectionTrait,
    school: SchoolId,
    order: NameOrder,
    change: &Change,
) -> Result<HashMap<StaffId, String>> {
    match change {
        Change::Class(ClassChange::Teacher(_)) => teachers(db, school, order).await,
        _ => Ok(HashMap::new()),
    }
}

/// Says which rows a change would change and how many have the value already.
pub(super) async fn plan_change(call: &Call, input: PlanChange) -> Result<FieldPlan> {
    call.access().whole_school(input.school)?;
    let list = input.of.kind();
    let change = Change::read(list, &input.field, input.value.as_deref())?;
    let ids = match input.rows {
        Some(rows) => rows,
        None => all_shown(call, input.school, input.of, input.search).await?,
    };
    if ids.len() > MOST {
        return Err(too_many());
    }
    let db = call.store().reader();
    let order = name_order(db, input.school).await?;
    let teachers = teachers_for(db, input.school, order, &change).await?;
    let mut found = stored(db, input.school, list, &ids).await?;
    let mut plan = FieldPlan { rows: Vec::new(), same: 0 };
    for row in ids.iter().filter_map(|id| found.remove(id)) {
        match row.now(&change, &teachers) {
            (_, true) => plan.same += 1,
            (now, false) => {
                plan.rows.push(PlannedRow { id: row.id(), version: row.version(), name: row.name(order), now });
            }
        }
    }
    Ok(plan)
}

/// The rows of a list, all of them.
async fn all_shown(call: &Call, school: SchoolId, of: ListOf, search: Option<String>) -> Result<Vec<Uuid>> {
    let shown = ShowList { school, of, search, sort: None, columns: Vec::new(), offset: None, limit: None };
    let mut ids: Vec<Uuid> = Vec::new();
    loop {
        let read = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        let found = page(call, &shown, read, LARGEST_PAGE).await?;
        let total = usize::try_from(found.total).unwrap_or(usize::MAX);
        if total > MOST {
            return Err(too_many());
        }
        let last = found.rows.is_empty();
        ids.extend(found.rows.into_iter().map(|row| row.id));
        if last || ids.len() >= total {
            return Ok(ids);
        }
    }
}

fn too_many() -> Error {
    Error::field("rows", "too_many", refusals::lists::too_many_rows(MOST))
}

/// Changes a field of rows. What somebody else changed since it was seen, and what a rule refuses, stays as it is and is told;
/// the rest is kept.
pub(super) async fn change_field(call: &Call, input: ChangeField) -> Result<ManyChanged> {
    call.access().whole_school(input.school)?;
    let change = Change::read(input.list, &input.field, input.value.as_deref())?;
    if input.rows.len() > MOST {
        return Err(too_many());
    }
    let ids: Vec<Uuid> = input.rows.iter().map(|row| row.id).collect();
    let (rows, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let order = name_order(tx.reader(), input.school).await?;
            let teachers = teachers_for(tx.reader(), input.school, order, &change).await?;
            let mut found = stored(tx.reader(), input.school, input.list, &ids).await?;
            let mut rows = Vec::with_capacity(input.rows.len());
            for (done, seen) in input.rows.iter().enumerate() {
                call.job.progress(done, input.rows.len())?;
                let stored = found.remove(&seen.id);
                let name = stored.as_ref().map(|row| row.name(order));
                let outcome = match stored {
                    None => Outcome::refused("gone", refusals::gone::record()),
                    Some(row) => become_of(tx, row, seen.version, &change, &teachers).await?,
                };
                rows.push(RowOutcome { id: seen.id, name, outcome });
            }
            Ok(rows)
        })
        .await?;
    Ok(ManyChanged { rows, undo })
}

async fn become_of(
    tx: &mut Transaction<'_>,
    row: Stored,
    seen: i32,
    change: &Change,
    teachers: &HashMap<StaffId, String>,
) -> Result<Outcome<SavedVersion, Option<String>>> {
    let saved = |version| Ok(Outcome::Saved(SavedVersion { version: Some(version) }));
    match row.now(change, teachers) {
        (_, true) => saved(row.version()),
        (current, false) if row.version() != seen => Ok(Outcome::Conflict { current }),
        _ => match row.changed(tx, change).await {
            Ok(version) => saved(version),
            Err(Error { code: ErrorCode::Invalid, fields, message, .. }) => Ok(match fields.into_iter().next() {
                Some(field) => Outcome::refused(&field.code, field.message),
                None => Outcome::refused("invalid", message),
            }),
            Err(other) => Err(other),
        },
    }
}
