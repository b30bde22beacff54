//! Documents that another program shows. They lie outside of the data folder, of which copies are made, since one may be the
//! recovery key or about a child; they go with the next document, with the window, and at the latest at the next start.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{fs, io};

use uuid::Uuid;

use crate::window::lock;

const PREFIX: &str = "homeroom-shown-";

/// The folder of the document that is shown now.
pub struct Shown {
    /// The system's folder for what is there for a while.
    place: PathBuf,
    now: Mutex<Option<PathBuf>>,
}

impl Default for Shown {
    fn default() -> Self {
        Self::below(std::env::temp_dir())
    }
}

impl Shown {
    fn below(place: PathBuf) -> Self {
        Self { place, now: Mutex::default() }
    }

    /// A new folder, which only this user can open; the document before is gone.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(&self) -> io::Result<PathBuf> {
        self.clear();
        let folder = self.place.join(format!("{PREFIX}{}", Uuid::new_v4()));
        own(&folder)?;
        *lock(&self.now) = Some(folder.clone());
        Ok(folder)
    }

    /// Removes what is shown.
    pub fn clear(&self) {
        if let Some(folder) = lock(&self.now).take() {
            remove(&folder);
        }
    }

    /// Removes what a program that was killed has left, or one whose viewer held the file.
    pub fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.place) else { return };
        let left = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
        left.for_each(|entry| remove(&entry.path()));
    }
}

/// Another user's folder, or one that is in use, stays.
fn remove(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        tracing::warn!(%error, "a document that was shown could not be removed");
    }
}

#[cfg(unix)]
fn own(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

/// On Windows the folder for temporary files is the user's own.
#[cfg(not(unix))]
fn own(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_goes_with_the_next_document_the_window_and_the_next_start() {
        let place = tempfile::tempdir().unwrap();
        let shown = Shown::below(place.path().to_owned());
        let first = shown.folder().unwrap();
        fs::write(first.join("key.pdf"), b"secret").unwrap();
        let second = shown.folder().unwrap();
        assert!(!first.exists() && second.is_dir());
        shown.clear();
        assert!(!second.exists());

        let killed = Shown::below(place.path().to_owned()).folder().unwrap();
        fs::write(killed.join("key.pdf"), b"secret").unwrap();
        fs::write(place.path().join("another"), b"not ours").unwrap();
        Shown::below(place.path().to_owned()).sweep();
        let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["another"]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_opens_it() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let folder = Shown::below(place.path().to_owned()).folder().unwrap();
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
