//! Lists as they are shown: of each the columns that it can have, said once for the screen, a saved table and paper; what a
//! person chose to see of it; and a field that is changed in many of its rows.
//!
//! It reads by the operations of the lists themselves, so that nobody sees more of a list here than there.

mod change;
mod classes;
mod columns;
mod courses;
mod export;
mod guardians;
mod kinds;
mod own;
mod show;
mod staff;
mod students;
mod table;
mod users;
mod views;

pub use change::{ChangeField, FieldPlan, ManyChanged, PlanChange, PlannedRow, RowOutcome, RowSeen};
pub use columns::{ColumnInfo, ListCell, OwnColumn};
pub use export::{ExportList, ListFormat, print_list};
pub use kinds::{ClassFilter, CourseFilter, ListOf, StaffFilter};
pub use show::{FilterValues, ListRow, ShowList};
pub use store::entities::ListName;
pub use table::*;
pub use views::{ChooseColumns, DeleteView, ListSettings, OfList, SaveView, SavedView, ShownList, ViewRow};
