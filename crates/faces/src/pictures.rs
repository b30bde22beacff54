//! Pictures made smaller, and faces cut out of them.

use image::codecs::jpeg::JpegEncoder;
use vision::{Face, Picture};

use crate::{Error, Result};

fn broken() -> Error {
    Error::internal("a camera picture could not be encoded")
}

type View<'a> = image::ImageBuffer<image::Rgb<u8>, &'a [u8]>;

fn view(picture: &Picture) -> Result<View<'_>> {
    View::from_raw(picture.width(), picture.height(), picture.rgb()).ok_or_else(broken)
}

/// A picture as JPEG, made smaller where it is larger than this.
pub fn encoded(picture: &Picture, widest: u32, highest: u32, quality: u8) -> Result<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    match smaller((width, height), (widest, highest)) {
        Some((w, h)) => jpeg(image::imageops::thumbnail(&view(picture)?, w, h).as_raw(), (w, h), quality),
        None => jpeg(picture.rgb(), (width, height), quality),
    }
}

/// The picture made smaller, so that it can be kept.
pub fn reduced(picture: Picture, side: u32) -> Result<Picture> {
    let Some((width, height)) = smaller((picture.width(), picture.height()), (side, side)) else { return Ok(picture) };
    let small = image::imageops::thumbnail(&view(&picture)?, width, height);
    Picture::from_rgb(width, height, small.into_raw()).ok_or_else(broken)
}

/// A face with `around` of its width and height on each side, as JPEG of at most `side` pixels.
pub fn cut_out(picture: &Picture, face: &Face, around: f32, side: u32, quality: u8) -> Result<Vec<u8>> {
    let rect = face.rect;
    let (dx, dy) = (rect.width * around, rect.height * around);
    let clip = |at: f32, most: u32| at.clamp(0.0, most as f32) as u32;
    let (left, top) = (clip(rect.x - dx, picture.width() - 1), clip(rect.y - dy, picture.height() - 1));
    let right = clip(rect.x + rect.width + dx, picture.width());
    let bottom = clip(rect.y + rect.height + dy, picture.height());
    let (width, height) = (right.saturating_sub(left).max(1), bottom.saturating_sub(top).max(1));
    let (row, from) = (3 * picture.width() as usize, 3 * left as usize);
    let rows = picture.rgb().chunks_exact(row).skip(top as usize).take(height as usize);
    let cut: Vec<u8> = rows.flat_map(|row| &row[from..from + 3 * width as usize]).copied().collect();
    let cut = Picture::from_rgb(width, height, cut).ok_or_else(broken)?;
    encoded(&cut, side, side, quality)
}

fn smaller((width, height): (u32, u32), (widest, highest): (u32, u32)) -> Option<(u32, u32)> {
    let scale = (f64::from(widest) / f64::from(width)).min(f64::from(highest) / f64::from(height));
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    (scale < 1.0).then(|| (side(width), side(height)))
}

fn jpeg(rgb: &[u8], (width, height): (u32, u32), quality: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(rgb, width, height, image::ExtendedColorType::Rgb8)
        .map_err(|_| broken())?;
    Ok(bytes)
}
