//! What happens at a desk, as the table of operations says it.

use faces::BulkReport;
use kernel::permission::rules::{OFFICE, REGISTER};
use live::{LeaveKiosk, LiveState, OfCamera, OfLiveSession};
use school::accounts::Nothing;

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;

kernel::operations! { desk;
    /// The cameras of this computer.
    devices::list_cameras(Nothing) -> Vec<CameraDevice>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// The sizes of picture that a camera of this computer can give.
    devices::camera_sizes(OfDevice) -> Vec<CameraSize>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// Opens a camera on a class; nothing is written before somebody confirms it.
    sessions::start_attendance_session(StartAttendanceSession) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens a camera on a student who is to be enrolled.
    sessions::start_enrolment_session(StartEnrolmentSession) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens another camera in a live session.
    sessions::add_camera(AddCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Closes a camera of a live session.
    sessions::remove_camera(OfCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Ends a live session.
    sessions::stop_live_session(OfLiveSession) -> (),
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Enrols many students from a folder of photographs named by number.
    folder::enrol_folder(EnrolFolder) -> BulkReport,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens the kiosk at the door, which marks by itself; the sign-in can do nothing else until it is left.
    kiosk::start_kiosk(StartKiosk) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Leaves the kiosk with the password of who started it.
    kiosk::leave_kiosk(LeaveKiosk) -> (),
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none, also: [at_kiosk];
}
