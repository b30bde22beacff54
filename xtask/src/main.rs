//! Everything that is done to this repository by a command: `cargo xtask run` opens Homeroom,
//! `cargo xtask test` runs every test; each first sets up what is missing on the machine.
//! It builds in seconds because it depends on none of the product's crates.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
mod check;
mod failure;
mod package;
mod pictures;
mod place;
mod postgres;
mod process;
mod run;
mod setup;
mod tally;
mod window;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Sets up, runs, tests and packages Homeroom",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Open Homeroom; where there is no display, run the same main job without a window
    Run {
        /// Build with optimisation (a longer build, a faster program)
        #[arg(long)]
        release: bool,
        /// What to pass on to the program, after `--`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Run all tests: window code, formatting, lints, Rust on SQLite and PostgreSQL, journeys
    Test {
        /// Run only this step (may be given several times)
        #[arg(long, value_name = "STEP")]
        only: Vec<check::Step>,
    },
    /// Install what building and running need and is not there
    Setup {
        /// Also what the tests need
        #[arg(long)]
        tests: bool,
    },
    /// Measure what users wait for in a release build; prints one line of JSON a measure
    Bench,
    /// Write the TypeScript types of the operations to ui/src/bindings
    Bindings,
    /// Open the real window on the demo school and save a picture of every screen
    Pictures {
        /// The folder that the pictures are written to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Make the installers of this operating system
    Package {
        /// What to pass on to `tauri build`, after `--`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Run { release, arguments } => run::run(release, &arguments),
        Task::Test { only } => check::test(&only),
        Task::Setup { tests } => {
            setup::setup(if tests { setup::Need::Tests } else { setup::Need::Run }).map(|()| ExitCode::SUCCESS)
        }
        Task::Bench => bench::bench().map(|()| ExitCode::SUCCESS),
        Task::Bindings => check::bindings().map(|()| ExitCode::SUCCESS),
        Task::Pictures { out } => pictures::pictures(&out).map(|()| ExitCode::SUCCESS),
        Task::Package { arguments } => package::package(&arguments).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("\n{failure}");
        ExitCode::FAILURE
    })
}
