//! Draws a portrait as a thing in space: a grid of small triangles with the portrait on it, projected
//! through a camera, before a room with straight edges of its own.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage, imageops};
use vision::Face;

use super::Chance;
use super::motion::Pose;

/// Width and height of a frame in pixels.
pub const FRAME: (u32, u32) = (480, 360);
/// Between the eyes of a source, in its pixels.
const EYES: f32 = 72.0;
/// The head of the ellipsoid: half its width, height and depth, in distances between the eyes.
const HEAD: [f32; 3] = [1.2, 1.65, 1.5];

/// A portrait with a known face, eyes 72 pixels apart and level.
#[derive(Debug, Clone)]
pub struct Source {
    image: RgbImage,
    /// The middle between eyes and mouth, in pixels of the image.
    middle: (f32, f32),
    /// Unit vector along the eyes.
    along: (f32, f32),
    /// Nose relative to the middle, in distances between the eyes.
    nose: (f32, f32),
    /// How much of the image lies left, right, above and below the middle, in distances between the eyes.
    room: [f32; 4],
}

impl Source {
    pub fn new(image: &RgbImage, face: &Face) -> Self {
        let [left, right, nose, ml, mr] = face.points;
        let apart = (right.x - left.x).hypot(right.y - left.y);
        let scale = EYES / apart;
        let size = |side: u32| ((side as f32 * scale) as u32).max(8);
        let image = imageops::resize(image, size(image.width()), size(image.height()), imageops::FilterType::Triangle);
        let middle = ((left.x + right.x + ml.x + mr.x) / 4.0 * scale, (left.y + right.y + ml.y + mr.y) / 4.0 * scale);
        let along = ((right.x - left.x) / apart, (right.y - left.y) / apart);
        let (nx, ny) = ((nose.x * scale - middle.0) / EYES, (nose.y * scale - middle.1) / EYES);
        let nose = (nx * along.0 + ny * along.1, ny * along.0 - nx * along.1);
        let (w, h) = (image.width() as f32, image.height() as f32);
        let room = [middle.0, w - middle.0, middle.1, h - middle.1].map(|v| v / EYES);
        Self { image, middle, along, nose, room }
    }

    /// A frame as a display shows it: its face is where [`render`] was told to draw it.
    pub fn screen(frame: &RgbImage) -> Self {
        let middle = (FRAME.0 as f32 / 2.0, FRAME.1 as f32 / 2.0);
        let room = [middle.0, middle.0, middle.1, middle.1].map(|v| v / EYES);
        Self { image: frame.clone(), middle, along: (1.0, 0.0), nose: (0.0, 0.1), room }
    }

    fn texel(&self, u: f32, v: f32) -> (f32, f32) {
        let x = self.middle.0 + (u * self.along.0 - v * self.along.1) * EYES;
        (x, self.middle.1 + (u * self.along.1 + v * self.along.0) * EYES)
    }

    fn colour(&self, x: f32, y: f32) -> [f32; 3] {
        let (w, h) = (self.image.width() as i32, self.image.height() as i32);
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let at = |dx: i32, dy: i32| {
            let (px, py) = ((left as i32 + dx).clamp(0, w - 1), (top as i32 + dy).clamp(0, h - 1));
            self.image.get_pixel(px as u32, py as u32).0.map(f32::from)
        };
        let (a, b, c, d) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
        std::array::from_fn(|n| (a[n] * (1.0 - fx) + b[n] * fx) * (1.0 - fy) + (c[n] * (1.0 - fx) + d[n] * fx) * fy)
    }
}

/// What the portrait is laid over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// An ellipsoid with a nose.
    Head,
    /// A sheet bent to a cylinder of this radius (in distances between the eyes) about the upright axis,
    /// or about the level one; 0: not bent.
    Sheet { radius: f32, level_axis: bool },
}

/// What the portrait is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Material {
    Skin,
    /// A print with a white rim.
    Paper,
    /// A display of so many pixels between the eyes, in a dark frame.
    Display {
        pixels: f32,
    },
}

