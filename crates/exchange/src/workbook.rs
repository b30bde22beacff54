//! Workbooks of Excel (xlsx, xlsb, xls) and OpenDocument (ods) as grids of text: dates as yyyy-mm-dd, numbers as a person reads
//! them. A workbook may become far more than it is, so what its reader would make of it is added up before it is opened.

use std::cell::Cell as Counter;
use std::io::{Cursor, Read};
use std::panic::catch_unwind;

use calamine::{Cell, Data, DataRef, ExcelDateTime, Ods, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use words::faults::exchange::{self, what};
use words::{Message, Text};

use crate::error::ExchangeError;
use crate::set::{Limits, too_large};
use crate::{compound, open_document};

/// Bytes that the libraries' own tables of a workbook may take.
const MEMORY: u64 = 256 << 20;
/// Tags of a part of a workbook, and of the part that holds its styles: each becomes a value in memory.
const TAGS: (usize, usize) = (8_000_000, 400_000);

/// Numbers beyond this have lost digits in the spreadsheet program.
const WHOLE: f64 = 1e15;

/// A sheet of a workbook, or a table of a page.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Grid {
    pub(crate) name: String,
    /// By line from 1, blank ones too; rows end at their last cell.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Grid {
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.iter().flatten().all(String::is_empty)
    }

    /// The grid as comma-separated text, a line for each row.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                let cell = cell.replace(['\r', '\n'], " ");
                if cell.contains([',', '"']) {
                    text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
                } else {
                    text.push_str(&cell);
                }
            }
            text.push('\n');
        }
        text
    }
}

/// Whether a zip is a workbook rather than a set of files.
pub(crate) fn is_workbook<R: Read + std::io::Seek>(archive: &zip::ZipArchive<R>) -> bool {
    let has = |name: &str| archive.index_for_name(name).is_some();
    has("xl/workbook.xml") || has("xl/workbook.bin") || (has("content.xml") && has("mimetype"))
}

/// Whether the bytes are those of a workbook: a zip, or the older compound file.
pub(crate) fn looks_like_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// The sheets that are shown and hold something.
///
/// # Errors
/// A workbook that is damaged, protected by a password, or over a limit.
pub(crate) fn sheets(file: &str, bytes: &[u8], limits: Limits) -> Result<Vec<Grid>, ExchangeError> {
    // The library that reads workbooks panics on some damaged ones; that must cost no more than the file.
    catch_unwind(|| read_sheets(file, bytes, limits)).unwrap_or_else(|_| {
        Err(ExchangeError::Workbook { file: file.to_owned(), reason: exchange::is_damaged().into() })
    })
}

fn read_sheets(file: &str, bytes: &[u8], limits: Limits) -> Result<Vec<Grid>, ExchangeError> {
    let broken = |reason: Text| ExchangeError::Workbook { file: file.to_owned(), reason };
    let protected = || ExchangeError::Protected { file: file.to_owned() };
    let gather = Gather { file, limits, left: Counter::new(limits.file) };
    let memory = |bytes: u64| match bytes {
        0..=MEMORY => Ok(()),
        _ => Err(too_large(what::opened(file), MEMORY)),
    };
    if !bytes.starts_with(b"PK") {
        let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(wide.len()).any(|window| window == wide) {
            return Err(protected());
        }
        memory(compound::memory(bytes).ok_or_else(|| broken(exchange::is_damaged().into()))?)?;
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::XlsError::Password => protected(),
            other => broken(other.to_string().into()),
        })?;
        return gather.each(shown(book.sheets_metadata()), |name| {
            book.worksheet_range(name)
                .map_err(|error| broken(error.to_string().into()))
                .map(|range| gather.range(&range))?
        });
    }
    if files::zip_entries(bytes) > limits.entries {
        return Err(too_many_parts(file, limits));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string().into()))?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let (xlsx, xlsb) = (has("xl/workbook.xml"), has("xl/workbook.bin"));
    memory(check_unpacked(file, &mut archive, limits)?)?;
    if xlsx {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string().into()))?;
        gather.each(shown(book.sheets_metadata()), |name| xlsx_sheet(&gather, &mut book, name))
    } else if xlsb {
        let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string().into()))?;
        gather.each(shown(book.sheets_metadata()), |name| {
            let fail = |error: calamine::XlsbError| broken(error.to_string().into());
            let mut reader = book.worksheet_cells_reader(name).map_err(fail)?;
            let mut grid = Filling::default();
            while let Some(cell) = reader.next_cell().map_err(fail)? {
                grid.put(&gather, cell, None)?;
            }
            Ok(grid.rows)
        })
    } else {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
            calamine::OdsError::Password => protected(),
            other => broken(other.to_string().into()),
        })?;
        gather.each(shown(book.sheets_metadata()), |name| {
            book.worksheet_range(name)
                .map_err(|error| broken(error.to_string().into()))
                .map(|range| gather.range(&range))?
        })
    }
}

