//! Photographs of people: how they are kept, and what is refused before it takes memory.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use documents::{LARGEST_PICTURE, PictureFault, SMALLEST_PORTRAIT, portrait};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn plain(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([20, 40, 160])).into()
}

fn size(jpeg: &[u8]) -> (u32, u32) {
    assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
    let picture = image::load_from_memory(jpeg).unwrap();
    (picture.width(), picture.height())
}

#[test]
fn a_photograph_is_kept_small_and_smaller_still_for_lists() {
    for (given, kept, small) in [
        ((3_000, 4_000), (360, 480), (72, 96)),
        ((100, 100), (100, 100), (96, 96)),
        ((SMALLEST_PORTRAIT, 60), (SMALLEST_PORTRAIT, 60), (SMALLEST_PORTRAIT, 60)),
    ] {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let made = portrait(&file(&plain(given.0, given.1), format)).unwrap();
            assert_eq!((size(&made.jpeg), size(&made.small)), (kept, small), "{given:?} {format:?}");
            assert!(made.jpeg.len() < 60_000 && made.small.len() < 6_000);
        }
    }
}

#[test]
fn what_is_transparent_is_white() {
    let clear: DynamicImage = RgbaImage::from_pixel(80, 80, Rgba([0, 0, 0, 0])).into();
    let made = portrait(&file(&clear, ImageFormat::Png)).unwrap();
    let pixel = image::load_from_memory(&made.jpeg).unwrap().to_rgb8().get_pixel(9, 9).0;
    assert!(pixel.iter().all(|part| *part > 250), "{pixel:?}");
}

#[test]
fn what_is_no_photograph_says_why() {
    let good = file(&plain(80, 80), ImageFormat::Png);
    let strip = plain(400, SMALLEST_PORTRAIT - 1);
    for (bytes, fault) in [
        (b"GIF89a".to_vec(), PictureFault::Damaged),
        (b"<html>".to_vec(), PictureFault::NotAPicture),
        (good[..good.len() / 2].to_vec(), PictureFault::Damaged),
        (vec![0; LARGEST_PICTURE + 1], PictureFault::TooLarge),
        (file(&strip, ImageFormat::Png), PictureFault::TooSmall),
    ] {
        assert_eq!(portrait(&bytes).unwrap_err(), fault);
    }
}
