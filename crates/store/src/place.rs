//! Where a database is: a local file or a PostgreSQL server, and whether a file may be there.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::StoreError;

/// The place of a database.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server, with its whole address (which may hold a password: never print it).
    Server(String),
}

impl Place {
    /// Reads `postgres://…`, `sqlite://…` or a path.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let text = text.trim();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Server(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
        if path.is_empty() || path.contains("://") || path.contains('\0') {
            return Err(StoreError::BadAddress(Self::without_password(text)));
        }
        Ok(Self::File(PathBuf::from(path)))
    }

    fn without_password(address: &str) -> String {
        match (address.find("://"), address.rfind('@')) {
            (Some(scheme), Some(at)) if at > scheme => format!("{}://…{}", &address[..scheme], &address[at..]),
            _ => address.chars().take(200).collect(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(address) => f.write_str(&Self::without_password(address)),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

/// File systems that other computers can write to: SQLite's locks do not hold there.
const NETWORK_FILE_SYSTEMS: [&str; 12] =
    ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "9p", "fuse.sshfs", "fuse.rclone"];

/// Refuses a file on a network folder.
pub(crate) fn refuse_network_folder(file: &Path) -> Result<(), StoreError> {
    let text = file.to_string_lossy();
    // A UNC path on Windows: \\server\share. `\\?\C:\…` is the long form of a local path.
    let unc = (text.starts_with(r"\\") && !text.starts_with(r"\\?\")) || text.starts_with(r"\\?\UNC\");
    let folder = file.parent().unwrap_or(Path::new("."));
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let real = absolute.canonicalize().unwrap_or(absolute);
    let disks = sysinfo::Disks::new_with_refreshed_list();
    // Where the system will not list its disks, the answer is not known and the file is allowed.
    let kind = disks
        .iter()
        .flat_map(|disks| disks.iter())
        .filter(|disk| real.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().as_os_str().len())
        .map(|disk| disk.file_system().to_string_lossy().to_ascii_lowercase());
    if unc || kind.is_some_and(|kind| NETWORK_FILE_SYSTEMS.contains(&kind.as_str())) {
        return Err(StoreError::NetworkFolder(file.to_path_buf()));
    }
    Ok(())
}

/// Refuses a file that is there and is no SQLite database, by its first sixteen bytes, without opening it for writing.
pub(crate) fn refuse_other_files(file: &Path) -> Result<(), StoreError> {
    use std::io::Read;
    let mut head = [0_u8; 16];
    let mut opened = match std::fs::File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(StoreError::Files { path: file.to_path_buf(), source }),
    };
    let read = opened.read(&mut head).map_err(|source| StoreError::Files { path: file.to_path_buf(), source })?;
    // An empty file is what SQLite makes itself before the first page is written.
    if read == 0 || &head == b"SQLite format 3\0" {
        return Ok(());
    }
    Err(StoreError::NotADatabase(file.to_path_buf()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_server_or_a_file() {
        assert_eq!(Place::parse("postgres://me@host/db").unwrap(), Place::Server("postgres://me@host/db".into()));
        assert_eq!(Place::parse("school.db").unwrap(), Place::File("school.db".into()));
        assert_eq!(Place::parse("mysql://me:secret@host/db").unwrap_err().code(), "bad_database_address");
    }

    #[test]
    fn a_password_is_never_shown() {
        let shown = format!("{:?}", Place::parse("postgres://me:secret@host/db").unwrap());
        assert!(!shown.contains("secret") && shown.contains("@host/db"), "{shown}");
        assert!(!Place::parse("mysql://me:secret@host").unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn a_unc_path_is_refused() {
        let refused = refuse_network_folder(Path::new(r"\\server\share\school.db")).unwrap_err();
        assert_eq!(refused.code(), "network_folder");
    }
}
