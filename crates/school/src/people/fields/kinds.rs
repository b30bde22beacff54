//! What a field can hold, each kind in one form: a number as its shortest exact decimal, a date as ISO 8601 writes it.

use chrono::NaiveDate;
use store::entities::{FieldKind, custom_fields};
use words::refusals;

use crate::error::Invalid;
use crate::people::spelling::plain_digits;

/// The longest choice, in characters.
pub(super) const LONGEST_CHOICE: usize = 60;
/// The longest text, in characters.
const LONGEST_TEXT: usize = 1_000;
/// Digits of a number before the point and behind it.
const DIGITS: (usize, usize) = (15, 6);
/// A yes and a no, as they are stored.
const YES_NO: [&str; 2] = ["yes", "no"];

/// Checks a value and gives it the form in which it is kept; none where nothing is given.
pub(crate) fn checked(
    invalid: &mut Invalid,
    place: &str,
    field: &custom_fields::Model,
    value: Option<&str>,
) -> Option<String> {
    let value = value.map(str::trim).filter(|value| !value.is_empty())?;
    let kept = match field.kind {
        FieldKind::Text => return invalid.optional(place, Some(value), LONGEST_TEXT),
        FieldKind::Number => number(value),
        FieldKind::Date => date(value),
        FieldKind::Choice => field.choices.0.iter().find(|choice| *choice == value).cloned(),
        FieldKind::YesNo => YES_NO.contains(&value).then(|| value.to_owned()),
    };
    if kept.is_none() {
        let (code, message) = match field.kind {
            FieldKind::Number => ("not_a_number", refusals::people::not_a_number()),
            FieldKind::Date => ("no_day", refusals::people::no_day()),
            FieldKind::Text | FieldKind::Choice | FieldKind::YesNo => ("no_choice", refusals::people::no_choice()),
        };
        invalid.push(place, code, message);
    }
    kept
}

/// A decimal without an exponent, in whatever digits it is written. A comma is refused: nobody knows whether it parts
/// thousands or the decimals.
fn number(text: &str) -> Option<String> {
    let text = plain_digits(text).replace('\u{2212}', "-");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(decimals) {
        return None;
    }
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    if whole.len() > DIGITS.0 || decimals.len() > DIGITS.1 {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match (decimals, whole) {
        ("", "0") => "0".to_owned(),
        ("", whole) => format!("{sign}{whole}"),
        (decimals, whole) => format!("{sign}{whole}.{decimals}"),
    })
}

fn date(text: &str) -> Option<String> {
    let written = text.len() == 10 && text.is_ascii();
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| written)?;
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form_and_nothing_is_guessed() {
        for (typed, kept) in [
            ("12.50", Some("12.5")),
            ("007", Some("7")),
            ("-0", Some("0")),
            ("\u{2212}3.10", Some("-3.1")),
            ("0.000001", Some("0.000001")),
            ("٤٢", Some("42")),
            ("123456789012345", Some("123456789012345")),
            ("1,5", None),
            ("1 000", None),
            ("1e3", None),
            (".5", None),
            ("5.", None),
            ("--5", None),
            ("NaN", None),
            ("1234567890123456", None),
            ("0.0000001", None),
        ] {
            assert_eq!(number(typed).as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for (typed, kept) in [
            ("2026-10-31", Some("2026-10-31")),
            ("2028-02-29", Some("2028-02-29")),
            ("2026-02-31", None),
            ("2026-2-3", None),
            ("31.10.2026", None),
            ("+2026-10-31", None),
        ] {
            assert_eq!(date(typed).as_deref(), kept, "{typed}");
        }
    }
}
