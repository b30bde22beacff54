//! A user never outlives the person: whoever is deleted, has left or is disabled is nobody any more, from that moment.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Value};
use serde_json::Value as Json;
use store::entities::{SoftDeleted, grants, staff, students, users};
use store::ids::{SchoolId, StaffId, StudentId, UserId};
use store::{Change, Transaction};
use uuid::Uuid;
use words::refusals;

use crate::people::StudentStatus;
use crate::people::bulk::placeholders;
use crate::schools::school_day;
use crate::{Context, Error, ErrorCode, Result, Role};

/// The most users that are looked at in one statement.
const AT_ONCE: usize = 500;

/// Why a user is nobody any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Disabled,
    /// The member of staff or the student who the user was is deleted or has left.
    Left,
}

impl Ended {
    /// What the sign-in says to whoever knows the password.
    pub fn error(self) -> Error {
        let (reason, message) = match self {
            Self::Disabled => ("disabled", refusals::accounts::account_disabled()),
            Self::Left => ("left", refusals::accounts::account_left()),
        };
        Error::new(ErrorCode::AccountEnded, message)
            .help(refusals::accounts::ask_for_access())
            .details(serde_json::json!({ "reason": reason }))
    }
}

/// Which of these users are nobody any more. Who is both a student and a member of staff stays as long as one of them
/// stays; who is neither ends by being disabled only.
pub(super) async fn ended(
    context: &Context,
    db: &impl ConnectionTrait,
    of: &[users::Model],
) -> Result<Vec<(UserId, Ended)>> {
    let mut there: HashSet<Uuid> = HashSet::new();
    for some in of.chunks(AT_ONCE) {
        let staff_ids: Vec<StaffId> = some.iter().filter_map(|user| user.staff_id).collect();
        if !staff_ids.is_empty() {
            let found =
                staff::Entity::find().filter(staff::Column::Id.is_in(staff_ids)).filter(staff::Entity::existing());
            for row in found.all(db).await? {
                if row.last_day.is_none() || !is_over(context, db, row.school_id, row.last_day).await? {
                    there.insert(row.id.0);
                }
            }
        }
        let student_ids: Vec<StudentId> = some.iter().filter_map(|user| user.student_id).collect();
        if !student_ids.is_empty() {
            let found = students::Entity::find()
                .filter(students::Column::Id.is_in(student_ids))
                .filter(students::Entity::existing());
            for row in found.all(db).await? {
                if row.status == StudentStatus::Active || !is_over(context, db, row.school_id, row.last_day).await? {
                    there.insert(row.id.0);
                }
            }
        }
    }
    Ok(of
        .iter()
        .filter_map(|user| {
            let people = [user.staff_id.map(|id| id.0), user.student_id.map(|id| id.0)];
            let mut people = people.into_iter().flatten().peekable();
            let left = people.peek().is_some() && !people.any(|person| there.contains(&person));
            match (user.disabled_at.is_some(), left) {
                (true, _) => Some((user.id, Ended::Disabled)),
                (false, true) => Some((user.id, Ended::Left)),
                (false, false) => None,
            }
        })
        .collect())
}

/// Whether the last day at a school of somebody who leaves has passed there; one that nobody knows has.
async fn is_over(
    context: &Context,
    db: &impl ConnectionTrait,
    school: SchoolId,
    last_day: Option<NaiveDate>,
) -> Result<bool> {
    match last_day {
        Some(last) => Ok(last < school_day(context, db, school).await?),
        None => Ok(true),
    }
}

/// Why this user is nobody any more; none: may sign in.
pub(super) async fn why_ended(
    context: &Context,
    db: &impl ConnectionTrait,
    user: &users::Model,
) -> Result<Option<Ended>> {
    Ok(ended(context, db, std::slice::from_ref(user)).await?.pop().map(|(_, why)| why))
}

