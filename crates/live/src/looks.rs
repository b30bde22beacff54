//! What a frame brought, taken into the session: proposals, unsure faces, looks at unknown ones, boxes for the screen.

use std::sync::Arc;

use store::ids::StudentId;
use vision::{FrameReport, Proposal, QualityLimits, TrackState, TrackView};

use super::feed::{Feed, Shown, Tracks};
use super::session::{LiveSession, Mind, Purpose};
use super::state::{LiveCandidate, LiveFace, LiveFaceState, LiveProposal, UnsureFace, UnsureReason};
use super::strangers::Look;
use crate::Result;
use crate::attendance::MarkSource;
use faces::pictures::cut_out;
use faces::{CutOut, Known, vision_error};

/// Unsure faces that wait for a person at the same time.
const MOST_UNSURE: usize = 20;
/// Who must move to be proposed has so long until a person is asked, in seconds; in class nobody looks about at once.
const TIME_TO_MOVE: f64 = 20.0;
/// Unknown faces that are looked at more closely in one frame.
const MOST_LOOKS: usize = 2;
/// An unknown face is looked at more closely so often at most, in seconds.
const LOOK_AGAIN: f64 = 1.0;
/// What is shown around an unknown face, and kept around one that can be enrolled, in its widths and heights.
const AROUND_SMALL: f32 = 0.25;
const AROUND_PICTURE: f32 = 0.8;
/// A face that is kept as evidence is at most so wide and high.
const EVIDENCE_SIDE: u32 = 200;

/// Looks at one picture of a camera for a register. Takes as long as the models need.
pub(super) fn look_for_register(session: &Arc<LiveSession>, feed: &Feed, shown: &Shown) -> Result<()> {
    let (gallery, version) = {
        let mind = session.mind();
        (mind.gallery.clone(), mind.version)
    };
    let engine = &session.engine;
    let (report, looks) = {
        let mut tracks = feed.tracks(version);
        let (picture, seconds) = (&shown.picture, shown.seconds);
        let report =
            vision::watch(&engine.models, &gallery.templates, engine.decision, &mut tracks.tracker, picture, seconds)
                .map_err(vision_error)?;
        let looks = look_closer(session, feed, &mut tracks, &report, shown)?;
        (report, looks)
    };
    lock_gauge(feed).looked(shown.sequence, shown.seconds, &report.times);
    let (faces, taken_back) = {
        let mut mind = session.mind();
        // Somebody's consent was withdrawn while the picture was looked at: what was found does not count.
        if mind.version != version {
            return Ok(());
        }
        let taken_back = mind.learn(session, feed, &report, shown);
        for look in looks {
            mind.strangers.see(look, engine.decision.threshold);
        }
        (report.tracks.iter().map(|track| mind.face(feed, track, shown)).collect(), taken_back)
    };
    if !taken_back.is_empty() {
        // The real person may come yet.
        let mut tracks = feed.tracks(version);
        taken_back.iter().for_each(|student| tracks.tracker.undo(student));
    }
    tell_faces(session, feed, shown, faces);
    Ok(())
}

pub(super) fn lock_gauge(feed: &Feed) -> std::sync::MutexGuard<'_, super::health::Gauge> {
    super::lock(&feed.gauge)
}

/// Tells the screen of the faces in a picture.
pub(super) fn tell_faces(session: &LiveSession, feed: &Feed, shown: &Shown, faces: Vec<LiveFace>) {
    if session.is_over() {
        return;
    }
    let health = lock_gauge(feed).shown();
    session.tell(|state| {
        state.problem = None;
        if let Some(camera) = state.cameras.iter_mut().find(|camera| camera.camera == feed.number) {
            camera.faces = faces;
            camera.sequence = shown.sequence;
            camera.health = health;
        }
    });
}

/// The share of the picture that a face takes: left, top, width, height.
pub(super) fn share(rect: vision::Rect, shown: &Shown) -> [f32; 4] {
    let (width, height) = (shown.picture.width() as f32, shown.picture.height() as f32);
    [rect.x / width, rect.y / height, rect.width / width, rect.height / height]
}

/// Templates and pictures of unknown faces, of each about once a second.
fn look_closer(
    session: &LiveSession,
    feed: &Feed,
    tracks: &mut Tracks,
    report: &FrameReport<StudentId>,
    shown: &Shown,
) -> Result<Vec<Look>> {
    let due = |track: &&TrackView<StudentId>| {
        let noted = tracks.noted.get(&track.id.0);
        track.state == TrackState::Unknown && noted.is_none_or(|noted| shown.seconds - noted >= LOOK_AGAIN)
    };
    let unknown: Vec<&TrackView<StudentId>> = report.tracks.iter().filter(due).take(MOST_LOOKS).collect();
    let mut looks = Vec::with_capacity(unknown.len());
    for track in unknown {
        tracks.noted.insert(track.id.0, shown.seconds);
        looks.extend(look_at_face(session, shown, &track.face, feed.track(track.id.0))?);
    }
    Ok(looks)
}

/// A face cut out as evidence, where the school keeps any; a picture that cannot be encoded is none.
pub(super) fn evidence_of(
    session: &LiveSession,
    shown: &Shown,
    student: StudentId,
    face: &vision::Face,
) -> Option<CutOut> {
    let taken_at = session.call.now();
    let jpeg = session.evidence.then(|| cut_out(&shown.picture, face, AROUND_SMALL, EVIDENCE_SIDE, 85))?.ok()?;
    Some(CutOut { student, jpeg, taken_at })
}

