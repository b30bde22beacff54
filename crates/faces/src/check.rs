//! Whose faces are on a photograph.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::ids::{ClassId, SchoolId, StudentId};
use uuid::Uuid;
use vision::{Outcome, PictureLimits, StageTimes};
use words::refusals;

use super::engine::vision_error;
use super::uses::{FacePurpose, FaceUseOf, record_use};
use super::{Known, engine, load_gallery, need_faces_on};
use crate::attendance::students_of_class;
use crate::schools::school_day;
use crate::{Call, Error, Result, blocking};

/// Input of [`check_photograph`]: compared with a class, or with the whole school where the person reaches it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CheckPhotograph {
    pub class: Option<ClassId>,
    /// Only without a class.
    pub school: Option<SchoolId>,
    pub upload: Uuid,
}

/// Who a face is, as the school's lists name people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckedStudent {
    pub id: StudentId,
    pub number: String,
    pub name: String,
}

/// A face of the photograph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckedFace {
    /// Left, top, width and height in pixels of the upright photograph.
    #[serde(rename = "box")]
    pub place: [f32; 4],
    /// None: unknown, or not sure.
    pub student: Option<CheckedStudent>,
    /// Likeness to the best candidate, -1 to 1.
    pub score: f32,
    /// Its lead over the second person.
    pub margin: f32,
    /// Whether somebody is near, but not clearly: a person must say.
    pub unsure: bool,
    /// The best candidates where it is not sure, best first; at most two.
    pub candidates: Vec<CheckedStudent>,
}

/// A photograph that was looked at. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckedPhotograph {
    pub width: u32,
    pub height: u32,
    /// From left to right.
    pub faces: Vec<CheckedFace>,
    /// How many enrolled people the faces were compared with.
    pub compared_with: u32,
    /// Students of whom a stored template was changed or damaged, and is not used.
    pub damaged: Vec<CheckedStudent>,
    /// Milliseconds of each stage.
    #[ts(type = "Record<string, number>")]
    #[schemars(with = "std::collections::BTreeMap<String, f64>")]
    pub milliseconds: StageTimes,
}

/// Finds the faces of a photograph and says whose they are; unknown faces stay unknown.
pub(super) async fn check_photograph(call: &Call, input: CheckPhotograph) -> Result<CheckedPhotograph> {
    let access = call.access();
    let db = call.store().reader();
    let (school, students) = match (input.class, input.school) {
        (Some(class), _) => {
            let class = access.class(db, class).await?;
            let today = school_day(call, db, class.school_id).await?;
            (class.school_id, Some(students_of_class(db, class.school_id, class.id, today).await?))
        }
        (None, Some(school)) => {
            access.whole_school(school)?;
            (school, None)
        }
        (None, None) => return Err(Error::field("class", "required", refusals::faces::class_or_school())),
    };
    need_faces_on(db, school).await?;
    let upload = call.services.upload(input.upload, call.actor()?.user)?;
    let engine = engine(call).await?;
    let gallery = load_gallery(call, &engine, school, students).await?;
    let use_of = FaceUseOf {
        purpose: FacePurpose::Photograph,
        school,
        class: input.class,
        student: None,
        people: gallery.templates.len(),
    };
    call.transact(async |tx| record_use(call, tx, use_of).await).await?;
    let bytes: Arc<Vec<u8>> = upload.bytes;
    blocking(move || {
        let mut times = StageTimes::default();
        let start = std::time::Instant::now();
        let picture = vision::decode(&bytes, PictureLimits::default()).map_err(|error| vision_error(error.into()))?;
        times.decode = start.elapsed().as_secs_f64() * 1000.0;
        let mut found = vision::recognise(&engine.models, &gallery.templates, engine.decision, &picture, &mut times)
            .map_err(vision_error)?;
        found.sort_by(|a, b| a.face.rect.x.total_cmp(&b.face.rect.x));
        let shown = |id: &StudentId| {
            let Known { number, list_name: name, .. } = gallery.people.get(id)?.clone();
            Some(CheckedStudent { id: *id, number, name })
        };
        let faces = found
            .into_iter()
            .map(|recognised| {
                let (rect, found) = (recognised.face.rect, recognised.found);
                let unsure = matches!(found.outcome, Outcome::TwoPeople | Outcome::TwoFaces);
                let near = [&found.best, &found.second].into_iter().flatten().filter(|_| unsure);
                CheckedFace {
                    place: [rect.x, rect.y, rect.width, rect.height],
                    student: found.identity().and_then(shown),
                    score: found.score(),
                    margin: found.margin(),
                    unsure,
                    candidates: near.filter_map(|candidate| shown(&candidate.person)).collect(),
                }
            })
            .collect();
        Ok(CheckedPhotograph {
            width: picture.width(),
            height: picture.height(),
            faces,
            compared_with: gallery.templates.len() as u32,
            damaged: gallery.damaged.iter().filter_map(shown).collect(),
            milliseconds: times,
        })
    })
    .await
}
