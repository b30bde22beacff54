//! What is wrong with the data itself, one line a finding: rows that cannot be read or are not what the history says, entries
//! of the history that were changed or taken away, references into nothing. For `homeroom doctor`; nothing is written.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::entities::{guardians, staff, students};
use store::{Astray, Fault, HistoryFault, RowFault, StrayRow};
use uuid::Uuid;
use words::faults::damage;
use words::{Message, Text};

use crate::people::Indexed;
use crate::{Result, Services};

/// What was found, and how much was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// The first of each kind first.
    pub findings: Vec<Message>,
    /// Rows that are what the history says.
    pub proven: u64,
    /// Rows that were last written by a Homeroom that kept no digests: they can only be read.
    pub unproven: u64,
}

/// Looks at every row.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn damage(services: &Arc<Services>) -> Result<Damage> {
    let store = &services.store;
    let proof = store.prove().await?;
    let mut findings: Vec<Message> = proof.history.iter().map(of_history).collect();
    let whom: Vec<Uuid> = proof.rows.iter().filter_map(|row| row.student).collect();
    let mut numbers = HashMap::new();
    for some in whom.chunks(500) {
        let found = students::Entity::find().filter(students::Column::Id.is_in(some.iter().copied()));
        // A student's own row may be the one that cannot be read.
        let found = found.all(store.reader()).await.unwrap_or_default();
        numbers.extend(found.into_iter().map(|student| (student.id.0, student.number)));
    }
    findings.extend(proof.rows.iter().map(|row| of_row(row, &numbers)));
    findings.extend(search_words(services).await?);
    findings.extend(store.stray_rows().await?.iter().map(of_reference));
    Ok(Damage { findings, proven: proof.proven, unproven: proof.unproven })
}

fn of_reference(StrayRow { table, row, names, astray }: &StrayRow) -> Message {
    let what: Text = match row {
        Some(row) => damage::row(table, row.to_string()).into(),
        None => damage::some_row(table).into(),
    };
    match astray {
        Astray::Nowhere => damage::names_nothing(table, names),
        Astray::OtherSchool => damage::names_other_school(what, names),
        Astray::OtherDistrict => damage::names_other_district(what, names),
    }
}

/// Whether everybody is found by the own words and by no others.
async fn search_words(services: &Arc<Services>) -> Result<Option<Message>> {
    let db = services.store.reader();
    let sql = "SELECT school_id, word, person_kind, person_id FROM search_words";
    let mut kept = HashSet::new();
    for row in db.query_all_raw(services.store.statement(sql, [])).await? {
        let read = || -> Result<(Uuid, String, String, Uuid), sea_orm::DbErr> {
            Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?))
        };
        match read() {
            Ok(word) => drop(kept.insert(word)),
            Err(_) => return Ok(Some(damage::words_unreadable())),
        }
    }
    // A person's own row that cannot be read is named already.
    let mut people = Vec::new();
    let of_students = students::Entity::find().all(db).await.unwrap_or_default();
    people.extend(of_students.iter().map(|row| (row.school_id, Indexed::student(row))));
    let of_guardians = guardians::Entity::find().all(db).await.unwrap_or_default();
    people.extend(of_guardians.iter().map(|row| (row.school_id, Indexed::guardian(row))));
    let of_staff = staff::Entity::find().all(db).await.unwrap_or_default();
    people.extend(of_staff.iter().map(|row| (row.school_id, Indexed::staff(row))));
    let wanted: HashSet<_> = people
        .into_iter()
        .flat_map(|(school, person)| person.into_rows().map(move |(word, kind, id)| (school.0, word, kind, id)))
        .collect();
    let wrong: HashSet<Uuid> = kept.symmetric_difference(&wanted).map(|(.., person)| *person).collect();
    Ok((!wrong.is_empty()).then(|| damage::people_not_found(wrong.len())))
}

fn of_history(fault: &HistoryFault) -> Message {
    match fault {
        HistoryFault::Changed(entry) => damage::history_changed(entry.to_string()),
        HistoryFault::Missing { count: 1, before } => damage::history_lacks_one(before.to_string()),
        HistoryFault::Missing { count, before } => damage::history_lacks(*count, before.to_string()),
        HistoryFault::Unreadable => damage::history_unreadable(),
    }
}

fn of_row(row: &RowFault, numbers: &HashMap<Uuid, String>) -> Message {
    let RowFault { table, row, student, fault } = row;
    let what: Text = match student.and_then(|student| numbers.get(&student)) {
        Some(number) => damage::row_of_student(*table, row.to_string(), number).into(),
        None => damage::row(*table, row.to_string()).into(),
    };
    match fault {
        Fault::Unreadable => damage::row_unreadable(what),
        Fault::Changed => damage::row_changed(what),
        Fault::Gone => damage::row_gone(what),
        Fault::Unknown => damage::row_unknown(what),
    }
}
