//! The jobs as people see them: what waits, runs or failed, and what can be done about it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::JobRowState;
use store::ids::{JobId, SchoolId};
use uuid::Uuid;
use words::refusals;

use super::files;
use super::running::Running;
use crate::{Announcement, Call, Context, Error, Result, rules};

/// So many jobs are listed, the newest.
const LISTED: u64 = 100;

/// Input of [`list_jobs`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListJobs {
    pub school: SchoolId,
}

/// Input: a job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfJob {
    pub job: JobId,
}

/// A document that a job made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobDocument {
    pub artifact: Uuid,
    pub file_name: String,
}

/// One job, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobRow {
    pub id: JobId,
    /// Which work it is.
    pub kind: String,
    pub state: JobRowState,
    pub done: i32,
    /// 0 while it is not known.
    pub total: i32,
    /// How often it was begun.
    pub attempt: i32,
    /// When it begins, or is tried again.
    pub run_after: DateTime<Utc>,
    /// Why it failed, or failed the last time.
    #[ts(as = "Option<Error>")]
    pub error: Option<Json>,
    /// What came of it, as the operation behind it answers.
    #[ts(type = "unknown")]
    pub result: Option<Json>,
    /// The document that it made, where whoever asks may have it.
    pub document: Option<JobDocument>,
    /// Whether whoever asks put it in.
    pub own: bool,
    pub created_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// The jobs of a school, newest first: one's own, and for who leads the school all that are not over or failed.
pub(super) async fn list_jobs(call: &Call, input: ListJobs) -> Result<Vec<JobRow>> {
    call.access().at(input.school)?;
    let me = call.actor()?.user;
    let all = leads(call, Some(input.school))?;
    let running = Running::of(&call.services)?;
    let rows = call.store().jobs_of(input.school, (!all).then_some(me), LISTED).await?;
    // What nobody asked for is seen only where something is wrong with it.
    let shown = |row: &store::JobRow| match row.asked_by {
        Some(by) => by == me || !is_well_over(row.state),
        None => row.error.is_some(),
    };
    let rows = rows.into_iter().filter(shown).map(|row| {
        let (done, total) = running.figures(row.id).unwrap_or((row.done, row.total));
        // What came of it is for whoever asked: a report may name people.
        let result = row.result.filter(|_| row.asked_by == Some(me));
        JobRow {
            id: row.id,
            kind: row.kind,
            state: row.state,
            done,
            total,
            attempt: row.attempt,
            run_after: row.run_after,
            error: row.error,
            document: result.as_ref().and_then(|result| JobDocument::deserialize(result).ok()),
            result,
            own: row.asked_by == Some(me),
            created_at: row.created_at,
            ended_at: row.ended_at,
        }
    });
    Ok(rows.collect())
}

fn is_well_over(state: JobRowState) -> bool {
    matches!(state, JobRowState::Done | JobRowState::Cancelled)
}

/// Stops a job; nothing that it has not finished is kept.
pub(super) async fn cancel_job(call: &Call, input: OfJob) -> Result<()> {
    permitted(call, input.job).await?;
    // First here: its own transaction may hold the database until it stops.
    Running::of(&call.services)?.cancel(input.job);
    let now = call.now();
    let (done, _) = call.transact(async |tx| Ok(tx.cancel_job(input.job, now).await?)).await?;
    tell(call, input.job);
    // What this program did itself has stopped by now.
    let stopped = call.store().job(input.job).await?.is_some_and(|row| row.state == JobRowState::Cancelled);
    if done || stopped { Ok(()) } else { Err(over()) }
}

/// Puts a job that failed or was stopped in again.
pub(super) async fn retry_job(call: &Call, input: OfJob) -> Result<()> {
    permitted(call, input.job).await?;
    let now = call.now();
    let (done, _) = call.transact(async |tx| Ok(tx.retry_job(input.job, now).await?)).await?;
    tell(call, input.job);
    if done { Ok(()) } else { Err(over()) }
}

/// Takes a job that is over off the list, and its files with it.
pub(super) async fn drop_job(call: &Call, input: OfJob) -> Result<()> {
    permitted(call, input.job).await?;
    let files = call.store().blobs_of_job(input.job).await?;
    let (done, _) = call.transact(async |tx| Ok(tx.drop_job(input.job).await?)).await?;
    tell(call, input.job);
    if !done {
        return Err(over());
    }
    files::remove(&call.services, &files).await
}

/// Refuses who neither asked for the job nor leads its school.
async fn permitted(context: &Context, id: JobId) -> Result<()> {
    let row = context.store().job(id).await?.ok_or_else(|| Error::not_found(refusals::gone::job()))?;
    let own = row.asked_by.is_some() && row.asked_by == Some(context.actor()?.user);
    if own || leads(context, row.school)? { Ok(()) } else { Err(Error::forbidden()) }
}

fn leads(context: &Context, school: Option<SchoolId>) -> Result<bool> {
    let leader = |role| rules::LEADERS.iter().any(|(leading, _)| *leading == role);
    Ok(context.actor()?.grants.iter().any(|(at, role)| Some(*at) == school && leader(*role)))
}

fn over() -> Error {
    Error::new(crate::ErrorCode::Stale, refusals::jobs::gone_on()).help(refusals::jobs::look_now())
}

pub(crate) fn tell(context: &Context, id: JobId) {
    let subjects = ["jobs".to_owned(), format!("jobs:{id}")].into();
    context.services.announcer.announce(Announcement::new(subjects, None));
}
