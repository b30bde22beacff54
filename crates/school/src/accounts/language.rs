//! The language in which a person reads the screen.

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::users;
use words::{Language, refusals};

use crate::{Call, Error, Result};

/// Input of [`set_language`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SetLanguage {
    /// A BCP 47 tag of the catalogue; none: that of the computer.
    pub language: Option<String>,
}

/// Chooses one's own language. It holds on every computer.
pub(super) async fn set_language(call: &Call, input: SetLanguage) -> Result<()> {
    let unknown = || Error::field("language", "unknown", refusals::common::unknown_language());
    let chosen = input.language.as_deref().map(|tag| Language::find(tag).ok_or_else(unknown)).transpose()?;
    let language = chosen.map(|language| language.code().to_owned());
    let user = call.actor()?.user;
    call.transact(async |tx| {
        let found = users::Entity::find_by_id(user).one(tx.reader()).await?;
        let before = found.ok_or_else(|| Error::not_found(refusals::gone::user()))?;
        if before.language != language {
            tx.update::<users::Entity>(&before, users::Model { language, ..before.clone() }).await?;
        }
        Ok(())
    })
    .await?;
    Ok(())
}
