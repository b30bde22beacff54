//! Starting and stopping live sessions and their cameras, and how they are doing.

use std::sync::Arc;

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, SchoolId, StudentId};
use uuid::Uuid;
use vision::QualityLimits;
use words::refusals;

use super::decide::register_of;
use super::pipeline::{follow, load_people, read_register, receive_camera};
use super::registry::{find_session, keep, running, stop_session};
use super::session::{Late, LiveSession, Purpose};
use super::state::{LiveCamera, LivePurpose, LiveSource, LiveState};
use crate::attendance::OfRegister;
use crate::attendance::place::Place;
use crate::schools::{OfSchool, find_school, load_settings, school_day};
use crate::{Access, Call, Context, Error, ErrorCode, Reach, Result, Upload, blocking, locked};
use faces::{
    FacePurpose, FaceUseOf, PhotographFault, engine, fault_in_words, need_consent, need_faces_on, record_use,
    vision_error,
};

/// Input of [`open_register`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenRegister {
    pub class: ClassId,
    pub date: NaiveDate,
    /// 1 to 20; 0 is the whole day.
    #[serde(default)]
    pub lesson: i32,
    /// What kind of camera its pictures will come from.
    pub camera: LiveSource,
    /// As in [`OfRegister`].
    #[serde(default)]
    #[ts(optional)]
    pub even_if_no_school: Option<bool>,
}

/// Input of [`open_enrolment`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenEnrolment {
    pub student: StudentId,
    pub camera: LiveSource,
}

/// Whoever follows a session is answered after so long, news or not.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// A live session.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfLiveSession {
    pub session: Uuid,
}

/// Input of [`open_camera`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenCamera {
    pub session: Uuid,
    pub kind: LiveSource,
}

/// A camera for which there is room now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenedCamera {
    /// Its number in the session.
    pub camera: u32,
    pub state: LiveState,
}

/// Input of [`follow_session`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct FollowLiveSession {
    pub session: Uuid,
    /// The number of what was told last.
    #[ts(type = "number | null")]
    pub seen: Option<u64>,
}

/// What is told of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Followed {
    #[ts(type = "number")]
    pub number: u64,
    pub state: LiveState,
}

/// A camera of a live session.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfCamera {
    pub session: Uuid,
    /// Its number in [`LiveState::cameras`].
    pub camera: u32,
}

/// A picture taken from the camera.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CapturedFrame {
    /// To enrol it by.
    pub upload: Uuid,
    /// Why it would be refused; empty: it is good.
    pub faults: Vec<PhotographFault>,
}

/// A camera that runs now in this program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunningCamera {
    pub purpose: LivePurpose,
    /// The camera with its status and figures; without the faces in its picture.
    pub camera: LiveCamera,
    /// People who can be recognised by it.
    pub enrolled: u32,
    /// The model that recognises, name and version.
    pub model: String,
}

/// Begins to look at a class. What is proposed is written only when somebody confirms it.
pub(crate) async fn open_register(call: &Call, input: OpenRegister) -> Result<LiveState> {
    let access = call.access();
    let OpenRegister { class, date, lesson, even_if_no_school, .. } = input;
    let register = OfRegister { class, date, lesson, even_if_no_school };
    let session = register_session(call, access, &register).await?;
    write_use(call, FacePurpose::Session, &session).await?;
    receive_camera(&session, input.camera)?;
    Ok(session.now())
}

/// A session for a register that has no camera yet; the person's former one has stopped, since it may use the same device.
pub(super) async fn register_session(call: &Call, access: &Access, register: &OfRegister) -> Result<Arc<LiveSession>> {
    let place = Place::find(call, access, register).await?;
    let db = call.store().reader();
    let settings = need_faces_on(db, place.school()).await?;
    let engine = engine(call).await?;
    let late = late_from(call, place.school(), place.date, place.lesson).await?;
    let school = place.school();
    let purpose = Purpose::Register { place: Box::new(place), late };
    let people = load_people(call, &engine, &purpose).await?;
    let session = Arc::new(LiveSession::new(call.clone(), school, engine, &settings, purpose, people)?);
    follow(&session);
    read_register(&session).await?;
    keep(&call.services, session.clone())?;
    Ok(session)
}

/// Writes down that a session compares faces with these people; nothing where nobody is enrolled.
pub(super) async fn write_use(call: &Call, purpose: FacePurpose, session: &LiveSession) -> Result<()> {
    let people = session.mind().gallery.templates.len();
    if people == 0 {
        return Ok(());
    }
    let class = session.now().class;
    let of = FaceUseOf { purpose, school: session.school, class, student: None, people };
    call.transact(async |tx| record_use(call, tx, of).await).await?;
    Ok(())
}

