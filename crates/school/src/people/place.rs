//! A student's place at the school as a page shows it: the times there, and those of being away.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{StayEntry, StayExit, leaves, stays, students};
use store::ids::{LeaveId, SchoolId, StayId};
use words::refusals;

use super::leaving::{come_back, end_stay};
use super::stays::{exit_of, has_left, stays_of, there_from, years_of_classes};
use super::students::StudentStatus;
use super::transfers::{TransferState, other_schools};
use crate::permission::rules::STAFF;
use crate::{Access, Context, Error, Reach, Result};

/// A time at the school.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StayRow {
    pub id: StayId,
    pub first_day: NaiveDate,
    pub entry: StayEntry,
    pub entry_reason: Option<String>,
    /// The last day; none: still there.
    pub last_day: Option<NaiveDate>,
    pub exit: Option<StayExit>,
    pub exit_reason: Option<String>,
    /// The school of the district that the student came from with it.
    pub came_from: Option<String>,
    /// The school of the district that the student goes to when it ends.
    pub goes_to: Option<String>,
    /// What that school says.
    pub transfer: Option<TransferState>,
    pub version: i32,
}

/// A time of being away from the school.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaveRow {
    pub id: LeaveId,
    pub first_day: NaiveDate,
    /// The last day; none: nobody knows yet.
    pub last_day: Option<NaiveDate>,
    pub reason: Option<String>,
    pub version: i32,
}

/// Whether whoever asks is told why somebody left or is away: who reaches the whole school.
pub(super) fn tells_reasons(context: &Context, school: SchoolId) -> Result<bool> {
    let access = Access::by_rule(context.actor()?, STAFF, context.now());
    Ok(access.and_then(|access| access.at(school)) == Ok(Reach::School))
}

pub(super) async fn stay_rows(
    db: &impl ConnectionTrait,
    student: &students::Model,
    reasons: bool,
) -> Result<Vec<StayRow>> {
    let times = stays_of(db, student.school_id, &[student.id]).await?.remove(&student.id).unwrap_or_default();
    let other = if times.iter().any(of_a_transfer) { other_schools(db, student).await? } else { HashMap::new() };
    let of = |time: &stays::Model, exit: bool| other.get(&(time.id, exit)).cloned();
    let row = |time: stays::Model| StayRow {
        came_from: of(&time, false).map(|(name, _)| name),
        goes_to: of(&time, true).map(|(name, _)| name),
        transfer: of(&time, true).and_then(|(_, state)| state),
        id: time.id,
        first_day: time.start_date,
        entry: time.entry_kind,
        entry_reason: time.entry_reason.filter(|_| reasons),
        last_day: time.end_date,
        exit: time.exit_kind,
        exit_reason: time.exit_reason.filter(|_| reasons),
        version: time.version,
    };
    Ok(times.into_iter().rev().map(row).collect())
}

fn of_a_transfer(time: &stays::Model) -> bool {
    time.entry_kind == StayEntry::Transferred || time.exit_kind == Some(StayExit::Transferred)
}

pub(super) async fn leaves_of(
    db: &impl ConnectionTrait,
    student: &students::Model,
    reasons: bool,
) -> Result<Vec<LeaveRow>> {
    let rows = leaves::Entity::find()
        .filter(leaves::Column::SchoolId.eq(student.school_id))
        .filter(leaves::Column::StudentId.eq(student.id))
        .order_by_desc(leaves::Column::StartDate)
        .all(db)
        .await?;
    let row = |leave: leaves::Model| LeaveRow {
        id: leave.id,
        first_day: leave.start_date,
        last_day: leave.end_date,
        reason: leave.reason.filter(|_| reasons),
        version: leave.version,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Lets a student leave, or come back, by the word alone.
pub(super) async fn set_status(
    tx: &mut Transaction<'_>,
    student: &students::Model,
    status: StudentStatus,
    today: NaiveDate,
) -> Result<()> {
    match (has_left(student, today), status) {
        (false, StudentStatus::Withdrawn | StudentStatus::Graduated) => {
            let last = today.pred_opt().unwrap_or(today);
            there_from(tx, student.school_id, &[student.id], last, "status").await?;
            let student = students::Entity::find_by_id(student.id).one(tx.reader()).await?;
            let student = student.ok_or_else(|| Error::not_found(refusals::gone::student()))?;
            let years = years_of_classes(tx.reader(), student.school_id).await?;
            end_stay(tx, &years, student, (last, exit_of(status), None), today).await.map(drop)
        }
        (false, StudentStatus::Transferred) => {
            Err(Error::field("status", "transfer", refusals::people::transfer_instead()))
        }
        (true, StudentStatus::Active) => {
            come_back(tx, student.clone(), (today, StayEntry::ReEnrolled, None), today).await.map(drop)
        }
        _ => Ok(()),
    }
}
