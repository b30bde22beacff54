//! Lists come in pages from the database.

use serde::{Deserialize, Serialize};

/// The most rows that one page may hold.
pub const LARGEST_PAGE: u64 = 500;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PageOf{T}")]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// How many rows there are in all pages.
    #[ts(type = "number")]
    pub total: u64,
}

/// Ascending or descending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    #[default]
    Ascending,
    Descending,
}

/// By which column of a list; each list says which names it knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    pub column: String,
    #[serde(default)]
    pub order: SortOrder,
}

/// Cuts a wished page size to what is allowed.
pub fn page_size(wished: Option<u64>) -> u64 {
    wished.unwrap_or(100).clamp(1, LARGEST_PAGE)
}
