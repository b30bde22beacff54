//! From a pushed picture to what the screen is told: one task decodes the newest, another looks at the newest decoded one.
//! A slow step never holds the one before it up; it skips frames. Each camera of a session has its own tasks.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::{attendance_marks, face_rejections};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use vision::{PictureLimits, QualityLimits};

use super::feed::{Feed, Lent, Shown};
use super::guard::allowed_lately;
use super::kiosk::look_for_kiosk;
use super::looks::{lock_gauge, look_for_register, share, tell_faces};
use super::pushed::Pushed;
use super::session::{LiveSession, Marked, People, Purpose};
use super::state::{CameraStatus, LiveCamera, LiveFace, LiveFaceState, LiveSource};
use crate::attendance::place::Codes;
use crate::{Context, Error, Result, blocking};
use faces::{Engine, fault_in_words, load_gallery, need_faces_on, vision_error};

/// A frame of a camera has at most so many megapixels.
const LIMITS: PictureLimits = PictureLimits { megapixels: 34, side: 16 };
/// Cameras of one session.
const MOST_CAMERAS: usize = 8;

/// Makes room for a camera in a session, whose pictures come from a desk; its number.
pub(super) fn receive_camera(session: &Arc<LiveSession>, kind: LiveSource) -> Result<u32> {
    let feed = session.add_feed(MOST_CAMERAS, |camera| LiveCamera {
        camera,
        kind,
        status: CameraStatus::Connecting,
        sequence: 0,
        faces: Vec::new(),
        health: Default::default(),
    })?;
    let (pictures, states) = (feed.receive(), feed.statuses());
    let (newest, to_look_at) = watch::channel(None);
    let held = || Held { session: Arc::downgrade(session), feed: Arc::downgrade(&feed) };
    let tasks = [
        tokio::spawn(follow_camera(held(), states.clone())).abort_handle(),
        tokio::spawn(decode_frames(held(), pictures, newest)).abort_handle(),
        tokio::spawn(look(held(), to_look_at, states)).abort_handle(),
    ];
    tasks.into_iter().for_each(|task| feed.keep_task(task));
    Ok(feed.number)
}

/// Keeps a session up with its register, whoever writes it. Called once.
pub(super) fn follow(session: &Arc<LiveSession>) {
    let news = session.call.services.announcer.listen();
    let task = tokio::spawn(follow_register(Arc::downgrade(session), news));
    session.keep_task(task.abort_handle());
}

/// What the tasks hold: nothing that keeps a camera or a session alive.
struct Held {
    session: std::sync::Weak<LiveSession>,
    feed: std::sync::Weak<Feed>,
}

impl Held {
    fn open(&self) -> Option<(Arc<LiveSession>, Arc<Feed>)> {
        Some((self.session.upgrade()?, self.feed.upgrade()?))
    }

    fn tell_status(&self, status: CameraStatus) -> bool {
        let Some((session, feed)) = self.open() else { return false };
        session.tell_of(feed.number, |camera| {
            if !matches!(status, CameraStatus::Running | CameraStatus::Ended) {
                // The faces of the last picture are not there any more.
                camera.faces.clear();
            }
            camera.status = status;
        });
        true
    }
}

/// Tells the screen what the camera is doing. That it came to its end is told when the last picture has been looked at.
async fn follow_camera(held: Held, mut states: watch::Receiver<CameraStatus>) {
    loop {
        let status = states.borrow_and_update().clone();
        if status != CameraStatus::Ended && !held.tell_status(status) {
            return;
        }
        if states.changed().await.is_err() {
            return;
        }
    }
}

async fn decode_frames(
    held: Held,
    mut pictures: watch::Receiver<Option<Arc<Pushed>>>,
    newest: watch::Sender<Option<Arc<Shown>>>,
) {
    let mut lent = Lent::default();
    while pictures.changed().await.is_ok() {
        let Some(frame) = pictures.borrow_and_update().clone() else { continue };
        let memory = lent.take();
        let (sequence, seconds) = (frame.sequence, frame.seconds);
        let begun = Instant::now();
        let decoded = blocking(move || decoded(&frame, memory)).await;
        let Some((session, feed)) = held.open() else { return };
        let size = decoded.as_ref().ok().map(|shown| (shown.picture.width(), shown.picture.height()));
        lock_gauge(&feed).decoded(sequence, seconds, size, begun.elapsed().as_secs_f64() * 1000.0);
        match decoded {
            Ok(shown) => {
                let shown = Arc::new(shown);
                feed.pictures.send_replace(Some(shown.clone()));
                newest.send_replace(Some(shown.clone()));
                lent.remember(shown);
            }
            // One broken picture is no reason to stop; the next one may be whole.
            Err(error) => session.tell_problem(error),
        }
    }
}

/// Decodes a picture into memory that is there already.
fn decoded(pushed: &Pushed, memory: Vec<u8>) -> Result<Shown> {
    let picture = vision::decode_into(&pushed.bytes, LIMITS, memory).map_err(|error| vision_error(error.into()))?;
    Ok(Shown::of(pushed.sequence, pushed.seconds, picture))
}

/// Looks at the newest picture, again and again, until there will be no more.
async fn look(held: Held, mut pictures: watch::Receiver<Option<Arc<Shown>>>, states: watch::Receiver<CameraStatus>) {
    while pictures.changed().await.is_ok() {
        let Some(shown) = pictures.borrow_and_update().clone() else { continue };
        let Some((session, feed)) = held.open() else { return };
        if let Err(error) = look_at(&session, &feed, shown).await {
            session.tell_problem(error);
        }
    }
    let status = states.borrow().clone();
    held.tell_status(status);
}

