//! The mark sheet as CSV that a spreadsheet opens.

use std::collections::HashMap;

use ::analytics::Rounding;
use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, CourseId, StudentId};

use words::Message;
use words::paper::marks;

use super::{OfCourseTerm, mark_sheet};
use crate::exchange::{Exported, keep_table};
use crate::schools::load_settings;
use crate::{Call, Error, Result};

/// Input of [`export_marks`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportMarks {
    pub course: CourseId,
    pub term: AcademicSessionId,
}

/// A mark sheet as CSV: a row for each student, a column for each assessment, the total and the grade.
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
    let rows: Vec<Vec<String>> = sheet
        .students
        .iter()
        .map(|student| {
            let mut cells = vec![student.number.clone(), student.list_name.clone()];
            let text = |assessment| marks.get(&(student.id, assessment)).copied().unwrap_or_default().to_owned();
            cells.extend(sheet.assessments.iter().map(|assessment| text(assessment.id)));
            let total = totals.get(&student.id);
            cells.push(total.and_then(|total| total.percent).map(|percent| rounding.text(percent)).unwrap_or_default());
            cells.push(total.and_then(|total| total.grade.clone()).unwrap_or_default());
            cells
        })
        .collect();
    let bytes = exchange::write_table(&headers, &rows);
    let name = format!("marks {} {} {}.csv", sheet.class_title, sheet.subject_title, sheet.term_title);
    keep_table(call, name, bytes, rows.len())
}
