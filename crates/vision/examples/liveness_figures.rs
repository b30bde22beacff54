//! Figures of the liveness checks on films made from portraits: `liveness_figures VENDOR_FOLDER DIR PART [SEED]`, where
//! DIR holds a folder of photographs for each person and PART is `odd`, `even` or `all` of these in name order.

#![allow(clippy::unwrap_used)]

#[path = "../tests/attacks/mod.rs"]
mod attacks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use attacks::{Kind, Scene, Shape, Source, film, obey, order, picture, replay, source, watch};
use vision::{ChallengeState, Cue, Evidence, Face, Liveness, Models, Pixels, Threads};

type Clips = Vec<(u64, Vec<Option<Face>>)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (vendor, folder, part, seed) = match arguments.as_slice() {
        [vendor, folder, part] => (vendor, folder, part, 0),
        [vendor, folder, part, seed] => (vendor, folder, part, seed.parse()?),
        _ => return Err("usage: liveness_figures VENDOR_FOLDER DIR odd|even|all [SEED]".into()),
    };
    let vendor = Path::new(vendor);
    let models = Models::load(&vendor.join("models"), &vendor.join("runtime/libonnxruntime.so"), Threads(1))?;
    let people = people(&models, Path::new(folder), part)?;
    println!("{} people", people.len());
    cost(&models, &people[0]);
    active(&models, &people, seed);
    for (eyes, frames) in [(60.0, 40), (30.0, 40), (18.0, 40), (30.0, 200)] {
        passive(&models, &people, eyes, frames, seed);
    }
    Ok(())
}

/// One frontal photograph of each person.
fn people(models: &Models, folder: &Path, part: &str) -> std::io::Result<Vec<Source>> {
    let mut people: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    photographs(folder, &mut people)?;
    let wanted = |n: usize| part == "all" || (part == "odd") == (n % 2 == 1);
    let usable = |p: &PathBuf| source(models, &image::open(p).ok()?.into_rgb8());
    Ok(people.values().enumerate().filter(|(n, _)| wanted(*n)).filter_map(|(_, p)| p.iter().find_map(usable)).collect())
}

fn passive(models: &Models, people: &[Source], eyes: f32, frames: usize, seed: u64) {
    println!(
        "\npassive, eyes {eyes} pixels apart, {frames} frames\n{:24} films  live looking  flat   by depth plane raster edges",
        ""
    );
    for kind in Kind::GENUINE.into_iter().chain(Kind::ATTACKS) {
        let (mut count, mut cues) = ([0; 3], [0; 4]);
        for (n, source) in people.iter().enumerate() {
            let scene = Scene { eyes, seed: seed * 1000 + n as u64, frames };
            let watched = watch(models, source, kind, scene);
            count[watched.finding.liveness as usize] += 1;
            match watched.finding.cue {
                Some(Cue::Depth) => cues[0] += 1,
                Some(Cue::Plane) => cues[1] += 1,
                Some(Cue::Raster) => cues[2] += 1,
                Some(Cue::Edges) => cues[3] += 1,
                _ => {}
            }
        }
        let [live, looking, flat] =
            [Liveness::Live, Liveness::Looking, Liveness::Flat].map(|liveness| count[liveness as usize]);
        let [depth, plane, raster, edges] = cues;
        println!(
            "{:24} {:5} {live:5} {looking:7} {flat:5} {depth:10} {plane:5} {raster:6} {edges:5}",
            format!("{kind:?}"),
            people.len()
        );
    }
}

fn active(models: &Models, people: &[Source], seed: u64) {
    println!("\nactive");
    let flat = Shape::Sheet { radius: 0.0, level_axis: false };
    let bent = Shape::Sheet { radius: 2.2, level_axis: false };
    let mut clips: Clips = Vec::new();
    for (name, shape, most) in
        [("genuine", Shape::Head, 34.0), ("sheet that follows", flat, 45.0), ("bent sheet that follows", bent, 40.0)]
    {
        let (mut passed, mut count, mut ends) = (0, 0, BTreeMap::new());
        for (n, source) in people.iter().enumerate() {
            for turn in 0..2 {
                let scene = Scene { eyes: 60.0, seed: seed * 1000 + n as u64, frames: 160 };
                let order = seed + 5 * n as u64 + turn;
                let (state, faces) = obey(models, source, shape, most, scene, order);
                count += 1;
                passed += usize::from(state == ChallengeState::Passed);
                *ends.entry(format!("{state:?}")).or_insert(0) += 1;
                if shape == Shape::Head {
                    clips.push((order, faces));
                }
            }
        }
        println!("{name:32} {passed} of {count} passed  {ends:?}");
    }
    let (mut other, mut same) = ((0, 0), (0, 0));
    for (recorded, faces) in &clips {
        for asked in 0..64 {
            let passed = usize::from(replay(faces, asked) == ChallengeState::Passed);
            let counted = if order(*recorded) == order(asked) { &mut same } else { &mut other };
            *counted = (counted.0 + passed, counted.1 + 1);
        }
    }
    println!("{:32} {} of {} passed", "clip of another order", other.0, other.1);
    println!("{:32} {} of {} passed", "clip of the same order", same.0, same.1);
    for kind in [Kind::Tilted, Kind::Bent, Kind::Rotated, Kind::Genuine(attacks::Genuine::LooksAbout)] {
        let (mut passed, mut count) = (0, 0);
        for (n, source) in people.iter().enumerate() {
            let faces = watch(models, source, kind, Scene { eyes: 60.0, seed: seed + n as u64, frames: 60 }).faces;
            count += 32;
            passed += (0..32).filter(|asked| replay(&faces, *asked) == ChallengeState::Passed).count();
        }
        println!("{:32} {passed} of {count} passed", format!("clip {kind:?}"));
    }
}

/// Least milliseconds of the two parts of the passive check for one face of one frame.
fn cost(models: &Models, source: &Source) {
    let scene = Scene { eyes: 60.0, seed: 1, frames: 12 };
    let frames: Vec<_> =
        film(source, Kind::Genuine(attacks::Genuine::LooksAbout), scene).map(|frame| picture(&frame)).collect();
    let faces: Vec<Face> = frames.iter().filter_map(|frame| models.find(frame).ok()?.into_iter().next()).collect();
    let (mut evidence, mut pixels) = (Evidence::new(), Pixels::default());
    let (mut see, mut look) = (f64::MAX, f64::MAX);
    for _ in 0..20 {
        for (frame, face) in frames.iter().zip(&faces) {
            let start = Instant::now();
            evidence.see(face);
            let seen = start.elapsed().as_secs_f64() * 1000.0;
            evidence.look(frame, face, &mut pixels);
            look = look.min(start.elapsed().as_secs_f64() * 1000.0 - seen);
            see = see.min(seen);
        }
    }
    println!("\nmilliseconds a face and frame: points {see:.4}, pixels {look:.2}");
}

fn photographs(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<PathBuf>>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            photographs(&path, found)?;
        } else {
            found.entry(folder.to_path_buf()).or_default().push(path);
        }
    }
    Ok(())
}
