//! Upkeep, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{LEADERS, OFFICE, STAFF};
use crate::{Page, accounts, schools};

kernel::operations! { upkeep;
    /// Takes an operation back; besides this rule, that of the operation itself decides.
    undo::undo(Undo) -> Undone,
        who: STAFF, does: Write, shows: [], runs: AtData, path: POST "/changes/{entry}/undo";

    /// What this sign-in did, and whether each can be undone.
    acts::my_changes(MyChanges) -> MyActs,
        who: STAFF, does: Read,
        shows: [audit_entries, users],
        runs: AtData, path: GET "/me/changes";

    /// What became of a row, newest first.
    history::history(History) -> Vec<HistoryEntry>,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, audit_entries, classes, courses, enrolments, exemptions, schools, students, teachings,
            users,
        ],
        runs: AtData, path: GET "/schools/{school}/history";

    /// What was changed in a school, a page at a time.
    history::recent_changes(RecentChanges) -> Page<ChangeEntry>,
        who: OFFICE, does: Read,
        shows: [
            absence_notices, arrivals, assessments, attendance_codes, attendance_marks, audit_entries, behaviour_notes,
            calendar_entries, categories, classes, courses, custom_fields, enrolments, evidence_frames, exemptions,
            face_rejections, face_uses, field_values, grade_places, grants, guardianships, leaves, list_views, marks,
            medical_notes, merges, pastoral_notes, portraits, registers, report_comments, rollover_decisions,
            roster_ids, schools, staff, stays, students, subjects, teachings, transfers, user_sessions, users,
        ],
        runs: AtData, path: GET "/schools/{school}/changes";

    /// One act opened: its rows with their fields before and after.
    fields::change_details(ChangeDetails) -> Page<ChangedRow>,
        who: OFFICE, does: Read,
        shows: [assessments, audit_entries, classes, courses, marks, merges, students, subjects],
        runs: AtData, path: GET "/changes/{entry}";

    /// Who changed something in a school.
    history::change_makers(schools::OfSchool) -> Vec<ChangeMaker>,
        who: OFFICE, does: Read,
        shows: [audit_entries, users],
        runs: AtData, path: GET "/schools/{school}/changes/makers";

    /// How the database, its copies and the computer that holds it are.
    health::health(accounts::Nothing) -> Health,
        who: LEADERS, does: Read, shows: [], runs: AtData, path: GET "/health";

    /// Says that the clock of this computer is right although it contradicts what the database has seen.
    clock::confirm_clock(accounts::Nothing) -> (),
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/health/clock";

    /// What is to be done today, for whoever asks.
    today::today(schools::OfSchool) -> Today,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, audit_entries, calendar_entries,
            classes, courses, enrolments, exemptions, grade_scales, guardians, guardianships, marks, registers,
            report_comments, schools, settings, staff, students, subjects, teachings, users,
        ],
        runs: AtData, path: GET "/schools/{school}/today";
}
