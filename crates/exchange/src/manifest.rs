//! OneRoster's manifest: which files are whole and which hold changes only.

use std::collections::HashMap;

use words::Message;
use words::faults::exchange::{expected, found, taken, value};

use crate::error::NoteKind;
use crate::log::Log;
use crate::oneroster_files::FILES;
use crate::set::Set;
use crate::sheet::{Sheet, read_pairs};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// All there are: what is missing is to be deleted.
    Bulk,
    /// Changes only.
    Delta,
    /// Nobody says. Its rows are taken in and nothing is deleted for being missing.
    Unstated,
}

/// The mode of each file that is there, and what is odd about the manifest as notes and refusals.
pub(crate) fn modes(set: &Set, sheets: &HashMap<&'static str, Sheet<'_>>, log: &Log) -> HashMap<&'static str, Mode> {
    let mut modes: HashMap<&'static str, Mode> = sheets.keys().map(|file| (*file, Mode::Unstated)).collect();
    let Some(manifest) = set.file("manifest.csv") else {
        log.note_said(NoteKind::File, "manifest.csv", 0, "", found::no_manifest, taken::nothing_deleted);
        return modes;
    };
    for (line, name, said) in read_pairs(&manifest.text) {
        let Some(table) = name.strip_prefix("file.") else { continue };
        let Some((_, spec)) = FILES.iter().find(|(_, spec)| spec.file.strip_suffix(".csv") == Some(table)) else {
            continue;
        };
        let there = sheets.contains_key(spec.file);
        let note = |taken: fn() -> Message| log.note(NoteKind::File, &manifest.name, line, &name, &said, taken);
        let refuse = |expected| log.refuse(&manifest.name, line, "value", &said, expected);
        match (said.to_ascii_lowercase().as_str(), there) {
            ("bulk", true) => drop(modes.insert(spec.file, Mode::Bulk)),
            ("delta", true) => drop(modes.insert(spec.file, Mode::Delta)),
            ("bulk" | "delta", false) => refuse(expected::absent_or_there(spec.file)),
            ("absent", true) => note(taken::read_all_the_same),
            ("", true) => note(taken::perhaps_not_whole),
            ("absent" | "", false) => {}
            _ => refuse(value::one_of(["absent", "bulk", "delta"].join(", "))),
        }
    }
    modes
}
