//! The face pipeline by stage beside the bare models, and matching.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use vision::{
    Decision, Gallery, Models, PictureLimits, Rules, StageTimes, Template, Threads, Tracker, decode, decode_into,
    recognise, watch,
};

use crate::{Outcome, measure, tell, times};

const SIZE: (u32, u32) = (640, 480);
const RUNS: usize = 60;

/// Decode, find, align, embed and match one face at 640 × 480 against a class of 30, and the two models alone.
pub fn pipeline(vendor: &Path) -> Outcome<()> {
    let library = runtime(vendor)?;
    let photo = image::open(vendor.join("photos/obama2.jpg"))?;
    let small = photo.resize_to_fill(SIZE.0, SIZE.1, FilterType::Triangle).into_rgb8();
    let mut jpeg = Cursor::new(Vec::new());
    small.write_to(&mut jpeg, image::ImageFormat::Jpeg)?;
    for threads in [1, 2] {
        let models = Models::load(&vendor.join("models"), &library, Threads(threads))?;
        let gallery = gallery(30, 3)?;
        let (seen, stages) = by_stage(&models, &gallery, jpeg.get_ref(), RUNS)?;
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

/// How many faces the photograph has, and the milliseconds of decode, find, align, embed, match and the whole in each run.
fn by_stage(models: &Models, gallery: &Gallery<u32>, jpeg: &[u8], runs: usize) -> Outcome<(usize, [Vec<f64>; 6])> {
    let decision = Decision::from(models.manifest().embedder.thresholds);
    let mut stages: [Vec<f64>; 6] = Default::default();
    let mut seen = 0;
    for _ in 0..runs {
        let mut spent = StageTimes::default();
        let begun = std::time::Instant::now();
        let picture = decode(jpeg, PictureLimits::default())?;
        spent.decode = crate::milliseconds(begun);
        seen = recognise(models, gallery, decision, &picture, &mut spent)?.len();
        let all = [spent.decode, spent.find, spent.align, spent.embed, spent.matching, crate::milliseconds(begun)];
        stages.iter_mut().zip(all).for_each(|(stage, time)| stage.push(time));
    }
    Ok((seen, stages))
}

/// Photographs of 1, 4 and 30 faces, by stage, beside the models alone on as many faces; a class of 30 enrolled.
pub fn class_photographs(vendor: &Path) -> Outcome<()> {
    let library = runtime(vendor)?;
    let models = Models::load(&vendor.join("models"), &library, Threads::default())?;
    let gallery = gallery(30, 3)?;
    let portraits = ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg"]
        .map(|name| image::open(vendor.join("photos").join(name)).map(|photo| photo.into_rgb8()));
    let portraits = portraits.into_iter().collect::<Result<Vec<_>, _>>()?;
    for (columns, rows, size) in [(1, 1, (640, 480)), (2, 2, (1280, 960)), (6, 5, (3840, 2160))] {
        let mut class = image::RgbImage::from_pixel(size.0, size.1, image::Rgb([110, 115, 120]));
        let (width, height) = (size.0 / columns, size.1 / rows);
        for n in 0..columns * rows {
            let portrait = &portraits[n as usize % portraits.len()];
            let small = image::imageops::thumbnail(portrait, height * portrait.width() / portrait.height(), height);
            let place = (n % columns * width, n / columns * height);
            image::imageops::replace(&mut class, &small, place.0.into(), place.1.into());
        }
        let mut jpeg = Cursor::new(Vec::new());
        class.write_to(&mut jpeg, image::ImageFormat::Jpeg)?;
        let runs = if columns * rows > 4 { 5 } else { 30 };
        let (seen, stages) = by_stage(&models, &gallery, jpeg.get_ref(), runs)?;
        let bare = models.bare_times((640, 480), 1, 10)?;
        let [decoding, find, align, embed, matching, whole] = stages.map(times);
        tell(
            "class photograph",
            json!({
                "width": size.0, "height": size.1, "faces": seen,
                "decode": decoding, "find": find, "align": align, "embed": embed, "match": matching, "whole": whole,
                "bareFind640x480": bare.find, "bareEmbedAll": bare.embed * seen as f64,
            }),
        );
    }
    Ok(())
}

/// A clip of JPEG frames at 640 × 480, as a camera sends them: decoded, looked at and followed, and encoded again
/// as for the window. One after the other, so that the rate is the least that a live session reaches.
pub fn live(vendor: &Path) -> Outcome<()> {
    const FRAMES: u32 = 120;
    let models = Models::load(&vendor.join("models"), &runtime(vendor)?, Threads::default())?;
    let decision = Decision::from(models.manifest().embedder.thresholds);
    let gallery = gallery(30, 3)?;
    let photo =
        image::open(vendor.join("photos/obama2.jpg"))?.resize_to_fill(SIZE.0 + 16, SIZE.1 + 16, FilterType::Triangle);
    let clip = (0..16).map(|n| {
        let mut jpeg = Cursor::new(Vec::new());
        photo.crop_imm(n, 16 - n, SIZE.0, SIZE.1).write_to(&mut jpeg, image::ImageFormat::Jpeg)?;
        Ok(jpeg.into_inner())
    });
    let clip = clip.collect::<Outcome<Vec<_>>>()?;
    let mut tracker = Tracker::new(Rules::default());
    let (mut runs, mut memory) = (Vec::new(), Vec::new());
    for frame in 0..FRAMES {
        let begun = std::time::Instant::now();
        let pixels = std::mem::take(&mut memory);
        let picture = decode_into(&clip[frame as usize % clip.len()], PictureLimits::default(), pixels)?;
        watch(&models, &gallery, decision, &mut tracker, &picture, f64::from(frame) / 30.0)?;
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 80).encode(
            picture.rgb(),
            picture.width(),
            picture.height(),
            image::ExtendedColorType::Rgb8,
        )?;
        memory = picture.into_rgb();
        runs.push(crate::milliseconds(begun));
    }
    let per_second = 1000.0 * f64::from(FRAMES) / runs.iter().sum::<f64>();
    tell(
        "live pipeline",
        json!({ "framesPerSecond": per_second, "milliseconds": times(runs), "peakMemoryMb": peak_memory() }),
    );
    Ok(())
}

/// The most memory that this process has held so far, in megabytes; none where the system does not say.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn runtime(vendor: &Path) -> Outcome<std::path::PathBuf> {
    let library = std::fs::read_dir(vendor.join("runtime"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains("onnxruntime")));
    Ok(library.ok_or("no ONNX Runtime in the vendor folder")?)
}

/// One probe against 50,000 templates, and thirty against 100,000.
pub fn matching() -> Outcome<()> {
    for (probes, templates) in [(1, 50_000), (30, 100_000)] {
        let gallery = gallery(templates, 1)?;
        let probes = (0..probes).map(|n| template(&mut StdRng::seed_from_u64(n))).collect::<Outcome<Vec<_>>>()?;
        let decision = Decision { threshold: 0.5, margin: 0.05, look_alike: 0.4, look_alike_margin: 0.18 };
        let runs = measure(20, || Ok(gallery.identify_frame(&probes, decision)?))?;
        tell("match", json!({ "probes": probes.len(), "templates": templates, "milliseconds": times(runs) }));
    }
    let school = gallery(5_000, 3)?;
    let runs = measure(5, || Ok(school.look_alikes(0.4)))?;
    tell("look-alikes", json!({ "people": school.len(), "templates": 15_000, "milliseconds": times(runs) }));
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
