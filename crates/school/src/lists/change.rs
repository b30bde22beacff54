//! A field that is changed in many rows of a list: first said, then done in one transaction that one undo takes back.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{ListName, SoftDeleted, classes, custom_fields, field_values, guardians, staff, students};
use store::ids::{AuditEntryId, ClassId, GuardianId, SchoolId, StaffId, StudentId};
use uuid::Uuid;
use words::refusals;

use super::own::listed;
use super::show::page;
use super::{ListOf, ShowList};
use crate::classes::{ClassChange, change_class};
use crate::error::Invalid;
use crate::paging::LARGEST_PAGE;
use crate::people::bulk::{update_staff, update_student};
use crate::people::{
    Extent, LONGEST_GRADE_LEVEL, LONGEST_JOB_TITLE, LONGEST_SEX, NameOrder, Named, OwnerOfValue, checked_value,
    field_in, name_order, of_owners, owner_id, put_value,
};
use crate::permission::rules::OFFICE;
use crate::{Access, Call, Error, ErrorCode, Outcome, Result, SavedVersion};

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
    /// Of students `gradeLevel` and `sex`, of staff `jobTitle`, of classes `gradeLevel`, `room`, `places` and `teacher`, for
    /// the office; of all of them `field:` with the identifier of a field of the school's own, for who changes that one.
    pub field: String,
    /// What the field shall be: a text, a number, for a teacher the identifier, for a field of the school's own as it keeps
    /// it; nothing where left out.
    pub value: Option<String>,
}

/// A row that would be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannedRow {
    pub id: Uuid,
    /// That of the row; for a field of the school's own that of the value, 0 where there is none.
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
    /// At most 5,000, each with the version that the plan gave.
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
    Own(Box<OwnChange>),
}

/// A field of the school's own, with what it shall hold.
struct OwnChange {
    field: custom_fields::Model,
    to: Option<String>,
    /// Those of the rows of whom whoever asks says what it holds.
    reached: HashSet<Uuid>,
}

impl Change {
    /// What is to be changed of the rows `ids`.
    async fn read(
        call: &Call,
        (school, list): (SchoolId, ListName),
        (field, value): (&str, Option<&str>),
        ids: &[Uuid],
    ) -> Result<Self> {
        let unknown = || Error::field("field", "unknown", refusals::lists::not_changed_here());
        let mut invalid = Invalid::default();
        if let Some(field) = field_in(field) {
            let listed = listed(call, school, list).await?.ok_or_else(unknown)?;
            let found = listed.find(field).ok_or_else(unknown)?;
            if found.changed == Extent::Nobody {
                return Err(Error::forbidden());
            }
            let to = checked_value(&mut invalid, "value", &found.row, value);
            invalid.check()?;
            let mut reached = HashSet::new();
            for some in ids.chunks(AT_ONCE) {
                reached.extend(listed.changeable(call, found, some).await?);
            }
            return Ok(Self::Own(Box::new(OwnChange { field: found.row.clone(), to, reached })));
        }
        // What every school has is the office's to change; a field of the school's own says for itself whose.
        Access::by_rule(call.actor()?, OFFICE, call.now())?.whole_school(school)?;
        let mut text = |longest| invalid.optional("value", value, longest);
        let change = match (list, field) {
            (ListName::Students, "gradeLevel") => Self::GradeLevel(text(LONGEST_GRADE_LEVEL)),
            (ListName::Students, "sex") => Self::Sex(text(LONGEST_SEX)),
            (ListName::Staff, "jobTitle") => Self::JobTitle(text(LONGEST_JOB_TITLE)),
            (ListName::Classes, "gradeLevel") => Self::Class(ClassChange::GradeLevel(text(LONGEST_GRADE_LEVEL))),
            (ListName::Classes, "room") => Self::Class(ClassChange::Room(text(50))),
            (ListName::Classes, "places") => Self::Class(ClassChange::Places(parsed(text(10), &mut invalid))),
            (ListName::Classes, "teacher") => Self::Class(ClassChange::Teacher(parsed(text(50), &mut invalid))),
            _ => return Err(unknown()),
        };
        invalid.check()?;
        Ok(change)
    }

