//! Opens what a person picked (a zip, a folder or one file) and holds its tables as checked UTF-8 text, within limits.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::Path;

use crate::detect::detect;
use crate::error::{ExchangeError, Note, NoteKind};
use crate::roster::Format;

/// How much a set may hold. The defaults are far above any school and far below a computer's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, unpacked.
    pub file: u64,
    /// Bytes of all files together, unpacked.
    pub total: u64,
    /// Entries of a zip or folder, whatever they are.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 256 << 20, total: 512 << 20, entries: 2_000 }
    }
}

/// One table as text.
#[derive(Clone)]
pub(crate) struct SourceFile {
    /// Without folders.
    pub(crate) name: String,
    /// UTF-8 without byte order mark.
    pub(crate) text: String,
}

/// The tables that were found, and what they are together.
#[derive(Clone)]
pub struct Set {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) notes: Vec<Note>,
    format: Format,
}

/// Shows names and sizes only: the files hold passwords and children's data.
impl std::fmt::Debug for Set {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let files: Vec<_> = self.files.iter().map(|file| (&file.name, file.text.len())).collect();
        f.debug_struct("Set").field("format", &self.format).field("files", &files).finish()
    }
}

impl Set {
    /// Reads a zip file, a folder, or one `.csv`, `.tsv` or `.txt` file.
    ///
    /// # Errors
    /// A file that cannot be opened, a broken or oversized zip, no table at all, text that is not UTF-8, or files that are no known set.
    pub fn read(path: &Path, limits: Limits) -> Result<Self, ExchangeError> {
        let shown = path.display().to_string();
        let io = |source| ExchangeError::Io { path: shown.clone(), source };
        let mut collector = Collector::new(limits);
        if fs::metadata(path).map_err(io)?.is_dir() {
            collector.folder(path, true)?;
        } else {
            let mut file = File::open(path).map_err(io)?;
            if is_zip(&mut file, path).map_err(io)? {
                collector.zip(file, &shown)?;
            } else if table_name(&base_name(&shown)) {
                collector.one(&base_name(&shown), file)?;
            }
        }
        collector.finish(&shown)
    }

    /// Makes a set of named files in memory; a zip among them is opened.
    ///
    /// # Errors
    /// As [`Set::read`].
    pub fn from_files<N, B>(files: impl IntoIterator<Item = (N, B)>, limits: Limits) -> Result<Self, ExchangeError>
    where
        N: AsRef<str>,
        B: AsRef<[u8]>,
    {
        let mut collector = Collector::new(limits);
        for (name, bytes) in files {
            let (name, bytes) = (base_name(name.as_ref()), bytes.as_ref());
            if name.to_ascii_lowercase().ends_with(".zip") || bytes.starts_with(b"PK\x03\x04") {
                collector.zip(io::Cursor::new(bytes), &name)?;
            } else if table_name(&name) {
                collector.one(&name, bytes)?;
            }
        }
        collector.finish("The choice")
    }

    /// What the files are together.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Names of the tables, without folders.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// The file of this name, whatever its capitals.
    pub(crate) fn file(&self, name: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name.eq_ignore_ascii_case(name))
    }
}

struct Collector {
    limits: Limits,
    total: u64,
    files: Vec<SourceFile>,
    notes: Vec<Note>,
}

impl Collector {
    fn new(limits: Limits) -> Self {
        Self { limits, total: 0, files: Vec::new(), notes: Vec::new() }
    }

    fn folder(&mut self, path: &Path, descend: bool) -> Result<(), ExchangeError> {
        let shown = path.display().to_string();
        let io = |source| ExchangeError::Io { path: shown.clone(), source };
        let mut tables = Vec::new();
        let mut folders = Vec::new();
        for (count, entry) in fs::read_dir(path).map_err(io)?.enumerate() {
            self.check_entries(count + 1, &shown)?;
            let entry = entry.map_err(io)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = fs::metadata(entry.path()).map_err(io)?;
            if kind.is_dir() && !hidden(&name) {
                folders.push(entry.path());
            } else if kind.is_file() && table_name(&name) {
                tables.push((name, entry.path()));
            }
        }
        tables.sort();
        if let (true, [only], true) = (tables.is_empty(), folders.as_slice(), descend) {
            return self.folder(only, false);
        }
        for (name, path) in tables {
            let file =
                File::open(&path).map_err(|source| ExchangeError::Io { path: path.display().to_string(), source })?;
            self.one(&name, file)?;
        }
        Ok(())
    }

