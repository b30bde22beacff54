//! The recovery key as it stands on paper: 14 groups of five letters and digits (Crockford's base 32), each with a check
//! letter of its own, so that a slip of the pen is found in its group.

use sha2::{Digest, Sha256};
use words::refusals;
use zeroize::Zeroizing;

use super::keys::SecretKey;
use crate::error::Invalid;
use crate::{Error, Result};

/// Crockford's base 32: no I, L, O or U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Groups of four symbols (20 bits) for the key's 256 bits, which leaves four zero bits; then one for the whole.
const KEY_GROUPS: usize = 13;
/// All groups.
pub(super) const GROUPS: usize = KEY_GROUPS + 1;
/// Symbols of a group with its check symbol.
const LENGTH: usize = 5;

/// Multiplication in the field of 32 elements, modulo x⁵ + x² + 1.
fn times(a: u8, b: u8) -> u8 {
    let mut product = (0..5).filter(|bit| b >> bit & 1 == 1).fold(0u16, |sum, bit| sum ^ u16::from(a) << bit);
    for bit in (5..9).rev() {
        if product >> bit & 1 == 1 {
            product ^= 0b10_0101 << (bit - 5);
        }
    }
    product as u8
}

/// The check symbol of a group at its place: another one for every single wrong symbol, for every two that changed places,
/// and for the same group elsewhere. The weights are four different elements, as in a Reed-Solomon code.
fn check(group: usize, symbols: &[u8]) -> u8 {
    let place = group as u8 + 1;
    symbols.iter().zip([2, 4, 8, 16]).fold(place, |sum, (symbol, weight)| sum ^ times(*symbol, weight))
}

fn five_bits(bytes: &[u8], at: usize) -> u8 {
    (0..5).fold(0, |value, n| {
        let bit = at * 5 + n;
        let set = bytes.get(bit / 8).is_some_and(|byte| byte >> (7 - bit % 8) & 1 == 1);
        value << 1 | u8::from(set)
    })
}

/// Twenty bits that tell one key from another and say nothing about either.
fn digest(key: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"homeroom recovery key 1");
    hash.update(key);
    let hash = hash.finalize();
    (0..4).map(|n| five_bits(&hash, n)).collect()
}

fn letters(symbols: &[u8]) -> String {
    symbols.iter().map(|symbol| char::from(SYMBOLS[usize::from(*symbol)])).collect()
}

/// What names a key without telling anything of it: the last group of its paper.
pub(super) fn fingerprint(key: &SecretKey) -> String {
    let mut symbols = digest(key.bytes());
    symbols.push(check(KEY_GROUPS, &symbols));
    letters(&symbols)
}

/// The groups of a key, in order.
pub(super) fn groups(key: &SecretKey) -> Vec<String> {
    let of_key = |group: usize| {
        let mut symbols: Vec<u8> = (0..4).map(|n| five_bits(key.bytes(), group * 4 + n)).collect();
        symbols.push(check(group, &symbols));
        letters(&symbols)
    };
    (0..KEY_GROUPS).map(of_key).chain([fingerprint(key)]).collect()
}

/// Reads a typed key: small and capital letters, O for 0, I and L for 1, any spaces and hyphens.
///
/// # Errors
/// [`crate::ErrorCode::Invalid`] with the groups that are wrong, counted from 1.
pub(super) fn read(typed: &str) -> Result<SecretKey> {
    let groups = split(typed)?;
    let mut invalid = Invalid::default();
    let mut symbols = Zeroizing::new(Vec::with_capacity(GROUPS * 4));
    for (n, group) in groups.iter().enumerate() {
        let values: Option<Vec<u8>> = group.chars().map(value).collect();
        match values {
            Some(values) if values.len() == LENGTH && check(n, &values[..4]) == values[4] => {
                symbols.extend_from_slice(&values[..4]);
            }
            _ => invalid.push("key", "wrong_group", refusals::faces::wrong_group(n + 1, group)),
        }
    }
    invalid.check()?;
    let mut bytes = Zeroizing::new([0u8; 32]);
    for bit in 0..256 {
        let set = symbols[bit / 5] >> (4 - bit % 5) & 1;
        bytes[bit / 8] |= set << (7 - bit % 8);
    }
    let key = SecretKey::from_bytes(&*bytes).filter(|key| digest(key.bytes()) == symbols[KEY_GROUPS * 4..]);
    key.ok_or_else(|| Error::field("key", "wrong_key", refusals::faces::groups_apart()))
}

