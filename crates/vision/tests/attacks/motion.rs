//! How the things move: poses over time for genuine people and for each kind of attack.

use image::RgbImage;

use super::Chance;
use super::render::{Canvas, FRAME, Material, Shape, Source, render};

/// Where a thing is: turned by angles (radians), shifted and scaled in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// To the picture's right is positive.
    pub aside: f32,
    pub down: f32,
    pub roll: f32,
    /// Middle in pixels of the frame.
    pub x: f32,
    pub y: f32,
    /// Pixels between the eyes.
    pub eyes: f32,
    /// Distance from the camera in distances between the eyes (6.3 cm).
    pub far: f32,
}

impl Pose {
    /// Pixel and depth of a place; a head turns about the neck, a sheet about its middle.
    pub fn project(&self, [x, y, z]: [f32; 3], head: bool) -> (f32, f32, f32) {
        let pivot = if head { -1.3 } else { 0.0 };
        let z = z - pivot;
        let (s, c) = self.aside.sin_cos();
        let (x, z) = (x * c + z * s, z * c - x * s);
        let (s, c) = self.down.sin_cos();
        let (y, z) = (y * c + z * s, z * c - y * s);
        let (s, c) = self.roll.sin_cos();
        let (x, y) = (x * c - y * s, x * s + y * c);
        let z = z + pivot;
        let scale = self.eyes * self.far / (self.far - z);
        (self.x + x * scale, self.y + y * scale, -z)
    }
}

/// What genuine people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genuine {
    /// Looks about, up to some 25 degrees aside.
    LooksAbout,
    /// Nods, and turns a little.
    Nods,
    /// Sits and sways by a few degrees.
    Sits,
    /// Walks towards the camera.
    Walks,
}

/// A kind of film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Genuine(Genuine),
    /// A print shifted about.
    Moved,
    /// A print turned in its plane.
    Rotated,
    /// A print brought nearer and taken away.
    Zoomed,
    /// A print tilted about both axes, up to 45 degrees.
    Tilted,
    /// A print bent to a cylinder about the upright axis, and tilted.
    Bent,
    /// The same about the level axis.
    BentLevel,
    /// The portrait on a display, tilted.
    Display,
    /// A film of a turning head played on a display that is held still.
    Replay,
    /// The same on a display that is moved.
    ReplayMoved,
    /// One frame again and again.
    Frozen,
}

impl Kind {
    pub const GENUINE: [Self; 4] = [
        Self::Genuine(Genuine::LooksAbout),
        Self::Genuine(Genuine::Nods),
        Self::Genuine(Genuine::Sits),
        Self::Genuine(Genuine::Walks),
    ];
    pub const ATTACKS: [Self; 10] = [
        Self::Moved,
        Self::Rotated,
        Self::Zoomed,
        Self::Tilted,
        Self::Bent,
        Self::BentLevel,
        Self::Display,
        Self::Replay,
        Self::ReplayMoved,
        Self::Frozen,
    ];
}

/// A film's conditions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scene {
    /// Pixels between the eyes.
    pub eyes: f32,
    pub seed: u64,
    pub frames: usize,
}

/// A smooth unrest of -1 to 1.
struct Sway([f32; 4]);

impl Sway {
    fn new(chance: &mut Chance) -> Self {
        Self([chance.between(1.5, 3.0), chance.unit() * 6.3, chance.between(0.5, 1.2), chance.unit() * 6.3])
    }

    fn at(&self, seconds: f32) -> f32 {
        0.6 * (self.0[0] * seconds + self.0[1]).sin() + 0.4 * (self.0[2] * seconds + self.0[3]).sin()
    }
}

/// Frames of a film in a second.
pub const FRAMES_PER_SECOND: f32 = 10.0;

/// Looking straight, in the middle of the frame.
pub fn resting(eyes: f32, far: f32) -> Pose {
    let (x, y) = (FRAME.0 as f32 / 2.0, FRAME.1 as f32 / 2.0);
    Pose { aside: 0.0, down: 0.0, roll: 0.0, x, y, eyes, far }
}

