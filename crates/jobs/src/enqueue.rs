//! Putting a job in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::ids::{JobId, SchoolId};
use store::{BlobRow, NewJob, Transaction};

use super::files;
use super::kinds::Kind;
use super::list::tell;
use crate::{Call, Context, Error, Result};

/// What is wished of a job beside its kind and input.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub school: Option<SchoolId>,
    /// There is one job with this key, as long as its row is kept.
    pub once_key: Option<String>,
    /// Not before; at once where it is left out.
    pub run_after: Option<DateTime<Utc>>,
    /// The data folder that holds its files, where it has any that other programs cannot reach.
    pub home: Option<String>,
}

/// Puts a job in, in the name of whoever acts: it is there when this transaction is kept. None: there is one with its key
/// already.
pub async fn put_in(
    context: &Context,
    tx: &Transaction<'_>,
    kind: &Kind,
    input: Json,
    wish: Wish,
) -> Result<Option<JobId>> {
    let now = context.now();
    let job = NewJob {
        id: JobId::new(),
        school: wish.school,
        kind: kind.name.to_owned(),
        input,
        home: wish.home,
        priority: 0,
        run_after: wish.run_after.unwrap_or(now),
        attempts: kind.attempts,
        once_key: wish.once_key,
        asked_by: context.actor.as_ref().map(|actor| actor.user),
        session: context.actor.as_ref().map(|actor| actor.session),
        created_at: now,
    };
    let id = job.id;
    Ok(tx.put_job(&job).await?.then_some(id))
}

/// What went into the list of jobs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Enqueued {
    pub job: JobId,
}

/// Puts a job in by an operation that does nothing else, with the files that it takes.
pub async fn put_in_now(call: &Call, kind: &Kind, input: Json, wish: Wish, files: &[BlobRow]) -> Result<Enqueued> {
    let work = async |tx: &mut Transaction<'_>| {
        let job = put_in(call, tx, kind, input, wish).await?;
        files::note(tx, files, job).await?;
        Ok(job)
    };
    let (job, _) = call.transact(work).await?;
    let job = job.ok_or_else(|| Error::internal("A job with this key is there already."))?;
    tell(call, job);
    Ok(Enqueued { job })
}
