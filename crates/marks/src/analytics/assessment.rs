//! How a class did in one assessment.

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::{classes, courses, subjects};
use store::ids::AssessmentId;
use words::refusals;

use super::figures::{Group, GroupResults, ResultBehind, ResultUnit, column, words};
use super::look::ChartLook;
use crate::gradebook::{Grading, Mark, load_books, load_term, points, reach_assessment};
use crate::{Call, Error, Result};

/// Input of [`assessment_statistics`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentStatistics {
    pub assessment: AssessmentId,
    #[serde(default)]
    #[ts(optional)]
    pub look: Option<ChartLook>,
}

/// The results of one assessment, in points. Only marks that were given count here, whatever a missing one counts as in
/// totals.
pub(super) async fn assessment_statistics(call: &Call, input: AssessmentStatistics) -> Result<GroupResults> {
    let access = call.access();
    let assessment = reach_assessment(call, access, input.assessment).await?;
    let db = call.store().reader();
    let school = assessment.school_id;
    let term = load_term(db, school, assessment.term_id).await?;
    let course = courses::Entity::find_by_id(assessment.course_id).one(db).await?;
    let course = course.ok_or_else(|| Error::not_found(refusals::gone::course()))?;
    let class = classes::Entity::find_by_id(course.class_id).one(db).await?.map(|row| row.title).unwrap_or_default();
    let subject =
        subjects::Entity::find_by_id(course.subject_id).one(db).await?.map(|row| row.title).unwrap_or_default();
    let grading = Grading::load(db, school).await?;
    let book = load_books(db, school, vec![course], &term)
        .await?
        .pop()
        .ok_or_else(|| Error::not_found(refusals::gone::course()))?;
    let behind: Vec<Vec<ResultBehind>> = book
        .students
        .iter()
        .map(|student| {
            let mark = if book.in_days(&assessment, student.id) {
                book.mark(assessment.id, student.id)
            } else {
                Mark::NotEntered
            };
            let percent = mark.value().and_then(|value| grading.percent_of(value, assessment.maximum));
            vec![ResultBehind { column: assessment.id.0, text: mark.text(), state: Some(mark.state()), percent }]
        })
        .collect();
    let percents: Vec<Option<f64>> = behind.iter().map(|behind| behind[0].percent).collect();
    let group = Group {
        unit: ResultUnit::Points,
        maximum: points(assessment.maximum),
        students: &book.students,
        values: book.points(&assessment),
        columns: vec![column(assessment.id.0, &assessment.title, &percents, &grading)],
        percents,
        behind,
        words: words([
            ("class", &class),
            ("subject", &subject),
            ("assessment", &assessment.title),
            ("term", &term.title),
        ]),
        mean_before: None,
    };
    group.results(&grading, input.look.as_ref())
}
