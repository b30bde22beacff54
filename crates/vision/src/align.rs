//! Cuts a face out upright: the similarity transform that brings its five points onto the places where
//! the embedder expects them, and the 112 × 112 picture that it gives.

use crate::covered::Region;
use crate::detect::{Face, Point};
use crate::picture::Picture;

/// Width and height of an aligned face in pixels.
pub const ALIGNED_SIDE: usize = 112;

/// Where the five points belong in an aligned face (ArcFace's template).
pub const REFERENCE: [Point; 5] = [
    Point { x: 38.2946, y: 51.6963 },
    Point { x: 73.5318, y: 51.5014 },
    Point { x: 56.0252, y: 71.7366 },
    Point { x: 41.5493, y: 92.3655 },
    Point { x: 70.7299, y: 92.2041 },
];

/// An aligned face: 112 × 112 pixels, rows of RGB.
#[derive(Clone, PartialEq, Eq)]
pub struct Aligned {
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Aligned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Aligned(112 × 112)")
    }
}

impl Aligned {
    fn black() -> Self {
        Self { rgb: vec![0; ALIGNED_SIDE * ALIGNED_SIDE * 3] }
    }

    /// Mean R, G, B of a region that lies inside.
    pub(crate) fn mean_colour(&self, (left, top, width, height): Region) -> [u8; 3] {
        let mut sum = [0; 3];
        for row in self.rgb.chunks_exact(ALIGNED_SIDE * 3).skip(top).take(height) {
            for pixel in &row.as_chunks::<3>().0[left..left + width] {
                (0..3).for_each(|c| sum[c] += usize::from(pixel[c]));
            }
        }
        sum.map(|sum| (sum / (width * height)) as u8)
    }

    /// Gives every pixel of a region that lies inside one colour.
    pub(crate) fn paint(&mut self, (left, top, width, height): Region, colour: [u8; 3]) {
        for row in self.rgb.chunks_exact_mut(ALIGNED_SIDE * 3).skip(top).take(height) {
            row.as_chunks_mut::<3>().0[left..left + width].fill(colour);
        }
    }

    /// The bytes: R, G, B of each pixel, row by row.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }
}

/// A rotation, a scale and a shift: (x, y) -> (a·x - b·y + tx, b·x + a·y + ty).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    pub a: f64,
    pub b: f64,
    pub tx: f64,
    pub ty: f64,
}

impl Similarity {
    /// The least-squares similarity without reflection from `from` to `to`; `None` when the points fall
    /// together. In two dimensions Umeyama's solution (1991, eq. 40 to 43) has this closed form.
    pub fn between(from: &[Point], to: &[Point]) -> Option<Self> {
        let n = from.len().min(to.len()) as f64;
        let mean = |points: &[Point]| {
            let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), p| (x + f64::from(p.x), y + f64::from(p.y)));
            (x / n, y / n)
        };
        let ((fx, fy), (gx, gy)) = (mean(from), mean(to));
        let (mut dot, mut cross, mut spread) = (0.0, 0.0, 0.0);
        for (p, q) in from.iter().zip(to) {
            let (px, py) = (f64::from(p.x) - fx, f64::from(p.y) - fy);
            let (qx, qy) = (f64::from(q.x) - gx, f64::from(q.y) - gy);
            dot += px * qx + py * qy;
            cross += px * qy - py * qx;
            spread += px * px + py * py;
        }
        let (a, b) = (dot / spread, cross / spread);
        let found = Self { a, b, tx: gx - a * fx + b * fy, ty: gy - b * fx - a * fy };
        (spread > 1e-6 && found.scale().is_finite() && found.scale() > 1e-6).then_some(found)
    }

    /// How much longer a line becomes.
    pub fn scale(&self) -> f64 {
        self.a.hypot(self.b)
    }

    /// Where a point goes.
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x - self.b * y + self.tx, self.b * x + self.a * y + self.ty)
    }

    /// The transform back. A [`Similarity`] from [`Similarity::between`] always has one.
    pub fn inverse(&self) -> Self {
        let square = self.a * self.a + self.b * self.b;
        let (a, b) = (self.a / square, -self.b / square);
        Self { a, b, tx: -(a * self.tx - b * self.ty), ty: -(b * self.tx + a * self.ty) }
    }
}

