//! Attendance, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{OFFICE, REGISTER, SIGNED_IN, STAFF};
use crate::{Page, accounts, schools};

crate::operations! { attendance;
    /// The register of a class on a day or in a lesson.
    register::register(OfRegister) -> Register,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: GET "/classes/{class}/registers/{date}/{lesson}";

    /// Records attendance in a register; each student answers for themself.
    record::record_attendance(RecordAttendance) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: PUT "/classes/{class}/registers/{date}/{lesson}";

    /// Marks everybody present who has no mark yet.
    record::mark_all_present(OfRegister) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/registers/{date}/{lesson}/all-present";

    /// Says that a register is taken.
    record::take_register(TakeRegister) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: POST "/classes/{class}/registers/{date}/{lesson}/taken";

    /// The registers of a school on a day: taken, begun, missing.
    day::registers_of_day(RegistersOfDayInput) -> RegistersOfDay,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: GET "/schools/{school}/registers";

    /// Who is absent on a day, and whom to call.
    day::absent_today(AbsentToday) -> Vec<AbsentStudent>,
        who: STAFF, does: Read, shows: [], runs: AtData, path: GET "/schools/{school}/absent";

    /// The attendance of a student, day by day.
    history::attendance_history(AttendanceHistory) -> Page<HistoryRow>,
        who: SIGNED_IN, does: Read, shows: [], runs: AtData, path: GET "/students/{student}/attendance";

    /// The attendance of a class or a student added up.
    summary::attendance_summary(SummaryOf) -> AttendanceSummary,
        who: SIGNED_IN, does: Read, shows: [], runs: AtData, path: POST "/attendance/summary";

    /// The attendance of a class between two days as CSV.
    file::attendance_csv(AttendanceCsv) -> AttendanceFile,
        who: REGISTER, does: Read, shows: [], runs: AtData, path: POST "/classes/{class}/attendance/table";

    /// The cameras of this computer.
    live::list_cameras(accounts::Nothing) -> Vec<CameraDevice>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// Opens a camera on a class; nothing is written before somebody confirms it.
    live::start_attendance_session(StartAttendanceSession) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens a camera on a student who is to be enrolled.
    live::start_enrolment_session(StartEnrolmentSession) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// How a live session stands.
    live::live_session(OfSession) -> LiveState,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none, also: [at_kiosk];

    /// Ends a live session.
    live::stop_live_session(OfSession) -> (),
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Writes what a live session proposes into the register.
    live::confirm_proposals(ConfirmProposals) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Says who a face really is.
    live::correct_proposal(CorrectProposal) -> RecordedAttendance,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Takes the picture that a camera shows now.
    live::capture_frame(OfSession) -> CapturedFrame,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens another camera in a live session.
    live::add_camera(AddCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Closes a camera of a live session.
    live::remove_camera(OfCamera) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// The sizes of picture that a camera of this computer can give.
    live::camera_sizes(OfDevice) -> Vec<CameraSize>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// How the cameras that run on this computer are.
    live::camera_health(schools::OfSchool) -> Vec<RunningCamera>,
        who: REGISTER, does: Read, shows: [], runs: AtDesk, path: none;

    /// Photographs of a class do the same as a camera.
    live::start_photograph_session(StartPhotographSession) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// Adds photographs to a live session.
    live::add_photographs(AddPhotographs) -> LiveState,
        who: REGISTER, does: Write, shows: [], runs: AtDesk, path: none;

    /// The faces in a live session that belong to nobody who is known.
    live::unknown_faces(OfSession) -> Vec<UnknownPicture>,
        who: OFFICE, does: Read, shows: [], runs: AtDesk, path: none;

    /// Takes the pictures of an unknown face for an enrolment.
    live::take_unknown_face(OfUnknownFace) -> UnknownUploads,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// Opens the kiosk at the door, which marks by itself; the sign-in can do nothing else until it is left.
    live::start_kiosk(StartKiosk) -> LiveState,
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none;

    /// The kiosk that this sign-in holds.
    live::running_kiosk(accounts::Nothing) -> Option<LiveState>,
        who: OFFICE, does: Read, shows: [], runs: AtDesk, path: none, also: [at_kiosk];

    /// Leaves the kiosk with the password of who started it.
    live::leave_kiosk(LeaveKiosk) -> (),
        who: OFFICE, does: Write, shows: [], runs: AtDesk, path: none, also: [at_kiosk];
}
