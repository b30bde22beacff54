//! Divides a whole name into given and family name. People write both orders; what the name itself says (a comma, capitals,
//! a particle, a script) comes first, then the order that the person or the column's header says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::header_words::field_of;

/// How the names of a column are written where nothing in a name itself tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FullNameOrder {
    /// `Ann Lee`: the last word is the family name.
    #[default]
    #[serde(alias = "givenFirst")]
    GivenFirst,
    /// `Lee Ann`: the first word is the family name.
    #[serde(alias = "familyFirst")]
    FamilyFirst,
    /// `María García López`: the last two words are the family name.
    #[serde(alias = "givenFirstTwoFamilyNames")]
    GivenFirstTwoFamilyNames,
    /// `García López María`: the first two words are the family name.
    #[serde(alias = "familyFirstTwoFamilyNames")]
    FamilyFirstTwoFamilyNames,
}

/// Small words that belong to the family name behind them, as they are written there: in small letters.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zur", "zum", "de", "del", "della", "delle", "dello", "dei", "degli", "di", "da", "dal",
    "das", "do", "dos", "den", "der", "des", "du", "la", "las", "le", "los", "el", "al", "af", "av", "bin", "ibn",
    "bint", "ben", "ter", "ten", "te", "op", "in", "'t", "y", "e", "i", "und", "zu",
];

/// The order that a header names, as in `Surname and first name` or `Apellidos y nombres`.
pub(crate) fn order_of_header(header: &str) -> Option<FullNameOrder> {
    // ФИО: family name, given name, father's name; in Hungary too the family name comes first.
    let whole = header.to_lowercase().replace(['.', ' '], "");
    if ["фио", "піб", "név", "teljesnév"].contains(&whole.as_str()) {
        return Some(FullNameOrder::FamilyFirst);
    }
    let words: Vec<&str> = header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let place = |fields: &[&str]| {
        words
            .iter()
            .position(|word| field_of(word).is_some_and(|found| found.who.is_none() && fields.contains(&found.field)))
    };
    let given = place(&["given"])?;
    // In German and Dutch `Name` beside `Vorname` is the family name.
    let family = place(&["family"]).or_else(|| place(&["full_name"]))?;
    if given < family {
        return Some(FullNameOrder::GivenFirst);
    }
    let two = words.get(family).is_some_and(|word| word.eq_ignore_ascii_case("apellidos"));
    Some(if two { FullNameOrder::FamilyFirstTwoFamilyNames } else { FullNameOrder::FamilyFirst })
}

/// Given and family name. A single word is a given name.
pub(crate) fn divide(full: &str, order: FullNameOrder) -> (String, String) {
    if let Some((family, given)) = full.split_once([',', '，', '、']) {
        return (join(&words(given)), join(&words(family)));
    }
    let words = words(full);
    if words.len() < 2 {
        return (join(&words), String::new());
    }
    if let Some(found) = by_capitals(&words) {
        return found;
    }
    // East Asian names written in their own script begin with the family name.
    let order = if words.iter().all(|word| word.chars().all(east_asian)) { FullNameOrder::FamilyFirst } else { order };
    let two = matches!(order, FullNameOrder::GivenFirstTwoFamilyNames | FullNameOrder::FamilyFirstTwoFamilyNames);
    let wanted = if two && words.len() > 2 { 2 } else { 1 };
    match order {
        FullNameOrder::GivenFirst | FullNameOrder::GivenFirstTwoFamilyNames => {
            let mut at = words.len();
            for _ in 0..wanted {
                at = last_family_word(&words, at);
            }
            (join(words.get(..at).unwrap_or_default()), join(words.get(at..).unwrap_or_default()))
        }
        FullNameOrder::FamilyFirst | FullNameOrder::FamilyFirstTwoFamilyNames => {
            let mut at = 0;
            for _ in 0..wanted {
                at = first_family_word(&words, at);
            }
            (join(words.get(at..).unwrap_or_default()), join(words.get(..at).unwrap_or_default()))
        }
    }
}

/// Where the family name begins that ends before `end`; one word at least is left for the given name.
fn last_family_word(words: &[&str], end: usize) -> usize {
    let mut at = end.saturating_sub(1).max(1);
    while at > 1 && words.get(at - 1).is_some_and(|word| PARTICLES.contains(word)) {
        at -= 1;
    }
    at
}

/// Where the family name ends that begins at `start`; one word at least is left for the given name.
fn first_family_word(words: &[&str], start: usize) -> usize {
    let mut at = start;
    while at + 2 < words.len() && words.get(at).is_some_and(|word| PARTICLES.contains(&word.to_lowercase().as_str())) {
        at += 1;
    }
    (at + 1).min(words.len() - 1)
}

