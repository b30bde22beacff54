//! The tables, one file per feature. A row is what the database holds, nothing more; rules live in `school`.

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait, PrimaryKeyTrait};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::ids::SchoolId;

mod contact;
mod table;
mod within;
mod words;
pub use contact::{Contact, Contacts, PostalAddress};
pub use table::{Acts, History, Names, Part, Readers, Scope, Table, Taught};
pub use within::{Choices, Roles};
pub use words::*;

/// What every table has: an identifier, its school (none above a school) and the version that an update must have seen.
pub trait Row: EntityTrait<Model: RowModel<Entity = Self> + IntoActiveModel<Self::ActiveModel>> {
    /// The table's name, as the audit trail writes it.
    const TABLE: &'static str;
    /// What the table says of itself.
    const SAYS: Table;
    /// The identifier's column.
    fn id_column() -> Self::Column;
    /// The version's column.
    fn version_column() -> Self::Column;
}

/// One row of a [`Row`] table.
pub trait RowModel: ModelTrait + Serialize + DeserializeOwned + Clone + Send + Sync + PartialEq {
    /// The row's identifier without its type.
    fn uuid(&self) -> Uuid;
    /// The row's school; none for rows above a school.
    fn school(&self) -> Option<SchoolId>;
    /// Counts the row's changes, from 1.
    fn version(&self) -> i32;
    /// Sets the version; the store alone calls this.
    fn set_version(&mut self, version: i32);
    /// Sets what follows from other columns, such as the key that lists are sorted by; the store calls this before it
    /// writes, so that no writer can forget it.
    fn derive(&mut self) {}
}

/// A table whose rows stay when they are deleted, with the time of it, so that they can be restored.
pub trait SoftDeleted: Row {
    /// The column with that time; null while the row exists.
    fn deleted_at() -> Self::Column;

    /// Only what is not deleted: for whoever loads the table, or joins it.
    fn existing() -> SimpleExpr {
        Self::deleted_at().is_null()
    }
}

