//! Ways of spoiling a file.

use std::io::{Cursor, Read};

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

use crate::seeds::{Seed, zipped};

/// What bombs are made of.
const REPEATED: [&[u8]; 12] = [
    b",",
    b"\n",
    b"\"",
    b"\"\n\",",
    b";a",
    b"<td colspan=200>",
    b"<tr><td>",
    b"<table>",
    b" a=1",
    b"\r",
    b"\0",
    b"\xFF",
];
/// Numbers at which something overflows.
const EDGES: [u64; 9] = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFE, u64::MAX];

/// The file that belongs to a number: one of the seeds, spoilt in one to four ways.
pub fn spoiled(seeds: &[Seed], number: u64) -> Seed {
    let mut rng = StdRng::seed_from_u64(number);
    let Some(seed) = seeds.get(number as usize % seeds.len().max(1)) else {
        return Seed { name: "empty.csv".into(), bytes: Vec::new() };
    };
    let mut bytes = seed.bytes.clone();
    // Half of the zips are spoilt inside: their sums are right, and what is in them is read.
    if bytes.starts_with(b"PK\x03\x04")
        && rng.random_bool(0.7)
        && let Some(inside) = inside_of_a_zip(&bytes, &mut rng)
    {
        bytes = inside;
    } else {
        for _ in 0..rng.random_range(1..=4) {
            spoil(&mut bytes, &mut rng);
        }
    }
    // A file may be called otherwise than it is.
    let name = if rng.random_bool(0.1) {
        seeds.get(rng.random_range(0..seeds.len())).map_or_else(String::new, |other| other.name.clone())
    } else {
        seed.name.clone()
    };
    Seed { name, bytes }
}

fn inside_of_a_zip(bytes: &[u8], rng: &mut StdRng) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).ok()?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        parts.push((entry.name().ok()?.into_owned(), content));
    }
    for _ in 0..rng.random_range(1..=3) {
        let at = rng.random_range(0..parts.len().max(1));
        let (_, content) = parts.get_mut(at)?;
        spoil(content, rng);
    }
    Some(zipped(&parts))
}

fn spoil(bytes: &mut Vec<u8>, rng: &mut StdRng) {
    let length = bytes.len();
    let at = rng.random_range(0..=length);
    let end = (at + rng.random_range(1..=64)).min(length);
    match rng.random_range(0..9) {
        0 => {
            for _ in 0..rng.random_range(1..=8) {
                let at = rng.random_range(0..length.max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << rng.random_range(0..8);
                }
            }
        }
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let copied = bytes.get(at..end).unwrap_or_default().to_vec();
            let to = rng.random_range(0..=length);
            bytes.splice(to..to, copied);
        }
        4 => {
            if let Some(part) = bytes.get_mut(at..end) {
                rng.fill_bytes(part);
            }
        }
        5 => edge(bytes, at, rng),
        6 => digits(bytes, rng),
        7 => {
            let what = REPEATED.get(rng.random_range(0..REPEATED.len())).copied().unwrap_or_default();
            let times = [10, 1_000, 100_000].get(rng.random_range(0..3)).copied().unwrap_or(1);
            bytes.splice(at..at, what.repeat(times));
        }
        _ => {
            let fill = [0, 0xFF, b'9', b' '].get(rng.random_range(0..4)).copied().unwrap_or(0);
            if let Some(part) = bytes.get_mut(at..end) {
                part.fill(fill);
            }
        }
    }
}

/// A number of 1 to 8 bytes at the edge of what it can be.
fn edge(bytes: &mut [u8], at: usize, rng: &mut StdRng) {
    let number = EDGES.get(rng.random_range(0..EDGES.len())).copied().unwrap_or(0);
    let width = 1 << rng.random_range(0..4);
    let written = if rng.random_bool(0.5) {
        number.to_le_bytes().get(..width).unwrap_or_default().to_vec()
    } else {
        number.to_be_bytes().get(8 - width..).unwrap_or_default().to_vec()
    };
    for (to, from) in bytes.iter_mut().skip(at).zip(written) {
        *to = from;
    }
}

/// A number that is written in digits becomes another one.
fn digits(bytes: &mut Vec<u8>, rng: &mut StdRng) {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit)).collect();
    let Some(at) = places.get(rng.random_range(0..places.len().max(1))).copied() else { return };
    let end = bytes.iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count() + at;
    let number = ["0", "-1", "999", "65536", "1048576", "4294967296", "99999999999999999999", "1e308"];
    let number = number.get(rng.random_range(0..number.len())).copied().unwrap_or("0");
    bytes.splice(at..end, number.bytes());
}
