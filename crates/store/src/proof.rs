//! Looks whether rows and history agree: what was changed, added or taken away by another hand than the program's, and what
//! a failing disk has spoilt. Nothing is written.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
};
use uuid::Uuid;

use crate::entities::*;
use crate::{Store, StoreError, digest};

/// Rows that are held at once.
const ROWS_AT_ONCE: u64 = 2_000;

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A value in it cannot be read.
    Unreadable,
    /// It is not what the history says that it became.
    Changed,
    /// The history knows it and does not say that it was deleted.
    Gone,
    /// The history knows nothing of it.
    Unknown,
}

/// A row that does not agree with the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    pub table: &'static str,
    pub row: Uuid,
    /// Whom it is about.
    pub student: Option<Uuid>,
    pub fault: Fault,
}

/// What is wrong with the history itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryFault {
    /// An entry or one of its changes is not what was written.
    Changed(Uuid),
    /// So many entries are not there before this one.
    Missing { count: u64, before: Uuid },
    /// A value in an entry or a change cannot be read.
    Unreadable,
}

/// What was found, and how much was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    pub rows: Vec<RowFault>,
    pub history: Vec<HistoryFault>,
    /// Rows that agree with their history.
    pub proven: u64,
    /// Rows that were last written before there were digests: they are only read.
    pub unproven: u64,
}

/// What the history says of a row.
#[derive(Default)]
struct Said {
    table: String,
    digests: Vec<Vec<u8>>,
    deleted: bool,
}

impl Store {
    /// Compares all rows with their history, and the history with itself.
    ///
    /// # Errors
    /// When the database refuses to be read at all.
    pub async fn prove(&self) -> Result<Proof, StoreError> {
        let db = self.reader();
        let mut proof = Proof::default();
        let mut said = HashMap::new();
        let first = match history(db, &mut proof, &mut said).await {
            Ok(first) => first,
            Err(StoreError::Database(_) | StoreError::UnknownValue(_) | StoreError::Json(_)) => {
                proof.history.push(HistoryFault::Unreadable);
                return Ok(proof);
            }
            Err(error) => return Err(error),
        };
        macro_rules! each {
            ([] $($module:ident),*) => {
                $(if !matches!(<$module::Entity as Row>::SAYS.history, History::None) {
                    rows::<$module::Entity>(self, &mut proof, &mut said, first).await?;
                })*
            };
        }
        every_table!(each!());
        let mut gone: Vec<RowFault> = said
            .into_iter()
            .filter(|(_, said)| !said.deleted && !said.digests.is_empty())
            .filter_map(|(row, said)| {
                let table = Table::named(&said.table)?.name;
                Some(RowFault { table, row, student: None, fault: Fault::Gone })
            })
            .collect();
        gone.sort_by_key(|fault| (fault.table, fault.row));
        proof.rows.extend(gone);
        Ok(proof)
    }
}

/// Reads the whole history: what it says of each row, and whether it is whole. Returns its first entry that has a digest.
async fn history(
    db: &DatabaseConnection,
    proof: &mut Proof,
    said: &mut HashMap<Uuid, Said>,
) -> Result<Option<Uuid>, StoreError> {
    let mut first = None;
    let mut chains: HashMap<Uuid, Vec<Kept>> = HashMap::new();
    let mut last = Uuid::nil();
    loop {
        let entries = audit_entries::Entity::find()
            .filter(audit_entries::Column::Id.gt(last))
            .order_by_asc(audit_entries::Column::Id)
            .limit(ROWS_AT_ONCE / 10)
            .all(db)
            .await?;
        let Some(newest) = entries.last() else { break };
        last = newest.id.0;
        let changes = audit_changes::Entity::find()
            .filter(audit_changes::Column::EntryId.is_in(entries.iter().map(|entry| entry.id)))
            .all(db)
            .await?;
        let mut of_entry: HashMap<Uuid, Vec<audit_changes::Model>> = HashMap::new();
        for change in changes {
            let row = said.entry(change.row_id).or_default();
            row.table.clone_from(&change.table_name);
            row.deleted |= change.kind == ChangeKind::Delete;
            row.digests.extend(change.digest.clone());
            of_entry.entry(change.entry_id.0).or_default().push(change);
        }
        for entry in entries {
            let (Some(writer), Some(number), Some(kept)) = (entry.writer, entry.number, entry.digest.clone()) else {
                continue;
            };
            first = first.or(Some(entry.id.0));
            let changes = of_entry.remove(&entry.id.0).unwrap_or_default();
            if digest::of_entry(&entry, &changes) != kept {
                proof.history.push(HistoryFault::Changed(entry.id.0));
            }
            let kept = Kept { number, entry: entry.id.0, previous: entry.previous, digest: kept };
            chains.entry(writer).or_default().push(kept);
        }
    }
    whole(chains, &mut proof.history);
    Ok(first)
}

