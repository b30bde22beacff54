//! Faces, as the table of operations says it.

#[allow(clippy::wildcard_imports)] // the feature whose table it is
use super::*;
use crate::permission::rules::{ADMINISTRATORS, LEADERS, OFFICE, REGISTER};
use crate::{Page, accounts, schools};

kernel::operations! { faces;
    /// The faces by which cameras marked a student, where the school keeps them for some days.
    evidence::attendance_evidence(OfEvidence) -> Vec<EvidencePicture>,
        who: REGISTER, does: Read,
        shows: [
            academic_sessions, classes, courses, enrolments, evidence_frames, schools, settings, students, teachings,
        ],
        runs: AtData, path: GET "/students/{student}/registers/{date}/{lesson}/evidence";

    /// Whether faces are in use in a school, and what they stand on.
    status::face_status(schools::OfSchool) -> FaceStatus,
        who: REGISTER, does: Read,
        shows: [face_photographs, face_templates, settings, students],
        runs: AtData, path: GET "/schools/{school}/faces";

    /// Consent and enrolment of students, a page at a time.
    state::consent_state(ConsentState) -> Page<FaceState>,
        who: REGISTER, does: Read,
        shows: [
            academic_sessions, classes, consents, courses, enrolments, evidence_frames, face_objections,
            face_photographs, face_templates, guardians, guardianships, schools, settings, students, teachings,
        ],
        runs: AtData, path: GET "/schools/{school}/faces/consents";

    /// Records a consent.
    consent::record_consent(RecordConsent) -> StandingConsent,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/students/{student}/faces/consent";

    /// The consents of many signed letters in one act that can be taken back.
    consents::record_consents(RecordConsents) -> RecordedConsents,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/faces/consents";

    /// Takes consents back that were recorded by mistake.
    consents::take_back_consents(TakeBackConsents) -> PurgedFaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/faces/consents/take-back";

    /// Ends the consent and deletes the templates at once.
    consent::withdraw_consent(OfFaces) -> DeletedFaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/students/{student}/faces/consent";

    /// The student's own no, which overrides every consent; everything that is held goes at once.
    consent::record_objection(OfFaces) -> DeletedFaces,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: POST "/students/{student}/faces/objection";

    /// The student takes the no back.
    consent::withdraw_objection(OfFaces) -> (),
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/students/{student}/faces/objection";

    /// Enrols a student from photographs.
    enrol::enrol_faces(EnrolFaces) -> EnrolledFaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/students/{student}/faces";

    /// Enrols many students from a zip of photographs named by number.
    bulk::enrol_faces_in_bulk(EnrolFacesInBulk) -> BulkReport,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/faces/bulk";

    /// Makes templates of a former model again from kept photographs.
    photographs::reenrol_faces(schools::OfSchool) -> ReenrolledFaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/faces/again";

    /// Deletes what is held of a student's face.
    consent::delete_faces(OfFaces) -> DeletedFaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: DELETE "/students/{student}/faces";

    /// Who is on a photograph.
    check::check_photograph(CheckPhotograph) -> CheckedPhotograph,
        who: REGISTER, does: Write, shows: [], runs: AtData, path: POST "/faces/check";

    /// Enrolled students who look alike.
    alike::look_alikes(schools::OfSchool) -> Vec<LookAlikePair>,
        who: OFFICE, does: Read,
        shows: [
            classes, consents, enrolments, evidence_frames, face_objections, face_photographs, face_templates,
            guardians, guardianships, settings, students,
        ],
        runs: AtData, path: GET "/schools/{school}/faces/look-alikes";

    /// When faces were used, what for and by whom.
    uses::face_uses(FaceUses) -> Page<FaceUse>,
        who: OFFICE, does: Read,
        shows: [classes, face_uses, students, users],
        runs: AtData, path: GET "/schools/{school}/faces/uses";

    /// Everything that is held of a student's face, in one file.
    held::export_held_faces(OfFaces) -> ExportedFaces,
        who: OFFICE, does: Write, shows: [], runs: AtData, path: POST "/students/{student}/faces/export";

    /// Deletes what is due now instead of by itself.
    retention::purge_faces(accounts::Nothing) -> PurgedFaces,
        who: LEADERS, does: Write, shows: [], runs: AtData, path: POST "/faces/purge", also: [by_itself];

    /// The key by which faces can be opened on another computer.
    recovery::show_recovery_key(schools::OfSchool) -> RecoveryKey,
        who: ADMINISTRATORS, does: Write, shows: [], runs: AtData, path: POST "/schools/{school}/faces/recovery-key", also: [needs_password];

    /// Opens the faces on this computer with the recovery key.
    recovery::restore_face_key(RestoreFaceKey) -> RestoredKey,
        who: ADMINISTRATORS, does: Write, shows: [], runs: AtData, path: PUT "/schools/{school}/faces/recovery-key", also: [needs_password];

    /// A new master key and new data keys; everything is sealed again.
    rotation::rotate_face_keys(accounts::Nothing) -> RotatedKeys,
        who: ADMINISTRATORS, does: Write, shows: [], runs: AtData, path: POST "/faces/keys", also: [needs_password];
}
