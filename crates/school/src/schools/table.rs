//! The schools, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::exchange::Exported;
use crate::permission::rules::{ADMINISTRATORS, LEADERS, OFFICE, SIGNED_IN, STAFF};
use crate::{Undoable, accounts};

kernel::operations! { schools;
    /// The schools within reach.
    details::list_schools(accounts::Nothing) -> Vec<SchoolRow>,
        who: STAFF, does: Read,
        shows: [classes, schools, staff, students],
        runs: AtData, path: GET "/schools";

    /// A school with its address and logo.
    details::school_details(OfSchool) -> SchoolDetails,
        who: STAFF, does: Read,
        shows: [districts, schools],
        runs: AtData, path: GET "/schools/{school}";

    /// Changes a school's name, address or logo.
    details::save_school(SaveSchool) -> SchoolDetails,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school=id}";

    /// Makes another school in a district.
    details::create_school(CreateSchool) -> SchoolDetails,
        who: ADMINISTRATORS, does: Write, shows: [], runs: AtData, path: POST "/districts/{district}/schools";

    /// The academic years of a school with their terms.
    years::list_sessions(OfSchool) -> Vec<YearRow>,
        who: SIGNED_IN, does: Read,
        shows: [academic_sessions, schools],
        runs: AtData, path: GET "/schools/{school}/years";

    /// Makes an academic year with its terms, or changes one.
    years::save_year(SaveYear) -> YearRow,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/years";

    /// Deletes an academic year or a term that nothing stands on.
    years::delete_session(DeleteAcademicSession) -> Undoable,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: DELETE "/years/{year=id}";

    /// Deleted years and terms.
    restore::deleted_sessions(OfSchool) -> Vec<DeletedSession>,
        who: LEADERS, does: Read,
        shows: [academic_sessions],
        runs: AtData, path: GET "/schools/{school}/years/deleted";

    /// Brings a deleted year or term back.
    restore::restore_session(DeleteAcademicSession) -> Undoable,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/years/{year=id}/restore";

    /// The calendar of a school between two days.
    calendar::calendar(CalendarOf) -> Calendar,
        who: SIGNED_IN, does: Read,
        shows: [academic_sessions, calendar_entries, classes, schools, settings],
        runs: AtData, path: GET "/schools/{school}/calendar/{start}/{end}";

    /// The calendar as an iCalendar file.
    calendar::calendar_file(CalendarOf) -> Exported,
        who: SIGNED_IN, does: Read,
        shows: [academic_sessions, calendar_entries, classes, schools, settings],
        runs: AtData, path: POST "/schools/{school}/calendar/{start}/{end}/file";

    /// Puts an entry into the calendar, or changes one.
    calendar::save_calendar_entry(SaveCalendarEntry) -> SavedCalendarEntry,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/calendar";

    /// Takes an entry out of the calendar.
    calendar::delete_calendar_entry(DeleteCalendarEntry) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/calendar-entries/{calendarEntry=id}";

    /// The settings of a school.
    settings::settings(OfSchool) -> SchoolSettings,
        who: STAFF, does: Read,
        shows: [settings],
        runs: AtData, path: GET "/schools/{school}/settings";

    /// Changes the settings of a school.
    settings::save_settings(SaveSettings) -> SchoolSettings,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/settings";

    /// The subjects of a school.
    subjects::list_subjects(OfSchool) -> Vec<SubjectRow>,
        who: STAFF, does: Read,
        shows: [courses, subjects],
        runs: AtData, path: GET "/schools/{school}/subjects";

    /// Makes a subject, or changes one.
    subjects::save_subject(SaveSubject) -> SubjectRow,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/subjects";

    /// Deletes a subject that is not taught.
    subjects::delete_subject(DeleteSubject) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/subjects/{subject=id}";

    /// Deleted subjects.
    restore::deleted_subjects(OfSchool) -> Vec<DeletedSubject>,
        who: OFFICE, does: Read,
        shows: [subjects],
        runs: AtData, path: GET "/schools/{school}/subjects/deleted";

    /// Brings a deleted subject back.
    restore::restore_subject(DeleteSubject) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/subjects/{subject=id}/restore";

    /// The grade scale of a school.
    scales::grade_scale(OfSchool) -> GradeScaleRow,
        who: SIGNED_IN, does: Read,
        shows: [grade_scales],
        runs: AtData, path: GET "/schools/{school}/grade-scale";

    /// Changes the grade scale of a school.
    scales::save_grade_scale(SaveGradeScale) -> GradeScaleRow,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/grade-scale";

    /// The attendance codes of a school.
    codes::list_attendance_codes(OfSchool) -> Vec<AttendanceCodeRow>,
        who: SIGNED_IN, does: Read,
        shows: [attendance_codes],
        runs: AtData, path: GET "/schools/{school}/attendance-codes";

    /// Makes an attendance code, or changes one.
    codes::save_attendance_code(SaveAttendanceCode) -> Vec<AttendanceCodeRow>,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/attendance-codes";
}
