//! Kept photographs: cut out at the enrolment where the school chose to keep them, and made into templates again when
//! there is a new model.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{SoftDeleted, face_photographs, face_templates, students};
use store::ids::{SchoolId, StudentId};
use vision::{Face, Picture, PictureLimits, Template};
use zeroize::Zeroizing;

use super::allowed::{allowed, lock_student, need_consent, need_faces_on};
use super::engine::{Engine, vision_error};
use super::gallery::known;
use super::pictures::cut_out;
use super::uses::{FacePurpose, FaceUseOf, record_use};
use super::vault::{Vault, scrub};
use super::{CheckedStudent, engine};
use crate::people::name_order;
use crate::schools::OfSchool;
use crate::{Call, Context, ErrorCode, Result, blocking};

/// The longest side of a kept photograph, in pixels.
const LONGEST: u32 = 512;
/// How much of the face's width and height is kept around it on each side.
const AROUND: f32 = 0.5;
/// JPEG quality of a kept photograph, 1 to 100.
const QUALITY: u8 = 92;

/// The face with a margin around it, as JPEG to be kept.
pub(super) fn to_keep(picture: &Picture, face: &Face) -> Result<Vec<u8>> {
    cut_out(picture, face, AROUND, LONGEST, QUALITY)
}

/// What came of making templates again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReenrolledFaces {
    /// Students whose templates were made again from kept photographs.
    pub students: u32,
    pub templates: u32,
    /// Students with templates of a former model of whom no photographs are kept, or none that the new model can use: they
    /// are to be enrolled again.
    pub enrol_again: Vec<CheckedStudent>,
    /// Whether it was stopped before the end; what was done by then stays.
    pub cancelled: bool,
}

/// Makes the templates of a former model again from kept photographs, student by student.
pub(super) async fn reenrol_faces(call: &Call, input: OfSchool) -> Result<ReenrolledFaces> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let settings = need_faces_on(db, input.school).await?;
    let engine = engine(call).await?;
    let allowed = allowed(call, db, input.school, &settings).await?;
    let outdated = outdated_students(db, input.school, engine.models.template_version()).await?;
    let outdated: Vec<students::Model> = outdated.into_iter().filter(|student| allowed.contains(&student.id)).collect();
    let mut result = ReenrolledFaces::default();
    for (done, student) in outdated.iter().enumerate() {
        if let Err(stopped) = call.job.progress(done, outdated.len()) {
            if stopped.code != ErrorCode::Cancelled {
                return Err(stopped);
            }
            result.cancelled = true;
            break;
        }
        let renewed = async {
            let made = again(call, &engine, student).await?;
            if made.is_empty() { Ok(None) } else { replace(call, &engine, student, &made).await.map(Some) }
        };
        let templates = match renewed.await {
            Ok(templates) => templates,
            Err(error) if result.students == 0 => return Err(error),
            // What was renewed before stays so, and the rest is for the next time.
            Err(error) => {
                tracing::warn!(code = ?error.code, "renewing the templates stopped");
                result.cancelled = true;
                break;
            }
        };
        let Some(templates) = templates else {
            let shown = known(student.clone(), settings.name_order);
            result.enrol_again.push(CheckedStudent { id: student.id, number: shown.number, name: shown.list_name });
            continue;
        };
        result.templates += templates;
        result.students += 1;
    }
    if result.students > 0 {
        call.services.faces_changed(input.school);
        scrub(call).await;
    }
    Ok(result)
}

