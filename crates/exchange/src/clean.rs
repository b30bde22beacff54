//! Cells without what nobody sees: characters without a shape, spaces of other kinds, line breaks, and the digits of other scripts.

use std::borrow::Cow;

/// The zero of each script that counts by tens and that schools write numbers in; the nine others follow it.
const ZEROS: &[char] = &[
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a9d0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{11066}',
    '\u{1e950}',
    '\u{ff10}',
];

/// A cell on one line, without characters that have no shape, with single spaces and none at its ends.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Excel is told so to keep the zeros of a number: ="00123".
    if let Some(inside) = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'))
        && !inside.contains('"')
    {
        return cell(inside);
    }
    if !text.contains("  ") && text.chars().all(|c| c == ' ' || !(c.is_whitespace() || shapeless(c))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !shapeless(c) || (joiner(c) && joins(before) && letters.peek().is_some_and(|next| joins(*next))) {
            out.push(c);
        }
        before = c;
    }
    Cow::Owned(out.trim().to_owned())
}

/// Whether cleaning takes more from a cell than spaces.
pub(crate) fn is_dirty(text: &str) -> bool {
    text.trim().chars().any(|c| shapeless(c) || (c.is_whitespace() && c.is_control()))
}

/// A whole number without the point and the zero that databases and programs put behind it: 1001.0.
pub(crate) fn whole(text: &str) -> &str {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) { digits } else { text }
}

/// Whether a cell says that there is nothing, as people, databases and programs write it.
pub(crate) fn is_nothing(text: &str) -> bool {
    let nothing = ["-", "--", "–", "—", "n/a", "n.a.", "null", "nan", "nat", "none", "nil", "(null)", "<na>"];
    nothing.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Digits of other scripts, and full-width signs, as they are written in ASCII. For numbers, dates and telephone numbers.
pub(crate) fn western(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{66b}' => '.',
        _ => digit(c).unwrap_or(c),
    };
    Cow::Owned(text.chars().map(plain).collect())
}

/// A digit of another script as 0 to 9.
pub(crate) fn digit(c: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

/// Zero-width spaces and joiners, marks of direction, soft hyphens, byte order marks.
pub(crate) fn shapeless(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// Zero-width joiner and non-joiner, which change letters in Persian, Hindi and others.
fn joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn joins(c: char) -> bool {
    c >= '\u{600}' && !c.is_whitespace() && !shapeless(c) && digit(c).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unseen_is_left() {
        assert_eq!(cell("\u{feff}\u{202a}1001\u{202c}\u{a0}"), "1001");
        assert_eq!(cell("7B\u{200b}"), "7B");
        assert_eq!(cell(" Ann\u{a0}\u{a0}Mary\r\nLee\t"), "Ann Mary Lee");
        assert_eq!(cell("Mül\u{ad}ler"), "Müller");
        assert_eq!(cell("=\"00123\""), "00123");
        assert_eq!((whole("1001.0"), whole("10.5"), whole("7.0B"), whole(".0")), ("1001", "10.5", "7.0B", ".0"));
        assert!(matches!(cell("Zoë Müller"), Cow::Borrowed(_)));
        assert!(is_dirty("Ann\nLee") && is_dirty("7B\u{200b}") && !is_dirty("Ann\u{a0}Lee "));
    }

    #[test]
    fn joiners_stay_where_they_shape_letters() {
        assert_eq!(cell("علی\u{200c}رضا"), "علی\u{200c}رضا");
        assert_eq!(cell("क्\u{200d}ष\u{200d}"), "क्\u{200d}ष");
        assert_eq!(cell("An\u{200d}n"), "Ann");
    }

    #[test]
    fn digits_of_other_scripts_are_digits() {
        for text in ["１００１", "١٠٠١", "۱۰۰۱", "१००१", "১০০১", "๑๐๐๑"] {
            assert_eq!(western(text), "1001");
        }
        assert_eq!(western("＋９１ ７Ｂ‐２"), "+91 7B-2");
        assert_eq!(western("Zoë"), "Zoë");
    }
}
