//! The templates of a gallery as numbers, person after person, and every comparison with them. It knows
//! places of people, not who they are.

use std::ops::Range;

use zeroize::{Zeroize, Zeroizing};

use crate::compare::{BLOCK, TwoBest, in_parts, products};
use crate::error::VisionError;
use crate::template::Template;

/// People's templates, laid out one after the other. Wiped when it goes.
#[derive(Clone)]
pub(crate) struct Vectors {
    dimension: usize,
    /// For each person the number of the template after its last.
    ends: Vec<usize>,
    values: Vec<f32>,
}

impl Drop for Vectors {
    fn drop(&mut self) {
        self.values.zeroize();
    }
}

impl Vectors {
    pub fn new(dimension: usize) -> Self {
        Self { dimension, ends: Vec::new(), values: Vec::new() }
    }

    /// Number of templates.
    pub fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Whether all of them have the dimension of this gallery.
    pub fn check(&self, templates: &[Template]) -> Result<(), VisionError> {
        match templates.iter().find(|t| t.dimension() != self.dimension) {
            None => Ok(()),
            Some(wrong) => {
                let (found, wanted) = (wrong.dimension(), self.dimension);
                Err(VisionError::Template(format!("{found} numbers, not {wanted}")))
            }
        }
    }

    /// Adds the templates, already checked, of a further person.
    pub fn push(&mut self, templates: &[Template]) {
        self.ends.push(self.len() + templates.len());
        templates.iter().for_each(|t| self.values.extend_from_slice(t.values()));
    }

    /// The numbers of probes, one after the other.
    pub fn together(&self, probes: &[Template]) -> Result<Zeroizing<Vec<f32>>, VisionError> {
        self.check(probes)?;
        let mut values = Vec::with_capacity(probes.len() * self.dimension);
        probes.iter().for_each(|probe| values.extend_from_slice(probe.values()));
        Ok(Zeroizing::new(values))
    }

    /// The score of every person.
    pub fn scores(&self, probe: &Template) -> Result<Vec<f32>, VisionError> {
        let probe = self.together(std::slice::from_ref(probe))?;
        let parts = in_parts(self.ends.len(), self.values.len(), |people| {
            let mut scores = Vec::with_capacity(people.len());
            self.score(people, &probe, |_, of| scores.push(of[0].mean()));
            scores
        });
        Ok(parts.concat())
    }

    /// The people nearest to each probe; see [`Top`].
    pub fn tops(&self, probes: &[f32], threshold: f32, margin: f32) -> Vec<Top> {
        let count = probes.len() / self.dimension.max(1);
        let mut tops = vec![Top::new(threshold, margin); count];
        let parts = in_parts(self.ends.len(), self.values.len() * count, |people| {
            let mut tops = tops.clone();
            self.score(people, probes, |person, scores| {
                for (top, score) in tops.iter_mut().zip(scores) {
                    top.see(person, score.mean());
                }
            });
            tops
        });
        for part in parts {
            tops.iter_mut().zip(part).for_each(|(top, later)| top.join(&later));
        }
        tops
    }

    /// Pairs of people with a likeness of at least `least`, the most alike first.
    pub fn alike(&self, least: f32) -> Vec<(f32, usize, usize)> {
        let blocks = self.blocks(0..self.ends.len());
        let work = self.values.len() * self.values.len() / self.dimension.max(1) / 2;
        let mut pairs: Vec<(usize, usize)> = in_parts(blocks.len(), work, |own| {
            // Each part takes blocks from the front and from the back: later ones have fewer after them.
            let (mut found, mut cosines) = (Vec::new(), Vec::new());
            for n in own.map(|n| if n % 2 == 0 { n / 2 } else { blocks.len() - 1 - n / 2 }) {
                for other in &blocks[n..] {
                    self.near_pairs(&blocks[n], other, least, &mut cosines, &mut found);
                }
            }
            found
        })
        .concat();
        pairs.sort_unstable();
        pairs.dedup();
        let mut found: Vec<(f32, usize, usize)> = pairs
            .into_iter()
            .map(|(a, b)| (self.likeness(a, b), a, b))
            .filter(|(likeness, ..)| *likeness >= least)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        found
    }

