//! Does the jobs: claims them, keeps their lease while they run, and says how they ended.
//!
//! A window on a file of its own is the only program there, and does its jobs. On a PostgreSQL server every window does
//! jobs as well, unless a server program does: they share them by claiming, and those whose files lie in the data folder
//! of one computer are left to the programs of that one.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration as Wait;

use chrono::Duration;
use serde_json::{Value as Json, json};
use store::{Claim, Claimed};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, broadcast};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use uuid::Uuid;

use super::kinds::{Kind, Kinds, Load};
use super::running::{Figures, Running};
use kernel::Held;
use words::refusals;

use crate::{Announcement, Context, Device, Error, ErrorCode, Job, Result, Services};

/// How fast a runner goes.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Whoever has not been heard of for this long has lost the job.
    pub lease: Duration,
    /// The lease is renewed this often.
    pub kept_every: Wait,
    /// Jobs of other programs, and those whose time has come, are looked for this often.
    pub looked_every: Wait,
}

impl Default for Pace {
    fn default() -> Self {
        Self { lease: Duration::seconds(60), kept_every: Wait::from_secs(20), looked_every: Wait::from_secs(5) }
    }
}

/// Progress is told at most this often.
const TOLD_EVERY: Wait = Wait::from_secs(1);
/// What is due daily is looked for this often: a computer that slept through midnight is awake for the next hour.
const DAILY_EVERY: Wait = Wait::from_secs(3_600);
/// So many jobs of each load run at a time.
const AT_A_TIME: usize = 2;
/// The shortest and the longest wait before another attempt, in seconds.
const BACK_OFF: (i64, i64) = (10, 3_600);

/// Does the jobs of one database in this program.
pub struct Runner {
    services: Arc<Services>,
    device: Device,
    kinds: Kinds,
    pace: Pace,
    worker: String,
    wake: Notify,
    stopping: AtomicBool,
    loads: [(Load, Arc<Semaphore>); 2],
    held: Mutex<Vec<Claim>>,
    /// Held while jobs are claimed: whoever stops the runner waits for what it is about to hold.
    claiming: tokio::sync::Mutex<()>,
}

impl Runner {
    /// A runner that does these kinds of work. Nothing is done before [`Runner::run`] or [`Runner::run_waiting`].
    pub fn new(services: Arc<Services>, device: Device, kinds: Kinds, pace: Pace) -> Arc<Self> {
        let load = |load| (load, Arc::new(Semaphore::new(AT_A_TIME)));
        Arc::new(Self {
            services,
            device,
            kinds,
            pace,
            worker: Uuid::now_v7().to_string(),
            wake: Notify::new(),
            stopping: AtomicBool::new(false),
            loads: [load(Load::Light), load(Load::Heavy)],
            held: Mutex::default(),
            claiming: tokio::sync::Mutex::default(),
        })
    }

    /// Does jobs until [`Runner::stop`]: as soon as one is put in here, and every few seconds what others put in.
    pub async fn run(self: Arc<Self>) {
        let mut running = JoinSet::new();
        let mut announced = self.services.announcer.listen();
        let mut look = interval(self.pace.looked_every);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut daily = interval(DAILY_EVERY);
        daily.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut at_start = true;
        while !self.stopping.load(Ordering::SeqCst) {
            tokio::select! {
                () = self.wake.notified() => {}
                _ = look.tick() => {}
                () = job_announced(&mut announced) => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
                _ = daily.tick() => {
                    match put_in_daily(&self.services, &self.device, &self.kinds, at_start).await {
                        Ok(()) => at_start = false,
                        Err(error) => tracing::error!(code = ?error.code, "what is due daily was not put in"),
                    }
                }
            }
            if let Err(error) = self.begin_waiting(&mut running).await {
                tracing::warn!(code = ?error.code, "jobs could not be looked for");
            }
        }
        running.detach_all();
    }

    /// Does all jobs whose time has come, and returns when none waits any more; how many were done.
    pub async fn run_waiting(self: &Arc<Self>) -> Result<usize> {
        let mut running = JoinSet::new();
        let mut done = 0;
        loop {
            self.begin_waiting(&mut running).await?;
            match running.join_next().await {
                Some(_) => done += 1,
                None => return Ok(done),
            }
        }
    }

    /// Takes no more jobs, lets running ones end for as long as `patience`, and gives the others back.
    pub async fn stop(&self, patience: Wait) {
        self.stopping.store(true, Ordering::SeqCst);
        self.wake.notify_one();
        drop(self.claiming.lock().await);
        let mut look = interval(Wait::from_millis(50));
        let ended = async {
            while !self.lock_held().is_empty() {
                look.tick().await;
            }
        };
        if timeout(patience, ended).await.is_ok() {
            return;
        }
        let left = std::mem::take(&mut *self.lock_held());
        for claim in left {
            if let Ok(running) = Running::of(&self.services) {
                running.cancel(claim.job);
            }
            if let Err(error) = self.services.store.give_back_job(&claim).await {
                // Its lease ends in a minute, and then it is taken again all the same.
                tracing::warn!(code = error.code(), "a job was not given back");
            }
        }
    }

