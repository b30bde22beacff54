//! The audit trail as people read it: the changes of one row, and the newest changes of a school.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::entities::{Acts, Part, Row, audit_changes, audit_entries, guardians, guardianships, merges};
use store::ids::{AuditEntryId, SchoolId, StudentId, UserId};
use uuid::Uuid;

use super::acts::{Act, WhyNot, acts, changes_any};
use super::rows::Rows;
use super::tables::{self, permit_row};
use super::words::{ActWords, counted};
use crate::paging::page_size;
use crate::people::user_names;
use crate::schools::{OfSchool, find_school};
use crate::{Access, Call, Context, Error, Operation, Page, Reach, Result};

/// Input of [`history`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct History {
    pub school: SchoolId,
    /// The table's name, as in announcements: `students`, `classes`, `marks` …
    pub table: String,
    pub row: Uuid,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// The column's name, as `given_name`.
    pub field: String,
    #[ts(type = "unknown")]
    pub before: Json,
    #[ts(type = "unknown")]
    pub after: Json,
}

/// One change of a row.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    pub entry: AuditEntryId,
    pub operation: String,
    pub user: Option<UserId>,
    pub user_name: Option<String>,
    pub at: DateTime<Utc>,
    /// `insert`, `update` or `delete`.
    pub kind: String,
    pub fields: Vec<FieldChange>,
    pub undone: bool,
}

/// Input of [`recent_changes`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RecentChanges {
    pub school: SchoolId,
    /// Only what this user did.
    pub user: Option<UserId>,
    /// Only this operation.
    pub operation: Option<String>,
    /// Only from this day on, a day of the school's time zone.
    pub from: Option<NaiveDate>,
    /// Only up to this day.
    pub to: Option<NaiveDate>,
    /// Only what was about this student.
    pub student: Option<StudentId>,
    /// Only changes of this part of the school.
    pub part: Option<Part>,
    /// Only this one.
    pub entry: Option<AuditEntryId>,
    pub offset: Option<u64>,
    pub limit: Option<u64>,
}

/// How many rows of a table an operation changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RowCount {
    pub table: String,
    pub rows: i64,
    /// The row, where it is one.
    pub row: Option<Uuid>,
}

/// One operation that changed something.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeEntry {
    pub entry: AuditEntryId,
    pub operation: String,
    pub user: Option<UserId>,
    pub user_name: Option<String>,
    pub at: DateTime<Utc>,
    pub changed: Vec<RowCount>,
    pub undone: bool,
    /// Whether it took another operation back.
    pub is_undo: bool,
    /// What it was about.
    pub words: ActWords,
    /// Whether the person may do the same, and so take it back.
    pub may_undo: bool,
    /// Why it cannot be taken back now; none where it can, and in lists that do not offer it.
    pub why_not: Option<WhyNot>,
}

/// Somebody who changed something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeMaker {
    pub user: UserId,
    pub name: String,
}

/// The changes of one row, newest first; at most 200. It asks what reading the row asks.
pub(super) async fn history(call: &Call, input: History) -> Result<Vec<HistoryEntry>> {
    call.access().at(input.school)?;
    let acts = tables::acts_on(&input.table).ok_or_else(Error::forbidden)?;
    let reading = tables::reading(call, acts.readers)?;
    permit_row(&reading, &mut Rows::new(call), input.school, &input.table, input.row).await?;
    let db = call.store().reader();
    let changes = audit_changes::Entity::find()
        .filter(audit_changes::Column::SchoolId.eq(input.school))
        .filter(audit_changes::Column::RowId.eq(input.row))
        .filter(audit_changes::Column::TableName.eq(input.table))
        .order_by_desc(audit_changes::Column::Id)
        .limit(200)
        .all(db)
        .await?;
    let ids = changes.iter().map(|change| change.entry_id);
    let entries = audit_entries::Entity::find().filter(audit_entries::Column::Id.is_in(ids)).all(db).await?;
    let names = user_names(db, entries.iter().filter_map(|entry| entry.user_id)).await?;
    let house = call.services.house;
    Ok(changes
        .into_iter()
        .filter_map(|change| {
            let entry = entries.iter().find(|entry| entry.id == change.entry_id)?;
            Some(HistoryEntry {
                entry: entry.id,
                operation: house.name_now(&entry.operation).to_owned(),
                user: entry.user_id,
                user_name: entry.user_id.and_then(|user| names.get(&user).cloned()),
                at: entry.at,
                fields: fields(change.before, change.after),
                kind: change.kind.name().to_owned(),
                undone: entry.undone_by.is_some(),
            })
        })
        .collect())
}

