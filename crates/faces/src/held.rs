//! Everything that is held of a student's face, to be handed to the person: consents, the numbers of the templates, kept
//! photographs and camera pictures, uses, and the register entries that a camera wrote.

use std::io::{Cursor, Write};
use std::sync::Arc;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::entities::{
    attendance_codes, attendance_marks, consents, evidence_frames, face_objections, face_templates, students,
};
use uuid::Uuid;
use zeroize::Zeroizing;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::OfFaces;
use super::photographs::photographs_of;
use super::uses::{FacePurpose, FaceUseOf, record_use, uses};
use super::vault::Vault;
use crate::attendance::MarkSource;
use crate::context::Artifact;
use crate::schools::safe_name;
use crate::{Call, Context, Error, Result, blocking};

/// Uses that are read at once.
const CHUNK: u64 = 500;

/// A ZIP with everything that is held of a student's face.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFaces {
    pub artifact: Uuid,
    pub file_name: String,
    pub templates: u32,
    pub photographs: u32,
    pub evidence: u32,
}

/// What is put into the ZIP.
struct Held {
    about: Json,
    photographs: Vec<Zeroizing<Vec<u8>>>,
    /// With the name of each file.
    evidence: Vec<(String, Zeroizing<Vec<u8>>)>,
    templates: u32,
}

/// Puts everything that is held of a student's face into one file; the numbers of the templates too, since they are the
/// person's own data. That it was handed out is recorded.
pub(super) async fn export_held_faces(call: &Call, input: OfFaces) -> Result<ExportedFaces> {
    let access = call.access();
    let student = access.student_or_deleted(call.store().reader(), input.student).await?;
    access.whole_school(student.school_id)?;
    let owner = call.actor()?.user;
    let held = gather(call, &student).await?;
    let (templates, photographs, evidence) =
        (held.templates, held.photographs.len() as u32, held.evidence.len() as u32);
    let bytes = blocking(move || pack(&held)).await?;
    let school = student.school_id;
    let of = FaceUseOf { purpose: FacePurpose::Export, school, class: None, student: Some(student.id), people: 0 };
    call.transact(async |tx| record_use(call, tx, of).await).await?;
    let file_name = safe_name(&["faces", &student.number, &student.given_name, &student.family_name], "zip");
    let media_type = "application/zip";
    let artifact = Artifact { file_name: file_name.clone(), media_type, bytes: Arc::new(bytes), owner };
    let artifact = call.services.keep_artifact(artifact);
    Ok(ExportedFaces { artifact, file_name, templates, photographs, evidence })
}

async fn gather(context: &Context, student: &students::Model) -> Result<Held> {
    let db = context.store().reader();
    let school = student.school_id;
    let templates = face_templates::Entity::find()
        .filter(face_templates::Column::SchoolId.eq(school))
        .filter(face_templates::Column::StudentId.eq(student.id))
        .order_by_asc(face_templates::Column::Id)
        .all(db)
        .await?;
    let photographs = photographs_of(db, student).await?;
    let evidence = evidence_frames::Entity::find()
        .filter(evidence_frames::Column::SchoolId.eq(school))
        .filter(evidence_frames::Column::StudentId.eq(student.id))
        .order_by_asc(evidence_frames::Column::TakenAt)
        .all(db)
        .await?;
    let mut held =
        Held { about: Json::Null, photographs: Vec::new(), evidence: Vec::new(), templates: templates.len() as u32 };
    let mut shown = Vec::new();
    if templates.len() + photographs.len() + evidence.len() > 0 {
        let vault = Vault::open(context, school).await?;
        let vault = vault.ok_or_else(|| Error::internal("there is no key for what is held"))?;
        for row in &templates {
            let bytes = vault.template_bytes(row)?;
            let (numbers, _) = bytes.as_chunks::<4>();
            shown.push(json!({
                "madeAt": row.created_at, "model": row.model, "modelVersion": row.model_version, "quality": row.quality,
                "numbers": numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect::<Vec<_>>(),
            }));
        }
        for row in &photographs {
            held.photographs.push(vault.unseal_photograph(row)?);
        }
        for row in &evidence {
            let name = format!("evidence/{}.jpg", row.taken_at.format("%Y-%m-%dT%H%M%S%.3fZ"));
            held.evidence.push((name, vault.unseal_evidence(row)?));
        }
    }
    held.about = json!({
        "madeAt": context.now(),
        "student": {
            "number": student.number, "givenName": student.given_name, "familyName": student.family_name,
        },
        "consents": consents_of(context, student).await?,
        "objections": objections_of(context, student).await?,
        "templates": shown,
        "photographs": photographs.iter().map(|row| json!({ "keptSince": row.created_at })).collect::<Vec<_>>(),
        "evidence": evidence.iter().map(|row| json!({
            "takenAt": row.taken_at, "date": row.date, "lesson": row.lesson,
        })).collect::<Vec<_>>(),
        "uses": all_uses(context, student).await?,
        "attendanceByCamera": marks_of(context, student).await?,
    });
    Ok(held)
}

