//! What stands on an act: later changes of the same rows, and what refers to rows that the act made.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::Value as Json;
use store::ChangeKind;
use store::ids::AuditEntryId;
use uuid::Uuid;

use crate::Result;

/// Which column of which table names a row of which other table.
const REFERENCES: [(&str, &str, &str); 77] = [
    ("schools", "district_id", "districts"),
    ("academic_sessions", "parent_id", "academic_sessions"),
    ("guardianships", "student_id", "students"),
    ("guardianships", "guardian_id", "guardians"),
    ("merges", "student_id", "students"),
    ("merges", "into_student_id", "students"),
    ("merges", "guardian_id", "guardians"),
    ("merges", "into_guardian_id", "guardians"),
    ("medical_notes", "student_id", "students"),
    ("behaviour_notes", "student_id", "students"),
    ("pastoral_notes", "student_id", "students"),
    ("portraits", "student_id", "students"),
    ("portraits", "staff_id", "staff"),
    ("field_values", "field_id", "custom_fields"),
    ("field_values", "student_id", "students"),
    ("field_values", "guardian_id", "guardians"),
    ("field_values", "staff_id", "staff"),
    ("field_values", "class_id", "classes"),
    ("users", "staff_id", "staff"),
    ("users", "student_id", "students"),
    ("grants", "user_id", "users"),
    ("list_views", "user_id", "users"),
    ("user_sessions", "user_id", "users"),
    ("classes", "year_id", "academic_sessions"),
    ("classes", "homeroom_staff_id", "staff"),
    ("courses", "class_id", "classes"),
    ("courses", "subject_id", "subjects"),
    ("teachings", "course_id", "courses"),
    ("teachings", "staff_id", "staff"),
    ("rollover_decisions", "year_id", "academic_sessions"),
    ("grade_places", "year_id", "academic_sessions"),
    ("rollover_decisions", "class_id", "classes"),
    ("rollover_decisions", "student_id", "students"),
    ("stays", "student_id", "students"),
    ("leaves", "student_id", "students"),
    ("transfers", "student_id", "students"),
    ("transfers", "stay_id", "stays"),
    // The other school's answer.
    ("arrivals", "transfer_id", "transfers"),
    ("arrivals", "student_id", "students"),
    ("arrivals", "stay_id", "stays"),
    ("enrolments", "class_id", "classes"),
    ("enrolments", "student_id", "students"),
    ("exemptions", "course_id", "courses"),
    ("exemptions", "student_id", "students"),
    ("roster_ids", "class_id", "classes"),
    ("roster_ids", "course_id", "courses"),
    ("roster_ids", "student_id", "students"),
    ("roster_ids", "staff_id", "staff"),
    ("roster_ids", "guardian_id", "guardians"),
    ("categories", "course_id", "courses"),
    ("assessments", "course_id", "courses"),
    ("assessments", "category_id", "categories"),
    ("absence_notices", "student_id", "students"),
    ("absence_notices", "code_id", "attendance_codes"),
    ("assessments", "term_id", "academic_sessions"),
    ("marks", "assessment_id", "assessments"),
    ("marks", "student_id", "students"),
    ("report_comments", "student_id", "students"),
    ("report_comments", "term_id", "academic_sessions"),
    ("report_comments", "course_id", "courses"),
    ("registers", "class_id", "classes"),
    ("attendance_marks", "class_id", "classes"),
    ("attendance_marks", "student_id", "students"),
    ("attendance_marks", "code_id", "attendance_codes"),
    ("consents", "student_id", "students"),
    ("face_templates", "student_id", "students"),
    ("face_objections", "student_id", "students"),
    ("face_photographs", "student_id", "students"),
    ("evidence_frames", "class_id", "classes"),
    ("evidence_frames", "student_id", "students"),
    ("face_uses", "class_id", "classes"),
    ("face_uses", "student_id", "students"),
    ("face_rejections", "class_id", "classes"),
    ("face_rejections", "student_id", "students"),
    ("students", "school_id", "schools"),
    ("staff", "school_id", "schools"),
    ("classes", "school_id", "schools"),
];

/// Why an act cannot be taken back now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    /// The entry changed the same, and stands.
    Changed(AuditEntryId),
    /// Something refers to what the act made; the entry made it, where that is known.
    Used(Option<AuditEntryId>),
}

