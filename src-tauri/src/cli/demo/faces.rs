//! The demo's faces: consent, enrolment, and a register taken by a folder of frames played as a camera. The photographs
//! are public-domain portraits that the set-up fetches; without them or the models this part says that it is skipped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use image::imageops::{FilterType, overlay};
use image::{DynamicImage, Rgb, RgbImage};
use kernel::{Calls, Error, ErrorCode};
use serde_json::{Value, json};
use words::Message;

use super::made_up::{GUARDIAN, POLICY};
use super::steps::{Scene, call};
use crate::start;

/// Of the student who is enrolled.
const ENROLLED: [&str; 3] = ["obama.jpg", "obama2.jpg", "obama3.jpg"];
/// Of somebody who is not.
const STRANGER: &str = "biden.jpg";
/// The longest wait for the camera to come to its conclusion.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs it; what came of it, or why it was skipped.
pub async fn run(calls: &dyn Calls, scene: &Scene, out: &Path) -> Result<Value, Error> {
    let photos = start::vendor_folder().join("photos");
    if let Some(missing) = ENROLLED.iter().chain([&STRANGER]).find(|name| !photos.join(name).is_file()) {
        return Ok(skipped(if start::in_checkout() {
            words::cli::demo::no_photograph(*missing)
        } else {
            words::cli::demo::photographs_not_installed()
        }));
    }
    turn_on(calls, scene).await?;
    let (student, number, name) = man(calls, scene).await?;
    let enrolled = match enrol(calls, scene, &student, &photos).await {
        Err(error) if error.code == ErrorCode::NoModels => return Ok(skipped(error.message)),
        other => other?,
    };
    let frames = frames(&photos, &out.join("frames"))?;
    let input = json!({
        "class": scene.class, "date": scene.day, "lesson": 0,
        "source": { "kind": "folder", "path": frames, "framesPerSecond": 10.0, "repeat": false },
    });
    let started = call(calls, "desk.start_attendance_session", input).await?;
    let session = started["session"].clone();
    let state = wait_for_the_end(calls, &session).await?;
    let proposed: Vec<Value> =
        state["proposed"].as_array().into_iter().flatten().map(|one| one["student"].clone()).collect();
    let confirmed = call(calls, "desk.confirm_proposals", json!({ "session": session, "students": proposed })).await?;
    call(calls, "desk.stop_live_session", json!({ "session": session })).await?;
    let register = json!({ "class": scene.class, "date": scene.day, "lesson": 0, "restPresent": true });
    call(calls, "attendance.take_register", register).await?;
    Ok(json!({
        "enrolled": 1,
        "student": { "number": number, "name": name },
        "templates": enrolled["templates"],
        "confirmed": confirmed["cells"].as_array().map_or(0, Vec::len),
        "unknown": state["unknown"],
    }))
}

/// Of this part, why it was skipped.
fn skipped(why: Message) -> Value {
    json!({ "skipped": why.to_string() })
}

/// Face recognition is off until a school turns it on with its wording.
async fn turn_on(calls: &dyn Calls, scene: &Scene) -> Result<(), Error> {
    let mut present = call(calls, "schools.settings", json!({ "school": scene.school })).await?;
    present["settings"]["faceRecognition"] = json!(true);
    present["settings"]["facePolicy"] = json!(POLICY);
    let input = json!({ "school": scene.school, "version": present["version"], "settings": present["settings"] });
    call(calls, "schools.save_settings", input).await?;
    Ok(())
}

/// The photographs show a man: the first male student of the class stands for him.
async fn man(calls: &dyn Calls, scene: &Scene) -> Result<(Value, String, String), Error> {
    for student in &scene.students {
        if call(calls, "people.student", json!({ "student": student.0 })).await?["sex"] == "male" {
            return Ok(student.clone());
        }
    }
    Err(Error::internal("the demo class has no male student"))
}

async fn enrol(calls: &dyn Calls, scene: &Scene, student: &Value, photos: &Path) -> Result<Value, Error> {
    let settings = call(calls, "schools.settings", json!({ "school": scene.school })).await?;
    let consent = json!({
        "student": student, "givenBy": GUARDIAN, "relationship": "guardian",
        "wordingVersion": settings["settings"]["facePolicyVersion"],
    });
    call(calls, "faces.record_consent", consent).await?;
    let mut uploads = Vec::new();
    for name in ENROLLED {
        let bytes = std::fs::read(photos.join(name)).map_err(|error| unreadable(name, &error))?;
        uploads.push(calls.upload(name, Arc::new(bytes)).await?);
    }
    call(calls, "faces.enrol_faces", json!({ "student": student, "uploads": uploads })).await
}

fn unreadable(name: &str, error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::BadFile, words::cli::demo::photograph_unreadable(name, error.to_string()))
        .help(if start::in_checkout() { words::cli::demo::run_setup() } else { words::cli::demo::install_again() })
}

/// Waits until the folder has been played to its end.
async fn wait_for_the_end(calls: &dyn Calls, session: &Value) -> Result<Value, Error> {
    let begun = std::time::Instant::now();
    loop {
        let state = call(calls, "desk.live_session", json!({ "session": session })).await?;
        if state["cameras"][0]["status"]["state"] == "ended" {
            return Ok(state);
        }
        if begun.elapsed() > PATIENCE {
            return Err(Error::new(ErrorCode::Camera, words::cli::demo::frames_did_not_end()));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Makes eight frames of 960 × 540 pixels: the enrolled student on the left and the stranger on the right, both walking
/// slowly towards the middle.
fn frames(photos: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let left = picture(photos, ENROLLED[1])?;
    let right = picture(photos, STRANGER)?;
    std::fs::create_dir_all(folder).map_err(|error| unreadable("frames", &error))?;
    for step in 0..8_i64 {
        let mut frame = RgbImage::from_pixel(960, 540, Rgb([96, 104, 112]));
        overlay(&mut frame, &left, 40 + 8 * step, 20);
        overlay(&mut frame, &right, 500 - 8 * step, 20);
        let file = folder.join(format!("{step:02}.jpg"));
        frame.save(&file).map_err(|error| unreadable("frames", &error))?;
    }
    Ok(std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf()))
}

fn picture(photos: &Path, name: &str) -> Result<RgbImage, Error> {
    let bytes = std::fs::read(photos.join(name)).map_err(|error| unreadable(name, &error))?;
    let decoded = image::load_from_memory(&bytes).map_err(|error| unreadable(name, &error))?;
    let DynamicImage::ImageRgb8(rgb) =
        DynamicImage::ImageRgb8(decoded.to_rgb8()).resize(400, 500, FilterType::Triangle)
    else {
        return Ok(decoded.to_rgb8());
    };
    Ok(rgb)
}