fn shown(sheets: &[Sheet]) -> Vec<String> {
    let sheets =
        sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| sheet.name.clone()).collect()
}

fn xlsx_sheet(
    gather: &Gather<'_>,
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Vec<Vec<String>>, ExchangeError> {
    let fail = |error: calamine::XlsxError| ExchangeError::Workbook {
        file: gather.file.to_owned(),
        reason: error.to_string().into(),
    };
    let mut reader = book.worksheet_cells_reader(name).map_err(fail)?;
    let mut grid = Filling::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(fail)? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let zeros = format.map(|format| format.format_code.as_str()).and_then(zeros_of);
        grid.put(gather, cell, zeros)?;
    }
    Ok(grid.rows)
}

/// The number of digits of a format that fills up with zeros, such as `00000`.
fn zeros_of(format: &str) -> Option<usize> {
    (format.len() > 1 && format.bytes().all(|byte| byte == b'0')).then_some(format.len())
}

fn too_many_parts(file: &str, limits: Limits) -> ExchangeError {
    ExchangeError::TooLarge { what: what::parts(file).into(), limit: limits.entries.to_string() }
}

/// Each part is unpacked once, since the sizes that it declares may lie. Returns the bytes that are made room for
/// whatever is in it: the tables of an OpenDocument, and as many texts as a workbook says to have.
fn check_unpacked(
    file: &str,
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    limits: Limits,
) -> Result<u64, ExchangeError> {
    let broken = |reason: Text| ExchangeError::Workbook { file: file.to_owned(), reason };
    if archive.len() > limits.entries {
        return Err(too_many_parts(file, limits));
    }
    let mut left = limits.total;
    let mut tables = 0_u64;
    let mut part = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| broken(error.to_string().into()))?;
        let most = left.min(limits.file);
        let content = entry.name().is_ok_and(|name| name == "content.xml");
        part.clear();
        entry.take(most.saturating_add(1)).read_to_end(&mut part).map_err(|error| broken(error.to_string().into()))?;
        if part.len() as u64 > most {
            return Err(too_large(what::unpacked(file), most));
        }
        left -= part.len() as u64;
        let tags = part.iter().filter(|byte| **byte == b'<').count();
        let styles = tags > TAGS.1 && open_document::find(&part, b"cellXfs").is_some();
        if tags > TAGS.0 || styles {
            let limit = if styles { TAGS.1 } else { TAGS.0 }.to_string();
            return Err(ExchangeError::TooLarge { what: what::parts_and_cells(file).into(), limit });
        }
        // The reader makes room at once for as many texts as a workbook says to have.
        tables = tables.saturating_add(open_document::declared(&part, b"uniqueCount").saturating_mul(24));
        if content {
            if !open_document::is_whole(&part) {
                return Err(broken(exchange::is_damaged().into()));
            }
            tables = tables.saturating_add(open_document::memory(&part));
        }
    }
    Ok(tables)
}

struct Gather<'f> {
    file: &'f str,
    limits: Limits,
    /// Bytes that the cells of all sheets may still take.
    left: Counter<u64>,
}

