//! An unknown face that came back: looking at it, and taking its pictures to enrol a student who agreed.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use words::refusals;

use super::registry::find_session;
use super::sessions::OfLiveSession;
use crate::{Call, Error, ErrorCode, Result, Upload};

/// Input of [`take_unknown_face`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfUnknownFace {
    pub session: Uuid,
    pub face: u32,
}

/// An unknown face of a session to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnknownPicture {
    pub face: u32,
    pub sightings: u32,
    /// Pictures of it that can be enrolled from; three are needed.
    pub pictures: u32,
    /// A JPEG of at most 96 × 96 pixels, base64; it is in memory only and goes with the session.
    pub jpeg: String,
}

/// The pictures of an unknown face, handed over like files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnknownUploads {
    /// 3 to 5, the best first, for `enrol_faces`.
    pub uploads: Vec<Uuid>,
}

/// The unknown faces that came back, each with its small picture, the most seen first.
pub(crate) async fn unknown_faces(call: &Call, input: OfLiveSession) -> Result<Vec<UnknownPicture>> {
    let session = find_session(call, input.session)?;
    let mind = session.mind();
    let shown = |face: super::UnknownFace| UnknownPicture {
        face: face.face,
        sightings: face.sightings,
        pictures: face.pictures,
        jpeg: mind.strangers.small(face.face).map(|jpeg| STANDARD.encode(jpeg)).unwrap_or_default(),
    };
    Ok(mind.strangers.often().into_iter().map(shown).collect())
}

/// Takes the best pictures of an unknown face as files, so that a student who agreed can be enrolled from them.
pub(crate) async fn take_unknown_face(call: &Call, input: OfUnknownFace) -> Result<UnknownUploads> {
    let session = find_session(call, input.session)?;
    let pictures =
        session.mind().strangers.pictures(input.face).ok_or_else(|| Error::not_found(refusals::gone::face()))?;
    if pictures.len() < 3 {
        let message = refusals::attendance::too_few_good_pictures(pictures.len());
        return Err(
            Error::new(ErrorCode::PoorPhotograph, message).help(refusals::attendance::wait_for_better_pictures())
        );
    }
    let owner = Some(call.actor()?.user);
    let keep = |jpeg: Vec<u8>| {
        call.services.keep_upload(Upload { file_name: "camera.jpg".into(), bytes: Arc::new(jpeg), owner })
    };
    Ok(UnknownUploads { uploads: pictures.into_iter().map(keep).collect() })
}
