//! What fields a school has: made, changed, put in order, retired and taken into use again by who leads it. What a retired
//! field holds stays, unseen.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{Choices, FieldAbout, FieldKind, Roles, custom_fields, field_values};
use store::ids::{AuditEntryId, CustomFieldId, SchoolId};
use words::refusals;

use super::kinds::LONGEST_CHOICE;
use crate::error::Invalid;
use crate::{Call, Error, ErrorCode, Result, Role, Save, Undoable};

/// So many fields a school has about students, and so many about each of the others.
const MOST: usize = 100;
/// So many choices a field offers.
const MOST_CHOICES: usize = 100;
/// Who may be told of a field besides who leads the school.
const SEERS: [Role; 4] = [Role::Teacher, Role::Operator, Role::Counsellor, Role::Student];

/// A field that a school made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomField {
    pub id: CustomFieldId,
    pub about: FieldAbout,
    pub title: String,
    pub kind: FieldKind,
    pub choices: Vec<String>,
    pub help: Option<String>,
    /// Who sees it besides who leads the school.
    pub seen_by: Vec<Role>,
    /// Who changes it besides who leads the school.
    pub changed_by: Vec<Role>,
    /// Out of use; what it holds is kept.
    pub retired: bool,
    /// Whether anybody or any class has a value of it: its kind stays.
    pub used: bool,
    pub version: i32,
}

/// Input of [`list_fields`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListFields {
    pub school: SchoolId,
}

/// Input of [`save_field`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveField {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<CustomFieldId>,
    pub about: FieldAbout,
    pub title: String,
    pub kind: FieldKind,
    /// Of a choice: 1 to 100, each once and of at most 60 characters; of other kinds none.
    pub choices: Vec<String>,
    pub help: Option<String>,
    /// `teacher`, `operator`, `counsellor`, `student`.
    pub seen_by: Vec<Role>,
    /// Of those who see it; students change none.
    pub changed_by: Vec<Role>,
}

/// Input of [`reorder_fields`]: all fields about them that are in use, in their new order.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReorderFields {
    pub school: SchoolId,
    pub about: FieldAbout,
    pub fields: Vec<CustomFieldId>,
}

/// Input of [`retire_field`] and [`restore_field`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldIds {
    pub field: CustomFieldId,
    pub version: i32,
}

async fn all(db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<custom_fields::Model>> {
    Ok(custom_fields::Entity::find()
        .filter(custom_fields::Column::SchoolId.eq(school))
        .order_by_asc(custom_fields::Column::Position)
        .order_by_asc(custom_fields::Column::Id)
        .all(db)
        .await?)
}

/// The fields about students, guardians, staff or classes that are in use, in their order.
pub(super) async fn existing_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    about: FieldAbout,
) -> Result<Vec<custom_fields::Model>> {
    let mut fields = all(db, school).await?;
    fields.retain(|field| field.about == about && field.deleted_at.is_none());
    Ok(fields)
}

/// All fields of a school with those out of use, in their order.
pub(in super::super) async fn list_fields(call: &Call, input: ListFields) -> Result<Vec<CustomField>> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    let sql = "SELECT DISTINCT field_id FROM field_values WHERE school_id = $1";
    let mut used = BTreeSet::new();
    for row in db.query_all_raw(call.store().statement(sql, [input.school.into()])).await? {
        used.insert(row.try_get_by_index::<CustomFieldId>(0)?);
    }
    let fields = all(db, input.school).await?;
    Ok(fields
        .into_iter()
        .map(|row| CustomField {
            used: used.contains(&row.id),
            id: row.id,
            about: row.about,
            title: row.title,
            kind: row.kind,
            choices: row.choices.0,
            help: row.help,
            seen_by: row.seen_by.0,
            changed_by: row.changed_by.0,
            retired: row.deleted_at.is_some(),
            version: row.version,
        })
        .collect())
}

/// Makes a field or changes one. What it is about stays, and its kind where it holds anything; a choice that is offered no
/// longer stays with whoever has it.
pub(in super::super) async fn save_field(call: &Call, input: SaveField) -> Result<SavedField> {
    call.access().whole_school(input.school)?;
    let mut checked = check(&input)?;
    let (id, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let known = all(tx.reader(), input.school).await?;
            let of_same = || known.iter().filter(|other| other.about == input.about);
            let key = store::fold(&checked.title);
            let others = || of_same().filter(|other| Some(other.id) != input.save.id() && other.deleted_at.is_none());
            if others().any(|other| store::fold(&other.title) == key) {
                return Err(Error {
                    code: ErrorCode::Duplicate,
                    ..Error::field("title", "taken", refusals::people::field_taken())
                });
            }
            let Some(id) = input.save.id() else {
                if others().count() >= MOST {
                    return Err(Error::field("title", "too_many", refusals::people::too_many_fields(MOST)));
                }
                checked.position = of_same().map(|other| other.position + 1).max().unwrap_or(0);
                return Ok(tx.insert::<custom_fields::Entity>(checked).await?.id);
            };
            let before = known.iter().find(|field| field.id == id && field.deleted_at.is_none());
            let before = before.ok_or_else(|| Error::not_found(refusals::gone::field()))?;
            if before.about != input.about {
                return Err(Error::field("about", "stays", refusals::people::field_about_stays()));
            }
            if before.kind != input.kind && held(tx.reader(), before).await? {
                return Err(Error::field("kind", "stays", refusals::people::field_kind_stays()));
            }
            let before =
                custom_fields::Model { version: input.save.seen().unwrap_or(before.version), ..before.clone() };
            let after = custom_fields::Model { id, position: before.position, ..checked };
            Ok(tx.update::<custom_fields::Entity>(&before, after).await?.id)
        })
        .await?;
    Ok(SavedField { field: id, undo })
}

