//! Two records of one student of which one goes into the other: what each feature that holds something of students says of
//! that before it is done.

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::ids::{SchoolId, StudentId};
use uuid::Uuid;
use words::Message;

use crate::{Context, Result};

/// The two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoRecords {
    pub school: SchoolId,
    /// It stays, and gets what the other one holds.
    pub kept: StudentId,
    /// It goes.
    pub other: StudentId,
}

/// Both records have a row for the same thing, of which one has to go.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldTwice {
    pub table: &'static str,
    /// The row that stays: where people are asked and say nothing else, that of the kept record.
    pub stands: Uuid,
    pub goes: Uuid,
    /// What people are asked; none where nobody has to be.
    pub asked: Option<AskedTwice>,
}

/// What both records hold for the same thing, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AskedTwice {
    /// What it is about: an assessment of a course, a course.
    pub place: Option<String>,
    pub day: Option<NaiveDate>,
    pub kept: String,
    pub other: String,
}

/// Why two records cannot be merged as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InTheWay {
    pub message: Message,
    /// What to do first.
    pub help: Message,
}

/// What a feature says of a merge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MergeSaid {
    pub twice: Vec<HeldTwice>,
    pub in_the_way: Vec<InTheWay>,
}

/// Asked inside the transaction that merges, or that only looks at what a merge would do.
pub type Merging = for<'c> fn(&'c Context, &'c Transaction<'c>, TwoRecords) -> BoxFuture<'c, Result<MergeSaid>>;
