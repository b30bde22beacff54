//! tauri-driver, which lets the journeys drive the real window through WebDriver.

use crate::failure::Result;
use crate::place::vendor;
use crate::process::{cargo, complete, say};
use std::fs;
use std::path::PathBuf;

const VERSION: &str = "2.1.0";

/// The program's path.
pub fn tauri_driver() -> PathBuf {
    vendor().join("tools/bin").join(format!("tauri-driver{}", std::env::consts::EXE_SUFFIX))
}

/// Builds it into `vendor/tools`; cargo puts a finished program there or none.
pub fn install() -> Result<()> {
    let root = vendor().join("tools");
    let installed = fs::read_to_string(root.join(".crates.toml"))
        .is_ok_and(|list| list.contains(&format!("\"tauri-driver {VERSION} ")));
    if installed && tauri_driver().is_file() {
        return Ok(());
    }
    say(&format!("building tauri-driver {VERSION}"));
    complete(
        cargo()
            .args(["install", "--quiet", "--locked", "--force"])
            .args(["tauri-driver", "--version", VERSION])
            .arg("--root")
            .arg(root),
    )
}
