//! Who of a class does not take one of its courses, from when to when and why.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{courses, exemptions};
use store::ids::{CourseId, ExemptionId, StudentId};
use words::refusals;

use super::courses::existing_course;
use super::enrolments::{check_students, course_class};
use crate::error::Invalid;
use crate::{Call, Error, Result, Undoable};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 200;

/// Input of [`exempt_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ExemptStudents {
    pub course: CourseId,
    /// Of the course's class; at most 1,000.
    pub students: Vec<StudentId>,
    /// The first day on which they do not take the course.
    pub start: NaiveDate,
    /// The last such day; from then on where left out.
    pub end: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// Input of [`end_exemptions`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndExemptions {
    pub course: CourseId,
    pub students: Vec<StudentId>,
    /// The first day on which they take the course again.
    pub from: NaiveDate,
}

/// Exempts students of a class from one of its courses. Who is exempted on one of these days already stays as they are.
pub(super) async fn exempt_students(call: &Call, input: ExemptStudents) -> Result<Undoable> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    access.whole_school(course.school_id)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    if input.end.is_some_and(|end| end < input.start) {
        invalid.push("end", "before_start", refusals::attendance::end_before_start());
    }
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(course.school_id).await?;
            let course = existing_course(tx, course.id).await?;
            let class = course_class(tx, &course).await?;
            check_students(tx, &class, &input.students).await?;
            exempt(tx, &course, &input.students, input.start, input.end, reason.as_deref()).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Lets exempted students take the course again.
pub(super) async fn end_exemptions(call: &Call, input: EndExemptions) -> Result<Undoable> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    access.whole_school(course.school_id)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(course.school_id).await?;
            let course = existing_course(tx, course.id).await?;
            let ended = take_again(tx, &course, &input.students, input.from).await?;
            if ended == 0 {
                return Err(Error::field("students", "not_exempted", refusals::classes::not_exempted()));
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// The exemptions of these students from a course.
async fn held(
    db: &impl ConnectionTrait,
    course: &courses::Model,
    students: &[StudentId],
) -> Result<Vec<exemptions::Model>> {
    Ok(exemptions::Entity::find()
        .filter(exemptions::Column::SchoolId.eq(course.school_id))
        .filter(exemptions::Column::CourseId.eq(course.id))
        .filter(exemptions::Column::StudentId.is_in(students.iter().copied()))
        .all(db)
        .await?)
}

/// Exempts whoever of them is not on any of the days.
pub(super) async fn exempt(
    tx: &mut Transaction<'_>,
    course: &courses::Model,
    students: &[StudentId],
    start: NaiveDate,
    end: Option<NaiveDate>,
    reason: Option<&str>,
) -> Result<()> {
    let held = held(tx.reader(), course, students).await?;
    let meets = |row: &exemptions::Model| {
        end.is_none_or(|end| row.start_date <= end) && row.end_date.is_none_or(|last| last >= start)
    };
    let mut new: Vec<StudentId> = students.to_vec();
    new.sort();
    new.dedup();
    new.retain(|id| !held.iter().any(|row| row.student_id == *id && meets(row)));
    let rows = new.into_iter().map(|student_id| exemptions::Model {
        id: ExemptionId::new(),
        school_id: course.school_id,
        course_id: course.id,
        student_id,
        start_date: start,
        end_date: end,
        reason: reason.map(str::to_owned),
        version: 1,
    });
    tx.insert_many::<exemptions::Entity>(rows.collect()).await?;
    Ok(())
}

/// Ends the exemptions of these students on the day before `from`; one that would end before it began goes. Returns how many.
pub(super) async fn take_again(
    tx: &mut Transaction<'_>,
    course: &courses::Model,
    students: &[StudentId],
    from: NaiveDate,
) -> Result<usize> {
    let held = held(tx.reader(), course, students).await?;
    let open: Vec<_> = held.into_iter().filter(|row| row.end_date.is_none_or(|end| end >= from)).collect();
    for before in &open {
        match from.pred_opt().filter(|last| *last >= before.start_date) {
            Some(last) => {
                let after = exemptions::Model { end_date: Some(last), ..before.clone() };
                tx.update::<exemptions::Entity>(before, after).await?;
            }
            None => tx.delete::<exemptions::Entity>(before).await?,
        }
    }
    Ok(open.len())
}
