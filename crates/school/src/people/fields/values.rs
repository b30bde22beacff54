//! What the fields of a person or class hold, for whom each field is meant.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{FieldKind, field_values};
use store::ids::{CustomFieldId, FieldValueId, SchoolId};
use words::refusals;

use super::define::existing_of;
use super::kinds::checked;
use super::reach::{Asking, Owner, OwnerOfValue, changes, roles_reaching, sees};
use crate::error::Invalid;
use crate::{Call, Context, Error, Result, Role, Undoable};

/// Input of [`field_values`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfValues {
    pub of: OwnerOfValue,
}

/// A field of a person or class with what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldValue {
    pub field: CustomFieldId,
    pub title: String,
    pub kind: FieldKind,
    /// What can be chosen, of a choice.
    pub choices: Vec<String>,
    pub help: Option<String>,
    /// A text; a number as an exact decimal; a date as `2026-10-31`; a choice; `yes` or `no`. None where nothing is known.
    pub value: Option<String>,
    /// The version of the value; none where there is none.
    pub version: Option<i32>,
    pub may_change: bool,
}

/// What a field is to hold.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveFieldValue {
    pub field: CustomFieldId,
    /// The version of the value that the person saw; none where there was none.
    pub version: Option<i32>,
    /// Left out or blank: nothing.
    pub value: Option<String>,
}

/// Input of [`save_field_values`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveFieldValues {
    pub of: OwnerOfValue,
    /// Fields that are not named stay as they are; at most 100. What is wrong with one is said of `values.` and its field.
    pub values: Vec<SaveFieldValue>,
}

/// So many values are saved at once.
const MOST: usize = 100;

async fn values_of(db: &impl ConnectionTrait, owner: &Owner) -> Result<HashMap<CustomFieldId, field_values::Model>> {
    use field_values::Column;
    let rows = field_values::Entity::find().filter(Column::SchoolId.eq(owner.school));
    let rows = match owner.of {
        OwnerOfValue::Student(id) => rows.filter(Column::StudentId.eq(id)),
        OwnerOfValue::Guardian(id) => rows.filter(Column::GuardianId.eq(id)),
        OwnerOfValue::Staff(id) => rows.filter(Column::StaffId.eq(id)),
        OwnerOfValue::Class(id) => rows.filter(Column::ClassId.eq(id)),
    };
    Ok(rows.all(db).await?.into_iter().map(|row| (row.field_id, row)).collect())
}

/// The fields of a person or class that whoever asks sees, in their order.
pub(in super::super) async fn field_values(call: &Call, input: OfValues) -> Result<Vec<FieldValue>> {
    let db = call.store().reader();
    let owner = input.of.find(db).await?;
    let roles = roles_reaching(call, &owner).await?;
    let mut values = values_of(db, &owner).await?;
    let fields = existing_of(db, owner.school, input.of.about()).await?;
    Ok(fields
        .into_iter()
        .filter(|field| sees(field, &roles))
        .map(|field| {
            let (value, version) = values.remove(&field.id).map(|row| (row.value, row.version)).unzip();
            FieldValue {
                may_change: owner.exists && changes(&field, &roles),
                field: field.id,
                title: field.title,
                kind: field.kind,
                choices: field.choices.0,
                help: field.help,
                value,
                version,
            }
        })
        .collect())
}