    /// Whether a row is one that whoever asks may change so.
    fn reaches(&self, row: Uuid) -> bool {
        match self {
            Self::Own(own) => own.reached.contains(&row),
            _ => true,
        }
    }

    /// Refuses a field of the school's own that was changed or taken out of use meanwhile.
    async fn still_there(&self, db: &impl ConnectionTrait) -> Result<()> {
        let Self::Own(own) = self else { return Ok(()) };
        let now = custom_fields::Entity::find_by_id(own.field.id).one(db).await?;
        if now.as_ref() == Some(&own.field) { Ok(()) } else { Err(Error::not_found(refusals::gone::field())) }
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
    Guardian(guardians::Model),
    Staff(staff::Model),
    Class(classes::Model),
}

impl Stored {
    fn id(&self) -> Uuid {
        match self {
            Self::Student(row) => row.id.0,
            Self::Guardian(row) => row.id.0,
            Self::Staff(row) => row.id.0,
            Self::Class(row) => row.id.0,
        }
    }

    fn version(&self) -> i32 {
        match self {
            Self::Student(row) => row.version,
            Self::Guardian(row) => row.version,
            Self::Staff(row) => row.version,
            Self::Class(row) => row.version,
        }
    }

    fn name(&self, order: NameOrder) -> String {
        match self {
            Self::Student(row) => row.list_name(order),
            Self::Guardian(row) => row.list_name(order),
            Self::Staff(row) => row.list_name(order),
            Self::Class(row) => row.title.clone(),
        }
    }

    fn owner(&self) -> (SchoolId, OwnerOfValue) {
        match self {
            Self::Student(row) => (row.school_id, OwnerOfValue::Student(row.id)),
            Self::Guardian(row) => (row.school_id, OwnerOfValue::Guardian(row.id)),
            Self::Staff(row) => (row.school_id, OwnerOfValue::Staff(row.id)),
            Self::Class(row) => (row.school_id, OwnerOfValue::Class(row.id)),
        }
    }
}

/// A row with what the field of a change holds of it, where it is one of the school's own.
struct Found {
    row: Stored,
    held: Option<field_values::Model>,
}

impl Found {
    /// Of what is changed.
    fn version(&self, change: &Change) -> i32 {
        match change {
            Change::Own(_) => self.held.as_ref().map_or(0, |held| held.version),
            _ => self.row.version(),
        }
    }

