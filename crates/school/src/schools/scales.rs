//! The grade scale of a school.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::grade_scales;
use store::ids::{GradeScaleId, SchoolId};
use words::refusals;

use super::OfSchool;
use crate::error::Invalid;
use crate::{Call, Context, Error, Result};

/// A grade and from which percentage of the maximum it is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GradeBand {
    pub label: String,
    pub from_percent: f64,
}

/// The grade scale, highest grade first.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GradeScaleRow {
    pub id: GradeScaleId,
    pub title: String,
    pub bands: Vec<GradeBand>,
    pub version: i32,
}

/// Input of [`save_grade_scale`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveGradeScale {
    pub school: SchoolId,
    pub version: i32,
    pub title: String,
    pub bands: Vec<GradeBand>,
}

async fn find(context: &Context, school: SchoolId) -> Result<grade_scales::Model> {
    grade_scales::Entity::find()
        .filter(grade_scales::Column::SchoolId.eq(school))
        .order_by_asc(grade_scales::Column::Id)
        .one(context.store().reader())
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::grade_scale()))
}

fn shown(row: grade_scales::Model) -> Result<GradeScaleRow> {
    let bands = serde_json::from_value(row.bands)
        .map_err(|_| Error::internal("The grade scale of the school cannot be read."))?;
    Ok(GradeScaleRow { id: row.id, title: row.title, bands, version: row.version })
}

/// The grade scale of a school.
pub(super) async fn grade_scale(call: &Call, input: OfSchool) -> Result<GradeScaleRow> {
    let access = call.access();
    access.at(input.school)?;
    shown(find(call, input.school).await?)
}

/// Changes the grade scale: at least one grade, each label once, percentages from 0 to 100 and falling; the last is 0.
pub(super) async fn save_grade_scale(call: &Call, input: SaveGradeScale) -> Result<GradeScaleRow> {
    let access = call.access();
    access.whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let title = invalid.text("title", &input.title, 100);
    let bands = check_bands(&mut invalid, &input.bands);
    invalid.check()?;
    let before = grade_scales::Model { version: input.version, ..find(call, input.school).await? };
    let bands = serde_json::to_value(bands)?;
    let (saved, _) = call
        .transact(async |tx| {
            let after = grade_scales::Model { title, bands, ..before.clone() };
            Ok(tx.update::<grade_scales::Entity>(&before, after).await?)
        })
        .await?;
    shown(saved)
}

fn check_bands(invalid: &mut Invalid, bands: &[GradeBand]) -> Vec<GradeBand> {
    if bands.is_empty() || bands.len() > 30 {
        invalid.push("bands", "count", refusals::schools::grades_count());
    }
    let mut checked: Vec<GradeBand> = Vec::with_capacity(bands.len());
    for (i, band) in bands.iter().enumerate() {
        let label = invalid.text(&format!("bands.{i}.label"), &band.label, 20);
        let field = format!("bands.{i}.fromPercent");
        if !(0.0..=100.0).contains(&band.from_percent) {
            invalid.push(&field, "out_of_range", refusals::schools::grade_out_of_range());
        }
        if checked.iter().any(|other| other.label == label) {
            invalid.push(&format!("bands.{i}.label"), "taken", refusals::schools::grade_twice());
        }
        if checked.last().is_some_and(|higher| band.from_percent >= higher.from_percent) {
            invalid.push(&field, "not_falling", refusals::schools::grade_not_falling());
        }
        checked.push(GradeBand { label, from_percent: band.from_percent });
    }
    if checked.last().is_some_and(|lowest| lowest.from_percent != 0.0) {
        let field = format!("bands.{}.fromPercent", checked.len() - 1);
        invalid.push(&field, "not_zero", refusals::schools::lowest_not_zero());
    }
    checked
}
