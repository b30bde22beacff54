//! Starting and stopping a live session, and a person's word on what it proposes.

use std::sync::Arc;

use chrono::{Duration, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, StudentId};
use uuid::Uuid;
use vision::{Gallery, QualityLimits};

use super::pipeline::start;
use super::session::{Late, LiveSession, Purpose, find_session, keep, stop_session};
use super::state::{CameraSource, LiveState};
use crate::accounts::Nothing;
use crate::attendance::place::{Codes, Place};
use crate::attendance::record::{Entry, Writer, lock, write_entries};
use crate::attendance::{MarkSource, OfRegister, RecordedAttendance};
use crate::error::Invalid;
use crate::faces::{
    ClassGallery, PhotographFault, blocking, engine, fault_in_words, load_gallery, need_consent, need_faces_on,
    vision_error,
};
use crate::schools::{AttendanceMeaning, find_school, load_settings, school_day};
use crate::{Context, Error, ErrorCode, Operation, Result, Upload, transact};

/// A camera of this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct CameraDevice {
    pub device: u32,
    pub name: String,
}

/// Input of [`start_attendance_session`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct StartAttendanceSession {
    pub class: ClassId,
    pub date: chrono::NaiveDate,
    /// 1 to 20; 0 is the whole day.
    #[serde(default)]
    pub lesson: i32,
    pub source: CameraSource,
}

/// Input of [`start_enrolment_session`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct StartEnrolmentSession {
    pub student: StudentId,
    pub source: CameraSource,
}

/// A live session.
#[derive(Clone, Copy, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct OfSession {
    pub session: Uuid,
}

/// Input of [`confirm_proposals`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmProposals {
    pub session: Uuid,
    pub students: Vec<StudentId>,
}

/// Input of [`correct_proposal`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CorrectProposal {
    pub session: Uuid,
    /// The student who was proposed and is not it.
    pub wrong: Option<StudentId>,
    /// The unsure face that is decided.
    #[ts(type = "number | null")]
    pub track: Option<u64>,
    /// Who it is; none: nobody of the class.
    pub right: Option<StudentId>,
}

/// A picture taken from the camera.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct CapturedFrame {
    /// To enrol it by.
    pub upload: Uuid,
    /// Why it would be refused; empty: it is good.
    pub faults: Vec<PhotographFault>,
}

/// The cameras of this computer.
pub async fn list_cameras(context: &Context, _input: Nothing) -> Result<Vec<CameraDevice>> {
    context.permit(Operation::list_cameras)?;
    blocking(|| {
        let devices = camera::devices().map_err(|lost| {
            Error::new(ErrorCode::Camera, format!("The cameras cannot be listed: {}", lost.detail))
                .help("See in the system's settings whether programs may use the camera.")
        })?;
        Ok(devices.into_iter().map(|found| CameraDevice { device: found.device, name: found.name }).collect())
    })
    .await
}

/// Opens a camera on a class. What it proposes is written only when somebody confirms it.
pub async fn start_attendance_session(context: &Context, input: StartAttendanceSession) -> Result<LiveState> {
    let access = context.permit(Operation::start_attendance_session)?;
    let register = OfRegister { class: input.class, date: input.date, lesson: input.lesson };
    let place = Place::find(context, &access, &register).await?;
    check_source(&input.source)?;
    let db = context.store().reader();
    need_faces_on(db, place.school()).await?;
    let engine = engine(context).await?;
    let gallery = load_gallery(context, &engine, place.school(), Some(place.students(db).await?)).await?;
    let late = late_from(context, &place).await?;
    let (school, owner) = (place.school(), context.actor()?.user);
    let purpose = Purpose::Register { place: Box::new(place), late };
    let session = Arc::new(LiveSession::new(context.clone(), owner, school, engine, purpose, gallery));
    begin(context, session, input.source)
}

/// Opens a camera to take photographs of a student who is to be enrolled.
pub async fn start_enrolment_session(context: &Context, input: StartEnrolmentSession) -> Result<LiveState> {
    let access = context.permit(Operation::start_enrolment_session)?;
    let db = context.store().reader();
    let student = access.student(db, input.student).await?;
    need_consent(context, db, &student).await?;
    check_source(&input.source)?;
    let engine = engine(context).await?;
    let gallery = ClassGallery {
        templates: Gallery::new(engine.dimension()),
        people: Default::default(),
        enrolled: Default::default(),
    };
    let (school, owner) = (student.school_id, context.actor()?.user);
    let session = LiveSession::new(context.clone(), owner, school, engine, Purpose::Enrolment, gallery);
    begin(context, Arc::new(session), input.source)
}

fn begin(context: &Context, session: Arc<LiveSession>, source: CameraSource) -> Result<LiveState> {
    // The former camera of this person stops first: it may be the same device.
    keep(&context.services, session.clone())?;
    start(&session, source.into());
    Ok(session.now())
}

fn check_source(source: &CameraSource) -> Result<()> {
    let mut invalid = Invalid::default();
    match source {
        CameraSource::Webcam { .. } => {}
        CameraSource::Network { url } => {
            let url = invalid.text("source.url", url, 2_000);
            if !url.is_empty() && !url.starts_with("http://") && !url.starts_with("https://") {
                invalid.push("source.url", "not_an_address", "Type it as http://camera/stream.");
            }
        }
        CameraSource::Folder { path, frames_per_second, .. } => {
            invalid.text("source.path", path, 4_000);
            if frames_per_second.is_some_and(|rate| !(0.1..=60.0).contains(&rate)) {
                invalid.push("source.framesPerSecond", "out_of_range", "0.1 to 60 pictures a second.");
            }
        }
        CameraSource::File { path } => {
            invalid.text("source.path", path, 4_000);
        }
    }
    invalid.check()
}

