//! What can go wrong with the store, each with a code that the screens translate.

use std::path::PathBuf;

/// An error of the store. [`StoreError::code`] is the stable part.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("another Homeroom is using this school's data ({0})")]
    InUse(PathBuf),
    #[error("{0} is on a network folder; a local file there would be damaged sooner or later")]
    NetworkFolder(PathBuf),
    #[error("{0} is not a Homeroom database")]
    NotADatabase(PathBuf),
    #[error("the database was made by a newer Homeroom (it has the step {0})")]
    Newer(String),
    #[error("{0} is not a database address; it must be postgres://… or the path of a file")]
    BadAddress(String),
    #[error("the database cannot be reached")]
    Unreachable(#[source] sea_orm::DbErr),
    #[error("somebody else changed this {table} in the meantime")]
    Stale { table: &'static str, seen: i32, current: Option<Box<serde_json::Value>> },
    #[error("this {0} does not exist")]
    NotFound(&'static str),
    #[error("there is already such a {0}")]
    Duplicate(String),
    #[error("the file system refused {path}: {source}")]
    Files { path: PathBuf, source: std::io::Error },
    #[error("the database refused a statement")]
    Database(#[source] sea_orm::DbErr),
    #[error("a row could not be read or written as JSON")]
    Json(#[from] serde_json::Error),
}

impl StoreError {
    /// The stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse(_) => "database_in_use",
            Self::NetworkFolder(_) => "network_folder",
            Self::NotADatabase(_) => "not_a_database",
            Self::Newer(_) => "newer_database",
            Self::BadAddress(_) => "bad_database_address",
            Self::Unreachable(_) => "database_unreachable",
            Self::Stale { .. } => "stale",
            Self::NotFound(_) => "not_found",
            Self::Duplicate(_) => "duplicate",
            Self::Files { .. } => "file_system",
            Self::Database(_) | Self::Json(_) => "database",
        }
    }

    /// What the person can do about it, in one sentence; none where the code says it all.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::InUse(_) => "Close the other Homeroom window or command on this computer, then try again.",
            Self::NetworkFolder(_) => {
                "Choose a folder on this computer, or use a PostgreSQL server for several desktops."
            }
            Self::NotADatabase(_) => "Choose another file. This one was not touched.",
            Self::Newer(_) => "Install the newest Homeroom on this computer. The database was not touched.",
            Self::BadAddress(_) => "Write postgres://user@server/database, or the path of a local file.",
            Self::Unreachable(_) => "Check that the server runs and that this computer reaches it, then try again.",
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
                sea_orm::DbErr::Conn(_) | sea_orm::DbErr::ConnectionAcquire(_) => Self::Unreachable(error),
                other => Self::Database(other),
            },
        }
    }
}
