//! The running sessions of this program, and what each of them knows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use store::ids::{SchoolId, StudentId, UserId};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use uuid::Uuid;
use vision::{Candidate, FrameReport, Proposal, Rules, TrackState};

use super::pipeline::Shown;
use super::state::{CameraStatus, LiveCandidate, LiveFace, LiveFaceState, LiveProposal, LiveState, UnsureFace};
use crate::attendance::place::Place;
use crate::faces::{ClassGallery, Engine, Known};
use crate::{Context, Error, Result, Services};

/// Unsure faces that wait for a person at the same time.
const MOST_UNSURE: usize = 20;
/// Faces that are remembered as unknown.
const MOST_UNKNOWN: usize = 1_000;

/// What a session is for.
pub(super) enum Purpose {
    /// A register, with the moment from which a student is late and when the day began.
    Register { place: Box<Place>, late: Option<Late> },
    /// Taking photographs of a student.
    Enrolment,
}

/// From when a student counts as late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Late {
    pub begins: DateTime<Utc>,
    pub after: DateTime<Utc>,
}

impl Late {
    fn minutes(self, seen: DateTime<Utc>) -> Option<i32> {
        (seen > self.after).then(|| i32::try_from((seen - self.begins).num_minutes()).unwrap_or(i32::MAX))
    }
}

/// A camera that somebody watches. It stops when the last reference goes or [`LiveSession::stop`] is called.
pub struct LiveSession {
    pub id: Uuid,
    pub(super) school: SchoolId,
    pub(super) owner: UserId,
    pub(super) context: Context,
    pub(super) engine: Arc<Engine>,
    pub(super) purpose: Purpose,
    pub(super) state: watch::Sender<Arc<LiveState>>,
    pub(super) pictures: watch::Sender<Option<Arc<Shown>>>,
    /// Somebody's templates or consent changed: what is compared with must be loaded again.
    pub(super) stale: AtomicBool,
    mind: Mutex<Mind>,
    tasks: Mutex<Vec<AbortHandle>>,
}

/// What a session has seen.
pub(super) struct Mind {
    pub tracks: vision::Session<StudentId>,
    pub gallery: Arc<ClassGallery>,
    proposals: Vec<LiveProposal>,
    unsure: BTreeMap<u64, UnsureFace>,
    unknown: HashSet<u64>,
    /// Students with a code in the register.
    marked: HashSet<StudentId>,
}

impl LiveSession {
    pub(super) fn new(
        context: Context,
        owner: UserId,
        school: SchoolId,
        engine: Arc<Engine>,
        purpose: Purpose,
        gallery: ClassGallery,
    ) -> Self {
        let id = Uuid::now_v7();
        let (class, date, lesson) = match &purpose {
            Purpose::Register { place, .. } => (Some(place.class.id), Some(place.date), place.lesson),
            Purpose::Enrolment => (None, None, 0),
        };
        let state = LiveState {
            session: id,
            class,
            date,
            lesson,
            camera: CameraStatus::Connecting,
            sequence: 0,
            faces: Vec::new(),
            proposed: Vec::new(),
            confirmed: Vec::new(),
            unsure: Vec::new(),
            unknown: 0,
            enrolled: gallery.templates.len() as u32,
            guidance: Vec::new(),
            problem: None,
            milliseconds: vision::StageTimes::default(),
        };
        let mind = Mind {
            tracks: vision::Session::new(Rules::default()),
            gallery: Arc::new(gallery),
            proposals: Vec::new(),
            unsure: BTreeMap::new(),
            unknown: HashSet::new(),
            marked: HashSet::new(),
        };
        Self {
            id,
            school,
            owner,
            context,
            engine,
            purpose,
            state: watch::Sender::new(Arc::new(state)),
            pictures: watch::Sender::new(None),
            stale: AtomicBool::new(false),
            mind: Mutex::new(mind),
            tasks: Mutex::default(),
        }
    }

    /// What it is doing, now and from now on.
    pub fn states(&self) -> watch::Receiver<Arc<LiveState>> {
        self.state.subscribe()
    }

