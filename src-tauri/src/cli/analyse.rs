//! `homeroom analyse`: the statistics of a marks file.

use std::path::PathBuf;

use analytics::{Analysis, AnalysisError, analyse_file};
use school::{Error, ErrorCode};

use super::output::{Failure, Output, table};

/// Shows the statistics of each column of numbers of a marks file (CSV).
///
/// Mean, standard deviation (n − 1), median, quartiles, minimum and maximum; with --json also z, rank and percentile of
/// each mark. Columns that hold something else than numbers are named and left out.
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
        text.push_str(&format!("left out: {} (row {} says “{}”)\n", ignored.column, ignored.row, ignored.found));
    }
    text
}
