//! Who is it? The templates of known people, and the decision for one face and for a whole frame: an
//! identity needs a score and a lead over the second person, and is given to one face of a frame at most.

use serde::Serialize;

use crate::error::VisionError;
use crate::manifest::MatchThresholds;
use crate::template::Template;
use crate::vectors::{Top, Vectors};

/// When a best score counts as an identity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Decision {
    /// The least score (cosine, -1 to 1).
    pub threshold: f32,
    /// The least lead over the second person; also the least lead over another face of the same frame
    /// that looks like the same person.
    pub margin: f32,
    /// Two people of the gallery at least so alike (see [`Gallery::look_alikes`]) are told apart only by ...
    pub look_alike: f32,
    /// ... a lead of at least this; else a person must say.
    pub look_alike_margin: f32,
}

impl From<MatchThresholds> for Decision {
    fn from(thresholds: MatchThresholds) -> Self {
        let MatchThresholds { score, margin, look_alike, look_alike_margin } = thresholds;
        Self { threshold: score, margin, look_alike, look_alike_margin }
    }
}

/// A person and how alike the face is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate<P> {
    pub person: P,
    /// Cosine, -1 to 1.
    pub score: f32,
}

/// Two people of a gallery who are alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LookAlikes<P> {
    pub first: P,
    pub second: P,
    /// Cosine, -1 to 1.
    pub likeness: f32,
}

/// What became of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The best candidate is the person.
    Identified,
    /// The best candidate is over the threshold, but the second person, or a look-alike, is too near.
    TwoPeople,
    /// Another face of the frame looks like the same person.
    TwoFaces,
    /// Nobody in the gallery is over the threshold.
    Unknown,
}

/// A face's two best people, and the decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match<P> {
    /// The most alike person, also when it is not decided that it is the person.
    pub best: Option<Candidate<P>>,
    /// The next one; where it is a look-alike who stands in the way, that person.
    pub second: Option<Candidate<P>>,
    pub outcome: Outcome,
}

impl<P> Match<P> {
    /// The person, if the face is identified.
    pub fn identity(&self) -> Option<&P> {
        match self.outcome {
            Outcome::Identified => self.best.as_ref().map(|b| &b.person),
            _ => None,
        }
    }

    /// Score of the best person, 0 when the gallery is empty.
    pub fn score(&self) -> f32 {
        self.best.as_ref().map_or(0.0, |b| b.score)
    }

    /// Lead of the best person over the second; a missing second person counts as 0.
    pub fn margin(&self) -> f32 {
        self.score() - self.second.as_ref().map_or(0.0, |s| s.score)
    }
}

/// People with one or more templates each, laid out one after the other for quick comparison.
#[derive(Clone)]
pub struct Gallery<P> {
    people: Vec<P>,
    vectors: Vectors,
}

impl<P> std::fmt::Debug for Gallery<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gallery({} people, {} templates)", self.people.len(), self.vectors.len())
    }
}

impl<P: Clone> Gallery<P> {
    /// An empty gallery for templates of `dimension` numbers.
    pub fn new(dimension: usize) -> Self {
        Self { people: Vec::new(), vectors: Vectors::new(dimension) }
    }

    /// Adds a person; one without templates is left out.
    ///
    /// # Errors
    /// [`VisionError::Template`] when a template has another dimension.
    pub fn add(&mut self, person: P, templates: &[Template]) -> Result<(), VisionError> {
        self.vectors.check(templates)?;
        if !templates.is_empty() {
            self.vectors.push(templates);
            self.people.push(person);
        }
        Ok(())
    }

    /// Number of people.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody in it.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The `most` people who are most alike, best first.
    ///
    /// # Errors
    /// [`VisionError::Template`] when the probe has another dimension.
    pub fn rank(&self, probe: &Template, most: usize) -> Result<Vec<Candidate<P>>, VisionError> {
        let mut scores: Vec<(usize, f32)> = self.vectors.scores(probe)?.into_iter().enumerate().collect();
        let most = most.min(scores.len());
        if most == 0 {
            return Ok(Vec::new());
        }
        let order = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        scores.select_nth_unstable_by(most - 1, order);
        scores.truncate(most);
        scores.sort_by(order);
        Ok(scores.into_iter().map(|(n, score)| self.candidate(n, score)).collect())
    }

