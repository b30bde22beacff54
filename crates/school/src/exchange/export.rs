//! Tables out: students and marks as CSV or as a workbook that a spreadsheet opens.

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use exchange::{Cell, TableFormat};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, SchoolId, StudentId};
use uuid::Uuid;
use words::refusals;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::people::name_order;
use crate::{Artifact, Call, Context, Error, Reach, Result, blocking};

/// Input of [`export_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ExportStudents {
    pub school: SchoolId,
    /// None: all students of the school who are not deleted.
    pub class: Option<ClassId>,
    /// None: CSV.
    #[serde(default)]
    pub format: Option<TableFormat>,
}

/// A table that can be saved or opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// To fetch, save or open it by.
    pub artifact: Uuid,
    pub file_name: String,
    /// Rows below the header.
    pub rows: u32,
}

/// Headers that [`super::preview_import`] recognises, so that a list that goes out comes in again. Three columns for each
/// guardian follow.
const STUDENT_HEADERS: [&str; 11] = [
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
];

/// The headers of a guardian's columns, counted from the second one on.
fn guardian_headers(place: usize) -> [String; 3] {
    let who = if place == 0 { "Guardian".to_owned() } else { format!("Guardian {}", place + 1) };
    ["Name", "Phone", "Email"].map(|what| format!("{who} {what}"))
}

#[derive(FromQueryResult)]
struct Row {
    id: StudentId,
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
}

#[derive(FromQueryResult)]
struct GuardianOf {
    student_id: StudentId,
    given_name: String,
    family_name: String,
    phone: Option<String>,
    email: Option<String>,
}

/// The guardians of the students of a school, whom it calls first before the others, without those who have no access: a
/// list goes on to people who do not see it.
async fn guardians(context: &Context, school: SchoolId) -> Result<HashMap<StudentId, Vec<GuardianOf>>> {
    let sql = "SELECT o.student_id, g.given_name, g.family_name, g.phone, g.email FROM guardianships o \
        JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL \
        WHERE o.school_id = $1 AND NOT o.no_access ORDER BY o.is_primary DESC, g.family_name, g.given_name, g.id";
    let statement = context.store().statement(sql, [school.into()]);
    let mut of: HashMap<StudentId, Vec<GuardianOf>> = HashMap::new();
    for row in GuardianOf::find_by_statement(statement).all(context.store().reader()).await? {
        of.entry(row.student_id).or_default().push(row);
    }
    Ok(of)
}

/// `Family, Given`, which is read as it is written, whatever the number of words.
fn guardian_name(row: &GuardianOf) -> String {
    match (row.given_name.as_str(), row.family_name.as_str()) {
        (given, "") => given.to_owned(),
        (given, family) => format!("{family}, {given}"),
    }
}

/// The students of a school or of one class as a table: one row for each class that a student is in, with every guardian.
pub(super) async fn export_students(call: &Call, input: ExportStudents) -> Result<Exported> {
    let access = call.access();
    let db = call.store().reader();
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
    let today = crate::schools::school_day(call, db, input.school).await?;
    let mut sql = include_str!("students.sql").to_owned();
    if class.is_some() {
        sql.push_str(" AND k.id = $3");
    }
    sql.push_str(&format!(" ORDER BY s.{}, s.id, k.sort_title", name_order(db, input.school).await?.column()));
    let of = class.as_ref().map_or(ClassId(Uuid::nil()), |class| class.id);
    let values = [input.school.into(), today.into(), of.into()];
    let rows = Row::find_by_statement(call.store().statement(&sql, values)).all(db).await?;
    let guardians = guardians(call, input.school).await?;
    let of = |row: &Row| guardians.get(&row.id).map_or(&[][..], Vec::as_slice);
    let most = rows.iter().map(|row| of(row).len()).max().unwrap_or(0).max(1);
    let headers = STUDENT_HEADERS.into_iter().map(str::to_owned).chain((0..most).flat_map(guardian_headers));
    let cells = rows.iter().map(|row| {
        let mut cells = vec![
            Cell::Text(row.number.clone()),
            Cell::Text(row.given_name.clone()),
            Cell::text(&row.middle_name),
            Cell::Text(row.family_name.clone()),
            Cell::text(&row.native_name),
            Cell::date(row.birth_date),
            Cell::text(&row.sex),
            Cell::text(&row.grade_level),
            Cell::text(&row.class_title),
            Cell::text(&row.email),
            Cell::text(&row.phone),
        ];
        for guardian in of(row) {
            let name = Cell::Text(guardian_name(guardian));
            cells.extend([name, Cell::text(&guardian.phone), Cell::text(&guardian.email)]);
        }
        cells.resize(STUDENT_HEADERS.len() + 3 * most, Cell::Blank);
        cells
    });
    let (headers, cells): (Vec<_>, Vec<_>) = (headers.collect(), cells.collect());
    let of = class.map_or_else(String::new, |class| format!(" {}", class.title));
    keep_cells(call, input.format, &format!("students{of} {today}"), headers, cells).await
}

/// Writes a table as it is asked for and keeps it to be saved or opened; the name is without its ending.
///
/// # Errors
/// A table that is larger than a sheet of Excel.
pub async fn keep_cells(
    context: &Context,
    format: Option<TableFormat>,
    name: &str,
    headers: Vec<String>,
    cells: Vec<Vec<Cell>>,
) -> Result<Exported> {
    let (format, rows) = (format.unwrap_or_default(), cells.len());
    let bytes = blocking(move || {
        exchange::write_cells(format, &headers, &cells)
            .map_err(|_| Error::field("format", "too_large", refusals::exchange::larger_than_sheet()))
    })
    .await?;
    keep_table(context, format!("{name}.{}", format.ending()), bytes, rows)
}

/// Keeps a table to be saved or opened, by the ending of its name a CSV, a workbook or a zip.
pub fn keep_table(context: &Context, file_name: String, bytes: Vec<u8>, rows: usize) -> Result<Exported> {
    let owner = context.actor()?.user;
    let media_type = match file_name.rsplit_once('.') {
        Some((_, "zip")) => "application/zip",
        Some((_, "xlsx")) => TableFormat::Xlsx.media_type(),
        _ => TableFormat::Csv.media_type(),
    };
    let artifact = Artifact { file_name: file_name.clone(), media_type, bytes: Arc::new(bytes), owner };
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    Ok(Exported { artifact: context.services.keep_artifact(artifact), file_name, rows })
}

/// Files under their names as a zip.
pub(super) fn zipped(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| Error::internal(format!("the zip could not be made: {error}"));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(&error))?;
        writer.write_all(&bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}
