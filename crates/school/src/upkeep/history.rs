//! The audit trail as people read it: the changes of one row, and the newest changes of a school.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::entities::{assessments, audit_changes, audit_entries, users};
use store::ids::{AssessmentId, AuditEntryId, ClassId, CourseId, SchoolId, StudentId, UserId};
use uuid::Uuid;

use crate::paging::page_size;
use crate::{Access, Context, Error, Operation, Page, Reach, Result};

/// Input of [`history`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct History {
    pub school: SchoolId,
    /// The table's name, as in announcements: `students`, `classes`, `marks` …
    pub table: String,
    pub row: Uuid,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
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
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
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
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RecentChanges {
    pub school: SchoolId,
    /// Only what this user did.
    pub user: Option<UserId>,
    /// Only this operation.
    pub operation: Option<String>,
    pub offset: Option<u64>,
    pub limit: Option<u64>,
}

/// How many rows of a table an operation changed.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct RowCount {
    pub table: String,
    pub rows: i64,
    /// The row, where it is one.
    pub row: Option<Uuid>,
}

/// One operation that changed something.
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
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
}

/// The changes of one row, newest first; at most 200.
pub async fn history(context: &Context, input: History) -> Result<Vec<HistoryEntry>> {
    let access = context.permit(Operation::history)?;
    permit_row(context, &access, &input).await?;
    let db = context.store().reader();
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
    let names = user_names(context, &entries).await?;
    Ok(changes
        .into_iter()
        .filter_map(|change| {
            let entry = entries.iter().find(|entry| entry.id == change.entry_id)?;
            Some(HistoryEntry {
                entry: entry.id,
                operation: entry.operation.clone(),
                user: entry.user_id,
                user_name: entry.user_id.and_then(|user| names.get(&user).cloned()),
                at: entry.at,
                fields: fields(change.before, change.after),
                kind: change.kind,
                undone: entry.undone_by.is_some(),
            })
        })
        .collect())
}

/// Somebody who does not reach the whole school sees the history of what they reach, by the row's own scope.
async fn permit_row(context: &Context, access: &Access, input: &History) -> Result<()> {
    if access.at(input.school)? == Reach::School {
        return Ok(());
    }
    let db = context.store().reader();
    match input.table.as_str() {
        "students" => access.student(db, StudentId(input.row)).await.map(drop),
        "classes" => access.class(db, ClassId(input.row)).await.map(drop),
        "courses" => access.course(db, CourseId(input.row)).await.map(drop),
        "assessments" => permit_assessment(context, access, AssessmentId(input.row)).await,
        "marks" => {
            let mark = store::entities::marks::Entity::find_by_id(input.row).one(db).await?;
            let mark = mark.ok_or_else(|| Error::not_found("mark"))?;
            permit_assessment(context, access, mark.assessment_id).await
        }
        "attendance_marks" => {
            let mark = store::entities::attendance_marks::Entity::find_by_id(input.row).one(db).await?;
            let mark = mark.ok_or_else(|| Error::not_found("register entry"))?;
            access.class(db, mark.class_id).await.map(drop)
        }
        _ => Err(Error::forbidden()),
    }
}

async fn permit_assessment(context: &Context, access: &Access, id: AssessmentId) -> Result<()> {
    let db = context.store().reader();
    let found = assessments::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found("assessment"))?;
    access.course(db, found.course_id).await.map(drop)
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

async fn user_names(context: &Context, entries: &[audit_entries::Model]) -> Result<HashMap<UserId, String>> {
    let mut ids: Vec<UserId> = entries.iter().filter_map(|entry| entry.user_id).collect();
    ids.sort();
    ids.dedup();
    let found = users::Entity::find().filter(users::Column::Id.is_in(ids)).all(context.store().reader()).await?;
    Ok(found.into_iter().map(|user| (user.id, crate::people::full_name(&user.given_name, &user.family_name))).collect())
}

