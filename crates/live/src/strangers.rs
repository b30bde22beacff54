//! Faces that are like nobody's: who of them is the same, how often they came back, and their best pictures. All of it is
//! in memory only and goes with the session.

use std::collections::HashSet;

use vision::Template;

use super::state::UnknownFace;

/// From so many sightings on an unknown face is listed.
const OFTEN: u32 = 3;
/// Pictures that are kept of a face: as many as an enrolment takes.
const MOST_PICTURES: usize = 5;
/// Different faces that are told apart in a session.
const MOST_FACES: usize = 200;

/// A look at an unknown face.
pub(super) struct Look {
    pub track: u64,
    pub template: Template,
    /// How good a template this picture promises, as [`vision::promise`].
    pub promise: f32,
    /// The face as a small JPEG to look at.
    pub small: Vec<u8>,
    /// A JPEG that can be enrolled from; none where the look is not good enough.
    pub picture: Option<Vec<u8>>,
}

struct Stranger {
    number: u32,
    tracks: HashSet<u64>,
    sightings: u32,
    /// The best look, small.
    small: (f32, Vec<u8>),
    template: Template,
    pictures: Vec<Kept>,
}

struct Kept {
    promise: f32,
    template: Template,
    jpeg: Vec<u8>,
}

/// The unknown faces of a session.
#[derive(Default)]
pub(super) struct Strangers {
    next: u32,
    faces: Vec<Stranger>,
}

impl Strangers {
    /// Takes a look at an unknown face: the same face as one before where it is at least `threshold` alike.
    pub fn see(&mut self, look: Look, threshold: f32) {
        let alike = |face: &Stranger| {
            let kept = face.pictures.iter().map(|kept| kept.template.cosine(&look.template));
            kept.fold(face.template.cosine(&look.template), f32::max)
        };
        let same = self.faces.iter().position(|face| face.tracks.contains(&look.track)).or_else(|| {
            let scores = self.faces.iter().map(alike).enumerate();
            scores.filter(|(_, score)| *score >= threshold).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(n, _)| n)
        });
        match same {
            Some(n) => self.faces[n].see(look),
            None if self.faces.len() < MOST_FACES => {
                let mut face = Stranger {
                    number: self.next,
                    tracks: HashSet::new(),
                    sightings: 0,
                    small: (f32::MIN, Vec::new()),
                    template: look.template.clone(),
                    pictures: Vec::new(),
                };
                self.next += 1;
                face.see(look);
                self.faces.push(face);
            }
            None => {}
        }
    }

    /// This track turned out to be somebody of the class: it was no unknown face.
    pub fn known(&mut self, track: u64) {
        self.faces.retain(|face| !face.tracks.contains(&track));
    }

    /// Keeps those whose best look is still like nobody's.
    pub fn keep(&mut self, unknown: impl Fn(&Template) -> bool) {
        self.faces.retain(|face| unknown(&face.template));
    }

    /// How many different ones there are.
    pub fn count(&self) -> u32 {
        self.faces.len() as u32
    }

    /// Those that came back, the most seen first.
    pub fn often(&self) -> Vec<UnknownFace> {
        let mut often: Vec<UnknownFace> = self
            .faces
            .iter()
            .filter(|face| face.sightings >= OFTEN)
            .map(|face| UnknownFace {
                face: face.number,
                sightings: face.sightings,
                pictures: face.pictures.len() as u32,
            })
            .collect();
        often.sort_by_key(|face| (std::cmp::Reverse(face.sightings), face.face));
        often
    }

    /// A face's small picture as JPEG.
    pub fn small(&self, number: u32) -> Option<&[u8]> {
        self.faces.iter().find(|face| face.number == number).map(|face| face.small.1.as_slice())
    }

    /// The pictures that a face can be enrolled from, the best first.
    pub fn pictures(&self, number: u32) -> Option<Vec<Vec<u8>>> {
        let face = self.faces.iter().find(|face| face.number == number)?;
        Some(face.pictures.iter().map(|kept| kept.jpeg.clone()).collect())
    }
}

impl Stranger {
    fn see(&mut self, look: Look) {
        self.tracks.insert(look.track);
        self.sightings += 1;
        if look.promise > self.small.0 {
            self.small = (look.promise, look.small);
            self.template = look.template.clone();
        }
        let Some(jpeg) = look.picture else { return };
        // The very same picture again adds nothing.
        if self.pictures.iter().any(|kept| kept.template.cosine(&look.template) > 0.999) {
            return;
        }
        self.pictures.push(Kept { promise: look.promise, template: look.template, jpeg });
        self.pictures.sort_by(|a, b| b.promise.total_cmp(&a.promise));
        self.pictures.truncate(MOST_PICTURES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(track: u64, values: [f32; 3], promise: f32) -> Look {
        let template = Template::normalised(&values).unwrap();
        Look { track, template, promise, small: vec![promise as u8], picture: Some(vec![promise as u8]) }
    }

    #[test]
    fn a_face_that_comes_back_is_one_face_with_its_best_pictures() {
        let mut seen = Strangers::default();
        for n in 0..8_u8 {
            // Each time a new track and a slightly other picture.
            seen.see(look(n.into(), [1.0, 0.06 * f32::from(n), 0.0], f32::from(n)), 0.5);
        }
        seen.see(look(100, [0.0, 0.0, 1.0], 1.0), 0.5);
        assert_eq!(seen.count(), 2);
        assert_eq!(seen.often(), [UnknownFace { face: 0, sightings: 8, pictures: 5 }]);
        assert_eq!(seen.small(0), Some([7].as_slice()));
        assert_eq!(seen.pictures(0).unwrap(), [[7], [6], [5], [4], [3]]);
        // The same picture again is a sighting and no new picture.
        (0..3).for_each(|_| seen.see(look(100, [0.0, 0.0, 1.0], 1.0), 0.5));
        assert_eq!(seen.often()[1], UnknownFace { face: 1, sightings: 4, pictures: 1 });
        seen.known(3);
        assert_eq!((seen.count(), seen.pictures(0)), (1, None));
    }
}
