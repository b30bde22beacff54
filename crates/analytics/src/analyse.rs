//! The statistics of a marks file, column by column: what `homeroom analyse` prints.

use std::fmt;
use std::io::Read;
use std::path::Path;

use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use words::Message;
use words::faults::analytics;

use crate::csv_marks::{Marks, read_marks, read_text};
use crate::standing::{Standing, standings};
use crate::summary::{Statistics, describe};

/// Why a marks file was refused. Rows are counted from 1 below the header, lines from 1 at the
/// top of the file.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// The file cannot be opened or read.
    Read(#[from] std::io::Error),
    /// Too large to be a marks file; the limit in MiB.
    TooLarge(u64),
    /// More cells than a marks file has; the limit.
    TooManyCells(usize),
    /// The bytes are no UTF-8.
    Encoding {
        /// First line with a wrong byte.
        line: u64,
    },
    /// Nothing but blanks.
    Empty,
    /// The first line holds numbers only.
    NoHeader,
    /// A header and nothing below.
    NoRows,
    /// A row is longer or shorter than the header.
    Ragged {
        /// Row below the header.
        row: u32,
        /// Line in the file.
        line: u64,
        /// Cells in the row.
        found: u64,
        /// Columns in the header.
        expected: u64,
    },
    /// Not one column holds numbers.
    NoNumbers(Vec<Ignored>),
    /// Two columns of numbers are called the same.
    SameName(String),
    /// A cell in a column of numbers is none that a mark can be.
    NotFinite {
        /// Row below the header.
        row: u32,
        /// Name of the column.
        column: String,
        /// What the cell says.
        found: String,
    },
    /// A comma that may be a decimal or a thousands separator.
    AmbiguousComma {
        /// Row below the header.
        row: u32,
        /// Name of the column.
        column: String,
        /// What the cell says.
        found: String,
    },
    /// A value above the highest possible mark.
    AboveMaximum {
        /// Row below the header.
        row: u32,
        /// Name of the column.
        column: String,
        /// What the cell says.
        found: String,
        /// The highest possible mark.
        max: f64,
    },
    /// The highest possible mark is none.
    Maximum(f64),
}

impl AnalysisError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Read(error) => analytics::unreadable(error),
            Self::TooLarge(most) => analytics::too_large(*most),
            Self::TooManyCells(most) => analytics::too_many_cells(most.to_string()),
            Self::Encoding { line } => analytics::encoding(line.to_string()),
            Self::Empty => analytics::empty(),
            Self::NoHeader => analytics::no_header(),
            Self::NoRows => analytics::no_rows(),
            Self::Ragged { row, line, found, expected } => {
                analytics::ragged(row.to_string(), line.to_string(), found.to_string(), expected.to_string())
            }
            Self::NoNumbers(ignored) => match ignored.first() {
                Some(text) => analytics::no_numbers_but(text.row.to_string(), &text.column, &text.found),
                None => analytics::no_numbers(),
            },
            Self::SameName(name) => analytics::same_name(name),
            Self::NotFinite { row, column, found } => analytics::not_finite(row.to_string(), column, found),
            Self::AmbiguousComma { row, column, found } => analytics::ambiguous_comma(row.to_string(), column, found),
            Self::AboveMaximum { row, column, found, max } => {
                analytics::above_maximum(row.to_string(), column, found, max.to_string())
            }
            Self::Maximum(given) => analytics::maximum(given.to_string()),
        }
    }
}

impl fmt::Display for AnalysisError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// The statistics of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// Columns of marks, in the order of the file; an object by name in JSON.
    #[serde(serialize_with = "by_name")]
    pub columns: Vec<Column>,
    /// What was not counted: rows that are no student's, and cells of the columns of marks that hold something else than
    /// a number; by row.
    #[serde(rename = "leftOut", skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Columns that hold something else, with the first cell that shows it.
    pub ignored: Vec<Ignored>,
}

/// A row, or a cell of a column of marks, that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Row in the file, the first below the header being 1.
    pub row: u32,
    /// The column of the cell; none for a whole row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What it says, cut at 40 characters.
    pub found: String,
    /// Why it does not count.
    pub why: Why,
}

/// Why something does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The row is no student's: highest possible marks, means, a test student.
    NoStudent,
    /// A word for "excused".
    Excused,
    /// A word for "missing".
    Missing,
    /// Neither a number nor a word that a mark sheet knows.
    NoMark,
}

/// One column of marks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its name in the first line.
    #[serde(skip)]
    pub name: String,
    /// Its figures; blank cells do not count.
    #[serde(flatten)]
    pub statistics: Statistics,
    /// Its marks in the order of the file, without blank cells.
    pub rows: Vec<Row>,
}

/// One mark and where it stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Row {
    /// Row in the file, the first below the header being 1; blank lines are no rows.
    pub row: u32,
    /// The mark.
    pub value: f64,
    /// Its place.
    #[serde(flatten)]
    pub standing: Standing,
}

/// A column that is not one of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// Its name in the first line.
    pub column: String,
    /// First row that holds something else than a number, or the first that holds anything.
    pub row: u32,
    /// What that cell says, cut at 40 characters.
    pub found: String,
    /// Why a column of numbers is none of marks; none where it is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
}

/// Why a column of numbers is none of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It tells students apart, or says how to reach them.
    Identifier,
}

fn by_name<S: Serializer>(columns: &[Column], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(columns.iter().map(|column| (&column.name, column)))
}

/// Analyses the file at `path`; see [`analyse_csv`].
///
/// # Errors
/// As [`analyse_csv`].
pub fn analyse_file(path: &Path, max: Option<f64>) -> Result<Analysis, AnalysisError> {
    analyse_csv(files::open(path)?, max)
}

/// Works out the statistics of a file in UTF-8; see [`analyse_text`].
///
/// # Errors
/// As [`analyse_text`], and where the file is no UTF-8.
pub fn analyse_csv(reader: impl Read, max: Option<f64>) -> Result<Analysis, AnalysisError> {
    checked(max)?;
    analyse_text(&read_text(reader)?, max)
}

/// Works out the statistics of each column of marks of a CSV file: a header line, and commas, semicolons or tabs between
/// the cells, whichever fit. Numbers are read as people write them: a decimal point, or a decimal comma where nothing
/// else can be meant, a sign of per cent, something between thousands, digits of any script. Words that a mark sheet
/// knows do not count; nor do rows of a gradebook that are no student's, and columns that tell students apart.
///
/// `max` is the highest possible mark of every column, in the unit of the marks.
///
/// # Errors
/// Where the file is no such file, where a number can be read in two ways, is infinite or above `max`, or where no
/// column holds numbers. Nothing is left out silently: what does not count is named.
pub fn analyse_text(text: &str, max: Option<f64>) -> Result<Analysis, AnalysisError> {
    checked(max)?;
    let Marks { columns, ignored, left_out } = read_marks(text, max)?;
    let columns = columns.into_iter().map(|(name, values)| column(name, &values)).collect();
    Ok(Analysis { columns, left_out, ignored })
}

fn checked(max: Option<f64>) -> Result<(), AnalysisError> {
    max.filter(|max| !(max.is_finite() && *max > 0.0)).map_or(Ok(()), |max| Err(AnalysisError::Maximum(max)))
}

fn column(name: String, values: &[Option<f64>]) -> Column {
    let given: Vec<f64> = values.iter().flatten().copied().collect();
    let rows = (1..)
        .zip(values)
        .zip(standings(values))
        .filter_map(|((row, value), standing)| Some(Row { row, value: (*value)?, standing: standing? }))
        .collect();
    Column { name, statistics: describe(&given), rows }
}
