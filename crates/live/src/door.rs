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
            (TrackState::Unproven, _) => Step::ask(KioskPrompt::MoveHead),
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

#[cfg(test)]
mod tests {
    use super::*;
    use vision::{Candidate, Face, Finding, Point, REFERENCE, Rect, TrackId};

    const HEIGHT: u32 = 480;

    /// A face of this height, turned by degrees to the picture's right.
    fn face(height: f32, aside: f32) -> Face {
        let (sin, cos) = aside.to_radians().sin_cos();
        let points = std::array::from_fn(|n| {
            let (x, y) = (REFERENCE[n].x - 56.0, REFERENCE[n].y - 72.0);
            let z = if n == 2 { 0.58 * 35.24 } else { 0.0 };
            Point { x: 200.0 + x * cos + z * sin, y: 100.0 + y }
        });
        let rect = Rect { x: 150.0, y: 50.0, width: 0.8 * height, height };
        Face { rect, score: 0.9, points }
    }

    fn track(id: u64, state: TrackState, person: Option<StudentId>, face: Face) -> TrackView<StudentId> {
        let best = person.map(|person| Candidate { person, score: 0.8 });
        let liveness = Finding::default();
        TrackView { id: TrackId(id), face, state, first_seen: 0.0, person, best, second: None, liveness }
    }

    fn ask(door: &mut Door, tracks: &[TrackView<StudentId>]) -> (KioskPrompt, Option<(u64, StudentId)>) {
        let step = door.step(0.0, HEIGHT, tracks, SamePerson::Unjudged);
        (step.prompt, step.mark)
    }

    #[test]
    fn the_nearest_face_is_asked_and_marked_once() {
        let (ann, bea) = (StudentId::new(), StudentId::new());
        let mut door = Door::new(false, false, 0);
        assert_eq!(ask(&mut door, &[]), (KioskPrompt::Welcome, None));
        let far = track(0, TrackState::Recognised, Some(ann), face(40.0, 0.0));
        assert_eq!(ask(&mut door, std::slice::from_ref(&far)), (KioskPrompt::ComeNearer, None));
        let near = track(1, TrackState::Recognised, Some(bea), face(120.0, 0.0));
        let (_, mark) = ask(&mut door, &[far.clone(), near.clone()]);
        assert_eq!(mark, Some((1, bea)));
        door.served(1, bea);
        assert_eq!(ask(&mut door, &[far, near.clone()]), (KioskPrompt::Welcome, None));
        // Somebody else in the same place is somebody else; a face that went and comes back is asked again.
        let other = track(1, TrackState::Recognised, Some(ann), face(120.0, 0.0));
        assert_eq!(ask(&mut door, &[other]).1, Some((1, ann)));
        ask(&mut door, &[]);
        assert_eq!(ask(&mut door, &[near]).1, Some((1, bea)));
    }

    #[test]
    fn who_is_unknown_unsure_or_a_picture_goes_to_the_office() {
        let ann = StudentId::new();
        for (state, prompt) in [
            (TrackState::Looking, KioskPrompt::HoldStill),
            (TrackState::Unsure, KioskPrompt::GoToOffice),
            (TrackState::Unknown, KioskPrompt::GoToOffice),
            (TrackState::Suspect, KioskPrompt::LooksFlat),
        ] {
            let seen = [track(1, state, None, face(120.0, 0.0))];
            assert_eq!(ask(&mut Door::new(true, true, 0), &seen), (prompt, None), "{state:?}");
        }
        // Recognised, and nothing seen yet that a photograph does not show.
        let mut still = track(1, TrackState::Recognised, Some(ann), face(120.0, 0.0));
        assert_eq!(ask(&mut Door::new(true, false, 0), std::slice::from_ref(&still)), (KioskPrompt::MoveHead, None));
        still.liveness.liveness = Liveness::Live;
        assert_eq!(ask(&mut Door::new(true, false, 0), &[still]).1, Some((1, ann)));
        // After a failure the same face waits.
        let mut door = Door::new(false, false, 0);
        door.wait(1, 0.0);
        let seen = [track(1, TrackState::Recognised, Some(ann), face(120.0, 0.0))];
        assert_eq!(ask(&mut door, &seen), (KioskPrompt::GoToOffice, None));
        assert_eq!(door.step(WAIT + 0.1, HEIGHT, &seen, SamePerson::Unjudged).mark, Some((1, ann)));
    }

    /// Plays somebody who does as asked (`obey` 1), nothing (0) or the opposite (-1); returns who was marked, and what was
    /// asked.
    fn play(obey: f32, seed: u64) -> (Option<StudentId>, Vec<KioskPrompt>) {
        let ann = StudentId::new();
        let mut door = Door::new(true, true, seed);
        let (mut aside, mut wanted, mut prompts) = (0.0_f32, 0.0, Vec::new());
        for n in 0..600_u32 {
            aside += (wanted - aside).clamp(-4.0, 4.0);
            // A little unrest, so that no two frames are the same.
            let seen = [track(7, TrackState::Recognised, Some(ann), face(120.0, aside + (n % 3) as f32 * 0.4))];
            let same = if door.asked() == Some((7, ann)) { SamePerson::Same } else { SamePerson::Unjudged };
            let step = door.step(f64::from(n) / 15.0, HEIGHT, &seen, same);
            if prompts.last() != Some(&step.prompt) {
                prompts.push(step.prompt);
            }
            if let Some((_, person)) = step.mark {
                return (Some(person), prompts);
            }
            wanted = obey
                * match step.prompt {
                    KioskPrompt::TurnLeft => 25.0,
                    KioskPrompt::TurnRight => -25.0,
                    _ => 0.0,
                };
        }
        (None, prompts)
    }

    #[test]
    fn whoever_turns_the_head_as_asked_is_marked_and_nobody_else() {
        for seed in 0..4 {
            let (marked, prompts) = play(1.0, seed);
            assert!(marked.is_some(), "{prompts:?}");
            assert!(prompts.iter().any(|p| matches!(p, KioskPrompt::TurnLeft | KioskPrompt::TurnRight)));
        }
        for obey in [0.0, -1.0] {
            let (marked, prompts) = play(obey, 1);
            assert_eq!(marked, None);
            assert_eq!(prompts.iter().filter(|p| **p == KioskPrompt::TryAgain).count(), TRIES, "{prompts:?}");
            assert_eq!(prompts.last(), Some(&KioskPrompt::GoToOffice));
        }
    }
}
