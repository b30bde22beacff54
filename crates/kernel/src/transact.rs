//! One transaction per operation: it carries the operation's name and yields audit, undo and announcement.

use std::collections::BTreeSet;
use std::ops::AsyncFnOnce;

use serde::{Deserialize, Serialize};
use store::entities::{audit_changes, audit_entries};
use store::ids::{AuditChangeId, AuditEntryId};
use store::{Link, Transaction};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use words::refusals;

use crate::{Announcement, Call, Context, Error, ErrorCode, Operation, Result};

/// What an operation returns that has nothing else to say.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Undoable {
    /// By this the operation can be taken back; none where nothing was changed.
    pub undo: Option<AuditEntryId>,
}

/// The most rows that are announced one by one; more are announced by their table only.
const ROWS_ANNOUNCED: usize = 50;

pub(crate) async fn transact<T>(
    call: &Call,
    undoes: Option<AuditEntryId>,
    work: impl AsyncFnOnce(&mut Transaction<'_>) -> Result<T>,
) -> Result<(T, Option<AuditEntryId>)> {
    let context = call.context();
    let operation = call.operation();
    let mut transaction = context.store().begin().await?;
    let result = work(&mut transaction).await?;
    for also in context.services.house.in_transaction {
        also(context, &transaction).await?;
    }
    let entry = audit(context, operation, undoes, &mut transaction).await?;
    context.job.before_commit(&transaction, context.now()).await?;
    let changes = transaction.commit().await?;
    context.job.after_commit();
    for also in context.services.house.after_commit {
        also(context, operation, &changes).await;
    }

    let mut subjects = BTreeSet::new();
    for change in &changes {
        subjects.insert(change.table.to_owned());
        if changes.len() <= ROWS_ANNOUNCED {
            subjects.insert(format!("{}:{}", change.table, change.row));
        }
    }
    // Screens that show what was done ask again by the entries alone.
    subjects.retain(|subject| !subject.starts_with("audit_") || subject == "audit_entries");
    if undoes.is_some() {
        // What is taken back may stand on any screen, under whatever name: all of them ask again.
        subjects.insert("*".to_owned());
    }
    if !subjects.is_empty() {
        // What belongs to no school, a district or a user, may be seen from any.
        let schools = changes.iter().filter(|change| !change.table.starts_with("audit_"));
        let schools = schools.map(|change| change.school).collect();
        context.services.announcer.announce(Announcement::new(subjects, schools));
    }
    tracing::info!(operation = operation.name(), rows = changes.len(), "done");
    Ok((result, entry))
}

async fn audit(
    context: &Context,
    operation: &Operation,
    undoes: Option<AuditEntryId>,
    transaction: &mut Transaction<'_>,
) -> Result<Option<AuditEntryId>> {
    let changes = transaction.changes().to_vec();
    if changes.is_empty() {
        return Ok(None);
    }
    let entry_id = AuditEntryId::new();
    let school = changes.iter().find_map(|change| change.school);
    let Link { writer, number, previous } = transaction.link().await?;
    let mut entry = audit_entries::Model {
        id: entry_id,
        school_id: school,
        operation: operation.name().to_owned(),
        user_id: context.actor.as_ref().map(|actor| actor.user),
        session_id: context.actor.as_ref().map(|actor| actor.session),
        at: context.now(),
        undoes,
        undone_by: None,
        writer: Some(writer),
        number: Some(number),
        previous,
        digest: None,
        version: 1,
    };
    let rows: Vec<audit_changes::Model> = changes
        .into_iter()
        .map(|change| audit_changes::Model {
            id: AuditChangeId::new(),
            entry_id,
            school_id: change.school,
            table_name: change.table.to_owned(),
            row_id: change.row,
            kind: change.kind,
            before: change.before,
            after: change.after,
            student_id: change.student,
            digest: change.digest,
            version: 1,
        })
        .collect();
    entry.digest = Some(store::digest_of_entry(&entry, &rows));
    transaction.insert::<audit_entries::Entity>(entry).await?;
    if let Some(undone) = undoes {
        mark_undone(transaction, undone, entry_id).await?;
    }
    transaction.insert_many::<audit_changes::Entity>(rows).await?;
    Ok(Some(entry_id))
}

/// Notes at the entry that it was taken back, once only; where that was itself an undo, what it took back stands again.
async fn mark_undone(transaction: &Transaction<'_>, undone: AuditEntryId, by: AuditEntryId) -> Result<()> {
    let sql = "UPDATE audit_entries SET undone_by = $1 WHERE id = $2 AND undone_by IS NULL";
    let marked = transaction.unaudited().execute_raw(transaction.statement(sql, [by.into(), undone.into()])).await?;
    if marked.rows_affected() != 1 {
        return Err(Error::new(ErrorCode::CannotUndo, refusals::common::undone_already()));
    }
    let again = audit_entries::Entity::find().filter(audit_entries::Column::UndoneBy.eq(undone));
    for stands in again.all(transaction.reader()).await? {
        set_undone(transaction, stands.id, None).await?;
        if let Some(taken_back) = stands.undoes {
            // An undo that stands again: what it took back is taken back again.
            set_undone(transaction, taken_back, Some(stands.id)).await?;
        }
    }
    Ok(())
}

async fn set_undone(transaction: &Transaction<'_>, entry: AuditEntryId, by: Option<AuditEntryId>) -> Result<()> {
    let sql = "UPDATE audit_entries SET undone_by = $1 WHERE id = $2";
    transaction.unaudited().execute_raw(transaction.statement(sql, [by.into(), entry.into()])).await?;
    Ok(())
}
