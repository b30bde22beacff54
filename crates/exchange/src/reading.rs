//! How tables were read, for a person to see before anything is imported, and what they may say instead.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::date::DateOrder;
use crate::names::FullNameOrder;

/// What a person says about files before they are opened; what is left out is found in the files.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct ReadAs {
    /// Name of the encoding of text files, for example `windows-1252`.
    pub encoding: Option<String>,
    /// Name of the sheet of a workbook, or of the table of a web page.
    pub sheet: Option<String>,
    /// Line of the header in a list, from 1.
    pub header_line: Option<u32>,
}

/// What a table was before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableSource {
    #[default]
    Text,
    /// Excel or OpenDocument.
    Workbook,
    /// A web page, or XML that Excel opens, mostly named `.xls`.
    Page,
}

/// What stands between the cells of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
    UprightLine,
}

/// How one table was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TableReading {
    /// Name of the file inside its set.
    pub file: String,
    pub source: TableSource,
    /// `None` for a workbook, whose text has no encoding of its own.
    pub encoding: Option<EncodingRead>,
    /// `None` for a text.
    pub sheet: Option<SheetRead>,
    /// `None` for what is no text.
    pub separator: Option<Separator>,
    /// Line (in a workbook: row) with the names of the columns, from 1.
    pub header_line: u32,
    /// Columns that nothing is taken from.
    pub unread: Vec<String>,
    /// Columns of dates that are not written as yyyy-mm-dd throughout.
    pub dates: Vec<DateColumn>,
    /// How whole names in one cell were divided; `None` where there are none.
    pub names: Option<NamesRead>,
}

/// The encoding of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EncodingRead {
    pub name: String,
    /// Found by the letters; a person should look at the samples.
    pub guessed: bool,
    /// Words beyond ASCII as they were read.
    pub samples: Vec<String>,
    /// Encodings in which the file can be read too, with other letters.
    pub others: Vec<String>,
}

/// The sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SheetRead {
    pub name: String,
    /// Names of the other sheets that hold something.
    pub others: Vec<String>,
    /// Several sheets look like lists and nobody said which is meant: nothing is imported until somebody does.
    pub undecided: bool,
}

/// How the dates of a column were understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DateColumn {
    pub column: String,
    /// `None` where no cell needs it, or nothing decides: such cells are refused.
    pub order: Option<DateOrder>,
    pub decided_by: DecidedBy,
    /// A cell of the column, and the date (yyyy-mm-dd) that it was read as; empty where it is refused.
    pub written: String,
    pub read: String,
}

/// What decided between day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// A cell with a day above twelve.
    Cells,
    /// The name of the column, as in "Date of birth (DD/MM/YYYY)".
    Header,
    /// The person, or the format of the set.
    Said,
    Nothing,
}

/// How whole names were divided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NamesRead {
    /// Which order was taken for names without a comma.
    pub order: FullNameOrder,
    /// Some names, those with most words first.
    pub examples: Vec<NameRead>,
}

/// One name as it is written and as it was divided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NameRead {
    pub written: String,
    pub given: String,
    pub family: String,
}
