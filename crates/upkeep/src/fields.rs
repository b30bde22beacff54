//! An act opened: each row that it changed, by name, and its fields before and after in words that people know.

use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::entities::{ChangeKind, Contact, MarkKept, Part, audit_changes, audit_entries};
use store::ids::{AuditEntryId, StudentId};
use words::refusals;

use super::rows::{Rows, text};
use super::tables;
use crate::gradebook::{Mark, format_decimal};
use crate::paging::page_size;
use crate::{Call, Error, Page, Result};

/// Input of [`change_details`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ChangeDetails {
    pub entry: AuditEntryId,
    pub offset: Option<u64>,
    pub limit: Option<u64>,
}

/// A row that an act changed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangedRow {
    pub part: Part,
    /// `insert`, `update` or `delete`.
    pub kind: String,
    pub name: Option<String>,
    pub place: Option<String>,
    pub student: Option<StudentId>,
    /// What differs; of a new or deleted row all that it holds.
    pub fields: Vec<ChangedField>,
}

/// A field of a row, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangedField {
    /// A stable word for which the screen has a text.
    pub field: String,
    pub before: Shown,
    pub after: Shown,
}

/// A value as a screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "is", content = "value")]
pub enum Shown {
    Nothing,
    Text(String),
    /// A date without a time.
    Day(String),
    /// A time in UTC.
    Moment(String),
    /// An exact number as text.
    Number(String),
    Yes,
    No,
    /// A stable word for which the screen has a text.
    Word(String),
    /// Stable words for which the screen has texts.
    Words(Vec<String>),
    /// Telephone numbers and e-mail addresses, each with the word for it.
    Contacts(Vec<Contact>),
}

/// What an act changed, row by row; only rows that the person may read. What it changed in other schools is theirs to read.
pub(super) async fn change_details(call: &Call, input: ChangeDetails) -> Result<Page<ChangedRow>> {
    let access = call.access();
    let db = call.store().reader();
    let entry = audit_entries::Entity::find_by_id(input.entry).one(db).await?;
    let entry = entry.ok_or_else(|| Error::not_found(refusals::gone::change()))?;
    let school = entry.school_id.ok_or_else(Error::forbidden)?;
    access.whole_school(school)?;
    let readable = tables::readable(call, school)?;
    let found = audit_changes::Entity::find()
        .filter(audit_changes::Column::EntryId.eq(entry.id))
        .filter(audit_changes::Column::SchoolId.eq(school).or(audit_changes::Column::SchoolId.is_null()))
        .filter(audit_changes::Column::TableName.is_in(readable.iter().map(|(name, _)| *name)))
        .order_by_asc(audit_changes::Column::Id);
    let total = found.clone().count(db).await?;
    let page = found.offset(input.offset.unwrap_or(0)).limit(page_size(input.limit)).all(db).await?;
    let mut rows = Rows::new(call);
    let mut shown = Vec::with_capacity(page.len());
    for change in page {
        let Some(acts) = tables::acts_on(&change.table_name) else { continue };
        shown.push(ChangedRow {
            part: acts.part,
            name: rows.name(&change.table_name, change.row_id).await?,
            place: rows.place(&change.table_name, change.row_id).await?,
            student: change.student_id,
            fields: fields(&mut rows, &change).await?,
            kind: change.kind.name().to_owned(),
        });
    }
    Ok(Page { rows: shown, total })
}

/// What differs between the row before and after the change.
async fn fields(rows: &mut Rows<'_>, change: &audit_changes::Model) -> Result<Vec<ChangedField>> {
    let (before, after) = around(rows, change).await?;
    let before = presented(rows, &change.table_name, before).await?;
    let after = presented(rows, &change.table_name, after).await?;
    let mut fields: Vec<ChangedField> = Vec::new();
    let value = |list: &[(String, Shown)], field: &str| {
        list.iter().find(|(name, _)| name == field).map_or(Shown::Nothing, |(_, shown)| shown.clone())
    };
    for (field, _) in after.iter().chain(&before) {
        if fields.iter().any(|known| known.field == *field) {
            continue;
        }
        let (was, is) = (value(&before, field), value(&after, field));
        if was != is {
            fields.push(ChangedField { field: field.clone(), before: was, after: is });
        }
    }
    Ok(fields)
}

