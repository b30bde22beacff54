//! The words of the house: what is said to people on screens, in refusals, on paper and by the command line stands once, in
//! `catalogue/`, a file a language. Nothing here knows a school, a database or a window.
//!
//! Each message that Rust says has a function with its values as parameters, made from the English file when this crate is
//! built: a message that does not exist or lacks a value does not compile.

mod language;
mod message;
mod pseudo;
mod value;

pub use language::{Direction, Language};
pub use message::Message;
pub use value::{Text, Value, Whole};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
