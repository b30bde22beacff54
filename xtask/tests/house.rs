//! The rules of the house that a program can check: who may stand on whom, how long a file may be, and what the table of
//! operations says, in one glance.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const ENGINES: [&str; 8] = ["analytics", "camera", "charts", "documents", "exchange", "files", "timetable", "vision"];

/// Each crate of the house with those of the house that it may stand on, from the ground up. Whoever is not named here
/// stands outside (the shell, the measures, the fuzzing) and may stand on all.
const LAYERS: [(&str, &[&str]); 10] = [
    ("store", &["files", "migrations"]),
    ("kernel", &["files", "store"]),
    ("jobs", &["kernel", "store"]),
    ("school", &["jobs", "kernel", "store"]),
    ("marks", &["jobs", "kernel", "school", "store"]),
    ("faces", &["jobs", "kernel", "school", "store"]),
    ("live", &["faces", "kernel", "school", "store"]),
    // A desk reaches what is stored by `Calls` alone.
    ("desk", &["faces", "kernel", "live", "school"]),
    ("upkeep", &["faces", "kernel", "marks", "school", "store"]),
    ("operations", &["desk", "faces", "jobs", "kernel", "live", "marks", "school", "store", "upkeep"]),
];

/// What knows no feature and may be used by any crate; of these an engine takes only the words, for what it refuses.
const ANYWHERE: [&str; 2] = ["words", "blobs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn crates() -> BTreeSet<String> {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().file_name());
    folders.map(|name| name.into_string().unwrap()).chain(["migrations".to_owned()]).collect()
}

/// The crates of the house that a manifest names in its `[dependencies]`.
fn stands_on(manifest: &Path, house: &BTreeSet<String>) -> BTreeSet<String> {
    let text = fs::read_to_string(manifest).unwrap();
    let dependencies = text.split("\n[").find(|part| part.starts_with("dependencies]")).unwrap_or_default();
    let names = dependencies.lines().filter_map(|line| line.split(['.', ' ', '=']).next());
    names.filter(|name| house.contains(*name)).map(str::to_owned).collect()
}

#[test]
fn no_crate_stands_on_one_above_it() {
    let house = crates();
    let manifest = |name: &str| root().join("crates").join(name).join("Cargo.toml");
    let mut wrong = Vec::new();
    for engine in ENGINES {
        for other in stands_on(&manifest(engine), &house) {
            if !ENGINES.contains(&other.as_str()) && other != "words" {
                wrong.push(format!("the engine {engine} stands on {other}"));
            }
        }
    }
    for (name, below) in LAYERS {
        for other in stands_on(&manifest(name), &house) {
            let allowed = below.contains(&other.as_str())
                || ANYWHERE.contains(&other.as_str())
                || (ENGINES.contains(&other.as_str()) && name != "kernel");
            if !allowed {
                wrong.push(format!("{name} stands on {other}"));
            }
        }
    }
    // Cameras are opened at a desk and nowhere else.
    for (name, _) in LAYERS.iter().filter(|(name, _)| *name != "desk") {
        if stands_on(&manifest(name), &house).contains("camera") {
            wrong.push(format!("{name} opens cameras"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Longer ones want splitting.
const LONGEST: usize = 600;

#[test]
fn no_file_is_longer_than_a_head() {
    let mut long = Vec::new();
    let mut files = 0;
    for folder in ["crates", "migrations/src", "src-tauri/src", "xtask/src", "ui/src"] {
        let mut folders = vec![root().join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let name = entry.file_name().unwrap().to_string_lossy().into_owned();
                if entry.is_dir() {
                    if !["bindings", "node_modules", "target"].contains(&name.as_str()) {
                        folders.push(entry);
                    }
                } else if [".rs", ".ts", ".tsx"].iter().any(|ending| name.ends_with(ending)) {
                    files += 1;
                    let text = fs::read_to_string(&entry).unwrap();
                    let lines = text.lines().count();
                    if lines > LONGEST && !text.lines().next().is_some_and(|first| first.ends_with("Do not edit.")) {
                        long.push(format!("{}: {lines} lines", entry.display()));
                    }
                }
            }
        }
    }
    assert!(files > 300, "only {files} files were looked at");
    assert!(long.is_empty(), "{long:#?}");
}

/// Every operation has one line in one table, and the tables together are what was decided: a rule that is taken away or
/// given to others shows here, next to what it was.
#[test]
fn the_rules_are_those_that_were_decided() {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for table in tables() {
        let text = fs::read_to_string(&table).unwrap();
        let Some(rest) = text.split("operations! { ").nth(1) else { continue };
        let feature = rest.split(';').next().unwrap();
        for line in text.split(";\n").filter(|line| line.contains("who: ")) {
            let words = |key: &str| {
                let rest = line.split(&format!("{key}: ")).nth(1).unwrap_or_default();
                rest.split([',', '\n']).next().unwrap_or_default().trim().to_owned()
            };
            let name = line.split('(').next().unwrap_or_default().split("::").last().unwrap_or_default().trim();
            let also = line.split("also: [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
            let said = format!("{} {} {} {} [{also}]", words("who"), words("does"), words("runs"), words("path"));
            let twice = lines.insert(format!("{feature}.{name}"), said);
            assert_eq!(twice, None, "{feature}.{name} stands in the table twice");
        }
    }
    let now: String = lines.iter().map(|(name, said)| format!("{name}: {said}\n")).collect();
    let decided = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations.txt");
    let was = fs::read_to_string(&decided).unwrap_or_default();
    let differ = |a: &str, b: &str| -> Vec<String> {
        let b: BTreeSet<&str> = b.lines().collect();
        a.lines().filter(|line| !b.contains(line)).map(str::to_owned).collect()
    };
    let (new, gone) = (differ(&now, &was), differ(&was, &now));
    assert!(
        new.is_empty() && gone.is_empty(),
        "not as it was decided (put it into xtask/tests/operations.txt if it is meant)\nnow: {new:#?}\nwas: {gone:#?}"
    );
}

/// The tables of the features.
fn tables() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.file_name().is_some_and(|name| name == "table.rs") {
                found.push(entry);
            }
        }
    }
    found
}

/// An idea that stands once: whoever wants what exists says so by the table, and words of an enum are written in one way.
#[test]
fn an_idea_stands_once() {
    let mut wrong = Vec::new();
    let mut folders = vec![root().join("crates"), root().join("src-tauri")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = entry.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/");
            if entry.is_dir() {
                folders.push(entry);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&entry).unwrap();
                if text.contains("DeletedAt.is_null()") {
                    wrong.push(format!("{name}: DeletedAt.is_null() (say `Entity::existing()`)"));
                }
                wrong.extend(camel_words(&text).map(|named| format!("{name}: `{named}` (its words are snake_case)")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The enums whose words go over the wire in camelCase.
fn camel_words(text: &str) -> impl Iterator<Item = &str> {
    let items = text.split("#[derive(").skip(1);
    items.filter_map(|item| {
        let (attributes, rest) = item.split_once("pub enum ")?;
        let own = !attributes.contains("pub struct ") && !attributes.contains("fn ");
        (own && attributes.contains("rename_all = \"camelCase\""))
            .then(|| rest.split([' ', '<']).next().unwrap_or_default())
    })
}
