//! One type per entity for its UUID version 7, so that a class's identifier never stands where a student's belongs.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($name:ident),* $(,)?) => {$(
        /// Identifies one row; a UUID version 7, so later rows sort later.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType, ts_rs::TS)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier. The only randomness and clock outside the context: it carries no meaning.
            #[allow(clippy::new_without_default)] // a default that differs each time would mislead
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
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
    DistrictId,
    SchoolId,
    SessionId,
    SettingId,
    StudentId,
    GuardianId,
    GuardianshipId,
    StaffId,
    UserId,
    GrantId,
    UserSessionId,
    AttemptId,
    SubjectId,
    ClassId,
    CourseId,
    TeachingId,
    EnrolmentId,
    GradeScaleId,
    CategoryId,
    AssessmentId,
    MarkId,
    CommentId,
    AttendanceCodeId,
    RegisterId,
    AttendanceMarkId,
    ConsentId,
    DataKeyId,
    FaceTemplateId,
    FaceObjectionId,
    FacePhotographId,
    EvidenceFrameId,
    FaceUseId,
    FaceRejectionId,
    AuditEntryId,
    AuditChangeId,
);
