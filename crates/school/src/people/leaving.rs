//! Leaving the school, coming back, being away for a time: the acts that make the history of a student's place at the school.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{SoftDeleted, StayEntry, StayExit, enrolments, leaves, stays, students};
use store::ids::{ClassId, LeaveId, SchoolId, StayId, StudentId};
use words::refusals;

use super::full_name;
use super::stays::{follow_end, settle, stays_of, years_of_classes};
use super::students::MOST_AT_ONCE;
use super::transfers::take_back;
use crate::classes::{Joining, one_homeroom_each};
use crate::error::Invalid;
use crate::schools::{load_settings, school_day};
use crate::{Call, Error, Result, Undoable};

/// The longest reason, in characters.
pub(super) const LONGEST_REASON: usize = 200;

/// Input of [`withdraw_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct WithdrawStudents {
    pub school: SchoolId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
    /// Their last day at the school; it may lie ahead.
    pub last_day: NaiveDate,
    pub exit: StayExit,
    pub reason: Option<String>,
}

/// Input of [`re_enrol_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ReEnrolStudents {
    pub school: SchoolId,
    /// Who have left; at most 1,000.
    pub students: Vec<StudentId>,
    /// Their first day back.
    pub first_day: NaiveDate,
    pub reason: Option<String>,
    /// Puts them into this class from that day on, in the same step.
    pub class: Option<ClassId>,
}

/// Input of [`grant_leave`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct GrantLeave {
    pub school: SchoolId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
    /// The first day on which they are not there.
    pub first_day: NaiveDate,
    /// The last such day; not known yet where left out.
    pub last_day: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// Input of [`change_leave`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ChangeLeave {
    pub leave: LeaveId,
    /// The version that the person saw.
    pub version: i32,
    pub first_day: NaiveDate,
    /// The last day; not known yet where left out. The day before the first takes the leave back.
    pub last_day: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// Input of [`correct_stay`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CorrectStay {
    pub stay: StayId,
    /// The version that the person saw.
    pub version: i32,
    pub first_day: NaiveDate,
    pub entry_reason: Option<String>,
    /// The last day at the school; without it the student is still there.
    pub last_day: Option<NaiveDate>,
    /// How it ended; withdrawn where it ended and this is left out.
    pub exit: Option<StayExit>,
    pub exit_reason: Option<String>,
}

