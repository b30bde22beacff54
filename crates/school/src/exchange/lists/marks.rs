//! A list of marks of former years: each stands in a course of the subject in the student's class of that year.

use std::collections::{HashMap, HashSet};

use analytics::{MARK_SCALE, MarkWord, mark_word, parse_decimal, plain_text};
use chrono::NaiveDate;
use exchange::{List, MarkLine, Place};
use store::entities::{MarkKept, assessments, categories, exemptions, marks};
use store::fold;
use store::ids::{AcademicSessionId, AssessmentId, CategoryId, ClassId, CourseId, MarkId, StudentId, SubjectId};
use words::Language;
use words::faults::exchange::{expected, taken};

use super::Refused;
use super::homes_of_marks::{Home, Wanted};
use super::people::People;
use super::years::{Span, meet, span_of};
use crate::exchange::import_marks::{LARGEST, decimal, rounded};
use crate::exchange::plan::Planner;

/// What the highest mark is where nobody says, in points.
const USUAL_MAXIMUM: i64 = 100;
/// What old systems write for a student who was not there to be marked, beside the words that a mark sheet takes.
const NOT_THERE: [&str; 3] = ["absent", "abs", "ab"];

/// A row of which is known whose mark it is, of what and when.
pub(super) struct MarkSaid<'l> {
    pub row: &'l MarkLine,
    pub student: StudentId,
    pub year: AcademicSessionId,
    pub term: AcademicSessionId,
    /// The days of the term.
    pub of_term: Span,
    /// The days for which the row puts the student into a class that it has to be put into.
    pub enrolled: Span,
    score: Score,
    /// In ten-thousandths, where the row says it.
    maximum: Option<i64>,
}

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Score {
    state: MarkKept,
    /// In ten-thousandths, where it is marked.
    value: Option<i64>,
}

/// What tells a mark from the others of a file.
type MarkKey = (StudentId, AcademicSessionId, String, String, Option<NaiveDate>);

