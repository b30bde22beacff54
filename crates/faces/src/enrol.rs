//! Enrolling a student's face: 3 to 5 photographs, each judged, all of one person, kept as encrypted templates only.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::entities::{face_photographs, face_templates, students};
use store::ids::StudentId;
use uuid::Uuid;
use vision::{FacePart, PictureLimits, QualityFault, QualityLimits, Template};
use words::{Message, refusals};

use super::allowed::{lock_student, need_consent};
use super::engine;
use super::engine::{Engine, vision_error};
use super::gallery::{ClassGallery, load_gallery};
use super::photographs::to_keep;
use super::uses::{FacePurpose, FaceUseOf, record_use};
use super::vault::{Vault, delete_enrolment, scrub};
use crate::error::Invalid;
use crate::{Call, Context, Error, ErrorCode, Result, blocking};

/// The fewest and the most photographs of a person.
pub(super) const PHOTOGRAPHS: std::ops::RangeInclusive<usize> = 3..=5;

/// Input of [`enrol_faces`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct EnrolFaces {
    pub student: StudentId,
    /// 3 to 5 photographs, files that were handed over or frames that a camera took.
    pub uploads: Vec<Uuid>,
    /// A person has looked: these are photographs of this student, although somebody enrolled looks the same.
    pub although_alike: Option<bool>,
}

/// What is wrong with a photograph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PhotographFault {
    /// A stable word.
    pub code: String,
    /// The same in English, with what to do.
    pub message: Message,
}

/// A photograph that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefusedPhotograph {
    /// Its place in the list, from 0.
    pub index: u32,
    pub upload: Uuid,
    pub faults: Vec<PhotographFault>,
}

/// Somebody else who looks like the enrolled student, as the school's lists name people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LookAlike {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// Likeness, -1 to 1.
    pub score: f32,
}

/// What came of an enrolment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolledFaces {
    /// How many templates the student has now.
    pub templates: u32,
    /// Those of the photographs that were not used.
    pub refused: Vec<RefusedPhotograph>,
    /// Already enrolled students who look alike: a person should look whether one was enrolled as another.
    pub look_alikes: Vec<LookAlike>,
}

/// A photograph that may be used.
pub(super) struct Good {
    index: usize,
    pub template: Template,
    quality: f64,
    /// The face with a margin, as JPEG, where the school keeps it.
    cut_out: Option<Vec<u8>>,
}

/// Enrols a student from photographs, in the place of former templates. At least three of them must be good and show the
/// same person; if not, nothing is changed and each refusal comes with its reason.
///
/// # Errors
/// `Duplicate` where the photographs would be taken for those of somebody enrolled, unless a person says that they are
/// this student's; `details.lookAlikes` names who.
pub(super) async fn enrol_faces(call: &Call, input: EnrolFaces) -> Result<EnrolledFaces> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student(db, input.student).await?;
    let settings = need_consent(call, db, &student).await?;
    if !PHOTOGRAPHS.contains(&input.uploads.len()) {
        return Err(Error::field("uploads", "count", refusals::faces::photographs_count()));
    }
    let owner = call.actor()?.user;
    let photographs = input.uploads.iter().map(|id| call.services.upload(*id, owner));
    let photographs: Vec<Arc<Vec<u8>>> = photographs.map(|upload| Ok(upload?.bytes)).collect::<Result<_>>()?;
    let engine = engine(call).await?;
    let (good, faults) = judge(call, &engine, photographs, settings.face_keep_photographs, true).await?;
    if good.len() < *PHOTOGRAPHS.start() {
        return Err(too_few(good.len(), &faults));
    }
    let others = load_gallery(call, &engine, student.school_id, None).await?;
    let look_alikes = look_alikes(&engine, &others, student.id, &good)?;
    let same: Vec<&LookAlike> = look_alikes.iter().filter(|alike| alike.score >= engine.decision.threshold).collect();
    if !same.is_empty() && input.although_alike != Some(true) {
        return Err(somebody_else(&same));
    }
    let compared = others.templates.len();
    drop(others);
    let templates = store_templates(call, &engine, &student, &good, compared).await?;
    call.services.faces_changed(student.school_id);
    scrub(call).await;
    let refused = |(index, faults): (usize, Vec<PhotographFault>)| RefusedPhotograph {
        index: index as u32,
        upload: input.uploads[index],
        faults,
    };
    Ok(EnrolledFaces { templates, refused: faults.into_iter().map(refused).collect(), look_alikes })
}

pub(super) type Faults = Vec<(usize, Vec<PhotographFault>)>;