/// The whole row before and after a change. The audit holds only what differed, so later changes are taken back from
/// what the row is now.
async fn around(rows: &mut Rows<'_>, change: &audit_changes::Model) -> Result<(Option<Json>, Option<Json>)> {
    let table = change.table_name.as_str();
    if change.kind == ChangeKind::Delete {
        return Ok((change.before.clone(), None));
    }
    let later = audit_changes::Entity::find()
        .filter(audit_changes::Column::RowId.eq(change.row_id))
        .filter(audit_changes::Column::TableName.eq(table))
        .filter(audit_changes::Column::Id.gt(change.id))
        .order_by_desc(audit_changes::Column::Id)
        .all(rows.db())
        .await?;
    let mut row = store::read_rows(rows.db(), table, &[change.row_id]).await?.remove(&change.row_id);
    for step in later {
        row = match step.kind {
            ChangeKind::Delete => step.before,
            ChangeKind::Insert => None,
            ChangeKind::Update => merged(row, step.before),
        };
    }
    let before = if change.kind == ChangeKind::Insert { None } else { merged(row.clone(), change.before.clone()) };
    Ok((before, row))
}

fn merged(row: Option<Json>, fields: Option<Json>) -> Option<Json> {
    match (row, fields) {
        (Some(Json::Object(mut row)), Some(Json::Object(fields))) => {
            row.extend(fields);
            Some(Json::Object(row))
        }
        (row, _) => row,
    }
}

/// Written by Homeroom itself: it says nothing to a person.
pub(super) const INNER: [&str; 26] = [
    "entered_by",
    "entered_at",
    "id",
    "version",
    "school_id",
    "stay_id",
    "transfer_id",
    "sort_name",
    "sort_given",
    "sort_title",
    "expected_on",
    "created_at",
    "source_id",
    "username_folded",
    "updated_by",
    "updated_at",
    "written_by",
    "written_at",
    "position",
    "taken_by",
    "recorded_by",
    "said_by",
    "must_change_password",
    "model",
    "model_version",
    "quality",
];

/// The fields of a row as they are shown, in their order.
async fn presented(rows: &mut Rows<'_>, table: &str, row: Option<Json>) -> Result<Vec<(String, Shown)>> {
    let Some(Json::Object(mut row)) = row else { return Ok(Vec::new()) };
    if table == "settings" {
        row = match row.remove("value") {
            Some(Json::Object(settings)) => settings,
            _ => Map::new(),
        };
    }
    let mut shown = Vec::new();
    if table == "marks" {
        let state = row["state"].as_str().and_then(MarkKept::parse);
        let mark = state.and_then(|state| Mark::from_stored(state, row["value"].as_i64()));
        let text = mark.map(Mark::text).filter(|text| !text.is_empty());
        shown.push(("mark".to_owned(), text.map_or(Shown::Nothing, Shown::Text)));
        row.remove("state");
        row.remove("value");
    }
    for (field, value) in row {
        if !INNER.contains(&field.as_str()) {
            let value = presented_value(rows, table, &field, &value).await?;
            shown.push((field, value));
        }
    }
    Ok(shown)
}

async fn presented_value(rows: &mut Rows<'_>, table: &str, field: &str, value: &Json) -> Result<Shown> {
    if let Some(named) = named_table(field) {
        let row = Json::Object(Map::from_iter([(field.to_owned(), value.clone())]));
        return Ok(rows.named_by(&row, field, named).await?.map_or(Shown::Nothing, Shown::Text));
    }
    Ok(match value {
        Json::Null => Shown::Nothing,
        Json::Bool(true) => Shown::Yes,
        Json::Bool(false) => Shown::No,
        Json::String(_) if field == "picture_id" => Shown::Word("picture".to_owned()),
        Json::String(text) if text.is_empty() => Shown::Nothing,
        Json::String(text) if field.ends_with("_at") => Shown::Moment(text.clone()),
        Json::String(text) if field == "date" || field.ends_with("_date") => Shown::Day(text.clone()),
        Json::String(text) if WORDS.contains(&(table, field)) => Shown::Word(text.clone()),
        Json::String(text) => Shown::Text(text.clone()),
        Json::Number(number) => match (field, number.as_i64()) {
            ("maximum" | "weight", Some(value)) => Shown::Number(format_decimal(value)),
            ("lesson", Some(0)) => Shown::Nothing,
            _ => Shown::Number(number.to_string()),
        },
        Json::Array(_) if field == "contacts" => {
            serde_json::from_value(value.clone()).map_or(Shown::Nothing, Shown::Contacts)
        }
        Json::Array(items) if !items.is_empty() && matches!(field, "seen_by" | "changed_by") => {
            Shown::Words(items.iter().map(item).collect())
        }
        Json::Array(_) if field == "logo" => Shown::Word("picture".to_owned()),
        Json::Array(items) if items.is_empty() => Shown::Nothing,
        Json::Array(items) => Shown::Text(items.iter().map(item).collect::<Vec<_>>().join(", ")),
        Json::Object(of) if field == "address" => {
            let parts = ["lines", "postcode", "town", "region", "country"].map(|part| of.get(part));
            let parts: Vec<String> =
                parts.into_iter().flatten().filter_map(Json::as_str).map(|part| part.replace('\n', ", ")).collect();
            Shown::Text(parts.join(", "))
        }
        Json::Object(_) => Shown::Text(item(value)),
    })
}

