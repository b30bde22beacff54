//! Frames from a webcam, a network camera, a folder of pictures or one picture. The newest frame wins: a
//! slow reader never holds a source up. It knows no window, no face and no clock; the time comes in.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod files;
mod frame;
mod multipart;
mod network;
mod pixels;
mod stream;
mod webcam;

pub use frame::{Frame, FrameImage};
pub use stream::{Camera, Clock, Lost, Reason, Retry, Source, State, open};
pub use webcam::{Device, Size, devices, sizes};
