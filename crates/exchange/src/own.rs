//! Fields that a school made itself, in lists of its students and staff: a column of a field's name is proposed for it, and
//! what stands there is read by its kind.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use words::faults::exchange::{expected, value};

use crate::clean;
use crate::kind::ListKind;
use crate::lists::yes_or_no;
use crate::matching::ColumnMatching;
use crate::row::Row;
use crate::same::same_key;

/// Characters of a text.
const TEXT: usize = 1_000;
/// Digits of a number before the point and behind it.
const DIGITS: (usize, usize) = (15, 6);

/// Choices that a refusal names.
const SHOWN: usize = 20;

/// A field that the school made, as lists may hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnField {
    /// By this it is matched.
    pub id: String,
    pub title: String,
    /// The kind of lists whose rows it is about.
    pub of: ListKind,
    pub kind: OwnKind,
}

/// What such a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnKind {
    Text,
    Number,
    Date,
    /// One of these.
    Choice(Vec<String>),
    YesNo,
}

/// A field that the school made, by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct OwnFieldTitle {
    pub id: String,
    pub title: String,
}

/// What the rows of a list say of such fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnValues {
    /// The header that each field is in, by the field's identifier.
    pub headers: BTreeMap<String, String>,
    /// The fields of each row that is in order, by its line, with what they are to hold: a text, a decimal, a date as ISO
    /// 8601 writes it, a choice, `yes` or `no`. A blank cell says nothing.
    pub of_line: HashMap<u32, Vec<(String, String)>>,
}

/// The fields of a list's kind.
pub(crate) fn of_kind(kind: ListKind, own: &[OwnField]) -> impl Iterator<Item = &OwnField> {
    own.iter().filter(move |field| field.of == kind)
}

/// The headers that are a field's title, each by the field's identifier.
pub(crate) fn by_title<'h>(kind: ListKind, headers: &[&'h str], own: &[OwnField]) -> BTreeMap<String, &'h str> {
    let found = of_kind(kind, own).filter_map(|field| {
        let key = same_key(&field.title);
        let header = headers.iter().find(|header| same_key(header) == key)?;
        Some((field.id.clone(), *header))
    });
    found.collect()
}

/// The columns of a list that hold such fields.
pub(crate) struct OwnColumns<'o> {
    /// The name of the column in the sheet, the header and the field.
    columns: Vec<(String, &'o str, &'o OwnField)>,
}

impl<'o> OwnColumns<'o> {
    pub(crate) fn of(kind: ListKind, matching: &'o ColumnMatching, own: &'o [OwnField]) -> Self {
        let matched = of_kind(kind, own).filter_map(|field| {
            let header = matching.own.get(&field.id)?;
            Some((format!("own {}", field.id), header.as_str(), field))
        });
        Self { columns: matched.collect() }
    }

    /// Each column's name in the sheet with its header.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.columns.iter().map(|(name, header, _)| (name.as_str(), *header))
    }

    /// The names of the columns that hold days.
    pub(crate) fn dates(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|(_, _, field)| field.kind == OwnKind::Date).map(|(name, _, _)| name.as_str())
    }

    pub(crate) fn headers(&self) -> BTreeMap<String, String> {
        self.columns.iter().map(|(_, header, field)| (field.id.clone(), (*header).to_owned())).collect()
    }

    /// What a row says; the row is refused for what is no value of its field.
    pub(crate) fn read(&self, row: &Row<'_, '_>) -> Vec<(String, String)> {
        let said = self.columns.iter().filter_map(|(name, _, field)| {
            let value = read(row, name, &field.kind)?;
            Some((field.id.clone(), value))
        });
        said.collect()
    }
}

fn read(row: &Row<'_, '_>, column: &str, kind: &OwnKind) -> Option<String> {
    let text = row.text(column, TEXT, value::text);
    if text.is_empty() {
        return None;
    }
    match kind {
        OwnKind::Text => Some(text),
        OwnKind::Date => row.date(column).map(|day| day.to_string()),
        OwnKind::Number if clean::is_nothing(&text) => None,
        OwnKind::Number => number(row, column, &text),
        OwnKind::Choice(choices) => {
            let key = same_key(&text);
            let known = choices.iter().find(|choice| **choice == text);
            let known = known.or_else(|| choices.iter().find(|choice| same_key(choice) == key));
            if known.is_none() && !clean::is_nothing(&text) {
                let some: Vec<&str> = choices.iter().take(SHOWN).map(String::as_str).collect();
                row.refuse(column, value::one_of(some.join(", ")));
            }
            known.cloned()
        }
        OwnKind::YesNo => {
            let said = yes_or_no(row, column)?;
            Some(if said { "yes" } else { "no" }.to_owned())
        }
    }
}

/// A decimal, in whatever digits it is written, with a minus of whatever kind.
fn number(row: &Row<'_, '_>, column: &str, text: &str) -> Option<String> {
    let text = clean::western(text).replace('\u{2212}', "-");
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = whole.trim_start_matches('0').len() <= DIGITS.0 && part.trim_end_matches('0').len() <= DIGITS.1;
    if plain(whole) && plain(part) && fits {
        return Some(text);
    }
    row.refuse(column, expected::decimal());
    None
}
