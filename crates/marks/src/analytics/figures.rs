//! What every view of results has in common: figures, places, the marks behind them, an answer, charts.

use std::collections::BTreeMap;

use ::analytics::{Histogram, MarkState, Rounding, Standing, Statistics, describe, difference, histogram, standings};
use charts::{BoxGroup, Chart};
use serde::{Deserialize, Serialize};
use store::ids::CourseId;
use uuid::Uuid;

use super::class_results::describe_given;
use super::look::{ChartLook, ChartPicture};
use crate::Result;
use crate::gradebook::{Grading, GradingRules, StudentLabel};

/// Points are shown with so many decimals.
const POINT_DECIMALS: u8 = 2;

/// How many bins a histogram has: ten of a tenth of the maximum each.
const BINS: u32 = 10;

/// What values are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultUnit {
    Points,
    Percent,
}

/// One mark or result that a student's value was made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResultBehind {
    /// As in the column's `id`.
    pub column: Uuid,
    /// The mark as the sheet shows it; blank for a result of several marks.
    pub text: String,
    /// None for a result of several marks.
    pub state: Option<MarkState>,
    /// In percent of what could be reached.
    pub percent: Option<f64>,
}

/// What a [`ResultBehind`] belongs to: an assessment or a subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResultColumn {
    pub id: Uuid,
    pub title: String,
    /// Of a subject the course, where all of the class who take it do so in the same one.
    pub course: Option<CourseId>,
    /// In percent.
    pub statistics: Statistics,
    /// Share of the students who pass, 0 to 1.
    pub pass_rate: Option<f64>,
}

/// One student's value and its place among the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentResult {
    pub student: StudentLabel,
    /// In the unit of the results; none where no mark counts.
    pub value: Option<f64>,
    pub grade: Option<String>,
    pub passed: Option<bool>,
    pub standing: Option<Standing>,
    /// One a column, in their order.
    pub behind: Vec<ResultBehind>,
}

/// The gist of the results as a word that the message catalogue has a sentence for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerCode {
    NoMarks,
    AllPassed,
    MostPassed,
    MoreThanHalfPassed,
    FewerThanHalfPassed,
    NonePassed,
}

/// An answer in data form: the sentence's code, its figures and its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    pub code: AnswerCode,
    /// `n` with a result, `of` all; `mean`, `sd`, `min`, `max`, `median` in the unit; `passed` students; `passRate`
    /// 0 to 1; `meanBefore`, `change` in percentage points, where there was a term before.
    pub figures: BTreeMap<String, f64>,
    /// `class`, `subject`, `term`, `assessment`, `school`, where they apply.
    pub words: BTreeMap<String, String>,
}

/// The results of a group of students.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupResults {
    pub unit: ResultUnit,
    /// The highest possible value.
    pub maximum: f64,
    /// From which value a student passes.
    pub pass_mark: f64,
    pub statistics: Statistics,
    /// Share of the students with a value who pass, 0 to 1.
    pub pass_rate: Option<f64>,
    pub histogram: Histogram,
    pub columns: Vec<ResultColumn>,
    pub rows: Vec<StudentResult>,
    pub answer: Answer,
    /// Empty where no look was given.
    pub charts: Vec<ChartPicture>,
    pub rules: GradingRules,
}

/// What a group's results are made of.
pub(super) struct Group<'a> {
    pub unit: ResultUnit,
    pub maximum: f64,
    pub students: &'a [StudentLabel],
    /// One a student, in the unit.
    pub values: Vec<Option<f64>>,
    /// The same in percent, rounded by the school's rule: by these grades are given and results pass.
    pub percents: Vec<Option<f64>>,
    pub columns: Vec<ResultColumn>,
    /// One list a student.
    pub behind: Vec<Vec<ResultBehind>>,
    pub words: BTreeMap<String, String>,
    /// The mean of the term before, in percent, rounded.
    pub mean_before: Option<f64>,
}

