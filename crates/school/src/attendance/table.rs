//! Attendance, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::exchange::Exported;
use crate::people::OfStudent;
use crate::permission::rules::{REGISTER, SIGNED_IN, STAFF};
use crate::schools::OfSchool;
use crate::{Page, Undoable};

kernel::operations! { attendance;
    /// The register of a class on a day or in a lesson.
    register::register(OfRegister) -> Register,
        who: REGISTER, does: Read,
        shows: [
            absence_notices, academic_sessions, attendance_codes, attendance_marks, calendar_entries, classes, courses,
            enrolments, leaves, medical_notes, registers, schools, settings, students, teachings, users,
        ],
        runs: AtData, path: GET "/classes/{class}/registers/{date}/{lesson}";

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
        who: REGISTER, does: Read,
        shows: [
            academic_sessions, attendance_codes, attendance_marks, calendar_entries, classes, courses, enrolments,
            leaves, registers, schools, settings, students, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/registers";

    /// Who is absent on a day, and whom to call.
    day::absent_today(AbsentToday) -> Vec<AbsentStudent>,
        who: STAFF, does: Read,
        shows: [
            absence_notices, academic_sessions, attendance_codes, attendance_marks, calendar_entries, classes, courses,
            enrolments, guardians, guardianships, schools, settings, students, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/absent";

    /// The absences of a student that are known ahead.
    ahead::list_absences(OfStudent) -> Vec<AbsenceNotice>,
        who: SIGNED_IN, does: Read,
        shows: [
            absence_notices, academic_sessions, attendance_codes, classes, courses, enrolments, schools, students,
            teachings, users,
        ],
        runs: AtData, path: GET "/students/{student}/absences";

    /// Enters an absence that is known ahead, or changes one.
    ahead::save_absence(SaveAbsence) -> SavedAbsence,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: PUT "/students/{student}/absences";

    /// Takes an absence back that was known ahead.
    ahead::delete_absence(DeleteAbsence) -> Undoable,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: DELETE "/absences/{absence}";

    /// The attendance of a student, day by day.
    history::attendance_history(AttendanceHistory) -> Page<HistoryRow>,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, attendance_codes, attendance_marks, audit_entries, classes, courses, enrolments,
            registers, schools, students, teachings, users,
        ],
        runs: AtData, path: GET "/students/{student}/attendance";

    /// Who is on site now, as far as the registers of the day say.
    here::here_now(OfSchool) -> HereNow,
        who: REGISTER, does: Read,
        shows: [
            absence_notices, academic_sessions, attendance_codes, attendance_marks, classes, courses, enrolments, leaves,
            schools, settings, staff, stays, students, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/here-now";

    /// Those who are looked for when the house is left, on paper.
    here::print_here_now(PrintHereNow) -> Exported,
        who: REGISTER, does: Read,
        shows: [
            absence_notices, academic_sessions, attendance_codes, attendance_marks, classes, courses, enrolments, leaves,
            schools, settings, staff, stays, students, teachings,
        ],
        runs: AtData, path: POST "/schools/{school}/here-now/paper";

    /// Who was often away over the whole school: so many days, so many in a row, or more than a share of the days.
    often::often_absent(OftenAbsent) -> OftenAbsentStudents,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, attendance_codes, attendance_marks, calendar_entries, classes, courses, registers, schools,
            settings, students, teachings,
        ],
        runs: AtData, path: POST "/schools/{school}/often-absent";

    /// The attendance of a class or a student added up.
    summary::attendance_summary(SummaryOf) -> AttendanceSummary,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, attendance_codes, attendance_marks, calendar_entries, classes, courses, enrolments,
            registers, schools, settings, students, teachings,
        ],
        runs: AtData, path: POST "/attendance/summary";

    /// The attendance of a class between two days as CSV.
    file::attendance_csv(AttendanceCsv) -> AttendanceFile,
        who: REGISTER, does: Read,
        shows: [
            academic_sessions, attendance_codes, attendance_marks, classes, courses, schools, settings, students,
            teachings,
        ],
        runs: AtData, path: POST "/classes/{class}/attendance/table";
}
