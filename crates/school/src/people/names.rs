//! In which order people are named and sorted: one order for every list, menu, print and export of a school.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{guardians, staff, students, users};
use store::ids::{SchoolId, UserId};

use crate::Result;
use crate::schools::load_settings;

/// The SQL that gives whom the school calls, by name and telephone number, about each student of the list or query
/// `students`; `$1` is the school.
pub fn whom_to_call(students: &str) -> String {
    include_str!("whom_to_call.sql").replace("{students}", students)
}

/// How a school's lists name people, and by which name they are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// Okonkwo, Mina.
    #[default]
    FamilyFirst,
    /// Mina Okonkwo.
    GivenFirst,
}

/// Somebody who has a name. How it is put together is said here and nowhere else.
pub trait Named {
    /// Given and family name.
    fn names(&self) -> (&str, &str);

    /// As a sentence or a certificate names somebody, without the space where one of them is blank.
    fn full_name(&self) -> String {
        let (given, family) = self.names();
        full_name(given, family)
    }

    /// As the lists of a school name somebody.
    fn list_name(&self, order: NameOrder) -> String {
        let (given, family) = self.names();
        order.list_name(given, family)
    }
}

/// Rows with the name of somebody.
macro_rules! named {
    ($($of:ty),*) => {
        $(impl Named for $of {
            fn names(&self) -> (&str, &str) {
                (&self.given_name, &self.family_name)
            }
        })*
    };
}

named!(students::Model, staff::Model, users::Model, guardians::Model);

/// The names of users, deleted or not.
pub async fn user_names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, String>> {
    let mut ids: Vec<UserId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = users::Entity::find().filter(users::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|user| (user.id, user.full_name())).collect())
}

impl NameOrder {
    /// A name as lists show it.
    pub fn list_name(self, given: &str, family: &str) -> String {
        match (given.trim(), family.trim()) {
            (given, "") => given.to_owned(),
            ("", family) => family.to_owned(),
            (given, family) if self == Self::FamilyFirst => format!("{family}, {given}"),
            (given, family) => format!("{given} {family}"),
        }
    }

    /// Names of one line, as lists show them: `Otieno, Ben; Marlow, Bea`.
    pub fn in_one_line(self, names: &[String]) -> String {
        names.join(if self == Self::FamilyFirst { "; " } else { ", " })
    }

    /// The column of `students`, `guardians` and `staff` that lists are sorted by.
    pub fn column(self) -> &'static str {
        match self {
            Self::FamilyFirst => "sort_name",
            Self::GivenFirst => "sort_given",
        }
    }

    /// The same of students, for queries of entities.
    pub fn of_students(self) -> students::Column {
        match self {
            Self::FamilyFirst => students::Column::SortName,
            Self::GivenFirst => students::Column::SortGiven,
        }
    }

    /// The same of staff, for queries of entities.
    pub fn of_staff(self) -> staff::Column {
        match self {
            Self::FamilyFirst => staff::Column::SortName,
            Self::GivenFirst => staff::Column::SortGiven,
        }
    }
}

/// The order of a school's lists.
pub async fn name_order(db: &impl ConnectionTrait, school: SchoolId) -> Result<NameOrder> {
    Ok(load_settings(db, school).await?.name_order)
}

/// Given and family name, as a sentence or a certificate names somebody, without the space where one of them is blank.
pub fn full_name(given: &str, family: &str) -> String {
    format!("{} {}", given.trim(), family.trim()).trim().to_owned()
}
