//! Opens what a person picked (a zip, a folder, a workbook or one file) and holds its tables as text, within limits.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;

use words::faults::exchange::{self, found, taken, what};
use words::{Message, Text};

use crate::detect::detect;
use crate::error::{ExchangeError, Note, NoteKind};
use crate::layout::{self, Layout};
use crate::matching::{known_words, suggest_columns};
use crate::reading::{EncodingRead, ReadAs, SheetRead, TableReading, TableSource};
use crate::roster::Format;
use crate::workbook::{self, Grid};
use crate::{encoding, folder, markup};

/// How much a set may hold. The defaults are above any school, and what they let in is read within 512 MB of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, unpacked; of a zip also packed.
    pub file: u64,
    /// Bytes of all files together, unpacked.
    pub total: u64,
    /// Bytes of a file that is in no Unicode encoding: it is read in several ways to find the right one.
    pub other_encoding: u64,
    /// Entries of a zip or folder, whatever they are.
    pub entries: usize,
    /// Lines of all tables together.
    pub rows: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Cells of all tables together.
    pub cells: usize,
}

impl Limits {
    pub(crate) fn check_entries(&self, count: usize, shown: &str) -> Result<(), ExchangeError> {
        if count > self.entries {
            return Err(ExchangeError::TooLarge { what: what::files(shown).into(), limit: self.entries.to_string() });
        }
        Ok(())
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            total: 128 << 20,
            other_encoding: 16 << 20,
            entries: 2_000,
            rows: 250_000,
            columns: layout::MOST_COLUMNS,
            cells: 5_000_000,
        }
    }
}

/// One table as text.
#[derive(Clone)]
pub(crate) struct SourceFile {
    /// Without folders.
    pub(crate) name: String,
    /// UTF-8 without byte order mark, with `\n` at the end of each line; of a workbook its sheet, a line for each row.
    pub(crate) text: String,
    pub(crate) layout: Layout,
    /// How the file became a text, and what is known of it besides.
    pub(crate) reading: TableReading,
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
    /// Reads a zip file, a folder, a workbook, or one file of text.
    ///
    /// # Errors
    /// A file that cannot be opened, a broken or oversized zip or workbook, no table at all, text whose letters cannot be made
    /// out, or files that are no known set.
    pub fn read(path: &Path, limits: Limits) -> Result<Self, ExchangeError> {
        Self::read_as(path, limits, &ReadAs::default())
    }

    /// As [`Set::read`], with what a person said of the files.
    ///
    /// # Errors
    /// As [`Set::read`]; an encoding or a sheet that there is not.
    pub fn read_as(path: &Path, limits: Limits, said: &ReadAs) -> Result<Self, ExchangeError> {
        let shown = path.display().to_string();
        let io = |source| ExchangeError::Io { path: shown.clone(), source };
        let mut collector = Collector::new(limits, said);
        if fs::metadata(path).map_err(io)?.is_dir() {
            collector.folder(path)?;
        } else {
            let mut file = files::open(path).map_err(io)?;
            if is_zip(&mut file, path).map_err(io)? {
                collector.zip(collector.bytes(&base_name(&shown), file)?, &shown)?;
            } else if table_name(&base_name(&shown)) {
                collector.one(&base_name(&shown), file)?;
            }
        }
        collector.finish(shown.into())
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
        Self::from_files_as(files, limits, &ReadAs::default())
    }

    /// As [`Set::from_files`], with what a person said of the files.
    ///
    /// # Errors
    /// As [`Set::read_as`].
    pub fn from_files_as<N, B>(
        files: impl IntoIterator<Item = (N, B)>,
        limits: Limits,
        said: &ReadAs,
    ) -> Result<Self, ExchangeError>
    where
        N: AsRef<str>,
        B: AsRef<[u8]>,
    {
        let mut collector = Collector::new(limits, said);
        for (name, bytes) in files {
            let (name, bytes) = (base_name(name.as_ref()), bytes.as_ref());
            if name.to_ascii_lowercase().ends_with(".zip") || bytes.starts_with(b"PK\x03\x04") {
                collector.zip(collector.bytes(&name, bytes)?, &name)?;
            } else if table_name(&name) {
                collector.one(&name, bytes)?;
            }
        }
        collector.finish(exchange::the_choice().into())
    }

    /// What the files are together.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Names of the tables, without folders.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// How each table was read.
    pub fn readings(&self) -> Vec<TableReading> {
        self.files.iter().map(|file| file.reading.clone()).collect()
    }

    /// The file of this name, whatever its capitals.
    pub(crate) fn file(&self, name: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name.eq_ignore_ascii_case(name))
    }
}

