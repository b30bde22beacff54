//! Attendance as a table that a spreadsheet opens.

use ::exchange::{Cell, TableFormat};
use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use store::entities::{AttendanceMeaning, MarkSource};
use store::ids::ClassId;
use uuid::Uuid;
use words::refusals;

use crate::error::Invalid;
use crate::exchange::{Exported, keep_cells};
use crate::people::name_order;
use crate::{Call, Error, Reach, Result};

/// Input of [`attendance_csv`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceCsv {
    pub class: ClassId,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// None: CSV.
    #[serde(default)]
    #[ts(optional)]
    pub format: Option<TableFormat>,
}

/// A table that can be saved or opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceFile {
    /// To fetch, save or open it by.
    pub artifact: Uuid,
    pub file_name: String,
    /// Register cells in it.
    pub rows: u32,
}

#[derive(FromQueryResult)]
struct Row {
    date: NaiveDate,
    lesson: i32,
    number: String,
    family_name: String,
    given_name: String,
    code: String,
    meaning: AttendanceMeaning,
    minutes_late: Option<i32>,
    reason: Option<String>,
    source: MarkSource,
}

const HEADERS: [&str; 11] = [
    "date",
    "lesson",
    "class",
    "student number",
    "family name",
    "given name",
    "code",
    "meaning",
    "minutes late",
    "reason",
    "source",
];

/// The register cells of a class from one day to another as a table, by day, lesson and name.
pub(super) async fn attendance_csv(call: &Call, input: AttendanceCsv) -> Result<AttendanceFile> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    if access.at(class.school_id)? == Reach::Own {
        return Err(Error::forbidden());
    }
    let mut invalid = Invalid::default();
    if input.to < input.from {
        invalid.push("to", "before_start", refusals::attendance::end_before_start());
    }
    invalid.check()?;
    let sql = "SELECT m.date, m.lesson, s.number, s.family_name, s.given_name, c.code, c.meaning, m.minutes_late, \
               m.reason, m.source FROM attendance_marks m JOIN attendance_codes c ON c.id = m.code_id \
               JOIN students s ON s.id = m.student_id \
               WHERE m.school_id = $1 AND m.class_id = $2 AND m.date BETWEEN $3 AND $4 \
               ORDER BY m.date, m.lesson, s.{sort}, s.id"
        .replace("{sort}", name_order(db, class.school_id).await?.column());
    let values = [class.school_id.into(), class.id.into(), input.from.into(), input.to.into()];
    let rows = Row::find_by_statement(call.store().statement(&sql, values)).all(db).await?;
    let text = |text: &str| Cell::Text(text.to_owned());
    let cells = rows.iter().map(|row| {
        vec![
            Cell::Date(row.date),
            Cell::Number(row.lesson.to_string()),
            text(&class.title),
            text(&row.number),
            text(&row.family_name),
            text(&row.given_name),
            text(&row.code),
            text(row.meaning.name()),
            row.minutes_late.map_or(Cell::Blank, |minutes| Cell::Number(minutes.to_string())),
            Cell::text(&row.reason),
            text(row.source.name()),
        ]
    });
    let name = format!("attendance {} {} {}", class.title, input.from, input.to);
    let headers = HEADERS.map(str::to_owned).to_vec();
    let Exported { artifact, file_name, rows } =
        keep_cells(call, input.format, &name, headers, cells.collect()).await?;
    Ok(AttendanceFile { artifact, file_name, rows })
}
