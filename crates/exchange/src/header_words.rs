//! What the headers of lists mean: the words of `header_words.txt`, whatever their capitals, accents, spaces and signs.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::kind::ListKind;

const WORDS: &str = include_str!("header_words.txt");
/// Small words between others: "Nom de l'élève", "Name of the father".
const BETWEEN: &[&str] = &[
    "dela", "del", "des", "der", "die", "de", "du", "da", "do", "di", "of", "the", "l", "d", "s", "का", "की", "के", "の",
];
/// Which of several a header means.
const ORDINALS: &[(&str, &str)] =
    &[("primary", "1"), ("secondary", "2"), ("main", "1"), ("1st", "1"), ("2nd", "2"), ("3rd", "3")];

/// Whom a column is about, if not the student: `father`, `mother` or `guardian`, and which of them.
pub(crate) type Who = (&'static str, String);

/// What a header means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) field: &'static str,
    pub(crate) who: Option<Who>,
    /// The likelier word of a field has the lower rank.
    pub(crate) rank: usize,
}

struct Dictionary {
    /// Field and rank of each word.
    fields: HashMap<String, (&'static str, usize)>,
    /// Words for those who look after a student, the longest first.
    family: Vec<(String, &'static str)>,
    /// Words for the student, the longest first.
    student: Vec<String>,
    /// What only lists of another kind call so.
    kinds: HashMap<ListKind, OwnWords>,
}

/// The words of one kind of lists.
#[derive(Default)]
struct OwnWords {
    fields: HashMap<String, (&'static str, usize)>,
    /// Words for those whom the list is about, the longest first.
    whose: Vec<String>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let mut dictionary =
        Dictionary { fields: HashMap::new(), family: Vec::new(), student: Vec::new(), kinds: HashMap::new() };
    let mut kind = ListKind::Students;
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('@') {
            kind = ListKind::ALL.into_iter().find(|kind| kind.word() == name).unwrap_or_default();
        }
        let Some((field, words)) = line.split_once(": ") else { continue };
        for (rank, word) in words.split("; ").map(key).enumerate() {
            match field {
                _ if kind != ListKind::Students => dictionary.kinds.entry(kind).or_default().add(field, word, rank),
                "father" | "mother" | "guardian" => dictionary.family.push((word, field)),
                "student" => dictionary.student.push(word),
                _ => drop(dictionary.fields.entry(word).or_insert((field, rank))),
            }
        }
    }
    dictionary.family.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    dictionary.student.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for own in dictionary.kinds.values_mut() {
        own.whose.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
    dictionary
});

impl OwnWords {
    fn add(&mut self, field: &'static str, word: String, rank: usize) {
        match field {
            "whose" => self.whose.push(word),
            _ => drop(self.fields.entry(word).or_insert((field, rank))),
        }
    }
}

/// What a header means in a list of a kind; `None` where nothing is known of it, or such a list has no such column.
pub(crate) fn word_of(kind: ListKind, header: &str) -> Option<Word> {
    if kind == ListKind::Students {
        return field_of(header);
    }
    let own = own_word(kind, header).or_else(|| {
        let word = field_of(header)?;
        let field = match (kind, word.who.is_some(), word.field) {
            (ListKind::Guardians, true, field) | (ListKind::Guardians, false, field @ ("email" | "phone")) => {
                guardians_field(field)?
            }
            (_, true, _) => return None,
            (_, false, field) => field,
        };
        kind.fields().contains(&field).then_some(Word { field, who: None, rank: word.rank })
    });
    own.or_else(|| borrowed(kind, header))
}

/// What results call as courses do.
fn borrowed(kind: ListKind, header: &str) -> Option<Word> {
    let word = own_word(ListKind::Courses, header).filter(|_| kind == ListKind::Marks)?;
    kind.fields().contains(&word.field).then_some(word)
}

/// What only lists of this kind call so.
pub(crate) fn own_word(kind: ListKind, header: &str) -> Option<Word> {
    let own = DICTIONARY.kinds.get(&kind).filter(|_| header.chars().count() <= 80)?;
    let bare = without_brackets(header);
    let direct = |text: &str| {
        let (field, rank) = *own.fields.get(&key(text))?;
        Some(Word { field, who: None, rank })
    };
    let about = |text: &str| {
        let key = key(text);
        own.whose.iter().filter_map(|word| beside(&key, word)).filter(|rest| !rest.is_empty()).find_map(|rest| {
            let (field, rank) = own.fields.get(rest).or_else(|| DICTIONARY.fields.get(rest)).copied()?;
            kind.fields().contains(&field).then_some(Word { field, who: None, rank: rank + 1_000 })
        })
    };
    let parts = || bare.split(['/', '|']).chain(spaced(&bare));
    direct(&bare).or_else(|| direct(header)).or_else(|| about(&bare)).or_else(|| parts().find_map(direct))
}

/// What a header means in any list.
pub(crate) fn any_word(header: &str) -> Option<Word> {
    field_of(header).or_else(|| ListKind::ALL.into_iter().find_map(|kind| own_word(kind, header)))
}

/// Whether a header names the student: `Student`, `Student's number`.
pub(crate) fn names_student(header: &str) -> bool {
    let key = key(&without_brackets(header));
    DICTIONARY.student.iter().any(|word| beside(&key, word).is_some())
}

/// What is said of somebody who looks after a student, in a list of such people.
fn guardians_field(field: &str) -> Option<&'static str> {
    Some(match field {
        "full_name" => "guardian_name",
        "given" => "guardian_given",
        "family" => "guardian_family",
        "relation" => "guardian_relation",
        "phone" => "guardian_phone",
        "email" => "guardian_email",
        _ => return None,
    })
}

/// What a header means; `None` where nothing is known of it.
pub(crate) fn field_of(header: &str) -> Option<Word> {
    if header.chars().count() > 80 {
        return None;
    }
    let bare = without_brackets(header);
    let parts = || bare.split(['/', '|']).chain(spaced(&bare));
    let direct = |text: &str| plain(&key(text));
    direct(&bare)
        .or_else(|| direct(header))
        .or_else(|| family(&key(header)))
        .or_else(|| family(&key(&bare)))
        .or_else(|| students(&key(&bare)))
        .or_else(|| parts().find_map(|part| direct(part).or_else(|| family(&key(part)))))
}

/// Two words of different scripts beside each other are one header in two languages: 氏名 Name.
fn spaced(header: &str) -> impl Iterator<Item = &str> {
    let both = header.chars().any(|c| c.is_ascii_alphabetic()) && header.chars().any(|c| u32::from(c) >= 0x370);
    header.split(' ').filter(move |_| both)
}

fn plain(key: &str) -> Option<Word> {
    let (field, rank) = *DICTIONARY.fields.get(key)?;
    // A relation is somebody's, and in a list of students a guardian's.
    let who = (field == "relation").then(|| ("guardian", String::new()));
    Some(Word { field, who, rank })
}

/// `Father's mobile`, `Parent 2 First Name`, 保護者氏名: one of the fields, of somebody who looks after the student.
fn family(key: &str) -> Option<Word> {
    let mut key = key.to_owned();
    for (word, number) in ORDINALS {
        if let Some(place) = key.find(word) {
            key.replace_range(place..place + word.len(), number);
        }
    }
    let number: String = key.chars().filter(char::is_ascii_digit).collect();
    let key: String = key.chars().filter(|c| !c.is_ascii_digit()).collect();
    let contact = !number.is_empty() && number.len() == 1;
    let numbered = contact.then_some(("contact".to_owned(), "guardian"));
    for (word, who) in DICTIONARY.family.iter().chain(&numbered) {
        let Some(rest) = beside(&key, word) else { continue };
        let found = if rest.is_empty() { Some(("full_name", 0)) } else { DICTIONARY.fields.get(rest).copied() };
        if let Some((field, rank)) = found {
            return Some(Word { field, who: Some((who, number)), rank: rank + 1_000 });
        }
    }
    None
}

/// `Student's first name`, `Geburtsdatum des Schülers`.
fn students(key: &str) -> Option<Word> {
    DICTIONARY.student.iter().filter_map(|word| beside(key, word)).filter(|rest| !rest.is_empty()).find_map(|rest| {
        let word = plain(rest)?;
        Some(Word { rank: word.rank + 1_000, ..word })
    })
}

/// What is left of a key that begins or ends with a word.
fn beside<'k>(key: &'k str, word: &str) -> Option<&'k str> {
    let mut rest = key.strip_prefix(word).or_else(|| key.strip_suffix(word))?;
    while let Some(shorter) = BETWEEN.iter().find_map(|small| {
        let known = DICTIONARY.fields.contains_key(rest);
        rest.strip_prefix(small).or_else(|| rest.strip_suffix(small)).filter(|_| !known)
    }) {
        rest = shorter;
    }
    Some(rest)
}

/// Small letters and digits only, without the accents of Latin letters.
fn key(text: &str) -> String {
    let accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let letter = |c: &char| c.is_alphanumeric() || is_combining_mark(*c);
    text.nfkd().filter(|c| letter(c) && !accent(c)).flat_map(char::to_lowercase).collect::<String>().nfc().collect()
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in header.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.chars().any(char::is_alphanumeric) { out } else { header.to_owned() }
}
