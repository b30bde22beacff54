//! Finds what makes a card impossible, before anything of it is drawn.

use crate::fonts::Weight;
use crate::page::Pages;
use crate::shape::{Reading, Shaper, clean};
use crate::values::{MAX_NAME, Problem, ProblemCode, ReportCard};

/// Everything that keeps `card` from being printed; empty if it can be.
pub(super) fn unprintable(card: &ReportCard, pages: &mut Pages<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut report = |code, message: String| {
        found.push(Problem { student: card.student.number.clone(), code, message, left_out: true });
    };
    names(card, pages, &mut report);
    numbers(card, &mut report);
    ranks(card, &mut report);
    found
}

fn names(card: &ReportCard, pages: &mut Pages<'_>, report: &mut impl FnMut(ProblemCode, String)) {
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
        return report(ProblemCode::NameEmpty, message);
    }
    for name in [&card.student.name, native] {
        let name = clean(name);
        let rtl = Shaper::reads_rtl(&name, Reading::Natural, card.rtl);
        let missing = pages.shaper.line(&name, Weight::SemiBold, rtl).missing.clone();
        if !missing.is_empty() {
            let message = format!(
                "the name has characters that the fonts at hand cannot draw ({}); \
                 enter it in Latin, Greek, Cyrillic, Devanagari or Arabic letters",
                list(&missing)
            );
            return report(ProblemCode::NameUndrawable, message);
        }
    }
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
pub(super) fn list(missing: &[char]) -> String {
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
