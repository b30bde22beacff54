//! Logos as people have them: photographed upright or lying, transparent, for print, huge, tiny.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use documents::{LARGEST_PICTURE, PictureFault, SMALLEST_LOGO, logo};
use image::{DynamicImage, ImageBuffer, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

const BLUE: Rgb<u8> = Rgb([20, 40, 160]);
const RED: Rgb<u8> = Rgb([200, 30, 30]);

/// Blue above, red below.
fn flag(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |_, y| if y < height / 2 { BLUE } else { RED }).into()
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn read(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(&logo(bytes).unwrap()).unwrap().to_rgb8()
}

fn like(found: Rgb<u8>, expected: Rgb<u8>) -> bool {
    found.0.iter().zip(expected.0).all(|(a, b)| a.abs_diff(b) < 40)
}

/// Whether it is blue above and red below.
fn upright(picture: &RgbImage) -> bool {
    let (x, y) = (picture.width() / 2, picture.height() / 4);
    like(*picture.get_pixel(x, y), BLUE) && like(*picture.get_pixel(x, 3 * y), RED)
}

/// A JPEG whose Exif block says how the camera was held (Exif 2.32, tag 0x0112).
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    exif[25] = orientation;
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

#[test]
fn a_photographed_logo_stands_upright_however_the_camera_was_held() {
    let straight = flag(120, 80);
    assert!(upright(&read(&held(&file(&straight, ImageFormat::Jpeg), 1))));
    // What the sensor saw when the picture has to be turned to be looked at.
    for (orientation, seen) in [
        (2, straight.fliph()),
        (3, straight.rotate180()),
        (4, straight.flipv()),
        (6, straight.rotate270()),
        (8, straight.rotate90()),
    ] {
        let shown = read(&held(&file(&seen, ImageFormat::Jpeg), orientation));
        assert_eq!((shown.width(), shown.height()), (120, 80), "{orientation}");
        assert!(upright(&shown), "{orientation}");
    }
}

#[test]
fn every_usual_kind_of_picture_is_read() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
        assert!(upright(&read(&file(&flag(96, 64), format))), "{format:?}");
    }
    assert!(upright(&read(include_bytes!("logos/cmyk.jpg"))), "for the press, in four inks");
    let deep: DynamicImage = flag(96, 64).to_rgb16().into();
    assert!(upright(&read(&file(&deep, ImageFormat::Png))), "16 bits a colour");
    let grey: DynamicImage = ImageBuffer::from_fn(64, 64, |x, _| image::LumaA([(x * 4) as u8, 128])).into();
    assert_eq!(read(&file(&grey, ImageFormat::Png)).width(), 64);
}

#[test]
fn what_is_transparent_is_paper() {
    let round: DynamicImage =
        RgbaImage::from_fn(80, 80, |x, _| if x < 40 { Rgba([0, 0, 0, 0]) } else { Rgba([20, 40, 160, 255]) }).into();
    let shown = read(&file(&round, ImageFormat::Png));
    assert_eq!(*shown.get_pixel(10, 10), Rgb([255, 255, 255]));
    assert!(like(*shown.get_pixel(70, 10), BLUE));
    let white: DynamicImage = RgbaImage::from_pixel(80, 80, Rgba([255, 255, 255, 200])).into();
    assert_eq!(logo(&file(&white, ImageFormat::Png)), Err(PictureFault::Blank), "white on white paper");
    let nothing: DynamicImage = RgbaImage::new(80, 80).into();
    assert_eq!(logo(&file(&nothing, ImageFormat::Png)), Err(PictureFault::Blank));
}

#[test]
fn any_size_is_made_fit_or_refused() {
    let shown = read(&file(&flag(5_000, 3_000), ImageFormat::Png));
    assert!(shown.height() == 512 && upright(&shown), "{:?}", shown.dimensions());
    let banner = read(&file(&flag(4_000, 40), ImageFormat::Png));
    assert_eq!((banner.width(), banner.height()), (1280, 13));
    assert!(upright(&read(&file(&flag(SMALLEST_LOGO, SMALLEST_LOGO), ImageFormat::Png))));
    assert_eq!(logo(&file(&flag(16, 16), ImageFormat::Png)), Err(PictureFault::TooSmall));
    assert_eq!(logo(&file(&flag(1, 1), ImageFormat::Png)), Err(PictureFault::TooSmall));
    assert_eq!(logo(&file(&flag(20_000, 4), ImageFormat::Png)), Err(PictureFault::TooLarge));
    assert_eq!(logo(&vec![0; LARGEST_PICTURE + 1]), Err(PictureFault::TooLarge));
}

#[test]
fn what_is_no_picture_is_refused() {
    let png = file(&flag(96, 64), ImageFormat::Png);
    assert_eq!(logo(&png[..png.len() / 2]), Err(PictureFault::Damaged));
    for bytes in [&b""[..], b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"BM", b"\0\0\0\x18ftypheic"] {
        assert_eq!(logo(bytes), Err(PictureFault::NotAPicture), "{bytes:?}");
    }
}
