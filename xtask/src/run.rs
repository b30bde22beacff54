//! `cargo xtask run`: opens Homeroom, or runs the same main job without a window.

use crate::failure::{Failure, Result};
use crate::place::{binary, files_below, target, vendor};
use crate::process::{cargo, complete, say};
use crate::setup::{Need, setup};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Sets up, builds and runs; the program's exit code is the task's.
pub fn run(release: bool, arguments: &[String]) -> Result<ExitCode> {
    setup(Need::Run)?;
    let program = build(release)?;
    let names_a_command = arguments.first().is_some_and(|first| !first.starts_with('-'));
    if names_a_command || has_display() {
        return start(Command::new(program).args(arguments));
    }

    let out = target().join("demo");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|error| Failure::new(format!("could not empty {}", out.display()), error))?;
    }
    say("there is no display: running the main job on a demo school instead of opening the window");
    let code = start(Command::new(program).args(["demo", "--out"]).arg(&out).args(arguments))?;
    if code == ExitCode::SUCCESS {
        say(&format!("the files are in {}:", out.display()));
        for file in files_below(std::slice::from_ref(&out))? {
            let shown = file.strip_prefix(&out).unwrap_or(&file);
            eprintln!("  {}", shown.display());
        }
    }
    Ok(code)
}

/// Builds the application.
pub fn build(release: bool) -> Result<PathBuf> {
    build_with(release, &[])
}

/// Builds the application and other programs of the house in one go. With the whole workspace's features, so that tests,
/// runs and measures share what was compiled.
pub fn build_with(release: bool, others: &[&str]) -> Result<PathBuf> {
    say("building Homeroom");
    let mut command = cargo();
    command.args(["build", "--workspace", "--bin", "homeroom"]);
    command.args(others.iter().flat_map(|program| ["--bin", program]));
    if release {
        command.arg("--release");
    }
    complete(&mut command)?;
    Ok(binary(release))
}

/// Runs the application with what was set up, its input and output those of this task.
fn start(command: &mut Command) -> Result<ExitCode> {
    let status = command
        .env("HOMEROOM_VENDOR", vendor())
        .status()
        .map_err(|error| Failure::new("could not start Homeroom", error))?;
    Ok(match status.code() {
        Some(0) => ExitCode::SUCCESS,
        // A code beyond 255 (Windows) or an end by a signal cannot be passed on as it is.
        Some(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        None => {
            eprintln!("error: Homeroom ended with {status}");
            ExitCode::FAILURE
        }
    })
}

fn has_display() -> bool {
    is_display(cfg!(any(windows, target_os = "macos")), |name| std::env::var_os(name))
}

/// Elsewhere than on Windows and macOS a display is named by one of two variables.
fn is_display(always: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    always || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_names_no_display() {
        assert!(!is_display(false, |_| None));
        assert!(!is_display(false, |_| Some(OsString::new())));
        assert!(is_display(false, |name| (name == "WAYLAND_DISPLAY").then(|| "wayland-0".into())));
        assert!(is_display(true, |_| None));
    }
}
