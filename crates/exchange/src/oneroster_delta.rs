//! What became of a school since a set that went out earlier, as a OneRoster delta set (1EdTech OneRoster CSV Binding): rows
//! that are new or differ, and those that are no more, marked for deletion. It is found out from the two sets themselves, so
//! that nobody has to keep what went out but whoever has the file.

use std::collections::HashMap;

use csv::StringRecord;

use crate::layout::Layout;
use crate::oneroster_write::{FIRST, OneRosterVersion, Written, manifest, tables};
use crate::roster::{Format, Roster};
use crate::set::Set;
use crate::sheet::read_pairs;
use crate::write::plain_table;

/// Why a former set says nothing about what changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFormer {
    /// It is no OneRoster set of the version that goes out.
    OtherVersion,
    /// It holds changes only, or does not say.
    NotWhole,
    /// It does not know the school.
    OtherSchool,
}

/// Writes what differs from a former bulk set as the files of a delta set, by their names. `at` is the moment of writing
/// (ISO 8601, UTC): every row carries it as the time of its last change, which lay between the two sets.
///
/// # Errors
/// A former set of another version or school, or one that is not whole.
pub fn write_changes(
    roster: &Roster,
    version: OneRosterVersion,
    former: &Set,
    at: &str,
) -> Result<Vec<(String, Vec<u8>)>, NoFormer> {
    comparable(roster, version, former)?;
    let mut changed = Vec::new();
    for table in tables(roster, version) {
        let before = rows_of(former, &table);
        let rows = changes(&table, before, at);
        if !rows.is_empty() {
            changed.push(Written { rows, ..table });
        }
    }
    let manifest = manifest(&changed, version, "delta");
    let written = changed.iter().map(|table| (format!("{}.csv", table.name), plain_table(&table.headers, &table.rows)));
    Ok(std::iter::once(("manifest.csv".to_owned(), manifest)).chain(written).collect())
}

fn comparable(roster: &Roster, version: OneRosterVersion, former: &Set) -> Result<(), NoFormer> {
    let format = match version {
        OneRosterVersion::V11 => Format::OneRoster11,
        OneRosterVersion::V12 => Format::OneRoster12,
    };
    let manifest = former.file("manifest.csv").filter(|_| former.format() == format).ok_or(NoFormer::OtherVersion)?;
    let pairs = read_pairs(&manifest.text);
    let modes = || pairs.iter().filter(|(_, name, _)| name.starts_with("file."));
    if modes().any(|(_, _, mode)| mode == "delta") || !modes().any(|(_, _, mode)| mode == "bulk") {
        return Err(NoFormer::NotWhole);
    }
    let orgs = former.file("orgs.csv").map(|file| records(&file.text).1).unwrap_or_default();
    let known = |id: &str| orgs.iter().any(|row| row.get(0) == Some(id));
    if roster.orgs.iter().filter(|org| org.teaches).all(|org| known(&org.source_id)) {
        Ok(())
    } else {
        Err(NoFormer::OtherSchool)
    }
}

/// The names of the columns of a file and its rows.
fn records(text: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = Layout::of_set(text).reader(text);
    let mut all = reader.records().filter_map(std::result::Result::ok);
    (all.next().unwrap_or_default(), all.collect())
}

/// The former rows of a file by identifier, in the columns in which it is written now.
fn rows_of(former: &Set, table: &Written) -> Vec<(String, Vec<String>)> {
    let Some(file) = former.file(&format!("{}.csv", table.name)) else { return Vec::new() };
    let (headers, rows) = records(&file.text);
    let places: Vec<Option<usize>> =
        table.headers.iter().map(|name| headers.iter().position(|header| header == *name)).collect();
    let cell = |row: &StringRecord, place: Option<usize>| {
        place.and_then(|place| row.get(place)).unwrap_or_default().to_owned()
    };
    let of = |row: &StringRecord| places.iter().map(|place| cell(row, *place)).collect::<Vec<String>>();
    rows.iter().map(|row| (cell(row, places.first().copied().flatten()), of(row))).collect()
}

/// The rows that are new or differ, and after them those that are no more.
fn changes(table: &Written, before: Vec<(String, Vec<String>)>, at: &str) -> Vec<Vec<String>> {
    let mut former: HashMap<&str, &[String]> = HashMap::new();
    for (id, cells) in &before {
        former.insert(id, cells);
    }
    let marked = |row: &[String], status: &str| {
        let first = [row[0].clone(), status.to_owned(), at.to_owned()];
        first.into_iter().chain(row[FIRST.len()..].iter().cloned()).collect::<Vec<String>>()
    };
    let mut rows = Vec::new();
    for row in &table.rows {
        let same =
            former.remove(row[0].as_str()).is_some_and(|old| as_written(&row[FIRST.len()..], &old[FIRST.len()..]));
        if !same {
            rows.push(marked(row, "active"));
        }
    }
    let gone = before.iter().filter(|(id, _)| former.contains_key(id.as_str()));
    rows.extend(gone.map(|(_, row)| marked(row, "tobedeleted")));
    rows
}

/// Whether cells are those of a former file, in which line ends are spaces.
fn as_written(now: &[String], then: &[String]) -> bool {
    now.iter().zip(then).all(|(now, then)| {
        now == then || (now.contains(char::is_control) && now.replace(char::is_control, " ") == *then)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_missing_rows_are_told_apart() {
        let cells = |id: &str, title: &str| vec![id.to_owned(), String::new(), String::new(), title.to_owned()];
        let now = Written {
            name: "categories",
            headers: vec!["sourcedId", "status", "dateLastModified", "title"],
            rows: vec![cells("a", "Tests"), cells("b", "Essays\nlong"), cells("d", "New")],
        };
        let before = [("a", "Quizzes"), ("b", "Essays long"), ("c", "Old")];
        let before = before.map(|(id, title)| (id.to_owned(), cells(id, title))).to_vec();
        let found = changes(&now, before, "2026-11-30T00:00:00Z");
        let said: Vec<(&str, &str, &str)> = found.iter().map(|row| (&*row[0], &*row[1], &*row[3])).collect();
        assert_eq!(said, [("a", "active", "Tests"), ("d", "active", "New"), ("c", "tobedeleted", "Old")]);
        assert!(found.iter().all(|row| row[2] == "2026-11-30T00:00:00Z"));
    }
}
