//! A transaction that remembers what it changed, field by field, so that audit and undo come for free.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, IntoActiveModel, QueryFilter,
    Statement, Value,
};
use serde_json::{Map, Value as Json};
use tokio::sync::MutexGuard;
use uuid::Uuid;

use crate::entities::{ChangeKind, Row, RowModel};
use crate::ids::{SchoolId, StudentId};
use crate::reader::Reader;
use crate::there::Opened;
use crate::{StoreError, digest};

/// Rows a statement may insert at once: SQLite takes 32,766 values, PostgreSQL 65,535.
const VALUES_PER_INSERT: usize = 30_000;

/// From how many new rows on PostgreSQL is told to look at a table again before they are seen: until then it takes the
/// table for as small as it was, and looks through all of it for each row that is asked for.
const MANY_ROWS: usize = 2_000;

/// One changed row: for an update only the fields that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub table: &'static str,
    pub row: Uuid,
    pub school: Option<SchoolId>,
    /// The student whom the row is, or belongs to.
    pub student: Option<StudentId>,
    pub kind: ChangeKind,
    pub before: Option<Json>,
    pub after: Option<Json>,
    /// What the row has become, for the history; none for a row that is gone.
    pub digest: Option<Vec<u8>>,
}

/// Where the next entry of the history stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Who numbers the entries: a SQLite database itself, else a connection to the server, which has one transaction at a time.
    pub writer: Uuid,
    pub number: i64,
    /// The digest of the entry before.
    pub previous: Option<Vec<u8>>,
}

/// A transaction that writes. Nothing is kept unless [`Transaction::commit`] returns.
pub struct Transaction<'s> {
    database: Reader,
    changes: Vec<Change>,
    /// New rows by table.
    grown: Mutex<BTreeMap<&'static str, usize>>,
    program: Uuid,
    _turn: Option<MutexGuard<'s, ()>>,
    opened: Option<&'s Opened>,
}

impl<'s> Transaction<'s> {
    pub(crate) fn new(
        database: DatabaseTransaction,
        program: Uuid,
        turn: Option<MutexGuard<'s, ()>>,
        opened: Option<&'s Opened>,
    ) -> Self {
        Self { database: Reader(database), changes: Vec::new(), grown: Mutex::default(), program, _turn: turn, opened }
    }

    /// Where this transaction's entry of the history stands.
    pub async fn link(&self) -> Result<Link, StoreError> {
        let writer = match self.database.get_database_backend() {
            DbBackend::Sqlite => Uuid::nil(),
            _ => {
                let row = self.database.query_one_raw(self.statement("SELECT pg_backend_pid()", [])).await?;
                let connection: i32 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
                Uuid::from_u128(self.program.as_u128() ^ u128::from(connection.unsigned_abs()))
            }
        };
        let last = "SELECT number, digest FROM audit_entries WHERE writer = $1 ORDER BY number DESC LIMIT 1";
        if let Some(row) = self.database.query_one_raw(self.statement(last, [writer.into()])).await? {
            let number: i64 = row.try_get_by_index(0)?;
            return Ok(Link { writer, number: number + 1, previous: row.try_get_by_index(1)? });
        }
        let newest = "SELECT digest FROM audit_entries WHERE digest IS NOT NULL ORDER BY id DESC LIMIT 1";
        let row = self.database.query_one_raw(self.statement(newest, [])).await?;
        Ok(Link { writer, number: 1, previous: row.map(|row| row.try_get_by_index(0)).transpose()? })
    }

    /// For reading inside the transaction.
    pub fn reader(&self) -> &Reader {
        &self.database
    }

    /// For the few writes that the history does not hold: search words, when a session was used last, the clock, what an
    /// entry of the history says of being undone.
    pub fn unaudited(&self) -> &DatabaseTransaction {
        &self.database.0
    }

    /// A statement with `$1`, `$2` … placeholders.
    pub fn statement(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        Statement::from_sql_and_values(self.database.get_database_backend(), sql, values)
    }

    /// Makes everybody else who asks for the same key wait until this transaction ends. SQLite has one writer anyway.
    pub async fn alone(&self, key: &str) -> Result<(), StoreError> {
        if self.database.get_database_backend() != DbBackend::Sqlite {
            let lock = self.statement("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [key.into()]);
            self.database.0.execute_raw(lock).await?;
        }
        Ok(())
    }

    /// Makes everybody else wait who decides something by what a school has: free titles, codes and numbers, years that do
    /// not overlap, what is taught to whom. Read after this, it stays as it was read.
    pub async fn alone_in_school(&self, school: SchoolId) -> Result<(), StoreError> {
        self.alone(&format!("school {school}")).await
    }

    /// Inserts a row; its version becomes 1.
    pub async fn insert<E: Row>(&mut self, mut row: E::Model) -> Result<E::Model, StoreError>
    where
        E::ActiveModel: Send,
    {
        row.set_version(1);
        row.derive();
        E::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&self.database.0).await?;
        self.changes.push(inserted::<E>(&row));
        self.grew(E::TABLE, 1);
        Ok(row)
    }

