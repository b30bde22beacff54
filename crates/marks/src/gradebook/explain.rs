//! Where a total comes from: the categories with their weights, and the marks that each was made of.

use ::analytics::{Exact, MarkState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::classes;
use store::ids::{AcademicSessionId, AssessmentId, CategoryId, CourseId, StudentId};
use words::refusals;

use super::book::{Book, load_term};
use super::grading::{Grading, GradingRules};
use super::mark::format_decimal;
use crate::analytics::{explain_taken, load_results};
use crate::{Call, Error, Result};

/// Input of [`explain_total`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainTotal {
    pub course: CourseId,
    pub term: AcademicSessionId,
    pub student: StudentId,
}

/// One mark, and whether it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedMark {
    pub assessment: AssessmentId,
    pub title: String,
    pub state: MarkState,
    pub text: String,
    /// The highest possible mark in points, a decimal.
    pub maximum: String,
    /// Percent of the maximum; none where no mark was given.
    pub percent: Option<f64>,
    pub counts: bool,
}

/// What one category is and gives to the total. Percentages are rounded by the school's rule, each from the exact one, as
/// the total is: rounded parts need not add up to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedPart {
    pub category: CategoryId,
    pub title: String,
    /// Share of all weights, 0 to 1.
    pub weight: f64,
    /// Share of the weights of the categories that have counted marks, 0 to 1.
    pub effective_weight: f64,
    /// Percent reached in this category; none where no mark counts.
    pub percent: Option<f64>,
    /// What it gives to the total, in percentage points; none where no mark counts.
    pub gives: Option<f64>,
    pub marks: Vec<ExplainedMark>,
}

/// What one course gives to a result that is made of several: Σ WᵢTᵢ / Σ Wᵢ over the courses, Tᵢ the total there of the
/// marks given in the student's days, Wᵢ the sum of the weights of the categories with counted marks, each times the share
/// of its assessments that were given in those days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedShare {
    pub course: CourseId,
    /// Of the course's class.
    pub class_title: String,
    /// The total there in percent; none where no mark counts.
    pub percent: Option<f64>,
    /// Share of the weights of all of them, 0 to 1.
    pub weight: f64,
    pub parts: Vec<ExplainedPart>,
}

/// A total and everything that it is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedTotal {
    pub student: StudentId,
    /// In percent; none where no mark counts.
    pub percent: Option<f64>,
    pub grade: Option<String>,
    pub passed: Option<bool>,
    /// Empty where [`Self::shares`] are.
    pub parts: Vec<ExplainedPart>,
    /// Of a student who took the subject in several courses of the term: each of them, the last one last; else empty.
    pub shares: Vec<ExplainedShare>,
    pub rules: GradingRules,
}

/// What a student's total in a course and term is made of.
pub(super) async fn explain_total(call: &Call, input: ExplainTotal) -> Result<ExplainedTotal> {
    let access = call.access();
    let db = call.store().reader();
    let course = access.course(db, input.course).await?;
    access.student(db, input.student).await?;
    let term = load_term(db, course.school_id, input.term).await?;
    let grading = Grading::load(db, course.school_id).await?;
    let (school, subject) = (course.school_id, course.subject_id);
    let results = load_results(db, school, vec![course], &term, &grading).await?;
    let taken = results.taken(subject, input.student);
    if !taken.iter().any(|(course, _)| course.book.course.id == input.course) {
        return Err(Error::not_found(refusals::gone::student_of_this_class_in_this_term()));
    }
    let classes = taken.iter().map(|(course, _)| course.book.course.class_id);
    let titles = classes::Entity::find().filter(classes::Column::Id.is_in(classes)).all(db).await?;
    let titles = titles.into_iter().map(|class| (class.id, class.title)).collect();
    Ok(explain_taken(&taken, input.student, &titles, &grading))
}

/// What a student's total is made of; also for those whose total does not exist yet.
pub fn explain(book: &Book, student: StudentId, grading: &Grading) -> ExplainedTotal {
    let total = book.total(student, grading);
    let rounded = |exact: Option<&Exact>| exact.map(|exact| grading.rounding().round(exact));
    let weights: i64 = book.categories.iter().map(|category| category.weight.max(0)).sum();
    let parts = book.categories.iter().enumerate().map(|(place, category)| {
        let part = total.as_ref().and_then(|total| total.parts.get(place));
        let counted: Vec<usize> = part.map_or(Vec::new(), |part| part.counted.iter().map(|i| *i as usize).collect());
        ExplainedPart {
            category: category.id,
            title: category.title.clone(),
            weight: if weights > 0 { category.weight.max(0) as f64 / weights as f64 } else { 0.0 },
            effective_weight: part.map_or(0.0, |part| part.effective_weight),
            percent: rounded(part.and_then(|part| part.percent.as_ref())),
            gives: rounded(part.and_then(|part| part.gives.as_ref())),
            marks: book
                .assessments
                .iter()
                .enumerate()
                .filter(|(_, assessment)| assessment.category_id == category.id)
                .map(|(place, assessment)| {
                    let mark = book.mark(assessment.id, student);
                    ExplainedMark {
                        assessment: assessment.id,
                        title: assessment.title.clone(),
                        state: mark.state(),
                        text: mark.text(),
                        maximum: format_decimal(assessment.maximum),
                        percent: mark.value().and_then(|value| grading.percent_of(value, assessment.maximum)),
                        counts: counted.contains(&place),
                    }
                })
                .collect(),
        }
    });
    let percent = rounded(total.as_ref().map(|total| &total.percent));
    ExplainedTotal {
        student,
        percent,
        grade: percent.and_then(|percent| grading.grade(percent)),
        passed: percent.map(|percent| grading.passes(percent)),
        parts: parts.collect(),
        shares: Vec::new(),
        rules: grading.rules,
    }
}

impl ExplainedTotal {
    /// Of a subject that the student does not take.
    pub fn of_nothing(student: StudentId, rules: GradingRules) -> Self {
        Self { student, percent: None, grade: None, passed: None, parts: Vec::new(), shares: Vec::new(), rules }
    }
}