/// Ends every session of the users whose person ended in this transaction, in whatever way: a deletion, an import, an undo.
/// Not part of what was changed, so that taking it back opens no session again.
///
/// # Errors
/// Where somebody would end the own access or that of a leader above, so that nobody is locked out by mistake; and where
/// somebody would give a leader above the access back who had lost it.
pub async fn end_with_people(context: &Context, tx: &Transaction<'_>) -> Result<()> {
    let ended_now = users_of(tx, ends).await?;
    let ended: Vec<UserId> = ended(context, tx.reader(), &ended_now).await?.into_iter().map(|(user, _)| user).collect();
    let back: Vec<UserId> = users_of(tx, comes_back).await?.into_iter().map(|user| user.id).collect();
    if !back.is_empty() && stands_above(context, tx, &back).await? {
        return Err(Error::new(ErrorCode::Forbidden, refusals::accounts::gives_back_above())
            .help(refusals::accounts::ask_administrator_to_do_it()));
    }
    if ended.is_empty() {
        return Ok(());
    }
    may_end(context, tx, &ended).await?;
    revoke(tx, &ended, context.now()).await
}

/// The users behind the people whose rows changed so in this transaction.
async fn users_of(tx: &Transaction<'_>, so: impl Fn(&Change) -> bool) -> Result<Vec<users::Model>> {
    let rows = |table: &str| -> Vec<Uuid> {
        tx.changes().iter().filter(|change| change.table == table && so(change)).map(|change| change.row).collect()
    };
    let columns = [
        (users::Column::StaffId, rows("staff")),
        (users::Column::StudentId, rows("students")),
        (users::Column::Id, rows("users")),
    ];
    let mut found: Vec<users::Model> = Vec::new();
    for (column, ids) in columns {
        for some in ids.chunks(AT_ONCE) {
            let of = Condition::all().add(column.is_in(some.iter().copied()));
            found.extend(users::Entity::find().filter(of).all(tx.reader()).await?);
        }
    }
    Ok(found)
}

/// Whether a change says that somebody is gone: deleted, left, disabled.
fn ends(change: &Change) -> bool {
    let Some(Json::Object(after)) = &change.after else { return true };
    let set = |field: &str| after.get(field).is_some_and(|value| !value.is_null());
    set("deleted_at") || set("disabled_at") || set("last_day")
}

/// Whether a change says that somebody who was gone is there again.
fn comes_back(change: &Change) -> bool {
    let (Some(Json::Object(before)), Some(Json::Object(after))) = (&change.before, &change.after) else { return false };
    let set = |field: &str| before.get(field).is_some_and(|value| !value.is_null());
    ["deleted_at", "disabled_at"].into_iter().any(|field| set(field) && after.get(field).is_some_and(Json::is_null))
        || (set("last_day") && after.contains_key("last_day"))
}

/// Nobody ends the own access.
pub fn own_access() -> Error {
    Error::new(ErrorCode::OwnAccess, refusals::accounts::ends_own_access())
        .help(refusals::accounts::ask_other_administrator())
}

/// Nobody ends the own access, nor that of somebody who leads above them.
async fn may_end(context: &Context, tx: &Transaction<'_>, ended: &[UserId]) -> Result<()> {
    let Some(actor) = context.actor.as_deref() else { return Ok(()) };
    if ended.contains(&actor.user) {
        return Err(own_access());
    }
    if stands_above(context, tx, ended).await? {
        return Err(Error::new(ErrorCode::Forbidden, refusals::accounts::ends_above())
            .help(refusals::accounts::ask_administrator_to_do_it()));
    }
    Ok(())
}

/// Whether one of these users leads, in a higher role than the person's highest.
async fn stands_above(context: &Context, tx: &Transaction<'_>, of: &[UserId]) -> Result<bool> {
    let Some(actor) = context.actor.as_deref() else { return Ok(false) };
    let highest = actor.roles.iter().min().copied();
    for some in of.chunks(AT_ONCE) {
        let held = grants::Entity::find().filter(grants::Column::UserId.is_in(some.iter().copied()));
        for grant in held.all(tx.reader()).await? {
            let role = grant.role;
            if role <= Role::Principal && highest.is_none_or(|own| role < own) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

async fn revoke(tx: &Transaction<'_>, ended: &[UserId], now: DateTime<Utc>) -> Result<()> {
    for some in ended.chunks(AT_ONCE) {
        let list = placeholders(2, some.len());
        let sql = format!("UPDATE user_sessions SET revoked_at = $1 WHERE revoked_at IS NULL AND user_id IN ({list})");
        let values = std::iter::once(Value::from(now)).chain(some.iter().map(|user| Value::from(*user)));
        tx.unaudited().execute_raw(tx.statement(&sql, values)).await?;
    }
    Ok(())
}
