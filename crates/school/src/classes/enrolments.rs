//! Who is in which class, from when to when. History is kept: leaving a class ends an enrolment, it does not delete it.

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{academic_sessions, classes, courses, enrolments};
use store::ids::{ClassId, EnrolmentId, SchoolId, StudentId};
use words::refusals;

use super::homerooms::one_homeroom_each;
use crate::Undoable;
use crate::people::chosen_students;
use crate::people::stays::there_from;
use crate::schools::{load_settings, outside_year, school_day};
use crate::{Access, Call, Context, Error, Result};

/// Input of [`enrol_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolStudents {
    pub class: ClassId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
    /// Their first day in the class.
    pub start: NaiveDate,
}

/// Input of [`end_enrolments`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndEnrolments {
    pub class: ClassId,
    pub students: Vec<StudentId>,
    /// Their last day in the class.
    pub end: NaiveDate,
}

/// Input of [`move_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MoveStudents {
    pub from: ClassId,
    pub to: ClassId,
    pub students: Vec<StudentId>,
    /// Their first day in the new class; the day before is their last in the old one.
    pub date: NaiveDate,
}

/// Enrols students in a class. Who is enrolled on that day or later already stays as they are.
pub(super) async fn enrol_students(call: &Call, input: EnrolStudents) -> Result<Undoable> {
    let access = call.access();
    let class = class_to_change(call, access, input.class).await?;
    check_day(call.store().reader(), &class, "start", input.start).await?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(class.school_id).await?;
            check_students(tx, &class, &input.students).await?;
            enrol(tx, &class, &input.students, input.start).await?;
            one_homeroom_each(tx.reader(), class.school_id, &[class.id]).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Ends the enrolments of students in a class.
pub(super) async fn end_enrolments(call: &Call, input: EndEnrolments) -> Result<Undoable> {
    let access = call.access();
    let class = class_to_change(call, access, input.class).await?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(class.school_id).await?;
            check_students(tx, &class, &input.students).await?;
            check_end(tx, &class, &input).await?;
            end(tx, &class, &input.students, input.end).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Moves students from a class to another on a date, in one step that can be undone.
pub(super) async fn move_students(call: &Call, input: MoveStudents) -> Result<Undoable> {
    let access = call.access();
    let from = class_to_change(call, access, input.from).await?;
    let to = class_to_change(call, access, input.to).await?;
    if from.id == to.id || from.school_id != to.school_id {
        return Err(Error::field("to", "other_class", refusals::classes::same_class()));
    }
    if from.kind != to.kind {
        return Err(Error::field("to", "other_kind", refusals::classes::other_kind()));
    }
    check_day(call.store().reader(), &to, "date", input.date).await?;
    let last = input
        .date
        .checked_sub_days(Days::new(1))
        .ok_or_else(|| Error::field("date", "not_possible", refusals::classes::day_outside_year()))?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(from.school_id).await?;
            still_there(tx, &to).await?;
            check_students(tx, &from, &input.students).await?;
            end(tx, &from, &input.students, last).await?;
            enrol(tx, &to, &input.students, input.date).await?;
            one_homeroom_each(tx.reader(), to.school_id, &[to.id]).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// A class that students are put into by an operation that does more than that: one act, one transaction, one undo.
pub struct Joining {
    class: classes::Model,
    start: NaiveDate,
}

impl Joining {
    /// Asks what [`enrol_students`] asks. Without a first day it is today, or the nearest day of the class's year.
    pub async fn find(context: &Context, school: SchoolId, class: ClassId, start: Option<NaiveDate>) -> Result<Self> {
        let access = context.permit(&crate::classes::operations::enrol_students)?;
        let class = class_to_change(context, &access, class).await?;
        if class.school_id != school {
            return Err(Error::field("class", "other_school", refusals::classes::other_schools_class()));
        }
        let db = context.store().reader();
        let start = match start {
            Some(start) => start,
            None => {
                let today = school_day(context, db, school).await?;
                let year = academic_sessions::Entity::find_by_id(class.year_id).one(db).await?;
                year.map_or(today, |year| today.min(year.end_date).max(year.start_date))
            }
        };
        check_day(db, &class, "class", start).await?;
        Ok(Self { class, start })
    }

    /// The first day in the class.
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    pub async fn enrol(&self, tx: &mut Transaction<'_>, student: StudentId) -> Result<()> {
        still_there(tx, &self.class).await?;
        enrol(tx, &self.class, &[student], self.start).await?;
        one_homeroom_each(tx.reader(), self.class.school_id, &[self.class.id]).await
    }
}

/// A class in which whoever asks may change who is in it.
pub(super) async fn class_to_change(context: &Context, access: &Access, id: ClassId) -> Result<classes::Model> {
    let class = access.class(context.store().reader(), id).await?;
    access.whole_school(class.school_id)?;
    Ok(class)
}

/// The class of a course, not deleted.
pub(super) async fn course_class(tx: &Transaction<'_>, course: &courses::Model) -> Result<classes::Model> {
    let class = classes::Entity::find_by_id(course.class_id).one(tx.reader()).await?;
    class.filter(|class| class.deleted_at.is_none()).ok_or_else(|| Error::not_found(refusals::gone::class()))
}

/// Refuses a day outside of the class's year.
pub(super) async fn check_day(
    db: &impl ConnectionTrait,
    class: &classes::Model,
    field: &str,
    day: NaiveDate,
) -> Result<()> {
    match outside_year(db, class.school_id, class.year_id, day).await? {
        Some(message) => Err(Error::field(field, "outside_year", message)),
        None => Ok(()),
    }
}

/// The last day lies in the year and not before the first; the day before the first takes back what never came to be.
async fn check_end(tx: &Transaction<'_>, class: &classes::Model, input: &EndEnrolments) -> Result<()> {
    let db = tx.reader();
    let open = held(db, class, &input.students).await?;
    let first = open.iter().filter(|e| e.end_date.is_none_or(|end| end > input.end)).map(|e| e.start_date).max();
    let Some(first) = first else { return Ok(()) };
    if Some(input.end) == first.pred_opt() {
        return Ok(());
    }
    check_day(db, class, "end", input.end).await?;
    if input.end < first {
        let order = load_settings(db, class.school_id).await?.day_order;
        let message = refusals::classes::not_in_class_then(order.write(first));
        return Err(Error::field("end", "before_start", message));
    }
    Ok(())
}

/// Refuses a class that was deleted in the meantime.
async fn still_there(tx: &Transaction<'_>, class: &classes::Model) -> Result<()> {
    let found = classes::Entity::find_by_id(class.id).one(tx.reader()).await?;
    found.filter(|class| class.deleted_at.is_none()).map(drop).ok_or_else(|| Error::not_found(refusals::gone::class()))
}

/// Refuses students who are not of the class's school, none at all, and too many.
pub(super) async fn check_students(tx: &Transaction<'_>, class: &classes::Model, ids: &[StudentId]) -> Result<()> {
    still_there(tx, class).await?;
    chosen_students(tx, class.school_id, ids).await.map(drop)
}

/// All times of these students in a class.
pub(super) async fn held(
    db: &impl ConnectionTrait,
    class: &classes::Model,
    ids: &[StudentId],
) -> Result<Vec<enrolments::Model>> {
    Ok(enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(class.school_id))
        .filter(enrolments::Column::ClassId.eq(class.id))
        .filter(enrolments::Column::StudentId.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// Enrols whoever of them is not in the class on that day or later, until they leave the school where that is known.
pub(super) async fn enrol(
    tx: &mut Transaction<'_>,
    class: &classes::Model,
    ids: &[StudentId],
    start: NaiveDate,
) -> Result<()> {
    let held = held(tx.reader(), class, ids).await?;
    let mut new: Vec<StudentId> = ids.to_vec();
    new.sort();
    new.dedup();
    new.retain(|id| !held.iter().any(|e| e.student_id == *id && e.end_date.is_none_or(|end| end >= start)));
    let until = there_from(tx, class.school_id, &new, start, "students").await?;
    let rows = new
        .into_iter()
        .map(|student_id| enrolments::Model {
            id: EnrolmentId::new(),
            school_id: class.school_id,
            class_id: class.id,
            student_id,
            start_date: start,
            end_date: until.get(&student_id).copied().flatten(),
            source_id: None,
            version: 1,
        })
        .collect();
    tx.insert_many::<enrolments::Entity>(rows).await?;
    Ok(())
}

/// Ends what is open on the day after `last`. An enrolment that would end before it began goes: it never came to be.
pub(super) async fn end(
    tx: &mut Transaction<'_>,
    class: &classes::Model,
    ids: &[StudentId],
    last: NaiveDate,
) -> Result<()> {
    let open: Vec<enrolments::Model> =
        held(tx.reader(), class, ids).await?.into_iter().filter(|e| e.end_date.is_none_or(|end| end > last)).collect();
    if let Some(missing) = ids.iter().find(|id| !open.iter().any(|e| e.student_id == **id)) {
        tracing::debug!(student = %missing, "not enrolled in the class");
        return Err(Error::field("students", "not_enrolled", refusals::classes::not_all_in_class()));
    }
    for before in &open {
        if before.start_date > last {
            tx.delete::<enrolments::Entity>(before).await?;
        } else {
            let after = enrolments::Model { end_date: Some(last), ..before.clone() };
            tx.update::<enrolments::Entity>(before, after).await?;
        }
    }
    Ok(())
}
