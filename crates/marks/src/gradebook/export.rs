//! The mark sheet as CSV or as a workbook that a spreadsheet opens.

use std::collections::HashMap;

use ::analytics::Rounding;
use ::exchange::{Cell, TableFormat};
use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, CourseId, StudentId};

use words::Message;
use words::paper::marks;

use super::{OfCourseTerm, mark_sheet};
use crate::exchange::{Exported, keep_cells};
use crate::schools::load_settings;
use crate::{Call, Error, Result};

/// Input of [`export_marks`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportMarks {
    pub course: CourseId,
    pub term: AcademicSessionId,
    /// None: CSV.
    #[serde(default)]
    #[ts(optional)]
    pub format: Option<TableFormat>,
}

/// A mark sheet as a table: a row for each student, a column for each assessment, the total and the grade.
pub(super) async fn export_marks(call: &Call, input: ExportMarks) -> Result<Exported> {
    let sheet = mark_sheet(call, OfCourseTerm { course: input.course, term: input.term }).await?;
    if sheet.own_entries_only {
        // What is left of a course that was handed over is read on the screen and taken nowhere.
        return Err(Error::forbidden());
    }
    let db = call.store().reader();
    let school = call.access().class(db, sheet.class).await?.school_id;
    let language = load_settings(db, school).await?.language_of_documents();
    let word = |message: Message| message.text(language);
    let mut headers = vec![word(marks::student_number()), word(marks::name())];
    headers.extend(sheet.assessments.iter().map(|assessment| format!("{} ({})", assessment.title, assessment.maximum)));
    headers.extend([word(marks::total_percent()), word(marks::grade())]);
    let marks: HashMap<_, &str> =
        sheet.marks.iter().map(|mark| ((mark.student, mark.assessment), mark.text.as_str())).collect();
    let rounding = Rounding::to(sheet.rules.total_decimals);
    let totals: HashMap<StudentId, _> = sheet.totals.iter().map(|total| (total.student, total)).collect();
    let rows = sheet
        .students
        .iter()
        .map(|student| {
            let mut cells = vec![Cell::Text(student.number.clone()), Cell::Text(student.list_name.clone())];
            let mark = |assessment| marks.get(&(student.id, assessment)).map_or(Cell::Blank, |text| number(text));
            cells.extend(sheet.assessments.iter().map(|assessment| mark(assessment.id)));
            let total = totals.get(&student.id);
            let percent = total.and_then(|total| total.percent);
            cells.push(percent.map_or(Cell::Blank, |percent| Cell::Number(rounding.text(percent))));
            cells.push(Cell::text(&total.and_then(|total| total.grade.clone())));
            cells
        })
        .collect();
    let name = format!("marks {} {} {}", sheet.class_title, sheet.subject_title, sheet.term_title);
    keep_cells(call, input.format, &name, headers, rows).await
}

/// A mark, or the word that stands for one.
fn number(text: &str) -> Cell {
    if text.is_empty() { Cell::Blank } else { Cell::Number(text.to_owned()) }
}
