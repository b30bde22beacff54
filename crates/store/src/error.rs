//! What can go wrong with the store, each with a code that the screens translate.

use std::path::PathBuf;

use crate::place::AddressFault;
use crate::tls::TlsFault;

/// An error of the store. [`StoreError::code`] is the stable part.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("another Homeroom is using this school's data ({0})")]
    InUse(PathBuf),
    #[error("{0} is on a network folder; a local file there would be damaged sooner or later")]
    NetworkFolder(PathBuf),
    #[error("{0} has a second name (a hard link), by which another program could write to it at the same time")]
    TwoNames(PathBuf),
    #[error("{0} is not where it was any more; nothing can be saved")]
    Gone(PathBuf),
    #[error("{0} is not a Homeroom database")]
    NotADatabase(PathBuf),
    #[error("the database was made by a newer Homeroom (it has the step {0})")]
    Newer(String),
    #[error("this database address cannot be read: {0}")]
    BadAddress(AddressFault),
    #[error("the database cannot be reached")]
    Unreachable(#[source] sea_orm::DbErr),
    #[error("no computer named {0} is known here")]
    UnknownServer(String),
    #[error("the database server refuses this user name or password")]
    Password,
    #[error("the database server lets this user in from no computer like this one")]
    NotLetIn,
    #[error("the database server has no database of this name")]
    NoDatabase,
    #[error("the database server does not allow this user to do what Homeroom needs")]
    NoRights,
    #[error("the database server has as many connections as it allows")]
    ServerFull,
    #[error("no encrypted connection to the database server came about: {0}")]
    Encryption(TlsFault),
    #[error("somebody else changed this {table} in the meantime")]
    Stale { table: &'static str, seen: i32, current: Option<Box<serde_json::Value>> },
    #[error("this {0} does not exist")]
    NotFound(&'static str),
    #[error("there is already such a {0}")]
    Duplicate(String),
    #[error("the file system refused {path}: {source}")]
    Files { path: PathBuf, source: std::io::Error },
    #[error("the disk is full")]
    Full,
    #[error("the database refused a statement")]
    Database(#[source] sea_orm::DbErr),
    #[error("the database holds something that this Homeroom does not know")]
    UnknownValue(#[source] sea_orm::DbErr),
    #[error("a row could not be read or written as JSON")]
    Json(#[from] serde_json::Error),
}

impl StoreError {
    /// The stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse(_) => "database_in_use",
            Self::NetworkFolder(_) => "network_folder",
            Self::TwoNames(_) => "two_names",
            Self::Gone(_) => "database_gone",
            Self::NotADatabase(_) => "not_a_database",
            Self::Newer(_) => "newer_database",
            Self::BadAddress(_) => "bad_database_address",
            Self::Unreachable(_) | Self::ServerFull => "database_unreachable",
            Self::UnknownServer(_) => "database_server_unknown",
            Self::Password => "database_password",
            Self::NotLetIn | Self::NoRights => "database_rights",
            Self::NoDatabase => "database_missing",
            Self::Encryption(_) => "database_encryption",
            Self::Stale { .. } => "stale",
            Self::NotFound(_) => "not_found",
            Self::Duplicate(_) => "duplicate",
            Self::Full => "disk_full",
            Self::Files { source, .. } if is_full_disk(source) => "disk_full",
            Self::Files { .. } => "file_system",
            Self::Database(_) | Self::UnknownValue(_) | Self::Json(_) => "database",
        }
    }

    /// What the person can do about it, in one sentence; none where the code says it all.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::InUse(_) => "Close the other Homeroom window or command on this computer, then try again.",
            Self::NetworkFolder(_) => {
                "Choose a folder on this computer, or use a PostgreSQL server for several desktops."
            }
            Self::TwoNames(_) => {
                "Copy the file under a new name and open the copy, or delete the other name if nothing uses it."
            }
            Self::Gone(_) => {
                "Put the data folder back where it was, before you close Homeroom; or close it and restore the newest backup."
            }
            Self::NotADatabase(_) => "Choose another file. This one was not touched.",
            Self::Newer(_) => "Install the newest Homeroom on this computer. The database was not touched.",
            Self::BadAddress(fault) => fault.help(),
            Self::Unreachable(_) => "Check that the server runs and that this computer reaches it, then try again.",
            Self::UnknownServer(_) => {
                "Look for a letter that is wrong in the server's name, and whether the network is there."
            }
            Self::Password => {
                "Give the password by PGPASSWORD, a password file (pgpass) or when asked; whoever keeps the server can set a new one."
            }
            Self::NotLetIn => "Whoever keeps the server must allow this user and this computer in its pg_hba.conf.",
            Self::NoDatabase => {
                "Look at the name after the last / of the address, or have the database made on the server."
            }
            Self::NoRights => "Whoever keeps the server must let this user make and change tables in this database.",
            Self::ServerFull => {
                "Close other programs that use the server, or raise its max_connections; then try again."
            }
            Self::Encryption(fault) => fault.help(),
            Self::UnknownValue(_) => {
                "Run `homeroom doctor`: it names the row. Another program has written it, or the disk is failing."
            }
            Self::Full => FULL_DISK,
            Self::Files { source, .. } if is_full_disk(source) => FULL_DISK,
            Self::Files { .. } => {
                "Check that the folder exists, that you may write to it and that the disk is not full."
            }
            _ => return None,
        })
    }
}

impl From<sea_orm::DbErr> for StoreError {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::SqlErr;
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(detail)) => Self::Duplicate(detail),
            _ => match error {
                _ if is_full(&error) => Self::Full,
                sea_orm::DbErr::Conn(_) | sea_orm::DbErr::ConnectionAcquire(_) => Self::Unreachable(error),
                _ if is_without_rights(&error) => Self::NoRights,
                // A stored word that is none of its column's.
                sea_orm::DbErr::Type(_) => Self::UnknownValue(error),
                other => Self::Database(other),
            },
        }
    }
}

/// What to do about a full disk; nothing of what was begun is kept.
pub const FULL_DISK: &str = "Nothing of this was kept. Make room on the disk that holds the data (on a server its keeper does), then do it again.";

/// Whether the file system refused for want of room, or of what this user may take of it.
pub fn is_full_disk(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

/// Whether the database refused for want of room: SQLite's `SQLITE_FULL`, or its shared memory that cannot grow
/// (`SQLITE_IOERR_SHMSIZE`); PostgreSQL's `disk_full`.
fn is_full(error: &sea_orm::DbErr) -> bool {
    use sea_orm::sqlx;
    let Some(error) = driver_error(error) else { return false };
    match error {
        sqlx::Error::Io(error) => is_full_disk(error),
        error => code_of(error).is_some_and(|code| ["13", "4874", "53100"].contains(&code.as_str())),
    }
}

/// Whether PostgreSQL refused for want of rights (SQLSTATE 42501).
fn is_without_rights(error: &sea_orm::DbErr) -> bool {
    driver_error(error).and_then(code_of).is_some_and(|code| code == "42501")
}

fn driver_error(error: &sea_orm::DbErr) -> Option<&sea_orm::sqlx::Error> {
    use sea_orm::{DbErr, RuntimeErr};
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

fn code_of(error: &sea_orm::sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned())
}
