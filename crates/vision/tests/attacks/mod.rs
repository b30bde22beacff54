//! Films made from portraits, for tests and figures: a head of believable depth that turns, and attacks with the same
//! portrait as a sheet or on a screen. No live person was filmed: "genuine" here is a portrait laid over an
//! ellipsoid with a nose, turned and projected. All chance comes from seeds.
//!
//! Units: the distance between the eyes is 1; x to the right, y down, z to the camera.

// Each test and example that includes this uses a part of it.
#![allow(dead_code, unused_imports)]

mod motion;
mod render;
mod trials;

use image::RgbImage;
use vision::{Face, Models, Picture};

pub use motion::{Genuine, Kind, Pose, Scene, film, resting};
pub use render::{Canvas, Material, Shape, Source, render};
pub use trials::{obey, order, replay, watch};

/// SplitMix64 (Steele, Lea, Flood 2014) as numbers of 0 to 1.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to 1.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }
}

pub fn picture(image: &RgbImage) -> Picture {
    Picture::from_rgb(image.width(), image.height(), image.as_raw().clone()).unwrap()
}

/// A portrait made ready: the one face in it, looking about straight at the camera; else `None`.
pub fn source(models: &Models, image: &RgbImage) -> Option<Source> {
    let faces = models.find(&picture(image)).unwrap();
    let [face] = faces.as_slice() else { return None };
    // The depth laid over it is a straight head's.
    (turned_aside(face).abs() < 0.12 && face.rect.height > 90.0).then(|| Source::new(image, face))
}

/// The nose's shift to the side of the line from eyes to mouth, in distances between the eyes.
fn turned_aside(face: &Face) -> f32 {
    let [left, right, nose, mouth_left, mouth_right] = face.points;
    let (dx, dy) = (right.x - left.x, right.y - left.y);
    let square = dx * dx + dy * dy;
    let along = |x: f32, y: f32| ((x - left.x) * dx + (y - left.y) * dy) / square - 0.5;
    let mouth = along((mouth_left.x + mouth_right.x) / 2.0, (mouth_left.y + mouth_right.y) / 2.0);
    along(nose.x, nose.y) - mouth * 0.57
}
