//! Tries to give a password. Each is written down as a wrong one before it is looked at, so that many at once count as
//! many; wrong ones slow down further tries for the same account from the same device. Nobody else waits: neither other
//! accounts there nor the same account elsewhere, so that nobody can lock out somebody else.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::Transaction;
use store::entities::{sign_in_attempts, users};
use store::ids::AttemptId;
use words::refusals;

use super::passwords::verify;
use crate::{Context, Error, ErrorCode, Result};

/// Failures after which waiting begins, and how far back they count.
const FREE_FAILURES: u32 = 5;
const WINDOW: Duration = Duration::minutes(15);
/// As long as anybody waits at most from now.
const LONGEST_WAIT: Duration = Duration::seconds(60);
/// With so many failures the wait is the longest.
const COUNTED: u64 = 20;
/// The longest user name that is written down, in characters.
const LONGEST_NAME: usize = 200;

/// Writes down that a password is tried for an account.
///
/// # Errors
/// [`ErrorCode::SlowDown`] where it is too early for another try; `details.seconds` says for how long.
pub(super) async fn begin(context: &Context, username_folded: &str) -> Result<AttemptId> {
    let now = context.now();
    let name: String = username_folded.chars().take(LONGEST_NAME).collect();
    let device = context.device.name.as_str();
    let mut tx = context.store().begin().await?;
    tx.alone(&format!("password {device} {name}")).await?;
    // What lies ahead was written while the clock was wrong: it counts as of now, and so for no longer than any other.
    let ahead = "UPDATE sign_in_attempts SET at = $1 WHERE username_folded = $2 AND device = $3 AND at > $1";
    tx.unaudited().execute_raw(tx.statement(ahead, [now.into(), name.as_str().into(), device.into()])).await?;
    let newest_first = sign_in_attempts::Entity::find()
        .filter(sign_in_attempts::Column::UsernameFolded.eq(name.as_str()))
        .filter(sign_in_attempts::Column::Device.eq(device))
        .filter(sign_in_attempts::Column::At.gt(now - WINDOW))
        .order_by_desc(sign_in_attempts::Column::At)
        .order_by_desc(sign_in_attempts::Column::Id)
        .limit(COUNTED)
        .all(tx.reader())
        .await?;
    if let Some(until) = wait_until(&newest_first).filter(|until| *until > now) {
        // What was dated anew stays so.
        tx.commit().await?;
        return Err(slow_down((until - now).num_seconds() + 1));
    }
    let attempt = sign_in_attempts::Model {
        id: AttemptId::new(),
        username_folded: name,
        device: device.to_owned(),
        at: now,
        succeeded: false,
        version: 1,
    };
    let attempt = tx.insert::<sign_in_attempts::Entity>(attempt).await?;
    tx.commit().await?;
    Ok(attempt.id)
}

/// Notes that the password of this try was right.
pub(super) async fn succeeded(tx: &Transaction<'_>, attempt: AttemptId) -> Result<()> {
    let right = "UPDATE sign_in_attempts SET succeeded = $1 WHERE id = $2";
    tx.unaudited().execute_raw(tx.statement(right, [true.into(), attempt.into()])).await?;
    Ok(())
}

/// Whether this is the password of whoever is signed in; where it is, it counts as given from now on. Wrong ones are
/// slowed down as at the sign-in.
pub async fn is_own_password(context: &Context, password: &str) -> Result<bool> {
    let actor = context.actor()?;
    let user = users::Entity::find_by_id(actor.user).one(context.store().reader()).await?;
    let user = user.ok_or_else(|| Error::not_found(refusals::gone::user()))?;
    let attempt = begin(context, &user.username_folded).await?;
    let (fits, _) = verify(password, user.password_hash.as_deref()).await?;
    if fits {
        let tx = context.store().begin().await?;
        succeeded(&tx, attempt).await?;
        let given = "UPDATE user_sessions SET confirmed_at = $1 WHERE id = $2";
        tx.unaudited().execute_raw(tx.statement(given, [context.now().into(), actor.session.into()])).await?;
        tx.commit().await?;
    }
    Ok(fits)
}

fn slow_down(seconds: i64) -> Error {
    Error::new(ErrorCode::SlowDown, refusals::accounts::slow_down(seconds))
        .details(serde_json::json!({ "seconds": seconds }))
}

/// The wait doubles with each failure beyond the free ones since the last right password: 2 s, 4 s, 8 s … up to a minute
/// after the newest.
fn wait_until(newest_first: &[sign_in_attempts::Model]) -> Option<DateTime<Utc>> {
    let failures = newest_first.iter().take_while(|attempt| !attempt.succeeded).count();
    let beyond = u32::try_from(failures).unwrap_or(u32::MAX).checked_sub(FREE_FAILURES)?;
    let wait = Duration::seconds(2_i64.saturating_pow(beyond.saturating_add(1).min(20))).min(LONGEST_WAIT);
    newest_first.first().map(|newest| newest.at + wait)
}
