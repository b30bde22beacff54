//! From the camera to what the screen is told: one task decodes the newest frame, another looks at the newest decoded one.
//! A slow step never holds the one before it up; it skips frames.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use camera::{Camera, Frame, FrameImage};
use image::codecs::jpeg::JpegEncoder;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::attendance_marks;
use store::ids::StudentId;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use vision::{Picture, PictureLimits, QualityLimits};

use super::session::{LiveSession, Purpose};
use super::state::CameraStatus;
use crate::faces::{blocking, fault_in_words, load_gallery, need_faces_on, vision_error};
use crate::{Error, Result};

/// The largest picture that the window is sent, in pixels.
const WIDEST: u32 = 640;
const HIGHEST: u32 = 480;
/// A frame of a camera has at most so many megapixels.
const LIMITS: PictureLimits = PictureLimits { megapixels: 34, side: 16 };

/// A decoded frame.
pub struct Shown {
    pub(super) frame: Arc<Frame>,
    pub(super) picture: Arc<Picture>,
    /// When it was taken, on the camera's own clock.
    pub(super) seconds: f64,
}

impl Shown {
    /// Counts the frames of the camera; [`super::LiveState::sequence`] names the one that the boxes belong to.
    pub fn sequence(&self) -> u64 {
        self.frame.sequence
    }

    /// The picture as JPEG, at most 640 × 480. Takes a few milliseconds.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn jpeg(&self) -> Result<Vec<u8>> {
        let (width, height) = (self.picture.width(), self.picture.height());
        if let FrameImage::Encoded(bytes) = &self.frame.image
            && width <= WIDEST
            && height <= HIGHEST
            && bytes.starts_with(&[0xFF, 0xD8])
            && (self.frame.width, self.frame.height) == (width, height)
        {
            return Ok(bytes.to_vec());
        }
        self.encoded(WIDEST, HIGHEST, 75)
    }

    /// The whole picture as JPEG for enrolment.
    pub(super) fn whole(&self) -> Result<Vec<u8>> {
        self.encoded(u32::MAX, u32::MAX, 95)
    }

    fn encoded(&self, widest: u32, highest: u32, quality: u8) -> Result<Vec<u8>> {
        let (width, height) = (self.picture.width(), self.picture.height());
        let broken = || Error::internal("a camera picture could not be encoded");
        let view: image::ImageBuffer<image::Rgb<u8>, &[u8]> =
            image::ImageBuffer::from_raw(width, height, self.picture.rgb()).ok_or_else(broken)?;
        let scale = (f64::from(widest) / f64::from(width)).min(f64::from(highest) / f64::from(height)).min(1.0);
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
        let done = if scale < 1.0 {
            let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
            encoder.encode_image(&image::imageops::thumbnail(&view, side(width), side(height)))
        } else {
            encoder.encode(self.picture.rgb(), width, height, image::ExtendedColorType::Rgb8)
        };
        done.map_err(|_| broken())?;
        Ok(jpeg)
    }
}

/// Starts the tasks of a session. They hold it weakly, so that it ends when nobody else holds it.
pub(super) fn start(session: &Arc<LiveSession>, source: camera::Source) {
    let begun = std::time::Instant::now();
    let camera = camera::open(source, Arc::new(move || begun.elapsed()), camera::Retry::default());
    let states = camera.states();
    let (newest, to_look_at) = watch::channel(None);
    let tasks = [
        tokio::spawn(follow_camera(Arc::downgrade(session), states.clone())).abort_handle(),
        tokio::spawn(decode_frames(Arc::downgrade(session), camera, newest)).abort_handle(),
        tokio::spawn(look(Arc::downgrade(session), to_look_at, states)).abort_handle(),
        tokio::spawn(follow_register(Arc::downgrade(session), session.context.services.announcer.listen()))
            .abort_handle(),
    ];
    tasks.into_iter().for_each(|task| session.keep_task(task));
}

type Weak = std::sync::Weak<LiveSession>;

/// Tells the screen what the camera is doing. That it came to its end is told when the last picture has been looked at.
async fn follow_camera(session: Weak, mut states: watch::Receiver<camera::State>) {
    loop {
        let status = CameraStatus::from(&*states.borrow_and_update());
        if status != CameraStatus::Ended {
            let Some(session) = session.upgrade() else { return };
            session.tell(|state| state.camera = status);
        }
        if states.changed().await.is_err() {
            return;
        }
    }
}

async fn decode_frames(session: Weak, mut camera: Camera, newest: watch::Sender<Option<Arc<Shown>>>) {
    while let Some(frame) = camera.next().await {
        let decoded = blocking(move || decoded(frame)).await;
        let Some(session) = session.upgrade() else { return };
        match decoded {
            Ok(shown) => {
                let shown = Some(Arc::new(shown));
                session.pictures.send_replace(shown.clone());
                newest.send_replace(shown);
            }
            // One broken picture is no reason to stop; the next one may be whole.
            Err(error) => session.tell(|state| state.problem = Some(error)),
        }
    }
}

