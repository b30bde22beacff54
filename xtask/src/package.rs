//! `cargo xtask package`: the installers of this operating system.

use crate::failure::Result;
use crate::place::{root, target, ui};
use crate::process::{complete, say};
use crate::setup::{Need, setup};
use std::process::Command;

/// Runs `tauri build`, which compiles with optimisation and bundles. On Linux it makes .deb and .rpm
/// unless `arguments` say otherwise, since an AppImage needs tools that Tauri downloads itself.
pub fn package(arguments: &[String]) -> Result<()> {
    setup(Need::Run)?;
    say("building the installers (about a quarter of an hour on two cores)");
    let tauri = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
    let mut command = Command::new(ui().join("node_modules/.bin").join(tauri));
    command.current_dir(root()).arg("build");
    if cfg!(target_os = "linux") && !arguments.iter().any(|a| a.starts_with("--bundles")) {
        command.args(["--bundles", "deb,rpm"]);
    }
    complete(command.args(arguments))?;
    let bundles = target().join("release/bundle");
    say(&format!("the installers are in {}", bundles.display()));
    Ok(())
}