/// A closer look at one unknown face.
pub(super) fn look_at_face(
    session: &LiveSession,
    shown: &Shown,
    face: &vision::Face,
    track: u64,
) -> Result<Option<Look>> {
    let picture = &shown.picture;
    let aligned = vision::align(picture, face);
    let faults = vision::quality(picture, std::slice::from_ref(face), Some(&aligned), &QualityLimits::default());
    let Some(template) = session.engine.models.embed(&[aligned]).map_err(vision_error)?.pop() else { return Ok(None) };
    let good = faults.is_empty();
    Ok(Some(Look {
        track,
        template,
        promise: vision::promise(face),
        small: cut_out(picture, face, AROUND_SMALL, 96, 80)?,
        picture: good.then(|| cut_out(picture, face, AROUND_PICTURE, 1_200, 95)).transpose()?,
    }))
}

/// Why a face of an undecided track, which has been there for so many seconds, waits for a person's word; `None` while
/// it need not.
fn reason_to_wait(state: TrackState, seconds: f64) -> Option<UnsureReason> {
    match state {
        TrackState::Unsure => Some(UnsureReason::NotClear),
        TrackState::Unproven => (seconds >= TIME_TO_MOVE).then_some(UnsureReason::HasNotMoved),
        _ => None,
    }
}

impl Mind {
    /// Takes in what a frame brought; returns whose proposals were taken back.
    fn learn(
        &mut self,
        session: &LiveSession,
        feed: &Feed,
        report: &FrameReport<StudentId>,
        shown: &Shown,
    ) -> Vec<StudentId> {
        let mut taken_back = Vec::new();
        let now = session.call.now();
        for proposal in &report.proposals {
            let cut = evidence_of(session, shown, proposal.person, &proposal.face);
            self.cut_outs.extend(cut.map(|cut| (proposal.person, cut)));
            let ago = chrono::Duration::milliseconds(((shown.seconds - proposal.first_seen).max(0.0) * 1000.0) as i64);
            let first_seen = now - ago;
            let minutes_late = match &session.purpose {
                Purpose::Register { late: Some(late), .. } => late.minutes(first_seen),
                _ => None,
            };
            self.propose_person(feed.track(proposal.track.0), proposal, first_seen, minutes_late, MarkSource::Camera);
        }
        for track in &report.tracks {
            let number = feed.track(track.id.0);
            let near: Vec<LiveCandidate> =
                [&track.best, &track.second].into_iter().flatten().filter_map(|near| self.candidate(near)).collect();
            match track.state {
                TrackState::Looking => {}
                TrackState::Unknown => {
                    self.unsure.remove(&number);
                }
                TrackState::Unsure | TrackState::Unproven => {
                    if let Some(reason) = reason_to_wait(track.state, shown.seconds - track.first_seen) {
                        self.wait_for_word(number, reason, near);
                    }
                }
                TrackState::Recognised => {
                    self.unsure.remove(&number);
                }
                TrackState::Suspect => {
                    taken_back.extend(self.suspect(number));
                    self.unsure.remove(&number);
                    // A picture of somebody who is nobody of the class needs no word.
                    if near.first().is_some_and(|best| best.score >= session.engine.decision.threshold) {
                        self.wait_for_word(number, UnsureReason::LooksFlat, near);
                    }
                }
            }
            if !matches!(track.state, TrackState::Looking | TrackState::Unknown) {
                self.strangers.known(number);
            }
        }
        taken_back
    }

    fn propose_person(
        &mut self,
        track: u64,
        of: &Proposal<StudentId>,
        first_seen: chrono::DateTime<chrono::Utc>,
        minutes_late: Option<i32>,
        source: MarkSource,
    ) {
        let Some(Known { number, name, .. }) = self.gallery.people.get(&of.person).cloned() else { return };
        let (student, score, margin, frames) = (of.person, of.score, of.margin, of.frames);
        let new = LiveProposal { student, number, name, score, margin, frames, first_seen, minutes_late, source };
        self.propose(track, new);
    }

    /// A face waits until a person decides, or until it turns out to be somebody.
    pub(super) fn wait_for_word(&mut self, track: u64, reason: UnsureReason, candidates: Vec<LiveCandidate>) {
        let room = self.unsure.len() < MOST_UNSURE || self.unsure.contains_key(&track);
        if room && !self.decided.contains(&track) {
            self.unsure.insert(track, UnsureFace { track, reason, candidates });
        }
    }

    /// A track as the screen shows it.
    fn face(&self, feed: &Feed, track: &TrackView<StudentId>, shown: &Shown) -> LiveFace {
        let named = track.person.filter(|person| !self.rejected.contains(person));
        let score = track.best.as_ref().map_or(0.0, |best| best.score);
        let number = feed.track(track.id.0);
        LiveFace {
            track: number,
            place: share(track.face.rect, shown),
            state: match LiveFaceState::from(track.state) {
                // A person said that it is not who it seems.
                LiveFaceState::Recognised if named.is_none() => LiveFaceState::Unsure,
                LiveFaceState::Looking if self.unsure.contains_key(&number) => LiveFaceState::Unsure,
                state => state,
            },
            student: named.and_then(|person| self.candidate(&vision::Candidate { person, score })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_move_has_time_before_a_person_is_asked() {
        assert_eq!(reason_to_wait(TrackState::Unproven, 19.9), None);
        assert_eq!(reason_to_wait(TrackState::Unproven, 20.0), Some(UnsureReason::HasNotMoved));
        assert_eq!(reason_to_wait(TrackState::Unsure, 0.0), Some(UnsureReason::NotClear));
        assert_eq!(reason_to_wait(TrackState::Recognised, 60.0), None);
    }
}
