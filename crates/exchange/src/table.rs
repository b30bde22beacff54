//! Tables out, as CSV or as a workbook of Excel: the same cells either way, so that what goes out does not depend on how.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::write::{guarded, is_formula_anywhere, unguarded, write_table};

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// Text, UTF-8 with a byte order mark.
    #[default]
    Csv,
    /// A workbook of Excel, one sheet.
    Xlsx,
}

impl TableFormat {
    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// What such files are.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it looks like: a number with leading noughts keeps them, a formula is none.
    Text(String),
    /// A decimal number as it is written; what is none, or has more digits than a spreadsheet keeps, is a text.
    Number(String),
    Date(NaiveDate),
    Blank,
}

impl Cell {
    /// Text, blank where there is none.
    pub fn text(text: &Option<String>) -> Self {
        text.as_ref().map_or(Self::Blank, |text| Self::Text(text.clone()))
    }

    /// A date, blank where there is none.
    pub fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Blank, Self::Date)
    }

    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Number(text) => Cow::Borrowed(text),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Blank => Cow::Borrowed(""),
        }
    }
}

/// More digits than these a spreadsheet loses.
const DIGITS: usize = 15;
/// The most characters of a cell of Excel.
const LONGEST: usize = 32_767;
/// Before it Excel has no dates.
const FIRST_YEAR: i32 = 1900;
/// Widths of columns in characters: a table of long texts stays one that a screen shows.
const WIDTHS: (usize, usize) = (8, 40);

/// Writes a table.
///
/// As a workbook: numbers are numbers and dates are dates, the names of the columns are bold and stay in sight. Everything
/// else is text and stays so when somebody edits the cell. The same table gives the same bytes.
///
/// # Errors
/// Where the table is larger than a sheet of Excel: 1,048,576 rows, 16,384 columns. CSV has no such limit.
pub fn write_cells<H: AsRef<str>>(
    format: TableFormat,
    headers: &[H],
    rows: &[Vec<Cell>],
) -> Result<Vec<u8>, TableTooLarge> {
    match format {
        TableFormat::Csv => {
            Ok(write_table(headers, rows.iter().map(|row| row.iter().map(|cell| cell.written()).collect::<Vec<_>>())))
        }
        TableFormat::Xlsx => workbook(headers, rows).map_err(|_| TableTooLarge),
    }
}

/// A table that no sheet of Excel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("table_too_large")]
pub struct TableTooLarge;

/// How cells look.
struct Looks {
    head: Format,
    date: Format,
    /// Text that would be a formula, or a number, for whoever edits the cell.
    guarded: Format,
}

fn workbook<H: AsRef<str>>(headers: &[H], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without this the file says when it was made, by a clock that is not ours.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let looks = Looks {
        head: Format::new().set_bold(),
        date: Format::new().set_num_format("yyyy-mm-dd"),
        guarded: Format::new().set_quote_prefix(),
    };
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (column, header) in headers.iter().enumerate() {
        sheet.write_string_with_format(0, u16::try_from(column).unwrap_or(u16::MAX), header.as_ref(), &looks.head)?;
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let place = (u32::try_from(row + 1).unwrap_or(u32::MAX), u16::try_from(column).unwrap_or(u16::MAX));
            put(sheet, place, cell, &looks)?;
        }
    }
    for (column, header) in headers.iter().enumerate() {
        let cells = rows.iter().filter_map(|row| Some(row.get(column)?.written().chars().count()));
        let widest = cells.chain([header.as_ref().chars().count()]).max().unwrap_or(0);
        let width = u32::try_from(widest.clamp(WIDTHS.0, WIDTHS.1) + 1).unwrap_or(0);
        sheet.set_column_width(u16::try_from(column).unwrap_or(u16::MAX), f64::from(width))?;
    }
    book.save_to_buffer()
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Date(date) if date.year() >= FIRST_YEAR => {
            let (month, day) = (date.month() as u8, date.day() as u8);
            let at = ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(u16::MAX), month, day)?;
            sheet.write_datetime_with_format(row, column, &at, &looks.date)?;
        }
        Cell::Number(text) => match number(text) {
            Some(number) => {
                // 85.0 is shown as it is written, and not as 85.
                let places = text.split_once('.').map_or(0, |(_, places)| places.len());
                let shown = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
                sheet.write_number_with_format(row, column, number, &Format::new().set_num_format(shown))?;
            }
            None => put_text(sheet, (row, column), text, looks)?,
        },
        other => put_text(sheet, (row, column), &other.written(), looks)?,
    }
    Ok(())
}

