//! The kiosk at the door: it marks who comes by itself, shows one name for a moment and never a list, and is left only
//! with the password of who started it. What it may do to the register: give present or late where nobody said anything.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, SoftDeleted, classes, enrolments, students};
use store::ids::{ClassId, SchoolId, StudentId, UserSessionId};
use uuid::Uuid;
use vision::{Outcome, SamePerson, TrackView};
use words::refusals;

use super::decide::present_or_late;
use super::door::{Door, Step};
use super::feed::{Feed, Shown};
use super::guard::still_allowed;
use super::lock;
use super::looks::{evidence_of, lock_gauge, share, tell_faces};
use super::pipeline::{load_people, marked, receive_camera};
use super::registry::{find_session, keep, kiosk_of, stop_session};
use super::session::{LiveSession, People, Purpose};
use super::sessions::{late_from, write_use};
use super::state::{LiveFace, LiveFaceState, LiveSource, LiveState};
use crate::accounts::{self, Nothing};
use crate::attendance::MarkSource;
use crate::attendance::place::{Codes, Place, no_school_day};
use crate::attendance::record::{Writer, lock as lock_register, write_entries};
use crate::schools::{AttendanceMeaning, OffDay, Settings, current_year, no_school, school_day};
use crate::{Call, Context, Error, ErrorCode, Result, Services, blocking};
use faces::{
    ClassGallery, CutOut, Engine, EvidenceFor, FacePurpose, Known, engine, keep_evidence, load_gallery, need_faces_on,
    vision_error,
};

/// How long a name stays on the screen.
const GREETING: Duration = Duration::from_secs(4);

/// Input of [`open_door`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct OpenDoor {
    pub school: SchoolId,
    /// Only the students of these classes; the whole school where left out.
    pub classes: Option<Vec<ClassId>>,
    /// What kind of camera its pictures will come from.
    pub camera: LiveSource,
    /// Says that it is meant although there is no school today; without it it is refused. On every other day without school
    /// the kiosk marks nobody.
    pub even_if_no_school: Option<bool>,
    /// Set where a kiosk is opened again that was on when its program ended: on a day without school it marks nobody, as one
    /// that runs on into such a day.
    pub again: Option<Again>,
}

/// How a kiosk was opened that is opened again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct Again {
    /// The day without school for which it was opened on purpose.
    pub meant_on: Option<NaiveDate>,
}

/// A kiosk that is on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenedDoor {
    pub state: LiveState,
    /// The sign-in that it holds.
    pub signed_in: UserSessionId,
    /// The day without school for which it was opened on purpose.
    pub meant_on: Option<NaiveDate>,
}

/// Input of [`close_door`].
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaveKiosk {
    pub session: Uuid,
    /// The password of who started it.
    pub password: String,
}

/// What the screen at the door asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KioskPrompt {
    /// Nobody is there: welcome, look at the camera.
    Welcome,
    /// The face is too far away.
    ComeNearer,
    /// A face is being looked at.
    HoldStill,
    /// Move the head a little, so that it can be seen that it is no picture.
    MoveHead,
    LookStraight,
    /// To the person's own left and right.
    TurnLeft,
    TurnRight,
    /// The head was not turned as asked: it begins again.
    TryAgain,
    /// It looks like a picture: go to the office.
    LooksFlat,
    /// Nobody enrolled, or not sure: go to the office.
    GoToOffice,
}

/// What became of who was greeted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GreetingKind {
    Present,
    Late,
    /// The register has it already.
    AlreadyHere,
    /// A person has said otherwise in the register: speak to the office.
    SeeOffice,
}

/// The one name on the screen, for some seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Greeting {
    /// Counts the greetings, so that each sounds once.
    #[ts(type = "number")]
    pub number: u64,
    pub name: String,
    pub kind: GreetingKind,
    /// Minutes after the beginning of the school day; only with late.
    pub minutes_late: Option<i32>,
}

/// What the screen at the door shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KioskState {
    pub prompt: KioskPrompt,
    /// Of the turns that are asked for: done, and how many there are; none while nothing is asked.
    pub turns: Option<(u32, u32)>,
    /// Who was recognised just now; it goes by itself.
    pub greeting: Option<Greeting>,
    /// Whether a greeting sounds.
    pub sound: bool,
}

/// A kiosk that runs.
pub(super) struct Kiosk {
    school: SchoolId,
    classes: Option<Vec<ClassId>>,
    sound: bool,
    /// The day without school for which it was opened on purpose.
    meant_on: Option<NaiveDate>,
    /// In which homeroom a student is today.
    class_of: Mutex<HashMap<StudentId, ClassId>>,
    door: Mutex<Door>,
    greeted: Mutex<u64>,
    /// The day for which the students were loaded.
    day: Mutex<Option<NaiveDate>>,
}

