//! What happens at the door, frame by frame: who stands nearest, what is asked of them, and when it is enough. It works on
//! values; it writes nothing.

use store::ids::StudentId;
use vision::{
    Challenge, ChallengeFailure, ChallengeRules, ChallengeState, Liveness, Prompt, SamePerson, TrackState, TrackView,
};

use super::kiosk::KioskPrompt;

/// A face is near enough from this share of the picture's height on.
const NEAR: f32 = 0.15;
/// After a failure the same face waits so long, in seconds.
const WAIT: f64 = 3.0;
/// So many challenges may fail before the office has to help.
const TRIES: usize = 3;

/// What a frame comes to.
#[derive(Debug, PartialEq)]
pub(super) struct Step {
    pub prompt: KioskPrompt,
    /// Turns and looks done, of so many.
    pub turns: Option<(u32, u32)>,
    /// Whose track has shown enough to be marked now.
    pub mark: Option<(u64, StudentId)>,
}

impl Step {
    fn ask(prompt: KioskPrompt) -> Self {
        Self { prompt, turns: None, mark: None }
    }

    fn mark(track: u64, person: StudentId) -> Self {
        Self { mark: Some((track, person)), ..Self::ask(KioskPrompt::HoldStill) }
    }
}

/// Somebody who is asked to turn the head.
struct Asked {
    track: u64,
    person: StudentId,
    challenge: Challenge,
}

/// The door between frames.
pub(super) struct Door {
    /// Whether a face must show that it is no picture.
    liveness: bool,
    turn_head: bool,
    /// From this the order of the turns follows; chance chose it.
    seed: u64,
    asked: Option<Asked>,
    /// Who was greeted, as long as the track is there.
    served: Vec<(u64, StudentId)>,
    /// Tracks that wait after a failure, until when, and what they are told.
    waiting: Vec<(u64, f64, KioskPrompt)>,
    /// Tracks that failed, once for each time.
    failed: Vec<u64>,
}

impl Door {
    pub fn new(liveness: bool, turn_head: bool, seed: u64) -> Self {
        let (served, waiting, failed) = (Vec::new(), Vec::new(), Vec::new());
        Self { liveness, turn_head, seed, asked: None, served, waiting, failed }
    }

    /// This track's person was greeted.
    pub fn served(&mut self, track: u64, student: StudentId) {
        self.served.push((track, student));
    }

    /// Nothing is tried with this track for a while.
    pub fn wait(&mut self, track: u64, seconds: f64) {
        self.waiting.push((track, seconds + WAIT, KioskPrompt::GoToOffice));
    }

    /// Whose face must be compared in the next frame, since that person is asked to turn the head.
    pub fn asked(&self) -> Option<(u64, StudentId)> {
        self.asked.as_ref().map(|asked| (asked.track, asked.person))
    }

    /// Takes the faces of a frame at `seconds`, in a picture so many pixels high; `same` says whether the face of whoever
    /// is [`Self::asked`] is still theirs.
    pub fn step(&mut self, seconds: f64, height: u32, tracks: &[TrackView<StudentId>], same: SamePerson) -> Step {
        let there = |track: &u64| tracks.iter().any(|of| of.id.0 == *track);
        self.served.retain(|(track, _)| there(track));
        self.failed.retain(there);
        self.waiting.retain(|(_, until, _)| seconds < *until);
        if let Some(asked) = self.asked.take() {
            return self.go_on(seconds, tracks, asked, same);
        }
        let area = |track: &&TrackView<StudentId>| track.face.rect.area();
        let Some(nearest) = tracks.iter().max_by(|a, b| area(a).total_cmp(&area(b))) else {
            return Step::ask(KioskPrompt::Welcome);
        };
        if nearest.face.rect.height < NEAR * height as f32 {
            return Step::ask(KioskPrompt::ComeNearer);
        }
        let track = nearest.id.0;
        if let Some((_, _, prompt)) = self.waiting.iter().find(|(of, _, _)| *of == track) {
            return Step::ask(*prompt);
        }
        match (nearest.state, nearest.person) {
            (TrackState::Suspect, _) => Step::ask(KioskPrompt::LooksFlat),
            (TrackState::Unsure | TrackState::Unknown, _) => Step::ask(KioskPrompt::GoToOffice),
            (TrackState::Recognised, Some(person)) => self.recognised(seconds, tracks, nearest, person),
            (TrackState::Looking | TrackState::Recognised, _) => Step::ask(KioskPrompt::HoldStill),
        }
    }

    fn recognised(
        &mut self,
        seconds: f64,
        tracks: &[TrackView<StudentId>],
        nearest: &TrackView<StudentId>,
        person: StudentId,
    ) -> Step {
        let track = nearest.id.0;
        if self.served.contains(&(track, person)) {
            return Step::ask(KioskPrompt::Welcome);
        }
        if self.turn_head {
            if self.failed.iter().filter(|of| **of == track).count() >= TRIES {
                return Step::ask(KioskPrompt::GoToOffice);
            }
            self.seed = self.seed.wrapping_add(1);
            let challenge = Challenge::new(ChallengeRules::default(), self.seed);
            return self.go_on(seconds, tracks, Asked { track, person, challenge }, SamePerson::Unjudged);
        }
        if self.liveness && nearest.liveness.liveness != Liveness::Live {
            return Step::ask(KioskPrompt::MoveHead);
        }
        Step::mark(track, person)
    }

    /// Goes on with a challenge.
    fn go_on(&mut self, seconds: f64, tracks: &[TrackView<StudentId>], mut asked: Asked, same: SamePerson) -> Step {
        let (track, person) = (asked.track, asked.person);
        let seen = tracks.iter().find(|of| of.id.0 == track);
        let passive = seen.map_or(Liveness::Looking, |seen| seen.liveness.liveness);
        let progress = asked.challenge.see(seconds, seen.map(|seen| &seen.face), same, passive);
        match progress.state {
            ChallengeState::Running => {
                self.asked = Some(asked);
                let prompt = match progress.prompt {
                    Some(Prompt::TurnLeft) => KioskPrompt::TurnLeft,
                    Some(Prompt::TurnRight) => KioskPrompt::TurnRight,
                    Some(Prompt::LookStraight) | None => KioskPrompt::LookStraight,
                };
                Step { turns: Some((progress.done as u32, progress.prompts as u32)), ..Step::ask(prompt) }
            }
            ChallengeState::Passed => Step::mark(track, person),
            ChallengeState::Failed(reason) => {
                self.failed.push(track);
                let prompt = match reason {
                    ChallengeFailure::Flat => KioskPrompt::LooksFlat,
                    _ => KioskPrompt::TryAgain,
                };
                self.waiting.push((track, seconds + WAIT, prompt));
                Step::ask(prompt)
            }
        }
    }
}
