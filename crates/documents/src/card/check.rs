//! Finds what makes a card impossible, and which letters cannot be printed, before anything of it is
//! drawn.

use crate::east_asia::is_east_asian;
use crate::page::Pages;
use crate::shape::clean;
use crate::values::{MAX_NAME, Problem, ProblemCode, ReportCard};

/// Everything that keeps `card` from being printed; empty if it can be.
pub(super) fn unprintable(card: &ReportCard) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut report = |code, message: String| found.push(Problem::of(card, code, message, true));
    names(card, &mut report);
    numbers(card, &mut report);
    ranks(card, &mut report);
    found
}

fn names(card: &ReportCard, report: &mut impl FnMut(ProblemCode, String)) {
    let native = card.student.name_native.as_deref().unwrap_or_default();
    let length = card.student.name.chars().count().max(native.chars().count());
    if length > MAX_NAME {
        let message = format!(
            "the name has {length} characters, and {MAX_NAME} is the most that can be printed; \
             shorten it in the student's record"
        );
        return report(ProblemCode::NameTooLong, message);
    }
    if !card.student.name.chars().any(char::is_alphanumeric) {
        let message = "the student has no name; enter it in the student's record".to_owned();
        report(ProblemCode::NameEmpty, message);
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
        (ProblemCode::NameUndrawable, of_names, "letters of the name are left out, because no font here has them"),
        (ProblemCode::TextUndrawable, of_texts, "letters are left out, because no font here has them"),
        (
            ProblemCode::EastAsianFontsMissing,
            east_asian,
            "characters are left out, because the East Asian fonts are not all installed; put their files into the \
             folder “fonts” of the data folder and start again",
        ),
    ];
    let found = what.into_iter().filter(|(_, letters, _)| !letters.is_empty());
    found
        .map(|(code, letters, words)| Problem {
            letters: letters.clone(),
            ..Problem::of(card, code, format!("{words}: {}", list(&letters)), false)
        })
        .collect()
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

fn numbers(card: &ReportCard, report: &mut impl FnMut(ProblemCode, String)) {
    let finite = |value: Option<f64>| value.is_none_or(f64::is_finite);
    for line in &card.subjects {
        if !finite(line.percent) || !finite(line.class_mean) {
            let message = format!(
                "the mark or the class mean in {} is not a number; open the mark sheet and enter \
                 the marks again",
                shown(&line.subject)
            );
            report(ProblemCode::NotANumber, message);
        }
    }
    let overall = card.overall.as_ref();
    if overall.is_some_and(|o| !finite(o.percent) || !finite(o.class_mean)) {
        let message = "the overall result is not a number; check the weights of the categories";
        report(ProblemCode::NotANumber, message.to_owned());
    }
}

fn ranks(card: &ReportCard, report: &mut impl FnMut(ProblemCode, String)) {
    let subjects = card.subjects.iter().map(|s| (&s.subject, s.rank, s.of));
    let total = card.overall.iter();
    let total = total.map(|o| (&card.labels.overall, o.rank, o.of));
    for (name, rank, of) in subjects.chain(total) {
        if let Some(rank) = rank.filter(|&rank| rank == 0 || rank > of) {
            let message = format!("place {rank} of {of} in {} cannot be; work out the results again", shown(name));
            report(ProblemCode::ImpossibleRank, message);
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
