//! How well the product itself tells people apart, measured on a folder of photographs with a folder per
//! person: verification at all pairs, and open-set identification with half of the people unknown
//! (ISO/IEC 19795-1: FNIR, FPIR). Templates exist in memory only.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::align::align;
use crate::error::VisionError;
use crate::gallery::{Decision, Gallery, Match};
use crate::models::Models;
use crate::picture::{PictureLimits, decode};
use crate::template::Template;
use crate::times::{StageTimes, timed};

/// The result of [`evaluate`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    pub threshold: f32,
    pub margin: f32,
    pub verification: Verification,
    pub identification: Identification,
    /// FNIR at given rates of FPIR, the margin held.
    pub det: Vec<DetPoint>,
    pub margins: Margins,
    /// One entry a person, in name order.
    pub people: Vec<PersonResult>,
    /// Photographs in which no face was found, relative to the folder.
    pub no_face: Vec<String>,
    /// Files that are no usable picture, relative to the folder, with the reason.
    pub unreadable: Vec<Unreadable>,
    pub photographs: usize,
    /// Mean of one photograph (`match`: of one probe).
    pub milliseconds: StageTimes,
}

/// Counts over all pairs of photographs, at the threshold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    pub genuine: usize,
    pub false_non_match: usize,
    pub impostor: usize,
    pub false_match: usize,
}

/// Counts over both halves, at threshold and margin.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Identification {
    /// People enrolled, both halves added; who has fewer than two usable photographs is left out.
    pub enrolled: usize,
    pub genuine_probes: usize,
    pub correct: usize,
    pub wrong_identity: usize,
    pub rejected: usize,
    pub stranger_probes: usize,
    pub strangers_accepted: usize,
    /// (wrong + rejected) / genuine probes; `None` without probes.
    pub fnir: Option<f64>,
    /// Accepted / stranger probes; `None` without probes.
    pub fpir: Option<f64>,
}

/// A point of the detection error trade-off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DetPoint {
    /// The rate that was asked for.
    pub fpir_wanted: f64,
    /// The lowest threshold that keeps it.
    pub threshold: f32,
    pub fpir: f64,
    pub fnir: f64,
}

/// How far right and wrong are apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Margins {
    /// Least score of a genuine probe whose best candidate is the right person.
    pub least_score: Option<f32>,
    /// Least lead of such a probe over the second person.
    pub least_lead: Option<f32>,
    /// Highest score of a stranger.
    pub highest_stranger: Option<f32>,
}

/// How one person fared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonResult {
    /// The folder's name.
    pub person: String,
    pub photographs: usize,
    /// Lowest cosine of two photographs of this person.
    pub worst_genuine: Option<f32>,
    /// Highest cosine with a photograph of somebody else.
    pub worst_impostor: Option<f32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    pub path: String,
    pub reason: String,
}

/// A probe against the gallery of one half.
struct Probe {
    person: usize,
    enrolled: bool,
    found: Match<usize>,
}

/// Runs the whole pipeline over `folder` at the given decision. Folders and photographs are taken in name
/// order; the largest face of a photograph counts.
///
/// # Errors
/// When the folder cannot be read or a model fails. A photograph that cannot be used is listed instead.
pub fn evaluate(models: &Models, folder: &Path, decision: Decision) -> Result<Evaluation, VisionError> {
    let mut evaluation = Evaluation {
        threshold: decision.threshold,
        margin: decision.margin,
        verification: Verification::default(),
        identification: Identification::default(),
        det: Vec::new(),
        margins: Margins::default(),
        people: Vec::new(),
        no_face: Vec::new(),
        unreadable: Vec::new(),
        photographs: 0,
        milliseconds: StageTimes::default(),
    };
    let people = embed_folder(models, folder, &mut evaluation)?;
    verify(&people, &mut evaluation);
    let middle = people.len().div_ceil(2);
    let mut probes = Vec::new();
    let (first, second) = (0..middle, middle..people.len());
    for (known, strangers) in [(first.clone(), second.clone()), (second, first)] {
        let time = &mut evaluation.milliseconds.matching;
        let enrolled = &mut evaluation.identification.enrolled;
        probes.extend(identify(models, &people, known, strangers, decision, time, enrolled)?);
    }
    count(&probes, &mut evaluation.identification);
    evaluation.margins = margins(&probes);
    evaluation.det = [0.01, 0.001].map(|wanted| det_point(&probes, wanted, decision.margin)).to_vec();
    let whole = evaluation.milliseconds.mean(evaluation.photographs);
    evaluation.milliseconds = StageTimes { matching: evaluation.milliseconds.mean(probes.len()).matching, ..whole };
    Ok(evaluation)
}