/// What [`save_field`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedField {
    pub field: CustomFieldId,
    pub undo: Option<AuditEntryId>,
}

async fn held(db: &impl ConnectionTrait, field: &custom_fields::Model) -> Result<bool> {
    let values = field_values::Entity::find()
        .filter(field_values::Column::SchoolId.eq(field.school_id))
        .filter(field_values::Column::FieldId.eq(field.id));
    Ok(values.count(db).await? > 0)
}

fn check(input: &SaveField) -> Result<custom_fields::Model> {
    let mut invalid = Invalid::default();
    let title = invalid.text("title", &input.title, 60);
    let help = invalid.optional("help", input.help.as_deref(), 300);
    let mut choices: Vec<String> = Vec::with_capacity(input.choices.len());
    for (i, choice) in input.choices.iter().enumerate() {
        let place = format!("choices.{i}");
        let choice = invalid.text(&place, choice, LONGEST_CHOICE);
        if choices.contains(&choice) {
            invalid.push(&place, "twice", refusals::people::choice_twice());
        }
        choices.push(choice);
    }
    let offered = choices.len();
    if (input.kind == FieldKind::Choice) != (offered > 0) || offered > MOST_CHOICES {
        invalid.push("choices", "count", refusals::people::choices_count(MOST_CHOICES));
    }
    let roles = |named: &[Role]| SEERS.into_iter().filter(|role| named.contains(role)).collect::<Vec<_>>();
    let (seen_by, changed_by) = (roles(&input.seen_by), roles(&input.changed_by));
    if input.seen_by.iter().any(|role| !SEERS.contains(role)) {
        invalid.push("seenBy", "role", refusals::people::field_roles());
    }
    if input.changed_by.iter().any(|role| !seen_by.contains(role) || *role == Role::Student) {
        invalid.push("changedBy", "role", refusals::people::field_changers());
    }
    invalid.check()?;
    Ok(custom_fields::Model {
        id: CustomFieldId::new(),
        school_id: input.school,
        about: input.about,
        title,
        kind: input.kind,
        choices: Choices(choices),
        help,
        position: 0,
        seen_by: Roles(seen_by),
        changed_by: Roles(changed_by),
        deleted_at: None,
        version: 1,
    })
}

/// Puts the fields about students, guardians, staff or classes in another order.
pub(in super::super) async fn reorder_fields(call: &Call, input: ReorderFields) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let fields = existing_of(tx.reader(), input.school, input.about).await?;
            let known: BTreeSet<CustomFieldId> = fields.iter().map(|field| field.id).collect();
            let named: BTreeSet<CustomFieldId> = input.fields.iter().copied().collect();
            if known != named || input.fields.len() != known.len() {
                return Err(Error::field("fields", "all", refusals::people::name_all_fields()));
            }
            for before in &fields {
                let place = input.fields.iter().position(|id| *id == before.id).unwrap_or(0);
                let position = i32::try_from(place).unwrap_or(i32::MAX);
                let after = custom_fields::Model { position, ..before.clone() };
                tx.update::<custom_fields::Entity>(before, after).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Takes a field out of use; what it holds is kept.
pub(in super::super) async fn retire_field(call: &Call, input: FieldIds) -> Result<Undoable> {
    set_retired(call, input, true).await
}

/// Takes a field into use again, with what it held.
pub(in super::super) async fn restore_field(call: &Call, input: FieldIds) -> Result<Undoable> {
    set_retired(call, input, false).await
}

async fn set_retired(call: &Call, input: FieldIds, retired: bool) -> Result<Undoable> {
    let found = custom_fields::Entity::find_by_id(input.field).one(call.store().reader()).await?;
    let school = found.ok_or_else(|| Error::not_found(refusals::gone::field()))?.school_id;
    call.access().whole_school(school)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(school).await?;
            let known = all(tx.reader(), school).await?;
            let now = known.iter().find(|field| field.id == input.field);
            let now = now.ok_or_else(|| Error::not_found(refusals::gone::field()))?;
            let same = |other: &&custom_fields::Model| other.about == now.about && other.deleted_at.is_none();
            let key = store::fold(&now.title);
            let mut others = known.iter().filter(same).filter(|other| other.id != now.id);
            if !retired && others.any(|other| store::fold(&other.title) == key) {
                return Err(Error {
                    code: ErrorCode::Duplicate,
                    ..Error::field("field", "taken", refusals::people::field_taken())
                });
            }
            let before = custom_fields::Model { version: input.version, ..now.clone() };
            let after = custom_fields::Model { deleted_at: retired.then(|| call.now()), ..before.clone() };
            tx.update::<custom_fields::Entity>(&before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}
