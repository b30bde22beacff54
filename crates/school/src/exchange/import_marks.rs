//! The gradebook of a set: categories with their weights, assessments, marks with the states of their scores.
//!
//! A category of OneRoster belongs to no class; here it is one of each course that gives an assessment in it. A mark that a
//! person typed here stays as typed.

use std::collections::HashMap;

use analytics::{BadDecimal, MARK_SCALE, parse_decimal};
use exchange::{Category, Format, LineItem, RosterResult, Status, Table};
use store::entities::{AcademicSessionKind, MarkKept, ScoreStatus, assessments, categories, marks};
use store::ids::{AcademicSessionId, AssessmentId, CategoryId, CourseId, MarkId};
use words::faults::exchange::{expected, taken};

use super::plan::Planner;

/// The longest title of a category or an assessment, in characters.
const LONGEST_TITLE: usize = 120;

/// The largest weight or maximum that a set may say, in points.
pub(super) const LARGEST: i64 = 1_000_000;

impl Planner<'_> {
    /// Puts the gradebook of the files into the courses.
    pub fn gradebook(&mut self) {
        let roster = self.roster;
        let categories: HashMap<&str, &Category> =
            roster.categories.iter().map(|row| (row.source_id.as_str(), row)).collect();
        for item in &roster.line_items {
            match item.status {
                Status::ToBeDeleted => self.delete_assessment(item),
                _ => self.put_line_item(item, &categories),
            }
        }
        for result in &roster.results {
            self.put_result(result);
        }
    }

    fn put_line_item(&mut self, item: &LineItem, categories: &HashMap<&str, &Category>) {
        let mut books = self.books.iter().enumerate();
        let found = books.find_map(|(number, book)| Some((number, *book.by.course_source.get(&item.class)?)));
        let Some((book, course)) = found else {
            return match self.find_class(&item.class) {
                Some(_) => self.remarks.left_out(&item.at, "classSourcedId", &item.class, taken::no_gradebook()),
                None => {
                    let expected = expected::known_class();
                    self.refuse_reference(&item.at, Table::Classes, "classSourcedId", &item.class, expected);
                }
            };
        };
        let course = self.books[book].courses.now(course).id;
        let Some((term, period)) = self.term_of(book, item) else {
            let expected = expected::known_term();
            let column = match self.roster.format {
                Format::OneRoster11 => "gradingPeriodSourcedId",
                _ => "academicSessionSourcedId",
            };
            return self.refuse_reference(&item.at, Table::Sessions, column, &item.session, expected);
        };
        let maximum = match parse_decimal(&item.maximum) {
            Ok(maximum) if maximum > 0 && maximum <= LARGEST * MARK_SCALE => maximum,
            _ => {
                let largest = LARGEST.to_string();
                return self.remarks.refuse(&item.at, "resultValueMax", &item.maximum, expected::maximum(largest));
            }
        };
        let stored = self.category_of(book, course, |row| row.source_id.as_ref() == Some(&item.category));
        let category = match (categories.get(item.category.as_str()), stored) {
            (Some(row), _) => self.put_category(book, course, row),
            (None, Some(place)) => self.books[book].categories.now(place).id,
            (None, None) => {
                let expected = expected::known_category();
                let (at, id) = (&item.at, &item.category);
                return self.refuse_reference(at, Table::Categories, "categorySourcedId", id, expected);
            }
        };
        self.put_assessment(book, item, (course, category, term), period, maximum);
    }

    /// The term of an assessment, and its grading period where the files name one. Of a year it is the term in which the
    /// assessment is due.
    fn term_of(&self, book: usize, item: &LineItem) -> Option<(AcademicSessionId, Option<String>)> {
        let rows = &self.books[book];
        let named = rows.sessions.now(*rows.by.session_source.get(&item.session)?);
        match named.kind {
            AcademicSessionKind::Term => Some((named.id, None)),
            AcademicSessionKind::GradingPeriod => Some((named.parent_id?, Some(item.session.clone()))),
            AcademicSessionKind::Year => {
                let mut terms: Vec<_> = rows.sessions.iter().map(|(_, row)| row).collect();
                terms.retain(|row| row.parent_id == Some(named.id) && row.deleted_at.is_none());
                terms.sort_by_key(|row| row.start_date);
                let day = item.due.or(item.assign);
                let due = terms.iter().rfind(|row| day.is_some_and(|day| row.start_date <= day));
                due.or(terms.first()).map(|row| (row.id, None))
            }
        }
    }

    /// The first category of a course of which something is true.
    fn category_of(&self, book: usize, course: CourseId, is: impl Fn(&categories::Model) -> bool) -> Option<usize> {
        let rows = &self.books[book];
        let places = rows.by.categories_of.get(&course).map_or(&[][..], Vec::as_slice);
        places.iter().copied().find(|place| is(rows.categories.now(*place)))
    }

    /// The category of a course, made where there is none.
    fn put_category(&mut self, book: usize, course: CourseId, row: &Category) -> CategoryId {
        let title: String = row.title.chars().take(LONGEST_TITLE).collect();
        let unclaimed =
            |kept: &categories::Model| kept.source_id.is_none() && kept.deleted_at.is_none() && kept.title == title;
        let known = self.category_of(book, course, |kept| kept.source_id.as_ref() == Some(&row.source_id));
        let known = known.or_else(|| self.category_of(book, course, unclaimed));
        let rows = &mut self.books[book];
        let place = known.unwrap_or_else(|| {
            let others = rows.by.categories_of.get(&course).map_or(&[][..], Vec::as_slice).iter();
            let position = others.map(|other| rows.categories.now(*other).position + 1).max().unwrap_or(0);
            let new = categories::Model {
                id: CategoryId::new(),
                school_id: rows.id,
                course_id: course,
                title: title.clone(),
                weight: MARK_SCALE,
                position,
                deleted_at: None,
                source_id: None,
                version: 1,
            };
            let place = rows.categories.add(new, &row.at);
            rows.by.categories_of.entry(course).or_default().push(place);
            place
        });
        let kept = rows.categories.meet(place, &row.at);
        (kept.title, kept.source_id, kept.deleted_at) = (title, Some(row.source_id.clone()), None);
        match parse_decimal(&row.weight) {
            Ok(weight) if weight <= LARGEST * MARK_SCALE => kept.weight = weight,
            _ if row.weight.is_empty() => {}
            _ => self.remarks.left_out(&row.at, "weight", &row.weight, taken::weight_as_stored()),
        }
        self.books[book].categories.now(place).id
    }

    fn put_assessment(
        &mut self,
        book: usize,
        item: &LineItem,
        (course, category, term): (CourseId, CategoryId, AcademicSessionId),
        period: Option<String>,
        maximum: i64,
    ) {
        let title: String = item.title.chars().take(LONGEST_TITLE).collect();
        let rows = &mut self.books[book];
        let unclaimed = |row: &assessments::Model| {
            (row.term_id, row.source_id.is_none(), row.deleted_at) == (term, true, None) && row.title == title
        };
        let own = rows.by.assessments_of.get(&course).map_or(&[][..], Vec::as_slice);
        let known = rows.by.assessment_source.get(&item.source_id).copied();
        let known = known.or_else(|| own.iter().copied().find(|place| unclaimed(rows.assessments.now(*place))));
        let position = own.iter().map(|place| rows.assessments.now(*place).position + 1).max().unwrap_or(0);
        let place = known.unwrap_or_else(|| {
            let new = assessments::Model {
                id: AssessmentId::new(),
                school_id: rows.id,
                course_id: course,
                category_id: category,
                term_id: term,
                title: title.clone(),
                maximum,
                date: None,
                position,
                deleted_at: None,
                due_date: None,
                period: None,
                source_id: None,
                version: 1,
            };
            let place = rows.assessments.add(new, &item.at);
            rows.by.assessments_of.entry(course).or_default().push(place);
            place
        });
        let row = rows.assessments.meet(place, &item.at);
        (row.course_id, row.category_id, row.term_id) = (course, category, term);
        (row.title, row.maximum, row.period, row.deleted_at) = (title, maximum, period, None);
        row.date = item.assign.or(item.due).or(row.date);
        row.due_date = item.due.filter(|due| Some(*due) != row.date);
        row.source_id = Some(item.source_id.clone());
        rows.by.assessment_source.insert(item.source_id.clone(), place);
    }

    fn put_result(&mut self, result: &RosterResult) {
        let mut books = self.books.iter().enumerate();
        let found = books.find_map(|(number, book)| Some((number, *book.by.assessment_source.get(&result.line_item)?)));
        let Some((book, assessment)) = found else {
            // The line item was refused itself, or is not here.
            let expected = expected::known_line_item();
            let (at, id) = (&result.at, &result.line_item);
            return self.refuse_reference(at, Table::LineItems, "lineItemSourcedId", id, expected);
        };
        let Some(student) = self.student_at(book, &result.student) else {
            let expected = expected::known_member();
            let (at, id) = (&result.at, &result.student);
            return self.refuse_reference(at, Table::Users, "studentSourcedId", id, expected);
        };
        if !result.comment.is_empty() {
            self.remarks.left_out(&result.at, "comment", &result.comment, taken::no_comments());
        }
        let rows = &self.books[book];
        let (item, student) = (rows.assessments.now(assessment), rows.students.now(student).id);
        let Some(said) = self.score(result, item.maximum) else { return };
        self.put_mark(book, result, (self.books[book].assessments.now(assessment).id, student), said);
    }

    /// What a result says; refused where it is no mark of this assessment.
    fn score(&mut self, result: &RosterResult, maximum: i64) -> Option<Score> {
        let state = |state| Some(Score { state, value: None, status: None });
        if result.status == Status::ToBeDeleted {
            return state(MarkKept::NotEntered);
        }
        let status = match result.score_status.as_str() {
            "exempt" => return state(MarkKept::Excused),
            "not submitted" => return state(MarkKept::Missing),
            "submitted" => {
                let status = Some(ScoreStatus::Submitted);
                return Some(Score { state: MarkKept::NotEntered, value: None, status });
            }
            "partially graded" => Some(ScoreStatus::PartiallyGraded),
            _ => None,
        };
        if result.score.is_empty() {
            return Some(Score { state: MarkKept::NotEntered, value: None, status });
        }
        match rounded(&result.score) {
            Ok(value) if value <= maximum => Some(Score { state: MarkKept::Marked, value: Some(value), status }),
            _ => {
                let most = decimal(maximum);
                self.remarks.refuse(&result.at, "score", &result.score, expected::score(most));
                None
            }
        }
    }

    fn put_mark(
        &mut self,
        book: usize,
        result: &RosterResult,
        pair: (AssessmentId, store::ids::StudentId),
        said: Score,
    ) {
        let now = self.frame.now;
        let rows = &mut self.books[book];
        let Some(place) = rows.by.mark_pair.get(&pair).copied() else {
            if result.status == Status::ToBeDeleted {
                return;
            }
            let new = marks::Model {
                id: MarkId::new(),
                school_id: rows.id,
                assessment_id: pair.0,
                student_id: pair.1,
                state: said.state,
                value: said.value,
                updated_by: None,
                updated_at: now,
                source_id: Some(result.source_id.clone()),
                score_status: said.status,
                score_date: result.date,
                version: 1,
            };
            let place = rows.marks.add(new, &result.at);
            rows.by.mark_pair.insert(pair, place);
            return;
        };
        let row = rows.marks.meet(place, &result.at);
        let same = (row.state, row.value) == (said.state, said.value);
        if !same && row.updated_by.is_some() && row.state != MarkKept::NotEntered {
            return self.remarks.left_out(&result.at, "score", &result.score, taken::typed_here());
        }
        row.source_id = Some(result.source_id.clone());
        if same && row.updated_by.is_some() {
            return;
        }
        (row.score_status, row.score_date) = (said.status, result.date);
        if !same {
            (row.state, row.value, row.updated_by, row.updated_at) = (said.state, said.value, None, now);
        }
    }

    fn delete_assessment(&mut self, item: &LineItem) {
        let now = self.frame.now;
        for book in &mut self.books {
            if let Some(place) = book.by.assessment_source.get(&item.source_id).copied() {
                let kept = &mut book.assessments.list[place];
                (kept.at, kept.deleted) = (Some(item.at.clone()), true);
                kept.now.deleted_at.get_or_insert(now);
            }
        }
    }
}

