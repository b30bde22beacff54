//! How one student does: by subject in a term, and from term to term.

use std::collections::HashMap;
use std::slice::from_ref;

use ::analytics::{AttendanceCounts, Standing, Statistics, attendance_rate};
use charts::{Chart, SubjectBar, TrendPoint};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, academic_sessions, classes, students};
use store::ids::{AcademicSessionId, ClassId, CourseId, StudentId, SubjectId};

use super::attendance::load_attendance;
use super::class_results::{ClassResults, OfGroup, card_day, class_in, load_class_results, previous_term};
use super::explain_taken::explain_taken;
use super::look::{ChartLook, ChartPicture};
use super::risk::{Before, RiskReason, is_at_risk, reasons};
use crate::Reach;
use crate::gradebook::{ExplainedTotal, Grading, GradingRules, StudentLabel, load_term, student_label};
use crate::schools::school_day;
use crate::{Call, Result};

/// How many terms the trend goes back, the one asked for included.
const TREND_TERMS: u64 = 6;

/// Input of [`student_performance`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentPerformance {
    pub student: StudentId,
    pub term: AcademicSessionId,
    #[serde(default)]
    #[ts(optional)]
    pub look: Option<ChartLook>,
}

/// A student's result in a subject.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubjectResult {
    /// In which the student takes it, or took it last.
    pub course: CourseId,
    pub subject: SubjectId,
    pub subject_title: String,
    /// The class of that course.
    pub class_title: String,
    /// The total with the marks that it is made of, of all courses in which the student took the subject in the term.
    pub total: ExplainedTotal,
    /// None where nothing counts; for a student also where too few results would give others away.
    pub standing: Option<Standing>,
    /// The figures of the course's totals, in percent; for a student `n` and, of enough results, the mean.
    pub class: Statistics,
}

/// A student's overall result in one term of the trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermResult {
    pub term: AcademicSessionId,
    pub title: String,
    pub percent: Option<f64>,
    pub class_mean: Option<f64>,
}

/// Everything about a student's results in a term.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentResults {
    pub student: StudentLabel,
    /// None where the student is in no class in the term.
    pub class: Option<ClassId>,
    pub class_title: Option<String>,
    pub term_title: String,
    /// The mean of the totals of all subjects, in percent.
    pub overall: Option<f64>,
    pub grade: Option<String>,
    pub passed: Option<bool>,
    /// As in [`SubjectResult`].
    pub standing: Option<Standing>,
    /// The figures of the class's overall results, in percent; for a student as in [`SubjectResult`].
    pub class_statistics: Statistics,
    pub subjects: Vec<SubjectResult>,
    /// From the earliest to the term asked for.
    pub trend: Vec<TermResult>,
    pub attendance: AttendanceCounts,
    /// In percent; none where no register was taken.
    pub attendance_rate: Option<f64>,
    /// Why the student is at risk; empty where the student is not in the school's list of those.
    pub risks: Vec<RiskReason>,
    pub rules: GradingRules,
    /// Empty where no look was given.
    pub charts: Vec<ChartPicture>,
}

/// The results of a student in a term and the terms before; a student sees the own ones.
pub(super) async fn student_performance(call: &Call, input: StudentPerformance) -> Result<StudentResults> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student_or_deleted(db, input.student).await?;
    let term = load_term(db, student.school_id, input.term).await?;
    let grading = Grading::load(db, student.school_id).await?;
    let sees = Sees { own: access.at(student.school_id)? == Reach::Own, grading: &grading };
    let today = school_day(call, db, student.school_id).await?;
    let trend = trend(db, &student, &term, today, &sees).await?;
    let Some((class, results)) = card_of(db, &student, &term, today, &grading).await? else {
        return Ok(without_class(&student, term, trend, &grading));
    };
    let Some(place) = results.place(student.id) else { return Ok(without_class(&student, term, trend, &grading)) };
    let before = match previous_term(db, &term).await?.filter(|before| before.parent_id == term.parent_id) {
        Some(before) => card_of(db, &student, &before, today, &grading).await?.map(|(_, results)| results),
        None => None,
    };
    let before = Before::of(&before);
    let attendance = load_attendance(call.store(), &[student.id], &term).await?.remove(&student.id);
    let overall = results.overall[place];
    let mut risks = reasons(&results, place, &before, attendance.as_ref(), &grading.rules, &grading);
    if !risks.is_empty() && !is_at_risk(call, &term, &grading, student.id).await? {
        risks.clear();
    }
    let class_titles = titles(db, &results).await?;
    Ok(StudentResults {
        student: results.students[place].clone(),
        class: Some(class.id),
        class_title: Some(class.title),
        overall,
        grade: overall.and_then(|percent| grading.grade(percent)),
        passed: overall.map(|percent| grading.passes(percent)),
        standing: sees.standing(results.standings[place], results.statistics.n),
        class_statistics: sees.statistics(results.statistics),
        subjects: results
            .taken(place)
            .filter_map(|(subject, courses)| {
                let (course, _) = courses.last()?;
                let of_course = subject.of_course(place);
                Some(SubjectResult {
                    course: course.book.course.id,
                    subject: subject.subject,
                    subject_title: subject.title.clone(),
                    class_title: class_titles.get(&course.book.course.class_id).cloned().unwrap_or_default(),
                    total: explain_taken(courses, student.id, &class_titles, &grading),
                    standing: sees.standing(subject.standing(place), of_course.n),
                    class: sees.statistics(of_course),
                })
            })
            .collect(),
        charts: match &input.look {
            Some(look) => charts(look, &results, place, &trend, &sees)?,
            None => Vec::new(),
        },
        risks,
        trend,
        attendance_rate: attendance.as_ref().and_then(attendance_rate),
        attendance: attendance.unwrap_or_default(),
        term_title: term.title,
        rules: grading.rules,
    })
}

