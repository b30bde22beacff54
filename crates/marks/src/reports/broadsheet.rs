//! The broadsheet: all results of a class in a term as one table.

use ::exchange::{Cell, TableFormat};
use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, ClassId};
use words::Message;
use words::paper::broadsheet;

use super::gather::Gathered;
use super::make::MadeDocument;
use crate::analytics::OfGroup;
use crate::exchange::keep_cells;
use crate::gradebook::load_term;
use crate::schools::safe_name;
use crate::{Call, Result};

/// Input of [`make_broadsheet`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MakeBroadsheet {
    pub class: ClassId,
    pub term: AcademicSessionId,
    /// None: CSV.
    #[serde(default)]
    #[ts(optional)]
    pub format: Option<TableFormat>,
}

/// Makes the broadsheet as a table, CSV or a workbook: students down, subjects across, in percent.
pub(super) async fn make_broadsheet(call: &Call, input: MakeBroadsheet) -> Result<MadeDocument> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    let gathered = Gathered::load(call, class, term, OfGroup::Own).await?;
    let ending = input.format.unwrap_or_default().ending();
    let file_name = safe_name(&["broadsheet", &gathered.class.title, &gathered.term.title], ending);
    let name = file_name.strip_suffix(&format!(".{ending}")).unwrap_or(&file_name);
    let (head, rows) = table(&gathered);
    let kept = keep_cells(call, input.format, name, head, rows).await?;
    let students = u32::try_from(gathered.results.students.len()).unwrap_or(u32::MAX);
    Ok(MadeDocument { artifact: kept.artifact, file_name: kept.file_name, pages: 0, students, problems: Vec::new() })
}

fn table(gathered: &Gathered) -> (Vec<String>, Vec<Vec<Cell>>) {
    let results = &gathered.results;
    let figure =
        |percent: Option<f64>| percent.map_or(Cell::Blank, |percent| Cell::Number(gathered.grading.text(percent)));
    let language = gathered.grading.settings.language_of_documents();
    let word = |message: Message| message.text(language);
    let mut head = vec![word(broadsheet::number()), word(broadsheet::student())];
    head.extend(results.subjects.iter().map(|subject| subject.title.clone()));
    head.extend([broadsheet::overall(), broadsheet::grade(), broadsheet::rank()].map(word));
    let mut rows = Vec::with_capacity(results.students.len() + 1);
    for (place, student) in results.students.iter().enumerate() {
        let mut row = vec![Cell::Text(student.number.clone()), Cell::Text(student.list_name.clone())];
        row.extend(results.subjects.iter().map(|subject| figure(subject.totals[place])));
        let overall = results.overall[place];
        row.push(figure(overall));
        row.push(Cell::text(&overall.and_then(|percent| gathered.grading.grade(percent))));
        let rank = results.standings[place].map(|standing| standing.rank.to_string());
        row.push(rank.map_or(Cell::Blank, Cell::Number));
        rows.push(row);
    }
    let mut mean = vec![Cell::Blank, Cell::Text(word(broadsheet::mean()))];
    mean.extend(results.subjects.iter().map(|subject| figure(subject.statistics.mean)));
    mean.extend([figure(results.statistics.mean), Cell::Blank, Cell::Blank]);
    rows.push(mean);
    (head, rows)
}
