//! The cameras of this computer.

use camera::{Lost, Reason};
use kernel::{AtDesk, Error, ErrorCode, Result, blocking};
use school::accounts::Nothing;
use serde::{Deserialize, Serialize};
use words::refusals::attendance::camera_lost;
use words::{Message, refusals};

/// A camera of this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CameraDevice {
    pub device: u32,
    pub name: String,
}

/// The cameras of this computer.
pub(crate) async fn list_cameras(_: &AtDesk, _input: Nothing) -> Result<Vec<CameraDevice>> {
    blocking(|| {
        let devices = camera::devices().map_err(|lost| {
            Error::new(ErrorCode::Camera, refusals::attendance::cameras_not_listed(why(&lost)))
                .help(refusals::attendance::see_camera_rights())
        })?;
        Ok(devices.into_iter().map(|found| CameraDevice { device: found.device, name: found.name }).collect())
    })
    .await
}

/// Input of [`camera_sizes`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfDevice {
    /// Its number in `list_cameras`.
    pub device: u32,
}

/// A size of picture that a camera can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CameraSize {
    pub width: u32,
    pub height: u32,
    /// The most pictures a second at this size.
    pub frames_per_second: u32,
}

/// The sizes of picture that a camera of this computer can give, the largest first. It opens the camera for a moment, so it
/// fails while the camera runs.
pub(crate) async fn camera_sizes(_: &AtDesk, input: OfDevice) -> Result<Vec<CameraSize>> {
    blocking(move || {
        let sizes = camera::sizes(input.device).map_err(|lost| {
            Error::new(ErrorCode::Camera, refusals::attendance::sizes_not_listed(why(&lost)))
                .help(refusals::attendance::see_camera_plugged_in())
        })?;
        let of = |size: camera::Size| CameraSize {
            width: size.width,
            height: size.height,
            frames_per_second: size.frames_per_second,
        };
        Ok(sizes.into_iter().map(of).collect())
    })
    .await
}

/// Why a camera says nothing, for people; its driver's own words go to the log.
fn why(lost: &Lost) -> Message {
    tracing::warn!(reason = ?lost.reason, detail = lost.detail, "a camera does not answer");
    match lost.reason {
        Reason::NotFound => camera_lost::not_found(),
        Reason::Busy => camera_lost::busy(),
        Reason::Refused => camera_lost::refused(),
        Reason::Unplugged => camera_lost::unplugged(),
        Reason::BadFormat => camera_lost::bad_format(),
        Reason::Unreachable => camera_lost::unreachable(),
    }
}
