//! How the classes stand in the term, for leaders: a mean and a share for each.

use ::analytics::Exact;
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, ClassId, SchoolId};

use crate::gradebook::Grading;
use crate::{Context, Result};

/// A class's marks of the term: the mean of all marks in percent of their maximum, and the share at the pass mark or
/// above, each mark rounded by the school's rule. Weights do not count here; the class's analysis has the weighted
/// totals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayResult {
    pub class: ClassId,
    pub title: String,
    pub marks: i64,
    pub mean_percent: f64,
    pub pass_share: f64,
}

/// How often a mark was given in a class.
#[derive(FromQueryResult)]
struct MarksAlike {
    class: ClassId,
    title: String,
    value: i64,
    maximum: i64,
    marks: i64,
}

/// The results of all classes that have marks in the term, by title.
pub(super) async fn results_of_classes(
    context: &Context,
    school: SchoolId,
    term: AcademicSessionId,
) -> Result<Vec<TodayResult>> {
    let db = context.store().reader();
    let grading = Grading::load(db, school).await?;
    let statement = context.store().statement(include_str!("today_results.sql"), [school.into(), term.into()]);
    Ok(results(&MarksAlike::find_by_statement(statement).all(db).await?, &grading))
}

/// Sums up by class; the rows of a class follow each other.
fn results(rows: &[MarksAlike], grading: &Grading) -> Vec<TodayResult> {
    let of_class = |rows: &[MarksAlike]| {
        let count = |row: &MarksAlike| u64::try_from(row.marks).unwrap_or(0);
        let exact: Vec<(Exact, u64)> = rows
            .iter()
            .filter_map(|row| Some((Exact::percent(row.value.into(), row.maximum.into())?, count(row))))
            .collect();
        let mean = Exact::mean(exact.iter().map(|(percent, times)| (percent, *times)))?;
        let passes = |percent: &Exact| grading.passes(grading.rounding().round(percent));
        let passed: u64 = exact.iter().filter(|(percent, _)| passes(percent)).map(|(_, times)| times).sum();
        let marks: u64 = exact.iter().map(|(_, times)| times).sum();
        Some(TodayResult {
            class: rows.first()?.class,
            title: rows.first()?.title.clone(),
            marks: i64::try_from(marks).unwrap_or(i64::MAX),
            mean_percent: grading.rounding().round(&mean),
            pass_share: passed as f64 / marks as f64,
        })
    };
    rows.chunk_by(|a, b| a.class == b.class).filter_map(of_class).collect()
}
