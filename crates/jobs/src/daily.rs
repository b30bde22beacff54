//! What is done once a day about jobs themselves.

use chrono::Duration;
use futures_util::future::BoxFuture;
use serde_json::json;
use store::Transaction;

use super::enqueue::{Wish, put_in};
use super::files;
use super::kinds::{Kind, Load};
use crate::{Context, Result, look_at_clock};

/// Jobs that are over are kept so long.
const KEPT: Duration = Duration::days(30);

/// Puts in what is due today about jobs and their files; whether anything was.
pub fn own_daily<'c>(context: &'c Context, tx: &'c Transaction<'c>, _at_start: bool) -> BoxFuture<'c, Result<bool>> {
    Box::pin(async move {
        let key = format!("forget:{}", context.now().date_naive());
        let wish = Wish { once_key: Some(key), ..Wish::default() };
        let forgets = put_in(context, tx, &forget(), json!({}), wish).await?.is_some();
        Ok(files::put_in_sweep(context, tx).await? || forgets)
    })
}

/// Removes the rows of jobs that were over long ago.
pub(crate) fn forget() -> Kind {
    Kind {
        name: "forget_jobs",
        load: Load::Light,
        ends_with_its_write: false,
        attempts: 5,
        work: |context, _| {
            Box::pin(async move {
                // A clock that is wrong makes nothing old.
                if let Some(doubt) = look_at_clock(&context.services).await? {
                    return Err(doubt.error());
                }
                context.store().forget_jobs(context.now() - KEPT).await?;
                Ok(None)
            })
        },
    }
}
