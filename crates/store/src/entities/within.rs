//! Short lists that belong to one row alone and are kept in a column of it.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{Names, Role};

/// What can be chosen, in the order in which it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Choices(pub Vec<String>);

/// Some of the roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Roles(pub Vec<Role>);

impl Names for Choices {}
impl Names for Roles {}
