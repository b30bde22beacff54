//! The cameras of this machine, by nokhwa. A camera is read on a thread of its own, since a driver may
//! block for as long as it likes; stopping never waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use nokhwa::NokhwaError;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use serde::Serialize;
use tokio::sync::mpsc;

use crate::frame::{FrameImage, dimensions};
use crate::pixels::{from_grey, from_nv12, from_rgb, from_yuyv};
use crate::stream::{Lost, Reason, Sink};

/// Formats that are understood, the cheapest first.
const FORMATS: [FrameFormat; 6] = [
    FrameFormat::MJPEG,
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
    FrameFormat::GRAY,
];
/// So many frames in a row that are no picture, and the camera is given up.
const MOST_RUBBISH: u32 = 10;
/// The longest silence of a camera that is still there.
const SILENCE: Duration = Duration::from_secs(10);

/// A camera of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Device {
    /// What [`crate::Source::Webcam`] wants.
    pub device: u32,
    /// As the system calls it.
    pub name: String,
}

/// The cameras of this machine; none is no error. It may take a second: call it off the window's thread.
///
/// # Errors
/// When the system refuses to say.
pub fn devices() -> Result<Vec<Device>, Lost> {
    let found = nokhwa::query(ApiBackend::Auto).map_err(|e| lost(&e, false))?;
    let mut devices: Vec<Device> = found
        .iter()
        .filter_map(|info| {
            let device = info.index().as_index().ok()?;
            let name = info.human_name();
            Some(Device { device, name })
        })
        .collect();
    devices.sort_by_key(|d| d.device);
    Ok(devices)
}

/// A size of picture that a camera can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// The most pictures a second at this size.
    pub frames_per_second: u32,
}

/// The sizes that a camera of this machine can give in formats that are understood, the largest first. It opens the
/// camera for a moment: call it off the window's thread, and not while the camera runs.
///
/// # Errors
/// As for opening the camera.
pub fn sizes(device: u32) -> Result<Vec<Size>, Lost> {
    // nokhwa panics where a driver misbehaves.
    let asked = catch_unwind(|| {
        let any = RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS);
        let mut camera = nokhwa::Camera::new(CameraIndex::Index(device), any).map_err(|e| opening(device, &e))?;
        camera.compatible_camera_formats().map_err(|e| lost(&e, false))
    });
    let formats = asked.unwrap_or_else(|_| Err(Lost::new(Reason::BadFormat, "the camera's driver failed")))?;
    Ok(sizes_of(&formats))
}

fn sizes_of(formats: &[CameraFormat]) -> Vec<Size> {
    let mut sizes: Vec<Size> = formats
        .iter()
        .filter(|format| FORMATS.contains(&format.format()))
        .map(|format| Size {
            width: format.resolution().width(),
            height: format.resolution().height(),
            frames_per_second: format.frame_rate(),
        })
        .collect();
    let pixels = |size: &Size| u64::from(size.width) * u64::from(size.height);
    sizes.sort_by_key(|size| std::cmp::Reverse((pixels(size), size.width, size.frames_per_second)));
    sizes.dedup_by_key(|size| (size.width, size.height));
    sizes
}

type Delivery = Result<(FrameImage, (u32, u32)), Lost>;

/// Tells the thread to stop when the task that waits for it is gone.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub(crate) async fn run(device: u32, size: (u32, u32), sink: &mut Sink) -> Result<(), Lost> {
    let stop = Arc::new(AtomicBool::new(false));
    let _guard = StopOnDrop(stop.clone());
    // One place: a frame that cannot be handed on at once is dropped for the next.
    let (sender, mut receiver) = mpsc::channel::<Delivery>(1);
    let failures = sender.clone();
    std::thread::Builder::new()
        .name("webcam".into())
        .spawn(move || {
            // nokhwa panics where a driver misbehaves; that must cost no more than the camera.
            let outcome = catch_unwind(AssertUnwindSafe(|| capture(device, size, &sender, &stop)));
            let lost = match outcome {
                Ok(Ok(())) => return,
                Ok(Err(lost)) => lost,
                Err(_) => Lost::new(Reason::Unplugged, "the camera's driver failed"),
            };
            // When nobody waits any more, nobody needs to know.
            let _ = failures.blocking_send(Err(lost));
        })
        .map_err(|e| Lost::new(Reason::Unreachable, e.to_string()))?;
    loop {
        let delivery = tokio::time::timeout(SILENCE, receiver.recv())
            .await
            .map_err(|_| Lost::new(Reason::Unreachable, "the camera is silent"))?;
        match delivery {
            Some(Ok((image, size))) => sink.put(image, size, None, None),
            Some(Err(lost)) => return Err(lost),
            None => return Err(Lost::new(Reason::Unplugged, "the camera's thread ended")),
        }
    }
}

