//! Schools: academic years and terms, settings, what a new school starts with.

mod sessions;
mod start;

pub use sessions::{NewTerm, check_sessions, insert_year};
pub use start::insert_school_basics;
