//! The real program on the command line: what it prints, its exit codes, and that bad input changes nothing.
#![allow(clippy::unwrap_used)]

mod analyse;
mod basics;
mod database;
mod export;
mod faces;
mod faces_keys;
#[cfg(target_os = "linux")]
mod full_disk;
mod home;
mod import;
mod killed;
#[cfg(unix)]
#[path = "../../../crates/store/tests/server/own_server.rs"]
mod own_server;
#[cfg(unix)]
mod private;
#[cfg(unix)]
mod shipped;