/// The templates of each person, by folder.
fn embed_folder(
    models: &Models,
    folder: &Path,
    evaluation: &mut Evaluation,
) -> Result<Vec<Vec<Template>>, VisionError> {
    let mut people = Vec::new();
    for path in entries(folder)?.into_iter().filter(|p| p.is_dir()) {
        let mut templates = Vec::new();
        let mut photographs = 0;
        for file in entries(&path)?.into_iter().filter(|p| p.is_file()) {
            photographs += 1;
            templates.extend(embed_photograph(models, folder, &file, evaluation)?);
        }
        evaluation.photographs += photographs;
        evaluation.people.push(PersonResult {
            person: name_of(&path),
            photographs,
            worst_genuine: None,
            worst_impostor: None,
        });
        people.push(templates);
    }
    Ok(people)
}

fn embed_photograph(
    models: &Models,
    folder: &Path,
    file: &Path,
    evaluation: &mut Evaluation,
) -> Result<Option<Template>, VisionError> {
    let times = &mut evaluation.milliseconds;
    let bytes = fs::read(file).map_err(|source| at(file, source))?;
    let relative = file.strip_prefix(folder).unwrap_or(file).display().to_string();
    let picture = match timed(&mut times.decode, || decode(&bytes, PictureLimits::default())) {
        Ok(picture) => picture,
        Err(reason) => {
            let reason = reason.to_string();
            evaluation.unreadable.push(Unreadable { path: relative, reason });
            return Ok(None);
        }
    };
    let faces = timed(&mut times.find, || models.find(&picture))?;
    let largest = faces.iter().max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()));
    let Some(face) = largest else {
        evaluation.no_face.push(relative);
        return Ok(None);
    };
    let aligned = timed(&mut times.align, || align(&picture, face));
    let mut templates = timed(&mut times.embed, || models.embed(&[aligned]))?;
    Ok(templates.pop())
}

fn verify(people: &[Vec<Template>], evaluation: &mut Evaluation) {
    let all: Vec<(usize, &Template)> =
        people.iter().enumerate().flat_map(|(n, templates)| templates.iter().map(move |t| (n, t))).collect();
    let counts = &mut evaluation.verification;
    for (n, (a, left)) in all.iter().enumerate() {
        for (b, right) in &all[n + 1..] {
            let cosine = left.cosine(right);
            let matches = cosine >= evaluation.threshold;
            if a == b {
                counts.genuine += 1;
                counts.false_non_match += usize::from(!matches);
                let worst = &mut evaluation.people[*a].worst_genuine;
                *worst = Some(worst.map_or(cosine, |w| w.min(cosine)));
            } else {
                counts.impostor += 1;
                counts.false_match += usize::from(matches);
                for person in [*a, *b] {
                    let worst = &mut evaluation.people[person].worst_impostor;
                    *worst = Some(worst.map_or(cosine, |w| w.max(cosine)));
                }
            }
        }
    }
}

