//! The beginning of a plain table, for the screen on which a person matches its columns.

use csv::StringRecord;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use words::faults::exchange::{expected, found};

use crate::error::{ExchangeError, Refusal};
use crate::kind::{ListKind, kind_of};
use crate::log::shown;
use crate::matching::{ColumnMatching, doubtful, suggest_with_own};
use crate::own::{OwnField, OwnFieldTitle, of_kind};
use crate::reading::TableReading;
use crate::set::{Set, SourceFile};
use crate::sheet::is_password;

/// Headers and first rows of a plain table, without its columns of passwords, and the matching that its headers suggest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Preview {
    pub file: String,
    /// What it is a list of, as its headers say or a person.
    pub kind: ListKind,
    pub headers: Vec<String>,
    /// Cells by column, shortened to 60 characters.
    pub rows: Vec<Vec<String>>,
    pub suggested: ColumnMatching,
    /// Columns of one name, numbered, of which a person has to say what they hold: nothing is proposed for them.
    pub doubtful: Vec<String>,
    /// The fields that the school made itself and that a column may hold.
    pub own: Vec<OwnFieldTitle>,
    /// How the table was read.
    pub reading: TableReading,
}

/// Shows the first `rows` rows of a plain table.
///
/// # Errors
/// A set of several files, or an empty table.
pub fn preview(set: &Set, rows: usize) -> Result<Preview, ExchangeError> {
    preview_as(set, rows, None, &[])
}

/// The same of a list that a person says to be of this kind, at a school that made these fields of its own.
///
/// # Errors
/// As [`preview`].
pub fn preview_as(set: &Set, rows: usize, kind: Option<ListKind>, own: &[OwnField]) -> Result<Preview, ExchangeError> {
    let source = only_table(set)?;
    let (headers, doubled) = source.layout.headers(&source.text);
    let kind = kind.unwrap_or_else(|| kind_of(&headers));
    let open: Vec<usize> =
        headers.iter().enumerate().filter(|(_, header)| !is_password(header)).map(|(index, _)| index).collect();
    let pick = |record: &dyn Fn(usize) -> String| open.iter().map(|index| record(*index)).collect::<Vec<_>>();
    let names = pick(&|index| headers.get(index).cloned().unwrap_or_default());
    let mut reader = source.layout.reader(&source.text);
    let mut record = StringRecord::new();
    let mut sample = Vec::new();
    let mut header = true;
    while sample.len() < rows && matches!(reader.read_record(&mut record), Ok(true)) {
        if !std::mem::take(&mut header) {
            sample.push(pick(&|index| shown(&crate::clean::cell(record.get(index).unwrap_or_default()))));
        }
    }
    let suggested = suggested(kind, &headers, &doubled, own);
    let doubtful = doubtful(kind, &headers, &doubled, &suggested).into_iter().map(str::to_owned).collect();
    Ok(Preview {
        file: source.name.clone(),
        kind,
        suggested,
        headers: names,
        rows: sample,
        doubtful,
        own: of_kind(kind, own)
            .map(|field| OwnFieldTitle { id: field.id.clone(), title: field.title.clone() })
            .collect(),
        reading: source.reading.clone(),
    })
}

/// What is proposed for the columns that are there once.
fn suggested(kind: ListKind, headers: &[String], doubled: &[bool], own: &[OwnField]) -> ColumnMatching {
    let once = headers.iter().zip(doubled).filter(|(_, doubled)| !**doubled).map(|(header, _)| header.as_str());
    suggest_with_own(kind, &once.collect::<Vec<_>>(), own)
}

/// The matching that the headers suggest, where a person says nothing of the columns or only of some.
///
/// # Errors
/// Columns of one name for which `said` decides nothing.
pub fn settled(set: &Set, kind: ListKind, said: ColumnMatching) -> Result<ColumnMatching, ExchangeError> {
    let source = only_table(set)?;
    let (headers, doubled) = source.layout.headers(&source.text);
    let doubtful = doubtful(kind, &headers, &doubled, &said);
    if doubtful.is_empty() {
        return Ok(said);
    }
    let (file, line) = (source.name.as_str(), source.layout.line);
    let refusals = doubtful
        .into_iter()
        .map(|header| Refusal::of_file(file, line, header, found::one_of_several(), expected::which_column()));
    Err(ExchangeError::Columns(refusals.collect()))
}

/// The only table of a set as text with a separator between its cells, whatever it was in the file: for whoever has
/// another use for a table than a roster.
///
/// # Errors
/// Where there are several tables.
pub fn table_text(set: &Set) -> Result<&str, ExchangeError> {
    only_table(set).map(|file| file.text.as_str())
}

/// The table of a plain set.
pub(crate) fn only_table(set: &Set) -> Result<&SourceFile, ExchangeError> {
    match set.files.as_slice() {
        [only] => Ok(only),
        files => {
            let file = files.first().map_or("", |file| file.name.as_str());
            let refusal = Refusal::of_file(file, 1, "", found::files(files.len()), expected::one_table());
            Err(ExchangeError::Headers(vec![refusal]))
        }
    }
}
