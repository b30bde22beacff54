//! What the program is built on, with its licences, as one page that goes with it: the crates of the application and the
//! npm packages of the window, each with the licence files that its package holds.

use super::fetch::sha256_of;
use super::stock::Stock;
use crate::failure::{Failure, Result};
use crate::place::{root, ui, vendor};
use crate::process::{capture, cargo, say};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Changed with what the page looks like, so that it is written anew.
const FORM: &str = "1";

/// One package and where its files are.
struct Package {
    name: String,
    version: String,
    licence: String,
    folder: PathBuf,
}

/// Writes `vendor/notices/THIRD-PARTY.html` when one of the lock files changed since.
pub fn install() -> Result<()> {
    let read = |path: PathBuf| {
        fs::read(&path).map_err(|error| Failure::new(format!("could not read {}", path.display()), error))
    };
    let locks = [read(root().join("Cargo.lock"))?, read(ui().join("package-lock.json"))?];
    let key = format!("{FORM} {} {}", sha256_of(&locks[0]), sha256_of(&locks[1]));
    let stock = Stock::new(&vendor(), "notices", &key);
    if stock.is_complete() {
        return Ok(());
    }
    say("gathering the licences of what Homeroom is built on");
    let mut packages = crates()?;
    packages.extend(npm_packages(&locks[1])?);
    let page = page(&packages);
    stock.replace(|new| {
        let path = new.join("THIRD-PARTY.html");
        fs::write(&path, page).map_err(|error| Failure::new(format!("could not write {}", path.display()), error))
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The crates that the application is linked with, on any system; not those that only build or test it.
fn crates() -> Result<Vec<Package>> {
    let output = capture(cargo().args(["metadata", "--format-version", "1", "--locked"]))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::new("could not read what cargo says of the packages", error))?;
    let empty = Vec::new();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap_or(&empty)
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let mut open: Vec<&str> = metadata["resolve"]["root"].as_str().into_iter().collect();
    let mut linked = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !linked.insert(id) {
            continue;
        }
        let dependencies = nodes.get(id).and_then(|node| node["deps"].as_array()).unwrap_or(&empty);
        let is_linked = |dependency: &&Value| {
            dependency["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
        };
        open.extend(dependencies.iter().filter(is_linked).filter_map(|dependency| dependency["pkg"].as_str()));
    }
    let packages = metadata["packages"].as_array().unwrap_or(&empty).iter();
    // Our own have no source.
    let others =
        packages.filter(|of| of["id"].as_str().is_some_and(|id| linked.contains(id)) && !of["source"].is_null());
    Ok(others
        .map(|of| Package {
            name: text(&of["name"]),
            version: text(&of["version"]),
            licence: text(&of["license"]),
            folder: Path::new(&text(&of["manifest_path"])).parent().unwrap_or(Path::new(".")).to_path_buf(),
        })
        .collect())
}

/// The npm packages that the window's code is made of.
fn npm_packages(lock: &[u8]) -> Result<Vec<Package>> {
    let lock: Value =
        serde_json::from_slice(lock).map_err(|error| Failure::new("could not read ui/package-lock.json", error))?;
    let Some(packages) = lock["packages"].as_object() else { return Ok(Vec::new()) };
    let used = packages.iter().filter(|(path, of)| {
        !path.is_empty() && of["dev"] != true && of["devOptional"] != true && of["optional"] != true
    });
    Ok(used
        .map(|(path, of)| Package {
            name: path.rsplit("node_modules/").next().unwrap_or(path).to_owned(),
            version: text(&of["version"]),
            licence: text(&of["license"]),
            folder: ui().join(path),
        })
        .collect())
}

/// The texts of a package's licence files, in name order.
fn licence_texts(folder: &Path) -> Vec<String> {
    let is_licence = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_uppercase()).unwrap_or_default();
        let begins = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE", "OFL"];
        path.is_file() && begins.iter().any(|begin| name.starts_with(begin))
    };
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_licence).collect();
    files.sort();
    let texts = files.iter().filter_map(|file| fs::read(file).ok());
    texts.map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned()).collect()
}

/// The page: each text once, under the packages that it stands for.
fn page(packages: &[Package]) -> String {
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Package { name, version, licence, folder } in packages {
        let known = if licence.is_empty() { "see its text" } else { licence.as_str() };
        let line = format!("{name} {version} ({known})");
        let mut texts = licence_texts(folder);
        if texts.is_empty() {
            texts.push(format!("The package holds no text of its licence, which it names as: {known}."));
        }
        for text in texts {
            by_text.entry(text).or_default().push(line.clone());
        }
    }
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>What Homeroom is built on</title>\n\
         <style>body{font:14px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}pre{white-space:pre-wrap;\
         font-size:12px}section{border-top:1px solid #ccc;margin-top:1.5em}</style>\n<h1>What Homeroom is built on</h1>\n",
    );
    let mut groups: Vec<(String, Vec<String>)> = by_text.into_iter().collect();
    groups.iter_mut().for_each(|(_, of)| {
        of.sort();
        of.dedup();
    });
    groups.sort_by(|one, other| one.1.cmp(&other.1));
    for (text, of) in groups {
        // Writing to a string does not fail.
        let _ = write!(page, "<section><p>{}</p>\n<pre>{}</pre></section>\n", escape(&of.join(", ")), escape(&text));
    }
    page.push_str("</html>\n");
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_stands_once_under_all_its_packages() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        for folder in &folders[..2] {
            fs::write(folder.path().join("LICENSE-MIT"), "Permission is <granted>\r\n").unwrap();
        }
        fs::write(folders[0].path().join("readme.md"), "no licence").unwrap();
        let packages: Vec<Package> = ["a", "b", "c"]
            .iter()
            .zip(&folders)
            .map(|(name, folder)| Package {
                name: (*name).to_owned(),
                version: "1.0.0".into(),
                licence: "MIT".into(),
                folder: folder.path().to_owned(),
            })
            .collect();
        let page = page(&packages);
        assert_eq!(page.matches("Permission is &lt;granted&gt;").count(), 1);
        assert!(page.contains("<p>a 1.0.0 (MIT), b 1.0.0 (MIT)</p>"), "{page}");
        assert!(
            page.contains("holds no text of its licence, which it names as: MIT.") && !page.contains("no licence\n")
        );
    }
}
