//! YuNet's numbers turned into faces: cells to boxes, overlapping boxes to one. Formulas as in OpenCV's
//! FaceDetectorYN (Wu, Peng, Yu: YuNet, 2023).

use serde::Serialize;

/// A point in pixels of the picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// A box in pixels of the picture; it may reach beyond the picture's edge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Rect {
    /// Area in square pixels, 0 for an empty box.
    pub fn area(&self) -> f32 {
        self.width.max(0.0) * self.height.max(0.0)
    }

    /// Intersection over union, 0 to 1.
    pub fn overlap(&self, other: &Self) -> f32 {
        let shared = self.shared(other);
        let all = self.area() + other.area() - shared;
        if all > 0.0 { shared / all } else { 0.0 }
    }

    /// Area that two boxes share, in square pixels.
    pub fn shared(&self, other: &Self) -> f32 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        width.max(0.0) * height.max(0.0)
    }
}

/// A face in a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    pub rect: Rect,
    /// How sure the detector is, 0 to 1.
    pub score: f32,
    /// The eye on the picture's left, the eye on the right, nose tip, left and right corner of the mouth.
    pub points: [Point; 5],
}

impl Face {
    /// The same face after `p -> p * scale + offset`.
    pub fn mapped(&self, scale: f32, dx: f32, dy: f32) -> Self {
        let point = |p: Point| Point { x: p.x * scale + dx, y: p.y * scale + dy };
        let corner = point(Point { x: self.rect.x, y: self.rect.y });
        Self {
            rect: Rect { x: corner.x, y: corner.y, width: self.rect.width * scale, height: self.rect.height * scale },
            score: self.score,
            points: self.points.map(point),
        }
    }

    /// Whether every number of it is finite.
    fn is_sound(&self) -> bool {
        let r = &self.rect;
        let rect = [r.x, r.y, r.width, r.height, self.score];
        rect.iter().all(|v| v.is_finite())
            && self.points.iter().all(|p| p.x.is_finite() && p.y.is_finite())
            && r.width > 0.0
            && r.height > 0.0
    }
}

/// The outputs of one stride: per cell `cls` and `obj` (1 number), `bbox` (4) and `kps` (10).
pub(crate) struct Cells<'a> {
    pub stride: usize,
    /// Cells in a row.
    pub columns: usize,
    pub cls: &'a [f32],
    pub obj: &'a [f32],
    pub bbox: &'a [f32],
    pub kps: &'a [f32],
}

/// Adds the faces with a score of at least `threshold` to `faces`.
pub(crate) fn decode_cells(cells: &Cells<'_>, threshold: f32, faces: &mut Vec<Face>) {
    let stride = cells.stride as f32;
    let least = threshold * threshold;
    let numbers = cells.bbox.as_chunks::<4>().0.iter().zip(cells.kps.as_chunks::<10>().0);
    for (n, ((cls, obj), (b, k))) in cells.cls.iter().zip(cells.obj).zip(numbers).enumerate() {
        let squared = cls.clamp(0.0, 1.0) * obj.clamp(0.0, 1.0);
        if squared < least {
            continue;
        }
        let (column, row) = ((n % cells.columns) as f32, (n / cells.columns) as f32);
        let (width, height) = (b[2].exp() * stride, b[3].exp() * stride);
        let face = Face {
            rect: Rect {
                x: (column + b[0]) * stride - width / 2.0,
                y: (row + b[1]) * stride - height / 2.0,
                width,
                height,
            },
            score: squared.sqrt(),
            points: std::array::from_fn(|p| Point {
                x: (k[2 * p] + column) * stride,
                y: (k[2 * p + 1] + row) * stride,
            }),
        };
        if face.is_sound() {
            faces.push(face);
        }
    }
}

/// Keeps the best of faces that overlap by more than `overlap` (intersection over union), or of which
/// one lies almost wholly (80 %) in the other at a similar size, as happens between tiles. Best first.
pub fn suppress(mut faces: Vec<Face>, overlap: f32) -> Vec<Face> {
    faces.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Face> = Vec::with_capacity(faces.len());
    for face in faces {
        if !kept.iter().any(|k| is_same(&k.rect, &face.rect, overlap)) {
            kept.push(face);
        }
    }
    kept
}

fn is_same(a: &Rect, b: &Rect, overlap: f32) -> bool {
    let smaller = a.area().min(b.area());
    a.overlap(b) > overlap || (smaller > 0.0 && a.shared(b) / smaller > 0.8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn face() -> impl Strategy<Value = Face> {
        (-50f32..500.0, -50f32..500.0, 1f32..200.0, 1f32..200.0, 0f32..1.0).prop_map(|(x, y, width, height, score)| {
            Face { rect: Rect { x, y, width, height }, score, points: [Point { x, y }; 5] }
        })
    }

    proptest! {
        #[test]
        fn suppressed_faces_do_not_overlap_and_the_best_stays(faces in proptest::collection::vec(face(), 0..40)) {
            let best = faces.iter().map(|f| f.score).fold(0.0, f32::max);
            let count = faces.len();
            let kept = suppress(faces, 0.3);
            prop_assert!(kept.len() <= count);
            prop_assert_eq!(kept.is_empty(), count == 0);
            if count > 0 {
                prop_assert_eq!(kept[0].score, best);
            }
            for (n, a) in kept.iter().enumerate() {
                for b in &kept[n + 1..] {
                    prop_assert!(a.rect.overlap(&b.rect) <= 0.3);
                }
            }
            prop_assert_eq!(suppress(kept.clone(), 0.3), kept);
        }

        #[test]
        fn overlap_is_symmetric_and_at_most_one(a in face(), b in face()) {
            let (ab, ba) = (a.rect.overlap(&b.rect), b.rect.overlap(&a.rect));
            prop_assert!((ab - ba).abs() < 1e-5 && (0.0..=1.0 + 1e-5).contains(&ab));
            prop_assert!((a.rect.overlap(&a.rect) - 1.0).abs() < 1e-4);
        }

        #[test]
        fn cells_of_any_numbers_give_sound_faces(
            numbers in proptest::collection::vec(proptest::num::f32::ANY, 16 * 4)
        ) {
            let (cls, rest) = numbers.split_at(4);
            let (obj, rest) = rest.split_at(4);
            let (bbox, kps) = rest.split_at(16);
            let mut faces = Vec::new();
            decode_cells(&Cells { stride: 8, columns: 2, cls, obj, bbox, kps }, 0.5, &mut faces);
            for f in faces {
                prop_assert!(f.is_sound() && (0.5..=1.0).contains(&f.score));
            }
        }
    }

    #[test]
    fn a_cell_is_read_as_the_paper_says() {
        let mut faces = Vec::new();
        let (cls, obj) = ([0.0, 0.81, 0.0], [0.0, 1.0, 0.0]);
        let mut bbox = [0.0; 12];
        bbox[4..8].copy_from_slice(&[0.5, 0.25, 2f32.ln(), 4f32.ln()]);
        let mut kps = [0.0; 30];
        kps[10..12].copy_from_slice(&[0.5, 1.0]);
        decode_cells(&Cells { stride: 16, columns: 1, cls: &cls, obj: &obj, bbox: &bbox, kps: &kps }, 0.6, &mut faces);
        assert_eq!(faces.len(), 1);
        assert!((faces[0].score - 0.9).abs() < 1e-6);
        let rect = Rect { x: 8.0 - 16.0, y: 20.0 - 32.0, width: 32.0, height: 64.0 };
        assert!(faces[0].rect.overlap(&rect) > 0.9999);
        assert_eq!(faces[0].points[0], Point { x: 8.0, y: 32.0 });
    }
}