impl Gather<'_> {
    fn take(&self, bytes: u64) -> Result<(), ExchangeError> {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or_else(|| too_large(what::as_table(self.file), self.limits.file))
    }

    fn each(
        &self,
        names: Vec<String>,
        mut rows: impl FnMut(&str) -> Result<Vec<Vec<String>>, ExchangeError>,
    ) -> Result<Vec<Grid>, ExchangeError> {
        let mut grids = Vec::new();
        for name in names {
            let rows = rows(&name)?;
            grids.push(Grid { name, rows });
        }
        grids.retain(|grid| !grid.is_empty());
        Ok(grids)
    }

    fn range(&self, range: &calamine::Range<Data>) -> Result<Vec<Vec<String>>, ExchangeError> {
        let (top, left) = range.start().unwrap_or_default();
        let mut grid = Filling::default();
        for (row, column, value) in range.used_cells() {
            let place = (top.saturating_add(row as u32), left.saturating_add(column as u32));
            grid.text(self, place, data(value))?;
        }
        Ok(grid.rows)
    }
}

/// A grid while its cells come in.
#[derive(Default)]
struct Filling {
    rows: Vec<Vec<String>>,
}

impl Filling {
    fn put(&mut self, gather: &Gather<'_>, cell: Cell<DataRef<'_>>, zeros: Option<usize>) -> Result<(), ExchangeError> {
        let text = match cell.get_value() {
            DataRef::Float(number) if zeros.is_some() && number.fract() == 0.0 && (0.0..WHOLE).contains(number) => {
                format!("{number:0width$}", width = zeros.unwrap_or_default())
            }
            DataRef::SharedString(text) => (*text).to_owned(),
            other => data(&Data::from(other.clone())),
        };
        self.text(gather, cell.get_position(), text)
    }

    fn text(&mut self, gather: &Gather<'_>, (row, column): (u32, u32), text: String) -> Result<(), ExchangeError> {
        if text.is_empty() {
            return Ok(());
        }
        let (row, column) = (row as usize, column as usize);
        let over =
            |what: Message, limit: usize| Err(ExchangeError::TooLarge { what: what.into(), limit: limit.to_string() });
        if row >= gather.limits.rows {
            return over(what::rows(gather.file), gather.limits.rows);
        }
        if column >= gather.limits.columns {
            return over(what::columns(gather.file), gather.limits.columns);
        }
        // A row and a cell take memory beside the text; the blank ones before them too.
        let rows = (row + 1).saturating_sub(self.rows.len());
        gather.take(text.len() as u64 + 24 * (1 + rows as u64))?;
        if rows > 0 {
            self.rows.resize(row + 1, Vec::new());
        }
        let Some(cells) = self.rows.get_mut(row) else { return Ok(()) };
        if cells.len() <= column {
            gather.take(24 * (column + 1 - cells.len()) as u64)?;
            cells.resize(column + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }
}

fn data(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => decimal(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(moment) => moment_text(moment),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// As a person reads it; shortened, as the spreadsheet program shows it, where digits have been lost.
fn decimal(number: f64) -> String {
    if number.abs() < WHOLE { format!("{number}") } else { format!("{number:E}") }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.is_duration() || moment.as_f64() < 1.0 {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_read() {
        assert_eq!(decimal(1001.0), "1001");
        assert_eq!(decimal(12.5), "12.5");
        assert_eq!(decimal(1.234_567_890_123_456_8e17), "1.2345678901234568E17");
        assert_eq!((zeros_of("00000"), zeros_of("0"), zeros_of("0.00")), (Some(5), None, None));
    }

    #[test]
    fn rows_keep_their_lines() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let grid = Grid { name: "a".into(), rows: vec![Vec::new(), row(&["No", "Lee, \"Ann\"\nMary"])] };
        assert_eq!(grid.to_text(), "\nNo,\"Lee, \"\"Ann\"\" Mary\"\n");
    }
}
