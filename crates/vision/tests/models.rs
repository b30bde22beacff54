//! The real models on real photographs. They need what the set-up fetches; else each test says
//! that it is skipped.

#![allow(clippy::unwrap_used)]

mod fetched;

use std::path::Path;
use std::sync::OnceLock;

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use vision::{
    Decision, Gallery, Models, Picture, PictureLimits, QualityFault, QualityLimits, Rules, StageTimes, Template,
    Threads, TrackState, Tracker, VisionError, align, decode, evaluate, examine, recognise, watch,
};

/// The models, loaded once; `None`, said aloud, when they are not there.
fn models() -> Option<&'static Models> {
    static MODELS: OnceLock<Option<Models>> = OnceLock::new();
    let models = MODELS.get_or_init(fetched::models);
    if models.is_none() {
        println!("skipped: not all is there that the set-up fetches");
    }
    models.as_ref()
}

fn photo(name: &str) -> Option<RgbImage> {
    Some(image::open(fetched::photograph(name)?).unwrap().into_rgb8())
}

fn picture(image: &RgbImage) -> Picture {
    Picture::from_rgb(image.width(), image.height(), image.as_raw().clone()).unwrap()
}

fn embed(models: &Models, image: &RgbImage) -> Template {
    let picture = picture(image);
    let faces = models.find(&picture).unwrap();
    models.embed(&[align(&picture, &faces[0])]).unwrap().remove(0)
}

fn decision(models: &Models) -> Decision {
    models.manifest().embedder.thresholds.into()
}

/// One person enrolled with three photographs.
fn gallery(models: &Models) -> Option<Gallery<&'static str>> {
    let mut templates = Vec::new();
    for name in ["obama.jpg", "obama2.jpg", "obama3.jpg"] {
        templates.push(embed(models, &photo(name)?));
    }
    let mut gallery = Gallery::new(128);
    gallery.add("obama", &templates).unwrap();
    Some(gallery)
}

#[test]
fn one_person_is_recognised_also_half_covered_and_another_is_not() {
    let Some(models) = models() else { return };
    let Some(gallery) = gallery(models) else { return };
    for (name, wanted) in
        [("obama_partial_face.jpg", Some(&"obama")), ("obama_partial_face2.jpg", Some(&"obama")), ("biden.jpg", None)]
    {
        let Some(image) = photo(name) else { return };
        let mut times = StageTimes::default();
        let found = recognise(models, &gallery, decision(models), &picture(&image), &mut times).unwrap();
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].found.identity(), wanted, "{name} {:?}", found[0].found);
        assert!(times.find > 0.0 && times.embed > 0.0);
    }
}

#[test]
fn faces_of_forty_pixels_are_found_in_a_4k_picture_and_one_that_fills_it_too() {
    let (Some(models), Some(image)) = (models(), photo("obama.jpg")) else { return };
    let face = models.find(&picture(&image)).unwrap().remove(0).rect;
    let scale = 42.0 / face.height;
    let size = |side: u32| (side as f32 * scale) as u32;
    let small = imageops::resize(&image, size(image.width()), size(image.height()), FilterType::Triangle);
    let mut group = RgbImage::from_pixel(3840, 2160, Rgb([120, 125, 130]));
    let mut places = Vec::new();
    for row in 0..4 {
        for column in 0..6 {
            let (x, y) = (100 + column * 630 + row * 7, 60 + row * 520 + column * 5);
            imageops::replace(&mut group, &small, x, y);
            places.push((x as f32 + face.x * scale, y as f32 + face.y * scale));
        }
    }
    let found = models.find(&picture(&group)).unwrap();
    assert_eq!(found.len(), places.len());
    for (x, y) in places {
        let near = |f: &vision::Face| (f.rect.x - x).abs() < 8.0 && (f.rect.y - y).abs() < 8.0;
        assert!(found.iter().any(near), "no face at {x} {y}");
    }
    let (x, y) = (face.x.max(0.0) as u32, face.y.max(0.0) as u32);
    let close = imageops::crop_imm(&image, x, y, face.width as u32, face.height as u32).to_image();
    for side in [480, 1200, 3000] {
        let close = imageops::resize(&close, side, side * 5 / 4, FilterType::Triangle);
        assert_eq!(models.find(&picture(&close)).unwrap().len(), 1, "{side}");
    }
}

#[test]
fn gates_say_what_is_wrong_with_a_photograph() {
    let (Some(models), Some(good), Some(other)) = (models(), photo("obama.jpg"), photo("biden.jpg")) else {
        return;
    };
    let look = |image: &RgbImage| examine(models, &picture(image), &QualityLimits::default()).unwrap();
    let sound = look(&good);
    assert!(sound.faults.is_empty() && sound.template.is_some(), "{:?}", sound.faults);
    let mut two = RgbImage::new(1900, 2300);
    imageops::replace(&mut two, &good, 0, 0);
    imageops::replace(&mut two, &other, 920, 0);
    let tiny = imageops::resize(&good, 180, 225, FilterType::Triangle);
    let dark = RgbImage::from_fn(good.width(), good.height(), |x, y| Rgb(good.get_pixel(x, y).0.map(|v| v / 4)));
    let blurred = imageops::blur(&good, 7.0);
    let tilted = image::DynamicImage::from(good.clone()).rotate90().into_rgb8();
    let has = |name: &str, image: &RgbImage, wanted: fn(&QualityFault) -> bool| {
        let found = look(image);
        assert!(found.faults.iter().any(wanted), "{name}: {:?}", found.faults);
        assert!(found.template.is_none());
    };
    has("two", &two, |f| matches!(f, QualityFault::SeveralFaces { found: 2 }));
    has("tiny", &tiny, |f| matches!(f, QualityFault::TooSmall { .. }));
    has("dark", &dark, |f| matches!(f, QualityFault::TooDark { .. }));
    has("blurred", &blurred, |f| matches!(f, QualityFault::Blurred { .. }));
    has("empty", &RgbImage::new(640, 480), |f| matches!(f, QualityFault::NoFace));
    assert!(look(&tilted).template.is_none());
}

