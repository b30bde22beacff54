//! Exchange: rosters in (OneRoster, School Data Sync, plain lists), tables and OneRoster sets out.
//!
//! An import compares a copy of the schools' rosters with the files, row by row, and writes the differences. Blank cells
//! leave what is stored; a row that the files no longer hold stays, unless the person asks for its deletion.

mod book;
mod calendar;
mod deletions;
mod enqueue;
mod enrol;
mod export;
mod groups;
mod homes;
mod import;
mod import_marks;
mod kept_ids;
mod lists;
mod oneroster;
mod own_fields;
mod persons;
mod plan;
mod preview;
mod refused;
mod report;
mod rows;
mod sets;
mod stays;
mod table;
mod targets;

pub use enqueue::{ImportOutcome, import_kind};
pub use export::{ExportStudents, Exported, keep_cells, keep_table};
pub(crate) use import::list_of_classes;
pub use import::{AcceptRefused, ImportInput, bad_file};
pub use oneroster::{ExportOneRoster, ExportedSet, ExportedTable};
pub use preview::{ImportPreview, PreviewImport};
pub use refused::{RefusedTable, SaveRefused};
pub use report::{ImportCounts, ImportReport, ImportedChange, ImportedField};
pub use sets::{ImportSet, refuse_once_set_up};
pub use table::*;
