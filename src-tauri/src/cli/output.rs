//! What a subcommand says: text for people or JSON for programs on standard output, errors on standard error.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kernel::{Error, ErrorCode, Job};
use serde::Serialize;
use words::Message;

use crate::own;

/// What a subcommand has to say, in both forms.
pub struct Output {
    text: String,
    json: String,
    success: bool,
    /// What stands in the way, for people, on standard error.
    complaint: Option<Message>,
}

impl Output {
    /// The same said to people and to programs.
    pub fn new(text: impl Into<String>, json: &impl Serialize) -> Result<Self, Failure> {
        let json = serde_json::to_string(json).map_err(Error::from)?;
        Ok(Self { text: text.into(), json, success: true, complaint: None })
    }

    /// The same, but the exit code says that something is wrong.
    pub fn unsuccessful(self) -> Self {
        Self { success: false, ..self }
    }

    /// The same with what is wrong, in words.
    pub fn because(self, complaint: Message) -> Self {
        Self { success: false, complaint: Some(complaint), ..self }
    }
}

/// Why a subcommand did not do what it should.
#[derive(Debug)]
pub enum Failure {
    /// The arguments do not go together: exit code 2.
    Usage(Message),
    /// An operation refused: exit code 1.
    Refused(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::Refused(error.into())
    }
}

/// Prints and turns into the exit code.
pub fn finish(outcome: Result<Output, Failure>, json: bool) -> ExitCode {
    match outcome {
        Ok(output) => {
            let text = if json { &output.json } else { &output.text };
            let said = text.is_empty() || print(text);
            if let Some(complaint) = &output.complaint {
                eprintln!("homeroom: {complaint}");
            }
            if output.success && said { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(Failure::Usage(message)) => {
            eprintln!("homeroom: {message}\n\n{}", words::cli::output::try_help());
            ExitCode::from(2)
        }
        Err(Failure::Refused(error)) => {
            eprintln!("homeroom: {}", in_words(&error));
            if json {
                print(&serde_json::json!({ "error": error }).to_string());
            }
            ExitCode::FAILURE
        }
    }
}

/// The error with its fields and what to do next, over several lines.
fn in_words(error: &Error) -> String {
    let mut text = error.message.to_string();
    let said = text.clone();
    let more = error.fields.iter().map(|field| (&field.field, field.message.to_string()));
    for (field, message) in more.filter(|(_, message)| !said.contains(message)) {
        text.push_str(&format!("\n  {field}: {message}"));
    }
    if let Some(help) = &error.help {
        text.push_str(&format!("\n{help}"));
    }
    text
}

/// Whether it could be said; whoever reads may have gone, as `head` does.
fn print(text: &str) -> bool {
    let mut out = io::stdout().lock();
    let said =
        out.write_all(text.as_bytes()).and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
    match said.and_then(|()| out.flush()) {
        Ok(()) => true,
        Err(error) => error.kind() == io::ErrorKind::BrokenPipe,
    }
}

/// Writes a file for a person: the whole file or none.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    files::write_whole_with(path, bytes, own::make_usual).map_err(|error| unwritten(path, &error))
}

/// A file that is not there yet. What stands in its way is said before there is anything to write, nothing is replaced,
/// and there is the whole file or none. On Unix only its owner may read it.
pub struct NewFile {
    path: PathBuf,
    /// Written beside and then renamed; gone again where nothing comes of it.
    part: tempfile::NamedTempFile,
}

impl NewFile {
    /// Takes the place.
    ///
    /// # Errors
    /// When something of this name is there, or nothing can be written there.
    pub fn at(path: &Path) -> Result<Self, Error> {
        if path.symlink_metadata().is_ok() {
            let message = words::cli::output::there_already(path.display());
            return Err(Error::new(ErrorCode::FileSystem, message).help(words::cli::output::other_file()));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let part = tempfile::Builder::new().prefix(".homeroom").suffix(".part").tempfile_in(folder);
        let part = part.map_err(|error| unwritten(path, &error))?;
        Ok(Self { path: path.to_owned(), part })
    }

    /// Writes it.
    pub fn write(mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = self.part.write_all(bytes).and_then(|()| self.part.as_file().sync_all());
        let written = written.and_then(|()| Ok(self.part.persist_noclobber(&self.path)?));
        written.map(|_| ()).map_err(|error| unwritten(&self.path, &error))
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    let what = words::cli::output::not_written(path.display());
    Error::of_files(what, error, words::cli::output::other_file_or_rights())
}

/// A job that shows its progress on a terminal, and nowhere else.
pub fn progress(what: Message) -> Job {
    if !io::stderr().is_terminal() {
        return Job::default();
    }
    let what = what.to_string();
    Job::new(move |done, total| {
        let percent = if total == 0 { 0 } else { u64::from(done) * 100 / u64::from(total) };
        let mut terminal = io::stderr().lock();
        // A terminal that is gone misses nothing.
        let _gone = write!(terminal, "\r{what}: {percent} % ").and_then(|()| {
            if done >= total { write!(terminal, "\r{:width$}\r", "", width = what.len() + 8) } else { Ok(()) }
        });
        let _gone = terminal.flush();
    })
}

/// A table for people: columns as wide as their widest cell, numbers to the right.
pub fn table(headers: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(headers.get(column).map(|header| header.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headers.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, width)| {
                let gap = " ".repeat(width - cell.chars().count().min(*width));
                if cell.parse::<f64>().is_ok() { format!("{gap}{cell}") } else { format!("{cell}{gap}") }
            })
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut text = line(&mut headers.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use words::refusals;

    use super::*;

    #[test]
    fn a_table_is_even() {
        let rows = [vec!["G1".into(), "10.9".into()], vec!["Physics".into(), "8".into()]];
        assert_eq!(table(&["column", "mean"], &rows), "column   mean\nG1       10.9\nPhysics     8\n");
    }

    #[test]
    fn an_error_says_what_to_do() {
        let error = Error::field("title", "required", refusals::common::required()).help(refusals::common::try_again());
        assert_eq!(in_words(&error), "title: This is needed.\nTry again; if it stays, send the log to support.");
    }
}