/// Looks at each photograph, then whether they show one person. With `keep` the faces are cut out to be kept.
pub(super) async fn judge(
    context: &Context,
    engine: &Arc<Engine>,
    photographs: Vec<Arc<Vec<u8>>>,
    keep: bool,
    report: bool,
) -> Result<(Vec<Good>, Faults)> {
    let total = photographs.len();
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for (index, bytes) in photographs.into_iter().enumerate() {
        if report {
            context.job.progress(index, total)?;
        }
        let engine = engine.clone();
        match blocking(move || judge_one(&engine, &bytes, keep)).await? {
            Ok((template, quality, cut_out)) => good.push(Good { index, template, quality, cut_out }),
            Err(found) => faults.push((index, found)),
        }
    }
    for index in repeated(&good) {
        let message = refusals::faces::same_picture();
        faults.push((index, vec![PhotographFault { code: "same_picture".into(), message }]));
        good.retain(|photograph| photograph.index != index);
    }
    for index in strangers(&good, engine.decision.threshold) {
        let message = refusals::faces::somebody_else();
        faults.push((index, vec![PhotographFault { code: "other_person".into(), message }]));
        good.retain(|photograph| photograph.index != index);
    }
    faults.sort_by_key(|(index, _)| *index);
    Ok((good, faults))
}

type Judged = std::result::Result<(Template, f64, Option<Vec<u8>>), Vec<PhotographFault>>;

fn judge_one(engine: &Engine, bytes: &[u8], keep: bool) -> Result<Judged> {
    let picture = match vision::decode(bytes, PictureLimits::default()) {
        Ok(picture) => picture,
        Err(error) => {
            return Ok(Err(vec![PhotographFault { code: error.code().to_owned(), message: error.said() }]));
        }
    };
    let seen = vision::examine(&engine.models, &picture, &QualityLimits::default()).map_err(vision_error)?;
    let quality = seen.faces.first().map_or(0.0, |face| f64::from(vision::promise(face)));
    Ok(match (seen.template, seen.faces.first()) {
        (Some(template), Some(face)) => {
            let cut_out = if keep { Some(to_keep(&picture, face)?) } else { None };
            Ok((template, quality, cut_out))
        }
        _ => Err(seen.faults.iter().map(fault_in_words).collect()),
    })
}

/// Photographs that show the very same picture as one before them: they add nothing to what is known of the face.
fn repeated(good: &[Good]) -> Vec<usize> {
    let same = |a: &Good, b: &Good| a.template.cosine(&b.template) > 0.9999;
    let again = |n: &usize| good[..*n].iter().any(|before| same(before, &good[*n]));
    (0..good.len()).filter(again).map(|n| good[n].index).collect()
}

/// Photographs outside the largest group in which each is like another one; all of them where no group is the largest.
fn strangers(good: &[Good], threshold: f32) -> Vec<usize> {
    let mut group: Vec<usize> = (0..good.len()).collect();
    for a in 0..good.len() {
        for b in 0..a {
            if good[a].template.cosine(&good[b].template) >= threshold {
                let (from, to) = (group[a], group[b]);
                group.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
            }
        }
    }
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    group.iter().for_each(|of| *sizes.entry(*of).or_default() += 1);
    let largest = sizes.values().copied().max().unwrap_or(0);
    let mut of_that_size = sizes.iter().filter(|(_, size)| **size == largest).map(|(of, _)| *of);
    let chosen = of_that_size.next().filter(|_| of_that_size.next().is_none());
    (0..good.len()).filter(|n| Some(group[*n]) != chosen).map(|n| good[n].index).collect()
}

fn too_few(good: usize, faults: &Faults) -> Error {
    let mut invalid = Invalid::default();
    for (index, found) in faults {
        for fault in found {
            invalid.push(&format!("uploads.{index}"), &fault.code, fault.message.clone());
        }
    }
    let fields = invalid.into_error().fields;
    let message = refusals::faces::too_few_good(good);
    Error { fields, ..Error::new(ErrorCode::PoorPhotograph, message) }.help(refusals::faces::take_again())
}

fn somebody_else(same: &[&LookAlike]) -> Error {
    let names: Vec<String> = same.iter().map(|alike| format!("{} ({})", alike.name, alike.number)).collect();
    let message = refusals::faces::looks_like(names.join(" and "));
    Error::new(ErrorCode::Duplicate, message)
        .help(refusals::faces::look_again())
        .details(serde_json::json!({ "lookAlikes": same }))
}

/// Everybody else whom the engine tells apart by the larger margin only, the most alike first.
pub(super) fn look_alikes(
    engine: &Engine,
    others: &ClassGallery,
    student: StudentId,
    good: &[Good],
) -> Result<Vec<LookAlike>> {
    let mut alike: HashMap<StudentId, f32> = HashMap::new();
    for photograph in good {
        let ranked = others.templates.rank(&photograph.template, 4).map_err(vision_error)?;
        for candidate in ranked.into_iter().filter(|candidate| candidate.person != student) {
            let score = alike.entry(candidate.person).or_insert(candidate.score);
            *score = score.max(candidate.score);
        }
    }
    let mut found: Vec<LookAlike> = alike
        .into_iter()
        .filter(|(_, score)| *score >= engine.decision.look_alike)
        .filter_map(|(student, score)| {
            let known = others.people.get(&student)?.clone();
            Some(LookAlike { student, number: known.number, name: known.list_name, score })
        })
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(found)
}

