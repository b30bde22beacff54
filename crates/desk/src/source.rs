//! Where pictures come from, as the screen names it, and what a camera is doing.

use kernel::error::Invalid;
use kernel::{Result, typed_folder};
use live::{CameraProblem, CameraStatus, LiveSource};
use serde::{Deserialize, Serialize};
use words::refusals;

/// Where the picture comes from.
#[derive(Clone, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CameraSource {
    /// A camera of this computer, by its number in `list_cameras`.
    Webcam {
        device: u32,
        /// Pixels of the wanted picture; 640 × 480 where left out. The nearest that the camera has is taken.
        #[serde(default)]
        #[ts(optional)]
        width: Option<u32>,
        #[serde(default)]
        #[ts(optional)]
        height: Option<u32>,
    },
    /// Motion JPEG over HTTP at this address.
    Network { url: String },
    /// The pictures of a folder in name order, played as a film.
    Folder {
        path: String,
        /// 5 where left out.
        #[serde(default)]
        #[ts(optional)]
        frames_per_second: Option<f64>,
        /// Begins again after the last one.
        #[serde(default)]
        repeat: bool,
    },
}

impl std::fmt::Debug for CameraSource {
    /// An address may hold a password, a path a name: neither is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Webcam { .. } => "Webcam",
            Self::Network { .. } => "Network",
            Self::Folder { .. } => "Folder",
        })
    }
}

impl CameraSource {
    pub(super) fn kind(&self) -> LiveSource {
        match self {
            Self::Webcam { .. } => LiveSource::Webcam,
            Self::Network { .. } => LiveSource::Network,
            Self::Folder { .. } => LiveSource::Folder,
        }
    }

    /// Refuses what cannot be a source; fields are named after `source`.
    pub(super) fn check(&self) -> Result<()> {
        let mut invalid = Invalid::default();
        match self {
            Self::Webcam { width, height, .. } => {
                for (field, pixels) in [("source.width", width), ("source.height", height)] {
                    if pixels.is_some_and(|pixels| !(64..=8_192).contains(&pixels)) {
                        invalid.push(field, "out_of_range", refusals::attendance::pixels_out_of_range());
                    }
                }
            }
            Self::Network { url } => {
                let url = invalid.text("source.url", url, 2_000);
                if !url.is_empty() && !url.starts_with("http://") && !url.starts_with("https://") {
                    invalid.push("source.url", "not_an_address", refusals::attendance::type_camera_address());
                }
            }
            Self::Folder { path, frames_per_second, .. } => {
                typed_folder("source.path", path)?;
                if frames_per_second.is_some_and(|rate| !(0.1..=60.0).contains(&rate)) {
                    invalid.push(
                        "source.framesPerSecond",
                        "out_of_range",
                        refusals::attendance::pictures_out_of_range(),
                    );
                }
            }
        }
        invalid.check()
    }
}

impl From<CameraSource> for camera::Source {
    fn from(source: CameraSource) -> Self {
        match source {
            CameraSource::Webcam { device, width, height } => {
                Self::Webcam { device, width: width.unwrap_or(640), height: height.unwrap_or(480) }
            }
            CameraSource::Network { url } => Self::Network { url },
            CameraSource::Folder { path, frames_per_second, repeat } => {
                Self::Folder { path: path.into(), frames_per_second: frames_per_second.unwrap_or(5.0), repeat }
            }
        }
    }
}

/// Why there is no picture.
fn problem(reason: camera::Reason) -> CameraProblem {
    match reason {
        camera::Reason::NotFound => CameraProblem::NotFound,
        camera::Reason::Busy => CameraProblem::Busy,
        camera::Reason::Refused => CameraProblem::Refused,
        camera::Reason::Unplugged => CameraProblem::Unplugged,
        camera::Reason::BadFormat => CameraProblem::BadFormat,
        camera::Reason::Unreachable => CameraProblem::Unreachable,
    }
}

/// What a camera is doing, as a session is told.
pub(super) fn status(state: &camera::State) -> CameraStatus {
    match state {
        camera::State::Connecting => CameraStatus::Connecting,
        camera::State::Running { .. } => CameraStatus::Running,
        camera::State::Retrying { lost, wait_ms } => CameraStatus::Retrying {
            problem: problem(lost.reason),
            wait_ms: u32::try_from(*wait_ms).unwrap_or(u32::MAX),
        },
        camera::State::Lost { lost } => CameraStatus::Lost { problem: problem(lost.reason) },
        camera::State::Ended => CameraStatus::Ended,
    }
}
