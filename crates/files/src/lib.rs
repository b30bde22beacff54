//! Opens what a person named: a regular file and nothing else, and never more of it than a limit. A device such as `/dev/zero`
//! has no end, and a pipe may never begin. Writes a file whole or not at all. Knows nothing of what is in a file.
#![cfg_attr(test, allow(clippy::unwrap_used))]

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, Prefix};

use sha2::{Digest, Sha256};

/// Opens a regular file for reading; a link to one is followed.
///
/// # Errors
/// Whatever the system says; [`ErrorKind::InvalidInput`] for a device, pipe, socket, stream or folder.
pub fn open(path: &Path) -> io::Result<File> {
    // Windows keeps its devices and pipes under paths of their own.
    if let Some(Component::Prefix(prefix)) = path.components().next()
        && matches!(prefix.kind(), Prefix::DeviceNS(_))
    {
        return Err(no_file());
    }
    // Looked at first: opening a pipe waits for somebody to write into it.
    regular(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// The bytes of a regular file of at most `most` bytes.
///
/// # Errors
/// As [`open`]; [`ErrorKind::FileTooLarge`] for a larger one.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_from(open(path)?, most)
}

/// All bytes of a source that holds at most `most` of them, whatever size it declares.
///
/// # Errors
/// What the source says; [`ErrorKind::FileTooLarge`] where there is more.
pub fn read_from(source: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(ErrorKind::FileTooLarge, words::faults::files::larger(size(most))));
    }
    Ok(bytes)
}

/// Writes the whole file or nothing, over whatever has its name, for its owner only (on Windows the folder's rights decide).
///
/// # Errors
/// What the system says; what had the name before is as it was then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_with(path, bytes, |_| Ok(()))
}

/// The same; `rights` gives the file more rights before it has its name.
///
/// # Errors
/// As [`write_whole`].
pub fn write_whole_with(path: &Path, bytes: &[u8], rights: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Under a name of its own: what somebody else keeps beside it is not touched. It goes again where nothing comes of it.
    let mut part = tempfile::Builder::new().prefix(".homeroom").suffix(".part").tempfile_in(folder)?;
    part.write_all(bytes)?;
    rights(part.path())?;
    part.as_file().sync_all()?;
    part.persist(path)?;
    // The new name is on the disk before anything depends on it.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// How many entries the directories of a zip can hold at most: each begins with the same four bytes. Counted before a zip is
/// opened, since its reader keeps all that a directory declares in memory.
pub fn zip_entries(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    let mut found = 0;
    while let Some(at) = rest.iter().position(|byte| *byte == b'P') {
        rest = rest.get(at..).unwrap_or_default();
        found += usize::from(rest.starts_with(b"PK\x01\x02"));
        rest = rest.get(1..).unwrap_or_default();
    }
    found
}

/// A size in words: `64 MiB`, `20 KiB`, `300 bytes`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0x10_0000.. => format!("{} MiB", bytes >> 20),
        0x400.. => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

fn regular(found: &Metadata) -> io::Result<()> {
    if found.is_file() { Ok(()) } else { Err(no_file()) }
}

fn no_file() -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, words::faults::files::no_file())
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(open(folder.path()).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(open(&folder.path().join("gone")).unwrap_err().kind(), ErrorKind::NotFound);
        let file = folder.path().join("a");
        fs::write(&file, "abcd").unwrap();
        assert_eq!(read(&file, 4).unwrap(), b"abcd");
        let larger = read(&file, 3).unwrap_err();
        assert_eq!(
            (larger.kind(), larger.to_string().as_str()),
            (ErrorKind::FileTooLarge, "it is larger than 3 bytes")
        );
    }

    #[cfg(unix)]
    #[test]
    fn devices_sockets_pipes_and_links_to_them_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |path: &Path| open(path).unwrap_err().kind();
        let link = folder.path().join("photo.jpg");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        let _listening = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [Path::new("/dev/zero"), Path::new("/dev/stdin"), &link, &folder.path().join("socket"), &pipe] {
            assert_eq!(refused(path), ErrorKind::InvalidInput, "{}", path.display());
        }
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let (file, others) = (folder.path().join("card.pdf"), folder.path().join("card.part"));
        fs::write(&file, "of yesterday").unwrap();
        fs::write(&others, "somebody's own").unwrap();
        let refused = write_whole_with(&file, b"of today", |_| Err(io::Error::other("no rights"))).unwrap_err();
        assert_eq!(refused.to_string(), "no rights");
        assert_eq!(fs::read(&file).unwrap(), b"of yesterday");
        write_whole(&file, b"of today").unwrap();
        assert_eq!(
            (fs::read(&file).unwrap(), fs::read(&others).unwrap()),
            (b"of today".into(), b"somebody's own".into())
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something was left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(write_whole(&folder.path().join("gone/a"), b"").unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn entries_of_a_zip_are_counted_before_it_is_opened() {
        assert_eq!(zip_entries(b"PK\x03\x04..PPK\x01\x02..PK\x01\x02"), 2);
        assert_eq!((size(300), size(20 << 10), size(64 << 20)), ("300 bytes".into(), "20 KiB".into(), "64 MiB".into()));
    }
}