/// What a result says of a cell.
struct Score {
    state: MarkKept,
    /// In ten-thousandths, where it is marked.
    value: Option<i64>,
    status: Option<ScoreStatus>,
}

/// A decimal in ten-thousandths; what has more places than a mark is rounded, half up.
pub(super) fn rounded(text: &str) -> Result<i64, BadDecimal> {
    let Some((whole, places)) = text.split_once(['.', ',']).filter(|(_, places)| places.len() > 4 && places.is_ascii())
    else {
        return parse_decimal(text);
    };
    let up = places.as_bytes().get(4).is_some_and(|digit| *digit >= b'5');
    Ok(parse_decimal(&format!("{whole}.{}", &places[..4]))? + i64::from(up))
}

/// Ten-thousandths as a decimal without trailing zeros.
pub(super) fn decimal(value: i64) -> String {
    let (whole, places) = (value / MARK_SCALE, value % MARK_SCALE);
    if places == 0 {
        return whole.to_string();
    }
    format!("{whole}.{places:04}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_more_places_than_a_mark_are_rounded() {
        let read = ["7", "7.5", "7.33333333", "7.66666666", "7.00005", "0.99995"].map(|text| rounded(text).unwrap());
        assert_eq!(read, [70_000, 75_000, 73_333, 76_667, 70_001, 10_000]);
        assert_eq!(read.map(decimal), ["7", "7.5", "7.3333", "7.6667", "7.0001", "1"]);
        assert!(rounded("-1.00000").is_err());
    }
}