struct Collector<'s> {
    limits: Limits,
    said: &'s ReadAs,
    total: u64,
    rows: usize,
    cells: usize,
    files: Vec<SourceFile>,
    notes: Vec<Note>,
}

impl<'s> Collector<'s> {
    fn new(limits: Limits, said: &'s ReadAs) -> Self {
        Self { limits, said, total: 0, rows: 0, cells: 0, files: Vec::new(), notes: Vec::new() }
    }

    fn folder(&mut self, path: &Path) -> Result<(), ExchangeError> {
        for (name, path) in folder::tables(path, self.limits)? {
            let file =
                files::open(&path).map_err(|source| ExchangeError::Io { path: path.display().to_string(), source })?;
            self.one(&name, file)?;
        }
        Ok(())
    }

    fn zip(&mut self, bytes: Vec<u8>, shown: &str) -> Result<(), ExchangeError> {
        let zipped = shown.to_ascii_lowercase().ends_with(".zip") || !table_name(&base_name(shown));
        let broken = |reason: Text| match zipped {
            true => ExchangeError::Zip { path: shown.to_owned(), reason },
            false => ExchangeError::Workbook { file: base_name(shown), reason },
        };
        self.limits.check_entries(files::zip_entries(&bytes), shown)?;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string().into()))?;
        if workbook::is_workbook(&archive) {
            return self.one(&base_name(shown), archive.into_inner().get_ref().as_slice());
        }
        self.limits.check_entries(archive.len(), shown)?;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|e| broken(e.to_string().into()))?;
            let full = entry.name().map_err(|e| broken(e.to_string().into()))?.into_owned();
            let name = base_name(&full);
            if !entry.is_file() || full.starts_with("__MACOSX/") || !table_name(&name) {
                continue;
            }
            // Nothing is ever written to disk; a path that climbs out of its folder is still the mark of a forged zip.
            if entry.enclosed_name().is_none() {
                self.file_note(&name, found::path_out_of_zip(), taken::not_read());
                continue;
            }
            if entry.encrypted() {
                return Err(broken(exchange::entry_encrypted(name).into()));
            }
            if entry.size() > self.limits.file {
                return Err(too_large(name, self.limits.file));
            }
            drop(entry);
            let entry = archive.by_index(index).map_err(|e| broken(e.to_string().into()))?;
            self.one(&name, entry).map_err(|error| match error {
                ExchangeError::Io { source, .. } => broken(exchange::entry_damaged(name.as_str(), &source).into()),
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
        let bytes = self.bytes(name, reader)?;
        self.total += bytes.len() as u64;
        let (text, reading) = self.table(name, bytes)?;
        self.rows += text.bytes().filter(|byte| *byte == b'\n').count();
        self.cells += layout::most_cells(&text);
        let over = |of_file: Message, of_set: Message, limit: usize| {
            let what = if self.files.is_empty() { of_file } else { of_set };
            Err(ExchangeError::TooLarge { what: what.into(), limit: limit.to_string() })
        };
        if self.rows > self.limits.rows {
            return over(what::lines(name), what::lines_of_set(), self.limits.rows);
        }
        if self.cells > self.limits.cells {
            return over(what::cells(name), what::cells_of_set(), self.limits.cells);
        }
        let layout = Layout::of_set(&text);
        self.files.push(SourceFile { name: name.to_owned(), text, layout, reading });
        Ok(())
    }

    /// All bytes of a file, never more than the limits whatever its declared size.
    fn bytes(&self, name: &str, reader: impl Read) -> Result<Vec<u8>, ExchangeError> {
        let left = self.limits.file.min(self.limits.total - self.total);
        files::read_from(reader, left).map_err(|source| match source.kind() {
            io::ErrorKind::FileTooLarge if left < self.limits.file => too_large(what::set(), self.limits.total),
            io::ErrorKind::FileTooLarge => too_large(name, self.limits.file),
            _ => ExchangeError::Io { path: name.to_owned(), source },
        })
    }

    /// The text of a table, whatever it was in the file; the content decides, not the end of the name.
    fn table(&mut self, name: &str, bytes: Vec<u8>) -> Result<(String, TableReading), ExchangeError> {
        let mut reading = TableReading { file: name.to_owned(), ..TableReading::default() };
        if workbook::looks_like_one(&bytes) {
            let sheets = workbook::sheets(name, &bytes, self.limits)?;
            let (text, sheet) = self.choose(name, sheets)?;
            reading.source = TableSource::Workbook;
            reading.sheet = Some(sheet);
            return Ok((text, reading));
        }
        let own = markup::named_encoding(&bytes);
        let (text, encoding) = self.decode(name, bytes, own.as_deref())?;
        reading.encoding = Some(encoding);
        if markup::is_page(&text) {
            let (text, sheet) = self.choose(name, markup::tables(name, &text, self.limits)?)?;
            reading.source = TableSource::Page;
            reading.sheet = Some(sheet);
            return Ok((text, reading));
        }
        if !text.contains('\r') {
            return Ok((text, reading));
        }
        if !text.contains('\n') {
            self.file_note(name, found::carriage_returns(), taken::line_ends());
        }
        Ok((text.replace("\r\n", "\n").replace('\r', "\n"), reading))
    }

    fn decode(&self, name: &str, bytes: Vec<u8>, own: Option<&str>) -> Result<(String, EncodingRead), ExchangeError> {
        let size = bytes.len() as u64;
        if size > self.limits.other_encoding && !encoding::is_unicode(&bytes) {
            return Err(too_large(what::other_encoding(name), self.limits.other_encoding));
        }
        encoding::decode(name, bytes, self.said.encoding.as_deref().or(own))
    }

    /// The sheet that a person names, the only one that is a list, or the first of several.
    fn choose(&self, file: &str, mut sheets: Vec<Grid>) -> Result<(String, SheetRead), ExchangeError> {
        sheets.retain(|sheet| !sheet.is_empty());
        let texts: Vec<String> = sheets.iter().map(Grid::to_text).collect();
        let names: Vec<String> = sheets.into_iter().map(|sheet| sheet.name).collect();
        let place = match &self.said.sheet {
            Some(said) => {
                let found = names.iter().position(|name| name.trim().eq_ignore_ascii_case(said.trim()));
                let missing =
                    || ExchangeError::NoSheet { file: file.to_owned(), sheet: said.clone(), sheets: names.clone() };
                Some(found.ok_or_else(missing)?)
            }
            None => only_list(&texts),
        };
        let others = names.iter().enumerate().filter(|(other, _)| *other != place.unwrap_or(0));
        let read = SheetRead {
            name: names.get(place.unwrap_or(0)).cloned().unwrap_or_default(),
            others: others.map(|(_, name)| name.clone()).collect(),
            undecided: place.is_none(),
        };
        Ok((texts.into_iter().nth(place.unwrap_or(0)).unwrap_or_default(), read))
    }

    fn file_note(&mut self, file: &str, said: Message, taken: Message) {
        let note = Note::of_cell(NoteKind::File, file, 0, "", String::new(), taken);
        self.notes.push(Note { said: Some(said), ..note });
    }

    fn finish(mut self, shown: Text) -> Result<Set, ExchangeError> {
        if self.files.is_empty() {
            return Err(ExchangeError::Nothing { path: shown });
        }
        let format = detect(&self.files)?;
        for file in &mut self.files {
            if format == Format::Plain {
                file.layout = Layout::of_list(&file.text, self.said.header_line);
            }
            if file.layout.cells(&file.text).len() > self.limits.columns {
                let what = what::columns(file.name.as_str()).into();
                return Err(ExchangeError::TooLarge { what, limit: self.limits.columns.to_string() });
            }
            file.reading.header_line = file.layout.line;
            if file.reading.source == TableSource::Text {
                file.reading.separator = Some(file.layout.separator());
            }
        }
        Ok(Set { files: self.files, notes: self.notes, format })
    }
}

