//! Makes a typed function of every message that Rust uses, and a table of its texts in every language, from the catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

/// The sections that Rust speaks; the others belong to the screens.
const SECTIONS: [&str; 5] = ["cli", "faults", "language", "paper", "refusals"];
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

type Texts = BTreeMap<String, String>;

fn main() {
    let folder = Path::new("catalogue");
    println!("cargo:rerun-if-changed=catalogue");
    println!("cargo:rerun-if-changed=build.rs");
    let mut languages: BTreeMap<String, Texts> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the catalogue is a folder") {
        let path = entry.expect("the catalogue can be listed").path();
        if path.extension().is_some_and(|ending| ending == "json") {
            languages.insert(stem(&path), texts(&path));
        }
    }
    let english = languages.get("en").expect("the catalogue has English");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo names a folder for what is made"));
    fs::write(out.join("tables.rs"), tables(&languages)).expect("the tables can be written");
    fs::write(out.join("messages.rs"), messages(english)).expect("the functions can be written");
}

fn stem(path: &Path) -> String {
    path.file_stem().and_then(|name| name.to_str()).expect("a language's file is named by its code").to_owned()
}

fn texts(path: &Path) -> Texts {
    let text = fs::read_to_string(path).expect("a language's file can be read");
    let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found = Texts::new();
    for section in SECTIONS {
        if let Some(part) = value.get(section) {
            flatten(section, part, &mut found);
        }
    }
    found
}

fn flatten(at: &str, value: &Value, found: &mut Texts) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, field)| flatten(&format!("{at}.{name}"), field, found)),
        Value::String(text) => {
            found.insert(at.to_owned(), text.clone());
        }
        other => panic!("{at} is no text: {other}"),
    }
}

fn tables(languages: &BTreeMap<String, Texts>) -> String {
    let mut code = String::from("static TABLES: &[(&str, &[(&str, &str)])] = &[\n");
    for (language, texts) in languages {
        let _ = writeln!(code, "    ({language:?}, &[");
        for (key, text) in texts {
            let _ = writeln!(code, "        ({key:?}, {text:?}),");
        }
        code.push_str("    ]),\n");
    }
    code.push_str("];\n");
    code
}

/// A message: its texts (several where it has plural forms).
struct Entry<'a> {
    texts: Vec<&'a str>,
    plural: bool,
}

#[derive(Default)]
struct Module<'a> {
    inner: BTreeMap<&'a str, Module<'a>>,
    entries: BTreeMap<&'a str, (String, Entry<'a>)>,
}

fn messages(english: &Texts) -> String {
    let mut root = Module::default();
    // How a language is written is no message.
    for (key, text) in english.iter().filter(|(key, _)| !key.starts_with("language.")) {
        let (base, plural) = base(key, english);
        let (path, name) = base.rsplit_once('.').expect("a key stands in a section");
        let module = path.split('.').fold(&mut root, |module, part| module.inner.entry(part).or_default());
        let entry =
            module.entries.entry(name).or_insert_with(|| (base.to_owned(), Entry { texts: Vec::new(), plural }));
        entry.1.texts.push(text);
    }
    let mut code = String::new();
    for (name, module) in &root.inner {
        write_module(name, module, 0, &mut code);
    }
    let keys: BTreeSet<&str> =
        english.keys().filter(|key| !key.starts_with("language.")).map(|key| base(key, english).0).collect();
    let _ = writeln!(
        code,
        "/// Every key that has a function here.\npub static KEYS: &[&str] = &{:#?};",
        Vec::from_iter(keys)
    );
    code
}

/// The key without its plural's ending, where it has one.
fn base<'a>(key: &'a str, english: &Texts) -> (&'a str, bool) {
    match key.rsplit_once('_') {
        Some((base, ending)) if PLURALS.contains(&ending) && english.contains_key(&format!("{base}_other")) => {
            (base, true)
        }
        _ => (key, false),
    }
}

fn write_module(name: &str, module: &Module, depth: usize, code: &mut String) {
    let pad = "    ".repeat(depth);
    let _ = writeln!(code, "{pad}/// The messages under `{name}` of the catalogue.\n{pad}pub mod {} {{", snake(name));
    if !module.entries.is_empty() {
        let _ = writeln!(code, "{pad}    #[allow(unused_imports)]\n{pad}    use crate::{{Message, Text, Whole}};\n");
    }
    for (name, inner) in &module.inner {
        write_module(name, inner, depth + 1, code);
    }
    for (name, (key, entry)) in &module.entries {
        write_function(name, key, entry, &"    ".repeat(depth + 1), code);
    }
    let _ = writeln!(code, "{pad}}}");
}

fn write_function(name: &str, key: &str, entry: &Entry, pad: &str, code: &mut String) {
    let mut parameters: Vec<(String, &str)> = Vec::new();
    for (value, kind) in entry.texts.iter().flat_map(|text| values(key, text)) {
        if parameters.iter().all(|(known, _)| *known != value) {
            parameters.push((value, kind));
        }
    }
    let plural = entry.plural && !parameters.iter().any(|(name, _)| name == "count");
    assert!(!plural, "{key} has plural forms, and none of them shows its count");
    let text = entry.texts.last().expect("a message has a text");
    let _ = writeln!(code, "{pad}/// “{}”", text.replace('\n', " "));
    let _ = writeln!(code, "{pad}#[must_use]");
    let list: Vec<String> =
        parameters.iter().map(|(name, kind)| format!("{}: impl Into<{kind}>", snake(name))).collect();
    let _ = writeln!(code, "{pad}pub fn {}({}) -> Message {{", snake(name), list.join(", "));
    let with: String =
        parameters.iter().map(|(name, kind)| format!(".with({name:?}, {kind}::from_given({}))", snake(name))).collect();
    let _ = writeln!(code, "{pad}    Message::of({key:?}){with}\n{pad}}}\n");
}

/// The values of a text in the order in which they stand, each with its kind: `{{name}}` is a text, `{{days, number}}` and
/// the `{{count}}` of a plural a number.
fn values(key: &str, text: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for part in text.split("{{").skip(1) {
        let (inside, _) = part.split_once("}}").unwrap_or_else(|| panic!("{key}: a value is not closed"));
        let (name, format) = inside.split_once(',').map_or((inside, ""), |(name, format)| (name, format.trim()));
        let kind = match format {
            "" if name.trim() == "count" => "Whole",
            "" => "Text",
            "number" => "Whole",
            other => panic!("{key}: there is no format {other}"),
        };
        found.push((name.trim().to_owned(), kind));
    }
    found
}

/// `wrongPassword` as Rust writes it; a word that is Rust's own gets a line below.
fn snake(camel: &str) -> String {
    let mut snake = String::with_capacity(camel.len() + 4);
    for c in camel.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    match snake.as_str() {
        "type" | "in" | "for" | "as" | "match" | "use" | "where" | "move" | "self" | "loop" => snake + "_",
        _ => snake,
    }
}
