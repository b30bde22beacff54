//! A running camera: its newest frame, its state, and the loop that opens the source again when it is lost.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::frame::{Frame, FrameImage};
use crate::{files, network, webcam};

/// Where frames come from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// A camera of this machine, by its number in [`crate::devices`], at about this size.
    Webcam { device: u32, width: u32, height: u32 },
    /// Motion JPEG over HTTP (`multipart/x-mixed-replace`) at an http or https address; a user and a
    /// password may be part of it.
    Network { url: String },
    /// The pictures of a folder in name order, at this many a second.
    Folder {
        path: PathBuf,
        frames_per_second: f64,
        /// Begins again after the last one.
        repeat: bool,
    },
    /// One picture.
    File { path: PathBuf },
}

impl std::fmt::Debug for Source {
    /// Says the kind only: an address may hold a password, a path a name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Webcam { device, .. } => write!(f, "Webcam({device})"),
            Self::Network { .. } => f.write_str("Network"),
            Self::Folder { .. } => f.write_str("Folder"),
            Self::File { .. } => f.write_str("File"),
        }
    }
}

/// Why there are no frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No such camera, folder or file.
    NotFound,
    /// Another program has the camera.
    Busy,
    /// The system or the camera does not allow it (permission, password).
    Refused,
    /// It was there and is gone.
    Unplugged,
    /// What comes is no picture, or one of a kind that is not understood.
    BadFormat,
    /// No connection, or no answer in time.
    Unreachable,
}

/// A source that gives no frames: the reason for the screen, the detail for the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    pub reason: Reason,
    pub detail: String,
}

impl Lost {
    pub(crate) fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// What a camera is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    Connecting,
    Running {
        width: u32,
        height: u32,
    },
    /// No frames; tried again after `wait_ms`.
    Retrying {
        lost: Lost,
        wait_ms: u64,
    },
    /// No frames, and trying again would not help.
    Lost {
        lost: Lost,
    },
    /// A folder or file came to its end.
    Ended,
}

/// How long to wait before a lost source is opened again: `first`, then twice as long each time up to `most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    pub first: Duration,
    pub most: Duration,
}

impl Default for Retry {
    /// Half a second to ten seconds.
    fn default() -> Self {
        Self { first: Duration::from_millis(500), most: Duration::from_secs(10) }
    }
}

/// Tells the time since a moment of the caller's choice.
pub type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// A running camera; it stops when this is dropped.
#[derive(Debug)]
pub struct Camera {
    frames: watch::Receiver<Option<Arc<Frame>>>,
    state: watch::Receiver<State>,
    work: JoinHandle<()>,
}

impl Camera {
    /// The newest frame that this has not returned yet; waits for one. `None` when there will be no more.
    pub async fn next(&mut self) -> Option<Arc<Frame>> {
        loop {
            self.frames.changed().await.ok()?;
            if let Some(frame) = self.frames.borrow_and_update().clone() {
                return Some(frame);
            }
        }
    }

    /// The newest frame, now and from now on: for who looks on without taking anything from [`Camera::next`].
    pub fn frames(&self) -> watch::Receiver<Option<Arc<Frame>>> {
        self.frames.clone()
    }

    /// What it is doing now.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// Follows what it is doing.
    pub fn states(&self) -> watch::Receiver<State> {
        self.state.clone()
    }

    /// Stops at once; the device is free as soon as its last read returns.
    pub fn stop(self) {}
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.work.abort();
    }
}

/// Starts a camera. It runs as a task of the current Tokio runtime.
pub fn open(source: Source, clock: Clock, retry: Retry) -> Camera {
    let (frames_in, frames) = watch::channel(None);
    let (state_in, state) = watch::channel(State::Connecting);
    let sink = Sink { frames: frames_in, state: state_in, clock, sequence: 0, delivered: false };
    let work = tokio::spawn(drive(source, sink, retry));
    Camera { frames, state, work }
}

/// Where a source puts its frames.
pub(crate) struct Sink {
    frames: watch::Sender<Option<Arc<Frame>>>,
    state: watch::Sender<State>,
    clock: Clock,
    sequence: u64,
    /// Whether a frame came since the source was opened last.
    delivered: bool,
}

impl Sink {
    /// Hands a frame on; `at` is the time in a film, else the clock says.
    pub fn put(&mut self, image: FrameImage, (width, height): (u32, u32), at: Option<Duration>, name: Option<String>) {
        let frame =
            Frame { image, width, height, sequence: self.sequence, at: at.unwrap_or_else(|| (self.clock)()), name };
        self.sequence += 1;
        self.delivered = true;
        let running = State::Running { width, height };
        self.state.send_if_modified(|state| {
            let changed = *state != running;
            if changed {
                *state = running;
            }
            changed
        });
        self.frames.send_replace(Some(Arc::new(frame)));
    }
}

async fn drive(source: Source, mut sink: Sink, retry: Retry) {
    let mut wait = retry.first;
    loop {
        sink.delivered = false;
        let outcome = match &source {
            Source::Webcam { device, width, height } => webcam::run(*device, (*width, *height), &mut sink).await,
            Source::Network { url } => network::run(url, &mut sink).await,
            Source::Folder { path, frames_per_second, repeat } => {
                files::run_folder(path, *frames_per_second, *repeat, &mut sink).await
            }
            Source::File { path } => files::run_file(path, &mut sink).await,
        };
        let lost = match outcome {
            Ok(()) => {
                sink.state.send_replace(State::Ended);
                return;
            }
            Err(lost) => lost,
        };
        tracing::warn!(?source, reason = ?lost.reason, detail = %lost.detail, "no frames");
        let live = matches!(source, Source::Webcam { .. } | Source::Network { .. });
        if !live || network::is_hopeless(&source) {
            sink.state.send_replace(State::Lost { lost });
            return;
        }
        if sink.delivered {
            wait = retry.first;
        }
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        sink.state.send_replace(State::Retrying { lost, wait_ms });
        tokio::time::sleep(wait).await;
        wait = wait.saturating_mul(2).min(retry.most);
    }
}
