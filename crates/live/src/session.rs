//! A live session and what it knows: who is recognised, who is unsure, who is missing, over all its cameras.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Duration, Utc};
use store::ids::{SchoolId, StudentId, UserId, UserSessionId};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use uuid::Uuid;
use vision::{Candidate, Decision, Gallery, LivenessRule, Outcome};
use words::refusals;

use super::feed::{Feed, Shown};
use super::kiosk::Kiosk;
use super::lock;
use super::state::{
    LiveCamera, LiveCandidate, LiveProposal, LivePurpose, LiveState, MissingStudent, PresentStudent, UnsureFace,
};
use super::strangers::Strangers;
use crate::attendance::MarkSource;
use crate::attendance::place::Place;
use crate::schools::{AttendanceMeaning, Settings};
use crate::{Call, Error, Result};
use faces::{ClassGallery, CutOut, Engine, Known};

/// What a session is for.
pub(super) enum Purpose {
    /// A register, with the moment from which a student is late and when the day began.
    Register { place: Box<Place>, late: Option<Late> },
    /// Taking photographs of a student.
    Enrolment,
    /// Marking by itself who comes through the door.
    Kiosk(Box<Kiosk>),
}

/// From when a student counts as late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Late {
    pub begins: DateTime<Utc>,
    pub after: DateTime<Utc>,
}

impl Late {
    /// Minutes after the beginning of the day, where that is late.
    pub fn minutes(self, seen: DateTime<Utc>) -> Option<i32> {
        (seen > self.after).then(|| i32::try_from((seen - self.begins).num_minutes()).unwrap_or(i32::MAX))
    }
}

/// Whom a session compares with, and the students of its register by name.
pub(super) struct People {
    pub gallery: ClassGallery,
    pub roster: Vec<StudentId>,
}

impl People {
    /// Nobody to compare with.
    pub fn nobody(engine: &Engine) -> Self {
        let templates = Gallery::new(engine.dimension());
        let gallery = ClassGallery { templates, people: HashMap::new(), enrolled: HashSet::new(), damaged: Vec::new() };
        Self { gallery, roster: Vec::new() }
    }
}

/// Cameras that somebody watches. They stop when the last reference goes or [`LiveSession::stop`] is called.
pub struct LiveSession {
    pub id: Uuid,
    pub(super) school: SchoolId,
    pub(super) owner: UserId,
    pub(super) call: Call,
    pub(super) engine: Arc<Engine>,
    pub(super) purpose: Purpose,
    liveness: LivenessRule,
    /// Whether the school keeps evidence.
    pub(super) evidence: bool,
    pub(super) state: watch::Sender<Arc<LiveState>>,
    /// Counts the changes of templates and consents, and up to which of them they were loaded.
    pub(super) wanted: AtomicU64,
    pub(super) loaded: AtomicU64,
    /// Held while they are loaded.
    pub(super) loading: tokio::sync::Mutex<()>,
    /// Held while the register is read, so that an older reading never comes after a newer one.
    pub(super) reading: tokio::sync::Mutex<()>,
    stopped: AtomicBool,
    /// Counts what is told.
    told: AtomicU64,
    /// When it was last found that it may run. Held while it is asked.
    pub(super) allowed_at: tokio::sync::Mutex<Option<DateTime<Utc>>>,
    heard: Mutex<Heard>,
    mind: Mutex<Mind>,
    feeds: Mutex<Feeds>,
    tasks: Mutex<Vec<AbortHandle>>,
}

/// Whoever began a session asks for it again and again; one that nobody asks for so long has lost its desk.
const UNHEARD: Duration = Duration::minutes(2);
/// So long after it was first doubted, more than whoever follows a session waits for an answer: a computer that slept hears
/// of its own desk only some time after it woke.
const DOUBTED: Duration = Duration::seconds(30);

/// When its desk was last heard of, and since when that is doubted.
struct Heard {
    at: DateTime<Utc>,
    doubted: Option<DateTime<Utc>>,
}

