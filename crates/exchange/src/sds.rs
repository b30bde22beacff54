//! What both versions of Microsoft's School Data Sync have in common: relationships and enrolments have no ids, and are
//! known by the two records that they join.

use std::collections::HashMap;

use crate::date::DateOrder;
use crate::error::ExchangeError;
use crate::index::{Index, Reference};
use crate::links;
use crate::log::Log;
use crate::oneroster::open;
use crate::roster::{Agent, Enrolment, EnrolmentRole, Parsed, Roster, RosterRole, Status, Table};
use crate::row::Row;
use crate::set::Set;
use crate::sheet::{Sheet, Spec, readings};

pub(crate) struct Reader<'a> {
    pub sheets: HashMap<&'static str, Sheet<'a>>,
    pub log: Log,
    pub index: Index,
}

impl<'a> Reader<'a> {
    pub fn open(set: &'a Set, files: &'static [Spec], dates: Option<DateOrder>) -> Result<Self, ExchangeError> {
        let log = Log::default();
        log.extend(&set.notes);
        let sheets = open(set, files, dates, &log)?;
        Ok(Self { sheets, log, index: Index::default() })
    }

    /// Checks what refers to what, and ends.
    pub fn finish(mut self, mut roster: Roster) -> Parsed {
        links::check(&mut roster, &mut self.index, &self.log);
        self.index.finish(roster, self.log, readings(self.sheets))
    }

    /// Reads the file that joins students, named in the first column, to their guardians, named in the second.
    pub fn relationships(
        &mut self,
        roster: &mut Roster,
        file: &str,
        [student_column, guardian_column]: [&'static str; 2],
        relation: impl Fn(&Row<'_, '_>) -> Option<RosterRole>,
    ) -> Result<(), ExchangeError> {
        let Some(sheet) = self.sheets.get(file) else { return Ok(()) };
        let places = places(roster);
        sheet.each(&self.log, |row| {
            let (student, guardian) = (row.id(student_column), row.id(guardian_column));
            let relation = relation(row);
            let at = row.place();
            let must = |index: &mut Index, column, id: &str| {
                index.must(&self.log, &Reference { at: &at, column, table: Table::Users, id })
            };
            let good = row.accept(()).is_some()
                && must(&mut self.index, student_column, &student)
                && must(&mut self.index, guardian_column, &guardian);
            if let Some(user) = places.get(&student).filter(|_| good).and_then(|place| roster.users.get_mut(*place)) {
                user.agents.push(Agent { user: guardian, word: String::new(), relation });
            }
        })?;
        Ok(())
    }

    /// Reads a file that joins classes, named in the first column, to people, named in the second. A row of which
    /// `role` says nothing is passed over.
    pub fn enrolments(
        &mut self,
        roster: &mut Roster,
        file: &str,
        [class_column, user_column]: [&'static str; 2],
        role: impl Fn(&Row<'_, '_>) -> Option<EnrolmentRole>,
    ) -> Result<(), ExchangeError> {
        let Some(sheet) = self.sheets.get(file) else { return Ok(()) };
        let schools: HashMap<&str, Option<String>> =
            roster.classes.iter().map(|class| (class.source_id.as_str(), class.school.clone())).collect();
        sheet.each(&self.log, |row| {
            let (class, user) = (row.id(class_column), row.id(user_column));
            let Some(role) = role(row) else { return };
            let enrolment = row.accept(Enrolment {
                source_id: format!("{class}|{user}|{role:?}"),
                status: Status::Active,
                school: schools.get(class.as_str()).cloned().flatten(),
                class,
                user,
                role,
                primary: false,
                begin: None,
                end: None,
                at: row.place(),
            });
            let id = enrolment.as_ref().map(|row| row.source_id.clone()).unwrap_or_default();
            roster.enrolments.extend(self.index.enter(Table::Enrolments, &id, row, user_column, enrolment));
        })?;
        Ok(())
    }
}

/// Where each user is in the roster.
pub(crate) fn places(roster: &Roster) -> HashMap<String, usize> {
    roster.users.iter().enumerate().map(|(place, user)| (user.source_id.clone(), place)).collect()
}
