//! Who is it? The templates of known people, and the decision for one face and for a whole frame: an
//! identity needs a score and a lead over the second person, and is given to one face of a frame at most.

use serde::Serialize;

use crate::error::VisionError;
use crate::template::{Template, dot};

/// When a best score counts as an identity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Decision {
    /// The least score (cosine, -1 to 1).
    pub threshold: f32,
    /// The least lead over the second person; also the least lead over another face of the same frame
    /// that looks like the same person.
    pub margin: f32,
}

/// A person and how alike the face is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate<P> {
    pub person: P,
    /// Cosine, -1 to 1.
    pub score: f32,
}

/// What became of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The best candidate is the person.
    Identified,
    /// The best candidate is over the threshold, but the second person is too near.
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
    dimension: usize,
    people: Vec<P>,
    /// For each person the number of the template after its last.
    ends: Vec<usize>,
    values: Vec<f32>,
}

impl<P> std::fmt::Debug for Gallery<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let templates = self.ends.last().copied().unwrap_or(0);
        write!(f, "Gallery({} people, {templates} templates)", self.people.len())
    }
}

impl<P> Drop for Gallery<P> {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.values);
    }
}

impl<P: Clone> Gallery<P> {
    /// An empty gallery for templates of `dimension` numbers.
    pub fn new(dimension: usize) -> Self {
        Self { dimension, people: Vec::new(), ends: Vec::new(), values: Vec::new() }
    }

    /// Adds a person; one without templates is left out.
    ///
    /// # Errors
    /// [`VisionError::Template`] when a template has another dimension.
    pub fn add(&mut self, person: P, templates: &[Template]) -> Result<(), VisionError> {
        if let Some(wrong) = templates.iter().find(|t| t.dimension() != self.dimension) {
            let (found, wanted) = (wrong.dimension(), self.dimension);
            return Err(VisionError::Template(format!("{found} numbers, not {wanted}")));
        }
        if !templates.is_empty() {
            let end = self.ends.last().copied().unwrap_or(0) + templates.len();
            templates.iter().for_each(|t| self.values.extend_from_slice(t.values()));
            self.people.push(person);
            self.ends.push(end);
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
        let mut scores: Vec<(usize, f32)> = self.scores(probe)?.into_iter().enumerate().collect();
        let most = most.min(scores.len());
        if most == 0 {
            return Ok(Vec::new());
        }
        let order = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1);
        scores.select_nth_unstable_by(most - 1, order);
        scores.truncate(most);
        scores.sort_by(order);
        Ok(scores.into_iter().map(|(n, score)| Candidate { person: self.people[n].clone(), score }).collect())
    }

    /// Decides each face of one frame (or photograph) so that nobody is in it twice.
    ///
    /// The margin lets only a face's own best person be its identity. So the best assignment of people to
    /// faces falls apart into one question a person: which of the faces that look most like them is it?
    ///
    /// # Errors
    /// [`VisionError::Template`] when a probe has another dimension.
    pub fn identify_frame(&self, probes: &[Template], decision: Decision) -> Result<Vec<Match<P>>, VisionError> {
        let scores = probes.iter().map(|probe| self.scores(probe)).collect::<Result<Vec<_>, _>>()?;
        let tops: Vec<_> = scores.iter().map(|s| two_best(s)).collect();
        Ok(tops
            .iter()
            .enumerate()
            .map(|(face, &(best, second))| {
                let candidate =
                    |n: Option<usize>| n.map(|n| Candidate { person: self.people[n].clone(), score: scores[face][n] });
                let rival = best.and_then(|person| {
                    (0..probes.len())
                        .filter(|other| *other != face)
                        .map(|other| scores[other][person])
                        .max_by(f32::total_cmp)
                });
                let mut found = Match { best: candidate(best), second: candidate(second), outcome: Outcome::Unknown };
                found.outcome = decide(&found, rival, decision);
                found
            })
            .collect())
    }

    /// The score of every person, in the order in which they were added.
    fn scores(&self, probe: &Template) -> Result<Vec<f32>, VisionError> {
        if probe.dimension() != self.dimension {
            let (found, wanted) = (probe.dimension(), self.dimension);
            return Err(VisionError::Template(format!("{found} numbers, not {wanted}")));
        }
        let mut first = 0;
        Ok(self
            .ends
            .iter()
            .map(|&end| {
                let own = &self.values[first * self.dimension..end * self.dimension];
                first = end;
                let cosines = own.chunks_exact(self.dimension).map(|t| dot(t, probe.values()));
                person_score(cosines)
            })
            .collect())
    }
}

/// One score from the cosines with a person's templates: the mean of the two best. One bad photograph
/// neither lowers it (as with a mean of all) nor lets a stranger in by itself (as with the best alone).
fn person_score(cosines: impl Iterator<Item = f32>) -> f32 {
    let (mut best, mut next, mut count) = (f32::MIN, f32::MIN, 0usize);
    for cosine in cosines {
        count += 1;
        if cosine > best {
            next = best;
            best = cosine;
        } else if cosine > next {
            next = cosine;
        }
    }
    if count > 1 { (best + next) / 2.0 } else { best }
}

fn two_best(scores: &[f32]) -> (Option<usize>, Option<usize>) {
    let (mut best, mut second) = (None, None);
    for (n, score) in scores.iter().enumerate() {
        if best.is_none_or(|b: usize| *score > scores[b]) {
            second = best;
            best = Some(n);
        } else if second.is_none_or(|s: usize| *score > scores[s]) {
            second = Some(n);
        }
    }
    (best, second)
}

/// `rival` is the best score that another face of the frame has with the same person.
fn decide<P>(found: &Match<P>, rival: Option<f32>, decision: Decision) -> Outcome {
    // A score that is no number is over no threshold.
    if found.best.is_none() || found.score().is_nan() || found.score() < decision.threshold {
        Outcome::Unknown
    } else if found.margin() < decision.margin.max(0.0) {
        Outcome::TwoPeople
    } else {
        let lead = found.score() - rival.unwrap_or(f32::MIN);
        let wanted = decision.margin.max(f32::MIN_POSITIVE);
        match rival {
            // The other face is the person by a clear lead, so this one is somebody else.
            Some(_) if lead <= -wanted => Outcome::Unknown,
            Some(r) if r >= decision.threshold && lead < wanted => Outcome::TwoFaces,
            _ => Outcome::Identified,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const RULE: Decision = Decision { threshold: 0.5, margin: 0.05 };

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
        let found = people.identify_frame(&[unit(wrong)], Decision { threshold: 0.51, margin: 0.05 }).unwrap();
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
            let rule = Decision { threshold, margin };
            let found = gallery.identify_frame(&probes, rule).unwrap();
            prop_assert_eq!(found.len(), probes.len());
            let mut seen = HashSet::new();
            for (one, probe) in found.iter().zip(&probes) {
                let ranked = gallery.rank(probe, 2).unwrap();
                prop_assert_eq!(ranked.first().map(|c| c.score), one.best.as_ref().map(|c| c.score));
                if let Some(person) = one.identity() {
                    prop_assert!(seen.insert(*person), "{} twice", person);
                    prop_assert!(one.score() >= threshold && one.margin() >= margin);
                }
            }
        }
    }
}