/// The face, upright and 112 × 112; black where it reaches beyond the picture, and black all over when
/// its five points fall together.
pub fn align(picture: &Picture, face: &Face) -> Aligned {
    let mut aligned = Aligned::black();
    cut_out(picture, face, &mut aligned, &mut Reduced::default());
    aligned
}

/// Cuts faces out of one picture after another in memory that it keeps.
#[derive(Debug, Clone, Default)]
pub struct Aligner {
    aligned: Vec<Aligned>,
    reduced: Reduced,
}

impl Aligner {
    /// The faces as by [`align`], in order.
    pub fn align<'f>(&mut self, picture: &Picture, faces: impl IntoIterator<Item = &'f Face>) -> &[Aligned] {
        let mut count = 0;
        for face in faces {
            if count == self.aligned.len() {
                self.aligned.push(Aligned::black());
            }
            cut_out(picture, face, &mut self.aligned[count], &mut self.reduced);
            count += 1;
        }
        &self.aligned[..count]
    }
}

/// Memory for a part of a picture made smaller.
#[derive(Clone, Default)]
struct Reduced {
    rgb: Vec<u8>,
    sums: Vec<[u64; 3]>,
}

impl std::fmt::Debug for Reduced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reduced")
    }
}

fn cut_out(picture: &Picture, face: &Face, aligned: &mut Aligned, reduced: &mut Reduced) {
    aligned.rgb.fill(0);
    if let Some(forth) = Similarity::between(&face.points, &REFERENCE) {
        warp(picture, &forth.inverse(), &mut aligned.rgb, reduced);
    }
}

/// Fills `out` with the picture seen through `back` (from aligned to picture), bilinear. Of a large face
/// several pixels are first made one by their mean; what is left is sampled in a grid.
fn warp(picture: &Picture, back: &Similarity, out: &mut [u8], reduced: &mut Reduced) {
    let times = (back.scale().min(4096.0) as usize).max(1);
    if times == 1 {
        return sample(picture, back, out);
    }
    let last = (ALIGNED_SIDE - 1) as f64;
    let corners = [(0.0, 0.0), (last, 0.0), (0.0, last), (last, last)].map(|(x, y)| back.apply(x, y));
    let side = |length: u32, of: fn(&(f64, f64)) -> f64| {
        let (low, high) = corners.iter().map(of).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        let around = times as f64;
        let from = (low - around).clamp(0.0, f64::from(length)) as usize;
        let to = (high + 2.0 * around).clamp(0.0, f64::from(length)) as usize;
        (from, (to.saturating_sub(from)) / times)
    };
    let ((x0, width), (y0, height)) = (side(picture.width(), |c| c.0), side(picture.height(), |c| c.1));
    let Some(small) = reduced.fill(picture, (x0, y0), (width, height), times) else {
        return; // nothing of the face lies in the picture
    };
    let by = 1.0 / times as f64;
    let middle = (times as f64 - 1.0) / 2.0;
    let inside = Similarity {
        a: back.a * by,
        b: back.b * by,
        tx: (back.tx - x0 as f64 - middle) * by,
        ty: (back.ty - y0 as f64 - middle) * by,
    };
    sample(&small, &inside, out);
    reduced.rgb = small.into_rgb();
}

