//! What an import did, or would do.

use exchange::{Format, Note, NoteKind, Place, Refusal, RefusalKind, TableReading};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::entities::RowModel;
use store::ids::AuditEntryId;
use words::Message;

use super::export::Exported;
use super::refused::RefusedTable;
use super::rows::Rows;

/// The most changed rows that are shown field by field.
pub(super) const SHOWN: usize = 200;
/// The most refusals that are listed.
const LISTED: usize = 10_000;

/// Rows of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    pub students: u32,
    pub staff: u32,
    pub guardians: u32,
    /// Who is guardian of whom.
    pub guardianships: u32,
    pub classes: u32,
    pub courses: u32,
    pub subjects: u32,
    /// Who teaches which course.
    pub teachings: u32,
    pub enrolments: u32,
    /// Academic years and terms.
    pub sessions: u32,
    pub schools: u32,
    /// Categories of gradebooks.
    #[serde(default)]
    pub categories: u32,
    #[serde(default)]
    pub assessments: u32,
    #[serde(default)]
    pub marks: u32,
    /// Days of students in registers.
    #[serde(default)]
    pub attendance: u32,
    /// Accounts of staff.
    #[serde(default)]
    pub accounts: u32,
}

impl ImportCounts {
    /// All rows together.
    pub fn total(&self) -> u32 {
        let people = self.students + self.staff + self.guardians + self.guardianships;
        let classes = self.classes + self.courses + self.subjects + self.teachings + self.enrolments;
        let graded = self.categories + self.assessments + self.marks;
        people + classes + self.sessions + self.schools + graded + self.attendance + self.accounts
    }
}

/// One field of a row that is here already, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportedField {
    pub field: String,
    #[ts(type = "unknown")]
    pub before: Value,
    #[ts(type = "unknown")]
    pub after: Value,
}

/// A row that is here already and changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportedChange {
    /// As in [`ImportCounts`].
    pub kind: String,
    /// The person's name, or the title.
    pub name: String,
    pub file: String,
    /// Line in the file; 0 where no single line is the reason.
    pub line: u32,
    pub fields: Vec<ImportedField>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Whether anything was written: false for a dry run, and where refused rows were not accepted.
    pub applied: bool,
    /// Refused rows that were not accepted stand in the way: nothing is, or would be, imported.
    pub held_back: bool,
    pub format: Format,
    /// How each file was read.
    pub readings: Vec<TableReading>,
    pub added: ImportCounts,
    pub changed: ImportCounts,
    /// In the files and here already, with nothing to change.
    pub skipped: ImportCounts,
    pub deleted: ImportCounts,
    /// Rows that are left out, each with what would have been accepted.
    pub refused: Vec<Refusal>,
    /// Of a dry run: the first 300 of the refused rows as they stand in the files, to be mended.
    pub refused_rows: Vec<RefusedTable>,
    /// What was mended, or left out of a row.
    pub notes: Vec<Note>,
    /// The first 200 changed rows, field by field.
    pub changes: Vec<ImportedChange>,
    /// The user names and one-time passwords of new accounts, to be saved or printed now: they are told here and never again.
    #[serde(default)]
    pub accounts: Option<Exported>,
    pub undo: Option<AuditEntryId>,
}

/// Gathers what cannot be taken in while the rows are compared.
#[derive(Default)]
pub(super) struct Remarks {
    pub refused: Vec<Refusal>,
    unlisted: usize,
    notes: Vec<Note>,
    /// What changes besides the fields of rows.
    pub changes: Vec<ImportedChange>,
}

impl Remarks {
    pub fn new(refused: Vec<Refusal>, notes: Vec<Note>) -> Self {
        Self { refused, unlisted: 0, notes, changes: Vec::new() }
    }

    /// Refuses a row for what it refers to.
    pub fn refuse(&mut self, at: &Place, column: &str, found: &str, expected: Message) {
        if self.refused.len() >= LISTED {
            self.unlisted += 1;
            return;
        }
        let refusal = Refusal::of_cell(&at.file, at.line, column, shown(found), expected);
        self.refused.push(Refusal { kind: RefusalKind::Reference, ..refusal });
    }

