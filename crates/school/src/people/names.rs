//! In which order people are named and sorted: one order for every list, menu, print and export of a school.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use store::entities::{staff, students};
use store::ids::SchoolId;

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

    /// The column of `students` and `staff` that lists are sorted by.
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
