//! The edges of a sheet or a screen: long straight edges round a face that go where the face goes. A door
//! or a board behind a person stays where it is.

use super::parallax::eyes_apart;
use crate::detect::{Face, Point};
use crate::picture::Picture;

/// Samples along a side of the square that is looked at.
const GRID: usize = 104;
/// Samples in one distance between the eyes: the square reaches 2.6 of them to each side.
const UNIT: f32 = 20.0;
/// Where an edge is looked for, in samples from the face's middle: outside the head, inside the square.
const NEAREST: usize = 28;
const FARTHEST: usize = 49;
/// Samples of the line, to each side of its middle.
const REACH: i32 = 22;
/// Leans of the line that are tried: shift per sample, in fortieths.
const LEANS: [i32; 9] = [-8, -6, -4, -2, 0, 2, 4, 6, 8];
/// The least step of light that counts, and the share of the line that must have it.
const STEP: f32 = 7.0;
const SHARE: f32 = 0.86;

/// A line's distance from the face's middle on each side (left, right, above, below), in distances between
/// the eyes; `None` where there is none.
pub(crate) type Sides = [Option<f32>; 4];

/// Memory kept between frames.
#[derive(Debug, Clone)]
pub(crate) struct EdgeFinder {
    light: Vec<f32>,
}

impl EdgeFinder {
    pub fn new() -> Self {
        Self { light: vec![0.0; GRID * GRID] }
    }

    /// The straight edges round a face.
    pub fn sides(&mut self, picture: &Picture, face: &Face) -> Sides {
        self.fill(picture, face);
        let side = |direction: usize| {
            let mut best: Option<(f32, usize)> = None;
            for out in NEAREST..=FARTHEST {
                let share = LEANS.iter().map(|lean| self.line(direction, out, *lean)).fold(0.0, f32::max);
                if share >= SHARE && best.is_none_or(|(most, _)| share > most) {
                    best = Some((share, out));
                }
            }
            best.map(|(_, out)| out as f32 / UNIT)
        };
        std::array::from_fn(side)
    }

    /// The light round the face, upright; what lies outside the picture is NaN.
    fn fill(&mut self, picture: &Picture, face: &Face) {
        let middle = centre(face);
        let eyes = eyes_apart(&face.points);
        let [left, right, ..] = face.points;
        let length = (right.x - left.x).hypot(right.y - left.y).max(1e-3);
        let (cos, sin) = ((right.x - left.x) / length * eyes / UNIT, (right.y - left.y) / length * eyes / UNIT);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        for (n, light) in self.light.iter_mut().enumerate() {
            let (u, v) = ((n % GRID) as f32 - GRID as f32 / 2.0, (n / GRID) as f32 - GRID as f32 / 2.0);
            let (x, y) = (middle.x + u * cos - v * sin, middle.y + u * sin + v * cos);
            let inside = x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32;
            *light = if inside {
                let at = (y as usize * width + x as usize) * 3;
                let p = &picture.rgb()[at..at + 3];
                0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2])
            } else {
                f32::NAN
            };
        }
    }

    /// The share of a line's samples with a step of light of one sign across it.
    fn line(&self, direction: usize, out: usize, lean: i32) -> f32 {
        let middle = GRID as i32 / 2;
        let sign = if matches!(direction, 0 | 2) { -1 } else { 1 };
        let (mut up, mut down) = (0, 0);
        for along in -REACH..=REACH {
            let across = middle + sign * out as i32 + (along * lean).div_euclid(40);
            let along = middle + along;
            let at = |shift: i32| {
                let (x, y) = if direction < 2 { (across + shift, along) } else { (along, across + shift) };
                if (0..GRID as i32).contains(&x) && (0..GRID as i32).contains(&y) {
                    self.light[(y * GRID as i32 + x) as usize]
                } else {
                    f32::NAN
                }
            };
            let step = at(1) - at(-1);
            up += i32::from(step > STEP);
            down += i32::from(step < -STEP);
        }
        up.max(down) as f32 / (2 * REACH + 1) as f32
    }
}

/// The middle of a face's points.
pub(crate) fn centre(face: &Face) -> Point {
    let sum = |axis: fn(&Point) -> f32| face.points.iter().map(axis).sum::<f32>() / 5.0;
    Point { x: sum(|p| p.x), y: sum(|p| p.y) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::REFERENCE;
    use crate::detect::Rect;

    #[test]
    fn the_sides_of_a_sheet_are_found_and_a_shaded_wall_has_none() {
        let sheet = |x: u32, y: u32| (140..260).contains(&x) && (70..230).contains(&y);
        let draw = |with: bool| {
            let light = |x: u32, y: u32| if with && sheet(x, y) { 220 } else { (90 + x / 8 + y / 10) as u8 };
            let rgb = (0..400 * 300).flat_map(|n| [light(n % 400, n / 400); 3]).collect();
            Picture::from_rgb(400, 300, rgb).unwrap()
        };
        let points = REFERENCE.map(|p| Point { x: p.x + 144.0, y: p.y + 78.0 });
        let face = Face { rect: Rect { x: 160.0, y: 90.0, width: 80.0, height: 110.0 }, score: 1.0, points };
        let sides = EdgeFinder::new().sides(&draw(true), &face);
        assert!(sides.iter().all(Option::is_some), "{sides:?}");
        assert!((sides[0].unwrap() - 1.7).abs() < 0.15, "{sides:?}");
        assert_eq!(EdgeFinder::new().sides(&draw(false), &face), [None; 4]);
    }
}