    /// Inserts many rows in as few statements as the database allows.
    pub async fn insert_many<E: Row>(&mut self, rows: Vec<E::Model>) -> Result<(), StoreError>
    where
        E::ActiveModel: Send,
    {
        use sea_orm::Iterable;
        self.grew(E::TABLE, rows.len());
        let per_statement = (VALUES_PER_INSERT / E::Column::iter().count().max(1)).max(1);
        for chunk in rows.chunks(per_statement) {
            let models = chunk.iter().map(|row| {
                let mut row = row.clone();
                row.set_version(1);
                row.derive();
                self.changes.push(inserted::<E>(&row));
                row.into_active_model().reset_all()
            });
            let models: Vec<E::ActiveModel> = models.collect();
            E::insert_many(models).exec_without_returning(&self.database.0).await?;
        }
        Ok(())
    }

    /// Replaces the row that was read as `before` by `after`. Refused as stale when its version is no longer that of
    /// `before`; nothing is written when no field differs. Returns the row as it now is.
    pub async fn update<E: Row>(&mut self, before: &E::Model, mut after: E::Model) -> Result<E::Model, StoreError>
    where
        E::ActiveModel: Send,
    {
        after.set_version(before.version());
        after.derive();
        if *before == after {
            return Ok(after);
        }
        after.set_version(before.version() + 1);
        let changed = E::update_many()
            .set(changed_columns::<E>(before, &after))
            .filter(E::id_column().eq(before.uuid()))
            .filter(E::version_column().eq(before.version()))
            .exec(&self.database.0)
            .await?;
        if changed.rows_affected == 0 {
            let current = E::find().filter(E::id_column().eq(before.uuid())).one(&self.database).await?;
            let current = current.map(serde_json::to_value).transpose()?.map(Box::new);
            return Err(StoreError::Stale { table: E::TABLE, seen: before.version(), current });
        }
        let (old, new) = differing(serde_json::to_value(before)?, serde_json::to_value(&after)?);
        self.changes.push(updated::<E>(&after, old, new));
        Ok(after)
    }

    /// Replaces many rows, each as [`Transaction::update`] does, in as few statements as the database allows. Refused as
    /// stale as a whole when one of them has another version than was read.
    pub async fn update_many<E: Row>(&mut self, rows: Vec<(E::Model, E::Model)>) -> Result<(), StoreError>
    where
        E::ActiveModel: Send,
    {
        use sea_orm::Iterable;
        use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
        let columns: Vec<E::Column> = E::Column::iter().collect();
        let mut changed = Vec::with_capacity(rows.len());
        for (before, mut after) in rows {
            after.set_version(before.version());
            after.derive();
            if before != after {
                after.set_version(before.version() + 1);
                changed.push((before, after));
            }
        }
        for chunk in changed.chunks((VALUES_PER_INSERT / columns.len().max(1)).max(1)) {
            // The rows are there, so each of them conflicts with itself and is replaced if it is the one that was read.
            let unchanged = Expr::col((E::default(), E::version_column())).eq(Expr::col((
                Alias::new("excluded"),
                E::version_column(),
            ))
            .sub(1));
            let mut replace = OnConflict::column(E::id_column());
            replace.update_columns(columns.iter().copied()).action_and_where(unchanged);
            let models = chunk.iter().map(|(_, after)| after.clone().into_active_model().reset_all());
            let written = E::insert_many(models).on_conflict(replace).exec_without_returning(&self.database.0).await?;
            if written != chunk.len() as u64 {
                return Err(self.stale_among::<E>(chunk).await?);
            }
            for (before, after) in chunk {
                let (old, new) = differing(serde_json::to_value(before)?, serde_json::to_value(after)?);
                self.changes.push(updated::<E>(after, old, new));
            }
        }
        Ok(())
    }

    /// The error for the first of these rows that is no longer as it was read.
    async fn stale_among<E: Row>(&self, rows: &[(E::Model, E::Model)]) -> Result<StoreError, StoreError> {
        for (before, after) in rows {
            let current = E::find().filter(E::id_column().eq(before.uuid())).one(&self.database).await?;
            if current.as_ref() != Some(after) {
                let current = current.map(serde_json::to_value).transpose()?.map(Box::new);
                return Ok(StoreError::Stale { table: E::TABLE, seen: before.version(), current });
            }
        }
        Ok(StoreError::Stale { table: E::TABLE, seen: 0, current: None })
    }

    /// Deletes a row for good.
    pub async fn delete<E: Row>(&mut self, row: &E::Model) -> Result<(), StoreError> {
        self.delete_many::<E>(std::slice::from_ref(row)).await
    }

