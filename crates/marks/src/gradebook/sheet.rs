//! The mark sheet: students down, assessments across, totals at the right, figures at the foot.

use ::analytics::{MarkState, Statistics, describe};
use chrono::NaiveDate;
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::{assessments, categories, classes, subjects};
use store::ids::{AcademicSessionId, AssessmentId, CategoryId, ClassId, CourseId, StudentId, SubjectId};
use words::refusals;

use super::book::{Book, load_book, load_term};
use super::grading::{Grading, GradingRules};
use super::mark::{EXCUSED_WORDS, MISSING_WORDS, format_decimal};
use super::own_entries::course_or_own_entries;
use super::takers::StudentLabel;
use crate::{Call, Error, Result};

/// A course in a term.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfCourseTerm {
    pub course: CourseId,
    pub term: AcademicSessionId,
}

/// A weighted group of assessments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryRow {
    pub id: CategoryId,
    pub title: String,
    /// A decimal; only its share of all weights matters.
    pub weight: String,
    pub version: i32,
}

/// One column of the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentColumn {
    pub id: AssessmentId,
    pub category: CategoryId,
    pub title: String,
    /// The highest possible mark in points, a decimal.
    pub maximum: String,
    /// The day on which it is given.
    pub date: Option<NaiveDate>,
    /// The day by which it is to be handed in, where that is another one.
    pub due_date: Option<NaiveDate>,
    pub version: i32,
}

/// One cell that holds or held something; a cell that is not listed is empty and has no version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SheetMark {
    pub student: StudentId,
    pub assessment: AssessmentId,
    pub state: MarkState,
    pub text: String,
    pub version: i32,
}

/// A student's total, at the right of the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentTotal {
    pub student: StudentId,
    /// In percent of what could be reached, rounded by the school's rule; none where no mark counts.
    pub percent: Option<f64>,
    pub grade: Option<String>,
    /// Whether it reaches the school's pass mark.
    pub passed: Option<bool>,
}

/// A cell that does not count, whatever stands in it: the assessment was given before the student's first day in the course
/// or after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CellOutside {
    pub student: StudentId,
    pub assessment: AssessmentId,
}

/// The figures of one column, at its foot, in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentFooter {
    pub assessment: AssessmentId,
    pub statistics: Statistics,
}

/// What may be typed in place of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkWords {
    pub excused: Vec<String>,
    pub missing: Vec<String>,
}

/// Everything that the sheet shows.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkSheet {
    pub course: CourseId,
    pub term: AcademicSessionId,
    pub class: ClassId,
    pub class_title: String,
    pub subject: SubjectId,
    pub subject_title: String,
    pub term_title: String,
    pub students: Vec<StudentLabel>,
    pub categories: Vec<CategoryRow>,
    pub assessments: Vec<AssessmentColumn>,
    pub marks: Vec<SheetMark>,
    /// The cells that do not count, of assessments that have a day.
    pub outside: Vec<CellOutside>,
    /// One a student, in their order.
    pub totals: Vec<StudentTotal>,
    /// One an assessment, in their order.
    pub footers: Vec<AssessmentFooter>,
    /// The figures of the totals, in percent.
    pub total_footer: Statistics,
    pub words: MarkWords,
    pub rules: GradingRules,
    /// Whether the person has handed the course over and reads the own entries until the term is over: nothing can be
    /// changed, and there are no totals and figures.
    pub own_entries_only: bool,
}

