//! What comes with the program is taken only as the program was built with it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::home::{Home, json};

/// The folder of the checkout, whose sums the program was built with.
fn set_up() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/vendor"))
}

/// A checkout in which nothing but the program and what comes with it is, each file a link to the true one.
fn checkout() -> tempfile::TempDir {
    let tree = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = tree.path().join("target/debug/homeroom");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    fs::hard_link(env!("CARGO_BIN_EXE_homeroom"), program).unwrap();
    for part in ["models", "runtime", "fonts"] {
        let folder = tree.path().join("vendor").join(part);
        fs::create_dir_all(&folder).unwrap();
        for entry in fs::read_dir(set_up().join(part)).unwrap().flatten() {
            std::os::unix::fs::symlink(entry.path(), folder.join(entry.file_name())).unwrap();
        }
    }
    tree
}

/// What the doctor finds of the models and of the fonts.
fn found(tree: &Path) -> [(String, String); 2] {
    let home = Home::new();
    let output = Command::new(tree.join("target/debug/homeroom"))
        .args(["doctor", "--json"])
        .env("HOMEROOM_DATA", home.data())
        .env_remove("HOMEROOM_VENDOR")
        .env_remove("HOMEROOM_MODELS")
        .env_remove("HOMEROOM_DB")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let found = json(&output);
    ["face models", "fonts"].map(|name| {
        let check = found["checks"].as_array().unwrap().iter().find(|check| check["name"] == name).unwrap();
        (check["state"].as_str().unwrap().to_owned(), check["finding"].as_str().unwrap().to_owned())
    })
}

#[test]
fn a_changed_threshold_library_or_font_is_refused() {
    if !set_up().join("models/manifest.json").is_file() {
        println!("skipped: no set-up in {}", set_up().display());
        return;
    }
    let tree = checkout();
    let [models, fonts] = found(tree.path());
    assert_eq!((models.0.as_str(), fonts.0.as_str()), ("ok", "ok"), "{} {}", models.1, fonts.1);

    let runtime = fs::read_dir(tree.path().join("vendor/runtime")).unwrap().flatten().map(|entry| entry.path());
    let runtime = runtime.max_by_key(|path| fs::metadata(path).unwrap().len()).unwrap();
    for file in [
        tree.path().join("vendor/models/manifest.json"),
        runtime,
        tree.path().join("vendor/fonts/NotoSans-Regular.ttf"),
    ] {
        let link = fs::read_link(&file).unwrap();
        let mut bytes = fs::read(&file).unwrap();
        if let Some(at) = bytes.windows(12).position(|text| text == br#""score": 0.5"#) {
            // With this a stranger is somebody.
            bytes[at + 11] = b'0';
        } else {
            bytes.push(0);
        }
        fs::remove_file(&file).unwrap();
        fs::write(&file, bytes).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        let refused =
            found(tree.path()).into_iter().filter(|(state, finding)| state == "broken" && finding.contains(&*name));
        assert_eq!(refused.count(), 1, "{name}");
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink(link, &file).unwrap();
    }
}