    /// The newest decoded picture, now and from now on; whoever is slow misses pictures and holds nothing up.
    pub fn pictures(&self) -> watch::Receiver<Option<Arc<Shown>>> {
        self.pictures.subscribe()
    }

    /// What it is doing now.
    pub fn now(&self) -> LiveState {
        (**self.state.borrow()).clone()
    }

    /// Stops camera and recognition.
    pub fn stop(&self) {
        for task in lock(&self.tasks).drain(..) {
            task.abort();
        }
    }

    pub(super) fn keep_task(&self, task: AbortHandle) {
        lock(&self.tasks).push(task);
    }

    pub(super) fn mind(&self) -> MutexGuard<'_, Mind> {
        lock(&self.mind)
    }

    /// Changes what the screen is told, together with what follows from the session's mind.
    pub(super) fn tell(&self, change: impl FnOnce(&mut LiveState)) {
        let mind = self.mind();
        self.state.send_modify(|state| {
            let state = Arc::make_mut(state);
            change(state);
            let (known, new): (Vec<_>, Vec<_>) =
                mind.proposals.iter().cloned().partition(|proposal| mind.marked.contains(&proposal.student));
            state.proposed = new;
            state.confirmed = known.into_iter().map(|proposal| proposal.student).collect();
            let decided = |face: &UnsureFace| {
                face.candidates.first().is_some_and(|best| {
                    mind.marked.contains(&best.student)
                        || mind.proposals.iter().any(|proposal| proposal.student == best.student)
                })
            };
            state.unsure = mind.unsure.values().filter(|face| !decided(face)).cloned().collect();
            state.unknown = mind.unknown.len() as u32;
            state.enrolled = mind.gallery.templates.len() as u32;
        });
    }

    /// Takes in what a frame brought.
    pub(super) fn learn(&self, report: FrameReport<StudentId>, shown: &Shown) {
        let now = self.context.now();
        let faces = {
            let mut mind = self.mind();
            for proposal in report.proposals {
                mind.propose(proposal, shown.seconds, now, &self.purpose);
            }
            let size = (shown.picture.width() as f32, shown.picture.height() as f32);
            report
                .tracks
                .iter()
                .map(|track| {
                    mind.note(track.id.0, track.state, [&track.best, &track.second].into_iter().flatten());
                    let rect = track.face.rect;
                    LiveFace {
                        track: track.id.0,
                        place: [rect.x / size.0, rect.y / size.1, rect.width / size.0, rect.height / size.1],
                        state: LiveFaceState::from(track.state),
                        student: track.person.and_then(|person| {
                            let score = track.best.as_ref().map_or(0.0, |best| best.score);
                            mind.candidate(&Candidate { person, score })
                        }),
                    }
                })
                .collect()
        };
        self.tell(|state| {
            state.faces = faces;
            state.sequence = shown.frame.sequence;
            state.milliseconds = report.times;
            state.problem = None;
        });
    }

    /// A person's word: this face is not the student who was proposed.
    pub(super) fn dismiss(&self, student: StudentId) {
        let mut mind = self.mind();
        mind.tracks.dismiss(&student);
        mind.proposals.retain(|proposal| proposal.student != student);
        drop(mind);
        self.tell(|_| {});
    }

    /// A person has decided whose face this is, or that it is nobody's.
    pub(super) fn decide(&self, track: u64) {
        let mut mind = self.mind();
        mind.unsure.remove(&track);
        drop(mind);
        self.tell(|_| {});
    }

    /// The proposals of these students.
    pub(super) fn proposals(&self, students: &[StudentId]) -> Vec<LiveProposal> {
        self.mind().proposals.iter().filter(|proposal| students.contains(&proposal.student)).cloned().collect()
    }

    /// Says which students have a code in the register now.
    pub(super) fn set_marked(&self, marked: HashSet<StudentId>) {
        self.mind().marked = marked;
        self.tell(|_| {});
    }
}

impl Drop for LiveSession {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Mind {
    fn candidate(&self, of: &Candidate<StudentId>) -> Option<LiveCandidate> {
        let Known { number, name } = self.gallery.people.get(&of.person)?.clone();
        Some(LiveCandidate { student: of.person, number, name, score: of.score })
    }

