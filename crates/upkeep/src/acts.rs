//! Acts: what somebody did in one operation, whether it can be taken back, and what this sign-in did.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{Acts, Part, audit_entries};
use store::ids::{AuditEntryId, UserId};

use super::rows::Rows;
use super::since::{Since, stands_on};
use super::tables;
use super::words::{ActWords, Counted, counted, original, originals, words};
use crate::paging::page_size;
use crate::people::user_names;
use crate::{Call, Context, Operation, Result};

/// Why an act cannot be taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum WhyNot {
    AlreadyUndone,
    /// The same was changed later; by whom, when and how, where that is known.
    ChangedSince {
        by: Option<String>,
        at: Option<DateTime<Utc>>,
        act: Option<ActWords>,
    },
    /// Something else uses by now what was made.
    UsedSince {
        by: Option<String>,
        at: Option<DateTime<Utc>>,
        act: Option<ActWords>,
    },
    /// A former password is not kept.
    Password,
    /// A consent or a no stays on record.
    Consent,
    /// Nothing of a face is kept twice.
    Faces,
    Otherwise,
}

/// One thing that was done.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    pub entry: AuditEntryId,
    pub at: DateTime<Utc>,
    pub user: Option<UserId>,
    pub user_name: Option<String>,
    pub words: ActWords,
    /// Whether it took another act back, or did it again.
    pub is_undo: bool,
    /// The undo that took it back, by which it is done again.
    pub undone_by: Option<AuditEntryId>,
    /// Why it cannot be taken back now; none where it can.
    pub why_not: Option<WhyNot>,
}

/// Input of [`my_changes`].
#[derive(Clone, Debug, Default, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct MyChanges {
    /// Only what has not been undone.
    pub standing: Option<bool>,
    /// Not these.
    pub except: Option<Vec<AuditEntryId>>,
    pub limit: Option<u64>,
}

/// What this sign-in did.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyActs {
    /// Newest first.
    pub acts: Vec<Act>,
    /// What was undone last, if nothing was done since: by its `undoneBy` it is done again.
    pub redo: Option<Act>,
}

/// What writes rows that nobody would take back: whoever signs in, and the note that a first card was made.
const NO_ACTS: [&Operation; 3] = [
    &crate::accounts::operations::sign_in.operation,
    &crate::accounts::operations::sign_out.operation,
    &crate::reports::operations::make_report_cards.operation,
];

/// What this sign-in did, newest first, and whether each can be undone.
pub(super) async fn my_changes(call: &Call, input: MyChanges) -> Result<MyActs> {
    let db = call.store().reader();
    let session = call.actor()?.session;
    let own = audit_entries::Entity::find()
        .filter(audit_entries::Column::SessionId.eq(session))
        .filter(audit_entries::Column::Undoes.is_null())
        .filter(
            audit_entries::Column::Operation
                .is_not_in(NO_ACTS.iter().flat_map(|operation| call.services.house.names_ever(operation.name()))),
        )
        .filter(changes_any(&tables::changed_by_people().map(|(name, _)| name).collect::<Vec<_>>()))
        .order_by_desc(audit_entries::Column::Id);
    let newest = own.clone().one(db).await?;
    let mut listed = own.filter(audit_entries::Column::Id.is_not_in(input.except.unwrap_or_default()));
    if input.standing == Some(true) {
        listed = listed.filter(audit_entries::Column::UndoneBy.is_null());
    }
    let listed = listed.limit(page_size(input.limit)).all(db).await?;
    let mut rows = Rows::new(call);
    let undone = last_undone(call, newest.map(|entry| entry.id)).await?;
    let redo = acts(call, &mut rows, undone.into_iter().collect(), None, false).await?.pop();
    Ok(MyActs { acts: acts(call, &mut rows, listed, None, true).await?, redo })
}

/// What this sign-in took back last and nobody did again, unless it did something else since.
async fn last_undone(context: &Context, newest: Option<AuditEntryId>) -> Result<Option<audit_entries::Model>> {
    let db = context.store().reader();
    let undos = audit_entries::Entity::find()
        .filter(audit_entries::Column::SessionId.eq(context.actor()?.session))
        .filter(audit_entries::Column::Undoes.is_not_null())
        .filter(audit_entries::Column::UndoneBy.is_null())
        .order_by_desc(audit_entries::Column::Id)
        .limit(50)
        .all(db)
        .await?;
    for undo in undos.into_iter().filter(|undo| newest.is_none_or(|act| undo.id > act)) {
        let Some(undoes) = undo.undoes else { continue };
        let taken_back = audit_entries::Entity::find_by_id(undoes).one(db).await?;
        // What did something again is no undo that could be taken back by doing it again.
        if let Some(act) = taken_back.filter(|act| act.undoes.is_none() && act.undone_by == Some(undo.id)) {
            return Ok(Some(act));
        }
    }
    Ok(None)
}

