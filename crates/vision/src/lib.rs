//! Faces: find, align, embed, match. Pictures and models in, boxes and names of people out; it knows no
//! database, no window and no clock, and a template never shows its numbers.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
mod compare;
mod covered;
mod detect;
mod error;
mod evaluate;
mod gallery;
mod liveness;
mod manifest;
mod models;
mod onnx;
mod picture;
mod prepare;
mod quality;
mod recognise;
mod resample;
mod search;
mod template;
mod times;
mod tracker;
mod vectors;

pub use align::{ALIGNED_SIDE, Aligned, Aligner, REFERENCE, Similarity, align};
pub use covered::{Cover, CoverLimits, FacePart, Told, ToldLimits};
pub use detect::{Face, Point, Rect};
pub use error::{PictureError, VisionError};
pub use evaluate::{DetPoint, Evaluation, Identification, Margins, PersonResult, Unreadable, Verification, evaluate};
pub use gallery::{Candidate, Decision, Gallery, LookAlikes, Match, Outcome};
pub use liveness::{
    Challenge, ChallengeFailure, ChallengeProgress, ChallengeRules, ChallengeState, Cue, Evidence, Finding, Liveness,
    Pixels, Prompt, SamePerson,
};
pub use manifest::{
    Colour, DETECTOR_SOURCE_SHA256, DetectorEntry, DetectorThresholds, EMBEDDER_SOURCE_SHA256, EmbedderEntry, MANIFEST,
    Manifest, MatchThresholds, ModelFile, read_manifest, write_models,
};
pub use models::{BareTimes, Models, Threads};
pub use picture::{Picture, PictureLimits, decode, decode_into};
pub use prepare::{prepare_detector, prepare_embedder};
pub use quality::{Measures, QualityFault, QualityLimits, faults, measure, promise, quality};
pub use recognise::{Examination, FrameReport, Recognised, examine, recognise, watch};
pub use search::Search;
pub use template::Template;
pub use times::StageTimes;
pub use tracker::{LivenessRule, Proposal, Rules, TrackId, TrackState, TrackView, Tracker};
