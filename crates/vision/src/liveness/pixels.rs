//! What the pixels of a track tell over its frames: the raster of a display, and edges of a sheet that go
//! where the face goes.

use super::edges::{EdgeFinder, Sides, centre};
use super::parallax::eyes_apart;
use super::spectrum::Spectrum;
use crate::detect::Face;
use crate::picture::Picture;

/// Mean peak over frames from which the raster of a display is certain.
const RASTER: f32 = 8.0;
/// Share of the newest frame in that mean, and the least frames.
const NEWEST: f32 = 0.2;
const RASTER_FRAMES: u32 = 6;
/// An edge goes with the face when its distance stays within this, while a still one would have gone so far; in distances
/// between the eyes.
const STAYS: f32 = 0.12;
const WOULD_GO: f32 = 0.45;
/// Or when the face tilts by so much that a still edge would not be upright with it at both ends, radians.
const WOULD_ROLL: f32 = 0.42;
/// Frames that must show it.
const EDGE_FRAMES: u32 = 4;
/// Sides of the four that must go with the face, and that must at least stay at their places.
const SIDES_WITH_FACE: usize = 2;
const SIDES_THERE: usize = 3;
/// Frames in which a side must have been at its place.
const THERE_FRAMES: u32 = 5;

/// Memory for looking at pixels, kept between frames; one serves every track of a camera.
#[derive(Debug, Clone)]
pub struct Pixels {
    spectrum: Spectrum,
    edges: EdgeFinder,
}

impl Default for Pixels {
    fn default() -> Self {
        Self { spectrum: Spectrum::new(), edges: EdgeFinder::new() }
    }
}

/// An edge on one side of the face.
#[derive(Debug, Clone, Copy, Default)]
struct Edge {
    /// Distance from the face's middle when first seen, in distances between the eyes, and its place in pixels.
    away: f32,
    place: f32,
    /// The face's tilt then, radians.
    roll: f32,
    /// Frames in which it was with the face where a still edge would not have been.
    with_face: u32,
    /// Frames in which it was at this distance.
    there: u32,
}

/// What the pixels of one track showed.
#[derive(Debug, Clone, Default)]
pub(crate) struct PixelEvidence {
    /// Running mean of the logarithm of the spectrum's peak.
    raster: f32,
    looked: u32,
    edges: [Option<Edge>; 4],
}

impl PixelEvidence {
    /// Takes the next frame.
    pub fn look(&mut self, picture: &Picture, face: &Face, pixels: &mut Pixels) {
        if let Some(peaks) = pixels.spectrum.peaks(picture, face) {
            let peak = peaks.light.max(peaks.colour).max(1.0).ln();
            self.looked = self.looked.saturating_add(1);
            let share = NEWEST.max(1.0 / self.looked as f32);
            self.raster += (peak - self.raster) * share;
        }
        self.follow(face, pixels.edges.sides(picture, face));
    }

    fn follow(&mut self, face: &Face, sides: Sides) {
        let (middle, eyes) = (centre(face), eyes_apart(&face.points).max(1.0));
        let [left, right, ..] = face.points;
        let roll = (right.y - left.y).atan2(right.x - left.x);
        for (n, (edge, side)) in self.edges.iter_mut().zip(sides).enumerate() {
            let Some(away) = side else { continue };
            let sign = if matches!(n, 0 | 2) { -1.0 } else { 1.0 };
            let from = if n < 2 { middle.x } else { middle.y };
            let new = Edge { away, place: from + sign * away * eyes, roll, with_face: 0, there: 1 };
            match edge {
                Some(known) if (away - known.away).abs() <= STAYS => {
                    known.there += 1;
                    let if_still = (known.place - from) * sign / eyes;
                    let goes = (if_still - known.away).abs() >= WOULD_GO || (roll - known.roll).abs() >= WOULD_ROLL;
                    known.with_face += u32::from(goes);
                }
                // An edge that did go with the face and is not seen for a frame is not given up.
                Some(known) if known.with_face >= EDGE_FRAMES => {}
                _ => *edge = Some(new),
            }
        }
    }

    /// Peak of the raster, when it is certain that there is one.
    pub fn raster(&self) -> Option<f32> {
        (self.looked >= RASTER_FRAMES && self.raster >= RASTER.ln()).then(|| self.raster.exp())
    }

    /// Sides on which an edge went with the face, when they are enough.
    pub fn sheet(&self) -> Option<usize> {
        let count = |what: fn(&Edge) -> bool| self.edges.iter().flatten().filter(|e| what(e)).count();
        let there = count(|e| e.there >= THERE_FRAMES);
        let enough = count(|e| e.with_face >= EDGE_FRAMES) >= SIDES_WITH_FACE && there >= SIDES_THERE;
        enough.then_some(there)
    }
}
