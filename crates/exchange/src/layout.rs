//! How a text is a table: what stands between its cells, and which of its first lines has the names of the columns. A list may
//! have a title above them, or a line that names groups of columns.

use csv::StringRecord;

use crate::clean;
use crate::matching::known_words;
use crate::reading::Separator;

/// Records among which the header of a list is looked for.
const LOOKED_AT: usize = 30;
/// Columns beyond these are not looked at: a table that has more is refused.
pub(crate) const MOST_COLUMNS: usize = 1_000;
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) separator: u8,
    /// Byte at which the header begins.
    pub(crate) start: usize,
    /// Line of the header, from 1.
    pub(crate) line: u32,
    /// Byte at which the record above the header begins, if there is one.
    above: Option<usize>,
}

/// One of the first records, as it is written.
struct First {
    start: usize,
    line: u32,
    /// Different fields that its cells name, and how many cells do.
    known: (usize, usize),
    filled: usize,
}

impl Layout {
    /// A file of a known set: its first record is its header.
    pub(crate) fn of_set(text: &str) -> Self {
        let (said, start) = said_separator(text);
        let separator = said.unwrap_or_else(|| most(text.get(start..).unwrap_or_default()));
        Self::first(text, separator, start)
    }

    /// A list: the record with most well-known names of columns is its header, or the one on a line that a person names.
    pub(crate) fn of_list(text: &str, header_line: Option<u32>) -> Self {
        let (said, start) = said_separator(text);
        let candidates = said.map_or(SEPARATORS.to_vec(), |one| vec![one]);
        let found = candidates.into_iter().map(|separator| {
            let looked_at = header_line.map_or(LOOKED_AT, |line| LOOKED_AT.max(line as usize));
            let records = first_records(text, separator, start, looked_at);
            let place = match header_line {
                Some(line) => records.iter().position(|record| record.line >= line).unwrap_or(0),
                None => header_of(&records),
            };
            // One well-known word alone may stand in a title too.
            let known = |record: &First| if record.known.0 >= 2 { record.known } else { (0, 0) };
            let worth = records.get(place).map_or(((0, 0), 0), |record| (known(record), record.filled));
            (worth, separator, records, place)
        });
        // Of equal ones the first: a comma before a semicolon.
        let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best });
        let Some((_, separator, records, place)) = best else { return Self::first(text, b',', start) };
        let Some(header) = records.get(place) else { return Self::first(text, separator, start) };
        let above = place.checked_sub(1).and_then(|place| records.get(place)).map(|record| record.start);
        Self { separator, start: header.start, line: header.line, above }
    }

    fn first(text: &str, separator: u8, start: usize) -> Self {
        let blank = text.get(start..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\n').count();
        let before = text.get(..start + blank).unwrap_or_default();
        Self { separator, start: start + blank, line: 1 + breaks(before), above: None }
    }

    pub(crate) fn reader<'a>(&self, text: &'a str) -> csv::Reader<&'a [u8]> {
        reader(text.get(self.start..).unwrap_or_default(), self.separator)
    }

    /// The names of the columns, cleaned, without empty ones at the end.
    pub(crate) fn cells(&self, text: &str) -> Vec<String> {
        let mut cells = record_at(text, self.separator, self.start);
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    }

    /// The names of the columns, each once, and which of them are there several times in the file. Names that a line above
    /// tells apart (Father, Mother) are put behind those; others are numbered: `Phone (1)`, `Phone (2)`.
    pub(crate) fn headers(&self, text: &str) -> (Vec<String>, Vec<bool>) {
        let mut cells = self.cells(text);
        if doubled(&cells).contains(&true)
            && let Some(above) = self.above
        {
            let mut group = String::new();
            let groups = record_at(text, self.separator, above);
            let told = groups.iter().filter(|group| !group.is_empty()).count() > 1;
            let twice = doubled(&cells);
            for (place, cell) in cells.iter_mut().enumerate().filter(|_| told) {
                if let Some(name) = groups.get(place).filter(|name| !name.is_empty()) {
                    group.clone_from(name);
                }
                if twice.get(place) == Some(&true) && !group.is_empty() {
                    *cell = format!("{group} {cell}");
                }
            }
        }
        let twice = doubled(&cells);
        let numbered = cells.iter().enumerate().map(|(place, cell)| {
            if twice.get(place) != Some(&true) {
                return cell.clone();
            }
            let before = cells.iter().take(place + 1).filter(|other| same(other, cell)).count();
            format!("{cell} ({before})")
        });
        (numbered.collect(), twice)
    }

    /// What stands between the cells; a comma where it is none of the known ones.
    pub(crate) fn separator(&self) -> Separator {
        match self.separator {
            b';' => Separator::Semicolon,
            b'\t' => Separator::Tab,
            b'|' => Separator::UprightLine,
            _ => Separator::Comma,
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a.to_lowercase() == b.to_lowercase()
}

fn doubled(cells: &[String]) -> Vec<bool> {
    let mut counts = std::collections::HashMap::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        *counts.entry(cell.to_lowercase()).or_insert(0_usize) += 1;
    }
    cells.iter().map(|cell| counts.get(&cell.to_lowercase()).is_some_and(|count| *count > 1)).collect()
}

