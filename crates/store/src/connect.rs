//! Opening a database: the lock against a second instance, SQLite's settings, migrations.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::place::refuse_other_files;
use crate::server::{self, Use};
use crate::there::Opened;
use crate::tls::Protection;
use crate::{Place, StoreError, Transaction, copies, migrate, mount, private};

/// How to open a store.
#[derive(Clone, Debug, Default)]
pub struct StoreOptions {
    /// Where copies go before a migration; beside the database file where none is given.
    pub backups: Option<PathBuf>,
    /// The server's password, where neither its address nor the environment has it.
    pub password: Option<ServerPassword>,
}

/// A password of a database server; it is never printed.
#[derive(Clone)]
pub struct ServerPassword(String);

impl ServerPassword {
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ServerPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerPassword(…)")
    }
}

/// An open database. Cheap to clone; the last clone to go releases the lock.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    connection: DatabaseConnection,
    place: Place,
    /// How the way to a server is protected; none with a file.
    protection: Option<Protection>,
    /// SQLite's file; none on a server.
    opened: Option<Opened>,
    /// Where copies are made before an update; a server's database has none of ours.
    copies: Option<PathBuf>,
    /// This opening of the database, as the history names who wrote it.
    program: Uuid,
    /// SQLite has one writer: whoever writes waits here, in order, rather than at a time-out.
    writer: Mutex<()>,
    /// Held as long as the store is open; the system lets go of it when the process ends, however it ends.
    _lock: Option<File>,
}

impl Store {
    /// Opens the database at `place`, making it when it is not there, and brings its schema up to date.
    pub async fn open(place: &Place, options: &StoreOptions) -> Result<Self, StoreError> {
        let store = match place {
            Place::File(file) => {
                let file = &allowed(file)?;
                let lock = lock(file)?;
                private::close(file)?;
                Self::new(connect_file(file, References::Held).await?, place, options, None, Some(lock))
            }
            Place::Server(address) => {
                let (connection, protection) = server::connect(address, options, Use::Work).await?;
                Self::new(connection, place, options, Some(protection), None)
            }
        }?;
        if migrate::missing_steps(store.reader()).await? > 0 {
            store.bring_up_to_date(place, options).await?;
        }
        Ok(store)
    }

    /// Opens what is there for reading alone, and says how many steps its schema is behind: nothing is made, written or
    /// brought up to date.
    ///
    /// # Errors
    /// As [`Store::open`]; a file that is not there is one that the system refuses.
    pub async fn look(place: &Place, options: &StoreOptions) -> Result<(Self, usize), StoreError> {
        let store = match place {
            Place::File(file) => {
                let file = &allowed(file)?;
                let lock = lock_if_there(file)?;
                Self::new(look_at_file(file).await?, place, options, None, lock)
            }
            Place::Server(address) => {
                let (connection, protection) = server::connect(address, options, Use::Look).await?;
                Self::new(connection, place, options, Some(protection), None)
            }
        }?;
        let missing = migrate::missing_steps(&store.inner.connection).await?;
        Ok((store, missing))
    }

    /// Applies the steps that are missing. A file is opened once more for that: SQLite lets a table that others refer to be
    /// made anew only while it looks at no references, which is said of a connection before it begins anything.
    async fn bring_up_to_date(&self, place: &Place, options: &StoreOptions) -> Result<(), StoreError> {
        let Place::File(file) = place else {
            return migrate::bring_up_to_date(self.reader(), place, options).await;
        };
        let steps = connect_file(&allowed(file)?, References::NotLookedAt).await?;
        let done = migrate::bring_up_to_date(&steps, place, options).await;
        steps.close().await?;
        done
    }

    fn new(
        connection: DatabaseConnection,
        place: &Place,
        options: &StoreOptions,
        protection: Option<Protection>,
        lock: Option<File>,
    ) -> Result<Self, StoreError> {
        let (opened, copies) = match place {
            Place::File(file) => (Some(Opened::now(file)?), Some(migrate::copies_of(file, options))),
            Place::Server(_) => (None, None),
        };
        let (place, program, writer) = (place.clone(), Uuid::now_v7(), Mutex::new(()));
        let inner = Inner { connection, place, protection, opened, copies, program, writer, _lock: lock };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// For reading outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.inner.connection
    }

