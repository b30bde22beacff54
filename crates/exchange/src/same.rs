//! Text as it is compared to tell whether two rows mean the same student, class or number.

use unicode_normalization::UnicodeNormalization;

use crate::clean::{digit, shapeless};

/// Characters that nobody sees, and signs that choose between two drawings of one character.
fn is_invisible(c: char) -> bool {
    shapeless(c) || matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// What two texts share that mean the same number or title: compatibility form, small letters, digits of any script as
/// 0 to 9, one space where there are several; without what nobody sees. Accents and leading zeros count.
pub fn same_key(text: &str) -> String {
    let folded: String =
        text.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).map(|c| digit(c).unwrap_or(c)).collect();
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key.nfc().collect()
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
