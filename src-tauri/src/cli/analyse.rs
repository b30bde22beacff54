//! `homeroom analyse`: the statistics of a marks file.

use std::path::PathBuf;

use analytics::{Analysis, AnalysisError, LeftOut, Reason, analyse_file};
use school::{Error, ErrorCode};

use super::output::{Failure, Output, table};

/// Shows the statistics of each column of numbers of a marks file (CSV).
///
/// Mean, standard deviation (n − 1), median, quartiles, minimum and maximum; with --json also z, rank and percentile of
/// each mark. Numbers are read as on a mark sheet, with per cent and thousands too; what does not count (words, columns
/// that tell students apart, rows such as “Points Possible”) is named with its row.
#[derive(clap::Args)]
pub struct Analyse {
    /// The file: CSV in UTF-8, with the names of the columns in the first line.
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The highest possible mark; a mark above it is an error.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    max: Option<f64>,
}

impl Analyse {
    pub fn run(self) -> Result<Output, Failure> {
        let analysis = analyse_file(&self.file, self.max).map_err(|error| match error {
            AnalysisError::Maximum(_) => Failure::Usage(format!("--max: {error}")),
            error => {
                let message = format!("{}: {error}.", self.file.display());
                Error::new(ErrorCode::BadFile, message).into()
            }
        })?;
        Output::new(in_words(&analysis), &analysis)
    }
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
        let why = match ignored.why {
            Some(Reason::Identifier) => "tells students apart: ",
            None => "",
        };
        text.push_str(&format!("left out: {} ({why}row {} says “{}”)\n", ignored.column, ignored.row, ignored.found));
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
        text.push_str(&format!("left out: row {} is no student’s (“{}”)\n", row.row, row.found));
    }
    let mut columns: Vec<&str> = Vec::new();
    for column in left_out.iter().filter_map(|left| left.column.as_deref()) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    for column in columns {
        let cells: Vec<&LeftOut> = left_out.iter().filter(|left| left.column.as_deref() == Some(column)).collect();
        let named = cells.iter().take(NAMED).map(|cell| format!("row {} “{}”", cell.row, cell.found));
        let named: Vec<String> = named.collect();
        let more = match cells.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more (--json names all)"),
        };
        text.push_str(&format!("not counted in {column}: {}{more}\n", named.join(", ")));
    }
    text
}
