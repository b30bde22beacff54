//! What can be wrong with a file: a whole set that cannot be read, a row that is refused, and what was mended on the way.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use words::Message;

/// Why a row is refused: what it says is wrong, or only what it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RefusalKind {
    /// A cell, a row or a file is not as the format says: the file may be damaged.
    #[default]
    Fault,
    /// The row is in order, but what it refers to is not there or does not fit.
    Reference,
}

/// One row, or one file, that is not taken in, and what it should have held.
/// Never shows the content of a password column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Refusal {
    /// Name of the file inside its set, for example `users.csv`.
    pub file: String,
    /// Physical line in the file, from 1; the header is line 1.
    pub line: u32,
    /// Name of the column as the header has it; empty where the whole row or file is meant.
    pub column: String,
    /// What the cell held, shortened to 60 characters, without control characters.
    pub found: String,
    /// What would have been accepted, as an English phrase.
    pub expected: String,
    #[serde(default)]
    pub kind: RefusalKind,
}

/// What kind of mending a [`Note`] tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// A misspelt header was read as the right one.
    Header,
    /// A column that nothing is known of was not read.
    UnknownColumn,
    /// A column of passwords was not read.
    Password,
    /// Capitals in an enumeration or a truth value were read as if small.
    Capitals,
    /// A value was read as another one by a documented rule (a date in the local order, a synonym).
    Value,
    /// An optional reference to a row that is not in the set was left out.
    LeftOut,
    /// Something about the file or the set as a whole (its name, its encoding, the manifest).
    File,
    /// Read as it is written, though somebody should look at it: it may have been spoilt before.
    Doubt,
}

/// Something that was not as it should be and was read all the same; one note per file, column, kind and value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Note {
    pub kind: NoteKind,
    /// Name of the file inside its set.
    pub file: String,
    /// The first physical line it was seen on, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Name of the column; empty where the whole file is meant.
    pub column: String,
    /// What the file held.
    pub found: String,
    /// What it was taken as, as an English phrase.
    pub taken: String,
    /// On how many rows; 1 for a header or a file.
    pub rows: u32,
}

/// A set that cannot be read at all. Every message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    Io { path: String, source: std::io::Error },
    Zip { path: String, reason: String },
    TooLarge { what: String, limit: String },
    Nothing { path: String },
    Workbook { file: String, reason: String },
    Protected { file: String },
    Sheets { file: String, sheets: Vec<String> },
    NoSheet { file: String, sheet: String, sheets: Vec<String> },
    UnknownEncoding { name: String },
    Twice { file: String },
    Encoding { file: String, line: u32, found: String },
    Quotes { file: String, line: u32 },
    Headers(Vec<Refusal>),
    Columns(Vec<Refusal>),
    NeedsMatching { file: String },
}

impl ExchangeError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Io { path, source, .. } => words::faults::exchange::io(path, source),
            Self::Zip { path, reason } => words::faults::exchange::zip(path, reason),
            Self::TooLarge { what, limit } => words::faults::exchange::too_large(what, limit),
            Self::Nothing { path } => words::faults::exchange::nothing(path),
            Self::Workbook { file, reason } => words::faults::exchange::workbook(file, reason),
            Self::Protected { file } => words::faults::exchange::protected(file),
            Self::Sheets { file, sheets } => words::faults::exchange::sheets(file, sheets.join(", ")),
            Self::NoSheet { file, sheet, sheets } => words::faults::exchange::no_sheet(file, sheet, sheets.join(", ")),
            Self::UnknownEncoding { name } => {
                words::faults::exchange::unknown_encoding(name, crate::encoding::NAMES.join(", "))
            }
            Self::Twice { file } => words::faults::exchange::twice(file),
            Self::Encoding { file, line, found } => words::faults::exchange::encoding(file, line.to_string(), found),
            Self::Quotes { file, line } => words::faults::exchange::quotes(file, line.to_string()),
            Self::Headers(a) => words::faults::exchange::headers(summary(a)),
            Self::Columns(a) => words::faults::exchange::columns(summary(a)),
            Self::NeedsMatching { file } => words::faults::exchange::needs_matching(file),
        }
    }
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl ExchangeError {
    /// The error as the import's list of refusals shows it; empty where no file inside the set is to blame.
    pub fn refusals(&self) -> Vec<Refusal> {
        match self {
            Self::Headers(refusals) | Self::Columns(refusals) => refusals.clone(),
            Self::Encoding { file, line, found } => vec![Refusal {
                file: file.clone(),
                line: *line,
                column: String::new(),
                found: found.clone(),
                expected: "text saved as \"CSV UTF-8\", or the name of its encoding".into(),
                kind: RefusalKind::Fault,
            }],
            Self::Quotes { file, line } => vec![Refusal {
                file: file.clone(),
                line: *line,
                column: String::new(),
                found: "a quotation mark that is not closed".into(),
                expected: "quotation marks in pairs".into(),
                kind: RefusalKind::Fault,
            }],
            _ => Vec::new(),
        }
    }

    /// A stable code for screens and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "exchange.unreadable",
            Self::Zip { .. } => "exchange.zip",
            Self::TooLarge { .. } => "exchange.too_large",
            Self::Nothing { .. } => "exchange.nothing",
            Self::Twice { .. } => "exchange.twice",
            Self::Encoding { .. } => "exchange.encoding",
            Self::Quotes { .. } => "exchange.quotes",
            Self::Workbook { .. } => "exchange.workbook",
            Self::Protected { .. } => "exchange.protected",
            Self::Sheets { .. } => "exchange.sheets",
            Self::NoSheet { .. } => "exchange.no_sheet",
            Self::UnknownEncoding { .. } => "exchange.unknown_encoding",
            Self::Headers(_) => "exchange.headers",
            Self::Columns(_) => "exchange.columns",
            Self::NeedsMatching { .. } => "exchange.needs_matching",
        }
    }
}

/// The first refusal in words, and how many more there are.
fn summary(refusals: &[Refusal]) -> String {
    let Some(first) = refusals.first() else {
        return String::new();
    };
    let column = if first.column.is_empty() { String::new() } else { format!(", column {}", first.column) };
    let more = match refusals.len() {
        1 => String::new(),
        n => format!(" (and {} more)", n - 1),
    };
    format!("{}, line {}{column}: found {}, expected {}{more}.", first.file, first.line, first.found, first.expected)
}
