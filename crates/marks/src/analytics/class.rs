//! How a class did in a term, over all its subjects.

use std::slice::from_ref;

use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, ClassId};
use words::refusals;

use super::class_results::{ClassResults, OfGroup, card_day, load_class_results, previous_term};
use super::figures::{Group, GroupResults, ResultBehind, ResultColumn, ResultUnit, column, words};
use super::look::ChartLook;
use crate::gradebook::{Grading, load_term};
use crate::schools::school_day;
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

/// The overall results of a class in a term, in percent; its columns are the subjects that its students take, of a group its
/// own courses. Who teaches a homeroom sees all of it, as on the report cards.
pub(super) async fn term_statistics(call: &Call, input: TermStatistics) -> Result<GroupResults> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let school = class.school_id;
    let term = load_term(db, school, input.term).await?;
    let grading = Grading::load(db, school).await?;
    let today = school_day(call, db, school).await?;
    let gone = || Error::not_found(refusals::gone::class());
    let mean_before = match previous_term(db, &term).await? {
        None => None,
        Some(before) => {
            let of = (card_day(today, &before), OfGroup::Own);
            let mut results = load_class_results(db, school, from_ref(&class), &before, of, &grading).await?;
            results.remove(&class.id).and_then(|results| grading.rounded_mean(&results.overall))
        }
    };
    let of = (card_day(today, &term), OfGroup::Own);
    let results = load_class_results(db, school, from_ref(&class), &term, of, &grading).await?.remove(&class.id);
    let results = results.ok_or_else(gone)?;
    let columns = results.subjects.iter().map(|subject| {
        let column = column(subject.subject.0, &subject.title, &subject.totals, &grading);
        ResultColumn { course: subject.only_course(), ..column }
    });
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
    let of_subject = results.subjects.iter().map(|subject| ResultBehind {
        column: subject.subject.0,
        text: String::new(),
        state: None,
        percent: subject.totals[place],
    });
    of_subject.collect()
}
