//! Academic years and terms: which of the files' sessions is a year, which a term of it, and where they go.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use exchange::{AcademicSession, AcademicSessionKind, Place, Roster, Status};
use store::entities::{AcademicSessionKind as Kept, academic_sessions};
use store::ids::AcademicSessionId;

use super::book::Book;
use super::plan::Planner;
use super::rows::whole_set;

/// A year of the files. Dates are its first and last day.
struct Year<'r> {
    source: String,
    title: String,
    start: NaiveDate,
    end: NaiveDate,
    terms: Vec<&'r AcademicSession>,
    /// Grading periods, which lie in the terms.
    periods: Vec<&'r AcademicSession>,
    at: Place,
}

/// The years of the files, and the year of each session.
pub(super) struct Calendar<'r> {
    years: Vec<Year<'r>>,
    of_session: HashMap<&'r str, usize>,
}

impl<'r> Calendar<'r> {
    /// Orders the sessions. A term belongs to the year above it, else to that of the same number, else to the one that
    /// contains it; where there is none, a year is made of the terms.
    pub fn of(roster: &'r Roster) -> Self {
        let active: Vec<&AcademicSession> = roster.sessions.iter().filter(|row| row.status == Status::Active).collect();
        let by_id: HashMap<&str, &AcademicSession> = active.iter().map(|row| (row.source_id.as_str(), *row)).collect();
        let mut calendar = Self { years: Vec::new(), of_session: HashMap::new() };
        let mut numbers: HashMap<i32, usize> = HashMap::new();
        for session in active.iter().filter(|session| session.kind == AcademicSessionKind::SchoolYear) {
            let place = calendar.add(session.source_id.clone(), session.title.clone(), session);
            calendar.of_session.insert(&session.source_id, place);
            numbers.extend(session.school_year.map(|number| (number, place)));
        }
        for session in active.iter().filter(|session| session.kind != AcademicSessionKind::SchoolYear) {
            let place = calendar
                .above(session, &by_id)
                .or_else(|| session.school_year.and_then(|number| numbers.get(&number).copied()))
                .or_else(|| calendar.around(session))
                .unwrap_or_else(|| {
                    let title = year_title(session.start, last_day(session));
                    let place = calendar.add(format!("year|{title}"), title, session);
                    numbers.extend(session.school_year.map(|number| (number, place)));
                    place
                });
            calendar.of_session.insert(&session.source_id, place);
        }
        calendar.add_terms(&active);
        calendar
    }

    fn add(&mut self, source: String, title: String, session: &AcademicSession) -> usize {
        let (start, end, at) = (session.start, last_day(session), session.at.clone());
        if let Some(known) = self.years.iter().position(|year| year.source == source) {
            return known;
        }
        self.years.push(Year { source, title, start, end, terms: Vec::new(), periods: Vec::new(), at });
        self.years.len() - 1
    }

    /// Which year of the files a session belongs to.
    pub fn year_of(&self, session: &str) -> Option<usize> {
        self.of_session.get(session).copied()
    }

    fn above(&self, session: &AcademicSession, by_id: &HashMap<&str, &AcademicSession>) -> Option<usize> {
        let mut at = session.parent.as_deref();
        // Years, semesters, terms, grading periods: ten steps are more than there are kinds.
        for _ in 0..10 {
            let above = by_id.get(at?)?;
            if above.kind == AcademicSessionKind::SchoolYear {
                return self.of_session.get(above.source_id.as_str()).copied();
            }
            at = above.parent.as_deref();
        }
        None
    }

    fn around(&self, session: &AcademicSession) -> Option<usize> {
        self.years.iter().position(|year| year.start <= session.start && last_day(session) <= year.end)
    }

