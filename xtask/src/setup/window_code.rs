//! The window's code: its npm packages and its build in `ui/dist`, which must be there before cargo
//! compiles the application.

use super::fetch::sha256_of;
use crate::failure::{Failure, Result};
use crate::place::{files_below, ui};
use crate::process::{capture, complete, npm, say};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Installs the npm packages when what is there is not what the lock file says.
pub fn install() -> Result<()> {
    if is_installed(&ui()) {
        return Ok(());
    }
    check_node()?;
    say("installing npm packages");
    complete(npm().args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
        .map_err(|failure| failure.todo("check the network and give the same command again"))
}

/// Builds `ui/dist` when a source changed since the last build.
pub fn build() -> Result<()> {
    let ui = ui();
    let sum = sources(&ui)?;
    let stamp = ui.join("node_modules/.homeroom-dist");
    let is_built = ui.join("dist/index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|built| built == sum);
    if is_built {
        return Ok(());
    }
    say("building the window's code");
    complete(npm().args(["run", "--silent", "build"]))?;
    fs::write(&stamp, sum).map_err(|error| Failure::new(format!("could not write {}", stamp.display()), error))
}

/// One sum over the names and contents of all that goes into the build.
fn sources(ui: &Path) -> Result<String> {
    let inputs = [
        "src",
        "public",
        "index.html",
        "package.json",
        "package-lock.json",
        "tsconfig.json",
        "vite.config.ts",
        "postcss.config.cjs",
    ];
    let files = files_below(&inputs.map(|name| ui.join(name)))?;
    let mut all = Vec::new();
    for path in files {
        let bytes =
            fs::read(&path).map_err(|error| Failure::new(format!("could not read {}", path.display()), error))?;
        let line = format!("{} {}\n", sha256_of(&bytes), path.display());
        all.extend(line.into_bytes());
    }
    Ok(sha256_of(&all))
}

/// Whether `node_modules` holds what the lock file asks for, by npm's own record of what it
/// installed. Packages for other platforms may be absent.
fn is_installed(ui: &Path) -> bool {
    let read = |path: &str| -> Option<Value> { serde_json::from_slice(&fs::read(ui.join(path)).ok()?).ok() };
    let (Some(lock), Some(record)) = (read("package-lock.json"), read("node_modules/.package-lock.json")) else {
        return false;
    };
    let (Some(wanted), Some(there)) = (lock["packages"].as_object(), record["packages"].as_object()) else {
        return false;
    };
    wanted.iter().filter(|(path, _)| !path.is_empty()).all(|(path, package)| match there.get(path) {
        Some(found) => found["version"] == package["version"] && found["integrity"] == package["integrity"],
        None => package["optional"] == true || package["devOptional"] == true,
    })
}

/// Vite needs Node 20.19 or newer.
fn check_node() -> Result<()> {
    let todo = "install Node 20.19 or newer with npm, and give the same command again";
    let output = capture(Command::new("node").arg("--version")).map_err(|failure| failure.todo(todo))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let numbers: Vec<u32> = version.trim_start_matches('v').split('.').filter_map(|part| part.parse().ok()).collect();
    if numbers.as_slice() >= [20, 19].as_slice() {
        return Ok(());
    }
    Err(Failure::new("Node is too old", format!("it is {version}, needed is 20.19")).todo(todo))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(lock: &str, record: Option<&str>) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("package-lock.json"), lock).unwrap();
        if let Some(record) = record {
            fs::create_dir(folder.path().join("node_modules")).unwrap();
            fs::write(folder.path().join("node_modules/.package-lock.json"), record).unwrap();
        }
        folder
    }

    #[test]
    fn packages_are_installed_when_npms_record_agrees_with_the_lock_file() {
        let lock = r#"{"packages": {"": {"name": "ui"},
            "node_modules/a": {"version": "1.0.0", "integrity": "x"},
            "node_modules/b": {"version": "2.0.0", "integrity": "y", "optional": true}}}"#;
        let same = r#"{"packages": {"node_modules/a": {"version": "1.0.0", "integrity": "x"}}}"#;
        let older = r#"{"packages": {"node_modules/a": {"version": "0.9.0", "integrity": "w"}}}"#;
        assert!(is_installed(folder(lock, Some(same)).path()));
        assert!(!is_installed(folder(lock, Some(older)).path()));
        assert!(!is_installed(folder(lock, Some("{")).path()));
        assert!(!is_installed(folder(lock, None).path()));
    }

    #[test]
    fn the_sum_changes_with_a_source() {
        let ui = tempfile::tempdir().unwrap();
        fs::create_dir(ui.path().join("src")).unwrap();
        fs::write(ui.path().join("src/main.tsx"), "1").unwrap();
        let before = sources(ui.path()).unwrap();
        assert_eq!(before, sources(ui.path()).unwrap());
        fs::write(ui.path().join("src/main.tsx"), "2").unwrap();
        assert_ne!(before, sources(ui.path()).unwrap());
    }
}
