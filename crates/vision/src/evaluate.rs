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

/// Larger files are no photographs, in bytes.
const LARGEST_PHOTOGRAPH: u64 = 64 << 20;

/// The result of [`evaluate`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    pub threshold: f32,
    pub margin: f32,
    pub verification: Verification,
    pub identification: Identification,
    /// FNIR at given rates of FPIR: the product's decision with another threshold, margin and look-alikes as they are.
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

/// One half of the people enrolled, and what is compared with them: the person, whether that person is enrolled, the
/// template.
struct Half {
    gallery: Gallery<usize>,
    probes: Vec<(usize, bool, Template)>,
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
    let (first, second) = (0..middle, middle..people.len());
    let dimension = models.manifest().embedder.dimension;
    let halves = [half(dimension, &people, first.clone(), second.clone())?, half(dimension, &people, second, first)?];
    let probes = timed(&mut evaluation.milliseconds.matching, || decide(&halves, decision))?;
    evaluation.identification = count(&probes);
    evaluation.identification.enrolled = halves.iter().map(|half| half.gallery.len()).sum();
    evaluation.margins = margins(&probes);
    for wanted in [0.01, 0.001] {
        evaluation.det.push(det_point(&halves, wanted, decision)?);
    }
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
    let bytes = files::read(file, LARGEST_PHOTOGRAPH).map_err(|source| at(file, source))?;
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
fn half(
    dimension: usize,
    people: &[Vec<Template>],
    known: std::ops::Range<usize>,
    strangers: std::ops::Range<usize>,
) -> Result<Half, VisionError> {
    let mut half = Half { gallery: Gallery::new(dimension), probes: Vec::new() };
    for person in known {
        let templates = &people[person];
        // Who has only one usable photograph cannot be enrolled and looked for as well.
        if templates.len() < 2 {
            continue;
        }
        let (enrol, rest) = templates.split_at(templates.len().saturating_sub(1).min(3));
        half.gallery.add(person, enrol)?;
        half.probes.extend(rest.iter().map(|t| (person, true, t.clone())));
    }
    for person in strangers {
        half.probes.extend(people[person].iter().map(|t| (person, false, t.clone())));
    }
    Ok(half)
}

/// Each probe as a photograph of its own, decided as the product does.
fn decide(halves: &[Half], decision: Decision) -> Result<Vec<Probe>, VisionError> {
    let mut decided = Vec::new();
    for half in halves {
        for (person, enrolled, template) in &half.probes {
            let found = half.gallery.identify_frame(std::slice::from_ref(template), decision)?;
            decided.extend(found.into_iter().map(|found| Probe { person: *person, enrolled: *enrolled, found }));
        }
    }
    Ok(decided)
}

fn count(probes: &[Probe]) -> Identification {
    let mut counts = Identification::default();
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
    counts
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
fn det_point(halves: &[Half], wanted: f64, decision: Decision) -> Result<DetPoint, VisionError> {
    let at = |threshold| decide(halves, Decision { threshold, ..decision });
    // Whom nothing but a threshold keeps out.
    let open = at(-1.0)?;
    let strangers = open.iter().filter(|p| !p.enrolled);
    let mut scores: Vec<f32> =
        strangers.clone().filter(|p| p.found.identity().is_some()).map(|p| p.found.score()).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let allowed = (wanted * strangers.count() as f64).floor() as usize;
    let threshold = scores.get(allowed).map_or(-1.0, |score| score.next_up());
    let counts = count(&at(threshold)?);
    let (fpir, fnir) = (counts.fpir.unwrap_or(0.0), counts.fnir.unwrap_or(0.0));
    Ok(DetPoint { fpir_wanted: wanted, threshold, fpir, fnir })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(values: &[f32]) -> Template {
        Template::normalised(values).unwrap()
    }

    /// The twins 0 and 1 (likeness 0.90) are enrolled, and 2, who is like nobody.
    fn halves(probes: &[(usize, bool, &[f32])]) -> [Half; 1] {
        let mut gallery = Gallery::new(4);
        for (person, of) in [[1.0, 0.0, 0.0, 0.0], [0.9, 0.436, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]].iter().enumerate() {
            gallery.add(person, &[unit(of)]).unwrap();
        }
        let probes = probes.iter().map(|(person, enrolled, of)| (*person, *enrolled, unit(of))).collect();
        [Half { gallery, probes }]
    }

    const RULE: Decision = Decision { threshold: 0.5, margin: 0.05, look_alike: 0.8, look_alike_margin: 0.18 };
    /// Cosine 0.8 with 0 and 0.72 with 1: more than the margin apart, less than that of look-alikes.
    const BETWEEN: &[f32] = &[0.8, 0.0, 0.0, 0.6];

    #[test]
    fn the_trade_off_knows_look_alikes() {
        // A stranger like both twins is let in at no threshold, one who is like 2 alone at 0.6 and less.
        let stranger: (usize, bool, &[f32]) = (9, false, &[0.0, 0.0, 0.6, 0.8]);
        let with = halves(&[(9, false, BETWEEN), stranger, (2, true, &[0.0, 0.0, 0.7, 0.714])]);
        let point = det_point(&with, 0.01, RULE).unwrap();
        assert!((point.threshold - 0.6).abs() < 1e-5, "{point:?}");
        assert_eq!((point.fpir, point.fnir), (0.0, 0.0));
        // Were they no look-alikes, the stranger's 0.8 would set the threshold.
        let strangers = det_point(&with, 0.01, Decision { look_alike: 0.95, ..RULE }).unwrap();
        assert!((strangers.threshold - 0.8).abs() < 1e-5 && strangers.fnir == 1.0, "{strangers:?}");
        // A twin who cannot be told apart is missed at every threshold, as in the product.
        let twin = halves(&[(0, true, BETWEEN), stranger]);
        let point = det_point(&twin, 0.01, RULE).unwrap();
        assert_eq!((point.fpir, point.fnir), (0.0, 1.0));
        let counts = count(&decide(&twin, RULE).unwrap());
        assert_eq!((counts.rejected, counts.fnir), (1, Some(1.0)));
    }

    #[test]
    fn the_threshold_of_the_product_gives_the_products_counts() {
        let all = halves(&[(2, true, &[0.0, 0.1, 0.9, 0.4]), (9, false, &[0.0, 0.0, 0.55, 0.835]), (0, true, BETWEEN)]);
        let counts = count(&decide(&all, RULE).unwrap());
        assert_eq!((counts.correct, counts.rejected, counts.strangers_accepted), (1, 1, 1));
        assert_eq!((counts.genuine_probes, counts.stranger_probes), (2, 1));
        // Where every stranger may come in, the lowest threshold is the one that keeps nobody out.
        let point = det_point(&all, 1.0, RULE).unwrap();
        assert_eq!((point.threshold, point.fpir, point.fnir), (-1.0, 1.0, 0.5));
    }
}