/// The frames of a film.
pub fn film<'a>(source: &'a Source, kind: Kind, scene: Scene) -> impl Iterator<Item = RgbImage> + 'a {
    let mut chance = Chance(scene.seed);
    let sways: [Sway; 6] = std::array::from_fn(|_| Sway::new(&mut chance));
    let far = chance.between(7.0, 12.0);
    let radius = chance.between(1.6, 5.0);
    let pixels = scene.eyes * chance.between(1.2, 4.0);
    let reach = chance.between(0.7, 1.2);
    let room = Canvas::room(chance.next());
    let played_room = Canvas::room(chance.next());
    let mut frozen: Option<RgbImage> = None;
    let sheet = Shape::Sheet { radius: 0.0, level_axis: false };
    (0..scene.frames).map(move |n| {
        let t = n as f32 / FRAMES_PER_SECOND;
        let s = |n: usize| sways[n].at(t) * reach;
        let degrees = |d: f32, n: usize| d.to_radians() * s(n);
        // What a hand or a body does anyway.
        let mut pose = Pose {
            aside: degrees(3.0, 0),
            down: degrees(3.0, 1),
            roll: degrees(3.0, 2),
            x: FRAME.0 as f32 / 2.0 + 6.0 * s(3),
            y: FRAME.1 as f32 / 2.0 + 4.0 * s(4),
            eyes: scene.eyes * (1.0 + 0.03 * s(5)),
            far,
        };
        let (mut shape, mut material) = (sheet, Material::Paper);
        match kind {
            Kind::Genuine(what) => {
                (shape, material) = (Shape::Head, Material::Skin);
                genuine(what, &mut pose, t, scene, degrees, s);
            }
            Kind::Moved => (pose.x, pose.y) = (pose.x + 90.0 * s(0), pose.y + 45.0 * s(1)),
            Kind::Rotated => pose.roll = degrees(35.0, 2),
            Kind::Zoomed => pose.eyes = scene.eyes * (1.0 + 0.35 * s(5)),
            Kind::Tilted => (pose.aside, pose.down) = (degrees(45.0, 0), degrees(25.0, 1)),
            Kind::Bent | Kind::BentLevel => {
                shape = Shape::Sheet { radius, level_axis: kind == Kind::BentLevel };
                (pose.aside, pose.down) = (degrees(45.0, 0), degrees(25.0, 1));
            }
            Kind::Display => {
                material = Material::Display { pixels };
                (pose.aside, pose.down) = (degrees(35.0, 0), degrees(20.0, 1));
            }
            Kind::Replay | Kind::ReplayMoved | Kind::Frozen => {}
        }
        match kind {
            Kind::Frozen => {
                frozen.get_or_insert_with(|| render(source, sheet, Material::Paper, &pose, &room, 1)).clone()
            }
            Kind::Replay | Kind::ReplayMoved => {
                let still = kind == Kind::Replay;
                let head =
                    Pose { aside: degrees(26.0, 0), down: degrees(8.0, 1), x: 240.0, y: 180.0, eyes: 72.0, ..pose };
                let played =
                    Source::screen(&render(source, Shape::Head, Material::Skin, &head, &played_room, n as u64));
                if still {
                    pose = Pose { aside: 0.03, down: 0.02, roll: 0.01, x: 243.0, y: 178.0, eyes: scene.eyes, far };
                } else {
                    (pose.x, pose.y, pose.aside) = (pose.x + 40.0 * s(1), pose.y + 20.0 * s(2), degrees(12.0, 3));
                }
                render(&played, sheet, Material::Display { pixels }, &pose, &room, scene.seed + n as u64)
            }
            _ => render(source, shape, material, &pose, &room, scene.seed + n as u64),
        }
    })
}

fn genuine(
    what: Genuine,
    pose: &mut Pose,
    t: f32,
    scene: Scene,
    degrees: impl Fn(f32, usize) -> f32,
    s: impl Fn(usize) -> f32,
) {
    pose.roll = degrees(5.0, 2);
    match what {
        Genuine::LooksAbout => {
            (pose.aside, pose.down, pose.x) = (degrees(25.0, 0), degrees(8.0, 1), pose.x + 20.0 * s(3));
        }
        Genuine::Nods => (pose.aside, pose.down) = (degrees(8.0, 0), degrees(18.0, 1)),
        Genuine::Sits => (pose.aside, pose.down) = (degrees(6.0, 0), degrees(4.0, 1)),
        Genuine::Walks => {
            pose.eyes = scene.eyes * (0.7 + 0.12 * t);
            pose.far *= scene.eyes / pose.eyes;
            (pose.aside, pose.down, pose.x) = (degrees(12.0, 0), degrees(5.0, 1), pose.x + 40.0 * s(3));
        }
    }
}