fn fields(before: Option<Json>, after: Option<Json>) -> Vec<FieldChange> {
    let mut changed: BTreeMap<String, (Json, Json)> = BTreeMap::new();
    if let Some(Json::Object(before)) = before {
        for (field, value) in before {
            changed.entry(field).or_default().0 = value;
        }
    }
    if let Some(Json::Object(after)) = after {
        for (field, value) in after {
            changed.entry(field).or_default().1 = value;
        }
    }
    changed.into_iter().map(|(field, (before, after))| FieldChange { field, before, after }).collect()
}

/// The newest changes of a school, by whomever: only those of which the person may read something.
pub(super) async fn recent_changes(call: &Call, input: RecentChanges) -> Result<Page<ChangeEntry>> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let readable = tables::readable(call, input.school)?;
    let of_part = |acts: &Acts| input.part.is_none_or(|part| part == acts.part);
    let wanted: Vec<_> = readable.into_iter().filter(|(_, acts)| of_part(acts)).map(|(name, _)| name).collect();
    let mut found = audit_entries::Entity::find()
        .filter(audit_entries::Column::SchoolId.eq(input.school))
        .filter(changes_any(&wanted));
    if let Some(user) = input.user {
        found = found.filter(audit_entries::Column::UserId.eq(user));
    }
    if let Some(operation) = &input.operation {
        let house = call.services.house;
        found = found.filter(audit_entries::Column::Operation.is_in(house.names_ever(house.name_now(operation))));
    }
    if let Some(entry) = input.entry {
        found = found.filter(audit_entries::Column::Id.eq(entry));
    }
    let zone = find_school(db, input.school).await?.time_zone;
    if let Some(from) = input.from {
        found = found.filter(audit_entries::Column::At.gte(beginning(from, &zone)));
    }
    if let Some(next) = input.to.and_then(|to| to.checked_add_days(Days::new(1))) {
        found = found.filter(audit_entries::Column::At.lt(beginning(next, &zone)));
    }
    if let Some(student) = input.student {
        found = found.filter(about_student(input.school, student, &wanted));
    }
    let total = found.clone().count(db).await?;
    let entries = found
        .order_by_desc(audit_entries::Column::At)
        .order_by_desc(audit_entries::Column::Id)
        .offset(input.offset.unwrap_or(0))
        .limit(page_size(input.limit))
        .all(db)
        .await?;
    Ok(Page { rows: described(call, input.school, entries, true).await?, total })
}

/// The first moment of a day in a time zone (UTC where it is not known). Where clocks skip midnight, the day begins later.
fn beginning(day: NaiveDate, zone: &str) -> DateTime<Utc> {
    let zone: chrono_tz::Tz = zone.parse().unwrap_or(chrono_tz::UTC);
    let midnight = day.and_time(NaiveTime::MIN);
    let first =
        (0..4).find_map(|hour| zone.from_local_datetime(&(midnight + chrono::Duration::hours(hour))).earliest());
    first.map_or_else(|| midnight.and_utc(), |first| first.with_timezone(&Utc))
}

/// Whether an entry changed a row of these tables that is about the student, or a guardian of the student.
fn about_student(school: SchoolId, student: StudentId, tables: &[&str]) -> Expr {
    let of_student = guardianships::Entity::find()
        .select_only()
        .column(guardianships::Column::GuardianId)
        .filter(guardianships::Column::SchoolId.eq(school))
        .filter(guardianships::Column::StudentId.eq(student))
        .into_query();
    let of_guardian = audit_changes::Column::TableName
        .eq(guardians::Entity::TABLE)
        .and(audit_changes::Column::RowId.in_subquery(of_student));
    // The history of a record that went into this one is this student's.
    let went = merges::Entity::find()
        .select_only()
        .column(merges::Column::StudentId)
        .filter(merges::Column::SchoolId.eq(school))
        .filter(merges::Column::IntoStudentId.eq(student))
        .into_query();
    let of_student =
        audit_changes::Column::StudentId.eq(student).or(audit_changes::Column::StudentId.in_subquery(went));
    let about = audit_changes::Entity::find()
        .select_only()
        .column(audit_changes::Column::EntryId)
        .filter(audit_changes::Column::SchoolId.eq(school))
        .filter(audit_changes::Column::TableName.is_in(tables.iter().copied()))
        .filter(of_student.or(of_guardian))
        .into_query();
    audit_entries::Column::Id.in_subquery(about)
}

