//! Categories, assessments and marks as line items and results.

use std::collections::{HashMap, HashSet};

use exchange::{Category, LineItem, RosterResult, Status};
use store::entities::{MarkKept, ScoreStatus, assessments, categories, marks};
use store::ids::{AssessmentId, CategoryId, CourseId};

use super::super::import_marks::decimal;
use super::classes::Classes;
use super::people::People;
use super::sessions::Years;
use super::{Going, Left, fit, nowhere, own_or, required};

impl Going<'_> {
    pub(super) fn gradebook(&mut self, classes: &Classes<'_>, people: &People, years: &Years) {
        let book = self.book;
        let place: HashMap<CourseId, (usize, &String)> = classes
            .scheduled
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((row.course?.id, (at, &row.id))))
            .collect();
        let goes = |row: &&assessments::Model| {
            row.deleted_at.is_none() && place.contains_key(&row.course_id) && years.id_of.contains_key(&row.term_id)
        };
        let mut items: Vec<&assessments::Model> = book.assessments.iter().map(|(_, row)| row).filter(goes).collect();
        items.sort_by_key(|row| (place[&row.course_id].0, row.position, row.id));
        let categories = self.categories(&items, &place);
        let mut item_of: HashMap<AssessmentId, String> = HashMap::new();
        for row in items {
            let Some(category) = categories.get(&row.category_id) else { continue };
            let id = own_or(row.source_id.as_ref(), row.id);
            let item = self.line_item(row, &id, place[&row.course_id].1, category, years);
            self.roster.line_items.push(item);
            item_of.insert(row.id, id);
        }
        let order: HashMap<&str, usize> =
            self.roster.line_items.iter().enumerate().map(|(at, item)| (item.source_id.as_str(), at)).collect();
        let mut results: Vec<RosterResult> =
            book.marks.iter().filter_map(|(_, row)| self.result(row, &item_of, people)).collect();
        results.sort_by(|a, b| {
            (order.get(a.line_item.as_str()), &a.student).cmp(&(order.get(b.line_item.as_str()), &b.student))
        });
        self.roster.results = results;
    }

    /// The categories in which something is assessed. One of the other side that several courses share is one again, as long
    /// as nobody changed it in one of them.
    fn categories(
        &mut self,
        items: &[&assessments::Model],
        place: &HashMap<CourseId, (usize, &String)>,
    ) -> HashMap<CategoryId, String> {
        let used: HashSet<CategoryId> = items.iter().map(|row| row.category_id).collect();
        let existing = self.book.categories.iter().map(|(_, row)| row).filter(|row| row.deleted_at.is_none());
        let mut all: Vec<&categories::Model> = existing.filter(|row| place.contains_key(&row.course_id)).collect();
        let count = all.len();
        all.retain(|row| used.contains(&row.id));
        self.left_out.insert(Left::Categories, count - all.len());
        all.sort_by_key(|row| (place[&row.course_id].1, row.position, row.id));
        let mut said: HashMap<String, (&str, i64)> = HashMap::new();
        let mut ids = HashMap::new();
        for row in all {
            let mut id = own_or(row.source_id.as_ref(), row.id);
            let own = (row.title.as_str(), row.weight);
            if said.get(&id).is_some_and(|known| *known != own) {
                id = fit(format!("{id}|{}", place[&row.course_id].1));
            }
            if said.insert(id.clone(), own).is_none() {
                self.roster.categories.push(Category {
                    source_id: id.clone(),
                    status: Status::Active,
                    title: required(&row.title),
                    weight: decimal(row.weight),
                    at: nowhere(),
                });
            }
            ids.insert(row.id, id);
        }
        ids
    }

    /// An assessment without a day is dated the last day of its term, on which it counts for the same students.
    fn line_item(&self, row: &assessments::Model, id: &str, class: &str, category: &str, years: &Years) -> LineItem {
        let end = years.term_end.get(&row.term_id).copied();
        let given = row.date.or(row.due_date).or(end);
        let period = row.period.as_ref().filter(|period| years.id_of.values().any(|id| id == *period));
        let term = || years.id_of.get(&row.term_id).cloned().unwrap_or_default();
        LineItem {
            source_id: id.to_owned(),
            status: Status::Active,
            title: required(&row.title),
            assign: given,
            due: row.due_date.or(given),
            class: class.to_owned(),
            category: category.to_owned(),
            session: period.cloned().unwrap_or_else(term),
            minimum: "0".to_owned(),
            maximum: decimal(row.maximum),
            at: nowhere(),
        }
    }

    fn result(
        &self,
        row: &marks::Model,
        item_of: &HashMap<AssessmentId, String>,
        people: &People,
    ) -> Option<RosterResult> {
        let line_item = item_of.get(&row.assessment_id)?.clone();
        let student = people.students.get(&row.student_id)?.clone();
        let score_status = match (row.state, row.score_status) {
            (MarkKept::Excused, _) => "exempt",
            (MarkKept::Missing, _) => "not submitted",
            (MarkKept::NotEntered, Some(ScoreStatus::Submitted)) => "submitted",
            (MarkKept::NotEntered, Some(ScoreStatus::PartiallyGraded)) => "partially graded",
            (MarkKept::NotEntered, None) => return None,
            (MarkKept::Marked, Some(ScoreStatus::PartiallyGraded)) => "partially graded",
            (MarkKept::Marked, _) => "fully graded",
        };
        let zone: chrono_tz::Tz = self.time_zone.parse().unwrap_or(chrono_tz::UTC);
        Some(RosterResult {
            source_id: own_or(row.source_id.as_ref(), row.id),
            status: Status::Active,
            line_item,
            student,
            score_status: score_status.to_owned(),
            score: row.value.filter(|_| row.state == MarkKept::Marked).map(decimal).unwrap_or_default(),
            date: Some(row.score_date.unwrap_or_else(|| row.updated_at.with_timezone(&zone).date_naive())),
            comment: String::new(),
            at: nowhere(),
        })
    }
}
