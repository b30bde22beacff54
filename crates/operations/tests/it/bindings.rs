//! The bindings of the user interface are generated here, and so always fit the table of operations.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

use operations::{bindings_text, export_types};

#[test]
fn bindings_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings");
    let fresh = tempfile::tempdir().unwrap();
    let bindings = export_types(fresh.path()).unwrap();
    assert_eq!(bindings.len(), ::operations::all().len());
    std::fs::write(fresh.path().join("operations.ts"), bindings_text(&bindings)).unwrap();
    let names = |folder: &Path| -> BTreeSet<OsString> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    let now = names(fresh.path());
    for name in &now {
        let text = std::fs::read(fresh.path().join(name)).unwrap();
        if std::fs::read(folder.join(name)).unwrap_or_default() != text {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    // A type that is no more leaves nothing behind.
    for gone in names(&folder).difference(&now) {
        std::fs::remove_file(folder.join(gone)).unwrap();
    }
}

/// What no screen calls by itself: the shell shows the live picture, the desk calls what is at the data, a list is shown by
/// `lists.show_list`, and some answer scripts and the command line.
const NOT_FROM_A_SCREEN: [&str; 18] = [
    "people.list_guardians",
    "exchange.import_set",
    "exchange.import_at_set_up",
    "desk.live_session",
    "desk.stop_live_session",
    "desk.camera_sizes",
    "faces.check_photograph",
    "desk.open_register",
    "desk.open_enrolment",
    "desk.open_camera",
    "desk.close_camera",
    "desk.close_session",
    "desk.push_frame",
    "desk.tell_camera",
    "desk.live_picture",
    "desk.follow_session",
    "desk.open_door",
    "desk.close_door",
];

#[test]
fn a_screen_leads_to_every_operation() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src");
    let mut text = String::new();
    let mut folders = vec![sources];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = entry.file_name().unwrap().to_string_lossy().into_owned();
            if entry.is_dir() && name != "bindings" {
                folders.push(entry);
            } else if (name.ends_with(".ts") || name.ends_with(".tsx")) && !name.contains(".test.") {
                text.push_str(&std::fs::read_to_string(&entry).unwrap());
            }
        }
    }
    // A call `f(…)`, or the function handed on under its own name or another.
    let called = |name: &str| {
        let import = |part: &str| text.contains(&format!("{name}{part}"));
        import("(") || import(".") || import(" as ") || import(" }") || import(",")
    };
    for binding in bindings_text(&export_types(tempfile::tempdir().unwrap().path()).unwrap()).lines() {
        let Some(function) = binding.strip_prefix("export const ").and_then(|rest| rest.split(' ').next()) else {
            continue;
        };
        let operation = binding.split(">(\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        if !NOT_FROM_A_SCREEN.contains(&operation) {
            assert!(called(function), "no screen calls {operation}");
        }
    }
}
