//! Where things are in the repository.

use crate::failure::{Failure, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let here =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or(here.clone(), Path::to_path_buf)
}

pub fn ui() -> PathBuf {
    root().join("ui")
}

/// What is fetched at set-up and kept out of git: models, runtime, fonts, photographs, tools.
pub fn vendor() -> PathBuf {
    root().join("vendor")
}

/// Cargo's output folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The built application.
pub fn binary(release: bool) -> PathBuf {
    target().join(if release { "release" } else { "debug" }).join(format!("homeroom{}", std::env::consts::EXE_SUFFIX))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Failure::new(format!("could not make {}", path.display()), error))
}

/// All files below the paths given (a path may be a file itself), in name order, links not followed.
pub fn files_below(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = paths.to_vec();
    while let Some(path) = open.pop() {
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            let entries = fs::read_dir(&path)
                .and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>())
                .map_err(|error| Failure::new(format!("could not read {}", path.display()), error))?;
            open.extend(entries.iter().map(fs::DirEntry::path));
        } else if meta.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
