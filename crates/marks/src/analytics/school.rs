//! The school at a glance: results by class and by subject.

use std::collections::{BTreeMap, HashMap};

use ::analytics::Statistics;
use charts::Chart;
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, academic_sessions, classes};
use store::ids::{AcademicSessionId, ClassId, SchoolId, StudentId, SubjectId};
use uuid::Uuid;

use super::class_results::{
    ClassResults, OfGroup, card_day, describe_given, load_class_results, previous_term, subjects_of,
};
use super::figures::{Answer, answer, box_group, words};
use super::look::{ChartLook, ChartPicture};
use super::risk::reachable_classes;
use crate::gradebook::{Grading, GradingRules, load_term};
use crate::schools::{find_school, school_day};
use crate::{Call, Reach, Result};

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
    /// Of a class.
    pub kind: Option<ClassKind>,
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
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let term = load_term(db, input.school, input.term).await?;
    let school = find_school(db, input.school).await?.name;
    let classes = reachable_classes(call, access, &term).await?;
    let grading = Grading::load(db, input.school).await?;
    let today = school_day(call, db, input.school).await?;
    let now = Gathered::load(db, &classes, &term, (today, reach), &grading).await?;
    let before = match previous_term(db, &term).await? {
        Some(before) => Gathered::load(db, &classes, &before, (today, reach), &grading).await?,
        None => Gathered::default(),
    };
    let class_rows: Vec<GroupRow> = classes
        .iter()
        .filter_map(|class| {
            let results = now.classes.get(&class.id)?;
            if class.kind == ClassKind::Group && results.subjects.is_empty() {
                return None;
            }
            let mean_before = before.classes.get(&class.id).and_then(|results| results.statistics.mean);
            let row = group_row(class.id.0, &class.title, &results.overall, mean_before, &grading);
            Some(GroupRow { kind: Some(class.kind), ..row })
        })
        .collect();
    let all: Vec<Option<f64>> = now.overall.values().copied().collect();
    let subject_rows: Vec<GroupRow> = now
        .subjects
        .iter()
        .map(|(subject, of)| {
            let now: Vec<Option<f64>> = of.totals.values().copied().collect();
            let earlier = before.subjects.get(subject).map(|of| of.totals.values().copied().collect::<Vec<_>>());
            let mean_before = earlier.and_then(|earlier| describe_given(&earlier).mean);
            group_row(of.id.0, &of.title, &now, mean_before, &grading)
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

/// The results of students in a subject.
struct OfSubject {
    id: SubjectId,
    title: String,
    totals: BTreeMap<StudentId, Option<f64>>,
}

/// Results by class, and each student's once.
#[derive(Default)]
struct Gathered {
    classes: HashMap<ClassId, ClassResults>,
    overall: BTreeMap<StudentId, Option<f64>>,
    /// By where the subject stands among those of the results.
    subjects: BTreeMap<(i32, SubjectId), OfSubject>,
}

impl Gathered {
    /// Who reaches the whole school sees whoever has no homeroom with all subjects, others only what the groups are taught
    /// that they teach.
    async fn load(
        db: &impl ConnectionTrait,
        classes: &[classes::Model],
        term: &academic_sessions::Model,
        (today, reach): (NaiveDate, Reach),
        grading: &Grading,
    ) -> Result<Self> {
        let (school, day) = (term.school_id, card_day(today, term));
        let all = load_class_results(db, school, classes, term, (day, OfGroup::Own), grading).await?;
        let positions: HashMap<SubjectId, i32> =
            subjects_of(db, school).await?.into_iter().map(|(id, subject)| (id, subject.position)).collect();
        let mut gathered = Self::default();
        let (homerooms, groups): (Vec<&classes::Model>, Vec<&classes::Model>) =
            classes.iter().partition(|class| class.kind == ClassKind::Homeroom);
        for class in homerooms {
            all.get(&class.id).into_iter().for_each(|results| gathered.add(results, &positions));
        }
        if reach == Reach::School {
            let groups: Vec<classes::Model> = groups.into_iter().cloned().collect();
            let cards = load_class_results(db, school, &groups, term, (day, OfGroup::Cards), grading).await?;
            groups.iter().filter_map(|group| cards.get(&group.id)).for_each(|of| gathered.add(of, &positions));
        } else {
            groups.iter().filter_map(|group| all.get(&group.id)).for_each(|of| gathered.add(of, &positions));
        }
        gathered.classes = all;
        Ok(gathered)
    }

    /// Adds the students who are not in it yet, each in the subjects in which they are not.
    fn add(&mut self, results: &ClassResults, positions: &HashMap<SubjectId, i32>) {
        for (place, student) in results.students.iter().enumerate() {
            self.overall.entry(student.id).or_insert(results.overall[place]);
            for (subject, _) in results.taken(place) {
                let (id, title) = (subject.subject, subject.title.clone());
                let position = positions.get(&id).copied().unwrap_or(i32::MAX);
                let new = || OfSubject { id, title, totals: BTreeMap::new() };
                let of_subject = self.subjects.entry((position, id)).or_insert_with(new);
                of_subject.totals.entry(student.id).or_insert(subject.totals[place]);
            }
        }
    }
}

fn group_row(id: Uuid, title: &str, percents: &[Option<f64>], mean_before: Option<f64>, grading: &Grading) -> GroupRow {
    let given: Vec<f64> = percents.iter().flatten().copied().collect();
    GroupRow {
        id,
        title: title.to_owned(),
        kind: None,
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
