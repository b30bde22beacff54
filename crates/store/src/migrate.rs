//! Bringing the schema up to date: refuse a newer database, copy, then each step in one exclusive transaction.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use migrations::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

use crate::{Place, StoreError, StoreOptions, private, sort_name, sort_title};

/// The number that PostgreSQL's advisory lock is held under while a step runs.
const ADVISORY_LOCK: i64 = 0x686f_6d65_726f_6f6d;
/// What the name of a copy that is made before an update has between the database's name and the time.
const BEFORE_UPDATE: &str = "-before-update-";
const CREATE_LEDGER: &str =
    "CREATE TABLE IF NOT EXISTS applied_migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)";

/// Applies the steps that are missing. A database with a step that this build does not know is left untouched.
pub(crate) async fn bring_up_to_date(
    connection: &DatabaseConnection,
    place: &Place,
    options: &StoreOptions,
) -> Result<(), StoreError> {
    let steps = Migrator::migrations();
    let applied = known_steps(connection).await?;
    if let (Place::File(file), false) = (place, applied.is_empty()) {
        copy(connection, &backup_path(file, options)?).await?;
    }
    let sqlite = connection.get_database_backend() == DbBackend::Sqlite;
    for step in &steps {
        let exclusive = TransactionOptions {
            sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Exclusive),
            ..Default::default()
        };
        let transaction = connection.begin_with_options(exclusive).await?;
        if !sqlite {
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")).await?;
        }
        transaction.execute_unprepared(CREATE_LEDGER).await?;
        // Asked again inside the lock: another desktop may have been quicker.
        let statement =
            |sql: &str| Statement::from_sql_and_values(transaction.get_database_backend(), sql, [step.name().into()]);
        if transaction.query_one_raw(statement("SELECT name FROM applied_migrations WHERE name = $1")).await?.is_some()
        {
            continue;
        }
        step.up(&SchemaManager::new(&transaction)).await?;
        if step.name() == migrations::SORT_KEYS {
            fill_sort_keys(&transaction).await?;
        }
        if step.name() == migrations::GUARDIAN_NAMES {
            fill_guardian_names(&transaction).await?;
        }
        let record = if sqlite {
            "INSERT INTO applied_migrations (name, applied_at) VALUES ($1, datetime('now'))"
        } else {
            "INSERT INTO applied_migrations (name, applied_at) VALUES ($1, now()::text)"
        };
        transaction.execute_raw(statement(record)).await?;
        transaction.commit().await?;
        tracing::info!(step = step.name(), "schema step applied");
    }
    Ok(())
}

/// Gives the rows that were there before the step their keys. Later steps may change the tables, so no entity is used.
async fn fill_sort_keys(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    let given_first = |family: &str, given: &str| sort_name(given, family);
    fill(transaction, "classes", "sort_title", "title, ''", |title, _| sort_title(title)).await?;
    fill(transaction, "students", "sort_given", "family_name, given_name", given_first).await?;
    fill(transaction, "staff", "sort_given", "family_name, given_name", given_first).await
}

/// The same of guardians.
async fn fill_guardian_names(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    fill(transaction, "guardians", "sort_name", "family_name, given_name", sort_name).await?;
    fill(transaction, "guardians", "sort_given", "given_name, family_name", sort_name).await
}

