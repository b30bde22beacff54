//! Work that survives the program. A job is put in by the transaction that wants it, claimed by one worker under a lease,
//! and ended in the transaction that writes what it does. Nothing here reads a clock or knows what a job means.
//!
//! Moments are whole milliseconds since 1970, so that both databases compare them as numbers; they come from the caller,
//! since the clocks of several computers and of the server are not one.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde_json::Value as Json;

use crate::ids::{JobId, SchoolId, UserId, UserSessionId};
use crate::{Store, StoreError, Transaction};

/// Where a job stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum JobRowState {
    /// Nobody has it; it begins when its time has come.
    Waiting,
    /// A worker has it, as long as its lease lasts.
    Running,
    /// It was done.
    Done,
    /// It failed, and is not tried again by itself.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl JobRowState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// As the database holds it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A job that is to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub id: JobId,
    pub school: Option<SchoolId>,
    /// Which work it is, a name that the workers know.
    pub kind: String,
    pub input: Json,
    /// The data folder that holds the job's files: programs with another one leave it alone.
    pub home: Option<String>,
    /// Smaller ones come first.
    pub priority: i32,
    pub run_after: DateTime<Utc>,
    /// How often it is tried before it counts as failed.
    pub attempts: i32,
    /// There is no second job with the same key, as long as the first one's row is kept.
    pub once_key: Option<String>,
    pub asked_by: Option<UserId>,
    pub session: Option<UserSessionId>,
    pub created_at: DateTime<Utc>,
}

/// What a worker holds of a job: with another worker, or at another attempt, it is no longer theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub job: JobId,
    pub worker: String,
    pub attempt: i32,
}

/// A job that a worker has just taken.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub claim: Claim,
    pub school: Option<SchoolId>,
    pub kind: String,
    pub input: Json,
    pub attempts: i32,
    pub asked_by: Option<UserId>,
    pub session: Option<UserSessionId>,
}

/// A job as it is listed.
#[derive(Clone, Debug)]
pub struct JobRow {
    pub id: JobId,
    pub school: Option<SchoolId>,
    pub kind: String,
    pub state: JobRowState,
    pub run_after: DateTime<Utc>,
    pub attempt: i32,
    pub attempts: i32,
    pub done: i32,
    pub total: i32,
    pub result: Option<Json>,
    pub error: Option<Json>,
    pub asked_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct ClaimedRow {
    id: JobId,
    school_id: Option<SchoolId>,
    kind: String,
    input: Json,
    attempt: i32,
    attempts: i32,
    asked_by: Option<UserId>,
    session_id: Option<UserSessionId>,
}

#[derive(FromQueryResult)]
struct Listed {
    id: JobId,
    school_id: Option<SchoolId>,
    kind: String,
    state: String,
    run_after: i64,
    attempt: i32,
    attempts: i32,
    done: i32,
    total: i32,
    result: Option<Json>,
    error: Option<Json>,
    asked_by: Option<UserId>,
    created_at: i64,
    ended_at: Option<i64>,
}

/// The columns of [`Listed`].
const LISTED: &str = "id, school_id, kind, state, run_after, attempt, attempts, done, total, result, error, asked_by, created_at, ended_at";
/// What only the worker that holds the job may change.
const HELD: &str = "id = $1 AND worker = $2 AND attempt = $3 AND state = 'running'";

fn moment(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

impl From<Listed> for JobRow {
    fn from(row: Listed) -> Self {
        Self {
            id: row.id,
            school: row.school_id,
            kind: row.kind,
            // A word of a newer program is one that is not over for this one.
            state: JobRowState::ALL.into_iter().find(|state| state.name() == row.state).unwrap_or(JobRowState::Waiting),
            run_after: moment(row.run_after),
            attempt: row.attempt,
            attempts: row.attempts,
            done: row.done,
            total: row.total,
            result: row.result,
            error: row.error,
            asked_by: row.asked_by,
            created_at: moment(row.created_at),
            ended_at: row.ended_at.map(moment),
        }
    }
}

impl Transaction<'_> {
    /// Puts a job in, which is there when this transaction is kept. False: there is one with its key already.
    pub async fn put_job(&self, job: &NewJob) -> Result<bool, StoreError> {
        let sql = "INSERT INTO jobs (id, school_id, kind, input, home, state, priority, run_after, attempt, attempts, \
                   once_key, done, total, asked_by, session_id, created_at, version) \
                   VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, 0, $8, $9, 0, 0, $10, $11, $12, 1) \
                   ON CONFLICT (once_key) DO NOTHING";
        let values: [Value; 12] = [
            job.id.into(),
            job.school.into(),
            job.kind.clone().into(),
            job.input.clone().into(),
            job.home.clone().into(),
            job.priority.into(),
            job.run_after.timestamp_millis().into(),
            job.attempts.into(),
            job.once_key.clone().into(),
            job.asked_by.into(),
            job.session.into(),
            job.created_at.timestamp_millis().into(),
        ];
        Ok(self.changed_rows(sql, values).await? == 1)
    }

    /// Ends a job in the transaction that writes what it does. False: the job is no longer this worker's, and whatever this
    /// transaction wrote must not be kept.
    pub async fn end_job(&self, claim: &Claim, result: Option<Json>, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE jobs SET state = 'done', result = $4, error = NULL, ended_at = $5, lease_until = NULL, \
             done = total, version = version + 1 WHERE {HELD}"
        );
        self.changed_held(&sql, claim, [result.into(), now.timestamp_millis().into()]).await
    }

