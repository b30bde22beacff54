//! A mark as it is typed, kept and shown: an exact decimal, excused, missing, or nothing yet.

use std::fmt;

use ::analytics::{BadDecimal, MarkState, MarkWord, mark_word, plain_text};
use store::entities::MarkKept;
use words::{Message, refusals};

pub use ::analytics::{EXCUSED_WORDS, MARK_SCALE as SCALE, MISSING_WORDS};

/// The most characters that are read as a mark.
pub const LONGEST_MARK: usize = 20;

/// The highest maximum of an assessment, in points.
pub const LARGEST_MAXIMUM: i64 = 1_000_000;

/// One cell of the gradebook. Values are ten-thousandths of a point, from 0 to the assessment's maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    Marked(i64),
    Excused,
    Missing,
    NotEntered,
}

/// Why a text is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMark {
    NotANumber,
    Negative,
    TooManyDecimals,
    TooLong,
    AboveMaximum(i64),
}

impl BadMark {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::NotANumber => refusals::gradebook::mark::not_a_number(),
            Self::Negative => refusals::gradebook::mark::negative(),
            Self::TooManyDecimals => refusals::gradebook::mark::too_many_decimals(),
            Self::TooLong => refusals::gradebook::mark::too_long(),
            Self::AboveMaximum(a) => refusals::gradebook::mark::above_maximum(format_decimal(*a)),
        }
    }
}

impl fmt::Display for BadMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl BadMark {
    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::Negative => "negative",
            Self::TooManyDecimals => "too_many_decimals",
            Self::TooLong => "too_long",
            Self::AboveMaximum(_) => "above_maximum",
        }
    }
}

impl Mark {
    /// Reads what was typed for an assessment with this maximum (ten-thousandths). Blank is "nothing yet".
    ///
    /// A decimal point or comma, digits of any of the scripts that keyboards in schools write; no sign, no exponent, no
    /// separator of thousands.
    pub fn parse(text: &str, maximum: i64) -> Result<Self, BadMark> {
        let text = plain_text(text);
        if text.is_empty() {
            return Ok(Self::NotEntered);
        }
        if text.chars().count() > LONGEST_MARK {
            return Err(BadMark::TooLong);
        }
        match mark_word(&text) {
            Some(MarkWord::Excused) => return Ok(Self::Excused),
            Some(MarkWord::Missing) => return Ok(Self::Missing),
            None => {}
        }
        match parse_decimal(&text)? {
            value if value > maximum => Err(BadMark::AboveMaximum(maximum)),
            value => Ok(Self::Marked(value)),
        }
    }

    /// As the sheet shows it, and as [`Mark::parse`] reads it back.
    pub fn text(self) -> String {
        match self {
            Self::Marked(value) => format_decimal(value),
            Self::Excused => EXCUSED_WORDS[0].to_owned(),
            Self::Missing => MISSING_WORDS[0].to_owned(),
            Self::NotEntered => String::new(),
        }
    }

    /// What became of it, as the statistics take it.
    pub fn state(self) -> MarkState {
        match self {
            Self::Marked(_) => MarkState::Marked,
            Self::Excused => MarkState::Excused,
            Self::Missing => MarkState::Missing,
            Self::NotEntered => MarkState::NotEntered,
        }
    }

    /// The value in ten-thousandths, where one was given.
    pub fn value(self) -> Option<i64> {
        match self {
            Self::Marked(value) => Some(value),
            _ => None,
        }
    }

    /// What the row holds: the state's word and the value. A cleared cell keeps its row, so that its version goes on
    /// counting and somebody who saw the old mark cannot overwrite what comes after.
    pub fn stored(self) -> (MarkKept, Option<i64>) {
        match self {
            Self::Marked(value) => (MarkKept::Marked, Some(value)),
            Self::Excused => (MarkKept::Excused, None),
            Self::Missing => (MarkKept::Missing, None),
            Self::NotEntered => (MarkKept::NotEntered, None),
        }
    }

    /// Reads a row back; none for a marked one without its value.
    pub fn from_stored(state: MarkKept, value: Option<i64>) -> Option<Self> {
        match (state, value) {
            (MarkKept::Marked, Some(value)) => Some(Self::Marked(value)),
            (MarkKept::Marked, None) => None,
            (MarkKept::Excused, _) => Some(Self::Excused),
            (MarkKept::Missing, _) => Some(Self::Missing),
            (MarkKept::NotEntered, _) => Some(Self::NotEntered),
        }
    }
}

