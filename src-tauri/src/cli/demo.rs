//! `homeroom demo`: the main job from end to end on a school with a seed, without a window.

mod faces;
mod made_up;
mod paper;
mod steps;

use std::path::{Path, PathBuf};

use kernel::{Calls, Clock, Error, ErrorCode, SystemClock};
use school::accounts;
use serde_json::{Value, json};
use store::Place;
use words::{Message, cli};

use self::made_up::{TIME_ZONE, USERNAME, set_up};
use super::Common;
use super::output::{Failure, Output, progress};
use super::person::{close, here};
use crate::start;

/// Makes a school to try things on and runs the whole main job on it.
#[derive(clap::Args)]
pub struct Demo {
    /// The folder for the database and all documents; a former demo in it is replaced.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The same seed gives the same people and marks.
    #[arg(long, default_value_t = 2026)]
    seed: u32,
}

impl Demo {
    /// Runs it.
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        if common.database.is_some() {
            return Err(Failure::Usage(cli::demo::own_database()));
        }
        make_room(&self.out)?;
        let services = start::open_in(self.out.clone(), &Place::File(self.out.join("homeroom.db")), None).await?;
        let summary = main_job(&here(&services), &self.out, self.seed).await;
        close(services).await;
        let summary = summary?;
        let file = self.out.join("summary.json");
        write(&file, &serde_json::to_vec_pretty(&summary).map_err(Error::from)?)?;
        Output::new(in_words(&summary, &self.out), &summary)
    }
}

/// Makes the folder, or removes a former demo from it; anything else is left alone and refused.
fn make_room(out: &Path) -> Result<(), Error> {
    let refuse = |what: Message| Error::new(ErrorCode::FileSystem, what).help(cli::demo::other_folder());
    std::fs::create_dir_all(out).map_err(|error| refuse(cli::demo::not_made(out.display(), error.to_string())))?;
    if !out.join("homeroom.db").exists() {
        return Ok(());
    }
    let summary = std::fs::read(out.join("summary.json")).ok();
    let demo =
        summary.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()).is_some_and(|s| s["demo"] == true);
    if !demo {
        return Err(refuse(cli::demo::no_demo(out.display())));
    }
    for name in ["homeroom.db", "homeroom.db-wal", "homeroom.db-shm"] {
        match std::fs::remove_file(out.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(refuse(cli::demo::not_replaced(error.to_string())));
            }
            _ => {}
        }
    }
    Ok(())
}

async fn main_job(calls: &dyn Calls, out: &Path, seed: u32) -> Result<Value, Error> {
    let today = kernel::permission::day_at(SystemClock.now(), TIME_ZONE);
    // There is no default password, not even here: each demo has one of its own, printed at the end.
    let mut drawn = [0; 16];
    kernel::random(&mut drawn)?;
    let password = uuid::Uuid::from_bytes(drawn).simple().to_string()[..16].to_owned();
    let signed_in = accounts::operations::set_up.on(calls, set_up(today, &password)).await?;
    let school = signed_in.whoami.schools[0].id;

    let made = json!({ "school": school, "seed": seed });
    let made = calls.call("demo.fill_demo_school", made, &progress(cli::demo::making())).await?;
    let scene = steps::scene(calls, school).await?;
    let searched = steps::search(calls, &scene).await?;
    let analytics = paper::analytics(calls, &scene, out).await?;
    let cards = paper::report_cards(calls, &scene, out).await?;
    let faces = faces::run(calls, &scene, out).await?;
    let attendance = paper::attendance(calls, &scene, out).await?;
    let mut files = vec!["homeroom.db", "report-cards.pdf", "analytics.json", "attendance.csv", "summary.json"];
    files.push("charts/");
    Ok(json!({
        "demo": true,
        "seed": seed,
        "username": USERNAME,
        "password": password,
        "school": scene.school_name,
        "class": scene.class_title,
        "term": scene.term_title,
        "day": scene.day,
        "made": made,
        "search": searched,
        "analytics": analytics,
        "reportCards": cards,
        "faces": faces,
        "attendance": attendance,
        "files": files,
    }))
}

/// Writes a file of the demo.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let refused = |error: std::io::Error| {
        Error::new(ErrorCode::FileSystem, cli::demo::not_written(file.display(), error.to_string()))
            .help(cli::demo::other_folder_or_room())
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(refused)?;
    }
    std::fs::write(file, bytes).map_err(refused)
}

fn in_words(summary: &Value, out: &Path) -> String {
    let number = |path: &str| summary.pointer(path).and_then(Value::as_u64).unwrap_or(0);
    let text = |path: &str| summary.pointer(path).and_then(Value::as_str).unwrap_or("").to_owned();
    let faces = match text("/faces/skipped") {
        why if !why.is_empty() => cli::demo::faces_skipped(why),
        _ => cli::demo::faces(number("/faces/enrolled"), number("/faces/confirmed"), number("/faces/unknown")),
    };
    let made = cli::demo::made(
        number("/made/schools"),
        number("/made/classes"),
        number("/made/students"),
        number("/made/marks"),
        number("/made/attendanceMarks"),
    );
    let mean = summary.pointer("/analytics/mean").and_then(Value::as_f64).unwrap_or(f64::NAN);
    let of_class = cli::demo::of_class(
        text("/class"),
        text("/term"),
        format!("{mean:.1}"),
        number("/reportCards/students"),
        number("/reportCards/pages"),
        number("/attendance/rows"),
    );
    format!(
        "{made}\n{of_class}\n{faces}\n\n\
         {}\n  report-cards.pdf  analytics.json  charts/  attendance.csv  summary.json\n\n\
         {}\n  {}",
        cli::demo::everything_in(out.display()),
        cli::demo::look_at_it(out.display()),
        cli::demo::sign_in(USERNAME, text("/password")),
    )
}
