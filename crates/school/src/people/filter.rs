//! What the list of students is narrowed by, and that as SQL.

use chrono::NaiveDate;
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use store::entities::StudentStatus;
use store::ids::{AcademicSessionId, ClassId, CustomFieldId, SchoolId};
use words::refusals;

use super::fields::FieldSql;
use super::merging::WENT;
use super::stays;
use super::typed_dates::typed_dates;
use super::words::{PersonKind, has_word, placeholders, typed_words};
use crate::Result;
use crate::error::Invalid;

/// What the list of students is narrowed by; what is left out narrows nothing. Days are days of the school, both ends belong
/// to what is between them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct StudentFilter {
    /// Only students of this class.
    pub class: Option<ClassId>,
    /// Only those who are this on the day.
    pub status: Option<StudentStatus>,
    /// The roster of that day: who was of the school then, in which classes, and what they were. Today, with those who have
    /// left, where it is left out.
    pub as_of: Option<NaiveDate>,
    /// Only the deleted ones instead of those that are not.
    pub deleted: Option<bool>,
    /// Only those of this grade level, as it is written.
    pub grade_level: Option<String>,
    /// Only those of whom exactly this is written.
    pub sex: Option<String>,
    /// Only those of whom no guardian is known.
    pub without_guardian: Option<bool>,
    /// Only those who are in no class of the year.
    pub without_class: Option<bool>,
    pub born_from: Option<NaiveDate>,
    pub born_to: Option<NaiveDate>,
    /// Only those who have a time at the school whose first day is from this day on.
    pub joined_from: Option<NaiveDate>,
    pub joined_to: Option<NaiveDate>,
    /// Only those who have a time at the school whose last day is from this day on.
    pub leaving_from: Option<NaiveDate>,
    pub leaving_to: Option<NaiveDate>,
    /// Only those of whom this field of the school's own holds `own_value`.
    pub own_field: Option<CustomFieldId>,
    /// As the field keeps it: a choice, `yes` or `no`, a text, a number, a date. Nothing where it is left out.
    pub own_value: Option<String>,
}

impl StudentFilter {
    /// Refuses what ends before it begins.
    pub(super) fn check(&self) -> Result<()> {
        let mut invalid = Invalid::default();
        for (field, from, to) in [
            ("bornTo", self.born_from, self.born_to),
            ("joinedTo", self.joined_from, self.joined_to),
            ("leavingTo", self.leaving_from, self.leaving_to),
        ] {
            if from.zip(to).is_some_and(|(from, to)| to < from) {
                invalid.push(field, "before_start", refusals::attendance::end_before_start());
            }
        }
        invalid.check()
    }
}

/// A filter of students as SQL: `s` is the student; `$1` the school.
pub(super) struct Filter {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    /// Whether a birthday was typed: few have it, so they are found by it and then sorted.
    pub(super) by_birthday: bool,
}

impl Filter {
    pub(super) fn new(school: SchoolId, deleted: bool) -> Self {
        let sql = if deleted {
            // Who went into another record is there under that one.
            format!("s.school_id = $1 AND s.deleted_at IS NOT NULL AND NOT {WENT}")
        } else {
            "s.school_id = $1 AND s.deleted_at IS NULL".to_owned()
        };
        Self { sql, values: vec![school.into()], by_birthday: false }
    }