#[derive(Default)]
struct Feeds {
    next: u32,
    by_number: BTreeMap<u32, Arc<Feed>>,
}

/// A cell of the register as a session needs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    pub meaning: AttendanceMeaning,
    pub source: MarkSource,
}

impl Marked {
    fn is_present(self) -> bool {
        matches!(self.meaning, AttendanceMeaning::Present | AttendanceMeaning::Late)
    }

    /// Nothing is left to propose: the student is there, or a person said otherwise.
    fn is_settled(self) -> bool {
        self.is_present() || self.source == MarkSource::Hand
    }
}

/// What a session has seen, over all its cameras.
pub(super) struct Mind {
    pub gallery: Arc<ClassGallery>,
    /// Counts the galleries.
    pub version: u64,
    pub roster: Vec<StudentId>,
    pub proposals: Vec<LiveProposal>,
    /// The faces on which each proposal rests.
    rests_on: HashMap<StudentId, HashSet<u64>>,
    /// A face of each proposal, where the school keeps evidence.
    pub cut_outs: HashMap<StudentId, CutOut>,
    pub unsure: BTreeMap<u64, UnsureFace>,
    pub strangers: Strangers,
    /// Tracks on which a person has decided.
    pub decided: HashSet<u64>,
    /// What the register says.
    pub marks: HashMap<StudentId, Marked>,
    /// Of whom a person said in this register that the camera was wrong.
    pub rejected: HashSet<StudentId>,
}

impl LiveSession {
    pub(super) fn new(
        call: Call,
        school: SchoolId,
        engine: Arc<Engine>,
        settings: &Settings,
        purpose: Purpose,
        people: People,
    ) -> Result<Self> {
        let id = Uuid::now_v7();
        let begun = call.now();
        let (class, date, lesson) = match &purpose {
            Purpose::Register { place, .. } => (Some(place.class.id), Some(place.date), place.lesson),
            Purpose::Enrolment | Purpose::Kiosk(_) => (None, None, 0),
        };
        let (name, version) = engine.model();
        let state = LiveState {
            session: id,
            purpose: match &purpose {
                Purpose::Register { .. } => LivePurpose::Register,
                Purpose::Enrolment => LivePurpose::Enrolment,
                Purpose::Kiosk(_) => LivePurpose::Kiosk,
            },
            class,
            date,
            lesson,
            cameras: Vec::new(),
            present: Vec::new(),
            proposed: Vec::new(),
            unsure: Vec::new(),
            unknown: 0,
            unknown_faces: Vec::new(),
            missing: Vec::new(),
            enrolled: people.gallery.templates.len() as u32,
            guidance: Vec::new(),
            turn: None,
            problem: people.gallery.problem(),
            kiosk: match &purpose {
                Purpose::Kiosk(kiosk) => Some(kiosk.state()),
                _ => None,
            },
            model: format!("{name} {version}"),
        };
        let mind = Mind {
            gallery: Arc::new(people.gallery),
            version: 0,
            roster: people.roster,
            proposals: Vec::new(),
            rests_on: HashMap::new(),
            cut_outs: HashMap::new(),
            unsure: BTreeMap::new(),
            strangers: Strangers::default(),
            decided: HashSet::new(),
            marks: HashMap::new(),
            rejected: HashSet::new(),
        };
        let liveness = match (settings.face_liveness, &purpose) {
            (false, _) => LivenessRule::Anybody,
            (true, Purpose::Register { .. }) if settings.face_must_move => LivenessRule::Live,
            // The kiosk asks for movement itself.
            (true, _) => LivenessRule::NotFlat,
        };
        Ok(Self {
            id,
            school,
            owner: call.actor()?.user,
            call,
            engine,
            purpose,
            liveness,
            evidence: settings.face_evidence_days > 0,
            state: watch::Sender::new(Arc::new(state)),
            wanted: AtomicU64::new(0),
            loaded: AtomicU64::new(0),
            loading: tokio::sync::Mutex::new(()),
            reading: tokio::sync::Mutex::new(()),
            stopped: AtomicBool::new(false),
            told: AtomicU64::new(0),
            allowed_at: tokio::sync::Mutex::default(),
            heard: Mutex::new(Heard { at: begun, doubted: None }),
            mind: Mutex::new(mind),
            feeds: Mutex::default(),
            tasks: Mutex::default(),
        })
    }