/// `DUPONT Jean`, `Jean DUPONT`: where some words are in capitals and some are not, those are the family name.
fn by_capitals(words: &[&str]) -> Option<(String, String)> {
    let capitals = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && word.chars().all(|c| !c.is_lowercase())
            && word.chars().any(char::is_uppercase)
            && !word.ends_with('.')
    };
    let first = words.iter().take_while(|word| capitals(word)).count();
    let last = words.iter().rev().take_while(|word| capitals(word)).count();
    let all = words.iter().filter(|word| capitals(word)).count();
    let (given, family) = match (first, last) {
        (n, 0) if n > 0 && n == all => (words.get(n..)?, words.get(..n)?),
        (0, n) if n > 0 && n == all => words.split_at(words.len() - n),
        _ => return None,
    };
    // Initials (`JR Ewing`) are in capitals too, and say nothing.
    family.iter().any(|word| word.chars().count() > 2).then(|| (join(given), join(family)))
}

fn east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '々' | '〆')
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn join(words: &[&str]) -> String {
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given_first(name: &str) -> (String, String) {
        divide(name, FullNameOrder::GivenFirst)
    }

    fn pair(given: &str, family: &str) -> (String, String) {
        (given.to_owned(), family.to_owned())
    }

    #[test]
    fn a_header_may_say_the_order() {
        for (header, order) in [
            ("Surname and first name", Some(FullNameOrder::FamilyFirst)),
            ("Nom et prénom", Some(FullNameOrder::FamilyFirst)),
            ("Name, Vorname", Some(FullNameOrder::FamilyFirst)),
            ("Apellidos y nombres", Some(FullNameOrder::FamilyFirstTwoFamilyNames)),
            ("Họ và tên", Some(FullNameOrder::FamilyFirst)),
            ("Ф.И.О.", Some(FullNameOrder::FamilyFirst)),
            ("Prénom et nom", Some(FullNameOrder::GivenFirst)),
            ("Full name", None),
        ] {
            assert_eq!(order_of_header(header), order, "{header}");
        }
    }

    #[test]
    fn a_comma_decides() {
        assert_eq!(given_first("de la Cruz, Ana"), pair("Ana", "de la Cruz"));
        assert_eq!(divide("Lee,  Ann Mary", FullNameOrder::FamilyFirst), pair("Ann Mary", "Lee"));
    }

    #[test]
    fn particles_stay_with_the_family_name() {
        assert_eq!(given_first("Ludwig van der Berg"), pair("Ludwig", "van der Berg"));
        assert_eq!(given_first("Juan de la Cruz"), pair("Juan", "de la Cruz"));
        assert_eq!(divide("van der Berg Ludwig", FullNameOrder::FamilyFirst), pair("Ludwig", "van der Berg"));
        assert_eq!(given_first("Van Nguyen"), pair("Van", "Nguyen"));
    }

    #[test]
    fn capitals_are_the_family_name() {
        assert_eq!(given_first("DUPONT Jean Marc"), pair("Jean Marc", "DUPONT"));
        assert_eq!(divide("Jean DUPONT DURAND", FullNameOrder::FamilyFirst), pair("Jean", "DUPONT DURAND"));
        assert_eq!(given_first("JEAN DUPONT"), pair("JEAN", "DUPONT"));
        assert_eq!(given_first("JR Ewing"), pair("JR", "Ewing"));
    }

    #[test]
    fn the_order_is_said_or_lies_in_the_script() {
        assert_eq!(divide("Nguyễn Thị Hoa", FullNameOrder::FamilyFirst), pair("Thị Hoa", "Nguyễn"));
        assert_eq!(
            divide("María García López", FullNameOrder::GivenFirstTwoFamilyNames),
            pair("María", "García López")
        );
        assert_eq!(
            divide("García López María José", FullNameOrder::FamilyFirstTwoFamilyNames),
            pair("María José", "García López")
        );
        assert_eq!(divide("Ana López", FullNameOrder::GivenFirstTwoFamilyNames), pair("Ana", "López"));
        assert_eq!(given_first("María García López"), pair("María García", "López"));
        assert_eq!(given_first("山田 太郎"), pair("太郎", "山田"));
        assert_eq!(given_first("김 민준"), pair("민준", "김"));
        assert_eq!(given_first("王小明"), pair("王小明", ""));
        assert_eq!(given_first("マイケル ジョーンズ"), pair("マイケル", "ジョーンズ"));
    }
}
