//! Operations against a real SQLite file and a real PostgreSQL server. One binary, so that it links once.
#![allow(clippy::unwrap_used)]

mod accounts;
mod bindings;
mod classes;
mod crash;
mod demo;
mod people;
mod permissions;
mod roster;
mod samples;
mod schools;
mod upkeep;
mod world;