async fn consents_of(context: &Context, student: &students::Model) -> Result<Vec<Json>> {
    let rows = consents::Entity::find()
        .filter(consents::Column::SchoolId.eq(student.school_id))
        .filter(consents::Column::StudentId.eq(student.id))
        .order_by_asc(consents::Column::GivenAt)
        .all(context.store().reader())
        .await?;
    let shown = rows.into_iter().map(|row| {
        json!({
            "givenBy": row.given_by, "relationship": row.relationship, "givenAt": row.given_at,
            "withdrawnAt": row.withdrawn_at, "wording": row.wording, "wordingVersion": row.wording_version,
        })
    });
    Ok(shown.collect())
}

async fn objections_of(context: &Context, student: &students::Model) -> Result<Vec<Json>> {
    let rows = face_objections::Entity::find()
        .filter(face_objections::Column::SchoolId.eq(student.school_id))
        .filter(face_objections::Column::StudentId.eq(student.id))
        .order_by_asc(face_objections::Column::SaidAt)
        .all(context.store().reader())
        .await?;
    Ok(rows.into_iter().map(|row| json!({ "saidAt": row.said_at, "withdrawnAt": row.withdrawn_at })).collect())
}

async fn all_uses(context: &Context, student: &students::Model) -> Result<Vec<Json>> {
    let mut all = Vec::new();
    loop {
        let page = uses(context, student.school_id, Some(student), all.len() as u64, CHUNK).await?;
        if page.rows.is_empty() {
            return Ok(all);
        }
        all.extend(page.rows.into_iter().map(|of| {
            json!({
                "at": of.at, "purpose": of.purpose, "class": of.class_title, "comparedWith": of.people, "by": of.user_name,
            })
        }));
    }
}

/// Register entries that a camera or a photograph wrote.
async fn marks_of(context: &Context, student: &students::Model) -> Result<Vec<Json>> {
    let db = context.store().reader();
    let rows = attendance_marks::Entity::find()
        .filter(attendance_marks::Column::SchoolId.eq(student.school_id))
        .filter(attendance_marks::Column::StudentId.eq(student.id))
        .filter(attendance_marks::Column::Source.is_in([MarkSource::Camera, MarkSource::Photograph]))
        .order_by_asc(attendance_marks::Column::Date)
        .all(db)
        .await?;
    let codes = attendance_codes::Entity::find()
        .filter(attendance_codes::Column::SchoolId.eq(student.school_id))
        .all(db)
        .await?;
    let title = |id| codes.iter().find(|code| code.id == id).map(|code| code.title.clone());
    let shown = rows.into_iter().map(|row| {
        json!({
            "date": row.date, "lesson": row.lesson, "code": title(row.code_id), "source": row.source,
            "minutesLate": row.minutes_late, "writtenAt": row.updated_at,
        })
    });
    Ok(shown.collect())
}

fn pack(held: &Held) -> Result<Vec<u8>> {
    let broken = |_| Error::internal("the file could not be put together");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default())
            .and_then(|()| zip.write_all(bytes).map_err(Into::into))
            .map_err(broken)
    };
    put("held.json", &serde_json::to_vec_pretty(&held.about)?)?;
    for (n, jpeg) in held.photographs.iter().enumerate() {
        put(&format!("photographs/{}.jpg", n + 1), jpeg)?;
    }
    let mut names = std::collections::BTreeSet::new();
    for (n, (name, jpeg)) in held.evidence.iter().enumerate() {
        // Two cameras may have taken a picture at the same moment.
        let name = if names.insert(name) { name.clone() } else { name.replace(".jpg", &format!(" {n}.jpg")) };
        put(&name, jpeg)?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}
