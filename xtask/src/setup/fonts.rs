//! The fonts of printed documents with their licences: the two that everything is printed in from
//! the window's npm packages, those of the other scripts each from a package of its own.

use super::fetch::{Archive, Index, own_folder, sha256_of, untar_as};
use super::stock::Stock;
use crate::failure::{Failure, Result};
use crate::place::{root, ui, vendor};
use std::fs;
use std::path::{Path, PathBuf};

// The list stands where the fonts are used; that crate is too heavy to depend on here.
#[path = "../../../crates/documents/src/font_files.rs"]
#[allow(dead_code)] // For which script a font is matters where it is used.
mod font_files;

use font_files::{EAST_ASIAN_FONTS, FONT_FILES, FONT_LICENCES, Family, SCRIPT_FONTS};

/// Set to `no`, this leaves the East Asian fonts out: 150 MB to download, 29 MB to install.
const EAST_ASIAN: &str = "HOMEROOM_EAST_ASIAN_FONTS";

/// Puts the fonts into `vendor/fonts`.
pub fn install() -> Result<()> {
    let base = base()?;
    let families = families(std::env::var(EAST_ASIAN).is_ok_and(|value| value == "no"));
    let stock = Stock::new(&vendor(), "fonts", &key(&base, &families));
    if stock.is_complete() {
        return Ok(());
    }
    crate::process::say("getting the documents' fonts");
    stock.replace(|new| {
        for (name, bytes) in &base {
            let path = new.join(name);
            fs::write(&path, bytes)
                .map_err(|error| Failure::new(format!("could not write {}", path.display()), error))?;
        }
        let download = super::download_folder()?;
        families.iter().try_for_each(|family| fetch(family, own_folder().as_deref(), download.path(), new))
    })
}

/// What is installed besides the fonts of all documents.
fn families(without_east_asian: bool) -> Vec<&'static Family> {
    let large = EAST_ASIAN_FONTS.iter().filter(|_| !without_east_asian);
    SCRIPT_FONTS.iter().chain(large).collect()
}

fn key(base: &[(&str, Vec<u8>)], families: &[&Family]) -> String {
    let mut lines: Vec<String> = base.iter().map(|(name, bytes)| format!("{name} {}\n", sha256_of(bytes))).collect();
    lines.extend(families.iter().map(|family| format!("{} {}\n", family.name, family.sha256)));
    sha256_of(lines.concat().as_bytes())
}

fn fetch(family: &Family, own: Option<&Path>, download: &Path, into: &Path) -> Result<()> {
    let file = format!("expo-google-fonts-{}-{}.tgz", family.package, family.version);
    let archive = Archive {
        what: &format!("the font {}", family.name),
        file: &file,
        sha256: family.sha256,
        index: Index::Npm(&format!("@expo-google-fonts/{}@{}", family.package, family.version)),
    };
    let path = archive.obtain(own, download).map_err(|failure| {
        if EAST_ASIAN_FONTS.iter().any(|large| large.name == family.name) {
            return failure.todo(format!(
                "check the network and give the same command again, put {} into a folder and name that folder in the \
                 environment variable HOMEROOM_MODELS, or leave the East Asian fonts out by {EAST_ASIAN}=no",
                file
            ));
        }
        failure
    })?;
    untar_as(&path, &entries(family), into)
}

/// The files of a family: path in the package's archive, name in the fonts folder.
fn entries(family: &Family) -> Vec<(String, String)> {
    let weight = |weight: &str, file: String| (format!("package/{weight}/{}_{weight}.ttf", family.name), file);
    let mut entries = vec![
        ("package/LICENSE_FONT".to_owned(), format!("{}-OFL.txt", family.name)),
        weight("400Regular", family.regular()),
    ];
    entries.extend(family.heavier().map(|file| weight("600SemiBold", file)));
    entries
}

/// The fonts without which nothing is printed, with their licences: name and content.
fn base() -> Result<Vec<(&'static str, Vec<u8>)>> {
    let packages = ui().join("node_modules");
    let documents = root().join("crates/documents");
    let read = |path: PathBuf| {
        fs::read(&path).map_err(|error| Failure::new(format!("could not read {}", path.display()), error))
    };
    let from = |folder: &Path, list: &'static [(&'static str, &'static str)]| {
        list.iter().map(|(path, name)| Ok((*name, read(folder.join(path))?))).collect::<Result<Vec<_>>>()
    };
    let mut files = from(&packages, FONT_FILES)?;
    files.extend(from(&documents, FONT_LICENCES)?);
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_brings_its_licence_and_leaving_some_out_is_another_stock() {
        for family in families(false) {
            let names: Vec<String> = entries(family).into_iter().map(|(_, name)| name).collect();
            assert!(names.contains(&format!("{}-OFL.txt", family.name)), "{names:?}");
            assert_eq!(names.len(), if family.semibold { 3 } else { 2 });
            assert_eq!(family.sha256.len(), 64, "{}", family.name);
        }
        assert_eq!(families(false).len() - families(true).len(), EAST_ASIAN_FONTS.len());
        assert_ne!(key(&[], &families(false)), key(&[], &families(true)));
    }

    #[test]
    fn a_damaged_package_in_the_own_folder_leaves_no_font() {
        let (own, into) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let family = &SCRIPT_FONTS[0];
        let file = format!("expo-google-fonts-{}-{}.tgz", family.package, family.version);
        fs::write(own.path().join(&file), "no archive").unwrap();
        let error = fetch(family, Some(own.path()), own.path(), into.path()).unwrap_err().to_string();
        assert!(error.contains(family.name) && error.contains(family.sha256), "{error}");
        assert_eq!(fs::read_dir(into.path()).unwrap().count(), 0);
    }
}
