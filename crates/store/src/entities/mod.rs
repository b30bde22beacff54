//! The tables, one file per feature. A row is what the database holds, nothing more; rules live in `school`.

use sea_orm::{EntityTrait, IntoActiveModel, ModelTrait, PrimaryKeyTrait};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::ids::SchoolId;

/// What every table has: an identifier, its school (none above a school) and the version that an update must have seen.
pub trait Row: EntityTrait<Model: RowModel<Entity = Self> + IntoActiveModel<Self::ActiveModel>> {
    /// The table's name, as the audit trail writes it.
    const TABLE: &'static str;
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

/// Declares a table: `table Name<IdType> in scope { columns }`, where scope is `school`, `maybe_school` or `above`; behind
/// it, where columns follow from others, the function that sets them.
macro_rules! table {
    (@school school, $row:ident) => { Some($row.school_id) };
    (@school maybe_school, $row:ident) => { $row.school_id };
    (@school above, $row:ident) => {{ let _ = $row; None }};
    ($(#[doc = $doc:literal])* $module:ident, $name:literal, $id:ty, $scope:ident, { $($(#[$attribute:meta])* $field:ident : $type:ty),* $(,)? } $(, $derive:expr)?) => {
        $(#[doc = $doc])*
        pub mod $module {
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

            impl crate::entities::Row for Entity {
                const TABLE: &'static str = $name;
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
pub use feature_people::*;
pub use feature_schools::*;
pub use feature_upkeep::*;

/// The identifier's value type of an entity.
pub type IdOf<E> = <<E as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;
