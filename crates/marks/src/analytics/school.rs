//! The school at a glance: results by class and by subject.

use std::collections::BTreeMap;

use ::analytics::Statistics;
use charts::Chart;
use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, SchoolId};
use uuid::Uuid;

use super::class_results::{describe_given, load_class_results, previous_term};
use super::figures::{Answer, answer, box_group, words};
use super::look::{ChartLook, ChartPicture};
use super::risk::reachable_classes;
use crate::gradebook::{Grading, GradingRules, load_term};
use crate::schools::find_school;
use crate::{Call, Result};

/// Input of [`school_statistics`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolStatistics {
    pub school: SchoolId,
    pub term: AcademicSessionId,
    #[serde(default)]
    #[ts(optional)]
    pub look: Option<ChartLook>,
}

/// A class, or a subject over all its classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupRow {
    pub id: Uuid,
    pub title: String,
    /// Students, with or without a result.
    pub students: u32,
    /// Of overall results for a class, of totals for a subject; in percent.
    pub statistics: Statistics,
    /// Share of those with a result who pass, 0 to 1.
    pub pass_rate: Option<f64>,
    /// The mean of the term before, in percent.
    pub mean_before: Option<f64>,
}

/// The results of a school in a term, as far as the person reaches.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolResults {
    /// Of the overall results of all students, in percent.
    pub statistics: Statistics,
    pub pass_rate: Option<f64>,
    pub classes: Vec<GroupRow>,
    pub subjects: Vec<GroupRow>,
    pub answer: Answer,
    /// Box plots by class, then by subject; empty where no look was given.
    pub charts: Vec<ChartPicture>,
    pub rules: GradingRules,
}

/// The results of a school by class and by subject: all classes of the term's year, or those that the person teaches.
pub(super) async fn school_statistics(call: &Call, input: SchoolStatistics) -> Result<SchoolResults> {
    let access = call.access();
    access.at(input.school)?;
    let db = call.store().reader();
    let term = load_term(db, input.school, input.term).await?;
    let school = find_school(db, input.school).await?.name;
    let classes = reachable_classes(call, access, &term).await?;
    let ids: Vec<_> = classes.iter().map(|class| class.id).collect();
    let grading = Grading::load(db, input.school).await?;
    let now = load_class_results(db, input.school, &ids, &term, &grading).await?;
    let before = match previous_term(db, &term).await? {
        Some(before) => load_class_results(db, input.school, &ids, &before, &grading).await?,
        None => Default::default(),
    };
    let mut all = Vec::new();
    let mut class_rows = Vec::new();
    let mut by_subject: BTreeMap<usize, SubjectTotals> = BTreeMap::new();
    let mut order: Vec<Uuid> = Vec::new();
    for class in &classes {
        let Some(results) = now.get(&class.id) else { continue };
        let mean_before = before.get(&class.id).and_then(|results| results.statistics.mean);
        class_rows.push(group_row(class.id.0, &class.title, &results.overall, mean_before, &grading));
        all.extend(results.overall.iter().copied());
        let old = before.get(&class.id);
        for course in &results.courses {
            let subject = course.book.course.subject_id.0;
            let place = order.iter().position(|known| *known == subject).unwrap_or_else(|| {
                order.push(subject);
                order.len() - 1
            });
            let totals = by_subject.entry(place).or_default();
            totals.title.clone_from(&course.title);
            totals.now.extend(course.totals.iter().copied());
            let same = old.and_then(|old| old.courses.iter().find(|c| c.book.course.id == course.book.course.id));
            totals.before.extend(same.into_iter().flat_map(|same| same.totals.iter().copied()));
        }
    }
    let subject_rows: Vec<GroupRow> = by_subject
        .into_iter()
        .map(|(place, totals)| {
            let mean_before = describe_given(&totals.before).mean;
            group_row(order[place], &totals.title, &totals.now, mean_before, &grading)
        })
        .collect();
    let given: Vec<f64> = all.iter().flatten().copied().collect();
    let statistics = describe_given(&all);
    let mut answer = answer(&statistics, &given, &grading);
    answer.figures.insert("of".into(), all.len() as f64);
    answer.words = words([("school", &school), ("term", &term.title)]);
    Ok(SchoolResults {
        statistics,
        pass_rate: grading.pass_rate(&given),
        charts: match &input.look {
            Some(look) => charts(look, &class_rows, &subject_rows)?,
            None => Vec::new(),
        },
        classes: class_rows,
        subjects: subject_rows,
        answer,
        rules: grading.rules,
    })
}

#[derive(Default)]
struct SubjectTotals {
    title: String,
    now: Vec<Option<f64>>,
    before: Vec<Option<f64>>,
}

fn group_row(id: Uuid, title: &str, percents: &[Option<f64>], mean_before: Option<f64>, grading: &Grading) -> GroupRow {
    let given: Vec<f64> = percents.iter().flatten().copied().collect();
    GroupRow {
        id,
        title: title.to_owned(),
        students: u32::try_from(percents.len()).unwrap_or(u32::MAX),
        statistics: describe_given(percents),
        pass_rate: grading.pass_rate(&given),
        mean_before,
    }
}

fn charts(look: &ChartLook, classes: &[GroupRow], subjects: &[GroupRow]) -> Result<Vec<ChartPicture>> {
    [classes, subjects]
        .into_iter()
        .map(|rows| {
            let groups = rows.iter().filter_map(|row| box_group(&row.title, &row.statistics)).collect();
            look.picture(&Chart::BoxPlots { title: look.words().spread.unwrap_or_default(), groups, max: 100.0 })
        })
        .collect()
}
