//! Faces: consent first, then enrolment; templates encrypted at rest; whose face is on a photograph; what goes by itself and
//! what was used when. A template leaves this feature and `vision` in the clear only for the person whose it is.

mod alike;
mod allowed;
mod bulk;
mod bulk_source;
mod check;
mod consent;
mod consents;
mod engine;
mod enrol;
mod erased;
mod evidence;
mod gallery;
mod held;
mod keys;
mod paper;
mod photographs;
mod recovery;
mod retention;
mod rotation;
mod sound;
mod state;
mod status;
mod uses;
mod vault;

pub use alike::{LookAlikePair, look_alikes};
pub(crate) use allowed::{need_consent, need_faces_on};
pub use bulk::{BulkOutcome, BulkPhotograph, BulkReport, BulkStudent, EnrolFacesInBulk, enrol_faces_in_bulk};
pub use check::{CheckPhotograph, CheckedFace, CheckedPhotograph, CheckedStudent, check_photograph};
pub use consent::{
    DeletedFaces, OfFaces, RecordConsent, StandingConsent, delete_faces, record_consent, record_objection,
    withdraw_consent, withdraw_objection,
};
pub use consents::{
    ConsentLetter, RecordConsents, RecordedConsents, TakeBackConsents, record_consents, take_back_consents,
};
pub use engine::{Engine, MatchRule, ModelStatus, engine, model_status};
pub(crate) use engine::{blocking, vision_error};
pub(crate) use enrol::fault_in_words;
pub use enrol::{EnrolFaces, EnrolledFaces, LookAlike, PhotographFault, RefusedPhotograph, enrol_faces};
pub(crate) use erased::remember_erased;
pub(crate) use evidence::{CutOut, EvidenceFor, keep_evidence};
pub use evidence::{EvidencePicture, OfEvidence, attendance_evidence};
pub(crate) use gallery::{ClassGallery, Known, load_gallery};
pub use held::{ExportedFaces, export_held_faces};
pub use keys::{KeyPlace, KeyStatus, key_status};
pub use photographs::{ReenrolledFaces, reenrol_faces};
pub use recovery::{
    KeyFingerprint, RecoveryKey, RestoreFaceKey, RestoredKey, key_fingerprint, recovery_printed_at, restore_face_key,
    show_recovery_key,
};
pub(crate) use retention::purge_schools;
pub use retention::{PurgedFaces, purge_due, purge_faces};
pub use rotation::{RotatedKeys, rotate_face_keys};
pub use sound::{SealedFaults, sealed_faults};
pub use state::{ConsentState, FaceGuardian, FaceState, consent_state};
pub use status::{EnrolledCount, FaceStatus, anything_enrolled, enrolled_count, face_status};
pub use uses::{FacePurpose, FaceUse, FaceUses, face_uses};
pub(crate) use uses::{FaceUseOf, record_use};