    pub(super) fn value(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    pub(super) fn classes(&mut self, classes: &[ClassId], today: NaiveDate) {
        if classes.is_empty() {
            self.sql.push_str(" AND 1 = 0");
            return;
        }
        let today = self.value(today);
        let list = placeholders(self.values.len() + 1, classes.len());
        self.values.extend(classes.iter().map(|class| Value::from(*class)));
        self.sql.push_str(&format!(
            " AND s.id IN (SELECT e.student_id FROM enrolments e WHERE e.school_id = $1 AND e.class_id IN ({list}) \
             AND (e.end_date IS NULL OR e.end_date >= ${today}))"
        ));
    }

    /// Who was of the school on a day of whatever time.
    fn there_on(&mut self, day: NaiveDate) {
        let day = self.value(day);
        self.sql.push_str(&format!(" AND {}", stays::there_on("s.id", day)));
    }

    /// Who was in a class on a day, and not only later.
    fn in_class_on(&mut self, class: ClassId, day: NaiveDate) {
        let (class, day) = (self.value(class), self.value(day));
        self.sql.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM enrolments e WHERE e.school_id = $1 AND e.student_id = s.id \
             AND e.class_id = ${class} AND e.start_date <= ${day} AND (e.end_date IS NULL OR e.end_date >= ${day}))"
        ));
    }

    /// What a student is on a day, by the latest time at the school, or where `there` whoever was there then.
    fn status(&mut self, status: StudentStatus, day: NaiveDate, there: bool) {
        let at = self.value(day);
        let away = stays::on_leave(at);
        let now = if there {
            String::new()
        } else {
            format!(
                " AND (s.expected_on IS NULL OR s.expected_on <= ${at}) \
                 AND (s.status = 'active' OR s.last_day >= ${at})"
            )
        };
        let sql = match status {
            StudentStatus::Active => format!("{now} AND s.id NOT IN ({away})"),
            StudentStatus::OnLeave => format!("{now} AND s.id IN ({away})"),
            _ if there => " AND 1 = 0".to_owned(),
            StudentStatus::Expected => format!(" AND s.expected_on > ${at}"),
            StudentStatus::Withdrawn | StudentStatus::Graduated | StudentStatus::Transferred => {
                let status = self.value(status.name());
                format!(" AND s.status = ${status} AND (s.last_day IS NULL OR s.last_day < ${at})")
            }
        };
        self.sql.push_str(&sql);
    }

    /// All that the list may be narrowed by besides what is typed; the class is one that the person reaches.
    pub(super) fn narrowed(&mut self, by: &StudentFilter, year: Option<AcademicSessionId>, day: NaiveDate) {
        if let Some(class) = by.class {
            self.classes(&[class], day);
        }
        if let Some(as_of) = by.as_of {
            self.there_on(as_of);
            if let Some(class) = by.class {
                self.in_class_on(class, as_of);
            }
        }
        if let Some(status) = by.status {
            self.status(status, day, by.as_of.is_some());
        }
        for (column, text) in [("s.grade_level", &by.grade_level), ("s.sex", &by.sex)] {
            if let Some(text) = text {
                let text = self.value(text.as_str());
                self.sql.push_str(&format!(" AND {column} = ${text}"));
            }
        }
        for (sign, born) in [(">=", by.born_from), ("<=", by.born_to)] {
            if let Some(born) = born {
                let born = self.value(born);
                self.sql.push_str(&format!(" AND s.birth_date {sign} ${born}"));
            }
        }
        self.stays("start_date", by.joined_from, by.joined_to);
        self.stays("end_date", by.leaving_from, by.leaving_to);
        if by.without_guardian == Some(true) {
            self.sql.push_str(
                " AND NOT EXISTS (SELECT 1 FROM guardianships o JOIN guardians g ON g.id = o.guardian_id \
                 AND g.deleted_at IS NULL WHERE o.school_id = $1 AND o.student_id = s.id)",
            );
        }
        if by.without_class == Some(true) {
            self.without_class(year, day, by.as_of.is_some());
        }
    }

    /// Who has a time at the school that begins, or ends, between two days.
    fn stays(&mut self, column: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        if from.is_none() && to.is_none() {
            return;
        }
        let mut between = String::new();
        for (sign, day) in [(">=", from), ("<=", to)] {
            if let Some(day) = day {
                let day = self.value(day);
                between.push_str(&format!(" AND y.{column} {sign} ${day}"));
            }
        }
        self.sql.push_str(&format!(" AND s.id IN (SELECT y.student_id FROM stays y WHERE y.school_id = $1{between})"));
    }

    /// Those of whom a field of the school's own holds this.
    pub(super) fn own_field(&mut self, field: &FieldSql, value: Option<&str>) {
        let holds = field.holds(value, &mut self.values);
        self.sql.push_str(&format!(" AND {holds}"));
    }

    /// Who is in no class of the year on the day or later; with `begun` only what had begun by then counts.
    fn without_class(&mut self, year: Option<AcademicSessionId>, day: NaiveDate, begun: bool) {
        let Some(year) = year else { return };
        let (year, day) = (self.value(year), self.value(day));
        let begun = if begun { format!(" AND e.start_date <= ${day}") } else { String::new() };
        self.sql.push_str(&format!(
            " AND NOT EXISTS (SELECT 1 FROM enrolments e CROSS JOIN classes c WHERE e.school_id = $1 \
             AND e.student_id = s.id AND c.id = e.class_id AND c.year_id = ${year} AND c.deleted_at IS NULL \
             AND (e.end_date IS NULL OR e.end_date >= ${day}){begun})"
        ));
    }

    /// Names, numbers and telephone numbers, or a birthday with or without them.
    pub(super) fn words(&mut self, text: &str, today: NaiveDate) {
        let words = match typed_dates(text, today) {
            Some((dates, rest)) => {
                self.by_birthday = true;
                let list = placeholders(self.values.len() + 1, dates.len());
                self.values.extend(dates.into_iter().map(Value::from));
                self.sql.push_str(&format!(" AND s.birth_date IN ({list})"));
                typed_words(&rest)
            }
            None => typed_words(text),
        };
        for word in words {
            let has = has_word("s.id", PersonKind::Student, &word, &mut self.values);
            self.sql.push_str(&format!(" AND {has}"));
        }
    }
}