/// From when a student is late: for the day's register of today, by the school's settings.
async fn late_from(context: &Context, place: &Place) -> Result<Option<Late>> {
    let db = context.store().reader();
    if place.lesson != 0 || school_day(context, db, place.school()).await? != place.date {
        return Ok(None);
    }
    let settings = load_settings(db, place.school()).await?;
    let zone: chrono_tz::Tz = find_school(db, place.school()).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(settings.day_starts_minutes * 60, 0);
    let begins = time.and_then(|time| zone.from_local_datetime(&place.date.and_time(time)).earliest());
    Ok(begins.map(|begins| {
        let begins = begins.with_timezone(&Utc);
        Late { begins, after: begins + Duration::minutes(i64::from(settings.late_after_minutes)) }
    }))
}

/// What a session is doing.
pub async fn live_session(context: &Context, input: OfSession) -> Result<LiveState> {
    context.permit(Operation::live_session)?;
    Ok(find_session(context, input.session)?.now())
}

/// Ends a session and lets the camera go. What was proposed and not confirmed is forgotten.
pub async fn stop_live_session(context: &Context, input: OfSession) -> Result<()> {
    context.permit(Operation::stop_live_session)?;
    stop_session(context, input.session)
}

/// Writes proposed students into the register: present, or late by when they were first seen. A person's former word stays.
pub async fn confirm_proposals(context: &Context, input: ConfirmProposals) -> Result<RecordedAttendance> {
    let access = context.permit(Operation::confirm_proposals)?;
    let session = find_session(context, input.session)?;
    let place = register_of(context, &access, &session).await?;
    let codes = Codes::load(context.store().reader(), place.school()).await?;
    let present = codes.meaning(AttendanceMeaning::Present)?.id;
    let late = codes.meaning(AttendanceMeaning::Late).map(|code| code.id).ok();
    let proposals = session.proposals(&input.students);
    if proposals.len() < input.students.len() {
        return Err(Error::field("students", "not_proposed", "Not all of these students are proposed any more."));
    }
    let entries: Vec<Entry> = proposals
        .into_iter()
        .map(|proposal| {
            // A school without a code for late has them present.
            let minutes_late = proposal.minutes_late.filter(|_| late.is_some());
            let code = minutes_late.and(late).unwrap_or(present);
            Entry { minutes_late, ..Entry::plain(proposal.student, code) }
        })
        .collect();
    write(context, Operation::confirm_proposals, &place, &codes, &entries, MarkSource::Camera).await
}

/// A person's word on a face: the student who was proposed is not it, and who it is. The right student is written as
/// present by that person's hand.
pub async fn correct_proposal(context: &Context, input: CorrectProposal) -> Result<RecordedAttendance> {
    let access = context.permit(Operation::correct_proposal)?;
    let session = find_session(context, input.session)?;
    let place = register_of(context, &access, &session).await?;
    let db = context.store().reader();
    if let Some(right) = input.right
        && !place.students(db).await?.iter().any(|student| student.id == right)
    {
        return Err(Error::field("right", "not_enrolled", "This student is not in the class on this day."));
    }
    let recorded = match input.right {
        Some(right) => {
            let codes = Codes::load(db, place.school()).await?;
            let entries = [Entry::plain(right, codes.meaning(AttendanceMeaning::Present)?.id)];
            write(context, Operation::correct_proposal, &place, &codes, &entries, MarkSource::Hand).await?
        }
        None => RecordedAttendance { cells: Vec::new(), undo: None },
    };
    if let Some(wrong) = input.wrong {
        session.dismiss(wrong);
    }
    if let Some(track) = input.track {
        session.decide(track);
    }
    Ok(recorded)
}

/// The register of a session, with the person's reach asked again.
async fn register_of(context: &Context, access: &crate::Access, session: &LiveSession) -> Result<Place> {
    match &session.purpose {
        Purpose::Register { place, .. } => {
            let register = OfRegister { class: place.class.id, date: place.date, lesson: place.lesson };
            Place::find(context, access, &register).await
        }
        Purpose::Enrolment => Err(Error::field("session", "no_register", "This camera takes no register.")),
    }
}

async fn write(
    context: &Context,
    operation: Operation,
    place: &Place,
    codes: &Codes,
    entries: &[Entry],
    source: MarkSource,
) -> Result<RecordedAttendance> {
    let writer = Writer { source, user: context.actor()?.user, now: context.now() };
    let (cells, undo) = transact(context, operation, async |tx| {
        lock(tx, place).await?;
        write_entries(tx, place, codes, entries, writer).await
    })
    .await?;
    Ok(RecordedAttendance { cells, undo })
}

/// Takes the newest picture of a session for enrolment and says whether it is good.
pub async fn capture_frame(context: &Context, input: OfSession) -> Result<CapturedFrame> {
    context.permit(Operation::capture_frame)?;
    let session = find_session(context, input.session)?;
    let Some(shown) = session.pictures.borrow().clone() else {
        return Err(
            Error::new(ErrorCode::Camera, "The camera has given no picture yet.").help("Wait until you see it.")
        );
    };
    let engine = session.engine.clone();
    let (bytes, faults) = blocking(move || {
        let seen = vision::examine(&engine.models, &shown.picture, &QualityLimits::default()).map_err(vision_error)?;
        Ok((shown.whole()?, seen.faults.iter().map(fault_in_words).collect()))
    })
    .await?;
    let owner = Some(context.actor()?.user);
    let upload = Upload { file_name: "camera.jpg".into(), bytes: Arc::new(bytes), owner };
    Ok(CapturedFrame { upload: context.services.keep_upload(upload), faults })
}
