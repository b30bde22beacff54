//! The live register: a camera looks at the class, faces are followed and recognised, and students are proposed. Nothing is
//! written before a person confirms it.

mod operations;
mod pipeline;
mod session;
mod state;

pub use operations::{
    CameraDevice, CapturedFrame, ConfirmProposals, CorrectProposal, OfSession, StartAttendanceSession,
    StartEnrolmentSession, capture_frame, confirm_proposals, correct_proposal, list_cameras, live_session,
    start_attendance_session, start_enrolment_session, stop_live_session,
};
pub use pipeline::Shown;
pub(crate) use session::people_changed;
pub use session::{LiveSession, find_session, stop_sessions_of};
pub use state::{
    CameraProblem, CameraSource, CameraStatus, LiveCandidate, LiveFace, LiveFaceState, LiveProposal, LiveState,
    UnsureFace,
};
