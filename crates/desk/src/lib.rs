//! What happens at a desk with its devices: it opens cameras, paths and addresses, pushes the pictures to the live sessions
//! where the data is, and shows what these tell. It reaches what is stored by `Calls` alone, as a window does.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod devices;
mod folder;
mod kept;
mod kiosk;
mod picture;
mod push;
mod running;
mod sessions;
mod source;
mod table;

pub use devices::{CameraDevice, CameraSize, OfDevice};
pub use folder::EnrolFolder;
pub use kept::{KeptKiosk, kept_kiosk, kiosk_is_kept};
pub use kiosk::{StartKiosk, forget_kiosk, open_again};
pub use picture::for_screen;
pub use running::{CameraFrames, watch_camera, watch_session};
pub use sessions::{AddCamera, StartAttendanceSession, StartEnrolmentSession};
pub use source::CameraSource;
pub use table::*;