    /// What it is doing, now and from now on.
    pub fn states(&self) -> watch::Receiver<Arc<LiveState>> {
        self.state.subscribe()
    }

    /// The newest decoded picture of a camera, now and from now on; whoever is slow misses pictures and holds nothing up.
    ///
    /// # Errors
    /// When the session has no camera of this number.
    pub fn pictures(&self, camera: u32) -> Result<watch::Receiver<Option<Arc<Shown>>>> {
        Ok(self.feed(camera)?.pictures.subscribe())
    }

    /// What it is doing now.
    pub fn now(&self) -> LiveState {
        (**self.state.borrow()).clone()
    }

    /// What it is doing, by its number, once that is not what was seen; after `patience` in any case.
    ///
    /// # Errors
    /// When it is over, and its end was seen.
    pub(super) async fn newer_than(
        &self,
        seen: Option<u64>,
        patience: std::time::Duration,
    ) -> Result<(u64, LiveState)> {
        let mut states = self.states();
        let changed = async {
            loop {
                let now = {
                    let state = states.borrow_and_update();
                    // Counted while nobody looks at it.
                    (self.told.load(Ordering::SeqCst), (**state).clone())
                };
                if Some(now.0) != seen {
                    return Ok(now);
                }
                if self.is_over() || states.changed().await.is_err() {
                    return Err(Error::not_found(refusals::gone::camera_session()));
                }
            }
        };
        match tokio::time::timeout(patience, changed).await {
            Ok(now) => now,
            Err(_) => Ok((self.told.load(Ordering::SeqCst), self.now())),
        }
    }

    /// Stops cameras and recognition, and forgets templates and faces.
    pub fn stop(&self) {
        self.stopped.store(true, std::sync::atomic::Ordering::SeqCst);
        lock(&self.tasks).drain(..).for_each(|task| task.abort());
        lock(&self.feeds).by_number.clear();
        self.mind().forget(&self.engine);
    }

    /// Its desk is still there.
    pub(super) fn hear(&self) {
        *lock(&self.heard) = Heard { at: self.call.now(), doubted: None };
    }

    /// Whether its desk is gone. A kiosk waits for its desk, which opens it again.
    pub(super) fn is_abandoned(&self) -> bool {
        let now = self.call.now();
        let mut heard = lock(&self.heard);
        if self.kiosk().is_some() || now - heard.at < UNHEARD {
            return false;
        }
        now - *heard.doubted.get_or_insert(now) >= DOUBTED
    }

    /// Whether it was stopped.
    pub(super) fn is_over(&self) -> bool {
        self.stopped.load(std::sync::atomic::Ordering::SeqCst)
    }

    pub(super) fn keep_task(&self, task: AbortHandle) {
        lock(&self.tasks).push(task);
    }

    /// The kiosk, where it is one.
    pub(super) fn kiosk(&self) -> Option<&Kiosk> {
        match &self.purpose {
            Purpose::Kiosk(kiosk) => Some(kiosk),
            _ => None,
        }
    }

    /// The sign-in under which it was started.
    pub(super) fn signed_in(&self) -> Option<UserSessionId> {
        self.call.actor.as_ref().map(|actor| actor.session)
    }

