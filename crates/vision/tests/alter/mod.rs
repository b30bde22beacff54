//! Photographs spoiled on purpose, each in one way and always in the same: darker, blurred, noisy, turned,
//! compressed, made small, half covered. The face's place says where and how much.

#![allow(clippy::unwrap_used)]
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use vision::{Face, Picture};

/// One way to spoil a photograph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alteration {
    Nothing,
    /// Every value times this.
    Brightness(f32),
    /// Gaussian, standard deviation in pixels of a face 112 pixels wide.
    Blur(f32),
    /// Gaussian, standard deviation of each value.
    Noise(f32),
    /// Clockwise in the picture's plane, degrees.
    Rotation(f32),
    /// JPEG of this quality.
    Jpeg(u8),
    /// The face is made this many pixels high.
    Height(f32),
    /// This part of the face is covered with grey.
    Covered(Part),
    Mirrored,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    Left,
    Right,
    Upper,
    Lower,
    /// A surgical mask: light blue, from the middle of the nose down.
    Mask,
    /// Dark glasses: a black band over the eyes.
    Glasses,
    /// A hand: the skin of the cheeks, over mouth and chin.
    Hand,
    /// A scarf up to the nose: what is seen below the face.
    Scarf,
}

pub const ALL: [Alteration; 30] = {
    use Alteration::*;
    [
        Nothing,
        Brightness(0.4),
        Brightness(0.6),
        Brightness(1.5),
        Brightness(2.0),
        Blur(1.0),
        Blur(2.0),
        Blur(3.0),
        Noise(10.0),
        Noise(25.0),
        Noise(40.0),
        Rotation(-15.0),
        Rotation(15.0),
        Rotation(30.0),
        Rotation(45.0),
        Jpeg(40),
        Jpeg(20),
        Jpeg(10),
        Height(80.0),
        Height(60.0),
        Height(40.0),
        Covered(Part::Left),
        Covered(Part::Right),
        Covered(Part::Upper),
        Covered(Part::Lower),
        Covered(Part::Mask),
        Covered(Part::Glasses),
        Covered(Part::Hand),
        Covered(Part::Scarf),
        Mirrored,
    ]
};

impl Alteration {
    /// As a row of the table names it.
    pub fn name(&self) -> String {
        match self {
            Self::Nothing => "as it is".into(),
            Self::Brightness(times) => format!("brightness × {times}"),
            Self::Blur(sigma) => format!("blur, σ {sigma} of a face 112 pixels wide"),
            Self::Noise(sigma) => format!("noise, σ {sigma} of 255"),
            Self::Rotation(degrees) => format!("rotated by {degrees}°"),
            Self::Jpeg(quality) => format!("JPEG quality {quality}"),
            Self::Height(pixels) => format!("face {pixels} pixels high"),
            Self::Covered(part) => match part {
                Part::Left => "left half covered".into(),
                Part::Right => "right half covered".into(),
                Part::Upper => "upper half covered".into(),
                Part::Lower => "lower half covered".into(),
                Part::Mask => "mask over nose and mouth".into(),
                Part::Glasses => "dark glasses".into(),
                Part::Hand => "hand over the mouth".into(),
                Part::Scarf => "scarf up to the nose".into(),
            },
            Self::Mirrored => "mirrored".into(),
        }
    }

    /// The photograph spoiled; `face` is its face.
    pub fn apply(&self, image: &RgbImage, face: &Face) -> RgbImage {
        match *self {
            Self::Nothing => image.clone(),
            Self::Brightness(times) => map(image, |v, _| v * times),
            Self::Blur(sigma) => imageops::blur(image, sigma * face.rect.width / 112.0),
            Self::Noise(sigma) => map(image, |v, n| v + sigma * normal(n)),
            Self::Rotation(degrees) => rotate(image, degrees, face),
            Self::Jpeg(quality) => jpeg(image, quality),
            Self::Height(pixels) => shrink(image, pixels / face.rect.height),
            Self::Covered(part) => cover(image, part, face),
            Self::Mirrored => imageops::flip_horizontal(image),
        }
    }
}

/// A photograph for these trials: the face at most `height` pixels high, so that all are treated alike.
pub fn at_most(image: RgbImage, face: &Face, height: f32) -> RgbImage {
    if face.rect.height <= height { image } else { shrink(&image, height / face.rect.height) }
}

pub fn picture(image: &RgbImage) -> Picture {
    Picture::from_rgb(image.width(), image.height(), image.as_raw().clone()).unwrap()
}

