//! Measures what users wait for and prints one line of JSON a measure: `bench VENDOR_FOLDER [roster]`, with `roster` only
//! what needs a database.
//! Times are milliseconds: the least, the median and the 99th percentile of the runs. Nothing here asserts on time.

mod faces;
mod numbers;
mod office;
mod roster;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::{Value, json};
use store::Place;

/// Anything may end a benchmark; it is told and the exit code says so.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let vendor = std::env::args_os().nth(1).map(PathBuf::from).ok_or("usage: bench VENDOR_FOLDER")?;
    if std::env::args().nth(2).as_deref() != Some("roster") {
        faces::pipeline(&vendor)?;
        faces::class_photographs(&vendor)?;
        faces::live(&vendor)?;
        faces::matching()?;
        numbers::class_statistics()?;
        numbers::report_cards(&vendor)?;
    }
    let folder = tempfile::tempdir()?;
    roster::run(&vendor, "sqlite", &Place::File(folder.path().join("homeroom.db"))).await?;
    match std::env::var("HOMEROOM_BENCH_POSTGRES") {
        Ok(server) => roster::run(&vendor, "postgresql", &Place::Server(server)).await,
        Err(_) => {
            eprintln!("skipped on PostgreSQL: HOMEROOM_BENCH_POSTGRES names no server (cargo xtask bench starts one)");
            Ok(())
        }
    }
}

/// Prints a measure.
pub fn tell(name: &str, figures: Value) {
    let mut line = json!({ "bench": name });
    if let (Some(line), Value::Object(figures)) = (line.as_object_mut(), figures) {
        line.extend(figures);
    }
    println!("{line}");
}

/// Least, median and 99th percentile of the runs in milliseconds.
pub fn times(mut runs: Vec<f64>) -> Value {
    runs.sort_by(f64::total_cmp);
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    json!({
        "least": runs.first().copied().map(round),
        "median": runs.get(runs.len() / 2).copied().map(round),
        "p99": runs.get((runs.len() * 99).div_ceil(100).saturating_sub(1)).copied().map(round),
        "runs": runs.len(),
    })
}

/// Runs the work so often and returns each run's milliseconds.
pub fn measure<T>(runs: usize, mut work: impl FnMut() -> Outcome<T>) -> Outcome<Vec<f64>> {
    (0..runs)
        .map(|_| {
            let begun = Instant::now();
            work()?;
            Ok(milliseconds(begun))
        })
        .collect()
}

/// Milliseconds since then.
pub fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}
