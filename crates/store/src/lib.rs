//! Where the school's data rests: entities, connection and transaction, on SQLite or PostgreSQL.
//! Knows no rule of a school and nobody's permissions.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod entities;
pub mod ids;

mod blobs;
mod connect;
mod copies;
mod digest;
mod error;
mod fold;
mod history;
mod jobs;
mod listen;
mod migrate;
mod mount;
mod naming;
mod place;
mod private;
mod proof;
mod reader;
mod references;
mod server;
mod there;
mod tls;
mod transaction;

pub use blobs::BlobRow;
pub use connect::{ServerPassword, Store, StoreOptions};
pub use digest::of_entry as digest_of_entry;
pub use entities::ChangeKind;
pub use error::{StoreError, full_disk, is_full_disk};
pub use fold::{fold, search_terms, sort_name, sort_title, words_in_order};
pub use history::{Reversal, can_be_put_back, read_rows, reverse};
pub use jobs::{Claim, Claimed, JobRow, JobRowState, NewJob};
pub use listen::{LONGEST_WORD, Listening};
pub use migrate::is_copy_before_update;
pub use naming::{delete_rows, give_over, held_twice, naming, only_names};
pub use place::{AddressFault, Place};
pub use proof::{Fault, HistoryFault, Proof, RowFault};
pub use reader::Reader;
pub use references::{Astray, StrayRow, references_within_schools};
pub use tls::{Protection, TlsFault};
pub use transaction::{Change, Link, Transaction, same_version};
