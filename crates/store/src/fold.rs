//! Text as it is compared in a search: case and accents ignored, in any script.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds text: compatibility decomposition, marks of Latin, Greek, Cyrillic, Hebrew and Arabic dropped, lower case.
///
/// Marks of Indic and other scripts carry vowels and stay.
pub fn fold(text: &str) -> String {
    let lowered: String = text.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).collect();
    lowered
        .chars()
        .map(plain_letter)
        .flat_map(|(first, second)| [Some(first), second].into_iter().flatten())
        .nfc()
        .collect()
}

fn is_accent(c: char) -> bool {
    let outside_indic = matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}');
    (outside_indic && (is_combining_mark(c) || c == '\u{640}'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Letters that have no decomposition and are yet typed without their stroke.
fn plain_letter(c: char) -> (char, Option<char>) {
    match c {
        'ł' => ('l', None),
        'ø' => ('o', None),
        'đ' | 'ð' => ('d', None),
        'ħ' => ('h', None),
        'ı' => ('i', None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ى' => ('ي', None),
        'ة' => ('ه', None),
        other => (other, None),
    }
}

/// The words by which something is found: folded, split at whatever is no letter, digit or mark, each once.
pub fn search_terms(text: &str) -> Vec<String> {
    let mut words = words_in_order(text);
    words.sort();
    words.dedup();
    words
}

/// As [`search_terms`], in their order and as often as they stand there.
pub fn words_in_order(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c)))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(64).collect())
        .collect()
}

/// What lists of titles are sorted by, as people count: "2B" before "10A". Each number becomes the count of its digits (two
/// digits) and the digits without leading zeros; the rest is folded.
pub fn sort_title(title: &str) -> String {
    let mut key = String::with_capacity(title.len() + 4);
    let folded = fold(title.trim());
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        key.push_str(&rest[..start]);
        let digits = &rest[start..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let number = digits[..end].trim_start_matches('0');
        key.push_str(&format!("{:02}{number}", number.len().min(99)));
        rest = &digits[end..];
    }
    key.push_str(rest);
    key
}

/// What lists are sorted by: folded family name, then folded given name.
pub fn sort_name(family: &str, given: &str) -> String {
    format!("{} {}", fold(family), fold(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_ignored_in_any_script() {
        assert_eq!(fold("Åsa ŻÓŁĆ"), "asa zolc");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("مُحَمَّد"), fold("محمد"));
        assert_eq!(fold("Ёлка"), fold("елка"));
        assert_eq!(search_terms("O'Neill-Smith, José"), ["jose", "neill", "o", "smith"]);
    }

    #[test]
    fn vowel_signs_of_devanagari_stay() {
        assert_ne!(fold("आरव"), fold("आरवी"));
        assert_eq!(search_terms("आरव शर्मा").len(), 2);
    }

    #[test]
    fn titles_are_sorted_as_people_count() {
        let mut titles = ["10A", "2B", "Year 11", "1", "02A", "Year 2", "2a", "Eins", "2 b", "11", "B2", "B10"];
        titles.sort_by_cached_key(|title| sort_title(title));
        assert_eq!(titles, ["1", "2 b", "02A", "2a", "2B", "10A", "11", "B2", "B10", "Eins", "Year 2", "Year 11"]);
        assert_eq!(sort_title("7B"), sort_title(" 7b"));
    }
}
