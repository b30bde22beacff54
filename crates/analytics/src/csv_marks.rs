//! Reads a marks file whose shape nobody promised: finds the separator, tells columns of numbers
//! from columns of text, and says where a cell is wrong.

use std::collections::HashSet;
use std::io::Read;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::analyse::{AnalysisError, Ignored, LeftOut, Reason, Why};
use crate::mark_text::MarkWord;
use crate::not_marks::{is_identifier, no_student};
use crate::summary::count;
use crate::written::{Cell, Proof, Written};

/// Largest file that is read, in bytes.
pub(crate) const LARGEST_FILE: u64 = 64 << 20;
/// Most cells that are read; each is held as it was written and as it was understood.
const MOST_CELLS: usize = 1_000_000;
/// Largest number that can be a mark; sums of squares of as many as a file holds stay finite.
const LARGEST_MARK: f64 = 1e12;

/// What a file holds.
pub(crate) struct Marks {
    /// Columns of numbers by name, one entry a row.
    pub columns: Vec<(String, Vec<Option<f64>>)>,
    pub ignored: Vec<Ignored>,
    pub left_out: Vec<LeftOut>,
}

/// Header and rows as they stand in the file, all rows as long as the header.
struct Table {
    header: Vec<String>,
    rows: Vec<StringRecord>,
}

pub(crate) fn read_marks(text: &str, max: Option<f64>) -> Result<Marks, AnalysisError> {
    let table = read_table(text)?;
    let mut columns: Vec<Column> = table.columns();
    let mut left_out = rows_without_students(&table, &columns);
    columns.iter_mut().for_each(|column| column.forget(&left_out));
    let mut ignored = Vec::new();
    let mut numbers: Vec<Column> = Vec::new();
    for column in columns {
        match column.kind() {
            Kind::Numbers => numbers.push(column),
            Kind::Ignored(one) => ignored.push(one),
            Kind::Blank => {}
        }
    }
    if numbers.is_empty() {
        return Err(AnalysisError::NoNumbers(ignored));
    }
    let mut names = HashSet::new();
    if let Some(column) = numbers.iter().find(|column| !names.insert(&column.name)) {
        return Err(AnalysisError::SameName(column.name.clone()));
    }
    let file = numbers.iter().map(Column::proof).fold(Proof::default(), Proof::and);
    let values: Result<Vec<_>, _> = numbers.iter().map(|column| column.values(file, max)).collect();
    left_out.extend(numbers.iter().flat_map(Column::left_out));
    left_out.sort_by_key(|left| left.row);
    let names = numbers.into_iter().map(|column| column.name);
    Ok(Marks { columns: names.zip(values?).collect(), ignored, left_out })
}

/// The text of a file in UTF-8.
pub(crate) fn read_text(reader: impl Read) -> Result<String, AnalysisError> {
    let bytes = files::read_from(reader, LARGEST_FILE).map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => AnalysisError::TooLarge(LARGEST_FILE >> 20),
        _ => AnalysisError::Read(error),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count() as u64;
        AnalysisError::Encoding { line }
    })
}

fn read_table(text: &str) -> Result<Table, AnalysisError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(AnalysisError::Empty);
    }
    let (said, text) = said_separator(text);
    if most_cells(text, said) > MOST_CELLS {
        return Err(AnalysisError::TooManyCells(MOST_CELLS));
    }
    let mut reader =
        ReaderBuilder::new().delimiter(said.unwrap_or_else(|| separator(text))).from_reader(text.as_bytes());
    let above = u64::from(said.is_some());
    let header = reader.headers().map_err(|error| refused(&error, above))?;
    if header.iter().all(|cell| matches!(Cell::read(cell), Cell::Number(_) | Cell::NoMark)) {
        return Err(AnalysisError::NoHeader);
    }
    let header = header.iter().zip(1..).map(|(cell, number)| match cell.trim() {
        "" => format!("column {number}"),
        name => name.to_owned(),
    });
    let header: Vec<String> = header.collect();
    let rows: Result<Vec<_>, _> = reader.into_records().collect();
    let rows = rows.map_err(|error| refused(&error, above))?;
    if rows.is_empty() {
        return Err(AnalysisError::NoRows);
    }
    Ok(Table { header, rows })
}

/// How many cells a text has at most, whichever separator it turns out to have.
fn most_cells(text: &str, said: Option<u8>) -> usize {
    let of = |wanted: u8| text.bytes().filter(|byte| *byte == wanted).count();
    let separators = [b',', b';', b'\t'].into_iter().chain(said).map(of).max().unwrap_or(0);
    separators + of(b'\n') + 1
}

/// The separator that a first line such as `sep=;` names, which spreadsheets understand, and the text below it.
fn said_separator(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_matches(['\r', '"']).strip_prefix("sep=").map(str::as_bytes);
    match named {
        Some([separator]) if separator.is_ascii() => (Some(*separator), rest),
        _ => (None, text),
    }
}

fn refused(error: &csv::Error, above: u64) -> AnalysisError {
    match error.kind() {
        ErrorKind::UnequalLengths { pos: Some(pos), expected_len, len } => AnalysisError::Ragged {
            row: u32::try_from(pos.record()).unwrap_or(u32::MAX),
            line: pos.line() + above,
            found: *len,
            expected: *expected_len,
        },
        // The text is in memory and checked: nothing else is left that could go wrong.
        _ => AnalysisError::Read(std::io::Error::other(error.to_string())),
    }
}

