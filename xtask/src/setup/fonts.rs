//! The fonts of printed documents, from the npm packages, with their licences.

use super::fetch::sha256_of;
use super::stock::Stock;
use crate::failure::{Failure, Result};
use crate::place::{root, ui, vendor};
use std::fs;
use std::path::{Path, PathBuf};

// The list stands where the fonts are used; that crate is too heavy to depend on here.
#[path = "../../../crates/documents/src/font_files.rs"]
mod font_files;

/// Puts the fonts into `vendor/fonts`.
pub fn install() -> Result<()> {
    let files = contents()?;
    let key: String = files.iter().map(|(name, bytes)| format!("{name} {}\n", sha256_of(bytes))).collect();
    let stock = Stock::new(&vendor(), "fonts", &sha256_of(key.as_bytes()));
    if stock.is_complete() {
        return Ok(());
    }
    crate::process::say("copying the documents' fonts");
    stock.replace(|new| {
        files.iter().try_for_each(|(name, bytes)| {
            let path = new.join(name);
            fs::write(&path, bytes).map_err(|error| Failure::new(format!("could not write {}", path.display()), error))
        })
    })
}

fn contents() -> Result<Vec<(&'static str, Vec<u8>)>> {
    let packages = ui().join("node_modules");
    let documents = root().join("crates/documents");
    let read = |path: PathBuf| {
        fs::read(&path).map_err(|error| Failure::new(format!("could not read {}", path.display()), error))
    };
    let from = |folder: &Path, list: &'static [(&'static str, &'static str)]| {
        list.iter().map(|(path, name)| Ok((*name, read(folder.join(path))?))).collect::<Result<Vec<_>>>()
    };
    let mut files = from(&packages, font_files::FONT_FILES)?;
    files.extend(from(&documents, font_files::FONT_LICENCES)?);
    Ok(files)
}