/// The only text, or the only one that is a list of students; `None` where a person has to say.
fn only_list(texts: &[String]) -> Option<usize> {
    if texts.len() < 2 {
        return Some(0);
    }
    let only = |test: &dyn Fn(&[String]) -> bool| {
        let headers = texts.iter().map(|text| Layout::of_list(text, None).cells(text));
        let found: Vec<usize> =
            headers.enumerate().filter(|(_, headers)| test(headers)).map(|(place, _)| place).collect();
        if let [only] = found.as_slice() { Some(*only) } else { None }
    };
    only(&|headers| known_words(headers.iter().map(String::as_str)).0 >= 2).or_else(|| {
        only(&|headers| {
            let found = suggest_columns(headers);
            found.number.is_some() && (found.full_name.is_some() || found.given.is_some())
        })
    })
}

pub(crate) fn too_large(what: impl Into<Text>, bytes: u64) -> ExchangeError {
    ExchangeError::TooLarge { what: what.into(), limit: files::size(bytes) }
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

pub(crate) fn base_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

pub(crate) fn hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

const ENDS: [&str; 12] =
    [".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".html", ".htm", ".xml"];

/// Whether the name is that of a table, and not of a file that an operating system left there.
pub(crate) fn table_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !hidden(name) && !name.starts_with("~$") && ENDS.iter().any(|end| lower.ends_with(end))
}
