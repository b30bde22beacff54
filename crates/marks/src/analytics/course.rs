//! How a class did in a subject in a term.

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::{classes, subjects};
use store::ids::{AcademicSessionId, CourseId};
use words::refusals;

use super::class_results::previous_term;
use super::course_results::load_results;
use super::figures::{Group, GroupResults, ResultBehind, ResultUnit, column, words};
use super::look::ChartLook;
use crate::gradebook::{Grading, Mark, load_term};
use crate::{Call, Error, Result};

/// Input of [`subject_statistics`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectStatistics {
    pub course: CourseId,
    pub term: AcademicSessionId,
    #[serde(default)]
    #[ts(optional)]
    pub look: Option<ChartLook>,
}

/// The results of a course in a term, in percent; its columns are the assessments. Who moved on to another course of the
/// subject is named, and counts there.
pub(super) async fn subject_statistics(call: &Call, input: SubjectStatistics) -> Result<GroupResults> {
    let access = call.access();
    let db = call.store().reader();
    let course = access.course(db, input.course).await?;
    let school = course.school_id;
    let term = load_term(db, school, input.term).await?;
    let class = classes::Entity::find_by_id(course.class_id).one(db).await?.map(|row| row.title).unwrap_or_default();
    let subject =
        subjects::Entity::find_by_id(course.subject_id).one(db).await?.map(|row| row.title).unwrap_or_default();
    let grading = Grading::load(db, school).await?;
    let mean_before = match previous_term(db, &term).await? {
        None => None,
        Some(before) => {
            let results = load_results(db, school, vec![course.clone()], &before, &grading).await?;
            results.courses.get(&course.id).and_then(|before| grading.rounded_mean(&before.totals))
        }
    };
    let id = course.id;
    let results = load_results(db, school, vec![course], &term, &grading).await?;
    let results = results.courses.get(&id).cloned().ok_or_else(|| Error::not_found(refusals::gone::course()))?;
    let book = &results.book;
    let behind: Vec<Vec<ResultBehind>> = book
        .students
        .iter()
        .map(|student| {
            let of_student = book.assessments.iter().map(|assessment| {
                let counts = book.in_days(assessment, student.id);
                let mark = if counts { book.mark(assessment.id, student.id) } else { Mark::NotEntered };
                let percent = mark.value().and_then(|value| grading.percent_of(value, assessment.maximum));
                ResultBehind { column: assessment.id.0, text: mark.text(), state: Some(mark.state()), percent }
            });
            of_student.collect()
        })
        .collect();
    let columns = book.assessments.iter().enumerate().map(|(place, assessment)| {
        let percents: Vec<Option<f64>> = behind.iter().map(|of_student| of_student[place].percent).collect();
        column(assessment.id.0, &assessment.title, &percents, &grading)
    });
    let group = Group {
        unit: ResultUnit::Percent,
        maximum: 100.0,
        students: &book.students,
        percents: results.totals.clone(),
        values: results.totals.clone(),
        columns: columns.collect(),
        behind,
        words: words([("class", &class), ("subject", &subject), ("term", &term.title)]),
        mean_before,
    };
    group.results(&grading, input.look.as_ref())
}