    /// Decides each face of one frame (or photograph) so that nobody is in it twice.
    ///
    /// The margin lets only a face's own best person be its identity. So the best assignment of people to
    /// faces falls apart into one question a person: which of the faces that look most like them is it?
    /// Over a look-alike of the best person, who is looked for here and need not be marked by anybody, the
    /// lead must be [`Decision::look_alike_margin`].
    ///
    /// # Errors
    /// [`VisionError::Template`] when a probe has another dimension.
    pub fn identify_frame(&self, probes: &[Template], decision: Decision) -> Result<Vec<Match<P>>, VisionError> {
        let values = self.vectors.together(probes)?;
        let tops = self.vectors.tops(&values, decision.threshold, decision.look_alike_margin);
        Ok(tops.iter().enumerate().map(|(face, top)| self.decide(face, top, &values, decision)).collect())
    }

    /// Pairs of people so alike that they are taken for one another more easily than others: siblings,
    /// twins, or one person enrolled twice. The most alike first.
    ///
    /// `least` is the least likeness, [`Decision::look_alike`] as a rule. A pair's likeness is the mean of
    /// the two highest cosines of a template of one with a template of the other.
    pub fn look_alikes(&self, least: f32) -> Vec<LookAlikes<P>> {
        let person = |n: usize| self.people[n].clone();
        let pairs = self.vectors.alike(least).into_iter();
        pairs.map(|(likeness, a, b)| LookAlikes { first: person(a), second: person(b), likeness }).collect()
    }

    fn candidate(&self, person: usize, score: f32) -> Candidate<P> {
        Candidate { person: self.people[person].clone(), score }
    }

    fn decide(&self, face: usize, top: &Top, probes: &[f32], decision: Decision) -> Match<P> {
        let shown = |place: Option<(usize, f32)>| place.map(|(person, score)| self.candidate(person, score));
        let mut found = Match { best: shown(top.best), second: shown(top.second), outcome: Outcome::Unknown };
        let Some((best, score)) = top.best.filter(|(_, score)| *score >= decision.threshold) else {
            return found;
        };
        if found.margin() < decision.margin.max(0.0) {
            found.outcome = Outcome::TwoPeople;
            return found;
        }
        let alike = |other: &&(usize, f32)| {
            other.0 != best
                && score - other.1 < decision.look_alike_margin
                && self.vectors.likeness(best, other.0) >= decision.look_alike
        };
        // The nearest of them is the one to ask about.
        if let Some(twin) = top.near.iter().filter(alike).max_by(|a, b| a.1.total_cmp(&b.1)) {
            found.second = shown(Some(*twin));
            found.outcome = Outcome::TwoPeople;
            return found;
        }
        let mut rival: Option<f32> = None;
        self.vectors.score(best..best + 1, probes, |_, of| {
            let others = of.iter().enumerate().filter(|(other, _)| *other != face);
            rival = others.map(|(_, score)| score.mean()).max_by(f32::total_cmp);
        });
        found.outcome = among_faces(score, rival, decision);
        found
    }
}

