//! Accounts for the staff of a list: each with a password of its own that is handed out once, and is to be changed at the
//! first sign-in. Only its hash is kept.

use std::collections::HashSet;

use exchange::{List, ListRole, Place};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use store::Transaction;
use store::entities::{grants, staff, users};
use store::fold;
use store::ids::{GrantId, SchoolId, StaffId, UserId};
use words::faults::exchange::{accounts, expected};
use words::{Language, Message};

use crate::accounts::{RoleAt, free_name, hash_password, names_of, one_time_password, permit_roles};
use crate::exchange::book::Book;
use crate::exchange::export::{Exported, keep_table};
use crate::exchange::report::Remarks;
use crate::people::full_name;
use crate::{Access, Context, ErrorCode, Result, Role};

/// The most accounts of one list: each password takes a moment to be hashed.
const MOST: usize = 500;

/// A row that wants an account.
pub(in crate::exchange) struct AccountWish {
    pub at: Place,
    pub staff: StaffId,
    /// Empty where one is to be proposed.
    pub username: String,
    /// A teacher where the row says nothing.
    pub role: Option<ListRole>,
}

/// An account that is to be made.
struct NewAccount {
    person: staff::Model,
    username: String,
    role: Role,
}

/// The accounts that a list comes to.
#[derive(Default)]
pub(in crate::exchange) struct NewAccounts {
    new: Vec<NewAccount>,
    /// Rows whose people sign in already, by that name.
    pub same: u32,
}

impl NewAccounts {
    /// Finds out which accounts would be made; what cannot be is refused with its row.
    pub async fn find(
        context: &Context,
        db: &impl ConnectionTrait,
        book: &Book,
        list: &List,
        header_line: u32,
        remarks: &mut Remarks,
    ) -> Result<Self> {
        let mut found = Self::default();
        let Some(first) = book.accounts.first() else { return Ok(found) };
        let Some(access) = right(context, book.id) else {
            let column = if list.has("username") { "username" } else { "role" };
            let at = Place { line: header_line, ..first.at.clone() };
            remarks.refuse(&at, list.header(column), "", expected::right_to_accounts());
            return Ok(found);
        };
        let names = users::Entity::find().select_only().column(users::Column::UsernameFolded).into_tuple();
        let mut taken: HashSet<String> = names.all(db).await?.into_iter().collect();
        let ids = book.accounts.iter().map(|wish| wish.staff);
        let held = users::Entity::find().filter(users::Column::StaffId.is_in(ids)).all(db).await?;
        for wish in &book.accounts {
            let Some((_, person)) = book.staff.iter().find(|(_, row)| row.id == wish.staff) else { continue };
            let mut refuse = |column: &str, found: &str, expected: Message| {
                remarks.refuse(&wish.at, list.header(column), found, expected);
            };
            if let Some(user) = held.iter().find(|user| user.staff_id == Some(wish.staff)) {
                if wish.username.is_empty() || fold(&wish.username) == user.username_folded {
                    found.same += 1;
                } else {
                    refuse("username", &wish.username, expected::own_account(&user.username));
                }
                continue;
            }
            let role = wish.role.map_or(Role::Teacher, role_of);
            let at = RoleAt { role, school: Some(book.id), district: None };
            match permit_roles(context, &access, &[], &[at]).await {
                Err(error) if error.code == ErrorCode::Forbidden => {
                    refuse("role", "", expected::lower_role());
                    continue;
                }
                permitted => permitted?,
            }
            let username = if wish.username.is_empty() {
                free_name(person, |name| !taken.contains(name))
            } else {
                wish.username.clone()
            };
            if taken.contains(&fold(&username)) {
                refuse("username", &username, expected::free_username());
            } else if found.new.len() >= MOST {
                refuse("username", &username, expected::fewer_accounts(MOST.to_string()));
            } else {
                taken.insert(fold(&username));
                found.new.push(NewAccount { person: person.clone(), username, role });
            }
        }
        Ok(found)
    }

    pub fn count(&self) -> u32 {
        u32::try_from(self.new.len()).unwrap_or(u32::MAX)
    }

    /// Writes the accounts; the passwords, to be handed out.
    pub async fn write(self, context: &Context, tx: &mut Transaction<'_>, school: SchoolId) -> Result<Vec<Secret>> {
        let mut secrets = Vec::new();
        if self.new.is_empty() {
            return Ok(secrets);
        }
        // Whoever imports has just given the password.
        context.permit(&crate::accounts::operations::make_staff_account)?;
        // Who else saves a user waits.
        tx.alone("users").await?;
        let total = self.new.len();
        for (done, NewAccount { person, username, role }) in self.new.into_iter().enumerate() {
            context.job.progress(done, total)?;
            let password = one_time_password()?;
            let (given_name, family_name) = names_of(&person);
            let user = users::Model {
                id: UserId::new(),
                school_id: Some(school),
                username_folded: fold(&username),
                username,
                given_name,
                family_name,
                password_hash: Some(hash_password(&password).await?),
                must_change_password: true,
                staff_id: Some(person.id),
                student_id: None,
                disabled_at: None,
                created_at: context.now(),
                language: None,
                version: 1,
            };
            let user = tx.insert::<users::Entity>(user).await?;
            let grant = grants::Model {
                id: GrantId::new(),
                school_id: Some(school),
                district_id: None,
                user_id: user.id,
                role,
                version: 1,
            };
            tx.insert::<grants::Entity>(grant).await?;
            secrets.push(Secret { person, username: user.username, password });
        }
        Ok(secrets)
    }
}

/// A password that is handed out once.
pub(in crate::exchange) struct Secret {
    person: staff::Model,
    username: String,
    password: String,
}

/// The passwords as a list to print or to cut up, kept in memory for whoever imported and nowhere else; none where there
/// are none.
pub(in crate::exchange) fn hand_out(context: &Context, secrets: &[Secret]) -> Result<Option<Exported>> {
    if secrets.is_empty() {
        return Ok(None);
    }
    let language = context.actor()?.language.as_deref().map_or(Language::ENGLISH, Language::of);
    let headers = [accounts::number(), accounts::name(), accounts::username(), accounts::password()]
        .map(|word| word.text(language));
    let rows = secrets.iter().map(|secret| {
        let name = full_name(&secret.person.given_name, &secret.person.family_name);
        vec![secret.person.number.clone().unwrap_or_default(), name, secret.username.clone(), secret.password.clone()]
    });
    let bytes = exchange::write_table(&headers, rows);
    let name = format!("{}.csv", accounts::file().text(language));
    keep_table(context, name, bytes, secrets.len()).map(Some)
}

/// Whether whoever imports may make accounts at the school, and how far.
fn right(context: &Context, school: SchoolId) -> Option<Access> {
    let actor = context.actor.as_deref()?;
    let access = Access::of(actor, &crate::accounts::operations::make_staff_account, context.now()).ok()?;
    access.whole_school(school).is_ok().then_some(access)
}

fn role_of(role: ListRole) -> Role {
    match role {
        ListRole::Principal => Role::Principal,
        ListRole::Teacher => Role::Teacher,
        ListRole::Office => Role::Operator,
        ListRole::Counsellor => Role::Counsellor,
    }
}
