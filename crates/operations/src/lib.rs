//! The table of all operations, put together from a table per feature. The shell calls through it, the bindings of the
//! user interface are generated from it, and the permission test walks it; an operation that is not here cannot be called.

use std::path::Path;
use std::sync::LazyLock;

use kernel::operation::Dispatch;
use kernel::{Announcement, Call, Context, Error, JobUpdate, Operation, Result};
use serde_json::Value;
use ts_rs::{Config, ExportError, TS};
use words::refusals;

mod door;
mod former_names;
mod here;
mod house;
mod openapi;

pub use door::{reopen_kiosk, resume_at_door};
pub use here::{Acting, Here, at_desk};
pub use house::{job_kinds, services};
pub use openapi::openapi;

static ALL: LazyLock<Vec<&'static Operation>> = LazyLock::new(|| {
    let features = [
        school::accounts::operations::ALL,
        school::demo::operations::ALL,
        school::schools::operations::ALL,
        school::people::operations::ALL,
        school::classes::operations::ALL,
        school::lists::operations::ALL,
        upkeep::operations::ALL,
        marks::gradebook::operations::ALL,
        marks::analytics::operations::ALL,
        marks::reports::operations::ALL,
        school::attendance::operations::ALL,
        live::operations::ALL,
        desk::operations::ALL,
        faces::operations::ALL,
        school::exchange::operations::ALL,
        jobs::operations::ALL,
    ];
    features.concat()
});

/// All operations, a feature after the other.
pub fn all() -> &'static [&'static Operation] {
    &ALL
}

/// Finds an operation by its name, or by one that it had.
pub fn parse(name: &str) -> Option<&'static Operation> {
    house::HOUSE.operation(name)
}

/// The operation of this name, where whoever is signed in may do it at all.
pub fn permitted(context: &Context, name: &str) -> Result<&'static Operation> {
    let operation = parse(name).ok_or_else(|| Error::not_found(refusals::gone::operation()))?;
    Call::open(context, operation)?;
    Ok(operation)
}

/// Calls an operation by name with a JSON input, in the name of who acts in the context.
pub async fn call(context: &Context, name: &str, input: Value) -> Result<Value> {
    let operation = parse(name).ok_or_else(|| Error::not_found(refusals::gone::operation()))?;
    let result = match operation.dispatch() {
        Dispatch::AtData(work) => work(context, input).await,
        Dispatch::AtDesk(work) => work(&at_desk(context), input).await,
    };
    if let Err(error) = &result {
        tracing::warn!(operation = operation.name(), code = ?error.code, "refused");
    }
    result
}

/// One line of the generated bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub operation: &'static Operation,
    pub input: String,
    pub output: String,
}

/// Writes the types of all inputs and outputs into the folder and returns the bindings' lines.
pub fn export_types(folder: &Path) -> Result<Vec<Binding>, ExportError> {
    let config = Config::new().with_out_dir(folder).with_large_int("number");
    Error::export_all(&config)?;
    Announcement::export_all(&config)?;
    JobUpdate::export_all(&config)?;
    let mut bindings = Vec::new();
    for operation in ALL.iter().copied() {
        let types = operation.types(&config)?;
        bindings.push(Binding { operation, input: types.input, output: types.output });
    }
    Ok(bindings)
}

/// The text of `operations.ts`: one typed function per operation, which also makes the query of what it answers.
pub fn bindings_text(bindings: &[Binding]) -> String {
    let mut text = String::from(
        "// Generated from the table of operations. Do not edit.\nimport { operation } from \"../bridge\";\n",
    );
    let mut names: Vec<String> =
        bindings.iter().flat_map(|b| [type_words(&b.input), type_words(&b.output)]).flatten().collect();
    names.sort();
    names.dedup();
    for name in names {
        text.push_str(&format!("import type {{ {name} }} from \"./{name}\";\n"));
    }
    text.push_str(
        "\n/** The names of the operations: who may do which, and what was done. */\nexport type OperationName =\n",
    );
    let all: Vec<String> = bindings.iter().map(|b| format!("  | \"{}\"", b.operation.name())).collect();
    text.push_str(&all.join("\n"));
    text.push_str(";\n\n");
    for binding in bindings {
        let (name, function) = (binding.operation.name(), binding.operation.function());
        // An operation may be called what TypeScript keeps for itself: `class` becomes `class_`.
        let mut function = camel(function);
        if RESERVED.contains(&function.as_str()) {
            function.push('_');
        }
        let (input, output) = (&binding.input, if binding.output == "null" { "null" } else { &binding.output });
        // What it shows is asked for again when it changes; who writes shows nothing that is kept.
        let shows: Vec<String> = binding.operation.shows().iter().map(|table| format!("\"{table}\"")).collect();
        text.push_str(&format!(
            "/** {} */\nexport const {function} = operation<{input}, {output}>(\"{name}\", [{}]);\n",
            binding.operation.about(),
            shows.join(", ")
        ));
    }
    text
}

/// Words of TypeScript that name an operation too, or may one day.
const RESERVED: [&str; 6] = ["class", "delete", "export", "import", "new", "default"];

/// The exported types that a type's text mentions.
fn type_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with(char::is_uppercase) && *word != "Array" && *word != "Record")
        .map(str::to_owned)
        .collect()
}

fn camel(name: &str) -> String {
    let mut upper = false;
    let mut result = String::new();
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            result.extend(c.to_uppercase());
            upper = false;
        } else {
            result.push(c);
        }
    }
    result
}
