//! The columns of the fields that the school made, behind those that every school has.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use store::entities::{FieldAbout, FieldKind, ListName};
use store::ids::{CustomFieldId, SchoolId};
use uuid::Uuid;
use words::paper::lists::{self, yes_no};
use words::refusals;

use super::columns::{Around, Column, ColumnInfo, Listed, OwnColumn};
use super::{ListCell, ShowList};
use crate::people::{Extent, ListedField, ListedFields, column_of, field_in};
use crate::{Context, Error, Result};

/// What fields a list has columns of.
pub(super) fn about(list: ListName) -> Option<FieldAbout> {
    match list {
        ListName::Students => Some(FieldAbout::Student),
        ListName::Guardians => Some(FieldAbout::Guardian),
        ListName::Staff => Some(FieldAbout::Staff),
        ListName::Classes => Some(FieldAbout::Class),
        ListName::Courses | ListName::Users => None,
    }
}

/// The fields of a list that whoever asks sees; none where the list has none.
pub(super) async fn listed(context: &Context, school: SchoolId, list: ListName) -> Result<Option<ListedFields>> {
    match about(list) {
        Some(about) => ListedFields::of(context, school, about).await.map(Some),
        None => Ok(None),
    }
}

/// The columns of the fields of a list that whoever asks sees.
pub(super) async fn own_columns(context: &Context, school: SchoolId, list: ListName) -> Result<Vec<ColumnInfo>> {
    let listed = listed(context, school, list).await?;
    Ok(listed.map_or_else(Vec::new, |listed| listed.fields.iter().map(info).collect()))
}

fn info(listed: &ListedField) -> ColumnInfo {
    let field = &listed.row;
    let long = field.kind == FieldKind::Text;
    ColumnInfo {
        id: column_of(field.id),
        head: lists::own_field(&field.title),
        usual: false,
        sortable: listed.sorts,
        numeric: field.kind == FieldKind::Number,
        narrowest: if long { 9.0 } else { 6.0 },
        share: if long { 2.0 } else { 1.0 },
        lesser: 0,
        own: Some(OwnColumn {
            field: field.id,
            kind: field.kind,
            choices: field.choices.0.clone(),
            help: field.help.clone(),
            may_change: listed.changed != Extent::Nobody,
            may_change_all: listed.changed == Extent::All,
        }),
    }
}

fn cell(kind: FieldKind, value: &str) -> ListCell {
    match kind {
        FieldKind::Text | FieldKind::Choice => ListCell::text(value.to_owned()),
        FieldKind::Number => ListCell::Decimal(value.to_owned()),
        FieldKind::Date => value.parse::<NaiveDate>().map_or(ListCell::Nothing, ListCell::Day),
        FieldKind::YesNo => ListCell::Said(if value == "yes" { yes_no::yes() } else { yes_no::no() }),
    }
}

/// A column that was asked for.
enum Chosen<R> {
    Usual(Column<R>),
    Own(CustomFieldId, FieldKind),
}

/// The columns that were asked for, in their order.
pub(super) struct ChosenColumns<R> {
    columns: Vec<Chosen<R>>,
    listed: Option<ListedFields>,
}

impl<R: Listed> ChosenColumns<R> {
    /// The columns of these names; those that the list does not have for whoever asks are refused.
    pub async fn find(context: &Context, input: &ShowList) -> Result<Self> {
        let asks_own = input.columns.iter().any(|id| field_in(id).is_some());
        let listed = match asks_own {
            true => listed(context, input.school, input.of.kind()).await?,
            false => None,
        };
        let mut known = R::columns();
        let found = input.columns.iter().map(|id| {
            if let Some(field) = field_in(id) {
                return listed.as_ref()?.find(field).map(|field| Chosen::Own(field.row.id, field.row.kind));
            }
            let place = known.iter().position(|column| column.info.id == *id);
            place.map(|place| Chosen::Usual(known.swap_remove(place)))
        });
        let columns: Option<Vec<_>> = found.collect();
        let columns = columns.ok_or_else(|| Error::field("columns", "unknown", refusals::lists::unknown_column()))?;
        Ok(Self { columns, listed })
    }

    /// The cells of rows, of which there are at most 500.
    pub async fn cells(&self, context: &Context, rows: &[R], around: &Around) -> Result<Vec<Vec<ListCell>>> {
        let fields = self.columns.iter().filter_map(|column| match column {
            Chosen::Own(field, _) => Some(*field),
            Chosen::Usual(_) => None,
        });
        let fields: Vec<CustomFieldId> = fields.collect();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.seen().0).collect();
        let held = match &self.listed {
            Some(listed) => listed.values(context, &fields, &ids).await?,
            None => HashMap::new(),
        };
        let of_row = |row: &R| {
            let id = row.seen().0;
            let cells = self.columns.iter().map(|column| match column {
                Chosen::Usual(column) => (column.cell)(row, around),
                Chosen::Own(field, kind) => {
                    held.get(&(id, *field)).map_or(ListCell::Nothing, |value| cell(*kind, value))
                }
            });
            cells.collect()
        };
        Ok(rows.iter().map(of_row).collect())
    }
}

/// Those of the rows of a list that is here whole in which the field to which it is narrowed holds what it shall; none where it
/// is narrowed to no field.
///
/// # Errors
/// There is no such field for whoever asks, or they do not see what it holds of all that the list shows.
pub(super) async fn narrowed(context: &Context, input: &ShowList, ids: &[Uuid]) -> Result<Option<HashSet<Uuid>>> {
    let Some((field, value)) = input.of.own() else { return Ok(None) };
    let listed = listed(context, input.school, input.of.kind()).await?;
    let listed = listed.filter(|listed| listed.find(field).is_some_and(|found| found.sorts));
    let listed = listed.ok_or_else(|| Error::not_found(refusals::gone::field()))?;
    let mut found = HashSet::new();
    for some in ids.chunks(500) {
        let held = listed.values(context, &[field], some).await?;
        found.extend(some.iter().filter(|id| held.get(&(**id, field)).map(String::as_str) == value));
    }
    Ok(Some(found))
}

/// What stands in the column of a field in each of the rows by which a list that is here whole is sorted; none where whoever
/// asks may not sort by it, or where it is of no field.
pub(super) async fn sorted_by(
    context: &Context,
    input: &ShowList,
    column: &str,
    ids: &[Uuid],
) -> Result<Option<HashMap<Uuid, ListCell>>> {
    let Some(field) = field_in(column) else { return Ok(None) };
    let Some(listed) = listed(context, input.school, input.of.kind()).await? else { return Ok(None) };
    let Some(found) = listed.find(field).filter(|found| found.sorts) else { return Ok(None) };
    let mut cells = HashMap::new();
    for some in ids.chunks(500) {
        let held = listed.values(context, &[field], some).await?;
        cells.extend(held.into_iter().map(|((id, _), value)| (id, cell(found.row.kind, &value))));
    }
    Ok(Some(cells))
}
