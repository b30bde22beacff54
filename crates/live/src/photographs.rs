//! Photographs of a class do the same as a camera: each is looked at once, and in each the decision must hold by itself.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::ids::ClassId;
use uuid::Uuid;
use vision::{Outcome, PictureLimits, Recognised, StageTimes};
use words::refusals;

use super::decide::register_of;
use super::feed::{Feed, Shown};
use super::looks::{evidence_of, lock_gauge, look_at_face, share, tell_faces};
use super::pipeline::load_if_changed;
use super::registry::find_session;
use super::session::LiveSession;
use super::sessions::{register_session, write_use};
use super::state::{
    CameraStatus, LiveCamera, LiveCandidate, LiveFace, LiveFaceState, LiveProposal, LiveSource, LiveState, UnsureReason,
};
use crate::attendance::place::Place;
use crate::attendance::{MarkSource, OfRegister};
use crate::error::Invalid;
use crate::{Call, Context, Error, Result, blocking};
use faces::pictures::reduced;
use faces::{FacePurpose, Known, vision_error};

/// Photographs and cameras of one session.
const MOST: usize = 20;
/// A photograph is kept, to be shown, at most so wide and high.
const KEPT_SIDE: u32 = 1_280;

/// Input of [`start_photograph_session`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartPhotographSession {
    pub class: ClassId,
    pub date: NaiveDate,
    /// 1 to 20; 0 is the whole day.
    #[serde(default)]
    pub lesson: i32,
    /// 1 to 20 photographs of the class.
    pub uploads: Vec<Uuid>,
    /// As in [`OfRegister`].
    #[serde(default)]
    #[ts(optional)]
    pub even_if_no_school: Option<bool>,
}

/// Input of [`add_photographs`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddPhotographs {
    pub session: Uuid,
    pub uploads: Vec<Uuid>,
}

/// Looks at one or several photographs of a class. Whom it recognises is proposed, and written only when somebody
/// confirms it. Nothing of the photographs is kept when the session ends.
pub(crate) async fn start_photograph_session(call: &Call, input: StartPhotographSession) -> Result<LiveState> {
    let access = call.access();
    let StartPhotographSession { class, date, lesson, even_if_no_school, .. } = input;
    let register = OfRegister { class, date, lesson, even_if_no_school };
    Place::find(call, access, &register).await?;
    let photographs = uploads(call, &input.uploads)?;
    let session = register_session(call, access, &register).await?;
    write_use(call, FacePurpose::Photograph, &session).await?;
    look_at_all(call, &session, photographs).await?;
    Ok(session.now())
}

/// Looks at more photographs in a session that runs, also beside its cameras.
pub(crate) async fn add_photographs(call: &Call, input: AddPhotographs) -> Result<LiveState> {
    let access = call.access();
    let session = find_session(call, input.session)?;
    register_of(call, access, &session).await?;
    let photographs = uploads(call, &input.uploads)?;
    write_use(call, FacePurpose::Photograph, &session).await?;
    look_at_all(call, &session, photographs).await?;
    Ok(session.now())
}

fn uploads(context: &Context, ids: &[Uuid]) -> Result<Vec<Arc<Vec<u8>>>> {
    if ids.is_empty() || ids.len() > MOST {
        return Err(Error::field("uploads", "count", refusals::attendance::photographs_count(MOST)));
    }
    let owner = context.actor()?.user;
    ids.iter().map(|id| Ok(context.services.upload(*id, owner)?.bytes)).collect()
}

/// Looks at each photograph; those that cannot be read are named, and the others count all the same.
async fn look_at_all(context: &Context, session: &Arc<LiveSession>, photographs: Vec<Arc<Vec<u8>>>) -> Result<()> {
    let total = photographs.len();
    let mut invalid = Invalid::default();
    for (n, bytes) in photographs.into_iter().enumerate() {
        context.job.progress(n, total)?;
        load_if_changed(session).await?;
        let of = session.clone();
        if let Err(error) = blocking(move || look_at(&of, &bytes)).await {
            match error.code {
                crate::ErrorCode::BadFile => invalid.push(&format!("uploads.{n}"), "unreadable", error.message),
                _ => return Err(error),
            }
        }
    }
    if let Err(error) = invalid.check() {
        if session.now().cameras.is_empty() {
            return Err(error);
        }
        session.tell_problem(error);
    }
    Ok(())
}

