//! What runs at this desk: of each live session its cameras here, and what is told of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use camera::Frame;
use kernel::ids::UserSessionId;
use kernel::{AtDesk, Calls, Desk, Error, ErrorCode, Result};
use live::operations::{follow_session, live_picture, live_session};
use live::{FollowLiveSession, Followed, LiveState, OfCamera, OfLiveSession};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use uuid::Uuid;
use words::refusals;

use crate::kept;
use crate::push::{Running, is_over};

/// The pause before what is told is asked for again, where it could not be learned.
const PAUSE: Duration = Duration::from_secs(1);

/// All live sessions that somebody watches at this desk.
#[derive(Default)]
struct Sessions(Mutex<HashMap<Uuid, Session>>);

struct Session {
    /// In whose name it was begun.
    calls: Arc<dyn Calls>,
    cameras: BTreeMap<u32, Running>,
    states: watch::Receiver<Arc<LiveState>>,
    /// The sign-in whose kiosk it is.
    kiosk: Option<UserSessionId>,
    follow: AbortHandle,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.follow.abort();
    }
}

fn lock(sessions: &Sessions) -> MutexGuard<'_, HashMap<Uuid, Session>> {
    // A panic elsewhere leaves it whole.
    sessions.0.lock().unwrap_or_else(PoisonError::into_inner)
}

fn sessions(desk: &Desk) -> Result<Arc<Sessions>> {
    desk.extension(|| Ok(Sessions::default()))
}

/// Keeps a session that begins. Another that ended by it lets its cameras go at once, since the new one may use the same.
pub(super) async fn begin(at: &AtDesk, state: &LiveState, kiosk: Option<UserSessionId>) -> Result<()> {
    let sessions = sessions(&at.desk)?;
    let others: Vec<(Uuid, Arc<dyn Calls>)> =
        lock(&sessions).iter().map(|(session, of)| (*session, of.calls.clone())).collect();
    for (session, calls) in others {
        let asked = live_session.on(&*calls, OfLiveSession { session }).await;
        if asked.is_err_and(|error| error.code == ErrorCode::NotFound) {
            end(&at.desk, session);
        }
    }
    let (told, states) = watch::channel(Arc::new(state.clone()));
    let of = Following { calls: at.calls.clone(), desk: Arc::downgrade(&at.desk), session: state.session };
    let follow = tokio::spawn(of.all(told)).abort_handle();
    let session = Session { calls: at.calls.clone(), cameras: BTreeMap::new(), states, kiosk, follow };
    lock(&sessions).insert(state.session, session);
    Ok(())
}

/// Keeps a camera that runs for a session.
pub(super) fn add(desk: &Desk, session: Uuid, number: u32, camera: Running) -> Result<()> {
    let sessions = sessions(desk)?;
    let mut sessions = lock(&sessions);
    let of = sessions.get_mut(&session).ok_or_else(|| Error::not_found(refusals::gone::camera_session()))?;
    of.cameras.insert(number, camera);
    Ok(())
}

/// Lets one camera go.
pub(super) fn remove(desk: &Desk, session: Uuid, number: u32) -> Result<()> {
    if let Some(of) = lock(&*sessions(desk)?).get_mut(&session) {
        of.cameras.remove(&number);
    }
    Ok(())
}

/// A session is over: its cameras go, and a kiosk comes up no more.
pub(super) fn end(desk: &Desk, session: Uuid) {
    // Where there is no list of sessions, none runs.
    let Ok(sessions) = sessions(desk) else { return };
    let ended = lock(&sessions).remove(&session);
    if let Some(kiosk) = ended.and_then(|ended| ended.kiosk) {
        kept::forget(&desk.data, Some(kiosk));
    }
}

/// Asks what is told of a session.
struct Following {
    calls: Arc<dyn Calls>,
    desk: Weak<Desk>,
    session: Uuid,
}

impl Following {
    /// Until the session is over, or nobody listens.
    async fn all(self, told: watch::Sender<Arc<LiveState>>) {
        let mut seen = None;
        while !told.is_closed() {
            match follow_session.on(&*self.calls, FollowLiveSession { session: self.session, seen }).await {
                Ok(Followed { number, state }) => {
                    seen = Some(number);
                    told.send_replace(Arc::new(state));
                }
                Err(error) if is_over(error.code) => {
                    if let Some(desk) = self.desk.upgrade() {
                        end(&desk, self.session);
                    }
                    return;
                }
                // Behind a locked screen nothing is told; a database that does not answer may yet.
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

/// What is told of a session of whoever is signed in, now and from now on.
///
/// # Errors
/// When there is none.
pub async fn watch_session(at: &AtDesk, session: Uuid) -> Result<watch::Receiver<Arc<LiveState>>> {
    let state = live_session.on(&*at.calls, OfLiveSession { session }).await?;
    let sessions = sessions(&at.desk)?;
    if !lock(&sessions).contains_key(&session) {
        // One of photographs alone has no camera here.
        begin(at, &state, None).await?;
    }
    let states = lock(&sessions).get(&session).map(|of| of.states.clone());
    states.ok_or_else(|| Error::not_found(refusals::gone::camera_session()))
}

/// The pictures of a camera of a session.
pub enum CameraFrames {
    /// The newest, now and from now on; whoever is slow misses pictures and holds nothing up.
    Here(watch::Receiver<Option<Arc<Frame>>>),
    /// A photograph as JPEG; none while it is not there yet.
    Photograph(Option<Vec<u8>>),
}

/// The pictures of a camera of a session of whoever is signed in.
///
/// # Errors
/// When there is no such session or camera.
pub async fn watch_camera(at: &AtDesk, session: Uuid, camera: u32) -> Result<CameraFrames> {
    live_session.on(&*at.calls, OfLiveSession { session }).await?;
    let sessions = sessions(&at.desk)?;
    let here = lock(&sessions).get(&session).and_then(|of| Some(of.cameras.get(&camera)?.frames.clone()));
    if let Some(frames) = here {
        return Ok(CameraFrames::Here(frames));
    }
    let picture = live_picture.on(&*at.calls, OfCamera { session, camera }).await?;
    let broken = |_| Error::internal("a photograph came that cannot be read");
    Ok(CameraFrames::Photograph(picture.jpeg.map(|jpeg| STANDARD.decode(jpeg).map_err(broken)).transpose()?))
}