#[test]
fn a_tracker_proposes_a_known_person_once_and_never_a_stranger() {
    let (Some(models), Some(known), Some(stranger)) = (models(), photo("obama_partial_face.jpg"), photo("biden.jpg"))
    else {
        return;
    };
    let Some(gallery) = gallery(models) else { return };
    let mut frame = RgbImage::from_pixel(1280, 720, Rgb([100, 100, 100]));
    imageops::replace(&mut frame, &imageops::resize(&known, 300, 690, FilterType::Triangle), 40, 10);
    imageops::replace(&mut frame, &imageops::resize(&stranger, 310, 704, FilterType::Triangle), 700, 8);
    let mut tracker = Tracker::new(Rules::default());
    let mut proposals = Vec::new();
    for number in 0..40 {
        let mut moved = RgbImage::from_pixel(1280, 720, Rgb([100, 100, 100]));
        imageops::replace(&mut moved, &frame, number % 7, number % 5);
        let seconds = number as f64 / 15.0;
        let report = watch(models, &gallery, decision(models), &mut tracker, &picture(&moved), seconds).unwrap();
        assert_eq!(report.tracks.len(), 2);
        proposals.extend(report.proposals);
    }
    assert_eq!(proposals.len(), 1);
    assert_eq!((proposals[0].person, proposals[0].frames), ("obama", 3));
    let mut states: Vec<_> = tracker.tracks().iter().map(|t| t.state).collect();
    states.sort_by_key(|s| *s == TrackState::Unknown);
    assert_eq!(states, [TrackState::Recognised, TrackState::Unknown]);
}

#[test]
fn the_evaluation_counts_everybody_and_lists_what_cannot_be_used() {
    let Some(models) = models() else { return };
    let dir = tempfile::tempdir().unwrap();
    for (person, name) in [
        ("a", "obama.jpg"),
        ("a", "obama2.jpg"),
        ("a", "obama3.jpg"),
        ("a", "obama_partial_face.jpg"),
        ("b", "biden.jpg"),
    ] {
        let Some(image) = photo(name) else { return };
        std::fs::create_dir_all(dir.path().join(person)).unwrap();
        image.save(dir.path().join(person).join(name)).unwrap();
    }
    RgbImage::new(64, 64).save(dir.path().join("b/nobody.png")).unwrap();
    std::fs::write(dir.path().join("b/text.jpg"), "no picture").unwrap();
    let found = evaluate(models, dir.path(), decision(models)).unwrap();
    let v = &found.verification;
    assert_eq!((v.genuine, v.false_non_match, v.impostor, v.false_match), (6, 0, 4, 0));
    let i = &found.identification;
    // The one photograph of b cannot be both enrolled and a probe.
    assert_eq!((i.genuine_probes, i.correct, i.wrong_identity, i.rejected), (1, 1, 0, 0));
    assert_eq!(i.enrolled, 1);
    assert_eq!((i.stranger_probes, i.strangers_accepted), (5, 0));
    assert_eq!(found.no_face, ["b/nobody.png"]);
    assert_eq!(found.unreadable[0].path, "b/text.jpg");
    let json = serde_json::to_value(&found).unwrap();
    assert!(json["milliseconds"]["match"].is_number() && json["threshold"].is_number());
}

#[test]
fn a_model_that_is_missing_cut_or_changed_is_refused_with_its_name() {
    let Some(_) = models() else { return };
    let dir = tempfile::tempdir().unwrap();
    let load = || Models::load(dir.path(), &fetched::runtime(), Threads(1));
    let refused = |wanted: &str| match load() {
        Err(VisionError::Model { file, .. }) => assert_eq!(file, wanted),
        other => panic!("{other:?}"),
    };
    refused("manifest.json");
    for name in ["manifest.json", "detector.onnx", "embedder.onnx"] {
        std::fs::copy(fetched::vendor().join("models").join(name), dir.path().join(name)).unwrap();
    }
    assert!(load().is_ok());
    let cut = dir.path().join("embedder.onnx");
    let bytes = std::fs::read(&cut).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    refused("embedder.onnx");
    std::fs::remove_file(dir.path().join("detector.onnx")).unwrap();
    refused("detector.onnx");
    std::fs::write(dir.path().join("manifest.json"), "{}").unwrap();
    refused("manifest.json");
}

#[test]
fn the_portraits_of_the_accuracy_figures_are_told_apart() {
    let Some(models) = models() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/faces");
    if !folder.is_dir() {
        println!("skipped: no photographs for accuracy figures beside this project");
        return;
    }
    let found = evaluate(models, &folder.join("portraits"), decision(models)).unwrap();
    let i = &found.identification;
    assert_eq!((i.wrong_identity, i.strangers_accepted), (0, 0));
    assert!(i.fnir.unwrap() <= 0.02, "{i:?}");
    assert_eq!(found.verification.false_match, 0);
    for (name, faces) in [("two-faces.jpg", 2), ("six-faces.jpg", 6)] {
        let bytes = std::fs::read(folder.join("groups").join(name)).unwrap();
        let picture = decode(&bytes, PictureLimits::default()).unwrap();
        assert_eq!(models.find(&picture).unwrap().len(), faces, "{name}");
    }
}