fn split(typed: &str) -> Result<Vec<String>> {
    let pieces: Vec<String> =
        typed.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).map(str::to_uppercase).collect();
    let count = |piece: &String| piece.chars().count();
    if pieces.iter().map(count).sum::<usize>() == GROUPS * LENGTH {
        let all: Vec<char> = pieces.iter().flat_map(|piece| piece.chars()).collect();
        return Ok(all.chunks(LENGTH).map(|group| group.iter().collect()).collect());
    }
    if let Some(n) = pieces.iter().position(|piece| count(piece) != LENGTH).filter(|_| pieces.len() == GROUPS) {
        let message = refusals::faces::group_length(n + 1, &pieces[n], count(&pieces[n]), LENGTH);
        return Err(Error::field("key", "wrong_group", message));
    }
    let message = refusals::faces::groups_count(GROUPS, LENGTH, pieces.len());
    Err(Error::field("key", "wrong_length", message))
}

fn value(symbol: char) -> Option<u8> {
    let symbol = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|known| char::from(*known) == symbol).map(|at| at as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(bytes: [u8; 32]) -> SecretKey {
        SecretKey::from_bytes(&bytes).unwrap()
    }

    fn wrong(typed: &str) -> Vec<String> {
        read(typed).map(|_| ()).unwrap_err().fields.into_iter().map(|field| field.message.to_string()).collect()
    }

    proptest! {
        #[test]
        fn what_was_written_down_is_read_again(bytes: [u8; 32]) {
            let groups = groups(&key(bytes));
            prop_assert!(groups.len() == GROUPS && groups.iter().all(|group| group.len() == LENGTH));
            for typed in [groups.join("-"), groups.join(" ").to_lowercase(), groups.concat().replace('0', "o").replace('1', "l")] {
                let key = read(&typed).unwrap();
                prop_assert_eq!(key.bytes(), &bytes[..]);
            }
        }

        #[test]
        fn a_slip_is_found_in_its_group(bytes: [u8; 32], group in 0..GROUPS, at in 0..LENGTH, by in 1u8..32) {
            let mut groups = groups(&key(bytes));
            let mut symbols: Vec<char> = groups[group].chars().collect();
            let other = (value(symbols[at]).unwrap() + by) % 32;
            symbols[at] = char::from(SYMBOLS[usize::from(other)]);
            groups[group] = symbols.iter().collect();
            let messages = wrong(&groups.join("-"));
            prop_assert_eq!(messages, [format!("Group {} ({}) is not right: compare it with the paper.", group + 1, groups[group])]);
        }

        #[test]
        fn symbols_and_groups_that_changed_places_are_found(bytes: [u8; 32], group in 0..GROUPS, at in 0..4usize, other in 0..GROUPS) {
            let mut swapped = groups(&key(bytes));
            let mut symbols: Vec<char> = swapped[group].chars().collect();
            symbols.swap(at, at + 1);
            let changed = symbols[at] != symbols[at + 1];
            swapped[group] = symbols.iter().collect();
            prop_assert_eq!(read(&swapped.join("-")).is_err(), changed);
            let mut swapped = groups(&key(bytes));
            swapped.swap(group, other);
            prop_assert_eq!(read(&swapped.join("-")).is_err(), group != other);
        }
    }

    #[test]
    fn a_missing_character_is_said_where_it_is() {
        let mut groups = groups(&key([7; 32]));
        groups[2].pop();
        assert!(wrong(&groups.join("-"))[0].starts_with("Group 3 ("));
        groups.remove(2);
        assert_eq!(wrong(&groups.join(" ")), ["The key has 14 groups of 5 characters; these are 13."]);
        assert_eq!(wrong(""), ["The key has 14 groups of 5 characters; these are 0."]);
    }
}