/// What becomes of a face that is clearly most like one person. `rival` is the best score that another face
/// of the frame has with the same person.
fn among_faces(score: f32, rival: Option<f32>, decision: Decision) -> Outcome {
    let lead = score - rival.unwrap_or(f32::MIN);
    let wanted = decision.margin.max(f32::MIN_POSITIVE);
    match rival {
        // The other face is the person by a clear lead, so this one is somebody else.
        Some(_) if lead <= -wanted => Outcome::Unknown,
        Some(r) if r >= decision.threshold && lead < wanted => Outcome::TwoFaces,
        _ => Outcome::Identified,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const RULE: Decision = Decision { threshold: 0.5, margin: 0.05, look_alike: 0.45, look_alike_margin: 0.15 };

    fn unit(values: &[f32]) -> Template {
        Template::normalised(values).unwrap()
    }

    fn gallery(people: &[&[&[f32]]]) -> Gallery<usize> {
        let mut gallery = Gallery::new(people[0][0].len());
        for (n, templates) in people.iter().enumerate() {
            let templates: Vec<_> = templates.iter().map(|t| unit(t)).collect();
            gallery.add(n, &templates).unwrap();
        }
        gallery
    }

    #[test]
    fn a_known_face_is_identified_and_a_stranger_is_not() {
        let people = gallery(&[&[&[1.0, 0.0, 0.0]], &[&[0.0, 1.0, 0.0]]]);
        let probes = [unit(&[0.9, 0.1, 0.1]), unit(&[0.1, 0.1, 1.0])];
        let found = people.identify_frame(&probes, RULE).unwrap();
        assert_eq!(found[0].identity(), Some(&0));
        assert_eq!((found[1].identity(), found[1].outcome), (None, Outcome::Unknown));
    }

    #[test]
    fn two_people_too_alike_are_left_to_a_person() {
        let people = gallery(&[&[&[1.0, 0.0]], &[&[1.0, 0.02]]]);
        let found = people.identify_frame(&[unit(&[1.0, 0.01])], RULE).unwrap();
        assert_eq!(found[0].outcome, Outcome::TwoPeople);
    }

    #[test]
    fn twins_need_a_larger_lead_also_with_somebody_between_them() {
        // 0 and 1 are twins; 2 is somebody else, nearer to the probe than the twin.
        let people = gallery(&[&[&[1.0, 0.0, 0.0, 0.0]], &[&[0.9, 0.436, 0.0, 0.0]], &[&[0.7, 0.0, 0.714, 0.0]]]);
        assert_eq!(people.look_alikes(0.8).len(), 1);
        let rule = Decision { threshold: 0.5, margin: 0.05, look_alike: 0.8, look_alike_margin: 0.3 };
        let identify = |probe: &[f32], rule| people.identify_frame(&[unit(probe)], rule).unwrap().remove(0);
        let near = identify(&[0.9, -0.1, 0.25, 0.343], rule);
        assert_eq!((near.outcome, near.second.unwrap().person), (Outcome::TwoPeople, 1));
        let clear = [0.8, -0.55, 0.0, 0.24];
        assert_eq!(identify(&clear, rule).identity(), Some(&0));
        let stricter = Decision { look_alike_margin: 0.4, ..rule };
        assert_eq!(identify(&clear, stricter).outcome, Outcome::TwoPeople);
        // As strangers to each other they need the small lead only.
        assert_eq!(identify(&clear, Decision { look_alike: 0.95, ..stricter }).identity(), Some(&0));
    }

    #[test]
    fn a_large_gallery_is_compared_in_parts_with_the_same_result() {
        let values = |n: usize| (0..8).map(|k| ((n * 31 + k * 17) % 101) as f32 - 50.0).collect::<Vec<_>>();
        let mut large = Gallery::new(8);
        for n in 0..20_000 {
            large.add(n, &[unit(&values(n)), unit(&values(n + 1))]).unwrap();
        }
        let probes: Vec<_> = (0..40).map(|n| unit(&values(n * 501 + 1))).collect();
        let rule = Decision { threshold: 0.5, margin: 0.0, look_alike: 2.0, look_alike_margin: 0.1 };
        for (found, probe) in large.identify_frame(&probes, rule).unwrap().iter().zip(&probes) {
            let ranked = large.rank(probe, 2).unwrap();
            for (a, b) in ranked.iter().zip([&found.best, &found.second]) {
                assert!((a.score - b.as_ref().unwrap().score).abs() < 1e-5, "{ranked:?} {found:?}");
            }
        }
    }

    #[test]
    fn of_two_faces_like_one_person_the_clear_one_is_taken_and_near_ones_neither() {
        let people = gallery(&[&[&[1.0, 0.0, 0.0]], &[&[0.0, 0.0, 1.0]]]);
        let (like, less) = (unit(&[1.0, 0.1, 0.0]), unit(&[1.0, 0.9, 0.0]));
        let found = people.identify_frame(&[less, like.clone()], RULE).unwrap();
        assert_eq!((found[0].identity(), found[1].identity()), (None, Some(&0)));
        let found = people.identify_frame(&[like.clone(), like], RULE).unwrap();
        assert!(found.iter().all(|m| m.outcome == Outcome::TwoFaces));
    }

    #[test]
    fn one_bad_photograph_neither_helps_a_stranger_nor_hurts_the_person() {
        let wrong: &[f32] = &[0.0, 0.0, 1.0];
        let people = gallery(&[&[&[1.0, 0.0, 0.0], &[1.0, 0.1, 0.0], wrong]]);
        let found = people.identify_frame(&[unit(&[1.0, 0.05, 0.0])], RULE).unwrap();
        assert_eq!(found[0].identity(), Some(&0));
        // The stranger of the wrong photograph turns up: only that one photograph is like her.
        let found = people.identify_frame(&[unit(wrong)], Decision { threshold: 0.51, ..RULE }).unwrap();
        assert_eq!(found[0].identity(), None);
    }

    #[test]
    fn an_empty_gallery_knows_nobody_and_other_dimensions_are_refused() {
        let mut empty: Gallery<u8> = Gallery::new(3);
        let found = empty.identify_frame(&[unit(&[1.0, 0.0, 0.0])], RULE).unwrap();
        assert_eq!((found[0].outcome, found[0].score()), (Outcome::Unknown, 0.0));
        assert!(empty.rank(&unit(&[1.0, 0.0, 0.0]), 5).unwrap().is_empty());
        assert!(empty.add(1, &[unit(&[1.0, 0.0])]).is_err());
        assert!(empty.rank(&unit(&[1.0, 0.0]), 5).is_err());
    }

    fn templates(most: usize) -> impl Strategy<Value = Vec<Template>> {
        let one = proptest::collection::vec(-1f32..1.0, 4).prop_filter_map("no length", |v| Template::normalised(&v));
        proptest::collection::vec(one, 0..most)
    }

    proptest! {
        #[test]
        fn nobody_is_in_a_frame_twice_and_every_identity_keeps_the_rule(
            people in templates(12), probes in templates(12), threshold in -1f32..1.0, margin in 0f32..0.3
        ) {
            let mut gallery = Gallery::new(4);
            for (n, template) in people.iter().enumerate() {
                gallery.add(n, std::slice::from_ref(template)).unwrap();
            }
            let rule = Decision { threshold, margin, ..RULE };
            let found = gallery.identify_frame(&probes, rule).unwrap();
            prop_assert_eq!(found.len(), probes.len());
            let mut seen = HashSet::new();
            for (one, probe) in found.iter().zip(&probes) {
                let ranked = gallery.rank(probe, 2).unwrap();
                let best = ranked.first().map_or(0.0, |c| c.score);
                prop_assert!((best - one.score()).abs() < 1e-5);
                if let Some(person) = one.identity() {
                    prop_assert!(seen.insert(*person), "{} twice", person);
                    prop_assert!(one.score() >= threshold && one.margin() >= margin);
                }
            }
        }

        #[test]
        fn no_identity_inside_a_look_alike_pair_is_below_the_larger_margin(
            people in templates(12), twins in proptest::collection::vec((0usize..12, -0.3f32..0.3), 0..6),
            probes in templates(12), threshold in -1f32..1.0, wide in 0f32..0.5
        ) {
            let mut all = people.clone();
            for (of, by) in twins {
                if let Some(person) = people.get(of) {
                    let mut values = person.values().to_vec();
                    values[of % 4] += by;
                    all.extend(Template::normalised(&values));
                }
            }
            let mut gallery = Gallery::new(4);
            for (n, template) in all.iter().enumerate() {
                gallery.add(n, std::slice::from_ref(template)).unwrap();
            }
            let rule = Decision { threshold, margin: 0.01, look_alike: 0.9, look_alike_margin: wide };
            let pairs = gallery.look_alikes(rule.look_alike);
            for (one, probe) in gallery.identify_frame(&probes, rule).unwrap().iter().zip(&probes) {
                let Some(person) = one.identity() else { continue };
                let ranked = gallery.rank(probe, all.len()).unwrap();
                for pair in pairs.iter().filter(|p| p.first == *person || p.second == *person) {
                    let twin = if pair.first == *person { pair.second } else { pair.first };
                    let score = ranked.iter().find(|c| c.person == twin).unwrap().score;
                    prop_assert!(one.score() - score >= wide - 1e-5, "{} over {}", one.score(), score);
                }
            }
        }

        #[test]
        fn look_alikes_are_exactly_the_pairs_over_the_likeness(people in templates(40), least in -1f32..1.0) {
            let mut gallery = Gallery::new(4);
            for (n, template) in people.iter().enumerate() {
                gallery.add(n, std::slice::from_ref(template)).unwrap();
            }
            let found: HashSet<_> = gallery.look_alikes(least).iter().map(|p| (p.first, p.second)).collect();
            for (b, right) in people.iter().enumerate() {
                for (a, left) in people[..b].iter().enumerate() {
                    let cosine = left.cosine(right);
                    prop_assert!(found.contains(&(a, b)) == (cosine >= least) || (cosine - least).abs() < 1e-5);
                }
            }
        }
    }
}