impl Source {
    /// The depth of the head at a place of the portrait; negative behind the middle of the head.
    fn depth(&self, u: f32, v: f32) -> f32 {
        let [a, b, c] = HEAD;
        // The head's middle is a little above the middle of the face.
        let (x, y) = (u / a, (v + 0.25) / b);
        let r = x * x + y * y;
        let round = if r < 0.95 { c * (1.0 - r).sqrt() } else { c * 0.05f32.sqrt() - (r - 0.95) * 0.6 };
        // A ridge from between the eyes that rises to the tip and falls quickly below it.
        let (nx, ny) = self.nose;
        let down = v - ny;
        let rise = if down < 0.0 { (1.0 + down / 0.75).clamp(0.0, 1.0) } else { (1.0 - down / 0.22).clamp(0.0, 1.0) };
        let wide = 0.16 + 0.06 * rise;
        let ridge = 0.36 * rise * (-((u - nx * rise) / wide).powi(2)).exp();
        // Eyes lie in hollows.
        let hollow = |ex: f32| 0.08 * (-((u - ex) / 0.25).powi(2) - ((v + 0.5) / 0.2).powi(2)).exp();
        round - c + ridge - hollow(-0.5) - hollow(0.5)
    }

    /// Half width and half height of what is shown.
    fn extent(&self, shape: Shape) -> (f32, f32, f32, f32) {
        let most = if shape == Shape::Head { 1.9 } else { 1.75 };
        let [l, r, t, b] = self.room;
        (l.min(most), r.min(most), t.min(most + 0.5), b.min(most + 0.5))
    }
}

/// Draws one frame: the thing at a pose, before the room, with the sensor's noise.
pub fn render(source: &Source, shape: Shape, material: Material, pose: &Pose, room: &Canvas, noise: u64) -> RgbImage {
    let mut canvas = room.clone();
    canvas.draw(source, shape, material, pose);
    canvas.finish(noise)
}

/// A frame while it is drawn.
#[derive(Debug, Clone)]
pub struct Canvas {
    light: Vec<[f32; 3]>,
    depth: Vec<f32>,
}

struct Vertex {
    x: f32,
    y: f32,
    z: f32,
    uv: (f32, f32),
}

impl Canvas {
    /// A wall with a door frame, a board and soft shades: straight edges that do not move.
    pub fn room(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let (w, h) = (FRAME.0 as usize, FRAME.1 as usize);
        let base: [f32; 3] = std::array::from_fn(|_| chance.between(90.0, 190.0));
        let waves: Vec<[f32; 4]> = (0..6)
            .map(|_| {
                [chance.between(0.5, 4.0), chance.between(0.5, 4.0), chance.between(0.0, 6.3), chance.between(3.0, 9.0)]
            })
            .collect();
        let boxes: Vec<([f32; 4], f32)> = (0..4)
            .map(|_| {
                let (x, y) = (chance.between(-0.2, 0.9), chance.between(-0.2, 0.9));
                ([x, y, x + chance.between(0.1, 0.6), y + chance.between(0.2, 0.8)], chance.between(-60.0, 60.0))
            })
            .collect();
        let mut light = Vec::with_capacity(w * h);
        for y in 0..h {
            for x in 0..w {
                let (u, v) = (x as f32 / w as f32, y as f32 / h as f32);
                let mut shade: f32 =
                    waves.iter().map(|s| s[3] * (std::f32::consts::TAU * (s[0] * u + s[1] * v) + s[2]).sin()).sum();
                for (b, add) in &boxes {
                    if u > b[0] && u < b[2] && v > b[1] && v < b[3] {
                        shade += add;
                    }
                }
                light.push(base.map(|c| c + shade));
            }
        }
        Self { light, depth: vec![f32::MAX; w * h] }
    }

    /// The room with nobody in it.
    pub fn seen(&self, noise: u64) -> RgbImage {
        self.clone().finish(noise)
    }

