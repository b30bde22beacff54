//! Faces: consent first, then enrolment; templates encrypted at rest; whose face is on a photograph. A template leaves
//! this feature and `vision` never in the clear.

mod check;
mod consent;
mod engine;
mod enrol;
mod gallery;
mod keys;
mod status;
mod vault;

pub use check::{CheckPhotograph, CheckedFace, CheckedPhotograph, CheckedStudent, check_photograph};
pub(crate) use consent::need_faces_on;
pub use consent::{
    ConsentState, DeletedFaces, FaceState, OfFaces, RecordConsent, StandingConsent, consent_state, delete_faces,
    record_consent, withdraw_consent,
};
pub use engine::{Engine, ModelStatus, engine, model_status};
pub(crate) use engine::{blocking, vision_error};
pub use enrol::{EnrolFaces, EnrolledFaces, LookAlike, PhotographFault, RefusedPhotograph, enrol_faces};
pub(crate) use enrol::{fault_in_words, need_consent};
pub(crate) use gallery::{ClassGallery, Known, load_gallery};
pub use keys::{KeyPlace, KeyStatus, key_status};
pub use status::{FaceStatus, anything_enrolled, face_status};