impl Kiosk {
    fn new(
        school: SchoolId,
        classes: Option<Vec<ClassId>>,
        meant_on: Option<NaiveDate>,
        settings: &Settings,
    ) -> Result<Self> {
        let mut seed = [0; 8];
        kernel::random(&mut seed)?;
        Ok(Self {
            school,
            classes,
            sound: settings.kiosk_sound,
            meant_on,
            class_of: Mutex::default(),
            door: Mutex::new(Door::new(settings.face_liveness, settings.kiosk_turn_head, u64::from_le_bytes(seed))),
            greeted: Mutex::default(),
            day: Mutex::default(),
        })
    }

    /// What it shows at first.
    pub fn state(&self) -> KioskState {
        KioskState { prompt: KioskPrompt::Welcome, turns: None, greeting: None, sound: self.sound }
    }

    /// The students of its classes, or of the whole school, who are in a class today.
    pub async fn load_people(&self, context: &Context, engine: &Engine) -> Result<People> {
        let db = context.store().reader();
        need_faces_on(db, self.school).await?;
        let today = school_day(context, db, self.school).await?;
        let year = current_year(db, self.school, today).await?;
        let mut open = classes::Entity::find()
            .filter(classes::Column::SchoolId.eq(self.school))
            .filter(classes::Column::YearId.is_in(year))
            .filter(classes::Column::Kind.eq(ClassKind::Homeroom))
            .filter(classes::Entity::existing());
        if let Some(chosen) = &self.classes {
            open = open.filter(classes::Column::Id.is_in(chosen.iter().copied()));
        }
        let open: HashSet<ClassId> = open.all(db).await?.into_iter().map(|class| class.id).collect();
        let enrolled = enrolments::Entity::find()
            .filter(enrolments::Column::SchoolId.eq(self.school))
            .filter(enrolments::Column::StartDate.lte(today))
            .filter(enrolments::Column::EndDate.is_null().or(enrolments::Column::EndDate.gte(today)))
            .all(db)
            .await?;
        let class_of: HashMap<StudentId, ClassId> = enrolled
            .into_iter()
            .filter(|enrolment| open.contains(&enrolment.class_id))
            .map(|enrolment| (enrolment.student_id, enrolment.class_id))
            .collect();
        let students: Vec<students::Model> = students::Entity::find()
            .filter(students::Column::SchoolId.eq(self.school))
            .filter(students::Entity::existing())
            .all(db)
            .await?
            .into_iter()
            .filter(|student| class_of.contains_key(&student.id))
            .collect();
        let gallery = load_gallery(context, engine, self.school, Some(students)).await?;
        *lock(&self.class_of) = class_of;
        *lock(&self.day) = Some(today);
        Ok(People { gallery, roster: Vec::new() })
    }
}

/// Whether this sign-in runs a kiosk: then it may do nothing but what the kiosk needs.
pub fn kiosk_holds(services: &Services, signed_in: UserSessionId) -> bool {
    kiosk_of(services, signed_in).is_ok_and(|kiosk| kiosk.is_some())
}

/// Opens the kiosk at the door, for the day's registers of a school or of some of its classes. From now on this sign-in
/// can do nothing else until [`close_door`].
pub(crate) async fn open_door(call: &Call, input: OpenDoor) -> Result<OpenedDoor> {
    let (access, db) = (call.access(), call.store().reader());
    access.whole_school(input.school)?;
    for class in input.classes.iter().flatten() {
        if access.class(db, *class).await?.school_id != input.school {
            return Err(Error::not_found(refusals::gone::class()));
        }
    }
    let meant_on = match input.again {
        Some(again) => again.meant_on,
        None => {
            let today = school_day(call, db, input.school).await?;
            let meant_on = input.even_if_no_school.unwrap_or(false).then_some(today);
            school_or_meant(db, input.school, today, meant_on).await?;
            meant_on
        }
    };
    let settings = need_faces_on(db, input.school).await?;
    let engine = engine(call).await?;
    let purpose = Purpose::Kiosk(Box::new(Kiosk::new(input.school, input.classes, meant_on, &settings)?));
    let people = load_people(call, &engine, &purpose).await?;
    let session = Arc::new(LiveSession::new(call.clone(), input.school, engine, &settings, purpose, people)?);
    write_use(call, FacePurpose::Kiosk, &session).await?;
    keep(&call.services, session.clone())?;
    receive_camera(&session, input.camera)?;
    Ok(OpenedDoor { state: session.now(), signed_in: call.actor()?.session, meant_on })
}

