//! What two looks at the same five points tell about depth. Under a distant camera every view of a plane
//! is an affine map of every other one, so whatever an affine map cannot explain stands out of the plane
//! (Koenderink and van Doorn: Affine structure from motion, 1991). Of a face that is the nose.

use crate::detect::Point;

/// How the five points changed from one look to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Change {
    /// How far the nose moved against the plane of the eyes and the mouth, in distances between the eyes.
    pub parallax: f32,
    /// How much longer the plane became one way than across, as (long - short) / (long + short): 0.03 for a
    /// turn by 20 degrees, 0.07 for 30, 0.17 for 45.
    pub stretch: f32,
    /// What neither a plane nor the nose explains, in distances between the eyes: noise of the detector,
    /// perspective, the play of the face.
    pub misfit: f32,
}

/// The change between two looks; `None` when the points of a look fall together or into a line.
pub(crate) fn change(from: &[Point; 5], to: &[Point; 5]) -> Option<Change> {
    let (p, q) = (centred(from), centred(to));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    let mut cross = [[0f32; 2]; 2];
    for (a, b) in p.iter().zip(&q) {
        xx += a[0] * a[0];
        xy += a[0] * a[1];
        yy += a[1] * a[1];
        for (row, v) in cross.iter_mut().zip(b) {
            row[0] += v * a[0];
            row[1] += v * a[1];
        }
    }
    let det = xx * yy - xy * xy;
    let spread = det > 1e-4 * (xx + yy) * (xx + yy);
    if !spread {
        return None;
    }
    // Row by row: (x, y) -> row · (x, y), by least squares.
    let solve = |v: [f32; 2]| [(v[0] * yy - v[1] * xy) / det, (v[1] * xx - v[0] * xy) / det];
    let map = cross.map(solve);
    let (long, short) = stretches(&map);
    let size = eyes_apart(from) * long;
    if !(short > 0.05 * long && size > 1e-3) {
        return None;
    }
    // The part of "only the nose stands out" that no affine map of the look before can explain.
    let nose = solve(p[2]);
    let out: [f32; 5] = std::array::from_fn(|n| f32::from(n == 2) - 0.2 - nose[0] * p[n][0] - nose[1] * p[n][1]);
    let square: f32 = out.iter().map(|v| v * v).sum();
    let shift: [f32; 2] = std::array::from_fn(|c| out.iter().zip(&q).map(|(o, b)| o * b[c]).sum::<f32>() / square);
    let mut rest = 0.0;
    for (n, (a, b)) in p.iter().zip(&q).enumerate() {
        for c in 0..2 {
            rest += (b[c] - map[c][0] * a[0] - map[c][1] * a[1] - shift[c] * out[n]).powi(2);
        }
    }
    Some(Change {
        parallax: shift[0].hypot(shift[1]) / size,
        stretch: (long - short) / (long + short),
        misfit: (rest / 2.0).sqrt() / size,
    })
}

/// Distance between the eyes in pixels, made up from eyes to mouth where a turn to the side hides it.
pub(crate) fn eyes_apart(points: &[Point; 5]) -> f32 {
    let [left, right, _, mouth_left, mouth_right] = *points;
    let eyes = (right.x - left.x).hypot(right.y - left.y);
    let down_x = (mouth_left.x + mouth_right.x - left.x - right.x) / 2.0;
    let down_y = (mouth_left.y + mouth_right.y - left.y - right.y) / 2.0;
    // Mean over frontal portraits: eyes to mouth is 1.1 times eye to eye.
    eyes.max(down_x.hypot(down_y) / 1.1)
}

fn centred(points: &[Point; 5]) -> [[f32; 2]; 5] {
    let x = points.iter().map(|p| p.x).sum::<f32>() / 5.0;
    let y = points.iter().map(|p| p.y).sum::<f32>() / 5.0;
    points.map(|p| [p.x - x, p.y - y])
}

/// The two singular values of a 2 × 2 matrix, the larger first.
fn stretches(m: &[[f32; 2]; 2]) -> (f32, f32) {
    let sum = (m[0][0] + m[1][1]).hypot(m[1][0] - m[0][1]);
    let difference = (m[0][0] - m[1][1]).hypot(m[1][0] + m[0][1]);
    ((sum + difference) / 2.0, (sum - difference).abs() / 2.0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::align::REFERENCE;
    use proptest::prelude::*;

    /// The five points of a head turned aside and down by degrees, the nose `out` eye distances before the plane.
    pub fn turned(aside: f32, down: f32, out: f32) -> [Point; 5] {
        let (sa, ca) = aside.to_radians().sin_cos();
        let (sd, cd) = down.to_radians().sin_cos();
        std::array::from_fn(|n| {
            let (x, y) = (REFERENCE[n].x - 56.0, REFERENCE[n].y - 72.0);
            let z = if n == 2 { out * 35.24 } else { 0.0 };
            Point { x: 200.0 + x * ca + z * sa, y: 100.0 + y * cd - (z * ca - x * sa) * -sd }
        })
    }

    proptest! {
        #[test]
        fn no_affine_map_has_parallax(
            a in -2f32..2.0, b in -2f32..2.0, c in -2f32..2.0, d in -2f32..2.0, x in -500f32..500.0
        ) {
            prop_assume!((a * d - b * c).abs() > 0.3);
            let moved = REFERENCE.map(|p| Point { x: a * p.x + b * p.y + x, y: c * p.x + d * p.y - x });
            if let Some(change) = change(&REFERENCE, &moved) {
                prop_assert!(change.parallax < 1e-3 && change.misfit < 1e-3, "{:?}", change);
            }
        }

        #[test]
        fn no_points_make_it_panic(numbers in proptest::array::uniform20(proptest::num::f32::ANY)) {
            let points = |from: usize| {
                std::array::from_fn(|n| Point { x: numbers[from + 2 * n], y: numbers[from + 2 * n + 1] })
            };
            let _ = change(&points(0), &points(10));
        }
    }

    #[test]
    fn a_turned_head_shows_its_nose_and_the_turn() {
        for degrees in [10f32, 20.0, 30.0, -30.0] {
            let change = change(&turned(0.0, 0.0, 0.58), &turned(degrees, 0.0, 0.58)).unwrap();
            let sine = degrees.to_radians().sin().abs();
            assert!((change.parallax - 0.58 * sine).abs() < 0.02, "{degrees} {change:?}");
            let cosine = degrees.to_radians().cos();
            assert!((change.stretch - (1.0 - cosine) / (1.0 + cosine)).abs() < 0.005, "{degrees} {change:?}");
        }
        let flat = change(&turned(0.0, 0.0, 0.0), &turned(30.0, 0.0, 0.0)).unwrap();
        assert!(flat.parallax < 1e-3 && (flat.stretch - 0.0718).abs() < 0.005, "{flat:?}");
    }

    #[test]
    fn points_in_a_line_or_in_one_place_tell_nothing() {
        assert_eq!(change(&[Point { x: 3.0, y: 3.0 }; 5], &REFERENCE), None);
        let line = std::array::from_fn(|n| Point { x: n as f32, y: n as f32 });
        assert_eq!(change(&line, &REFERENCE), None);
        assert_eq!(change(&REFERENCE, &line), None);
    }
}
