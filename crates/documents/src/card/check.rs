//! Finds what makes a card impossible, and which letters cannot be printed, before anything of it is
//! drawn.

use words::Message;
use words::faults::documents;

use crate::east_asia::is_east_asian;
use crate::page::Pages;
use crate::shape::clean;
use crate::values::{MAX_NAME, Problem, ProblemCode, ReportCard};

/// Everything that keeps `card` from being printed; empty if it can be.
pub(super) fn unprintable(card: &ReportCard) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut report = |code, message: Message| found.push(Problem::of(card, code, message, true));
    names(card, &mut report);
    numbers(card, &mut report);
    ranks(card, &mut report);
    found
}

fn names(card: &ReportCard, report: &mut impl FnMut(ProblemCode, Message)) {
    let native = card.student.name_native.as_deref().unwrap_or_default();
    let length = card.student.name.chars().count().max(native.chars().count());
    if length > MAX_NAME {
        return report(ProblemCode::NameTooLong, documents::name_too_long(length, MAX_NAME));
    }
    if !card.student.name.chars().any(char::is_alphanumeric) {
        report(ProblemCode::NameEmpty, documents::name_empty());
    }
}

/// The letters of `card` that no font has: of the names, and of everything else. The card is made
/// without them.
pub(super) fn undrawable(card: &ReportCard, pages: &mut Pages<'_>) -> Vec<Problem> {
    pages.rtl = card.rtl;
    let names = [card.student.name.as_str(), card.student.name_native.as_deref().unwrap_or_default()];
    let of_names = missing(names.into_iter(), pages);
    let of_texts = missing(card.texts(), pages);
    let mut east_asian: Vec<char> = Vec::new();
    for &letter in of_names.iter().chain(&of_texts).filter(|letter| is_east_asian(**letter)) {
        if pages.shaper.lacks_east_asian() && !east_asian.contains(&letter) {
            east_asian.push(letter);
        }
    }
    let other = |letters: Vec<char>| -> Vec<char> {
        letters.into_iter().filter(|letter| !east_asian.contains(letter)).collect()
    };
    let (of_names, of_texts) = (other(of_names), other(of_texts));
    let what = [
        (ProblemCode::NameUndrawable, documents::name_undrawable(list(&of_names)), of_names),
        (ProblemCode::TextUndrawable, documents::text_undrawable(list(&of_texts)), of_texts),
        (ProblemCode::EastAsianFontsMissing, documents::east_asian_fonts_missing(list(&east_asian)), east_asian),
    ];
    let found = what.into_iter().filter(|(.., letters)| !letters.is_empty());
    found.map(|(code, message, letters)| Problem { letters, ..Problem::of(card, code, message, false) }).collect()
}

/// The letters of some texts that no font has, each once.
pub(crate) fn missing<'t>(texts: impl Iterator<Item = &'t str>, pages: &mut Pages<'_>) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    for text in texts {
        for letter in pages.missing(text) {
            if !found.contains(&letter) {
                found.push(letter);
            }
        }
    }
    found
}

/// The name as it is printed: the student's number stands in for one of which no letter can be.
pub(super) fn shown_name(card: &ReportCard, pages: &mut Pages<'_>) -> String {
    let name = clean(&card.student.name);
    let missing = pages.missing(&name);
    if missing.is_empty() || name.chars().any(|c| c.is_alphanumeric() && !missing.contains(&c)) {
        return name;
    }
    clean(&card.student.number)
}

fn numbers(card: &ReportCard, report: &mut impl FnMut(ProblemCode, Message)) {
    let finite = |value: Option<f64>| value.is_none_or(f64::is_finite);
    for line in &card.subjects {
        if !finite(line.percent) || !finite(line.class_mean) {
            report(ProblemCode::NotANumber, documents::mark_not_a_number(shown(&line.subject)));
        }
    }
    let overall = card.overall.as_ref();
    if overall.is_some_and(|o| !finite(o.percent) || !finite(o.class_mean)) {
        report(ProblemCode::NotANumber, documents::overall_not_a_number());
    }
}

fn ranks(card: &ReportCard, report: &mut impl FnMut(ProblemCode, Message)) {
    let subjects = card.subjects.iter().map(|s| (&s.subject, s.rank, s.of));
    let total = card.overall.iter();
    let total = total.map(|o| (&card.labels.overall, o.rank, o.of));
    for (name, rank, of) in subjects.chain(total) {
        if let Some(rank) = rank.filter(|&rank| rank == 0 || rank > of) {
            report(ProblemCode::ImpossibleRank, documents::impossible_rank(rank, of, shown(name)));
        }
    }
}

/// Characters with their code points, the first five.
fn list(missing: &[char]) -> String {
    let mut shown: Vec<String> = missing.iter().take(5).map(|&c| format!("{c} U+{:04X}", u32::from(c))).collect();
    if missing.len() > 5 {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

/// A field's text for a message, not longer than a line.
fn shown(text: &str) -> String {
    let text = clean(text);
    if text.chars().count() > 60 {
        let start: String = text.chars().take(60).collect();
        format!("“{start}…”")
    } else {
        format!("“{text}”")
    }
}
