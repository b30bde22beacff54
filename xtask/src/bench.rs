//! `cargo xtask bench`: what users wait for, measured in a release build, one line of JSON a measure.

use crate::failure::Result;
use crate::place::{ui, vendor};
use crate::process::{cargo, complete};
use crate::run::build;
use crate::setup::{Need, setup};
use crate::window::Stage;

/// Measures engines and operations, then the start of the window.
pub fn bench() -> Result<()> {
    setup(Need::Tests)?;
    complete(cargo().args(["run", "--quiet", "--release", "--package", "bench", "--"]).arg(vendor()))?;
    let program = build(true)?;
    let stage = Stage::set(1280, 800)?;
    complete(stage.node(&program).arg(ui().join("journeys/lib/start.mjs")))
}
