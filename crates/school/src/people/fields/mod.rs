//! Fields that a school makes itself, for what its office must know of students, guardians, staff and classes: what they
//! are, who sees and changes each, and what they hold. Who leads a school makes them, and sees and changes all of them; of
//! the other roles each field names its own.

mod define;
mod kinds;
mod reach;
mod values;

pub use define::{CustomField, FieldIds, ListFields, ReorderFields, SaveField, SavedField};
pub(super) use define::{list_fields, reorder_fields, restore_field, retire_field, save_field};
pub use reach::{OwnerOfValue, permit_value};
pub use values::{FieldValue, OfValues, SaveFieldValue, SaveFieldValues};
pub(super) use values::{field_values, save_field_values};
