//! Whatever text and bytes come in, a card is made or refused; nothing panics.
#![allow(clippy::unwrap_used)]

mod common;

use common::{fonts, made};
use documents::{CardLabels, Comment, ReportCard, sample_card_right_to_left, sample_cards};
use proptest::prelude::*;

/// Text of all kinds: any characters at all, and the scripts and signs that layout acts upon.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z \u{0}-\u{1f}]{0,40}",
        "[\u{600}-\u{6ff}\u{750}-\u{77f}\u{fb50}-\u{fdff} ]{0,40}",
        "[\u{900}-\u{97f}\u{200c}\u{200d} ]{0,40}",
        "[\u{300}-\u{36f}\u{64b}-\u{65f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}a\u{627}]{0,30}",
        "[(){}<>\\\\/%\u{5d0}-\u{5ea}0-9]{0,60}",
        "\u{62f}{100}|w{180}|(long )?[xyz]{300}",
    ]
}

fn any_card() -> impl Strategy<Value = ReportCard> {
    let numbers = (any::<f64>(), any::<u32>(), any::<u32>(), 0usize..20);
    let texts = proptest::collection::vec(any_text(), 14);
    let logo = proptest::option::of(proptest::collection::vec(any::<u8>(), 0..64));
    (numbers, texts, logo, any::<bool>(), any::<bool>()).prop_map(
        |((number, rank, of, subjects), t, logo, rtl, odd)| {
            let mut card = if rtl { sample_card_right_to_left() } else { sample_cards(1, subjects).remove(0) };
            let mut texts = t.into_iter();
            let mut next = || texts.next().unwrap_or_default();
            card.school.name = next();
            card.school.address = next();
            card.school.logo = logo;
            card.student.name = format!("{} x", next());
            card.student.name_native = Some(next());
            card.student.number = next();
            card.term = next();
            card.class_teacher = Some(Comment { author: next(), text: next() });
            card.signatures = vec![next(), next()];
            card.labels = CardLabels { chart: next(), page: next(), decimal_mark: next(), ..CardLabels::default() };
            if let (true, Some(line)) = (odd, card.subjects.first_mut()) {
                line.percent = Some(number);
                line.class_mean = Some(number);
                line.rank = Some(rank);
                line.of = of;
            }
            card
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_card_makes_it_panic(card in any_card()) {
        let Some(fonts) = fonts() else { return Ok(()) };
        let outcome = made(&[card], &fonts);
        prop_assert_eq!(outcome.pages > 0, outcome.pdf.starts_with(b"%PDF-1.7"));
        prop_assert_eq!(outcome.cards == 0, outcome.problems.iter().any(|p| p.left_out));
    }
}
