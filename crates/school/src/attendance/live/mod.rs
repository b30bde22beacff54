//! The live register: cameras look at the class, faces are followed and recognised, and students are proposed. Nothing is
//! written before a person confirms it; only the kiosk at the door writes by itself.

mod decide;
mod door;
mod feed;
mod guard;
mod health;
mod kept;
mod kiosk;
mod looks;
mod operations;
mod photographs;
mod pipeline;
mod registry;
mod session;
mod source;
mod state;
mod strangers;
mod unknown;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use decide::{ConfirmProposals, CorrectProposal};
pub(super) use decide::{confirm_proposals, correct_proposal};
pub use feed::Shown;
pub(crate) use feed::cut_out;
pub use health::CameraHealth;
pub use kept::{kiosk_is_kept, reopen_kiosk, resume_at_door};
pub(crate) use kiosk::kiosk_holds;
pub use kiosk::{Greeting, GreetingKind, KioskPrompt, KioskState, LeaveKiosk, StartKiosk};
pub(super) use kiosk::{leave_kiosk, running_kiosk, start_kiosk};
pub use operations::{
    AddCamera, CameraDevice, CameraSize, CapturedFrame, OfCamera, OfDevice, OfSession, RunningCamera,
    StartAttendanceSession, StartEnrolmentSession,
};
pub(super) use operations::{
    add_camera, camera_health, camera_sizes, capture_frame, list_cameras, live_session, remove_camera,
    start_attendance_session, start_enrolment_session, stop_live_session,
};
pub use photographs::{AddPhotographs, StartPhotographSession};
pub(super) use photographs::{add_photographs, start_photograph_session};
pub(crate) use registry::people_changed;
pub use registry::{find_session, stop_sessions_of};
pub use session::LiveSession;
pub use source::{CameraProblem, CameraSource, CameraStatus};
pub use state::{
    LiveCamera, LiveCandidate, LiveFace, LiveFaceState, LiveProposal, LivePurpose, LiveSource, LiveState,
    MissingStudent, PresentStudent, UnknownFace, UnsureFace, UnsureReason,
};
pub use unknown::{OfUnknownFace, UnknownPicture, UnknownUploads};
pub(super) use unknown::{take_unknown_face, unknown_faces};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves these values whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
