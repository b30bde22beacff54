//! What the set-up fetches, for tests that need it: a folder named by HOMEROOM_VENDOR, or `vendor` at the top. Where it is
//! not there a test says that it is skipped.

// Each test file uses a part of it.
#![allow(dead_code)]

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};

use vision::{Models, Threads};

pub fn vendor() -> PathBuf {
    std::env::var_os("HOMEROOM_VENDOR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor"), PathBuf::from)
}

/// ONNX Runtime's library.
pub fn runtime() -> PathBuf {
    vendor().join("runtime").join(format!("{DLL_PREFIX}onnxruntime{DLL_SUFFIX}"))
}

/// The models, loaded; `None`, said aloud, when they are not there.
pub fn models() -> Option<Models> {
    let folder = vendor().join("models");
    there(&folder.join("manifest.json"))?;
    there(&runtime())?;
    Some(Models::load(&folder, &runtime(), Threads::default()).unwrap())
}

/// A photograph of the demo; `None`, said aloud, when it is not there.
pub fn photograph(name: &str) -> Option<PathBuf> {
    let path = vendor().join("photos").join(name);
    there(&path)?;
    Some(path)
}

fn there(file: &Path) -> Option<()> {
    if !file.is_file() {
        println!("skipped: {} is not there; run the set-up", file.display());
        return None;
    }
    Some(())
}