/// Enrols the first three photographs of `known` (all but one where there are fewer than four); the
/// others are genuine probes, all photographs of `strangers` are stranger probes.
fn identify(
    models: &Models,
    people: &[Vec<Template>],
    known: std::ops::Range<usize>,
    strangers: std::ops::Range<usize>,
    decision: Decision,
    time: &mut f64,
    enrolled: &mut usize,
) -> Result<Vec<Probe>, VisionError> {
    let mut gallery = Gallery::new(models.manifest().embedder.dimension);
    let mut probes = Vec::new();
    for person in known {
        let templates = &people[person];
        // Who has only one usable photograph cannot be enrolled and looked for as well.
        if templates.len() < 2 {
            continue;
        }
        *enrolled += 1;
        let (enrol, rest) = templates.split_at(templates.len().saturating_sub(1).min(3));
        gallery.add(person, enrol)?;
        probes.extend(rest.iter().map(|t| (person, true, t)));
    }
    for person in strangers {
        probes.extend(people[person].iter().map(|t| (person, false, t)));
    }
    probes
        .into_iter()
        .map(|(person, enrolled, template)| {
            let probe = std::slice::from_ref(template);
            let mut found = timed(time, || gallery.identify_frame(probe, decision))?;
            // One probe in, one match out.
            let found = found.swap_remove(0);
            Ok(Probe { person, enrolled, found })
        })
        .collect()
}

fn count(probes: &[Probe], counts: &mut Identification) {
    for probe in probes {
        match (probe.enrolled, probe.found.identity()) {
            (true, Some(person)) if *person == probe.person => counts.correct += 1,
            (true, Some(_)) => counts.wrong_identity += 1,
            (true, None) => counts.rejected += 1,
            (false, Some(_)) => counts.strangers_accepted += 1,
            (false, None) => {}
        }
        counts.genuine_probes += usize::from(probe.enrolled);
        counts.stranger_probes += usize::from(!probe.enrolled);
    }
    counts.fnir = rate(counts.wrong_identity + counts.rejected, counts.genuine_probes);
    counts.fpir = rate(counts.strangers_accepted, counts.stranger_probes);
}

fn margins(probes: &[Probe]) -> Margins {
    let right = |p: &&Probe| p.enrolled && p.found.best.as_ref().is_some_and(|best| best.person == p.person);
    let right = || probes.iter().filter(right);
    Margins {
        least_score: right().map(|p| p.found.score()).min_by(f32::total_cmp),
        least_lead: right().map(|p| p.found.margin()).min_by(f32::total_cmp),
        highest_stranger: probes.iter().filter(|p| !p.enrolled).map(|p| p.found.score()).max_by(f32::total_cmp),
    }
}

fn rate(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The lowest threshold at which at most `wanted` of the strangers are accepted, and what it costs.
fn det_point(probes: &[Probe], wanted: f64, margin: f32) -> DetPoint {
    let clear = |p: &&Probe| p.found.margin() >= margin;
    let mut strangers: Vec<f32> =
        probes.iter().filter(|p| !p.enrolled).filter(clear).map(|p| p.found.score()).collect();
    strangers.sort_by(|a, b| b.total_cmp(a));
    let of = |enrolled| probes.iter().filter(|p| p.enrolled == enrolled).count();
    let allowed = (wanted * of(false) as f64).floor() as usize;
    let threshold = strangers.get(allowed).map_or(-1.0, |s| s.next_up());
    let accepted = strangers.iter().filter(|s| **s >= threshold).count();
    let correct = probes
        .iter()
        .filter(|p| p.enrolled)
        .filter(clear)
        .filter(|p| p.found.score() >= threshold)
        .filter(|p| p.found.best.as_ref().is_some_and(|b| b.person == p.person))
        .count();
    DetPoint {
        fpir_wanted: wanted,
        threshold,
        fpir: rate(accepted, of(false)).unwrap_or(0.0),
        fnir: rate(of(true) - correct, of(true)).unwrap_or(0.0),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, VisionError> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
        paths.retain(|p| !name_of(p).starts_with('.'));
        paths.sort();
        Ok(paths)
    };
    read().map_err(|source| at(folder, source))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn at(path: &Path, source: std::io::Error) -> VisionError {
    VisionError::File { path: path.to_owned(), source }
}
