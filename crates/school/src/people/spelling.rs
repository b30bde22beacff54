//! Other ways to write what somebody typed into a search: umlauts in two letters, names run together, a letter wrong.

use ::analytics::digit;
use store::words_in_order;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A shorter word is looked for as it is.
const SHORTEST_SPELLED: usize = 4;
/// A word with fewer letters has too many neighbours to be a slip of the finger.
const SHORTEST_WRONG: usize = 3;
/// A longer word is looked for as it is.
const LONGEST_TAKEN_APART: usize = 24;
/// A word with fewer letters is not taken apart into three.
const SHORTEST_IN_THREE: usize = 6;

/// A word as it was typed, folded, and as it might be written else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub word: String,
    /// Beginnings of stored words; not the word itself.
    pub others: Vec<String>,
    /// Parts that may be words of one person: all but the last are whole.
    pub apart: Vec<Vec<String>>,
}

impl Typed {
    /// A word that is looked for as it is.
    pub fn plain(word: String) -> Self {
        Self { word, others: Vec::new(), apart: Vec::new() }
    }
}

/// The words of a text with their other spellings, in their order.
pub fn spelled(text: &str) -> Vec<Typed> {
    let composed: String = text.nfc().collect();
    let words = words_in_order(&composed);
    let long = words_in_order(&in_two_letters(&composed));
    words
        .into_iter()
        .enumerate()
        .map(|(place, word)| {
            let mut others = Vec::new();
            let candidates = [long.get(place).cloned(), in_one_letter(&word), Some(plain_digits(&word))];
            for other in candidates.into_iter().flatten() {
                if other != word && !others.contains(&other) {
                    others.push(other);
                }
            }
            Typed { apart: in_two(&word), word, others }
        })
        .collect()
}

/// The digits of any script as those of the Latin one, in which numbers are kept.
pub fn plain_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).map_or(c, |digit| char::from(b'0' + digit))).collect()
}