    fn zip(&mut self, file: impl Read + Seek, shown: &str) -> Result<(), ExchangeError> {
        let broken = |reason: String| ExchangeError::Zip { path: shown.to_owned(), reason };
        let mut archive = zip::ZipArchive::new(file).map_err(|e| broken(e.to_string()))?;
        self.check_entries(archive.len(), shown)?;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|e| broken(e.to_string()))?;
            let full = entry.name().map_err(|e| broken(e.to_string()))?.into_owned();
            let name = base_name(&full);
            if !entry.is_file() || full.starts_with("__MACOSX/") || !table_name(&name) {
                continue;
            }
            // Nothing is ever written to disk; a path that climbs out of its folder is still the mark of a forged zip.
            if entry.enclosed_name().is_none() {
                self.file_note(&name, "a path that leads out of the zip", "not read");
                continue;
            }
            if entry.encrypted() {
                return Err(broken(format!("{name} in it is encrypted")));
            }
            if entry.size() > self.limits.file {
                return Err(too_large(&name, self.limits.file));
            }
            drop(entry);
            let entry = archive.by_index(index).map_err(|e| broken(e.to_string()))?;
            self.one(&name, entry).map_err(|error| match error {
                ExchangeError::Io { source, .. } => broken(format!("{name} in it is damaged ({source})")),
                other => other,
            })?;
        }
        Ok(())
    }

    /// Reads one table, never more than the limits whatever its declared size.
    fn one(&mut self, name: &str, reader: impl Read) -> Result<(), ExchangeError> {
        if self.files.iter().any(|file| file.name.eq_ignore_ascii_case(name)) {
            return Err(ExchangeError::Twice { file: name.to_owned() });
        }
        let left = self.limits.file.min(self.limits.total - self.total);
        let mut bytes = Vec::new();
        reader
            .take(left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|source| ExchangeError::Io { path: name.to_owned(), source })?;
        let size = bytes.len() as u64;
        if size > left {
            return Err(if left < self.limits.file {
                too_large("The set as a whole", self.limits.total)
            } else {
                too_large(name, self.limits.file)
            });
        }
        self.total += size;
        let text = self.decode(name, bytes)?;
        self.files.push(SourceFile { name: name.to_owned(), text });
        Ok(())
    }

    fn decode(&mut self, name: &str, mut bytes: Vec<u8>) -> Result<String, ExchangeError> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(ExchangeError::Encoding { file: name.to_owned(), line: 1, found: "UTF-16".into() });
        }
        if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let before = bytes.get(..good).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u32;
            let byte = bytes.get(good).copied().unwrap_or_default();
            ExchangeError::Encoding { file: name.to_owned(), line, found: format!("the byte 0x{byte:02X}") }
        })?;
        if text.contains('\r') && !text.contains('\n') {
            self.file_note(name, "lines that end in a carriage return", "line ends");
            return Ok(text.replace('\r', "\n"));
        }
        Ok(text)
    }

    fn file_note(&mut self, file: &str, found: &str, taken: &str) {
        self.notes.push(Note {
            kind: NoteKind::File,
            file: file.to_owned(),
            line: 0,
            column: String::new(),
            found: found.to_owned(),
            taken: taken.to_owned(),
            rows: 1,
        });
    }

    fn check_entries(&self, count: usize, shown: &str) -> Result<(), ExchangeError> {
        if count > self.limits.entries {
            return Err(ExchangeError::TooLarge {
                what: format!("The number of files in {shown}"),
                limit: self.limits.entries.to_string(),
            });
        }
        Ok(())
    }

    fn finish(self, shown: &str) -> Result<Set, ExchangeError> {
        if self.files.is_empty() {
            return Err(ExchangeError::Nothing { path: shown.to_owned() });
        }
        let format = detect(&self.files)?;
        Ok(Set { files: self.files, notes: self.notes, format })
    }
}

fn too_large(what: &str, bytes: u64) -> ExchangeError {
    let limit = if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") };
    ExchangeError::TooLarge { what: what.to_owned(), limit }
}

fn is_zip(file: &mut File, path: &Path) -> io::Result<bool> {
    if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("zip")) {
        return Ok(true);
    }
    let mut magic = Vec::new();
    file.by_ref().take(4).read_to_end(&mut magic)?;
    file.rewind()?;
    Ok(magic == *b"PK\x03\x04")
}

fn base_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// Whether the name is that of a table, and not of a file that an operating system left there.
fn table_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !hidden(name) && [".csv", ".tsv", ".txt"].iter().any(|end| lower.ends_with(end))
}
