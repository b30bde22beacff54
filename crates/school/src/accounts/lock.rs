//! A screen that is left alone: locked, it does nothing in the name of whoever is signed in until the password is given.
//! What runs goes on: cameras, kiosk, jobs.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use store::ids::UserSessionId;
use words::refusals;

use super::Nothing;
use super::tries::is_own_password;
use crate::{Call, Context, Error, ErrorCode, Result};

/// The password of whoever is signed in.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
pub struct GivePassword {
    pub password: String,
}

/// Locks the screen of this sign-in.
pub(super) async fn lock_screen(call: &Call, _: Nothing) -> Result<()> {
    set_locked(call, call.actor()?.session, true).await
}

/// Unlocks the screen of this sign-in. Wrong passwords are slowed down like those of a sign-in.
pub(super) async fn unlock(call: &Call, input: GivePassword) -> Result<()> {
    need_own_password(call, &input).await?;
    set_locked(call, call.actor()?.session, false).await
}

/// Gives the password once more: for [`crate::CONFIRMED_FOR`] nothing asks for it.
pub(super) async fn confirm_password(call: &Call, input: GivePassword) -> Result<()> {
    need_own_password(call, &input).await
}

async fn need_own_password(context: &Context, input: &GivePassword) -> Result<()> {
    match is_own_password(context, &input.password).await? {
        true => Ok(()),
        false => Err(Error {
            code: ErrorCode::WrongPassword,
            ..Error::field("password", "wrong", refusals::accounts::not_your_password())
        }),
    }
}

async fn set_locked(context: &Context, session: UserSessionId, locked: bool) -> Result<()> {
    let tx = context.store().begin().await?;
    let since = locked.then(|| context.now());
    let set = "UPDATE user_sessions SET locked_at = $1 WHERE id = $2";
    tx.unaudited().execute_raw(tx.statement(set, [since.into(), session.into()])).await?;
    Ok(tx.commit().await.map(|_| ())?)
}
