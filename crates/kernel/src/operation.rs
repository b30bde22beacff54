//! What is said of an operation, and the macro by which a feature says it: one line each in the feature's `table.rs`.

use std::marker::PhantomData;
use std::ops::Deref;

use futures_util::future::BoxFuture;
use schemars::{Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::{Config, ExportError, TS, TypeVisitor};

use crate::{AtDesk, Calls, Context, Error, Job, Result, Rule};

/// Whether an operation changes anything. It settles the verb of its address, whether it may be tried again by itself, and
/// what a screen does with its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Changes nothing that is stored; that something was looked at may be noted.
    Read,
    /// Changes something.
    Write,
}

/// Where an operation can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Where the database is: in this program, or at the school's server.
    AtData,
    /// Only at the desk, with the cameras, paths and devices of this computer; it never gets an address.
    AtDesk,
}

/// The verb of an address.
#[allow(clippy::upper_case_acronyms)] // as HTTP writes them
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    GET,
    POST,
    PUT,
    DELETE,
}

/// The place of an operation among the resources. `{name}` stands for the input's field of that name, `{name=field}` for
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    pub verb: Verb,
    pub path: &'static str,
}

/// What an operation is besides, when something stands against it or something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types)] // as the table writes them
pub enum Also {
    /// May be done while the screen is locked.
    while_locked,
    /// May be done by a sign-in while it runs the kiosk at the door, where anybody may touch the screen.
    at_kiosk,
    /// May be done by somebody who must first choose a password.
    before_password_change,
    /// Asks for the password again where that was not given lately: who may do what, and the keys. Changing one's own
    /// password asks for it always.
    needs_password,
    /// Is also done by the house itself, without anybody who asks: daily, or because of another act.
    by_itself,
}

/// The names of an operation's types in TypeScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Types {
    pub input: String,
    pub output: String,
}

/// How an operation is done with a JSON input: permission comes before the input is even read.
#[derive(Clone, Copy)]
pub enum Dispatch {
    AtData(for<'c> fn(&'c Context, Value) -> BoxFuture<'c, Result<Value>>),
    AtDesk(for<'c> fn(&'c AtDesk, Value) -> BoxFuture<'c, Result<Value>>),
}

/// A line of the table: all that is said about an operation anywhere.
pub struct Operation {
    pub feature: &'static str,
    /// The feature's name and the function's, `people.save_student`: two features may call a function alike.
    pub name: &'static str,
    /// The function's name alone.
    pub function: &'static str,
    pub about: &'static str,
    pub who: Rule,
    pub does: Does,
    pub shows: &'static [&'static str],
    pub runs: Runs,
    pub address: Option<Address>,
    pub also: &'static [Also],
    pub dispatch: Dispatch,
    pub types: fn(&Config) -> Result<Types, ExportError>,
    pub schemas: fn(&mut SchemaGenerator, &mut SchemaGenerator) -> (Schema, Schema),
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Operation {}

impl Operation {
    /// The operation's name, as it is audited and called: its feature's and its own, `people.save_student`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The name of the function alone, by which its feature and the screens call it.
    pub fn function(&self) -> &'static str {
        self.function
    }

    /// The feature that it belongs to.
    pub fn feature(&self) -> &'static str {
        self.feature
    }

    /// What it does, in a sentence.
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// Who may do it; nobody named: also who is not signed in, and the operation itself says what it allows.
    pub fn rule(&self) -> Rule {
        self.who
    }

    /// Whether it changes anything.
    pub fn does(&self) -> Does {
        self.does
    }

    /// The tables whose rows its answer shows: a change in one of them makes the answer old.
    pub fn shows(&self) -> &'static [&'static str] {
        self.shows
    }

    /// Where it can be done.
    pub fn runs(&self) -> Runs {
        self.runs
    }

    /// Its place among the resources, where it has one.
    pub fn address(&self) -> Option<Address> {
        self.address
    }

    /// Whether the table says this of it besides.
    pub fn is(&self, also: Also) -> bool {
        self.also.contains(&also)
    }

    /// How it is done.
    pub fn dispatch(&self) -> Dispatch {
        self.dispatch
    }

    /// The JSON Schemas of its input, by the first generator, and of its output, by the second.
    pub fn schemas(&self, inputs: &mut SchemaGenerator, outputs: &mut SchemaGenerator) -> (Schema, Schema) {
        (self.schemas)(inputs, outputs)
    }

    /// Writes the types of its input and output and returns their names.
    pub fn types(&self, config: &Config) -> Result<Types, ExportError> {
        (self.types)(config)
    }
}

/// A line of the table with the types of its operation: for who calls it by name, from wherever.
pub struct Line<I, O> {
    pub operation: Operation,
    types: PhantomData<fn(I) -> O>,
}

impl<I, O> Line<I, O> {
    /// The line of an operation that takes and answers these types.
    pub const fn new(operation: Operation) -> Self {
        Self { operation, types: PhantomData }
    }
}

impl<I, O> Deref for Line<I, O> {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        &self.operation
    }
}

impl<I: Serialize, O: DeserializeOwned> Line<I, O> {
    /// Has the operation done.
    pub async fn on(&self, calls: &dyn Calls, input: I) -> Result<O> {
        self.reporting(calls, input, &Job::default()).await
    }

