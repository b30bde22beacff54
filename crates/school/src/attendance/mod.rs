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
    CameraDevice, CameraSource, CapturedFrame, ConfirmProposals, CorrectProposal, LiveState, OfSession,
    StartAttendanceSession, StartEnrolmentSession, capture_frame, confirm_proposals, correct_proposal, list_cameras,
    live_session, start_attendance_session, start_enrolment_session, stop_live_session,
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
