//! Taking back what an operation changed, row by row, if nobody changed it since; and rows as the audit reads them.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, QueryFilter,
    TryIntoModel,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::entities::*;
use crate::transaction::{Change, student_of};
use crate::{StoreError, Transaction, digest, only_names};

/// One recorded change that is to be taken back.
#[derive(Clone, Debug)]
pub struct Reversal {
    pub table: String,
    pub row: Uuid,
    pub kind: ChangeKind,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

/// Does something with the table that goes by this name, where people do something to it; none of them: an error.
macro_rules! by_table {
    ([$name:expr, $work:ident $arguments:tt] $($module:ident),*) => {
        match $name {
            $(<$module::Entity as Row>::TABLE => $work::<$module::Entity> $arguments.await,)*
            _ => Err(StoreError::NotFound(words::refusals::gone::undoable_change())),
        }
    };
}

pub(crate) use by_table;

/// Takes changes back, in this order: inserted rows go, changed fields get their former values, deleted rows return.
/// `progress` hears how many are done. A row that no longer holds what the change left there is refused as stale; that
/// nothing else stands on an inserted row, the caller makes sure.
pub async fn reverse<E: From<StoreError>>(
    transaction: &mut Transaction<'_>,
    reversals: &[Reversal],
    mut progress: impl FnMut(usize) -> Result<(), E>,
) -> Result<(), E> {
    let mut done = 0;
    let alike = |a: &Reversal, b: &Reversal| a.kind == ChangeKind::Insert && a.kind == b.kind && a.table == b.table;
    for run in reversals.chunk_by(alike).flat_map(|run| run.chunks(ROWS_AT_ONCE)) {
        progress(done)?;
        reverse_run(transaction, run).await?;
        done += run.len();
    }
    progress(done)
}

/// Inserted rows that go in one statement.
const ROWS_AT_ONCE: usize = 500;

/// Changes of one table: inserted rows, or one other change.
async fn reverse_run(transaction: &mut Transaction<'_>, run: &[Reversal]) -> Result<(), StoreError> {
    let Some(first) = run.first() else { return Ok(()) };
    let name = undoable(first)?;
    every_table!(by_table!(name, of_table(transaction, run)))
}

/// The name of the table, where the change can be put back.
fn undoable(of: &Reversal) -> Result<&'static str, StoreError> {
    let undoable = Table::named(&of.table).filter(|_| can_be_put_back(&of.table, of.kind, of.before.as_ref()));
    undoable.map(|table| table.name).ok_or(StoreError::NotFound(words::refusals::gone::undoable_change()))
}

/// Whether a change of a row of this table can be put back: by what the table says, and always where it only says whose the
/// row is.
pub fn can_be_put_back(table: &str, kind: ChangeKind, before: Option<&Json>) -> bool {
    Table::named(table).is_some_and(|table| {
        table.acts().is_some_and(|acts| acts.undo) || (kind == ChangeKind::Update && only_names(table, before))
    })
}

/// Rows of a table as they are now, by their identifiers; what is secret in them is left out.
pub async fn read_rows(
    db: &impl ConnectionTrait,
    table: &str,
    rows: &[Uuid],
) -> Result<HashMap<Uuid, Json>, StoreError> {
    let known = Table::named(table).filter(|table| table.acts().is_some());
    let name = known.ok_or(StoreError::NotFound(words::refusals::gone::record()))?.name;
    every_table!(by_table!(name, read(db, rows)))
}

async fn read<E: Row>(db: &impl ConnectionTrait, rows: &[Uuid]) -> Result<HashMap<Uuid, Json>, StoreError> {
    let mut found = HashMap::new();
    for some in rows.chunks(ROWS_AT_ONCE) {
        for row in E::find().filter(E::id_column().is_in(some.iter().copied())).all(db).await? {
            found.insert(row.uuid(), serde_json::to_value(&row)?);
        }
    }
    Ok(found)
}

async fn of_table<E: Row>(transaction: &mut Transaction<'_>, run: &[Reversal]) -> Result<(), StoreError>
where
    E::ActiveModel: Send + TryIntoModel<E::Model>,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    match run {
        [one] if one.kind != ChangeKind::Insert => reverse_one::<E>(transaction, one).await,
        inserted => {
            let ids: Vec<Uuid> = inserted.iter().map(|reversal| reversal.row).collect();
            let mut rows =
                E::find().filter(E::id_column().is_in(ids.iter().copied())).all(transaction.reader()).await?;
            // In the order of the run: what takes this back again brings a parent before what refers to it.
            rows.sort_by_key(|row| ids.iter().position(|id| *id == row.uuid()));
            if rows.len() != inserted.len() {
                return Err(stale::<E>(None));
            }
            transaction.delete_many::<E>(&rows).await
        }
    }
}

async fn reverse_one<E: Row>(transaction: &mut Transaction<'_>, reversal: &Reversal) -> Result<(), StoreError>
where
    E::ActiveModel: Send + TryIntoModel<E::Model>,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let current = E::find().filter(E::id_column().eq(reversal.row)).one(transaction.reader()).await?;
    match (reversal.kind, current) {
        (ChangeKind::Update, Some(row)) => restore_fields::<E>(transaction, reversal, row).await,
        (ChangeKind::Delete, None) => {
            let row: E::Model = serde_json::from_value(reversal.before.clone().unwrap_or_default())?;
            transaction.insert::<E>(row).await.map(|_| ())
        }
        (_, current) => Err(stale::<E>(current.map(serde_json::to_value).transpose()?)),
    }
}

fn stale<E: Row>(current: Option<Json>) -> StoreError {
    StoreError::Stale { table: E::TABLE, seen: 0, current: current.map(Box::new) }
}

async fn restore_fields<E: Row>(
    transaction: &mut Transaction<'_>,
    reversal: &Reversal,
    row: E::Model,
) -> Result<(), StoreError>
where
    E::ActiveModel: Send + TryIntoModel<E::Model>,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let (Some(Json::Object(before)), Some(Json::Object(after))) = (&reversal.before, &reversal.after) else {
        return Err(stale::<E>(None));
    };
    let now = serde_json::to_value(&row)?;
    if after.iter().any(|(field, value)| now.get(field) != Some(value)) {
        return Err(stale::<E>(Some(now)));
    }
    // Only the recorded fields are set: what is never written as JSON (hashes, ciphertext) stays as it is.
    let restored: E::Model = match now.clone() {
        Json::Object(mut merged) => {
            merged.extend(before.clone());
            serde_json::from_value(Json::Object(merged))?
        }
        other => serde_json::from_value(other)?,
    };
    let mut fields = <E::ActiveModel as ActiveModelTrait>::default();
    for column in E::Column::iter().filter(|column| before.contains_key(column.as_str())) {
        fields.set(column, restored.get(column));
    }
    fields.set(E::version_column(), (row.version() + 1).into());
    let done = E::update_many()
        .set(fields)
        .filter(E::id_column().eq(reversal.row))
        .filter(E::version_column().eq(row.version()))
        .exec(transaction.unaudited())
        .await?;
    if done.rows_affected == 0 {
        return Err(stale::<E>(Some(now)));
    }
    // Read again: what is never written as JSON is part of what the row has become.
    let restored = E::find().filter(E::id_column().eq(reversal.row)).one(transaction.reader()).await?;
    transaction.record(Change {
        table: E::TABLE,
        row: reversal.row,
        school: row.school(),
        student: student_of::<E>(&row),
        kind: ChangeKind::Update,
        before: reversal.after.clone(),
        after: reversal.before.clone(),
        digest: restored.as_ref().map(digest::of_row::<E>),
    });
    Ok(())
}