/// The sheet of a course in a term. A handful of queries, whatever its size.
pub(super) async fn mark_sheet(call: &Call, input: OfCourseTerm) -> Result<MarkSheet> {
    let access = call.access();
    let db = call.store().reader();
    let (course, own_entries_only) = course_or_own_entries(call, access, &input).await?;
    let term = load_term(db, course.school_id, input.term).await?;
    let class = classes::Entity::find_by_id(course.class_id).one(db).await?;
    let subject = subjects::Entity::find_by_id(course.subject_id).one(db).await?;
    let grading = Grading::load(db, course.school_id).await?;
    let mut book = load_book(db, course, &term).await?;
    if own_entries_only {
        book.keep_own(call)?;
    }
    let (totals, footers, total_footer) = match own_entries_only {
        true => (Vec::new(), Vec::new(), Statistics::default()),
        false => (
            book.students.iter().map(|student| student_total(&book, student.id, &grading)).collect(),
            book.assessments.iter().map(|assessment| footer(&book, assessment)).collect(),
            total_footer(&book, &grading),
        ),
    };
    Ok(MarkSheet {
        course: input.course,
        term: input.term,
        class: book.course.class_id,
        class_title: class.ok_or_else(|| Error::not_found(refusals::gone::class()))?.title,
        subject: book.course.subject_id,
        subject_title: subject.ok_or_else(|| Error::not_found(refusals::gone::subject()))?.title,
        term_title: term.title,
        categories: book.categories.iter().map(category_row).collect(),
        assessments: book.assessments.iter().map(assessment_column).collect(),
        marks: sheet_marks(&book),
        outside: outside(&book),
        totals,
        footers,
        total_footer,
        own_entries_only,
        students: book.students.to_vec(),
        words: MarkWords {
            excused: EXCUSED_WORDS.map(str::to_owned).to_vec(),
            missing: MISSING_WORDS.map(str::to_owned).to_vec(),
        },
        rules: grading.rules,
    })
}

fn outside(book: &Book) -> Vec<CellOutside> {
    // One without a day counts as soon as something is typed: its cell is as any other.
    let dated = || book.assessments.iter().filter(|assessment| assessment.date.is_some());
    let of_student = |student: StudentId| {
        let cells = dated().filter(move |assessment| !book.in_days(assessment, student));
        cells.map(move |assessment| CellOutside { student, assessment: assessment.id })
    };
    book.students.iter().flat_map(|student| of_student(student.id)).collect()
}

fn sheet_marks(book: &Book) -> Vec<SheetMark> {
    let mut cells = Vec::with_capacity(book.marks.len());
    for student in book.students.iter() {
        for assessment in &book.assessments {
            if let Some(row) = book.marks.get(&(assessment.id, student.id)) {
                cells.push(SheetMark {
                    student: student.id,
                    assessment: assessment.id,
                    state: book.mark(assessment.id, student.id).state(),
                    text: book.mark(assessment.id, student.id).text(),
                    version: row.version,
                });
            }
        }
    }
    cells
}

pub(super) fn category_row(category: &categories::Model) -> CategoryRow {
    CategoryRow {
        id: category.id,
        title: category.title.clone(),
        weight: format_decimal(category.weight),
        version: category.version,
    }
}

pub(super) fn assessment_column(assessment: &assessments::Model) -> AssessmentColumn {
    AssessmentColumn {
        id: assessment.id,
        category: assessment.category_id,
        title: assessment.title.clone(),
        maximum: format_decimal(assessment.maximum),
        date: assessment.date,
        due_date: assessment.due_date,
        version: assessment.version,
    }
}

pub(super) fn student_total(book: &Book, student: StudentId, grading: &Grading) -> StudentTotal {
    let percent = book.total(student, grading).map(|total| grading.rounding().round(&total.percent));
    StudentTotal {
        student,
        percent,
        grade: percent.and_then(|percent| grading.grade(percent)),
        passed: percent.map(|percent| grading.passes(percent)),
    }
}

pub(super) fn footer(book: &Book, assessment: &assessments::Model) -> AssessmentFooter {
    let given: Vec<f64> = book.points(assessment).into_iter().flatten().collect();
    AssessmentFooter { assessment: assessment.id, statistics: describe(&given) }
}

pub(super) fn total_footer(book: &Book, grading: &Grading) -> Statistics {
    let totals: Vec<f64> = book.totals(grading).into_iter().flatten().collect();
    describe(&totals)
}
