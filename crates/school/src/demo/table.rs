//! The demo school, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::ADMINISTRATORS;

kernel::operations! { demo;
    /// Fills an empty database with a school to try things on.
    fill::fill_demo_school(FillDemoSchool) -> DemoSchool,
        who: ADMINISTRATORS, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/demo";
}
