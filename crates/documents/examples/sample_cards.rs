//! Writes sample report cards, to be looked at: `sample_cards FONTS_DIR OUT.pdf [COUNT] [SUBJECTS] [LANGUAGE]`.

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use documents::{CardLabels, Fonts, Options, report_cards, sample_card_right_to_left, sample_cards};
use words::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [fonts, out, rest @ ..] = args.as_slice() else {
        return Err("usage: sample_cards FONTS_DIR OUT.pdf [COUNT] [SUBJECTS] [LANGUAGE]".into());
    };
    let count = rest.first().map_or(Ok(8), |n| n.parse())?;
    let subjects = rest.get(1).map_or(Ok(9), |n| n.parse())?;
    let fonts = Fonts::load(Path::new(fonts))?;
    let mut cards = sample_cards(count, subjects);
    match rest.get(2).map(|tag| Language::of(tag)) {
        Some(language) => cards.iter_mut().for_each(|card| {
            card.labels = CardLabels::of(language);
            card.rtl = language.is_right_to_left();
        }),
        None => cards.push(sample_card_right_to_left()),
    }
    let start = Instant::now();
    let mut drawn = start.elapsed();
    let made = report_cards(&cards, &fonts, &Options::default(), &mut |_, _| {
        drawn = start.elapsed();
        ControlFlow::Continue(())
    })?;
    println!(
        "{} cards on {} pages, {} bytes, drawn in {:?}, written after {:?}",
        made.cards,
        made.pages,
        made.pdf.len(),
        drawn,
        start.elapsed()
    );
    for problem in &made.problems {
        println!("{}: {}", problem.student, problem.message);
    }
    std::fs::write(out, made.pdf)?;
    Ok(())
}