fn put_text(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, looks: &Looks) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    let text: Cow<'_, str> =
        if text.len() > LONGEST { text.chars().take(LONGEST / 2).collect::<String>().into() } else { text.into() };
    // What begins with an apostrophe that a reader would take away gets one more, as in CSV.
    let text = if unguarded(&text) == text { text } else { Cow::Owned(guarded(&text).into_owned()) };
    if is_formula_anywhere(&text) || number(&text).is_some() {
        sheet.write_string_with_format(row, column, text, &looks.guarded)?;
    } else {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}

/// A decimal number that a spreadsheet keeps as it is written.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let kept = digits.bytes().filter(u8::is_ascii_digit).count();
    if !plain || kept == 0 || kept > DIGITS {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::Limits;
    use crate::workbook::sheets;

    fn cells() -> Vec<Vec<Cell>> {
        let text = |text: &str| Cell::Text(text.into());
        let number = |text: &str| Cell::Number(text.into());
        vec![
            vec![text("0012"), number("17.5"), Cell::Date("2014-05-14".parse().unwrap())],
            vec![text("=1+1"), number("ex"), Cell::Date("1899-12-31".parse().unwrap())],
            vec![text("+91 98765 43210"), number("-0.25"), Cell::Blank],
            vec![text("'=x"), number("12345678901234567"), text("O'Neil")],
        ]
    }

    const HEADERS: [&str; 3] = ["Number", "Mark", "Born"];

    #[test]
    fn what_goes_out_as_a_workbook_is_read_as_it_was() {
        let bytes = write_cells(TableFormat::Xlsx, &HEADERS, &cells()).unwrap();
        let sheets = sheets("t.xlsx", &bytes, Limits::default()).unwrap();
        let [sheet] = &sheets[..] else { panic!("one sheet") };
        let rows: Vec<Vec<String>> =
            sheet.rows.iter().map(|row| row.iter().map(|cell| unguarded(cell).into_owned()).collect()).collect();
        assert_eq!(
            rows,
            [
                vec!["Number", "Mark", "Born"],
                vec!["0012", "17.5", "2014-05-14"],
                vec!["=1+1", "ex", "1899-12-31"],
                vec!["+91 98765 43210", "-0.25"],
                vec!["'=x", "12345678901234567", "O'Neil"],
            ]
        );
    }

    #[test]
    fn numbers_and_dates_are_values_and_formulas_are_text() {
        use calamine::{Data, Reader, Xlsx};
        let bytes = write_cells(TableFormat::Xlsx, &HEADERS, &cells()).unwrap();
        assert_eq!(
            bytes,
            write_cells(TableFormat::Xlsx, &HEADERS, &cells()).unwrap(),
            "the same table, the same bytes"
        );
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.get((1, 0)), Some(&Data::String("0012".into())));
        assert_eq!(sheet.get((1, 1)), Some(&Data::Float(17.5)));
        assert!(matches!(sheet.get((1, 2)), Some(Data::DateTime(_))));
        assert_eq!(sheet.get((2, 0)), Some(&Data::String("=1+1".into())));
        assert_eq!(sheet.get((3, 1)), Some(&Data::Float(-0.25)));
        let name = book.sheet_names()[0].clone();
        assert!(book.worksheet_formula(&name).unwrap().cells().all(|(_, _, formula)| formula.is_empty()));
    }

    #[test]
    fn the_names_of_the_columns_are_bold_and_stay_in_sight() {
        let bytes = write_cells(TableFormat::Xlsx, &HEADERS, &cells()).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
        let sheet = text("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("ySplit=\"1\"") && sheet.contains("state=\"frozen\""), "{sheet}");
        let styles = text("xl/styles.xml");
        assert!(styles.contains("<b/>") && styles.contains("quotePrefix=\"1\""), "{styles}");
        assert!(text("docProps/core.xml").contains("2000-01-01T00:00:00Z"));
    }

    #[test]
    fn csv_holds_the_same_cells_with_the_guard() {
        let text = String::from_utf8(write_cells(TableFormat::Csv, &HEADERS, &cells()).unwrap()).unwrap();
        assert!(text.contains("0012,17.5,2014-05-14\r\n'=1+1,ex,1899-12-31\r\n+91 98765 43210,-0.25,\r\n"), "{text}");
    }
}
