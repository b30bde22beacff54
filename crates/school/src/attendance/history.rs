//! What a student's register cells held, and every change of them with who made it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::entities::{attendance_marks, audit_changes, audit_entries, classes};
use store::ids::{AttendanceCodeId, AttendanceMarkId, AuditEntryId, ClassId, SchoolId, StudentId, UserId};
use words::refusals;

use super::place::Codes;
use super::register::RegisterMark;
use crate::paging::page_size;
use crate::people::user_names;
use crate::{Call, Error, Page, Result};

/// Input of [`attendance_history`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct AttendanceHistory {
    pub student: StudentId,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    #[ts(type = "number | null")]
    pub offset: Option<u64>,
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
}

/// What a cell held from a moment on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceChange {
    pub at: DateTime<Utc>,
    pub by: Option<String>,
    /// The code's letter.
    pub code: Option<String>,
    pub reason: Option<String>,
    pub minutes_late: Option<i64>,
    /// How it was done: the name of the operation.
    pub operation: String,
}

/// One day or lesson of a student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    pub date: NaiveDate,
    pub lesson: i32,
    pub class: ClassId,
    pub class_title: String,
    /// The code's letter.
    pub code: String,
    /// The code's title.
    pub code_title: String,
    pub mark: RegisterMark,
    /// Newest first; the last one is how it was first written.
    pub changes: Vec<AttendanceChange>,
}

/// A student's days and lessons with what each held and when it changed, newest first.
pub(super) async fn attendance_history(call: &Call, input: AttendanceHistory) -> Result<Page<HistoryRow>> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student_or_deleted(db, input.student).await?;
    if input.from.zip(input.to).is_some_and(|(from, to)| to < from) {
        return Err(Error::field("to", "before_start", refusals::attendance::end_before_start()));
    }
    let mut query = attendance_marks::Entity::find()
        .filter(attendance_marks::Column::SchoolId.eq(student.school_id))
        .filter(attendance_marks::Column::StudentId.eq(student.id));
    if let Some(from) = input.from {
        query = query.filter(attendance_marks::Column::Date.gte(from));
    }
    if let Some(to) = input.to {
        query = query.filter(attendance_marks::Column::Date.lte(to));
    }
    let total = query.clone().count(db).await?;
    let marks = query
        .order_by_desc(attendance_marks::Column::Date)
        .order_by_desc(attendance_marks::Column::Lesson)
        .offset(input.offset.unwrap_or(0))
        .limit(page_size(input.limit))
        .all(db)
        .await?;
    let codes = Codes::load(db, student.school_id).await?;
    let mut trail = Trail::load(db, student.school_id, &marks).await?;
    let titles = class_titles(db, &marks).await?;
    let rows = marks.iter().map(|mark| trail.row(mark, &codes, &titles, call.services.house)).collect::<Result<_>>()?;
    Ok(Page { rows, total })
}

async fn class_titles(
    db: &impl ConnectionTrait,
    marks: &[attendance_marks::Model],
) -> Result<HashMap<ClassId, String>> {
    let mut ids: Vec<ClassId> = marks.iter().map(|mark| mark.class_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = classes::Entity::find().filter(classes::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|class| (class.id, class.title)).collect())
}

/// The audited changes of some marks.
struct Trail {
    /// Newest first.
    changes: HashMap<AttendanceMarkId, Vec<audit_changes::Model>>,
    entries: HashMap<AuditEntryId, audit_entries::Model>,
    names: HashMap<UserId, String>,
}

impl Trail {
    async fn load(db: &impl ConnectionTrait, school: SchoolId, marks: &[attendance_marks::Model]) -> Result<Self> {
        let rows = marks.iter().map(|mark| mark.id.0);
        // Identifiers are made in the order of time, so they sort as the changes happened.
        let found = audit_changes::Entity::find()
            .filter(audit_changes::Column::SchoolId.eq(school))
            .filter(audit_changes::Column::RowId.is_in(rows))
            .order_by_desc(audit_changes::Column::Id)
            .all(db)
            .await?;
        let mut ids: Vec<AuditEntryId> = found.iter().map(|change| change.entry_id).collect();
        ids.dedup();
        let entries: HashMap<_, _> = audit_entries::Entity::find()
            .filter(audit_entries::Column::Id.is_in(ids))
            .all(db)
            .await?
            .into_iter()
            .map(|entry| (entry.id, entry))
            .collect();
        let writers =
            entries.values().filter_map(|entry| entry.user_id).chain(marks.iter().filter_map(|m| m.updated_by));
        let names = user_names(db, writers).await?;
        let mut changes: HashMap<_, Vec<_>> = HashMap::new();
        for change in found {
            changes.entry(AttendanceMarkId(change.row_id)).or_default().push(change);
        }
        Ok(Self { changes, entries, names })
    }

    fn row(
        &mut self,
        mark: &attendance_marks::Model,
        codes: &Codes,
        titles: &HashMap<ClassId, String>,
        house: &kernel::House,
    ) -> Result<HistoryRow> {
        let by = mark.updated_by.and_then(|user| self.names.get(&user).cloned());
        let mut state = serde_json::to_value(mark)?;
        let mut changes = Vec::new();
        for change in self.changes.remove(&mark.id).unwrap_or_default() {
            if let Some(entry) = self.entries.get(&change.entry_id) {
                changes.push(AttendanceChange {
                    at: entry.at,
                    by: entry.user_id.and_then(|user| self.names.get(&user).cloned()),
                    code: code_of(&state, codes),
                    reason: state["reason"].as_str().map(str::to_owned),
                    minutes_late: state["minutes_late"].as_i64(),
                    operation: house.name_now(&entry.operation).to_owned(),
                });
            }
            // The change says what the fields held before it: one step back in time.
            if let (Json::Object(now), Some(Json::Object(before))) = (&mut state, change.before) {
                now.extend(before);
            }
        }
        let shown = RegisterMark::of(mark, codes, by)?;
        let code = codes.get(mark.code_id);
        Ok(HistoryRow {
            date: mark.date,
            lesson: mark.lesson,
            class: mark.class_id,
            class_title: titles.get(&mark.class_id).cloned().unwrap_or_default(),
            code: code.map(|code| code.code.clone()).unwrap_or_default(),
            code_title: code.map(|code| code.title.clone()).unwrap_or_default(),
            mark: shown,
            changes,
        })
    }
}

fn code_of(state: &Json, codes: &Codes) -> Option<String> {
    let id: AttendanceCodeId = serde_json::from_value(state["code_id"].clone()).ok()?;
    codes.get(id).map(|code| code.code.clone())
}
