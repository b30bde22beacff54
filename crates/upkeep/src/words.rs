//! What an act was, as values from which a screen makes a sentence: who or what it was about, and where.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::ChangeKind;
use store::entities::{audit_changes, audit_entries};
use store::ids::AuditEntryId;
use words::refusals;

use super::rows::{Rows, text};
use super::tables;
use crate::{Context, Result};

/// An act, without its sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActWords {
    /// The operation that did it; of an undo, what it took back.
    pub operation: String,
    /// What became of the row that it was about: `insert`, `update` or `delete`.
    pub kind: String,
    /// Whom or what it was about, where that is one.
    pub name: Option<String>,
    /// Where: a class, a course, an assessment of a course.
    pub place: Option<String>,
    /// The day of the register that it was about.
    pub day: Option<NaiveDate>,
    /// How many students it was about; where it was about none, how many rows.
    #[ts(type = "number")]
    pub count: i64,
}

#[derive(FromQueryResult)]
pub(super) struct Counted {
    pub entry_id: AuditEntryId,
    pub table_name: String,
    pub rows: i64,
    pub students: i64,
}

/// How many rows of which table each of the entries changed, and of how many students.
pub(super) async fn counted(context: &Context, entries: &[AuditEntryId]) -> Result<Vec<Counted>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=entries.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT entry_id, table_name, count(*) AS rows, count(DISTINCT student_id) AS students \
         FROM audit_changes WHERE entry_id IN ({}) GROUP BY entry_id, table_name",
        places.join(", ")
    );
    let statement = context.store().statement(&sql, entries.iter().map(|id| Value::from(*id)));
    Ok(Counted::find_by_statement(statement).all(context.store().reader()).await?)
}

/// The operations that the entries did at first: an undo's own is what it took back.
pub(super) async fn originals(
    context: &Context,
    entries: &[audit_entries::Model],
) -> Result<HashMap<AuditEntryId, String>> {
    let mut found = HashMap::new();
    for entry in entries {
        found.insert(entry.id, original(context, entry).await?.operation);
    }
    Ok(found)
}

/// The entry that was done at first: itself, or what it, an undo, took back; its operation as it is called now.
pub(super) async fn original(context: &Context, entry: &audit_entries::Model) -> Result<audit_entries::Model> {
    let mut entry = entry.clone();
    while let Some(undoes) = entry.undoes {
        let found = audit_entries::Entity::find_by_id(undoes).one(context.store().reader()).await?;
        entry = found.ok_or_else(|| crate::Error::not_found(refusals::gone::change()))?;
    }
    entry.operation = context.services.house.name_now(&entry.operation).to_owned();
    Ok(entry)
}

/// The words of one act, of what is counted of it.
pub(super) async fn words(
    context: &Context,
    rows: &mut Rows<'_>,
    entry: AuditEntryId,
    operation: &str,
    counted: &[&Counted],
) -> Result<ActWords> {
    let mut words = ActWords {
        operation: operation.to_owned(),
        kind: ChangeKind::Update.name().to_owned(),
        name: None,
        place: None,
        day: None,
        count: 0,
    };
    let known = || counted.iter().filter(|count| tables::acts_on(&count.table_name).is_some());
    let main = main_table(operation).filter(|main| known().any(|count| count.table_name == *main));
    let Some(main) = main.or_else(|| known().max_by_key(|count| count.rows).map(|count| count.table_name.as_str()))
    else {
        return Ok(words);
    };
    if operation.starts_with("exchange.") && main != "students" {
        // A list of staff, classes or guardians: its rows are no students, and are not counted as such.
        return Ok(words);
    }
    let of_main: Vec<&&Counted> = known().filter(|count| count.table_name == main).collect();
    let students = of_main.iter().map(|count| count.students).max().unwrap_or(0);
    let total: i64 = of_main.iter().map(|count| count.rows).sum();
    words.count = match main {
        // Roles of one user, given and taken.
        "grants" => 1,
        _ if students > 0 => students,
        _ => total,
    };
    let Some(change) = first_change(context, entry, main).await? else { return Ok(words) };
    // Where only what belongs to it changed (roles, guardians), it was not made or deleted itself.
    words.kind = if main_table(operation).is_some_and(|of| of != main) { ChangeKind::Update } else { change.kind }
        .name()
        .to_owned();
    if words.count == 1 {
        words.name = match change.student_id {
            Some(student) => rows.name("students", student.0).await?,
            None => rows.name(main, change.row_id).await?,
        };
    }
    words.place = match main {
        // Many columns of one course: the course says where.
        "marks" if total > 1 => {
            let row = rows.get(main, change.row_id).await?.unwrap_or_default();
            match tables::id(&row, "assessment_id") {
                Ok(assessment) => rows.place("assessments", assessment).await?,
                Err(_) => None,
            }
        }
        _ => rows.place(main, change.row_id).await?,
    };
    if words.place.is_none() && main == "students" && known().any(|count| count.table_name == "enrolments") {
        // A new student with a class.
        if let Some(enrolment) = first_change(context, entry, "enrolments").await? {
            words.place = rows.place("enrolments", enrolment.row_id).await?;
        }
    }
    if matches!(main, "registers" | "attendance_marks") {
        let row: Json = rows.get(main, change.row_id).await?.unwrap_or_default();
        words.day = text(&row, "date").parse().ok();
    }
    Ok(words)
}

