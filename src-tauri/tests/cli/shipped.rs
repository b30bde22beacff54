//! What comes with the program is taken only as the program was built with it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::home::{Home, LIST, PASSWORD, code, json, text};

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

/// Runs the program of the checkout.
fn run(tree: &Path, home: &Home, arguments: &[&str]) -> Output {
    Command::new(tree.join("target/debug/homeroom"))
        .args(arguments)
        .env("HOMEROOM_DATA", home.data())
        .env("HOMEROOM_KEY_STORE", "file")
        .env("HOMEROOM_PASSWORD", PASSWORD)
        .env_remove("HOMEROOM_VENDOR")
        .env_remove("HOMEROOM_MODELS")
        .env_remove("HOMEROOM_DB")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What the doctor finds of the models and of the fonts.
fn found(tree: &Path) -> [(String, String); 2] {
    let found = json(&run(tree, &Home::new(), &["doctor", "--json"]));
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

#[test]
fn nothing_is_printed_with_a_changed_font() {
    if !set_up().join("models/manifest.json").is_file() {
        println!("skipped: no set-up in {}", set_up().display());
        return;
    }
    let (tree, home) = (checkout(), Home::new());
    let list = home.file("list.csv", LIST);
    home.set_up();
    home.done(&["import", &list]);
    let out = home.path().join("cards.pdf");
    let shown = out.display().to_string();
    let print = || run(tree.path(), &home, &["report-cards", "--class", "5 A", "--out", &shown, "--user", "amara"]);
    let made = print();
    assert_eq!(code(&made), 0, "{}", text(&made.stderr));
    fs::remove_file(&out).unwrap();

    let font = tree.path().join("vendor/fonts/NotoSans-Regular.ttf");
    let mut bytes = fs::read(&font).unwrap();
    bytes.push(0);
    fs::remove_file(&font).unwrap();
    fs::write(&font, bytes).unwrap();
    let refused = print();
    let said = text(&refused.stderr);
    assert!(code(&refused) == 1 && said.contains("NotoSans-Regular.ttf"), "{said}");
    assert!(!out.exists());
}