/// A part of a list: a text as it is, a grade with the percentage from which it is given.
fn item(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(_) => {
            let from = value["fromPercent"].as_f64().map(|from| from.to_string()).unwrap_or_default();
            format!("{} {from}", text(value, "label")).trim().to_owned()
        }
        other => other.to_string(),
    }
}

/// Texts that are one of a few words.
const WORDS: [(&str, &str); 17] = [
    ("calendar_entries", "kind"),
    ("custom_fields", "about"),
    ("custom_fields", "kind"),
    ("students", "status"),
    ("stays", "entry_kind"),
    ("stays", "exit_kind"),
    ("rollover_decisions", "outcome"),
    ("academic_sessions", "kind"),
    ("classes", "kind"),
    ("roster_ids", "kind"),
    ("marks", "score_status"),
    ("grants", "role"),
    ("report_comments", "kind"),
    ("attendance_codes", "meaning"),
    ("attendance_marks", "source"),
    ("settings", "missingMarks"),
    ("settings", "firstWeekday"),
];

/// The table whose row a field names.
fn named_table(field: &str) -> Option<&'static str> {
    Some(match field {
        "student_id" | "into_student_id" => "students",
        "guardian_id" | "into_guardian_id" => "guardians",
        "staff_id" | "homeroom_staff_id" => "staff",
        "user_id" => "users",
        "class_id" => "classes",
        "subject_id" => "subjects",
        "course_id" => "courses",
        "field_id" => "custom_fields",
        "category_id" => "categories",
        "assessment_id" => "assessments",
        "year_id" | "term_id" | "parent_id" => "academic_sessions",
        "code_id" => "attendance_codes",
        "district_id" => "districts",
        "to_school_id" => "schools",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, TryGetable};

    use super::*;
    use crate::schools::{GradeBand, Settings};

    /// As a scale is stored.
    #[test]
    fn a_grade_is_shown_with_the_percentage_from_which_it_is_given() {
        let bands = [
            GradeBand { label: "A".to_owned(), from_percent: 85.0 },
            GradeBand { label: "B".to_owned(), from_percent: 69.5 },
        ];
        let stored = serde_json::to_value(bands).unwrap();
        assert_eq!(stored.as_array().unwrap().iter().map(item).collect::<Vec<_>>(), ["A 85", "B 69.5"]);
    }

    /// What a change can show has a name that people know: no column is shown by its own.
    #[tokio::test]
    async fn every_field_has_a_word_on_the_screen() {
        let catalogue = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../words/catalogue/en.json");
        let catalogue: serde_json::Value = serde_json::from_slice(&std::fs::read(catalogue).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = store::Place::File(folder.path().join("homeroom.db"));
        let store = store::Store::open(&place, &store::StoreOptions::default()).await.unwrap();
        let mut fields = vec!["mark".to_owned()];
        for (table, _) in tables::changed_by_people().filter(|(name, _)| *name != "settings") {
            let sql = format!("SELECT name FROM pragma_table_info('{table}')");
            let columns = store.reader().query_all_raw(store.statement(&sql, [])).await.unwrap();
            fields.extend(columns.iter().map(|row| String::try_get_by_index(row, 0).unwrap()));
        }
        let settings = serde_json::to_value(Settings::default()).unwrap();
        fields.extend(settings.as_object().unwrap().keys().cloned());
        let secret = ["password_hash", "nonce", "ciphertext", "state", "value"];
        fields.retain(|field| !INNER.contains(&field.as_str()) && !secret.contains(&field.as_str()));
        for field in fields {
            let word = &catalogue["upkeep"]["fields"][&field];
            assert!(word.is_string(), "the catalogue has no word for {field} under upkeep.fields");
        }
    }
}
