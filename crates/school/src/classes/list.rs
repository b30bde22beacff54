//! The list of classes; deleting and restoring them.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, classes};
use store::ids::{AcademicSessionId, ClassId, SchoolId, StaffId};
use words::refusals;

use super::homerooms::one_homeroom_each;
use crate::Undoable;
use crate::people::bulk::placeholders;
use crate::people::{NameOrder, name_order};
use crate::schools::{current_year, school_day};
use crate::{Call, Context, Error, Reach, Result};

/// A class, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassRow {
    pub id: ClassId,
    pub year: AcademicSessionId,
    pub title: String,
    pub kind: ClassKind,
    pub grade_level: Option<String>,
    pub room: Option<String>,
    /// The number of places; none: as many as come.
    pub places: Option<i32>,
    pub class_teacher: Option<StaffId>,
    /// In the order of the school's lists.
    pub class_teacher_name: Option<String>,
    /// Students enrolled today or later.
    pub students: i64,
    pub courses: i64,
    pub deleted: bool,
    pub version: i32,
}

/// Input of [`list_classes`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ListClasses {
    pub school: SchoolId,
    /// Left out: the present academic year.
    pub year: Option<AcademicSessionId>,
    /// Only homerooms, or only groups.
    pub kind: Option<ClassKind>,
    /// Only the deleted ones instead of those that are not.
    pub deleted: Option<bool>,
    /// Counts the students of that day; those of today and later where it is left out.
    pub as_of: Option<NaiveDate>,
}

/// Input of [`delete_classes`] and [`restore_classes`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassIds {
    pub school: SchoolId,
    /// At most 1,000.
    pub classes: Vec<ClassId>,
}

/// The classes of a year that the person may see, homerooms first, by grade level and title.
pub(super) async fn list_classes(call: &Call, input: ListClasses) -> Result<Vec<ClassRow>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    let year = match input.year {
        Some(year) => Some(year),
        None => current_year(db, input.school, input.as_of.unwrap_or(today)).await?,
    };
    let Some(year) = year else { return Ok(Vec::new()) };
    let seen = match reach {
        Reach::School => None,
        Reach::Taught => Some(access.taught_classes(db, input.school).await?),
        Reach::Own => return Err(Error::forbidden()),
    };
    if seen.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let mut rows = rows(call, &input, (year, input.as_of.unwrap_or(today)), seen).await?;
    rows.retain(|row| input.kind.is_none_or(|kind| row.kind == kind));
    Ok(rows)
}

async fn rows(
    context: &Context,
    input: &ListClasses,
    (year, day): (AcademicSessionId, NaiveDate),
    seen: Option<Vec<ClassId>>,
) -> Result<Vec<ClassRow>> {
    let mut values: Vec<Value> = vec![input.school.into(), year.into(), day.into()];
    let among = match seen {
        None => String::new(),
        Some(seen) => {
            values.extend(seen.iter().map(|class| Value::from(*class)));
            format!(" AND c.id IN ({})", placeholders(4, seen.len()))
        }
    };
    let not = if input.deleted == Some(true) { "NOT " } else { "" };
    let begun = if input.as_of.is_some() { "AND e.start_date <= $3" } else { "" };
    let sql = include_str!("list.sql")
        .replace("{deleted}", &format!("c.deleted_at IS {not}NULL{among}"))
        .replace("{begun}", begun);
    let db = context.store().reader();
    let order = name_order(db, input.school).await?;
    let mut found = Found::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    found.sort_by_cached_key(|class| {
        (class.kind == ClassKind::Group, class.grade_level.as_deref().map(store::sort_title))
    });
    Ok(found.into_iter().map(|class| class.row(order)).collect())
}

#[derive(FromQueryResult)]
struct Found {
    id: ClassId,
    year: AcademicSessionId,
    title: String,
    kind: ClassKind,
    grade_level: Option<String>,
    room: Option<String>,
    places: Option<i32>,
    class_teacher: Option<StaffId>,
    teacher_given: Option<String>,
    teacher_family: Option<String>,
    students: i64,
    courses: i64,
    deleted: bool,
    version: i32,
}

impl Found {
    fn row(self, order: NameOrder) -> ClassRow {
        let teacher = self.teacher_given.zip(self.teacher_family);
        ClassRow {
            id: self.id,
            year: self.year,
            title: self.title,
            kind: self.kind,
            places: self.places,
            grade_level: self.grade_level,
            room: self.room,
            class_teacher: self.class_teacher,
            class_teacher_name: teacher.map(|(given, family)| order.list_name(&given, &family)),
            students: self.students,
            courses: self.courses,
            deleted: self.deleted,
            version: self.version,
        }
    }
}

/// Deletes classes softly, with what belongs to them out of sight; restoring brings all of it back.
pub(super) async fn delete_classes(call: &Call, input: ClassIds) -> Result<Undoable> {
    set_deleted(call, input, true).await
}

/// Restores deleted classes.
pub(super) async fn restore_classes(call: &Call, input: ClassIds) -> Result<Undoable> {
    set_deleted(call, input, false).await
}

async fn set_deleted(call: &Call, input: ClassIds, delete: bool) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    if input.classes.len() > 1_000 {
        return Err(Error::field("classes", "too_many", refusals::common::at_most_thousand()));
    }
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let rows = classes::Entity::find()
                .filter(classes::Column::SchoolId.eq(input.school))
                .filter(classes::Column::Id.is_in(input.classes.iter().copied()))
                .all(tx.reader())
                .await?;
            if input.classes.iter().any(|id| !rows.iter().any(|row| row.id == *id)) {
                return Err(Error::not_found(refusals::gone::class()));
            }
            for row in rows.iter().filter(|row| row.deleted_at.is_none() == delete) {
                let after = classes::Model { deleted_at: delete.then(|| call.now()), ..row.clone() };
                tx.update::<classes::Entity>(row, after).await?;
            }
            if delete { Ok(()) } else { one_homeroom_each(tx.reader(), input.school, &input.classes).await }
        })
        .await?;
    Ok(Undoable { undo })
}