fn decoded(frame: Arc<Frame>) -> Result<Shown> {
    let picture = match &frame.image {
        FrameImage::Encoded(bytes) => vision::decode(bytes, LIMITS).map_err(|error| vision_error(error.into()))?,
        FrameImage::Rgb(rgb) => Picture::from_rgb(frame.width, frame.height, rgb.to_vec())
            .ok_or_else(|| Error::internal("a camera picture has not the size that it says"))?,
    };
    Ok(Shown { seconds: frame.at.as_secs_f64(), picture: Arc::new(picture), frame })
}

/// Looks at the newest picture, again and again, until there will be no more.
async fn look(
    session: Weak,
    mut pictures: watch::Receiver<Option<Arc<Shown>>>,
    states: watch::Receiver<camera::State>,
) {
    while pictures.changed().await.is_ok() {
        let Some(shown) = pictures.borrow_and_update().clone() else { continue };
        let Some(session) = session.upgrade() else { return };
        if let Err(error) = look_at(&session, shown).await {
            session.tell(|state| state.problem = Some(error));
        }
    }
    let status = CameraStatus::from(&*states.borrow());
    if let Some(session) = session.upgrade() {
        session.tell(|state| state.camera = status);
    }
}

async fn look_at(session: &Arc<LiveSession>, shown: Arc<Shown>) -> Result<()> {
    if session.stale.swap(false, Ordering::SeqCst)
        && let Err(error) = load_again(session).await
    {
        // Nobody is compared with templates that may have been withdrawn.
        session.stale.store(true, Ordering::SeqCst);
        return Err(error);
    }
    let session = session.clone();
    blocking(move || match &session.purpose {
        Purpose::Register { .. } => {
            let report = {
                let mut mind = session.mind();
                let (engine, gallery) = (&session.engine, mind.gallery.clone());
                let tracks = &mut mind.tracks;
                let (models, decision) = (&engine.models, engine.decision);
                vision::watch(models, &gallery.templates, decision, tracks, &shown.picture, shown.seconds)
            };
            session.learn(report.map_err(vision_error)?, &shown);
            Ok(())
        }
        Purpose::Enrolment => guide(&session, &shown),
    })
    .await
}

/// Says what to mend before a picture can be taken.
fn guide(session: &LiveSession, shown: &Shown) -> Result<()> {
    let picture = &*shown.picture;
    let faces = session.engine.models.find(picture).map_err(vision_error)?;
    let aligned = match faces.as_slice() {
        [face] => Some(vision::align(picture, face)),
        _ => None,
    };
    let faults = vision::quality(picture, &faces, aligned.as_ref(), &QualityLimits::default());
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let boxes = faces.iter().enumerate().map(|(n, face)| super::state::LiveFace {
        track: n as u64,
        place: [face.rect.x / width, face.rect.y / height, face.rect.width / width, face.rect.height / height],
        state: super::state::LiveFaceState::Looking,
        student: None,
    });
    let boxes = boxes.collect();
    session.tell(|state| {
        state.faces = boxes;
        state.sequence = shown.frame.sequence;
        state.guidance = faults.iter().map(fault_in_words).collect();
        state.problem = None;
    });
    Ok(())
}

/// Loads what faces are compared with again, after consents or templates changed.
async fn load_again(session: &LiveSession) -> Result<()> {
    let Purpose::Register { place, .. } = &session.purpose else { return Ok(()) };
    let db = session.context.store().reader();
    need_faces_on(db, session.school).await?;
    let students = place.students(db).await?;
    let gallery = load_gallery(&session.context, &session.engine, session.school, Some(students)).await?;
    session.mind().replace_gallery(gallery);
    Ok(())
}

/// Keeps up with the register, whoever writes it.
async fn follow_register(session: Weak, mut news: tokio::sync::broadcast::Receiver<crate::Announcement>) {
    loop {
        {
            let Some(session) = session.upgrade() else { return };
            match marked(&session).await {
                Ok(marked) => session.set_marked(marked),
                Err(error) => session.tell(|state| state.problem = Some(error)),
            }
        }
        loop {
            match news.recv().await {
                Ok(news) if news.subjects.contains("attendance_marks") => break,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return,
            }
        }
    }
}

async fn marked(session: &LiveSession) -> Result<HashSet<StudentId>> {
    let Purpose::Register { place, .. } = &session.purpose else { return Ok(HashSet::new()) };
    let marks = attendance_marks::Entity::find()
        .filter(attendance_marks::Column::SchoolId.eq(session.school))
        .filter(attendance_marks::Column::Date.eq(place.date))
        .filter(attendance_marks::Column::Lesson.eq(place.lesson))
        .all(session.context.store().reader())
        .await?;
    Ok(marks.into_iter().map(|mark| mark.student_id).collect())
}
