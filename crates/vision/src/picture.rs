//! Reads a picture from bytes that may be anything: the size is checked before memory is taken, the
//! picture is turned upright (EXIF), and every way in which a file can be wrong has a reason of its own.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::error::PictureError;

/// What is accepted by [`decode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureLimits {
    /// The most pixels, in megapixels (a million).
    pub megapixels: u32,
    /// The least width and height, in pixels.
    pub side: u32,
}

impl Default for PictureLimits {
    /// 64 megapixels (every telephone's camera) and 16 pixels.
    fn default() -> Self {
        Self { megapixels: 64, side: 16 }
    }
}

/// An upright picture: rows of RGB, 8 bits a channel.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} × {})", self.width, self.height)
    }
}

impl Picture {
    /// A picture of `width` × `height` pixels from `3 * width * height` bytes, row by row; `None` when the
    /// length is another or a side is 0.
    pub fn from_rgb(width: u32, height: u32, rgb: Vec<u8>) -> Option<Self> {
        let wanted = 3 * u64::from(width) * u64::from(height);
        (wanted > 0 && rgb.len() as u64 == wanted).then_some(Self { width, height, rgb })
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes: R, G, B of each pixel, row by row.
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// Gives the memory back, for the next picture; see [`decode_into`].
    pub fn into_rgb(self) -> Vec<u8> {
        self.rgb
    }
}

/// Decodes a JPEG, PNG, WebP or GIF picture; its content decides, whatever the file is called.
///
/// # Errors
/// [`PictureError`] with the reason; a picture over the limit is refused before its pixels are allocated.
pub fn decode(bytes: &[u8], limits: PictureLimits) -> Result<Picture, PictureError> {
    decode_into(bytes, limits, Vec::new())
}

/// As [`decode`], with memory that is there already for the pixels, such as that of a picture before
/// ([`Picture::into_rgb`]).
///
/// # Errors
/// As [`decode`].
pub fn decode_into(bytes: &[u8], limits: PictureLimits, mut memory: Vec<u8>) -> Result<Picture, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureError::NotAPicture)?;
    let format = reader.format().ok_or(PictureError::NotAPicture)?;
    let mut most = Limits::default();
    // Pixels of 16 bits and four channels, and the decoder's own rows.
    most.max_alloc = Some(u64::from(limits.megapixels) * 1_000_000 * 12);
    reader.limits(most);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    check_size(decoder.dimensions(), limits)?;
    check_still(bytes, format)?;
    if format == ImageFormat::Jpeg && !jpeg_is_whole(bytes) {
        return Err(PictureError::Damaged("its end is missing".into()));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height, rgb) = if orientation == Orientation::NoTransforms && decoder.color_type() == ColorType::Rgb8 {
        let (width, height) = decoder.dimensions();
        memory.resize(width as usize * height as usize * 3, 0);
        decoder.read_image(&mut memory).map_err(damaged)?;
        (width, height, memory)
    } else {
        let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        image.apply_orientation(orientation);
        let rgb = image.into_rgb8();
        (rgb.width(), rgb.height(), rgb.into_raw())
    };
    Picture::from_rgb(width, height, rgb).ok_or_else(|| PictureError::Damaged("it has no pixels".into()))
}

fn damaged(error: image::ImageError) -> PictureError {
    match error {
        image::ImageError::Unsupported(_) => PictureError::NotAPicture,
        other => PictureError::Damaged(other.to_string()),
    }
}

fn check_size((width, height): (u32, u32), limits: PictureLimits) -> Result<(), PictureError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > u64::from(limits.megapixels) * 1_000_000 {
        let limit = limits.megapixels;
        return Err(PictureError::TooLarge { width, height, limit });
    }
    if width < limits.side || height < limits.side {
        let limit = limits.side;
        return Err(PictureError::TooSmall { width, height, limit });
    }
    Ok(())
}

/// Refuses what has more than one frame: it is not known which of them was meant.
fn check_still(bytes: &[u8], format: ImageFormat) -> Result<(), PictureError> {
    let animated = match format {
        ImageFormat::Png => PngDecoder::new(Cursor::new(bytes)).and_then(|d| d.is_apng()).map_err(damaged)?,
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?.has_animation(),
        ImageFormat::Gif => {
            let frames = GifDecoder::new(Cursor::new(bytes)).map_err(damaged)?.into_frames();
            frames.take(2).filter(Result::is_ok).count() > 1
        }
        _ => false,
    };
    if animated {
        return Err(PictureError::Animated);
    }
    Ok(())
}

/// Whether a JPEG reaches its end marker; decoders fill what is missing with grey and say nothing.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while at + 1 < bytes.len() {
        if bytes[at] != 0xFF {
            at += 1; // entropy-coded bytes, or padding between segments
            continue;
        }
        match bytes[at + 1] {
            0xD9 => return true,
            // A stuffed zero, fill bytes and restart markers have no length.
            0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
            0xFF => at += 1,
            _ => {
                let Some(length) = bytes.get(at + 2..at + 4) else {
                    return false;
                };
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
        }
    }
    false
}
