//! Faces: consent first, then enrolment; templates encrypted at rest; whose face is on a photograph; what goes by itself and
//! what was used when. A template leaves this feature and `vision` in the clear only for the person whose it is.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod alike;
mod allowed;
mod bulk;
pub mod bulk_source;
mod check;
mod consent;
mod consents;
mod due;
mod engine;
mod enrol;
mod erased;
mod evidence;
mod gallery;
mod held;
mod keys;
mod merging;
mod paper;
mod photographs;
pub mod pictures;
mod recovery;
mod retention;
mod rotation;
mod sound;
mod state;
mod status;
mod table;
mod uses;
mod vault;

use kernel::{
    Artifact, Call, Context, Device, Error, ErrorCode, Folders, Operation, Page, Reach, Result, Services, blocking,
    context, error, look_at_clock, paging, permission,
};
use school::{accounts, attendance, people, schools};

pub use alike::LookAlikePair;
pub use allowed::{need_consent, need_faces_on};
pub use bulk::{
    BulkOutcome, BulkPhotograph, BulkReport, BulkStudent, EnrolFacesInBulk, PhotographBeside, UnreadPhotograph,
    sha256_of,
};
pub use check::{CheckPhotograph, CheckedFace, CheckedPhotograph, CheckedStudent};
pub use consent::{DeletedFaces, OfFaces, RecordConsent, StandingConsent};
pub use consents::{ConsentLetter, RecordConsents, RecordedConsents, TakeBackConsents};
pub use due::{purge_kind, put_in_purges};
pub use engine::vision_error;
pub use engine::{Engine, MatchRule, ModelStatus, engine, model_status};
pub use enrol::fault_in_words;
pub use enrol::{EnrolFaces, EnrolledFaces, LookAlike, PhotographFault, RefusedPhotograph};
pub use erased::remember_erased;
pub use evidence::{CutOut, EvidenceFor, keep_evidence};
pub use evidence::{EvidencePicture, OfEvidence};
pub use gallery::{ClassGallery, Known, load_gallery};
pub use held::ExportedFaces;
pub use keys::{KeyPlace, KeyStatus, key_status};
pub use merging::before_merging;
pub use photographs::ReenrolledFaces;
pub use recovery::{KeyFingerprint, RecoveryKey, RestoreFaceKey, RestoredKey, key_fingerprint, recovery_printed_at};
pub use retention::purge_schools;
pub use retention::{PurgedFaces, purge_due};
pub use rotation::RotatedKeys;
pub use sound::{SealedFaults, sealed_faults};
pub use state::{ConsentState, FaceGuardian, FaceState};
pub use status::{EnrolledCount, FaceStatus, anything_enrolled, enrolled_count};
pub use table::*;
pub use uses::{FacePurpose, FaceUse, FaceUses};
pub use uses::{FaceUseOf, record_use};