/// Students with templates of another model than this one, and none of this one.
async fn outdated_students(db: &impl ConnectionTrait, school: SchoolId, version: &str) -> Result<Vec<students::Model>> {
    let rows: Vec<(StudentId, String)> = face_templates::Entity::find()
        .select_only()
        .columns([face_templates::Column::StudentId, face_templates::Column::ModelVersion])
        .distinct()
        .filter(face_templates::Column::SchoolId.eq(school))
        .into_tuple()
        .all(db)
        .await?;
    let mut current: BTreeMap<StudentId, bool> = BTreeMap::new();
    for (student, of) in rows {
        *current.entry(student).or_default() |= of == version;
    }
    let outdated = current.into_iter().filter(|(_, current)| !current).map(|(student, _)| student);
    Ok(students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Column::Id.is_in(outdated))
        .filter(students::Entity::existing())
        .order_by_asc(name_order(db, school).await?.of_students())
        .all(db)
        .await?)
}

/// Templates of the present model from a student's kept photographs.
async fn again(context: &Context, engine: &Arc<Engine>, student: &students::Model) -> Result<Vec<(Template, f64)>> {
    let rows = photographs_of(context.store().reader(), student).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let Some(vault) = Vault::open(context, student.school_id).await? else { return Ok(Vec::new()) };
    let engine = engine.clone();
    blocking(move || {
        let opened = rows.iter().map(|row| vault.unseal_photograph(row)).collect::<Result<Vec<_>>>()?;
        let made = opened.iter().map(|jpeg| template_of(&engine, jpeg)).collect::<Result<Vec<_>>>()?;
        Ok(made.into_iter().flatten().collect())
    })
    .await
}

/// The kept photographs of a student, oldest first.
pub(super) async fn photographs_of(
    db: &impl ConnectionTrait,
    student: &students::Model,
) -> Result<Vec<face_photographs::Model>> {
    Ok(face_photographs::Entity::find()
        .filter(face_photographs::Column::SchoolId.eq(student.school_id))
        .filter(face_photographs::Column::StudentId.eq(student.id))
        .order_by_asc(face_photographs::Column::Id)
        .all(db)
        .await?)
}

/// The template of the largest face: the photograph was judged good when it was kept, so only the face must be found.
fn template_of(engine: &Engine, jpeg: &Zeroizing<Vec<u8>>) -> Result<Option<(Template, f64)>> {
    let picture = vision::decode(jpeg, PictureLimits::default()).map_err(|error| vision_error(error.into()))?;
    let faces = engine.models.find(&picture).map_err(vision_error)?;
    let area = |face: &Face| face.rect.width * face.rect.height;
    let Some(face) = faces.iter().max_by(|a, b| area(a).total_cmp(&area(b))) else { return Ok(None) };
    let aligned = vision::align(&picture, face);
    let template = engine.models.embed(&[aligned]).map_err(vision_error)?.pop();
    Ok(template.map(|template| (template, f64::from(vision::promise(face)))))
}

/// The new templates in the place of the former ones; the photographs stay.
async fn replace(call: &Call, engine: &Engine, student: &students::Model, made: &[(Template, f64)]) -> Result<u32> {
    let master = Vault::prepare(call).await?;
    let school = student.school_id;
    call.transact(async |tx: &mut Transaction<'_>| {
        lock_student(tx, student.id).await?;
        need_consent(call, tx.reader(), student).await?;
        let former = face_templates::Entity::find()
            .filter(face_templates::Column::SchoolId.eq(school))
            .filter(face_templates::Column::StudentId.eq(student.id))
            .all(tx.reader())
            .await?;
        for row in &former {
            tx.delete::<face_templates::Entity>(row).await?;
        }
        let vault = Vault::open_or_make(call, tx, &master, school).await?;
        let seal =
            |(template, quality): &(Template, f64)| vault.seal(call, student.id, engine.model(), template, *quality);
        let rows = made.iter().map(seal).collect::<Result<Vec<_>>>()?;
        tx.insert_many::<face_templates::Entity>(rows).await?;
        let student = Some(student.id);
        let of = FaceUseOf { purpose: FacePurpose::ReEnrolment, school, class: None, student, people: 0 };
        record_use(call, tx, of).await
    })
    .await?;
    Ok(made.len() as u32)
}
