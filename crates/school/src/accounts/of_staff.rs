//! The account of a member of staff, made from the record: a user name is proposed, the first password is shown once.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{staff, users};
use store::fold;
use store::ids::{StaffId, UserId};
use words::refusals;

use super::users::{RoleAt, SaveUser, UserRow, put_user};
use crate::{Call, Error, ErrorCode, Result, Role, Save};

/// Names a member of staff.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfStaffAccount {
    pub staff: StaffId,
}

/// The account of a member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffAccount {
    /// Who signs in already.
    pub user: Option<UserId>,
    pub username: Option<String>,
    /// A free user name made of the person's own.
    pub proposed: String,
}

/// Input of [`make_staff_account`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct MakeStaffAccount {
    pub staff: StaffId,
    /// The proposed one where left out.
    pub username: Option<String>,
    /// Teacher where left out.
    pub role: Option<Role>,
}

/// A new account. The password is told here and never again: it is kept as a hash, and must be changed at the first sign-in.
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MadeAccount {
    pub user: UserRow,
    pub password: String,
}

/// The account of a member of staff, or the user name that would be proposed.
pub(super) async fn staff_account(call: &Call, input: OfStaffAccount) -> Result<StaffAccount> {
    let access = call.access();
    let db = call.store().reader();
    let person = find(db, input.staff).await?;
    access.whole_school(person.school_id)?;
    let held = held(db, person.id).await?;
    Ok(StaffAccount {
        user: held.as_ref().map(|user| user.id),
        username: held.map(|user| user.username),
        proposed: proposed(db, &person).await?,
    })
}

/// Makes an account for a member of staff who has none.
pub(super) async fn make_staff_account(call: &Call, input: MakeStaffAccount) -> Result<MadeAccount> {
    let access = call.access();
    let db = call.store().reader();
    let person = find(db, input.staff).await?;
    access.whole_school(person.school_id)?;
    if person.deleted_at.is_some() {
        return Err(Error::field("staff", "deleted", refusals::accounts::restore_staff_first()));
    }
    no_account_yet(db, person.id).await?;
    let username = match input.username.filter(|name| !name.trim().is_empty()) {
        Some(typed) => typed,
        None => proposed(db, &person).await?,
    };
    let password = one_time_password()?;
    let (given_name, family_name) = names(&person);
    let role = input.role.unwrap_or(Role::Teacher);
    let user = put_user(
        call,
        SaveUser {
            save: Save::New,
            username,
            given_name,
            family_name,
            roles: vec![RoleAt { role, school: Some(person.school_id), district: None }],
            staff: Some(person.id),
            student: None,
            disabled: false,
            password: Some(password.clone()),
        },
        true,
    )
    .await?;
    Ok(MadeAccount { user, password })
}

/// Refuses a member of staff who has an account.
pub(super) async fn no_account_yet(db: &impl ConnectionTrait, person: StaffId) -> Result<()> {
    let Some(held) = held(db, person).await? else { return Ok(()) };
    let message = refusals::accounts::has_account(held.username);
    Err(Error::new(ErrorCode::Duplicate, message).help(refusals::accounts::open_under_users()))
}

async fn find(db: &impl ConnectionTrait, id: StaffId) -> Result<staff::Model> {
    staff::Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found(refusals::gone::member_of_staff()))
}

async fn held(db: &impl ConnectionTrait, id: StaffId) -> Result<Option<users::Model>> {
    let of = users::Entity::find().filter(users::Column::StaffId.eq(id)).order_by_asc(users::Column::CreatedAt);
    Ok(of.one(db).await?)
}

/// Both names; who has one name only has it twice, since a user has both.
pub(crate) fn names(person: &staff::Model) -> (String, String) {
    let (given, family) = (person.given_name.trim(), person.family_name.trim());
    let or = |one: &str, other: &str| if one.is_empty() { other.to_owned() } else { one.to_owned() };
    (or(given, family), or(family, given))
}

/// A user name made of the person's own that nobody has.
async fn proposed(db: &impl ConnectionTrait, person: &staff::Model) -> Result<String> {
    let taken: Vec<String> = users::Entity::find()
        .filter(users::Column::UsernameFolded.starts_with(wished_name(person)))
        .all(db)
        .await?
        .into_iter()
        .map(|user| user.username_folded)
        .collect();
    Ok(free_name(person, |name| !taken.iter().any(|taken| taken == name)))
}

/// A user name made of the person's own, with a number behind it where somebody has it already; `free` is asked for the
/// folded name.
pub(crate) fn free_name(person: &staff::Model, free: impl Fn(&str) -> bool) -> String {
    let wished = wished_name(person);
    let mut numbered = (2..).map(|number| format!("{wished}{number}"));
    if free(&fold(&wished)) { wished } else { numbered.find(|name| free(&fold(name))).unwrap_or(wished) }
}

/// Given and family name in plain letters, as `maria.garcia`; else what stands before the @, the number, or `staff`.
fn wished_name(person: &staff::Model) -> String {
    let of_names = [&person.given_name, &person.family_name].map(|name| plain(name));
    let of_names = of_names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(".");
    let of_email = plain(person.email.as_deref().and_then(|email| email.split('@').next()).unwrap_or_default());
    let of_number = plain(person.number.as_deref().unwrap_or_default());
    let wished = [of_names, of_email, of_number].into_iter().find(|name| name.chars().count() >= 2);
    wished.unwrap_or_else(|| "staff".to_owned())
}

/// Small Latin letters, digits, dots and hyphens of a name, the rest left out; at most 40.
fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).take(40).collect()
}

/// Three groups of four letters and digits that cannot be mistaken for each other: some 59 random bits.
pub(crate) fn one_time_password() -> Result<String> {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut drawn = Vec::with_capacity(12);
    while drawn.len() < 12 {
        let mut byte = [0];
        kernel::random(&mut byte)?;
        // The last bytes are thrown away, so that every letter is as likely.
        if usize::from(byte[0]) < LETTERS.len() * 8 {
            drawn.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
        }
    }
    Ok(drawn.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}
