//! From a camera of this computer to its session: the newest picture is pushed, again and again, and what the camera does.

use std::sync::{Arc, Weak};
use std::time::Instant;

use camera::{Camera, Frame};
use kernel::{AtDesk, Calls, Desk, Error, ErrorCode, Result};
use live::operations::{live_session, push_frame, tell_camera};
use live::{OfLiveSession, PushFrame, TellCamera};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use uuid::Uuid;

use crate::running::end;
use crate::source::{CameraSource, status};

/// A camera that runs; it stops when this is dropped.
pub(super) struct Running {
    pub frames: watch::Receiver<Option<Arc<Frame>>>,
    work: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.work.abort();
    }
}

/// Where pictures go.
struct Pushing {
    calls: Arc<dyn Calls>,
    desk: Weak<Desk>,
    session: Uuid,
    camera: u32,
}

/// Opens a camera of this computer, whose pictures go to a camera of a session.
pub(super) fn open(at: &AtDesk, source: CameraSource, session: Uuid, number: u32) -> Running {
    let begun = Instant::now();
    let camera = camera::open(source.into(), Arc::new(move || begun.elapsed()), camera::Retry::default());
    let frames = camera.frames();
    let to = Pushing { calls: at.calls.clone(), desk: Arc::downgrade(&at.desk), session, camera: number };
    let work = tokio::spawn(async move { to.all_of(camera).await }).abort_handle();
    Running { frames, work }
}

impl Pushing {
    /// Until the camera comes to its end, or its session does. A picture that could not be pushed is missed; the next one may
    /// come through.
    async fn all_of(self, mut camera: Camera) {
        let mut states = camera.states();
        loop {
            let (done, over) = tokio::select! {
                frame = camera.next() => match frame {
                    Some(frame) => (self.push(&frame).await, false),
                    None => (self.tell(&camera.state()).await, true),
                },
                Ok(()) = states.changed() => {
                    let state = states.borrow_and_update().clone();
                    match state {
                        // The end is told after the last picture.
                        camera::State::Retrying { .. } => (self.tell(&state).await, false),
                        _ => continue,
                    }
                }
            };
            if let Err(error) = done {
                if is_over(error.code) && self.is_gone().await {
                    if let Some(desk) = self.desk.upgrade() {
                        end(&desk, self.session);
                    }
                    return;
                }
                tracing::warn!(code = ?error.code, "a camera picture was not pushed");
            }
            if over {
                return;
            }
        }
    }

    async fn push(&self, frame: &Frame) -> Result<()> {
        let bytes = frame.encoded().map_err(|lost| Error::internal(lost.detail))?;
        let upload = self.calls.upload("camera.jpg", Arc::new(bytes.to_vec())).await?;
        let (sequence, seconds) = (frame.sequence, frame.at.as_secs_f64());
        let input = PushFrame { session: self.session, camera: self.camera, sequence, seconds, upload };
        push_frame.on(&*self.calls, input).await
    }

    /// Whether the session itself is over. What was handed over may be gone alone: a computer that slept for a night comes back
    /// to a picture that nobody keeps any more, and to its kiosk.
    async fn is_gone(&self) -> bool {
        let asked = live_session.on(&*self.calls, OfLiveSession { session: self.session }).await;
        asked.is_err_and(|error| is_over(error.code))
    }

    async fn tell(&self, state: &camera::State) -> Result<()> {
        let input = TellCamera { session: self.session, camera: self.camera, status: status(state) };
        tell_camera.on(&*self.calls, input).await
    }
}

/// Whether that will not pass: the session, its camera or the sign-in is gone.
pub(super) fn is_over(code: ErrorCode) -> bool {
    use ErrorCode::{Forbidden, NotFound, SessionExpired, SignedOut};
    [NotFound, SessionExpired, SignedOut, Forbidden].contains(&code)
}
