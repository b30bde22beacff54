//! In whose name work is done that was asked for earlier: with the roles of now, not of then.

use sea_orm::EntityTrait;
use store::entities::users;
use store::ids::{UserId, UserSessionId};

use super::ended::why_ended;
use super::sessions::roles_of;
use crate::people::Named;
use crate::{Actor, Context, Error, Result};

/// The context of this user, as of the session in which the work was asked for; whether that has ended since is no matter.
///
/// # Errors
/// [`kernel::ErrorCode::Forbidden`] where the user is gone, disabled, or the person whom the user is has left.
pub async fn acting(context: &Context, user: UserId, session: UserSessionId) -> Result<Context> {
    let db = context.store().reader();
    let user = users::Entity::find_by_id(user).one(db).await?.ok_or_else(Error::forbidden)?;
    if why_ended(context, db, &user).await?.is_some() {
        return Err(Error::forbidden());
    }
    let (grants, roles) = roles_of(db, user.id).await?;
    let actor = Actor {
        user: user.id,
        session,
        name: user.full_name(),
        username: user.username,
        staff: user.staff_id,
        student: user.student_id,
        must_change_password: user.must_change_password,
        language: user.language,
        confirmed_at: None,
        locked: false,
        grants,
        roles,
    };
    Ok(Context { actor: Some(actor.into()), ..context.clone() })
}
