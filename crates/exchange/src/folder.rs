//! The files of a set as they lie on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::ExchangeError;
use crate::set::{Limits, base_name, hidden, table_name};

/// A table of a set: its name, and where it lies.
type Lying = (String, PathBuf);

fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> ExchangeError {
    let path = path.display().to_string();
    move |source| ExchangeError::Io { path: path.clone(), source }
}

/// The tables of a folder by name; of one without any the tables of the only folder in it.
pub(crate) fn tables(path: &Path, limits: Limits) -> Result<Vec<Lying>, ExchangeError> {
    let (tables, folders) = listed(path, limits)?;
    match folders.as_slice() {
        [only] if tables.is_empty() => Ok(listed(only, limits)?.0),
        _ => Ok(tables),
    }
}

/// Tables and folders of a folder.
fn listed(path: &Path, limits: Limits) -> Result<(Vec<Lying>, Vec<PathBuf>), ExchangeError> {
    let (mut tables, mut folders) = (Vec::new(), Vec::new());
    for (count, entry) in fs::read_dir(path).map_err(unreadable(path))?.enumerate() {
        limits.check_entries(count + 1, &path.display().to_string())?;
        let entry = entry.map_err(unreadable(path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = fs::metadata(entry.path()).map_err(unreadable(path))?;
        if kind.is_dir() && !hidden(&name) {
            folders.push(entry.path());
        } else if kind.is_file() && table_name(&name) {
            tables.push((name, entry.path()));
        }
    }
    tables.sort();
    Ok((tables, folders))
}

/// The files that [`crate::Set::read_as`] reads at a path, each with its name and bytes: to hand them in.
///
/// # Errors
/// A file or folder that cannot be opened; a file larger than the limit.
pub fn files_of(path: &Path, limits: Limits) -> Result<Vec<(String, Vec<u8>)>, ExchangeError> {
    let files = match fs::metadata(path).map_err(unreadable(path))?.is_dir() {
        true => tables(path, limits)?,
        false => vec![(base_name(&path.display().to_string()), path.to_owned())],
    };
    files
        .into_iter()
        .map(|(name, path)| Ok((name, files::read(&path, limits.file).map_err(unreadable(&path))?)))
        .collect()
}
