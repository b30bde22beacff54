//! Text as it is compared to tell whether two rows mean the same student, class or number.

use unicode_normalization::UnicodeNormalization;

/// Characters that nobody sees: marks of direction, spaces and joiners of no width, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// What two texts share that mean the same number or title: compatibility form, small letters, digits of any script as
/// 0 to 9, one space where there are several; without what nobody sees. Accents and leading zeros count.
pub fn same_key(text: &str) -> String {
    let folded: String = text.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).map(digit).collect();
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key.nfc().collect()
}

/// The first digits of the scripts that count by tens and that schools write numbers in.
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
];

/// A digit of any script as 0 to 9; other characters as they are.
fn digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_makes_no_difference() {
        assert_eq!(same_key("\u{202a}1001\u{202c}"), "1001");
        assert_eq!(same_key(" 7B\u{200b}\u{200e} "), same_key("7b"));
        assert_eq!(same_key("7\u{a0}\u{a0}B"), same_key("７ Ｂ"));
        assert_eq!(same_key("علی\u{200c}رضا"), same_key("علیرضا"));
    }

    #[test]
    fn digits_of_any_script_are_the_same_number() {
        for number in ["١٠٠١", "۱۰۰۱", "१००१", "১০০১", "１００１", "๑๐๐๑"] {
            assert_eq!(same_key(number), "1001", "{number}");
        }
    }

    #[test]
    fn accents_and_leading_zeros_count() {
        assert_ne!(same_key("7Ä"), same_key("7A"));
        assert_ne!(same_key("0123"), same_key("123"));
    }
}
