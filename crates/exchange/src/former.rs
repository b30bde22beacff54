//! Rows of former years: a mark of a student, a day of attendance.

use chrono::NaiveDate;
use words::faults::exchange::{expected, value};

use crate::clean;
use crate::lists::{CLASS_KINDS, ListedClass, NamedStudent, student, word};
use crate::plain::{WholeNames, class_title};
use crate::roster::Place;
use crate::row::Row;

/// Characters of a mark and of a maximum.
const NUMBER: usize = 40;
/// Characters of a title in the gradebook.
const TITLE: usize = 120;

/// The academic year that a row names; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamedYear {
    pub title: String,
    /// First and last day, by which a year can be made; the last is after the first.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// A mark of a student; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkLine {
    pub at: Place,
    pub student: NamedStudent,
    pub year: NamedYear,
    /// Title or number of the term.
    pub term: String,
    pub subject: String,
    pub class: String,
    /// Of a class that is not there.
    pub kind: Option<ListedClass>,
    pub assessment: String,
    pub category: String,
    /// As the cell has it: points, or a word.
    pub mark: String,
    /// As the cell has it.
    pub maximum: String,
    pub date: Option<NaiveDate>,
}

/// A student's day in the register; what is blank is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceLine {
    pub at: Place,
    pub student: NamedStudent,
    pub date: NaiveDate,
    /// Letter, title or meaning of a code.
    pub code: String,
    pub minutes_late: Option<i32>,
    pub remark: String,
}

pub(crate) fn mark(row: &Row<'_, '_>, names: &mut WholeNames) -> MarkLine {
    let student = student(row, names);
    let subject = row.text("subject", 100, value::title);
    if !subject.chars().any(char::is_alphanumeric) && row.accept(()).is_some() {
        row.refuse("subject", expected::required(value::title()));
    }
    let class = class_title(row).unwrap_or_default();
    if class.chars().count() > 100 {
        row.refuse("class", expected::at_most(value::title(), "100"));
    }
    MarkLine {
        at: row.place(),
        student,
        year: year(row),
        term: possible(row, "term", 100),
        subject,
        class,
        kind: word(row, "class_kind", CLASS_KINDS, &["homeroom", "group"]),
        assessment: possible(row, "assessment", TITLE),
        category: possible(row, "category", TITLE),
        mark: row.text("mark", NUMBER, value::number),
        maximum: possible(row, "maximum", NUMBER),
        date: row.date("date"),
    }
}

pub(crate) fn attendance(row: &Row<'_, '_>, names: &mut WholeNames) -> AttendanceLine {
    let student = student(row, names);
    let code = row.text("attendance", 100, value::attendance);
    if code.is_empty() && row.accept(()).is_some() {
        row.refuse("attendance", expected::required(value::attendance()));
    }
    AttendanceLine {
        at: row.place(),
        student,
        date: row.required_date("date").unwrap_or_default(),
        code,
        minutes_late: minutes(row),
        remark: possible(row, "remark", 200),
    }
}

/// The academic year of a row. One of its days alone refuses the row.
pub(crate) fn year(row: &Row<'_, '_>) -> NamedYear {
    let title = clean::whole(&possible(row, "year", 100)).to_owned();
    let days = match (row.date("year_start"), row.date("year_end")) {
        (Some(first), Some(last)) if last <= first => {
            row.refuse("year_end", expected::after(first.to_string()));
            None
        }
        (Some(first), Some(last)) => Some((first, last)),
        (None, None) => None,
        (first, _) => {
            if row.accept(()).is_some() {
                let lacks = if first.is_none() { "year_start" } else { "year_end" };
                row.refuse(lacks, expected::required(value::date()));
            }
            None
        }
    };
    NamedYear { title, days }
}

fn possible(row: &Row<'_, '_>, column: &str, most: usize) -> String {
    let text = row.text(column, most, value::title);
    if clean::is_nothing(&text) { String::new() } else { text }
}

fn minutes(row: &Row<'_, '_>) -> Option<i32> {
    let text = row.code("minutes_late", 20, value::number);
    if text.is_empty() {
        return None;
    }
    let minutes = text.parse().ok().filter(|minutes| (0..=1_440).contains(minutes));
    if minutes.is_none() {
        row.refuse("minutes_late", expected::minutes());
    }
    minutes.filter(|minutes| *minutes > 0)
}