/// The newest changes of a school, by whomever.
pub async fn recent_changes(context: &Context, input: RecentChanges) -> Result<Page<ChangeEntry>> {
    let access = context.permit(Operation::recent_changes)?;
    access.whole_school(input.school)?;
    let db = context.store().reader();
    let mut found = audit_entries::Entity::find().filter(audit_entries::Column::SchoolId.eq(input.school));
    if let Some(user) = input.user {
        found = found.filter(audit_entries::Column::UserId.eq(user));
    }
    if let Some(operation) = &input.operation {
        found = found.filter(audit_entries::Column::Operation.eq(operation.as_str()));
    }
    let total = found.clone().count(db).await?;
    let entries = found
        .order_by_desc(audit_entries::Column::At)
        .order_by_desc(audit_entries::Column::Id)
        .offset(input.offset.unwrap_or(0))
        .limit(page_size(input.limit))
        .all(db)
        .await?;
    Ok(Page { rows: described(context, entries).await?, total })
}

/// The newest changes by these operations; for the office's view of today.
pub(super) async fn newest(
    context: &Context,
    school: SchoolId,
    operations: &[Operation],
    count: u64,
) -> Result<Vec<ChangeEntry>> {
    let entries = audit_entries::Entity::find()
        .filter(audit_entries::Column::SchoolId.eq(school))
        .filter(audit_entries::Column::Operation.is_in(operations.iter().map(|operation| operation.name())))
        .order_by_desc(audit_entries::Column::At)
        .order_by_desc(audit_entries::Column::Id)
        .limit(count)
        .all(context.store().reader())
        .await?;
    described(context, entries).await
}

async fn described(context: &Context, entries: Vec<audit_entries::Model>) -> Result<Vec<ChangeEntry>> {
    let names = user_names(context, &entries).await?;
    let mut counts = row_counts(context, &entries).await?;
    Ok(entries
        .into_iter()
        .map(|entry| ChangeEntry {
            user_name: entry.user_id.and_then(|user| names.get(&user).cloned()),
            changed: counts.remove(&entry.id).unwrap_or_default(),
            entry: entry.id,
            operation: entry.operation,
            user: entry.user_id,
            at: entry.at,
            undone: entry.undone_by.is_some(),
            is_undo: entry.undoes.is_some(),
        })
        .collect())
}

async fn row_counts(
    context: &Context,
    entries: &[audit_entries::Model],
) -> Result<HashMap<AuditEntryId, Vec<RowCount>>> {
    let ids: Vec<AuditEntryId> = entries.iter().map(|entry| entry.id).collect();
    let db = context.store().reader();
    let counted: Vec<(AuditEntryId, String, i64)> = audit_changes::Entity::find()
        .select_only()
        .column(audit_changes::Column::EntryId)
        .column(audit_changes::Column::TableName)
        .column_as(audit_changes::Column::Id.count(), "rows")
        .filter(audit_changes::Column::EntryId.is_in(ids.iter().copied()))
        .group_by(audit_changes::Column::EntryId)
        .group_by(audit_changes::Column::TableName)
        .into_tuple()
        .all(db)
        .await?;
    // The row itself is named where an operation changed one row of a table.
    let single: Vec<AuditEntryId> = counted.iter().filter(|(_, _, rows)| *rows == 1).map(|(id, _, _)| *id).collect();
    let mut by_table: HashMap<AuditEntryId, Vec<RowCount>> = HashMap::new();
    for (entry, table, rows) in counted {
        let row = if rows == 1 && single.contains(&entry) {
            audit_changes::Entity::find()
                .filter(audit_changes::Column::EntryId.eq(entry))
                .filter(audit_changes::Column::TableName.eq(table.as_str()))
                .one(db)
                .await?
                .map(|change| change.row_id)
        } else {
            None
        };
        by_table.entry(entry).or_default().push(RowCount { table, rows, row });
    }
    for counts in by_table.values_mut() {
        counts.sort_by(|a, b| a.table.cmp(&b.table));
    }
    Ok(by_table)
}