/// Where an entry stands, and its digest.
struct Kept {
    number: i64,
    entry: Uuid,
    previous: Option<Vec<u8>>,
    digest: Vec<u8>,
}

/// Each writer's entries are numbered from 1 and name the one before; the first names whichever was the newest then.
fn whole(chains: HashMap<Uuid, Vec<Kept>>, faults: &mut Vec<HistoryFault>) {
    let all: HashSet<Vec<u8>> = chains.values().flatten().map(|kept| kept.digest.clone()).collect();
    for mut chain in chains.into_values() {
        chain.sort_by_key(|kept| kept.number);
        let (mut before, mut newest) = (0_i64, None);
        for Kept { number, entry, previous, digest } in chain {
            let lacking = u64::try_from(number.saturating_sub(before).saturating_sub(1)).unwrap_or(0);
            // A former chain that is gone as a whole is known by the first entry of the next one.
            let unknown = number == 1 && previous.as_ref().is_some_and(|previous| !all.contains(previous));
            if lacking > 0 || unknown {
                faults.push(HistoryFault::Missing { count: lacking.max(1), before: entry });
            } else if number > 1 && previous != newest {
                faults.push(HistoryFault::Changed(entry));
            }
            (before, newest) = (number, Some(digest));
        }
    }
}

async fn rows<E: Row>(
    store: &Store,
    proof: &mut Proof,
    said: &mut HashMap<Uuid, Said>,
    first: Option<Uuid>,
) -> Result<(), StoreError> {
    let mut last = Uuid::nil();
    loop {
        let ids = E::find()
            .select_only()
            .column(E::id_column())
            .filter(E::id_column().gt(last))
            .order_by_asc(E::id_column())
            .limit(ROWS_AT_ONCE)
            .into_tuple::<Uuid>()
            .all(store.reader())
            .await?;
        let Some(newest) = ids.last() else { return Ok(()) };
        let some =
            E::find().filter(E::id_column().gt(last)).filter(E::id_column().lte(*newest)).all(store.reader()).await;
        last = *newest;
        match some {
            Ok(rows) => rows.iter().for_each(|row| one::<E>(row, proof, said, first)),
            // One of them cannot be read: each by itself, so that it is named.
            Err(_) => {
                for id in ids {
                    match E::find().filter(E::id_column().eq(id)).one(store.reader()).await {
                        Ok(row) => row.iter().for_each(|row| one::<E>(row, proof, said, first)),
                        Err(_) => {
                            said.remove(&id);
                            let student = student_of_unreadable::<E>(store, id).await;
                            proof.rows.push(RowFault { table: E::TABLE, row: id, student, fault: Fault::Unreadable });
                        }
                    }
                }
            }
        }
    }
}

fn one<E: Row>(row: &E::Model, proof: &mut Proof, said: &mut HashMap<Uuid, Said>, first: Option<Uuid>) {
    let id = row.uuid();
    let student = crate::transaction::student_of::<E>(row).map(|student| student.0);
    let mut fault = |fault| proof.rows.push(RowFault { table: E::TABLE, row: id, student, fault });
    let found = digest::of_row::<E>(row);
    match said.remove(&id).filter(|said| !said.digests.is_empty()) {
        // Its first four bytes are its version: what is older than its history was put back by another hand.
        Some(said) if said.digests.contains(&found) || said.digests.contains(&digest::of_row_before::<E>(row)) => {
            let newest = said.digests.iter().map(|digest| digest.get(..4)).max();
            if !said.deleted && newest > Some(found.get(..4)) {
                fault(Fault::Changed);
            } else {
                proof.proven += 1;
            }
        }
        Some(_) => fault(Fault::Changed),
        // Identifiers begin with the time at which they were made.
        None if first.is_some_and(|first| first < id) => fault(Fault::Unknown),
        None => proof.unproven += 1,
    }
}

/// Whom a row is about of which something cannot be read.
async fn student_of_unreadable<E: Row>(store: &Store, id: Uuid) -> Option<Uuid> {
    let sql = format!("SELECT student_id FROM {} WHERE id = $1", E::TABLE);
    let row: Option<QueryResult> = store.reader().query_one_raw(store.statement(&sql, [id.into()])).await.ok()?;
    row?.try_get_by_index(0).ok()
}
