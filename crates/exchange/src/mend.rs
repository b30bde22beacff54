//! Single rows of a set as they stand in their files: to be shown, to be mended by a person, and to be saved by themselves.

use csv::StringRecord;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::roster::Format;
use crate::set::{Set, SourceFile};
use crate::sheet::is_password;
use crate::write::{put_line, unguarded};

/// A row of a table, cell by cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct RowCells {
    /// Name of the file inside its set.
    pub file: String,
    /// Physical line that it begins on, from 1.
    pub line: u32,
    /// As many as the header has at least; cells of passwords are blank.
    pub cells: Vec<String>,
}

/// Where a row is in its file's text.
struct Found {
    line: u32,
    /// With the end of its last line.
    bytes: std::ops::Range<usize>,
    record: StringRecord,
}

impl Set {
    /// The names of a table's columns; none if the set does not have the table.
    pub fn headers(&self, file: &str) -> Vec<String> {
        self.file(file).map(|source| self.headers_of(source)).unwrap_or_default()
    }

    /// Of a list as a person matches them, each once.
    fn headers_of(&self, source: &SourceFile) -> Vec<String> {
        match self.format() {
            Format::Plain => source.layout.headers(&source.text).0,
            _ => source.layout.cells(&source.text),
        }
    }

    /// The rows on these lines of a table, in the order of the file. Lines on which no row begins are passed over.
    pub fn rows(&self, file: &str, lines: &[u32]) -> Vec<RowCells> {
        let Some(source) = self.file(file) else { return Vec::new() };
        let headers = self.headers_of(source);
        let cell = |place: usize, cell: &str| match headers.get(place) {
            Some(header) if is_password(header) => String::new(),
            _ => unguarded(cell.trim()).into_owned(),
        };
        found(source, lines)
            .map(|row| {
                let mut cells: Vec<String> = row.record.iter().enumerate().map(|(at, text)| cell(at, text)).collect();
                cells.resize(cells.len().max(headers.len()), String::new());
                RowCells { file: source.name.clone(), line: row.line, cells }
            })
            .collect()
    }

    /// Puts rows in the place of those on the same lines. The lines of all others stay as they are.
    /// Returns false, and changes nothing, if there is no such row.
    pub fn mend(&mut self, rows: &[RowCells]) -> bool {
        let mut texts: Vec<(usize, String)> = Vec::new();
        for (place, source) in self.files.iter().enumerate() {
            let own: Vec<&RowCells> = rows.iter().filter(|row| row.file.eq_ignore_ascii_case(&source.name)).collect();
            if !own.is_empty() {
                let Some(text) = mended(source, &own) else { return false };
                texts.push((place, text));
            }
        }
        let known =
            |row: &RowCells| texts.iter().any(|(place, _)| row.file.eq_ignore_ascii_case(&self.files[*place].name));
        if !rows.iter().all(known) {
            return false;
        }
        for (place, text) in texts {
            self.files[place].text = text;
        }
        true
    }
}

fn mended(source: &SourceFile, rows: &[&RowCells]) -> Option<String> {
    let lines: Vec<u32> = rows.iter().map(|row| row.line).collect();
    let mut text = source.text.clone();
    let places: Vec<Found> = found(source, &lines).collect();
    if places.len() < rows.len() {
        return None;
    }
    // From the last one on, so that the places before it stay right.
    for place in places.into_iter().rev() {
        let row = rows.iter().find(|row| row.line == place.line)?;
        let mut line = Vec::new();
        // A row stays on one line; those that it had are left blank, so that lines keep their numbers.
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.replace(['\r', '\n'], " ")).collect();
        put_line(&mut line, &cells, source.layout.separator);
        let mut line = String::from_utf8(line).ok()?.trim_end().to_owned();
        let breaks = text.get(place.bytes.clone())?.matches('\n').count();
        line.push_str(&"\n".repeat(breaks));
        text.replace_range(place.bytes, &line);
    }
    Some(text)
}

