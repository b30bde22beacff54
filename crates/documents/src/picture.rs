//! Reads a school's logo, from bytes that anyone may have put there, into a picture for print.

use std::fmt;
use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use printpdf::{RawImage, XObjectId};
use words::Message;

/// Pixels that are kept, across and down: 120 pt × 48 pt in print at 760 dpi.
const KEPT: (u32, u32) = (1280, 512);
/// The largest picture that is read: in bytes of the file, pixels of a side, bytes of its pixels.
pub const LARGEST_LOGO: usize = 25 << 20;
const LARGEST_SIDE: u32 = 16_384;
const LARGEST_PIXELS: u64 = 128 << 20;
/// The least pixels of a logo's longer side: fewer are squares on paper.
pub const SMALLEST_LOGO: u32 = 32;

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoFault {
    NotAPicture,
    Damaged,
    TooLarge,
    TooSmall,
    Blank,
}

impl LogoFault {
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

impl fmt::Display for LogoFault {
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
/// A [`LogoFault`] tells why the file will not do.
pub fn logo(bytes: &[u8]) -> Result<Vec<u8>, LogoFault> {
    let picture = on_white(&decode(bytes)?);
    if picture.width().max(picture.height()) < SMALLEST_LOGO {
        return Err(LogoFault::TooSmall);
    }
    if picture.pixels().all(|pixel| pixel.0.iter().all(|&part| part >= NEARLY_WHITE)) {
        return Err(LogoFault::Blank);
    }
    let mut png = Vec::new();
    let written = DynamicImage::ImageRgb8(picture).write_to(&mut Cursor::new(&mut png), ImageFormat::Png);
    written.map_err(|_| LogoFault::Damaged)?;
    Ok(png)
}

/// From this value of each colour on, a pixel cannot be told from paper.
const NEARLY_WHITE: u8 = 250;

/// Decodes a logo for print; `None` for what [`logo`] would refuse to read.
pub(crate) fn read(bytes: &[u8]) -> Option<RawImage> {
    RawImage::from_dynamic_image(DynamicImage::ImageRgb8(on_white(&decode(bytes).ok()?))).ok()
}

/// The picture as it is to be looked at, no larger than is kept.
fn decode(bytes: &[u8]) -> Result<DynamicImage, LogoFault> {
    if bytes.len() > LARGEST_LOGO {
        return Err(LogoFault::TooLarge);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| LogoFault::NotAPicture)?;
    use ImageFormat::{Gif, Jpeg, Png, WebP};
    if !matches!(reader.format(), Some(Png | Jpeg | WebP | Gif)) {
        return Err(LogoFault::NotAPicture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * LARGEST_PIXELS);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| LogoFault::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LARGEST_SIDE || decoder.total_bytes() > LARGEST_PIXELS {
        return Err(LogoFault::TooLarge);
    }
    // A camera writes how it was held beside the pixels.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| LogoFault::Damaged)?;
    picture.apply_orientation(orientation);
    if picture.width() > KEPT.0 || picture.height() > KEPT.1 {
        picture = picture.thumbnail(KEPT.0, KEPT.1);
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
