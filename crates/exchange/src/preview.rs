//! The beginning of a plain table, for the screen on which a person matches its columns.

use csv::StringRecord;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{ExchangeError, Refusal, RefusalKind};
use crate::log::shown;
use crate::matching::{ColumnMatching, suggest_columns};
use crate::set::{Set, SourceFile};
use crate::sheet::{header_cells, is_password, reader, separator};

/// Headers and first rows of a plain table, without its columns of passwords, and the matching that its headers suggest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preview {
    pub file: String,
    pub headers: Vec<String>,
    /// Cells by column, shortened to 60 characters.
    pub rows: Vec<Vec<String>>,
    pub suggested: ColumnMatching,
}

/// Shows the first `rows` rows of a plain table.
///
/// # Errors
/// A set of several files, or an empty table.
pub fn preview(set: &Set, rows: usize) -> Result<Preview, ExchangeError> {
    let source = only_table(set)?;
    let headers = header_cells(&source.text);
    let open: Vec<usize> =
        headers.iter().enumerate().filter(|(_, header)| !is_password(header)).map(|(index, _)| index).collect();
    let pick = |record: &dyn Fn(usize) -> String| open.iter().map(|index| record(*index)).collect::<Vec<_>>();
    let names = pick(&|index| headers.get(index).cloned().unwrap_or_default());
    let mut reader = reader(&source.text, separator(&source.text));
    let mut record = StringRecord::new();
    let mut sample = Vec::new();
    let mut header = true;
    while sample.len() < rows && matches!(reader.read_record(&mut record), Ok(true)) {
        if !std::mem::take(&mut header) {
            sample.push(pick(&|index| shown(record.get(index).unwrap_or_default().trim())));
        }
    }
    Ok(Preview { file: source.name.clone(), suggested: suggest_columns(&names), headers: names, rows: sample })
}

/// The table of a plain set.
pub(crate) fn only_table(set: &Set) -> Result<&SourceFile, ExchangeError> {
    match set.files.as_slice() {
        [only] => Ok(only),
        files => Err(ExchangeError::Headers(vec![Refusal {
            file: files.first().map(|file| file.name.clone()).unwrap_or_default(),
            line: 1,
            column: String::new(),
            found: format!("{} files", files.len()),
            expected: "one table of students".into(),
            kind: RefusalKind::Fault,
        }])),
    }
}
