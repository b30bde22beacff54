//! `cargo xtask pictures`: the real window on the demo school, a picture of every screen.

use crate::failure::Result;
use crate::place::{make_folder, ui};
use crate::process::{complete, say};
use crate::run::build;
use crate::setup::{Need, setup};
use crate::window::Stage;
use std::path::Path;

/// The size of the screens in pixels: a small laptop's and a large one's.
const SIZES: [(u32, u32); 2] = [(1280, 800), (1920, 1080)];

/// Writes the pictures into `out`, one folder a size of screen.
pub fn pictures(out: &Path) -> Result<()> {
    let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    setup(Need::Tests)?;
    let program = build(false)?;
    let script = ui().join("journeys/pictures/pictures.mjs");
    for (width, height) in SIZES {
        let folder = out.join(format!("{width}x{height}"));
        make_folder(&folder)?;
        say(&format!("taking pictures at {width} × {height}"));
        let stage = Stage::set(width, height)?;
        complete(
            stage
                .node(&program)
                .arg(&script)
                .env("OUT_DIR", &folder)
                .env("SCREEN_WIDTH", width.to_string())
                .env("SCREEN_HEIGHT", height.to_string()),
        )?;
    }
    say(&format!("the pictures are in {}", out.display()));
    Ok(())
}
