//! The columns of the list of users, which is read whole: a school has few.

use uuid::Uuid;
use words::Message;
use words::paper::lists::{self, columns, roles, users};

use super::columns::{Column, Listed};
use super::kinds::UserFilter;
use super::show::in_memory;
use super::{ListCell, ShowList};
use crate::accounts::{ListUsers, UserRow, list_users};
use crate::{Call, Page, Result, Role};

fn role(role: Role) -> Message {
    match role {
        Role::SuperAdministrator => roles::super_administrator(),
        Role::DistrictAdministrator => roles::district_administrator(),
        Role::Principal => roles::principal(),
        Role::Teacher => roles::teacher(),
        Role::Operator => roles::operator(),
        Role::Counsellor => roles::counsellor(),
        Role::Student => roles::student(),
    }
}

fn standing(user: &UserRow) -> Message {
    if user.left {
        users::left()
    } else if user.disabled {
        users::disabled()
    } else if user.can_sign_in {
        users::active()
    } else {
        users::no_password()
    }
}

impl Listed for UserRow {
    type Filter = UserFilter;

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::<Self>::new("name", columns::name(), |u, around| {
                ListCell::Text(around.order.list_name(&u.given_name, &u.family_name))
            })
            .usual()
            .sortable()
            .wide(10.0, 2.0),
            Column::<Self>::new("username", columns::username(), |u, _| ListCell::Text(u.username.clone()))
                .lesser(2)
                .usual()
                .sortable()
                .wide(6.0, 1.0),
            Column::<Self>::new("roles", columns::roles(), |u, _| {
                let said: Vec<Message> = u.roles.iter().map(|at| role(at.role)).collect();
                if said.is_empty() { ListCell::Nothing } else { ListCell::Said(lists::parts(said)) }
            })
            .lesser(1)
            .usual()
            .wide(10.0, 3.0),
            Column::<Self>::new("last", columns::last_sign_in(), |u, _| {
                u.last_sign_in.map_or_else(|| ListCell::Said(users::never()), ListCell::Moment)
            })
            .lesser(3)
            .usual()
            .sortable()
            .wide(11.0, 1.0),
            Column::<Self>::new("state", columns::status(), |u, _| ListCell::Said(standing(u)))
                .usual()
                .sortable()
                .wide(7.0, 1.0),
        ]
    }

    fn seen(&self) -> (Uuid, i32) {
        (self.id.0, self.version)
    }

    async fn page(call: &Call, _: &UserFilter, input: &ShowList, offset: u64, limit: u64) -> Result<Page<Self>> {
        let found = list_users(call, ListUsers { school: input.school }).await?;
        in_memory(call, input, found, &["name", "username"], (offset, limit)).await
    }
}
