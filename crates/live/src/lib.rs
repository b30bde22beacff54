//! The live register: cameras at a desk look at the class, their pictures are pushed to here, where the data is; faces are
//! followed and recognised, and students are proposed. Nothing is written before a person confirms it; only the kiosk at the
//! door writes by itself. Nothing here opens a camera, a path or an address.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod decide;
mod door;
mod feed;
mod guard;
mod health;
mod kiosk;
mod looks;
mod photographs;
mod pipeline;
mod pushed;
mod registry;
mod session;
mod sessions;
mod state;
mod strangers;
mod table;
mod unknown;

use kernel::{
    Access, Announcement, Call, Context, Error, ErrorCode, Reach, Result, Services, Upload, blocking, error, locked,
    permission,
};
use school::{accounts, attendance, schools};

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use decide::{ConfirmProposals, CorrectProposal};
pub use feed::Shown;
pub use health::CameraHealth;
pub use kiosk::kiosk_holds;
pub use kiosk::{Again, Greeting, GreetingKind, KioskPrompt, KioskState, LeaveKiosk, OpenDoor, OpenedDoor};
pub use photographs::{AddPhotographs, StartPhotographSession};
pub use pushed::{LivePicture, PushFrame, TellCamera};
pub use registry::people_changed;
pub use registry::{find_session, stop_sessions_of};
pub use session::LiveSession;
pub use sessions::{
    CapturedFrame, FollowLiveSession, Followed, OfCamera, OfLiveSession, OpenCamera, OpenEnrolment, OpenRegister,
    OpenedCamera, RunningCamera,
};
pub use state::{
    CameraProblem, CameraStatus, LiveCamera, LiveCandidate, LiveFace, LiveFaceState, LiveProposal, LivePurpose,
    LiveSource, LiveState, MissingStudent, PresentStudent, UnknownFace, UnsureFace, UnsureReason,
};
pub use table::*;
pub use unknown::{OfUnknownFace, UnknownPicture, UnknownUploads};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves these values whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
