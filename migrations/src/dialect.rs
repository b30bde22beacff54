//! One DDL text for both databases: the few types that differ are written as `{words}`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// SQLite's declared types are those that the driver maps back to the same Rust types.
const TYPES: [(&str, &str, &str); 7] = [
    ("{uuid}", "BLOB", "UUID"),
    ("{time}", "timestamp_with_timezone_text", "TIMESTAMPTZ"),
    ("{date}", "date_text", "DATE"),
    ("{json}", "json_text", "JSONB"),
    ("{bytes}", "BLOB", "BYTEA"),
    ("{real}", "DOUBLE", "DOUBLE PRECISION"),
    ("{folded}", "TEXT", "TEXT COLLATE \"C\""),
];

/// Runs each statement of `ddl` (separated by `;`) in the manager's own transaction.
pub async fn run(manager: &SchemaManager<'_>, ddl: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let postgres = connection.get_database_backend() == DbBackend::Postgres;
    let mut text = ddl.to_owned();
    for (word, sqlite, postgresql) in TYPES {
        text = text.replace(word, if postgres { postgresql } else { sqlite });
    }
    for statement in text.split(';').map(str::trim).filter(|s| !s.is_empty()) {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}
