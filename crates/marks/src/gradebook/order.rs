//! The order of columns and categories on the sheet.

use std::collections::HashMap;
use std::hash::Hash;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, assessments, categories};
use store::ids::{AcademicSessionId, AssessmentId, CategoryId, CourseId};
use words::refusals;

use super::book::load_term;
use super::record::lock_course;
use super::structure::categories_of;
use crate::Undoable;
use crate::{Call, Error, Result};

/// Input of [`reorder_categories`]: all categories of the course, in their new order.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReorderCategories {
    pub course: CourseId,
    pub categories: Vec<CategoryId>,
}

/// Input of [`reorder_assessments`]: all assessments of the course in the term, in their new order.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReorderAssessments {
    pub course: CourseId,
    pub term: AcademicSessionId,
    pub assessments: Vec<AssessmentId>,
}

/// Puts the categories of a course in another order.
pub(super) async fn reorder_categories(call: &Call, input: ReorderCategories) -> Result<Undoable> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    let ((), undo) = call
        .transact(async |tx| {
            lock_course(tx, course.id).await?;
            let rows = categories_of(tx, course.id).await?;
            let places = places("categories", &input.categories, rows.iter().map(|row| row.id))?;
            for before in rows {
                let after = categories::Model { position: places[&before.id], ..before.clone() };
                tx.update::<categories::Entity>(&before, after).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Puts the assessments of a course and term in another order.
pub(super) async fn reorder_assessments(call: &Call, input: ReorderAssessments) -> Result<Undoable> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    load_term(call.store().reader(), course.school_id, input.term).await?;
    let ((), undo) = call
        .transact(async |tx| {
            lock_course(tx, course.id).await?;
            let rows = assessments::Entity::find()
                .filter(assessments::Column::SchoolId.eq(course.school_id))
                .filter(assessments::Column::CourseId.eq(course.id))
                .filter(assessments::Column::TermId.eq(input.term))
                .filter(assessments::Entity::existing())
                .all(tx.reader())
                .await?;
            let places = places("assessments", &input.assessments, rows.iter().map(|row| row.id))?;
            for before in rows {
                let after = assessments::Model { position: places[&before.id], ..before.clone() };
                tx.update::<assessments::Entity>(&before, after).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// The new place of each row; refused unless the wish names exactly the rows there are, each once.
fn places<Id: Eq + Hash + Copy>(
    field: &str,
    wished: &[Id],
    rows: impl ExactSizeIterator<Item = Id>,
) -> Result<HashMap<Id, i32>> {
    let places: HashMap<Id, i32> = wished.iter().copied().zip(0..).collect();
    let complete = places.len() == wished.len() && rows.len() == wished.len();
    if complete && rows.into_iter().all(|row| places.contains_key(&row)) {
        return Ok(places);
    }
    let message = refusals::gradebook::order_changed();
    Err(Error::field(field, "changed", message))
}
