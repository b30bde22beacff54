//! Rows of former years: a mark of a student, a day of attendance.

use chrono::NaiveDate;
use words::faults::exchange::{expected, value};

use crate::clean;
use crate::lists::{CLASS_KINDS, List, ListedClass, NamedStudent, student, word};
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
    /// The header of the column that the mark is in, where it is the subject's.
    pub column: Option<String>,
}

impl MarkLine {
    /// The header that a field of the row is in.
    pub fn header<'h>(&'h self, list: &'h List, field: &'h str) -> &'h str {
        match (&self.column, field) {
            (Some(column), "mark" | "subject") => column,
            _ => list.header(field),
        }
    }
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

/// The marks of a row: one, or one of each of these columns that is not blank; a column has its name in the sheet and its
/// header, which is the subject.
pub(crate) fn marks(row: &Row<'_, '_>, names: &mut WholeNames, columns: &[(String, &str)]) -> Vec<MarkLine> {
    let student = student(row, names);
    let class = class_title(row).unwrap_or_default();
    if class.chars().count() > 100 {
        row.refuse("class", expected::at_most(value::title(), "100"));
    }
    let line = MarkLine {
        at: row.place(),
        student,
        year: year(row),
        term: possible(row, "term", 100),
        subject: String::new(),
        class,
        kind: word(row, "class_kind", CLASS_KINDS, &["homeroom", "group"]),
        assessment: possible(row, "assessment", TITLE),
        category: possible(row, "category", TITLE),
        mark: String::new(),
        maximum: possible(row, "maximum", NUMBER),
        date: row.date("date"),
        column: None,
    };
    if columns.is_empty() {
        let subject = row.text("subject", 100, value::title);
        if !subject.chars().any(char::is_alphanumeric) && row.accept(()).is_some() {
            row.refuse("subject", expected::required(value::title()));
        }
        return vec![MarkLine { subject, mark: row.text("mark", NUMBER, value::number), ..line }];
    }
    let of_column = |(name, header): &(String, &str)| {
        let mark = row.text(name, NUMBER, value::number);
        let (subject, column) = (header.chars().take(100).collect(), Some((*header).to_owned()));
        (!mark.is_empty()).then(|| MarkLine { subject, mark, column, ..line.clone() })
    };
    columns.iter().filter_map(of_column).collect()
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
