//! Reads a school's logo, from bytes that anyone may have put there, into a picture for print.

use std::io::Cursor;

use image::{ImageReader, Limits};
use printpdf::{RawImage, XObjectId};

/// Pixels along the longer side that are kept: 18 mm in print at 600 dpi is 425.
const KEPT: u32 = 512;

/// A picture that the document holds.
pub(crate) struct Picture {
    pub(crate) id: XObjectId,
    /// Width and height.
    pub(crate) pixels: (usize, usize),
}

/// Decodes `bytes`, scales large pictures down and puts them on white. `None` if they are no
/// picture of a known kind, damaged, or would need more than 64 MB.
pub(crate) fn read(bytes: &[u8]) -> Option<RawImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(64 << 20);
    limits.max_image_width = Some(8192);
    limits.max_image_height = Some(8192);
    reader.limits(limits);
    let decoded = reader.decode().ok()?;
    let small = if decoded.width() > KEPT || decoded.height() > KEPT {
        decoded.resize(KEPT, KEPT, image::imageops::FilterType::Triangle)
    } else {
        decoded
    };
    let mut flat = image::RgbImage::new(small.width(), small.height());
    for (to, from) in flat.pixels_mut().zip(small.to_rgba8().pixels()) {
        let alpha = u32::from(from.0[3]);
        let over = |value: u8| ((u32::from(value) * alpha + 255 * (255 - alpha)) / 255) as u8;
        to.0 = [over(from.0[0]), over(from.0[1]), over(from.0[2])];
    }
    RawImage::from_dynamic_image(image::DynamicImage::ImageRgb8(flat)).ok()
}
