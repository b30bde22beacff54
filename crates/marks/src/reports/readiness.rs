//! What is still to be done before report cards are printed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::ids::{AcademicSessionId, ClassId};
use words::Message;

use super::gather::Gathered;
use super::make::{CardProblem, CardProblemCode, foretold};
use crate::analytics::OfGroup;
use crate::gradebook::{CommentKind, GradingRules, StudentLabel, load_term};
use crate::{Call, Reach, Result};

/// A class in a term.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfReportClass {
    pub class: ClassId,
    pub term: AcademicSessionId,
}

/// What is done for report cards, in the order in which schools do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardStep {
    /// Every subject has assessments, and every mark is entered and sound.
    Marks,
    /// The comment of every subject.
    Comments,
    ClassTeacher,
    Principal,
    /// Marks, both general comments, and nothing that would leave the student without a card.
    Ready,
}

const STEPS: [CardStep; 5] =
    [CardStep::Marks, CardStep::Comments, CardStep::ClassTeacher, CardStep::Principal, CardStep::Ready];

/// How many students a step is done for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepState {
    pub step: CardStep,
    pub done: u32,
}

/// Something that is wrong with a student's card before it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadinessProblem {
    pub code: CardProblemCode,
    pub message: Message,
    /// Whether the student would have no card because of it.
    pub left_out: bool,
    /// The letters that would not be printed, where that is the problem.
    pub letters: Vec<String>,
}

/// How far one student's card is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentReadiness {
    pub student: StudentLabel,
    /// The subjects that the student takes.
    pub subjects: u32,
    /// Subjects whose comment is written.
    pub course_comments: u32,
    pub class_teacher_comment: bool,
    pub principal_comment: bool,
    /// Cells in which nothing was typed yet.
    pub marks_not_entered: u32,
    /// Subjects in which no mark counts.
    pub courses_without_result: u32,
    /// Overall result in percent.
    pub overall: Option<f64>,
    pub problems: Vec<ReadinessProblem>,
    /// The steps that are not done for the student: what the list shows and what the steps count.
    pub lacking: Vec<CardStep>,
    /// Whether [`CardStep::Ready`] is done.
    pub ready: bool,
}

/// How far the cards of a class are.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportCardReadiness {
    pub class_title: String,
    pub term_title: String,
    pub courses: u32,
    pub assessments: u32,
    /// Courses in which nothing is assessed in the term.
    pub courses_without_assessments: u32,
    pub students: Vec<StudentReadiness>,
    /// Every step with the students who lack nothing of it.
    pub steps: Vec<StepState>,
    /// Students whose cards are ready.
    pub ready: u32,
    /// Students with all marks.
    pub marks_complete: u32,
    /// Students with the comment of every course.
    pub course_comments_complete: u32,
    pub class_teacher_comments: u32,
    pub principal_comments: u32,
    pub rules: GradingRules,
}

/// What each student's card still lacks.
pub(super) async fn report_card_readiness(call: &Call, input: OfReportClass) -> Result<ReportCardReadiness> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    let term = load_term(db, class.school_id, input.term).await?;
    // Who teaches a group prints no cards; what is still to do in it is asked for all the same.
    let of_group = if access.at(class.school_id)? == Reach::School { OfGroup::Cards } else { OfGroup::Own };
    let gathered = Arc::new(Gathered::load(call, class, term, of_group).await?);
    let foretold = foretold(call, gathered.clone()).await?;
    let courses = gathered.results.courses();
    let unassessed = courses.iter().filter(|course| course.book.assessments.is_empty()).count();
    let students: Vec<StudentReadiness> =
        (0..gathered.results.students.len()).map(|place| student_readiness(&gathered, place, &foretold)).collect();
    let done = |step| count(students.iter().filter(|student| !student.lacking.contains(&step)).count());
    Ok(ReportCardReadiness {
        courses: count(courses.len()),
        assessments: count(courses.iter().map(|course| course.book.assessments.len()).sum()),
        courses_without_assessments: count(unassessed),
        steps: STEPS.iter().map(|&step| StepState { step, done: done(step) }).collect(),
        ready: done(CardStep::Ready),
        marks_complete: done(CardStep::Marks),
        course_comments_complete: done(CardStep::Comments),
        class_teacher_comments: done(CardStep::ClassTeacher),
        principal_comments: done(CardStep::Principal),
        students,
        class_title: gathered.class.title.clone(),
        term_title: gathered.term.title.clone(),
        rules: gathered.grading.rules,
    })
}

fn student_readiness(gathered: &Gathered, place: usize, foretold: &[CardProblem]) -> StudentReadiness {
    let results = &gathered.results;
    let student = &results.students[place];
    let has = |kind, course| gathered.comment(student.id, kind, course).is_some();
    let taken: Vec<_> = results.taken(place).collect();
    let commented = taken.iter().filter(|(_, courses)| gathered.subject_comment(student.id, courses).is_some()).count();
    let in_courses = || taken.iter().flat_map(|(_, courses)| *courses);
    let not_entered: usize = in_courses().map(|(course, _)| course.book.not_entered(student.id)).sum();
    // Where nothing is assessed at all something is to be done; where all of it was before the first day, nothing is.
    let assessed = taken.iter().all(|(_, courses)| courses.iter().any(|(of, _)| !of.book.assessments.is_empty()));
    let own = foretold.iter().filter(|problem| problem.student == student.id);
    let problems: Vec<ReadinessProblem> = own
        .map(|CardProblem { code, message, left_out, letters, .. }| ReadinessProblem {
            code: *code,
            message: message.clone(),
            left_out: *left_out,
            letters: letters.clone(),
        })
        .collect();
    let class_teacher_comment = has(CommentKind::ClassTeacher, None);
    let principal_comment = has(CommentKind::Principal, None);
    let broken = problems.iter().any(|problem| problem.code == CardProblemCode::BrokenMarks);
    let marks = not_entered == 0 && assessed && !taken.is_empty() && !broken;
    let printable = problems.iter().all(|problem| !problem.left_out);
    let ready = marks && class_teacher_comment && principal_comment && printable;
    let done = |step| match step {
        CardStep::Marks => marks,
        CardStep::Comments => commented == taken.len(),
        CardStep::ClassTeacher => class_teacher_comment,
        CardStep::Principal => principal_comment,
        CardStep::Ready => ready,
    };
    StudentReadiness {
        lacking: STEPS.into_iter().filter(|step| !done(*step)).collect(),
        ready,
        subjects: count(taken.len()),
        course_comments: count(commented),
        class_teacher_comment,
        principal_comment,
        marks_not_entered: count(not_entered),
        courses_without_result: count(taken.iter().filter(|(subject, _)| subject.totals[place].is_none()).count()),
        overall: results.overall[place],
        problems,
        student: student.clone(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