    /// Calls `each` with every person of a range and their score with each probe.
    pub fn score(&self, people: Range<usize>, probes: &[f32], mut each: impl FnMut(usize, &[TwoBest])) {
        let count = probes.len() / self.dimension.max(1);
        if count == 0 {
            return;
        }
        let (mut cosines, mut scores) = (Vec::new(), vec![TwoBest::NONE; count]);
        for block in self.blocks(people) {
            products(self.templates(block.clone()), probes, self.dimension, &mut cosines);
            let mut rows = cosines.chunks_exact(count);
            for person in block {
                scores.fill(TwoBest::NONE);
                for row in rows.by_ref().take(self.ends[person] - self.first(person)) {
                    scores.iter_mut().zip(row).for_each(|(score, cosine)| score.see(*cosine));
                }
                each(person, &scores);
            }
        }
    }

    /// Adds the pairs of a person of `rows` and a later one of `columns` who have a cosine of at least `least`.
    fn near_pairs(
        &self,
        rows: &Range<usize>,
        columns: &Range<usize>,
        least: f32,
        cosines: &mut Vec<f32>,
        found: &mut Vec<(usize, usize)>,
    ) {
        let others = self.templates(columns.clone());
        products(self.templates(rows.clone()), others, self.dimension, cosines);
        let owner = |of: &Range<usize>, template: usize| {
            let template = self.first(of.start) + template;
            self.ends.partition_point(|end| *end <= template)
        };
        for (template, row) in cosines.chunks_exact(others.len() / self.dimension).enumerate() {
            // Nearly every row has nothing: it is looked at as a whole first.
            if !row.iter().fold(false, |any, cosine| any | (*cosine >= least)) {
                continue;
            }
            let a = owner(rows, template);
            let near = row.iter().enumerate().filter(|(_, cosine)| **cosine >= least);
            found.extend(near.map(|(n, _)| (a, owner(columns, n))).filter(|(a, b)| a < b));
        }
    }

    /// Mean of the two highest cosines between the templates of two people.
    pub fn likeness(&self, a: usize, b: usize) -> f32 {
        let mut cosines = Vec::new();
        products(self.templates(a..a + 1), self.templates(b..b + 1), self.dimension, &mut cosines);
        let mut two = TwoBest::NONE;
        cosines.iter().for_each(|cosine| two.see(*cosine));
        two.mean()
    }

    /// Number of a person's first template.
    fn first(&self, person: usize) -> usize {
        person.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    fn templates(&self, people: Range<usize>) -> &[f32] {
        &self.values[self.first(people.start) * self.dimension..self.first(people.end) * self.dimension]
    }

    /// Cuts a range of people so that each piece has at most [`BLOCK`] templates, or one person.
    fn blocks(&self, people: Range<usize>) -> Vec<Range<usize>> {
        let mut blocks = Vec::new();
        let mut start = people.start;
        while start < people.end {
            let limit = self.first(start) + BLOCK;
            let end = self.ends.partition_point(|end| *end <= limit).clamp(start + 1, people.end);
            blocks.push(start..end);
            start = end;
        }
        blocks
    }
}

/// The people nearest to a probe, as they come by in order.
#[derive(Clone)]
pub(crate) struct Top {
    pub best: Option<(usize, f32)>,
    pub second: Option<(usize, f32)>,
    /// Everybody who can stand in the way of the best one as their look-alike.
    pub near: Vec<(usize, f32)>,
    /// Who has less cannot.
    floor: f32,
    margin: f32,
}

impl Top {
    fn new(threshold: f32, margin: f32) -> Self {
        let margin = margin.max(0.0);
        Self { best: None, second: None, near: Vec::new(), floor: threshold - margin, margin }
    }

    fn see(&mut self, person: usize, score: f32) {
        // Of equals the first stays before: the result is the same however the gallery is cut.
        if self.best.is_none_or(|(_, best)| score > best) {
            self.second = self.best.replace((person, score));
            self.floor = self.floor.max(score - self.margin);
        } else if self.second.is_none_or(|(_, second)| score > second) {
            self.second = Some((person, score));
        }
        if score >= self.floor {
            if self.near.len() >= 64 && self.near.len().is_power_of_two() {
                let floor = self.floor;
                self.near.retain(|(_, score)| *score >= floor);
            }
            self.near.push((person, score));
        }
    }

    /// Adds what another part of the gallery, later in order, has brought.
    fn join(&mut self, later: &Self) {
        let named = [later.best, later.second].into_iter().flatten();
        let (near, floor) = (later.near.iter().copied(), self.floor);
        let known: Vec<_> = named.clone().map(|(person, _)| person).collect();
        named.for_each(|(person, score)| self.see(person, score));
        self.near.extend(near.filter(|(person, score)| *score >= floor && !known.contains(person)));
    }
}
