//! What a machine needs before anything is built: each step looks whether it is there, says what it
//! does when it is not, and does nothing otherwise.

mod fetch;
mod fonts;
mod models;
mod notices;
mod packages;
mod photos;
mod runtime;
mod stock;
mod tools;
mod window_code;

pub use tools::tauri_driver;

use crate::failure::{Failure, Result};
use tempfile::TempDir;

/// What the machine is set up for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Building and running the application.
    Run,
    /// Also what the tests use: a virtual display, WebDriver, PostgreSQL, PDF tools.
    Tests,
}

/// Installs what is missing.
///
/// # Errors
/// At the first thing that could not be had; it leaves nothing half done, so that the same command
/// can be given again.
pub fn setup(need: Need) -> Result<()> {
    packages::install(need)?;
    window_code::install()?;
    fonts::install()?;
    runtime::install()?;
    photos::install()?;
    models::install()?;
    notices::install()?;
    if need == Need::Tests {
        tools::install()?;
    }
    window_code::build()
}

/// A folder for downloads that is removed when dropped.
fn download_folder() -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix("homeroom-download-")
        .tempdir()
        .map_err(|error| Failure::new("could not make a temporary folder", error))
}
