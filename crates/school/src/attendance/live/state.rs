//! What the screen is told about a live session, many times a second.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, StudentId};
use uuid::Uuid;
use vision::{StageTimes, TrackState};

use crate::faces::PhotographFault;

/// Where the picture comes from.
#[derive(Clone, PartialEq, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CameraSource {
    /// A camera of this computer, by its number in `list_cameras`.
    Webcam { device: u32 },
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
    /// One picture.
    File { path: String },
}

impl std::fmt::Debug for CameraSource {
    /// An address may hold a password, a path a name: neither is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Webcam { .. } => "Webcam",
            Self::Network { .. } => "Network",
            Self::Folder { .. } => "Folder",
            Self::File { .. } => "File",
        })
    }
}

impl From<CameraSource> for camera::Source {
    fn from(source: CameraSource) -> Self {
        match source {
            CameraSource::Webcam { device } => Self::Webcam { device, width: 640, height: 480 },
            CameraSource::Network { url } => Self::Network { url },
            CameraSource::Folder { path, frames_per_second, repeat } => {
                Self::Folder { path: path.into(), frames_per_second: frames_per_second.unwrap_or(5.0), repeat }
            }
            CameraSource::File { path } => Self::File { path: path.into() },
        }
    }
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum CameraProblem {
    NotFound,
    Busy,
    Refused,
    Unplugged,
    BadFormat,
    Unreachable,
}

impl From<camera::Reason> for CameraProblem {
    fn from(reason: camera::Reason) -> Self {
        match reason {
            camera::Reason::NotFound => Self::NotFound,
            camera::Reason::Busy => Self::Busy,
            camera::Reason::Refused => Self::Refused,
            camera::Reason::Unplugged => Self::Unplugged,
            camera::Reason::BadFormat => Self::BadFormat,
            camera::Reason::Unreachable => Self::Unreachable,
        }
    }
}

/// What the camera is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "state", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CameraStatus {
    Connecting,
    Running,
    /// It is tried again after so many milliseconds.
    Retrying {
        problem: CameraProblem,
        wait_ms: u32,
    },
    /// It is not tried again.
    Lost {
        problem: CameraProblem,
    },
    /// The folder or file came to its end.
    Ended,
}

impl From<&camera::State> for CameraStatus {
    fn from(state: &camera::State) -> Self {
        match state {
            camera::State::Connecting => Self::Connecting,
            camera::State::Running { .. } => Self::Running,
            camera::State::Retrying { lost, wait_ms } => {
                Self::Retrying { problem: lost.reason.into(), wait_ms: u32::try_from(*wait_ms).unwrap_or(u32::MAX) }
            }
            camera::State::Lost { lost } => Self::Lost { problem: lost.reason.into() },
            camera::State::Ended => Self::Ended,
        }
    }
}

/// A student whom a face may be.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct LiveCandidate {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Likeness, -1 to 1.
    pub score: f32,
}

/// What is known of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum LiveFaceState {
    /// Too few frames yet.
    Looking,
    /// Enough frames agree.
    Recognised,
    /// Near to somebody, but not clearly.
    Unsure,
    /// Like nobody of the class.
    Unknown,
}

impl From<TrackState> for LiveFaceState {
    fn from(state: TrackState) -> Self {
        match state {
            TrackState::Looking => Self::Looking,
            TrackState::Recognised => Self::Recognised,
            // Whoever it is like, a picture of a face is a person's to decide.
            TrackState::Unsure | TrackState::Suspect => Self::Unsure,
            TrackState::Unknown => Self::Unknown,
        }
    }
}

/// A face in the newest frame that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct LiveFace {
    #[ts(type = "number")]
    pub track: u64,
    /// Left, top, width and height as shares of the picture, 0 to 1.
    #[serde(rename = "box")]
    pub place: [f32; 4],
    pub state: LiveFaceState,
    /// The student, when recognised.
    pub student: Option<LiveCandidate>,
}

/// A student whom enough frames agree on.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct LiveProposal {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Mean likeness of the frames that agree, -1 to 1.
    pub score: f32,
    /// Their least lead over the second person.
    pub margin: f32,
    /// Frames that agree.
    pub frames: u32,
    pub first_seen: DateTime<Utc>,
    /// Minutes after the beginning of the school day, where that is late; none: present.
    pub minutes_late: Option<i32>,
}

/// A face that a person must decide.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct UnsureFace {
    #[ts(type = "number")]
    pub track: u64,
    /// The two best, the better first.
    pub candidates: Vec<LiveCandidate>,
}

/// A live session as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct LiveState {
    pub session: Uuid,
    /// The register that is taken; none while a student is enrolled.
    pub class: Option<ClassId>,
    pub date: Option<NaiveDate>,
    pub lesson: i32,
    pub camera: CameraStatus,
    /// Which picture the boxes belong to; pictures count from 0.
    #[ts(type = "number")]
    pub sequence: u64,
    pub faces: Vec<LiveFace>,
    /// Recognised and not yet in the register, the first seen first.
    pub proposed: Vec<LiveProposal>,
    /// Recognised, and a code is in the register, by whatever means.
    pub confirmed: Vec<StudentId>,
    pub unsure: Vec<UnsureFace>,
    /// Faces that are like nobody of the class.
    pub unknown: u32,
    /// People of the class who can be recognised.
    pub enrolled: u32,
    /// What to mend before a picture can be taken for enrolment; empty: take it now. Only while enrolling.
    pub guidance: Vec<PhotographFault>,
    /// What went wrong while a picture was looked at; none where all is well.
    pub problem: Option<crate::Error>,
    /// Milliseconds of each stage for the newest frame.
    #[ts(type = "Record<string, number>")]
    pub milliseconds: StageTimes,
}