/// Keeps templates, and cut-outs where there are any, in the place of former ones. `compared` is with how many people the
/// student was compared.
pub(super) async fn store_templates(
    call: &Call,
    engine: &Engine,
    student: &students::Model,
    good: &[Good],
    compared: usize,
) -> Result<u32> {
    let school = student.school_id;
    let master = Vault::prepare(call).await?;
    let (count, _) = call
        .transact(async |tx| {
            lock_student(tx, student.id).await?;
            // Asked again where nobody can withdraw it in between.
            let settings = need_consent(call, tx.reader(), student).await?;
            delete_enrolment(tx, school, student.id).await?;
            let vault = Vault::open_or_make(call, tx, &master, school).await?;
            let seal = |photograph: &Good| {
                vault.seal(call, student.id, engine.model(), &photograph.template, photograph.quality)
            };
            let rows = good.iter().map(seal).collect::<Result<Vec<_>>>()?;
            let count = rows.len() as u32;
            tx.insert_many::<face_templates::Entity>(rows).await?;
            let kept = good.iter().filter_map(|photograph| photograph.cut_out.as_ref());
            let kept = kept.filter(|_| settings.face_keep_photographs);
            let kept = kept.map(|jpeg| vault.seal_photograph(call, student.id, jpeg)).collect::<Result<Vec<_>>>()?;
            tx.insert_many::<face_photographs::Entity>(kept).await?;
            let (purpose, student) = (FacePurpose::Enrolment, Some(student.id));
            record_use(call, tx, FaceUseOf { purpose, school, class: None, student, people: compared }).await?;
            Ok(count)
        })
        .await?;
    Ok(count)
}

/// A fault with what to do about it.
pub fn fault_in_words(fault: &QualityFault) -> PhotographFault {
    let (code, message) = match fault {
        QualityFault::NoFace => ("no_face", refusals::faces::no_face()),
        QualityFault::SeveralFaces { found } => ("several_faces", refusals::faces::several_faces(*found)),
        QualityFault::TooSmall { pixels, least } => {
            ("too_small", refusals::faces::too_small(pixels.round() as i64, least.round() as i64))
        }
        QualityFault::Blurred { .. } => ("blurred", refusals::faces::blurred()),
        QualityFault::TurnedAside { degrees, .. } => {
            ("turned_aside", refusals::faces::turned_aside(degrees.abs().round() as i64))
        }
        QualityFault::TurnedUpOrDown { degrees, .. } => {
            ("turned_up_or_down", refusals::faces::turned_up_or_down(degrees.abs().round() as i64))
        }
        QualityFault::Tilted { degrees, .. } => ("tilted", refusals::faces::tilted(degrees.abs().round() as i64)),
        QualityFault::TooDark { .. } => ("too_dark", refusals::faces::too_dark()),
        QualityFault::TooBright { .. } => ("too_bright", refusals::faces::too_bright()),
        QualityFault::Flat { .. } => ("flat", refusals::faces::flat()),
        QualityFault::CutOff { .. } => ("cut_off", refusals::faces::cut_off()),
        QualityFault::Unclear { .. } => ("unclear", refusals::faces::unclear()),
        QualityFault::Covered { part: FacePart::Eyes } => ("covered", refusals::faces::eye_covered()),
        QualityFault::Covered { part: FacePart::DarkGlasses } => ("covered", refusals::faces::dark_glasses()),
        QualityFault::Covered { part: FacePart::Mouth } => ("covered", refusals::faces::mouth_covered()),
    };
    PhotographFault { code: code.to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photographs(vectors: &[[f32; 3]]) -> Vec<Good> {
        let good = |(index, values): (usize, &[f32; 3])| Good {
            index,
            template: Template::normalised(values).unwrap(),
            quality: 1.0,
            cut_out: None,
        };
        vectors.iter().enumerate().map(good).collect()
    }

    #[test]
    fn the_photographs_of_another_person_are_found() {
        let (a, b, c) = ([1.0, 0.1, 0.0], [1.0, 0.0, 0.1], [0.9, 0.1, 0.1]);
        assert!(strangers(&photographs(&[a, b, c]), 0.5).is_empty());
        assert_eq!(strangers(&photographs(&[a, b, [0.0, 1.0, 0.0], c]), 0.5), [2]);
        assert_eq!(strangers(&photographs(&[a, b, [0.0, 1.0, 0.0], [0.0, 1.0, 0.1]]), 0.5), [0, 1, 2, 3]);
        assert!(strangers(&[], 0.5).is_empty());
    }

    #[test]
    fn the_same_picture_counts_once() {
        let (a, b) = ([1.0, 0.1, 0.0], [1.0, 0.0, 0.1]);
        assert_eq!(repeated(&photographs(&[a, b, a, a])), [2, 3]);
    }
}