    fn draw(&mut self, source: &Source, shape: Shape, material: Material, pose: &Pose) {
        const GRID: usize = 72;
        let (l, r, t, b) = source.extent(shape);
        // The rim of a print, the frame of a display.
        let rim = match material {
            Material::Skin => 0.0,
            Material::Paper => 0.2,
            Material::Display { .. } => 0.3,
        };
        let vertices: Vec<Vertex> = (0..=GRID * GRID + 2 * GRID)
            .map(|n| {
                let (i, j) = ((n % (GRID + 1)) as f32 / GRID as f32, (n / (GRID + 1)) as f32 / GRID as f32);
                let (u, v) = (-l - rim + (l + r + 2.0 * rim) * i, -t - rim + (t + b + 2.0 * rim) * j);
                let place = match shape {
                    Shape::Head => [u, v, source.depth(u, v)],
                    Shape::Sheet { radius: 0.0, .. } => [u, v, 0.0],
                    Shape::Sheet { radius, level_axis: false } => {
                        [radius * (u / radius).sin(), v, radius * ((u / radius).cos() - 1.0)]
                    }
                    Shape::Sheet { radius, level_axis: true } => {
                        [u, radius * (v / radius).sin(), radius * ((v / radius).cos() - 1.0)]
                    }
                };
                let (x, y, z) = pose.project(place, shape == Shape::Head);
                Vertex { x, y, z, uv: (u, v) }
            })
            .collect();
        let paint = Paint { source, material, extent: (l, r, t, b) };
        for j in 0..GRID {
            for i in 0..GRID {
                let at = j * (GRID + 1) + i;
                let [a, b, c, d] = [at, at + 1, at + GRID + 1, at + GRID + 2].map(|n| &vertices[n]);
                self.triangle(&paint, a, b, c);
                self.triangle(&paint, d, c, b);
            }
        }
    }

    fn triangle(&mut self, paint: &Paint, a: &Vertex, b: &Vertex, c: &Vertex) {
        let det = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        // A sheet's or head's back is not seen.
        if det <= 1e-6 {
            return;
        }
        let low = |p: f32, q: f32, r: f32| p.min(q).min(r).ceil().max(0.0) as usize;
        let high = |p: f32, q: f32, r: f32, most: u32| p.max(q).max(r).floor().min(most as f32 - 1.0);
        let (right, bottom) = (high(a.x, b.x, c.x, FRAME.0), high(a.y, b.y, c.y, FRAME.1));
        if right < 0.0 || bottom < 0.0 {
            return;
        }
        // Texture coordinates are affine over a small triangle.
        let slope = |p: f32, q: f32, r: f32| {
            let (dx, dy) = (q - p, r - p);
            [(dx * (c.y - a.y) - dy * (b.y - a.y)) / det, (dy * (b.x - a.x) - dx * (c.x - a.x)) / det]
        };
        let (du, dv, dz) = (slope(a.uv.0, b.uv.0, c.uv.0), slope(a.uv.1, b.uv.1, c.uv.1), slope(a.z, b.z, c.z));
        for y in low(a.y, b.y, c.y)..=bottom as usize {
            for x in low(a.x, b.x, c.x)..=right as usize {
                let (px, py) = (x as f32 - a.x, y as f32 - a.y);
                let s = (px * (c.y - a.y) - py * (c.x - a.x)) / det;
                let t = (py * (b.x - a.x) - px * (b.y - a.y)) / det;
                let at = y * FRAME.0 as usize + x;
                let z = a.z + dz[0] * px + dz[1] * py;
                if s < -1e-4 || t < -1e-4 || s + t > 1.0002 || z >= self.depth[at] {
                    continue;
                }
                let (u, v) = (a.uv.0 + du[0] * px + du[1] * py, a.uv.1 + dv[0] * px + dv[1] * py);
                let (colour, alpha) = paint.seen((u, v), du, dv);
                if alpha > 0.5 {
                    self.depth[at] = z;
                }
                let under = self.light[at];
                self.light[at] = std::array::from_fn(|n| under[n] * (1.0 - alpha) + colour[n] * alpha);
            }
        }
    }

