//! The live picture: the pictures of each camera as JPEG and what is known of the faces, each over a channel of its own to
//! the screen. The newest wins: a picture is sent when the screen has shown the one before, and never more than 15 a second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::{CameraFrames, for_screen, watch_camera as frames_of, watch_session as states_of};
use kernel::{Error, ErrorCode, Job, blocking};
use live::LiveState;
use tauri::State;
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::ipc::{Channel, InvokeResponseBody};
use tokio::sync::{Notify, watch};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::window::{Shell, lock};

/// The least time between two pictures: 15 a second.
const STEP: Duration = Duration::from_millis(66);

/// What the window looks at: of a session one camera by its number, or (none) what is told of it.
#[derive(Default)]
pub struct Cameras(Mutex<HashMap<(Uuid, Option<u32>), View>>);

/// A look; it ends when this is dropped.
struct View {
    shown: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Drop for View {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Sends the pictures of one camera of a session (JPEG, at most 640 × 480) to the screen from now on.
#[tauri::command]
pub async fn watch_camera(
    shell: State<'_, Shell>,
    cameras: State<'_, Cameras>,
    session: Uuid,
    camera: u32,
    pictures: Channel<InvokeResponseBody>,
) -> Result<(), Error> {
    let found = frames_of(&shell.desk().await?, session, camera).await?;
    let shown = Arc::new(Notify::new());
    let task = spawn(send_pictures(found, pictures, shown.clone()));
    // A screen that was loaded again takes the place of the former.
    lock(&cameras.0).insert((session, Some(camera)), View { shown, task });
    Ok(())
}

/// Sends what is told of a session, with all its cameras, to the screen from now on.
#[tauri::command]
pub async fn watch_session(
    shell: State<'_, Shell>,
    cameras: State<'_, Cameras>,
    session: Uuid,
    states: Channel<LiveState>,
) -> Result<(), Error> {
    let found = states_of(&shell.desk().await?, session).await?;
    let task = spawn(send_states(found, states));
    lock(&cameras.0).insert((session, None), View { shown: Arc::default(), task });
    Ok(())
}

/// The screen has shown the last picture of a camera and is ready for the next.
#[tauri::command]
pub fn frame_shown(cameras: State<'_, Cameras>, session: Uuid, camera: u32) {
    if let Some(view) = lock(&cameras.0).get(&(session, Some(camera))) {
        view.shown.notify_one();
    }
}

/// The screen shows a camera no more; the session goes on.
#[tauri::command]
pub fn leave_camera(cameras: State<'_, Cameras>, session: Uuid, camera: u32) {
    lock(&cameras.0).remove(&(session, Some(camera)));
}

/// Ends a session and lets the camera go; one that has ended is no error.
#[tauri::command]
pub async fn stop_camera(shell: State<'_, Shell>, cameras: State<'_, Cameras>, session: Uuid) -> Result<(), Error> {
    let input = serde_json::json!({ "session": session });
    let outcome = match shell.calls().await {
        Ok(calls) => calls.call("desk.stop_live_session", input, &Job::default()).await.map(|_| ()),
        Err(error) => Err(error),
    };
    // A kiosk goes on: it is left with a password only.
    if !outcome.as_ref().is_err_and(|error| error.code == ErrorCode::Forbidden) {
        lock(&cameras.0).retain(|(of, _), _| *of != session);
    }
    outcome
}

async fn send_pictures(frames: CameraFrames, screen: Channel<InvokeResponseBody>, shown: Arc<Notify>) {
    let mut newest = match frames {
        CameraFrames::Here(newest) => newest,
        CameraFrames::Photograph(jpeg) => {
            if let Some(jpeg) = jpeg {
                // A screen that is gone misses nothing.
                let _gone = screen.send(InvokeResponseBody::Raw(jpeg));
            }
            return;
        }
    };
    let mut ticks = interval(STEP);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let picture = newest.borrow_and_update().clone();
        if let Some(picture) = picture {
            match blocking(move || for_screen(&picture)).await {
                Ok(jpeg) => {
                    if screen.send(InvokeResponseBody::Raw(jpeg)).is_err() {
                        return;
                    }
                    shown.notified().await;
                }
                Err(error) => tracing::warn!(code = ?error.code, "a camera picture was not shown"),
            }
        }
        if newest.changed().await.is_err() {
            return;
        }
    }
}

async fn send_states(mut states: watch::Receiver<Arc<LiveState>>, screen: Channel<LiveState>) {
    let mut ticks = interval(STEP);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let state = (**states.borrow_and_update()).clone();
        if screen.send(state).is_err() || states.changed().await.is_err() {
            return;
        }
    }
}