fn look_at(session: &LiveSession, bytes: &[u8]) -> Result<()> {
    let mut times = StageTimes::default();
    let begun = std::time::Instant::now();
    let picture = vision::decode(bytes, PictureLimits::default()).map_err(|error| vision_error(error.into()))?;
    let decoding = begun.elapsed().as_secs_f64() * 1000.0;
    let (gallery, version) = {
        let mind = session.mind();
        (mind.gallery.clone(), mind.version)
    };
    let engine = &session.engine;
    let found = vision::recognise(&engine.models, &gallery.templates, engine.decision, &picture, &mut times)
        .map_err(vision_error)?;
    let feed = session.add_feed(MOST, |camera| LiveCamera {
        camera,
        kind: LiveSource::Photograph,
        status: CameraStatus::Ended,
        sequence: 0,
        faces: Vec::new(),
        health: Default::default(),
    })?;
    let (width, height) = (picture.width(), picture.height());
    let shown = Shown::still(picture);
    let faces = learn(session, &feed, &shown, found, version)?;
    {
        let mut gauge = lock_gauge(&feed);
        gauge.decoded(0, 0.0, Some((width, height)), decoding);
        gauge.looked(0, 0.0, &times);
    }
    tell_faces(session, &feed, &shown, faces);
    let kept = Shown::still(reduced(shown.picture, KEPT_SIDE)?);
    feed.pictures.send_replace(Some(Arc::new(kept)));
    Ok(())
}

type Found = Vec<Recognised<store::ids::StudentId>>;

/// Takes in the faces of one photograph, the surest first.
fn learn(session: &LiveSession, feed: &Feed, shown: &Shown, found: Found, version: u64) -> Result<Vec<LiveFace>> {
    let mut looks = Vec::new();
    for (n, recognised) in found.iter().enumerate() {
        if recognised.found.outcome == Outcome::Unknown {
            looks.extend(look_at_face(session, shown, &recognised.face, feed.track(n as u64))?);
        }
    }
    let now = session.call.now();
    let mut mind = session.mind();
    if mind.version != version {
        return Ok(Vec::new());
    }
    looks.into_iter().for_each(|look| mind.strangers.see(look, session.engine.decision.threshold));
    let mut faces = Vec::with_capacity(found.len());
    for (n, recognised) in found.into_iter().enumerate() {
        let (track, found) = (feed.track(n as u64), recognised.found);
        let near: Vec<LiveCandidate> =
            [&found.best, &found.second].into_iter().flatten().filter_map(|near| mind.candidate(near)).collect();
        let known = found.identity().and_then(|id| Some((*id, mind.gallery.people.get(id)?.clone())));
        let state = match (&known, found.outcome) {
            (Some((student, Known { number, name, .. })), _) => {
                let cut = evidence_of(session, shown, *student, &recognised.face);
                mind.cut_outs.extend(cut.map(|cut| (*student, cut)));
                mind.propose(
                    track,
                    LiveProposal {
                        student: *student,
                        number: number.clone(),
                        name: name.clone(),
                        score: found.score(),
                        margin: found.margin(),
                        frames: 1,
                        first_seen: now,
                        // Nobody knows when the photograph was taken.
                        minutes_late: None,
                        source: MarkSource::Photograph,
                    },
                );
                match mind.rejected.contains(student) {
                    true => LiveFaceState::Unsure,
                    false => LiveFaceState::Recognised,
                }
            }
            (None, Outcome::Unknown) => LiveFaceState::Unknown,
            _ => {
                mind.wait_for_word(track, UnsureReason::NotClear, near.clone());
                LiveFaceState::Unsure
            }
        };
        let student = near.into_iter().next().filter(|_| state == LiveFaceState::Recognised);
        faces.push(LiveFace { track, place: share(recognised.face.rect, shown), state, student });
    }
    Ok(faces)
}
