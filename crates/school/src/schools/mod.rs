//! Schools: the school itself, academic years and terms, subjects, settings, what a new school starts with.

mod calendar;
mod codes;
mod dates;
mod days;
mod details;
mod first_card;
mod heads;
mod paper;
mod restore;
mod scales;
mod sessions;
mod settings;
mod start;
mod subjects;
mod table;
mod years;

pub use calendar::{
    Calendar, CalendarDay, CalendarEntry, CalendarKind, CalendarOf, DeleteCalendarEntry, SaveCalendarEntry,
    SavedCalendarEntry,
};
pub use codes::{AttendanceCodeRow, AttendanceMeaning, SaveAttendanceCode};
pub use dates::possible_birth;
pub use dates::{DayOrder, age, check_birth, check_days_are_near, check_year_is_near};
pub use days::{NoSchool, OffDay, SchoolDays, current_year, school_day};
pub use days::{current_term, no_school, outside_year};
pub use details::permit_creating;
pub use details::{CreateSchool, OfSchool, SaveSchool, SchoolDetails, SchoolRow};
pub use first_card::{FIRST_CARD, note_first_card};
pub use heads::{SchoolHead, find_school, not_deleted, school_heads, zone_of};
pub use paper::{document_error, fonts, safe_name};
pub use restore::{DeletedSession, DeletedSubject};
pub use scales::{GradeBand, GradeScaleRow, SaveGradeScale};
pub use sessions::{NewTerm, check_sessions, insert_year};
pub use settings::{MissingMarks, SaveSettings, SchoolSettings, Settings, Weekday, load_settings};
pub use settings::{change_settings, settings_or_usual};
pub use start::insert_school_basics;
pub use subjects::{DeleteSubject, SaveSubject, SubjectRow};
pub use table::*;
pub use years::{DeleteAcademicSession, SaveTerm, SaveYear, TermRow, YearRow};
