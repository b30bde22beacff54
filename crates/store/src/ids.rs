//! One type per entity for its UUID version 7, so that a class's identifier never stands where a student's belongs.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($name:ident of $table:literal),* $(,)?) => {$(
        /// Identifies one row; a UUID version 7, so later rows sort later.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier. The only randomness and clock outside the context: it carries no meaning.
            #[allow(clippy::new_without_default)] // a default that differs each time would mislead
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl crate::entities::Names for $name {
            const TABLE: Option<&'static str> = Some($table);
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> $name {
                $name(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map($name)
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}

ids!(
    DistrictId of "districts",
    SchoolId of "schools",
    AcademicSessionId of "academic_sessions",
    SettingId of "settings",
    StudentId of "students",
    StayId of "stays",
    LeaveId of "leaves",
    TransferId of "transfers",
    ArrivalId of "arrivals",
    GuardianId of "guardians",
    GuardianshipId of "guardianships",
    MergeId of "merges",
    MedicalNoteId of "medical_notes",
    BehaviourNoteId of "behaviour_notes",
    PastoralNoteId of "pastoral_notes",
    StaffId of "staff",
    PictureId of "pictures",
    CustomFieldId of "custom_fields",
    FieldValueId of "field_values",
    PortraitId of "portraits",
    UserId of "users",
    GrantId of "grants",
    UserSessionId of "user_sessions",
    AttemptId of "sign_in_attempts",
    SubjectId of "subjects",
    ClassId of "classes",
    CourseId of "courses",
    TeachingId of "teachings",
    RolloverDecisionId of "rollover_decisions",
    EnrolmentId of "enrolments",
    ExemptionId of "exemptions",
    RosterIdId of "roster_ids",
    GradeScaleId of "grade_scales",
    CategoryId of "categories",
    AssessmentId of "assessments",
    MarkId of "marks",
    CommentId of "report_comments",
    AttendanceCodeId of "attendance_codes",
    RegisterId of "registers",
    AttendanceMarkId of "attendance_marks",
    ConsentId of "consents",
    DataKeyId of "data_keys",
    FaceTemplateId of "face_templates",
    FaceObjectionId of "face_objections",
    FacePhotographId of "face_photographs",
    EvidenceFrameId of "evidence_frames",
    FaceUseId of "face_uses",
    FaceRejectionId of "face_rejections",
    GradePlacesId of "grade_places",
    ListViewId of "list_views",
    CalendarEntryId of "calendar_entries",
    AbsenceNoticeId of "absence_notices",
    AuditEntryId of "audit_entries",
    AuditChangeId of "audit_changes",
    JobId of "jobs",
    BlobId of "blobs",
);
