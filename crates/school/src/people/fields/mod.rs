//! Fields that a school makes itself, for what its office must know of students, guardians, staff and classes: what they
//! are, who sees and changes each, and what they hold. Who leads a school makes them, and sees and changes all of them; of
//! the other roles each field names its own.

mod define;
mod kinds;
mod listed;
mod reach;
mod values;

pub use define::{CustomField, FieldIds, ListFields, ReorderFields, SaveField, SavedField};
pub(super) use define::{list_fields, reorder_fields, restore_field, retire_field, save_field};
pub(crate) use kinds::checked as checked_value;
pub(crate) use listed::{FieldSql, ListedField, ListedFields, column_of, field_in, of_owners, owner_id};
pub(crate) use reach::Extent;
pub use reach::{OwnerOfValue, permit_value, permit_values};
pub use values::{FieldValue, OfValues, SaveFieldValue, SaveFieldValues};
pub(super) use values::{field_values, save_field_values};
pub(crate) use values::{new_value, put_value, write_own_values};