    /// Whether the job is still this worker's; nobody else can take it before this transaction ends.
    pub async fn holds_job(&self, claim: &Claim) -> Result<bool, StoreError> {
        self.changed_held(&format!("UPDATE jobs SET version = version + 1 WHERE {HELD}"), claim, []).await
    }

    /// Stops a job that is not over. Its worker finds that it is no longer its own. False: it was over already.
    pub async fn cancel_job(&self, id: JobId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE jobs SET state = 'cancelled', ended_at = $2, lease_until = NULL, version = version + 1 \
                   WHERE id = $1 AND state IN ('waiting', 'running')";
        Ok(self.changed_rows(sql, [id.into(), now.timestamp_millis().into()]).await? == 1)
    }

    /// Puts a job that failed or was stopped in again, for as many attempts as it had. They are counted on, so that a
    /// worker of before does not take itself for the one of now.
    pub async fn retry_job(&self, id: JobId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.again("id = $1 AND state IN ('failed', 'cancelled')", id.into(), now).await
    }

    /// The same for a job that is over, by its key: what is done once a day is done again at a new start.
    pub async fn repeat_job(&self, once_key: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.again("once_key = $1 AND state IN ('done', 'failed', 'cancelled')", once_key.into(), now).await
    }

    async fn again(&self, which: &str, value: Value, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE jobs SET state = 'waiting', run_after = $2, attempts = attempt + attempts, error = NULL, \
             result = NULL, ended_at = NULL, worker = NULL, done = 0, version = version + 1 WHERE {which}"
        );
        Ok(self.changed_rows(&sql, [value, now.timestamp_millis().into()]).await? == 1)
    }

    /// Removes a job that is over.
    pub async fn drop_job(&self, id: JobId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM jobs WHERE id = $1 AND state IN ('done', 'failed', 'cancelled')";
        Ok(self.changed_rows(sql, [id.into()]).await? == 1)
    }

    async fn changed_held<const N: usize>(
        &self,
        sql: &str,
        claim: &Claim,
        more: [Value; N],
    ) -> Result<bool, StoreError> {
        let held = [claim.job.into(), claim.worker.clone().into(), claim.attempt.into()];
        Ok(self.changed_rows(sql, held.into_iter().chain(more)).await? == 1)
    }

    async fn changed_rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, StoreError> {
        Ok(self.unaudited().execute_raw(self.statement(sql, values)).await?.rows_affected())
    }
}

