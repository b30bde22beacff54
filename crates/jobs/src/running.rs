//! The jobs that this program does at the moment, so that they are stopped at once and seen to advance while their own
//! transaction holds the database.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use store::ids::JobId;

use crate::{Job, Result, Services};

/// How far a job is.
#[derive(Default)]
pub(super) struct Figures {
    done: AtomicI32,
    total: AtomicI32,
}

impl Figures {
    pub fn set(&self, done: u32, total: u32) {
        self.done.store(i32::try_from(done).unwrap_or(i32::MAX), Ordering::Relaxed);
        self.total.store(i32::try_from(total).unwrap_or(i32::MAX), Ordering::Relaxed);
    }

    /// Done, and of how many.
    pub fn get(&self) -> (i32, i32) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// The jobs of this program.
#[derive(Default)]
pub(super) struct Running(Mutex<HashMap<JobId, (Job, Arc<Figures>)>>);

impl Running {
    /// Those of these services.
    pub fn of(services: &Services) -> Result<Arc<Self>> {
        services.extension(|| Ok(Self::default()))
    }

    pub fn begin(&self, id: JobId, job: Job, figures: Arc<Figures>) {
        self.lock().insert(id, (job, figures));
    }

    pub fn end(&self, id: JobId) {
        self.lock().remove(&id);
    }

    /// How far a job is, where this program does it.
    pub fn figures(&self, id: JobId) -> Option<(i32, i32)> {
        self.lock().get(&id).map(|(_, figures)| figures.get())
    }

    /// Asks a job to stop, where this program does it.
    pub fn cancel(&self, id: JobId) {
        if let Some((job, _)) = self.lock().get(&id) {
            job.cancel();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<JobId, (Job, Arc<Figures>)>> {
        // A panic while it is held leaves a map that is still one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
