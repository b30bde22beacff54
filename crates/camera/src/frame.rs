//! One frame: a picture as the source gave it, and when.

use std::time::Duration;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;

use crate::stream::{Lost, Reason};

/// A picture as the source gave it.
#[derive(Clone, PartialEq, Eq)]
pub enum FrameImage {
    /// A whole JPEG, PNG, WebP or GIF file.
    Encoded(Bytes),
    /// Rows of R, G, B, 8 bits each: `3 * width * height` bytes.
    Rgb(Bytes),
}

impl std::fmt::Debug for FrameImage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoded(bytes) => write!(f, "Encoded({} bytes)", bytes.len()),
            Self::Rgb(bytes) => write!(f, "Rgb({} bytes)", bytes.len()),
        }
    }
}

/// A frame of a camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub image: FrameImage,
    /// Width in pixels, before an EXIF orientation is applied.
    pub width: u32,
    /// Height in pixels, before an EXIF orientation is applied.
    pub height: u32,
    /// Counts the frames of a camera from 0, also those that nobody read.
    pub sequence: u64,
    /// When it was taken: by the clock given to [`crate::open`]; for a folder, its place in the film.
    pub at: Duration,
    /// Where it came from, for a folder or a file: the file's name.
    pub name: Option<String>,
}

impl Frame {
    /// The picture as a file, to be pushed: as it is when it came encoded, else as JPEG (quality 92).
    ///
    /// # Errors
    /// [`Reason::BadFormat`] when the pixels cannot be encoded.
    pub fn encoded(&self) -> Result<Bytes, Lost> {
        let rgb = match &self.image {
            FrameImage::Encoded(bytes) => return Ok(bytes.clone()),
            FrameImage::Rgb(rgb) => rgb,
        };
        let mut jpeg = Vec::with_capacity(rgb.len() / 8);
        JpegEncoder::new_with_quality(&mut jpeg, 92)
            .encode(rgb, self.width, self.height, image::ExtendedColorType::Rgb8)
            .map_err(|e| Lost::new(Reason::BadFormat, e.to_string()))?;
        Ok(jpeg.into())
    }
}

/// Width and height of an encoded picture from its header alone.
pub(crate) fn dimensions(bytes: &[u8]) -> Result<(u32, u32), Lost> {
    image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .map_err(image::ImageError::IoError)
        .and_then(|reader| reader.into_dimensions())
        .map_err(|e| Lost::new(Reason::BadFormat, e.to_string()))
}
