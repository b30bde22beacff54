//! One camera of a session: its newest picture, the faces that it follows, its figures and the tasks that work for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use camera::{Frame, FrameImage};
use image::codecs::jpeg::JpegEncoder;
use store::ids::StudentId;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use vision::{Face, LivenessRule, Picture, Rules};

use super::health::Gauge;
use super::lock;
use crate::{Error, Result};

/// The largest picture that the window is sent, in pixels.
const WIDEST: u32 = 640;
const HIGHEST: u32 = 480;

/// A camera of a session, or a photograph that was given to it. Its tasks end when it goes.
pub(super) struct Feed {
    /// Its number in the session.
    pub number: u32,
    pub pictures: watch::Sender<Option<Arc<Shown>>>,
    pub gauge: Mutex<Gauge>,
    liveness: LivenessRule,
    tracks: Mutex<Tracks>,
    tasks: Mutex<Vec<AbortHandle>>,
}

/// The faces that a camera follows.
pub(super) struct Tracks {
    pub session: vision::Session<StudentId>,
    /// Which gallery they were compared with; with another one it begins anew.
    pub gallery: u64,
    /// When an unknown face was last taken a note of, by track, in seconds on the camera's clock.
    pub noted: HashMap<u64, f64>,
}

impl Tracks {
    fn new(gallery: u64, liveness: LivenessRule) -> Self {
        let session = vision::Session::new(Rules { liveness, ..Rules::default() });
        Self { session, gallery, noted: HashMap::new() }
    }
}

impl Feed {
    pub fn new(number: u32, liveness: LivenessRule) -> Self {
        Self {
            number,
            pictures: watch::Sender::new(None),
            gauge: Mutex::default(),
            liveness,
            tracks: Mutex::new(Tracks::new(0, liveness)),
            tasks: Mutex::default(),
        }
    }

    /// The faces that it follows, begun anew when they were compared with another gallery than this.
    pub fn tracks(&self, gallery: u64) -> MutexGuard<'_, Tracks> {
        let mut tracks = lock(&self.tracks);
        if tracks.gallery != gallery {
            *tracks = Tracks::new(gallery, self.liveness);
        }
        tracks
    }

    /// A track's number in the session, from its number at this camera.
    pub fn track(&self, id: u64) -> u64 {
        // 2^20 faces a camera stay below 2^53, what the screen can count to.
        (u64::from(self.number) << 32) | (id & 0xFFFF_FFFF)
    }

    pub fn keep_task(&self, task: AbortHandle) {
        lock(&self.tasks).push(task);
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        lock(&self.tasks).drain(..).for_each(|task| task.abort());
    }
}

/// A decoded picture.
pub struct Shown {
    pub(super) sequence: u64,
    /// As it came, where that can be shown as it is.
    jpeg: Option<Arc<Frame>>,
    pub(super) picture: Picture,
    /// When it was taken, on the camera's own clock.
    pub(super) seconds: f64,
}

impl Shown {
    /// A decoded frame of a camera.
    pub(super) fn of(frame: Arc<Frame>, picture: Picture) -> Self {
        let fits = picture.width() <= WIDEST && picture.height() <= HIGHEST;
        let upright = (frame.width, frame.height) == (picture.width(), picture.height());
        let (sequence, seconds) = (frame.sequence, frame.at.as_secs_f64());
        let whole = matches!(&frame.image, FrameImage::Encoded(bytes) if bytes.starts_with(&[0xFF, 0xD8]));
        let jpeg = (fits && upright && whole).then_some(frame);
        Self { sequence, jpeg, picture, seconds }
    }

    /// A photograph.
    pub(super) fn still(picture: Picture) -> Self {
        Self { sequence: 0, jpeg: None, picture, seconds: 0.0 }
    }

