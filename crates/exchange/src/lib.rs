//! Files in and out: lists as CSV or workbooks, OneRoster 1.1 and 1.2, and Microsoft's School Data Sync sets become one [`Roster`]
//! of plain values, and tables become CSV, and a roster
//! a OneRoster set.
//! Knows no database, no window and no clock: whoever imports compares the values with what is stored.
//!
//! The way in is [`Set::read`], then [`parse`] (or [`parse_list`] with a [`ListKind`] and a [`ColumnMatching`] for a plain list).
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod clean;
mod compound;
mod date;
mod detect;
mod encoding;
mod error;
mod folder;
mod former;
mod header_words;
mod index;
mod kind;
mod layout;
mod links;
mod lists;
mod log;
mod manifest;
mod markup;
mod matching;
mod mend;
mod months;
mod names;
mod oneroster;
mod oneroster_delta;
mod oneroster_files;
mod oneroster_write;
mod open_document;
mod own;
mod plain;
mod preview;
mod reading;
mod reference_columns;
mod roster;
mod row;
mod same;
mod sds;
mod sds_v1;
mod sds_v21;
mod set;
mod sheet;
mod table;
mod workbook;
mod write;

pub use date::DateOrder;
pub use error::{ExchangeError, Note, NoteKind, Refusal, RefusalKind};
pub use folder::files_of;
pub use former::{AttendanceLine, MarkLine, NamedYear};
pub use kind::{ListKind, kind_of};
pub use lists::{
    ClassLine, CourseLine, EnrolmentLine, GuardianLine, List, ListRole, ListRows, ListedClass, NamedStudent, StaffLine,
    parse_list,
};
pub use matching::{ColumnMatching, suggest_columns, suggest_columns_of};
pub use mend::RowCells;
pub use names::FullNameOrder;
pub use oneroster_delta::{NoFormer, write_changes};
pub use oneroster_write::{OneRosterVersion, write_oneroster};
pub use own::{OwnField, OwnFieldTitle, OwnKind, OwnValues};
pub use plain::parse_plain;
pub use preview::{Preview, preview, preview_as, settled, table_text};
pub use reading::{
    DateColumn, DecidedBy, EncodingRead, NameRead, NamesRead, ReadAs, Separator, SheetRead, TableReading, TableSource,
};
pub use roster::{
    AcademicSession, AcademicSessionKind, Agent, Category, Class, ClassKind, Counts, Course, Demographics, Enrolment,
    EnrolmentRole, Format, Home, LineItem, Org, OrgKind, Parsed, Place, Roster, RosterResult, RosterRole, Sex, Status,
    Table, Unresolved, User, UserRole,
};
pub use same::same_key;
pub use set::{Limits, Set};
pub use table::{Cell, TableFormat, TableTooLarge, write_cells};
pub use write::write_table;

/// What a person said about a set before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// How dates such as 4/2/2000 are meant; without it only a column that leaves no doubt is read.
    pub dates: Option<DateOrder>,
    /// How whole names in one cell are written; without it the given name comes first unless the name or its header says else.
    pub names: Option<FullNameOrder>,
    /// The fields that the school made itself and that lists may hold.
    pub own: Vec<OwnField>,
}

/// Reads a set of roster files into values.
///
/// # Errors
/// Files whose columns cannot be made out, a quotation mark that is not closed, and a plain table (see [`parse_plain`]).
/// What is wrong with single rows is no error: it is in [`Parsed::refused`].
pub fn parse(set: &Set, options: &Options) -> Result<Parsed, ExchangeError> {
    match set.format() {
        Format::OneRoster11 | Format::OneRoster12 => oneroster::parse(set, options),
        Format::SdsV1 => sds_v1::parse(set),
        Format::SdsV21 => sds_v21::parse(set, options),
        Format::Plain => {
            Err(ExchangeError::NeedsMatching { file: set.file_names().next().unwrap_or_default().to_owned() })
        }
    }
}
