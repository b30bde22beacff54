//! Users and their roles.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{districts, grants, sign_in_attempts, staff, students, user_sessions, users};
use store::fold;
use store::ids::{DistrictId, GrantId, SchoolId, StaffId, StudentId, UserId};
use words::refusals;

use super::ended::{Ended, ended};
use super::of_staff::no_account_yet;
use super::passwords;
use super::sessions::end_sessions;
use crate::error::Invalid;
use crate::schools::{SchoolHead, find_school, school_heads};
use crate::{Access, Call, Context, Error, ErrorCode, Result, Role, Save};

/// A role and where it is held; neither school nor district: everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleAt {
    pub role: Role,
    pub school: Option<SchoolId>,
    pub district: Option<DistrictId>,
}

/// A user, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    pub id: UserId,
    pub username: String,
    pub given_name: String,
    pub family_name: String,
    pub roles: Vec<RoleAt>,
    pub staff: Option<StaffId>,
    pub student: Option<StudentId>,
    pub disabled: bool,
    /// Whether the member of staff or the student who the user is was deleted or has left; then nobody signs in with it.
    pub left: bool,
    pub can_sign_in: bool,
    pub last_sign_in: Option<DateTime<Utc>>,
    pub version: i32,
}

/// Input of [`list_users`].
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListUsers {
    pub school: SchoolId,
}

/// Input of [`save_user`]: a new user without `id`, else a change of the version that was seen.
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveUser {
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<UserId>,
    pub username: String,
    pub given_name: String,
    pub family_name: String,
    pub roles: Vec<RoleAt>,
    pub staff: Option<StaffId>,
    pub student: Option<StudentId>,
    pub disabled: bool,
    /// For a new user: the first password, which must be changed at the first sign-in.
    pub password: Option<String>,
}

pub(super) fn check_username(invalid: &mut Invalid, field: &str, username: &str) -> String {
    let username = invalid.text(field, username, 100);
    if username.chars().any(char::is_whitespace) {
        invalid.push(field, "spaces", refusals::accounts::username_with_spaces());
    }
    username
}

/// Loads a user whom the person may manage: one of a school within reach, and nobody of a higher role than their own.
pub(super) async fn reachable_user(context: &Context, access: &Access, id: UserId) -> Result<users::Model> {
    let db = context.store().reader();
    let user = users::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found(refusals::gone::user()))?;
    let held = roles_of(db, id).await?;
    for grant in &held {
        let role = grant.role;
        let at = RoleAt { role, school: grant.school_id, district: grant.district_id };
        may_give(context, access, &at).await?;
    }
    let anywhere = context.actor()?.roles.contains(&Role::SuperAdministrator);
    if held.is_empty() && !anywhere && user.school_id.is_none_or(|school| access.whole_school(school).is_err()) {
        return Err(Error::forbidden());
    }
    Ok(user)
}

/// Asks for these users and roles what saving a user asks: nobody manages who stands above them. A user who is not there
/// any more is in nobody's way.
pub async fn permit_roles(context: &Context, access: &Access, touched: &[UserId], roles: &[RoleAt]) -> Result<()> {
    for role in roles {
        may_give(context, access, role).await?;
    }
    for user in touched {
        match reachable_user(context, access, *user).await {
            Err(error) if error.code == ErrorCode::NotFound => {}
            reached => drop(reached?),
        }
    }
    Ok(())
}

/// Nobody gives a role above the one that they hold there themselves, nor beyond their own schools and districts.
async fn may_give(context: &Context, access: &Access, at: &RoleAt) -> Result<()> {
    let actor = context.actor()?;
    if actor.roles.contains(&Role::SuperAdministrator) {
        return Ok(());
    }
    // Smaller is higher: the order of `Role`.
    let own = match (at.school, at.district) {
        (Some(school), _) => {
            access.whole_school(school)?;
            actor.grants.iter().filter(|(held, _)| *held == school).map(|(_, role)| *role).min()
        }
        (None, Some(district)) => {
            let administers = own_districts(context).await?.contains(&district);
            administers.then_some(Role::DistrictAdministrator)
        }
        (None, None) => None,
    };
    if own.is_some_and(|own| own <= at.role) { Ok(()) } else { Err(Error::forbidden()) }
}

