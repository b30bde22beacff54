//! Evidence: the face that a camera marked a student by, sealed, for as many days as the school has chosen; none where it
//! has not.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::entities::{evidence_frames, students};
use store::ids::{ClassId, EvidenceFrameId, SchoolId, StudentId};
use uuid::Uuid;

use super::allowed::lock_student;
use super::need_consent;
use super::uses::{FacePurpose, FaceUseOf, record_use};
use super::vault::Vault;
use crate::schools::load_settings;
use crate::{Artifact, Call, ErrorCode, Result, blocking};

/// The register for which evidence is kept.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceFor {
    pub school: SchoolId,
    pub class: ClassId,
    pub date: NaiveDate,
    pub lesson: i32,
}

/// A face that was cut out of a camera's picture; in memory only until it is sealed.
#[derive(Clone)]
pub struct CutOut {
    pub student: StudentId,
    /// JPEG, at most 200 × 200 pixels.
    pub jpeg: Vec<u8>,
    pub taken_at: DateTime<Utc>,
}

/// Seals faces as evidence where the school keeps any; of nobody without a consent that stands.
pub async fn keep_evidence(call: &Call, of: EvidenceFor, faces: Vec<CutOut>) -> Result<()> {
    let days = load_settings(call.store().reader(), of.school).await?.face_evidence_days;
    if days == 0 || faces.is_empty() {
        return Ok(());
    }
    let master = Vault::prepare(call).await?;
    call.transact(async |tx| {
        let mut rows = Vec::with_capacity(faces.len());
        for face in &faces {
            let student = students::Entity::find_by_id(face.student).one(tx.reader()).await?;
            let Some(student) = student.filter(|student| student.school_id == of.school) else { continue };
            lock_student(tx, student.id).await?;
            match need_consent(call, tx.reader(), &student).await {
                Ok(_) => {}
                // It was withdrawn in the meantime.
                Err(error) if matches!(error.code, ErrorCode::NoConsent | ErrorCode::FacesOff) => continue,
                Err(error) => return Err(error),
            }
            let vault = Vault::open_or_make(call, tx, &master, of.school).await?;
            let mut row = evidence_frames::Model {
                id: EvidenceFrameId::new(),
                school_id: of.school,
                class_id: of.class,
                student_id: Some(face.student),
                date: of.date,
                lesson: of.lesson,
                nonce: Vec::new(),
                ciphertext: Vec::new(),
                taken_at: face.taken_at,
                version: 1,
            };
            vault.seal_evidence(&mut row, &face.jpeg)?;
            rows.push(row);
        }
        Ok(tx.insert_many::<evidence_frames::Entity>(rows).await?)
    })
    .await?;
    Ok(())
}

/// Input of [`attendance_evidence`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfEvidence {
    pub student: StudentId,
    pub date: NaiveDate,
    /// 1 to 20; 0 is the whole day.
    #[serde(default)]
    pub lesson: i32,
}

/// A face by which a camera marked a student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvidencePicture {
    pub taken_at: DateTime<Utc>,
    /// The picture (JPEG), to be fetched like a document.
    pub artifact: Uuid,
}

/// The faces by which cameras marked a student in a register, as long as the school keeps them. That they were looked at is
/// written down.
pub(super) async fn attendance_evidence(call: &Call, input: OfEvidence) -> Result<Vec<EvidencePicture>> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student_or_deleted(db, input.student).await?;
    let school = student.school_id;
    let days = load_settings(db, school).await?.face_evidence_days;
    let rows = evidence_frames::Entity::find()
        .filter(evidence_frames::Column::SchoolId.eq(school))
        .filter(evidence_frames::Column::StudentId.eq(student.id))
        .filter(evidence_frames::Column::Date.eq(input.date))
        .filter(evidence_frames::Column::Lesson.eq(input.lesson))
        .filter(evidence_frames::Column::TakenAt.gt(call.now() - Duration::days(i64::from(days))))
        .order_by_asc(evidence_frames::Column::TakenAt)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let Some(vault) = Vault::open(call, school).await? else { return Ok(Vec::new()) };
    let pictures = blocking(move || {
        rows.iter().map(|row| Ok((row.taken_at, vault.unseal_evidence(row)?))).collect::<Result<Vec<_>>>()
    })
    .await?;
    let (student, owner) = (Some(student.id), call.actor()?.user);
    call.transact(async |tx| {
        record_use(call, tx, FaceUseOf { purpose: FacePurpose::Evidence, school, class: None, student, people: 0 })
            .await
    })
    .await?;
    Ok(pictures
        .into_iter()
        .map(|(taken_at, jpeg)| {
            let bytes = Arc::new(jpeg.to_vec());
            let picture = Artifact { file_name: "evidence.jpg".into(), media_type: "image/jpeg", bytes, owner };
            EvidencePicture { taken_at, artifact: call.services.keep_artifact(picture) }
        })
        .collect())
}