/// The separator that gives all of the first rows as many cells as the header; among these the
/// one that gives most cells. If none fits, the one that stands most often in the header, so that
/// the error names the row that is wrong.
fn separator(text: &str) -> u8 {
    const TRIED: [u8; 3] = [b',', b';', b'\t'];
    let shape = |delimiter: u8| {
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut cells = reader.records().take(100).flatten().map(|row| row.len());
        let header = cells.next().unwrap_or(0);
        (header, cells.all(|len| len == header))
    };
    let best = TRIED.into_iter().max_by_key(|&delimiter| {
        let (cells, even) = shape(delimiter);
        (even && cells > 1, cells, even)
    });
    best.unwrap_or(b',')
}

/// A column with its cells as they were read, one a row.
struct Column {
    name: String,
    texts: Vec<String>,
    cells: Vec<Cell>,
}

enum Kind {
    Numbers,
    Ignored(Ignored),
    Blank,
}

impl Table {
    fn columns(&self) -> Vec<Column> {
        let column = |(index, name): (usize, &String)| {
            let texts: Vec<String> = self.rows.iter().map(|row| row[index].trim().to_owned()).collect();
            Column { name: name.clone(), cells: texts.iter().map(|text| Cell::read(text)).collect(), texts }
        };
        self.header.iter().enumerate().map(column).collect()
    }
}

/// The rows that are no student's.
fn rows_without_students(table: &Table, columns: &[Column]) -> Vec<LeftOut> {
    let texts: Vec<usize> = (0..columns.len()).filter(|&index| columns[index].is_text()).collect();
    let of_row = |(index, row): (usize, &StringRecord)| {
        let texts: Vec<&str> = texts.iter().map(|&column| &row[column]).collect();
        let found = no_student(row.iter(), &texts)?;
        Some(LeftOut { row: self::row(index), column: None, found: cut(found), why: Why::NoStudent })
    };
    table.rows.iter().enumerate().filter_map(of_row).collect()
}

impl Column {
    fn count(&self, is: impl Fn(&Cell) -> bool) -> usize {
        self.cells.iter().filter(|cell| is(cell)).count()
    }

    /// Whether more cells hold text than numbers.
    fn is_text(&self) -> bool {
        self.count(|cell| matches!(cell, Cell::Text | Cell::NoMark))
            >= self.count(|cell| matches!(cell, Cell::Number(_))).max(1)
    }

    /// Takes the cells of these rows out.
    fn forget(&mut self, rows: &[LeftOut]) {
        for row in rows {
            self.cells[row.row as usize - 1] = Cell::Blank;
        }
    }

    fn numbers(&self) -> impl Iterator<Item = &Written> {
        self.cells.iter().filter_map(|cell| match cell {
            Cell::Number(number) => Some(number),
            _ => None,
        })
    }

    fn proof(&self) -> Proof {
        Proof::of(self.numbers())
    }

    fn kind(&self) -> Kind {
        let filled = |cell: &Cell| *cell != Cell::Blank;
        let Some(first) = self.cells.iter().position(filled) else {
            return Kind::Blank;
        };
        let numbers: Vec<f64> =
            self.numbers().filter_map(|number| Proof::default().value(Proof::default(), number)).collect();
        let pure = self.count(filled) == numbers.len();
        if is_identifier(&self.name, pure.then_some(&numbers)) {
            return Kind::Ignored(self.ignored(first, Some(Reason::Identifier)));
        }
        if self.numbers().next().is_none() || (self.is_text() && self.count(|cell| *cell == Cell::Text) > 0) {
            let text = self.cells.iter().position(|cell| *cell == Cell::Text).unwrap_or(first);
            return Kind::Ignored(self.ignored(text, None));
        }
        Kind::Numbers
    }

    fn ignored(&self, index: usize, why: Option<Reason>) -> Ignored {
        Ignored { column: self.name.clone(), row: row(index), found: cut(&self.texts[index]), why }
    }

    /// The numbers, one a row; refused where one cannot be a mark.
    fn values(&self, file: Proof, max: Option<f64>) -> Result<Vec<Option<f64>>, AnalysisError> {
        let proof = self.proof();
        let value = |(index, cell): (usize, &Cell)| {
            let place = || (row(index), self.name.clone(), cut(&self.texts[index]));
            let value = match cell {
                Cell::Blank | Cell::Word(_) | Cell::Text => return Ok(None),
                Cell::NoMark => f64::NAN,
                Cell::Number(number) => proof.value(file, number).ok_or_else(|| {
                    let (row, column, found) = place();
                    AnalysisError::AmbiguousComma { row, column, found }
                })?,
            };
            let (row, column, found) = place();
            if value.is_nan() || value.abs() > LARGEST_MARK {
                return Err(AnalysisError::NotFinite { row, column, found });
            }
            match max {
                Some(max) if value > max => Err(AnalysisError::AboveMaximum { row, column, found, max }),
                _ => Ok(Some(value)),
            }
        };
        self.cells.iter().enumerate().map(value).collect()
    }

    /// The cells that hold something else than a number.
    fn left_out(&self) -> impl Iterator<Item = LeftOut> {
        self.cells.iter().enumerate().filter_map(|(index, cell)| {
            let why = match cell {
                Cell::Word(MarkWord::Excused) => Why::Excused,
                Cell::Word(MarkWord::Missing) => Why::Missing,
                Cell::Text => Why::NoMark,
                Cell::Blank | Cell::Number(_) | Cell::NoMark => return None,
            };
            Some(LeftOut { row: row(index), column: Some(self.name.clone()), found: cut(&self.texts[index]), why })
        })
    }
}

fn row(index: usize) -> u32 {
    count(index).saturating_add(1)
}

fn cut(cell: &str) -> String {
    const LONGEST: usize = 40;
    match cell.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}
