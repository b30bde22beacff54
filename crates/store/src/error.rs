//! What can go wrong with the store, each with a code that the screens translate.

use std::fmt;
use std::path::PathBuf;

use words::Message;

use crate::place::AddressFault;
use crate::tls::TlsFault;

/// An error of the store. [`StoreError::code`] is the stable part.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    InUse(PathBuf),
    NetworkFolder(PathBuf),
    TwoNames(PathBuf),
    Gone(PathBuf),
    NotADatabase(PathBuf),
    Newer(String),
    BadAddress(AddressFault),
    Unreachable(#[source] sea_orm::DbErr),
    UnknownServer(String),
    Password,
    NotLetIn,
    NoDatabase,
    NoRights,
    ServerFull,
    Encryption(TlsFault),
    Stale { table: &'static str, seen: i32, current: Option<Box<serde_json::Value>> },
    NotFound(Message),
    Duplicate(String),
    Files { path: PathBuf, source: std::io::Error },
    Full,
    Database(#[source] sea_orm::DbErr),
    UnknownValue(#[source] sea_orm::DbErr),
    Json(#[from] serde_json::Error),
}

impl StoreError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::InUse(a) => words::faults::store::in_use(a.display()),
            Self::NetworkFolder(a) => words::faults::store::network_folder(a.display()),
            Self::TwoNames(a) => words::faults::store::two_names(a.display()),
            Self::Gone(a) => words::faults::store::gone(a.display()),
            Self::NotADatabase(a) => words::faults::store::not_a_database(a.display()),
            Self::Newer(a) => words::faults::store::newer(a),
            Self::BadAddress(a) => words::faults::store::bad_address(a.said()),
            Self::Unreachable(..) => words::faults::store::unreachable(),
            Self::UnknownServer(a) => words::faults::store::unknown_server(a),
            Self::Password => words::faults::store::password(),
            Self::NotLetIn => words::faults::store::not_let_in(),
            Self::NoDatabase => words::faults::store::no_database(),
            Self::NoRights => words::faults::store::no_rights(),
            Self::ServerFull => words::faults::store::server_full(),
            Self::Encryption(a) => words::faults::store::encryption(a.said()),
            Self::Stale { table, .. } => words::faults::store::stale(*table),
            Self::NotFound(a) => a.clone(),
            Self::Duplicate(a) => words::faults::store::duplicate(a),
            Self::Files { path, source, .. } => words::faults::store::files(path.display(), source),
            Self::Full => words::faults::store::full(),
            Self::Database(..) => words::faults::store::database(),
            Self::UnknownValue(..) => words::faults::store::unknown_value(),
            Self::Json(..) => words::faults::store::json(),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
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
    pub fn help(&self) -> Option<Message> {
        Some(match self {
            Self::InUse(_) => words::faults::store::help::in_use(),
            Self::NetworkFolder(_) => words::faults::store::help::network_folder(),
            Self::TwoNames(_) => words::faults::store::help::two_names(),
            Self::Gone(_) => words::faults::store::help::gone(),
            Self::NotADatabase(_) => words::faults::store::help::not_a_database(),
            Self::Newer(_) => words::faults::store::help::newer(),
            Self::BadAddress(fault) => fault.help(),
            Self::Unreachable(_) => words::faults::store::help::unreachable(),
            Self::UnknownServer(_) => words::faults::store::help::unknown_server(),
            Self::Password => words::faults::store::help::password(),
            Self::NotLetIn => words::faults::store::help::not_let_in(),
            Self::NoDatabase => words::faults::store::help::no_database(),
            Self::NoRights => words::faults::store::help::no_rights(),
            Self::ServerFull => words::faults::store::help::server_full(),
            Self::Encryption(fault) => fault.help(),
            Self::UnknownValue(_) => words::faults::store::help::unknown_value(),
            Self::Full => full_disk(),
            Self::Files { source, .. } if is_full_disk(source) => full_disk(),
            Self::Files { .. } => words::faults::store::help::files(),
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
pub fn full_disk() -> Message {
    words::faults::store::help::full()
}

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