    fn propose(&mut self, of: Proposal<StudentId>, seconds: f64, now: DateTime<Utc>, purpose: &Purpose) {
        let Some(known) = self.gallery.people.get(&of.person).cloned() else { return };
        let ago = chrono::Duration::milliseconds(((seconds - of.first_seen).max(0.0) * 1000.0) as i64);
        let first_seen = now - ago;
        let minutes_late = match purpose {
            Purpose::Register { late: Some(late), .. } => late.minutes(first_seen),
            _ => None,
        };
        self.proposals.push(LiveProposal {
            student: of.person,
            number: known.number,
            name: known.name,
            score: of.score,
            margin: of.margin,
            frames: of.frames,
            first_seen,
            minutes_late,
        });
    }

    /// Remembers unsure and unknown faces until they turn out to be somebody.
    fn note<'a>(&mut self, track: u64, state: TrackState, near: impl Iterator<Item = &'a Candidate<StudentId>>) {
        if state != TrackState::Unknown {
            self.unknown.remove(&track);
        }
        match state {
            TrackState::Unsure | TrackState::Suspect => {
                let candidates: Vec<LiveCandidate> = near.filter_map(|candidate| self.candidate(candidate)).collect();
                if self.unsure.len() < MOST_UNSURE || self.unsure.contains_key(&track) {
                    self.unsure.insert(track, UnsureFace { track, candidates });
                }
            }
            TrackState::Recognised => {
                self.unsure.remove(&track);
            }
            TrackState::Unknown => {
                self.unsure.remove(&track);
                if self.unknown.len() < MOST_UNKNOWN {
                    self.unknown.insert(track);
                }
            }
            TrackState::Looking => {}
        }
    }

    /// Compares with these people from now on; whoever is not among them any more is forgotten.
    pub fn replace_gallery(&mut self, gallery: ClassGallery) {
        self.gallery = Arc::new(gallery);
        self.proposals.clear();
        self.unsure.clear();
        self.tracks = vision::Session::new(Rules::default());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves these values whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All sessions of this program.
#[derive(Default)]
struct Sessions(Mutex<HashMap<Uuid, Arc<LiveSession>>>);

fn sessions(services: &Services) -> Result<Arc<Sessions>> {
    services.extension(|| Ok(Sessions::default()))
}

/// Keeps a new session; a person has one at a time.
pub(super) fn keep(services: &Services, session: Arc<LiveSession>) -> Result<()> {
    stop_sessions_of(services, session.owner)?;
    lock(&sessions(services)?.0).insert(session.id, session);
    Ok(())
}

/// A session of whoever is signed in.
pub fn find_session(context: &Context, id: Uuid) -> Result<Arc<LiveSession>> {
    let owner = context.actor()?.user;
    let found = lock(&sessions(&context.services)?.0).get(&id).cloned();
    found.filter(|session| session.owner == owner).ok_or_else(|| Error::not_found("camera session"))
}

/// Ends a session; one that has ended is no error.
pub(super) fn stop_session(context: &Context, id: Uuid) -> Result<()> {
    let owner = context.actor()?.user;
    let sessions = sessions(&context.services)?;
    let mut sessions = lock(&sessions.0);
    if sessions.get(&id).is_some_and(|session| session.owner == owner)
        && let Some(session) = sessions.remove(&id)
    {
        session.stop();
    }
    Ok(())
}

/// Ends all sessions of a user, as when the user signs out.
pub fn stop_sessions_of(services: &Services, user: UserId) -> Result<()> {
    lock(&sessions(services)?.0).retain(|_, session| {
        let keep = session.owner != user;
        if !keep {
            session.stop();
        }
        keep
    });
    Ok(())
}

/// Templates or consents of a school changed: running sessions forget what they compare with and load it again.
pub(crate) fn people_changed(services: &Services, school: SchoolId) -> Result<()> {
    for session in lock(&sessions(services)?.0).values().filter(|session| session.school == school) {
        session.stale.store(true, Ordering::SeqCst);
    }
    Ok(())
}