/// Says what fields of a person or class hold: all that is named, or nothing.
pub(in super::super) async fn save_field_values(call: &Call, input: SaveFieldValues) -> Result<Undoable> {
    let owner = input.of.find(call.store().reader()).await?;
    let roles = roles_reaching(call, &owner).await?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(owner.school).await?;
            let owner = input.of.find(tx.reader()).await?;
            if !owner.exists {
                return Err(Error::not_found(refusals::gone::record()));
            }
            write_all(tx, &owner, &roles, &input.values, "values").await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Says what fields of a person or class hold, by these roles of whoever asks: all that is named, or nothing. What is wrong
/// with one is said of `place.` and its field.
async fn write_all(
    tx: &mut Transaction<'_>,
    owner: &Owner,
    roles: &[Role],
    values: &[SaveFieldValue],
    place: &str,
) -> Result<()> {
    if values.len() > MOST {
        return Err(Error::field(place, "too_many", refusals::people::too_many_values(MOST)));
    }
    let fields = existing_of(tx.reader(), owner.school, owner.of.about()).await?;
    let mut wanted = Vec::with_capacity(values.len());
    let mut invalid = Invalid::default();
    for said in values {
        // Who does not see a field is not told that there is one.
        let field = fields.iter().find(|field| field.id == said.field && sees(field, roles));
        let field = field.ok_or_else(|| Error::not_found(refusals::gone::field()))?;
        if !changes(field, roles) {
            return Err(Error::forbidden());
        }
        wanted.push((said, checked(&mut invalid, &format!("{place}.{}", said.field), field, said.value.as_deref())));
    }
    invalid.check()?;
    let mut stored = values_of(tx.reader(), owner).await?;
    for (said, value) in wanted {
        write(tx, owner, stored.remove(&said.field), said, value).await?;
    }
    Ok(())
}

/// What a form of a person says of the school's own fields, written in the transaction of the person's own row. Whoever saves
/// it reaches the whole school by the roles that change the fields.
pub(crate) async fn write_own_values(
    context: &Context,
    tx: &mut Transaction<'_>,
    (school, of): (SchoolId, OwnerOfValue),
    values: Option<&[SaveFieldValue]>,
) -> Result<()> {
    let Some(values) = values.filter(|values| !values.is_empty()) else { return Ok(()) };
    let asking = Asking::at(context, school)?;
    write_all(tx, &Owner { of, school, exists: true }, asking.whole(), values, "ownValues").await
}

async fn write(
    tx: &mut Transaction<'_>,
    owner: &Owner,
    stored: Option<field_values::Model>,
    said: &SaveFieldValue,
    value: Option<String>,
) -> Result<()> {
    if value.as_ref() == stored.as_ref().map(|now| &now.value) {
        return if stored.is_none() && said.version.is_some() { Err(stale()) } else { Ok(()) };
    }
    if said.version != stored.as_ref().map(|now| now.version) {
        return Err(stale());
    }
    put_value(tx, (owner.school, owner.of), said.field, stored.as_ref(), value).await?;
    Ok(())
}

/// Writes what a field holds of a person or class, over what it held; the version of the value, none where there is none.
pub(crate) async fn put_value(
    tx: &mut Transaction<'_>,
    (school, of): (SchoolId, OwnerOfValue),
    field: CustomFieldId,
    held: Option<&field_values::Model>,
    value: Option<String>,
) -> Result<Option<i32>> {
    Ok(match (held, value) {
        (None, None) => None,
        (None, Some(value)) => {
            Some(tx.insert::<field_values::Entity>(new_value(school, of, field, value)).await?.version)
        }
        (Some(now), Some(value)) if now.value == value => Some(now.version),
        (Some(now), Some(value)) => {
            Some(tx.update::<field_values::Entity>(now, field_values::Model { value, ..now.clone() }).await?.version)
        }
        (Some(now), None) => {
            tx.delete::<field_values::Entity>(now).await?;
            None
        }
    })
}

/// Without what the value is now, which the person may not see.
fn stale() -> Error {
    Error::new(crate::ErrorCode::Stale, refusals::common::stale())
}

/// A value that is new.
pub(crate) fn new_value(
    school: SchoolId,
    of: OwnerOfValue,
    field: CustomFieldId,
    value: String,
) -> field_values::Model {
    let none = field_values::Model {
        id: FieldValueId::new(),
        school_id: school,
        field_id: field,
        student_id: None,
        guardian_id: None,
        staff_id: None,
        class_id: None,
        value,
        version: 1,
    };
    match of {
        OwnerOfValue::Student(id) => field_values::Model { student_id: Some(id), ..none },
        OwnerOfValue::Guardian(id) => field_values::Model { guardian_id: Some(id), ..none },
        OwnerOfValue::Staff(id) => field_values::Model { staff_id: Some(id), ..none },
        OwnerOfValue::Class(id) => field_values::Model { class_id: Some(id), ..none },
    }
}
