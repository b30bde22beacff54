//! The grain of a display: a camera that looks at a raster sees a raster again (moiré), which is a sharp
//! peak in the spectrum of the picture. Skin, hair and paper have no such peaks.

use crate::detect::Face;
use crate::picture::Picture;

/// Side of the square that is looked at, in pixels of the picture as it came: scaling would wash the raster away.
const SIDE: usize = 64;
/// Frequencies below this (in cycles per 64 pixels) belong to the face itself.
const LOWEST: usize = 8;
/// The border that a peak is compared with is so far away: beyond the peak's own width, also of a raster that
/// is bent a little.
const AWAY: i32 = 5;
/// Columns of powers that are kept: half of the spectrum and the border beyond it.
const WIDE: usize = SIDE / 2 + 1 + AWAY as usize;

/// The peaks of a face's spectrum: the largest ratio of a frequency's power to the highest power five
/// frequencies away from it. An edge spreads over a line of frequencies, noise over all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Peaks {
    /// Of the light.
    pub light: f32,
    /// Of the colour (red against blue).
    pub colour: f32,
}

/// Memory kept between frames.
#[derive(Debug, Clone)]
pub(crate) struct Spectrum {
    /// Light as the real part, colour as the imaginary one: one transform does both.
    cells: Vec<[f32; 2]>,
    powers: Vec<[f32; 2]>,
    column: [[f32; 2]; SIDE],
    turns: [[f32; 2]; SIDE / 2],
    window: [f32; SIDE],
}

impl Spectrum {
    pub fn new() -> Self {
        let angle = |n: usize| std::f32::consts::TAU * n as f32 / SIDE as f32;
        Self {
            cells: vec![[0.0; 2]; SIDE * SIDE],
            powers: vec![[0.0; 2]; SIDE * WIDE],
            column: [[0.0; 2]; SIDE],
            turns: std::array::from_fn(|n| [angle(n).cos(), -angle(n).sin()]),
            window: std::array::from_fn(|n| 0.5 - 0.5 * angle(n).cos()),
        }
    }

    /// The peaks in the middle of a face; `None` when the face is smaller than the square or cut off.
    pub fn peaks(&mut self, picture: &Picture, face: &Face) -> Option<Peaks> {
        self.fill(picture, face)?;
        for row in self.cells.as_chunks_mut::<SIDE>().0 {
            transform(row, &self.turns);
        }
        for x in 0..SIDE {
            for (y, cell) in self.column.iter_mut().enumerate() {
                *cell = self.cells[y * SIDE + x];
            }
            transform(&mut self.column, &self.turns);
            for (y, cell) in self.column.iter().enumerate() {
                self.cells[y * SIDE + x] = *cell;
            }
        }
        Some(self.highest())
    }

    fn fill(&mut self, picture: &Picture, face: &Face) -> Option<()> {
        let middle = |axis: fn(&crate::detect::Point) -> f32| face.points.iter().map(axis).sum::<f32>() / 5.0;
        let (x, y) = (middle(|p| p.x) - SIDE as f32 / 2.0, middle(|p| p.y) - SIDE as f32 / 2.0);
        let fits = x >= 0.0
            && y >= 0.0
            && x as usize + SIDE <= picture.width() as usize
            && y as usize + SIDE <= picture.height() as usize;
        if !fits || face.rect.width < SIDE as f32 * 0.8 {
            return None;
        }
        let (x, y, wide) = (x as usize, y as usize, picture.width() as usize);
        let mut sum = [0f32; 2];
        for (row, cells) in self.cells.as_chunks_mut::<SIDE>().0.iter_mut().enumerate() {
            let at = ((y + row) * wide + x) * 3;
            let pixels = picture.rgb()[at..at + SIDE * 3].as_chunks::<3>().0;
            for (cell, p) in cells.iter_mut().zip(pixels) {
                let [r, g, b] = p.map(f32::from);
                *cell = [0.299 * r + 0.587 * g + 0.114 * b, r - b];
                sum = [sum[0] + cell[0], sum[1] + cell[1]];
            }
        }
        let mean = sum.map(|s| s / (SIDE * SIDE) as f32);
        for (row, cells) in self.cells.as_chunks_mut::<SIDE>().0.iter_mut().enumerate() {
            for (column, cell) in cells.iter_mut().enumerate() {
                let weight = self.window[row] * self.window[column];
                *cell = [(cell[0] - mean[0]) * weight, (cell[1] - mean[1]) * weight];
            }
        }
        Some(())
    }

    /// The power of light and colour at a frequency: of a sum of two real pictures, one times i, the
    /// spectrum's even and odd parts belong to each.
    fn power(&self, x: usize, y: usize) -> [f32; 2] {
        let here = self.cells[y * SIDE + x];
        let back = self.cells[(SIDE - y) % SIDE * SIDE + (SIDE - x) % SIDE];
        let light = (here[0] + back[0]).powi(2) + (here[1] - back[1]).powi(2);
        let colour = (here[1] + back[1]).powi(2) + (here[0] - back[0]).powi(2);
        [light / 4.0, colour / 4.0]
    }

