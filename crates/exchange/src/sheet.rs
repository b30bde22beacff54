//! One table of a set: finds its separator and its columns, and walks over its rows with their physical line numbers.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use csv::StringRecord;
use words::faults::exchange::{expected, found, taken, value};

use crate::clean;
use crate::date::{self, DateOrder, Evidence};
use crate::error::{ExchangeError, NoteKind, Refusal};
use crate::layout::Layout;
use crate::log::Log;
use crate::reading::{DateColumn, DecidedBy, TableReading, TableSource};
use crate::row::Row;
use crate::set::SourceFile;
use crate::write::unguarded;

/// More line breaks than this in one cell mean an unclosed quotation mark, not an address.
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

    fn names(&self, header: &str) -> bool {
        self.columns().chain(self.unread.iter().copied()).any(|name| name == header)
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
    layout: Layout,
    /// Names of the columns, each once; the number of fields of a row.
    headers: Vec<String>,
    /// The same as the file has them.
    written: Vec<String>,
    pub(crate) columns: HashMap<String, Column>,
    /// A list that people keep: a row may end before its last columns, and the header may be repeated on each page.
    list: bool,
    /// How the table was read, completed while it is.
    reading: RefCell<TableReading>,
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
        let mut sheet = Self::bare(source, false)?;
        let headers = sheet.layout.cells(&source.text);
        sheet.match_headers(&headers, spec, log)?;
        let missing: Vec<_> = spec.required.iter().filter(|name| !sheet.columns.contains_key(**name)).collect();
        if !missing.is_empty() {
            // Columns that many files share tell nothing: another file's name is right only if it explains more of them.
            let explained = |spec: &Spec| headers.iter().filter(|header| spec.names(header)).count();
            let whole = |other: &&Spec| other.required.iter().all(|name| headers.iter().any(|h| h == name));
            let other = family.iter().filter(|other| other.file != spec.file).filter(whole);
            let other = other.max_by_key(|other| explained(other)).filter(|other| explained(other) > explained(spec));
            return Err(missing
                .into_iter()
                .map(|name| sheet.header_refusal(name, other.map(|other| other.file), &headers))
                .collect());
        }
        sheet.find_orders(spec.dates, order, log);
        Ok(sheet)
    }

    /// Opens a table whose columns a person matched: pairs of a field and the header it is in.
    ///
    /// # Errors
    /// A refusal per header that the file does not have, or has several times.
    pub(crate) fn matched(
        source: &'a SourceFile,
        pairs: &[(&str, &str)],
        dates: &[&str],
        order: Option<DateOrder>,
        log: &Log,
    ) -> Result<Self, Vec<Refusal>> {
        let mut sheet = Self::bare(source, true)?;
        let mut errors = Vec::new();
        for (field, header) in pairs {
            match sheet.headers.iter().position(|h| h == header) {
                Some(index) if !is_password(header) => {
                    sheet
                        .columns
                        .insert((*field).to_owned(), Column { index, header: (*header).to_owned(), order: None });
                }
                _ => errors.push(sheet.header_refusal(header, None, &sheet.headers)),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let used: Vec<usize> = sheet.columns.values().map(|column| column.index).collect();
        let unread = sheet
            .headers
            .iter()
            .enumerate()
            .filter(|(index, header)| !used.contains(index) && !header.is_empty() && !is_password(header));
        let unread: Vec<String> = unread.map(|(_, header)| header.clone()).collect();
        for header in &unread {
            log.note(NoteKind::UnknownColumn, &sheet.file, sheet.layout.line, header, header, taken::not_read);
        }
        sheet.reading.get_mut().unread = unread;
        sheet.find_orders(dates, order, log);
        Ok(sheet)
    }

    fn bare(source: &'a SourceFile, list: bool) -> Result<Self, Vec<Refusal>> {
        let layout = source.layout;
        let written = layout.cells(&source.text);
        let headers = if list { layout.headers(&source.text).0 } else { written.clone() };
        if headers.iter().all(String::is_empty) {
            let refusal = Refusal::of_file(&source.name, 1, "", found::empty_file(), expected::header());
            return Err(vec![refusal]);
        }
        Ok(Self {
            file: source.name.as_str().into(),
            text: &source.text,
            layout,
            headers,
            written,
            columns: HashMap::new(),
            list,
            reading: RefCell::new(source.reading.clone()),
        })
    }

    fn header_refusal(&self, name: &str, other: Option<&str>, headers: &[String]) -> Refusal {
        let alike: Vec<_> = headers.iter().filter(|h| numbered(h, name)).map(String::as_str).collect();
        let (found, expected) = match (other, alike.len()) {
            (Some(other), _) => (found::columns_of(other), expected::column_not_other(name)),
            (None, 0) => (found::no_such_column(crate::log::shown(&headers.join(", "))), expected::column(name)),
            (None, times) => (found::columns_of_name(times), value::one_of(alike.join(", "))),
        };
        Refusal::of_file(&self.file, self.layout.line, name, found, expected)
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
                log.note(NoteKind::Password, &self.file, self.layout.line, header, header, taken::not_read);
                continue;
            }
            let meant = MISSPELT.iter().find(|(wrong, _)| wrong == header).map(|(_, right)| *right);
            let name = spec
                .columns()
                .find(|name| meant == Some(name))
                .or_else(|| spec.columns().find(|name| squeezed(name) == squeezed(header)));
            match name {
                Some(name) if !self.columns.contains_key(name) => {
                    log.note(NoteKind::Header, &self.file, self.layout.line, header, header, || taken::value(name));
                    self.put(name, index, header)?;
                }
                _ if header.is_empty() || header.starts_with("metadata.") || spec.unread.contains(&header.as_str()) => {
                }
                _ => {
                    log.note(NoteKind::UnknownColumn, &self.file, self.layout.line, header, header, taken::not_read);
                    self.reading.get_mut().unread.push(header.clone());
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, name: &'static str, index: usize, header: &str) -> Result<(), Vec<Refusal>> {
        let column = Column { index, header: header.to_owned(), order: None };
        if self.columns.insert(name.to_owned(), column).is_none() {
            return Ok(());
        }
        Err(vec![Refusal::of_file(&self.file, 1, name, found::column_twice(), expected::column_once())])
    }

    fn find_orders(&mut self, dates: &[&str], said: Option<DateOrder>, log: &Log) {
        let columns: Vec<_> = dates.iter().filter_map(|name| Some((*name, self.columns.get(*name)?.index))).collect();
        if columns.is_empty() {
            return;
        }
        let mut evidence = vec![Evidence::default(); columns.len()];
        let mut rows = self.rows();
        // A row that cannot be read is reported when the rows are walked over.
        while let Some(record) = rows.next() {
            for ((_, index), evidence) in columns.iter().zip(&mut evidence) {
                evidence.see(&clean::cell(record.get(*index).unwrap_or_default()));
            }
        }
        for ((name, _), evidence) in columns.iter().zip(evidence) {
            let Some(column) = self.columns.get_mut(*name) else { continue };
            let header = date::order_of_header(&column.header).filter(|order| !evidence.contradicts(*order));
            let (order, decided_by) = match (said, evidence.order(), header) {
                (Some(order), _, _) => (Some(order), DecidedBy::Said),
                (None, Some(order), _) => (Some(order), DecidedBy::Cells),
                (None, None, Some(order)) => (Some(order), DecidedBy::Header),
                (None, None, None) => (None, DecidedBy::Nothing),
            };
            column.order = order;
            let Some(written) = &evidence.example else { continue };
            let read = date::read(written).ok().and_then(|found| found.date(order));
            self.reading.get_mut().dates.push(DateColumn {
                column: column.header.clone(),
                order,
                decided_by,
                written: crate::log::shown(written),
                read: read.map(|date| date.to_string()).unwrap_or_default(),
            });
            if evidence.turned_round() {
                let column = &column.header;
                log.note_said(NoteKind::Doubt, &self.file, 0, column, found::dates_of_two_kinds, taken::as_written);
            }
        }
    }

    /// How the table was read.
    pub(crate) fn into_reading(self) -> TableReading {
        self.reading.into_inner()
    }

    /// The header that a field is in; empty where the table has none.
    pub(crate) fn header(&self, field: &str) -> &str {
        self.columns.get(field).map_or("", |column| column.header.as_str())
    }

    fn rows(&self) -> Records<'a> {
        let mut records = Records { reader: self.layout.reader(self.text), record: StringRecord::new() };
        records.next();
        records
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    /// Whether some cell of a column is as asked.
    pub(crate) fn any(&self, name: &str, test: impl Fn(&str) -> bool) -> bool {
        let Some(column) = self.columns.get(name) else { return false };
        let mut rows = self.rows();
        while let Some(record) = rows.next() {
            if record.get(column.index).is_some_and(|cell| test(&clean::cell(cell))) {
                return true;
            }
        }
        false
    }

    /// Calls `take` for every row that can be one; others are refused, blank ones passed over.
    /// Returns the number of rows that are not blank.
    ///
    /// # Errors
    /// A quotation mark that is not closed: what follows it cannot be told apart.
    pub(crate) fn each(&self, log: &Log, mut take: impl FnMut(&Row<'_, '_>)) -> Result<u32, ExchangeError> {
        let mut reader = self.layout.reader(self.text);
        let mut record = StringRecord::new();
        let mut header = true;
        let mut rows = 0;
        let mut broken = false;
        loop {
            let more = reader.read_record(&mut record).map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line) as u32;
                ExchangeError::Encoding { file: self.file.to_string(), line, found: found::damaged_row() }
            })?;
            if !more {
                return Ok(rows);
            }
            let line = self.line(&record);
            let fields = self.fields(&record, line)?;
            if std::mem::take(&mut header) || record.iter().all(|cell| clean::cell(cell).is_empty()) {
                continue;
            }
            if self.list && self.is_header(&record) {
                log.note_said(NoteKind::File, &self.file, line, "", found::names_again, taken::passed_over);
                continue;
            }
            rows += 1;
            self.clean(&mut record, line, log);
            if fields > self.headers.len() || self.too_short(fields, broken) {
                let expected = match (self.list && fields < self.headers.len(), broken) {
                    (true, false) => expected::row_with_name(),
                    (true, true) => expected::whole_row(),
                    (false, _) => expected::fields(self.headers.len()),
                };
                broken = fields < self.headers.len();
                log.refuse_row(&self.file, line, found::fields(fields), expected);
                continue;
            }
            broken = false;
            // Rows of workbooks and pages end with their last cell.
            if fields < self.headers.len() && self.reading.borrow().source == TableSource::Text {
                log.note_said(NoteKind::File, &self.file, line, "", found::ends_early, taken::blank_cells);
            }
            take(&Row::new(self, &record, line, log));
        }
    }

    /// Spreadsheet programs leave blank cells at the end of a row out. A row of a list that ends before the name is a broken one,
    /// and a short one right behind it may be its rest.
    fn too_short(&self, fields: usize, broken: bool) -> bool {
        if fields >= self.headers.len() {
            return false;
        }
        let last = |needed: &[&str]| needed.iter().filter_map(|of| Some(self.columns.get(*of)?.index)).max();
        // Lists that are not of people have a class at least.
        let needed = last(&["number", "given", "family", "full_name"]).or_else(|| last(&["class", "subject"]));
        !self.list || broken || needed.is_none_or(|last| fields <= last)
    }

    fn is_header(&self, record: &StringRecord) -> bool {
        let same = |(cell, header): (&str, &String)| clean::cell(cell) == *header;
        record.len() >= self.written.len() && record.iter().zip(&self.written).all(same)
    }

    /// Takes what nobody sees from the cells, and tells of it where it is more than spaces. Apostrophes that guard a cell in a
    /// table for spreadsheets go too.
    fn clean(&self, record: &mut StringRecord, line: u32, log: &Log) {
        if record.as_slice().contains('\'') {
            *record = record.iter().map(|cell| unguarded(cell.trim())).collect::<Vec<_>>().into();
        }
        let text = record.as_slice();
        if text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.contains("=\"") {
            return;
        }
        for column in self.columns.values() {
            let Some(cell) = record.get(column.index).filter(|cell| clean::is_dirty(cell)) else { continue };
            log.note(NoteKind::Value, &self.file, line, &column.header, cell, || taken::cleaned(clean::cell(cell)));
        }
        if record.iter().any(|cell| clean::cell(cell) != cell) {
            *record = record.iter().map(clean::cell).collect::<Vec<_>>().into();
        }
    }

    /// The line that the record begins on. The reader's own number is that of the blank lines before it.
    fn line(&self, record: &StringRecord) -> u32 {
        let Some(position) = record.position() else { return 0 };
        let rest = self.text.as_bytes().get(self.layout.start + position.byte() as usize..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| **byte == b'\n').count();
        self.layout.line - 1 + position.line() as u32 + blank as u32
    }

    /// Number of fields, without blank ones beyond the header's.
    fn fields(&self, record: &StringRecord, line: u32) -> Result<usize, ExchangeError> {
        let breaks = |cell: &str| cell.bytes().filter(|byte| *byte == b'\n').count();
        let most = record.iter().map(breaks).max().unwrap_or(0);
        let width = self.headers.len();
        let blank = |index: usize| record.get(index).is_some_and(|cell| cell.trim().is_empty());
        let mut fields = record.len();
        while fields > width && blank(fields - 1) {
            fields -= 1;
        }
        if most > 0 && (most > LINES_IN_A_CELL || fields > width || !self.closed(record)) {
            return Err(ExchangeError::Quotes { file: self.file.to_string(), line });
        }
        Ok(fields)
    }

    /// Whether every quotation mark of a record of several lines ends where a cell ends: one that does not has swallowed lines.
    fn closed(&self, record: &StringRecord) -> bool {
        let begin = self.layout.start + record.position().map_or(0, |position| position.byte() as usize);
        let raw = self.text.as_bytes().get(begin..).unwrap_or_default();
        let lines = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let (mut quoted, mut seen) = (false, 0);
        let mut before = self.layout.separator;
        let mut bytes = raw.iter().copied().skip_while(|byte| *byte == b'\n').peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if quoted && bytes.peek() == Some(&b'"') => drop(bytes.next()),
                b'"' if quoted => {
                    quoted = false;
                    if bytes.peek().is_some_and(|next| *next != self.layout.separator && *next != b'\n') {
                        return false;
                    }
                }
                b'"' if before == self.layout.separator || before == b'\n' => quoted = true,
                b'\n' if seen == lines => break,
                b'\n' => seen += 1,
                _ => {}
            }
            before = byte;
        }
        !quoted
    }
}

/// How the tables of a set were read, by their names.
pub(crate) fn readings(sheets: HashMap<&'static str, Sheet<'_>>) -> Vec<TableReading> {
    let mut readings: Vec<_> = sheets.into_values().map(Sheet::into_reading).collect();
    readings.sort_by(|a, b| a.file.cmp(&b.file));
    readings
}

/// The rows below the header.
struct Records<'a> {
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
}

impl Records<'_> {
    fn next(&mut self) -> Option<&StringRecord> {
        matches!(self.reader.read_record(&mut self.record), Ok(true)).then_some(&self.record)
    }
}

/// Whether a header is one of several that are called `name` in the file.
fn numbered(header: &str, name: &str) -> bool {
    let rest = header.get(name.len()..).filter(|_| header.to_lowercase().starts_with(&name.to_lowercase()));
    rest.and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Line, name and value of each row of a file of pairs, such as the manifest.
pub(crate) fn read_pairs(text: &str) -> Vec<(u32, String, String)> {
    let mut reader = Layout::of_set(text).reader(text);
    let mut record = StringRecord::new();
    let mut pairs = Vec::new();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        let cell = |index| clean::cell(record.get(index).unwrap_or_default()).into_owned();
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
