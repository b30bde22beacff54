//! Randomness, from the system's source and nowhere else.

use crate::{Error, Result};

/// Fills the bytes with numbers that nobody can guess.
///
/// # Errors
/// Where the system has none to give.
#[allow(clippy::disallowed_methods)] // this is the place
pub fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|_| Error::internal("the system gave no random numbers"))
}