/// Refuses a day without school for which the kiosk was not opened on purpose; why there is none where it was.
async fn school_or_meant(
    db: &impl ConnectionTrait,
    school: SchoolId,
    today: NaiveDate,
    meant_on: Option<NaiveDate>,
) -> Result<Option<OffDay>> {
    match no_school(db, school, today, None).await? {
        Some(off) if meant_on != Some(today) => Err(no_school_day(today, &off)),
        off => Ok(off),
    }
}

/// The kiosk that runs under this sign-in; none where it runs none. The window asks when it opens, to show it again.
pub(crate) async fn running_kiosk(call: &Call, _: Nothing) -> Result<Option<LiveState>> {
    Ok(kiosk_of(&call.services, call.actor()?.session)?.map(|session| session.now()))
}

/// Ends the kiosk. Wrong passwords are slowed down like those of a sign-in.
pub(crate) async fn close_door(call: &Call, input: LeaveKiosk) -> Result<()> {
    let session = find_session(call, input.session)?;
    if session.kiosk().is_none() {
        return Err(Error::not_found(refusals::gone::kiosk()));
    }
    if !accounts::is_own_password(call, &input.password).await? {
        return Err(Error {
            code: ErrorCode::WrongPassword,
            ..Error::field("password", "wrong", refusals::attendance::not_starters_password())
        });
    }
    stop_session(call, input.session)
}

/// Looks at one picture at the door, and marks whoever has shown enough.
pub(super) async fn look_for_kiosk(
    session: &Arc<LiveSession>,
    kiosk: &Kiosk,
    feed: Arc<Feed>,
    shown: Arc<Shown>,
) -> Result<()> {
    let today = school_day(&session.call, session.call.store().reader(), kiosk.school).await?;
    if *lock(&kiosk.day) != Some(today) {
        // Who is in which class may be another on another day.
        let people = kiosk.load_people(&session.call, &session.engine).await?;
        session.mind().replace_people(people, session.engine.decision);
    }
    let (of, seen_by, seconds) = (session.clone(), feed.clone(), shown.seconds);
    let (Step { prompt, turns, mark }, face) = blocking(move || step(&of, &seen_by, &shown)).await?;
    session.tell(|state| {
        if let Some(kiosk) = &mut state.kiosk {
            (kiosk.prompt, kiosk.turns) = (prompt, turns);
        }
    });
    let Some((track, student)) = mark else { return Ok(()) };
    match mark_student(session, kiosk, today, student, face).await {
        Ok(Some((kind, minutes_late))) => {
            lock(&kiosk.door).served(track, student);
            greet(session, kiosk, student, kind, minutes_late);
            Ok(())
        }
        // Not of this kiosk any more: enrolment or class ended in the meantime.
        Ok(None) => {
            lock(&kiosk.door).wait(track, seconds);
            Ok(())
        }
        Err(error) => {
            lock(&kiosk.door).wait(track, seconds);
            Err(error)
        }
    }
}

/// One frame at the door; with the face of whoever is to be marked, where the school keeps evidence.
fn step(session: &LiveSession, feed: &Feed, shown: &Shown) -> Result<(Step, Option<CutOut>)> {
    let Some(kiosk) = session.kiosk() else { return Err(Error::internal("this session is no kiosk")) };
    let (gallery, version) = {
        let mind = session.mind();
        (mind.gallery.clone(), mind.version)
    };
    let engine = &session.engine;
    let report = {
        let mut tracks = feed.tracks(version);
        let (picture, seconds) = (&shown.picture, shown.seconds);
        let (models, templates, decision) = (&engine.models, &gallery.templates, engine.decision);
        vision::watch(models, templates, decision, &mut tracks.tracker, picture, seconds).map_err(vision_error)?
    };
    lock_gauge(feed).looked(shown.sequence, shown.seconds, &report.times);
    let boxes = report.tracks.iter().map(|track| LiveFace {
        track: feed.track(track.id.0),
        place: share(track.face.rect, shown),
        state: LiveFaceState::from(track.state),
        student: None,
    });
    let boxes = boxes.collect();
    tell_faces(session, feed, shown, boxes);
    let asked = lock(&kiosk.door).asked();
    let same = match asked {
        Some(asked) => same_person(engine, &gallery, shown, &report.tracks, asked)?,
        None => SamePerson::Unjudged,
    };
    let step = lock(&kiosk.door).step(shown.seconds, shown.picture.height(), &report.tracks, same);
    // Somebody's consent was withdrawn while the picture was looked at: what was found does not count.
    let current = session.mind().version == version;
    let step = Step { mark: step.mark.filter(|_| current), ..step };
    let face = step.mark.and_then(|(track, student)| {
        let seen = report.tracks.iter().find(|of| of.id.0 == track)?;
        evidence_of(session, shown, student, &seen.face)
    });
    Ok((step, face))
}