impl Reduced {
    /// A part of the picture in which each pixel is the mean of `times` × `times`; `None` when it has no pixels. Its
    /// memory is to be given back.
    fn fill(
        &mut self,
        picture: &Picture,
        (x0, y0): (usize, usize),
        (width, height): (usize, usize),
        times: usize,
    ) -> Option<Picture> {
        let stride = picture.width() as usize * 3;
        let count = (times * times) as u64;
        let (mut rgb, sums) = (std::mem::take(&mut self.rgb), &mut self.sums);
        rgb.clear();
        sums.resize(width, [0; 3]);
        for row in 0..height {
            sums.fill([0; 3]);
            for y in (0..times).map(|n| y0 + row * times + n) {
                let line = &picture.rgb()[y * stride + x0 * 3..][..width * times * 3];
                for (sum, pixels) in sums.iter_mut().zip(line.chunks_exact(times * 3)) {
                    for pixel in pixels.as_chunks::<3>().0 {
                        (0..3).for_each(|c| sum[c] += u64::from(pixel[c]));
                    }
                }
            }
            rgb.extend(sums.iter().flatten().map(|sum| ((sum + count / 2) / count) as u8));
        }
        Picture::from_rgb(width as u32, height as u32, rgb)
    }
}

/// The most samples of one pixel, in each direction.
const FINEST: usize = 4;

/// Each pixel as the mean of a grid of bilinear samples, as many as there are pixels under it.
fn sample(picture: &Picture, back: &Similarity, out: &mut [u8]) {
    let grid = (back.scale().round() as usize).clamp(1, FINEST);
    let step = 1.0 / grid as f64;
    let first = (step - 1.0) / 2.0;
    let mut offsets = [(0.0, 0.0); FINEST * FINEST];
    let offsets = &mut offsets[..grid * grid];
    for (n, offset) in offsets.iter_mut().enumerate() {
        let (x, y) = (first + (n % grid) as f64 * step, first + (n / grid) as f64 * step);
        *offset = ((back.a * x - back.b * y) as f32, (back.b * x + back.a * y) as f32);
    }
    let share = 1.0 / offsets.len() as f32;
    let last = (ALIGNED_SIDE - 1) as f64;
    let within = |(x, y): (f64, f64)| {
        let reach = back.scale() + 1.0;
        let fits = |v: f64, length: u32| v >= reach && v + reach + 1.0 < f64::from(length);
        fits(x, picture.width()) && fits(y, picture.height())
    };
    let inside =
        [(0.0, 0.0), (last, 0.0), (0.0, last), (last, last)].into_iter().all(|(x, y)| within(back.apply(x, y)));
    for (row, line) in out.chunks_exact_mut(ALIGNED_SIDE * 3).enumerate() {
        for (column, pixel) in line.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let (x, y) = back.apply(column as f64, row as f64);
            let (x, y) = (x as f32, y as f32);
            let mut sum = [0f32; 3];
            for (dx, dy) in offsets.iter() {
                let (x, y) = (x + dx, y + dy);
                let colour = if inside { between(picture, x, y) } else { bilinear(picture, x, y) };
                sum.iter_mut().zip(colour).for_each(|(s, v)| *s += v);
            }
            *pixel = sum.map(|s| (s * share + 0.5) as u8);
        }
    }
}

/// As [`bilinear`], where all four neighbours lie in the picture.
#[inline(always)]
fn between(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    // Not negative here, so cutting off is rounding down, without the call that `floor` is.
    let (left, top) = (x as u32, y as u32);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let row = picture.width() as usize * 3;
    let at = top as usize * row + left as usize * 3;
    let (upper, lower) = (&picture.rgb()[at..at + 6], &picture.rgb()[at + row..at + row + 6]);
    std::array::from_fn(|c| {
        let above = f32::from(upper[c]) * (1.0 - fx) + f32::from(upper[c + 3]) * fx;
        let below = f32::from(lower[c]) * (1.0 - fx) + f32::from(lower[c + 3]) * fx;
        above * (1.0 - fy) + below * fy
    })
}