    async fn begin_waiting(self: &Arc<Self>, running: &mut JoinSet<()>) -> Result<()> {
        let _claiming = self.claiming.lock().await;
        let lost =
            Error::new(ErrorCode::Internal, refusals::jobs::ended_every_time()).help(refusals::common::try_again());
        self.services.store.fail_lost_jobs(json!(lost), self.services.clock.now()).await?;
        let home = super::files::home(&self.services)?;
        for (load, room) in &self.loads {
            while let Ok(place) = room.clone().try_acquire_owned() {
                if self.stopping.load(Ordering::SeqCst) {
                    return Ok(());
                }
                let now = self.services.clock.now();
                let names = self.kinds.names(*load);
                let store = &self.services.store;
                let Some(claimed) = store.claim_job(&self.worker, &names, &home, now, now + self.pace.lease).await?
                else {
                    break;
                };
                self.lock_held().push(claimed.claim.clone());
                running.spawn(self.clone().run_one(claimed, place));
            }
        }
        Ok(())
    }

    async fn run_one(self: Arc<Self>, claimed: Claimed, place: OwnedSemaphorePermit) {
        let claim = claimed.claim.clone();
        tracing::info!(kind = claimed.kind, attempt = claim.attempt, "job begun");
        if let Err(error) = self.attempt(claimed).await {
            // The lease ends, and the job is taken again.
            tracing::error!(code = ?error.code, "how a job ended could not be noted");
        }
        self.lock_held().retain(|held| *held != claim);
        self.tell(&claim);
        drop(place);
        self.wake.notify_one();
    }

    /// One attempt, and what it came to.
    async fn attempt(&self, claimed: Claimed) -> Result<()> {
        let Some(kind) = self.kinds.find(&claimed.kind) else { return Ok(()) };
        let claim = claimed.claim.clone();
        let held = Arc::new(Held::new(claim.clone(), kind.ends_with_its_write));
        let figures = Arc::new(Figures::default());
        let told = figures.clone();
        let job = Job::surviving(move |done, total| told.set(done, total), held.clone());
        let running = Running::of(&self.services)?;
        running.begin(claim.job, job.clone(), figures.clone());
        self.tell(&claim);
        let outcome = self.work(kind, &claimed, job.clone());
        tokio::pin!(outcome);
        let outcome = tokio::select! {
            outcome = &mut outcome => outcome,
            () = self.keep(&claim, &figures) => {
                // Stopped by somebody, or taken by another: its next step says so, and nothing of it is kept.
                job.cancel();
                outcome.await
            }
        };
        running.end(claim.job);
        self.end(kind, &claimed, &held, outcome).await
    }

    async fn work(&self, kind: &Kind, claimed: &Claimed, job: Job) -> Result<Option<Json>> {
        let context = Context { job, ..Context::anonymous(self.services.clone(), self.device.clone()) };
        let context = match claimed.asked_by {
            Some(user) => {
                let session = claimed.session.unwrap_or(store::ids::UserSessionId(Uuid::nil()));
                (self.services.house.acting)(&context, user, session).await?
            }
            None => context,
        };
        // On a task of its own: a panic in it is a failure of the job, not of the runner.
        let work = tokio::spawn((kind.work)(context, claimed.input.clone()));
        work.await.map_err(|_| Error::internal("The work stopped unexpectedly."))?
    }

    /// Keeps the lease and tells how far it is; returns when the job is no longer this worker's.
    async fn keep(&self, claim: &Claim, figures: &Figures) {
        let lease = async {
            let mut tick = interval(self.pace.kept_every);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            tick.tick().await;
            loop {
                tick.tick().await;
                let until = self.services.clock.now() + self.pace.lease;
                match self.services.store.keep_job(claim, figures.get(), until).await {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => tracing::warn!(code = error.code(), "a job's lease was not kept"),
                }
            }
        };
        let progress = async {
            let mut tick = interval(TOLD_EVERY);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut last = figures.get();
            loop {
                tick.tick().await;
                if figures.get() != last {
                    last = figures.get();
                    self.tell(claim);
                }
            }
        };
        tokio::select! {
            () = lease => {}
            () = progress => {}
            () = self.cancelled_elsewhere(claim) => {}
        }
    }

    /// Returns when somebody announced something of this job and it is no longer this worker's.
    async fn cancelled_elsewhere(&self, claim: &Claim) {
        let mut announced = self.services.announcer.listen();
        let subject = format!("jobs:{}", claim.job);
        loop {
            let about_it = match announced.recv().await {
                Ok(announcement) => announcement.subjects.contains(&subject) || announcement.subjects.contains("*"),
                Err(broadcast::error::RecvError::Lagged(_)) => true,
                Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
            };
            if about_it
                && let Ok(row) = self.services.store.job(claim.job).await
                && row.is_none_or(|row| row.state != store::JobRowState::Running || row.attempt != claim.attempt)
            {
                return;
            }
        }
    }

