//! The courses of a year in one list, and those that were deleted.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, courses, staff};
use store::ids::{AcademicSessionId, ClassId, CourseId, SchoolId, StudentId, SubjectId};
use words::refusals;

use super::teachers::teachers;
use crate::paging::page_size;
use crate::people::bulk::placeholders;
use crate::people::{NameOrder, name_order};
use crate::schools::{current_year, school_day};
use crate::{Call, Error, Page, Reach, Result, Undoable};

/// A course, as listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseListRow {
    pub id: CourseId,
    pub subject: SubjectId,
    pub subject_title: String,
    pub class: ClassId,
    pub class_title: String,
    pub class_kind: ClassKind,
    pub grade_level: Option<String>,
    /// In the order of the school's lists.
    pub teachers: Vec<String>,
    /// Who takes it today or later.
    pub students: i64,
    /// The number of places of its class; none: as many as come.
    pub places: Option<i32>,
    pub description: Option<String>,
    pub deleted: bool,
    pub version: i32,
}

/// Input of [`list_courses`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ListCourses {
    pub school: SchoolId,
    /// Left out: the present academic year.
    pub year: Option<AcademicSessionId>,
    pub subject: Option<SubjectId>,
    /// Only those that the person teaches.
    pub taught: Option<bool>,
    /// Only those that this student takes.
    pub student: Option<StudentId>,
    /// A part of the subject's, the class's or a teacher's name.
    pub search: Option<String>,
    /// Only the deleted ones instead of those that are not.
    pub deleted: Option<bool>,
    pub offset: Option<u64>,
    /// At most 500; 100 where left out.
    pub limit: Option<u64>,
}

/// Input of [`restore_courses`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseIds {
    pub school: SchoolId,
    /// At most 1,000.
    pub courses: Vec<CourseId>,
}

#[derive(FromQueryResult)]
struct Found {
    id: CourseId,
    subject: SubjectId,
    subject_title: String,
    class: ClassId,
    class_title: String,
    class_kind: ClassKind,
    grade_level: Option<String>,
    students: i64,
    places: Option<i32>,
    description: Option<String>,
    deleted: bool,
    version: i32,
}

/// Who takes a course `k` on the day `$3` or later: the students of its class who are not exempted from then on.
pub(super) const TAKERS: &str = "SELECT count(DISTINCT e.student_id) FROM enrolments e JOIN students s ON s.id = e.student_id \
     WHERE e.school_id = $1 AND e.class_id = k.class_id AND s.deleted_at IS NULL AND (e.end_date IS NULL OR e.end_date >= $3) \
     AND NOT EXISTS (SELECT 1 FROM exemptions x WHERE x.school_id = $1 AND x.course_id = k.id AND x.student_id = e.student_id \
     AND x.start_date <= $3 AND (x.end_date IS NULL OR x.end_date >= $3))";

/// The courses of a year that the person may see, by subject and class, a page of them.
pub(super) async fn list_courses(call: &Call, input: ListCourses) -> Result<Page<CourseListRow>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    let year = match input.year {
        Some(year) => Some(year),
        None => current_year(db, input.school, today).await?,
    };
    let Some(year) = year else { return Ok(Page { rows: Vec::new(), total: 0 }) };
    let Some((filter, values)) =
        filtered(call, &input, reach, [input.school.into(), year.into(), today.into()]).await?
    else {
        return Ok(Page { rows: Vec::new(), total: 0 });
    };
    // The day is asked for in any case, so that both statements take the same values.
    let from = format!(
        "FROM courses k JOIN classes c ON c.id = k.class_id JOIN subjects b ON b.id = k.subject_id \
         JOIN academic_sessions y ON y.id = c.year_id AND (y.end_date >= $3 OR y.end_date < $3) \
         WHERE k.school_id = $1 AND c.year_id = $2 AND {filter}"
    );
    let total: i64 = {
        let sql = format!("SELECT count(*) {from}");
        let row = db.query_one_raw(call.store().statement(&sql, values.clone())).await?;
        row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0)
    };
    let limit = i64::try_from(page_size(input.limit)).unwrap_or(100);
    let offset = i64::try_from(input.offset.unwrap_or(0)).unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT k.id, k.subject_id AS subject, b.title AS subject_title, c.id AS class, c.title AS class_title, \
         c.kind AS class_kind, c.grade_level, ({TAKERS}) AS students, c.places, k.description, (k.deleted_at IS NOT NULL) AS deleted, \
         k.version {from} ORDER BY b.position, b.title, c.sort_title, c.title, k.id LIMIT {limit} OFFSET {offset}"
    );
    let found = Found::find_by_statement(call.store().statement(&sql, values)).all(db).await?;
    let order = name_order(db, input.school).await?;
    let ids: Vec<CourseId> = found.iter().map(|row| row.id).collect();
    let teachers = teachers(db, input.school, &ids, today).await?;
    let rows = found.into_iter().map(|row| row.listed(order, &teachers)).collect();
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0) })
}

