//! The table of all operations: name, input, output, and who may. The shell calls through it, the bindings of the user
//! interface are generated from it, and the permission test walks it; an operation that is not here cannot be called.

use std::path::Path;

use serde_json::Value;
use ts_rs::{Config, ExportError, TS, TypeVisitor};

use crate::permission::{Rule, rules};
use crate::{Context, Error, Result};

/// One line of the generated bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub operation: Operation,
    pub input: String,
    pub output: String,
}

macro_rules! operations {
    ($($(#[doc = $doc:literal])* $feature:ident :: $name:ident ( $input:ty ) -> $output:ty , $rule:expr ;)*) => {
        /// Every operation by its name, as it is audited and called.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(non_camel_case_types)] // a variant is the operation's function, letter for letter
        pub enum Operation { $($(#[doc = $doc])* $name,)* }

        impl Operation {
            /// All operations, in the order of the table.
            pub const ALL: &'static [Operation] = &[$(Operation::$name,)*];

            /// The operation's name.
            pub fn name(self) -> &'static str {
                match self { $(Operation::$name => stringify!($name),)* }
            }

            /// The feature that it belongs to.
            pub fn feature(self) -> &'static str {
                match self { $(Operation::$name => stringify!($feature),)* }
            }

            /// Who may do it.
            pub fn rule(self) -> Rule {
                match self { $(Operation::$name => $rule,)* }
            }
        }

        async fn dispatch(context: &Context, operation: Operation, input: Value) -> Result<Value> {
            match operation {
                $(Operation::$name => {
                    let input: $input = serde_json::from_value(input)?;
                    let output: $output = crate::$feature::$name(context, input).await?;
                    Ok(serde_json::to_value(output)?)
                })*
            }
        }

        /// Writes the types of all inputs and outputs into the folder and returns the bindings' lines.
        pub fn export_types(folder: &Path) -> Result<Vec<Binding>, ExportError> {
            let config = Config::new().with_out_dir(folder).with_large_int("number");
            crate::Error::export_all(&config)?;
            crate::Announcement::export_all(&config)?;
            crate::JobUpdate::export_all(&config)?;
            let mut bindings = Vec::new();
            $(
                export::<$input>(&config)?;
                export::<$output>(&config)?;
                bindings.push(Binding {
                    operation: Operation::$name,
                    input: <$input as TS>::name(&config),
                    output: <$output as TS>::name(&config),
                });
            )*
            Ok(bindings)
        }
    };
}

/// Exports a type; of a list, an option or nothing at all: what it is made of.
fn export<T: TS + ?Sized + 'static>(config: &Config) -> Result<(), ExportError> {
    struct Parts<'c>(&'c Config, Result<(), ExportError>);
    impl TypeVisitor for Parts<'_> {
        fn visit<T: TS + ?Sized + 'static>(&mut self) {
            if self.1.is_ok() {
                self.1 = export::<T>(self.0);
            }
        }
    }
    if T::output_path().is_some() {
        return T::export_all(config);
    }
    let mut parts = Parts(config, Ok(()));
    T::visit_generics(&mut parts);
    parts.1
}

/// Nobody needs to be signed in; the operation itself says what it allows.
const ANYONE: Rule = &[];

operations! {
    /// Whether the school is set up and who is signed in.
    accounts::status(accounts::Nothing) -> accounts::Status, ANYONE;
    /// First run: makes the school and its first administrator.
    accounts::set_up(accounts::SetUp) -> accounts::SignedIn, ANYONE;
    accounts::sign_in(accounts::SignIn) -> accounts::SignedIn, ANYONE;
    accounts::sign_out(accounts::Nothing) -> (), rules::SIGNED_IN;
    accounts::whoami(accounts::Nothing) -> accounts::Whoami, rules::SIGNED_IN;
    accounts::change_password(accounts::ChangePassword) -> (), rules::SIGNED_IN;
    accounts::my_sessions(accounts::Nothing) -> Vec<accounts::SessionRow>, rules::SIGNED_IN;
    accounts::revoke_session(accounts::RevokeSession) -> (), rules::SIGNED_IN;
    accounts::list_users(accounts::ListUsers) -> Vec<accounts::UserRow>, rules::LEADERS;
    accounts::save_user(accounts::SaveUser) -> accounts::UserRow, rules::LEADERS;
    accounts::set_password(accounts::SetPassword) -> (), rules::LEADERS;
    accounts::user_sessions(accounts::OfUser) -> Vec<accounts::SessionRow>, rules::LEADERS;
    accounts::revoke_user_session(accounts::RevokeSession) -> (), rules::LEADERS;
}

use crate::accounts;

impl Operation {
    /// Finds an operation by its name.
    pub fn parse(name: &str) -> Option<Operation> {
        Operation::ALL.iter().copied().find(|operation| operation.name() == name)
    }

    /// Whether somebody who must first choose a password may do it.
    pub fn allowed_before_password_change(self) -> bool {
        matches!(self, Operation::whoami | Operation::change_password | Operation::sign_out)
    }
}

/// Calls an operation by name with a JSON input, as the shell does.
pub async fn call(context: &Context, name: &str, input: Value) -> Result<Value> {
    let operation = Operation::parse(name).ok_or_else(|| Error::not_found("operation"))?;
    // Permission before the input is even read; the operation itself asks again, with the scope.
    if !operation.rule().is_empty() {
        context.permit(operation)?;
    }
    let result = dispatch(context, operation, input).await;
    if let Err(error) = &result {
        tracing::warn!(operation = name, code = ?error.code, "refused");
    }
    result
}

/// The text of `operations.ts`: one typed function per operation.
pub fn bindings_text(bindings: &[Binding]) -> String {
    let mut text =
        String::from("// Generated from the table of operations. Do not edit.\nimport { call } from \"../bridge\";\n");
    let mut names: Vec<String> =
        bindings.iter().flat_map(|b| [type_words(&b.input), type_words(&b.output)]).flatten().collect();
    names.sort();
    names.dedup();
    for name in names {
        text.push_str(&format!("import type {{ {name} }} from \"./{name}\";\n"));
    }
    text.push('\n');
    for binding in bindings {
        let name = binding.operation.name();
        let function = camel(name);
        let (input, output) = (&binding.input, if binding.output == "null" { "null" } else { &binding.output });
        text.push_str(&format!(
            "export const {function} = (input: {input}, job?: string): Promise<{output}> => call(\"{name}\", input, job);\n"
        ));
    }
    text
}

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
