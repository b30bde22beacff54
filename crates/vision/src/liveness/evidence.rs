//! The passive check: what the frames of one track show without anybody being asked.

use serde::Serialize;

use super::parallax::{change, eyes_apart};
use super::pixels::{PixelEvidence, Pixels};
use crate::detect::{Face, Point};
use crate::picture::Picture;

/// Whether a track's face is real, as far as its frames tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Liveness {
    /// Nothing is known: it did not move, or is too small. A still photograph may stay here for ever.
    #[default]
    Looking,
    /// It turned, and has a nose that stands out as noses do.
    Live,
    /// It is a picture: on paper or on a screen.
    Flat,
}

/// What a finding rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// The nose's shift against the plane of the face, in distances between the eyes (of a head about 0.1
    /// for 10 degrees of turn). For [`Liveness::Live`].
    Depth,
    /// It was tilted and stayed flat: the nose's shift divided by the tangent of half the turn (of a head
    /// about 1). For [`Liveness::Flat`].
    Plane,
    /// The raster of a display: power of the highest peak of the spectrum by the power round it (of skin about
    /// 1.5). For [`Liveness::Flat`].
    Raster,
    /// The edges of a sheet or a screen go where the face goes: on how many of its four sides. For
    /// [`Liveness::Flat`].
    Edges,
    /// Every number of the face is as in the frame before: how many frames in a row. A stopped camera or a
    /// still that is fed in; for [`Liveness::Looking`].
    Frozen,
}

/// What is known of a track, and why.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Finding {
    pub liveness: Liveness,
    /// What it rests on; none while nothing was seen.
    pub cue: Option<Cue>,
    /// The cue's figure, in the cue's unit; 0 without a cue.
    pub figure: f32,
}

/// Looks of a face that are kept to compare with.
const LOOKS: usize = 8;
/// A frame as near as this to a kept look is the same look: parallax and stretch.
const SAME_LOOK: (f32, f32) = (0.05, 0.03);
/// Frames whose mean is compared, so that the detector's noise becomes smaller.
const MEAN_OF: usize = 3;
/// The points are uncertain by so many pixels after that.
const NOISE: f32 = 0.45;
/// Least parallax of a head, in distances between the eyes.
const LIVE_PARALLAX: f32 = 0.24;
/// Least depth of a head: parallax by the root of the stretch, as that is the tangent of half the turn. A bent sheet
/// has less.
const LIVE_DEPTH: f32 = 0.85;
/// Least stretch at which a missing parallax tells of a sheet.
const FLAT_STRETCH: f32 = 0.12;
/// Most depth of a sheet.
const FLAT_DEPTH: f32 = 0.5;
/// The detector's points are biased on a tilted face: degrees.
const MOST_ROLL: f32 = 20.0;
/// A nose that jumps so far from one frame to the next is another face's.
const JUMP: f32 = 0.4;
/// Frames that must say the same.
const AGREE: usize = 3;
/// Frames in a row, each exactly the one before, that count as frozen.
const FROZEN: u32 = 5;

type Points = [Point; 5];

/// What the frames of one track show. It holds a few hundred bytes and allocates nothing per frame.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    looks: Vec<Points>,
    recent: [Points; MEAN_OF],
    seen: usize,
    last: Option<Points>,
    /// The largest values so far, the largest first: the last of them is what enough frames agree on.
    parallax: [f32; AGREE],
    stretch: [f32; AGREE],
    repeats: u32,
    pixels: PixelEvidence,
    /// What the pixels once showed for certain.
    screen: Option<(Cue, f32)>,
}

impl Evidence {
    /// No evidence yet.
    pub fn new() -> Self {
        Self { looks: Vec::with_capacity(LOOKS), ..Self::default() }
    }

    /// Forgets everything, as for another face; what it holds in memory is used again.
    pub fn start_again(&mut self) {
        let mut looks = std::mem::take(&mut self.looks);
        looks.clear();
        *self = Self { looks, ..Self::default() };
    }

    /// Takes the face of the next frame. A face that cannot be the one before starts the evidence again.
    pub fn see(&mut self, face: &Face) {
        let points = normal(&face.points);
        if let Some(last) = self.last.replace(face.points) {
            if last == face.points {
                self.repeats = self.repeats.saturating_add(1);
                return;
            }
            if change(&normal(&last), &points).is_none_or(|c| c.parallax > JUMP || c.misfit > JUMP) {
                self.start_again();
                self.last = Some(face.points);
            }
        }
        self.repeats = 0;
        let [left, right, ..] = face.points;
        let roll = (right.y - left.y).atan2(right.x - left.x).to_degrees();
        if roll.abs() <= MOST_ROLL {
            self.recent[self.seen % MEAN_OF] = points;
            self.seen += 1;
            if self.seen >= MEAN_OF {
                self.weigh(eyes_apart(&face.points));
            }
        }
    }

