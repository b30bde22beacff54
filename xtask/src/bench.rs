//! `cargo xtask bench`: what users wait for, measured in a release build, one line of JSON a measure.

use std::env::consts::EXE_SUFFIX;
use std::process::Command;

use crate::failure::Result;
use crate::place::{ui, vendor};
use crate::postgres::Postgres;
use crate::process::complete;
use crate::run::build_with;
use crate::setup::{Need, setup};
use crate::window::Stage;

/// Measures engines and operations, then the start of the window.
pub fn bench() -> Result<()> {
    setup(Need::Tests)?;
    let program = build_with(true, &["bench"])?;
    let server = Postgres::start()?;
    let mut engines = Command::new(program.with_file_name(format!("bench{EXE_SUFFIX}")));
    complete(engines.arg(vendor()).env("HOMEROOM_BENCH_POSTGRES", server.url()))?;
    let stage = Stage::set(1280, 800)?;
    complete(stage.node(&program).arg(ui().join("journeys/lib/start.mjs")))
}