/// Which courses `k` of subjects `b` and classes `c` are listed, as SQL with its values: school, year and day first. None
/// where none can be.
async fn filtered(
    call: &Call,
    input: &ListCourses,
    reach: Reach,
    first: [Value; 3],
) -> Result<Option<(String, Vec<Value>)>> {
    let access = call.access();
    let mut values = Vec::from(first);
    let not = if input.deleted == Some(true) { "NOT " } else { "" };
    let mut filter = format!("k.deleted_at IS {not}NULL AND c.deleted_at IS NULL");
    let mut value = |value: Value| {
        values.push(value);
        values.len()
    };
    if let Some(subject) = input.subject {
        filter.push_str(&format!(" AND k.subject_id = ${}", value(subject.into())));
    }
    if reach == Reach::Taught || input.taught == Some(true) {
        let Some(staff) = access.staff() else { return Ok(None) };
        let staff = value(staff.into());
        let led = if input.taught == Some(true) { "" } else { &format!("c.homeroom_staff_id = ${staff} OR ") };
        filter.push_str(&format!(
            " AND ({led}k.id IN (SELECT t.course_id FROM teachings t WHERE t.school_id = $1 AND t.staff_id = ${staff}))"
        ));
    }
    let student = match reach {
        Reach::Own => Some(access.student_self().ok_or_else(Error::forbidden)?),
        _ => match input.student {
            Some(student) => Some(access.student(call.store().reader(), student).await?.id),
            None => None,
        },
    };
    if let Some(student) = student {
        let student = value(student.into());
        filter.push_str(&format!(
            " AND k.class_id IN (SELECT e.class_id FROM enrolments e WHERE e.school_id = $1 AND e.student_id = ${student} \
             AND (e.end_date IS NULL OR e.end_date >= $3)) AND NOT EXISTS (SELECT 1 FROM exemptions x \
             WHERE x.school_id = $1 AND x.course_id = k.id AND x.student_id = ${student} \
             AND x.start_date <= $3 AND (x.end_date IS NULL OR x.end_date >= $3))"
        ));
    }
    if let Some(text) = input.search.as_deref().filter(|text| !text.trim().is_empty()) {
        let found = named(call, input.school, text).await?;
        if found.is_empty() {
            return Ok(None);
        }
        filter.push_str(&format!(" AND k.id IN ({})", placeholders(values.len() + 1, found.len())));
        values.extend(found.into_iter().map(Value::from));
    }
    Ok(Some((filter, values)))
}

#[derive(FromQueryResult)]
struct Names {
    id: CourseId,
    subject_title: String,
    class_title: String,
    given_name: Option<String>,
    family_name: Option<String>,
}

/// The courses of a school in whose subject, class or teachers all words of a text stand, written in whatever capitals,
/// accents and width: databases compare these otherwise, and each in its own way.
async fn named(call: &Call, school: SchoolId, text: &str) -> Result<Vec<CourseId>> {
    let sql = "SELECT k.id, b.title AS subject_title, c.title AS class_title, p.given_name, p.family_name FROM courses k \
         JOIN classes c ON c.id = k.class_id JOIN subjects b ON b.id = k.subject_id \
         LEFT JOIN teachings t ON t.school_id = $1 AND t.course_id = k.id \
         LEFT JOIN staff p ON p.id = t.staff_id AND p.deleted_at IS NULL WHERE k.school_id = $1 ORDER BY k.id";
    let rows =
        Names::find_by_statement(call.store().statement(sql, [school.into()])).all(call.store().reader()).await?;
    let text = store::fold(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = Vec::new();
    for of_course in rows.chunk_by(|a, b| a.id == b.id) {
        let parts = of_course.iter().flat_map(|row| {
            let names = [row.given_name.as_deref(), row.family_name.as_deref()];
            [Some(row.subject_title.as_str()), Some(row.class_title.as_str())].into_iter().chain(names).flatten()
        });
        let whole = store::fold(&parts.collect::<Vec<_>>().join(" "));
        if let Some(row) = of_course.first().filter(|_| words.iter().all(|word| whole.contains(word))) {
            found.push(row.id);
        }
    }
    Ok(found)
}

impl Found {
    fn listed(self, order: NameOrder, teachers: &HashMap<CourseId, Vec<staff::Model>>) -> CourseListRow {
        let own = teachers.get(&self.id).into_iter().flatten();
        CourseListRow {
            teachers: own.map(|teacher| order.list_name(&teacher.given_name, &teacher.family_name)).collect(),
            id: self.id,
            subject: self.subject,
            subject_title: self.subject_title,
            class: self.class,
            class_title: self.class_title,
            class_kind: self.class_kind,
            grade_level: self.grade_level,
            students: self.students,
            places: self.places,
            description: self.description,
            deleted: self.deleted,
            version: self.version,
        }
    }
}

/// Brings deleted courses back, with their marks.
pub(super) async fn restore_courses(call: &Call, input: CourseIds) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    if input.courses.len() > 1_000 {
        return Err(Error::field("courses", "too_many", refusals::common::at_most_thousand()));
    }
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let rows = courses::Entity::find()
                .filter(courses::Column::SchoolId.eq(input.school))
                .filter(courses::Column::Id.is_in(input.courses.iter().copied()))
                .all(tx.reader())
                .await?;
            if input.courses.iter().any(|id| !rows.iter().any(|row| row.id == *id)) {
                return Err(Error::not_found(refusals::gone::course()));
            }
            for row in rows.iter().filter(|row| row.deleted_at.is_some()) {
                let after = courses::Model { deleted_at: None, ..row.clone() };
                tx.update::<courses::Entity>(row, after).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}
