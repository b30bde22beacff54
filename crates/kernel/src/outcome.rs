//! What becomes of each item that is saved together with others: what is good is kept, and the rest comes back.

use serde::{Deserialize, Serialize};
use words::Message;

/// What became of one item. `S` says what is now stored, `C` what somebody else left there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "outcome")]
#[schemars(rename = "{S}Or{C}")]
pub enum Outcome<S, C> {
    /// It is kept, or was the same already.
    Saved(S),
    /// It cannot be right; what was there is as it was.
    Refused { code: String, message: Message },
    /// Somebody else changed it after the person had seen it; it is as the other left it.
    Conflict { current: C },
}

/// The version in which a row is now stored; none where there was nothing to store, or it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedVersion {
    pub version: Option<i32>,
}

impl<S, C> Outcome<S, C> {
    /// Refuses an item.
    pub fn refused(code: &str, message: Message) -> Self {
        Self::Refused { code: code.to_owned(), message }
    }
}
