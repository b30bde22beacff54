//! What fields of the school's own hold in its lists: of the persons or classes of a page, and as what a list is sorted and
//! narrowed by. Who does not see a field is not told that there is one.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};
use store::entities::{FieldAbout, FieldKind, custom_fields, field_values};
use store::ids::{ClassId, CustomFieldId, GuardianId, SchoolId, StaffId, StudentId};
use uuid::Uuid;
use words::refusals;

use super::define::existing_of;
use super::reach::{Asking, Extent};
use crate::{Context, Error, Result};

/// Before the identifier of a field, as the name of its column.
const COLUMN: &str = "field:";

/// The name of a field's column in lists.
pub fn column_of(field: CustomFieldId) -> String {
    format!("{COLUMN}{field}")
}

/// The field whose column this is.
pub fn field_in(column: &str) -> Option<CustomFieldId> {
    column.strip_prefix(COLUMN)?.parse().ok()
}

/// A field with how far whoever asks sees and changes it.
pub struct ListedField {
    pub row: custom_fields::Model,
    pub seen: Extent,
    pub changed: Extent,
    /// Whether a list may be sorted and narrowed by it.
    pub sorts: bool,
}

/// The fields about students, staff or classes that whoever asks sees, in their order.
pub struct ListedFields {
    pub fields: Vec<ListedField>,
    about: FieldAbout,
    school: SchoolId,
    asking: Asking,
}

impl ListedFields {
    pub async fn of(context: &Context, school: SchoolId, about: FieldAbout) -> Result<Self> {
        let asking = Asking::at(context, school)?;
        let fields = existing_of(context.store().reader(), school, about).await?;
        let fields = fields.into_iter().map(|row| ListedField {
            seen: asking.sees(&row),
            changed: asking.changes(&row),
            sorts: asking.sees_whole_lists(&row),
            row,
        });
        let fields = fields.filter(|field| field.seen != Extent::Nobody).collect();
        Ok(Self { fields, about, school, asking })
    }

    pub fn find(&self, field: CustomFieldId) -> Option<&ListedField> {
        self.fields.iter().find(|listed| listed.row.id == field)
    }

    /// What these fields hold of these persons or classes, of which at most 500 are asked for at once, as far as whoever
    /// asks is told.
    pub async fn values(
        &self,
        context: &Context,
        fields: &[CustomFieldId],
        ids: &[Uuid],
    ) -> Result<HashMap<(Uuid, CustomFieldId), String>> {
        let wanted: Vec<&ListedField> = fields.iter().filter_map(|field| self.find(*field)).collect();
        if wanted.is_empty() || ids.is_empty() {
            return Ok(HashMap::new());
        }
        let part: HashSet<CustomFieldId> =
            wanted.iter().filter(|field| field.seen == Extent::Reached).map(|field| field.row.id).collect();
        let reached = match part.is_empty() {
            true => HashSet::new(),
            false => self.asking.reached(context, self.about, ids).await?,
        };
        let rows = of_owners(self.about, ids)
            .filter(field_values::Column::SchoolId.eq(self.school))
            .filter(field_values::Column::FieldId.is_in(wanted.iter().map(|field| field.row.id)))
            .all(context.store().reader())
            .await?;
        let held = rows.into_iter().filter_map(|row| Some((owner_id(&row)?, row.field_id, row.value)));
        let told = held.filter(|(owner, field, _)| !part.contains(field) || reached.contains(owner));
        Ok(told.map(|(owner, field, value)| ((owner, field), value)).collect())
    }

    /// Of these persons or classes those of whom whoever asks says what the field holds.
    pub async fn changeable(&self, context: &Context, field: &ListedField, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
        match field.changed {
            Extent::Nobody => Ok(HashSet::new()),
            Extent::Reached => self.asking.reached(context, self.about, ids).await,
            Extent::All => Ok(ids.iter().copied().collect()),
        }
    }
}

/// What fields hold of these persons or classes.
pub fn of_owners(about: FieldAbout, ids: &[Uuid]) -> sea_orm::Select<field_values::Entity> {
    use field_values::Column;
    let rows = field_values::Entity::find();
    match about {
        FieldAbout::Student => rows.filter(Column::StudentId.is_in(ids.iter().map(|id| StudentId(*id)))),
        FieldAbout::Guardian => rows.filter(Column::GuardianId.is_in(ids.iter().map(|id| GuardianId(*id)))),
        FieldAbout::Staff => rows.filter(Column::StaffId.is_in(ids.iter().map(|id| StaffId(*id)))),
        FieldAbout::Class => rows.filter(Column::ClassId.is_in(ids.iter().map(|id| ClassId(*id)))),
    }
}

/// Of whom or what a value is.
pub fn owner_id(row: &field_values::Model) -> Option<Uuid> {
    let person = row.student_id.map(|id| id.0).or(row.guardian_id.map(|id| id.0)).or(row.staff_id.map(|id| id.0));
    person.or(row.class_id.map(|id| id.0))
}

/// A field by which a list is sorted or narrowed, as SQL; `s` is the person or class and `$1` the school.
pub struct FieldSql {
    field: custom_fields::Model,
    /// Of who is deleted whoever asks is told nothing.
    there_only: bool,
}

impl FieldSql {
    /// The field, where whoever asks sees what it holds of all that the list shows them.
    pub async fn find(
        context: &Context,
        school: SchoolId,
        about: FieldAbout,
        field: CustomFieldId,
    ) -> Result<Option<Self>> {
        let listed = ListedFields::of(context, school, about).await?;
        let found = listed.fields.into_iter().find(|listed| listed.row.id == field && listed.sorts);
        Ok(found.map(|listed| Self { there_only: listed.seen != Extent::All, field: listed.row }))
    }

    /// The same for what a list is narrowed by.
    ///
    /// # Errors
    /// There is no such field for whoever asks.
    pub async fn demand(context: &Context, school: SchoolId, about: FieldAbout, field: CustomFieldId) -> Result<Self> {
        let found = Self::find(context, school, about, field).await?;
        found.ok_or_else(|| Error::not_found(refusals::gone::field()))
    }

    /// What the field holds of `s`.
    fn held(&self, what: &str, values: &mut Vec<Value>) -> String {
        values.push(self.field.id.into());
        let of = match self.field.about {
            FieldAbout::Student => "student_id",
            FieldAbout::Guardian => "guardian_id",
            FieldAbout::Staff => "staff_id",
            FieldAbout::Class => "class_id",
        };
        let there = if self.there_only { " AND s.deleted_at IS NULL" } else { "" };
        format!(
            "SELECT {what} FROM field_values v WHERE v.school_id = $1 AND v.field_id = ${} AND v.{of} = s.id{there}",
            values.len()
        )
    }

    /// The order by what the field holds: who has nothing first, numbers as numbers.
    pub fn order(&self, direction: &str, values: &mut Vec<Value>) -> String {
        let what = match self.field.kind {
            FieldKind::Number => "CAST(v.value AS NUMERIC)",
            FieldKind::Text | FieldKind::Date | FieldKind::Choice | FieldKind::YesNo => "v.value",
        };
        let held = self.held(what, values);
        format!("({held}) NOTNULL {direction}, ({held}) {direction}")
    }

    /// Who has exactly this, or nothing.
    pub fn holds(&self, value: Option<&str>, values: &mut Vec<Value>) -> String {
        let held = self.held("1", values);
        match value {
            None => format!("NOT EXISTS ({held})"),
            Some(value) => {
                values.push(value.into());
                format!("EXISTS ({held} AND v.value = ${})", values.len())
            }
        }
    }
}