/// Reads a decimal of at most four places, 0 or more, into ten-thousandths.
pub fn parse_decimal(text: &str) -> Result<i64, BadMark> {
    ::analytics::parse_decimal(text).map_err(|bad| match bad {
        BadDecimal::NotANumber => BadMark::NotANumber,
        BadDecimal::Negative => BadMark::Negative,
        BadDecimal::TooManyDecimals => BadMark::TooManyDecimals,
        BadDecimal::TooLong => BadMark::TooLong,
    })
}

/// Writes ten-thousandths as a decimal without trailing zeros.
pub fn format_decimal(value: i64) -> String {
    let (whole, fraction) = (value / SCALE, (value % SCALE).abs());
    if fraction == 0 {
        return whole.to_string();
    }
    let sign = if value < 0 && whole == 0 { "-" } else { "" };
    format!("{sign}{whole}.{fraction:04}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TWENTY: i64 = 20 * SCALE;

    #[test]
    fn reads_what_teachers_type() {
        for (text, value) in [
            ("13,75", 137_500),
            (" 13.75 ", 137_500),
            ("0", 0),
            ("20", TWENTY),
            (".5", 5_000),
            ("5.", 50_000),
            ("0.0001", 1),
            ("007", 70_000),
            ("१३.५", 135_000),
            ("١٣٫٥", 135_000),
            ("۱۳٫۵", 135_000),
            ("１３．５", 135_000),
            ("\u{200f}১৩.৫\u{3000}", 135_000),
        ] {
            assert_eq!(Mark::parse(text, TWENTY), Ok(Mark::Marked(value)), "{text}");
        }
        for text in ["ex", "E", "Excused"] {
            assert_eq!(Mark::parse(text, TWENTY), Ok(Mark::Excused), "{text}");
        }
        for text in ["m", "M", "-", "–"] {
            assert_eq!(Mark::parse(text, TWENTY), Ok(Mark::Missing), "{text}");
        }
        assert_eq!(Mark::parse("  \u{a0}", TWENTY), Ok(Mark::NotEntered));
    }

    #[test]
    fn refuses_what_is_no_mark() {
        for (text, expected) in [
            ("1e999", BadMark::NotANumber),
            ("nan", BadMark::NotANumber),
            ("inf", BadMark::NotANumber),
            ("+5", BadMark::NotANumber),
            ("1.2.3", BadMark::NotANumber),
            ("1,234.5", BadMark::NotANumber),
            ("12/20", BadMark::NotANumber),
            ("=SUM(A1)", BadMark::NotANumber),
            (".", BadMark::NotANumber),
            ("--5", BadMark::NotANumber),
            ("-1", BadMark::Negative),
            ("−0.5", BadMark::Negative),
            ("13.75001", BadMark::TooManyDecimals),
            ("20.0001", BadMark::AboveMaximum(TWENTY)),
            ("99999999999999999999", BadMark::TooLong),
            ("9999999999999999", BadMark::TooLong),
            ("123456789012345678901", BadMark::TooLong),
        ] {
            assert_eq!(Mark::parse(text, TWENTY), Err(expected), "{text}");
        }
    }

    #[test]
    fn shows_no_trailing_zeros() {
        for (value, text) in [(137_500, "13.75"), (100_000, "10"), (1, "0.0001"), (0, "0"), (-5_000, "-0.5")] {
            assert_eq!(format_decimal(value), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(value in 0_i64..=LARGEST_MAXIMUM * SCALE) {
            let mark = Mark::Marked(value);
            prop_assert_eq!(Mark::parse(&mark.text(), LARGEST_MAXIMUM * SCALE), Ok(mark));
            let comma = mark.text().replace('.', ",");
            prop_assert_eq!(Mark::parse(&comma, LARGEST_MAXIMUM * SCALE), Ok(mark));
        }

        #[test]
        fn any_text_is_a_mark_within_bounds_or_refused(text in any::<String>()) {
            if let Ok(mark) = Mark::parse(&text, TWENTY) {
                prop_assert!(mark.value().is_none_or(|value| (0..=TWENTY).contains(&value)));
                prop_assert_eq!(Mark::parse(&mark.text(), TWENTY), Ok(mark));
            }
        }

        #[test]
        fn a_decimal_is_read_exactly(whole in 0_i64..1_000_000, fraction in 0_i64..10_000) {
            prop_assert_eq!(parse_decimal(&format!("{whole}.{fraction:04}")), Ok(whole * SCALE + fraction));
        }
    }
}