    fn highest(&mut self) -> Peaks {
        for y in 0..SIDE {
            for x in 0..WIDE {
                self.powers[y * WIDE + x] = self.power(x, y);
            }
        }
        let mut peaks = [0f32; 2];
        for y in 0..SIDE {
            for x in 0..=SIDE / 2 {
                let radius = (x as f32).hypot(y.min(SIDE - y) as f32) as usize;
                if radius >= LOWEST && !is_block(x, y) {
                    let around = self.around(x as i32, y as i32, peaks);
                    peaks = [peaks[0].max(around[0]), peaks[1].max(around[1])];
                }
            }
        }
        Peaks { light: peaks[0], colour: peaks[1] }
    }

    /// A cell's power by the highest on the border of the square round it; 0 where it does not exceed `most`.
    fn around(&self, x: i32, y: i32, most: [f32; 2]) -> [f32; 2] {
        let here = self.powers[y as usize * WIDE + x as usize];
        let mut high = [1.0f32; 2];
        for n in -AWAY..=AWAY {
            for (dx, dy) in [(n, -AWAY), (n, AWAY), (-AWAY, n), (AWAY, n)] {
                let (column, row) = ((x + dx).abs(), (y + dy).rem_euclid(SIDE as i32));
                // The spectrum of real numbers is the same at the opposite frequency.
                let row = if x + dx < 0 { (SIDE as i32 - row) % SIDE as i32 } else { row };
                let power = self.powers[row as usize * WIDE + (column as usize).min(WIDE - 1)];
                high = [high[0].max(power[0]), high[1].max(power[1])];
            }
            if here[0] <= most[0] * high[0] && here[1] <= most[1] * high[1] {
                return [0.0; 2];
            }
        }
        [here[0] / high[0], here[1] / high[1]]
    }
}

/// Whether a frequency is that of the 8 × 8 blocks of JPEG, in which many cameras send their pictures.
fn is_block(x: usize, y: usize) -> bool {
    let (x, y) = (x.min(SIDE - x), y.min(SIDE - y));
    let block = |n: usize| n % 8 <= 1 || n % 8 == 7;
    (y <= 2 && block(x)) || (x <= 2 && block(y))
}

/// The discrete Fourier transform in place (Cooley and Tukey 1965, radix 2).
fn transform(cells: &mut [[f32; 2]; SIDE], turns: &[[f32; 2]; SIDE / 2]) {
    for n in 0..SIDE {
        let m = (n.reverse_bits() >> (usize::BITS - SIDE.trailing_zeros())) & (SIDE - 1);
        if m > n {
            cells.swap(n, m);
        }
    }
    let mut half = 1;
    while half < SIDE {
        let step = SIDE / 2 / half;
        for from in (0..SIDE).step_by(2 * half) {
            for n in 0..half {
                let [c, s] = turns[n * step];
                let (a, b) = (cells[from + n], cells[from + n + half]);
                let b = [b[0] * c - b[1] * s, b[0] * s + b[1] * c];
                cells[from + n] = [a[0] + b[0], a[1] + b[1]];
                cells[from + n + half] = [a[0] - b[0], a[1] - b[1]];
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::REFERENCE;
    use crate::detect::{Point, Rect};

    fn peaks(colour: impl Fn(f32, f32) -> [f32; 3]) -> Peaks {
        let mut noise = 1u32;
        let mut grain = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as f32 / 32.0
        };
        let rgb = (0..120 * 120)
            .flat_map(|n| colour((n % 120) as f32, (n / 120) as f32).map(|c| (c + grain()) as u8))
            .collect();
        let picture = Picture::from_rgb(120, 120, rgb).unwrap();
        let points = REFERENCE.map(|p| Point { x: p.x + 4.0, y: p.y - 10.0 });
        let face = Face { rect: Rect { x: 10.0, y: 0.0, width: 100.0, height: 110.0 }, score: 1.0, points };
        Spectrum::new().peaks(&picture, &face).unwrap()
    }

    #[test]
    fn a_raster_is_a_peak_in_light_or_colour_and_noise_and_edges_are_none() {
        let plain = peaks(|x, y| [100.0 + x / 3.0, 90.0 + y / 4.0, if x > 60.0 { 140.0 } else { 60.0 }]);
        assert!(plain.light < 5.0 && plain.colour < 5.0, "{plain:?}");
        let raster = |x: f32, y: f32| 8.0 * (0.9 * x + 0.35 * y).sin();
        let light = peaks(|x, y| [100.0 + raster(x, y); 3]);
        assert!(light.light > 20.0 && light.colour < 5.0, "{light:?}");
        let colour = peaks(|x, y| [100.0 + raster(x, y), 100.0, 100.0 - raster(x, y)]);
        assert!(colour.colour > 20.0, "{colour:?}");
    }

    #[test]
    fn a_face_at_the_edge_or_too_small_is_not_looked_at() {
        let picture = Picture::from_rgb(80, 80, vec![9; 80 * 80 * 3]).unwrap();
        for (shift, width) in [(40.0, 100.0), (-40.0, 100.0), (0.0, 30.0), (f32::NAN, 100.0)] {
            let points = REFERENCE.map(|p| Point { x: p.x - 16.0 + shift, y: p.y - 20.0 });
            let face = Face { rect: Rect { x: 0.0, y: 0.0, width, height: 100.0 }, score: 1.0, points };
            assert_eq!(Spectrum::new().peaks(&picture, &face), None);
        }
    }
}
