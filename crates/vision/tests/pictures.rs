//! Pictures that are right, odd or broken: each is read as it should be or refused with its reason.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageBuffer, ImageFormat, Rgb, RgbImage, RgbaImage};
use proptest::prelude::*;
use vision::{Picture, PictureError, PictureLimits, decode};

fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    decode(bytes, PictureLimits::default())
}

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red on the left, blue on the right.
fn sample() -> DynamicImage {
    let colour = |x| if x < 20 { Rgb([250, 5, 5]) } else { Rgb([5, 5, 250]) };
    RgbImage::from_fn(40, 24, |x, _| colour(x)).into()
}

fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let at = ((y * picture.width() + x) * 3) as usize;
    picture.rgb()[at..at + 3].try_into().unwrap()
}

fn near(found: [u8; 3], wanted: [u8; 3]) {
    let far = found.iter().zip(wanted).any(|(a, b)| a.abs_diff(b) > 12);
    assert!(!far, "{found:?} is not {wanted:?}");
}

#[test]
fn every_format_is_read_whatever_the_file_is_called() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let picture = read(&encode(&sample(), format)).unwrap();
        assert_eq!((picture.width(), picture.height()), (40, 24), "{format:?}");
        near(pixel(&picture, 5, 12), [250, 5, 5]);
        near(pixel(&picture, 35, 12), [5, 5, 250]);
    }
}

#[test]
fn sixteen_bits_and_grey_and_cmyk_become_rgb() {
    let deep: ImageBuffer<Rgb<u16>, _> = ImageBuffer::from_pixel(20, 20, Rgb([65535, 32768, 0]));
    let picture = read(&encode(&deep.into(), ImageFormat::Png)).unwrap();
    near(pixel(&picture, 3, 3), [255, 128, 0]);
    let grey = DynamicImage::ImageLuma8(sample().into_luma8());
    assert_eq!(read(&encode(&grey, ImageFormat::Jpeg)).unwrap().rgb().len(), 40 * 24 * 3);
    let cmyk = read(include_bytes!("data/cmyk.jpg")).unwrap();
    assert_eq!((cmyk.width(), cmyk.height()), (32, 24));
    near(pixel(&cmyk, 4, 12), [255, 0, 0]);
    near(pixel(&cmyk, 28, 12), [0, 255, 255]);
}

/// A JPEG with an EXIF orientation.
fn turned(orientation: u8) -> Vec<u8> {
    let jpeg = encode(&sample(), ImageFormat::Jpeg);
    let tiff =
        [b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation, 0, 0, 0, 0, 0, 0]]
            .concat();
    let length = (tiff.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &tiff, &jpeg[2..]].concat()
}

#[test]
fn a_turned_photograph_is_set_upright() {
    let upright = read(&turned(1)).unwrap();
    near(pixel(&upright, 5, 12), [250, 5, 5]);
    // 6: the camera was turned; what is stored on the left belongs on top.
    let quarter = read(&turned(6)).unwrap();
    assert_eq!((quarter.width(), quarter.height()), (24, 40));
    near(pixel(&quarter, 12, 5), [250, 5, 5]);
    let half = read(&turned(3)).unwrap();
    near(pixel(&half, 5, 12), [5, 5, 250]);
}

#[test]
fn what_is_no_picture_is_refused_with_its_reason() {
    assert_eq!(read(b""), Err(PictureError::Empty));
    for bytes in [b"x".as_slice(), b"a text with the name photo.jpg", b"%PDF-1.7", b"PK\x03\x04zip"] {
        assert_eq!(read(bytes), Err(PictureError::NotAPicture));
    }
    let dot = encode(&RgbImage::new(1, 1).into(), ImageFormat::Png);
    assert_eq!(read(&dot), Err(PictureError::TooSmall { width: 1, height: 1, limit: 16 }));
}

#[test]
fn a_truncated_file_is_damaged_wherever_it_is_cut() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let whole = encode(&sample(), format);
        for cut in [12, whole.len() / 3, whole.len() / 2, whole.len() - 9] {
            let found = read(&whole[..cut]);
            let refused = matches!(found, Err(PictureError::Damaged(_) | PictureError::NotAPicture));
            assert!(refused, "{format:?} cut at {cut}: {found:?}");
        }
    }
}

