//! What a frame of a camera costs in memory that the program itself takes (the inference library keeps its own), so
//! that an old machine with a camera running all day does not spend its time on it.

#![allow(clippy::unwrap_used)]

mod fetched;

use std::path::Path;

use allocation_counter::measure;
use image::imageops::FilterType;
use vision::{Decision, Gallery, PictureLimits, Rules, Template, Tracker, decode_into, watch};

/// A person moves across 640 × 480 pixels before a wall; JPEG as a camera sends it.
fn clip(photo: &Path) -> Vec<Vec<u8>> {
    let portrait = image::open(photo).unwrap().resize_to_fill(656, 496, FilterType::Triangle);
    let frame = |n| {
        let mut jpeg = std::io::Cursor::new(Vec::new());
        portrait.crop_imm(n, 16 - n, 640, 480).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        jpeg.into_inner()
    };
    (0..16).map(frame).collect()
}

#[test]
fn a_frame_takes_no_memory_that_the_one_before_could_have_left() {
    let (Some(models), Some(photo)) = (fetched::models(), fetched::photograph("obama2.jpg")) else { return };
    let decision = Decision::from(models.manifest().embedder.thresholds);
    let mut gallery = Gallery::new(128);
    for person in 0..30u32 {
        let values: Vec<f32> = (0..128).map(|n| ((person * 131 + n * 7919) % 1009) as f32 - 504.0).collect();
        gallery.add(person, &[Template::normalised(&values).unwrap()]).unwrap();
    }
    let clip = clip(&photo);
    let mut tracker = Tracker::new(Rules::default());
    let mut memory = Vec::new();
    // The bytes taken for decoding a frame and for looking at it.
    let mut taken = |frame: usize| {
        let jpeg = &clip[frame % clip.len()];
        let mut picture = None;
        let pixels = std::mem::take(&mut memory);
        let decoding = measure(|| picture = decode_into(jpeg, PictureLimits::default(), pixels).ok());
        let picture = picture.unwrap();
        let watching = measure(|| {
            let report = watch(&models, &gallery, decision, &mut tracker, &picture, frame as f64 / 15.0).unwrap();
            assert_eq!(report.tracks.len(), 1);
        });
        memory = picture.into_rgb();
        (decoding.bytes_total, watching.bytes_total)
    };
    for frame in 0..30 {
        taken(frame);
    }
    for frame in 30..90 {
        let (decoding, watching) = taken(frame);
        // The decoder copies the file and has tables of its own. A picture would be 921,600 bytes, a face cut out 37,632,
        // and the network's inputs 3,686,400 and 150,528.
        let file = clip[frame % clip.len()].len() as u64;
        assert!(decoding < file + 48 * 1024, "frame {frame}: {decoding} bytes for decoding {file}");
        assert!(watching < 16 * 1024, "frame {frame}: {watching} bytes for looking at it");
    }
}