/// Ends the time of students at the school on a day: they leave all classes with it, their records stay as they are.
pub(super) async fn withdraw_students(call: &Call, input: WithdrawStudents) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    if input.exit == StayExit::Transferred {
        invalid.push("exit", "transfer", refusals::people::transfer_instead());
    }
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let rows = chosen(tx, input.school, &input.students).await?;
            let today = school_day(call, tx.reader(), input.school).await?;
            let years = years_of_classes(tx.reader(), input.school).await?;
            for row in rows {
                let end = (input.last_day, input.exit, reason.as_deref());
                end_stay(tx, &years, row, end, today).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Ends the latest time of a student: last day, how, why. `years` is from [`years_of_classes`]. The time as it now is.
///
/// # Errors
/// Where the student has left already, or was not there on that day.
pub(super) async fn end_stay(
    tx: &mut Transaction<'_>,
    years: &HashMap<ClassId, NaiveDate>,
    student: students::Model,
    (last_day, exit, reason): (NaiveDate, StayExit, Option<&str>),
    today: NaiveDate,
) -> Result<stays::Model> {
    let latest = latest_of(tx, &student).await?;
    let name = full_name(&student.given_name, &student.family_name);
    if let Some(end) = latest.end_date.filter(|end| *end < today) {
        let order = load_settings(tx.reader(), student.school_id).await?.day_order;
        return Err(Error::field("students", "has_left", refusals::people::has_left_already(name, order.write(end)))
            .help(refusals::people::correct_the_days()));
    }
    if last_day < latest.start_date {
        let order = load_settings(tx.reader(), student.school_id).await?.day_order;
        let message = refusals::people::leaves_before_first_day(name, order.write(latest.start_date));
        return Err(Error::field("lastDay", "before_first", message).help(refusals::people::delete_if_never_came()));
    }
    let after = stays::Model {
        end_date: Some(last_day),
        exit_kind: Some(exit),
        exit_reason: reason.map(str::to_owned),
        ..latest.clone()
    };
    let after = write_stay(tx, years, &latest, after).await?;
    settle(tx, student, &after, today).await?;
    Ok(after)
}

/// Changes a time at the school, and what ends with it; the time as it now is.
async fn write_stay(
    tx: &mut Transaction<'_>,
    years: &HashMap<ClassId, NaiveDate>,
    before: &stays::Model,
    after: stays::Model,
) -> Result<stays::Model> {
    if before.exit_kind == Some(StayExit::Transferred) && after.exit_kind != before.exit_kind {
        take_back(tx, before).await?;
    }
    let after = tx.update::<stays::Entity>(before, after).await?;
    let touched = follow_end(tx, years, before, after.end_date).await?;
    // Only a time that goes on longer can meet another one.
    let longer = before.end_date.is_some_and(|was| after.end_date.is_none_or(|end| end > was));
    if longer {
        one_homeroom_each(tx.reader(), after.school_id, &touched).await?;
    }
    Ok(after)
}

/// Lets students who have left come back from a day on, into a class at once where one is named.
pub(super) async fn re_enrol_students(call: &Call, input: ReEnrolStudents) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    invalid.check()?;
    let joining = match input.class {
        Some(class) => Some(Joining::find(call, input.school, class, Some(input.first_day)).await?),
        None => None,
    };
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let today = school_day(call, tx.reader(), input.school).await?;
            for row in chosen(tx, input.school, &input.students).await? {
                let id = row.id;
                come_back(tx, row, (input.first_day, StayEntry::ReEnrolled, reason.as_deref()), today).await?;
                if let Some(joining) = &joining {
                    joining.enrol(tx, id).await?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Begins a new time of a student who has left: first day, how, why. The time.
///
/// # Errors
/// Where the student has not left before that day.
pub(super) async fn come_back(
    tx: &mut Transaction<'_>,
    student: students::Model,
    (first_day, entry, reason): (NaiveDate, StayEntry, Option<&str>),
    today: NaiveDate,
) -> Result<stays::Model> {
    let latest = latest_of(tx, &student).await?;
    let name = full_name(&student.given_name, &student.family_name);
    match latest.end_date {
        None => return Err(Error::field("students", "still_there", refusals::people::still_there(name))),
        Some(end) if end >= first_day => {
            let order = load_settings(tx.reader(), student.school_id).await?.day_order;
            let message = refusals::people::back_before_left(name, order.write(end));
            return Err(Error::field("firstDay", "before_end", message).help(refusals::people::correct_the_days()));
        }
        Some(_) => {}
    }
    let new = stays::Model {
        id: StayId::new(),
        school_id: student.school_id,
        student_id: student.id,
        start_date: first_day,
        entry_kind: entry,
        entry_reason: reason.map(str::to_owned),
        end_date: None,
        exit_kind: None,
        exit_reason: None,
        version: 1,
    };
    let new = tx.insert::<stays::Entity>(new).await?;
    settle(tx, student, &new, today).await?;
    Ok(new)
}

/// Lets students be away for a time: they stay of the school and in their classes, and are in no register.
pub(super) async fn grant_leave(call: &Call, input: GrantLeave) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    if input.last_day.is_some_and(|last| last < input.first_day) {
        invalid.push("lastDay", "before_start", refusals::attendance::end_before_start());
    }
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            for student in chosen(tx, input.school, &input.students).await? {
                let new = leaves::Model {
                    id: LeaveId::new(),
                    school_id: input.school,
                    student_id: student.id,
                    start_date: input.first_day,
                    end_date: input.last_day,
                    reason: reason.clone(),
                    version: 1,
                };
                leave_fits(tx, &student, &new).await?;
                tx.insert::<leaves::Entity>(new).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Sets the days of a leave, as when somebody is back.
pub(super) async fn change_leave(call: &Call, input: ChangeLeave) -> Result<Undoable> {
    let gone = || Error::not_found(refusals::gone::leave());
    let found = leaves::Entity::find_by_id(input.leave).one(call.store().reader()).await?.ok_or_else(gone)?;
    call.access().whole_school(found.school_id)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    let taken_back = input.last_day.is_some() && input.last_day == input.first_day.pred_opt();
    if input.last_day.is_some_and(|last| last < input.first_day) && !taken_back {
        invalid.push("lastDay", "before_start", refusals::attendance::end_before_start());
    }
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(found.school_id).await?;
            let before = leaves::Entity::find_by_id(input.leave).one(tx.reader()).await?.ok_or_else(gone)?;
            let before = leaves::Model { version: input.version, ..before };
            if taken_back {
                return Ok(tx.delete::<leaves::Entity>(&before).await?);
            }
            let student = chosen(tx, before.school_id, &[before.student_id]).await?.pop().ok_or_else(gone)?;
            let after = leaves::Model {
                start_date: input.first_day,
                end_date: input.last_day,
                reason: reason.clone(),
                ..before.clone()
            };
            leave_fits(tx, &student, &after).await?;
            tx.update::<leaves::Entity>(&before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Whether a leave lies within a time at the school and meets no other one.
async fn leave_fits(tx: &Transaction<'_>, student: &students::Model, leave: &leaves::Model) -> Result<()> {
    let name = || full_name(&student.given_name, &student.family_name);
    let times = stays_of(tx.reader(), student.school_id, &[student.id]).await?.remove(&student.id).unwrap_or_default();
    let last = leave.end_date.unwrap_or(leave.start_date);
    if !times.iter().any(|time| time.start_date <= leave.start_date && time.end_date.is_none_or(|end| end >= last)) {
        return Err(Error::field("firstDay", "not_at_school", refusals::people::not_there_then(name())));
    }
    let others = leaves::Entity::find()
        .filter(leaves::Column::SchoolId.eq(student.school_id))
        .filter(leaves::Column::StudentId.eq(student.id))
        .filter(leaves::Column::Id.ne(leave.id))
        .all(tx.reader())
        .await?;
    let meets = |other: &leaves::Model| {
        leave.end_date.is_none_or(|end| other.start_date <= end)
            && other.end_date.is_none_or(|end| end >= leave.start_date)
    };
    if others.iter().any(meets) {
        return Err(Error::field("firstDay", "twice", refusals::people::on_leave_already(name())));
    }
    Ok(())
}

/// Sets the days and reasons of a time at the school that were recorded wrong.
pub(super) async fn correct_stay(call: &Call, input: CorrectStay) -> Result<Undoable> {
    let gone = || Error::not_found(refusals::gone::stay());
    let found = stays::Entity::find_by_id(input.stay).one(call.store().reader()).await?.ok_or_else(gone)?;
    call.access().whole_school(found.school_id)?;
    let mut invalid = Invalid::default();
    let entry_reason = invalid.optional("entryReason", input.entry_reason.as_deref(), LONGEST_REASON);
    let exit_reason = invalid.optional("exitReason", input.exit_reason.as_deref(), LONGEST_REASON);
    if input.last_day.is_some_and(|last| last < input.first_day) {
        invalid.push("lastDay", "before_start", refusals::attendance::end_before_start());
    }
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(found.school_id).await?;
            let student = chosen(tx, found.school_id, &[found.student_id]).await?.pop().ok_or_else(gone)?;
            let mut times = stays_of(tx.reader(), found.school_id, &[found.student_id])
                .await?
                .remove(&student.id)
                .unwrap_or_default();
            let at = times.iter().position(|time| time.id == input.stay).ok_or_else(gone)?;
            let before = stays::Model { version: input.version, ..times.remove(at) };
            let exit = input.exit.or(before.exit_kind).unwrap_or(StayExit::Withdrawn);
            if exit == StayExit::Transferred && before.exit_kind != Some(exit) {
                return Err(Error::field("exit", "transfer", refusals::people::transfer_instead()));
            }
            let meets = |other: &stays::Model| {
                input.last_day.is_none_or(|end| other.start_date <= end)
                    && other.end_date.is_none_or(|end| end >= input.first_day)
            };
            let latest = at == times.len();
            if times.iter().any(meets) || (!latest && input.last_day.is_none()) {
                let name = full_name(&student.given_name, &student.family_name);
                return Err(Error::field("firstDay", "twice", refusals::people::other_stay_then(name)));
            }
            classes_begin_after(tx, &before, input.first_day).await?;
            let after = stays::Model {
                start_date: input.first_day,
                entry_reason,
                end_date: input.last_day,
                exit_kind: input.last_day.map(|_| exit),
                exit_reason: exit_reason.filter(|_| input.last_day.is_some()),
                ..before.clone()
            };
            let years = years_of_classes(tx.reader(), found.school_id).await?;
            let after = write_stay(tx, &years, &before, after).await?;
            if latest {
                let today = school_day(call, tx.reader(), found.school_id).await?;
                settle(tx, student, &after, today).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Refuses a first day after the student's first day in a class of that time.
async fn classes_begin_after(tx: &Transaction<'_>, stay: &stays::Model, first_day: NaiveDate) -> Result<()> {
    let before = first_day.checked_sub_days(Days::new(1));
    let Some(before) = before.filter(|before| *before >= stay.start_date) else { return Ok(()) };
    let earliest = enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(stay.school_id))
        .filter(enrolments::Column::StudentId.eq(stay.student_id))
        .filter(enrolments::Column::StartDate.between(stay.start_date, before))
        .all(tx.reader())
        .await?
        .into_iter()
        .map(|row| row.start_date)
        .min();
    match earliest {
        None => Ok(()),
        Some(day) => {
            let order = load_settings(tx.reader(), stay.school_id).await?.day_order;
            let message = refusals::people::in_class_before(order.write(day));
            Err(Error::field("firstDay", "in_class_before", message).help(refusals::people::correct_the_class()))
        }
    }
}

async fn latest_of(tx: &Transaction<'_>, student: &students::Model) -> Result<stays::Model> {
    let times = stays_of(tx.reader(), student.school_id, &[student.id]).await?.remove(&student.id);
    times.unwrap_or_default().pop().ok_or_else(|| Error::not_found(refusals::gone::stay()))
}

/// The existing students of the school that somebody chose, each once.
pub(crate) async fn chosen(tx: &Transaction<'_>, school: SchoolId, ids: &[StudentId]) -> Result<Vec<students::Model>> {
    if ids.is_empty() {
        return Err(Error::field("students", "required", refusals::classes::no_student()));
    }
    if ids.len() > MOST_AT_ONCE {
        return Err(Error::field("students", "too_many", refusals::common::at_most_thousand()));
    }
    let rows = students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Column::Id.is_in(ids.iter().copied()))
        .filter(students::Entity::existing())
        .all(tx.reader())
        .await?;
    let wanted: HashSet<StudentId> = ids.iter().copied().collect();
    if rows.len() < wanted.len() {
        return Err(Error::not_found(refusals::gone::student()));
    }
    Ok(rows)
}

/// Lets many students leave with the last day of an academic year, when nobody of them has left yet.
pub async fn leave_at_the_end(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    leaving: Vec<(students::Model, StayExit)>,
    last_day: NaiveDate,
    today: NaiveDate,
) -> Result<()> {
    let ids: Vec<StudentId> = leaving.iter().map(|(student, _)| student.id).collect();
    let mut times = stays_of(tx.reader(), school, &ids).await?;
    let years = years_of_classes(tx.reader(), school).await?;
    for (student, exit) in leaving {
        let Some(latest) = times.remove(&student.id).and_then(|mut own| own.pop()) else { continue };
        let after = stays::Model { end_date: Some(last_day), exit_kind: Some(exit), ..latest.clone() };
        let after = write_stay(tx, &years, &latest, after).await?;
        settle(tx, student, &after, today).await?;
    }
    Ok(())
}