/// Who changed something in a school, by name.
pub(super) async fn change_makers(call: &Call, input: OfSchool) -> Result<Vec<ChangeMaker>> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let users: Vec<Option<UserId>> = audit_entries::Entity::find()
        .select_only()
        .column(audit_entries::Column::UserId)
        .distinct()
        .filter(audit_entries::Column::SchoolId.eq(input.school))
        .into_tuple()
        .all(db)
        .await?;
    let names = user_names(db, users.into_iter().flatten()).await?;
    let mut makers: Vec<ChangeMaker> = names.into_iter().map(|(user, name)| ChangeMaker { user, name }).collect();
    makers.sort_by_key(|maker| (store::fold(&maker.name), maker.user));
    Ok(makers)
}

/// The newest changes by these operations; for the office's view of today.
pub(super) async fn newest(
    context: &Context,
    school: SchoolId,
    operations: &[&Operation],
    count: u64,
) -> Result<Vec<ChangeEntry>> {
    let ever = operations.iter().flat_map(|operation| context.services.house.names_ever(operation.name()));
    let entries = audit_entries::Entity::find()
        .filter(audit_entries::Column::SchoolId.eq(school))
        .filter(audit_entries::Column::Operation.is_in(ever))
        .order_by_desc(audit_entries::Column::At)
        .order_by_desc(audit_entries::Column::Id)
        .limit(count)
        .all(context.store().reader())
        .await?;
    described(context, school, entries, false).await
}

/// The entries with what they were about, of what the person may read; `asked` whether each can be taken back.
async fn described(
    context: &Context,
    school: SchoolId,
    entries: Vec<audit_entries::Model>,
    asked: bool,
) -> Result<Vec<ChangeEntry>> {
    let actor = context.actor()?;
    let readable: Vec<&str> = tables::readable(context, school)?.into_iter().map(|(name, _)| name).collect();
    let operations: Vec<String> =
        entries.iter().map(|entry| context.services.house.name_now(&entry.operation).to_owned()).collect();
    let counts = counted(context, &entries.iter().map(|entry| entry.id).collect::<Vec<_>>()).await?;
    let mut rows = Rows::new(context);
    let mut described = Vec::with_capacity(entries.len());
    for (act, operation) in acts(context, &mut rows, entries, Some(&readable), asked).await?.into_iter().zip(operations)
    {
        let Act { entry, at, user, user_name, words, is_undo, undone_by, why_not } = act;
        let may = |operation| Access::of(actor, operation, context.now()).and_then(|access| access.at(school));
        let may_undo =
            context.services.house.operation(&words.operation).is_some_and(|of| may(of) == Ok(Reach::School));
        let mut changed: BTreeMap<&str, i64> = BTreeMap::new();
        let readable = |table: &str| readable.contains(&table);
        for count in counts.iter().filter(|count| count.entry_id == entry && readable(&count.table_name)) {
            *changed.entry(&count.table_name).or_default() += count.rows;
        }
        let mut of_tables = Vec::with_capacity(changed.len());
        for (table, rows) in changed {
            let row = if rows == 1 { row_of(context, entry, table).await? } else { None };
            of_tables.push(RowCount { table: table.to_owned(), rows, row });
        }
        let undone = undone_by.is_some();
        described.push(ChangeEntry {
            entry,
            operation,
            user,
            user_name,
            at,
            changed: of_tables,
            undone,
            is_undo,
            words,
            may_undo,
            why_not,
        });
    }
    Ok(described)
}

/// The row, where an operation changed one of a table.
async fn row_of(context: &Context, entry: AuditEntryId, table: &str) -> Result<Option<Uuid>> {
    let change = audit_changes::Entity::find()
        .filter(audit_changes::Column::EntryId.eq(entry))
        .filter(audit_changes::Column::TableName.eq(table))
        .one(context.store().reader())
        .await?;
    Ok(change.map(|change| change.row_id))
}
