//! The table of operations as an OpenAPI 3.1 document: what other programs read to call Homeroom. Every operation at the data
//! has a place by its name, and one among the resources where its line says so; what runs at a desk has none.

use std::collections::{BTreeMap, BTreeSet};

use kernel::operation::{Address, Does, Runs, Verb};
use kernel::{Error, Operation};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

const SCHEMAS: &str = "#/components/schemas/";

/// The document.
pub fn openapi() -> Value {
    let settings = || {
        SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
    };
    let mut inputs = settings().for_deserialize().into_generator();
    let mut outputs = settings().for_serialize().into_generator();
    let refusal = outputs.subschema_for::<Error>().to_value();
    let mut lines: Vec<Line> = (crate::all().iter().copied())
        .filter(|operation| operation.runs() == Runs::AtData)
        .map(|operation| {
            let (input, output) = operation.schemas(&mut inputs, &mut outputs);
            Line { operation, input: input.to_value(), output: output.to_value() }
        })
        .collect();
    let schemas = one_of_both(&mut inputs, &mut outputs, &mut lines);
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for line in &lines {
        let by_name = format!("/operations/{}", line.operation.name());
        paths.entry(by_name).or_default().insert("post".into(), line.by_name());
        if let Some(address) = line.operation.address() {
            let (path, fields) = place(&address);
            let verb = verb(address.verb).to_owned();
            paths.entry(path).or_default().insert(verb, line.resource(&address, &fields, &schemas));
        }
    }
    let features: BTreeSet<&str> = lines.iter().map(|line| line.operation.feature()).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Homeroom",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Runs a school: roster, gradebook with analytics, report cards and attendance. Made from the table of operations.",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/api/v1", "description": "The school's server" }],
        "security": [{ "session": [] }],
        "tags": features.iter().map(|feature| json!({ "name": feature, "description": format!("Operations of the feature {feature}.") })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": { "session": { "type": "http", "scheme": "bearer", "description": "The token that signing in gave." } },
            "responses": {
                "Refused": {
                    "description": "It was refused: `code` says why, `message` in words, `errors` in which fields.",
                    "content": { "application/json": { "schema": {
                        "type": "object",
                        "required": ["success", "code", "message", "data", "meta", "errors"],
                        "properties": {
                            "success": { "const": false },
                            "code": { "type": "string" },
                            "message": { "type": "string" },
                            "data": { "type": "null" },
                            "meta": { "type": "object", "properties": { "error": refusal } },
                            "errors": { "type": "array", "items": { "type": "object" } },
                        },
                    } } },
                },
            },
            "schemas": schemas,
        },
    })
}

/// An operation with the schemas of what it takes and gives.
struct Line {
    operation: &'static Operation,
    input: Value,
    output: Value,
}

impl Line {
    fn by_name(&self) -> Value {
        let mut said = self.said(self.operation.name().to_owned());
        said["requestBody"] = body(self.input.clone());
        said
    }

    /// At its place: what the path names is not named again.
    fn resource(&self, address: &Address, fields: &[Field], schemas: &Map<String, Value>) -> Value {
        let mut said = self.said(format!("{}.{}", verb(address.verb), self.operation.name()));
        let mut input = resolved(&self.input, schemas);
        let mut parameters = Vec::new();
        for field in fields {
            let schema = take(&mut input, &field.of).unwrap_or_else(|| json!({ "type": "string" }));
            let schema = if field.in_list { schema["items"].clone() } else { schema };
            parameters.push(json!({ "name": field.name, "in": "path", "required": true, "schema": schema }));
        }
        if matches!(address.verb, Verb::GET | Verb::DELETE) {
            let required = names(&input, "required");
            let rest = input["properties"].as_object().cloned().unwrap_or_default();
            for (name, mut schema) in rest {
                let mut parameter = json!({ "name": name, "in": "query", "required": required.contains(&name) });
                if let Some(about) = schema.as_object_mut().and_then(|schema| schema.remove("description")) {
                    parameter["description"] = about;
                }
                if is_object(&schema, schemas) {
                    parameter["style"] = "deepObject".into();
                    parameter["explode"] = true.into();
                }
                parameter["schema"] = schema;
                parameters.push(parameter);
            }
        } else {
            said["requestBody"] = body(input);
        }
        if !parameters.is_empty() {
            said["parameters"] = parameters.into();
        }
        said
    }

