//! Academic years with their terms and grading periods.

use std::collections::{HashMap, HashSet};

use chrono::Datelike;
use exchange::{AcademicSession, AcademicSessionKind, Status};
use store::entities::{AcademicSessionKind as Kept, academic_sessions};
use store::ids::AcademicSessionId;

use super::{Going, Left, day_after, nowhere, own_or, required};

/// The years that go out.
pub(super) struct Years {
    /// What the set calls each session.
    pub id_of: HashMap<AcademicSessionId, String>,
    /// The last day of each term.
    pub term_end: HashMap<AcademicSessionId, chrono::NaiveDate>,
    /// The terms of each year in their order; the year itself where it has none.
    pub terms_of: HashMap<AcademicSessionId, Vec<String>>,
}

impl Going<'_> {
    /// Years in which there are classes, all where there is no class yet: a year that nothing names is nobody's on the other
    /// side.
    pub(super) fn sessions(&mut self) -> Years {
        let book = self.book;
        let existing = || book.sessions.iter().map(|(_, row)| row).filter(|row| row.deleted_at.is_none());
        let taught: HashSet<AcademicSessionId> =
            book.classes.iter().filter(|(_, row)| row.deleted_at.is_none()).map(|(_, row)| row.year_id).collect();
        let mut found = Years { id_of: HashMap::new(), term_end: HashMap::new(), terms_of: HashMap::new() };
        let mut years: Vec<&academic_sessions::Model> = existing().filter(|row| row.kind == Kept::Year).collect();
        years.sort_by_key(|year| year.start_date);
        let all = years.len();
        years.retain(|year| taught.is_empty() || taught.contains(&year.id));
        self.left_out.insert(Left::Years, all - years.len());
        for year in years {
            let id = self.session(year, AcademicSessionKind::SchoolYear, None, year);
            let mut terms: Vec<&academic_sessions::Model> =
                existing().filter(|row| row.kind == Kept::Term && row.parent_id == Some(year.id)).collect();
            terms.sort_by_key(|term| (term.start_date, term.end_date));
            let mut ids = Vec::new();
            for term in terms {
                let term_id = self.session(term, AcademicSessionKind::Term, Some(&id), year);
                let in_term =
                    |row: &&academic_sessions::Model| row.kind == Kept::GradingPeriod && row.parent_id == Some(term.id);
                let mut periods: Vec<&academic_sessions::Model> = existing().filter(in_term).collect();
                periods.sort_by_key(|period| (period.start_date, period.end_date));
                for period in periods {
                    let period_id = self.session(period, AcademicSessionKind::GradingPeriod, Some(&term_id), year);
                    found.id_of.insert(period.id, period_id);
                }
                found.term_end.insert(term.id, term.end_date);
                found.id_of.insert(term.id, term_id.clone());
                ids.push(term_id);
            }
            found.terms_of.insert(year.id, if ids.is_empty() { vec![id.clone()] } else { ids });
            found.id_of.insert(year.id, id);
        }
        found
    }

    fn session(
        &mut self,
        row: &academic_sessions::Model,
        kind: AcademicSessionKind,
        parent: Option<&String>,
        year: &academic_sessions::Model,
    ) -> String {
        let id = own_or(row.source_id.as_ref(), row.id);
        self.roster.sessions.push(AcademicSession {
            source_id: id.clone(),
            status: Status::Active,
            title: required(&row.title),
            kind,
            start: row.start_date,
            end: day_after(row.end_date),
            parent: parent.cloned(),
            // By the binding the year in which the school year ends.
            school_year: Some(year.end_date.year()),
            at: nowhere(),
        });
        id
    }
}
