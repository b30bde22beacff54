//! Reads a picture from bytes that may be anything: the size is checked before memory is taken, the
//! picture is turned upright (EXIF), and every way in which a file can be wrong has a reason of its own.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use words::faults::vision::picture;

use crate::error::PictureError;

/// Bytes that one picture may take while it is read.
const MEMORY: u64 = 450_000_000;

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
    let jpeg = (format == ImageFormat::Jpeg).then(|| Jpeg::look(bytes));
    check_memory(&decoder, jpeg.is_some_and(|jpeg| jpeg.progressive))?;
    check_still(bytes, format)?;
    if jpeg.is_some_and(|jpeg| !jpeg.whole) {
        return Err(PictureError::Damaged(picture::cut_short().into()));
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
    Picture::from_rgb(width, height, rgb).ok_or_else(|| PictureError::Damaged(picture::no_pixels().into()))
}

fn damaged(error: image::ImageError) -> PictureError {
    match error {
        image::ImageError::Unsupported(_) => PictureError::NotAPicture,
        other => PictureError::Damaged(other.to_string().into()),
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

/// Refuses what would take more memory than [`MEMORY`] on the way to its pixels: colours of 16 bits, and JPEG files that come
/// in steps, take several times what they hold.
fn check_memory(decoder: &impl ImageDecoder, progressive: bool) -> Result<(), PictureError> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    let steps = if progressive { 6 * pixels } else { 0 };
    let needed = decoder.total_bytes().saturating_add(3 * pixels + steps);
    if needed > MEMORY {
        let limit = (pixels * MEMORY / needed / 1_000_000) as u32;
        return Err(PictureError::TooLarge { width, height, limit });
    }
    Ok(())
}

/// Refuses what has more than one frame: it is not known which of them was meant.
fn check_still(bytes: &[u8], format: ImageFormat) -> Result<(), PictureError> {
    let animated = match format {
        ImageFormat::Png => PngDecoder::new(Cursor::new(bytes)).and_then(|d| d.is_apng()).map_err(damaged)?,
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?.has_animation(),
        ImageFormat::Gif => gif_frames(bytes) > 1,
        _ => false,
    };
    if animated {
        return Err(PictureError::Animated);
    }
    Ok(())
}

/// How many frames a GIF names, up to where it ends or is damaged. None is decoded: each may be as large as the picture.
fn gif_frames(bytes: &[u8]) -> usize {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut frames = 0;
    loop {
        at += match bytes.get(at) {
            Some(0x2C) => {
                frames += 1;
                11 + bytes.get(at + 9).map_or(0, |flags| table(*flags))
            }
            Some(0x21) => 2,
            _ => return frames,
        };
        while let Some(length) = bytes.get(at).filter(|length| **length > 0) {
            at += 1 + usize::from(*length);
        }
        at += 1;
    }
}

/// What the segments of a JPEG file say.
#[derive(Clone, Copy)]
struct Jpeg {
    /// Its end marker is there; decoders fill what is missing with grey and say nothing.
    whole: bool,
    /// It comes in steps, all of which are held until the last.
    progressive: bool,
}

impl Jpeg {
    fn look(bytes: &[u8]) -> Self {
        let mut found = Self { whole: false, progressive: false };
        let mut at = 2;
        while at + 1 < bytes.len() {
            if bytes[at] != 0xFF {
                at += 1; // entropy-coded bytes, or padding between segments
                continue;
            }
            match bytes[at + 1] {
                0xD9 => return Self { whole: true, ..found },
                // A stuffed zero, fill bytes and restart markers have no length.
                0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
                0xFF => at += 1,
                marker => {
                    found.progressive |= marker == 0xC2;
                    let Some(length) = bytes.get(at + 2..at + 4) else {
                        return found;
                    };
                    at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
                }
            }
        }
        found
    }
}
