//! What comes with the program and decides for it: the library that it loads, the models by which a face is somebody's, the
//! fonts that it reads. A program takes only those that it was built with, so that whoever can write beside it cannot make
//! it load a library of theirs, or take a stranger for a student.

use std::path::Path;

use words::{Message, refusals};

use crate::{Error, ErrorCode, Result};

/// The files that the program was built with: each as `part/name` (`models/detector.onnx`) with its SHA-256 in lower-case
/// hexadecimal.
pub type Listed = &'static [(&'static str, &'static str)];

/// Which files are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sums {
    /// Any: in tests, and in a build for developers that was given other models.
    #[default]
    Any,
    /// Those of this list and no other.
    These(Listed),
}

impl Sums {
    /// Refuses a file of a part (`models`, `runtime`, `fonts`) that is not, byte by byte, the one of this name.
    ///
    /// # Errors
    /// [`ErrorCode::FileSystem`] with the file, where it is another one or cannot be read.
    pub fn check(self, part: &str, file: &Path) -> Result<()> {
        let Self::These(listed) = self else { return Ok(()) };
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let wanted = listed.iter().find(|(of, _)| of.split_once('/') == Some((part, &*name))).map(|(_, sum)| *sum);
        let found = std::fs::read(file)
            .map_err(|error| refused(refusals::common::unreadable(file.display(), error.to_string())))?;
        if wanted == Some(files::sha256_hex(&found).as_str()) {
            return Ok(());
        }
        tracing::error!(part, name = &*name, "a file is not the one that this program was built with");
        Err(refused(refusals::common::not_shipped(file.display())))
    }

    /// The same for all files of a folder with this ending.
    ///
    /// # Errors
    /// As [`Sums::check`], for the first that is refused.
    pub fn check_folder(self, part: &str, folder: &Path, ending: &str) -> Result<()> {
        if self == Self::Any {
            return Ok(());
        }
        let unread = |error: std::io::Error| refused(refusals::common::unreadable(folder.display(), error.to_string()));
        for entry in std::fs::read_dir(folder).map_err(unread)? {
            let file = entry.map_err(unread)?.path();
            if file.extension().is_some_and(|of| of == ending) {
                self.check(part, &file)?;
            }
        }
        Ok(())
    }
}

fn refused(message: Message) -> Error {
    Error::new(ErrorCode::FileSystem, message).help(refusals::common::install_again())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `abc`.
    const LISTED: Listed =
        &[("models/manifest.json", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")];

    #[test]
    fn only_what_the_program_was_built_with_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("manifest.json");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("manifest.json", "abc");
        write("notes.txt", "anything");
        let sums = Sums::These(LISTED);
        sums.check("models", &file).unwrap();
        sums.check_folder("models", folder.path(), "json").unwrap();
        assert!(sums.check("fonts", &file).is_err(), "of another part");
        write("manifest.json", "abd");
        assert!(sums.check("models", &file).is_err(), "changed");
        Sums::Any.check("models", &file).unwrap();
        write("manifest.json", "abc");
        write("more.json", "abc");
        assert!(sums.check_folder("models", folder.path(), "json").is_err(), "one more");
    }
}
