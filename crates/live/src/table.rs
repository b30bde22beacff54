//! Live sessions, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::attendance::RecordedAttendance;
use crate::permission::rules::{OFFICE, REGISTER};

kernel::operations! { desk;
    /// Begins to look at a class; nothing is written before somebody confirms it.
    sessions::open_register(OpenRegister) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Begins to look at a student who is to be enrolled.
    sessions::open_enrolment(OpenEnrolment) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: none;

    /// Makes room for another camera in a live session.
    sessions::open_camera(OpenCamera) -> OpenedCamera,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Takes a camera out of a live session.
    sessions::close_camera(OfCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Ends a live session.
    sessions::close_session(OfLiveSession) -> (),
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Takes the newest picture of a camera, to be looked at.
    pushed::push_frame(PushFrame) -> (),
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none, also: [while_locked, at_kiosk];

    /// Takes what a camera does that gives no picture.
    pushed::tell_camera(TellCamera) -> (),
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none, also: [while_locked, at_kiosk];

    /// The newest picture that came, as a photograph.
    pushed::live_picture(OfCamera) -> LivePicture,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: none;

    /// How a live session stands.
    sessions::live_session(OfLiveSession) -> LiveState,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: none, also: [at_kiosk];

    /// How a live session stands once that is another than was seen.
    sessions::follow_session(FollowLiveSession) -> Followed,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: none, also: [while_locked, at_kiosk];

    /// Writes what a live session proposes into the register.
    decide::confirm_proposals(ConfirmProposals) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Says who a face really is.
    decide::correct_proposal(CorrectProposal) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Takes the picture that a camera shows now.
    sessions::capture_frame(OfLiveSession) -> CapturedFrame,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: none;

    /// How the cameras that run are.
    sessions::camera_health(schools::OfSchool) -> Vec<RunningCamera>,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: none;

    /// Photographs of a class do the same as a camera.
    photographs::start_photograph_session(StartPhotographSession) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// Adds photographs to a live session.
    photographs::add_photographs(AddPhotographs) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: none;

    /// The faces in a live session that belong to nobody who is known.
    unknown::unknown_faces(OfLiveSession) -> Vec<UnknownPicture>,
        who: OFFICE, does: Read, shows: [], runs: AtData, path: none;

    /// Takes the pictures of an unknown face for an enrolment.
    unknown::take_unknown_face(OfUnknownFace) -> UnknownUploads,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: none;

    /// Begins to mark by itself who comes to the door; the sign-in can do nothing else until it is left.
    kiosk::open_door(OpenDoor) -> OpenedDoor,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: none;

    /// The kiosk that this sign-in holds.
    kiosk::running_kiosk(accounts::Nothing) -> Option<LiveState>,
        who: OFFICE, does: Read, shows: [], runs: AtData, path: none, also: [at_kiosk];

    /// Ends the kiosk with the password of who opened it.
    kiosk::close_door(LeaveKiosk) -> (),
        who: OFFICE, does: Write, shows: [], runs: AtData, path: none, also: [at_kiosk];
}
