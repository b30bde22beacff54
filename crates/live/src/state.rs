//! What the screen is told about a live session, many times a second.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, StudentId};
use uuid::Uuid;
use vision::TrackState;

use super::health::CameraHealth;
use super::kiosk::KioskState;
use crate::attendance::MarkSource;
use crate::schools::AttendanceMeaning;
use faces::PhotographFault;

/// A student whom a face may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveCandidate {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Likeness, -1 to 1.
    pub score: f32,
}

/// What is known of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
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
            TrackState::Looking | TrackState::Unproven => Self::Looking,
            TrackState::Recognised => Self::Recognised,
            // Whoever it is like, a picture of a face is a person's to decide.
            TrackState::Unsure | TrackState::Suspect => Self::Unsure,
            TrackState::Unknown => Self::Unknown,
        }
    }
}

/// A face in the newest frame that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveFace {
    /// Unique in the session, over all its cameras.
    #[ts(type = "number")]
    pub track: u64,
    /// Left, top, width and height as shares of the picture, 0 to 1.
    #[serde(rename = "box")]
    pub place: [f32; 4],
    pub state: LiveFaceState,
    /// The student, when recognised; never at a kiosk.
    pub student: Option<LiveCandidate>,
}

/// A camera of a session, or a photograph that was given to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveCamera {
    /// Its number in the session; a removed camera's is not given again.
    pub camera: u32,
    /// What kind of source it is.
    pub kind: LiveSource,
    pub status: CameraStatus,
    /// Which picture the boxes belong to; pictures count from 0.
    #[ts(type = "number")]
    pub sequence: u64,
    pub faces: Vec<LiveFace>,
    pub health: CameraHealth,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CameraProblem {
    NotFound,
    Busy,
    Refused,
    Unplugged,
    BadFormat,
    Unreachable,
}

/// What the camera is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
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

/// The kind of a source; addresses and paths are not told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LiveSource {
    Webcam,
    Network,
    Folder,
    /// A photograph of the class.
    Photograph,
}

/// What a session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LivePurpose {
    Register,
    Enrolment,
    Kiosk,
}

/// A student whom enough frames agree on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveProposal {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Mean likeness of the frames that agree, -1 to 1.
    pub score: f32,
    /// Their least lead over the second person.
    pub margin: f32,
    /// Frames that agree; of photographs: how many agree.
    pub frames: u32,
    pub first_seen: DateTime<Utc>,
    /// Minutes after the beginning of the school day, where that is late; none: present.
    pub minutes_late: Option<i32>,
    /// By what the student was recognised: a camera or a photograph.
    pub source: MarkSource,
}

/// Why a face is not proposed although somebody is like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnsureReason {
    /// It is near to somebody, but not clearly.
    NotClear,
    /// It looks like a photograph or a screen that is held up.
    LooksFlat,
    /// It has not moved like a head for a while, and the school asks for that.
    HasNotMoved,
}

/// A face that a person must decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnsureFace {
    #[ts(type = "number")]
    pub track: u64,
    pub reason: UnsureReason,
    /// The two best, the better first.
    pub candidates: Vec<LiveCandidate>,
}

/// A student whom the register has as present or late.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PresentStudent {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Present or late.
    pub meaning: AttendanceMeaning,
    /// By whom or what the register has it.
    pub source: MarkSource,
    /// Whether a face of this session is the student's.
    pub recognised: bool,
}

/// A student of the class who is neither present nor proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MissingStudent {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Whether the camera can know the student at all; false: nobody is enrolled or there is no consent.
    pub can_be_recognised: bool,
    /// What the register says already: absent or excused; none while it says nothing.
    pub meaning: Option<AttendanceMeaning>,
    /// A person said in this register that the face was not this student's: it is not proposed again.
    pub rejected: bool,
}

/// A face like nobody's that was seen again and again. [`super::unknown_faces`] has its picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnknownFace {
    /// Its number in the session.
    pub face: u32,
    /// How often it was seen, at most once a second.
    pub sightings: u32,
    /// Pictures of it that can be enrolled from, 0 to 5; three are needed.
    pub pictures: u32,
}

/// A live session as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveState {
    pub session: Uuid,
    pub purpose: LivePurpose,
    /// The register that is taken; none while a student is enrolled and at a kiosk.
    pub class: Option<ClassId>,
    pub date: Option<NaiveDate>,
    pub lesson: i32,
    /// Cameras and photographs by their number.
    pub cameras: Vec<LiveCamera>,
    /// In the register as present or late, by name.
    pub present: Vec<PresentStudent>,
    /// Recognised and not yet in the register, the first seen first.
    pub proposed: Vec<LiveProposal>,
    pub unsure: Vec<UnsureFace>,
    /// How many different faces are like nobody of the class.
    pub unknown: u32,
    /// Those of them that came back often enough to be enrolled.
    pub unknown_faces: Vec<UnknownFace>,
    /// Neither present nor proposed, by name.
    pub missing: Vec<MissingStudent>,
    /// People who can be recognised.
    pub enrolled: u32,
    /// What to mend before a picture can be taken for enrolment; empty: take it now. Only while enrolling.
    pub guidance: Vec<PhotographFault>,
    /// How far the head of the only face is turned while enrolling, in degrees towards the person's own left.
    pub turn: Option<f32>,
    /// What went wrong while a picture was looked at; none where all is well.
    pub problem: Option<crate::Error>,
    /// What the screen at the door shows; only at a kiosk, where all lists above are empty.
    pub kiosk: Option<KioskState>,
    /// The model that recognises, name and version.
    pub model: String,
}
