//! Where a person is reached, beside the first telephone number and e-mail address: values that belong to their row alone,
//! are read and written with it, and are kept in one column each.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{ContactKind, ContactLabel, Names};

/// Where letters go. What is not known is left out.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct PostalAddress {
    /// Street and house, a flat, whatever stands above the town: a line each.
    pub lines: Option<String>,
    pub town: Option<String>,
    pub region: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<String>,
}

/// A telephone number or an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    pub kind: ContactKind,
    pub label: ContactLabel,
    pub value: String,
}

/// Further ways to reach a person, in the order in which they are tried; never none: then the column is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Contacts(pub Vec<Contact>);

impl Names for PostalAddress {}
impl Names for Contacts {}
