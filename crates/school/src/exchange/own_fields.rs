//! Columns of a list of students or staff that hold fields of the school's own: which there are for whoever imports, and what
//! becomes of their cells. A blank cell leaves what is stored.

use std::collections::{BTreeMap, HashMap};

use exchange::{ColumnMatching, ListKind, OwnField, OwnKind, OwnValues, Place};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use store::entities::{FieldAbout, FieldKind, SoftDeleted, custom_fields, field_values};
use store::ids::{CustomFieldId, SchoolId};
use uuid::Uuid;
use words::faults::exchange::value;
use words::refusals;

use super::plan::Planner;
use super::report::ImportedField;
use super::rows::{Kept, Rows};
use crate::error::Invalid;
use crate::people::{Extent, ListedFields, OwnerOfValue, checked_value, new_value, owner_id};
use crate::{Context, Error, Result};

/// The fields of a school that whoever imports says of all students, or all staff.
pub(super) async fn importable(context: &Context, school: Option<SchoolId>) -> Result<Vec<OwnField>> {
    let mut own = Vec::new();
    let Some(school) = school.filter(|_| context.actor.is_some()) else { return Ok(own) };
    for (about, of) in [(FieldAbout::Student, ListKind::Students), (FieldAbout::Staff, ListKind::Staff)] {
        let listed = ListedFields::of(context, school, about).await?;
        for field in listed.fields.into_iter().filter(|field| field.changed == Extent::All) {
            let field = field.row;
            let kind = match field.kind {
                FieldKind::Text => OwnKind::Text,
                FieldKind::Number => OwnKind::Number,
                FieldKind::Date => OwnKind::Date,
                FieldKind::YesNo => OwnKind::YesNo,
                FieldKind::Choice => OwnKind::Choice(choices(context.store().reader(), &field).await?),
            };
            own.push(OwnField { id: field.id.to_string(), title: field.title, of, kind });
        }
    }
    Ok(own)
}

/// What is offered, and behind it what somebody has of before: who has it keeps it.
async fn choices(db: &impl ConnectionTrait, field: &custom_fields::Model) -> Result<Vec<String>> {
    use sea_orm::QuerySelect;
    let held: Vec<String> = field_values::Entity::find()
        .select_only()
        .column(field_values::Column::Value)
        .distinct()
        .filter(field_values::Column::SchoolId.eq(field.school_id))
        .filter(field_values::Column::FieldId.eq(field.id))
        .into_tuple()
        .all(db)
        .await?;
    let mut choices = field.choices.0.clone();
    choices.extend(held.into_iter().filter(|value| !field.choices.0.contains(value)));
    Ok(choices)
}

/// Refuses a matching that names a field which is none for whoever imports.
pub(super) fn check_matching(matching: Option<&ColumnMatching>, own: &[OwnField]) -> Result<()> {
    let known = |id: &String| own.iter().any(|field| field.id == *id);
    match matching.is_none_or(|matching| matching.own.keys().all(known)) {
        true => Ok(()),
        false => Err(Error::not_found(refusals::gone::field())),
    }
}

/// The fields that a list has columns of, with what they hold.
#[derive(Default)]
pub(super) struct StoredFields {
    fields: BTreeMap<String, custom_fields::Model>,
    values: Vec<field_values::Model>,
}

impl StoredFields {
    /// What they hold, which goes into the book.
    pub fn take_values(&mut self) -> Rows<field_values::Model> {
        Rows::stored(std::mem::take(&mut self.values))
    }