/// The change that shows what the act was about: of a move, where to.
async fn first_change(context: &Context, entry: AuditEntryId, table: &str) -> Result<Option<audit_changes::Model>> {
    let of_table = audit_changes::Entity::find()
        .filter(audit_changes::Column::EntryId.eq(entry))
        .filter(audit_changes::Column::TableName.eq(table))
        .order_by_asc(audit_changes::Column::Id);
    let db = context.store().reader();
    match of_table.clone().filter(audit_changes::Column::Kind.eq(ChangeKind::Insert)).one(db).await? {
        Some(change) => Ok(Some(change)),
        None => Ok(of_table.one(db).await?),
    }
}

/// What an operation is about, where it changes rows of several tables.
fn main_table(operation: &str) -> Option<&'static str> {
    Some(match operation {
        "people.save_student"
        | "people.delete_students"
        | "people.restore_students"
        | "exchange.import_apply"
        | "exchange.import_set"
        | "exchange.import_at_set_up"
        | "demo.fill_demo_school" => "students",
        "classes.enrol_students"
        | "classes.end_enrolments"
        | "classes.move_students"
        | "classes.correct_enrolment"
        | "classes.roll_over" => "enrolments",
        "classes.decide_rollover_class" | "classes.decide_rollover_students" | "classes.rollover_from_file" => {
            "rollover_decisions"
        }
        "classes.save_grade_places" => "grade_places",
        "classes.exempt_students" | "classes.end_exemptions" => "exemptions",
        "people.withdraw_students" | "people.re_enrol_students" | "people.correct_stay" => "stays",
        "people.grant_leave" | "people.change_leave" => "leaves",
        "people.save_guardian" => "guardians",
        "people.save_medical_note" | "people.delete_medical_note" => "medical_notes",
        "people.save_behaviour_note" | "people.delete_behaviour_note" => "behaviour_notes",
        "people.save_pastoral_note" | "people.delete_pastoral_note" => "pastoral_notes",
        "people.merge_students" | "people.merge_guardians" => "merges",
        "people.transfer_students" => "transfers",
        "people.accept_transfers" | "people.decline_transfers" => "arrivals",
        "people.save_portrait" => "portraits",
        "people.save_field" | "people.reorder_fields" | "people.retire_field" | "people.restore_field" => {
            "custom_fields"
        }
        "people.save_field_values" => "field_values",
        "people.save_staff"
        | "people.delete_staff"
        | "people.restore_staff"
        | "people.end_employment"
        | "people.resume_employment" => "staff",
        "classes.save_class" | "classes.delete_classes" | "classes.restore_classes" | "classes.copy_classes" => {
            "classes"
        }
        "classes.save_course"
        | "classes.save_courses"
        | "classes.save_course_grid"
        | "classes.delete_course"
        | "classes.restore_courses"
        | "classes.describe_course" => "courses",
        "accounts.save_user"
        | "accounts.make_staff_account"
        | "accounts.set_password"
        | "accounts.change_password"
        | "accounts.set_up" => "users",
        "attendance.save_absence" | "attendance.delete_absence" => "absence_notices",
        "schools.save_calendar_entry" | "schools.delete_calendar_entry" => "calendar_entries",
        "schools.save_year" | "schools.delete_session" | "schools.restore_session" => "academic_sessions",
        "schools.create_school" | "schools.save_school" => "schools",
        "gradebook.record_marks" => "marks",
        "gradebook.save_comments" => "report_comments",
        "gradebook.save_assessment" | "gradebook.delete_assessment" | "gradebook.reorder_assessments" => "assessments",
        "gradebook.save_category" | "gradebook.delete_category" | "gradebook.reorder_categories" => "categories",
        "attendance.record_attendance"
        | "attendance.mark_all_present"
        | "desk.confirm_proposals"
        | "desk.correct_proposal" => "attendance_marks",
        "attendance.take_register" => "registers",
        "faces.record_consent" | "faces.record_consents" | "faces.take_back_consents" | "faces.withdraw_consent" => {
            "consents"
        }
        "faces.record_objection" | "faces.withdraw_objection" => "face_objections",
        "faces.enrol_faces" | "faces.enrol_faces_in_bulk" | "faces.reenrol_faces" | "faces.delete_faces" => {
            "face_templates"
        }
        _ => return None,
    })
}
