//! A school to try things on: two schools, 24 classes, 600 students with names in three scripts, staff, a term of marks
//! and attendance, the same for the same seed. Only ever put into a database that has no students yet.

mod fill;
mod names;
mod records;
mod roster;
mod table;

pub use fill::{DemoSchool, FillDemoSchool};
pub use table::*;