    /// The lens softens a little, the sensor adds noise.
    fn finish(self, noise: u64) -> RgbImage {
        let mut chance = Chance(noise);
        let (w, h) = (FRAME.0 as usize, FRAME.1 as usize);
        let quality = 70 + (noise % 3 * 10) as u8;
        let image = RgbImage::from_fn(FRAME.0, FRAME.1, |x, y| {
            let (x, y) = (x as usize, y as usize);
            let at = |dx: usize, dy: usize| self.light[(y + dy).clamp(1, h) * w - w + (x + dx).clamp(1, w) - 1];
            let (mid, side) = (at(1, 1), [at(0, 1), at(2, 1), at(1, 0), at(1, 2)]);
            Rgb(std::array::from_fn(|n| {
                let soft = mid[n] * 0.6 + side.iter().map(|s| s[n]).sum::<f32>() * 0.1;
                // The sum of four is near enough to a normal distribution: standard deviation 2.3.
                let grain = chance.unit() + chance.unit() + chance.unit() + chance.unit() - 2.0;
                (soft + grain * 4.0 + 0.5).clamp(0.0, 255.0) as u8
            }))
        });
        // Most cameras send JPEG.
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&image).unwrap();
        image::load_from_memory(&jpeg).unwrap().into_rgb8()
    }
}

struct Paint<'a> {
    source: &'a Source,
    material: Material,
    extent: (f32, f32, f32, f32),
}

impl Paint<'_> {
    /// Colour and cover at a place of the sheet; a camera's pixel spans `du`, `dv` of it.
    fn seen(&self, (u, v): (f32, f32), du: [f32; 2], dv: [f32; 2]) -> ([f32; 3], f32) {
        let (l, r, t, b) = self.extent;
        let inside = u > -l && u < r && v > -t && v < b;
        let (x, y) = self.source.texel(u, v);
        match self.material {
            Material::Skin => {
                // The head ends softly and roundly, also where the portrait ends before it: there is no edge of a sheet.
                let (wide, high) = (l.min(r).min(1.45), (t - 0.25).min(b + 0.25).min(2.0));
                let round = (u / wide).powi(2) + ((v + 0.25) / high).powi(2);
                let alpha = ((1.0 - round) / 0.25).clamp(0.0, 1.0);
                (self.source.colour(x, y), alpha)
            }
            Material::Paper if inside => (self.source.colour(x, y).map(|c| 18.0 + c * 0.86), 1.0),
            Material::Paper => ([235.0; 3], 1.0),
            Material::Display { pixels } if inside => (self.display((u, v), du, dv, pixels), 1.0),
            Material::Display { .. } => ([22.0, 22.0, 24.0], 1.0),
        }
    }

    /// A display's pixels are three upright stripes with dark lines between; the sensor's pixel takes the mean
    /// of 7 × 7 places, over one and a half of its widths, as the lens is not sharper.
    fn display(&self, (u, v): (f32, f32), du: [f32; 2], dv: [f32; 2], pixels: f32) -> [f32; 3] {
        let mut sum = [0f32; 3];
        for n in 0..49 {
            let (ox, oy) = ((n % 7) as f32 * 0.22 - 0.66, (n / 7) as f32 * 0.22 - 0.66);
            let (su, sv) = (u + du[0] * ox + du[1] * oy, v + dv[0] * ox + dv[1] * oy);
            let (column, row) = (su * pixels, sv * pixels);
            if row - row.floor() > 0.85 {
                continue;
            }
            let stripe = ((column - column.floor()) * 3.0) as usize;
            let (x, y) = self.source.texel(column.floor() / pixels, row.floor() / pixels);
            sum[stripe.min(2)] += self.source.colour(x, y)[stripe.min(2)];
        }
        // Of every three places one belongs to a colour, and 85 % of the rows are lit; displays are bright.
        sum.map(|s| (s / 49.0 * 3.0 / 0.85 * 1.05).min(255.0))
    }
}