    /// Looks at the pixels of the same frame; `pixels` is memory only. Costs some 0.3 ms a face.
    pub fn look(&mut self, picture: &Picture, face: &Face, pixels: &mut Pixels) {
        if self.screen.is_some() || self.repeats > 0 {
            return;
        }
        self.pixels.look(picture, face, pixels);
        self.screen = match (self.pixels.raster(), self.pixels.sheet()) {
            (Some(peak), _) => Some((Cue::Raster, peak)),
            (None, Some(sides)) => Some((Cue::Edges, sides as f32)),
            (None, None) => None,
        };
    }

    /// Compares the mean of the last frames with the looks kept. `eyes` is the distance between the eyes
    /// in pixels.
    fn weigh(&mut self, eyes: f32) {
        let mean = |n: usize, axis: fn(&Point) -> f32| {
            self.recent.iter().map(|points| axis(&points[n])).sum::<f32>() / MEAN_OF as f32
        };
        let points = std::array::from_fn(|n| Point { x: mean(n, |p| p.x), y: mean(n, |p| p.y) });
        let (mut parallax, mut stretch, mut known) = (0f32, 0f32, false);
        for look in &self.looks {
            if let Some(change) = change(look, &points) {
                parallax = parallax.max(change.parallax);
                stretch = stretch.max(change.stretch);
                known |= change.parallax < SAME_LOOK.0 && change.stretch < SAME_LOOK.1;
            }
        }
        // What noise alone could do at this size does not count.
        let noise = NOISE / eyes.max(1.0);
        keep(&mut self.parallax, if parallax >= 5.0 * noise { parallax } else { 0.0 });
        keep(&mut self.stretch, if stretch >= 8.0 * noise { stretch } else { 0.0 });
        if !known && self.looks.len() < LOOKS {
            self.looks.push(points);
        }
    }

    /// Whether the nose stands out as a head's does, with at least this parallax.
    pub(crate) fn has_depth(&self, least: f32) -> bool {
        let (parallax, stretch) = (self.parallax[AGREE - 1], self.stretch[AGREE - 1]);
        parallax >= least && parallax >= LIVE_DEPTH * stretch.sqrt()
    }

    /// What the frames so far tell.
    pub fn finding(&self) -> Finding {
        let of = |liveness, cue, figure| Finding { liveness, cue: Some(cue), figure };
        let (parallax, stretch) = (self.parallax[AGREE - 1], self.stretch[AGREE - 1]);
        if let Some((cue, figure)) = self.screen {
            return of(Liveness::Flat, cue, figure);
        }
        match () {
            () if self.has_depth(LIVE_PARALLAX) => of(Liveness::Live, Cue::Depth, parallax),
            () if stretch >= FLAT_STRETCH && parallax <= FLAT_DEPTH * stretch.sqrt() => {
                of(Liveness::Flat, Cue::Plane, parallax / stretch.sqrt())
            }
            () if self.repeats >= FROZEN => of(Liveness::Looking, Cue::Frozen, self.repeats as f32),
            () => Finding::default(),
        }
    }
}

/// Takes a value into the largest ones.
fn keep(largest: &mut [f32; AGREE], value: f32) {
    if let Some(at) = largest.iter().position(|v| value > *v) {
        largest[at..].rotate_right(1);
        largest[at] = value;
    }
}

/// The points relative to their middle, in distances between the eyes, with the eyes level.
fn normal(points: &[Point; 5]) -> [Point; 5] {
    let size = eyes_apart(points).max(1e-3);
    let (dx, dy) = (points[1].x - points[0].x, points[1].y - points[0].y);
    let length = dx.hypot(dy).max(1e-3);
    let (cos, sin) = (dx / length / size, dy / length / size);
    let x = points.iter().map(|p| p.x).sum::<f32>() / 5.0;
    let y = points.iter().map(|p| p.y).sum::<f32>() / 5.0;
    points.map(|p| Point { x: (p.x - x) * cos + (p.y - y) * sin, y: (p.y - y) * cos - (p.x - x) * sin })
}
