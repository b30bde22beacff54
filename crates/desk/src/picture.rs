//! A camera's picture as the window shows it.

use camera::{Frame, FrameImage};
use faces::pictures::encoded;
use faces::vision_error;
use kernel::{Error, Result};
use vision::{Picture, PictureLimits};

/// The largest picture that the window is sent, in pixels.
const WIDEST: u32 = 640;
const HIGHEST: u32 = 480;
/// A frame of a camera has at most so many megapixels.
const LIMITS: PictureLimits = PictureLimits { megapixels: 34, side: 16 };

/// The picture as JPEG, at most 640 × 480, upright. Takes a few milliseconds.
///
/// # Errors
/// When it is no picture, or cannot be encoded.
pub fn for_screen(frame: &Frame) -> Result<Vec<u8>> {
    let picture = match &frame.image {
        FrameImage::Encoded(bytes) => {
            if frame.width <= WIDEST && frame.height <= HIGHEST && is_plain_jpeg(bytes) {
                return Ok(bytes.to_vec());
            }
            vision::decode_into(bytes, LIMITS, Vec::new()).map_err(|error| vision_error(error.into()))?
        }
        FrameImage::Rgb(rgb) => Picture::from_rgb(frame.width, frame.height, rgb.to_vec())
            .ok_or_else(|| Error::internal("a camera picture has not the size that it says"))?,
    };
    encoded(&picture, WIDEST, HIGHEST, 75)
}

/// A JPEG that does not say of itself how it is turned.
fn is_plain_jpeg(bytes: &[u8]) -> bool {
    // What is said of a picture stands before it, in a segment of at most 64 KiB.
    let head = &bytes[..bytes.len().min(1 << 16)];
    head.starts_with(&[0xFF, 0xD8]) && !head.windows(6).any(|six| six == b"Exif\0\0")
}
