//! `homeroom faces evaluate`: how well faces are told apart, measured on a folder of photographs.

use std::path::PathBuf;

use faces::Engine;
use vision::Evaluation;
use words::cli::faces_evaluate::{self, head};

use super::output::{Failure, Output, table};
use crate::start;

/// Measures verification and open-set identification on a folder of photographs with a folder per person.
///
/// Folders in name order: the first half of the people is enrolled with their first three photographs, their others are
/// genuine probes, everybody of the other half is a stranger; then the halves change places. Nothing is stored.
#[derive(clap::Args)]
pub struct Evaluate {
    /// The folder that holds a folder per person.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Evaluate {
    pub fn run(self) -> Result<Output, Failure> {
        let engine = Engine::load(&start::folders(start::data_folder()?))?;
        let evaluation = engine.evaluate(&self.folder)?;
        Output::new(in_words(&evaluation), &evaluation)
    }
}

fn in_words(evaluation: &Evaluation) -> String {
    let margins = &evaluation.margins;
    let margins = faces_evaluate::margins(
        number(margins.least_score),
        number(margins.least_lead),
        number(margins.highest_stranger),
    );
    let ms = &evaluation.milliseconds;
    let took = [ms.decode, ms.find, ms.align, ms.embed].map(|took| format!("{took:.1}"));
    let [decode, find, align, embed] = took;
    let milliseconds = faces_evaluate::milliseconds(decode, find, align, embed, format!("{:.3}", ms.matching));
    let mut text = format!(
        "{}\n{}\n{margins}\n\n{}\n{milliseconds}\n",
        rates(evaluation),
        by_threshold(evaluation),
        by_person(evaluation)
    );
    for path in &evaluation.no_face {
        text.push_str(&format!("{}\n", words::cli::faces::no_face(path)));
    }
    for file in &evaluation.unreadable {
        text.push_str(&format!("{}\n", words::cli::faces::not_read(&file.path, &file.reason)));
    }
    text
}

/// What was measured, and how often it was right and wrong at the threshold in use.
fn rates(evaluation: &Evaluation) -> String {
    let (v, i) = (&evaluation.verification, &evaluation.identification);
    let percent = |rate: Option<f64>| rate.map_or_else(|| "–".to_owned(), |rate| format!("{:.2} %", rate * 100.0));
    let measured = faces_evaluate::measured(
        evaluation.people.len(),
        evaluation.photographs,
        format!("{:.2}", evaluation.threshold),
        format!("{:.2}", evaluation.margin),
    );
    let verified = faces_evaluate::verification(v.genuine, v.false_non_match, v.impostor, v.false_match);
    let identified = faces_evaluate::identification(
        i.enrolled,
        i.genuine_probes,
        i.correct,
        i.wrong_identity,
        i.rejected,
        percent(i.fnir),
    );
    let strangers = faces_evaluate::strangers(i.stranger_probes, i.strangers_accepted, percent(i.fpir));
    format!("{measured}\n\n{verified}\n{identified}\n{:17}{strangers}\n", "")
}

/// The rates at other thresholds.
fn by_threshold(evaluation: &Evaluation) -> String {
    let percent = |rate: f64| format!("{:.2}", rate * 100.0);
    let points = evaluation.det.iter();
    let rows: Vec<Vec<String>> = points
        .map(|point| {
            let threshold = format!("{:.3}", point.threshold);
            vec![percent(point.fpir_wanted), threshold, percent(point.fpir), percent(point.fnir)]
        })
        .collect();
    let [wanted, threshold] = [head::wanted(), head::threshold()].map(|head| head.to_string());
    table(&[&wanted, &threshold, "FPIR %", "FNIR %"], &rows)
}

fn by_person(evaluation: &Evaluation) -> String {
    let people = evaluation.people.iter();
    let rows: Vec<Vec<String>> = people
        .map(|person| {
            let photographs = person.photographs.to_string();
            vec![person.person.clone(), photographs, number(person.worst_genuine), number(person.worst_impostor)]
        })
        .collect();
    let heads = [head::person(), head::photographs(), head::own_cosine(), head::other_cosine()];
    let heads = heads.map(|head| head.to_string());
    table(&heads.each_ref().map(String::as_str), &rows)
}

fn number(value: Option<f32>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}
