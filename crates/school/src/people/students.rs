//! The list of students: filtered, sorted and paged by the database; deleting and restoring.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, students};
use store::ids::{AcademicSessionId, ClassId, SchoolId, StudentId};
use words::refusals;

use super::bulk::update_student;
use super::merging::{WENT, merged_into};
use super::names::name_order;
use super::stays::{self, on_leave_of, status_on};
use super::typed_dates::typed_dates;
use super::words::{PersonKind, has_word, placeholders, typed_words};
use crate::Undoable;
use crate::paging::page_size;
use crate::schools::{current_year, school_day};
use crate::{Access, Call, Context, Error, Page, Reach, Result, Sort, SortOrder};

pub use store::entities::StudentStatus;

/// A class by its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassRef {
    pub id: ClassId,
    pub title: String,
    pub kind: ClassKind,
}

/// A student, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentRow {
    pub id: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub preferred_name: Option<String>,
    pub native_name: Option<String>,
    pub grade_level: Option<String>,
    /// The classes of the present academic year, the homeroom first, then by title.
    pub classes: Vec<ClassRef>,
    pub status: StudentStatus,
    pub deleted: bool,
    pub version: i32,
}

/// Input of [`list_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ListStudents {
    pub school: SchoolId,
    /// Beginnings of names or numbers; all typed words must be found.
    pub search: Option<String>,
    /// Only students of this class.
    pub class: Option<ClassId>,
    /// Only those who are this on the day.
    pub status: Option<StudentStatus>,
    /// The roster of that day: who was of the school then, in which classes, and what they were. Today, with those who have
    /// left, where it is left out.
    pub as_of: Option<NaiveDate>,
    /// Only the deleted ones instead of those that are not.
    pub deleted: Option<bool>,
    /// Columns: `name` (the default), `number`, `class`, `gradeLevel`, `status`.
    pub sort: Option<Sort>,
    pub offset: Option<u64>,
    /// At most 500; 100 where left out.
    pub limit: Option<u64>,
}

/// Input of [`delete_students`] and [`restore_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentIds {
    pub school: SchoolId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
}