fn capture(device: u32, size: (u32, u32), sender: &mpsc::Sender<Delivery>, stop: &AtomicBool) -> Result<(), Lost> {
    if cfg!(target_os = "macos") {
        ask_permission()?;
    }
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS);
    let mut camera = nokhwa::Camera::new(CameraIndex::Index(device), any).map_err(|e| opening(device, &e))?;
    let formats = camera.compatible_camera_formats().map_err(|e| lost(&e, false))?;
    if let Some(format) = choose(&formats, size) {
        let exact = RequestedFormat::with_formats(RequestedFormatType::Exact(format), &FORMATS);
        camera.set_camera_requset(exact).map_err(|e| lost(&e, false))?;
    }
    camera.open_stream().map_err(|e| lost(&e, false))?;
    let mut rubbish = 0;
    let mut running = false;
    let mut lent = Lent::default();
    while !stop.load(Ordering::Relaxed) {
        let frame = camera.frame().map_err(|e| lost(&e, running))?;
        let resolution = frame.resolution();
        match picture(frame.source_frame_format(), frame.buffer(), resolution, &mut lent) {
            Ok(picture) => {
                rubbish = 0;
                running = true;
                if let Err(mpsc::error::TrySendError::Closed(_)) = sender.try_send(Ok(picture)) {
                    return Ok(());
                }
            }
            Err(error) => {
                rubbish += 1;
                if rubbish >= MOST_RUBBISH {
                    return Err(error);
                }
            }
        }
    }
    Ok(())
}

/// Asks the user of a Mac once whether the camera may be used, and waits for the answer.
fn ask_permission() -> Result<(), Lost> {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    nokhwa::nokhwa_initialize(move |granted| {
        // Only the first answer counts.
        let _ = sender.try_send(granted);
    });
    match receiver.recv_timeout(Duration::from_secs(120)) {
        Ok(true) => Ok(()),
        _ => Err(Lost::new(Reason::Refused, "the system does not allow this program to use the camera")),
    }
}

/// The format nearest to the wanted size; of these the one with 15 to 30 frames a second that is cheapest.
fn choose(formats: &[CameraFormat], (width, height): (u32, u32)) -> Option<CameraFormat> {
    formats
        .iter()
        .filter(|f| FORMATS.contains(&f.format()))
        .min_by_key(|f| {
            let size = f.resolution();
            let distance = size.width().abs_diff(width) + size.height().abs_diff(height);
            let slow = 15u32.saturating_sub(f.frame_rate());
            let kind = FORMATS.iter().position(|k| *k == f.format());
            (distance, slow, kind, f.frame_rate().abs_diff(30))
        })
        .copied()
}

/// The memory of pictures that were handed on, used again when nobody holds them any more.
#[derive(Default)]
struct Lent(Vec<Bytes>);

impl Lent {
    /// Empty, with the room of a picture that came back if there is one.
    fn take(&mut self) -> BytesMut {
        let free = self.0.iter().position(Bytes::is_unique);
        let mut memory = free.and_then(|n| self.0.swap_remove(n).try_into_mut().ok()).unwrap_or_default();
        memory.clear();
        memory
    }

    fn hand_on(&mut self, memory: BytesMut) -> Bytes {
        let bytes = memory.freeze();
        self.0.push(bytes.clone());
        bytes
    }
}

fn picture(format: FrameFormat, bytes: &[u8], size: Resolution, lent: &mut Lent) -> Delivery {
    let (width, height) = (size.width(), size.height());
    let mut memory = lent.take();
    let out = &mut memory;
    let understood = match format {
        FrameFormat::MJPEG => {
            let size = dimensions(bytes)?;
            out.extend_from_slice(bytes);
            return Ok((FrameImage::Encoded(lent.hand_on(memory)), size));
        }
        FrameFormat::YUYV => from_yuyv(bytes, width, height, out),
        FrameFormat::NV12 => from_nv12(bytes, width, height, out),
        FrameFormat::GRAY => from_grey(bytes, width, height, out),
        FrameFormat::RAWRGB => from_rgb(bytes, width, height, false, out),
        FrameFormat::RAWBGR => from_rgb(bytes, width, height, true, out),
    };
    if understood.is_none() {
        let found = bytes.len();
        return Err(Lost::new(Reason::BadFormat, format!("{found} bytes of {format} for {width} × {height} pixels")));
    }
    Ok((FrameImage::Rgb(lent.hand_on(memory)), (width, height)))
}

/// An error while opening: a camera that is not in the system's list is not there, whatever the driver says.
fn opening(device: u32, error: &NokhwaError) -> Lost {
    match devices() {
        Ok(known) if known.iter().all(|d| d.device != device) => {
            Lost::new(Reason::NotFound, format!("there is no camera {device}"))
        }
        _ => lost(error, false),
    }
}