/// The colour at (x, y) between pixel centres at whole numbers; black outside.
fn bilinear(picture: &Picture, x: f32, y: f32) -> [f32; 3] {
    let (width, height) = (picture.width() as i64, picture.height() as i64);
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let (left, top) = (left as i64, top as i64);
    let pixel = |px: i64, py: i64, c: usize| {
        if px < 0 || py < 0 || px >= width || py >= height {
            0.0
        } else {
            f32::from(picture.rgb()[((py * width + px) * 3) as usize + c])
        }
    };
    std::array::from_fn(|c| {
        let above = pixel(left, top, c) * (1.0 - fx) + pixel(left + 1, top, c) * fx;
        let below = pixel(left, top + 1, c) * (1.0 - fx) + pixel(left + 1, top + 1, c) * fx;
        above * (1.0 - fy) + below * fy
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn move_points(by: &Similarity) -> [Point; 5] {
        REFERENCE.map(|p| {
            let (x, y) = by.apply(f64::from(p.x), f64::from(p.y));
            Point { x: x as f32, y: y as f32 }
        })
    }

    #[test]
    fn kept_memory_gives_the_same_faces() {
        let rgb = (0..400 * 300 * 3).map(|n| (n * 13 % 251) as u8).collect();
        let picture = Picture::from_rgb(400, 300, rgb).unwrap();
        let face = |scale: f64, tx: f64| Face {
            rect: crate::detect::Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 },
            score: 1.0,
            points: move_points(&Similarity { a: scale, b: 0.1, tx, ty: -20.0 }),
        };
        let frames =
            [vec![face(2.6, 10.0), face(0.4, 90.0)], vec![face(1.0, -60.0)], vec![face(1.4, 0.0), face(3.9, 40.0)]];
        let mut aligner = Aligner::default();
        for faces in frames {
            let alone: Vec<Aligned> = faces.iter().map(|face| align(&picture, face)).collect();
            assert!(aligner.align(&picture, &faces) == alone);
        }
    }

    proptest! {
        #[test]
        fn a_similarity_is_found_again(
            angle in -3.1f64..3.1, scale in 0.1f64..20.0, tx in -500f64..500.0, ty in -500f64..500.0
        ) {
            let moved = Similarity { a: scale * angle.cos(), b: scale * angle.sin(), tx, ty };
            let found = Similarity::between(&REFERENCE, &move_points(&moved)).unwrap();
            prop_assert!((found.a - moved.a).abs() < 1e-3 && (found.b - moved.b).abs() < 1e-3);
            prop_assert!((found.scale() - scale).abs() < 1e-3);
            let (x, y) = found.inverse().apply(tx, ty);
            prop_assert!(x.abs() < 0.05 && y.abs() < 0.05);
        }

        #[test]
        fn no_points_make_it_panic(numbers in proptest::array::uniform10(proptest::num::f32::ANY)) {
            let points = std::array::from_fn(|n| Point { x: numbers[2 * n], y: numbers[2 * n + 1] });
            let face = Face {
                rect: crate::detect::Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 },
                score: 1.0,
                points,
            };
            let picture = Picture::from_rgb(4, 4, vec![7; 48]).unwrap();
            prop_assert_eq!(align(&picture, &face).rgb().len(), 112 * 112 * 3);
        }
    }

    #[test]
    fn an_aligned_face_of_a_face_already_in_place_is_the_picture() {
        let rgb: Vec<u8> = (0..112 * 112 * 3).map(|n| (n * 7 % 251) as u8).collect();
        let picture = Picture::from_rgb(112, 112, rgb.clone()).unwrap();
        let face = Face {
            rect: crate::detect::Rect { x: 0.0, y: 0.0, width: 112.0, height: 112.0 },
            score: 1.0,
            points: REFERENCE,
        };
        let aligned = align(&picture, &face);
        let worst = aligned.rgb().iter().zip(&rgb).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst <= Some(1), "{worst:?}");
    }

    #[test]
    fn points_that_fall_together_have_no_transform() {
        assert_eq!(Similarity::between(&[Point { x: 3.0, y: 3.0 }; 5], &REFERENCE), None);
    }
}
