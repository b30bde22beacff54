//! Live sessions with the cameras of this computer: each begins where the data is, and its pictures are pushed from here.

use chrono::NaiveDate;
use kernel::ids::{ClassId, StudentId};
use kernel::{AtDesk, Result};
use live::operations::{close_camera, close_session, open_camera, open_enrolment, open_register};
use live::{LiveState, OfCamera, OfLiveSession, OpenCamera, OpenEnrolment, OpenRegister, OpenedCamera};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::source::CameraSource;
use crate::{push, running};

/// Input of [`start_attendance_session`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartAttendanceSession {
    pub class: ClassId,
    pub date: NaiveDate,
    /// 1 to 20; 0 is the whole day.
    #[serde(default)]
    pub lesson: i32,
    pub source: CameraSource,
    /// Says that it is meant although the day has no school; without it, it is refused.
    #[serde(default)]
    #[ts(optional)]
    pub even_if_no_school: Option<bool>,
}

/// Input of [`start_enrolment_session`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartEnrolmentSession {
    pub student: StudentId,
    pub source: CameraSource,
}

/// Input of [`add_camera`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddCamera {
    pub session: Uuid,
    pub source: CameraSource,
}

/// Opens the camera for which a session was begun.
pub(super) fn open_first(at: &AtDesk, state: &LiveState, source: CameraSource) -> Result<()> {
    let number = state.cameras.first().map_or(0, |camera| camera.camera);
    running::add(&at.desk, state.session, number, push::open(at, source, state.session, number))
}

/// Opens a camera on a class. What it proposes is written only when somebody confirms it.
pub(crate) async fn start_attendance_session(at: &AtDesk, input: StartAttendanceSession) -> Result<LiveState> {
    let StartAttendanceSession { class, date, lesson, source, even_if_no_school } = input;
    source.check()?;
    let register = OpenRegister { class, date, lesson, camera: source.kind(), even_if_no_school };
    let state = open_register.on(&*at.calls, register).await?;
    running::begin(at, &state, None).await?;
    open_first(at, &state, source)?;
    Ok(state)
}

/// Opens a camera to take photographs of a student who is to be enrolled.
pub(crate) async fn start_enrolment_session(at: &AtDesk, input: StartEnrolmentSession) -> Result<LiveState> {
    input.source.check()?;
    let enrolment = OpenEnrolment { student: input.student, camera: input.source.kind() };
    let state = open_enrolment.on(&*at.calls, enrolment).await?;
    running::begin(at, &state, None).await?;
    open_first(at, &state, input.source)?;
    Ok(state)
}

/// Opens one more camera in a session that runs: what it sees adds to what the others see.
pub(crate) async fn add_camera(at: &AtDesk, input: AddCamera) -> Result<LiveState> {
    let AddCamera { session, source } = input;
    source.check()?;
    let opened = open_camera.on(&*at.calls, OpenCamera { session, kind: source.kind() }).await?;
    let OpenedCamera { camera, state } = opened;
    // A session of photographs alone has had no camera here yet.
    running::watch_session(at, session).await?;
    running::add(&at.desk, session, camera, push::open(at, source, session, camera))?;
    Ok(state)
}

/// Lets one camera of a session go, or takes a photograph out of it; whom it recognised stays recognised.
pub(crate) async fn remove_camera(at: &AtDesk, input: OfCamera) -> Result<LiveState> {
    let state = close_camera.on(&*at.calls, input).await?;
    running::remove(&at.desk, input.session, input.camera)?;
    Ok(state)
}

/// Ends a session and lets its cameras go. What was proposed and not confirmed is forgotten.
pub(crate) async fn stop_live_session(at: &AtDesk, input: OfLiveSession) -> Result<()> {
    close_session.on(&*at.calls, input).await?;
    running::end(&at.desk, input.session);
    Ok(())
}
