//! The list of students: filtered, sorted and paged by the database; deleting and restoring.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, FieldAbout, students};
use store::ids::{AcademicSessionId, ClassId, SchoolId, StudentId};
use words::refusals;

use super::bulk::update_student;
use super::fields::{FieldSql, field_in};
use super::filter::{Filter, StudentFilter};
use super::merging::merged_into;
use super::names::name_order;
use super::stays::{on_leave_of, status_on};
use super::words::placeholders;
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
    #[serde(flatten)]
    #[ts(flatten)]
    pub filter: StudentFilter,
    /// Columns: `name` (the default), `number`, `class`, `gradeLevel`, `status`, `sex`, `birthDate`, `lastDay`, and `field:`
    /// with the identifier of a field of the school's own.
    pub sort: Option<Sort>,
    pub offset: Option<u64>,
    /// At most 500; 100 where left out.
    pub limit: Option<u64>,
}

impl ListStudents {
    /// The first page of the students of a school, by name.
    pub fn of(school: SchoolId) -> Self {
        Self { school, search: None, filter: StudentFilter::default(), sort: None, offset: None, limit: None }
    }
}

/// Input of [`delete_students`] and [`restore_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentIds {
    pub school: SchoolId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
}

/// The students that the person may see: one page, sorted and filtered.
pub(super) async fn list_students(call: &Call, input: ListStudents) -> Result<Page<StudentRow>> {
    let access = call.access();
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    input.filter.check()?;
    let as_of = input.filter.as_of;
    let day = as_of.unwrap_or(today);
    let year = current_year(db, input.school, day).await?;
    let mut filter = Filter::new(input.school, input.filter.deleted == Some(true));
    reach(access, db, &input, &mut filter, today).await?;
    if let Some(class) = input.filter.class {
        access.class(db, class).await?;
    }
    // What is typed leaves out most, and is asked before all else of each row.
    if let Some(text) = &input.search {
        filter.words(text, today);
    }
    filter.narrowed(&input.filter, year, day);
    if let Some(field) = input.filter.own_field {
        let field = FieldSql::demand(call, input.school, FieldAbout::Student, field).await?;
        filter.own_field(&field, input.filter.own_value.as_deref());
    }
    let total = count(call, &filter).await?;
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
                status: match (as_of, status) {
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

/// The order of a column of days that may be empty; who has none comes before all days, on either database.
fn dated(column: &str, direction: &str) -> String {
    format!("{column} NOTNULL {direction}, {column} {direction}")
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
    // An expression is no column of an index: it is not walked through in the order of names.
    let name = if filter.by_birthday { format!("coalesce(s.{sort_name}, '')") } else { format!("s.{sort_name}") };
    let by_name = format!("{name} {direction}, s.id {direction}");
    let own = match field_in(&sort.column) {
        Some(field) => FieldSql::find(context, input.school, FieldAbout::Student, field).await?,
        None => None,
    };
    let order = match sort.column.as_str() {
        "name" => by_name,
        "number" => format!("{}, s.id {direction}", as_counted("s.number", direction)),
        "gradeLevel" => format!("{}, {by_name}", as_counted("coalesce(s.grade_level, '')", direction)),
        "status" => format!("s.status {direction}, {by_name}"),
        "sex" => format!("coalesce(s.sex, '') {direction}, {by_name}"),
        "birthDate" => format!("{}, {by_name}", dated("s.birth_date", direction)),
        "lastDay" => format!("{}, {by_name}", dated("s.last_day", direction)),
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
        _ => match own {
            Some(field) => format!("{}, {by_name}", field.order(direction, &mut filter.values)),
            None => return Err(Error::field("sort.column", "unknown", refusals::people::student_sort())),
        },
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
    let begun = input.filter.as_of.is_some();
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
pub(super) async fn titles(
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
