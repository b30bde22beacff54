//! The active check: a person is asked to look straight and to turn the head in an order that chance
//! makes anew each time. A still photograph has no nose to turn; a clip made before turns in its own order.

use serde::Serialize;

use super::evidence::{Evidence, Liveness};
use crate::detect::Face;
use crate::quality::pose;

/// What a person is asked to do. Left and right are the person's own: in a picture as the camera takes it
/// (not mirrored) a head turned to its own left shows its nose further to the picture's right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    LookStraight,
    TurnLeft,
    TurnRight,
}

impl Prompt {
    /// The sign of the turn in the picture; 0 for looking straight.
    fn side(self) -> f32 {
        match self {
            Self::LookStraight => 0.0,
            Self::TurnLeft => 1.0,
            Self::TurnRight => -1.0,
        }
    }
}

/// Whether the face of a frame is the person's who began: the caller's own comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SamePerson {
    /// It was not compared in this frame, or the comparison could not tell.
    #[default]
    Unjudged,
    Same,
    /// It is somebody else. Counts only while the face looks straight: a turned face is compared badly.
    Other,
}

/// How a challenge is judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ChallengeRules {
    /// Turns asked for, 2 to 8, to both sides at least once: one in 2^turns - 2 clips has the right order by chance.
    pub turns: usize,
    /// Least turn to the side as the five points show it, degrees; the head has to turn by half as much again.
    pub angle: f32,
    /// Most turn that still counts as straight, degrees.
    pub straight: f32,
    /// How long each must be held, seconds.
    pub hold: f64,
    /// Time for each prompt, seconds.
    pub limit: f64,
    /// How long the face may be out of sight, seconds.
    pub lost: f64,
}

/// Least shift of the nose between the looks of one challenge, in distances between the eyes: that of a
/// head that looked 12 degrees to both sides.
const LEAST_PARALLAX: f32 = 0.22;

impl Default for ChallengeRules {
    fn default() -> Self {
        Self { turns: 3, angle: 15.0, straight: 8.0, hold: 0.25, limit: 6.0, lost: 0.8 }
    }
}

/// Why a challenge was not passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeFailure {
    /// A prompt was not followed in time.
    TooSlow,
    /// The time for a prompt went by without a frame in which the person was recognised.
    NotRecognised,
    /// There was no face for too long.
    FaceLost,
    /// Somebody else's face, or one that came from elsewhere in the picture.
    AnotherFace,
    /// The head turned to the other side than asked.
    WrongDirection,
    /// It is a picture of a face.
    Flat,
}

/// Where a challenge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "reason")]
pub enum ChallengeState {
    Running,
    Passed,
    Failed(ChallengeFailure),
}

/// What the screen shows after a frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ChallengeProgress {
    pub state: ChallengeState,
    /// What to ask now; none when it is over.
    pub prompt: Option<Prompt>,
    /// Prompts done, of so many.
    pub done: usize,
    pub prompts: usize,
    /// How much of the present prompt's hold is done, 0 to 1.
    pub held: f32,
    /// Seconds left for the present prompt.
    pub left: f64,
}

/// One person's challenge, from the first frame to passed or failed. After that nothing changes it.
#[derive(Debug, Clone)]
pub struct Challenge {
    rules: ChallengeRules,
    prompts: Vec<Prompt>,
    done: usize,
    state: ChallengeState,
    evidence: Evidence,
    last: Option<(f64, Face)>,
    /// When the present prompt began, and since when it is followed.
    since: Option<f64>,
    held_since: Option<f64>,
    wrong_since: Option<f64>,
    /// The head has left the side of the prompt before.
    returned: bool,
    recognised: bool,
    others: u32,
    /// Sum and count of the turns while first looking straight: where this face's nose is at rest.
    rest: (f32, u32),
}

impl Challenge {
    /// A challenge whose order `seed` decides: the same seed gives the same order, so take a random one.
    pub fn new(rules: ChallengeRules, seed: u64) -> Self {
        Self {
            prompts: prompts(rules.turns.clamp(2, 8), seed),
            rules,
            done: 0,
            state: ChallengeState::Running,
            evidence: Evidence::new(),
            last: None,
            since: None,
            held_since: None,
            wrong_since: None,
            returned: true,
            recognised: false,
            others: 0,
            rest: (0.0, 0),
        }
    }

