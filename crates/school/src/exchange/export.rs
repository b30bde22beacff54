//! Tables out: students and marks as CSV that a spreadsheet opens.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, CourseId, SchoolId, SessionId, StudentId};
use uuid::Uuid;

use crate::gradebook::{OfCourseTerm, mark_sheet};
use crate::people::name_order;
use crate::{Artifact, Context, Error, Operation, Reach, Result};

/// Input of [`export_students`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ExportStudents {
    pub school: SchoolId,
    /// None: all students of the school who are not deleted.
    pub class: Option<ClassId>,
}

/// Input of [`export_marks`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportMarks {
    pub course: CourseId,
    pub term: SessionId,
}

/// A table that can be saved or opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// To fetch, save or open it by.
    pub artifact: Uuid,
    pub file_name: String,
    /// Rows below the header.
    pub rows: u32,
}

/// Headers that [`super::preview_import`] recognises, so that a list that goes out comes in again.
const STUDENT_HEADERS: [&str; 14] = [
    "Student Number",
    "Given Name",
    "Middle Name",
    "Family Name",
    "Native Name",
    "Date of Birth",
    "Sex",
    "Grade",
    "Class",
    "Email",
    "Phone",
    "Guardian Name",
    "Guardian Phone",
    "Guardian Email",
];

#[derive(FromQueryResult)]
struct Row {
    number: String,
    given_name: String,
    middle_name: Option<String>,
    family_name: String,
    native_name: Option<String>,
    birth_date: Option<NaiveDate>,
    sex: Option<String>,
    grade_level: Option<String>,
    class_title: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    guardian_given: Option<String>,
    guardian_family: Option<String>,
    guardian_phone: Option<String>,
    guardian_email: Option<String>,
}

/// The students of a school or of one class as CSV: one row for each class that a student is in, with the first guardian.
pub async fn export_students(context: &Context, input: ExportStudents) -> Result<Exported> {
    let access = context.permit(Operation::export_students)?;
    let db = context.store().reader();
    let class = match input.class {
        Some(class) => Some(access.class(db, class).await?),
        None => None,
    };
    match &class {
        Some(class) if class.school_id != input.school || access.at(input.school)? == Reach::Own => {
            return Err(Error::forbidden());
        }
        Some(_) => {}
        None => access.whole_school(input.school)?,
    }
    let today = crate::schools::school_day(context, db, input.school).await?;
    let mut values = vec![input.school.into(), today.into()];
    let mut sql = include_str!("students.sql").to_owned();
    match &class {
        Some(class) => {
            sql.push_str(" AND c.id = $3");
            values.push(class.id.into());
        }
        // Students stay enrolled in the classes of past years; the list shows the present one.
        None => sql.push_str(" AND (y.id IS NULL OR y.end_date >= $2)"),
    }
    sql.push_str(&format!(" ORDER BY s.{}, s.id, c.sort_title", name_order(db, input.school).await?.column()));
    let rows = Row::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    let cells = rows.iter().map(|row| {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        // "Family, Given" is read as it is written, whatever the number of words.
        let guardian = match (text(&row.guardian_given), text(&row.guardian_family)) {
            (given, family) if family.is_empty() => given,
            (given, family) => format!("{family}, {given}"),
        };
        [
            row.number.clone(),
            row.given_name.clone(),
            text(&row.middle_name),
            row.family_name.clone(),
            text(&row.native_name),
            row.birth_date.map(|date| date.to_string()).unwrap_or_default(),
            text(&row.sex),
            text(&row.grade_level),
            text(&row.class_title),
            text(&row.email),
            text(&row.phone),
            guardian,
            text(&row.guardian_phone),
            text(&row.guardian_email),
        ]
    });
    let bytes = exchange::write_table(&STUDENT_HEADERS, cells);
    let of = class.map_or_else(String::new, |class| format!(" {}", class.title));
    keep(context, format!("students{of} {today}.csv"), bytes, rows.len())
}

/// A mark sheet as CSV: a row for each student, a column for each assessment, the total and the grade.
pub async fn export_marks(context: &Context, input: ExportMarks) -> Result<Exported> {
    context.permit(Operation::export_marks)?;
    let sheet = mark_sheet(context, OfCourseTerm { course: input.course, term: input.term }).await?;
    let mut headers = vec!["Student Number".to_owned(), "Name".to_owned()];
    headers.extend(sheet.assessments.iter().map(|assessment| format!("{} ({})", assessment.title, assessment.maximum)));
    headers.extend(["Total %".to_owned(), "Grade".to_owned()]);
    let marks: HashMap<_, &str> =
        sheet.marks.iter().map(|mark| ((mark.student, mark.assessment), mark.text.as_str())).collect();
    let totals: HashMap<StudentId, _> = sheet.totals.iter().map(|total| (total.student, total)).collect();
    let rows: Vec<Vec<String>> = sheet
        .students
        .iter()
        .map(|student| {
            let mut cells = vec![student.number.clone(), student.list_name.clone()];
            let text = |assessment| marks.get(&(student.id, assessment)).copied().unwrap_or_default().to_owned();
            cells.extend(sheet.assessments.iter().map(|assessment| text(assessment.id)));
            let total = totals.get(&student.id);
            cells.push(total.and_then(|total| total.percent).map(|p| format!("{p:.2}")).unwrap_or_default());
            cells.push(total.and_then(|total| total.grade.clone()).unwrap_or_default());
            cells
        })
        .collect();
    let bytes = exchange::write_table(&headers, &rows);
    let name = format!("marks {} {} {}.csv", sheet.class_title, sheet.subject_title, sheet.term_title);
    keep(context, name, bytes, rows.len())
}

fn keep(context: &Context, file_name: String, bytes: Vec<u8>, rows: usize) -> Result<Exported> {
    let owner = context.actor()?.user;
    let artifact =
        Artifact { file_name: file_name.clone(), media_type: "text/csv; charset=utf-8", bytes: Arc::new(bytes), owner };
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    Ok(Exported { artifact: context.services.keep_artifact(artifact), file_name, rows })
}
