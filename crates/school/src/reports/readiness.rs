//! What is still to be done before report cards are printed.

use serde::{Deserialize, Serialize};
use store::ids::{ClassId, SessionId};

use super::cards::broken_marks;
use super::gather::Gathered;
use super::make::CardProblemCode;
use crate::gradebook::{CommentKind, StudentLabel, load_term};
use crate::{Context, Operation, Result};

/// A class in a term.
#[derive(Clone, Copy, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct OfReportClass {
    pub class: ClassId,
    pub term: SessionId,
}

/// Something that would leave a student without a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessProblem {
    pub code: CardProblemCode,
    pub message: String,
}

/// How far one student's card is.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct StudentReadiness {
    pub student: StudentLabel,
    /// Courses whose comment is written.
    pub course_comments: u32,
    pub class_teacher_comment: bool,
    pub principal_comment: bool,
    /// Cells in which nothing was typed yet.
    pub marks_not_entered: u32,
    /// Courses in which no mark counts.
    pub courses_without_result: u32,
    /// Overall result in percent.
    pub overall: Option<f64>,
    pub problems: Vec<ReadinessProblem>,
    /// All marks and the class teacher's and principal's comments are there, and there is no problem.
    pub ready: bool,
}

/// How far the cards of a class are.
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportCardReadiness {
    pub class_title: String,
    pub term_title: String,
    pub courses: u32,
    pub assessments: u32,
    pub students: Vec<StudentReadiness>,
    /// Students whose cards are ready.
    pub ready: u32,
    /// Students with all marks.
    pub marks_complete: u32,
    /// Students with the comment of every course.
    pub course_comments_complete: u32,
    pub class_teacher_comments: u32,
    pub principal_comments: u32,
}

/// What each student's card still lacks.
pub async fn report_card_readiness(context: &Context, input: OfReportClass) -> Result<ReportCardReadiness> {
    let access = context.permit(Operation::report_card_readiness)?;
    let db = context.store().reader();
    let class = access.class(db, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    let gathered = Gathered::load(context, class, term).await?;
    let students: Vec<StudentReadiness> =
        (0..gathered.results.students.len()).map(|place| student_readiness(&gathered, place)).collect();
    let courses = &gathered.results.courses;
    let course_count = count(courses.len());
    let how_many = |which: fn(&StudentReadiness) -> bool| count(students.iter().filter(|s| which(s)).count());
    Ok(ReportCardReadiness {
        courses: course_count,
        assessments: count(courses.iter().map(|course| course.book.assessments.len()).sum()),
        ready: how_many(|student| student.ready),
        marks_complete: how_many(|student| student.marks_not_entered == 0),
        course_comments_complete: count(students.iter().filter(|s| s.course_comments == course_count).count()),
        class_teacher_comments: how_many(|student| student.class_teacher_comment),
        principal_comments: how_many(|student| student.principal_comment),
        students,
        class_title: gathered.class.title,
        term_title: gathered.term.title,
    })
}

fn student_readiness(gathered: &Gathered, place: usize) -> StudentReadiness {
    let results = &gathered.results;
    let student = &results.students[place];
    let has = |kind, course| gathered.comment(student.id, kind, course).is_some();
    let commented =
        results.courses.iter().filter(|course| has(CommentKind::Course, Some(course.book.course.id))).count();
    let not_entered: usize = results.courses.iter().map(|course| course.book.not_entered(student.id)).sum();
    let mut problems = Vec::new();
    if student.name.is_empty() {
        let message = "The student has no name. Enter it, then make the card.".to_owned();
        problems.push(ReadinessProblem { code: CardProblemCode::NameEmpty, message });
    }
    if student.name.chars().count() > documents::MAX_NAME {
        let message = format!("The name has more than {} characters. Shorten it.", documents::MAX_NAME);
        problems.push(ReadinessProblem { code: CardProblemCode::NameTooLong, message });
    }
    if let Some(broken) = broken_marks(gathered, place) {
        problems.push(ReadinessProblem { code: broken.code, message: broken.message });
    }
    let class_teacher_comment = has(CommentKind::ClassTeacher, None);
    let principal_comment = has(CommentKind::Principal, None);
    StudentReadiness {
        ready: not_entered == 0 && class_teacher_comment && principal_comment && problems.is_empty(),
        course_comments: count(commented),
        class_teacher_comment,
        principal_comment,
        marks_not_entered: count(not_entered),
        courses_without_result: count(results.courses.iter().filter(|c| c.totals[place].is_none()).count()),
        overall: results.overall[place],
        problems,
        student: student.clone(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