/// Declares a table: its module, its name, its identifier's type; its scope, `school`, `maybe_school` or `above`; what the
/// history knows of it (`none`, `proof`, or the fields of [`Acts`]); its columns; behind them, where columns follow from
/// others, the function that sets them.
macro_rules! table {
    (@scope school) => { crate::entities::Scope::School };
    (@scope maybe_school) => { crate::entities::Scope::MaybeSchool };
    (@scope above) => { crate::entities::Scope::Above };
    (@history none) => { crate::entities::History::None };
    (@history proof) => { crate::entities::History::Proof };
    (@history part: $part:ident, readers: $readers:ident, undo: $undo:literal, taught: $($taught:tt)+) => {
        crate::entities::History::Acts(crate::entities::Acts {
            part: crate::entities::Part::$part,
            readers: crate::entities::Readers::$readers,
            undo: $undo,
            taught: crate::entities::Taught::$($taught)+,
        })
    };
    (@school school, $row:ident) => { Some($row.school_id) };
    (@school maybe_school, $row:ident) => { $row.school_id };
    (@school above, $row:ident) => {{ let _ = $row; None }};
    ($(#[doc = $doc:literal])* $module:ident, $name:literal, $id:ty, $scope:ident, { $($history:tt)+ }, { $($(#[$attribute:meta])* $field:ident : $type:ty),* $(,)? } $(, $derive:expr)?) => {
        $(#[doc = $doc])*
        pub mod $module {
            #[allow(unused_imports)]
            use crate::entities::words::*;
            #[allow(unused_imports)]
            use crate::entities::{Choices, Contacts, PostalAddress, Roles};
            #[allow(unused_imports)]
            use crate::ids::*;
            #[allow(unused_imports)]
            use chrono::{DateTime, NaiveDate, Utc};
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            #[allow(missing_docs)] // the columns are named in the field's own terms
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: $id,
                $($(#[$attribute])* pub $field: $type,)*
                pub version: i32,
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}

            /// The table's name.
            pub const TABLE: &str = $name;

            impl crate::entities::Row for Entity {
                const TABLE: &'static str = $name;
                const SAYS: crate::entities::Table = crate::entities::Table {
                    name: $name,
                    scope: table!(@scope $scope),
                    history: table!(@history $($history)+),
                    references: &[$((stringify!($field), <$type as crate::entities::Names>::TABLE)),*],
                };
                fn id_column() -> Column {
                    Column::Id
                }
                fn version_column() -> Column {
                    Column::Version
                }
            }

            impl crate::entities::RowModel for Model {
                fn uuid(&self) -> uuid::Uuid {
                    self.id.0
                }
                fn school(&self) -> Option<SchoolId> {
                    let row = self;
                    table!(@school $scope, row)
                }
                fn version(&self) -> i32 {
                    self.version
                }
                fn set_version(&mut self, version: i32) {
                    self.version = version;
                }
                $(fn derive(&mut self) {
                    let derive: fn(&mut Model) = $derive;
                    derive(self);
                })?
            }
        }
    };
}

// A feature's file and a table may share a name, so the files' modules carry a prefix.
#[path = "accounts.rs"]
mod feature_accounts;
#[path = "attendance.rs"]
mod feature_attendance;
#[path = "classes.rs"]
mod feature_classes;
#[path = "faces.rs"]
mod feature_faces;
#[path = "gradebook.rs"]
mod feature_gradebook;
#[path = "lists.rs"]
mod feature_lists;
#[path = "people.rs"]
mod feature_people;
#[path = "schools.rs"]
mod feature_schools;
#[path = "upkeep.rs"]
mod feature_upkeep;

pub use feature_accounts::*;
pub use feature_attendance::*;
pub use feature_classes::*;
pub use feature_faces::*;
pub use feature_gradebook::*;
pub use feature_lists::*;
pub use feature_people::*;
pub use feature_schools::*;
pub use feature_upkeep::*;

/// The one list of tables: calls a macro with all of their modules.
macro_rules! every_table {
    ($with:ident ! ( $($arguments:tt)* )) => {
        $with! { [$($arguments)*]
            districts, schools, academic_sessions, calendar_entries, settings, users, grants, user_sessions, sign_in_attempts, students,
            stays, leaves, transfers, arrivals, guardians, guardianships, merges, medical_notes, behaviour_notes, pastoral_notes, staff, pictures, portraits, custom_fields, subjects, classes, courses, teachings, enrolments, field_values, exemptions, rollover_decisions, grade_places, roster_ids, grade_scales, categories,
            assessments, marks, report_comments, attendance_codes, registers, attendance_marks, absence_notices, consents,
            face_objections, face_rejections, face_uses, data_keys, face_templates, face_photographs, evidence_frames,
            list_views, audit_entries, audit_changes
        }
    };
}
pub(crate) use every_table;

macro_rules! said {
    ([] $($module:ident),*) => { &[$(<$module::Entity as Row>::SAYS),*] };
}

macro_rules! soft_deleted {
    ($($module:ident)*) => {
        $(impl SoftDeleted for $module::Entity {
            fn deleted_at() -> Self::Column {
                $module::Column::DeletedAt
            }
        })*
    };
}

soft_deleted! {
    schools academic_sessions students guardians staff custom_fields subjects classes courses categories assessments attendance_codes
}

/// What all tables say of themselves.
pub const TABLES: &[Table] = every_table!(said!());

impl Table {
    /// The table of this name.
    pub fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// What people do to its rows, where they do anything.
    pub fn acts(&self) -> Option<&Acts> {
        match &self.history {
            History::Acts(acts) => Some(acts),
            History::None | History::Proof => None,
        }
    }

    /// Its columns that name rows, each with their table.
    pub fn references(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.references.iter().filter_map(|(column, table)| table.map(|table| (*column, table)))
    }
}

/// What a former row says where a column came later that is true of all of them.
pub(crate) fn yes() -> bool {
    true
}

/// Work that survives the program: no row of the history, so that its statements are its own.
pub mod jobs {
    /// The table's name.
    pub const TABLE: &str = "jobs";
}

/// The identifier's value type of an entity.
pub type IdOf<E> = <<E as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;