    /// Deletes rows for good, in as few statements as the database allows.
    pub async fn delete_many<E: Row>(&mut self, rows: &[E::Model]) -> Result<(), StoreError> {
        for chunk in rows.chunks(VALUES_PER_INSERT) {
            let ids = chunk.iter().map(RowModel::uuid);
            E::delete_many().filter(E::id_column().is_in(ids)).exec(&self.database.0).await?;
            for row in chunk {
                self.changes.push(Change {
                    table: E::TABLE,
                    row: row.uuid(),
                    school: row.school(),
                    student: student_of::<E>(row),
                    kind: ChangeKind::Delete,
                    before: Some(serde_json::to_value(row)?),
                    after: None,
                    digest: None,
                });
            }
        }
        Ok(())
    }

    /// What was changed so far, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub(crate) fn record(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Says that a table got rows; for those that are written by [`Transaction::unaudited`].
    pub fn grew(&self, table: &'static str, rows: usize) {
        *self.grown.lock().unwrap_or_else(PoisonError::into_inner).entry(table).or_default() += rows;
    }

    /// Has PostgreSQL look again at the tables that got many rows, in one order for everybody. SQLite goes by its indexes.
    async fn measure(&self) -> Result<(), StoreError> {
        if self.database.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let grown = std::mem::take(&mut *self.grown.lock().unwrap_or_else(PoisonError::into_inner));
        for (table, _) in grown.into_iter().filter(|(_, rows)| *rows >= MANY_ROWS) {
            self.database.0.execute_unprepared(&format!("ANALYZE {table}")).await?;
        }
        Ok(())
    }

    /// Keeps everything.
    ///
    /// # Errors
    /// [`StoreError::Gone`] where the database's file was removed in the meantime: nothing is kept, and nothing is said to be.
    pub async fn commit(self) -> Result<Vec<Change>, StoreError> {
        self.opened.map_or(Ok(()), Opened::still_there)?;
        self.measure().await?;
        self.database.0.commit().await?;
        Ok(self.changes)
    }
}

/// Refuses a row that is no longer as somebody saw it.
///
/// # Errors
/// [`StoreError::Stale`] with what the row is now.
pub fn same_version<E: Row>(row: &E::Model, seen: i32) -> Result<(), StoreError> {
    if row.version() == seen {
        return Ok(());
    }
    Err(StoreError::Stale { table: E::TABLE, seen, current: Some(Box::new(serde_json::to_value(row)?)) })
}

fn inserted<E: Row>(row: &E::Model) -> Change {
    // The row itself holds what was inserted; a copy of it in the audit would only double the data.
    Change {
        table: E::TABLE,
        row: row.uuid(),
        school: row.school(),
        student: student_of::<E>(row),
        kind: ChangeKind::Insert,
        before: None,
        after: None,
        digest: Some(digest::of_row::<E>(row)),
    }
}

fn updated<E: Row>(row: &E::Model, old: Json, new: Json) -> Change {
    Change {
        table: E::TABLE,
        row: row.uuid(),
        school: row.school(),
        student: student_of::<E>(row),
        kind: ChangeKind::Update,
        before: Some(old),
        after: Some(new),
        digest: Some(digest::of_row::<E>(row)),
    }
}

/// Whom a row is about: a student's own row, or one that names a student.
pub(crate) fn student_of<E: Row>(row: &E::Model) -> Option<StudentId> {
    use sea_orm::{IdenStatic, Iterable, ModelTrait};
    if E::TABLE == crate::entities::students::Entity::TABLE {
        return Some(StudentId(row.uuid()));
    }
    let column = E::Column::iter().find(|column| column.as_str() == "student_id")?;
    match row.get(column) {
        Value::Uuid(Some(id)) => Some(StudentId(id)),
        _ => None,
    }
}

fn changed_columns<E: Row>(before: &E::Model, after: &E::Model) -> E::ActiveModel {
    use sea_orm::{ActiveValue, Iterable, ModelTrait};
    let mut changed = <E::ActiveModel as sea_orm::ActiveModelTrait>::default();
    for column in E::Column::iter() {
        let value = after.get(column);
        if before.get(column) != value {
            changed.set(column, value);
        }
    }
    debug_assert!(!matches!(changed.get(E::version_column()), ActiveValue::NotSet));
    changed
}

/// The fields in which two versions of a row differ (the version itself left out).
fn differing(before: Json, after: Json) -> (Json, Json) {
    let (Json::Object(before), Json::Object(mut after)) = (before, after) else {
        return (Json::Null, Json::Null);
    };
    let (mut old, mut new) = (Map::new(), Map::new());
    for (field, was) in before {
        let is = after.remove(&field).unwrap_or(Json::Null);
        if field != "version" && was != is {
            old.insert(field.clone(), was);
            new.insert(field, is);
        }
    }
    (Json::Object(old), Json::Object(new))
}
