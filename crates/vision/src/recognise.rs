//! The whole way in one call: for a photograph, for a frame of a camera, and for a photograph to enrol.

use serde::Serialize;

use crate::align::{Aligner, align};
use crate::covered::{painted_over, silent, told};
use crate::detect::Face;
use crate::error::VisionError;
use crate::gallery::{Decision, Gallery, Match};
use crate::models::Models;
use crate::picture::Picture;
use crate::quality::{QualityFault, QualityLimits, quality};
use crate::template::Template;
use crate::times::{StageTimes, timed};
use crate::tracker::{Proposal, TrackView, Tracker};

/// A face of a photograph and who it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recognised<P> {
    pub face: Face,
    pub found: Match<P>,
}

/// Finds and identifies every face of a photograph; the times of the stages are added to `times`.
///
/// # Errors
/// [`VisionError::Inference`] when a model fails, [`VisionError::Template`] when the gallery is of
/// another model.
pub fn recognise<P: Clone>(
    models: &Models,
    gallery: &Gallery<P>,
    decision: Decision,
    picture: &Picture,
    times: &mut StageTimes,
) -> Result<Vec<Recognised<P>>, VisionError> {
    let faces = timed(&mut times.find, || models.find(picture))?;
    let mut aligner = Aligner::default();
    let aligned = timed(&mut times.align, || aligner.align(picture, &faces));
    let templates = timed(&mut times.embed, || models.embed(aligned))?;
    let found = timed(&mut times.matching, || gallery.identify_frame(&templates, decision))?;
    Ok(faces.into_iter().zip(found).map(|(face, found)| Recognised { face, found }).collect())
}

/// What a frame of a camera brought.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrameReport<P> {
    /// The faces in the frame.
    pub tracks: Vec<TrackView<P>>,
    /// People proposed by this frame.
    pub proposals: Vec<Proposal<P>>,
    pub times: StageTimes,
}

/// Takes one frame of a camera, at `seconds`, into a tracker.
///
/// # Errors
/// As [`recognise`]; the tracker stays as it was before the frame's faces were embedded.
pub fn watch<P: Clone + PartialEq>(
    models: &Models,
    gallery: &Gallery<P>,
    decision: Decision,
    tracker: &mut Tracker<P>,
    picture: &Picture,
    seconds: f64,
) -> Result<FrameReport<P>, VisionError> {
    let mut times = StageTimes::default();
    let faces = timed(&mut times.find, || models.find(picture))?;
    let due = tracker.see(seconds, faces);
    timed(&mut times.live, || tracker.look(picture));
    let mut proposals = Vec::new();
    if !due.is_empty() {
        let aligned = timed(&mut times.align, || tracker.aligner.align(picture, due.iter().map(|(_, face)| face)));
        let templates = timed(&mut times.embed, || models.embed(aligned))?;
        proposals = timed(&mut times.matching, || {
            let found = gallery.identify_frame(&templates, decision)?;
            Ok::<_, VisionError>(tracker.learn(seconds, due.iter().map(|(id, _)| *id).zip(found).collect()))
        })?;
    }
    Ok(FrameReport { tracks: tracker.tracks(), proposals, times })
}

/// A photograph looked at for enrolment.
#[derive(Debug)]
pub struct Examination {
    /// All faces found.
    pub faces: Vec<Face>,
    /// Why it cannot be used; empty when it can.
    pub faults: Vec<QualityFault>,
    /// The template, when it can be used.
    pub template: Option<Template>,
}

/// Looks whether a photograph can be enrolled, and makes its template if so.
///
/// # Errors
/// [`VisionError::Inference`] when a model fails.
pub fn examine(models: &Models, picture: &Picture, limits: &QualityLimits) -> Result<Examination, VisionError> {
    let faces = models.find(picture)?;
    let aligned = match faces.as_slice() {
        [face] => Some(align(picture, face)),
        _ => None,
    };
    let mut faults = quality(picture, &faces, aligned.as_ref(), limits);
    let template = match aligned {
        Some(aligned) if faults.is_empty() => {
            let painted = models.embed(&painted_over(&aligned))?;
            let template = models.embed(&[aligned])?.pop();
            let told = template.as_ref().and_then(|whole| told(whole, &painted));
            let part = told.and_then(|told| silent(&told, &models.manifest().embedder.told));
            faults.extend(part.map(|part| QualityFault::Covered { part }));
            template.filter(|_| faults.is_empty())
        }
        _ => None,
    };
    Ok(Examination { faces, faults, template })
}
