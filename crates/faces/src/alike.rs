//! Enrolled students who look alike: siblings, twins, or one student enrolled as another. Found again after each change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use store::entities::face_templates;
use store::ids::{FaceTemplateId, SchoolId, StudentId};
use vision::{Decision, Gallery};

use super::allowed::{allowed, need_faces_on};
use super::engine::Engine;
use super::gallery::{Known, gallery, open_templates};
use super::uses::{FacePurpose, FaceUseOf, record_use};
use super::{CheckedStudent, engine};
use crate::people::NameOrder;
use crate::schools::OfSchool;
use crate::{Call, Context, Result, blocking};

/// Two enrolled students who look alike.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LookAlikePair {
    pub first: CheckedStudent,
    pub second: CheckedStudent,
    /// How alike their photographs are, -1 to 1.
    pub score: f32,
    /// Whether it is over the threshold: one may be taken for the other. Else they only need a larger lead.
    pub over: bool,
}

/// Pairs, and of which templates they are.
type Pairs = (Vec<u8>, Arc<Vec<LookAlikePair>>);

/// What was found last in each school.
#[derive(Default)]
struct Found(Mutex<HashMap<SchoolId, Pairs>>);

/// The pairs of enrolled students of a school who look alike, the most alike first. They are looked for again only when
/// templates or consents have changed.
pub(super) async fn look_alikes(call: &Call, input: OfSchool) -> Result<Vec<LookAlikePair>> {
    let access = call.access();
    access.whole_school(input.school)?;
    need_faces_on(call.store().reader(), input.school).await?;
    let engine = engine(call).await?;
    let state = state(call, &engine, input.school).await?;
    let found = call.services.extension(|| Ok(Found::default()))?;
    let known = found.0.lock().unwrap_or_else(PoisonError::into_inner).get(&input.school).cloned();
    if let Some((of, pairs)) = known
        && of == state
    {
        return Ok((*pairs).clone());
    }
    let (open, people) = open_templates(call, &engine, input.school, None).await?;
    let use_of = FaceUseOf {
        purpose: FacePurpose::LookAlikes,
        school: input.school,
        class: None,
        student: None,
        people: open.of.len(),
    };
    call.transact(async |tx| record_use(call, tx, use_of).await).await?;
    let dimension = engine.dimension();
    let pairs = blocking(move || {
        let all = gallery(dimension, &open)?;
        Ok(pairs(&all, &people, engine.decision))
    })
    .await?;
    let kept = (state, Arc::new(pairs.clone()));
    found.0.lock().unwrap_or_else(PoisonError::into_inner).insert(input.school, kept);
    Ok(pairs)
}

/// What the pairs depend on: the templates that may be compared, and how the two are named.
async fn state(context: &Context, engine: &Engine, school: SchoolId) -> Result<Vec<u8>> {
    let db = context.store().reader();
    let settings = crate::schools::load_settings(db, school).await?;
    let allowed = allowed(context, db, school, &settings).await?;
    let rows: Vec<(FaceTemplateId, StudentId)> = face_templates::Entity::find()
        .select_only()
        .columns([face_templates::Column::Id, face_templates::Column::StudentId])
        .filter(face_templates::Column::SchoolId.eq(school))
        .filter(face_templates::Column::ModelVersion.eq(engine.models.template_version()))
        .order_by_asc(face_templates::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut hash = Sha256::new();
    hash.update([u8::from(settings.name_order == NameOrder::FamilyFirst)]);
    for (template, _) in rows.iter().filter(|(_, student)| allowed.contains(student)) {
        hash.update(template.0.as_bytes());
    }
    Ok(hash.finalize().to_vec())
}

fn pairs(all: &Gallery<StudentId>, people: &HashMap<StudentId, Known>, decision: Decision) -> Vec<LookAlikePair> {
    let shown = |id: StudentId| {
        let Known { number, list_name: name, .. } = people.get(&id)?.clone();
        Some(CheckedStudent { id, number, name })
    };
    let found = all.look_alikes(decision.look_alike).into_iter();
    found
        .filter_map(|pair| {
            let (first, second) = (pair.first.min(pair.second), pair.first.max(pair.second));
            let (first, second, score) = (shown(first)?, shown(second)?, pair.likeness);
            Some(LookAlikePair { first, second, score, over: score >= decision.threshold })
        })
        .collect()
}
