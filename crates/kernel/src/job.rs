//! Work that takes more than a moment: it reports progress and can be cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::{Error, ErrorCode, Result};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Running,
    Done,
    Cancelled,
    Failed,
}

/// Progress of a job; `total` 0 while it is not known.
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
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
    cancelled: Arc<AtomicBool>,
    listener: Option<Arc<Listener>>,
}

impl Job {
    /// A job whose progress (done, total) goes to `listener`.
    pub fn new(listener: impl Fn(u32, u32) + Send + Sync + 'static) -> Self {
        Self { cancelled: Arc::default(), listener: Some(Arc::new(listener)) }
    }

    /// Asks the job to stop at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked it to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Reports progress; fails with [`ErrorCode::Cancelled`] once cancelled, so that `?` leaves the work undone.
    pub fn progress(&self, done: usize, total: usize) -> Result<()> {
        if let Some(listener) = &self.listener {
            listener(u32::try_from(done).unwrap_or(u32::MAX), u32::try_from(total).unwrap_or(u32::MAX));
        }
        if self.is_cancelled() {
            return Err(Error::new(ErrorCode::Cancelled, "Cancelled. Nothing was changed."));
        }
        Ok(())
    }
}
