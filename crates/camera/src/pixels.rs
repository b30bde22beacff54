//! The raw formats of webcams turned into RGB (ITU-R BT.601, limited range), added to memory that the caller keeps.
//! Every length is checked: a driver may deliver less than it promised.

use bytes::BytesMut;

/// R, G, B of one pixel from luma and chroma, in 16-bit fixed point.
fn rgb(y: u8, u: u8, v: u8) -> [u8; 3] {
    let y = (i32::from(y) - 16) * 76_309;
    let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
    let byte = |value: i32| ((value + 32_768) >> 16).clamp(0, 255) as u8;
    [byte(y + 104_597 * v), byte(y - 25_675 * u - 53_279 * v), byte(y + 132_201 * u)]
}

/// `width × height × share`, if `bytes` has as many.
fn whole(bytes: &[u8], width: u32, height: u32, halves: u64) -> Option<(usize, usize, &[u8])> {
    let length = u64::from(width) * u64::from(height) * halves / 2;
    let length = usize::try_from(length).ok()?;
    let sound = width > 0 && height > 0;
    sound.then_some((width as usize, height as usize, bytes.get(..length)?))
}

/// YUYV 4:2:2: two pixels in four bytes. `None` when bytes are missing or the width is odd.
pub(crate) fn from_yuyv(bytes: &[u8], width: u32, height: u32, out: &mut BytesMut) -> Option<()> {
    let (w, h, bytes) = whole(bytes, width, height, 4)?;
    if !width.is_multiple_of(2) {
        return None;
    }
    out.reserve(w * h * 3);
    for &[a, u, b, v] in bytes.as_chunks::<4>().0 {
        let ([r0, g0, b0], [r1, g1, b1]) = (rgb(a, u, v), rgb(b, u, v));
        out.extend_from_slice(&[r0, g0, b0, r1, g1, b1]);
    }
    Some(())
}

/// NV12 4:2:0: a plane of luma, then one of chroma pairs at half size. `None` when bytes are missing or a
/// side is odd.
pub(crate) fn from_nv12(bytes: &[u8], width: u32, height: u32, out: &mut BytesMut) -> Option<()> {
    let (w, h, bytes) = whole(bytes, width, height, 3)?;
    if !width.is_multiple_of(2) || !height.is_multiple_of(2) {
        return None;
    }
    let (luma, chroma) = bytes.split_at(w * h);
    out.reserve(w * h * 3);
    for (row, line) in luma.chunks_exact(w).enumerate() {
        let pairs = &chroma[row / 2 * w..][..w];
        for (column, y) in line.iter().enumerate() {
            let at = column / 2 * 2;
            out.extend_from_slice(&rgb(*y, pairs[at], pairs[at + 1]));
        }
    }
    Some(())
}

/// One byte of grey a pixel.
pub(crate) fn from_grey(bytes: &[u8], width: u32, height: u32, out: &mut BytesMut) -> Option<()> {
    let (w, h, bytes) = whole(bytes, width, height, 2)?;
    out.reserve(w * h * 3);
    bytes.iter().for_each(|y| out.extend_from_slice(&[*y; 3]));
    Some(())
}

/// Three bytes a pixel, as they are or with blue first.
pub(crate) fn from_rgb(bytes: &[u8], width: u32, height: u32, blue_first: bool, out: &mut BytesMut) -> Option<()> {
    let (_, _, bytes) = whole(bytes, width, height, 6)?;
    let start = out.len();
    out.extend_from_slice(bytes);
    if blue_first {
        out[start..].as_chunks_mut::<3>().0.iter_mut().for_each(|p| p.swap(0, 2));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_corners_of_the_colour_space_are_right() {
        assert_eq!(rgb(16, 128, 128), [0, 0, 0]);
        assert_eq!(rgb(235, 128, 128), [255, 255, 255]);
        // BT.601: pure red, green and blue.
        for (yuv, wanted) in [((81, 90, 240), [255, 0, 0]), ((145, 54, 34), [0, 255, 0]), ((41, 240, 110), [0, 0, 255])]
        {
            let found = rgb(yuv.0, yuv.1, yuv.2);
            assert!(found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 2), "{found:?}");
        }
    }

    #[test]
    fn planes_and_pairs_are_in_place() {
        let mut out = BytesMut::new();
        from_yuyv(&[235, 128, 16, 128], 2, 1, &mut out).unwrap();
        assert_eq!(out[..], [255, 255, 255, 0, 0, 0]);
        out.clear();
        from_nv12(&[235, 16, 16, 235, 128, 128], 2, 2, &mut out).unwrap();
        assert_eq!(out[..], [255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]);
        from_rgb(&[1, 2, 3], 1, 1, true, &mut out).unwrap();
        assert_eq!(out[12..], [3, 2, 1]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_whole_picture_or_none(
            bytes in proptest::collection::vec(any::<u8>(), 0..600), width in 0u32..20, height in 0u32..20
        ) {
            let wanted = (width * height * 3) as usize;
            let blue_first = |b: &[u8], w, h, out: &mut BytesMut| from_rgb(b, w, h, true, out);
            for convert in [from_yuyv, from_nv12, from_grey, blue_first] {
                let mut out = BytesMut::new();
                if convert(&bytes, width, height, &mut out).is_some() {
                    prop_assert_eq!(out.len(), wanted);
                } else {
                    prop_assert!(out.is_empty());
                }
            }
        }
    }
}
