//! Spoiled photographs: what must still be recognised, what an enrolment must refuse, and that nobody is ever
//! recognised as somebody else. With the photographs that the set-up fetches; the full table is made by the
//! example `robustness`.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use image::RgbImage;
use vision::{Decision, Face, Gallery, Models, QualityFault, QualityLimits, Template, align, examine};

mod alter;
mod attacks;
mod fetched;
use alter::{ALL, Alteration, Part, at_most, picture};

/// Four photographs of one person, of whom the last two are probes, and one of another, with their faces.
struct Photographs {
    models: Models,
    own: Vec<(RgbImage, Face)>,
    other: (RgbImage, Face),
}

/// `None`, said aloud, where the set-up has not been run.
fn photographs() -> Option<Photographs> {
    let models = fetched::models()?;
    let [first, second, third, fourth, other] =
        ["obama.jpg", "obama2.jpg", "obama3.jpg", "obama_partial_face.jpg", "biden.jpg"].map(fetched::photograph);
    let read = |path: PathBuf| {
        let whole = image::open(path).unwrap().into_rgb8();
        let image = at_most(whole.clone(), &largest(&models, &whole).unwrap(), 160.0);
        let face = largest(&models, &image).unwrap();
        (image, face)
    };
    let own = [first?, second?, third?, fourth?].map(read).to_vec();
    let other = read(other?);
    Some(Photographs { models, own, other })
}

fn largest(models: &Models, image: &RgbImage) -> Option<Face> {
    let faces = models.find(&picture(image)).unwrap();
    faces.into_iter().max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()))
}

fn embed(models: &Models, image: &RgbImage) -> Option<Template> {
    let aligned = align(&picture(image), &largest(models, image)?);
    models.embed(&[aligned]).unwrap().pop()
}

/// What has to be recognised; the rest may be left to a person.
fn must_hold(alteration: Alteration) -> bool {
    use Alteration::*;
    match alteration {
        Nothing | Mirrored => true,
        Brightness(times) => times <= 1.5,
        Blur(sigma) => sigma <= 2.0,
        Noise(sigma) => sigma <= 25.0,
        Rotation(degrees) => degrees.abs() <= 15.0,
        Jpeg(quality) => quality >= 20,
        Height(pixels) => pixels >= 40.0,
        Covered(part) => part == Part::Lower,
    }
}

#[test]
fn spoiled_photographs_are_recognised_rightly_or_not_at_all() {
    let Some(p) = photographs() else { return };
    let decision = Decision::from(p.models.manifest().embedder.thresholds);
    let plain: Vec<Template> = p.own.iter().map(|(image, _)| embed(&p.models, image).unwrap()).collect();
    let mut both = Gallery::new(128);
    both.add("own", &plain[..2]).unwrap();
    both.add("other", &[embed(&p.models, &p.other.0).unwrap()]).unwrap();
    let mut without = Gallery::new(128);
    without.add("own", &plain[..2]).unwrap();
    let identify = |gallery: &Gallery<&'static str>, probe: &Template| {
        gallery.identify_frame(std::slice::from_ref(probe), decision).unwrap().remove(0).identity().copied()
    };
    for alteration in ALL {
        for (n, (image, face)) in p.own.iter().enumerate().skip(2) {
            let found = embed(&p.models, &alteration.apply(image, face)).and_then(|probe| identify(&both, &probe));
            assert_ne!(found, Some("other"), "{} {n}", alteration.name());
            assert!(found.is_some() || !must_hold(alteration), "{} {n} is not recognised", alteration.name());
        }
        if let Some(stranger) = embed(&p.models, &alteration.apply(&p.other.0, &p.other.1)) {
            assert_eq!(identify(&without, &stranger), None, "{}: a stranger", alteration.name());
            assert_ne!(identify(&both, &stranger), Some("own"), "{}: the other", alteration.name());
        }
    }
}

#[test]
fn enrolment_refuses_a_spoiled_photograph_with_the_reason() {
    let Some(p) = photographs() else { return };
    let look = |image: &RgbImage| examine(&p.models, &picture(image), &QualityLimits::default()).unwrap().faults;
    let wrong = |alteration: Alteration, expected: fn(&QualityFault) -> bool| {
        for (image, face) in &p.own[..2] {
            let faults = look(&alteration.apply(image, face));
            assert!(faults.iter().any(expected), "{}: {faults:?}", alteration.name());
        }
    };
    let is_covered =
        |fault: &QualityFault| matches!(fault, QualityFault::Covered { .. } | QualityFault::Unclear { .. });
    for (image, _) in &p.own {
        assert_eq!(look(image), []);
    }
    for part in [Part::Left, Part::Right, Part::Lower, Part::Mask, Part::Glasses, Part::Hand, Part::Scarf] {
        wrong(Alteration::Covered(part), is_covered);
    }
    wrong(Alteration::Height(60.0), |fault| matches!(fault, QualityFault::TooSmall { .. }));
    wrong(Alteration::Blur(3.0), |fault| matches!(fault, QualityFault::Blurred { .. }));
    wrong(Alteration::Brightness(0.2), |fault| matches!(fault, QualityFault::TooDark { .. }));
}

#[test]
fn a_head_turned_aside_for_enrolment_is_not_taken_for_covered() {
    let Some(p) = photographs() else { return };
    for name in ["obama.jpg", "biden.jpg"] {
        let photo = image::open(fetched::photograph(name).unwrap()).unwrap().into_rgb8();
        let person = attacks::source(&p.models, &photo).unwrap();
        for degrees in [-25f32, -15.0, 15.0, 25.0] {
            let pose = attacks::Pose { aside: degrees.to_radians(), ..attacks::resting(70.0, 9.0) };
            let room = attacks::Canvas::room(1);
            let frame = attacks::render(&person, attacks::Shape::Head, attacks::Material::Skin, &pose, &room, 1);
            let seen = examine(&p.models, &picture(&frame), &QualityLimits::default()).unwrap();
            assert_eq!(seen.faults, [], "{name} at {degrees}°");
            assert!(seen.template.is_some());
        }
    }
}
