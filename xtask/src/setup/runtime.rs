//! ONNX Runtime's shared library, which runs the face models, from its Python wheel.

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
        Archive {
            what: "ONNX Runtime",
            file: concat!("onnxruntime-1.31.1-cp311-cp311-", $platform, ".whl"),
            sha256: $sha256,
            index: Index::Pip(&[
                "--only-binary=:all:",
                "--python-version=3.11",
                concat!("--platform=", $platform),
                "onnxruntime==1.31.1",
            ]),
        }
    };
}

const LINUX_LIBRARY: (&str, &str) = ("onnxruntime/capi/libonnxruntime.so.1.31.1", "libonnxruntime.so");

fn runtime() -> Option<Runtime> {
    let (wheel, library) = match (OS, ARCH) {
        ("linux", "x86_64") => (
            wheel!("manylinux_2_28_x86_64", "5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f"),
            LINUX_LIBRARY,
        ),
        ("linux", "aarch64") => (
            wheel!("manylinux_2_28_aarch64", "da05378364c44d4407e463982d2bf8d5e4cfea873283757e48beeb41df97b7f3"),
            LINUX_LIBRARY,
        ),
        ("macos", "aarch64") => (
            wheel!("macosx_14_0_arm64", "60b6b69bfe580eab576cacc5d132a0e9cf2a37fcfd18d46dd191042b1d1ed0d7"),
            ("onnxruntime/capi/libonnxruntime.1.31.1.dylib", "libonnxruntime.dylib"),
        ),
        ("windows", "x86_64") => (
            wheel!("win_amd64", "c3d91b5de31e2fc82d71bd65b2b22bddee8b49057a3a36338e9a868e0ea90c05"),
            ("onnxruntime/capi/onnxruntime.dll", "onnxruntime.dll"),
        ),
        _ => return None,
    };
    Some(Runtime { wheel, library })
}

/// Puts the library and its licence into `vendor/runtime`. A platform that has no build of it gets
/// an empty folder: the application then runs without faces and says so.
pub fn install() -> Result<()> {
    let Some(runtime) = runtime() else {
        say(&format!("ONNX Runtime 1.31 has no build for {OS} on {ARCH}: faces are switched off"));
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