impl Planner<'_> {
    pub(super) fn list_of_marks(&mut self, book: usize, list: &List, rows: &[MarkLine]) {
        let people = People::of_students(&self.books[book].students);
        let mut seen: HashMap<MarkKey, u32> = HashMap::new();
        let (mut said, mut told) = (Vec::new(), HashSet::new());
        for row in rows {
            match self.mark_said(book, list, &people, row, &mut seen) {
                Ok(found) => said.extend(found),
                Err(why) => self.refuse_mark(list, row, why, &mut told),
            }
        }
        let homes = self.homes_of_marks(book, list, &said);
        let mut wanted = homes.wanted;
        for (of, home) in said.iter().zip(homes.of_rows) {
            if let Err(why) = home.and_then(|home| self.put_mark_said(book, list, of, home, &mut wanted)) {
                self.refuse_mark(list, of.row, why, &mut told);
            }
        }
    }

    /// Refuses a mark, in the column of its subject where it has one; what a row has once is refused once.
    fn refuse_mark(&mut self, list: &List, row: &MarkLine, why: Refused, told: &mut HashSet<(u32, &'static str)>) {
        match (&row.column, why.field) {
            (Some(column), "mark" | "subject") => self.remarks.refuse(&row.at, column, &why.found, why.expected),
            (Some(_), field) if !told.insert((row.at.line, field)) => {}
            _ => self.refuse_row(list, &row.at, why),
        }
    }

    /// Whose mark a row is, of what and when; none where its cell is blank.
    fn mark_said<'l>(
        &mut self,
        book: usize,
        list: &List,
        people: &People,
        row: &'l MarkLine,
        seen: &mut HashMap<MarkKey, u32>,
    ) -> Result<Option<MarkSaid<'l>>, Refused> {
        let student = self.books[book].student_meant(people, &row.student)?;
        let student = self.books[book].students.now(student).id;
        if plain_text(&row.mark).is_empty() {
            self.remarks.left_out(&row.at, row.header(list, "mark"), "", taken::no_mark());
            return Ok(None);
        }
        let maximum = maximum_of(&row.maximum)?;
        let score = score_of(row, maximum)?;
        let year = self.year_said(book, &row.year, row.date, &row.at)?;
        let of_year = self.books[book].session(year).map(span_of);
        if let Some((day, (first, last))) =
            row.date.zip(of_year).filter(|(day, (first, last))| day < first || day > last)
        {
            let expected = expected::day_of_year(first.to_string(), last.to_string());
            return Err(Refused::of("date", &day.to_string(), expected));
        }
        // A result of the whole year stands in the last term in which the student was there.
        let own: Vec<Span> = self.homerooms_in(book, student, year).into_iter().map(|(_, span)| span).collect();
        let suits =
            |term: &store::entities::academic_sessions::Model| own.iter().any(|days| meet(*days, span_of(term)));
        let column = list.header("term");
        let term = self.term_said(book, year, (&row.term, column), row.date, &row.at, suits)?;
        let key = (student, term.id, fold(&row.subject), fold(&row.assessment), row.date);
        if let Some(line) = seen.insert(key.clone(), row.at.line) {
            seen.insert(key, line);
            return Err(Refused::of("mark", &row.mark, expected::mark_once(line.to_string())));
        }
        let whole_year = row.term.is_empty() && row.date.is_none();
        let enrolled = of_year.filter(|_| whole_year).unwrap_or(span_of(&term));
        Ok(Some(MarkSaid { row, student, year, term: term.id, of_term: span_of(&term), enrolled, score, maximum }))
    }

    /// Puts a mark into its column, once it is clear that nothing of the row is refused.
    fn put_mark_said(
        &mut self,
        book: usize,
        list: &List,
        of: &MarkSaid<'_>,
        home: Home,
        wanted: &mut Wanted,
    ) -> Result<(), Refused> {
        let class = match home {
            Home::Stored(class) => Some(class),
            Home::Wanted(want) => wanted.class_of(want),
        };
        let column = class.and_then(|class| self.column_of(book, of, class));
        let maximum = self.maximum_in(book, of, column)?;
        if of.score.value.is_some_and(|value| value > maximum) {
            return Err(Refused::of("mark", &of.row.mark, expected::score(decimal(maximum))));
        }
        let held = column.map(|place| self.books[book].assessments.now(place).id);
        let held = held.and_then(|id| self.books[book].by.mark_pair.get(&(id, of.student)).copied());
        if let Some(place) = held {
            let stored = self.books[book].marks.now(place);
            let same = (stored.state, stored.value) == (of.score.state, of.score.value);
            if !same && stored.updated_by.is_some() && stored.state != MarkKept::NotEntered {
                let text = written(stored);
                return Err(Refused::of("mark", &of.row.mark, expected::mark_that_stands(text)));
            }
        }
        let at = &of.row.at;
        let class = match home {
            Home::Stored(class) => class,
            Home::Wanted(want) => self.enrol_wanted(book, wanted, want, at),
        };
        let class: ClassId = self.books[book].classes.now(class).id;
        let subject: SubjectId = self.subject_named(book, of.row.header(list, "subject"), &of.row.subject, at);
        let course = self.books[book].course_of(class, subject, at);
        self.note_taker_of_mark((book, course), of);
        let course: CourseId = self.books[book].courses.now(course).id;
        let assessment = match column {
            Some(place) => {
                self.books[book].assessments.meet(place, at);
                place
            }
            None => self.new_assessment(book, of, course, maximum),
        };
        let assessment: AssessmentId = self.books[book].assessments.now(assessment).id;
        self.put_score(book, (assessment, of.student), of.score, at);
        Ok(())
    }

    /// Who has a mark in a year that is over took the course in it. Of a course that was not there before nobody else did,
    /// so that no card of the year names subjects that a student never had.
    fn note_taker_of_mark(&mut self, (book, course): (usize, usize), of: &MarkSaid<'_>) {
        let rows = &self.books[book];
        let Some(year) = rows.session(of.year).map(span_of).filter(|(_, end)| *end < self.frame.today) else { return };
        let kept = &rows.courses.list[course];
        let exempted = |row: &exemptions::Model| {
            let days = (row.start_date, row.end_date.unwrap_or(NaiveDate::MAX));
            (row.course_id, row.student_id) == (kept.now.id, of.student) && meet(days, of.of_term)
        };
        if kept.stored.is_none() || rows.exemptions.iter().any(|(_, row)| exempted(row)) {
            self.takes_on((book, course), of.student, year);
        }
    }

    /// The column of the gradebook that a row means, where it is there.
    fn column_of(&self, book: usize, of: &MarkSaid<'_>, class: usize) -> Option<usize> {
        let rows = &self.books[book];
        let subject = self.subject_known(book, &of.row.subject)?;
        let pair = (rows.classes.now(class).id, rows.subjects.now(subject).id);
        let course = rows.courses.now(*rows.by.course_pair.get(&pair)?);
        let titles = titles_of(&of.row.assessment);
        let fits = |place: &&usize| {
            let row = rows.assessments.now(**place);
            let day = of.row.date.is_none() || row.date == of.row.date;
            (row.term_id, row.deleted_at) == (of.term, None) && day && titles.contains(&fold(&row.title))
        };
        let fitting = rows.by.assessments_of.get(&course.id)?.iter().filter(fits);
        // Without a day in the row the column without one is meant before others of its title.
        fitting.copied().min_by_key(|place| {
            let row = rows.assessments.now(*place);
            (row.date != of.row.date, row.position)
        })
    }

    /// The highest mark of a column; refused where the row says another one than the column has here.
    fn maximum_in(&self, book: usize, of: &MarkSaid<'_>, column: Option<usize>) -> Result<i64, Refused> {
        let stored = column.map(|place| self.books[book].assessments.now(place).maximum);
        match (stored, of.maximum) {
            (Some(stored), Some(said)) if stored != said => {
                Err(Refused::of("maximum", &of.row.maximum, expected::maximum_that_stands(decimal(stored))))
            }
            (stored, said) => Ok(stored.or(said).unwrap_or(USUAL_MAXIMUM * MARK_SCALE)),
        }
    }

    fn new_assessment(&mut self, book: usize, of: &MarkSaid<'_>, course: CourseId, maximum: i64) -> usize {
        let category = self.category_for(book, &of.row.category, course, &of.row.at);
        let title = match of.row.assessment.as_str() {
            "" => result_title(self.frame.language),
            title => title.to_owned(),
        };
        let rows = &mut self.books[book];
        let own = rows.by.assessments_of.entry(course).or_default();
        let position = own.iter().map(|place| rows.assessments.now(*place).position + 1).max().unwrap_or(0);
        let new = assessments::Model {
            id: AssessmentId::new(),
            school_id: rows.id,
            course_id: course,
            category_id: category,
            term_id: of.term,
            title,
            maximum,
            // Without a day a result counts for whoever was in the course in the term, also who left before its end.
            date: of.row.date,
            position,
            deleted_at: None,
            due_date: None,
            period: None,
            source_id: None,
            version: 1,
        };
        let place = rows.assessments.add(new, &of.row.at);
        own.push(place);
        place
    }

    /// The category of this title, without one the first of the course, made where there is none.
    fn category_for(&mut self, book: usize, title: &str, course: CourseId, at: &Place) -> CategoryId {
        let usual = result_title(self.frame.language);
        let rows = &mut self.books[book];
        let own = rows.by.categories_of.entry(course).or_default();
        let there = |place: &&usize| rows.categories.now(**place).deleted_at.is_none();
        let named = |place: &&usize| title.is_empty() || fold(&rows.categories.now(**place).title) == fold(title);
        let found = own.iter().filter(there).filter(named).min_by_key(|place| rows.categories.now(**place).position);
        if let Some(place) = found {
            return rows.categories.now(*place).id;
        }
        let new = categories::Model {
            id: CategoryId::new(),
            school_id: rows.id,
            course_id: course,
            title: if title.is_empty() { usual } else { title.to_owned() },
            weight: MARK_SCALE,
            position: own.iter().map(|place| rows.categories.now(*place).position + 1).max().unwrap_or(0),
            deleted_at: None,
            source_id: None,
            version: 1,
        };
        let id = new.id;
        let place = rows.categories.add(new, at);
        own.push(place);
        id
    }

    fn put_score(&mut self, book: usize, pair: (AssessmentId, StudentId), score: Score, at: &Place) {
        let now = self.frame.now;
        let rows = &mut self.books[book];
        if let Some(place) = rows.by.mark_pair.get(&pair).copied() {
            let row = rows.marks.meet(place, at);
            if (row.state, row.value) != (score.state, score.value) {
                (row.state, row.value, row.updated_by, row.updated_at) = (score.state, score.value, None, now);
                (row.score_status, row.score_date) = (None, None);
            }
            return;
        }
        let new = marks::Model {
            id: MarkId::new(),
            school_id: rows.id,
            assessment_id: pair.0,
            student_id: pair.1,
            state: score.state,
            value: score.value,
            updated_by: None,
            updated_at: now,
            source_id: None,
            score_status: None,
            score_date: None,
            version: 1,
        };
        let place = rows.marks.add(new, at);
        rows.by.mark_pair.insert(pair, place);
    }
}

