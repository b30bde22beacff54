//! Operations against a real SQLite file and a real PostgreSQL server. One binary, so that it links once.
#![allow(clippy::unwrap_used)]

mod accounts;
mod bindings;
mod permissions;
mod samples;
mod world;
