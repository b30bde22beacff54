//! Documents that another program shows. They lie outside of the data folder, of which copies are made, since one may be the
//! recovery key or about a child; they go with the next document, with the window, and at the latest at the next start.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::own::Temporary;
use crate::window::lock;

/// The folder of the document that is shown now.
pub struct Shown {
    /// The system's folder for what is there for a while.
    place: PathBuf,
    now: Mutex<Option<Temporary>>,
}

impl Default for Shown {
    fn default() -> Self {
        Self::below(&std::env::temp_dir())
    }
}

impl Shown {
    fn below(place: &Path) -> Self {
        Self { place: place.to_owned(), now: Mutex::default() }
    }

    /// A new folder, which only this user can open; the document before is gone.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(&self) -> io::Result<PathBuf> {
        self.clear();
        let folder = Temporary::below(&self.place)?;
        let path = folder.path().to_owned();
        *lock(&self.now) = Some(folder);
        Ok(path)
    }

    /// Removes what is shown.
    pub fn clear(&self) {
        lock(&self.now).take();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_shown_goes_with_the_next_document_and_with_the_window() {
        let place = tempfile::tempdir().unwrap();
        let shown = Shown::below(place.path());
        let first = shown.folder().unwrap();
        fs::write(first.join("key.pdf"), b"secret").unwrap();
        let second = shown.folder().unwrap();
        assert!(!first.exists() && second.is_dir());
        shown.clear();
        assert!(!second.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_opens_it() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let shown = Shown::below(place.path());
        let folder = shown.folder().unwrap();
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