/// What of the class is told to the person: all of it to who teaches, little to a student.
struct Sees<'g> {
    own: bool,
    grading: &'g Grading,
}

impl Sees<'_> {
    fn class(&self, results: u32) -> bool {
        !self.own || self.grading.class_is_shown(results)
    }

    fn mean(&self, statistics: &Statistics) -> Option<f64> {
        statistics.mean.filter(|_| self.class(statistics.n))
    }

    /// A student gets no lowest, highest and quartiles: of five results they are the five. Nor the deviation, which tells
    /// with the mean how the others lie.
    fn statistics(&self, all: Statistics) -> Statistics {
        match self.own {
            true => Statistics { n: all.n, mean: self.mean(&all), ..Statistics::default() },
            false => all,
        }
    }

    fn standing(&self, standing: Option<Standing>, results: u32) -> Option<Standing> {
        let shown = standing.filter(|_| self.class(results));
        shown.map(|standing| Standing { z: standing.z.filter(|_| !self.own), ..standing })
    }
}

fn without_class(
    student: &students::Model,
    term: academic_sessions::Model,
    trend: Vec<TermResult>,
    grading: &Grading,
) -> StudentResults {
    StudentResults {
        student: student_label(student, None, grading.settings.name_order),
        class: None,
        class_title: None,
        term_title: term.title,
        overall: None,
        grade: None,
        passed: None,
        standing: None,
        class_statistics: Statistics::default(),
        subjects: Vec::new(),
        trend,
        attendance: AttendanceCounts::default(),
        attendance_rate: None,
        risks: Vec::new(),
        rules: grading.rules,
        charts: Vec::new(),
    }
}

/// The class that prints the card of a student, and its results with everything that the student takes.
pub(super) async fn card_of(
    db: &impl ConnectionTrait,
    student: &students::Model,
    term: &academic_sessions::Model,
    today: NaiveDate,
    grading: &Grading,
) -> Result<Option<(classes::Model, ClassResults)>> {
    let day = card_day(today, term);
    let Some(class) = class_in(db, student.school_id, student.id, term, day).await? else { return Ok(None) };
    let of = (day, OfGroup::Cards);
    let mut results = load_class_results(db, student.school_id, from_ref(&class), term, of, grading).await?;
    Ok(results.remove(&class.id).map(|results| (class, results)))
}

/// The titles of the classes whose courses these results are made of.
async fn titles(db: &impl ConnectionTrait, results: &ClassResults) -> Result<HashMap<ClassId, String>> {
    let classes = results.courses().into_iter().map(|course| course.book.course.class_id);
    let found = classes::Entity::find().filter(classes::Column::Id.is_in(classes)).all(db).await?;
    Ok(found.into_iter().map(|class| (class.id, class.title)).collect())
}

/// Overall results up to and with this term; terms in which the student was in no class are left out.
async fn trend(
    db: &impl ConnectionTrait,
    student: &students::Model,
    term: &academic_sessions::Model,
    today: NaiveDate,
    sees: &Sees<'_>,
) -> Result<Vec<TermResult>> {
    let terms = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(student.school_id))
        .filter(academic_sessions::Column::Kind.eq(term.kind))
        .filter(academic_sessions::Column::StartDate.lte(term.start_date))
        .filter(academic_sessions::Entity::existing())
        .order_by_desc(academic_sessions::Column::StartDate)
        .limit(TREND_TERMS)
        .all(db)
        .await?;
    let mut trend = Vec::new();
    for term in terms.into_iter().rev() {
        let Some((_, results)) = card_of(db, student, &term, today, sees.grading).await? else { continue };
        let Some(place) = results.place(student.id) else { continue };
        trend.push(TermResult {
            term: term.id,
            title: term.title,
            percent: results.overall[place],
            class_mean: sees.mean(&results.statistics),
        });
    }
    Ok(trend)
}

fn charts(
    look: &ChartLook,
    results: &ClassResults,
    place: usize,
    trend: &[TermResult],
    sees: &Sees<'_>,
) -> Result<Vec<ChartPicture>> {
    let words = look.words();
    let mut pictures =
        vec![look.picture(&subject_chart(words.by_subject.unwrap_or_default(), results, place, |n| sees.class(n)))?];
    if trend.len() > 1 {
        let points = trend.iter().map(|term| TrendPoint {
            label: term.title.clone(),
            value: term.percent,
            class_mean: term.class_mean,
        });
        let title = words.trend.unwrap_or_default();
        pictures.push(look.picture(&Chart::Trend { title, points: points.collect(), max: 100.0 })?);
    }
    Ok(pictures)
}

/// A student's results with the means of the courses, where as many results as there are may be shown: the same chart in the window
/// and on the report card.
pub fn subject_chart(title: String, results: &ClassResults, place: usize, shown: impl Fn(u32) -> bool) -> Chart {
    let bars = results.taken(place).map(|(subject, _)| {
        let of_course = subject.of_course(place);
        let class_mean = of_course.mean.filter(|_| shown(of_course.n));
        SubjectBar { label: subject.title.clone(), value: subject.totals[place], class_mean }
    });
    Chart::SubjectBars { title, bars: bars.collect(), max: 100.0 }
}
