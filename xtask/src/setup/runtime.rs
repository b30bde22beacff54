//! ONNX Runtime's shared library, which runs the face models, from its Python wheel. It stays at 1.28.0: from 1.29 on it
//! reports to its maker when it is loaded, whatever it is told.

use super::fetch::{Archive, Index, own_folder, unzip};
use super::stock::Stock;
use crate::failure::Result;
use crate::place::{make_folder, vendor};
use crate::process::say;
use std::env::consts::{ARCH, OS};

struct Runtime {
    wheel: Archive<'static>,
    /// The library's path in the wheel, and its name in `vendor/runtime`.
    library: (&'static str, &'static str),
}

macro_rules! wheel {
    ($platform:literal, $sha256:literal) => {
        wheel!($platform, $platform, $sha256)
    };
    ($platform:literal, $tags:literal, $sha256:literal) => {
        Archive {
            what: "ONNX Runtime",
            file: concat!("onnxruntime-1.28.0-cp311-cp311-", $tags, ".whl"),
            sha256: $sha256,
            index: Index::Pip(&[
                "--only-binary=:all:",
                "--python-version=3.11",
                concat!("--platform=", $platform),
                "onnxruntime==1.28.0",
            ]),
        }
    };
}

const LINUX_LIBRARY: (&str, &str) = ("onnxruntime/capi/libonnxruntime.so.1.28.0", "libonnxruntime.so");

/// What is fetched for a system and its processor.
fn runtime(os: &str, arch: &str) -> Option<Runtime> {
    let (wheel, library) = match (os, arch) {
        ("linux", "x86_64") => (
            wheel!(
                "manylinux_2_28_x86_64",
                "manylinux_2_27_x86_64.manylinux_2_28_x86_64",
                "a166b78ee04f3a37fa1ef82034b6a3ce96d9684e582d4d30b296de83e9998bb5"
            ),
            LINUX_LIBRARY,
        ),
        ("linux", "aarch64") => (
            wheel!(
                "manylinux_2_28_aarch64",
                "manylinux_2_27_aarch64.manylinux_2_28_aarch64",
                "8d66f9ceb29909c70839e4e4fb3435c7b490050d8f162bd5f3aba4ca01ee517f"
            ),
            LINUX_LIBRARY,
        ),
        ("macos", "aarch64") => (
            wheel!("macosx_14_0_arm64", "f5c5daabd28aad610f83fdcf32acec8fb57e6adc6c6a39fe2a3c755db957b410"),
            ("onnxruntime/capi/libonnxruntime.1.28.0.dylib", "libonnxruntime.dylib"),
        ),
        ("windows", "x86_64") => (
            wheel!("win_amd64", "0d650aeee29368414367b65529e90afe4bf1bab76254789063b8b2f7ea3013c8"),
            ("onnxruntime/capi/onnxruntime.dll", "onnxruntime.dll"),
        ),
        _ => return None,
    };
    Some(Runtime { wheel, library })
}

/// Puts the library and its licence into `vendor/runtime`. A platform that has no build of it gets
/// an empty folder: the application then runs without faces and says so.
pub fn install() -> Result<()> {
    let Some(runtime) = runtime(OS, ARCH) else {
        say(&format!("ONNX Runtime 1.28 has no build for {OS} on {ARCH}: faces are switched off"));
        return make_folder(&vendor().join("runtime"));
    };
    let stock = Stock::new(&vendor(), "runtime", runtime.wheel.sha256);
    if stock.is_complete() {
        return Ok(());
    }
    stock.replace(|new| {
        let download = super::download_folder()?;
        let wheel = runtime.wheel.obtain(own_folder().as_deref(), download.path())?;
        let (entry, name) = runtime.library;
        unzip(&wheel, entry, &new.join(name))?;
        for notice in ["LICENSE", "ThirdPartyNotices.txt"] {
            unzip(&wheel, &format!("onnxruntime/{notice}"), &new.join(notice))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_has_the_version_that_reports_to_nobody() {
        for (os, arch) in [("linux", "x86_64"), ("linux", "aarch64"), ("macos", "aarch64"), ("windows", "x86_64")] {
            let Runtime { wheel, library } = runtime(os, arch).unwrap();
            let Index::Pip(words) = wheel.index else { panic!("{os} {arch}: no wheel") };
            assert!(words.contains(&"onnxruntime==1.28.0"), "{os} {arch}: {words:?}");
            assert!(wheel.file.starts_with("onnxruntime-1.28.0-"), "{os} {arch}: {}", wheel.file);
            // On Windows the library's name says no version.
            assert!(os == "windows" || library.0.contains("1.28.0"), "{os} {arch}: {}", library.0);
        }
        assert!(runtime("linux", "riscv64").is_none());
    }

    /// Of any other version that a tool brings along.
    #[test]
    fn what_cargo_runs_reports_to_nobody() {
        assert_eq!(std::env::var("ORT_DISABLE_TELEMETRY").as_deref(), Ok("1"));
    }
}
