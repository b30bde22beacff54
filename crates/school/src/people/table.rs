//! The people, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{LEADERS, MEDICAL, OFFICE, PASTORAL, SIGNED_IN, STAFF};
use crate::{Page, Undoable, schools};

kernel::operations! { people;
    /// Students of a school, a page at a time.
    students::list_students(ListStudents) -> Page<StudentRow>,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, custom_fields, enrolments, field_values, guardians, guardianships,
            leaves, merges, schools, settings, stays, students, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/students";

    /// A student with guardians and classes.
    student::student(OfStudent) -> StudentDetails,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, arrivals, attendance_codes, attendance_marks, calendar_entries, classes, courses,
            enrolments, guardians, guardianships, leaves, medical_notes, merges, registers, schools, settings, stays,
            students, teachings, transfers,
        ],
        runs: AtData, path: GET "/students/{student}";

    /// Makes a student with guardians, or changes one.
    student::save_student(SaveStudent) -> SavedStudent,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/students";

    /// Makes a guardian of a student, or changes one.
    guardians::save_guardian(SaveGuardianOf) -> SavedStudent,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/students/{student}/guardians";

    /// Guardians of a school with their children, a page at a time.
    guardian_list::list_guardians(ListGuardians) -> Page<GuardianListRow>,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, custom_fields, enrolments, field_values, guardians, guardianships,
            leaves, schools, settings, stays, students, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/guardians";

    /// A guardian with the children.
    guardian_list::guardian(OfGuardian) -> GuardianDetails,
        who: STAFF, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, guardians, guardianships, leaves, schools, settings,
            students, teachings,
        ],
        runs: AtData, path: GET "/guardians/{guardian}";

    /// Students who may be the same person.
    hints::alike_students(AlikeStudents) -> Vec<AlikeStudent>,
        who: OFFICE, does: Read,
        shows: [academic_sessions, classes, enrolments, leaves, merges, schools, students],
        runs: AtData, path: POST "/schools/{school}/students/alike";

    /// What it would do to make one record of two that are of the same student.
    merging::plan_merge(PlanMerge) -> MergePlan,
        who: OFFICE, does: Read,
        shows: [
            academic_sessions, assessments, attendance_codes, attendance_marks, classes, consents, courses, enrolments,
            evidence_frames, exemptions, face_objections, face_photographs, face_rejections, face_templates, face_uses,
            behaviour_notes, guardianships, leaves, marks, medical_notes, merges, pastoral_notes, report_comments, rollover_decisions, roster_ids, schools, settings,
            stays, students, subjects, users,
        ],
        runs: AtData, path: POST "/schools/{school}/students/plan-merge";

    /// Makes one record of two that are of the same student.
    merging::merge_students(MergeStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/merge";

    /// Guardians who may be the one that is typed.
    merging::alike_guardians(AlikeGuardians) -> Vec<GuardianRecord>,
        who: OFFICE, does: Read,
        shows: [guardians, guardianships, students],
        runs: AtData, path: POST "/schools/{school}/guardians/alike";

    /// Guardians who are there more than once.
    merging::same_guardians(schools::OfSchool) -> Vec<Vec<GuardianRecord>>,
        who: OFFICE, does: Read,
        shows: [guardians, guardianships, students],
        runs: AtData, path: GET "/schools/{school}/guardians/same";

    /// Makes one guardian of several that are the same person.
    merging::merge_guardians(MergeGuardians) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/guardians/merge";

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

    /// What is to be known of a student's health.
    notes::list_medical_notes(OfStudent) -> Vec<MedicalNote>,
        who: MEDICAL, does: Read,
        shows: [academic_sessions, classes, courses, enrolments, medical_notes, schools, students, teachings, users],
        runs: AtData, path: GET "/students/{student}/medical-notes";

    /// Writes what is to be known of a student's health, or changes it.
    notes::save_medical_note(SaveMedicalNote) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/students/{student}/medical-notes";

    /// Deletes a note on a student's health.
    notes::delete_medical_note(DeleteMedicalNote) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/medical-notes/{note}/delete";

    /// How a student behaved, as the staff noted it.
    notes::list_behaviour_notes(OfStudent) -> Vec<BehaviourNote>,
        who: STAFF, does: Read,
        shows: [academic_sessions, behaviour_notes, classes, courses, enrolments, schools, students, teachings, users],
        runs: AtData, path: GET "/students/{student}/behaviour-notes";

    /// Notes how a student behaved, or changes such a note.
    notes::save_behaviour_note(SaveBehaviourNote) -> Undoable,
        who: STAFF, does: Write, shows: [], runs: AtData, path: PUT "/students/{student}/behaviour-notes";

    /// Deletes a note on how a student behaved.
    notes::delete_behaviour_note(DeleteBehaviourNote) -> Undoable,
        who: STAFF, does: Write, shows: [], runs: AtData, path: POST "/behaviour-notes/{note}/delete";

    /// What was noted of a student in confidence; of others than leaders and counsellors only what they wrote themselves.
    notes::list_pastoral_notes(OfStudent) -> Vec<PastoralNote>,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, courses, enrolments, pastoral_notes, schools, students, teachings, users],
        runs: AtData, path: GET "/students/{student}/pastoral-notes";

    /// Notes something of a student in confidence, or changes such a note.
    notes::save_pastoral_note(SavePastoralNote) -> Undoable,
        who: PASTORAL, does: Write, shows: [], runs: AtData, path: PUT "/students/{student}/pastoral-notes";

    /// Deletes a note that was made in confidence.
    notes::delete_pastoral_note(DeletePastoralNote) -> Undoable,
        who: PASTORAL, does: Write, shows: [], runs: AtData, path: POST "/pastoral-notes/{note}/delete";

    /// The other schools of the district, to which students can go.
    transfers::schools_to_transfer_to(schools::OfSchool) -> Vec<OtherSchool>,
        who: OFFICE, does: Read,
        shows: [schools],
        runs: AtData, path: GET "/schools/{school}/transfers/schools";

    /// Students whom other schools of the district send here, and those sent there who are not taken yet.
    transfers::transfers(schools::OfSchool) -> Transfers,
        who: OFFICE, does: Read,
        shows: [arrivals, schools, stays, students, transfers],
        runs: AtData, path: GET "/schools/{school}/transfers";

    /// Lets students go to another school of the district.
    transfers::transfer_students(TransferStudents) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/students/transfer";

    /// Takes students whom other schools of the district send.
    arrivals::accept_transfers(AcceptTransfers) -> Arrived,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/transfers/accept";

    /// Says no to students whom other schools of the district send.
    arrivals::decline_transfers(DeclineTransfers) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/transfers/decline";

    /// The photograph of a student or a member of staff.
    portraits::portrait(OfPortrait) -> Option<Portrait>,
        who: SIGNED_IN, does: Read,
        shows: [academic_sessions, classes, courses, enrolments, portraits, schools, staff, students, teachings],
        runs: AtData, path: POST "/portraits/one";

    /// The photographs of those who are in a class, small.
    portraits::class_portraits(ClassPortraits) -> Vec<SmallPortrait>,
        who: STAFF, does: Read,
        shows: [academic_sessions, classes, courses, enrolments, pictures, portraits, schools, students, teachings],
        runs: AtData, path: GET "/classes/{class}/portraits";

    /// Sets, replaces or takes away a photograph.
    portraits::save_portrait(SavePortrait) -> Undoable,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: PUT "/portraits";

    /// The fields that a school made, with those out of use.
    fields::list_fields(ListFields) -> Vec<CustomField>,
        who: LEADERS, does: Read,
        shows: [custom_fields, field_values],
        runs: AtData, path: GET "/schools/{school}/fields";

    /// Makes a field of the school's own, or changes one.
    fields::save_field(SaveField) -> SavedField,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/fields";

    /// Puts the fields of the school's own in another order.
    fields::reorder_fields(ReorderFields) -> Undoable,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/fields/order";

    /// Takes a field of the school's own out of use; what it holds is kept.
    fields::retire_field(FieldIds) -> Undoable,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/fields/{field}/retire";

    /// Takes a field of the school's own into use again.
    fields::restore_field(FieldIds) -> Undoable,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/fields/{field}/restore";

    /// What the school's own fields hold of a person or class, as far as whoever asks is meant to see it.
    fields::field_values(OfValues) -> Vec<FieldValue>,
        who: SIGNED_IN, does: Read,
        shows: [
            academic_sessions, classes, courses, custom_fields, enrolments, field_values, guardians, guardianships,
            schools, staff, students, teachings,
        ],
        runs: AtData, path: POST "/field-values/list";

    /// Says what fields of the school's own hold of a person or class.
    fields::save_field_values(SaveFieldValues) -> Undoable,
        who: STAFF, does: Write, shows: [], runs: AtData, path: PUT "/field-values";

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
        shows: [
            academic_sessions, classes, courses, custom_fields, field_values, schools, settings, staff, teachings, users,
        ],
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
