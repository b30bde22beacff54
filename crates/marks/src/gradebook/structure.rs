//! Categories and assessments: what the columns of the mark sheet are and how they weigh.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{MarkKept, SoftDeleted, assessments, categories, marks};
use store::ids::{AcademicSessionId, AssessmentId, AuditEntryId, CategoryId, CourseId};
use words::refusals;

use super::book::load_term;
use super::mark::{LARGEST_MAXIMUM, SCALE, format_decimal, parse_decimal};
use super::record::lock_course;
use super::sheet::{AssessmentColumn, CategoryRow, assessment_column, category_row};
use crate::Undoable;
use crate::error::Invalid;
use crate::schools::outside_year;
use crate::{Access, Call, Context, Error, ErrorCode, Result, Save};

/// The longest title of a category or an assessment, in characters.
const LONGEST_TITLE: usize = 120;

/// Input of [`save_category`]: a new one without `id`, else a change of the version that was seen.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveCategory {
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<CategoryId>,
    pub course: CourseId,
    pub title: String,
    /// A decimal from 0 to 1,000,000; only its share of all weights matters.
    pub weight: String,
}

/// A saved category.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedCategory {
    pub category: CategoryRow,
    pub undo: Option<AuditEntryId>,
}

/// Input of [`save_assessment`]: a new one without `id`, else a change of the version that was seen.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveAssessment {
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<AssessmentId>,
    pub course: CourseId,
    pub term: AcademicSessionId,
    pub category: CategoryId,
    pub title: String,
    /// The highest possible mark in points: a decimal above 0, at most 1,000,000.
    pub maximum: String,
    /// The day on which it is given; marks count by it.
    #[serde(default)]
    #[ts(optional)]
    pub date: Option<NaiveDate>,
    /// The day by which it is to be handed in, where that is another one.
    #[serde(default)]
    #[ts(optional)]
    pub due_date: Option<NaiveDate>,
}

/// A saved assessment.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedAssessment {
    pub assessment: AssessmentColumn,
    pub undo: Option<AuditEntryId>,
}

/// A row to be deleted, in the version that was seen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "DeleteVersionOf{Id}")]
pub struct DeleteVersion<Id> {
    pub id: Id,
    pub version: i32,
}

/// Makes or changes a category.
pub(super) async fn save_category(call: &Call, input: SaveCategory) -> Result<SavedCategory> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    let mut invalid = Invalid::default();
    let title = invalid.text("title", &input.title, LONGEST_TITLE);
    let weight = decimal(&mut invalid, "weight", &input.weight, 0);
    invalid.check()?;
    let (row, undo) = call
        .transact(async |tx| {
            lock_course(tx, course.id).await?;
            let all = categories_of(tx, course.id).await?;
            if all.iter().any(|other| Some(other.id) != input.save.id() && other.title == title) {
                return Err(Error::field("title", "taken", refusals::gradebook::category_taken()));
            }
            let Some(id) = input.save.id() else {
                let row = categories::Model {
                    id: CategoryId::new(),
                    school_id: course.school_id,
                    course_id: course.id,
                    title,
                    weight,
                    position: next(all.iter().map(|category| category.position)),
                    deleted_at: None,
                    source_id: None,
                    version: 1,
                };
                return Ok(tx.insert::<categories::Entity>(row).await?);
            };
            let before =
                all.into_iter().find(|c| c.id == id).ok_or_else(|| Error::not_found(refusals::gone::category()))?;
            let before = categories::Model { version: input.save.seen().unwrap_or(before.version), ..before };
            let after = categories::Model { title, weight, ..before.clone() };
            Ok(tx.update::<categories::Entity>(&before, after).await?)
        })
        .await?;
    Ok(SavedCategory { category: category_row(&row), undo })
}