    /// Semesters and terms, and the grading periods in them; a semester that has terms gives way to them.
    fn add_terms(&mut self, active: &[&'r AcademicSession]) {
        let is_term = |session: &&&AcademicSession| {
            matches!(session.kind, AcademicSessionKind::Semester | AcademicSessionKind::Term)
        };
        let divided: HashSet<&str> = active.iter().filter(is_term).filter_map(|row| row.parent.as_deref()).collect();
        for &session in active.iter().filter(is_term) {
            let Some(year) = self.of_session.get(session.source_id.as_str()).and_then(|at| self.years.get_mut(*at))
            else {
                continue;
            };
            year.start = year.start.min(session.start);
            year.end = year.end.max(last_day(session));
            let same = |known: &&AcademicSession| {
                (&known.title, known.start, known.end) == (&session.title, session.start, session.end)
            };
            if !divided.contains(session.source_id.as_str()) && !year.terms.iter().any(same) {
                year.terms.push(session);
            }
        }
        for &session in active.iter().filter(|session| session.kind == AcademicSessionKind::GradingPeriod) {
            let year = self.of_session.get(session.source_id.as_str()).and_then(|at| self.years.get_mut(*at));
            if let Some(year) = year {
                year.periods.push(session);
            }
        }
    }
}

fn last_day(session: &AcademicSession) -> NaiveDate {
    session.end.pred_opt().unwrap_or(session.end)
}

/// `2026/27`, or `2026` where it lies in one year.
fn year_title(start: NaiveDate, end: NaiveDate) -> String {
    if start.year() == end.year() {
        start.year().to_string()
    } else {
        format!("{}/{:02}", start.year(), end.year() % 100)
    }
}

/// Whether two spans share more than half of the shorter one.
fn alike(a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)) -> bool {
    let days = |span: (NaiveDate, NaiveDate)| (span.1 - span.0).num_days() + 1;
    days((a.0.max(b.0), a.1.min(b.1))) * 2 > days(a).min(days(b))
}

impl Planner<'_> {
    /// Puts into each school the years in which its classes are taught, with their terms.
    pub fn sessions(&mut self) {
        let mut used: Vec<HashSet<&str>> = self.books.iter().map(|_| HashSet::new()).collect();
        for class in self.roster.classes.iter().filter(|class| class.status == Status::Active) {
            if let Some(book) = self.book_of_class(class) {
                used[book].extend(class.terms.iter().map(String::as_str));
            }
        }
        for place in 0..self.books.len() {
            for year in 0..self.calendar.years.len() {
                let of_year = |session: &&&str| self.calendar.of_session.get(**session) == Some(&year);
                let book = &self.books[place];
                let wanted = if used[place].is_empty() {
                    book.new || book.by.session_source.contains_key(&self.calendar.years[year].source)
                } else {
                    used[place].iter().any(|session| of_year(&session))
                };
                if wanted {
                    let others: HashSet<&str> = used
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != place)
                        .flat_map(|(_, sessions)| sessions.iter().copied())
                        .filter(|session| !used[place].contains(session))
                        .collect();
                    let id = put_year(&mut self.books[place], &self.calendar.years[year], &others);
                    self.years.insert((place, year), id);
                }
            }
        }
    }

    /// The year in which a class is taught: by its terms, else the present one, made where the school has none.
    pub fn year_of(&mut self, book: usize, terms: &[String]) -> AcademicSessionId {
        for term in terms {
            let of_files = self.calendar.of_session.get(term.as_str());
            if let Some(id) = of_files.and_then(|year| self.years.get(&(book, *year))) {
                return *id;
            }
            let sessions = &self.books[book];
            if let Some(stored) = sessions.by.session_source.get(term) {
                let above = |id| sessions.sessions.iter().find(|(_, row)| Some(row.id) == id).map(|(_, row)| row);
                // A grading period lies in a term, a term in a year.
                let session = sessions.sessions.now(*stored);
                let year = above(session.parent_id).map(|above| above.parent_id.unwrap_or(above.id));
                return year.unwrap_or(session.id);
            }
        }
        present_year(&mut self.books[book], self.frame.today)
    }

    /// The first day of the first of these terms.
    pub fn first_day(&self, terms: &[String]) -> Option<NaiveDate> {
        let named = self.roster.sessions.iter().filter(|session| terms.contains(&session.source_id));
        named.map(|session| session.start).min()
    }
}

