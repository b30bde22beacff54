//! Work that takes more than a moment: it reports progress and can be cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::ids::JobId;
use store::{Claim, Transaction};
use tokio::sync::watch;
use words::refusals;

use crate::{Error, ErrorCode, Result};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Running,
    Done,
    Cancelled,
    Failed,
}

/// Progress of a job; `total` 0 while it is not known.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobUpdate {
    pub id: String,
    pub operation: String,
    pub done: u32,
    pub total: u32,
    pub state: JobState,
}

type Listener = dyn Fn(u32, u32) + Send + Sync;

/// The handle that an operation reports to. The default one reports to nobody and is never cancelled.
#[derive(Clone, Default)]
pub struct Job {
    cancelled: Arc<watch::Sender<bool>>,
    listener: Option<Arc<Listener>>,
    held: Option<Arc<Held>>,
}

/// What work that survives the program holds of its row.
pub struct Held {
    claim: Claim,
    ends_with_its_write: bool,
    /// A transaction that is not kept yet ends it.
    ending: AtomicBool,
    ended: AtomicBool,
}

impl Held {
    /// What a worker has claimed, and whether the one transaction of the work also ends it.
    pub fn new(claim: Claim, ends_with_its_write: bool) -> Self {
        Self { claim, ends_with_its_write, ending: AtomicBool::new(false), ended: AtomicBool::new(false) }
    }

    async fn end(&self, tx: &Transaction<'_>, result: Option<serde_json::Value>, now: DateTime<Utc>) -> Result<bool> {
        let ending = tx.end_job(&self.claim, result, now).await?;
        self.ending.store(ending, Ordering::SeqCst);
        Ok(ending)
    }

    /// Whether a transaction that was kept ended it.
    pub fn ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }
}

impl Job {
    /// A job whose progress (done, total) goes to `listener`.
    pub fn new(listener: impl Fn(u32, u32) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Arc::new(listener)), ..Self::default() }
    }

    /// The same for work that survives the program, which holds its row.
    pub fn surviving(listener: impl Fn(u32, u32) + Send + Sync + 'static, held: Arc<Held>) -> Self {
        Self { held: Some(held), ..Self::new(listener) }
    }

    /// A part of this work, which is stopped with it and whose own progress nobody hears.
    pub fn part(&self) -> Self {
        Self { listener: None, ..self.clone() }
    }

    /// The row that it holds, where it survives the program.
    pub fn id(&self) -> Option<JobId> {
        self.held.as_ref().map(|held| held.claim.job)
    }

    /// Stands before the end of each transaction of work that survives the program: the work is still this program's, and
    /// where its one write ends it, it ends with that.
    ///
    /// # Errors
    /// [`ErrorCode::Cancelled`] where somebody stopped it or another worker has it: nothing may be kept.
    pub(crate) async fn before_commit(&self, tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<()> {
        let Some(held) = &self.held else { return Ok(()) };
        let still_held = match held.ends_with_its_write && !held.ended() {
            true => held.end(tx, None, now).await?,
            false => held.ended() || tx.holds_job(&held.claim).await?,
        };
        if still_held { Ok(()) } else { Err(cancelled()) }
    }

    /// Stands after it.
    pub fn after_commit(&self) {
        if let Some(held) = self.held.as_ref().filter(|held| held.ending.load(Ordering::SeqCst)) {
            held.ended.store(true, Ordering::SeqCst);
        }
    }

    /// Ends work that survives the program in the transaction that keeps what came of it; the caller commits it and then
    /// says [`Job::after_commit`].
    ///
    /// # Errors
    /// As [`Job::before_commit`].
    pub async fn end_with(&self, tx: &Transaction<'_>, result: serde_json::Value, now: DateTime<Utc>) -> Result<()> {
        let Some(held) = &self.held else { return Ok(()) };
        if held.end(tx, Some(result), now).await? { Ok(()) } else { Err(cancelled()) }
    }

    /// Asks the job to stop at its next step.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Whether somebody asked it to stop.
    pub fn is_cancelled(&self) -> bool {
        *self.cancelled.borrow()
    }

    /// Waits until somebody asks it to stop: for who hands the wish on.
    pub async fn until_cancelled(&self) {
        let mut wishes = self.cancelled.subscribe();
        // This job holds the sender: the wait ends with the wish alone.
        let _asked = wishes.wait_for(|cancelled| *cancelled).await;
    }

    /// Reports progress; fails with [`ErrorCode::Cancelled`] once cancelled, so that `?` leaves the work undone.
    pub fn progress(&self, done: usize, total: usize) -> Result<()> {
        if let Some(listener) = &self.listener {
            listener(u32::try_from(done).unwrap_or(u32::MAX), u32::try_from(total).unwrap_or(u32::MAX));
        }
        if self.is_cancelled() {
            return Err(cancelled());
        }
        Ok(())
    }
}

fn cancelled() -> Error {
    Error::new(ErrorCode::Cancelled, refusals::common::cancelled())
}
