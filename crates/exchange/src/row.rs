//! One row of a table: reads its cells as what they should be and refuses the row with the reason where they are not.

use std::cell::Cell;

use chrono::NaiveDate;
use csv::StringRecord;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use words::Message;
use words::faults::exchange::{expected, taken, value};

use crate::clean;
use crate::date::{self, NoDate, Written};
use crate::error::NoteKind;
use crate::log::Log;
use crate::roster::Place;
use crate::sheet::Sheet;

/// Characters of a name.
pub(crate) const NAME: usize = 200;
/// Characters of an id (as the OneRoster binding has it).
pub(crate) const ID: usize = 255;
/// Entries of a list inside one cell.
const LIST: usize = 500;

pub(crate) struct Row<'r, 'a> {
    sheet: &'r Sheet<'a>,
    record: &'r StringRecord,
    pub(crate) line: u32,
    log: &'r Log,
    failed: Cell<bool>,
}

impl<'r, 'a> Row<'r, 'a> {
    pub(crate) fn new(sheet: &'r Sheet<'a>, record: &'r StringRecord, line: u32, log: &'r Log) -> Self {
        Self { sheet, record, line, log, failed: Cell::new(false) }
    }

    pub(crate) fn place(&self) -> Place {
        Place { file: self.sheet.file.clone(), line: self.line }
    }

    /// `Some` of the record if no cell was refused.
    pub(crate) fn accept<T>(&self, record: T) -> Option<T> {
        (!self.failed.get()).then_some(record)
    }

