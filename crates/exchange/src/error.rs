//! What can be wrong with a file: a whole set that cannot be read, a row that is refused, and what was mended on the way.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use words::faults::exchange::{self, expected, found};
use words::{Message, Text};

/// Why a row is refused: what it says is wrong, or only what it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
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
    /// What is there, where no cell's content says it; `found` is empty then.
    pub said: Option<Message>,
    /// What would have been accepted.
    pub expected: Message,
    #[serde(default)]
    pub kind: RefusalKind,
}

impl Refusal {
    /// Of one cell; `found` is shortened already.
    pub fn of_cell(file: &str, line: u32, column: &str, found: String, expected: Message) -> Self {
        let (file, column) = (file.to_owned(), column.to_owned());
        Self { file, line, column, found, said: None, expected, kind: RefusalKind::Fault }
    }

    /// Of more than a cell: of a row, a file or a set.
    pub(crate) fn of_file(file: &str, line: u32, column: &str, said: Message, expected: Message) -> Self {
        Self { said: Some(said), ..Self::of_cell(file, line, column, String::new(), expected) }
    }

    /// What is beyond the refusals that are listed.
    pub fn unlisted(count: usize, listed: usize, kind: RefusalKind) -> Self {
        let expected = expected::fewer_refusals(listed.to_string());
        Self { kind, ..Self::of_file("", 0, "", found::more_refusals(count), expected) }
    }

    /// What was found where, and what would have been accepted.
    pub fn reason(&self) -> Message {
        let found = match &self.said {
            None if self.found.is_empty() => found::nothing().into(),
            said => there(said.as_ref(), &self.found),
        };
        match self.column.as_str() {
            "" => exchange::refused::row(found, self.expected.clone()),
            column => exchange::refused::cell(column, found, self.expected.clone()),
        }
    }
}

/// What kind of mending a [`Note`] tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
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
    /// What the cell held.
    pub found: String,
    /// What is there, where no cell's content says it; `found` is empty then.
    pub said: Option<Message>,
    /// What it was taken as.
    pub taken: Message,
    /// On how many rows; 1 for a header or a file.
    pub rows: u32,
}

impl Note {
    /// Of one cell; `found` is shortened already.
    pub fn of_cell(kind: NoteKind, file: &str, line: u32, column: &str, found: String, taken: Message) -> Self {
        let (file, column) = (file.to_owned(), column.to_owned());
        Self { kind, file, line, column, found, said: None, taken, rows: 1 }
    }

    /// What is there: the words for it, else the cell's content.
    pub fn there(&self) -> Text {
        there(self.said.as_ref(), &self.found)
    }
}

/// The words for what is there, else the cell's content.
fn there(said: Option<&Message>, found: &str) -> Text {
    said.map_or_else(|| found.into(), |said| said.clone().into())
}

/// A set that cannot be read at all. Every message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    Io { path: String, source: std::io::Error },
    Zip { path: String, reason: Text },
    TooLarge { what: Text, limit: String },
    Nothing { path: Text },
    Workbook { file: String, reason: Text },
    Protected { file: String },
    Sheets { file: String, sheets: Vec<String> },
    NoSheet { file: String, sheet: String, sheets: Vec<String> },
    UnknownEncoding { name: String },
    Twice { file: String },
    Encoding { file: String, line: u32, found: Message },
    Quotes { file: String, line: u32 },
    Headers(Vec<Refusal>),
    Columns(Vec<Refusal>),
    NeedsMatching { file: String },
}

impl ExchangeError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Io { path, source, .. } => exchange::io(path, source),
            Self::Zip { path, reason } => exchange::zip(path, reason.clone()),
            Self::TooLarge { what, limit } => exchange::too_large(what.clone(), limit),
            Self::Nothing { path } => exchange::nothing(path.clone()),
            Self::Workbook { file, reason } => exchange::workbook(file, reason.clone()),
            Self::Protected { file } => exchange::protected(file),
            Self::Sheets { file, sheets } => exchange::sheets(file, sheets.join(", ")),
            Self::NoSheet { file, sheet, sheets } => exchange::no_sheet(file, sheet, sheets.join(", ")),
            Self::UnknownEncoding { name } => exchange::unknown_encoding(name, crate::encoding::NAMES.join(", ")),
            Self::Twice { file } => exchange::twice(file),
            Self::Encoding { file, line, found } => exchange::encoding(file, line.to_string(), found.clone()),
            Self::Quotes { file, line } => exchange::quotes(file, line.to_string()),
            Self::Headers(refusals) => exchange::headers(first(refusals)),
            Self::Columns(refusals) => exchange::columns(first(refusals)),
            Self::NeedsMatching { file } => exchange::needs_matching(file),
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
            Self::Encoding { file, line, found } => {
                vec![Refusal::of_file(file, *line, "", found.clone(), expected::utf8())]
            }
            Self::Quotes { file, line } => {
                vec![Refusal::of_file(file, *line, "", found::open_quote(), expected::quotes_in_pairs())]
            }
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
fn first(refusals: &[Refusal]) -> Text {
    let Some(first) = refusals.first() else { return "".into() };
    let said = exchange::refused::at(first.file.as_str(), first.line.to_string(), first.reason());
    match refusals.len() {
        1 => said.into(),
        all => exchange::refused::more(said, all - 1).into(),
    }
}