/// A filter of students as SQL: `s` is the student; `$1` the school.
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    fn new(school: SchoolId, deleted: bool) -> Self {
        let sql = if deleted {
            // Who went into another record is there under that one.
            format!("s.school_id = $1 AND s.deleted_at IS NOT NULL AND NOT {WENT}")
        } else {
            "s.school_id = $1 AND s.deleted_at IS NULL".to_owned()
        };
        Self { sql, values: vec![school.into()] }
    }

    fn value(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    fn classes(&mut self, classes: &[ClassId], today: NaiveDate) {
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
        self.sql.push_str(&format!(" AND {}", stays::there_on(day)));
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
            StudentStatus::Withdrawn | StudentStatus::Graduated => {
                let status = self.value(status.name());
                format!(" AND s.status = ${status} AND (s.last_day IS NULL OR s.last_day < ${at})")
            }
        };
        self.sql.push_str(&sql);
    }

    /// Names, numbers and telephone numbers, or a birthday with or without them.
    fn words(&mut self, text: &str, today: NaiveDate) {
        let words = match typed_dates(text, today) {
            Some((dates, rest)) => {
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

/// The students that the person may see: one page, sorted and filtered.
pub(super) async fn list_students(call: &Call, input: ListStudents) -> Result<Page<StudentRow>> {
    let access = call.access();
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    let day = input.as_of.unwrap_or(today);
    let mut filter = Filter::new(input.school, input.deleted == Some(true));
    reach(access, db, &input, &mut filter, today).await?;
    if let Some(class) = input.class {
        let class = access.class(db, class).await?;
        filter.classes(&[class.id], day);
    }
    if let Some(as_of) = input.as_of {
        filter.there_on(as_of);
        if let Some(class) = input.class {
            filter.in_class_on(class, as_of);
        }
    }
    if let Some(status) = input.status {
        filter.status(status, day, input.as_of.is_some());
    }
    if let Some(text) = &input.search {
        filter.words(text, today);
    }
    let total = count(call, &filter).await?;
    let year = current_year(db, input.school, day).await?;
    let rows = page(call, &input, filter, year, day).await?;
    let mut classes = class_titles(call, &input, year, day, &rows).await?;
    let ids: Vec<StudentId> = rows.iter().map(|row| row.id).collect();
    let away = on_leave_of(db, input.school, &ids, day).await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            let status = status_on(&row, away.contains(&row.id), day);
            Ok(StudentRow {
                // Who was there on a day of the past was so, whatever they are now.
                status: match (input.as_of, status) {
                    (None, _) | (_, StudentStatus::OnLeave) => status,
                    (Some(_), _) => StudentStatus::Active,
                },
                classes: classes.remove(&row.id).unwrap_or_default(),
                deleted: row.deleted_at.is_some(),
                id: row.id,
                number: row.number,
                given_name: row.given_name,
                family_name: row.family_name,
                preferred_name: row.preferred_name,
                native_name: row.native_name,
                grade_level: row.grade_level,
                version: row.version,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Page { rows, total })
}

async fn reach(
    access: &Access,
    db: &impl ConnectionTrait,
    input: &ListStudents,
    filter: &mut Filter,
    today: NaiveDate,
) -> Result<()> {
    match access.at(input.school)? {
        Reach::School => {}
        Reach::Taught => {
            let taught = access.taught_classes(db, input.school).await?;
            filter.classes(&taught, today);
        }
        Reach::Own => {
            let own = access.student_self().ok_or_else(Error::forbidden)?;
            let own = filter.value(own);
            filter.sql.push_str(&format!(" AND s.id = ${own}"));
        }
    }
    Ok(())
}

async fn count(context: &Context, filter: &Filter) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM students s WHERE {}", filter.sql);
    let statement = context.store().statement(&sql, filter.values.clone());
    let row = context.store().reader().query_one_raw(statement).await?;
    let total: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
    Ok(u64::try_from(total).unwrap_or(0))
}

/// The order of a column of short texts that mostly are numbers, so that 9 comes before 10: the shorter ones first.
pub(super) fn as_counted(column: &str, direction: &str) -> String {
    format!("length({column}) {direction}, {column} {direction}")
}

async fn page(
    context: &Context,
    input: &ListStudents,
    mut filter: Filter,
    year: Option<AcademicSessionId>,
    today: NaiveDate,
) -> Result<Vec<students::Model>> {
    let sort = input.sort.clone().unwrap_or(Sort { column: "name".into(), order: SortOrder::Ascending });
    let direction = if sort.order == SortOrder::Descending { "DESC" } else { "ASC" };
    let sort_name = name_order(context.store().reader(), input.school).await?.column();
    let by_name = format!("s.{sort_name} {direction}, s.id {direction}");
    let order = match sort.column.as_str() {
        "name" => by_name,
        "number" => format!("{}, s.id {direction}", as_counted("s.number", direction)),
        "gradeLevel" => format!("{}, {by_name}", as_counted("coalesce(s.grade_level, '')", direction)),
        "status" => format!("s.status {direction}, {by_name}"),
        "class" => {
            let year = filter.value(year.unwrap_or(AcademicSessionId(uuid::Uuid::nil())));
            let today = filter.value(today);
            // The student's homeroom; those without one come first.
            format!(
                "(SELECT coalesce(min(c.sort_title), '') FROM enrolments e CROSS JOIN classes c \
                 WHERE e.school_id = $1 AND e.student_id = s.id AND c.id = e.class_id AND c.year_id = ${year} AND c.deleted_at IS NULL \
                 AND c.kind = 'homeroom' \
                 AND (e.end_date IS NULL OR e.end_date >= ${today})) {direction}, {by_name}"
            )
        }
        _ => return Err(Error::field("sort.column", "unknown", refusals::people::student_sort())),
    };
    let limit = filter.value(i64::try_from(page_size(input.limit)).unwrap_or(100));
    let offset = filter.value(i64::try_from(input.offset.unwrap_or(0)).unwrap_or(i64::MAX));
    let sql =
        format!("SELECT s.* FROM students s WHERE {} ORDER BY {order} LIMIT ${limit} OFFSET ${offset}", filter.sql);
    let statement = context.store().statement(&sql, filter.values);
    Ok(students::Model::find_by_statement(statement).all(context.store().reader()).await?)
}

#[derive(FromQueryResult)]
struct TitleRow {
    student_id: StudentId,
    id: ClassId,
    title: String,
    kind: ClassKind,
}

async fn class_titles(
    context: &Context,
    input: &ListStudents,
    year: Option<AcademicSessionId>,
    day: NaiveDate,
    rows: &[students::Model],
) -> Result<HashMap<StudentId, Vec<ClassRef>>> {
    let students: Vec<StudentId> = rows.iter().map(|row| row.id).collect();
    let begun = input.as_of.is_some();
    titles(context, input.school, year, day, begun, &students).await
}

/// The classes of the year in which these students are enrolled today or later; at most a page of students.
pub(super) async fn titles_of(
    context: &Context,
    school: SchoolId,
    year: Option<AcademicSessionId>,
    today: NaiveDate,
    students: &[StudentId],
) -> Result<HashMap<StudentId, Vec<ClassRef>>> {
    titles(context, school, year, today, false, students).await
}

/// The same; with `begun` only those in which they were on the day already.
async fn titles(
    context: &Context,
    school: SchoolId,
    year: Option<AcademicSessionId>,
    today: NaiveDate,
    begun: bool,
    students: &[StudentId],
) -> Result<HashMap<StudentId, Vec<ClassRef>>> {
    let mut titles: HashMap<StudentId, Vec<ClassRef>> = HashMap::new();
    let Some(year) = year.filter(|_| !students.is_empty()) else { return Ok(titles) };
    // CROSS JOIN keeps SQLite from walking all classes of the year.
    let sql = format!(
        "SELECT e.student_id, c.id, c.title, c.kind FROM enrolments e CROSS JOIN classes c \
         WHERE e.school_id = $1 AND c.id = e.class_id AND c.year_id = $2 AND c.deleted_at IS NULL \
         AND (e.end_date IS NULL OR e.end_date >= $3) {} AND e.student_id IN ({}) ORDER BY c.kind DESC, c.sort_title, c.title",
        if begun { "AND e.start_date <= $3" } else { "" },
        placeholders(4, students.len())
    );
    let values = [Value::from(school), year.into(), today.into()].into_iter();
    let statement = context.store().statement(&sql, values.chain(students.iter().map(|id| Value::from(*id))));
    for row in TitleRow::find_by_statement(statement).all(context.store().reader()).await? {
        let of_student = titles.entry(row.student_id).or_default();
        if !of_student.iter().any(|class| class.id == row.id) {
            of_student.push(ClassRef { id: row.id, title: row.title, kind: row.kind });
        }
    }
    Ok(titles)
}

/// The most rows of one deletion.
pub(super) const MOST_AT_ONCE: usize = 1_000;

/// Deletes students softly: they leave lists and searches, and can be restored.
pub(super) async fn delete_students(call: &Call, input: StudentIds) -> Result<Undoable> {
    set_deleted(call, input, true).await
}

/// Restores deleted students.
pub(super) async fn restore_students(call: &Call, input: StudentIds) -> Result<Undoable> {
    set_deleted(call, input, false).await
}

async fn set_deleted(call: &Call, input: StudentIds, delete: bool) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    if input.students.len() > MOST_AT_ONCE {
        return Err(Error::field("students", "too_many", refusals::common::at_most_thousand()));
    }
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let rows = students::Entity::find()
                .filter(students::Column::SchoolId.eq(input.school))
                .filter(students::Column::Id.is_in(input.students.iter().copied()))
                .all(tx.reader())
                .await?;
            if input.students.iter().any(|id| !rows.iter().any(|row| row.id == *id)) {
                return Err(Error::not_found(refusals::gone::student()));
            }
            for row in rows.iter().filter(|row| row.deleted_at.is_none() == delete) {
                if !delete && merged_into(tx.reader(), row).await?.is_some() {
                    return Err(Error::field("students", "merged", refusals::people::went_into_another())
                        .help(refusals::people::undo_the_merge()));
                }
                let after = students::Model { deleted_at: delete.then(|| call.now()), ..row.clone() };
                update_student(tx, row, after).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}
