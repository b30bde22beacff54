//! What each table is to people: which part of the school it is, who may read its rows, and whether a change of it can be
//! taken back. Tables that are not named here (sessions, attempts, uses, keys) hold no act that a person would undo.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::ids::{ClassId, CourseId, SchoolId, StudentId};
use uuid::Uuid;

use super::rows::Rows;
use crate::{Access, Context, Error, Operation, Reach, Result};

/// A part of the school, as changes are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Students,
    Guardians,
    Staff,
    Classes,
    Enrolments,
    Marks,
    Comments,
    Attendance,
    Faces,
    Users,
    School,
}

/// One table as people know it.
#[derive(Debug)]
pub(super) struct Table {
    pub name: &'static str,
    pub part: Part,
    /// Who may do this may read its rows, and so what became of them.
    pub reading: &'static Operation,
    /// Whether what was changed can be put back. What is secret is not in the audit and cannot.
    pub taken_back: bool,
}

const fn table(name: &'static str, part: Part, reading: &'static Operation) -> Table {
    Table { name, part, reading, taken_back: true }
}

const fn kept(name: &'static str, part: Part, reading: &'static Operation) -> Table {
    Table { name, part, reading, taken_back: false }
}

pub(super) const TABLES: [Table; 29] = [
    table("districts", Part::School, &crate::schools::operations::school_details),
    table("schools", Part::School, &crate::schools::operations::school_details),
    table("academic_sessions", Part::School, &crate::schools::operations::list_sessions),
    table("settings", Part::School, &crate::schools::operations::settings),
    table("grade_scales", Part::School, &crate::schools::operations::grade_scale),
    table("attendance_codes", Part::School, &crate::schools::operations::list_attendance_codes),
    table("students", Part::Students, &crate::people::operations::list_students),
    table("guardians", Part::Guardians, &crate::people::operations::list_students),
    table("guardianships", Part::Guardians, &crate::people::operations::list_students),
    table("staff", Part::Staff, &crate::people::operations::list_staff),
    table("users", Part::Users, &crate::accounts::operations::list_users),
    table("grants", Part::Users, &crate::accounts::operations::list_users),
    table("subjects", Part::Classes, &crate::schools::operations::list_subjects),
    table("classes", Part::Classes, &crate::classes::operations::list_classes),
    table("courses", Part::Classes, &crate::classes::operations::class),
    table("teachings", Part::Classes, &crate::classes::operations::class),
    table("enrolments", Part::Enrolments, &crate::classes::operations::class),
    table("categories", Part::Marks, &crate::gradebook::operations::mark_sheet),
    table("assessments", Part::Marks, &crate::gradebook::operations::mark_sheet),
    table("marks", Part::Marks, &crate::gradebook::operations::mark_sheet),
    table("report_comments", Part::Comments, &crate::gradebook::operations::report_comments),
    table("registers", Part::Attendance, &crate::attendance::operations::registers_of_day),
    table("attendance_marks", Part::Attendance, &crate::attendance::operations::attendance_history),
    table("face_rejections", Part::Attendance, &crate::attendance::operations::register),
    kept("consents", Part::Faces, &faces::operations::consent_state),
    kept("face_objections", Part::Faces, &faces::operations::consent_state),
    kept("face_templates", Part::Faces, &faces::operations::consent_state),
    kept("face_photographs", Part::Faces, &faces::operations::consent_state),
    kept("evidence_frames", Part::Faces, &faces::operations::attendance_evidence),
];

/// The table of this name, where it is one that people change.
pub(super) fn find(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// The tables of which this person may read every row of the school.
pub(super) fn readable(context: &Context, school: SchoolId) -> Result<Vec<&'static Table>> {
    let actor = context.actor()?;
    let reach = |table: &Table| Access::of(actor, table.reading, context.now()).and_then(|access| access.at(school));
    Ok(TABLES.iter().filter(|table| reach(table) == Ok(Reach::School)).collect())
}

/// The tables whose rows have a class, a course or a student by which somebody who teaches may reach them.
const REACHED_BY_TEACHING: [&str; 10] = [
    "students",
    "classes",
    "courses",
    "registers",
    "attendance_marks",
    "face_rejections",
    "categories",
    "assessments",
    "marks",
    "report_comments",
];

/// Refuses who does not reach this row: where somebody reaches only what they teach, by the row's course, class or
/// student.
pub(super) async fn permit_row(
    access: &Access,
    rows: &mut Rows<'_>,
    school: SchoolId,
    table: &str,
    row: Uuid,
) -> Result<()> {
    if access.at(school)? == Reach::School {
        return Ok(());
    }
    if !REACHED_BY_TEACHING.contains(&table) {
        return Err(Error::forbidden());
    }
    let db = rows.db();
    let fields = rows.get(table, row).await?.ok_or_else(|| Error::not_found("record"))?;
    match table {
        "students" => access.student(db, StudentId(row)).await.map(drop),
        "classes" => access.class(db, ClassId(row)).await.map(drop),
        "courses" => access.course(db, CourseId(row)).await.map(drop),
        "registers" | "attendance_marks" | "face_rejections" => {
            access.class(db, ClassId(id(&fields, "class_id")?)).await.map(drop)
        }
        "categories" | "assessments" => access.course(db, CourseId(id(&fields, "course_id")?)).await.map(drop),
        "marks" => {
            let assessment = rows.get("assessments", id(&fields, "assessment_id")?).await?;
            let assessment = assessment.ok_or_else(|| Error::not_found("assessment"))?;
            access.course(db, CourseId(id(&assessment, "course_id")?)).await.map(drop)
        }
        "report_comments" => permit_comment(access, db, school, &fields).await,
        _ => Err(Error::forbidden()),
    }
}

/// A course's comment is its teachers', the class teacher's that of whose homeroom the student is in.
async fn permit_comment(access: &Access, db: &impl ConnectionTrait, school: SchoolId, fields: &Json) -> Result<()> {
    if let Ok(course) = id(fields, "course_id") {
        return access.course(db, CourseId(course)).await.map(drop);
    }
    let student = access.student(db, StudentId(id(fields, "student_id")?)).await?;
    let own = access.is_class_teacher_of(db, school, student.id).await?;
    if own && fields["kind"] == "class_teacher" { Ok(()) } else { Err(Error::forbidden()) }
}

/// The identifier in a field of a row.
pub(super) fn id(fields: &Json, field: &str) -> Result<Uuid> {
    let text = fields.get(field).and_then(Json::as_str);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Error::not_found("record"))
}