    fn said(&self, id: String) -> Value {
        let who = match self.operation.rule() {
            [] => "Anyone; the operation itself says what it allows.".to_owned(),
            rule => format!("For: {}.", rule.iter().map(|(role, _)| role.name()).collect::<Vec<_>>().join(", ")),
        };
        let does = if self.operation.does() == Does::Read { "Changes nothing." } else { "Changes what is stored." };
        let mut said = json!({
            "operationId": id,
            "summary": self.operation.about().trim_end_matches('.'),
            "description": format!("{who} {does}"),
            "tags": [self.operation.feature()],
            "responses": {
                "200": { "description": "It was done.", "content": { "application/json": { "schema": {
                    "type": "object",
                    "required": ["success", "code", "message", "data", "meta", "errors"],
                    "properties": {
                        "success": { "const": true },
                        "code": { "const": "ok" },
                        "message": { "type": "string" },
                        "data": self.output,
                        "meta": { "type": "object" },
                        "errors": { "type": "array", "maxItems": 0, "items": { "type": "object" } },
                    },
                } } } },
                "4XX": { "$ref": "#/components/responses/Refused" },
            },
        });
        if self.operation.rule().is_empty() {
            said["security"] = json!([]);
        }
        said
    }
}

/// A field of the input that an address names.
struct Field {
    /// As the address calls it.
    name: String,
    /// As the input calls it.
    of: String,
    /// The input has a list of them, of which this is one.
    in_list: bool,
}

/// The address without what its fields are called in the input, and these fields.
fn place(address: &Address) -> (String, Vec<Field>) {
    let mut fields = Vec::new();
    let parts: Vec<String> = (address.path.split('/'))
        .map(|part| {
            let Some(named) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
                return part.to_owned();
            };
            let (name, of) = named.split_once('=').unwrap_or((named, named));
            let (of, in_list) = of.strip_suffix("[]").map_or((of, false), |of| (of, true));
            fields.push(Field { name: name.to_owned(), of: of.to_owned(), in_list });
            format!("{{{name}}}")
        })
        .collect();
    (parts.join("/"), fields)
}

fn verb(verb: Verb) -> &'static str {
    match verb {
        Verb::GET => "get",
        Verb::POST => "post",
        Verb::PUT => "put",
        Verb::DELETE => "delete",
    }
}

fn body(schema: Value) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

/// The schema itself, where it is only named.
fn resolved(schema: &Value, schemas: &Map<String, Value>) -> Value {
    let named = schema["$ref"].as_str().and_then(|name| schemas.get(name.strip_prefix(SCHEMAS)?));
    named.unwrap_or(schema).clone()
}

fn is_object(schema: &Value, schemas: &Map<String, Value>) -> bool {
    let of_any = schema["anyOf"].as_array().into_iter().flatten().any(|one| is_object(one, schemas));
    of_any || resolved(schema, schemas)["type"] == "object"
}

fn names(schema: &Value, key: &str) -> BTreeSet<String> {
    schema[key].as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Takes a field out of an object's schema.
fn take(schema: &mut Value, field: &str) -> Option<Value> {
    let taken = schema.get_mut("properties")?.as_object_mut()?.remove(field)?;
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name != field);
    }
    Some(taken)
}

/// One list of schemas of what is read and of what is written. A type of which both differ is called `…Input` where it is
/// read, and with it whatever mentions it.
fn one_of_both(inputs: &mut SchemaGenerator, outputs: &mut SchemaGenerator, lines: &mut [Line]) -> Map<String, Value> {
    let mut read = inputs.take_definitions(true);
    let mut all = outputs.take_definitions(true);
    loop {
        let differing: Vec<String> = read
            .iter()
            .filter(|(name, schema)| all.get(*name).is_some_and(|of| of != *schema))
            .map(|(name, _)| name.clone())
            .collect();
        if differing.is_empty() {
            break;
        }
        for name in differing {
            let renamed = format!("{name}Input");
            if let Some(schema) = read.remove(&name) {
                read.insert(renamed.clone(), schema);
            }
            let (from, to) = (format!("{SCHEMAS}{name}"), format!("{SCHEMAS}{renamed}"));
            read.values_mut().for_each(|schema| rename(schema, &from, &to));
            lines.iter_mut().for_each(|line| rename(&mut line.input, &from, &to));
        }
    }
    all.append(&mut read);
    all
}

fn rename(schema: &mut Value, from: &str, to: &str) {
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == "$ref" && value == from {
                    *value = to.into();
                } else {
                    rename(value, from, to);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| rename(one, from, to)),
        _ => (),
    }
}
