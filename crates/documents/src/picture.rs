//! Reads a school's logo, or a photograph of somebody, from bytes that anyone may have put there, into a picture of ours.

use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use printpdf::{RawImage, XObjectId};
use words::Message;

/// Pixels that are kept, across and down: 120 pt × 48 pt in print at 760 dpi.
const KEPT: (u32, u32) = (1280, 512);
/// The largest picture that is read: in bytes of the file, pixels of a side, bytes of its pixels.
pub const LARGEST_PICTURE: usize = 25 << 20;
const LARGEST_SIDE: u32 = 16_384;
const LARGEST_PIXELS: u64 = 128 << 20;
/// The longest side of a photograph that is kept, and of the same for lists, in pixels.
const PORTRAIT: u32 = 480;
const SMALL_PORTRAIT: u32 = 96;
/// How much of a photograph its JPEG keeps, of 100.
const QUALITY: u8 = 85;
/// The least pixels of a photograph's shorter side: of fewer nobody is known.
pub const SMALLEST_PORTRAIT: u32 = 48;
/// The least pixels of a logo's longer side: fewer are squares on paper.
pub const SMALLEST_LOGO: u32 = 32;

/// Why a file is no picture that can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    NotAPicture,
    Damaged,
    TooLarge,
    TooSmall,
    Blank,
}

impl PictureFault {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::NotAPicture => words::faults::documents::logo::not_a_picture(),
            Self::Damaged => words::faults::documents::logo::damaged(),
            Self::TooLarge => words::faults::documents::logo::too_large(),
            Self::TooSmall => words::faults::documents::logo::too_small(),
            Self::Blank => words::faults::documents::logo::blank(),
        }
    }
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// A picture that the document holds.
pub(crate) struct Picture {
    pub(crate) id: XObjectId,
    /// Width and height.
    pub(crate) pixels: (usize, usize),
}

/// Makes a logo of a picture file: upright, on white, of a size that is sharp in print; a PNG file.
///
/// # Errors
/// A [`PictureFault`] tells why the file will not do.
pub fn logo(bytes: &[u8]) -> Result<Vec<u8>, PictureFault> {
    let picture = on_white(&decode(bytes, KEPT)?);
    if picture.width().max(picture.height()) < SMALLEST_LOGO {
        return Err(PictureFault::TooSmall);
    }
    if picture.pixels().all(|pixel| pixel.0.iter().all(|&part| part >= NEARLY_WHITE)) {
        return Err(PictureFault::Blank);
    }
    let mut png = Vec::new();
    let written = DynamicImage::ImageRgb8(picture).write_to(&mut Cursor::new(&mut png), ImageFormat::Png);
    written.map_err(|_| PictureFault::Damaged)?;
    Ok(png)
}

/// A photograph of somebody, as it is kept: JPEG files of nothing but pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// At most 480 × 480 pixels.
    pub jpeg: Vec<u8>,
    /// The same for lists, at most 96 × 96 pixels.
    pub small: Vec<u8>,
}

/// Makes a photograph of a picture file: upright, on white, without what the camera wrote beside it (where it was taken).
///
/// # Errors
/// A [`PictureFault`] tells why the file will not do.
pub fn portrait(bytes: &[u8]) -> Result<Portrait, PictureFault> {
    let picture = DynamicImage::ImageRgb8(on_white(&decode(bytes, (PORTRAIT, PORTRAIT))?));
    if picture.width().min(picture.height()) < SMALLEST_PORTRAIT {
        return Err(PictureFault::TooSmall);
    }
    // A thumbnail of what is smaller would be larger than it.
    let fits = picture.width().max(picture.height()) <= SMALL_PORTRAIT;
    let small = if fits { picture.clone() } else { picture.thumbnail(SMALL_PORTRAIT, SMALL_PORTRAIT) };
    Ok(Portrait { jpeg: jpeg(&picture)?, small: jpeg(&small)? })
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, PictureFault> {
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .map_err(|_| PictureFault::Damaged)?;
    Ok(bytes)
}

/// From this value of each colour on, a pixel cannot be told from paper.
const NEARLY_WHITE: u8 = 250;

/// Decodes a logo for print; `None` for what [`logo`] would refuse to read.
pub(crate) fn read(bytes: &[u8]) -> Option<RawImage> {
    RawImage::from_dynamic_image(DynamicImage::ImageRgb8(on_white(&decode(bytes, KEPT).ok()?))).ok()
}

/// The picture as it is to be looked at, no larger than is kept.
fn decode(bytes: &[u8], kept: (u32, u32)) -> Result<DynamicImage, PictureFault> {
    if bytes.len() > LARGEST_PICTURE {
        return Err(PictureFault::TooLarge);
    }
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureFault::NotAPicture)?;
    use ImageFormat::{Gif, Jpeg, Png, WebP};
    if !matches!(reader.format(), Some(Png | Jpeg | WebP | Gif)) {
        return Err(PictureFault::NotAPicture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * LARGEST_PIXELS);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PictureFault::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LARGEST_SIDE || decoder.total_bytes() > LARGEST_PIXELS {
        return Err(PictureFault::TooLarge);
    }
    // A camera writes how it was held beside the pixels.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PictureFault::Damaged)?;
    picture.apply_orientation(orientation);
    if picture.width() > kept.0 || picture.height() > kept.1 {
        picture = picture.thumbnail(kept.0, kept.1);
    }
    Ok(picture)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let alpha = u32::from(from.0[3]);
        let over = |value: u8| ((u32::from(value) * alpha + 255 * (255 - alpha)) / 255) as u8;
        to.0 = [over(from.0[0]), over(from.0[1]), over(from.0[2])];
    }
    flat
}