/// Whether an entry changed a row of one of these tables.
pub(super) fn changes_any(tables: &[&str]) -> Expr {
    let names: Vec<String> = tables.iter().map(|name| format!("'{name}'")).collect();
    let names = if names.is_empty() { "''".to_owned() } else { names.join(", ") };
    Expr::cust(format!(
        "EXISTS (SELECT 1 FROM audit_changes c WHERE c.entry_id = audit_entries.id AND c.table_name IN ({names}))"
    ))
}

/// The entries as acts, told of these tables only, where the person did not do them; `asked` whether they can be taken back.
pub(super) async fn acts(
    context: &Context,
    rows: &mut Rows<'_>,
    entries: Vec<audit_entries::Model>,
    told_of: Option<&[&str]>,
    asked: bool,
) -> Result<Vec<Act>> {
    let ids: Vec<AuditEntryId> = entries.iter().map(|entry| entry.id).collect();
    let counts = counted(context, &ids).await?;
    let operations = originals(context, &entries).await?;
    let names = user_names(context.store().reader(), entries.iter().filter_map(|entry| entry.user_id)).await?;
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        let told = |count: &&Counted| told_of.is_none_or(|tables| tables.contains(&count.table_name.as_str()));
        let of_entry: Vec<&Counted> = counts.iter().filter(|count| count.entry_id == entry.id).filter(told).collect();
        let operation = operations.get(&entry.id).map_or(entry.operation.as_str(), String::as_str);
        found.push(Act {
            words: words(context, rows, entry.id, operation, &of_entry).await?,
            why_not: if asked { why_not(context, rows, &entry, told_of, false).await? } else { None },
            entry: entry.id,
            at: entry.at,
            user: entry.user_id,
            user_name: entry.user_id.and_then(|user| names.get(&user).cloned()),
            is_undo: entry.undoes.is_some(),
            undone_by: entry.undone_by,
        });
    }
    Ok(found)
}

/// Why the entry cannot be taken back now; `whole` also where it is so large that looking takes a moment.
pub(super) async fn why_not(
    context: &Context,
    rows: &mut Rows<'_>,
    entry: &audit_entries::Model,
    told_of: Option<&[&str]>,
    whole: bool,
) -> Result<Option<WhyNot>> {
    if entry.undone_by.is_some() {
        return Ok(Some(WhyNot::AlreadyUndone));
    }
    let db = context.store().reader();
    let counts = counted(context, &[entry.id]).await?;
    if let Some(why) = never(&original(context, entry).await?.operation, &counts) {
        return Ok(Some(why));
    }
    if !whole && counts.iter().map(|count| count.rows).sum::<i64>() > LOOKED_AT_IN_LISTS {
        return Ok(None);
    }
    let Some(since) = stands_on(db, entry.id).await? else { return Ok(None) };
    let later = match since {
        Since::Changed(later) | Since::Used(Some(later)) => audit_entries::Entity::find_by_id(later).one(db).await?,
        Since::Used(None) => None,
    };
    let Some(later) = later else { return Ok(Some(WhyNot::since(since, None, None))) };
    let act = Box::pin(acts(context, rows, vec![later], told_of, false)).await?.pop();
    let by = act.as_ref().and_then(|act| act.user_name.clone());
    Ok(Some(WhyNot::since(since, by, act.map(|act| (act.at, act.words)))))
}

/// Rows of an act up to which a list says whether it can be undone; a larger one says so when it is tried.
const LOOKED_AT_IN_LISTS: i64 = 2_000;

/// What can be taken back at no time.
fn never(operation: &str, counts: &[Counted]) -> Option<WhyNot> {
    if [&crate::accounts::operations::set_password.operation, &crate::accounts::operations::change_password.operation]
        .iter()
        .any(|never| never.name() == operation)
    {
        return Some(WhyNot::Password);
    }
    if NO_ACTS.iter().any(|never| never.name() == operation) {
        return Some(WhyNot::Otherwise);
    }
    let known: Vec<(&str, &Acts)> = counts
        .iter()
        .filter_map(|count| Some((count.table_name.as_str(), tables::acts_on(&count.table_name)?)))
        .collect();
    if known.iter().any(|(_, acts)| acts.undo) {
        return None;
    }
    let consent = |(name, _): &(&str, &Acts)| matches!(*name, "consents" | "face_objections");
    Some(match known.first() {
        _ if known.iter().any(consent) => WhyNot::Consent,
        Some((_, acts)) if acts.part == Part::Faces => WhyNot::Faces,
        _ => WhyNot::Otherwise,
    })
}
