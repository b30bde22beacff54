//! What a list can show: its columns, and what stands in a cell of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use store::entities::FieldKind;
use store::ids::CustomFieldId;
use words::Message;

use crate::people::NameOrder;
use crate::{Call, Page, Result};

use super::ShowList;

/// What stands in a cell. The reader writes days, moments and numbers as everywhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "is", content = "value")]
pub enum ListCell {
    Nothing,
    Text(String),
    Number(i64),
    /// An exact decimal with a point, without groups.
    Decimal(String),
    Day(NaiveDate),
    /// In UTC.
    Moment(DateTime<Utc>),
    /// Words of the catalogue.
    Said(Message),
}

impl ListCell {
    pub(super) fn text(text: impl Into<Option<String>>) -> Self {
        text.into().filter(|text| !text.is_empty()).map_or(Self::Nothing, Self::Text)
    }

    pub(super) fn number(number: impl Into<Option<i64>>) -> Self {
        number.into().map_or(Self::Nothing, Self::Number)
    }

    pub(super) fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Nothing, Self::Day)
    }
}

/// A column as a screen needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ColumnInfo {
    /// By this it is chosen and sorted by.
    pub id: String,
    /// What stands over it.
    pub head: Message,
    /// Whether it is shown to who chose nothing.
    pub usual: bool,
    pub sortable: bool,
    /// Whether its cells are numbers.
    pub numeric: bool,
    /// The least width, in letters' widths (rem).
    pub narrowest: f32,
    /// The share of the room that is left, in relation to the other columns.
    pub share: f32,
    /// Left out where there is no room for all, the highest number first; 0: never.
    pub lesser: u8,
    /// What is to be known of it where it is of a field of the school's own.
    pub own: Option<OwnColumn>,
}

/// The field of the school's own of which a column is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnColumn {
    pub field: CustomFieldId,
    pub kind: FieldKind,
    /// What can be chosen, of a choice.
    pub choices: Vec<String>,
    pub help: Option<String>,
    /// Whether the person who asks says of some rows what it holds.
    pub may_change: bool,
    /// Whether they say it of all, and so of somebody new.
    pub may_change_all: bool,
}

/// What cells are made with besides their row.
pub(super) struct Around {
    /// The day on which the list is read.
    pub day: NaiveDate,
    pub order: NameOrder,
}

/// A column of a list of `R`.
pub(super) struct Column<R> {
    pub info: ColumnInfo,
    pub cell: fn(&R, &Around) -> ListCell,
}

impl<R> Column<R> {
    /// A column that is there for who chooses it, as wide as a word or two.
    pub fn new(id: &str, head: Message, cell: fn(&R, &Around) -> ListCell) -> Self {
        let info = ColumnInfo {
            id: id.to_owned(),
            head,
            usual: false,
            sortable: false,
            numeric: false,
            narrowest: 6.0,
            share: 1.0,
            lesser: 0,
            own: None,
        };
        Self { info, cell }
    }

    /// ShownList to who chose nothing.
    pub fn usual(mut self) -> Self {
        self.info.usual = true;
        self
    }

    pub fn sortable(mut self) -> Self {
        self.info.sortable = true;
        self
    }

    pub fn numeric(mut self) -> Self {
        self.info.numeric = true;
        self
    }

    /// The columns that are left out first where there is no room for all.
    pub fn lesser(mut self, lesser: u8) -> Self {
        self.info.lesser = lesser;
        self
    }

    pub fn wide(mut self, narrowest: f32, share: f32) -> Self {
        (self.info.narrowest, self.info.share) = (narrowest, share);
        self
    }
}

/// A row of a list.
pub(super) trait Listed: Sized {
    /// What the list is narrowed by.
    type Filter;

    /// All columns that the list can show.
    fn columns() -> Vec<Column<Self>>;

    /// The row's identifier, and its version as it was read.
    fn seen(&self) -> (uuid::Uuid, i32);

    /// A page of the list, as its own operation gives it: sorted, searched and narrowed as the input says, with what the
    /// input's columns need.
    async fn page(call: &Call, filter: &Self::Filter, input: &ShowList, offset: u64, limit: u64) -> Result<Page<Self>>;
}
