//! Where the detector looks: it finds faces of 16 to some 400 pixels, so a picture is shown to it at
//! several sizes, the large ones in tiles that overlap. It knows sizes and no pixels.

use crate::resample::Window;

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Search {
    /// The least height of a face that has to be found, in pixels of the picture.
    pub smallest_face: f32,
}

impl Default for Search {
    /// 40 pixels: what the embedder needs for a template worth comparing.
    fn default() -> Self {
        Self { smallest_face: 40.0 }
    }
}

/// The face height in pixels, as the detector sees it, below which it begins to miss.
const LEAST_SEEN: f32 = 18.0;
/// Longest side of the first look, in pixels.
const WHOLE: f32 = 640.0;
/// Longest side of the look for a face that fills the picture.
const CLOSE: f32 = 256.0;
/// Side of a tile, in pixels as the detector sees it.
const TILE: usize = 1024;
/// How much neighbouring tiles share: a face that the first look missed is smaller than this.
const SHARED: usize = 160;

/// One run of the detector: this part of the picture at this size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub window: Window,
    /// Width and height that the detector sees.
    pub size: (usize, usize),
    /// Left out when a run before it found a face.
    pub only_if_none: bool,
}

/// The runs for a picture of `width` × `height` pixels.
pub(crate) fn steps(width: usize, height: usize, search: Search) -> Vec<Step> {
    let longest = width.max(height) as f32;
    let first = (WHOLE / longest).min(1.0);
    let fine = (LEAST_SEEN / search.smallest_face.max(1.0)).min(1.0);
    let mut steps = vec![whole(width, height, first, false)];
    // Between the looks lies at most a factor of 4; the detector covers 20.
    if fine > first {
        let middle = (first * 4.0).min(fine);
        tiles(width, height, middle, &mut steps);
        if fine > middle {
            tiles(width, height, fine, &mut steps);
        }
    }
    if longest * first > CLOSE {
        steps.push(whole(width, height, CLOSE / longest, true));
    }
    steps
}

fn whole(width: usize, height: usize, scale: f32, only_if_none: bool) -> Step {
    let window = Window { x: 0, y: 0, width, height };
    Step { window, size: scaled(window, scale), only_if_none }
}

fn scaled(window: Window, scale: f32) -> (usize, usize) {
    let side = |length: usize| ((length as f32 * scale).round() as usize).clamp(1, length);
    (side(window.width), side(window.height))
}

fn tiles(width: usize, height: usize, scale: f32, steps: &mut Vec<Step>) {
    for (y, tile_height) in cuts(height, scale) {
        for (x, tile_width) in cuts(width, scale) {
            let window = Window { x, y, width: tile_width, height: tile_height };
            steps.push(Step { window, size: scaled(window, scale), only_if_none: false });
        }
    }
}

/// Start and length of the tiles along one side, in pixels of the picture; all of one length.
fn cuts(length: usize, scale: f32) -> Vec<(usize, usize)> {
    let seen = (length as f32 * scale) as usize;
    if seen <= TILE {
        return vec![(0, length)];
    }
    let count = (seen - SHARED).div_ceil(TILE - SHARED);
    let shared = (SHARED as f32 / scale) as usize;
    let tile = (length + shared * (count - 1)).div_ceil(count).min(length);
    (0..count).map(|n| (n * (length - tile) / (count - 1).max(1), tile)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tiles_cover_everything_and_overlap(length in 1usize..20_000, scale in 0.05f32..1.0) {
            let cuts = cuts(length, scale);
            prop_assert_eq!(cuts[0].0, 0);
            let last = cuts[cuts.len() - 1];
            prop_assert_eq!(last.0 + last.1, length);
            for pair in cuts.windows(2) {
                let shared = (pair[0].0 + pair[0].1).saturating_sub(pair[1].0);
                prop_assert!(shared as f32 * scale >= SHARED as f32 - 3.0, "{} {:?}", shared, cuts);
            }
            for (_, tile) in cuts {
                prop_assert!(tile as f32 * scale <= TILE as f32 + 2.0);
            }
        }

        #[test]
        fn every_size_is_seen_within_the_picture(width in 1usize..9000, height in 1usize..9000, face in 0f32..500.0) {
            for step in steps(width, height, Search { smallest_face: face }) {
                prop_assert!(step.window.x + step.window.width <= width);
                prop_assert!(step.window.y + step.window.height <= height);
                prop_assert!(step.size.0 >= 1 && step.size.0 <= step.window.width);
                prop_assert!(step.size.1 >= 1 && step.size.1 <= step.window.height);
            }
        }
    }

    #[test]
    fn a_webcam_frame_is_one_run_unless_nothing_is_found() {
        let steps = steps(640, 480, Search::default());
        assert_eq!(steps.iter().filter(|s| !s.only_if_none).count(), 1);
        assert_eq!(steps[0].size, (640, 480));
    }
}