    /// The same as a job, which hears how far it is and may be stopped.
    pub async fn reporting(&self, calls: &dyn Calls, input: I, job: &Job) -> Result<O> {
        let output = calls.call(self.name(), serde_json::to_value(input)?, job).await?;
        // serde's sentence names the field and what was expected, not the value of a text.
        serde_json::from_value(output)
            .map_err(|error| Error::internal(format!("{} answers something else: {error}", self.name())))
    }
}

/// The tables of this list, by their entities: a table that is not there does not compile.
#[macro_export]
#[doc(hidden)]
macro_rules! tables {
    ($($table:ident),* $(,)?) => { &[$(store::entities::$table::TABLE),*] };
}

/// An address, or that there is none.
#[macro_export]
#[doc(hidden)]
macro_rules! address {
    (none) => {
        None
    };
    ($verb:ident $path:literal) => {
        Some($crate::operation::Address { verb: $crate::operation::Verb::$verb, path: $path })
    };
}

/// The function by which an operation is called in this program.
#[macro_export]
#[doc(hidden)]
macro_rules! function {
    (AtData, [$($about:tt)+] $module:ident, $name:ident, $input:ty, $output:ty) => {
        $($about)+
        pub async fn $name(context: &$crate::Context, input: $input) -> $crate::Result<$output> {
            let call = $crate::Call::open(context, &operations::$name)?;
            super::$module::$name(&call, input).await
        }
    };
    (AtDesk, [$($about:tt)+] $module:ident, $name:ident, $input:ty, $output:ty) => {
        $($about)+
        pub async fn $name(desk: &$crate::AtDesk, input: $input) -> $crate::Result<$output> {
            desk.calls.permitted(operations::$name.name()).await?;
            super::$module::$name(desk, input).await
        }
    };
}

/// The same with JSON. A future of its own on the heap: all of them in the body of one would be too large for a thread's
/// stack, and slow to compile.
#[macro_export]
#[doc(hidden)]
macro_rules! dispatch {
    (AtData, $module:ident, $name:ident, $input:ty, $output:ty) => {{
        fn dispatch(
            context: &$crate::Context,
            input: serde_json::Value,
        ) -> futures_util::future::BoxFuture<'_, $crate::Result<serde_json::Value>> {
            Box::pin(async move {
                let call = $crate::Call::open(context, &$name)?;
                let input: $input = serde_json::from_value(input)?;
                let output: $output = super::super::$module::$name(&call, input).await?;
                Ok(serde_json::to_value(output)?)
            })
        }
        $crate::operation::Dispatch::AtData(dispatch)
    }};
    (AtDesk, $module:ident, $name:ident, $input:ty, $output:ty) => {{
        fn dispatch(
            desk: &$crate::AtDesk,
            input: serde_json::Value,
        ) -> futures_util::future::BoxFuture<'_, $crate::Result<serde_json::Value>> {
            Box::pin(async move {
                desk.calls.permitted($name.name()).await?;
                let input: $input = serde_json::from_value(input)?;
                let output: $output = super::super::$module::$name(desk, input).await?;
                Ok(serde_json::to_value(output)?)
            })
        }
        $crate::operation::Dispatch::AtDesk(dispatch)
    }};
}

/// A feature's lines of the table of operations. Each names the function that does the work, in one of the feature's
/// modules. It makes the function by which others call it, which asks for permission and hands the work a
/// [`Call`](crate::Call), at a desk an [`AtDesk`](crate::AtDesk), and the line itself in the module `operations`.
#[macro_export]
macro_rules! operations {
    ($feature:ident; $(
        $(#[doc = $about:literal])+
        $module:ident :: $name:ident ( $input:ty ) -> $output:ty, who: $who:expr, does: $does:ident,
            shows: [$($table:ident),* $(,)?], runs: $runs:ident, path: $verb:ident $($path:literal)?
            $(, also: [$($also:ident),+])? ;
    )*) => {
        $(
            $crate::function!($runs, [$(#[doc = $about])+] $module, $name, $input, $output);
        )*

        /// The lines of the table of operations.
        #[allow(non_upper_case_globals)] // a line goes by its operation's name
        pub mod operations {
            #[allow(unused_imports)]
            use super::*;
            use $crate::operation::{Does, Line, Operation, Runs, Types};

            $(
                $(#[doc = $about])+
                pub static $name: Line<$input, $output> = Line::new(Operation {
                    feature: stringify!($feature),
                    name: concat!(stringify!($feature), ".", stringify!($name)),
                    function: stringify!($name),
                    about: concat!($($about),+).trim_ascii(),
                    who: $who,
                    does: Does::$does,
                    shows: $crate::tables![$($table),*],
                    runs: Runs::$runs,
                    address: $crate::address!($verb $($path)?),
                    also: &[$($($crate::operation::Also::$also),+)?],
                    dispatch: $crate::dispatch!($runs, $module, $name, $input, $output),
                    types: |config| {
                        $crate::operation::export::<$input>(config)?;
                        $crate::operation::export::<$output>(config)?;
                        Ok(Types {
                            input: <$input as ts_rs::TS>::name(config),
                            output: <$output as ts_rs::TS>::name(config),
                        })
                    },
                    schemas: |inputs, outputs| {
                        (inputs.subschema_for::<$input>(), outputs.subschema_for::<$output>())
                    },
                });
            )*

            /// All of this feature, in the order of its table.
            pub static ALL: &[&Operation] = &[$(&$name.operation),*];
        }
    };
}

/// Exports a type; of a list, an option or nothing at all: what it is made of.
pub fn export<T: TS + ?Sized + 'static>(config: &Config) -> Result<(), ExportError> {
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
