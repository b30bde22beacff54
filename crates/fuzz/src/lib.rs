//! Spoils good files in many ways and hands each to every reader of files that a person may choose. The same number makes the
//! same file again.

mod readers;
mod seeds;
mod spoil;

pub use readers::{peak_of_this_program, read_with_all};
pub use seeds::{Seed, from_folder, own};
pub use spoil::spoiled;