/// "Müller" as "Mueller", which is how machines without umlauts write it.
fn in_two_letters(text: &str) -> String {
    let letter = |c: char| match c {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae".to_owned(),
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => "oe".to_owned(),
        'ü' | 'Ü' => "ue".to_owned(),
        'å' | 'Å' => "aa".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(letter).collect()
}

/// "mueller" as "muller", which is how "Müller" is folded.
fn in_one_letter(word: &str) -> Option<String> {
    let short = word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a");
    (word.chars().count() >= SHORTEST_SPELLED && short.chars().count() + 1 >= SHORTEST_SPELLED).then_some(short)
}

/// A word cut into two that may be words of their own, as `王小明` or `obrien`.
pub fn in_two(word: &str) -> Vec<Vec<String>> {
    let ways = cuts(word).into_iter().map(|at| vec![word[..at].to_owned(), word[at..].to_owned()]);
    ways.filter(|parts| tells_enough(parts)).collect()
}

/// As [`in_two`], in three: `vanderberg`.
pub fn in_three(word: &str) -> Vec<Vec<String>> {
    let cuts = cuts(word);
    if cuts.len() + 1 < SHORTEST_IN_THREE {
        return Vec::new();
    }
    let second = |&first: &usize| cuts.iter().filter(move |&&at| at > first).map(move |&at| (first, at));
    let ways =
        cuts.iter().flat_map(second).map(|(a, b)| [&word[..a], &word[a..b], &word[b..]].map(str::to_owned).to_vec());
    ways.filter(|parts| tells_enough(parts)).collect()
}

/// Whether one of the parts is long enough to be looked up: a letter of an alphabet begins half of all names, a sign of
/// an East Asian script is a name.
fn tells_enough(parts: &[String]) -> bool {
    const SHORTEST: usize = 3;
    let east_asian = |part: &String| part.starts_with(|c: char| c >= '\u{2e80}');
    parts.iter().any(|part| east_asian(part) || part.chars().count() >= SHORTEST)
}

/// Where a word can be cut: before each letter but the first. Nowhere in numbers and in what is too long to be names.
fn cuts(word: &str) -> Vec<usize> {
    let letters = word.chars().all(|c| c.is_alphabetic() || is_combining_mark(c));
    if !letters || word.chars().count() > LONGEST_TAKEN_APART {
        return Vec::new();
    }
    word.char_indices().skip(1).filter(|(_, c)| !is_combining_mark(*c)).map(|(at, _)| at).collect()
}

/// All words that are one slip away: a letter too many, too few, another one, or two in the wrong order (Damerau, 1964).
/// Empty for numbers, for short words and for scripts whose letters are too many to try.
pub fn one_letter_off(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let alphabet = alphabet(&letters);
    if letters.len() < SHORTEST_WRONG || letters.len() > LONGEST_TAKEN_APART || alphabet.is_empty() {
        return Vec::new();
    }
    let with =
        |before: &[char], between: &[char], after: &[char]| [before, between, after].concat().into_iter().collect();
    let mut words: Vec<String> = Vec::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        words.extend(alphabet.iter().map(|letter| with(before, &[*letter], after)));
        if let [first, rest @ ..] = after {
            words.push(with(before, &[], rest));
            words.extend(alphabet.iter().map(|letter| with(before, &[*letter], rest)));
            if let [second, rest @ ..] = rest {
                words.push(with(before, &[*second, *first], rest));
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words.retain(|other| other != word);
    words
}

/// The letters of the script that a word is written in; none where the word has other signs, or the script is one of
/// syllables or ideographs.
fn alphabet(letters: &[char]) -> Vec<char> {
    let Some(&first) = letters.first() else { return Vec::new() };
    let letter = |c: char| (c.is_alphabetic() || is_combining_mark(c)) && !c.is_uppercase();
    if !letters.iter().all(|c| letter(*c)) {
        return Vec::new();
    }
    if first.is_ascii() {
        return ('a'..='z').collect();
    }
    // Alphabets and abugidas lie within a block of 128 signs each, from Greek to Khmer and Mongolian.
    let block = u32::from(first) & !0x7f;
    if !(0x370..0x1900).contains(&block) || (0x1100..0x1400).contains(&block) {
        return Vec::new();
    }
    (block..block + 0x80).filter_map(char::from_u32).filter(|c| letter(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(text: &str) -> Vec<Vec<String>> {
        spelled(text).into_iter().map(|typed| typed.others).collect()
    }

    #[test]
    fn umlauts_are_one_letter_or_two() {
        assert_eq!(others("Mueller"), [["muller"]]);
        assert_eq!(others("Mu\u{308}ller"), [["mueller"]]);
        assert_eq!(others("Søren Ålborg"), [["soeren"], ["aalborg"]]);
        assert_eq!(others("sue 1003"), [[""; 0], [""; 0]]);
        assert_eq!(others("१००३"), [["1003"]]);
        assert_eq!(
            spelled("O'Brien, Ann").iter().map(|typed| typed.word.as_str()).collect::<Vec<_>>(),
            ["o", "brien", "ann"]
        );
    }

    #[test]
    fn names_run_together_are_cut_between_letters() {
        assert_eq!(in_two("王小明"), [["王", "小明"], ["王小", "明"]]);
        assert_eq!(in_two("王明"), [["王", "明"]]);
        assert!(in_two("obrien").contains(&["o", "brien"].map(str::to_owned).to_vec()));
        assert!(in_three("vanderberg").contains(&["van", "der", "berg"].map(str::to_owned).to_vec()));
        assert!(in_two("1003").is_empty() && in_two("anna").len() == 2);
        // A vowel sign stays with its letter.
        assert_eq!(in_two("आरवी"), [["आ", "रवी"]]);
    }

    #[test]
    fn one_slip_in_any_alphabet() {
        for (typed, meant) in [
            ("jhon", "john"),
            ("okonkvo", "okonkwo"),
            ("smth", "smith"),
            ("smiith", "smith"),
            ("иваноф", "иванов"),
            ("παπαδοπουλοσ", "παπαδοπουλος"),
            ("محمت", "محمد"),
            ("आरक", "आरव"),
            ("გიორკი", "გიორგი"),
        ] {
            assert!(one_letter_off(typed).contains(&meant.to_owned()), "{typed}");
        }
        for none in ["jo", "1003", "王小明", "7a1"] {
            assert!(one_letter_off(none).is_empty(), "{none}");
        }
    }
}
