//! Pictures that a desk pushes: what its cameras see and do. Only the newest is kept, and only until it was looked at.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use words::refusals;

use super::registry::find_session;
use super::sessions::OfCamera;
use super::state::CameraStatus;
use crate::{Call, Error, Result, blocking};

/// A picture on its way to be looked at.
pub(super) struct Pushed {
    pub sequence: u64,
    /// When it was taken, on the camera's own clock.
    pub seconds: f64,
    /// As the camera gave it, or as JPEG.
    pub bytes: Arc<Vec<u8>>,
}

/// Input of [`push_frame`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PushFrame {
    pub session: Uuid,
    pub camera: u32,
    /// Counts the pictures of the camera from 0, also those that were not pushed.
    #[ts(type = "number")]
    pub sequence: u64,
    /// When it was taken, on the camera's own clock.
    pub seconds: f64,
    /// The picture, handed over as a file.
    pub upload: Uuid,
}

/// Input of [`tell_camera`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TellCamera {
    pub session: Uuid,
    pub camera: u32,
    pub status: CameraStatus,
}

/// A picture to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LivePicture {
    /// A JPEG of at most 640 × 480 pixels, base64; none before the first.
    pub jpeg: Option<String>,
}

/// Takes the newest picture of a camera.
pub(crate) async fn push_frame(call: &Call, input: PushFrame) -> Result<()> {
    let PushFrame { session, camera, sequence, seconds, upload } = input;
    let bytes = call.services.upload(upload, call.actor()?.user)?.bytes;
    call.services.forget_upload(upload);
    let session = find_session(call, session)?;
    if session.is_over() {
        return Err(Error::not_found(refusals::gone::camera_session()));
    }
    session.feed(camera)?.put(Pushed { sequence, seconds, bytes });
    Ok(())
}

/// Takes what a camera is doing that gives no picture now.
pub(crate) async fn tell_camera(call: &Call, input: TellCamera) -> Result<()> {
    find_session(call, input.session)?.feed(input.camera)?.tell(input.status);
    Ok(())
}

/// The newest picture that came, to be shown: of a photograph, which no desk has.
pub(crate) async fn live_picture(call: &Call, input: OfCamera) -> Result<LivePicture> {
    let newest = find_session(call, input.session)?.feed(input.camera)?.pictures.borrow().clone();
    let jpeg = match newest {
        Some(shown) => Some(STANDARD.encode(blocking(move || shown.jpeg()).await?)),
        None => None,
    };
    Ok(LivePicture { jpeg })
}