    /// Makes room for a camera or a photograph; `shown` is what the screen is told of it first.
    pub(super) fn add_feed(&self, most: usize, shown: impl FnOnce(u32) -> LiveCamera) -> Result<Arc<Feed>> {
        let feed = {
            let mut feeds = lock(&self.feeds);
            if feeds.by_number.len() >= most {
                let message = refusals::attendance::too_many_cameras(most);
                return Err(Error::field("source", "too_many", message).help(refusals::attendance::remove_one_first()));
            }
            let feed = Arc::new(Feed::new(feeds.next, self.liveness));
            feeds.next += 1;
            feeds.by_number.insert(feed.number, feed.clone());
            feed
        };
        let shown = shown(feed.number);
        self.tell(|state| state.cameras.push(shown));
        Ok(feed)
    }

    pub(super) fn feed(&self, number: u32) -> Result<Arc<Feed>> {
        lock(&self.feeds).by_number.get(&number).cloned().ok_or_else(|| Error::not_found(refusals::gone::camera()))
    }

    /// The camera with the lowest number.
    pub(super) fn first_feed(&self) -> Result<Arc<Feed>> {
        lock(&self.feeds).by_number.values().next().cloned().ok_or_else(|| Error::not_found(refusals::gone::camera()))
    }

    /// Lets a camera go with the faces that it follows; who was recognised stays recognised.
    pub(super) fn remove_feed(&self, number: u32) -> Result<()> {
        let removed = lock(&self.feeds).by_number.remove(&number);
        removed.ok_or_else(|| Error::not_found(refusals::gone::camera()))?;
        self.mind().unsure.retain(|track, _| track >> 32 != u64::from(number));
        self.tell(|state| state.cameras.retain(|camera| camera.camera != number));
        Ok(())
    }

    pub(super) fn mind(&self) -> MutexGuard<'_, Mind> {
        lock(&self.mind)
    }

    /// Tells the screen what went wrong; why it ended stays told.
    pub(super) fn tell_problem(&self, problem: Error) {
        if !self.is_over() {
            self.tell(|state| state.problem = Some(problem));
        }
    }

    /// Changes what the screen is told, together with what follows from the session's mind.
    pub(super) fn tell(&self, change: impl FnOnce(&mut LiveState)) {
        let mind = self.mind();
        self.state.send_modify(|state| {
            let state = Arc::make_mut(state);
            self.told.fetch_add(1, Ordering::SeqCst);
            change(state);
            state.enrolled = mind.gallery.templates.len() as u32;
            if matches!(self.purpose, Purpose::Register { .. }) {
                mind.show(state);
            }
        });
    }

    /// Changes what the screen is told of one camera.
    pub(super) fn tell_of(&self, camera: u32, change: impl FnOnce(&mut LiveCamera)) {
        self.tell(|state| {
            if let Some(camera) = state.cameras.iter_mut().find(|of| of.camera == camera) {
                change(camera);
            }
        });
    }

    /// The proposals of these students that still wait.
    pub(super) fn proposals(&self, students: &[StudentId]) -> Vec<LiveProposal> {
        let mind = self.mind();
        let of = |proposal: &&LiveProposal| {
            students.contains(&proposal.student) && !mind.rejected.contains(&proposal.student)
        };
        mind.proposals.iter().filter(of).cloned().collect()
    }

    /// A person has decided whose face this is, or that it is nobody's.
    pub(super) fn decide(&self, track: u64) {
        let mut mind = self.mind();
        mind.unsure.remove(&track);
        mind.decided.insert(track);
        drop(mind);
        self.tell(|_| {});
    }
}

impl Drop for LiveSession {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Mind {
    pub fn candidate(&self, of: &Candidate<StudentId>) -> Option<LiveCandidate> {
        let Known { number, name, .. } = self.gallery.people.get(&of.person)?.clone();
        Some(LiveCandidate { student: of.person, number, name, score: of.score })
    }

    /// Whether there is nothing to propose of this student any more.
    fn is_settled(&self, student: &StudentId) -> bool {
        self.rejected.contains(student) || self.marks.get(student).is_some_and(|mark| mark.is_settled())
    }

