//! The first hour of a school: what is still missing until marks can be typed and report cards printed. Found from what
//! exists; only that the first card was made is noted, since nothing else tells of it.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use serde::Serialize;
use serde_json::json;
use store::entities::settings;
use store::ids::{SchoolId, SessionId, SettingId};

use crate::{Call, Context, ErrorCode, Result};

/// Under this name it is noted that a card was made.
const FIRST_CARD: &str = "first_card";

/// A step of the first hour, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
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
    year: Option<SessionId>,
) -> Result<Option<Vec<FirstStepState>>> {
    let year = year.unwrap_or(SessionId(uuid::Uuid::nil()));
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

/// Notes that a report card was made, the first time.
pub(crate) async fn note_first_card(call: &Call, school: SchoolId) -> Result<()> {
    let noted = settings::Entity::find()
        .filter(settings::Column::SchoolId.eq(school))
        .filter(settings::Column::Name.eq(FIRST_CARD))
        .count(call.store().reader())
        .await?;
    if noted > 0 {
        return Ok(());
    }
    let row = settings::Model {
        id: SettingId::new(),
        school_id: school,
        name: FIRST_CARD.to_owned(),
        value: json!({ "made": call.now() }),
        version: 1,
    };
    let done = call.transact(async |tx| Ok(tx.insert::<settings::Entity>(row).await?));
    match done.await {
        // Somebody else's card was the first.
        Err(error) if error.code == ErrorCode::Duplicate => Ok(()),
        other => other.map(|_| ()),
    }
}
