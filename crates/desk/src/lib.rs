//! The live register: cameras look at the class, faces are followed and recognised, and students are proposed. Nothing is
//! written before a person confirms it; only the kiosk at the door writes by itself.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod decide;
mod door;
mod feed;
mod guard;
mod health;
mod kept;
mod kiosk;
mod looks;
mod photographs;
mod pipeline;
mod registry;
mod session;
mod sessions;
mod source;
mod state;
mod strangers;
mod table;
mod unknown;

use kernel::{
    Access, Announcement, Call, Context, Error, ErrorCode, Reach, Result, Services, Upload, error, permission,
    typed_folder,
};
use school::{accounts, attendance, schools};

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use decide::{ConfirmProposals, CorrectProposal};
pub use feed::Shown;

pub use health::CameraHealth;
pub use kept::{kiosk_is_kept, reopen_kiosk, resume_at_door};
pub use kiosk::kiosk_holds;
pub use kiosk::{Greeting, GreetingKind, KioskPrompt, KioskState, LeaveKiosk, StartKiosk};
pub use photographs::{AddPhotographs, StartPhotographSession};
pub use registry::people_changed;
pub use registry::{find_session, stop_sessions_of};
pub use session::LiveSession;
pub use sessions::{
    AddCamera, CameraDevice, CameraSize, CapturedFrame, OfCamera, OfDevice, OfSession, RunningCamera,
    StartAttendanceSession, StartEnrolmentSession,
};
pub use source::{CameraProblem, CameraSource, CameraStatus};
pub use state::{
    LiveCamera, LiveCandidate, LiveFace, LiveFaceState, LiveProposal, LivePurpose, LiveSource, LiveState,
    MissingStudent, PresentStudent, UnknownFace, UnsureFace, UnsureReason,
};
pub use table::*;
pub use unknown::{OfUnknownFace, UnknownPicture, UnknownUploads};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves these values whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