impl Store {
    /// Takes the next job of these kinds whose time has come, or whose worker's lease is over.
    pub async fn claim_job(
        &self,
        worker: &str,
        kinds: &[&str],
        home: &str,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Option<Claimed>, StoreError> {
        if kinds.is_empty() {
            return Ok(None);
        }
        let due = due(kinds);
        let fixed: [Value; 2] = [now.timestamp_millis().into(), home.into()];
        let which: Vec<Value> = fixed.into_iter().chain(kinds.iter().map(|kind| Value::from(*kind))).collect();
        // Looked at first, since even a write that changes nothing takes SQLite's only turn.
        let look = self.statement(&format!("SELECT id FROM jobs WHERE {due} LIMIT 1"), which.clone());
        if self.reader().query_one_raw(look).await?.is_none() {
            return Ok(None);
        }
        let skip = if self.backend() == sea_orm::DbBackend::Sqlite { "" } else { "FOR UPDATE SKIP LOCKED" };
        let (by, until) = (which.len() + 1, which.len() + 2);
        let take = format!(
            "UPDATE jobs SET state = 'running', worker = ${by}, lease_until = ${until}, attempt = attempt + 1, done = 0, \
             total = 0, version = version + 1 WHERE id = (SELECT id FROM jobs WHERE {due} \
             ORDER BY priority, run_after, id LIMIT 1 {skip}) \
             RETURNING id, school_id, kind, input, attempt, attempts, asked_by, session_id"
        );
        let claim: [Value; 2] = [worker.into(), lease_until.timestamp_millis().into()];
        let values = which.into_iter().chain(claim);
        let transaction = self.begin().await?;
        let taken = transaction.unaudited().query_all_raw(transaction.statement(&take, values)).await?;
        let taken = taken.first().map(|row| ClaimedRow::from_query_result(row, "")).transpose()?;
        transaction.commit().await?;
        Ok(taken.map(|row| Claimed {
            claim: Claim { job: row.id, worker: worker.to_owned(), attempt: row.attempt },
            school: row.school_id,
            kind: row.kind,
            input: row.input,
            attempts: row.attempts,
            asked_by: row.asked_by,
            session: row.session_id,
        }))
    }

    /// Keeps the lease of a running job and notes how far it is. False: it is no longer this worker's.
    pub async fn keep_job(
        &self,
        claim: &Claim,
        (done, total): (i32, i32),
        lease_until: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = format!("UPDATE jobs SET lease_until = $4, done = $5, total = $6 WHERE {HELD}");
        self.of_claim(&sql, claim, [lease_until.timestamp_millis().into(), done.into(), total.into()]).await
    }

    /// What came of a job that has ended already; nothing where that is no longer its state.
    pub async fn note_result(&self, claim: &Claim, result: Json) -> Result<bool, StoreError> {
        let sql = "UPDATE jobs SET result = $4 WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'done'";
        self.of_claim(sql, claim, [result.into()]).await
    }

    /// The attempt failed; the job is tried again at that time.
    pub async fn put_off_job(&self, claim: &Claim, error: Json, run_after: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE jobs SET state = 'waiting', run_after = $5, error = $4, worker = NULL, lease_until = NULL, \
             version = version + 1 WHERE {HELD}"
        );
        self.of_claim(&sql, claim, [error.into(), run_after.timestamp_millis().into()]).await
    }