/// The districts of which the person is administrator.
async fn own_districts(context: &Context) -> Result<Vec<DistrictId>> {
    let held = grants::Entity::find()
        .filter(grants::Column::UserId.eq(context.actor()?.user))
        .filter(grants::Column::Role.eq(Role::DistrictAdministrator))
        .filter(grants::Column::SchoolId.is_null());
    Ok(held.all(context.store().reader()).await?.into_iter().filter_map(|grant| grant.district_id).collect())
}

/// Demands every school of the database, those that were taken back too: what is done to the key of all faces is done to
/// each of them, and whoever holds it opens them all.
pub async fn permit_every_school(context: &Context, access: &Access) -> Result<()> {
    if context.actor()?.roles.contains(&Role::SuperAdministrator) {
        return Ok(());
    }
    let districts = own_districts(context).await?;
    let schools = school_heads(context.store().reader(), Condition::all()).await?;
    let reached =
        |school: &SchoolHead| access.whole_school(school.id).is_ok() || districts.contains(&school.district_id);
    if schools.iter().all(reached) {
        return Ok(());
    }
    Err(Error::new(ErrorCode::Forbidden, refusals::accounts::key_of_every_school())
        .help(refusals::accounts::ask_who_administers_all()))
}

/// Refuses a place that does not exist, which the database would refuse in its own words.
async fn check_places(
    context: &Context,
    invalid: &mut Invalid,
    held: &[grants::Model],
    roles: &[RoleAt],
) -> Result<()> {
    let db = context.store().reader();
    for (i, at) in roles.iter().enumerate() {
        // What somebody holds already stays, also where a school was taken back since.
        if held.iter().any(|grant| same(grant, at)) {
            continue;
        }
        if let Some(school) = at.school
            && find_school(db, school).await.is_err()
        {
            invalid.push(&format!("roles.{i}.school"), "unknown", refusals::accounts::unknown_school());
        }
        if let Some(district) = at.district
            && districts::Entity::find_by_id(district).one(db).await?.is_none()
        {
            invalid.push(&format!("roles.{i}.district"), "unknown", refusals::accounts::unknown_district());
        }
    }
    Ok(())
}

fn same(grant: &grants::Model, at: &RoleAt) -> bool {
    grant.role == at.role && grant.school_id == at.school && grant.district_id == at.district
}

/// The users with a role in a school, and those above it, by name.
pub(super) async fn list_users(call: &Call, input: ListUsers) -> Result<Vec<UserRow>> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let school = find_school(db, input.school).await?;
    let held: Vec<grants::Model> = grants::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .filter(|grant| match (grant.school_id, grant.district_id) {
            (Some(at), _) => at == school.id,
            (None, Some(district)) => district == school.district_id,
            (None, None) => true,
        })
        .collect();
    let ids: Vec<UserId> = held.iter().map(|grant| grant.user_id).collect();
    let found = users::Entity::find()
        .filter(users::Column::Id.is_in(ids))
        .order_by_asc(users::Column::FamilyName)
        .order_by_asc(users::Column::GivenName)
        .all(db)
        .await?;
    rows(call, found, held).await
}