fn put_year(book: &mut Book, year: &Year<'_>, others: &HashSet<&str>) -> AcademicSessionId {
    let id = put(book, None, (&year.source, &year.title), (year.start, year.end), Kept::Year, &year.at);
    let mut any = false;
    for term in year.terms.iter().filter(|term| !others.contains(term.source_id.as_str())) {
        put(book, Some(id), (&term.source_id, &term.title), (term.start, last_day(term)), Kept::Term, &term.at);
        any = true;
    }
    let stored = book.sessions.iter().any(|(_, row)| row.parent_id == Some(id) && row.deleted_at.is_none());
    if !any && !stored {
        // Marks are recorded in a term.
        let source = format!("term|{}", year.source);
        put(book, Some(id), (&source, &year.title), (year.start, year.end), Kept::Term, &year.at);
    }
    for period in year.periods.iter().filter(|period| !others.contains(period.source_id.as_str())) {
        if let Some(term) = term_around(book, id, period) {
            let span = (period.start, last_day(period));
            put(book, Some(term), (&period.source_id, &period.title), span, Kept::GradingPeriod, &period.at);
        }
    }
    id
}

/// The term of a year in which a grading period lies: the one that the files name, else the one in which it begins.
fn term_around(book: &Book, year: AcademicSessionId, period: &AcademicSession) -> Option<AcademicSessionId> {
    let terms: Vec<&academic_sessions::Model> = book
        .sessions
        .iter()
        .map(|(_, row)| row)
        .filter(|row| row.parent_id == Some(year) && row.kind == Kept::Term && row.deleted_at.is_none())
        .collect();
    let named = terms.iter().find(|row| row.source_id.is_some() && row.source_id == period.parent);
    let holds = |row: &&&academic_sessions::Model| row.start_date <= period.start && period.start <= row.end_date;
    named.or_else(|| terms.iter().filter(holds).min_by_key(|row| row.end_date)).map(|row| row.id)
}

fn put(
    book: &mut Book,
    parent: Option<AcademicSessionId>,
    (source, title): (&str, &str),
    (start, end): (NaiveDate, NaiveDate),
    kind: Kept,
    at: &Place,
) -> AcademicSessionId {
    let unclaimed = |row: &academic_sessions::Model| {
        row.source_id.is_none()
            && row.deleted_at.is_none()
            && row.parent_id == parent
            && alike((row.start_date, row.end_date), (start, end))
    };
    let known = book.by.session_source.get(source).copied();
    let known = known.or_else(|| book.sessions.iter().find(|(_, row)| unclaimed(row)).map(|(place, _)| place));
    let title: String = title.chars().take(100).collect();
    if let Some(place) = known {
        let row = book.sessions.meet(place, at);
        (row.title, row.start_date, row.end_date, row.deleted_at) = (title, start, end, None);
        row.source_id = Some(source.to_owned());
        book.by.session_source.insert(source.to_owned(), place);
        return book.sessions.now(place).id;
    }
    let row = academic_sessions::Model {
        id: AcademicSessionId::new(),
        school_id: book.id,
        parent_id: parent,
        kind,
        title,
        start_date: start,
        end_date: end,
        source_id: Some(source.to_owned()),
        deleted_at: None,
        version: 1,
    };
    let id = row.id;
    let place = book.sessions.add(row, at);
    book.by.session_source.insert(source.to_owned(), place);
    id
}

/// The year that contains the day, else the next, else the last; a new school gets one from August to July.
fn present_year(book: &mut Book, today: NaiveDate) -> AcademicSessionId {
    let mut years: Vec<&academic_sessions::Model> = book
        .sessions
        .iter()
        .map(|(_, row)| row)
        .filter(|row| row.kind == Kept::Year && row.deleted_at.is_none())
        .collect();
    years.sort_by_key(|year| year.start_date);
    let now = years.iter().find(|year| year.start_date <= today && today <= year.end_date);
    if let Some(year) = now.or_else(|| years.iter().find(|year| year.start_date > today)).or(years.last()) {
        return year.id;
    }
    let first = if today.month() >= 7 { today.year() } else { today.year() - 1 };
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(today);
    let span = (day(first, 8, 1), day(first + 1, 7, 31));
    let year = Year {
        source: format!("year|{first}"),
        title: year_title(span.0, span.1),
        start: span.0,
        end: span.1,
        terms: Vec::new(),
        periods: Vec::new(),
        at: whole_set(),
    };
    put_year(book, &year, &HashSet::new())
}
