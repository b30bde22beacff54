//! Sessions: tokens kept as hashes, new at every sign-in, with an idle and an absolute limit, listed and revocable.

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Transaction;
use store::entities::{grants, user_sessions, users};
use store::ids::{SchoolId, UserId, UserSessionId};
use words::refusals;

use super::ended::why_ended;
use super::users::reachable_user;
use crate::context::locked;
use crate::people::Named;
use crate::schools::{not_deleted, school_heads};
use crate::{Actor, Call, Context, Error, ErrorCode, Result, Role};

/// A session ends after this long without a call.
pub const IDLE: Duration = Duration::hours(12);
/// A session ends after this long in any case.
pub const ABSOLUTE: Duration = Duration::days(7);
/// The last use is written at most this often.
const TOUCH: Duration = Duration::minutes(1);

/// A session's secret: 256 random bits. It lives in the shell's memory only.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A new token from the system's random source.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        kernel::random(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Opens a session for a user; the row goes into the running transaction.
pub(super) async fn open(
    context: &Context,
    tx: &mut Transaction<'_>,
    user: UserId,
) -> Result<(Token, user_sessions::Model)> {
    let token = Token::random()?;
    let now = context.now();
    let session = user_sessions::Model {
        id: UserSessionId::new(),
        user_id: user,
        token_hash: token.hash(),
        device: context.device.name.clone(),
        address: context.device.address.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + ABSOLUTE,
        revoked_at: None,
        confirmed_at: Some(now),
        locked_at: None,
        version: 1,
    };
    let session = tx.insert::<user_sessions::Entity>(session).await?;
    Ok((token, session))
}

fn expired() -> Error {
    Error::new(ErrorCode::SessionExpired, refusals::accounts::session_ended()).help(refusals::accounts::sign_in_again())
}

/// Finds who a token belongs to and returns the context in which that person acts.
///
/// # Errors
/// [`ErrorCode::Locked`] where the screen is locked: then only [`resume_even_locked`] helps.
pub async fn resume(context: &Context, token: &Token) -> Result<Context> {
    let context = resume_even_locked(context, token).await?;
    if context.actor()?.locked { Err(locked()) } else { Ok(context) }
}

/// The same where the screen may be locked; while it is, the context may unlock and sign out and nothing else.
pub async fn resume_even_locked(context: &Context, token: &Token) -> Result<Context> {
    let session = user_sessions::Entity::find()
        .filter(user_sessions::Column::TokenHash.eq(token.hash()))
        .one(context.store().reader())
        .await?
        .ok_or_else(expired)?;
    if context.now() - session.last_seen_at >= IDLE {
        return Err(expired());
    }
    let actor = used(context, &session).await?;
    Ok(Context { actor: Some(actor.into()), ..context.clone() })
}

/// The context of a session that this program found by its number: only for the kiosk, which holds whoever acts in it.
/// Idleness does not end it, as nobody operates a kiosk.
///
/// # Errors
/// [`ErrorCode::SessionExpired`] where it was revoked or is too old, or the user is gone.
pub async fn at_session(context: &Context, id: UserSessionId) -> Result<Context> {
    let session = user_sessions::Entity::find_by_id(id).one(context.store().reader()).await?.ok_or_else(expired)?;
    let actor = used(context, &session).await?;
    Ok(Context { actor: Some(actor.into()), ..context.clone() })
}

/// Who is signed in under this context's session now, with the roles of now. `in_use` keeps the session from ending by
/// idleness, as while a kiosk runs that nobody operates.
///
/// # Errors
/// [`ErrorCode::SessionExpired`] where it was revoked, is too old or idle, or the user is gone.
pub async fn still_signed_in(context: &Context, in_use: bool) -> Result<Actor> {
    let session = user_sessions::Entity::find_by_id(context.actor()?.session).one(context.store().reader()).await?;
    let session = session.ok_or_else(expired)?;
    if in_use { used(context, &session).await } else { open_for(context, &session).await }
}

/// Notes that a session is used, if it may be, and says by whom.
async fn used(context: &Context, session: &user_sessions::Model) -> Result<Actor> {
    let actor = by_whom(context, session).await?;
    let now = context.now();
    if (now - session.last_seen_at).abs() >= TOUCH {
        // What a clock wrote that was ahead is brought back: no session lasts longer than its limits from now.
        let ends = session.expires_at.min(now + ABSOLUTE);
        let touch = "UPDATE user_sessions SET last_seen_at = $1, expires_at = $2 WHERE id = $3";
        let tx = context.store().begin().await?;
        let values = [now.into(), ends.into(), session.id.into()];
        tx.unaudited().execute_raw(tx.statement(touch, values)).await?;
        tx.commit().await?;
    }
    Ok(actor)
}

/// Whose session it is, where it has not been idle for too long either.
async fn open_for(context: &Context, session: &user_sessions::Model) -> Result<Actor> {
    if context.now() - session.last_seen_at >= IDLE {
        return Err(expired());
    }
    by_whom(context, session).await
}

