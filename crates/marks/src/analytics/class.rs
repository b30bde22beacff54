//! How a class did in a term, over all its subjects.

use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, ClassId};
use words::refusals;

use super::class_results::{ClassResults, load_class_results, previous_term};
use super::figures::{Group, GroupResults, ResultBehind, ResultUnit, column, words};
use super::look::ChartLook;
use crate::gradebook::{Grading, load_term};
use crate::{Call, Error, Result};

/// Input of [`term_statistics`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermStatistics {
    pub class: ClassId,
    pub term: AcademicSessionId,
    #[serde(default)]
    #[ts(optional)]
    pub look: Option<ChartLook>,
}

/// The overall results of a class in a term, in percent; its columns are the courses. Who teaches the class sees all its
/// subjects, as on the report cards.
pub(super) async fn term_statistics(call: &Call, input: TermStatistics) -> Result<GroupResults> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let school = class.school_id;
    let term = load_term(db, school, input.term).await?;
    let grading = Grading::load(db, school).await?;
    let gone = || Error::not_found(refusals::gone::class());
    let mean_before = match previous_term(db, &term).await? {
        None => None,
        Some(before) => {
            let mut results = load_class_results(db, school, &[class.id], &before, &grading).await?;
            results.remove(&class.id).and_then(|results| grading.rounded_mean(&results.overall))
        }
    };
    let results = load_class_results(db, school, &[class.id], &term, &grading).await?.remove(&class.id);
    let results = results.ok_or_else(gone)?;
    let columns =
        results.courses.iter().map(|course| column(course.book.course.id.0, &course.title, &course.totals, &grading));
    let group = Group {
        unit: ResultUnit::Percent,
        maximum: 100.0,
        students: &results.students,
        percents: results.overall.clone(),
        values: results.overall.clone(),
        columns: columns.collect(),
        behind: (0..results.students.len()).map(|place| behind(&results, place)).collect(),
        words: words([("class", &class.title), ("term", &term.title)]),
        mean_before,
    };
    group.results(&grading, input.look.as_ref())
}

fn behind(results: &ClassResults, place: usize) -> Vec<ResultBehind> {
    let of_course = results.courses.iter().map(|course| ResultBehind {
        column: course.book.course.id.0,
        text: String::new(),
        state: None,
        percent: course.totals[place],
    });
    of_course.collect()
}