    /// Who is present, proposed, unsure, unknown, missing.
    fn show(&self, state: &mut LiveState) {
        state.proposed =
            self.proposals.iter().filter(|proposal| !self.is_settled(&proposal.student)).cloned().collect();
        let recognised = |student: &StudentId| self.proposals.iter().any(|proposal| proposal.student == *student);
        let decided = |face: &UnsureFace| {
            face.candidates.first().is_some_and(|best| self.is_settled(&best.student) || recognised(&best.student))
        };
        state.unsure = self.unsure.values().filter(|face| !decided(face)).cloned().collect();
        state.unknown = self.strangers.count();
        state.unknown_faces = self.strangers.often();
        (state.present, state.missing) = (Vec::new(), Vec::new());
        for student in &self.roster {
            let Some(Known { number, name, .. }) = self.gallery.people.get(student).cloned() else { continue };
            match self.marks.get(student) {
                Some(mark) if mark.is_present() => state.present.push(PresentStudent {
                    student: *student,
                    number,
                    name,
                    meaning: mark.meaning,
                    source: mark.source,
                    recognised: recognised(student),
                }),
                _ if recognised(student) && !self.is_settled(student) => {}
                mark => state.missing.push(MissingStudent {
                    student: *student,
                    number,
                    name,
                    can_be_recognised: self.gallery.enrolled.contains(student),
                    meaning: mark.map(|mark| mark.meaning),
                    rejected: self.rejected.contains(student),
                }),
            }
        }
    }

    /// Takes in a student whom a camera or photograph recognised by this face; a second one that agrees only adds to it.
    pub fn propose(&mut self, track: u64, new: LiveProposal) {
        self.rests_on.entry(new.student).or_default().insert(track);
        match self.proposals.iter_mut().find(|known| known.student == new.student) {
            None => self.proposals.push(new),
            Some(known) => {
                let frames = known.frames + new.frames;
                let share = |of: &LiveProposal| of.score * of.frames as f32;
                known.score = (share(known) + share(&new)) / frames.max(1) as f32;
                known.margin = known.margin.min(new.margin);
                known.frames = frames;
                if new.first_seen < known.first_seen {
                    (known.first_seen, known.minutes_late) = (new.first_seen, new.minutes_late);
                }
            }
        }
    }

    /// This face shows itself to be a picture: what was proposed by it alone is taken back. Returns who was recognised by
    /// it.
    pub fn suspect(&mut self, track: u64) -> Vec<StudentId> {
        let mut by_it = Vec::new();
        self.rests_on.retain(|student, tracks| {
            if tracks.remove(&track) {
                by_it.push(*student);
            }
            !tracks.is_empty()
        });
        self.proposals.retain(|proposal| self.rests_on.contains_key(&proposal.student));
        self.cut_outs.retain(|student, _| self.rests_on.contains_key(student));
        by_it
    }

    /// Nothing of anybody's face is left.
    fn forget(&mut self, engine: &Engine) {
        self.strangers = Strangers::default();
        self.replace_people(People::nobody(engine), engine.decision);
    }

    /// Compares with these people from now on; whoever is not among them any more is forgotten.
    pub fn replace_people(&mut self, people: People, decision: Decision) {
        let People { gallery, roster } = people;
        self.proposals.retain(|proposal| gallery.enrolled.contains(&proposal.student));
        self.rests_on.retain(|student, _| gallery.enrolled.contains(student));
        self.cut_outs.retain(|student, _| gallery.enrolled.contains(student));
        // Who was unsure may be somebody now, and may be like somebody who is gone.
        self.unsure.clear();
        self.strangers.keep(|template| {
            let found = gallery.templates.identify_frame(std::slice::from_ref(template), decision);
            found.is_ok_and(|found| found.iter().all(|found| found.outcome == Outcome::Unknown))
        });
        self.gallery = Arc::new(gallery);
        self.roster = roster;
        self.version += 1;
    }
}
