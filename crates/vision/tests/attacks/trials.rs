//! Runs the checks on films: the passive one over a film, the active one with somebody who follows the
//! prompts, and with faces that were recorded before.

use vision::{
    Challenge, ChallengeRules, ChallengeState, Evidence, Face, Finding, Liveness, Models, Pixels, Prompt, SamePerson,
};

use super::motion::{FRAMES_PER_SECOND, Pose, resting};
use super::render::{Canvas, Material, Shape, Source, render};
use super::{Chance, Kind, Scene, film, picture};

/// A film's faces, frame by frame, and what the passive check says of them in the end.
pub struct Watched {
    pub faces: Vec<Option<Face>>,
    pub finding: Finding,
}

/// Plays a film to the passive check.
pub fn watch(models: &Models, source: &Source, kind: Kind, scene: Scene) -> Watched {
    let (mut evidence, mut pixels) = (Evidence::new(), Pixels::default());
    let faces = film(source, kind, scene)
        .map(|frame| {
            let frame = picture(&frame);
            let face = models.find(&frame).unwrap().into_iter().next()?;
            evidence.see(&face);
            evidence.look(&frame, &face, &mut pixels);
            Some(face)
        })
        .collect();
    Watched { faces, finding: evidence.finding() }
}

/// Somebody who follows the prompts of the challenge of `seed` with a head, or with a sheet in their hands,
/// turning it up to `most` degrees. Returns how it ended and the faces of the frames.
pub fn obey(
    models: &Models,
    source: &Source,
    shape: Shape,
    most: f32,
    scene: Scene,
    seed: u64,
) -> (ChallengeState, Vec<Option<Face>>) {
    let mut chance = Chance(scene.seed ^ 77);
    let room = Canvas::room(chance.next());
    let material = if shape == Shape::Head { Material::Skin } else { Material::Paper };
    let mut challenge = Challenge::new(ChallengeRules::default(), seed);
    let (far, speed) = (chance.between(7.0, 12.0), chance.between(5.0, 8.0));
    let (mut aside, mut asked, mut heard) = (0f32, Some(Prompt::LookStraight), 0);
    let mut faces = Vec::new();
    let mut state = ChallengeState::Running;
    for n in 0..scene.frames {
        // A person needs some 0.4 seconds to see a new prompt.
        let wanted = if n >= heard { side(asked) * most } else { aside };
        aside += (wanted - aside).clamp(-speed, speed);
        let sway = (n as f32 * 0.37).sin();
        let pose = Pose { aside: aside.to_radians(), down: 0.03 * sway, roll: 0.04 * sway, ..resting(scene.eyes, far) };
        let frame = picture(&render(source, shape, material, &pose, &room, scene.seed + n as u64));
        let face = models.find(&frame).unwrap().into_iter().next();
        let seconds = n as f64 / f64::from(FRAMES_PER_SECOND);
        let progress = challenge.see(seconds, face.as_ref(), SamePerson::Same, Liveness::Looking);
        faces.push(face);
        state = progress.state;
        if state != ChallengeState::Running {
            break;
        }
        if progress.prompt != asked {
            (asked, heard) = (progress.prompt, n + 4);
        }
    }
    (state, faces)
}

/// The turn that a prompt asks for: to the person's own left is to the picture's right.
fn side(prompt: Option<Prompt>) -> f32 {
    match prompt {
        Some(Prompt::TurnLeft) => 1.0,
        Some(Prompt::TurnRight) => -1.0,
        _ => 0.0,
    }
}

/// Shows recorded faces to the challenge of `seed`, forth and back until it ends. The recogniser is taken to
/// be deceived, and no pixel is looked at: the worst case, a clip fed in instead of a camera.
pub fn replay(faces: &[Option<Face>], seed: u64) -> ChallengeState {
    let mut challenge = Challenge::new(ChallengeRules::default(), seed);
    let there_and_back = faces.iter().chain(faces.iter().rev()).cycle();
    for (n, face) in there_and_back.take(600).enumerate() {
        let seconds = n as f64 / f64::from(FRAMES_PER_SECOND);
        let state = challenge.see(seconds, face.as_ref(), SamePerson::Same, Liveness::Looking).state;
        if state != ChallengeState::Running {
            return state;
        }
    }
    ChallengeState::Running
}

/// The order of turns that a seed asks for, seen by following it with an ideal head.
pub fn order(seed: u64) -> Vec<Prompt> {
    Challenge::new(ChallengeRules::default(), seed).prompts().to_vec()
}
