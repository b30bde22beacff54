//! Fills the detector's input from a part of a picture: planes of B, G and R as floats, made smaller by
//! the mean over the area of each pixel, so that nothing between is lost.

use crate::picture::Picture;

/// A part of a picture in whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// Which source pixels make one target pixel, and how much the first and the last count.
struct Span {
    first: usize,
    last: usize,
    head: f32,
    tail: f32,
}

fn spans(target: usize, source: usize) -> impl Iterator<Item = Span> {
    let step = source as f64 / target as f64;
    (0..target).map(move |n| {
        let (from, to) = (n as f64 * step, (n + 1) as f64 * step);
        let first = (from as usize).min(source - 1);
        let last = ((to.ceil() as usize).max(first + 1) - 1).min(source - 1);
        let head = (((first + 1) as f64).min(to) - from) / step;
        let tail = if last > first { (to - last as f64) / step } else { 0.0 };
        Span { first, last, head: head as f32, tail: tail as f32 }
    })
}

/// Memory for making pictures smaller, kept from one to the next.
#[derive(Default)]
pub(crate) struct Reducer {
    columns: Vec<Span>,
    sums: Vec<[f32; 3]>,
}

/// Writes `window` of `picture`, made `width` × `height` pixels (no larger than the window), into the upper left of
/// `planes`: three planes B, G, R of `padded` = (width, height); the rest is black.
pub(crate) fn fill_planes(
    picture: &Picture,
    window: Window,
    (width, height): (usize, usize),
    padded: (usize, usize),
    planes: &mut Vec<f32>,
    Reducer { columns, sums }: &mut Reducer,
) {
    let plane = padded.0 * padded.1;
    planes.resize(plane * 3, 0.0);
    // Every value but those of the padding is written below; to write all of them twice would take half a millisecond.
    if (width, height) != padded {
        planes.fill(0.0);
    }
    let (blue, rest) = planes.split_at_mut(plane);
    let (green, red) = rest.split_at_mut(plane);
    let bytes = |y: usize| {
        let at = ((window.y + y) * picture.width() as usize + window.x) * 3;
        picture.rgb()[at..at + window.width * 3].as_chunks::<3>().0
    };
    if (width, height) == (window.width, window.height) {
        for y in 0..height {
            let row = y * padded.0..y * padded.0 + width;
            let colours = red[row.clone()].iter_mut().zip(&mut green[row.clone()]).zip(&mut blue[row]);
            for (((red, green), blue), pixel) in colours.zip(bytes(y)) {
                [*red, *green, *blue] = pixel.map(f32::from);
            }
        }
        return;
    }
    columns.clear();
    columns.extend(spans(width, window.width));
    let share = width as f32 / window.width as f32;
    sums.resize(window.width, [0.0; 3]);
    for (y, rows) in spans(height, window.height).enumerate() {
        sums.fill([0.0; 3]);
        let inner = height as f32 / window.height as f32;
        for source in rows.first..=rows.last {
            let weight = match source {
                s if s == rows.first => rows.head,
                s if s == rows.last => rows.tail,
                _ => inner,
            };
            for (sum, pixel) in sums.iter_mut().zip(bytes(source)) {
                for c in 0..3 {
                    sum[c] += f32::from(pixel[c]) * weight;
                }
            }
        }
        for (x, span) in columns.iter().enumerate() {
            let mut rgb = sums[span.first].map(|v| v * span.head);
            for source in sums.iter().take(span.last).skip(span.first + 1) {
                for c in 0..3 {
                    rgb[c] += source[c] * share;
                }
            }
            for c in 0..3 {
                rgb[c] += sums[span.last][c] * span.tail;
            }
            let at = y * padded.0 + x;
            [red[at], green[at], blue[at]] = rgb;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_even_picture_stays_even_at_every_size(
            width in 1usize..60, height in 1usize..60, w in 1usize..60, h in 1usize..60, value in 0u8..=255
        ) {
            let (w, h) = (w.min(width), h.min(height));
            let picture = Picture::from_rgb(width as u32, height as u32, vec![value; width * height * 3]).unwrap();
            // What the picture before left there.
            let mut planes = vec![7.0; 64 * 64 * 3];
            let window = Window { x: 0, y: 0, width, height };
            fill_planes(&picture, window, (w, h), (64, 64), &mut planes, &mut Reducer::default());
            prop_assert_eq!(planes.len(), 64 * 64 * 3);
            for (n, v) in planes.iter().enumerate() {
                let (x, y) = (n % 64, n / 64 % 64);
                let wanted = if x < w && y < h { f32::from(value) } else { 0.0 };
                prop_assert!((v - wanted).abs() < 0.01, "{} {} {}", x, y, v);
            }
        }
    }

    #[test]
    fn halving_takes_the_mean_of_four_and_the_planes_are_blue_green_red() {
        let rgb = vec![10, 20, 30, 20, 30, 40, 30, 40, 50, 40, 50, 60];
        let picture = Picture::from_rgb(2, 2, rgb).unwrap();
        let (mut planes, mut reducer) = (Vec::new(), Reducer::default());
        let window = Window { x: 0, y: 0, width: 2, height: 2 };
        fill_planes(&picture, window, (1, 1), (1, 1), &mut planes, &mut reducer);
        assert_eq!(planes, [45.0, 35.0, 25.0]);
        let corner = Window { x: 1, y: 1, width: 1, height: 1 };
        fill_planes(&picture, corner, (1, 1), (1, 1), &mut planes, &mut reducer);
        assert_eq!(planes, [60.0, 50.0, 40.0]);
    }
}