fn header_of(records: &[First]) -> usize {
    // `max_by_key` takes the last of equal ones, and the first is wanted.
    let known = records.iter().enumerate().rev().max_by_key(|(_, record)| record.known);
    if let Some((place, record)) = known
        && record.known.0 >= 2
    {
        return place;
    }
    // Nothing is known of the names: the first record that is about as wide as the widest is no title.
    let widest = records.iter().map(|record| record.filled).max().unwrap_or(0);
    records.iter().position(|record| record.filled * 2 >= widest && record.filled > 0).unwrap_or(0)
}

fn first_records(text: &str, separator: u8, start: usize, looked_at: usize) -> Vec<First> {
    let rest = text.get(start..).unwrap_or_default();
    let mut reader = reader(rest, separator);
    let mut record = StringRecord::new();
    let mut records = Vec::new();
    let (mut line, mut counted) = (1, 0);
    while records.len() < looked_at && matches!(reader.read_record(&mut record), Ok(true)) {
        let begin = record.position().map_or(0, csv::Position::byte) as usize;
        let blank = rest.bytes().skip(begin).take_while(|byte| *byte == b'\n').count();
        let begin = start + begin + blank;
        let cells = record.iter().take(MOST_COLUMNS).map(clean::cell);
        let cells: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
        if !cells.is_empty() {
            line += breaks(text.get(counted..begin).unwrap_or_default());
            counted = begin;
            records.push(First {
                start: begin,
                line,
                known: known_words(cells.iter().map(AsRef::as_ref)),
                filled: cells.len(),
            });
        }
    }
    records
}

fn record_at(text: &str, separator: u8, start: usize) -> Vec<String> {
    let mut record = StringRecord::new();
    match reader(text.get(start..).unwrap_or_default(), separator).read_record(&mut record) {
        // One more than there may be, so that too many are seen to be too many.
        Ok(true) => record.iter().take(MOST_COLUMNS + 1).map(|cell| clean::cell(cell).into_owned()).collect(),
        _ => Vec::new(),
    }
}

/// `sep=;` in the first line says it to Excel; the separator, and where the next line begins.
fn said_separator(text: &str) -> (Option<u8>, usize) {
    let line = text.lines().next().unwrap_or_default();
    let said = line.trim_matches('"').to_ascii_lowercase();
    match said.strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (Some(*separator), (line.len() + 1).min(text.len())),
        _ => (None, 0),
    }
}

/// How many cells a text has at most, whichever separator it turns out to have.
pub(crate) fn most_cells(text: &str) -> usize {
    let said = said_separator(text).0.unwrap_or(b',');
    let mut counts = [0_usize; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let of = |byte: u8| counts.get(usize::from(byte)).copied().unwrap_or(0);
    let separators = SEPARATORS.into_iter().chain([said]).map(of).max().unwrap_or(0);
    separators + of(b'\n') + 1
}

/// The separator that the first record has most of, outside quotation marks.
fn most(text: &str) -> u8 {
    let mut counts = SEPARATORS.map(|separator| (separator, 0_usize));
    let mut quoted = false;
    for byte in text.trim_start_matches('\n').bytes() {
        quoted ^= byte == b'"';
        if byte == b'\n' && !quoted {
            break;
        }
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !quoted && *separator == byte) {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0).map_or(b',', |(s, _)| s)
}

fn breaks(text: &str) -> u32 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u32
}

pub(crate) fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> (u8, u32, Vec<String>) {
        let layout = Layout::of_list(text, None);
        (layout.separator, layout.line, layout.headers(text).0)
    }

    #[test]
    fn a_title_is_no_header() {
        let text = "Class list 7B, school year 2026/27\n\nNo;First name;Last name\n1;Ann;Lee\n";
        assert_eq!(list(text), (b';', 3, vec!["No".into(), "First name".into(), "Last name".into()]));
        let unknown = "Register;;\nKennziffer;Wer;Wo\n1;Ann Lee;7B\n2;Bob Ray;7B\n";
        assert_eq!(list(unknown).1, 2);
        assert_eq!(Layout::of_list(text, Some(4)).line, 4);
    }

    #[test]
    fn a_quoted_header_hides_no_separator() {
        let text = "\"Student\nNo\";First name;Last name;Class\n1;Ann;Lee;7B\n";
        assert_eq!(list(text).0, b';');
        assert_eq!(list(text).2[0], "Student No");
        assert_eq!(Layout::of_set(text).separator, b';');
    }

    #[test]
    fn the_file_may_say_its_separator() {
        let text = "sep=|\nNo|Name\n1|Lee, Ann\n";
        assert_eq!(list(text), (b'|', 2, vec!["No".into(), "Name".into()]));
        assert_eq!(Layout::of_set(text).line, 2);
        // A sign that no file is looked through for by itself.
        let rare = "sep=#\nNo#Name\n1#Lee, Ann\n";
        assert_eq!(list(rare), (b'#', 2, vec!["No".into(), "Name".into()]));
    }

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let text = "No,Name,Phone,phone\n1,Ann Lee,5,6\n";
        let layout = Layout::of_list(text, None);
        let (headers, doubled) = layout.headers(text);
        assert_eq!(headers, ["No", "Name", "Phone (1)", "phone (2)"]);
        assert_eq!(doubled, [false, false, true, true]);
        let grouped = "Student,,Father,,Mother,\nNo,Name,Full name,Phone,Full name,Phone\n1,A,B,5,C,6\n";
        assert_eq!(
            list(grouped).2,
            ["No", "Name", "Father Full name", "Father Phone", "Mother Full name", "Mother Phone"]
        );
    }
}
