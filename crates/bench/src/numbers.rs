//! Statistics of a million marks, and a thousand report cards.

use std::ops::ControlFlow;
use std::path::Path;

use documents::{Fonts, Options, report_cards as make, sample_cards};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use crate::{Outcome, measure, tell, times};

/// Statistics with z, rank and percentile of 1,000,000 marks in 960 classes.
pub fn class_statistics() -> Outcome<()> {
    let mut rng = StdRng::seed_from_u64(1);
    let groups: Vec<u32> = (0..1_000_000).map(|n| n % 960).collect();
    let marks: Vec<f64> = groups.iter().map(|_| f64::from(rng.random_range(0..=200_u32)) / 2.0).collect();
    let runs = measure(5, || Ok(analytics::class_statistics(&groups, &marks)?))?;
    tell("class statistics", json!({ "marks": marks.len(), "classes": 960, "milliseconds": times(runs) }));
    Ok(())
}

/// 1,000 report cards of nine subjects in one PDF.
pub fn report_cards(vendor: &Path) -> Outcome<()> {
    let fonts = Fonts::load(&vendor.join("fonts"))?;
    let cards = sample_cards(1_000, 9);
    let mut bytes = 0;
    let runs = measure(3, || {
        let options = Options { title: "Report cards".to_owned(), created: None };
        bytes = make(&cards, &fonts, &options, &mut |_, _| ControlFlow::Continue(()))?.pdf.len();
        Ok(())
    })?;
    tell("report cards", json!({ "cards": cards.len(), "bytes": bytes, "milliseconds": times(runs) }));
    Ok(())
}
