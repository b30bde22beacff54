//! A look at chosen files before they are imported: what they are, and which column of a plain table holds what.

use exchange::{Format, ListKind, Preview, ReadAs, TableReading};
use serde::{Deserialize, Serialize};
use store::ids::SchoolId;
use uuid::Uuid;

use super::import::{bad_file, set_of};
use super::own_fields::importable;
use crate::{Call, Result, blocking};

/// Rows of a plain table that are shown.
const ROWS: usize = 8;

/// Input of [`preview_import`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct PreviewImport {
    pub school: SchoolId,
    pub uploads: Vec<Uuid>,
    /// What the person says of the files, where it was found out wrongly or not at all.
    pub read_as: Option<ReadAs>,
    /// What a plain list is of, where the person says it; else its headers do.
    #[serde(default)]
    pub kind: Option<ListKind>,
}

/// What the chosen files are.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    pub format: Format,
    /// Names of the tables, without folders.
    pub files: Vec<String>,
    /// Headers, first rows and a proposed matching of a plain table; none for the other formats.
    pub table: Option<Preview>,
    /// How each file was read.
    pub readings: Vec<TableReading>,
}

/// Tells what the chosen files are; nothing is compared yet.
pub(super) async fn preview_import(call: &Call, input: PreviewImport) -> Result<ImportPreview> {
    call.access().whole_school(input.school)?;
    let set = set_of(call, &input.uploads, input.read_as.as_ref()).await?;
    let own = importable(call, Some(input.school)).await?;
    blocking(move || {
        let table = match set.format() {
            Format::Plain => Some(exchange::preview_as(&set, ROWS, input.kind, &own).map_err(bad_file)?),
            _ => None,
        };
        let files = set.file_names().map(str::to_owned).collect();
        Ok(ImportPreview { format: set.format(), files, table, readings: set.readings() })
    })
    .await
}