    /// What is asked, in order; not for the screen, which shows one prompt at a time.
    pub fn prompts(&self) -> &[Prompt] {
        &self.prompts
    }

    /// Takes a frame at `seconds` (never less than before): its one face, whether it is still the same
    /// person, and what the passive check of its track says. The picture must not be mirrored.
    pub fn see(&mut self, seconds: f64, face: Option<&Face>, same: SamePerson, passive: Liveness) -> ChallengeProgress {
        if self.state == ChallengeState::Running {
            let since = *self.since.get_or_insert(seconds);
            let failure = match face {
                _ if passive == Liveness::Flat => Some(ChallengeFailure::Flat),
                Some(face) => self.follow(seconds, face, same),
                None => self.miss(seconds),
            };
            let late = seconds - self.since.unwrap_or(since) > self.rules.limit;
            let slow = if self.held_since.is_some() && !self.recognised {
                ChallengeFailure::NotRecognised
            } else {
                ChallengeFailure::TooSlow
            };
            if let Some(failure) = failure.or(late.then_some(slow)) {
                self.state = ChallengeState::Failed(failure);
            }
        }
        self.progress(seconds)
    }

    fn miss(&mut self, seconds: f64) -> Option<ChallengeFailure> {
        self.held_since = None;
        let seen = self.last.as_ref().map(|(at, _)| *at)?;
        (seconds - seen > self.rules.lost).then_some(ChallengeFailure::FaceLost)
    }

    fn follow(&mut self, seconds: f64, face: &Face, same: SamePerson) -> Option<ChallengeFailure> {
        let before = self.last.replace((seconds, face.clone()));
        if before.is_some_and(|(at, last)| seconds - at <= self.rules.lost && !near(&last, face)) {
            return Some(ChallengeFailure::AnotherFace);
        }
        self.evidence.see(face);
        if self.evidence.finding().liveness == Liveness::Flat {
            return Some(ChallengeFailure::Flat);
        }
        let turn = self.turn(face);
        let straight = turn.abs() <= self.rules.straight;
        if straight {
            match same {
                SamePerson::Same => (self.recognised, self.others) = (true, 0),
                SamePerson::Other => self.others += 1,
                SamePerson::Unjudged => {}
            }
            if self.others >= 2 {
                return Some(ChallengeFailure::AnotherFace);
            }
        }
        let prompt = self.prompts.get(self.done).copied()?;
        let wrong = self.is_wrong(prompt, turn, straight);
        self.wrong_since = if wrong { self.wrong_since.or(Some(seconds)) } else { None };
        if self.wrong_since.is_some_and(|at| seconds - at >= self.rules.hold) {
            return Some(ChallengeFailure::WrongDirection);
        }
        let followed = match prompt {
            Prompt::LookStraight => straight,
            _ => turn * prompt.side() >= self.rules.angle,
        };
        self.keep(followed, seconds);
        self.advance(seconds)
    }

    /// The turn in degrees against the face's own rest, positive to the picture's right.
    fn turn(&mut self, face: &Face) -> f32 {
        let (aside, _, _) = pose(&face.points);
        // No face at rest shows more; who begins with a turned head is not straight.
        const MOST_AT_REST: f32 = 12.0;
        if self.done == 0 && aside.abs() <= MOST_AT_REST {
            self.rest.0 += aside;
            self.rest.1 += 1;
        }
        if self.rest.1 == 0 { aside } else { aside - self.rest.0 / self.rest.1 as f32 }
    }

    /// Whether the head is turned where nobody asked it to: to the other side, or aside again after it came
    /// back to look straight. Before the first turn nothing is wrong.
    fn is_wrong(&mut self, prompt: Prompt, turn: f32, straight: bool) -> bool {
        let Some(before) = self.done.checked_sub(1).map(|n| self.prompts[n].side()) else {
            return false;
        };
        if prompt == Prompt::LookStraight {
            self.returned |= straight;
            return turn.abs() >= self.rules.angle && (self.returned || turn * before < 0.0);
        }
        let along = turn * prompt.side();
        self.returned |= along > -self.rules.straight;
        self.returned && along <= -self.rules.angle
    }

    fn keep(&mut self, followed: bool, seconds: f64) {
        self.held_since = if followed { self.held_since.or(Some(seconds)) } else { None };
    }

