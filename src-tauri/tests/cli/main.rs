//! The real program on the command line: what it prints, its exit codes, and that bad input changes nothing.
#![allow(clippy::unwrap_used)]

mod analyse;
mod basics;
mod database;
mod faces;
mod faces_keys;
mod home;
mod import;
#[cfg(unix)]
mod private;
#[cfg(unix)]
mod shipped;
