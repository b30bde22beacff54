//! Where the school's data rests: entities, connection and transaction, on SQLite or PostgreSQL.
//! Knows no rule of a school and nobody's permissions.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod entities;
pub mod ids;

mod connect;
mod error;
mod fold;
mod history;
mod migrate;
mod mount;
mod place;
mod private;
mod server;
mod there;
mod tls;
mod transaction;

pub use connect::{ServerPassword, Store, StoreOptions};
pub use error::StoreError;
pub use fold::{fold, search_terms, sort_name, sort_title, words_in_order};
pub use history::{Reversal, read_rows, reverse};
pub use migrate::is_copy_before_update;
pub use place::{AddressFault, Place};
pub use tls::{Protection, TlsFault};
pub use transaction::{Change, ChangeKind, Transaction};