impl Group<'_> {
    /// Works everything out.
    pub fn results(self, grading: &Grading, look: Option<&ChartLook>) -> Result<GroupResults> {
        let given: Vec<f64> = self.values.iter().flatten().copied().collect();
        let percents: Vec<f64> = self.percents.iter().flatten().copied().collect();
        let statistics = describe(&given);
        let pass_rate = grading.pass_rate(&percents);
        let pass_mark = grading.rules.pass_percent * self.maximum / 100.0;
        let histogram = histogram(&given, self.maximum, BINS);
        let answer = self.answer(&statistics, &percents, grading);
        let charts = match look {
            Some(look) => self.charts(look, &statistics, &histogram, pass_mark, grading)?,
            None => Vec::new(),
        };
        let standings = standings(&self.values);
        let values = self.values.iter().zip(&self.percents);
        let rows = self.students.iter().zip(values).zip(standings).zip(self.behind);
        Ok(GroupResults {
            rows: rows
                .map(|(((student, (value, percent)), standing), behind)| StudentResult {
                    student: student.clone(),
                    value: *value,
                    grade: percent.and_then(|percent| grading.grade(percent)),
                    passed: percent.map(|percent| grading.passes(percent)),
                    standing,
                    behind,
                })
                .collect(),
            unit: self.unit,
            maximum: self.maximum,
            pass_mark,
            statistics,
            pass_rate,
            histogram,
            columns: self.columns,
            answer,
            charts,
            rules: grading.rules,
        })
    }

    fn answer(&self, statistics: &Statistics, percents: &[f64], grading: &Grading) -> Answer {
        let mut answer = answer(statistics, percents, grading);
        answer.figures.insert("of".into(), self.students.len() as f64);
        answer.words = self.words.clone();
        if let (Some(before), Some(mean)) = (self.mean_before, grading.rounded_mean(&self.percents)) {
            answer.figures.insert("meanBefore".into(), before);
            answer.figures.insert("change".into(), difference(mean, before));
        }
        answer
    }

    fn charts(
        &self,
        look: &ChartLook,
        statistics: &Statistics,
        histogram: &Histogram,
        pass_mark: f64,
        grading: &Grading,
    ) -> Result<Vec<ChartPicture>> {
        let words = look.words();
        let (unit, rounding) = match self.unit {
            ResultUnit::Points => (words.points, Rounding::to(POINT_DECIMALS)),
            ResultUnit::Percent => (words.percent, grading.rounding()),
        };
        let mut pictures = vec![look.picture(&Chart::Histogram {
            title: words.distribution.unwrap_or_default(),
            x_label: unit.unwrap_or_default(),
            y_label: words.students.unwrap_or_default(),
            edges: histogram.edges.clone(),
            counts: histogram.counts.clone(),
            pass_mark: Some(pass_mark),
            mean: statistics.mean.map(|mean| rounding.round_written(mean)),
            highlight: None,
        })?];
        let groups: Vec<BoxGroup> = self.columns.iter().filter_map(|c| box_group(&c.title, &c.statistics)).collect();
        if groups.len() > 1 {
            let title = words.spread.unwrap_or_default();
            pictures.push(look.picture(&Chart::BoxPlots { title, groups, max: 100.0 })?);
        }
        Ok(pictures)
    }
}

/// The gist of results in percent.
pub(super) fn answer(statistics: &Statistics, percents: &[f64], grading: &Grading) -> Answer {
    let passed = percents.iter().filter(|percent| grading.passes(**percent)).count();
    let code = match grading.pass_rate(percents) {
        None => AnswerCode::NoMarks,
        Some(_) if passed == percents.len() => AnswerCode::AllPassed,
        Some(_) if passed == 0 => AnswerCode::NonePassed,
        Some(rate) if rate >= 0.8 => AnswerCode::MostPassed,
        Some(rate) if rate > 0.5 => AnswerCode::MoreThanHalfPassed,
        Some(_) => AnswerCode::FewerThanHalfPassed,
    };
    let figures = [
        ("n", Some(f64::from(statistics.n))),
        ("mean", statistics.mean),
        ("sd", statistics.sd),
        ("median", statistics.median),
        ("min", statistics.min),
        ("max", statistics.max),
        ("passed", Some(passed as f64)),
        ("passRate", grading.pass_rate(percents)),
    ];
    let figures = figures.into_iter().filter_map(|(name, figure)| Some((name.to_owned(), figure?))).collect();
    Answer { code, figures, words: BTreeMap::new() }
}

/// A box of a box plot; none without values.
pub(super) fn box_group(label: &str, statistics: &Statistics) -> Option<BoxGroup> {
    Some(BoxGroup {
        label: label.to_owned(),
        min: statistics.min?,
        q1: statistics.q1?,
        median: statistics.median?,
        q3: statistics.q3?,
        max: statistics.max?,
    })
}

/// A column with its figures, from values in percent.
pub(super) fn column(id: Uuid, title: &str, percents: &[Option<f64>], grading: &Grading) -> ResultColumn {
    let given: Vec<f64> = percents.iter().flatten().copied().collect();
    ResultColumn {
        id,
        title: title.to_owned(),
        course: None,
        statistics: describe_given(percents),
        pass_rate: grading.pass_rate(&given),
    }
}

/// Words for an answer.
pub(super) fn words<const N: usize>(words: [(&str, &str); N]) -> BTreeMap<String, String> {
    words.into_iter().map(|(name, word)| (name.to_owned(), word.to_owned())).collect()
}
