//! One table of a set: finds its separator and its columns, and walks over its rows with their physical line numbers.

use std::collections::HashMap;
use std::sync::Arc;

use csv::StringRecord;

use crate::date::{DateOrder, Evidence};
use crate::error::{ExchangeError, NoteKind, Refusal, RefusalKind};
use crate::log::Log;
use crate::row::Row;
use crate::set::SourceFile;

/// More line breaks than this in one cell of a plain table mean an unclosed quotation mark, not an address.
const LINES_IN_A_CELL: usize = 8;

/// Misspelt headers that real files have, and what they mean.
const MISSPELT: &[(&str, &str)] = &[
    ("dataLastModified", "dateLastModified"),
    ("grade", "grades"),
    ("userId", "userIds"),
    ("agents", "agentSourcedIds"),
    ("prefferedGivenName", "preferredGivenName"),
    ("prefferedMiddleName", "preferredMiddleName"),
    ("prefferedFamilyName", "preferredFamilyName"),
    ("preferedGivenName", "preferredGivenName"),
    ("preferedMiddleName", "preferredMiddleName"),
    ("preferedFamilyName", "preferredFamilyName"),
];

/// What a file of a set is called and holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spec {
    pub(crate) file: &'static str,
    pub(crate) required: &'static [&'static str],
    pub(crate) optional: &'static [&'static str],
    /// Columns of the format that Homeroom has no use for.
    pub(crate) unread: &'static [&'static str],
    pub(crate) dates: &'static [&'static str],
}

impl Spec {
    fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) index: usize,
    /// As the file has it.
    pub(crate) header: String,
    pub(crate) order: Option<DateOrder>,
}

#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) file: Arc<str>,
    text: &'a str,
    delimiter: u8,
    /// Number of fields of the header.
    width: usize,
    pub(crate) columns: HashMap<&'static str, Column>,
    /// Cells may hold line breaks, as a spreadsheet writes them.
    line_breaks: bool,
}

impl<'a> Sheet<'a> {
    /// Opens a file of a known set. `family` are the set's other files, to recognise one under another's name.
    ///
    /// # Errors
    /// One refusal per column that is missing or there twice, and for an empty file.
    pub(crate) fn open(
        source: &'a SourceFile,
        spec: &Spec,
        family: &[Spec],
        order: Option<DateOrder>,
        log: &Log,
    ) -> Result<Self, Vec<Refusal>> {
        let mut sheet = Self::bare(source)?;
        let headers = header_cells(&source.text);
        sheet.match_headers(&headers, spec, log)?;
        let missing: Vec<_> = spec.required.iter().filter(|name| !sheet.columns.contains_key(**name)).collect();
        if !missing.is_empty() {
            let other = family.iter().find(|other| {
                other.file != spec.file && other.required.iter().all(|name| headers.iter().any(|h| h == name))
            });
            return Err(missing
                .into_iter()
                .map(|name| sheet.header_refusal(name, other.map(|other| other.file), &headers))
                .collect());
        }
        sheet.find_orders(spec.dates, order);
        Ok(sheet)
    }

