//! Does something cover the face? Two ways to tell, both on the aligned face, where each part has its place. From
//! the picture alone: eyes and mouth have more texture and another colour than what is held before them. From the
//! embedder: a part that is to be seen changes the template when it is painted over; one that is covered does not.

use serde::{Deserialize, Serialize};

use crate::align::{ALIGNED_SIDE, Aligned};
use crate::template::Template;

/// A part of the face that is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FacePart {
    /// One eye or both, as by hair, a hand, or half of the face behind something.
    Eyes,
    /// Both eyes are dark, as behind sunglasses.
    DarkGlasses,
    /// The mouth, as by a mask or a scarf.
    Mouth,
}

/// What is measured to tell it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cover {
    /// Texture (mean absolute Laplacian of the light) of the eye that has less, as a share of the most of
    /// both eyes and the mouth: 0 to 1.
    pub eyes: f32,
    /// Light of the brightest tenth of the lighter eye's surroundings, as a share of the nose's.
    pub eye_light: f32,
    /// Texture of the mouth as a share of that of the eye that has more; the lesser of two measures of it
    /// (Laplacian, standard deviation).
    pub mouth: f32,
    /// How much redder (Cr of BT.601, 0 to 255) the mouth is than the eyes.
    pub mouth_red: f32,
}

/// The limits of each measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CoverLimits {
    pub eyes: f32,
    pub eye_light: f32,
    pub mouth: f32,
    pub mouth_red: f32,
}

impl Default for CoverLimits {
    /// Below all of 67 uncovered faces, also darker, brighter (× 1.5), noisy, compressed, tilted by 15° and
    /// 40 pixels high: least values there 0.54, 0.95, 0.30 and -9.7.
    fn default() -> Self {
        Self { eyes: 0.45, eye_light: 0.6, mouth: 0.28, mouth_red: -12.0 }
    }
}

/// How much a template owes to parts of the face: 1 - cosine with the template of the same face with the part
/// painted over, 0 to 2.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Told {
    /// By the mouth.
    pub mouth: f32,
    /// By the eye that tells less.
    pub eye: f32,
    /// By that eye, as a share of both: 0 to 0.5.
    pub eye_share: f32,
}

/// The least that uncovered parts tell; it depends on the embedder.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ToldLimits {
    pub mouth: f32,
    pub eye: f32,
    pub eye_share: f32,
    /// The eye as a multiple of the mouth: dark glasses leave the mouth to tell nearly everything.
    pub eye_by_mouth: f32,
}

impl Default for ToldLimits {
    /// For SFace: below 61 uncovered faces, as they are and spoiled in the 20 ways of the robustness table that cover
    /// nothing. Least values there 0.034, 0.048, 0.222 and 0.406, but for blurs that are refused as such and one face
    /// under JPEG quality 20 (0.219).
    fn default() -> Self {
        Self { mouth: 0.033, eye: 0.045, eye_share: 0.21, eye_by_mouth: 0.4 }
    }
}

/// The face with the mouth, the left eye and the right eye (of the picture) painted over, each with the mean colour
/// of nose and cheeks.
pub(crate) fn painted_over(aligned: &Aligned) -> [Aligned; 3] {
    [(24, 78, 64, 34), (20, 40, 36, 24), (56, 40, 36, 24)].map(|part| {
        let mut painted = aligned.clone();
        painted.paint(part, aligned.mean_colour((30, 64, 52, 16)));
        painted
    })
}

/// Compares the template of a face with those of [`painted_over`]; `None` when they are not three.
pub(crate) fn told(whole: &Template, painted: &[Template]) -> Option<Told> {
    let [mouth, left, right] = painted else { return None };
    let [mouth, left, right] = [mouth, left, right].map(|without| 1.0 - whole.cosine(without));
    Some(Told { mouth, eye: left.min(right), eye_share: left.min(right) / (left + right).max(1e-6) })
}

/// The part that tells too little to be seen.
pub(crate) fn silent(told: &Told, limits: &ToldLimits) -> Option<FacePart> {
    if told.eye < limits.eye || told.eye_share < limits.eye_share || told.eye < limits.eye_by_mouth * told.mouth {
        Some(FacePart::Eyes)
    } else {
        (told.mouth < limits.mouth).then_some(FacePart::Mouth)
    }
}

/// Left, upper, width and height in the aligned face.
pub(crate) type Region = (usize, usize, usize, usize);

const LEFT_EYE: Region = (26, 42, 24, 20);
const RIGHT_EYE: Region = (62, 42, 24, 20);
const NOSE: Region = (46, 56, 20, 22);
const MOUTH: Region = (38, 82, 36, 20);

/// Measures what may cover an aligned face.
pub(crate) fn cover(aligned: &Aligned) -> Cover {
    let [left, right, nose, mouth] = [LEFT_EYE, RIGHT_EYE, NOSE, MOUTH].map(|region| look(aligned, region));
    // A face without any texture is nothing to divide by, and is refused for its flatness.
    let share = |part: f32, whole: f32| part / whole.max(1.0);
    let most = left.texture.max(right.texture);
    Cover {
        eyes: share(left.texture.min(right.texture), most.max(mouth.texture)),
        eye_light: share(left.bright.max(right.bright), nose.light),
        mouth: share(mouth.texture, most).min(share(mouth.deviation, left.deviation.max(right.deviation))),
        mouth_red: mouth.red - (left.red + right.red) / 2.0,
    }
}

/// The parts of the face that something covers.
pub(crate) fn covered(cover: &Cover, limits: &CoverLimits) -> Option<FacePart> {
    if cover.eye_light < limits.eye_light {
        Some(FacePart::DarkGlasses)
    } else if cover.eyes < limits.eyes {
        Some(FacePart::Eyes)
    } else if cover.mouth < limits.mouth || cover.mouth_red < limits.mouth_red {
        Some(FacePart::Mouth)
    } else {
        None
    }
}

struct Look {
    texture: f32,
    light: f32,
    /// The ninth decile of the light.
    bright: f32,
    deviation: f32,
    red: f32,
}

fn look(aligned: &Aligned, (left, top, width, height): Region) -> Look {
    let pixels = aligned.rgb().as_chunks::<3>().0;
    let light = |x: usize, y: usize| {
        let [r, g, b] = pixels[y * ALIGNED_SIDE + x].map(f32::from);
        0.299 * r + 0.587 * g + 0.114 * b
    };
    let count = (width * height) as f32;
    let mut all = Vec::with_capacity(width * height);
    let (mut texture, mut red) = (0.0, 0.0);
    for y in top..top + height {
        for x in left..left + width {
            let here = light(x, y);
            all.push(here);
            // All regions lie inside the picture by more than a pixel.
            texture += (4.0 * here - light(x - 1, y) - light(x + 1, y) - light(x, y - 1) - light(x, y + 1)).abs();
            red += 0.713 * (f32::from(pixels[y * ALIGNED_SIDE + x][0]) - here);
        }
    }
    let mean = all.iter().sum::<f32>() / count;
    let deviation = (all.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / count).sqrt();
    let ninth = all.len() * 9 / 10;
    let (_, bright, _) = all.select_nth_unstable_by(ninth, f32::total_cmp);
    Look { texture: texture / count, light: mean, bright: *bright, deviation, red: red / count }
}