    async fn end(&self, kind: &Kind, claimed: &Claimed, held: &Held, outcome: Result<Option<Json>>) -> Result<()> {
        let (store, claim, now) = (&self.services.store, &claimed.claim, self.services.clock.now());
        match outcome {
            // Its own transaction ended it; what came of it is told besides.
            Ok(None) if held.ended() => {}
            Ok(Some(result)) if held.ended() => {
                store.note_result(claim, result).await?;
            }
            Ok(result) => {
                let tx = store.begin().await?;
                // Where it is no longer this worker's, another one's attempt counts.
                if tx.end_job(claim, result, now).await? {
                    tx.commit().await?;
                }
            }
            Err(error) if held.ended() => {
                tracing::warn!(kind = kind.name, code = ?error.code, "a job was done, and what came after it failed");
            }
            Err(error) if error.code == ErrorCode::Cancelled => {
                if !self.stopping.load(Ordering::SeqCst) {
                    store.stop_job(claim, now).await?;
                }
            }
            Err(error) => {
                tracing::warn!(kind = kind.name, code = ?error.code, attempt = claim.attempt, "a job failed");
                // Details and fields may quote what a person typed.
                let said = json!(Error { fields: Vec::new(), details: None, ..error.clone() });
                if is_transient(error.code) && claim.attempt < claimed.attempts {
                    store.put_off_job(claim, said, now + back_off(claim)).await?;
                } else {
                    store.fail_job(claim, said, now).await?;
                }
            }
        }
        Ok(())
    }

    fn tell(&self, claim: &Claim) {
        let subjects: BTreeSet<String> = ["jobs".to_owned(), format!("jobs:{}", claim.job)].into();
        self.services.announcer.announce(Announcement::new(subjects, None));
    }

    fn lock_held(&self) -> std::sync::MutexGuard<'_, Vec<Claim>> {
        // A panic while it is held leaves a list that is still one.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts in what is due today: whoever comes first does, and the key of each job holds the day, so that nobody does it twice.
pub async fn put_in_daily(services: &Arc<Services>, device: &Device, kinds: &Kinds, at_start: bool) -> Result<()> {
    let context = Context::anonymous(services.clone(), device.clone());
    let tx = services.store.begin().await?;
    let mut any = false;
    for daily in &kinds.daily {
        any |= daily(&context, &tx, at_start).await?;
    }
    tx.commit().await?;
    if any {
        services.announcer.announce(Announcement::new(["jobs".to_owned()].into(), None));
    }
    Ok(())
}

/// Returns when something was announced about jobs.
async fn job_announced(announced: &mut broadcast::Receiver<Announcement>) {
    loop {
        match announced.recv().await {
            Ok(announcement) if announcement.subjects.iter().any(|subject| subject == "jobs" || subject == "*") => {
                return;
            }
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
        }
    }
}

/// Whether the same may succeed later without anybody doing anything about the job itself.
pub fn is_transient(code: ErrorCode) -> bool {
    use ErrorCode::*;
    matches!(
        code,
        Stale
            | Clock
            | KeyStore
            | FileSystem
            | DiskFull
            | Database
            | DatabaseUnreachable
            | DatabaseInUse
            | DatabaseGone
    )
}

/// How long to wait before the next attempt: twice as long each time, spread by a fifth so that many jobs that failed
/// together do not come back together. What spreads them is their identifiers.
fn back_off(claim: &Claim) -> Duration {
    let (shortest, longest) = BACK_OFF;
    let doubled = 1_i64.checked_shl(claim.attempt.clamp(0, 20).unsigned_abs()).unwrap_or(longest);
    let wait = (doubled * shortest).min(longest) * 1_000;
    let spread = i64::try_from(claim.job.0.as_u128() % 401).unwrap_or(0) - 200;
    Duration::milliseconds(wait + wait * spread / 1_000)
}

#[cfg(test)]
mod tests {
    use store::ids::JobId;

    use super::*;

    #[test]
    fn another_attempt_waits_longer_each_time_and_never_much_over_an_hour() {
        let waits = |job: JobId| -> Vec<i64> {
            let of = |attempt| back_off(&Claim { job, worker: String::new(), attempt }).num_seconds();
            [1, 2, 3, 12, 30].map(of).into()
        };
        for _ in 0..100 {
            let waits = waits(JobId::new());
            for (wait, right) in waits.iter().zip([20, 40, 80, 3_600, 3_600]) {
                assert!((right * 8 / 10..=right * 12 / 10).contains(wait), "{wait} for {right}");
            }
        }
    }
}