    /// Counts the frames of the camera; [`super::LiveCamera::sequence`] names the one that the boxes belong to.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The picture as JPEG, at most 640 × 480. Takes a few milliseconds.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn jpeg(&self) -> Result<Vec<u8>> {
        match self.jpeg.as_deref() {
            Some(Frame { image: FrameImage::Encoded(bytes), .. }) => Ok(bytes.to_vec()),
            _ => encoded(&self.picture, WIDEST, HIGHEST, 75),
        }
    }

    /// The whole picture as JPEG for enrolment.
    pub(super) fn whole(&self) -> Result<Vec<u8>> {
        encoded(&self.picture, u32::MAX, u32::MAX, 95)
    }
}

/// The memory of a camera's pictures, which goes from one to the next.
#[derive(Default)]
pub(super) struct Lent(Vec<Arc<Shown>>);

impl Lent {
    /// Remembers a picture whose memory can be had when nobody looks at it any more.
    pub fn remember(&mut self, shown: Arc<Shown>) {
        self.0.push(shown);
    }

    /// The memory of a picture that nobody looks at; empty when all are looked at, which makes one more.
    pub fn take(&mut self) -> Vec<u8> {
        let free = self.0.iter().position(|shown| Arc::strong_count(shown) == 1);
        let shown = free.and_then(|n| Arc::into_inner(self.0.swap_remove(n)));
        shown.map(|shown| shown.picture.into_rgb()).unwrap_or_default()
    }
}

fn broken() -> Error {
    Error::internal("a camera picture could not be encoded")
}

type View<'a> = image::ImageBuffer<image::Rgb<u8>, &'a [u8]>;

fn view(picture: &Picture) -> Result<View<'_>> {
    View::from_raw(picture.width(), picture.height(), picture.rgb()).ok_or_else(broken)
}

/// A picture as JPEG, made smaller where it is larger than this.
pub(super) fn encoded(picture: &Picture, widest: u32, highest: u32, quality: u8) -> Result<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    match smaller((width, height), (widest, highest)) {
        Some((w, h)) => jpeg(image::imageops::thumbnail(&view(picture)?, w, h).as_raw(), (w, h), quality),
        None => jpeg(picture.rgb(), (width, height), quality),
    }
}

/// The picture made smaller, so that it can be kept.
pub(super) fn reduced(picture: Picture, side: u32) -> Result<Picture> {
    let Some((width, height)) = smaller((picture.width(), picture.height()), (side, side)) else { return Ok(picture) };
    let small = image::imageops::thumbnail(&view(&picture)?, width, height);
    Picture::from_rgb(width, height, small.into_raw()).ok_or_else(broken)
}

/// A face with `around` of its width and height on each side, as JPEG of at most `side` pixels.
pub(crate) fn cut_out(picture: &Picture, face: &Face, around: f32, side: u32, quality: u8) -> Result<Vec<u8>> {
    let rect = face.rect;
    let (dx, dy) = (rect.width * around, rect.height * around);
    let clip = |at: f32, most: u32| at.clamp(0.0, most as f32) as u32;
    let (left, top) = (clip(rect.x - dx, picture.width() - 1), clip(rect.y - dy, picture.height() - 1));
    let right = clip(rect.x + rect.width + dx, picture.width());
    let bottom = clip(rect.y + rect.height + dy, picture.height());
    let (width, height) = (right.saturating_sub(left).max(1), bottom.saturating_sub(top).max(1));
    let (row, from) = (3 * picture.width() as usize, 3 * left as usize);
    let rows = picture.rgb().chunks_exact(row).skip(top as usize).take(height as usize);
    let cut: Vec<u8> = rows.flat_map(|row| &row[from..from + 3 * width as usize]).copied().collect();
    let cut = Picture::from_rgb(width, height, cut).ok_or_else(broken)?;
    encoded(&cut, side, side, quality)
}

fn smaller((width, height): (u32, u32), (widest, highest): (u32, u32)) -> Option<(u32, u32)> {
    let scale = (f64::from(widest) / f64::from(width)).min(f64::from(highest) / f64::from(height));
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    (scale < 1.0).then(|| (side(width), side(height)))
}

fn jpeg(rgb: &[u8], (width, height): (u32, u32), quality: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(rgb, width, height, image::ExtendedColorType::Rgb8)
        .map_err(|_| broken())?;
    Ok(bytes)
}