    /// Goes to the next prompt when the present one was held; the first and the last need the person.
    fn advance(&mut self, seconds: f64) -> Option<ChallengeFailure> {
        let held = self.held_since.is_some_and(|at| seconds - at >= self.rules.hold);
        let last = self.done + 1 == self.prompts.len();
        if !held || ((self.done == 0 || last) && !self.recognised) {
            return None;
        }
        let side = self.prompts[self.done].side();
        self.done += 1;
        if last {
            if !self.evidence.has_depth(LEAST_PARALLAX) {
                return Some(ChallengeFailure::Flat);
            }
            self.state = ChallengeState::Passed;
            return None;
        }
        // The same person again at the end: what was seen before the turns does not count for it.
        self.recognised = self.done + 1 != self.prompts.len();
        self.returned = side == 0.0;
        (self.since, self.held_since, self.wrong_since) = (Some(seconds), None, None);
        None
    }

    fn progress(&self, seconds: f64) -> ChallengeProgress {
        let running = self.state == ChallengeState::Running;
        let held = self.held_since.filter(|_| running).map_or(0.0, |at| (seconds - at) / self.rules.hold.max(1e-3));
        let spent = self.since.map_or(0.0, |at| seconds - at);
        ChallengeProgress {
            state: self.state,
            prompt: self.prompts.get(self.done).copied().filter(|_| running),
            done: self.done,
            prompts: self.prompts.len(),
            held: held.clamp(0.0, 1.0) as f32,
            left: (self.rules.limit - spent).clamp(0.0, self.rules.limit),
        }
    }
}

/// Whether a face can be the one of the frame before: within its own width, and no other size.
fn near(last: &Face, face: &Face) -> bool {
    let (a, b) = (&last.rect, &face.rect);
    let dx = (a.x + a.width / 2.0) - (b.x + b.width / 2.0);
    let dy = (a.y + a.height / 2.0) - (b.y + b.height / 2.0);
    dx.hypot(dy) <= a.width.max(b.width) && (0.5..=2.0).contains(&(a.height / b.height))
}

/// Straight, the turns, straight; between two turns to one side the head comes back. Both sides occur, so
/// that the nose is seen to move far.
fn prompts(turns: usize, seed: u64) -> Vec<Prompt> {
    let bits = 1 + mixed(seed) % ((1 << turns) - 2);
    let mut prompts = vec![Prompt::LookStraight];
    for n in 0..turns {
        let turn = if bits >> n & 1 == 0 { Prompt::TurnLeft } else { Prompt::TurnRight };
        if prompts.last() == Some(&turn) {
            prompts.push(Prompt::LookStraight);
        }
        prompts.push(turn);
    }
    prompts.push(Prompt::LookStraight);
    prompts
}

