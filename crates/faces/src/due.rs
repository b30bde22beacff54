//! The daily deletion of what is due, as work that survives the program: one job a school and day.

use futures_util::future::BoxFuture;
use sea_orm::Condition;
use serde::Deserialize;
use serde_json::json;
use store::Transaction;
use store::ids::SchoolId;

use super::PurgedFaces;
use super::retention::purge_schools;
use super::vault::scrub_copies;
use jobs::{Kind, Load, Wish, put_in};

use crate::schools::school_heads;
use crate::{Context, Result, look_at_clock};

#[derive(Deserialize)]
struct DueIn {
    school: SchoolId,
}

/// Deletes what is due in a school. A clock that is not believed, or a key that cannot be reached, is tried again for a
/// day; then the next day's job comes.
pub fn purge_kind() -> Kind {
    Kind {
        name: "purge_faces",
        load: Load::Light,
        ends_with_its_write: true,
        attempts: 30,
        work: |context, input| {
            Box::pin(async move {
                let DueIn { school } = serde_json::from_value(input)?;
                Ok(Some(serde_json::to_value(purge_school_due(&context, school).await?)?))
            })
        },
    }
}

/// Puts in the deletion of today in each school; whether any was. At the start of a program also again where it was done
/// today: the database may be an older copy that was put back.
pub fn put_in_purges<'c>(context: &'c Context, tx: &'c Transaction<'c>, at_start: bool) -> BoxFuture<'c, Result<bool>> {
    Box::pin(async move {
        let mut any = false;
        for school in school_heads(tx.reader(), Condition::all()).await? {
            let key = format!("purge:{}:{}", school.id, context.now().date_naive());
            let wish = Wish { school: Some(school.id), once_key: Some(key.clone()), ..Wish::default() };
            let new = put_in(context, tx, &purge_kind(), json!({ "school": school.id }), wish).await?;
            any |= new.is_some() || (at_start && tx.repeat_job(&key, context.now()).await?);
        }
        Ok(any)
    })
}

async fn purge_school_due(context: &Context, school: SchoolId) -> Result<PurgedFaces> {
    if let Some(doubt) = look_at_clock(&context.services).await? {
        return Err(doubt.error());
    }
    let purged = purge_schools(context, vec![school]).await?;
    // Copies that could not be cleaned when something was deleted.
    let copies = scrub_copies(context).await;
    Ok(PurgedFaces { scrubbed: purged.scrubbed && copies, ..purged })
}