/// Begins to take photographs of a student who is to be enrolled.
pub(crate) async fn open_enrolment(call: &Call, input: OpenEnrolment) -> Result<LiveState> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student(db, input.student).await?;
    let settings = need_faces_on(db, student.school_id).await?;
    need_consent(call, db, &student).await?;
    let engine = engine(call).await?;
    let people = load_people(call, &engine, &Purpose::Enrolment).await?;
    let school = student.school_id;
    let session = Arc::new(LiveSession::new(call.clone(), school, engine, &settings, Purpose::Enrolment, people)?);
    keep(&call.services, session.clone())?;
    receive_camera(&session, input.camera)?;
    Ok(session.now())
}

/// From when a student is late: for the day's register of today, by the school's settings.
pub(super) async fn late_from(
    context: &Context,
    school: SchoolId,
    date: NaiveDate,
    lesson: i32,
) -> Result<Option<Late>> {
    let db = context.store().reader();
    if lesson != 0 || school_day(context, db, school).await? != date {
        return Ok(None);
    }
    let settings = load_settings(db, school).await?;
    let zone: chrono_tz::Tz = find_school(db, school).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(settings.day_starts_minutes * 60, 0);
    let begins = time.and_then(|time| zone.from_local_datetime(&date.and_time(time)).earliest());
    Ok(begins.map(|begins| {
        let begins = begins.with_timezone(&Utc);
        Late { begins, after: begins + Duration::minutes(i64::from(settings.late_after_minutes)) }
    }))
}

/// Opens one more camera in a session that runs: what it sees adds to what the others see.
pub(crate) async fn open_camera(call: &Call, input: OpenCamera) -> Result<OpenedCamera> {
    let access = call.access();
    let session = find_session(call, input.session)?;
    register_of(call, access, &session).await?;
    write_use(call, FacePurpose::Session, &session).await?;
    let camera = receive_camera(&session, input.kind)?;
    Ok(OpenedCamera { camera, state: session.now() })
}

/// Lets one camera of a session go, or takes a photograph out of it; whom it recognised stays recognised.
pub(crate) async fn close_camera(call: &Call, input: OfCamera) -> Result<LiveState> {
    let session = find_session(call, input.session)?;
    session.remove_feed(input.camera)?;
    Ok(session.now())
}

/// What a session is doing.
pub(crate) async fn live_session(call: &Call, input: OfLiveSession) -> Result<LiveState> {
    Ok(find_session(call, input.session)?.now())
}

/// What is told of a session that is newer than what was seen; waits for it a while.
pub(crate) async fn follow_session(call: &Call, input: FollowLiveSession) -> Result<Followed> {
    let session = find_session(call, input.session)?;
    // Behind a locked screen nothing is told; the desk is heard of all the same.
    if call.actor()?.locked {
        return Err(locked());
    }
    let (number, state) = session.newer_than(input.seen, PATIENCE).await?;
    Ok(Followed { number, state })
}

/// Ends a session. What was proposed and not confirmed is forgotten.
pub(crate) async fn close_session(call: &Call, input: OfLiveSession) -> Result<()> {
    stop_session(call, input.session)
}

/// How the cameras that run now are doing: one's own, and of the whole school for whoever reaches it.
pub(crate) async fn camera_health(call: &Call, input: OfSchool) -> Result<Vec<RunningCamera>> {
    let access = call.access();
    let all = access.at(input.school)? == Reach::School;
    let owner = call.actor()?.user;
    let mut sessions = running(&call.services, |of| of.school == input.school && (all || of.owner == owner))?;
    sessions.sort_by_key(|session| session.id);
    Ok(sessions
        .iter()
        .map(|session| session.now())
        .flat_map(|state| {
            let LiveState { purpose, cameras, enrolled, model, .. } = state;
            cameras.into_iter().map(move |camera| {
                let camera = LiveCamera { faces: Vec::new(), ..camera };
                RunningCamera { purpose, camera, enrolled, model: model.clone() }
            })
        })
        .collect())
}

/// Takes the newest picture of a session for enrolment and says whether it is good.
pub(crate) async fn capture_frame(call: &Call, input: OfLiveSession) -> Result<CapturedFrame> {
    let session = find_session(call, input.session)?;
    let Some(shown) = session.first_feed()?.pictures.borrow().clone() else {
        return Err(Error::new(ErrorCode::Camera, refusals::attendance::no_picture_yet())
            .help(refusals::attendance::wait_for_picture()));
    };
    let engine = session.engine.clone();
    let (bytes, faults) = blocking(move || {
        let seen = vision::examine(&engine.models, &shown.picture, &QualityLimits::default()).map_err(vision_error)?;
        Ok((shown.whole()?, seen.faults.iter().map(fault_in_words).collect()))
    })
    .await?;
    let owner = Some(call.actor()?.user);
    let upload = Upload { file_name: "camera.jpg".into(), bytes: Arc::new(bytes), owner };
    Ok(CapturedFrame { upload: call.services.keep_upload(upload), faults })
}
