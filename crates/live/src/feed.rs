//! One camera of a session: its newest picture, the faces that it follows, its figures and the tasks that work for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use store::ids::StudentId;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use vision::{LivenessRule, Picture, Rules};

use super::health::Gauge;
use super::lock;
use super::pushed::Pushed;
use super::state::CameraStatus;
use crate::Result;
use faces::pictures::encoded;

/// The largest picture that the window is sent, in pixels.
const WIDEST: u32 = 640;
const HIGHEST: u32 = 480;

/// A camera of a session, or a photograph that was given to it. Its tasks end when it goes.
pub(super) struct Feed {
    /// Its number in the session.
    pub number: u32,
    pub pictures: watch::Sender<Option<Arc<Shown>>>,
    pub gauge: Mutex<Gauge>,
    /// Where its pictures come in; nothing once there will be no more.
    coming: Mutex<Option<watch::Sender<Option<Arc<Pushed>>>>>,
    status: watch::Sender<CameraStatus>,
    liveness: LivenessRule,
    tracks: Mutex<Tracks>,
    tasks: Mutex<Vec<AbortHandle>>,
}

/// The faces that a camera follows.
pub(super) struct Tracks {
    pub tracker: vision::Tracker<StudentId>,
    /// Which gallery they were compared with; with another one it begins anew.
    pub gallery: u64,
    /// When an unknown face was last taken a note of, by track, in seconds on the camera's clock.
    pub noted: HashMap<u64, f64>,
}

impl Tracks {
    fn new(gallery: u64, liveness: LivenessRule) -> Self {
        let tracker = vision::Tracker::new(Rules { liveness, ..Rules::default() });
        Self { tracker, gallery, noted: HashMap::new() }
    }
}

impl Feed {
    pub fn new(number: u32, liveness: LivenessRule) -> Self {
        Self {
            number,
            pictures: watch::Sender::new(None),
            gauge: Mutex::default(),
            coming: Mutex::default(),
            status: watch::Sender::new(CameraStatus::Connecting),
            liveness,
            tracks: Mutex::new(Tracks::new(0, liveness)),
            tasks: Mutex::default(),
        }
    }

    /// The faces that it follows, begun anew when they were compared with another gallery than this.
    pub fn tracks(&self, gallery: u64) -> MutexGuard<'_, Tracks> {
        let mut tracks = lock(&self.tracks);
        if tracks.gallery != gallery {
            *tracks = Tracks::new(gallery, self.liveness);
        }
        tracks
    }

    /// A track's number in the session, from its number at this camera.
    pub fn track(&self, id: u64) -> u64 {
        // 2^20 faces a camera stay below 2^53, what the screen can count to.
        (u64::from(self.number) << 32) | (id & 0xFFFF_FFFF)
    }

    /// Pictures come in from now on.
    pub fn receive(&self) -> watch::Receiver<Option<Arc<Pushed>>> {
        let (coming, pictures) = watch::channel(None);
        *lock(&self.coming) = Some(coming);
        pictures
    }

    /// What its camera is doing, now and from now on.
    pub fn statuses(&self) -> watch::Receiver<CameraStatus> {
        self.status.subscribe()
    }

    /// Takes a picture; the newest one takes the place of one that nobody has looked at.
    pub fn put(&self, picture: Pushed) {
        if let Some(coming) = lock(&self.coming).as_ref() {
            self.status
                .send_if_modified(|status| std::mem::replace(status, CameraStatus::Running) != CameraStatus::Running);
            coming.send_replace(Some(Arc::new(picture)));
        }
    }

    /// Is told what the camera is doing that gives no picture now.
    pub fn tell(&self, status: CameraStatus) {
        let over = matches!(status, CameraStatus::Ended | CameraStatus::Lost { .. });
        self.status.send_replace(status);
        if over {
            lock(&self.coming).take();
        }
    }

    pub fn keep_task(&self, task: AbortHandle) {
        lock(&self.tasks).push(task);
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        lock(&self.tasks).drain(..).for_each(|task| task.abort());
    }
}

/// A decoded picture.
pub struct Shown {
    pub(super) sequence: u64,
    pub(super) picture: Picture,
    /// When it was taken, on the camera's own clock.
    pub(super) seconds: f64,
}

impl Shown {
    /// A decoded picture of a camera.
    pub(super) fn of(sequence: u64, seconds: f64, picture: Picture) -> Self {
        Self { sequence, picture, seconds }
    }

    /// A photograph.
    pub(super) fn still(picture: Picture) -> Self {
        Self { sequence: 0, picture, seconds: 0.0 }
    }

    /// Counts the frames of the camera; [`super::LiveCamera::sequence`] names the one that the boxes belong to.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The picture as JPEG, at most 640 × 480. Takes a few milliseconds.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn jpeg(&self) -> Result<Vec<u8>> {
        encoded(&self.picture, WIDEST, HIGHEST, 75)
    }

    /// The whole picture as JPEG for enrolment.
    pub(super) fn whole(&self) -> Result<Vec<u8>> {
        encoded(&self.picture, u32::MAX, u32::MAX, 95)
    }
}

/// The memory of a camera's pictures, which goes from one to the next.
#[derive(Default)]
pub(super) struct Lent(Vec<Arc<Shown>>);

impl Lent {
    /// Remembers a picture whose memory can be had when nobody looks at it any more.
    pub fn remember(&mut self, shown: Arc<Shown>) {
        self.0.push(shown);
    }

    /// The memory of a picture that nobody looks at; empty when all are looked at, which makes one more.
    pub fn take(&mut self) -> Vec<u8> {
        let free = self.0.iter().position(|shown| Arc::strong_count(shown) == 1);
        let shown = free.and_then(|n| Arc::into_inner(self.0.swap_remove(n)));
        shown.map(|shown| shown.picture.into_rgb()).unwrap_or_default()
    }
}
