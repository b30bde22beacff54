//! The first hour of a school: what is still missing until marks can be typed and report cards printed. Found from what
//! exists; only that the first card was made is noted, since nothing else tells of it.

use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, SchoolId};

use crate::schools::FIRST_CARD;
use crate::{Context, Result};

/// A step of the first hour, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstStep {
    /// Students are there.
    Students,
    /// Subjects are there.
    Subjects,
    /// Staff can sign in.
    Accounts,
    /// Classes have courses.
    Courses,
    /// A first assessment is there.
    Assessment,
    /// A first report card was made.
    Card,
}

/// A step with how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FirstStepState {
    pub step: FirstStep,
    /// The first of its kind is there.
    pub done: bool,
    pub count: i64,
    /// Of so many, where that can be said: staff for accounts, classes for courses.
    pub of: Option<i64>,
}

#[derive(FromQueryResult)]
struct Found {
    students: i64,
    subjects: i64,
    staff: i64,
    accounts: i64,
    classes: i64,
    taught: i64,
    assessments: i64,
    cards: i64,
}

/// The steps of the first hour; none where all of them are done.
pub(super) async fn first_hour(
    context: &Context,
    school: SchoolId,
    year: Option<AcademicSessionId>,
) -> Result<Option<Vec<FirstStepState>>> {
    let year = year.unwrap_or(AcademicSessionId(uuid::Uuid::nil()));
    let values = [school.into(), year.into(), FIRST_CARD.into()];
    let statement = context.store().statement(include_str!("first_hour.sql"), values);
    let Some(found) = Found::find_by_statement(statement).one(context.store().reader()).await? else { return Ok(None) };
    let step = |step, count: i64, of| FirstStepState { step, done: count > 0, count, of };
    let steps = vec![
        step(FirstStep::Students, found.students, None),
        step(FirstStep::Subjects, found.subjects, None),
        step(FirstStep::Accounts, found.accounts, Some(found.staff)),
        step(FirstStep::Courses, found.taught, Some(found.classes)),
        step(FirstStep::Assessment, found.assessments, None),
        step(FirstStep::Card, found.cards, None),
    ];
    Ok(steps.iter().any(|step| !step.done).then_some(steps))
}
