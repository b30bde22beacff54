//! Who is at risk, and why: results below the pass mark, falling results, marks missing, absence.

use std::collections::HashMap;

use ::analytics::{AttendanceCounts, attendance_rate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{academic_sessions, classes};
use store::ids::{ClassId, CourseId, SchoolId, SessionId};

use super::attendance::load_attendance;
use super::class_results::{ClassResults, load_class_results, previous_term};
use crate::gradebook::{Grading, GradingRules, Mark, StudentLabel, load_term};
use crate::{Access, Context, Operation, Reach, Result};

/// From how many missing marks in a term a student is at risk.
const MISSING_AT_RISK: usize = 2;

/// Input of [`at_risk`]: the whole school, as far as the person reaches, or one class.
#[derive(Clone, Copy, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct AtRisk {
    pub school: SchoolId,
    pub term: SessionId,
    #[serde(default)]
    #[ts(optional)]
    pub class: Option<ClassId>,
}

/// Why a student is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RiskCode {
    /// The overall result is below the pass mark: `value` percent, `limit` the pass mark.
    OverallBelowPass,
    /// The result in a subject is below the pass mark.
    SubjectBelowPass,
    /// The overall result fell: `value` percent now, `limit` percent in the term before.
    OverallFalling,
    /// The result in a subject fell.
    SubjectFalling,
    /// `value` marks are missing; from `limit` on it is said.
    MissingMarks,
    /// The attendance rate is `value` percent, below `limit`.
    OftenAbsent,
}

/// A reason with its figures; the message catalogue has the sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct RiskReason {
    pub code: RiskCode,
    pub course: Option<CourseId>,
    pub subject_title: Option<String>,
    pub value: f64,
    pub limit: f64,
}

/// A student at risk.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct StudentAtRisk {
    pub student: StudentLabel,
    pub class: ClassId,
    pub class_title: String,
    /// Overall result in percent.
    pub overall: Option<f64>,
    pub reasons: Vec<RiskReason>,
}

/// Everybody at risk, the weakest first.
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct StudentsAtRisk {
    pub students: Vec<StudentAtRisk>,
    /// How many students were looked at.
    pub of: u32,
    pub rules: GradingRules,
}

/// The students at risk in a term. Who has left the class is not looked at. A fall is one against the term before in the
/// same class, so there is none in the first term of a year.
pub async fn at_risk(context: &Context, input: AtRisk) -> Result<StudentsAtRisk> {
    let access = context.permit(Operation::at_risk)?;
    access.at(input.school)?;
    let db = context.store().reader();
    let term = load_term(db, input.school, input.term).await?;
    let classes = match input.class {
        Some(class) => {
            vec![access.class(db, class).await?].into_iter().filter(|c| c.school_id == input.school).collect()
        }
        None => reachable_classes(context, &access, &term).await?,
    };
    let ids: Vec<ClassId> = classes.iter().map(|class| class.id).collect();
    let grading = Grading::load(db, input.school).await?;
    let now = load_class_results(db, input.school, &ids, &term, &grading).await?;
    let before = match previous_term(db, &term).await? {
        Some(before) => load_class_results(db, input.school, &ids, &before, &grading).await?,
        None => HashMap::new(),
    };
    let attendance = load_attendance(context.store(), &ids, &term).await?;
    let mut students = Vec::new();
    let mut of = 0;
    for class in &classes {
        let Some(results) = now.get(&class.id) else { continue };
        for (place, student) in results.students.iter().enumerate().filter(|(_, student)| student.left_on.is_none()) {
            of += 1;
            let reasons =
                reasons(results, place, before.get(&class.id), attendance.get(&student.id), &grading.rules, &grading);
            if !reasons.is_empty() {
                students.push(StudentAtRisk {
                    student: student.clone(),
                    class: class.id,
                    class_title: class.title.clone(),
                    overall: results.overall[place],
                    reasons,
                });
            }
        }
    }
    // Stable: equal results stay in the order of classes and names.
    students.sort_by(|a, b| {
        let overall = |row: &StudentAtRisk| row.overall.unwrap_or(f64::INFINITY);
        overall(a).total_cmp(&overall(b))
    });
    Ok(StudentsAtRisk { students, of, rules: grading.rules })
}

/// The classes of the term's academic year that the person reaches, by title.
pub(super) async fn reachable_classes(
    context: &Context,
    access: &Access,
    term: &academic_sessions::Model,
) -> Result<Vec<classes::Model>> {
    let db = context.store().reader();
    let school = term.school_id;
    let mut found = classes::Entity::find()
        .filter(classes::Column::SchoolId.eq(school))
        .filter(classes::Column::DeletedAt.is_null());
    if let Some(year) = term.parent_id {
        found = found.filter(classes::Column::YearId.is_in([year, term.id]));
    }
    if access.at(school)? != Reach::School {
        found = found.filter(classes::Column::Id.is_in(access.taught_classes(db, school).await?));
    }
    Ok(found.order_by_asc(classes::Column::SortTitle).order_by_asc(classes::Column::Title).all(db).await?)
}

/// Why the student at this place is at risk; empty for the others.
pub(super) fn reasons(
    results: &ClassResults,
    place: usize,
    before: Option<&ClassResults>,
    attendance: Option<&AttendanceCounts>,
    rules: &GradingRules,
    grading: &Grading,
) -> Vec<RiskReason> {
    let student = results.students[place].id;
    let place_before = before.and_then(|before| before.place(student));
    let fell = |now: Option<f64>, before: Option<f64>| match (now, before) {
        (Some(now), Some(before)) if before - now >= rules.fall_percent => Some((now, before)),
        _ => None,
    };
    let mut reasons = Vec::new();
    let overall = |code, value, limit| RiskReason { code, course: None, subject_title: None, value, limit };
    if let Some(percent) = results.overall[place].filter(|percent| !grading.passes(*percent)) {
        reasons.push(overall(RiskCode::OverallBelowPass, percent, rules.pass_percent));
    }
    let overall_before = before.zip(place_before).and_then(|(before, place)| before.overall[place]);
    if let Some((now, before)) = fell(results.overall[place], overall_before) {
        reasons.push(overall(RiskCode::OverallFalling, now, before));
    }
    let mut missing = 0;
    for course in &results.courses {
        let of_course = |code, value, limit| RiskReason {
            code,
            course: Some(course.book.course.id),
            subject_title: Some(course.title.clone()),
            value,
            limit,
        };
        let total = course.totals[place];
        if let Some(percent) = total.filter(|percent| !grading.passes(*percent)) {
            reasons.push(of_course(RiskCode::SubjectBelowPass, percent, rules.pass_percent));
        }
        let same = before.and_then(|b| b.courses.iter().find(|c| c.book.course.id == course.book.course.id));
        let total_before = same.zip(place_before).and_then(|(same, place)| same.totals[place]);
        if let Some((now, before)) = fell(total, total_before) {
            reasons.push(of_course(RiskCode::SubjectFalling, now, before));
        }
        missing += course.book.assessments.iter().filter(|a| course.book.mark(a.id, student) == Mark::Missing).count();
    }
    if missing >= MISSING_AT_RISK {
        reasons.push(overall(RiskCode::MissingMarks, missing as f64, MISSING_AT_RISK as f64));
    }
    if let Some(rate) = attendance.and_then(attendance_rate).filter(|rate| *rate < rules.attendance_percent) {
        reasons.push(overall(RiskCode::OftenAbsent, rate, rules.attendance_percent));
    }
    reasons
}