    /// # Errors
    /// A field that was taken out of use since the list was read.
    pub async fn load(db: &impl ConnectionTrait, school: SchoolId, said: &OwnValues) -> Result<Self> {
        let ids: Vec<CustomFieldId> = said.headers.keys().filter_map(|id| id.parse().ok()).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let fields = custom_fields::Entity::find()
            .filter(custom_fields::Column::SchoolId.eq(school))
            .filter(custom_fields::Column::Id.is_in(ids.iter().copied()))
            .filter(custom_fields::Entity::existing())
            .all(db)
            .await?;
        if fields.len() < ids.len() {
            return Err(Error::not_found(refusals::gone::field()));
        }
        let values = field_values::Entity::find()
            .filter(field_values::Column::SchoolId.eq(school))
            .filter(field_values::Column::FieldId.is_in(ids))
            .all(db)
            .await?;
        Ok(Self { fields: fields.into_iter().map(|field| (field.id.to_string(), field)).collect(), values })
    }
}

/// What a cell asks for.
struct Asked<'p> {
    at: Place,
    header: &'p str,
    field: &'p custom_fields::Model,
    text: &'p str,
    of: OwnerOfValue,
    /// The person's place in the book.
    person: usize,
}

impl Planner<'_> {
    /// Compares what the rows say of the school's own fields with what these hold.
    pub fn own_fields(&mut self, said: &OwnValues, stored: &StoredFields) {
        let Some(book) = self.chosen.filter(|_| !stored.fields.is_empty()) else { return };
        let rows = &self.books[book];
        let mut asked = asked_of(&rows.students, said, stored, |row| OwnerOfValue::Student(row.id));
        asked.extend(asked_of(&rows.staff, said, stored, |row| OwnerOfValue::Staff(row.id)));
        let held: HashMap<(Uuid, CustomFieldId), usize> =
            rows.values.iter().filter_map(|(place, row)| Some(((owner_id(row)?, row.field_id), place))).collect();
        for one in asked {
            self.own_field(book, one, &held);
        }
    }

    fn own_field(&mut self, book: usize, one: Asked<'_>, held: &HashMap<(Uuid, CustomFieldId), usize>) {
        let rows = &mut self.books[book];
        let place = held.get(&(one.of.id(), one.field.id)).copied();
        let before = place.map(|place| rows.values.now(place).value.clone());
        // A list holds a text on one line.
        if before.as_deref().is_some_and(|before| on_one_line(before) == one.text) {
            return;
        }
        let mut invalid = Invalid::default();
        let checked = checked_value(&mut invalid, "value", one.field, Some(one.text));
        let Some(after) = checked.filter(|_| invalid.check().is_ok()) else {
            // Of what was checked as it was read, a choice that is offered no longer is left.
            let offered = value::one_of(one.field.choices.0.join(", "));
            self.remarks.refuse(&one.at, one.header, one.text, offered);
            return;
        };
        if before.as_ref() == Some(&after) {
            return;
        }
        let change = ImportedField { field: one.field.title.clone(), before: json!(before), after: json!(after) };
        match place {
            Some(place) => rows.values.meet(place, &one.at).value = after,
            None => {
                let row = new_value(rows.id, one.of, one.field.id, after);
                rows.values.add(row, &one.at);
            }
        }
        match one.of {
            OwnerOfValue::Staff(_) => rows.staff.list[one.person].besides.push(change),
            _ => rows.students.list[one.person].besides.push(change),
        }
    }
}

/// What the rows of a file say of the fields of these people.
fn asked_of<'p, M>(
    rows: &Rows<M>,
    said: &'p OwnValues,
    stored: &'p StoredFields,
    of: impl Fn(&M) -> OwnerOfValue,
) -> Vec<Asked<'p>> {
    let mut asked = Vec::new();
    for (person, Kept { now, at, deleted, .. }) in rows.list.iter().enumerate() {
        let Some(at) = at.as_ref().filter(|_| !deleted) else { continue };
        let Some(values) = said.of_line.get(&at.line) else { continue };
        asked.extend(values.iter().filter_map(|(id, text)| {
            let (field, header) = (stored.fields.get(id)?, said.headers.get(id)?);
            Some(Asked { at: at.clone(), header, field, text, of: of(now), person })
        }));
    }
    asked
}

/// As a cell of a list holds it.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