/// The rows that begin on these lines, below the header.
fn found<'t>(source: &'t SourceFile, lines: &[u32]) -> impl Iterator<Item = Found> + use<'t> {
    let lines: std::collections::BTreeSet<u32> = lines.iter().copied().collect();
    let last = lines.last().copied().unwrap_or(0);
    let (text, layout) = (source.text.as_str(), source.layout);
    let mut reader = layout.reader(text);
    let mut record = StringRecord::new();
    let mut header = true;
    std::iter::from_fn(move || {
        while matches!(reader.read_record(&mut record), Ok(true)) {
            let first = layout.start + record.position().map_or(0, |position| position.byte() as usize);
            let blank = text.as_bytes().get(first..).unwrap_or_default();
            let blank = blank.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let (mut start, mut line) =
                (first, layout.line - 1 + record.position().map_or(0, |position| position.line()) as u32);
            for byte in blank {
                start += 1;
                line += u32::from(*byte == b'\n');
            }
            if line > last {
                return None;
            }
            if !std::mem::take(&mut header) && lines.contains(&line) {
                let bytes = start..layout.start + reader.position().byte() as usize;
                return Some(Found { line, bytes, record: record.clone() });
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::Limits;

    fn list(text: &str) -> Set {
        Set::from_files([("list.csv", text)], Limits::default()).unwrap()
    }

    fn row(line: u32, cells: &[&str]) -> RowCells {
        RowCells { file: "list.csv".into(), line, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    const LIST: &str = "id;name;password\r\n1;Ann;x\r\n\r\n2;\"Bo\nb\";y\r\n3;'=Cy\n";

    #[test]
    fn rows_are_shown_as_people_wrote_them_and_without_passwords() {
        let set = list(LIST);
        assert_eq!(set.headers("LIST.csv"), ["id", "name", "password"]);
        assert_eq!(
            set.rows("list.csv", &[2, 3, 4, 6]),
            [row(2, &["1", "Ann", ""]), row(4, &["2", "Bo\nb", ""]), row(6, &["3", "=Cy", ""])]
        );
        assert_eq!(set.rows("other.csv", &[1]), []);
        assert_eq!(set.rows("list.csv", &[1, 9]), []);
    }

    #[test]
    fn a_mended_row_moves_no_other() {
        let mut set = list(LIST);
        assert!(set.mend(&[row(4, &["2", "Bob; \"B\"", ""]), row(2, &["01", "+Ann\nLee", ""])]));
        assert_eq!(
            set.rows("list.csv", &[2, 4, 6]),
            [row(2, &["01", "+Ann Lee", ""]), row(4, &["2", "Bob; \"B\"", ""]), row(6, &["3", "=Cy", ""])]
        );
        assert!(set.mend(&[row(6, &["3", "Cy", ""])]));
        assert_eq!(set.rows("list.csv", &[6]), [row(6, &["3", "Cy", ""])]);
    }

    #[test]
    fn a_title_above_a_list_moves_no_row() {
        let mut set = list("Class 7B\n\nid;name;phone;phone\n1;Ann;5;6\n2;Bob;7;8\n");
        assert_eq!(set.headers("list.csv"), ["id", "name", "phone (1)", "phone (2)"]);
        assert!(set.mend(&[row(5, &["2", "Bob Ray", "7", "9"])]));
        assert_eq!(
            set.rows("list.csv", &[4, 5]),
            [row(4, &["1", "Ann", "5", "6"]), row(5, &["2", "Bob Ray", "7", "9"])]
        );
    }

    #[test]
    fn what_is_not_there_is_not_mended() {
        let mut set = list(LIST);
        assert!(!set.mend(&[row(2, &["1", "Zoe", ""]), row(3, &["x"])]));
        assert!(!set.mend(&[RowCells { file: "other.csv".into(), ..row(2, &["1"]) }]));
        assert_eq!(set.rows("list.csv", &[2]), [row(2, &["1", "Ann", ""])]);
    }
}