async fn rows(context: &Context, found: Vec<users::Model>, held: Vec<grants::Model>) -> Result<Vec<UserRow>> {
    let db = context.store().reader();
    let names: Vec<&str> = found.iter().map(|user| user.username_folded.as_str()).collect();
    let mut last: HashMap<String, DateTime<Utc>> = HashMap::new();
    let succeeded: Vec<(String, DateTime<Utc>)> = sign_in_attempts::Entity::find()
        .select_only()
        .column(sign_in_attempts::Column::UsernameFolded)
        .column_as(sign_in_attempts::Column::At.max(), "at")
        .filter(sign_in_attempts::Column::UsernameFolded.is_in(names))
        .filter(sign_in_attempts::Column::Succeeded.eq(true))
        .group_by(sign_in_attempts::Column::UsernameFolded)
        .into_tuple()
        .all(db)
        .await?;
    last.extend(succeeded);
    let ended: HashMap<UserId, Ended> = ended(context, db, &found).await?.into_iter().collect();
    Ok(found
        .into_iter()
        .map(|user| UserRow {
            roles: held
                .iter()
                .filter(|grant| grant.user_id == user.id)
                .map(|grant| RoleAt { role: grant.role, school: grant.school_id, district: grant.district_id })
                .collect(),
            last_sign_in: last.get(&user.username_folded).copied(),
            left: ended.get(&user.id) == Some(&Ended::Left),
            can_sign_in: user.password_hash.is_some() && !ended.contains_key(&user.id),
            id: user.id,
            username: user.username,
            given_name: user.given_name,
            family_name: user.family_name,
            staff: user.staff_id,
            student: user.student_id,
            disabled: user.disabled_at.is_some(),
            version: user.version,
        })
        .collect())
}

/// Makes a user, or changes one with all roles.
pub(super) async fn save_user(call: &Call, input: SaveUser) -> Result<UserRow> {
    put_user(call, input, false).await
}

/// The same; `first` where a member of staff who has an account already gets no second one.
pub(super) async fn put_user(call: &Call, input: SaveUser, first: bool) -> Result<UserRow> {
    let access = call.access();
    for role in &input.roles {
        may_give(call, access, role).await?;
    }
    let existing = match input.save.id() {
        Some(id) => Some(reachable_user(call, access, id).await?),
        None => None,
    };
    let mut invalid = Invalid::default();
    let username = check_username(&mut invalid, "username", &input.username);
    let given_name = invalid.text("givenName", &input.given_name, 200);
    let family_name = invalid.text("familyName", &input.family_name, 200);
    if input.roles.is_empty() {
        invalid.push("roles", "required", refusals::accounts::no_role());
    }
    for (i, at) in input.roles.iter().enumerate() {
        if at.school.is_none() && at.district.is_none() && at.role != Role::SuperAdministrator {
            invalid.push(&format!("roles.{i}.school"), "required", refusals::accounts::role_without_school());
        }
    }
    let held = match &existing {
        Some(user) => roles_of(call.store().reader(), user.id).await?,
        None => Vec::new(),
    };
    check_places(call, &mut invalid, &held, &input.roles).await?;
    let own = call.actor()?.user;
    if input.save.id() == Some(own) && (input.disabled || !keeps_own_access(call, &input.roles)?) {
        invalid.push("roles", "own_access", refusals::accounts::own_access_in_roles());
    }
    linked_people(call, access, &mut invalid, existing.as_ref(), &input).await?;
    invalid.check()?;
    let new_password = match (&existing, &input.password) {
        (None, Some(password)) => {
            passwords::check("password", password, &[&username, &given_name, &family_name])?;
            Some(passwords::hash(password).await?)
        }
        _ => None,
    };
    let (user, _) = call
        .transact(async |tx| {
            // Who else saves a user, or makes an account for the same person, waits.
            tx.alone("users").await?;
            if let Some(person) = input.staff.filter(|_| first) {
                no_account_yet(tx.reader(), person).await?;
            }
            let now = call.now();
            let school_id = input.roles.iter().find_map(|at| at.school);
            let changed = users::Model {
                id: existing.as_ref().map_or_else(UserId::new, |user| user.id),
                school_id,
                username_folded: fold(&username),
                username,
                given_name,
                family_name,
                password_hash: existing.as_ref().and_then(|user| user.password_hash.clone()).or(new_password),
                must_change_password: existing.as_ref().is_none_or(|user| user.must_change_password),
                staff_id: input.staff,
                student_id: input.student,
                disabled_at: input.disabled.then(|| existing.as_ref().and_then(|user| user.disabled_at).unwrap_or(now)),
                created_at: existing.as_ref().map_or(now, |user| user.created_at),
                language: existing.as_ref().and_then(|user| user.language.clone()),
                version: input.save.seen().unwrap_or(1),
            };
            let taken = |error: Error| match error.code {
                ErrorCode::Duplicate => Error {
                    code: ErrorCode::Duplicate,
                    ..Error::field("username", "taken", refusals::accounts::username_taken())
                },
                _ => error,
            };
            let user = match &existing {
                None => tx.insert::<users::Entity>(changed).await.map_err(|error| taken(error.into()))?,
                Some(before) => {
                    let before =
                        users::Model { version: input.save.seen().unwrap_or(before.version), ..before.clone() };
                    tx.update::<users::Entity>(&before, changed).await.map_err(|error| taken(error.into()))?
                }
            };
            replace_grants(tx, user.id, &input.roles).await?;
            if input.disabled {
                let open = user_sessions::Entity::find()
                    .filter(user_sessions::Column::UserId.eq(user.id))
                    .filter(user_sessions::Column::RevokedAt.is_null())
                    .all(tx.reader())
                    .await?;
                end_sessions(call, tx, open).await?;
            }
            Ok(user)
        })
        .await?;
    let db = call.store().reader();
    let held = roles_of(db, user.id).await?;
    rows(call, vec![user], held).await?.pop().ok_or_else(|| Error::not_found(refusals::gone::user()))
}

