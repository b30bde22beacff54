//! Which rows name a row, in whatever table; and giving all of them to another row, as when two records are of one person.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, IdenStatic, Iterable, ModelTrait, PaginatorTrait, QueryFilter, Statement,
    Value,
};
use uuid::Uuid;

use crate::entities::*;
use crate::history::by_table;
use crate::{StoreError, Transaction};

/// Does something with every table of which there is a history or a proof. The history itself stays as it was written.
macro_rules! in_every_table {
    ([$work:ident $arguments:tt $found:ident] $($module:ident),*) => {
        $(if <$module::Entity as Row>::SAYS.history != History::None {
            let rows = $work::<$module::Entity> $arguments.await?;
            if rows > 0 {
                $found.push((<$module::Entity as Row>::TABLE, rows));
            }
        })*
    };
}

/// The columns of a table that name rows of another.
fn columns<E: Row>(named: &str) -> Vec<E::Column> {
    let names = |column: &E::Column| E::SAYS.references().any(|(of, table)| table == named && of == column.as_str());
    E::Column::iter().filter(names).collect()
}

/// How many rows of which table name this row of the table `named`.
pub async fn naming(db: &impl ConnectionTrait, named: &str, id: Uuid) -> Result<Vec<(&'static str, u64)>, StoreError> {
    let mut found = Vec::new();
    every_table!(in_every_table!(count(db, named, id) found));
    Ok(found)
}

async fn count<E: Row>(db: &impl ConnectionTrait, named: &str, id: Uuid) -> Result<u64, StoreError> {
    let mut rows = 0;
    for column in columns::<E>(named) {
        rows += E::find().filter(column.eq(id)).count(db).await?;
    }
    Ok(rows)
}

/// Two rows of a table of which the database allows one, if both named the first of two rows: the table, the row that names
/// the first, the row that names the second.
pub type Twice = (&'static str, Uuid, Uuid);

/// What is there once for each row of the table `named`, and for both of these two: by the unique constraints.
pub async fn held_twice(
    db: &impl ConnectionTrait,
    named: &str,
    first: Uuid,
    second: Uuid,
) -> Result<Vec<Twice>, StoreError> {
    let mut found = Vec::new();
    for table in TABLES.iter().filter(|table| table.history != History::None) {
        let columns: Vec<&str> = table.references().filter(|(_, of)| *of == named).map(|(column, _)| column).collect();
        if columns.is_empty() {
            continue;
        }
        for unique in unique_columns(db, table.name).await? {
            for column in columns.iter().filter(|column| unique.iter().any(|of| of == *column)) {
                let same = unique.iter().filter(|of| of != column).map(|of| format!(" AND o.{of} = k.{of}"));
                let sql = format!(
                    "SELECT k.id, o.id FROM {table} k JOIN {table} o ON o.{column} = $2{} WHERE k.{column} = $1",
                    same.collect::<String>(),
                    table = table.name
                );
                let values = [first.into(), second.into()];
                let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
                for row in db.query_all_raw(statement).await? {
                    found.push((table.name, row.try_get_by_index(0)?, row.try_get_by_index(1)?));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The columns of each unique constraint of a table.
async fn unique_columns(db: &impl ConnectionTrait, table: &str) -> Result<Vec<Vec<String>>, StoreError> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT l.name, i.name FROM pragma_index_list($1) l JOIN pragma_index_info(l.name) i \
             WHERE l.\"unique\" = 1 ORDER BY l.name"
        }
        _ => {
            "SELECT c.relname::text, a.attname::text FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid \
             JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey) \
             WHERE x.indisunique AND x.indrelid = to_regclass($1) ORDER BY c.relname"
        }
    };
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [table.into()]);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in db.query_all_raw(statement).await? {
        found.entry(row.try_get_by_index(0)?).or_default().push(row.try_get_by_index(1)?);
    }
    Ok(found.into_values().collect())
}

/// Has every row that names `from`, a row of the table `named`, name `to` instead. That no two rows are then the same twice
/// is for the caller to see to.
///
/// # Errors
/// [`StoreError::Duplicate`] where the database allows only one of two rows that would now both be of `to`.
pub async fn give_over(
    tx: &mut Transaction<'_>,
    named: &str,
    from: Uuid,
    to: Uuid,
) -> Result<Vec<(&'static str, u64)>, StoreError> {
    let mut found = Vec::new();
    every_table!(in_every_table!(give(tx, named, from, to) found));
    Ok(found)
}

async fn give<E: Row>(tx: &mut Transaction<'_>, named: &str, from: Uuid, to: Uuid) -> Result<u64, StoreError>
where
    E::ActiveModel: Send,
{
    let mut given = 0;
    for column in columns::<E>(named) {
        let rows = E::find().filter(column.eq(from)).all(tx.reader()).await?;
        given += rows.len() as u64;
        let pairs = rows.into_iter().map(|before| {
            let mut after = before.clone();
            after.set(column, Value::Uuid(Some(to)));
            (before, after)
        });
        tx.update_many::<E>(pairs.collect()).await?;
    }
    Ok(given)
}

/// Deletes rows for good by the name of their table.
///
/// # Errors
/// [`StoreError::NotFound`] where there is no such table, or one of the rows is gone.
pub async fn delete_rows(tx: &mut Transaction<'_>, table: &str, rows: &[Uuid]) -> Result<(), StoreError> {
    every_table!(by_table!(table, delete(tx, rows)))
}

async fn delete<E: Row>(tx: &mut Transaction<'_>, rows: &[Uuid]) -> Result<(), StoreError> {
    let found = E::find().filter(E::id_column().is_in(rows.iter().copied())).all(tx.reader()).await?;
    if found.len() < rows.len() {
        return Err(StoreError::NotFound(words::refusals::gone::record()));
    }
    tx.delete_many::<E>(&found).await
}

/// Whether a change only said which rows a row names: that is in the history of every table, and can be put back also where
/// the rest cannot.
pub fn only_names(table: &Table, before: Option<&serde_json::Value>) -> bool {
    let fields = before.and_then(serde_json::Value::as_object);
    fields.is_some_and(|fields| {
        !fields.is_empty() && fields.keys().all(|field| table.references().any(|(column, _)| column == field))
    })
}