    /// Opens a table whose columns a person matched: pairs of a field and the header it is in.
    ///
    /// # Errors
    /// A refusal per header that the file does not have.
    pub(crate) fn matched(
        source: &'a SourceFile,
        pairs: &[(&'static str, &str)],
        dates: &[&'static str],
        order: Option<DateOrder>,
    ) -> Result<Self, Vec<Refusal>> {
        let mut sheet = Self::bare(source)?;
        sheet.line_breaks = true;
        let headers = header_cells(&source.text);
        let mut errors = Vec::new();
        for (field, header) in pairs {
            match headers.iter().position(|h| h == header) {
                Some(index) if !is_password(header) => {
                    sheet.columns.insert(field, Column { index, header: (*header).to_owned(), order: None });
                }
                _ => errors.push(sheet.header_refusal(header, None, &headers)),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        sheet.find_orders(dates, order);
        Ok(sheet)
    }

    fn bare(source: &'a SourceFile) -> Result<Self, Vec<Refusal>> {
        let headers = header_cells(&source.text);
        let sheet = Self {
            file: source.name.as_str().into(),
            text: &source.text,
            delimiter: separator(&source.text),
            width: headers.len(),
            columns: HashMap::new(),
            line_breaks: false,
        };
        if headers.iter().all(String::is_empty) {
            return Err(vec![Refusal {
                file: source.name.clone(),
                line: 1,
                column: String::new(),
                found: "an empty file".into(),
                expected: "a first line with the names of the columns".into(),
                kind: RefusalKind::Fault,
            }]);
        }
        Ok(sheet)
    }

    fn header_refusal(&self, name: &str, other: Option<&str>, headers: &[String]) -> Refusal {
        Refusal {
            file: self.file.to_string(),
            line: 1,
            column: name.to_owned(),
            found: match other {
                Some(other) => format!("the columns of {other}"),
                None => format!("no such column among {}", crate::log::shown(&headers.join(", "))),
            },
            expected: match other {
                Some(_) => format!("a column {name}; was the file given another file's name?"),
                None => format!("a column {name}"),
            },
            kind: RefusalKind::Fault,
        }
    }

    /// Exact names first, then the known misspellings, then names that differ in capitals, spaces or underscores.
    fn match_headers(&mut self, headers: &[String], spec: &Spec, log: &Log) -> Result<(), Vec<Refusal>> {
        let mut left = Vec::new();
        for (index, header) in headers.iter().enumerate() {
            match spec.columns().find(|name| name == header) {
                Some(name) => self.put(name, index, header)?,
                None => left.push((index, header)),
            }
        }
        for (index, header) in left {
            if is_password(header) {
                log.note(NoteKind::Password, &self.file, 1, header, header, "not read");
                continue;
            }
            let meant = MISSPELT.iter().find(|(wrong, _)| wrong == header).map(|(_, right)| *right);
            let name = spec
                .columns()
                .find(|name| meant == Some(name))
                .or_else(|| spec.columns().find(|name| squeezed(name) == squeezed(header)));
            match name {
                Some(name) if !self.columns.contains_key(name) => {
                    log.note(NoteKind::Header, &self.file, 1, header, header, name);
                    self.put(name, index, header)?;
                }
                _ if header.is_empty() || header.starts_with("metadata.") || spec.unread.contains(&header.as_str()) => {
                }
                _ => log.note(NoteKind::UnknownColumn, &self.file, 1, header, header, "not read"),
            }
        }
        Ok(())
    }

    fn put(&mut self, name: &'static str, index: usize, header: &str) -> Result<(), Vec<Refusal>> {
        let column = Column { index, header: header.to_owned(), order: None };
        if self.columns.insert(name, column).is_none() {
            return Ok(());
        }
        Err(vec![Refusal {
            file: self.file.to_string(),
            line: 1,
            column: name.to_owned(),
            found: "the column twice".into(),
            expected: "each column once".into(),
            kind: RefusalKind::Fault,
        }])
    }

    fn find_orders(&mut self, dates: &[&'static str], fixed: Option<DateOrder>) {
        let columns: Vec<_> = dates.iter().filter_map(|name| Some((*name, self.columns.get(name)?.index))).collect();
        if columns.is_empty() {
            return;
        }
        let mut evidence = vec![Evidence::default(); columns.len()];
        if fixed.is_none() {
            let mut reader = self.reader();
            let mut record = StringRecord::new();
            // A row that cannot be read is reported when the rows are walked over.
            while matches!(reader.read_record(&mut record), Ok(true)) {
                for ((_, index), evidence) in columns.iter().zip(&mut evidence) {
                    evidence.see(record.get(*index).unwrap_or_default().trim());
                }
            }
        }
        for ((name, _), evidence) in columns.iter().zip(evidence) {
            if let Some(column) = self.columns.get_mut(name) {
                column.order = fixed.or(evidence.order());
            }
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    /// Whether some cell of a column is as asked.
    pub(crate) fn any(&self, name: &str, test: impl Fn(&str) -> bool) -> bool {
        let Some(column) = self.columns.get(name) else { return false };
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        while matches!(reader.read_record(&mut record), Ok(true)) {
            if record.get(column.index).is_some_and(|cell| test(cell.trim())) {
                return true;
            }
        }
        false
    }

    fn reader(&self) -> csv::Reader<&'a [u8]> {
        reader(self.text, self.delimiter)
    }

    /// Calls `take` for every row that has as many fields as the header; others are refused, blank ones passed over.
    /// Returns the number of rows that are not blank.
    ///
    /// # Errors
    /// A quotation mark that is not closed: what follows it cannot be told apart.
    pub(crate) fn each(&self, log: &Log, mut take: impl FnMut(&Row<'_, '_>)) -> Result<u32, ExchangeError> {
        let mut reader = self.reader();
        let mut record = StringRecord::new();
        let mut header = true;
        let mut rows = 0;
        loop {
            let more = reader.read_record(&mut record).map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line) as u32;
                ExchangeError::Encoding { file: self.file.to_string(), line, found: "a damaged row".into() }
            })?;
            if !more {
                return Ok(rows);
            }
            let line = self.line(&record);
            let fields = self.fields(&record, line)?;
            if std::mem::take(&mut header) || record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            rows += 1;
            if fields == self.width {
                take(&Row::new(self, &record, line, log));
            } else {
                let expected = format!("{} fields, as in the header", self.width);
                log.refuse(&self.file, line, "", &format!("{fields} fields"), expected);
            }
        }
    }

    /// The line that the record begins on. The reader's own number is that of the blank lines before it.
    fn line(&self, record: &StringRecord) -> u32 {
        let Some(position) = record.position() else { return 0 };
        let rest = self.text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
        position.line() as u32 + blank.count() as u32
    }

    /// Number of fields, without blank ones beyond the header's.
    fn fields(&self, record: &StringRecord, line: u32) -> Result<usize, ExchangeError> {
        let breaks = |cell: &str| cell.bytes().filter(|byte| *byte == b'\n').count();
        let most = record.iter().map(breaks).max().unwrap_or(0);
        let blank = |index: usize| record.get(index).is_some_and(|cell| cell.trim().is_empty());
        let mut fields = record.len();
        while fields > self.width && blank(fields - 1) {
            fields -= 1;
        }
        let allowed = self.line_breaks && most <= LINES_IN_A_CELL && fields == self.width;
        if most > 0 && !allowed {
            return Err(ExchangeError::Quotes { file: self.file.to_string(), line });
        }
        Ok(fields)
    }
}

pub(crate) fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// The one of comma, semicolon and tab that the header has most of, outside quotation marks.
pub(crate) fn separator(text: &str) -> u8 {
    let header = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !quoted && *separator == byte) {
            *count += 1;
        }
    }
    let mut best = (b',', 0);
    for (separator, count) in counts {
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

/// The cells of the first row that is not blank, trimmed, without empty ones at its end.
pub(crate) fn header_cells(text: &str) -> Vec<String> {
    let mut record = StringRecord::new();
    match reader(text, separator(text)).read_record(&mut record) {
        Ok(true) => {
            let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            while cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            cells
        }
        _ => Vec::new(),
    }
}

/// Line, name and value of each row of a file of pairs, such as the manifest.
pub(crate) fn read_pairs(text: &str) -> Vec<(u32, String, String)> {
    let mut reader = reader(text, separator(text));
    let mut record = StringRecord::new();
    let mut pairs = Vec::new();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let cell = |index| record.get(index).unwrap_or_default().trim().to_owned();
        pairs.push((record.position().map_or(0, csv::Position::line) as u32, cell(0), cell(1)));
    }
    pairs
}

/// Whether a column of this name holds passwords in one of the languages that school software speaks.
pub(crate) fn is_password(header: &str) -> bool {
    let name = squeezed(header);
    ["password", "passwort", "kennwort", "passwd", "motdepasse", "contraseña", "contrasena", "senha", "wachtwoord"]
        .iter()
        .any(|word| name.contains(word))
        || name == "pwd"
}

/// Small letters, without spaces, underscores, hyphens and points.
pub(crate) fn squeezed(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !"_-.".contains(*c)).flat_map(char::to_lowercase).collect()
}
