//! The academic year and the term that a row of former years names.

use chrono::NaiveDate;
use exchange::{NamedYear, NoteKind, Place, same_key};
use store::entities::{AcademicSessionKind as Kept, academic_sessions};
use store::ids::AcademicSessionId;
use words::faults::exchange::{expected, taken};

use super::Refused;
use crate::error::Invalid;
use crate::exchange::book::Book;
use crate::exchange::plan::Planner;
use crate::schools::{NewTerm, check_sessions, check_year_is_near};

/// The most years or terms that a refusal names.
const NAMED: usize = 8;

/// Days from one to another, both among them.
pub(super) type Span = (NaiveDate, NaiveDate);

pub(super) fn meet(a: Span, b: Span) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

pub(super) fn span_of(session: &academic_sessions::Model) -> Span {
    (session.start_date, session.end_date)
}

/// What titles share that mean the same year: 2024/25 is 2024-2025 and "Year 2024–25".
fn year_key(title: &str) -> String {
    let key = same_key(title);
    let numbers: Vec<&str> = key.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match numbers.as_slice() {
        [first, second] if first.len() == 4 && [2, 4].contains(&second.len()) => {
            format!("{first}-{}", &second[second.len() - 2..])
        }
        _ => key,
    }
}

impl Planner<'_> {
    /// The year that a row names by its title, else the one that a day lies in. One that is not there is made where the row
    /// says its first and last day.
    pub(super) fn year_said(
        &mut self,
        book: usize,
        said: &NamedYear,
        day: Option<NaiveDate>,
        at: &Place,
    ) -> Result<AcademicSessionId, Refused> {
        let rows = &self.books[book];
        let years = rows.sessions_under(None);
        if said.title.is_empty() {
            let Some(day) = day else {
                return Err(Refused::of("year", "", expected::year_or_date(listed(&years))));
            };
            let found = years.iter().find(|year| year.start_date <= day && day <= year.end_date);
            return found
                .map(|year| year.id)
                .ok_or_else(|| Refused::of("date", &day.to_string(), expected::date_in_year(listed(&years))));
        }
        let wanted = year_key(&said.title);
        if let Some(year) = years.iter().find(|year| year_key(&year.title) == wanted) {
            return Ok(year.id);
        }
        let Some((first, last)) = said.days else {
            return Err(Refused::of("year", &said.title, expected::known_year(listed(&years))));
        };
        let mut invalid = Invalid::default();
        check_sessions(&mut invalid, first, last, &[NewTerm { title: said.title.clone(), start: first, end: last }]);
        check_year_is_near(&mut invalid, first, last, self.frame.today);
        if invalid.check().is_err() || years.iter().any(|year| meet(span_of(year), (first, last))) {
            let found = format!("{first} – {last}");
            return Err(Refused::of("year_start", &found, expected::days_of_new_year(listed(&years))));
        }
        Ok(self.books[book].add_year(&said.title, (first, last), at))
    }

    /// The term of a year that a text names by its title or its number, else the one that a day lies in or follows, else the
    /// last one of which `suits` is true, else the last one.
    pub(super) fn term_said(
        &mut self,
        book: usize,
        year: AcademicSessionId,
        (text, column): (&str, &str),
        day: Option<NaiveDate>,
        at: &Place,
        suits: impl Fn(&academic_sessions::Model) -> bool,
    ) -> Result<academic_sessions::Model, Refused> {
        let rows = &self.books[book];
        let terms = rows.sessions_under(Some(year));
        let of_year = rows.session(year).map_or("", |year| year.title.as_str());
        let Some(last) = terms.last() else {
            return Err(Refused::of("term", text, expected::year_with_terms(of_year)));
        };
        if text.is_empty() {
            let of_day = day.map(|day| terms.iter().rfind(|term| term.start_date <= day).or(terms.first()));
            let found = of_day.unwrap_or_else(|| terms.iter().rfind(|term| suits(term)));
            return Ok((*found.unwrap_or(last)).clone());
        }
        let wanted = same_key(text);
        if let Some(term) = terms.iter().find(|term| same_key(&term.title) == wanted) {
            return Ok((*term).clone());
        }
        let numbers: Vec<&str> = wanted.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let numbered = match numbers.as_slice() {
            [number] => number.parse::<usize>().ok().and_then(|number| terms.get(number.checked_sub(1)?)),
            _ => None,
        };
        let Some(term) = numbered.map(|term| (*term).clone()) else {
            let titles = terms.iter().take(NAMED).map(|term| term.title.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Refused::of("term", text, expected::term_of_year(of_year, titles)));
        };
        self.remarks.told_once(NoteKind::Doubt, at, column, text, taken::value(term.title.as_str()));
        Ok(term)
    }
}

impl Book {
    /// The years, or the terms of a year, in their order.
    pub(super) fn sessions_under(&self, year: Option<AcademicSessionId>) -> Vec<&academic_sessions::Model> {
        let kind = if year.is_none() { Kept::Year } else { Kept::Term };
        let there = |row: &&academic_sessions::Model| {
            row.kind == kind && row.deleted_at.is_none() && (year.is_none() || row.parent_id == year)
        };
        let mut found: Vec<_> = self.sessions.iter().map(|(_, row)| row).filter(there).collect();
        found.sort_by_key(|row| row.start_date);
        found
    }

    pub(super) fn session(&self, id: AcademicSessionId) -> Option<&academic_sessions::Model> {
        self.sessions.iter().map(|(_, row)| row).find(|row| row.id == id)
    }

    /// A new year with one term, since marks are recorded in a term.
    fn add_year(&mut self, title: &str, (start_date, end_date): Span, at: &Place) -> AcademicSessionId {
        let new = |parent_id, kind| academic_sessions::Model {
            id: AcademicSessionId::new(),
            school_id: self.id,
            parent_id,
            kind,
            title: title.to_owned(),
            start_date,
            end_date,
            source_id: None,
            deleted_at: None,
            version: 1,
        };
        let year = new(None, Kept::Year);
        let id = year.id;
        let term = new(Some(id), Kept::Term);
        self.sessions.add(year, at);
        self.sessions.add(term, at);
        id
    }
}

/// The newest years by their titles.
fn listed(years: &[&academic_sessions::Model]) -> String {
    let newest = years.iter().rev().take(NAMED).map(|year| year.title.as_str());
    newest.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_written_in_several_ways() {
        for title in ["2024/25", "2024-2025", "SY 2024–25", "٢٠٢٤/٢٠٢٥", "2024 / 2025"] {
            assert_eq!(year_key(title), "2024-25", "{title}");
        }
        assert_eq!((year_key("2024").as_str(), year_key("Year 8").as_str()), ("2024", "year 8"));
        assert_ne!(year_key("2024/25"), year_key("2025/26"));
    }
}