#[test]
fn a_huge_picture_is_refused_before_its_pixels_are_allocated() {
    let mut jpeg = encode(&sample(), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    let wanted = PictureError::TooLarge { width: 10_000, height: 10_000, limit: 64 };
    assert_eq!(read(&jpeg), Err(wanted.clone()));
    assert!(wanted.to_string().contains("64 megapixels"), "{wanted}");
    let mut png = encode(&sample(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let sum = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    let found = read(&png);
    assert!(matches!(found, Err(PictureError::TooLarge { width: 65_536, .. })), "{found:?}");
}

/// The check sum of a PNG chunk (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

#[test]
fn an_animation_is_refused() {
    let mut gif = Vec::new();
    let frames = [RgbaImage::new(20, 20), RgbaImage::new(20, 20)].map(Frame::new);
    GifEncoder::new(&mut gif).encode_frames(frames).unwrap();
    assert_eq!(read(&gif), Err(PictureError::Animated));
    let png = encode(&sample(), ImageFormat::Png);
    let control = b"acTL\0\0\0\x02\0\0\0\0";
    let chunk = [&8u32.to_be_bytes(), control.as_slice(), &crc(control).to_be_bytes()].concat();
    let animated = [&png[..33], &chunk, &png[33..]].concat();
    assert_eq!(read(&animated), Err(PictureError::Animated));
    assert_eq!(read(&animated_webp()), Err(PictureError::Animated));
}

/// A still WebP put twice into the extended file format's frames.
fn animated_webp() -> Vec<u8> {
    let still = encode(&sample(), ImageFormat::WebP);
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let padding = vec![0; body.len() % 2];
        [name.as_slice(), &(body.len() as u32).to_le_bytes(), body, &padding].concat()
    };
    // Width and height are written less one, in 24 bits; flag 2 says that it moves.
    let canvas = [2, 0, 0, 0, 39, 0, 0, 23, 0, 0];
    // Place 0, size, 100 milliseconds, flags; then the still's own chunk.
    let head = [0, 0, 0, 0, 0, 0, 39, 0, 0, 23, 0, 0, 100, 0, 0, 0];
    let frame = chunk(b"ANMF", &[&head, &still[12..]].concat());
    let body = [b"WEBP".as_slice(), &chunk(b"VP8X", &canvas), &chunk(b"ANIM", &[0; 6]), &frame, &frame].concat();
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

proptest! {
    #[test]
    fn rubbish_and_damaged_pictures_never_panic(
        rubbish in proptest::collection::vec(any::<u8>(), 0..300), place in 0usize..10_000, kind in 0usize..4
    ) {
        let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif][kind];
        let mut bytes = encode(&sample(), format);
        let at = place % bytes.len();
        let end = (at + rubbish.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&rubbish[..end - at]);
        if let Ok(picture) = read(&bytes) {
            prop_assert_eq!(picture.rgb().len() as u64, 3 * u64::from(picture.width()) * u64::from(picture.height()));
        }
        let _ = read(&rubbish);
    }
}

/// A PNG that says to be of this size, whatever it holds.
fn png_of(image: &DynamicImage, side: u32) -> Vec<u8> {
    let mut bytes = encode(image, ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[side.to_be_bytes(), side.to_be_bytes()].concat());
    let mut sum = u32::MAX;
    for byte in &bytes[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!sum).to_be_bytes());
    bytes
}

#[test]
fn what_would_take_too_much_memory_is_refused_before_its_pixels() {
    let deep: ImageBuffer<image::Rgba<u16>, _> = ImageBuffer::from_pixel(20, 20, image::Rgba([1, 2, 3, 65535]));
    let error = read(&png_of(&deep.into(), 7_000)).unwrap_err();
    assert_eq!(error, PictureError::TooLarge { width: 7_000, height: 7_000, limit: 40 });
    // Eight bits of the same size fit: what is missing are its pixels.
    assert!(matches!(read(&png_of(&sample(), 7_000)).unwrap_err(), PictureError::Damaged(_)));
}
