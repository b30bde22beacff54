//! How a mark is written, on a mark sheet and in a file: digits of any script, a decimal point or comma, and the words
//! that stand in place of a number.

/// Ten-thousandths in one point: marks have at most four decimals.
pub const MARK_SCALE: i64 = 10_000;

/// What may be written for "excused", in any case; the first one is shown.
pub const EXCUSED_WORDS: [&str; 3] = ["ex", "e", "excused"];

/// What may be written for "missing", in any case; the first one is shown.
pub const MISSING_WORDS: [&str; 4] = ["m", "-", "–", "missing"];

/// What a word in place of a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkWord {
    /// The student need not do this assessment.
    Excused,
    /// The student did not hand in.
    Missing,
}

/// Why a text is no decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadDecimal {
    /// Something else than digits and one decimal point or comma.
    NotANumber,
    /// A number below 0.
    Negative,
    /// More than four decimals.
    TooManyDecimals,
    /// More than can be counted.
    TooLong,
}

/// The zeros of the scripts that keyboards in schools write; nine more digits follow each.
const ZEROS: [char; 24] = [
    '0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '០', '᠐', '᥆', '᧐', '᮰',
    '０',
];

/// The digit that a character is, in whatever script.
#[must_use]
pub fn digit(c: char) -> Option<u8> {
    let zero = ZEROS.into_iter().rev().find(|zero| *zero <= c)?;
    u8::try_from(u32::from(c) - u32::from(zero)).ok().filter(|digit| *digit < 10)
}

/// A cell with the digits and signs of ASCII: what cannot be seen is dropped, blanks around it too, and wide or other
/// digits, signs and points become the plain ones. The Arabic sign between thousands stays: it is no decimal comma.
#[must_use]
pub fn plain_text(text: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}');
    let plain = |c: char| match c {
        '٫' | '．' => '.',
        '，' => ',',
        '−' | '－' => '-',
        '＋' => '+',
        '％' | '٪' => '%',
        c => digit(c).map_or(c, |digit| char::from(b'0' + digit)),
    };
    let text: String = text.chars().filter(seen).map(plain).collect();
    text.trim().to_owned()
}

/// The word that a [`plain_text`] is, if it is one that stands in place of a mark.
#[must_use]
pub fn mark_word(plain: &str) -> Option<MarkWord> {
    let word = plain.to_lowercase();
    if EXCUSED_WORDS.contains(&word.as_str()) {
        return Some(MarkWord::Excused);
    }
    MISSING_WORDS.contains(&word.as_str()).then_some(MarkWord::Missing)
}

/// Reads a decimal of at most four places, 0 or more, into ten-thousandths: a decimal point or comma, digits of any
/// script; no sign, no exponent, no separator of thousands.
///
/// # Errors
/// Where the text is no such decimal.
pub fn parse_decimal(text: &str) -> Result<i64, BadDecimal> {
    parse_plain(&plain_text(text))
}

fn parse_plain(text: &str) -> Result<i64, BadDecimal> {
    if let Some(rest) = text.strip_prefix('-') {
        return Err(if parse_plain(rest).is_ok() { BadDecimal::Negative } else { BadDecimal::NotANumber });
    }
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if whole.is_empty() && decimals.is_empty() {
        return Err(BadDecimal::NotANumber);
    }
    let value = whole_number(whole)?.checked_mul(MARK_SCALE).ok_or(BadDecimal::TooLong)?;
    let fraction = whole_number(decimals)?;
    let places = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
    if places > 4 {
        return Err(BadDecimal::TooManyDecimals);
    }
    value.checked_add(fraction * 10_i64.pow(4 - places)).ok_or(BadDecimal::TooLong)
}

fn whole_number(digits: &str) -> Result<i64, BadDecimal> {
    digits.bytes().try_fold(0_i64, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0')).ok_or(BadDecimal::NotANumber)?;
        value.checked_mul(10).and_then(|value| value.checked_add(digit)).ok_or(BadDecimal::TooLong)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_digits() {
        assert!(ZEROS.is_sorted());
        for text in [
            "13.5",
            "١٣٫٥",
            "۱۳٫۵",
            "१३.५",
            "১৩.৫",
            "௧௩.௫",
            "๑๓.๕",
            "１３．５",
            "\u{200f}13,5\u{200e}",
            "\u{3000}13.5\u{a0}",
        ] {
            assert_eq!(parse_decimal(text), Ok(135_000), "{text}");
        }
        assert_eq!(parse_decimal("−3"), Err(BadDecimal::Negative));
        assert_eq!(parse_decimal("1٬234"), Err(BadDecimal::NotANumber));
        assert_eq!(digit('a'), None);
        assert_eq!(mark_word("EX"), Some(MarkWord::Excused));
        assert_eq!(mark_word("–"), Some(MarkWord::Missing));
    }
}
