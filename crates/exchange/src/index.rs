//! Which ids a set holds, so that each is there once and each reference leads somewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use words::Message;
use words::faults::exchange::{expected, table, taken};

use crate::error::NoteKind;
use crate::log::Log;
use crate::own::OwnValues;
use crate::reading::TableReading;
use crate::roster::{Parsed, Place, Roster, Status, Table, Unresolved};
use crate::row::Row;

/// Where a reference leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    /// To a row of the set.
    Here,
    /// Perhaps to a row that is stored already.
    Stored,
    Nowhere,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    line: u32,
    accepted: bool,
}

/// The ids of all tables, and the references that only the store can answer.
#[derive(Debug, Default)]
pub(crate) struct Index {
    rows: BTreeMap<Table, HashMap<String, Seen>>,
    /// Tables whose rows are all in the set: a reference to another row leads nowhere.
    complete: BTreeSet<Table>,
    /// Place of each in `unresolved`.
    asked: HashMap<(Table, String), usize>,
    unresolved: Vec<Unresolved>,
}

/// A reference as it stands in a row.
pub(crate) struct Reference<'r> {
    pub(crate) at: &'r Place,
    pub(crate) column: &'r str,
    pub(crate) table: Table,
    pub(crate) id: &'r str,
}

impl Index {
    pub(crate) fn complete(&mut self, table: Table) {
        self.complete.insert(table);
    }

    /// Enters a row under its id, whether or not it was accepted, and refuses an id that is there already.
    /// Returns the record if it may be taken in.
    pub(crate) fn enter<T>(
        &mut self,
        table: Table,
        id: &str,
        row: &Row<'_, '_>,
        column: &str,
        record: Option<T>,
    ) -> Option<T> {
        if id.is_empty() {
            return record;
        }
        let rows = self.rows.entry(table).or_default();
        if let Some(first) = rows.get(id) {
            row.refuse(column, expected::once(first.line.to_string()));
            return None;
        }
        rows.insert(id.to_owned(), Seen { line: row.line, accepted: record.is_some() });
        record
    }

    pub(crate) fn holds(&self, table: Table, id: &str) -> bool {
        self.rows.get(&table).is_some_and(|rows| rows.contains_key(id))
    }

    fn refused(&mut self, table: Table, id: &str) {
        if let Some(seen) = self.rows.get_mut(&table).and_then(|rows| rows.get_mut(id)) {
            seen.accepted = false;
        }
    }

    fn lead(&self, table: Table, id: &str) -> Lead {
        match self.rows.get(&table).and_then(|rows| rows.get(id)) {
            Some(Seen { accepted: true, .. }) => Lead::Here,
            Some(_) => Lead::Nowhere,
            None if self.complete.contains(&table) => Lead::Nowhere,
            None => Lead::Stored,
        }
    }

    /// Follows a reference that the row cannot do without; refuses the row if it leads nowhere.
    pub(crate) fn must(&mut self, log: &Log, reference: &Reference<'_>) -> bool {
        match self.lead(reference.table, reference.id) {
            Lead::Here => true,
            Lead::Stored => {
                self.ask(reference, false);
                true
            }
            Lead::Nowhere => {
                let Reference { at, column, table, id } = reference;
                let seen = self.rows.get(table).and_then(|rows| rows.get(*id));
                let expected = match seen {
                    Some(seen) => expected::taken_in(kind(*table), seen.line.to_string()),
                    None => expected::in_set(kind(*table)),
                };
                log.refuse_reference(at, column, id, expected);
                false
            }
        }
    }

    /// Follows a reference that the row can do without; notes one that is left out.
    pub(crate) fn may(&mut self, log: &Log, reference: &Reference<'_>) -> bool {
        match self.lead(reference.table, reference.id) {
            Lead::Here => true,
            Lead::Stored => {
                self.ask(reference, true);
                true
            }
            Lead::Nowhere => {
                let Reference { at, column, table, id } = reference;
                log.note(NoteKind::LeftOut, &at.file, at.line, column, id, || taken::not_of_set(kind(*table)));
                false
            }
        }
    }

    fn ask(&mut self, reference: &Reference<'_>, optional: bool) {
        let key = (reference.table, reference.id.to_owned());
        if let Some(known) = self.asked.get(&key).and_then(|place| self.unresolved.get_mut(*place)) {
            known.optional &= optional;
            return;
        }
        self.asked.insert(key, self.unresolved.len());
        self.unresolved.push(Unresolved {
            at: reference.at.clone(),
            column: reference.column.to_owned(),
            table: reference.table,
            id: reference.id.to_owned(),
            optional,
        });
    }

    /// Keeps the records whose references lead somewhere. A row to be deleted need not lead anywhere.
    pub(crate) fn keep<T: Linked>(
        &mut self,
        records: &mut Vec<T>,
        log: &Log,
        mut check: impl FnMut(&mut Self, &mut T, &Log) -> bool,
    ) {
        records.retain_mut(|record| {
            let good = record.status() == Status::ToBeDeleted || check(self, record, log);
            if !good {
                self.refused(T::TABLE, record.id());
            }
            good
        });
    }

    pub(crate) fn finish(self, roster: Roster, log: Log, readings: Vec<TableReading>) -> Parsed {
        let (refused, notes) = log.finish();
        let own = OwnValues::default();
        Parsed { roster, list: None, own, refused, notes, unresolved: self.unresolved, readings }
    }
}

/// A record that other records can refer to.
pub(crate) trait Linked {
    const TABLE: Table;
    fn id(&self) -> &str;
    fn status(&self) -> Status;
}

macro_rules! linked {
    ($($record:ident $id:ident $table:ident),*) => {$(
        impl Linked for crate::roster::$record {
            const TABLE: Table = Table::$table;
            fn id(&self) -> &str { &self.$id }
            fn status(&self) -> Status { self.status }
        }
    )*};
}

linked!(
    Org source_id Orgs, AcademicSession source_id Sessions, Course source_id Courses, Class source_id Classes, User source_id Users,
    UserRole source_id Roles, Enrolment source_id Enrolments, Demographics user Demographics, Category source_id Categories,
    LineItem source_id LineItems, RosterResult source_id Results
);

/// What a row of the table is.
fn kind(table: Table) -> Message {
    match table {
        Table::Orgs => table::orgs(),
        Table::Sessions => table::sessions(),
        Table::Courses => table::courses(),
        Table::Classes => table::classes(),
        Table::Users => table::users(),
        Table::Roles => table::roles(),
        Table::Enrolments => table::enrolments(),
        Table::Demographics => table::demographics(),
        Table::Categories => table::categories(),
        Table::LineItems => table::line_items(),
        Table::Results => table::results(),
    }
}
