//! Gathers refusals and notes while files are read, so that reading a cell stays one call.

use std::cell::RefCell;
use std::collections::HashMap;

use words::Message;

use crate::error::{Note, NoteKind, Refusal, RefusalKind};
use crate::roster::Place;

/// Refusals beyond this number are counted and not listed, so that a file of nonsense cannot fill the memory.
const LISTED: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Log {
    inner: RefCell<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    refused: Vec<Refusal>,
    unlisted: usize,
    notes: Vec<Note>,
    seen: HashMap<(NoteKind, String, String, String), usize>,
}

impl Log {
    pub(crate) fn refuse(&self, file: &str, line: u32, column: &str, found: &str, expected: Message) {
        self.add(Refusal::of_cell(file, line, column, shown(found), expected));
    }

    /// Refuses a whole row.
    pub(crate) fn refuse_row(&self, file: &str, line: u32, said: Message, expected: Message) {
        self.add(Refusal::of_file(file, line, "", said, expected));
    }

    /// Refuses a row that is in order itself, for what it refers to.
    pub(crate) fn refuse_reference(&self, at: &Place, column: &str, found: &str, expected: Message) {
        let refusal = Refusal::of_cell(&at.file, at.line, column, shown(found), expected);
        self.add(Refusal { kind: RefusalKind::Reference, ..refusal });
    }

    fn add(&self, refusal: Refusal) {
        let mut inner = self.inner.borrow_mut();
        if inner.refused.len() < LISTED {
            inner.refused.push(refusal);
        } else {
            inner.unlisted += 1;
        }
    }

    /// Notes of one file, column, kind and value become one with its number of rows; only the first is put into words.
    pub(crate) fn note(
        &self,
        kind: NoteKind,
        file: &str,
        line: u32,
        column: &str,
        found: &str,
        taken: impl FnOnce() -> Message,
    ) {
        // Values without end (each date of a column) are one note; the first value stands as the example.
        let value = if kind == NoteKind::Capitals { shown(found) } else { String::new() };
        self.once(kind, file, column, value, || Note::of_cell(kind, file, line, column, shown(found), taken()));
    }

    /// As [`Log::note`], where words say what is there.
    pub(crate) fn note_said(
        &self,
        kind: NoteKind,
        file: &str,
        line: u32,
        column: &str,
        said: impl FnOnce() -> Message,
        taken: impl FnOnce() -> Message,
    ) {
        self.once(kind, file, column, String::new(), || Note {
            said: Some(said()),
            ..Note::of_cell(kind, file, line, column, String::new(), taken())
        });
    }

    fn once(&self, kind: NoteKind, file: &str, column: &str, value: String, note: impl FnOnce() -> Note) {
        let mut inner = self.inner.borrow_mut();
        let key = (kind, file.to_owned(), column.to_owned(), value);
        match inner.seen.get(&key).copied() {
            Some(at) => {
                if let Some(note) = inner.notes.get_mut(at) {
                    note.rows = note.rows.saturating_add(1);
                }
            }
            None => {
                let at = inner.notes.len();
                inner.seen.insert(key, at);
                inner.notes.push(note());
            }
        }
    }

    pub(crate) fn extend(&self, notes: &[Note]) {
        self.inner.borrow_mut().notes.extend_from_slice(notes);
    }

    /// Refusals sorted by file and line, and the notes.
    pub(crate) fn finish(self) -> (Vec<Refusal>, Vec<Note>) {
        let mut inner = self.inner.into_inner();
        inner.refused.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        if inner.unlisted > 0 {
            inner.refused.push(Refusal::unlisted(inner.unlisted, LISTED, RefusalKind::Fault));
        }
        (inner.refused, inner.notes)
    }
}

/// A cell as a message shows it: at most 60 characters, control characters as spaces.
pub(crate) fn shown(cell: &str) -> String {
    let mut out: String = cell.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cell.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}
