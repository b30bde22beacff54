//! Gathers refusals and notes while files are read, so that reading a cell stays one call.

use std::cell::RefCell;
use std::collections::HashMap;

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
    unlisted: u32,
    notes: Vec<Note>,
    seen: HashMap<(NoteKind, String, String, String), usize>,
}

impl Log {
    pub(crate) fn refuse(&self, file: &str, line: u32, column: &str, found: &str, expected: impl Into<String>) {
        self.add(RefusalKind::Fault, file, line, column, found, expected.into());
    }

    /// Refuses a row that is in order itself, for what it refers to.
    pub(crate) fn refuse_reference(&self, at: &Place, column: &str, found: &str, expected: impl Into<String>) {
        self.add(RefusalKind::Reference, &at.file, at.line, column, found, expected.into());
    }

    fn add(&self, kind: RefusalKind, file: &str, line: u32, column: &str, found: &str, expected: String) {
        let mut inner = self.inner.borrow_mut();
        if inner.refused.len() >= LISTED {
            inner.unlisted = inner.unlisted.saturating_add(1);
            return;
        }
        inner.refused.push(Refusal {
            file: file.to_owned(),
            line,
            column: column.to_owned(),
            found: shown(found),
            expected,
            kind,
        });
    }

    /// Notes of one file, column, kind and value become one with its number of rows.
    pub(crate) fn note(
        &self,
        kind: NoteKind,
        file: &str,
        line: u32,
        column: &str,
        found: &str,
        taken: impl Into<String>,
    ) {
        let mut inner = self.inner.borrow_mut();
        // Values without end (each date of a column) are one note; the first value stands as the example.
        let value = if kind == NoteKind::Capitals { shown(found) } else { String::new() };
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
                inner.notes.push(Note {
                    kind,
                    file: file.to_owned(),
                    line,
                    column: column.to_owned(),
                    found: shown(found),
                    taken: taken.into(),
                    rows: 1,
                });
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
            inner.refused.push(Refusal {
                file: String::new(),
                line: 0,
                column: String::new(),
                found: format!("{} more refusals", inner.unlisted),
                expected: format!("a set with at most {LISTED} of them; mend those listed first"),
                kind: RefusalKind::Fault,
            });
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
