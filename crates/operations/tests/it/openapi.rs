//! The OpenAPI document is made here, and so always fits the table of operations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kernel::operation::Runs;
use operations::openapi;
use serde_json::Value;

#[test]
fn the_document_is_written() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let text = lines(&openapi(), 3) + "\n";
    if std::fs::read_to_string(&file).unwrap_or_default() != text {
        std::fs::write(file, text).unwrap();
    }
}

/// JSON of which what lies deeper stands in one line, so that a change of an operation is a line that changes.
fn lines(value: &Value, depth: usize) -> String {
    match value {
        Value::Object(fields) if depth > 0 => {
            let fields: Vec<String> = (fields.iter())
                .map(|(name, value)| format!("{}:{}", serde_json::to_string(name).unwrap(), lines(value, depth - 1)))
                .collect();
            format!("{{\n{}\n}}", fields.join(",\n"))
        }
        _ => value.to_string(),
    }
}

#[test]
fn every_operation_at_the_data_has_its_place_and_no_other_has_one() {
    let document = openapi();
    let paths = document["paths"].as_object().unwrap();
    for operation in ::operations::all() {
        let by_name = paths.contains_key(&format!("/operations/{}", operation.name()));
        assert_eq!(by_name, operation.runs() == Runs::AtData, "{}", operation.name());
        assert!(operation.runs() == Runs::AtData || operation.address().is_none(), "{}", operation.name());
    }
    let mut ids = BTreeSet::new();
    for (path, verbs) in paths {
        for (verb, said) in verbs.as_object().unwrap() {
            let id = said["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} twice");
            assert!(said["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{id} says nothing");
            // What the path names is said, once, and nothing else is said to be in it.
            let named: Vec<&str> =
                path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            let parameters = said["parameters"].as_array().cloned().unwrap_or_default();
            let in_path: Vec<&str> =
                parameters.iter().filter(|of| of["in"] == "path").map(|of| of["name"].as_str().unwrap()).collect();
            assert_eq!(named, in_path, "{id}");
            assert!(verb != "get" || said.get("requestBody").is_none(), "{id} reads with a body");
        }
    }
}

/// A server refuses to start where two addresses call the same place differently.
#[test]
fn no_two_addresses_call_one_place_differently() {
    let document = openapi();
    let mut called: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    for path in document["paths"].as_object().unwrap().keys() {
        let shape = path.split('/').map(|part| if part.starts_with('{') { "{}".into() } else { part.to_owned() });
        if let Some(other) = called.insert(shape.collect(), path) {
            panic!("{path} and {other}");
        }
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    fn named(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(name) if key == "$ref" => drop(found.insert(name.clone())),
                        _ => named(value, found),
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|value| named(value, found)),
            _ => (),
        }
    }
    let document = openapi();
    let mut found = BTreeSet::new();
    named(&document, &mut found);
    assert!(found.len() > 200, "{}", found.len());
    for name in found {
        let place = name.strip_prefix('#').unwrap();
        assert!(document.pointer(place).is_some(), "{name} is not there");
        // A generic type that does not say of what would be called alike and numbered.
        assert!(!place.ends_with(|c: char| c.is_ascii_digit()), "{name} is numbered");
    }
}

/// Every former name of an operation answers with an operation that there is.
#[test]
fn former_names_answer() {
    for (former, now) in [("save_student", "people.save_student"), ("undo", "upkeep.undo")] {
        assert_eq!(::operations::parse(former).map(|operation| operation.name()), Some(now));
    }
    for operation in ::operations::all() {
        assert_eq!(operation.name(), format!("{}.{}", operation.feature(), operation.function()));
        assert_eq!(::operations::parse(operation.name()), Some(*operation));
    }
    assert_eq!(::operations::parse("people"), None);
}