/// SplitMix64's finaliser (Steele, Lea, Flood 2014): near seeds give unlike orders.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Rect;
    use crate::liveness::parallax::tests::turned;

    fn face(aside: f32, out: f32) -> Face {
        let rect = Rect { x: 150.0, y: 50.0, width: 100.0, height: 120.0 };
        Face { rect, score: 0.9, points: turned(aside, 0.0, out) }
    }

    /// A person who does as asked (`obey` 1) or the opposite (-1), up to `limit` frames at 15 a second.
    fn play(challenge: &mut Challenge, obey: f32, out: f32, same: SamePerson, limit: usize) -> ChallengeProgress {
        let (mut aside, mut progress) = (0.0f32, challenge.progress(0.0));
        for n in 0..limit {
            let wanted = progress.prompt.map_or(0.0, Prompt::side) * 25.0 * obey;
            aside += (wanted - aside).clamp(-4.0, 4.0);
            // A little unrest, so that no two frames are the same.
            let shown = aside + (n % 3) as f32 * 0.4;
            progress = challenge.see(n as f64 / 15.0, Some(&face(shown, out)), same, Liveness::Looking);
        }
        progress
    }

    fn failed(reason: ChallengeFailure) -> ChallengeState {
        ChallengeState::Failed(reason)
    }

    #[test]
    fn whoever_follows_passes_in_every_order() {
        for seed in 0..32 {
            let mut challenge = Challenge::new(ChallengeRules::default(), seed);
            let end = play(&mut challenge, 1.0, 0.58, SamePerson::Same, 200);
            assert_eq!((end.state, end.prompt, end.done), (ChallengeState::Passed, None, end.prompts), "{seed}");
        }
    }

    #[test]
    fn the_orders_are_many_begin_and_end_straight_and_come_back_between_equal_turns() {
        let mut orders: Vec<Vec<Prompt>> = (0..64).map(|seed| prompts(3, seed)).collect();
        for order in &orders {
            assert_eq!((order[0], order[order.len() - 1]), (Prompt::LookStraight, Prompt::LookStraight));
            assert!(order.windows(2).all(|pair| pair[0] != pair[1]));
            assert_eq!(order.iter().filter(|p| **p != Prompt::LookStraight).count(), 3);
        }
        orders.sort_by_key(|o| format!("{o:?}"));
        orders.dedup();
        assert_eq!(orders.len(), 6);
    }

    #[test]
    fn left_is_the_persons_own_left() {
        // Turned to their own left, the nose goes to the right of a picture that is not mirrored.
        let (aside, _, _) = pose(&turned(20.0, 0.0, 0.58));
        assert!(aside * Prompt::TurnLeft.side() > 15.0 && aside * Prompt::TurnRight.side() < -15.0);
    }

    #[test]
    fn each_way_to_fail_has_its_reason() {
        let new = || Challenge::new(ChallengeRules::default(), 7);
        let end = |obey, out, same| play(&mut new(), obey, out, same, 200).state;
        assert_eq!(end(-1.0, 0.58, SamePerson::Same), failed(ChallengeFailure::WrongDirection));
        assert_eq!(end(0.0, 0.58, SamePerson::Same), failed(ChallengeFailure::TooSlow));
        assert_eq!(end(1.0, 0.58, SamePerson::Unjudged), failed(ChallengeFailure::NotRecognised));
        assert_eq!(end(1.0, 0.58, SamePerson::Other), failed(ChallengeFailure::AnotherFace));
        // A sheet has no nose: turned as asked, it never seems to look aside.
        let sheet = end(1.0, 0.0, SamePerson::Same);
        assert!(matches!(sheet, ChallengeState::Failed(ChallengeFailure::TooSlow | ChallengeFailure::Flat)));
        let mut flat = new();
        let state = flat.see(0.0, Some(&face(0.0, 0.58)), SamePerson::Same, Liveness::Flat).state;
        assert_eq!(state, failed(ChallengeFailure::Flat));
    }

    #[test]
    fn a_face_that_goes_or_jumps_fails_and_the_end_stays_the_end() {
        let mut challenge = Challenge::new(ChallengeRules::default(), 1);
        let see = |c: &mut Challenge, at: f64, face: Option<&Face>| c.see(at, face, SamePerson::Same, Liveness::Live);
        see(&mut challenge, 0.0, Some(&face(0.0, 0.58)));
        assert_eq!(see(&mut challenge, 0.5, None).state, ChallengeState::Running);
        assert_eq!(see(&mut challenge, 1.0, None).state, failed(ChallengeFailure::FaceLost));
        assert_eq!(see(&mut challenge, 1.1, Some(&face(0.0, 0.58))).state, failed(ChallengeFailure::FaceLost));
        let mut challenge = Challenge::new(ChallengeRules::default(), 1);
        see(&mut challenge, 0.0, Some(&face(0.0, 0.58)));
        let elsewhere = face(0.0, 0.58).mapped(1.0, 300.0, 0.0);
        assert_eq!(see(&mut challenge, 0.1, Some(&elsewhere)).state, failed(ChallengeFailure::AnotherFace));
    }

    #[test]
    fn a_person_swapped_during_the_turns_is_found_at_the_end() {
        let mut challenge = Challenge::new(ChallengeRules::default(), 3);
        let (mut aside, mut progress) = (0.0f32, challenge.progress(0.0));
        for n in 0..300 {
            let wanted = progress.prompt.map_or(0.0, Prompt::side) * 25.0;
            aside += (wanted - aside).clamp(-4.0, 4.0);
            let same = if progress.done == 0 { SamePerson::Same } else { SamePerson::Unjudged };
            progress = challenge.see(n as f64 / 15.0, Some(&face(aside, 0.58)), same, Liveness::Looking);
        }
        assert_eq!(progress.state, failed(ChallengeFailure::NotRecognised));
    }
}