async fn by_whom(context: &Context, session: &user_sessions::Model) -> Result<Actor> {
    if session.revoked_at.is_some() || context.now() >= session.expires_at {
        return Err(expired());
    }
    actor(context, session).await?.ok_or_else(expired)
}

/// Loads what a user is; none when the user is gone or disabled, or the person whom the user is has left.
pub(super) async fn actor(context: &Context, session: &user_sessions::Model) -> Result<Option<Actor>> {
    let db = context.store().reader();
    let Some(user) = users::Entity::find_by_id(session.user_id).one(db).await? else { return Ok(None) };
    if why_ended(context, db, &user).await?.is_some() {
        return Ok(None);
    }
    let (at, roles) = roles_of(db, user.id).await?;
    Ok(Some(Actor {
        user: user.id,
        session: session.id,
        name: user.full_name(),
        username: user.username,
        staff: user.staff_id,
        student: user.student_id,
        must_change_password: user.must_change_password,
        language: user.language,
        confirmed_at: session.confirmed_at,
        locked: session.locked_at.is_some(),
        grants: at,
        roles,
    }))
}

/// The roles of a user by school, and those held anywhere.
pub(super) async fn roles_of(db: &impl ConnectionTrait, user: UserId) -> Result<(Vec<(SchoolId, Role)>, Vec<Role>)> {
    let held = grants::Entity::find().filter(grants::Column::UserId.eq(user)).all(db).await?;
    let schools = school_heads(db, not_deleted()).await?;
    let mut at: Vec<(SchoolId, Role)> = Vec::new();
    let mut roles = Vec::new();
    for grant in held {
        let role = grant.role;
        roles.push(role);
        let reached = schools.iter().filter(|school| match (grant.school_id, grant.district_id) {
            (Some(one), _) => school.id == one,
            (None, Some(district)) => school.district_id == district,
            (None, None) => role == Role::SuperAdministrator,
        });
        at.extend(reached.map(|school| (school.id, role)));
    }
    roles.sort();
    roles.dedup();
    Ok((at, roles))
}

/// One session, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserSessionRow {
    pub id: UserSessionId,
    pub device: String,
    pub address: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// The session in which this is asked.
    pub current: bool,
}

/// Input: a session.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevokeUserSession {
    pub id: UserSessionId,
}

/// Input: a user.
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfUser {
    pub user: UserId,
}

/// One's own open sessions, newest first.
pub(super) async fn my_sessions(call: &Call, _: super::Nothing) -> Result<Vec<UserSessionRow>> {
    list(call, call.actor()?.user).await
}

/// Another user's open sessions, newest first.
pub(super) async fn user_sessions(call: &Call, input: OfUser) -> Result<Vec<UserSessionRow>> {
    let access = call.access();
    let user = reachable_user(call, access, input.user).await?;
    list(call, user.id).await
}

async fn list(context: &Context, user: UserId) -> Result<Vec<UserSessionRow>> {
    let now = context.now();
    let current = context.actor()?.session;
    let open = user_sessions::Entity::find()
        .filter(user_sessions::Column::UserId.eq(user))
        .filter(user_sessions::Column::RevokedAt.is_null())
        .filter(user_sessions::Column::ExpiresAt.gt(now))
        .filter(user_sessions::Column::LastSeenAt.gt(now - IDLE))
        .order_by_desc(user_sessions::Column::CreatedAt)
        .all(context.store().reader())
        .await?;
    Ok(open
        .into_iter()
        .map(|session| UserSessionRow {
            current: session.id == current,
            id: session.id,
            device: session.device,
            address: session.address,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
        })
        .collect())
}

/// Ends one of one's own sessions.
pub(super) async fn revoke_session(call: &Call, input: RevokeUserSession) -> Result<()> {
    let session = find(call, input.id).await?;
    if session.user_id != call.actor()?.user {
        return Err(Error::forbidden());
    }
    call.transact(async |tx| end_sessions(call, tx, vec![session]).await).await?;
    Ok(())
}

/// Ends a session of another user.
pub(super) async fn revoke_user_session(call: &Call, input: RevokeUserSession) -> Result<()> {
    let access = call.access();
    let session = find(call, input.id).await?;
    reachable_user(call, access, session.user_id).await?;
    call.transact(async |tx| end_sessions(call, tx, vec![session]).await).await?;
    Ok(())
}

async fn find(context: &Context, id: UserSessionId) -> Result<user_sessions::Model> {
    user_sessions::Entity::find_by_id(id)
        .one(context.store().reader())
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::session()))
}

/// Marks sessions as revoked.
pub(super) async fn end_sessions(
    context: &Context,
    tx: &mut Transaction<'_>,
    sessions: Vec<user_sessions::Model>,
) -> Result<()> {
    for session in sessions {
        let after = user_sessions::Model { revoked_at: Some(context.now()), ..session.clone() };
        tx.update::<user_sessions::Entity>(&session, after).await?;
    }
    Ok(())
}
