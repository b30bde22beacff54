//! Refused rows as they stand in the files: shown to be mended, or saved as a file that can itself be imported.

use std::collections::BTreeMap;

use exchange::{Cell, Format, Refusal, RowCells, Set, TableFormat};
use words::faults::exchange::refused;
use words::{Language, refusals};

use super::export::{Exported, keep_table, zipped};
use super::import::{ImportInput, permitted, set_and_how};
use crate::{Call, Error, Result, blocking};

/// The most refused rows that are shown cell by cell.
pub(super) const SHOWN: usize = 300;

/// The refused rows of one table, as they stand in the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefusedTable {
    /// Name of the file inside its set.
    pub file: String,
    /// Names of the columns, in the order of the cells.
    pub headers: Vec<String>,
    pub rows: Vec<RowCells>,
}

/// Input of [`save_refused`].
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveRefused {
    #[serde(flatten)]
    #[ts(flatten)]
    pub import: ImportInput,
    /// Of the only table of a list; CSV where left out. Several tables are CSVs in a zip.
    #[serde(default)]
    pub format: Option<TableFormat>,
}

/// The first refused rows, at most `most`, by file. What is refused without a row of its own is not among them.
pub(super) fn tables(set: &Set, refused: &[Refusal], most: usize) -> Vec<RefusedTable> {
    let mut lines: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut taken = 0;
    for refusal in refused.iter().filter(|refusal| refusal.line > 0) {
        let of_file = lines.entry(refusal.file.as_str()).or_default();
        if !of_file.contains(&refusal.line) && taken < most {
            of_file.push(refusal.line);
            taken += 1;
        }
    }
    let table = |(file, lines): (&str, Vec<u32>)| RefusedTable {
        file: file.to_owned(),
        headers: set.headers(file),
        rows: set.rows(file, &lines),
    };
    lines.into_iter().map(table).filter(|table| !table.rows.is_empty()).collect()
}

/// Saves the refused rows of an import, as a list with the reason in the last column; of several tables, and of a OneRoster
/// set, as a zip of them. Mended there, the file can be imported by itself.
///
/// # Errors
/// As a dry run; and `NotFound` where no row is refused.
pub(super) async fn save_refused(call: &Call, input: SaveRefused) -> Result<Exported> {
    call.access().whole_school(input.import.school)?;
    let (set, how) = set_and_how(call, input.import).await?;
    let format = input.format.unwrap_or_default();
    let language = call.actor()?.language.as_deref().map_or(Language::ENGLISH, Language::of);
    let report = permitted(call, set.clone(), how).await?;
    let (name, bytes, rows) = blocking(move || {
        let tables = tables(&set, &report.refused, usize::MAX);
        let rows = tables.iter().map(|table| table.rows.len()).sum::<usize>();
        let (name, bytes) = match tables.as_slice() {
            [] => return Err(Error::not_found(refusals::gone::refused_row())),
            [only] if set.format() == Format::Plain => {
                let stem = only.file.rsplit_once('.').map_or(only.file.as_str(), |(stem, _)| stem);
                let name = refused::file_of(stem).text(language);
                let (headers, rows) = table(only, &report.refused, false, language);
                let cells = rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect::<Vec<_>>();
                let bytes = exchange::write_cells(format, &headers, &cells)
                    .map_err(|_| Error::field("format", "too_large", refusals::exchange::larger_than_sheet()))?;
                (format!("{name}.{}", format.ending()), bytes)
            }
            several => {
                let name = refused::files().text(language);
                (format!("{name}.zip"), zip(set.format(), several, &report.refused, language)?)
            }
        };
        Ok((name, bytes, rows))
    })
    .await?;
    keep_table(call, name, bytes, rows)
}

/// The table with the reasons beside its rows. `delta` says of rows without a status that they are active.
fn table(
    table: &RefusedTable,
    refused: &[Refusal],
    delta: bool,
    language: Language,
) -> (Vec<String>, Vec<Vec<String>>) {
    let mut headers = table.headers.clone();
    headers.push(refused::reason().text(language));
    let status = headers.iter().position(|header| header == "status").filter(|_| delta);
    let mut reasons: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for refusal in refused.iter().filter(|refusal| refusal.file == table.file) {
        reasons.entry(refusal.line).or_default().push(refusal.reason().text(language));
    }
    let rows = table.rows.iter().map(|row| {
        let mut cells = row.cells.clone();
        cells.truncate(table.headers.len());
        if let Some(status) = status.and_then(|at| cells.get_mut(at)).filter(|status| status.is_empty()) {
            "active".clone_into(status);
        }
        cells.push(reasons.get(&row.line).map(|reasons| reasons.join("; ")).unwrap_or_default());
        cells
    });
    let rows = rows.collect();
    (headers, rows)
}

/// The tables under their own names. A OneRoster set is then a delta: what the rows refer to is here already.
fn zip(format: Format, tables: &[RefusedTable], refused: &[Refusal], language: Language) -> Result<Vec<u8>> {
    let version = match format {
        Format::OneRoster11 => Some("1.1"),
        Format::OneRoster12 => Some("1.2"),
        Format::SdsV1 | Format::SdsV21 | Format::Plain => None,
    };
    let written = |of: &RefusedTable| {
        let (headers, rows) = table(of, refused, version.is_some(), language);
        exchange::write_table(&headers, rows)
    };
    let mut files: Vec<(String, Vec<u8>)> = tables.iter().map(|of| (of.file.clone(), written(of))).collect();
    if let Some(version) = version {
        let mut pairs = vec![
            ["manifest.version".to_owned(), "1.0".to_owned()],
            ["oneroster.version".to_owned(), version.to_owned()],
        ];
        let name = |file: &str| file.strip_suffix(".csv").unwrap_or(file).to_owned();
        pairs.extend(tables.iter().map(|of| [format!("file.{}", name(&of.file)), "delta".to_owned()]));
        files.push(("manifest.csv".to_owned(), exchange::write_table(&["propertyName", "value"], pairs)));
    }
    zipped(files)
}
