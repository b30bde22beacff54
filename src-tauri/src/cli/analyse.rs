//! `homeroom analyse`: the statistics of a marks file.

use std::fmt::Display;
use std::path::PathBuf;

use analytics::{Analysis, AnalysisError, LeftOut, Reason, analyse_file, analyse_text};
use exchange::{ExchangeError, Limits, Set, TableReading, table_text};
use kernel::{Error, ErrorCode};
use serde::Serialize;
use words::cli::analyse;

use super::output::{Failure, Output, table};

/// Shows the statistics of each column of numbers of a marks file (CSV).
///
/// Mean, standard deviation (n − 1), median, quartiles, minimum and maximum; with --json also z, rank and percentile of
/// each mark. Numbers are read as on a mark sheet, with per cent and thousands too; what does not count (words, columns
/// that tell students apart, rows such as “Points Possible”) is named with its row.
#[derive(clap::Args)]
pub struct Analyse {
    /// The file: CSV or a workbook, with the names of the columns in the first line.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The highest possible mark; a mark above it is an error.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    max: Option<f64>,
}

impl Analyse {
    pub fn run(self) -> Result<Output, Failure> {
        let bad = |error: &dyn Display| {
            let message = analyse::bad_file(self.file.display(), error.to_string());
            Failure::from(Error::new(ErrorCode::BadFile, message))
        };
        let refused = |error: AnalysisError| match error {
            AnalysisError::Maximum(_) => Failure::Usage(analyse::maximum(error.to_string())),
            error => bad(&error),
        };
        match analyse_file(&self.file, self.max) {
            Err(AnalysisError::Encoding { .. }) => {
                let set = self.other_table().map_err(|error| bad(&error))?;
                let text = table_text(&set).map_err(|error| bad(&error))?;
                let analysis = analyse_text(text, self.max).map_err(refused)?;
                let read_as = read_as(&set.readings());
                Output::new(format!("{}read as: {read_as}\n", in_words(&analysis)), &Answer { analysis, read_as })
            }
            Err(error) => Err(refused(error)),
            Ok(analysis) => Output::new(in_words(&analysis), &analysis),
        }
    }

    /// A file that is no UTF-8: text in another encoding, or a workbook. Its content decides, not the end of its name.
    fn other_table(&self) -> Result<Set, ExchangeError> {
        let shown = self.file.display().to_string();
        let limits = Limits::default();
        let bytes = files::read(&self.file, limits.file).map_err(|source| ExchangeError::Io { path: shown, source })?;
        Set::from_files([("marks.csv", bytes)], limits)
    }
}

/// The statistics, and how a file was read that is no UTF-8.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    analysis: Analysis,
    #[serde(rename = "readAs")]
    read_as: String,
}

/// The encoding of a text, with some of its letters where it was found by them; the sheet of a workbook.
fn read_as(readings: &[TableReading]) -> String {
    let of = |reading: &TableReading| match (&reading.sheet, &reading.encoding) {
        (Some(sheet), _) => format!("sheet “{}”", sheet.name),
        (None, Some(encoding)) if encoding.guessed => format!("{} ({})", encoding.name, encoding.samples.join(", ")),
        (None, Some(encoding)) => encoding.name.clone(),
        (None, None) => String::new(),
    };
    readings.iter().map(of).collect()
}

fn in_words(analysis: &Analysis) -> String {
    let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let rows: Vec<Vec<String>> = analysis
        .columns
        .iter()
        .map(|column| {
            let s = &column.statistics;
            let figures = [s.mean, s.sd, s.min, s.q1, s.median, s.q3, s.max];
            [column.name.clone(), s.n.to_string()].into_iter().chain(figures.map(figure)).collect()
        })
        .collect();
    let mut text = table(&["column", "n", "mean", "sd", "min", "q1", "median", "q3", "max"], &rows);
    for ignored in &analysis.ignored {
        let (column, row, found) = (&ignored.column, ignored.row.to_string(), &ignored.found);
        let said = match ignored.why {
            Some(Reason::Identifier) => analyse::identifier_left_out(column, row, found),
            None => analyse::column_left_out(column, row, found),
        };
        text.push_str(&format!("{said}\n"));
    }
    text.push_str(&left_out(&analysis.left_out));
    text
}

/// So many cells of a column are named; of the others it is said how many there are.
const NAMED: usize = 8;

/// What was not counted: rows one a line, cells one line a column.
fn left_out(left_out: &[LeftOut]) -> String {
    let mut text = String::new();
    for row in left_out.iter().filter(|left| left.column.is_none()) {
        text.push_str(&format!("{}\n", analyse::row_left_out(row.row.to_string(), &row.found)));
    }
    let mut columns: Vec<&str> = Vec::new();
    for column in left_out.iter().filter_map(|left| left.column.as_deref()) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    for column in columns {
        let cells: Vec<&LeftOut> = left_out.iter().filter(|left| left.column.as_deref() == Some(column)).collect();
        let named = cells.iter().take(NAMED).map(|cell| analyse::cell(cell.row.to_string(), &cell.found).to_string());
        let named: Vec<String> = named.collect();
        let more = match cells.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => analyse::and_more(more).to_string(),
        };
        text.push_str(&format!("{}\n", analyse::not_counted(column, named.join(", "), more)));
    }
    text
}
