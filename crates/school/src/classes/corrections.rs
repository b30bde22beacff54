//! Correcting the days of an enrolment that were typed wrong.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};
use serde::{Deserialize, Serialize};
use store::entities::enrolments;
use store::ids::EnrolmentId;
use words::refusals;

use super::enrolments::{check_day, class_to_change};
use super::homerooms::one_homeroom_each;
use crate::people::stays::there_from;
use crate::{Call, Error, Result, Undoable};

/// Input of [`correct_enrolment`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CorrectEnrolment {
    pub enrolment: EnrolmentId,
    /// The version that the person saw.
    pub version: i32,
    /// The first day in the class.
    pub start: NaiveDate,
    /// The last day in the class; still in it where left out.
    pub end: Option<NaiveDate>,
    /// Says that it is meant although marks or attendance of this class lie outside of the new days: they are kept, and do
    /// not count any more.
    pub even_if_recorded: Option<bool>,
}

#[derive(FromQueryResult)]
struct Recorded {
    marks: i64,
    cells: i64,
}

/// Sets the days of an enrolment, earlier or later.
pub(super) async fn correct_enrolment(call: &Call, input: CorrectEnrolment) -> Result<Undoable> {
    let access = call.access();
    let gone = || Error::not_found(refusals::gone::enrolment());
    let found = enrolments::Entity::find_by_id(input.enrolment).one(call.store().reader()).await?.ok_or_else(gone)?;
    let class = class_to_change(call, access, found.class_id).await?;
    check_day(call.store().reader(), &class, "start", input.start).await?;
    if let Some(end) = input.end {
        check_day(call.store().reader(), &class, "end", end).await?;
        if end < input.start {
            return Err(Error::field("end", "before_start", refusals::attendance::end_before_start()));
        }
    }
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(class.school_id).await?;
            let before = enrolments::Entity::find_by_id(input.enrolment).one(tx.reader()).await?.ok_or_else(gone)?;
            let before = enrolments::Model { version: input.version, ..before };
            let others = enrolments::Entity::find()
                .filter(enrolments::Column::SchoolId.eq(class.school_id))
                .filter(enrolments::Column::ClassId.eq(class.id))
                .filter(enrolments::Column::StudentId.eq(before.student_id))
                .filter(enrolments::Column::Id.ne(before.id))
                .all(tx.reader())
                .await?;
            let meets = |other: &enrolments::Model| {
                input.end.is_none_or(|end| other.start_date <= end)
                    && other.end_date.is_none_or(|end| end >= input.start)
            };
            if others.iter().any(meets) {
                return Err(Error::field("start", "twice", refusals::classes::other_time_in_class()));
            }
            let until = there_from(tx, class.school_id, &[before.student_id], input.start, "start").await?;
            let leaves = until.get(&before.student_id).copied().flatten();
            let end_date = leaves.map_or(input.end, |last| Some(input.end.map_or(last, |end| end.min(last))));
            let after = enrolments::Model { start_date: input.start, end_date, ..before.clone() };
            if input.even_if_recorded != Some(true) {
                nothing_falls_outside(tx.reader(), &before, &after).await?;
            }
            tx.update::<enrolments::Entity>(&before, after).await?;
            one_homeroom_each(tx.reader(), class.school_id, &[class.id]).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Tells how many marks and register cells of the class lie in the former days of an enrolment and not in the new ones.
async fn nothing_falls_outside(
    db: &impl ConnectionTrait,
    before: &enrolments::Model,
    after: &enrolments::Model,
) -> Result<()> {
    let last = |row: &enrolments::Model| row.end_date.unwrap_or(NaiveDate::MAX);
    // What a database holds as a day ends before the last day that a program can name.
    let far = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    let sql = "SELECT (SELECT count(*) FROM marks m JOIN assessments a ON a.id = m.assessment_id AND a.deleted_at IS NULL \
         JOIN courses k ON k.id = a.course_id AND k.deleted_at IS NULL \
         WHERE m.school_id = $1 AND m.student_id = $2 AND k.class_id = $3 AND m.state <> 'not_entered' \
         AND a.date BETWEEN $4 AND $5 AND NOT (a.date BETWEEN $6 AND $7)) AS marks, \
         (SELECT count(*) FROM attendance_marks r WHERE r.school_id = $1 AND r.student_id = $2 AND r.class_id = $3 \
         AND r.date BETWEEN $4 AND $5 AND NOT (r.date BETWEEN $6 AND $7)) AS cells";
    let values = [
        before.school_id.into(),
        before.student_id.into(),
        before.class_id.into(),
        before.start_date.into(),
        last(before).min(far).into(),
        after.start_date.into(),
        last(after).min(far).into(),
    ];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let found = Recorded::find_by_statement(statement).one(db).await?;
    match found {
        Some(Recorded { marks, cells }) if marks + cells > 0 => {
            let message = refusals::classes::recorded_outside(marks, cells);
            Err(Error::field("start", "recorded_outside", message)
                .help(refusals::classes::recorded_is_kept())
                .details(serde_json::json!({ "marks": marks, "attendance": cells })))
        }
        _ => Ok(()),
    }
}
