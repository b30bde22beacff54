//! Whether faces can be recognised here and now: the school's switch, the models, the key, and what is enrolled.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{data_keys, face_photographs};
use store::ids::{SchoolId, StudentId};

use super::engine::template_version;
use super::recovery::{key_fingerprint, recovery_printed_at};
use super::{KeyStatus, ModelStatus, key_status, model_status};
use crate::schools::{OfSchool, load_settings};
use crate::{Call, Result, Services, blocking};

/// How much is enrolled, and whether it fits the models.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolledCount {
    /// Version of the templates that are made now; none where there are no models.
    pub version: Option<String>,
    /// Students with templates that can be compared, and those templates.
    pub students: u32,
    pub templates: u32,
    /// Students of whom there are only templates of a former model, and all such templates.
    pub outdated_students: u32,
    pub outdated_templates: u32,
    /// Versions of those.
    pub outdated_versions: Vec<String>,
    /// Kept photographs of enrolments.
    pub photographs: u32,
}

/// What the screens show before a camera is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FaceStatus {
    /// Whether the school has turned face recognition on.
    pub on: bool,
    /// The wording to which guardians agree, and its version.
    pub policy: String,
    pub policy_version: String,
    /// From this age a student may consent without a guardian; 0: never.
    pub own_consent_age: u32,
    pub models: ModelStatus,
    pub key: KeyStatus,
    /// When the key in use was last put on paper (or restored from it); none: never.
    pub recovery_printed_at: Option<DateTime<Utc>>,
    pub enrolled: EnrolledCount,
}

/// The state of face recognition in a school on this computer.
pub(super) async fn face_status(call: &Call, input: OfSchool) -> Result<FaceStatus> {
    let access = call.access();
    access.at(input.school)?;
    let db = call.store().reader();
    let settings = load_settings(db, input.school).await?;
    let services = call.services.clone();
    let (models, key, fingerprint) =
        blocking(move || Ok((model_status(&services), key_status(&services), key_fingerprint(&services)))).await?;
    let recovery_printed_at = match fingerprint {
        Some(fingerprint) => recovery_printed_at(&call.services, &fingerprint).await?,
        None => None,
    };
    Ok(FaceStatus {
        on: settings.face_recognition,
        policy: settings.face_policy,
        policy_version: settings.face_policy_version,
        own_consent_age: settings.face_own_consent_age,
        models,
        key,
        recovery_printed_at,
        enrolled: enrolled_count(&call.services, Some(input.school)).await?,
    })
}

/// Whether anything sealed rests in the database, so that a missing key is a loss and not merely not made yet.
pub async fn anything_enrolled(services: &Services) -> Result<bool> {
    Ok(data_keys::Entity::find().one(services.store.reader()).await?.is_some())
}

#[derive(FromQueryResult)]
struct Counted {
    student_id: StudentId,
    model_version: String,
    templates: i64,
}

/// How much is enrolled in a school, or in all of them.
pub async fn enrolled_count(services: &Services, school: Option<SchoolId>) -> Result<EnrolledCount> {
    let db = services.store.reader();
    let (of, values) = match school {
        Some(school) => ("WHERE school_id = $1", vec![school.into()]),
        None => ("", Vec::new()),
    };
    let sql = format!(
        "SELECT student_id, model_version, COUNT(*) AS templates FROM face_templates {of} \
         GROUP BY student_id, model_version ORDER BY model_version"
    );
    let rows = Counted::find_by_statement(services.store.statement(&sql, values)).all(db).await?;
    let version = template_version(&services.folders);
    let mut count = EnrolledCount { photographs: photographs(db, school).await?, ..EnrolledCount::default() };
    let mut current = std::collections::HashSet::new();
    // Without models nothing can be compared, but what is held can be counted all the same.
    let is_current = |row: &Counted| version.as_ref().is_none_or(|now| row.model_version == *now);
    for row in rows.iter().filter(|row| is_current(row)) {
        current.insert(row.student_id);
        count.templates += u32::try_from(row.templates).unwrap_or(u32::MAX);
    }
    let mut outdated = std::collections::HashSet::new();
    for row in rows.iter().filter(|row| !is_current(row)) {
        if !current.contains(&row.student_id) {
            outdated.insert(row.student_id);
        }
        count.outdated_templates += u32::try_from(row.templates).unwrap_or(u32::MAX);
        if count.outdated_versions.last() != Some(&row.model_version) {
            count.outdated_versions.push(row.model_version.clone());
        }
    }
    (count.students, count.outdated_students) = (current.len() as u32, outdated.len() as u32);
    count.version = version;
    Ok(count)
}

async fn photographs(db: &impl ConnectionTrait, school: Option<SchoolId>) -> Result<u32> {
    let all = face_photographs::Entity::find();
    let of = match school {
        Some(school) => all.filter(face_photographs::Column::SchoolId.eq(school)),
        None => all,
    };
    Ok(u32::try_from(of.count(db).await?).unwrap_or(u32::MAX))
}
