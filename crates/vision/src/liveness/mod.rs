//! Is it a face of flesh, or a picture of one? [`Evidence`] collects what a track shows by itself,
//! [`Challenge`] asks a person to turn the head. Both work on faces and pictures handed in, with the
//! time of the frame; what they stop and what not is in `docs/face-engine.md`.

mod challenge;
mod edges;
mod evidence;
mod parallax;
mod pixels;
mod spectrum;

pub use challenge::{
    Challenge, ChallengeFailure, ChallengeProgress, ChallengeRules, ChallengeState, Prompt, SamePerson,
};
pub use evidence::{Cue, Evidence, Finding, Liveness};
pub use pixels::Pixels;
