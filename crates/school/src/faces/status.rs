//! Whether faces can be recognised here and now: the school's switch, the models, the key.

use sea_orm::EntityTrait;
use serde::Serialize;
use store::entities::face_templates;

use super::engine::blocking;
use super::{KeyStatus, ModelStatus, key_status, model_status};
use crate::schools::{OfSchool, load_settings};
use crate::{Context, Operation, Result, Services};

/// What the screens show before a camera is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct FaceStatus {
    /// Whether the school has turned face recognition on.
    pub on: bool,
    /// The wording to which guardians agree, and its version.
    pub policy: String,
    pub policy_version: String,
    pub models: ModelStatus,
    pub key: KeyStatus,
}

/// The state of face recognition in a school on this computer.
pub async fn face_status(context: &Context, input: OfSchool) -> Result<FaceStatus> {
    let access = context.permit(Operation::face_status)?;
    access.at(input.school)?;
    let settings = load_settings(context.store().reader(), input.school).await?;
    let services = context.services.clone();
    let (models, key) = blocking(move || Ok((model_status(&services), key_status(&services)))).await?;
    Ok(FaceStatus {
        on: settings.face_recognition,
        policy: settings.face_policy,
        policy_version: settings.face_policy_version,
        models,
        key,
    })
}

/// Whether any template rests in the database, so that a missing key is a loss and not merely not made yet.
pub async fn anything_enrolled(services: &Services) -> Result<bool> {
    Ok(face_templates::Entity::find().one(services.store.reader()).await?.is_some())
}