/// Deletes a category that has no assessments.
pub(super) async fn delete_category(call: &Call, input: DeleteVersion<CategoryId>) -> Result<Undoable> {
    let access = call.access();
    let db = call.store().reader();
    let found = categories::Entity::find_by_id(input.id).one(db).await?.filter(|row| row.deleted_at.is_none());
    let found = found.ok_or_else(|| Error::not_found(refusals::gone::category()))?;
    access.course(db, found.course_id).await?;
    let now = call.now();
    let ((), undo) = call
        .transact(async |tx| {
            lock_course(tx, found.course_id).await?;
            let used = assessments::Entity::find()
                .filter(assessments::Column::SchoolId.eq(found.school_id))
                .filter(assessments::Column::CategoryId.eq(found.id))
                .filter(assessments::Entity::existing())
                .count(tx.reader())
                .await?;
            if used > 0 {
                return Err(Error::new(ErrorCode::InUse, refusals::gradebook::category_in_use(used))
                    .help(refusals::gradebook::move_assessments()));
            }
            let before = categories::Model { version: input.version, ..found };
            let after = categories::Model { deleted_at: Some(now), ..before.clone() };
            tx.update::<categories::Entity>(&before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// Makes or changes an assessment. A maximum below a mark that was given already is refused.
pub(super) async fn save_assessment(call: &Call, input: SaveAssessment) -> Result<SavedAssessment> {
    let access = call.access();
    let db = call.store().reader();
    let course = access.course(db, input.course).await?;
    let term = load_term(db, course.school_id, input.term).await?;
    let mut invalid = Invalid::default();
    for (field, day) in [("date", input.date), ("dueDate", input.due_date)] {
        if let Some(day) = day
            && let Some(message) = outside_year(db, course.school_id, term.parent_id.unwrap_or(term.id), day).await?
        {
            invalid.push(field, "outside_year", message);
        }
    }
    if input.due_date.zip(input.date).is_some_and(|(due, given)| due < given) {
        invalid.push("dueDate", "before_given", refusals::gradebook::due_before_given());
    }
    let due_date = input.due_date.filter(|due| Some(*due) != input.date);
    let title = invalid.text("title", &input.title, LONGEST_TITLE);
    let maximum = decimal(&mut invalid, "maximum", &input.maximum, 1);
    invalid.check()?;
    let (row, undo) = call
        .transact(async |tx| {
            lock_course(tx, course.id).await?;
            super::record::hold_term(tx, term.id).await?;
            if !categories_of(tx, course.id).await?.iter().any(|category| category.id == input.category) {
                return Err(Error::field("category", "not_found", refusals::gradebook::unknown_category()));
            }
            let of_course = assessments::Entity::find()
                .filter(assessments::Column::SchoolId.eq(course.school_id))
                .filter(assessments::Column::CourseId.eq(course.id))
                .filter(assessments::Entity::existing())
                .all(tx.reader())
                .await?;
            let Some(id) = input.save.id() else {
                let row = assessments::Model {
                    id: AssessmentId::new(),
                    school_id: course.school_id,
                    course_id: course.id,
                    category_id: input.category,
                    term_id: input.term,
                    title,
                    maximum,
                    date: input.date,
                    position: next(of_course.iter().map(|assessment| assessment.position)),
                    deleted_at: None,
                    due_date,
                    period: None,
                    source_id: None,
                    version: 1,
                };
                return Ok(tx.insert::<assessments::Entity>(row).await?);
            };
            let before = of_course
                .into_iter()
                .find(|a| a.id == id)
                .ok_or_else(|| Error::not_found(refusals::gone::assessment()))?;
            refuse_maximum_below_marks(tx, &before, maximum).await?;
            let before = assessments::Model { version: input.save.seen().unwrap_or(before.version), ..before };
            let after = assessments::Model {
                category_id: input.category,
                term_id: input.term,
                title,
                maximum,
                date: input.date,
                due_date,
                ..before.clone()
            };
            Ok(tx.update::<assessments::Entity>(&before, after).await?)
        })
        .await?;
    Ok(SavedAssessment { assessment: assessment_column(&row), undo })
}

async fn refuse_maximum_below_marks(tx: &Transaction<'_>, row: &assessments::Model, maximum: i64) -> Result<()> {
    let highest: Option<Option<i64>> = marks::Entity::find()
        .select_only()
        .column_as(marks::Column::Value.max(), "highest")
        .filter(marks::Column::SchoolId.eq(row.school_id))
        .filter(marks::Column::SchoolId.eq(row.school_id))
        .filter(marks::Column::AssessmentId.eq(row.id))
        .filter(marks::Column::State.eq(MarkKept::Marked))
        .into_tuple()
        .one(tx.reader())
        .await?;
    match highest.flatten() {
        Some(highest) if highest > maximum => {
            let message = refusals::gradebook::mark_above_maximum(format_decimal(highest));
            Err(Error::field("maximum", "below_marks", message))
        }
        _ => Ok(()),
    }
}

/// Deletes an assessment softly: its marks stay with it and come back when this is undone.
pub(super) async fn delete_assessment(call: &Call, input: DeleteVersion<AssessmentId>) -> Result<Undoable> {
    let access = call.access();
    let found = reach_assessment(call, access, input.id).await?;
    let now = call.now();
    let ((), undo) = call
        .transact(async |tx| {
            lock_course(tx, found.course_id).await?;
            let before = assessments::Model { version: input.version, ..found };
            let after = assessments::Model { deleted_at: Some(now), ..before.clone() };
            tx.update::<assessments::Entity>(&before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// An assessment that the person may reach by its course.
pub async fn reach_assessment(context: &Context, access: &Access, id: AssessmentId) -> Result<assessments::Model> {
    let db = context.store().reader();
    let found = assessments::Entity::find_by_id(id).one(db).await?.filter(|row| row.deleted_at.is_none());
    let found = found.ok_or_else(|| Error::not_found(refusals::gone::assessment()))?;
    access.course(db, found.course_id).await?;
    Ok(found)
}

/// The categories of a course that are not deleted.
pub(super) async fn categories_of(tx: &Transaction<'_>, course: CourseId) -> Result<Vec<categories::Model>> {
    Ok(categories::Entity::find()
        .filter(categories::Column::CourseId.eq(course))
        .filter(categories::Entity::existing())
        .all(tx.reader())
        .await?)
}

/// Reads a decimal from `least` ten-thousandths up to [`LARGEST_MAXIMUM`].
fn decimal(invalid: &mut Invalid, field: &str, text: &str, least: i64) -> i64 {
    let text = text.trim();
    if text.is_empty() {
        invalid.push(field, "required", refusals::common::required());
        return 0;
    }
    match parse_decimal(text) {
        Ok(value) if value < least => invalid.push(field, "too_small", refusals::gradebook::maximum_too_small()),
        Ok(value) if value > LARGEST_MAXIMUM * SCALE => {
            invalid.push(field, "too_large", refusals::gradebook::maximum_too_large(LARGEST_MAXIMUM));
        }
        Ok(value) => return value,
        Err(bad) => invalid.push(field, bad.code(), refusals::gradebook::not_a_number()),
    }
    0
}

fn next(positions: impl Iterator<Item = i32>) -> i32 {
    positions.max().map_or(0, |last| last.saturating_add(1))
}
