//! The face pipeline by stage beside the bare models, and matching.

use std::io::Cursor;
use std::path::Path;

use image::imageops::FilterType;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use vision::{Decision, Gallery, Models, PictureLimits, StageTimes, Template, Threads, decode, recognise};

use crate::{Outcome, measure, tell, times};

const SIZE: (u32, u32) = (640, 480);
const RUNS: usize = 60;

/// Decode, find, align, embed and match one face at 640 × 480 against a class of 30, and the two models alone.
pub fn pipeline(vendor: &Path) -> Outcome<()> {
    let library = std::fs::read_dir(vendor.join("runtime"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains("onnxruntime")))
        .ok_or("no ONNX Runtime in the vendor folder")?;
    let photo = image::open(vendor.join("photos/obama2.jpg"))?;
    let small = photo.resize_to_fill(SIZE.0, SIZE.1, FilterType::Triangle).into_rgb8();
    let mut jpeg = Cursor::new(Vec::new());
    small.write_to(&mut jpeg, image::ImageFormat::Jpeg)?;
    for threads in [1, 2] {
        let models = Models::load(&vendor.join("models"), &library, Threads(threads))?;
        let decision = Decision::from(models.manifest().embedder.thresholds);
        let gallery = gallery(30, 3)?;
        let mut stages: [Vec<f64>; 6] = Default::default();
        let mut seen = 0;
        for _ in 0..RUNS {
            let mut spent = StageTimes::default();
            let begun = std::time::Instant::now();
            let picture = decode(jpeg.get_ref(), PictureLimits::default())?;
            spent.decode = crate::milliseconds(begun);
            seen = recognise(&models, &gallery, decision, &picture, &mut spent)?.len();
            let all = [spent.decode, spent.find, spent.align, spent.embed, spent.matching, crate::milliseconds(begun)];
            stages.iter_mut().zip(all).for_each(|(stage, time)| stage.push(time));
        }
        let bare = models.bare_times((SIZE.0 as usize, SIZE.1 as usize), 1, RUNS)?;
        let [decoding, find, align, embed, matching, whole] = stages.map(times);
        let least = |stage: &serde_json::Value| stage["least"].as_f64().unwrap_or(f64::NAN);
        tell(
            "faces",
            json!({
                "threads": threads,
                "faces": seen,
                "decode": decoding, "find": find, "align": align, "embed": embed, "match": matching, "whole": whole,
                "bareFind": bare.find, "bareEmbed": bare.embed,
                "pipelineOverBare": (least(&find) + least(&align) + least(&embed) + least(&matching)) / (bare.find + bare.embed),
            }),
        );
    }
    Ok(())
}

/// One probe against 50,000 templates, and thirty against 100,000.
pub fn matching() -> Outcome<()> {
    for (probes, templates) in [(1, 50_000), (30, 100_000)] {
        let gallery = gallery(templates, 1)?;
        let probes = (0..probes).map(|n| template(&mut StdRng::seed_from_u64(n))).collect::<Outcome<Vec<_>>>()?;
        let decision = Decision { threshold: 0.5, margin: 0.05, look_alike: 0.4, look_alike_margin: 0.15 };
        let runs = measure(20, || Ok(gallery.identify_frame(&probes, decision)?))?;
        tell("match", json!({ "probes": probes.len(), "templates": templates, "milliseconds": times(runs) }));
    }
    Ok(())
}

fn gallery(people: u32, each: usize) -> Outcome<Gallery<u32>> {
    let mut rng = StdRng::seed_from_u64(1);
    let mut gallery = Gallery::new(128);
    for person in 0..people {
        let templates = (0..each).map(|_| template(&mut rng)).collect::<Outcome<Vec<_>>>()?;
        gallery.add(person, &templates)?;
    }
    Ok(gallery)
}

fn template(rng: &mut StdRng) -> Outcome<Template> {
    let values: Vec<f32> = (0..128).map(|_| rng.random_range(-1.0..1.0)).collect();
    Ok(Template::normalised(&values).ok_or("a template without length")?)
}
