//! Attendance: the register of a class on a day or in a lesson, by hand, its history, summaries and lists.

mod day;
mod file;
mod history;
pub mod live;
mod place;
mod record;
mod register;
mod summary;

pub use day::{
    AbsentStudent, AbsentToday, ClassRegister, RegistersOfDay, RegistersOfDayInput, absent_today, registers_of_day,
};
pub use file::{AttendanceCsv, AttendanceFile, attendance_csv};
pub use history::{AttendanceChange, AttendanceHistory, HistoryRow, attendance_history};
pub use live::{
    AddCamera, AddPhotographs, CameraDevice, CameraHealth, CameraSize, CameraSource, CapturedFrame, ConfirmProposals,
    CorrectProposal, Greeting, GreetingKind, KioskPrompt, KioskState, LeaveKiosk, LiveState, OfCamera, OfDevice,
    OfSession, OfUnknownFace, RunningCamera, StartAttendanceSession, StartEnrolmentSession, StartKiosk,
    StartPhotographSession, UnknownPicture, UnknownUploads, add_camera, add_photographs, camera_health, camera_sizes,
    capture_frame, confirm_proposals, correct_proposal, leave_kiosk, list_cameras, live_session, remove_camera,
    running_kiosk, start_attendance_session, start_enrolment_session, start_kiosk, start_photograph_session,
    stop_live_session, take_unknown_face, unknown_faces,
};
pub(crate) use place::students_of_class;
pub use record::{
    AttendanceCell, AttendanceEntry, AttendanceOutcome, RecordAttendance, RecordedAttendance, TakeRegister,
    mark_all_present, record_attendance, take_register,
};
pub use register::{MarkSource, OfRegister, Register, RegisterMark, RegisterStudent, register};
pub use summary::{
    Absenteeism, AttendanceSummary, StudentAttendance, SummaryOf, attendance_summary, counts_of_students,
};