/// nokhwa gives the system's error as a sentence only, so its number and its usual words have to tell.
fn lost(error: &NokhwaError, was_running: bool) -> Lost {
    let detail = error.to_string();
    let lower = detail.to_lowercase();
    let contains = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    let reason = if contains(&["os error 2)", "os error 6)", "os error 19)", "not found", "no such"]) {
        if was_running { Reason::Unplugged } else { Reason::NotFound }
    } else if contains(&["os error 16)", "busy", "in use", "already"]) {
        Reason::Busy
    } else if contains(&["os error 13)", "os error 1)", "denied", "permission", "not authorized"]) {
        Reason::Refused
    } else if was_running {
        Reason::Unplugged
    } else if matches!(
        error,
        NokhwaError::GetPropertyError { .. }
            | NokhwaError::SetPropertyError { .. }
            | NokhwaError::ProcessFrameError { .. }
    ) {
        Reason::BadFormat
    } else {
        Reason::Unreachable
    };
    Lost::new(reason, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(width: u32, height: u32, kind: FrameFormat, rate: u32) -> CameraFormat {
        CameraFormat::new(Resolution::new(width, height), kind, rate)
    }

    #[test]
    fn the_nearest_size_and_the_cheapest_format_that_is_quick_enough_is_chosen() {
        let formats = [
            format(1920, 1080, FrameFormat::MJPEG, 30),
            format(640, 480, FrameFormat::YUYV, 30),
            format(640, 480, FrameFormat::MJPEG, 5),
            format(640, 480, FrameFormat::NV12, 30),
        ];
        assert_eq!(choose(&formats, (640, 480)), Some(formats[1]));
        assert_eq!(choose(&formats, (2000, 1000)), Some(formats[0]));
        assert_eq!(choose(&[], (640, 480)), None);
    }

    #[test]
    fn each_size_is_listed_once_with_its_best_rate() {
        let formats = [
            format(640, 480, FrameFormat::YUYV, 15),
            format(1920, 1080, FrameFormat::MJPEG, 30),
            format(640, 480, FrameFormat::MJPEG, 30),
            format(1920, 1080, FrameFormat::YUYV, 5),
        ];
        let of = |width, height, frames_per_second| Size { width, height, frames_per_second };
        assert_eq!(sizes_of(&formats), [of(1920, 1080, 30), of(640, 480, 30)]);
        assert!(sizes_of(&[]).is_empty());
    }

    #[test]
    fn the_systems_errors_have_reasons() {
        let open = |text: &str| NokhwaError::OpenDeviceError("0".into(), text.into());
        for (text, wanted) in [
            ("V4L2 Error: No such file or directory (os error 2)", Reason::NotFound),
            ("V4L2 Error: Device or resource busy (os error 16)", Reason::Busy),
            ("V4L2 Error: Permission denied (os error 13)", Reason::Refused),
            ("something else", Reason::Unreachable),
        ] {
            assert_eq!(lost(&open(text), false).reason, wanted, "{text}");
        }
        let gone = NokhwaError::ReadFrameError("No such device (os error 19)".into());
        assert_eq!(lost(&gone, true).reason, Reason::Unplugged);
    }

    #[test]
    fn a_picture_that_came_back_gives_its_memory_to_the_next_and_no_other_does() {
        let (size, lent) = (Resolution::new(2, 2), &mut Lent::default());
        let mut next = |value| picture(FrameFormat::RAWRGB, &[value; 12], size, lent).unwrap().0;
        let place = |image: &FrameImage| match image {
            FrameImage::Rgb(bytes) | FrameImage::Encoded(bytes) => bytes.as_ptr(),
        };
        let (first, second) = (next(1), next(2));
        let freed = place(&first);
        drop(first);
        let third = next(3);
        assert_eq!(place(&third), freed);
        assert_eq!((second, third), (FrameImage::Rgb(vec![2; 12].into()), FrameImage::Rgb(vec![3; 12].into())));
    }

    #[test]
    fn frames_of_every_format_become_pictures_or_a_reason() {
        let (size, lent) = (Resolution::new(2, 2), &mut Lent::default());
        for kind in FORMATS.into_iter().skip(1) {
            let (image, found) = picture(kind, &[128; 12], size, lent).unwrap();
            assert_eq!(found, (2, 2));
            assert!(matches!(image, FrameImage::Rgb(rgb) if rgb.len() == 12), "{kind}");
            assert_eq!(picture(kind, &[1], size, lent).unwrap_err().reason, Reason::BadFormat);
        }
        assert_eq!(picture(FrameFormat::MJPEG, b"rubbish", size, lent).unwrap_err().reason, Reason::BadFormat);
    }
}
