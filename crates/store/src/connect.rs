//! Opening a database: the lock against a second instance, SQLite's settings, migrations.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::Mutex;

use crate::place::{refuse_network_folder, refuse_other_files};
use crate::{Place, StoreError, Transaction, migrate};

/// How to open a store.
#[derive(Clone, Debug, Default)]
pub struct StoreOptions {
    /// Where copies go before a migration; beside the database file where none is given.
    pub backups: Option<PathBuf>,
}

/// An open database. Cheap to clone; the last clone to go releases the lock.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    connection: DatabaseConnection,
    place: Place,
    /// SQLite has one writer: whoever writes waits here, in order, rather than at a time-out.
    writer: Mutex<()>,
    /// Held as long as the store is open; the system lets go of it when the process ends, however it ends.
    _lock: Option<File>,
}

impl Store {
    /// Opens the database at `place`, making it when it is not there, and brings its schema up to date.
    pub async fn open(place: &Place, options: &StoreOptions) -> Result<Self, StoreError> {
        let (connection, lock) = match place {
            Place::File(file) => {
                refuse_network_folder(file)?;
                refuse_other_files(file)?;
                let lock = lock(file)?;
                (connect_file(file).await?, Some(lock))
            }
            Place::Server(address) => (connect_server(address).await?, None),
        };
        let store =
            Self { inner: Arc::new(Inner { connection, place: place.clone(), writer: Mutex::new(()), _lock: lock }) };
        migrate::bring_up_to_date(&store.inner.connection, place, options).await?;
        Ok(store)
    }

    /// For reading outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.inner.connection
    }

    /// The place that this store was opened at.
    pub fn place(&self) -> &Place {
        &self.inner.place
    }

    /// Which of the two databases this is.
    pub fn backend(&self) -> DbBackend {
        self.inner.connection.get_database_backend()
    }

    /// A statement with `$1`, `$2` … placeholders, which both databases understand.
    pub fn statement(&self, sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.backend(), sql, values)
    }

    /// Begins a transaction that writes. Dropping it undoes everything.
    pub async fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        let sqlite = self.backend() == DbBackend::Sqlite;
        let turn = if sqlite { Some(self.inner.writer.lock().await) } else { None };
        let options = TransactionOptions {
            sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let begun = self.inner.connection.begin_with_options(options).await?;
        Ok(Transaction::new(begun, turn))
    }

    /// A consistent copy of a SQLite database as one file; for PostgreSQL the server's own tools serve.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        migrate::copy(&self.inner.connection, file).await
    }

    /// Runs the database's own check of itself; the lines that are not "ok".
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        if self.backend() != DbBackend::Sqlite {
            self.reader().execute_unprepared("SELECT 1").await?;
            return Ok(Vec::new());
        }
        let rows = self.reader().query_all_raw(self.statement("PRAGMA integrity_check", [])).await?;
        let mut faults = Vec::new();
        for row in rows {
            let line: String = row.try_get_by_index(0)?;
            if line != "ok" {
                faults.push(line);
            }
        }
        Ok(faults)
    }

    /// Makes what was deleted from these tables unreadable in the files as well: SQLite's log, which holds pages as they
    /// were, is written back and cut to nothing; PostgreSQL is asked to clean the tables. False while somebody reads what
    /// SQLite's log holds; it goes at the next call, or when the database is closed.
    pub async fn scrub(&self, tables: &[&str]) -> Result<bool, StoreError> {
        if self.backend() != DbBackend::Sqlite {
            for table in tables {
                self.reader().execute_unprepared(&format!("VACUUM {table}")).await?;
            }
            return Ok(true);
        }
        let _turn = self.inner.writer.lock().await;
        let row = self.reader().query_one_raw(self.statement("PRAGMA wal_checkpoint(TRUNCATE)", [])).await?;
        let busy: i32 = row.map_or(Ok(1), |row| row.try_get_by_index(0))?;
        Ok(busy == 0)
    }

    /// Closes all connections and writes SQLite's log back into the file.
    pub async fn close(self) -> Result<(), StoreError> {
        self.inner.connection.clone().close().await?;
        Ok(())
    }
}

fn lock(file: &Path) -> Result<File, StoreError> {
    let path = PathBuf::from(format!("{}.lock", file.display()));
    let files = |source| StoreError::Files { path: path.clone(), source };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(files)?;
    }
    let held = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(files)?;
    match held.try_lock() {
        Ok(()) => Ok(held),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(file.to_path_buf())),
        Err(TryLockError::Error(source)) => Err(files(source)),
    }
}

async fn connect_file(file: &Path) -> Result<DatabaseConnection, StoreError> {
    let file = file.to_path_buf();
    let mut options = ConnectOptions::new("sqlite://homeroom");
    options.max_connections(4).sqlx_logging(false).map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL, since NORMAL may lose committed work in a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            // What is deleted is overwritten: a withdrawn template must not stay in a free page.
            .pragma("secure_delete", "ON")
            .statement_cache_capacity(256)
    });
    Database::connect(options).await.map_err(StoreError::Unreachable)
}

async fn connect_server(address: &str) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(address);
    options
        .max_connections(8)
        .sqlx_logging(false)
        .connect_timeout(Duration::from_secs(10))
        .acquire_timeout(Duration::from_secs(10));
    Database::connect(options).await.map_err(StoreError::Unreachable)
}
