//! Is this face good enough to enrol? Each gate gives a code and the numbers, so that the screen can say in
//! words what to do. It judges a picture and keeps nothing.

use serde::Serialize;

use crate::align::{ALIGNED_SIDE, Aligned};
use crate::covered::{Cover, CoverLimits, FacePart, cover, covered};
use crate::detect::{Face, Point, Rect};
use crate::picture::Picture;

/// What is wrong with a photograph for enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum QualityFault {
    /// There is no face.
    NoFace,
    /// There is more than one face.
    SeveralFaces { found: usize },
    /// The face is too small: height of its box in pixels.
    TooSmall { pixels: f32, least: f32 },
    /// The face is blurred: see [`Measures::sharpness`].
    Blurred { sharpness: f32, least: f32 },
    /// The head is turned to the side, degrees.
    TurnedAside { degrees: f32, most: f32 },
    /// The head is turned up or down, degrees.
    TurnedUpOrDown { degrees: f32, most: f32 },
    /// The head is tilted to a shoulder, degrees.
    Tilted { degrees: f32, most: f32 },
    /// The face is too dark: mean light, 0 to 255.
    TooDark { light: f32, least: f32 },
    /// The face is too bright: mean light, 0 to 255.
    TooBright { light: f32, most: f32 },
    /// The face has too little contrast: standard deviation of light, 0 to 127.
    Flat { contrast: f32, least: f32 },
    /// The picture ends in the face: share of its box outside, 0 to 1.
    CutOff { share: f32, most: f32 },
    /// The detector is not sure that it is a face, or something covers it: its score, 0 to 1.
    Unclear { score: f32, least: f32 },
    /// Something covers a part of the face.
    Covered { part: FacePart },
}

/// The limits of each gate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct QualityLimits {
    pub height: f32,
    pub sharpness: f32,
    pub aside: f32,
    pub up_or_down: f32,
    pub tilt: f32,
    pub dark: f32,
    pub bright: f32,
    pub contrast: f32,
    pub outside: f32,
    pub score: f32,
    pub cover: CoverLimits,
}

impl Default for QualityLimits {
    /// Set so that the portraits used for the accuracy figures pass, while each fault made on purpose
    /// (blur of 3 pixels at 112 × 112, a quarter of the light) is refused.
    fn default() -> Self {
        Self {
            height: 80.0,
            sharpness: 14.0,
            aside: 35.0,
            up_or_down: 30.0,
            tilt: 30.0,
            dark: 45.0,
            bright: 225.0,
            contrast: 16.0,
            outside: 0.1,
            score: 0.85,
            cover: CoverLimits::default(),
        }
    }
}

/// What is measured of a face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measures {
    /// Height of the face's box in pixels of the picture.
    pub height: f32,
    /// Mean absolute Laplacian of the aligned face's light, divided by its contrast, times 100: 0 for a
    /// smooth face, and the same at every brightness.
    pub sharpness: f32,
    /// Turn to the side in degrees, from the nose's place between the eyes; positive to the picture's right.
    pub aside: f32,
    /// Turn down (positive) or up in degrees, from the nose's place between eyes and mouth.
    pub up_or_down: f32,
    /// Tilt in degrees, from the line of the eyes; positive clockwise.
    pub tilt: f32,
    /// Mean light of the face, 0 to 255.
    pub light: f32,
    /// Standard deviation of the light, 0 to 127.
    pub contrast: f32,
    /// Share of the face's box that lies outside the picture, 0 to 1.
    pub outside: f32,
    /// The detector's score, 0 to 1.
    pub score: f32,
    /// Whether eyes and mouth are to be seen.
    pub cover: Cover,
}

/// The nose stands out from the plane of the eyes by this much of the distance between them.
const NOSE_OUT: f32 = 0.58;
/// Where the nose of a face seen from the front is between eyes (0) and mouth (1), as the detector places
/// them: mean over frontal portraits.
const NOSE_DOWN: f32 = 0.57;

/// Measures a face of `picture` and its aligned picture.
pub fn measure(picture: &Picture, face: &Face, aligned: &Aligned) -> Measures {
    let all = Rect { x: 0.0, y: 0.0, width: picture.width() as f32, height: picture.height() as f32 };
    let inside = face.rect.shared(&all) / face.rect.area().max(1e-3);
    let (aside, up_or_down, tilt) = pose(&face.points);
    let light = central_light(aligned);
    let count = light.len() as f32;
    let mean = light.iter().sum::<f32>() / count;
    let variance = light.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / count;
    let contrast = variance.sqrt();
    Measures {
        height: face.rect.height,
        sharpness: 100.0 * laplacian(&light) / contrast.max(1.0),
        aside,
        up_or_down,
        tilt,
        light: mean,
        contrast,
        outside: (1.0 - inside).clamp(0.0, 1.0),
        score: face.score,
        cover: cover(aligned),
    }
}

