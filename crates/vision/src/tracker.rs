//! The tracker of a camera: faces followed from frame to frame, evidence that adds up over the frames of a track,
//! and an identity that is proposed once. It works on values; the time of a frame is passed in.

use serde::Serialize;

use crate::align::Aligner;
use crate::detect::Face;
use crate::gallery::{Candidate, Match, Outcome};
use crate::liveness::{Evidence, Finding, Liveness, Pixels};
use crate::picture::Picture;
use crate::quality::promise;

/// When evidence is enough.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rules {
    /// Frames that must agree on a person.
    pub agree: u32,
    /// The least share of a track's judged frames that agree.
    pub share: f32,
    /// The least overlap (intersection over union) of a face with its track's last place.
    pub overlap: f32,
    /// A track that is not seen for so long is forgotten, seconds.
    pub forget: f64,
    /// An undecided track is embedded again after so long, seconds; later half as often, then a quarter.
    pub again: f64,
    /// A decided track is checked again after so long, seconds: people may have changed places.
    pub recheck: f64,
    pub liveness: LivenessRule,
}

/// Whose face may be proposed, by what its track showed of being alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LivenessRule {
    /// Whoever it is like; nothing is looked at.
    Anybody,
    /// Not one that shows itself to be a picture ([`Liveness::Flat`]).
    NotFlat,
    /// Only one that moved like a head ([`Liveness::Live`]). A picture that is held still is never proposed, nor is
    /// somebody who does not move.
    Live,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            agree: 3,
            share: 0.6,
            overlap: 0.3,
            forget: 1.0,
            again: 0.1,
            recheck: 1.0,
            liveness: LivenessRule::NotFlat,
        }
    }
}

/// A face that overlaps its former place by less (intersection over union) may be another one.
const JUMP: f32 = 0.6;

/// A track's number, unique in its tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TrackId(pub u64);

/// What is known of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackState {
    /// Too few frames yet.
    Looking,
    /// Enough frames agree on a person.
    Recognised,
    /// Enough frames, and they are near to somebody, but not clearly.
    Unsure,
    /// Enough frames, and nobody in the gallery is like this face.
    Unknown,
    /// Enough frames agree on a person, but the face has not moved like a head yet; only with [`LivenessRule::Live`].
    Unproven,
    /// It is a picture of a face ([`Liveness::Flat`]), whoever it is like; not with [`LivenessRule::Anybody`].
    Suspect,
}

/// A track as the screen shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrackView<P> {
    pub id: TrackId,
    pub face: Face,
    pub state: TrackState,
    /// When the track began, seconds.
    pub first_seen: f64,
    /// The person, when recognised.
    pub person: Option<P>,
    /// The two most alike people in the last judged frame.
    pub best: Option<Candidate<P>>,
    pub second: Option<Candidate<P>>,
    /// Whether the face is real, as far as the track tells, and why.
    pub liveness: Finding,
}

/// A person whom enough frames agree on; given once in a tracker.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal<P> {
    pub person: P,
    pub track: TrackId,
    /// Mean score of the frames that agree.
    pub score: f32,
    /// Least margin of the frames that agree.
    pub margin: f32,
    /// Frames that agree.
    pub frames: u32,
    /// When the track began, seconds.
    pub first_seen: f64,
    /// Where the face is now.
    pub face: Face,
}

/// Frames that agree on one person.
#[derive(Debug, Clone)]
struct Votes<P> {
    person: P,
    frames: u32,
    score: f32,
    margin: f32,
}

#[derive(Debug, Clone)]
struct Track<P> {
    id: TrackId,
    face: Face,
    first_seen: f64,
    last_seen: f64,
    last_judged: Option<f64>,
    /// The best [`promise`] that was embedded.
    promise: f32,
    judged: u32,
    votes: Vec<Votes<P>>,
    person: Option<P>,
    /// Checks in a row that did not find the recognised person.
    doubts: u32,
    /// Whether the face moved so far between two frames that it may be somebody else's, and was not judged since.
    jumped: bool,
    last: Option<Match<P>>,
    evidence: Evidence,
}

