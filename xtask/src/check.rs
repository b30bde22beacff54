//! `cargo xtask test`: every test of the product, step by step, and what became of each.

use crate::failure::{Failure, Result};
use crate::place::{files_below, root, ui, vendor};
use crate::postgres::Postgres;
use crate::process::{capture, cargo, complete, npm, say, watch};
use crate::run::build;
use crate::setup::{Need, setup};
use crate::tally::Tally;
use crate::window::Stage;
use clap::ValueEnum;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// One step of the tests, in the order in which they are done.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Types and unit tests of the window's code
    Ui,
    /// Formatting of the code, Rust and the window's
    Format,
    /// Lints of the code, Rust and the window's, warnings refused
    Lint,
    /// All Rust tests, on SQLite and PostgreSQL; whether the TypeScript types are up to date
    Rust,
    /// Journeys through the real window
    Window,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Step::Ui => "ui",
            Step::Format => "format",
            Step::Lint => "lint",
            Step::Rust => "rust",
            Step::Window => "window",
        })
    }
}

/// What became of a step.
struct Outcome {
    step: Step,
    tally: Tally,
    took: Duration,
    failure: Option<Failure>,
}

/// Sets up and runs the steps named, or all; goes on after a failing step, so that one run tells
/// everything. The code is 0 only when all passed.
pub fn test(only: &[Step]) -> Result<ExitCode> {
    setup(Need::Tests)?;
    let steps = Step::value_variants().iter().filter(|step| only.is_empty() || only.contains(step));
    let mut outcomes = Vec::new();
    for &step in steps {
        say(&format!("test step: {step}"));
        let start = Instant::now();
        let mut tally = Tally::default();
        let failure = run(step, &mut tally).err();
        if let Some(failure) = &failure {
            eprintln!("\n{failure}\n");
        }
        outcomes.push(Outcome { step, tally, took: start.elapsed(), failure });
    }
    Ok(report(&outcomes))
}

fn run(step: Step, tally: &mut Tally) -> Result<()> {
    match step {
        Step::Ui => {
            complete(npm().args(["run", "--silent", "typecheck"]))?;
            watch(npm().args(["run", "--silent", "test"]), |line| {
                tally.vitest(line);
            })
        }
        Step::Format => {
            complete(npm().args(["run", "--silent", "format:check"]))?;
            complete(cargo().args(["fmt", "--all", "--check"]))
        }
        Step::Lint => {
            complete(npm().args(["run", "--silent", "lint"]))?;
            complete(cargo().args(["clippy", "--workspace", "--all-targets"]).args(["--", "-D", "warnings"]))
        }
        Step::Rust => rust(tally),
        Step::Window => window(tally),
    }
}

/// All Rust tests with a private PostgreSQL, or with the one that the caller names. One of them
/// writes the TypeScript types of the operations: these must be what was there before.
fn rust(tally: &mut Tally) -> Result<()> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]).env("HOMEROOM_VENDOR", vendor());
    let server = match std::env::var_os("HOMEROOM_TEST_POSTGRES") {
        Some(_) => None,
        None => Some(Postgres::start()?),
    };
    if let Some(server) = &server {
        say(&format!("a private PostgreSQL is at {}", server.url()));
        command.env("HOMEROOM_TEST_POSTGRES", server.url());
    }
    let in_memory = folder_in_memory();
    if let Some(folder) = &in_memory {
        say(&format!("the databases of the tests are in memory, in {}", folder.path().display()));
        command.env("TMPDIR", folder.path());
    }
    let before = bindings_now()?;
    watch(&mut command, |line| tally.cargo(line))?;
    if bindings_now()? == before {
        return Ok(());
    }
    Err(Failure::new(
        "the TypeScript types of the operations were out of date",
        "a Rust type changed since they were written",
    )
    .todo("they have been written anew: commit ui/src/bindings"))
}

/// A folder that lives in memory, where the system has one with room: a database writes through to the disk at every
/// commit, and the tests commit some hundred thousand times. Gone with what is returned.
fn folder_in_memory() -> Option<TempDir> {
    const SHARED: &str = "/dev/shm";
    const ROOM_KIB: u64 = 4 * 1024 * 1024;
    if !Path::new(SHARED).is_dir() {
        return None;
    }
    let told = capture(Command::new("df").args(["--output=avail", "-k", SHARED])).ok()?;
    let free: u64 = String::from_utf8_lossy(&told.stdout).lines().last()?.trim().parse().ok()?;
    (free >= ROOM_KIB).then(|| tempfile::Builder::new().prefix("homeroom-tests-").tempdir_in(SHARED).ok())?
}

/// Writes the TypeScript types of the operations to `ui/src/bindings`, by the test that does so, and the keys of the
/// catalogue.
pub fn bindings() -> Result<()> {
    complete(npm().args(["run", "--silent", "keys"]))?;
    say("writing the TypeScript types of the operations to ui/src/bindings");
    // Of all packages, as the tests are built: one alone would have other features, and build everything once more.
    complete(cargo().args(["test", "--quiet", "--workspace", "--test", "it"]).arg("bindings_are_written"))
}

fn bindings_now() -> Result<Vec<(PathBuf, Vec<u8>)>> {
    files_below(&[ui().join("src/bindings")])?
        .into_iter()
        .map(|path| match fs::read(&path) {
            Ok(bytes) => Ok((path, bytes)),
            Err(error) => Err(Failure::new(format!("could not read {}", path.display()), error)),
        })
        .collect()
}

/// The journeys in `ui/journeys/*.mjs`, one after the other: tauri-driver holds one window at a time.
fn window(tally: &mut Tally) -> Result<()> {
    if !cfg!(target_os = "linux") {
        say("skipped: journeys through the window need Xvfb and WebKitWebDriver, so Linux");
        return Ok(());
    }
    let folder = ui().join("journeys");
    let mut journeys = files_below(std::slice::from_ref(&folder))?;
    journeys.retain(|path| path.parent() == Some(&folder) && path.extension().is_some_and(|ending| ending == "mjs"));
    if journeys.is_empty() {
        return Err(Failure::new("no journey was run", format!("{} holds no .mjs file", folder.display())));
    }
    let program = build(false)?;
    // Some journeys play films of people; this draws them.
    complete(cargo().args(["build", "--workspace", "--example", "door_films"]))?;
    let stage = Stage::set(1280, 900)?;
    let server = Postgres::start()?;
    watch(
        stage
            .node(&program)
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(&journeys)
            .env("HOMEROOM_JOURNEY_POSTGRES", server.url())
            .env("HOMEROOM_ROOT", root()),
        |line| tally.node(line),
    )
}

/// Prints the table and, alone on the last line, the sum of all tests; a step that failed without a
/// failed test counts as one.
fn report(outcomes: &[Outcome]) -> ExitCode {
    let mut sum = Tally::default();
    println!();
    for outcome in outcomes {
        let mut tally = outcome.tally;
        if outcome.failure.is_some() && tally.failed == 0 {
            tally.failed = 1;
        }
        sum.passed += tally.passed;
        sum.failed += tally.failed;
        println!(
            "{:10} {:7} {:5} tests {:6.1} s",
            outcome.step,
            if outcome.failure.is_some() { "FAILED" } else { "ok" },
            tally.passed + outcome.tally.failed,
            outcome.took.as_secs_f64(),
        );
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if outcomes.iter().all(|outcome| outcome.failure.is_none()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