#[derive(FromQueryResult)]
struct Later {
    entry_id: AuditEntryId,
    kind: ChangeKind,
    before: Option<Json>,
    own_kind: ChangeKind,
    own_before: Option<Json>,
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Made {
    entry_id: AuditEntryId,
}

#[derive(FromQueryResult)]
struct Named {
    table_name: String,
}

/// What stands on the act, if anything. A change counts while it stands itself: what was taken back, and what took
/// back something newer than the act, does not.
pub(super) async fn stands_on(db: &impl ConnectionTrait, entry: AuditEntryId) -> Result<Option<Since>> {
    if let Some(later) = changed_since(db, entry).await? {
        return Ok(Some(Since::Changed(later)));
    }
    used_since(db, entry).await
}

async fn changed_since(db: &impl ConnectionTrait, entry: AuditEntryId) -> Result<Option<AuditEntryId>> {
    let sql = "SELECT l.entry_id, l.kind, l.before, c.kind AS own_kind, c.before AS own_before \
        FROM audit_changes c \
        JOIN audit_changes l ON l.row_id = c.row_id AND l.id > c.id AND l.table_name = c.table_name \
        JOIN audit_entries e ON e.id = l.entry_id \
        WHERE c.entry_id = $1 AND l.entry_id <> $1 AND e.undone_by IS NULL AND (e.undoes IS NULL OR e.undoes < $1) \
        ORDER BY l.id DESC LIMIT 200";
    let found = Later::find_by_statement(statement(db, sql, [entry.into()])).all(db).await?;
    Ok(found.into_iter().find(overlaps).map(|later| later.entry_id))
}

/// Two changes of different fields of a row do not stand in each other's way.
fn overlaps(later: &Later) -> bool {
    let (Some(Json::Object(theirs)), Some(Json::Object(own))) = (&later.before, &later.own_before) else { return true };
    later.kind != ChangeKind::Update
        || later.own_kind != ChangeKind::Update
        || own.keys().any(|field| theirs.contains_key(field))
}

async fn used_since(db: &impl ConnectionTrait, entry: AuditEntryId) -> Result<Option<Since>> {
    let sql = "SELECT DISTINCT table_name FROM audit_changes WHERE entry_id = $1 AND kind = 'insert'";
    let made = Named::find_by_statement(statement(db, sql, [entry.into()])).all(db).await?;
    let made: HashSet<String> = made.into_iter().map(|row| row.table_name).collect();
    for (table, column, parent) in REFERENCES.iter().filter(|(_, _, parent)| made.contains(*parent)) {
        let sql = format!(
            "SELECT x.id FROM {table} x WHERE x.{column} IN (SELECT row_id FROM audit_changes WHERE entry_id = $1 \
             AND table_name = '{parent}' AND kind = 'insert') AND NOT EXISTS (SELECT 1 FROM audit_changes o \
             WHERE o.row_id = x.id AND o.entry_id = $1 AND o.kind = 'insert') LIMIT 1"
        );
        if let Some(row) = Found::find_by_statement(statement(db, &sql, [entry.into()])).one(db).await? {
            return Ok(Some(Since::Used(last_entry_of(db, row.id).await?)));
        }
    }
    if made.contains("enrolments") {
        return year_begun(db, entry).await;
    }
    Ok(None)
}

/// A rollover is taken back until the first entry in a register or on a mark sheet of a class that it put somebody into.
async fn year_begun(db: &impl ConnectionTrait, entry: AuditEntryId) -> Result<Option<Since>> {
    let put = "audit_entries o JOIN audit_changes c ON c.entry_id = o.id AND c.table_name = 'enrolments' \
         AND c.kind = 'insert' JOIN enrolments e ON e.id = c.row_id";
    let of_it = "o.id = $1 AND o.operation = 'classes.roll_over'";
    for written in [
        format!(
            "SELECT m.id FROM {put} JOIN attendance_marks m ON m.school_id = e.school_id \
             AND m.student_id = e.student_id AND m.class_id = e.class_id WHERE {of_it} LIMIT 1"
        ),
        format!(
            "SELECT m.id FROM {put} JOIN courses k ON k.school_id = e.school_id AND k.class_id = e.class_id \
             JOIN assessments a ON a.school_id = e.school_id AND a.course_id = k.id \
             JOIN marks m ON m.school_id = e.school_id AND m.assessment_id = a.id AND m.student_id = e.student_id \
             WHERE {of_it} LIMIT 1"
        ),
    ] {
        if let Some(row) = Found::find_by_statement(statement(db, &written, [entry.into()])).one(db).await? {
            return Ok(Some(Since::Used(last_entry_of(db, row.id).await?)));
        }
    }
    Ok(None)
}

/// The newest act that touched a row and stands.
async fn last_entry_of(db: &impl ConnectionTrait, row: Uuid) -> Result<Option<AuditEntryId>> {
    let sql = "SELECT c.entry_id FROM audit_changes c JOIN audit_entries e ON e.id = c.entry_id \
        WHERE c.row_id = $1 AND e.undone_by IS NULL ORDER BY c.id DESC LIMIT 1";
    let made = Made::find_by_statement(statement(db, sql, [row.into()])).one(db).await?;
    Ok(made.map(|made| made.entry_id))
}

fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