/// The tracks of one camera and what was proposed.
#[derive(Debug, Clone)]
pub struct Tracker<P> {
    rules: Rules,
    tracks: Vec<Track<P>>,
    next: u64,
    proposed: Vec<P>,
    dismissed: Vec<P>,
    pixels: Pixels,
    /// Cuts out the faces that are due; kept here, as a tracker is what lasts from frame to frame.
    pub(crate) aligner: Aligner,
}

impl<P: Clone + PartialEq> Tracker<P> {
    /// A tracker without tracks.
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            tracks: Vec::new(),
            next: 0,
            proposed: Vec::new(),
            dismissed: Vec::new(),
            pixels: Pixels::default(),
            aligner: Aligner::default(),
        }
    }

    /// Takes the faces of a frame at `seconds` (never less than before) and follows them. Returns the
    /// tracks to embed now, each with its face.
    pub fn see(&mut self, seconds: f64, faces: Vec<Face>) -> Vec<(TrackId, Face)> {
        let forget = self.rules.forget;
        self.tracks.retain(|t| seconds - t.last_seen <= forget);
        self.follow(seconds, faces);
        let rules = self.rules;
        self.tracks
            .iter()
            .filter(|t| t.last_seen == seconds && is_due(t, seconds, &rules))
            .map(|t| (t.id, t.face.clone()))
            .collect()
    }

    /// Looks at the pixels of the frame that [`Self::see`] took last, for signs of a sheet or a screen. With
    /// [`LivenessRule::Anybody`] it does nothing.
    pub fn look(&mut self, picture: &Picture) {
        if self.rules.liveness == LivenessRule::Anybody {
            return;
        }
        let newest = self.newest();
        for track in self.tracks.iter_mut().filter(|t| t.last_seen == newest) {
            track.evidence.look(picture, &track.face, &mut self.pixels);
        }
    }

    fn newest(&self) -> f64 {
        self.tracks.iter().map(|t| t.last_seen).fold(f64::MIN, f64::max)
    }

    /// Gives each face the track that it overlaps most, the best pairs first, and the others a new one.
    fn follow(&mut self, seconds: f64, faces: Vec<Face>) {
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (f, face) in faces.iter().enumerate() {
            for (t, track) in self.tracks.iter().enumerate() {
                let overlap = track.face.rect.overlap(&face.rect);
                if overlap >= self.rules.overlap {
                    pairs.push((overlap, f, t));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut faces: Vec<Option<Face>> = faces.into_iter().map(Some).collect();
        let mut taken = vec![false; self.tracks.len()];
        for (_, f, t) in pairs {
            if taken[t] {
                continue;
            }
            if let Some(face) = faces[f].take() {
                taken[t] = true;
                let track = &mut self.tracks[t];
                track.evidence.see(&face);
                track.jumped |= track.face.rect.overlap(&face.rect) < JUMP;
                track.face = face;
                track.last_seen = seconds;
            }
        }
        for face in faces.into_iter().flatten() {
            let mut evidence = Evidence::new();
            evidence.see(&face);
            self.tracks.push(Track {
                id: TrackId(self.next),
                face,
                first_seen: seconds,
                last_seen: seconds,
                last_judged: None,
                promise: 0.0,
                judged: 0,
                votes: Vec::new(),
                person: None,
                doubts: 0,
                jumped: false,
                last: None,
                evidence,
            });
            self.next += 1;
        }
    }

    /// Takes the matches of one frame's embedded tracks, made together by
    /// [`crate::Gallery::identify_frame`]. Returns the people proposed for the first time.
    pub fn learn(&mut self, seconds: f64, matches: Vec<(TrackId, Match<P>)>) -> Vec<Proposal<P>> {
        let mut proposals = Vec::new();
        for (id, found) in matches {
            let Some(at) = self.tracks.iter().position(|t| t.id == id) else {
                continue;
            };
            // One identity at most once in a frame: somebody recognised beside this face is not this face.
            let elsewhere = found.identity().is_some_and(|person| {
                self.tracks.iter().any(|t| t.id != id && t.last_seen == seconds && t.person.as_ref() == Some(person))
            });
            let rules = self.rules;
            let track = &mut self.tracks[at];
            track.judge(seconds, found, elsewhere, &rules);
            if let Some(proposal) = track.proposal().filter(|_| track.is_believed(rules.liveness)) {
                let person = &proposal.person;
                if !self.proposed.contains(person) && !self.dismissed.contains(person) {
                    self.proposed.push(person.clone());
                    proposals.push(proposal);
                }
            }
        }
        proposals
    }

    /// The tracks seen in the newest frame, oldest first.
    pub fn tracks(&self) -> Vec<TrackView<P>> {
        let newest = self.newest();
        self.tracks.iter().filter(|t| t.last_seen == newest).map(|t| t.view(&self.rules)).collect()
    }

    /// A person's word: this is not who was proposed. They are not proposed again in this tracker.
    pub fn dismiss(&mut self, person: &P) {
        if !self.dismissed.contains(person) {
            self.dismissed.push(person.clone());
        }
        for track in &mut self.tracks {
            if track.person.as_ref() == Some(person) {
                track.start_again();
            }
        }
    }

    /// Takes a proposal back as if it had not been made: it can be made again.
    pub fn undo(&mut self, person: &P) {
        self.proposed.retain(|p| p != person);
        self.dismissed.retain(|p| p != person);
    }
}

/// Whether a track seen now wants an embedding.
fn is_due<P>(track: &Track<P>, seconds: f64, rules: &Rules) -> bool {
    let Some(last) = track.last_judged else {
        return true;
    };
    let waited = seconds - last;
    if track.person.is_some() {
        // Somebody else may have stepped in: a doubt, or a face that jumped, is looked into at once.
        return track.doubts > 0 || track.jumped || waited >= rules.recheck;
    }
    // A clearly better look is worth an embedding at once; else an unknown face is asked ever less often.
    let better = promise(&track.face) > track.promise * 1.15;
    let patience = match track.judged {
        0..6 => rules.again,
        6..12 => rules.again * 4.0,
        _ => rules.again * 10.0,
    };
    better || waited >= patience
}

impl<P: Clone + PartialEq> Track<P> {
    fn judge(&mut self, seconds: f64, found: Match<P>, elsewhere: bool, rules: &Rules) {
        self.last_judged = Some(seconds);
        self.jumped = false;
        self.promise = self.promise.max(promise(&self.face));
        let identity = found.identity().filter(|_| !elsewhere).cloned();
        if let Some(person) = &self.person {
            self.doubts = if identity.as_ref() == Some(person) { 0 } else { self.doubts + 1 };
            if self.doubts >= 2 {
                self.start_again();
                self.first_seen = seconds;
            }
        }
        self.judged += 1;
        if let Some(person) = identity {
            let (score, margin) = (found.score(), found.margin());
            match self.votes.iter_mut().find(|v| v.person == person) {
                Some(votes) => {
                    votes.frames += 1;
                    votes.score += score;
                    votes.margin = votes.margin.min(margin);
                }
                None => self.votes.push(Votes { person, frames: 1, score, margin }),
            }
        }
        self.last = Some(found);
        if self.person.is_none() {
            let judged = self.judged as f32;
            let enough = |v: &&Votes<P>| v.frames >= rules.agree && v.frames as f32 / judged >= rules.share;
            self.person = self.votes.iter().find(enough).map(|v| v.person.clone());
        }
    }

    /// Forgets the evidence, as for a new face.
    fn start_again(&mut self) {
        self.votes.clear();
        self.judged = 0;
        self.person = None;
        self.doubts = 0;
        self.promise = 0.0;
        // A picture that shows somebody else is still a picture.
        if self.evidence.finding().liveness != Liveness::Flat {
            self.evidence.start_again();
        }
    }

    /// Whether the face is alive enough to be proposed.
    fn is_believed(&self, rule: LivenessRule) -> bool {
        match rule {
            LivenessRule::Anybody => true,
            LivenessRule::NotFlat => self.evidence.finding().liveness != Liveness::Flat,
            LivenessRule::Live => self.evidence.finding().liveness == Liveness::Live,
        }
    }

    fn proposal(&self) -> Option<Proposal<P>> {
        let person = self.person.as_ref()?;
        let votes = self.votes.iter().find(|v| v.person == *person)?;
        Some(Proposal {
            person: person.clone(),
            track: self.id,
            score: votes.score / votes.frames as f32,
            margin: votes.margin,
            frames: votes.frames,
            first_seen: self.first_seen,
            face: self.face.clone(),
        })
    }

    fn view(&self, rules: &Rules) -> TrackView<P> {
        let near = self.last.as_ref().is_some_and(|m| m.outcome != Outcome::Unknown);
        let (finding, believed) = (self.evidence.finding(), self.is_believed(rules.liveness));
        let state = match () {
            () if !believed && finding.liveness == Liveness::Flat => TrackState::Suspect,
            () if self.person.is_some() && !believed => TrackState::Unproven,
            () if self.person.is_some() => TrackState::Recognised,
            () if self.judged < rules.agree => TrackState::Looking,
            () if near || !self.votes.is_empty() => TrackState::Unsure,
            () => TrackState::Unknown,
        };
        TrackView {
            id: self.id,
            face: self.face.clone(),
            state,
            person: self.person.clone().filter(|_| state != TrackState::Suspect),
            first_seen: self.first_seen,
            liveness: finding,
            best: self.last.as_ref().and_then(|m| m.best.clone()),
            second: self.last.as_ref().and_then(|m| m.second.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Point, Rect};

    fn face(x: f32) -> Face {
        Face {
            rect: Rect { x, y: 10.0, width: 100.0, height: 120.0 },
            score: 0.9,
            points: crate::align::REFERENCE.map(|p| Point { x: p.x + x, y: p.y + 10.0 }),
        }
    }

    fn like(person: &'static str, outcome: Outcome) -> Match<&'static str> {
        Match { best: Some(Candidate { person, score: 0.7 }), second: None, outcome }
    }

    /// Plays frames of faces, each with who it looks like; returns who was proposed.
    fn play(tracker: &mut Tracker<&'static str>, frames: &[&[(f32, Match<&'static str>)]]) -> Vec<&'static str> {
        let mut proposed = Vec::new();
        for (n, frame) in frames.iter().enumerate() {
            let seconds = n as f64 * 3.0 + 1.0;
            let due = tracker.see(seconds, frame.iter().map(|(x, _)| face(*x)).collect());
            let matches = due
                .into_iter()
                .filter_map(|(id, face)| {
                    let (_, found) = frame.iter().find(|(x, _)| *x == face.rect.x)?;
                    Some((id, found.clone()))
                })
                .collect();
            proposed.extend(tracker.learn(seconds, matches).into_iter().map(|p| p.person));
        }
        proposed
    }

    fn tracker() -> Tracker<&'static str> {
        Tracker::new(Rules { forget: 10.0, ..Rules::default() })
    }

    #[test]
    fn three_frames_that_agree_propose_a_person_once() {
        let ann = || [(5.0, like("Ann", Outcome::Identified))];
        let mut tracker = tracker();
        assert!(play(&mut tracker, &[&ann(), &ann()]).is_empty());
        let mut tracker = self::tracker();
        assert_eq!(play(&mut tracker, &[&ann(), &ann(), &ann(), &ann(), &ann()]), ["Ann"]);
        assert_eq!(tracker.tracks()[0].person, Some("Ann"));
    }

    #[test]
    fn frames_that_disagree_propose_nobody() {
        let ann = [(5.0, like("Ann", Outcome::Identified))];
        let bea = [(5.0, like("Bea", Outcome::Identified))];
        let none = [(5.0, like("Ann", Outcome::Unknown))];
        let mut tracker = tracker();
        assert!(play(&mut tracker, &[&ann, &bea, &ann, &bea, &none, &ann, &none]).is_empty());
        assert_ne!(tracker.tracks()[0].state, TrackState::Recognised);
    }

    #[test]
    fn a_person_recognised_beside_is_not_recognised_twice() {
        let both = || [(5.0, like("Ann", Outcome::Identified)), (400.0, like("Zoe", Outcome::Unknown))];
        let twin = || [(5.0, like("Ann", Outcome::TwoFaces)), (400.0, like("Ann", Outcome::Identified))];
        let mut tracker = tracker();
        let frames: [&[_]; 4] = [&both(), &both(), &both(), &twin()];
        assert_eq!(play(&mut tracker, &frames), ["Ann"]);
        assert_eq!(tracker.tracks()[1].person, None);
    }

    #[test]
    fn two_who_change_places_lose_their_names_until_seen_again() {
        let ann = || [(5.0, like("Ann", Outcome::Identified))];
        let bea = || [(5.0, like("Bea", Outcome::Identified))];
        let mut tracker = tracker();
        let frames: [&[_]; 8] = [&ann(), &ann(), &ann(), &bea(), &bea(), &bea(), &bea(), &bea()];
        assert_eq!(play(&mut tracker, &frames), ["Ann", "Bea"]);
    }

    #[test]
    fn who_steps_into_somebodys_place_is_seen_for_who_they_are() {
        let mut tracker = Tracker::new(Rules::default());
        // Ten frames a second; the second person comes with a jump of the box, or in the very same place.
        for (place, within) in [(35.0, 3), (5.0, 13)] {
            let mut seconds = tracker.tracks.first().map_or(0.0, |track| track.last_seen + 0.1);
            let mut show = |x: f32, person| {
                let due = tracker.see(seconds, vec![face(x)]);
                let matches = due.into_iter().map(|(id, _)| (id, like(person, Outcome::Identified))).collect();
                let proposed = tracker.learn(seconds, matches);
                seconds += 0.1;
                (proposed, tracker.tracks()[0].person, seconds)
            };
            (0..40).for_each(|_| drop(show(5.0, "Ann")));
            assert_eq!(show(5.0, "Ann").1, Some("Ann"));
            let (_, _, came) = show(place, "Bea");
            for _ in 1..within {
                show(place, "Bea");
            }
            let person = show(place, "Bea").1;
            assert_ne!(person, Some("Ann"), "{place}");
            for _ in 0..5 {
                let (proposed, ..) = show(place, "Bea");
                assert!(proposed.iter().all(|p| p.person == "Bea" && p.first_seen >= came - 0.11), "{place}");
            }
            assert_eq!(show(place, "Bea").1, Some("Bea"));
        }
    }

    #[test]
    fn a_dismissed_person_is_not_proposed_again_unless_that_is_undone() {
        let ann = || [(5.0, like("Ann", Outcome::Identified))];
        let mut tracker = tracker();
        tracker.dismiss(&"Ann");
        assert!(play(&mut tracker, &[&ann(), &ann(), &ann(), &ann()]).is_empty());
        tracker.undo(&"Ann");
        let mut later = tracker.clone();
        let due = later.see(40.0, vec![face(5.0)]);
        assert_eq!(due.len(), 1);
        for seconds in [40.0, 43.0, 46.0] {
            let due = later.see(seconds, vec![face(5.0)]);
            let matches = due.into_iter().map(|(id, _)| (id, like("Ann", Outcome::Identified)));
            let found = later.learn(seconds, matches.collect());
            assert_eq!(found.len(), usize::from(seconds == 46.0));
        }
    }

    #[test]
    fn a_decided_track_is_not_embedded_every_frame() {
        let ann = || [(5.0, like("Ann", Outcome::Identified))];
        let mut tracker = tracker();
        play(&mut tracker, &[&ann(), &ann(), &ann()]);
        assert!(tracker.see(7.1, vec![face(5.0)]).is_empty());
        assert!(tracker.see(7.2, vec![face(9.0)]).is_empty());
        assert_eq!(tracker.see(9.5, vec![face(9.0)]).len(), 1);
    }
}
