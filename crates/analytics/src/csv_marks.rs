//! Reads a marks file whose shape nobody promised: finds the separator, tells columns of numbers
//! from columns of text, and says where a cell is wrong.

use std::collections::HashSet;
use std::io::Read;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::analyse::{AnalysisError, Ignored};
use crate::summary::count;

/// Largest file that is read, in bytes.
pub(crate) const LARGEST_FILE: u64 = 256 << 20;
/// Largest number that can be a mark; sums of squares of as many as a file holds stay finite.
const LARGEST_MARK: f64 = 1e12;

/// Columns of numbers by name, one entry a row, and the columns that are none.
pub(crate) struct Marks {
    pub columns: Vec<(String, Vec<Option<f64>>)>,
    pub ignored: Vec<Ignored>,
}

/// Header and rows as they stand in the file, all rows as long as the header.
struct Table {
    header: Vec<String>,
    rows: Vec<StringRecord>,
}

pub(crate) fn read_marks(reader: impl Read, max: Option<f64>) -> Result<Marks, AnalysisError> {
    let table = read_table(&read_text(reader)?)?;
    let mut marks = Marks { columns: Vec::new(), ignored: Vec::new() };
    for (index, name) in table.header.iter().enumerate() {
        let cells: Vec<&str> = table.rows.iter().map(|row| row[index].trim()).collect();
        match read_column(name, &cells, max)? {
            Kind::Numbers(values) => marks.columns.push((name.clone(), values)),
            Kind::Text(ignored) => marks.ignored.push(ignored),
            Kind::Blank => {}
        }
    }
    if marks.columns.is_empty() {
        return Err(AnalysisError::NoNumbers(marks.ignored));
    }
    let mut names = HashSet::new();
    match marks.columns.iter().find(|(name, _)| !names.insert(name)) {
        Some((name, _)) => Err(AnalysisError::SameName(name.clone())),
        None => Ok(marks),
    }
}

fn read_text(reader: impl Read) -> Result<String, AnalysisError> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(AnalysisError::TooLarge(LARGEST_FILE >> 20));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count() as u64;
        AnalysisError::Encoding { line }
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

fn read_table(text: &str) -> Result<Table, AnalysisError> {
    if text.trim().is_empty() {
        return Err(AnalysisError::Empty);
    }
    let mut reader = ReaderBuilder::new().delimiter(separator(text)).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| refused(&error))?;
    if header.iter().all(|cell| parse(cell.trim()).is_some()) {
        return Err(AnalysisError::NoHeader);
    }
    let header = header.iter().zip(1..).map(|(cell, number)| match cell.trim() {
        "" => format!("column {number}"),
        name => name.to_owned(),
    });
    let header: Vec<String> = header.collect();
    let rows: Result<Vec<_>, _> = reader.into_records().collect();
    let rows = rows.map_err(|error| refused(&error))?;
    if rows.is_empty() {
        return Err(AnalysisError::NoRows);
    }
    Ok(Table { header, rows })
}

fn refused(error: &csv::Error) -> AnalysisError {
    match error.kind() {
        ErrorKind::UnequalLengths { pos: Some(pos), expected_len, len } => AnalysisError::Ragged {
            row: u32::try_from(pos.record()).unwrap_or(u32::MAX),
            line: pos.line(),
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

enum Kind {
    Numbers(Vec<Option<f64>>),
    Text(Ignored),
    Blank,
}

/// How a cell can be read.
enum Cell {
    Number(f64),
    /// Digits with one comma: the reading, and whether it can be nothing but a decimal comma.
    Comma(f64, bool),
    /// "nan", "inf" and the like: a number to a program, never a mark.
    NoMark,
}

fn parse(cell: &str) -> Option<Cell> {
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    if ["nan", "inf", "infinity"].iter().any(|word| unsigned.eq_ignore_ascii_case(word)) {
        return Some(Cell::NoMark);
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((whole, rest)) = unsigned.split_once(',') {
        if !digits(whole) || !digits(rest) {
            return None;
        }
        let value = cell.replacen(',', ".", 1).parse().ok()?;
        let thousands = rest.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
        return Some(Cell::Comma(value, !thousands));
    }
    cell.parse().ok().map(Cell::Number)
}

fn read_column(name: &str, cells: &[&str], max: Option<f64>) -> Result<Kind, AnalysisError> {
    let mut parsed = Vec::with_capacity(cells.len());
    for (index, &cell) in cells.iter().enumerate() {
        let value = parse(cell);
        if value.is_none() && !cell.is_empty() {
            return Ok(Kind::Text(ignored(name, index, cell)));
        }
        parsed.push(value);
    }
    let is_number = |cell: &Cell| !matches!(cell, Cell::NoMark);
    if !parsed.iter().flatten().any(is_number) {
        let word = parsed.iter().position(Option::is_some);
        return Ok(word.map_or(Kind::Blank, |index| Kind::Text(ignored(name, index, cells[index]))));
    }
    refuse_ambiguous_commas(name, cells, &parsed)?;
    let mut values = Vec::with_capacity(cells.len());
    for (index, cell) in parsed.into_iter().enumerate() {
        let value = cell.map(|cell| match cell {
            Cell::Number(value) | Cell::Comma(value, _) => value,
            Cell::NoMark => f64::NAN,
        });
        if let Some(value) = value {
            check(name, index, cells[index], value, max)?;
        }
        values.push(value);
    }
    Ok(Kind::Numbers(values))
}

/// A comma is taken for a decimal comma only where the column has no decimal point, and where at
/// least one of its cells cannot be a number with a separator for thousands.
fn refuse_ambiguous_commas(name: &str, cells: &[&str], parsed: &[Option<Cell>]) -> Result<(), AnalysisError> {
    let comma = |cell: &Option<Cell>| matches!(cell, Some(Cell::Comma(..)));
    let sure = |cell: &Option<Cell>| matches!(cell, Some(Cell::Comma(_, true)));
    let Some(index) = parsed.iter().position(comma) else {
        return Ok(());
    };
    if parsed.iter().any(sure) && !cells.iter().any(|cell| cell.contains('.')) {
        return Ok(());
    }
    Err(AnalysisError::AmbiguousComma { row: row(index), column: name.to_owned(), found: cut(cells[index]) })
}

fn check(name: &str, index: usize, cell: &str, value: f64, max: Option<f64>) -> Result<(), AnalysisError> {
    let (row, column, found) = (row(index), name.to_owned(), cut(cell));
    if value.is_nan() || value.abs() > LARGEST_MARK {
        return Err(AnalysisError::NotFinite { row, column, found });
    }
    match max {
        Some(max) if value > max => Err(AnalysisError::AboveMaximum { row, column, found, max }),
        _ => Ok(()),
    }
}

fn ignored(name: &str, index: usize, cell: &str) -> Ignored {
    Ignored { column: name.to_owned(), row: row(index), found: cut(cell) }
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
