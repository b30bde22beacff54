//! The people, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{OFFICE, SIGNED_IN, STAFF};
use crate::{Page, Undoable, schools};

kernel::operations! { people;
    /// Students of a school, a page at a time.
    students::list_students(ListStudents) -> Page<StudentRow>,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, courses, enrolments, leaves, schools, settings, stays, students, teachings],
        runs: AtData, path: GET "/schools/{school}/students";

    /// A student with guardians and classes.
    student::student(OfStudent) -> StudentDetails,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, attendance_codes, attendance_marks, classes, courses, enrolments, guardians,
            guardianships, leaves, schools, stays, students, teachings,
        ],
        runs: AtData, path: GET "/students/{student}";

    /// Makes a student with guardians, or changes one.
    student::save_student(SaveStudent) -> SavedStudent,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/students";

    /// Makes a guardian of a student, or changes one.
    guardians::save_guardian(SaveGuardianOf) -> SavedStudent,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/students/{student}/guardians";

    /// Students who may be the same person.
    hints::alike_students(AlikeStudents) -> Vec<AlikeStudent>,
        who: OFFICE, does: Read,
        shows: [academic_sessions, classes, enrolments, leaves, schools, students],
        runs: AtData, path: POST "/schools/{school}/students/alike";

    /// The student number that would be given next.
    hints::next_student_number(schools::OfSchool) -> NextNumber,
        who: OFFICE, does: Read,
        shows: [students],
        runs: AtData, path: GET "/schools/{school}/students/next-number";

    /// Deletes students; they can be restored.
    students::delete_students(StudentIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/delete";

    /// Brings deleted students back.
    students::restore_students(StudentIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/restore";

    /// Ends the time of students at the school: withdrawn or graduated.
    leaving::withdraw_students(WithdrawStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/withdraw";

    /// Lets students who have left come back.
    leaving::re_enrol_students(ReEnrolStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/re-enrol";

    /// Lets students be away for a time.
    leaving::grant_leave(GrantLeave) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/leave";

    /// Sets the days of a leave.
    leaving::change_leave(ChangeLeave) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/leaves/{leave}";

    /// Corrects the days of a time at the school.
    leaving::correct_stay(CorrectStay) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/stays/{stay}";

    /// Students and staff found by what is typed.
    search::search_people(SearchPeople) -> Vec<PersonHit>,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, guardians, guardianships, schools, staff, students,
            teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/people";

    /// Staff of a school, a page at a time.
    staff::list_staff(ListStaff) -> Page<StaffRow>,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, courses, schools, settings, staff, teachings, users],
        runs: AtData, path: GET "/schools/{school}/staff";

    /// A member of staff with what they teach.
    staff::staff_member(OfStaff) -> StaffDetails,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, courses, schools, staff, subjects, teachings, users],
        runs: AtData, path: GET "/staff/{staff}";

    /// Makes a member of staff, or changes one.
    staff::save_staff(SaveStaff) -> StaffDetails,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/staff";

    /// Deletes members of staff; they can be restored.
    staff::delete_staff(StaffIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/staff/delete";

    /// Brings deleted members of staff back.
    staff::restore_staff(StaffIds) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/staff/restore";

    /// Lets a member of staff leave, with what they teach handed over.
    employment::end_employment(EndEmployment) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/staff/{staff}/leave";

    /// Lets a member of staff who has left work at the school again.
    employment::resume_employment(ResumeEmployment) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/staff/{staff}/resume";
}