    /// The place that this store was opened at.
    pub fn place(&self) -> &Place {
        &self.inner.place
    }

    /// How the way to the server is protected; none with a file.
    pub fn protection(&self) -> Option<Protection> {
        self.inner.protection
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
    ///
    /// # Errors
    /// [`StoreError::Gone`] where the file is not where it was opened; what the database itself refuses.
    pub async fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        let opened = self.inner.opened.as_ref();
        opened.map_or(Ok(()), Opened::still_there)?;
        let sqlite = self.backend() == DbBackend::Sqlite;
        let turn = if sqlite { Some(self.inner.writer.lock().await) } else { None };
        let options = TransactionOptions {
            sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let begun = self.inner.connection.begin_with_options(options).await?;
        Ok(Transaction::new(begun, self.inner.program, turn, opened))
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
        faults.extend(migrate::other_schema(self.reader()).await?);
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

    /// Deletes from the copies that were made before an update what is no longer in these tables; false where one of them
    /// cannot be opened or written, which is tried again at the next call.
    pub async fn scrub_copies(&self, tables: &[&str]) -> Result<bool, StoreError> {
        match &self.inner.copies {
            Some(folder) => copies::scrub(self.reader(), folder, tables).await,
            None => Ok(true),
        }
    }

    /// Closes all connections and writes SQLite's log back into the file.
    pub async fn close(self) -> Result<(), StoreError> {
        self.inner.connection.clone().close().await?;
        Ok(())
    }
}

/// The file that a path leads to, where a database may be there. Lock and database go by its one real name, so that no link
/// leads past the lock.
fn allowed(named: &Path) -> Result<PathBuf, StoreError> {
    let file = mount::real_file(named)?;
    mount::refuse(named, &file)?;
    refuse_other_files(&file)?;
    Ok(file)
}

fn lock_path(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}.lock", file.display()))
}

fn lock(file: &Path) -> Result<File, StoreError> {
    let path = lock_path(file);
    let files = |source| StoreError::Files { path: path.clone(), source };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private::make_folder(folder).map_err(files)?;
    }
    take(OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(files)?, file)
}

/// The same without making the lock's file: where there is none, nobody has the database open.
fn lock_if_there(file: &Path) -> Result<Option<File>, StoreError> {
    let path = lock_path(file);
    match OpenOptions::new().write(true).open(&path) {
        Ok(held) => take(held, file).map(Some),
        // Whoever may only read the folder may look too.
        Err(error) if [ErrorKind::NotFound, ErrorKind::PermissionDenied].contains(&error.kind()) => Ok(None),
        Err(source) => Err(StoreError::Files { path, source }),
    }
}

fn take(held: File, file: &Path) -> Result<File, StoreError> {
    match held.try_lock() {
        Ok(()) => Ok(held),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(file.to_path_buf())),
        Err(TryLockError::Error(source)) => Err(StoreError::Files { path: lock_path(file), source }),
    }
}

/// Whether SQLite refuses a row that refers to nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum References {
    Held,
    NotLookedAt,
}

async fn connect_file(file: &Path, references: References) -> Result<DatabaseConnection, StoreError> {
    open_file(file, move |sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL, since NORMAL may lose committed work in a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(references == References::Held)
            // What is deleted is overwritten: a withdrawn template must not stay in a free page.
            .pragma("secure_delete", "ON")
    })
    .await
}

async fn look_at_file(file: &Path) -> Result<DatabaseConnection, StoreError> {
    // Without a log all that was written is in the file, which SQLite then reads without making one.
    let log = PathBuf::from(format!("{}-wal", file.display()));
    let whole = std::fs::metadata(&log).map_or(true, |log| log.len() == 0);
    open_file(file, move |sqlite| sqlite.create_if_missing(false).read_only(true).immutable(whole)).await
}

async fn open_file(
    file: &Path,
    how: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> Result<DatabaseConnection, StoreError> {
    let file = file.to_path_buf();
    let mut options = ConnectOptions::new("sqlite://homeroom");
    // The driver says what it asks only where a test listens, never in what people use.
    options.max_connections(4).sqlx_logging(cfg!(debug_assertions)).sqlx_logging_level(log::LevelFilter::Trace);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.filename(&file).busy_timeout(Duration::from_secs(10)).statement_cache_capacity(256);
        how(sqlite)
    });
    Ok(Database::connect(options).await?)
}