    /// The job failed for good.
    pub async fn fail_job(&self, claim: &Claim, error: Json, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE jobs SET state = 'failed', error = $4, ended_at = $5, lease_until = NULL, version = version + 1 \
             WHERE {HELD}"
        );
        self.of_claim(&sql, claim, [error.into(), now.timestamp_millis().into()]).await
    }

    /// The worker stopped the job because somebody said so.
    pub async fn stop_job(&self, claim: &Claim, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE jobs SET state = 'cancelled', ended_at = $4, lease_until = NULL, version = version + 1 WHERE {HELD}"
        );
        self.of_claim(&sql, claim, [now.timestamp_millis().into()]).await
    }

    /// The program ends: the job waits again, as if it had not been begun.
    pub async fn give_back_job(&self, claim: &Claim) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE jobs SET state = 'waiting', attempt = attempt - 1, worker = NULL, lease_until = NULL, \
             version = version + 1 WHERE {HELD}"
        );
        self.of_claim(&sql, claim, []).await
    }

    /// Jobs whose worker was lost at the last of their attempts count as failed; how many.
    pub async fn fail_lost_jobs(&self, error: Json, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let lost = "state = 'running' AND lease_until <= $1 AND attempt >= attempts";
        let values: [Value; 1] = [now.timestamp_millis().into()];
        let look = self.statement(&format!("SELECT id FROM jobs WHERE {lost} LIMIT 1"), values.clone());
        if self.reader().query_one_raw(look).await?.is_none() {
            return Ok(0);
        }
        let sql = format!(
            "UPDATE jobs SET state = 'failed', error = $2, ended_at = $1, lease_until = NULL, version = version + 1 \
             WHERE {lost}"
        );
        self.alone(&sql, values.into_iter().chain([error.into()])).await
    }

    /// Removes the rows of jobs that were over before that moment, once their files are gone; how many.
    pub async fn forget_jobs(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "DELETE FROM jobs WHERE ended_at < $1 AND state IN ('done', 'failed', 'cancelled') \
                   AND NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.job_id = jobs.id)";
        self.alone(sql, [before.timestamp_millis().into()]).await
    }

    /// A job.
    pub async fn job(&self, id: JobId) -> Result<Option<JobRow>, StoreError> {
        let sql = format!("SELECT {LISTED} FROM jobs WHERE id = $1");
        let row = self.reader().query_one_raw(self.statement(&sql, [id.into()])).await?;
        Ok(row.map(|row| Listed::from_query_result(&row, "")).transpose()?.map(JobRow::from))
    }

    /// The newest jobs of a school; where `of` is given those that this user asked for.
    pub async fn jobs_of(&self, school: SchoolId, of: Option<UserId>, at_most: u64) -> Result<Vec<JobRow>, StoreError> {
        let whose = if of.is_some() { "AND asked_by = $2" } else { "" };
        let sql = format!("SELECT {LISTED} FROM jobs WHERE school_id = $1 {whose} ORDER BY id DESC LIMIT {at_most}");
        let values = [Some(school.into()), of.map(Value::from)].into_iter().flatten();
        let rows = self.reader().query_all_raw(self.statement(&sql, values)).await?;
        rows.iter().map(|row| Ok(Listed::from_query_result(row, "")?.into())).collect()
    }

    /// How many jobs are in each state that one is in.
    pub async fn count_jobs(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "SELECT state, COUNT(*) FROM jobs GROUP BY state ORDER BY state";
        let rows = self.reader().query_all_raw(self.statement(sql, [])).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    async fn of_claim<const N: usize>(&self, sql: &str, claim: &Claim, more: [Value; N]) -> Result<bool, StoreError> {
        let held = [claim.job.into(), claim.worker.clone().into(), claim.attempt.into()];
        Ok(self.alone(sql, held.into_iter().chain(more)).await? == 1)
    }

    /// One statement in a transaction of its own; how many rows it changed.
    async fn alone(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let changed = transaction.changed_rows(sql, values).await?;
        transaction.commit().await?;
        Ok(changed)
    }
}

/// Which jobs may be taken: `$1` is now, `$2` the data folder, the kinds follow.
fn due(kinds: &[&str]) -> String {
    let places: Vec<String> = (3..3 + kinds.len()).map(|place| format!("${place}")).collect();
    format!(
        "kind IN ({}) AND (home IS NULL OR home = $2) AND ((state = 'waiting' AND run_after <= $1) \
         OR (state = 'running' AND lease_until <= $1 AND attempt < attempts))",
        places.join(", ")
    )
}