/// What a result is called of which nobody says what was marked.
fn result_title(language: Language) -> String {
    words::paper::marks::result().text(language)
}

/// The titles of a column, folded: of one without a title the usual word in every language.
fn titles_of(title: &str) -> HashSet<String> {
    if title.is_empty() {
        return Language::all().map(|language| fold(&result_title(language))).collect();
    }
    HashSet::from([fold(title)])
}

fn maximum_of(text: &str) -> Result<Option<i64>, Refused> {
    if text.is_empty() {
        return Ok(None);
    }
    match parse_decimal(text) {
        Ok(maximum) if maximum > 0 && maximum <= LARGEST * MARK_SCALE => Ok(Some(maximum)),
        _ => Err(Refused::of("maximum", text, expected::maximum(LARGEST.to_string()))),
    }
}

/// What the cell of a mark says: points, a percentage of 100, or a word.
fn score_of(row: &MarkLine, maximum: Option<i64>) -> Result<Score, Refused> {
    let state = |state| Ok(Score { state, value: None });
    let text = plain_text(&row.mark);
    match mark_word(&text) {
        Some(MarkWord::Excused) => return state(MarkKept::Excused),
        Some(MarkWord::Missing) => return state(MarkKept::Missing),
        None if NOT_THERE.contains(&text.to_lowercase().as_str()) => return state(MarkKept::Missing),
        None => {}
    }
    let usual = USUAL_MAXIMUM * MARK_SCALE;
    let of_hundred = maximum.is_none_or(|maximum| maximum == usual);
    let points = text.strip_suffix('%').filter(|_| of_hundred).map_or(text.as_str(), str::trim_end);
    let value = rounded(points).map_err(|_| Refused::of("mark", &row.mark, expected::mark()))?;
    match maximum.filter(|maximum| value > *maximum) {
        Some(maximum) => Err(Refused::of("mark", &row.mark, expected::score(decimal(maximum)))),
        None => Ok(Score { state: MarkKept::Marked, value: Some(value) }),
    }
}

/// A mark as the mark sheet shows it.
fn written(mark: &marks::Model) -> String {
    match (mark.state, mark.value) {
        (MarkKept::Marked, Some(value)) => decimal(value),
        (MarkKept::Excused, _) => analytics::EXCUSED_WORDS[0].to_owned(),
        (MarkKept::Missing, _) => analytics::MISSING_WORDS[0].to_owned(),
        _ => String::new(),
    }
}
