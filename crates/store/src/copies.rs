//! The copies that are made before an update: what was deleted since is deleted in them too, so that a withdrawn face is
//! in none of them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteJournalMode;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::StoreError;
use crate::migrate::is_copy_before_update;

/// Rows that one statement deletes.
const ROWS_AT_ONCE: usize = 500;

/// Deletes from each copy in the folder the rows of these tables that the database no longer has. What is deleted is
/// overwritten. False where a copy cannot be opened or written.
pub(crate) async fn scrub(live: &DatabaseConnection, folder: &Path, tables: &[&str]) -> Result<bool, StoreError> {
    let copies: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).filter(|path| is_copy(path)).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(source) => return Err(StoreError::Files { path: folder.to_path_buf(), source }),
    };
    if copies.is_empty() {
        return Ok(true);
    }
    let mut kept = Vec::with_capacity(tables.len());
    for table in tables {
        kept.push((*table, ids(live, table).await?.into_iter().collect()));
    }
    let mut all = true;
    for copy in copies {
        if let Err(error) = scrub_one(&copy, &kept).await {
            tracing::warn!(code = error.code(), "a copy from before an update could not be cleaned");
            all = false;
        }
    }
    Ok(all)
}

fn is_copy(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|end| end == "db") && is_copy_before_update(path)
}

async fn scrub_one(copy: &Path, kept: &[(&str, HashSet<Uuid>)]) -> Result<(), StoreError> {
    let file = copy.to_path_buf();
    let mut options = ConnectOptions::new("sqlite://copy");
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&file)
            .create_if_missing(false)
            .busy_timeout(Duration::from_secs(10))
            // The copy stays one file, and may be of an older schema.
            .journal_mode(SqliteJournalMode::Delete)
            .foreign_keys(false)
            .pragma("secure_delete", "ON")
    });
    let connection = Database::connect(options).await?;
    let done = without(&connection, kept).await;
    connection.close().await?;
    done
}

async fn without(copy: &DatabaseConnection, kept: &[(&str, HashSet<Uuid>)]) -> Result<(), StoreError> {
    for (table, kept) in kept {
        let exists = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1";
        if copy.query_one_raw(statement(exists, [(*table).into()])).await?.is_none() {
            continue;
        }
        let gone: Vec<Uuid> = ids(copy, table).await?.into_iter().filter(|id| !kept.contains(id)).collect();
        for some in gone.chunks(ROWS_AT_ONCE) {
            let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
            let sql = format!("DELETE FROM {table} WHERE id IN ({})", places.join(", "));
            copy.execute_raw(statement(&sql, some.iter().map(|id| (*id).into()))).await?;
        }
    }
    Ok(())
}

async fn ids(db: &DatabaseConnection, table: &str) -> Result<Vec<Uuid>, StoreError> {
    let rows = db.query_all_raw(statement(&format!("SELECT id FROM {table}"), [])).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

fn statement(sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}