    /// The trimmed cell; empty if it is blank or the file has no such column.
    pub(crate) fn cell(&self, column: &str) -> &'r str {
        let index = self.sheet.columns.get(column).map(|column| column.index);
        index.and_then(|index| self.record.get(index)).unwrap_or_default().trim()
    }

    /// Whether the file has the column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.sheet.has(column)
    }

    pub(crate) fn refuse(&self, column: &str, expected: Message) {
        self.failed.set(true);
        self.log.refuse(&self.sheet.file, self.line, self.header(column), self.cell(column), expected);
    }

    pub(crate) fn note(&self, kind: NoteKind, column: &str, taken: impl FnOnce() -> Message) {
        self.log.note(kind, &self.sheet.file, self.line, self.header(column), self.cell(column), taken);
    }

    fn header<'c>(&'c self, column: &'c str) -> &'c str {
        self.sheet.columns.get(column).map_or(column, |column| column.header.as_str())
    }

    /// Text of at most `most` characters in normal form C; empty if blank.
    pub(crate) fn text(&self, column: &str, most: usize, what: fn() -> Message) -> String {
        let cell = self.cell(column);
        if cell.len() > most && cell.chars().count() > most {
            self.refuse(column, expected::at_most(what(), most.to_string()));
            return String::new();
        }
        if is_error(cell) {
            self.refuse(column, expected::no_formula_error(what()));
            return String::new();
        }
        if cell.is_ascii() {
            if cell.bytes().any(|byte| byte.is_ascii_control()) {
                self.refuse(column, expected::no_control(what()));
            }
            return cell.to_owned();
        }
        if cell.chars().any(char::is_control) {
            self.refuse(column, expected::no_control(what()));
        }
        match is_nfc_quick(cell.chars()) {
            IsNormalized::Yes => cell.to_owned(),
            _ => cell.nfc().collect(),
        }
    }

    /// A number or code by which something is known, or a telephone number: with the digits of our own, without what
    /// spreadsheet programs and databases put around it, and refused where one has shortened it.
    pub(crate) fn code(&self, column: &str, most: usize, what: fn() -> Message) -> String {
        let text = clean::western(&self.text(column, most, what)).into_owned();
        if is_shortened(&text) {
            self.refuse(column, expected::in_full(what()));
        }
        let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '+'));
        let text = clean::whole(bare.unwrap_or(&text));
        if clean::is_nothing(text) { String::new() } else { text.to_owned() }
    }

    /// A name that may be missing, as a title or somebody beside the student; blank where the cell says that there is none.
    pub(crate) fn possible_name(&self, column: &str) -> String {
        let text = self.optional_name(column);
        if clean::is_nothing(&text) { String::new() } else { clean::whole(&text).to_owned() }
    }

    /// As [`Row::code`], and refused if blank.
    pub(crate) fn required_code(&self, column: &str, most: usize, what: fn() -> Message) -> String {
        let text = self.code(column, most, what);
        if text.is_empty() && !self.failed.get() {
            self.refuse(column, expected::required(what()));
        }
        text
    }

    /// As [`Row::text`], and refused if blank.
    pub(crate) fn required(&self, column: &str, most: usize, what: fn() -> Message) -> String {
        if self.cell(column).is_empty() {
            self.refuse(column, expected::required(what()));
        }
        self.text(column, most, what)
    }

    pub(crate) fn name(&self, column: &str) -> String {
        self.required(column, NAME, value::name)
    }

    pub(crate) fn optional_name(&self, column: &str) -> String {
        self.text(column, NAME, value::name)
    }

    pub(crate) fn id(&self, column: &str) -> String {
        self.required(column, ID, value::id)
    }

    pub(crate) fn optional_id(&self, column: &str) -> Option<String> {
        let id = self.text(column, ID, value::id);
        (!id.is_empty()).then_some(id)
    }

    /// The comma-separated entries of one cell, each once.
    pub(crate) fn list(&self, column: &str) -> Vec<String> {
        let all = self.text(column, LIST * (ID + 1), value::list);
        let mut entries: Vec<String> = Vec::new();
        for entry in all.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            if entry.chars().count() > ID || entries.len() >= LIST {
                self.refuse(column, expected::entries(LIST.to_string(), ID.to_string()));
                break;
            }
            if !entries.iter().any(|known| known == entry) {
                entries.push(entry.to_owned());
            }
        }
        entries
    }

    /// As [`Row::list`], and refused if there is no entry.
    pub(crate) fn required_list(&self, column: &str) -> Vec<String> {
        let list = self.list(column);
        if list.is_empty() && !self.failed.get() {
            self.refuse(column, expected::required(value::some_id()));
        }
        list
    }

    /// One of the values of a list; capitals are mended, anything else is refused. `None` if blank or refused.
    pub(crate) fn choice<T: Copy>(&self, column: &str, values: &[(&str, T)]) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        if let Some((_, value)) = values.iter().find(|(name, _)| *name == cell) {
            return Some(*value);
        }
        match values.iter().find(|(name, _)| name.eq_ignore_ascii_case(cell)) {
            Some((name, value)) => {
                self.note(NoteKind::Capitals, column, || taken::value(*name));
                Some(*value)
            }
            None => {
                self.refuse(column, one_of(values));
                None
            }
        }
    }

    /// As [`Row::choice`], and refused if blank.
    pub(crate) fn required_choice<T: Copy>(&self, column: &str, values: &[(&str, T)]) -> Option<T> {
        if self.cell(column).is_empty() {
            self.refuse(column, expected::required(one_of(values)));
        }
        self.choice(column, values)
    }

    pub(crate) fn boolean(&self, column: &str) -> Option<bool> {
        self.choice(column, &[("true", true), ("false", false)])
    }

    pub(crate) fn required_boolean(&self, column: &str) -> Option<bool> {
        self.required_choice(column, &[("true", true), ("false", false)])
    }

    /// `None` if blank or refused.
    pub(crate) fn date(&self, column: &str) -> Option<NaiveDate> {
        let cell = self.cell(column);
        if cell.is_empty() || clean::is_nothing(cell) {
            return None;
        }
        let order = self.sheet.columns.get(column).and_then(|column| column.order);
        let expected = match date::read(cell) {
            Ok(Written::Iso(date)) => return Some(date),
            Ok(written) => match written.date(order) {
                Some(date) => {
                    self.note(NoteKind::Value, column, || taken::value(date.to_string()));
                    return Some(date);
                }
                None if order.is_none() => expected::clear_date(),
                None => NoDate::Other.expected(),
            },
            Err(fault) => fault.expected(),
        };
        self.refuse(column, expected);
        None
    }

    pub(crate) fn required_date(&self, column: &str) -> Option<NaiveDate> {
        if self.cell(column).is_empty() {
            self.refuse(column, expected::required(value::date()));
        }
        self.date(column)
    }

    /// Refuses an end that is not after its begin. `inclusive` ends become the day after.
    pub(crate) fn period(
        &self,
        begin: Option<NaiveDate>,
        end: Option<NaiveDate>,
        column: &str,
        inclusive: bool,
    ) -> Option<NaiveDate> {
        let end = if inclusive { end.and_then(|end| end.succ_opt()) } else { end };
        if let (Some(begin), Some(end)) = (begin, end)
            && end <= begin
        {
            self.refuse(column, expected::after(begin.to_string()));
        }
        end
    }

    /// A decimal number as written, or empty.
    pub(crate) fn decimal(&self, column: &str) -> String {
        let text = clean::western(&self.text(column, 40, value::number)).into_owned();
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |s: &str| !s.is_empty() && s.bytes().all(|byte| byte.is_ascii_digit());
        let good = text.is_empty() || (number(whole) && number(part));
        if !good {
            self.refuse(column, expected::decimal());
        }
        text
    }
}

/// What a formula that failed shows, in a workbook or in what was saved from one.
fn is_error(cell: &str) -> bool {
    cell.starts_with('#')
        && ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#####"]
            .iter()
            .any(|e| cell.starts_with(e))
}

/// `1.23457E+11`: the digits behind are gone.
fn is_shortened(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    whole.len() == 1 && number(whole) && number(part) && number(power.strip_prefix('+').unwrap_or(power))
}

fn one_of<T>(values: &[(&str, T)]) -> Message {
    let names: Vec<_> = values.iter().map(|(name, _)| *name).collect();
    match names.as_slice() {
        [a, b] => value::either(*a, *b),
        names => value::one_of(names.join(", ")),
    }
}