/// Whether the face of a track is still the person's who is asked to turn the head.
fn same_person(
    engine: &Engine,
    gallery: &ClassGallery,
    shown: &Shown,
    tracks: &[TrackView<StudentId>],
    (track, person): (u64, StudentId),
) -> Result<SamePerson> {
    let Some(seen) = tracks.iter().find(|of| of.id.0 == track) else { return Ok(SamePerson::Unjudged) };
    let aligned = vision::align(&shown.picture, &seen.face);
    let template = engine.models.embed(&[aligned]).map_err(vision_error)?;
    let found = gallery.templates.identify_frame(&template, engine.decision).map_err(vision_error)?;
    Ok(match found.first() {
        Some(found) if found.identity() == Some(&person) => SamePerson::Same,
        Some(found) if matches!(found.outcome, Outcome::Identified | Outcome::Unknown) => SamePerson::Other,
        _ => SamePerson::Unjudged,
    })
}

type Marked = Option<(GreetingKind, Option<i32>)>;

/// Writes present or late where nobody said anything; none for who is not of this kiosk.
async fn mark_student(
    session: &LiveSession,
    kiosk: &Kiosk,
    today: NaiveDate,
    student: StudentId,
    face: Option<CutOut>,
) -> Result<Marked> {
    let call = &session.call;
    let db = call.store().reader();
    let class = lock(&kiosk.class_of).get(&student).copied();
    let Some(class) = class else { return Ok(None) };
    let Some(class) = classes::Entity::find_by_id(class).one(db).await? else { return Ok(None) };
    let codes = Codes::load(db, kiosk.school).await?;
    let now = call.now();
    let minutes_late = late_from(call, kiosk.school, today, 0).await?.and_then(|late| late.minutes(now));
    let entry = present_or_late(student, minutes_late, &codes)?;
    let minutes_late = entry.minutes_late;
    let writer = Writer { source: MarkSource::Kiosk, user: session.owner, now };
    // Nobody but the kiosk itself would refuse it: it writes under the name of who started it.
    still_allowed(session).await?;
    let off = school_or_meant(db, kiosk.school, today, kiosk.meant_on).await?;
    let even_if_no_school = off.is_some();
    let place = Place { class, date: today, lesson: 0, off, even_if_no_school };
    let (kind, _) = call
        .transact(async |tx| {
            lock_register(tx, &place).await?;
            if let Some(row) = place.marks(tx.reader(), &[student]).await?.remove(&student) {
                let mark = marked(&row, &codes)?;
                let here = matches!(mark.meaning, AttendanceMeaning::Present | AttendanceMeaning::Late);
                if here {
                    return Ok(GreetingKind::AlreadyHere);
                }
                // A person's word is never overruled; a code from a file is.
                if mark.source == MarkSource::Hand {
                    return Ok(GreetingKind::SeeOffice);
                }
            }
            write_entries(tx, &place, &codes, &[entry], writer).await?;
            Ok(if minutes_late.is_some() { GreetingKind::Late } else { GreetingKind::Present })
        })
        .await?;
    if matches!(kind, GreetingKind::Present | GreetingKind::Late) {
        let of = EvidenceFor { school: kiosk.school, class: place.class.id, date: today, lesson: 0 };
        // The register is right without it, so a failure is told and no more.
        if let Err(error) = keep_evidence(call, of, face.into_iter().collect()).await {
            tracing::warn!(code = ?error.code, "evidence was not kept");
            session.tell_problem(error);
        }
    }
    Ok(Some((kind, minutes_late.filter(|_| kind == GreetingKind::Late))))
}

/// Shows a name for some seconds.
fn greet(session: &Arc<LiveSession>, kiosk: &Kiosk, student: StudentId, kind: GreetingKind, minutes_late: Option<i32>) {
    let Some(Known { name, .. }) = session.mind().gallery.people.get(&student).cloned() else { return };
    let number = {
        let mut greeted = lock(&kiosk.greeted);
        *greeted += 1;
        *greeted
    };
    let greeting = Greeting { number, name, kind, minutes_late };
    session.tell(|state| {
        if let Some(kiosk) = &mut state.kiosk {
            kiosk.greeting = Some(greeting);
        }
    });
    let of = Arc::downgrade(session);
    tokio::spawn(async move {
        tokio::time::sleep(GREETING).await;
        let Some(session) = of.upgrade() else { return };
        session.tell(|state| {
            if let Some(kiosk) = &mut state.kiosk
                && kiosk.greeting.as_ref().is_some_and(|greeting| greeting.number == number)
            {
                kiosk.greeting = None;
            }
        });
    });
}