fn keeps_own_access(context: &Context, roles: &[RoleAt]) -> Result<bool> {
    let highest = context.actor()?.roles.iter().min().copied();
    Ok(roles.iter().map(|at| at.role).min() <= highest && !roles.is_empty())
}

/// The person behind a user must be of a school that the role reaches, and there; who was linked before stays.
async fn linked_people(
    context: &Context,
    access: &Access,
    invalid: &mut Invalid,
    before: Option<&users::Model>,
    input: &SaveUser,
) -> Result<()> {
    let db = context.store().reader();
    if let Some(id) = input.staff.filter(|id| before.is_none_or(|before| before.staff_id != Some(*id))) {
        match staff::Entity::find_by_id(id).one(db).await? {
            Some(found) if access.at(found.school_id).is_ok() && found.deleted_at.is_none() => {}
            _ => invalid.push("staff", "unknown", refusals::accounts::unknown_staff()),
        }
    }
    if let Some(id) = input.student.filter(|id| before.is_none_or(|before| before.student_id != Some(*id))) {
        match students::Entity::find_by_id(id).one(db).await? {
            Some(found) if access.at(found.school_id).is_ok() && found.deleted_at.is_none() => {}
            _ => invalid.push("student", "unknown", refusals::accounts::unknown_student()),
        }
    }
    Ok(())
}

async fn roles_of(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<grants::Model>> {
    Ok(grants::Entity::find().filter(grants::Column::UserId.eq(user)).all(db).await?)
}

async fn replace_grants(tx: &mut store::Transaction<'_>, user: UserId, roles: &[RoleAt]) -> Result<()> {
    let held = roles_of(tx.reader(), user).await?;
    for grant in held.iter().filter(|grant| !roles.iter().any(|at| same(grant, at))) {
        tx.delete::<grants::Entity>(grant).await?;
    }
    for at in roles.iter().filter(|at| !held.iter().any(|grant| same(grant, at))) {
        let grant = grants::Model {
            id: GrantId::new(),
            school_id: at.school,
            district_id: at.district,
            user_id: user,
            role: at.role,
            version: 1,
        };
        tx.insert::<grants::Entity>(grant).await?;
    }
    Ok(())
}