fn shrink(image: &RgbImage, by: f32) -> RgbImage {
    let side = |length: u32| ((length as f32 * by).round() as u32).max(1);
    imageops::resize(image, side(image.width()), side(image.height()), FilterType::Triangle)
}

/// Each value by `to`, which also gets the value's number.
fn map(image: &RgbImage, to: impl Fn(f32, usize) -> f32) -> RgbImage {
    let mut image = image.clone();
    for (n, v) in image.iter_mut().enumerate() {
        *v = to(f32::from(*v), n).round().clamp(0.0, 255.0) as u8;
    }
    image
}

/// A number of a standard normal distribution, as good as random but always the same: the sum of four
/// even ones out of a hash (Steele, Lea, Flood: SplitMix, 2014).
fn normal(n: usize) -> f32 {
    let mut z = (n as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    let sum: f32 = (0..4).map(|k| (z >> (16 * k) & 0xFFFF) as f32 / 65_536.0).sum();
    (sum - 2.0) * 3f32.sqrt()
}

fn jpeg(image: &RgbImage, quality: u8) -> RgbImage {
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).unwrap();
    image::load_from_memory(&bytes).unwrap().into_rgb8()
}

/// Turned about the middle of the face; grey where nothing was.
fn rotate(image: &RgbImage, degrees: f32, face: &Face) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (face.rect.x + face.rect.width / 2.0, face.rect.y + face.rect.height / 2.0);
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let (dx, dy) = (x as f32 - cx, y as f32 - cy);
        let (sx, sy) = (cx + dx * cos + dy * sin, cy - dx * sin + dy * cos);
        imageops::interpolate_bilinear(image, sx, sy).unwrap_or(Rgb([128; 3]))
    })
}

fn cover(image: &RgbImage, part: Part, face: &Face) -> RgbImage {
    let r = face.rect;
    let [left, right, nose, mouth, _] = face.points;
    let eyes = (left.y + right.y) / 2.0;
    let solid = |rgb: [u8; 3]| move |_: f32, _: f32| Rgb(rgb);
    let grey = solid([128; 3]);
    // Skin from beside the nose and cloth from below the face, mirrored again and again.
    let (mid, low) = ((eyes + nose.y) / 2.0, r.y + 1.25 * r.height);
    let skin =
        |x: f32, y: f32| at(image, left.x + back_and_forth(x, 0.2 * r.width), mid + back_and_forth(y, 0.15 * r.height));
    let cloth = |x: f32, y: f32| at(image, x, low + back_and_forth(y, 0.25 * r.height));
    let end = r.y + r.height;
    let right_end = r.x + r.width;
    let middle = (left.x + right.x) / 2.0;
    match part {
        Part::Left => fill(image, (r.x - 0.1 * r.width, r.y, middle, end), grey),
        Part::Right => fill(image, (middle, r.y, r.x + 1.1 * r.width, end), grey),
        Part::Upper => fill(image, (r.x, r.y - 0.1 * r.height, right_end, nose.y), grey),
        Part::Lower => fill(image, (r.x, nose.y, right_end, r.y + 1.1 * r.height), grey),
        Part::Mask => fill(image, (r.x, mid, right_end, end), solid([160, 200, 220])),
        Part::Glasses => {
            let half = 0.35 * (mouth.y - eyes).abs();
            fill(image, (r.x, eyes - half, right_end, eyes + half), solid([15, 15, 18]))
        }
        Part::Hand => fill(image, (r.x, (nose.y + mouth.y) / 2.0, right_end, end), skin),
        Part::Scarf => fill(image, (r.x, mid, right_end, r.y + 1.1 * r.height), cloth),
    }
}

/// 0 to `length` and back again, over and over.
fn back_and_forth(x: f32, length: f32) -> f32 {
    let place = x.rem_euclid(2.0 * length.max(1.0));
    place.min(2.0 * length.max(1.0) - place)
}

/// The nearest pixel.
fn at(image: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    let place = |v: f32, length: u32| (v.max(0.0) as u32).min(length - 1);
    *image.get_pixel(place(x, image.width()), place(y, image.height()))
}

/// Left, upper, right and lower edge, and the colour of each place between.
fn fill(image: &RgbImage, (x0, y0, x1, y1): (f32, f32, f32, f32), colour: impl Fn(f32, f32) -> Rgb<u8>) -> RgbImage {
    let mut covered = image.clone();
    for (x, y, pixel) in covered.enumerate_pixels_mut() {
        let (x, y) = (x as f32, y as f32);
        if x >= x0 && x < x1 && y >= y0 && y < y1 {
            *pixel = colour(x, y);
        }
    }
    covered
}
