//! Operations against a real SQLite file and a real PostgreSQL server. One binary, so that it links once.
#![allow(clippy::unwrap_used)]

mod accounts;
mod analytics;
mod attendance;
mod bindings;
mod classes;
mod clock;
mod consents;
mod crash;
mod damage;
mod dates;
mod demo;
mod ended;
mod exchange;
mod exchange_again;
mod exchange_refused;
mod faces;
mod faces_keys;
mod faces_privacy;
mod first_hour;
mod gradebook;
mod graded;
mod live;
mod locking;
mod off_days;
mod order;
mod people;
mod permissions;
mod reports;
mod roster;
mod rounding;
mod samples;
mod schools;
mod undoing;
mod upkeep;
mod world;