/// The faults of the faces found in one photograph for enrolment; empty when it may be used. `aligned`
/// is the only face's aligned picture.
pub fn quality(
    picture: &Picture,
    faces: &[Face],
    aligned: Option<&Aligned>,
    limits: &QualityLimits,
) -> Vec<QualityFault> {
    match (faces, aligned) {
        ([face], Some(aligned)) => faults(&measure(picture, face, aligned), limits),
        ([_, _, ..], _) => vec![QualityFault::SeveralFaces { found: faces.len() }],
        _ => vec![QualityFault::NoFace],
    }
}

/// The faults of one face.
pub fn faults(m: &Measures, limits: &QualityLimits) -> Vec<QualityFault> {
    use QualityFault as Fault;
    let l = limits;
    let degrees = |value: f32| value.abs();
    [
        (m.height < l.height).then_some(Fault::TooSmall { pixels: m.height, least: l.height }),
        (m.score < l.score).then_some(Fault::Unclear { score: m.score, least: l.score }),
        (m.outside > l.outside).then_some(Fault::CutOff { share: m.outside, most: l.outside }),
        (m.light < l.dark).then_some(Fault::TooDark { light: m.light, least: l.dark }),
        (m.light > l.bright).then_some(Fault::TooBright { light: m.light, most: l.bright }),
        (m.contrast < l.contrast).then_some(Fault::Flat { contrast: m.contrast, least: l.contrast }),
        (m.sharpness < l.sharpness).then_some(Fault::Blurred { sharpness: m.sharpness, least: l.sharpness }),
        (degrees(m.aside) > l.aside).then_some(Fault::TurnedAside { degrees: m.aside, most: l.aside }),
        (degrees(m.up_or_down) > l.up_or_down)
            .then_some(Fault::TurnedUpOrDown { degrees: m.up_or_down, most: l.up_or_down }),
        (degrees(m.tilt) > l.tilt).then_some(Fault::Tilted { degrees: m.tilt, most: l.tilt }),
        covered(&m.cover, &l.cover).map(|part| Fault::Covered { part }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How much an embedding of this face promises, 0 to 1, from its size and pose alone: what a frame costs
/// nothing to tell.
pub fn promise(face: &Face) -> f32 {
    let (aside, up_or_down, _) = pose(&face.points);
    let size = (face.rect.height / 160.0).clamp(0.0, 1.0);
    let straight = (1.0 - (aside.abs() + up_or_down.abs() / 2.0) / 90.0).clamp(0.0, 1.0);
    size.sqrt() * straight
}

/// Turn aside, turn up or down and tilt, in degrees. A nose that stands out by p from a plane seen at the
/// angle a is shifted by p·sin a, while lengths in the plane shrink by cos a: so tan a = shift / length / p.
pub(crate) fn pose(points: &[Point; 5]) -> (f32, f32, f32) {
    let [left, right, nose, mouth_left, mouth_right] = *points;
    let middle = |a: Point, b: Point| Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
    let (eyes, mouth) = (middle(left, right), middle(mouth_left, mouth_right));
    let (dx, dy) = (right.x - left.x, right.y - left.y);
    let apart = dx.hypot(dy).max(1e-3);
    // Along and across the line of the eyes, so that tilt does not count as turn.
    let along = |p: Point| ((p.x - eyes.x) * dx + (p.y - eyes.y) * dy) / apart;
    let across = |p: Point| ((p.y - eyes.y) * dx - (p.x - eyes.x) * dy) / apart;
    let height = across(mouth).max(1e-3);
    let shift = along(nose) - along(mouth) * NOSE_DOWN;
    let aside = (shift / apart / NOSE_OUT).atan();
    // Eyes to mouth is about as long as eye to eye, so the nose stands out by the same share of it.
    let down = ((across(nose) / height - NOSE_DOWN) / NOSE_OUT).atan();
    (aside.to_degrees(), down.to_degrees(), dy.atan2(dx).to_degrees())
}

/// Side of the middle part of an aligned face that is all face: no hair, no background.
const MIDDLE: usize = 72;

/// The light (BT.601) of the middle of an aligned face, row by row.
fn central_light(aligned: &Aligned) -> Vec<f32> {
    let (left, top) = ((ALIGNED_SIDE - MIDDLE) / 2, (ALIGNED_SIDE - MIDDLE) / 2 + 8);
    let pixels = aligned.rgb().as_chunks::<3>().0;
    (top..top + MIDDLE)
        .flat_map(|y| &pixels[y * ALIGNED_SIDE + left..][..MIDDLE])
        .map(|p| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]))
        .collect()
}

/// Mean absolute value of the Laplacian (four neighbours).
fn laplacian(light: &[f32]) -> f32 {
    let mut sum = 0.0;
    for y in 1..MIDDLE - 1 {
        for x in 1..MIDDLE - 1 {
            let at = y * MIDDLE + x;
            let around = light[at - 1] + light[at + 1] + light[at - MIDDLE] + light[at + MIDDLE];
            sum += (4.0 * light[at] - around).abs();
        }
    }
    sum / ((MIDDLE - 2) * (MIDDLE - 2)) as f32
}
