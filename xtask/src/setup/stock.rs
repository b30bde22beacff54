//! A folder below `vendor/` whose content is known by its sums, and appears all at once or not.

use super::fetch::sha256;
use crate::failure::{Failure, Result};
use crate::place::make_folder;
use std::fs;
use std::path::{Path, PathBuf};

/// A stocked folder `NAME/` with a list of its files' sums beside it, `NAME.sums`.
pub struct Stock {
    folder: PathBuf,
    sums: PathBuf,
    key: String,
}

impl Stock {
    /// `key` names what the content is made from: another key means that it must be made anew.
    pub fn new(vendor: &Path, name: &str, key: &str) -> Self {
        Stock { folder: vendor.join(name), sums: vendor.join(format!("{name}.sums")), key: key.to_owned() }
    }

    /// Whether every file is there and has its sum.
    pub fn is_complete(&self) -> bool {
        fs::read_to_string(&self.sums).is_ok_and(|listed| {
            // Listing fails when the folder is missing or unreadable: then it is not complete.
            self.list(&self.folder).is_ok_and(|found| found == listed)
        })
    }

    /// Calls `fill` with an empty folder beside the real one and, when it succeeds, puts that in the
    /// real one's place. A failure leaves everything as it was.
    pub fn replace(&self, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let failed =
            |error: &dyn std::fmt::Display| Failure::new(format!("could not write {}", self.folder.display()), error);
        let beside = self.folder.parent().unwrap_or(Path::new("."));
        make_folder(beside)?;
        let work =
            tempfile::Builder::new().prefix(".unfinished-").tempdir_in(beside).map_err(|error| failed(&error))?;
        let new = work.path().join("new");
        make_folder(&new)?;
        fill(&new)?;
        let listed = self.list(&new).map_err(|error| failed(&error))?;

        // Without its list the folder counts as incomplete, so a cut between the renames is mended
        // by the next set-up.
        match fs::remove_file(&self.sums) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(&error));
            }
            _ => {}
        }
        if self.folder.exists() {
            fs::rename(&self.folder, work.path().join("old")).map_err(|error| failed(&error))?;
        }
        fs::rename(&new, &self.folder).map_err(|error| failed(&error))?;
        let list = work.path().join("sums");
        fs::write(&list, listed).map_err(|error| failed(&error))?;
        fs::rename(&list, &self.sums).map_err(|error| failed(&error))
    }

    /// The key, then a line for each file of a folder: sum and name.
    fn list(&self, folder: &Path) -> std::io::Result<String> {
        let mut lines = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            lines.push(format!("{}  {name}\n", sha256(&path)?));
        }
        lines.sort();
        Ok(format!("# from {}\n{}", self.key, lines.concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn content_is_complete_until_a_byte_or_the_key_changes() {
        let vendor = tempfile::tempdir().unwrap();
        let stock = Stock::new(vendor.path(), "models", "one");
        assert!(!stock.is_complete());
        stock
            .replace(|new| {
                fs::write(new.join("a.onnx"), "abc").unwrap();
                Ok(())
            })
            .unwrap();
        assert!(stock.is_complete());
        assert!(!Stock::new(vendor.path(), "models", "two").is_complete());
        assert_eq!(names(vendor.path()), ["models", "models.sums"]);

        fs::write(vendor.path().join("models/a.onnx"), "abd").unwrap();
        assert!(!stock.is_complete());
        fs::remove_file(vendor.path().join("models/a.onnx")).unwrap();
        assert!(!stock.is_complete());
    }

    #[test]
    fn a_failure_leaves_no_half_file_and_the_old_content() {
        let vendor = tempfile::tempdir().unwrap();
        let stock = Stock::new(vendor.path(), "models", "one");
        let failing = |new: &Path| {
            fs::write(new.join("half"), "ab").unwrap();
            Err(Failure::new("could not fetch it", "wrong sum"))
        };
        assert!(stock.replace(failing).is_err());
        assert!(names(vendor.path()).is_empty());

        stock
            .replace(|new| {
                fs::write(new.join("a"), "abc").unwrap();
                Ok(())
            })
            .unwrap();
        assert!(stock.replace(failing).is_err());
        assert!(stock.is_complete());
        assert_eq!(names(&vendor.path().join("models")), ["a"]);
        assert_eq!(names(vendor.path()), ["models", "models.sums"]);
    }
}
