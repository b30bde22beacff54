//! Taking an operation back: all of it or nothing, and only while nobody changed the same since.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{audit_changes, audit_entries};
use store::ids::AuditEntryId;
use store::{Reversal, StoreError, reverse};

use crate::people::reindex;
use crate::transact::transact_undoing;
use crate::{Context, Error, ErrorCode, Operation, Result, rules};

/// What an operation returns that has nothing else to say.
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Undoable {
    /// By this the operation can be taken back; none where nothing was changed.
    pub undo: Option<AuditEntryId>,
}

/// Input of [`undo`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Undo {
    pub entry: AuditEntryId,
}

fn cannot(why: &str) -> Error {
    Error::new(ErrorCode::CannotUndo, why)
}

/// Takes an operation back. Who did it may, as long as they may do it at all, and leaders of the school. Taking back an
/// undo does the operation again.
pub async fn undo(context: &Context, input: Undo) -> Result<Undoable> {
    context.permit(Operation::undo)?;
    let db = context.store().reader();
    let entry = audit_entries::Entity::find_by_id(input.entry).one(db).await?;
    let entry = entry.ok_or_else(|| Error::not_found("change"))?;
    let changes = audit_changes::Entity::find()
        .filter(audit_changes::Column::EntryId.eq(entry.id))
        .order_by_desc(audit_changes::Column::Id)
        .all(db)
        .await?;
    permit_undo(context, &entry, &changes).await?;
    if entry.undone_by.is_some() {
        return Err(cannot("This has been undone already."));
    }
    let ((), undo) = transact_undoing(context, Operation::undo, Some(entry.id), async |tx| {
        for change in changes {
            let reversal = Reversal {
                table: change.table_name,
                row: change.row_id,
                kind: change.kind,
                before: change.before,
                after: change.after,
            };
            reverse(tx, &reversal).await.map_err(changed_since)?;
        }
        let reversed = tx.changes().to_vec();
        reindex(tx, &reversed).await
    })
    .await?;
    Ok(Undoable { undo })
}

/// The operation that the entry did at first: an undo's own is what it took back.
async fn original(context: &Context, entry: &audit_entries::Model) -> Result<Operation> {
    let mut entry = entry.clone();
    while let Some(undoes) = entry.undoes {
        let found = audit_entries::Entity::find_by_id(undoes).one(context.store().reader()).await?;
        entry = found.ok_or_else(|| Error::not_found("change"))?;
    }
    Operation::parse(&entry.operation).ok_or_else(|| cannot("This kind of change cannot be undone."))
}

async fn permit_undo(context: &Context, entry: &audit_entries::Model, changes: &[audit_changes::Model]) -> Result<()> {
    let operation = original(context, entry).await?;
    let access = context.permit(operation)?;
    let actor = context.actor()?;
    let own = entry.user_id == Some(actor.user);
    for change in changes {
        let Some(school) = change.school_id else {
            // Rows above a school (the school itself) are the leaders' own.
            if own { continue } else { return Err(Error::forbidden()) }
        };
        access.at(school)?;
        let leads = actor
            .grants
            .iter()
            .any(|(at, role)| *at == school && rules::LEADERS.iter().any(|(leader, _)| leader == role));
        if !own && !leads {
            return Err(Error::forbidden());
        }
    }
    Ok(())
}

fn changed_since(error: StoreError) -> Error {
    match error {
        StoreError::Stale { .. } | StoreError::Duplicate(_) => {
            cannot("Somebody changed this in the meantime, so it cannot be undone.")
                .help("Open it, look at its history and correct it by hand.")
        }
        StoreError::NotFound(_) => cannot("This kind of change cannot be undone."),
        StoreError::Database(error) if is_foreign_key(&error) => {
            cannot("Something else uses this by now, so it cannot be undone.")
                .help("Delete it instead; what belongs to it goes out of sight with it.")
        }
        other => other.into(),
    }
}

fn is_foreign_key(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_)))
}
