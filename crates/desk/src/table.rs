//! What happens at a desk, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::attendance::RecordedAttendance;
use crate::permission::rules::{OFFICE, REGISTER};

kernel::operations! { desk;
    /// The cameras of this computer.
    sessions::list_cameras(accounts::Nothing) -> Vec<CameraDevice>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// Opens a camera on a class; nothing is written before somebody confirms it.
    sessions::start_attendance_session(StartAttendanceSession) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens a camera on a student who is to be enrolled.
    sessions::start_enrolment_session(StartEnrolmentSession) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// How a live session stands.
    sessions::live_session(OfSession) -> LiveState,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none, also: [at_kiosk];

    /// Ends a live session.
    sessions::stop_live_session(OfSession) -> (),
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Writes what a live session proposes into the register.
    decide::confirm_proposals(ConfirmProposals) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Says who a face really is.
    decide::correct_proposal(CorrectProposal) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Takes the picture that a camera shows now.
    sessions::capture_frame(OfSession) -> CapturedFrame,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens another camera in a live session.
    sessions::add_camera(AddCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Closes a camera of a live session.
    sessions::remove_camera(OfCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// The sizes of picture that a camera of this computer can give.
    sessions::camera_sizes(OfDevice) -> Vec<CameraSize>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// How the cameras that run on this computer are.
    sessions::camera_health(schools::OfSchool) -> Vec<RunningCamera>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// Photographs of a class do the same as a camera.
    photographs::start_photograph_session(StartPhotographSession) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Adds photographs to a live session.
    photographs::add_photographs(AddPhotographs) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// The faces in a live session that belong to nobody who is known.
    unknown::unknown_faces(OfSession) -> Vec<UnknownPicture>,
        who: OFFICE, does: Read, shows: [], runs: AtDesk, path: none;

    /// Takes the pictures of an unknown face for an enrolment.
    unknown::take_unknown_face(OfUnknownFace) -> UnknownUploads,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens the kiosk at the door, which marks by itself; the sign-in can do nothing else until it is left.
    kiosk::start_kiosk(StartKiosk) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// The kiosk that this sign-in holds.
    kiosk::running_kiosk(accounts::Nothing) -> Option<LiveState>,
        who: OFFICE, does: Read, shows: [], runs: AtDesk, path: none, also: [at_kiosk];

    /// Leaves the kiosk with the password of who started it.
    kiosk::leave_kiosk(LeaveKiosk) -> (),
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none, also: [at_kiosk];
}