async fn fill(
    transaction: &DatabaseTransaction,
    table: &str,
    key: &str,
    columns: &str,
    make: impl Fn(&str, &str) -> String,
) -> Result<(), StoreError> {
    let backend = transaction.get_database_backend();
    let all = Statement::from_string(backend, format!("SELECT id, {columns} FROM {table}"));
    let set = format!("UPDATE {table} SET {key} = $1 WHERE id = $2");
    for row in transaction.query_all_raw(all).await? {
        let (id, one, other): (uuid::Uuid, String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let values = [make(&one, &other).into(), id.into()];
        transaction.execute_raw(Statement::from_sql_and_values(backend, &set, values)).await?;
    }
    Ok(())
}

/// How many steps the schema is behind this build.
pub(crate) async fn missing_steps(connection: &DatabaseConnection) -> Result<usize, StoreError> {
    Ok(Migrator::migrations().len() - known_steps(connection).await?.len())
}

/// What in a whole schema of a SQLite database is not as the steps make it, by name: where one is missing they are not compared.
pub(crate) async fn other_schema(connection: &DatabaseConnection) -> Result<Vec<String>, StoreError> {
    if missing_steps(connection).await? > 0 {
        return Ok(Vec::new());
    }
    let mut memory = sea_orm::ConnectOptions::new("sqlite::memory:");
    // As where the steps are applied to a file: a table is made anew before those that it refers to.
    memory.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| sqlite.foreign_keys(false));
    let fresh = sea_orm::Database::connect(memory).await?;
    fresh.execute_unprepared(CREATE_LEDGER).await?;
    for step in Migrator::migrations() {
        step.up(&SchemaManager::new(&fresh)).await?;
    }
    let (made, found) = (schema(&fresh).await?, schema(connection).await?);
    fresh.close().await?;
    let other: HashSet<&String> = made.symmetric_difference(&found).map(|(name, _)| name).collect();
    let mut names: Vec<&String> = other.into_iter().collect();
    names.sort();
    Ok(names.into_iter().map(|name| words::faults::damage::not_as_made(name).to_string()).collect())
}

/// Name and text of each table and index; those that SQLite makes itself have no text.
async fn schema(connection: &DatabaseConnection) -> Result<HashSet<(String, String)>, StoreError> {
    let sql = "SELECT name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'";
    let rows = connection.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql.to_owned())).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// The steps that were applied; a database with one that this build does not know is refused.
async fn known_steps(connection: &DatabaseConnection) -> Result<HashSet<String>, StoreError> {
    let applied = applied(connection).await?;
    let steps = Migrator::migrations();
    let known: HashSet<&str> = steps.iter().map(|step| step.name()).collect();
    match applied.iter().find(|name| !known.contains(name.as_str())) {
        Some(newer) => Err(StoreError::Newer(newer.clone())),
        None => Ok(applied),
    }
}

async fn applied(connection: &DatabaseConnection) -> Result<HashSet<String>, StoreError> {
    let backend = connection.get_database_backend();
    let exists = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'applied_migrations'",
        _ => {
            "SELECT tablename::text FROM pg_tables WHERE tablename = 'applied_migrations' AND schemaname = current_schema()"
        }
    };
    let ask = |sql: &str| Statement::from_string(backend, sql.to_owned());
    if connection.query_one_raw(ask(exists)).await?.is_none() {
        return Ok(HashSet::new());
    }
    let rows = connection.query_all_raw(ask("SELECT name FROM applied_migrations")).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index::<String>(0)?)).collect()
}

/// Whether this file is a copy that was made before an update, by its name.
pub fn is_copy_before_update(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().contains(BEFORE_UPDATE))
}

/// The folder in which copies are made before an update.
pub(crate) fn copies_of(file: &Path, options: &StoreOptions) -> PathBuf {
    match &options.backups {
        Some(folder) => folder.clone(),
        None => file.parent().unwrap_or(Path::new(".")).join("backups"),
    }
}

fn backup_path(file: &Path, options: &StoreOptions) -> Result<PathBuf, StoreError> {
    let folder = copies_of(file, options);
    private::make_folder(&folder).map_err(|source| StoreError::Files { path: folder.clone(), source })?;
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_else(|| "homeroom".into());
    // Not what the context says: the name only tells copies apart, and there is no context yet.
    #[allow(clippy::disallowed_methods)]
    let now = chrono::Utc::now().format("%Y%m%dT%H%M%S%3fZ");
    let name = format!("{stem}{BEFORE_UPDATE}{now}.db");
    Ok(folder.join(name))
}

/// Writes a consistent copy of a SQLite database to `file`, which must not exist.
pub(crate) async fn copy(connection: &DatabaseConnection, file: &Path) -> Result<(), StoreError> {
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "VACUUM INTO $1",
        [file.to_string_lossy().into_owned().into()],
    );
    if let Err(error) = connection.execute_raw(statement).await {
        // A part of a copy is none. The error that stopped the copying is the one to report.
        let _ = std::fs::remove_file(file);
        return Err(error.into());
    }
    private::take_from_others(file)
}