    /// What the field of a change is, and whether that is what it shall be.
    fn now(&self, change: &Change, teachers: &HashMap<StaffId, String>) -> (Option<String>, bool) {
        match (&self.row, change) {
            (_, Change::Own(own)) => {
                let held = self.held.as_ref().map(|held| held.value.clone());
                let same = held == own.to;
                (held, same)
            }
            (Stored::Student(row), Change::GradeLevel(to)) => (row.grade_level.clone(), row.grade_level == *to),
            (Stored::Student(row), Change::Sex(to)) => (row.sex.clone(), row.sex == *to),
            (Stored::Staff(row), Change::JobTitle(to)) => (row.job_title.clone(), row.job_title == *to),
            (Stored::Class(row), Change::Class(to)) => match to {
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

    /// The version of what was changed; none where nothing is left of it.
    async fn changed(self, tx: &mut Transaction<'_>, change: &Change) -> Result<Option<i32>> {
        Ok(Some(match (self.row, change) {
            (row, Change::Own(own)) => {
                return put_value(tx, row.owner(), own.field.id, self.held.as_ref(), own.to.clone()).await;
            }
            (Stored::Student(before), Change::GradeLevel(to)) => {
                let after = students::Model { grade_level: to.clone(), ..before.clone() };
                update_student(tx, &before, after).await?.version
            }
            (Stored::Student(before), Change::Sex(to)) => {
                let after = students::Model { sex: to.clone(), ..before.clone() };
                update_student(tx, &before, after).await?.version
            }
            (Stored::Staff(before), Change::JobTitle(to)) => {
                let after = staff::Model { job_title: to.clone(), ..before.clone() };
                update_staff(tx, &before, after).await?.version
            }
            (Stored::Class(before), Change::Class(to)) => change_class(tx, before, to).await?.version,
            (row, _) => row.version(),
        }))
    }
}

/// The rows of a school that exist, by identifier; for a field of the school's own those of whom whoever asks says what it
/// holds.
async fn stored(
    db: &impl ConnectionTrait,
    (school, list): (SchoolId, ListName),
    ids: &[Uuid],
    change: &Change,
) -> Result<HashMap<Uuid, Found>> {
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
            ListName::Guardians => rows!(guardians, GuardianId, some, Guardian),
            ListName::Staff => rows!(staff, StaffId, some, Staff),
            ListName::Classes => rows!(classes, ClassId, some, Class),
            ListName::Courses | ListName::Users => Vec::new(),
        };
        let mut held = HashMap::new();
        if let Change::Own(own) = change {
            let values = of_owners(own.field.about, some)
                .filter(field_values::Column::SchoolId.eq(school))
                .filter(field_values::Column::FieldId.eq(own.field.id));
            held.extend(values.all(db).await?.into_iter().filter_map(|value| Some((owner_id(&value)?, value))));
        }
        let rows = rows.into_iter().filter(|row| change.reaches(row.id()));
        found.extend(rows.map(|row| (row.id(), Found { held: held.remove(&row.id()), row })));
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
    call.access().at(input.school)?;
    let list = input.of.kind();
    let ids = match input.rows {
        Some(rows) => rows,
        None => all_shown(call, input.school, input.of, input.search).await?,
    };
    if ids.len() > MOST {
        return Err(too_many());
    }
    let change = Change::read(call, (input.school, list), (&input.field, input.value.as_deref()), &ids).await?;
    let db = call.store().reader();
    let order = name_order(db, input.school).await?;
    let teachers = teachers_for(db, input.school, order, &change).await?;
    let mut found = stored(db, (input.school, list), &ids, &change).await?;
    let mut plan = FieldPlan { rows: Vec::new(), same: 0 };
    for row in ids.iter().filter_map(|id| found.remove(id)) {
        match row.now(&change, &teachers) {
            (_, true) => plan.same += 1,
            (now, false) => {
                let version = row.version(&change);
                plan.rows.push(PlannedRow { id: row.row.id(), version, name: row.row.name(order), now });
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
    call.access().at(input.school)?;
    if input.rows.len() > MOST {
        return Err(too_many());
    }
    let ids: Vec<Uuid> = input.rows.iter().map(|row| row.id).collect();
    let change = Change::read(call, (input.school, input.list), (&input.field, input.value.as_deref()), &ids).await?;
    let (rows, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            change.still_there(tx.reader()).await?;
            let order = name_order(tx.reader(), input.school).await?;
            let teachers = teachers_for(tx.reader(), input.school, order, &change).await?;
            let mut found = stored(tx.reader(), (input.school, input.list), &ids, &change).await?;
            let mut rows = Vec::with_capacity(input.rows.len());
            for (done, seen) in input.rows.iter().enumerate() {
                call.job.progress(done, input.rows.len())?;
                let stored = found.remove(&seen.id);
                let name = stored.as_ref().map(|found| found.row.name(order));
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
    row: Found,
    seen: i32,
    change: &Change,
    teachers: &HashMap<StaffId, String>,
) -> Result<Outcome<SavedVersion, Option<String>>> {
    let saved = |version| Ok(Outcome::Saved(SavedVersion { version }));
    match row.now(change, teachers) {
        (_, true) => saved(Some(row.version(change)).filter(|version| *version > 0)),
        (current, false) if row.version(change) != seen => Ok(Outcome::Conflict { current }),
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