async fn look_at(session: &Arc<LiveSession>, feed: &Arc<Feed>, shown: Arc<Shown>) -> Result<()> {
    allowed_lately(session).await?;
    // Nobody is compared with templates that may have been withdrawn.
    load_if_changed(session).await?;
    let (of, feed) = (session.clone(), feed.clone());
    match &session.purpose {
        Purpose::Register { .. } => blocking(move || look_for_register(&of, &feed, &shown)).await,
        Purpose::Enrolment => blocking(move || guide(&of, &feed, &shown)).await,
        Purpose::Kiosk(kiosk) => look_for_kiosk(session, kiosk, feed, shown).await,
    }
}

/// Says what to mend before a picture can be taken.
fn guide(session: &LiveSession, feed: &Feed, shown: &Shown) -> Result<()> {
    let picture = &shown.picture;
    let mut times = vision::StageTimes::default();
    let begun = Instant::now();
    let faces = session.engine.models.find(picture).map_err(vision_error)?;
    times.find = begun.elapsed().as_secs_f64() * 1000.0;
    let aligned = match faces.as_slice() {
        [face] => Some(vision::align(picture, face)),
        _ => None,
    };
    let faults = vision::quality(picture, &faces, aligned.as_ref(), &QualityLimits::default());
    // In a picture that is not mirrored a head turned to its own left has its nose further to the right.
    let turn = match (faces.as_slice(), &aligned) {
        ([face], Some(aligned)) => Some(vision::measure(picture, face, aligned).aside),
        _ => None,
    };
    lock_gauge(feed).looked(shown.sequence, shown.seconds, &times);
    let boxes = faces.iter().enumerate().map(|(n, face)| LiveFace {
        track: feed.track(n as u64),
        place: share(face.rect, shown),
        state: LiveFaceState::Looking,
        student: None,
    });
    let boxes = boxes.collect();
    session.tell(|state| {
        state.guidance = faults.iter().map(fault_in_words).collect();
        state.turn = turn;
    });
    tell_faces(session, feed, shown, boxes);
    Ok(())
}

/// Loads what faces are compared with.
pub(super) async fn load_people(context: &Context, engine: &Engine, purpose: &Purpose) -> Result<People> {
    let db = context.store().reader();
    Ok(match purpose {
        Purpose::Register { place, .. } => {
            need_faces_on(db, place.school()).await?;
            let students = place.students(db).await?;
            let roster = students.iter().map(|student| student.id).collect();
            People { gallery: load_gallery(context, engine, place.school(), Some(students)).await?, roster }
        }
        Purpose::Enrolment => People::nobody(engine),
        Purpose::Kiosk(kiosk) => kiosk.load_people(context, engine).await?,
    })
}

/// Loads what faces are compared with again, where consents or templates changed since.
pub(super) async fn load_if_changed(session: &LiveSession) -> Result<()> {
    if session.loaded.load(Ordering::SeqCst) == session.wanted.load(Ordering::SeqCst) {
        return Ok(());
    }
    // The others wait until it is loaded, and look at no picture meanwhile.
    let _one_loads = session.loading.lock().await;
    let wanted = session.wanted.load(Ordering::SeqCst);
    if session.loaded.load(Ordering::SeqCst) != wanted {
        let people = load_people(&session.call, &session.engine, &session.purpose).await?;
        let problem = people.gallery.problem();
        session.mind().replace_people(people, session.engine.decision);
        session.loaded.store(wanted, Ordering::SeqCst);
        session.tell(|state| state.problem = problem.or(state.problem.take()));
    }
    Ok(())
}

async fn follow_register(
    session: std::sync::Weak<LiveSession>,
    mut news: tokio::sync::broadcast::Receiver<crate::Announcement>,
) {
    loop {
        match news.recv().await {
            Ok(news) if ["attendance_marks", "face_rejections"].iter().any(|of| news.subjects.contains(*of)) => {}
            Ok(_) => continue,
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        let Some(session) = session.upgrade() else { return };
        if let Err(error) = read_register(&session).await {
            session.tell_problem(error);
        }
    }
}

/// Reads what the register says now: who has a code, and of whom a person said that the camera was wrong.
pub(super) async fn read_register(session: &LiveSession) -> Result<()> {
    let Purpose::Register { place, .. } = &session.purpose else { return Ok(()) };
    let _one_reads = session.reading.lock().await;
    let db = session.call.store().reader();
    let roster = session.mind().roster.clone();
    let codes = Codes::load(db, place.school()).await?;
    let mut marks = HashMap::new();
    for (student, mark) in place.marks(db, &roster).await? {
        marks.insert(student, marked(&mark, &codes)?);
    }
    let rejected = face_rejections::Entity::find()
        .filter(face_rejections::Column::SchoolId.eq(place.school()))
        .filter(face_rejections::Column::Date.eq(place.date))
        .filter(face_rejections::Column::Lesson.eq(place.lesson))
        .all(db)
        .await?;
    let mut mind = session.mind();
    mind.marks = marks;
    mind.rejected = rejected.into_iter().map(|row| row.student_id).collect();
    drop(mind);
    session.tell(|_| {});
    Ok(())
}

/// A cell of the register as a session needs it.
pub(super) fn marked(mark: &attendance_marks::Model, codes: &Codes) -> Result<Marked> {
    let code = codes.get(mark.code_id).ok_or_else(|| Error::internal("a register holds a code of another school"))?;
    Ok(Marked { meaning: code.meaning, source: mark.source })
}