    /// Tells that something of a row is left out; one note per file, column and reason.
    pub fn left_out(&mut self, at: &Place, column: &str, found: &str, taken: Message) {
        let same = |note: &&mut Note| {
            note.kind == NoteKind::LeftOut && *note.file == *at.file && note.column == column && note.taken == taken
        };
        if let Some(note) = self.notes.iter_mut().find(same) {
            note.rows = note.rows.saturating_add(1);
            return;
        }
        self.told(NoteKind::LeftOut, at, column, found, taken);
    }

    /// Tells what a cell was taken as.
    pub fn told(&mut self, kind: NoteKind, at: &Place, column: &str, found: &str, taken: Message) {
        self.notes.push(Note::of_cell(kind, &at.file, at.line, column, shown(found), taken));
    }

    /// The same, once for each content of a column; further rows of it are counted.
    pub fn told_once(&mut self, kind: NoteKind, at: &Place, column: &str, found: &str, taken: Message) {
        let same = |note: &&mut Note| {
            (note.kind, &*note.file, note.column.as_str()) == (kind, &*at.file, column)
                && note.found == shown(found)
                && note.taken == taken
        };
        if let Some(note) = self.notes.iter_mut().find(same) {
            note.rows = note.rows.saturating_add(1);
            return;
        }
        self.told(kind, at, column, found, taken);
    }

    /// Refusals by file and line, the notes, and what changes besides the fields of rows.
    pub fn finish(mut self) -> (Vec<Refusal>, Vec<Note>, Vec<ImportedChange>) {
        self.refused.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        if self.unlisted > 0 {
            self.refused.push(Refusal::unlisted(self.unlisted, LISTED, RefusalKind::Reference));
        }
        (self.refused, self.notes, self.changes)
    }
}

fn shown(text: &str) -> String {
    text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Counts and shown changes of all kinds.
#[derive(Default)]
pub(super) struct Tally {
    pub added: ImportCounts,
    pub changed: ImportCounts,
    pub skipped: ImportCounts,
    pub deleted: ImportCounts,
    pub changes: Vec<ImportedChange>,
}

impl Tally {
    /// Counts one kind of rows; `of` picks its number, `name` says what a row is called.
    pub fn add<M: RowModel>(
        &mut self,
        kind: &str,
        rows: &Rows<M>,
        of: impl Fn(&mut ImportCounts) -> &mut u32,
        name: impl Fn(&M) -> String,
    ) {
        for row in &rows.list {
            let counts = match (&row.stored, row.deleted) {
                (None, true) => continue,
                (None, false) => &mut self.added,
                (Some(stored), true) if row.gone || *stored != row.now => &mut self.deleted,
                (Some(stored), _) if *stored != row.now || !row.besides.is_empty() => {
                    if self.changes.len() < SHOWN {
                        let mut fields = fields(stored, &row.now);
                        fields.extend(row.besides.iter().cloned());
                        let (file, line) =
                            row.at.as_ref().map_or((String::new(), 0), |at| (at.file.to_string(), at.line));
                        self.changes.push(ImportedChange {
                            kind: kind.to_owned(),
                            name: name(&row.now),
                            file,
                            line,
                            fields,
                        });
                    }
                    &mut self.changed
                }
                _ if row.at.is_some() => &mut self.skipped,
                _ => continue,
            };
            *of(counts) += 1;
        }
    }
}

/// The fields that differ, without those that nobody typed.
fn fields<M: RowModel>(before: &M, after: &M) -> Vec<ImportedField> {
    let (Ok(Value::Object(before)), Ok(Value::Object(after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return Vec::new();
    };
    before
        .into_iter()
        .filter_map(|(field, before)| {
            let after = after.get(&field).cloned().unwrap_or(Value::Null);
            (before != after && !field.starts_with("sort_") && field != "updated_at").then_some(ImportedField {
                field,
                before,
                after,
            })
        })
        .collect()
}
