//! Times the stages on a photograph made 640 × 480 beside the models alone, least of many runs:
//! `time_faces VENDOR_FOLDER PHOTO THREADS`. Prints one line of JSON.

use std::path::Path;
use std::time::Instant;

use vision::{Gallery, Models, Picture, Template, Threads, align, decode};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [vendor, photo, threads] = arguments.as_slice() else {
        return Err("usage: time_faces VENDOR_FOLDER PHOTO THREADS".into());
    };
    let vendor = Path::new(vendor);
    let runtime = vendor.join("runtime/libonnxruntime.so");
    let models = Models::load(&vendor.join("models"), &runtime, Threads(threads.parse()?))?;
    let small = image::open(photo)?.resize_to_fill(640, 480, image::imageops::FilterType::Triangle).into_rgb8();
    let mut jpeg = std::io::Cursor::new(Vec::new());
    small.write_to(&mut jpeg, image::ImageFormat::Jpeg)?;
    let picture = Picture::from_rgb(640, 480, small.into_raw()).ok_or("no picture")?;
    let faces = models.find(&picture)?;
    let face = faces.first().ok_or("no face in the photograph")?;
    let aligned = align(&picture, face);
    let thirty = vec![aligned.clone(); 30];
    let template = models.embed(std::slice::from_ref(&aligned))?.remove(0);
    let mut gallery = Gallery::new(template.dimension());
    for person in 0..50_000u32 {
        let values: Vec<f32> = (0..128u32).map(|n| ((person * 131 + n * 7919) % 1009) as f32 - 504.0).collect();
        gallery.add(person, &[Template::normalised(&values).ok_or("no length")?])?;
    }
    let bare = models.bare_times((640, 480), 1, 100)?;
    let bare_thirty = models.bare_times((640, 480), 30, 5)?;
    let find = least(100, || models.find(&picture).is_ok());
    let embed = least(100, || models.embed(std::slice::from_ref(&aligned)).is_ok());
    let result = serde_json::json!({
        "threads": threads,
        "decode": least(50, || decode(jpeg.get_ref(), Default::default()).is_ok()),
        "find": find,
        "find_bare": bare.find,
        "align": least(100, || align(&picture, face).rgb().len() > 1),
        "embed": embed,
        "embed_bare": bare.embed,
        "pipeline_over_bare": (find + embed + least(100, || align(&picture, face).rgb().len() > 1))
            / (bare.find + bare.embed),
        "embed_30": least(5, || models.embed(&thirty).is_ok()),
        "embed_30_bare": bare_thirty.embed,
        "match_50000": least(20, || gallery.rank(&template, 2).is_ok()),
    });
    println!("{result}");
    Ok(())
}

/// The least time of `runs` runs in milliseconds; the work must succeed.
fn least(runs: usize, mut work: impl FnMut() -> bool) -> f64 {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            assert!(work());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .fold(f64::INFINITY, f64::min)
}
