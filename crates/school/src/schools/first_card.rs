//! That a first report card was made is noted, since nothing else tells of it.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use store::entities::settings;
use store::ids::{SchoolId, SettingId};

use crate::{Call, ErrorCode, Result};

/// Under this name it is noted that a card was made.
pub const FIRST_CARD: &str = "first_card";

/// Notes that a report card was made, the first time.
pub async fn note_first_card(call: &Call, school: SchoolId) -> Result<()> {
    let noted = settings::Entity::find()
        .filter(settings::Column::SchoolId.eq(school))
        .filter(settings::Column::Name.eq(FIRST_CARD))
        .count(call.store().reader())
        .await?;
    if noted > 0 {
        return Ok(());
    }
    let row = settings::Model {
        id: SettingId::new(),
        school_id: school,
        name: FIRST_CARD.to_owned(),
        value: json!({ "made": call.now() }),
        version: 1,
    };
    let done = call.transact(async |tx| Ok(tx.insert::<settings::Entity>(row).await?));
    match done.await {
        // Somebody else's card was the first.
        Err(error) if error.code == ErrorCode::Duplicate => Ok(()),
        other => other.map(|_| ()),
    }
}
