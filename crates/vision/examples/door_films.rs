//! Frames of a person at the door, and of pictures held up there, for the journeys through the window: `door_films
//! VENDOR_FOLDER PHOTOGRAPH OUT`. It writes JPEG files, the same ones each time:
//!
//! * `OUT/turning`, `OUT/display`, `OUT/print`: films in name order. A head that looks about, the film of a turning head
//!   played on a display, a print that is tilted; after each the empty room, as when somebody has gone;
//! * `OUT/empty`: that room, `0.jpg` to `9.jpg`;
//! * `OUT/head`, `OUT/sheet`: a head and a bent print turned by so many degrees, `-12_1.jpg` is one of the frames at 12
//!   degrees to the picture's left; from these a journey composes what follows the prompts on the screen.

#![allow(clippy::unwrap_used)]

#[path = "../tests/attacks/mod.rs"]
mod attacks;

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use attacks::{Canvas, Genuine, Kind, Material, Pose, Scene, Shape, Source, film, render, resting, source};
use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use vision::{Models, Threads};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Pixels between the eyes: somebody at arm's length from the camera at the door.
const EYES: f32 = 60.0;
/// Frames of a film, and of the empty room after it.
const FRAMES: (usize, usize) = (28, 10);
/// The furthest turn that is drawn and the step to it, degrees; frames of each, as no two frames of a camera are alike.
const MOST: i32 = 36;
const STEP: usize = 3;
const EACH: u64 = 2;
/// The distance to the camera, in distances between the eyes.
const FAR: f32 = 9.0;

fn main() -> Outcome<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [vendor, photograph, out] = arguments.as_slice() else {
        return Err("usage: door_films VENDOR_FOLDER PHOTOGRAPH OUT".into());
    };
    let person = person(vendor, photograph)?;
    for (name, kind) in
        [("turning", Kind::Genuine(Genuine::LooksAbout)), ("display", Kind::Replay), ("print", Kind::Tilted)]
    {
        let frames = film(&person, kind, Scene { eyes: EYES, seed: 41, frames: FRAMES.0 });
        play(&out.join(name), frames.chain(empty_room().take(FRAMES.1)))?;
    }
    fs::create_dir_all(out.join("empty"))?;
    for (n, frame) in empty_room().take(FRAMES.1).enumerate() {
        write(&out.join(format!("empty/{n}.jpg")), &frame)?;
    }
    turns(&out.join("head"), &person, Shape::Head, Material::Skin)?;
    turns(&out.join("sheet"), &person, Shape::Sheet { radius: 2.2, level_axis: false }, Material::Paper)
}

/// The one face of the photograph, made ready to be laid over a head.
fn person(vendor: &Path, photograph: &Path) -> Outcome<Source> {
    let runtime = vendor.join("runtime").join(format!("{DLL_PREFIX}onnxruntime{DLL_SUFFIX}"));
    let models = Models::load(&vendor.join("models"), &runtime, Threads(1))?;
    let image = image::open(photograph)?.into_rgb8();
    Ok(source(&models, &image).ok_or("the photograph does not show one person who looks straight at the camera")?)
}

fn play(folder: &Path, frames: impl Iterator<Item = RgbImage>) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    frames.enumerate().try_for_each(|(n, frame)| write(&folder.join(format!("{n:03}.jpg")), &frame))
}

/// The room without anybody.
fn empty_room() -> impl Iterator<Item = RgbImage> {
    let room = Canvas::room(5);
    (0..).map(move |n| room.seen(n))
}

fn turns(folder: &Path, person: &Source, shape: Shape, material: Material) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let room = Canvas::room(7);
    for degrees in (-MOST..=MOST).step_by(STEP) {
        for which in 0..EACH {
            let noise = (degrees + MOST) as u64 * EACH + which;
            let sway = (noise as f32 * 0.37).sin();
            let aside = (degrees as f32).to_radians();
            let pose = Pose { aside, down: 0.03 * sway, roll: 0.04 * sway, ..resting(EYES, FAR) };
            let frame = render(person, shape, material, &pose, &room, noise);
            write(&folder.join(format!("{degrees}_{which}.jpg")), &frame)?;
        }
    }
    Ok(())
}

fn write(path: &Path, frame: &RgbImage) -> Outcome<()> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 92).encode_image(frame)?;
    Ok(fs::write(path, jpeg)?)
}
