//! Who is at risk, and why: results below the pass mark, falling results, marks missing, absence.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use ::analytics::{AttendanceCounts, Rounding, attendance_rate, difference};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, academic_sessions, classes};
use store::ids::{AcademicSessionId, ClassId, CourseId, SchoolId, StudentId, SubjectId};

use super::attendance::load_attendance;
use super::class_results::{ClassResults, OfGroup, card_day, load_class_results, previous_term};
use crate::gradebook::{Grading, GradingRules, Mark, StudentLabel, load_term};
use crate::people::bulk::placeholders;
use crate::people::whom_to_call;
use crate::schools::school_day;
use crate::{Access, Call, Context, Reach, Result};

/// From how many missing marks in a term a student is at risk.
const MISSING_AT_RISK: usize = 2;

/// Attendance rates are shown with so many decimals.
const RATE_DECIMALS: u8 = 1;

/// Input of [`at_risk`]: the whole school, as far as the person reaches, or one class.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AtRisk {
    pub school: SchoolId,
    pub term: AcademicSessionId,
    #[serde(default)]
    #[ts(optional)]
    pub class: Option<ClassId>,
}

/// Why a student is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RiskReason {
    pub code: RiskCode,
    pub course: Option<CourseId>,
    pub subject_title: Option<String>,
    pub value: f64,
    pub limit: f64,
}

/// A student at risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentAtRisk {
    pub student: StudentLabel,
    pub class: ClassId,
    pub class_title: String,
    /// Overall result in percent.
    pub overall: Option<f64>,
    pub reasons: Vec<RiskReason>,
    /// Percentage points beyond the bounds, added up.
    pub score: f64,
    /// The guardian who is called first, and the telephone number.
    pub guardian_name: Option<String>,
    pub guardian_phone: Option<String>,
}

/// The students at risk, the worst first: of those with a sign at most the share that the school has set.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentsAtRisk {
    pub students: Vec<StudentAtRisk>,
    /// How many students were looked at, of those whom the person reaches.
    pub of: u32,
    /// How many of them have any sign at all, listed or not.
    pub with_signs: u32,
    /// At most this share of the school is at risk, in percent.
    pub share_percent: u32,
    pub rules: GradingRules,
}

/// With fewer students than these nobody is left out of the list.
const SMALL_SCHOOL: usize = 10;

/// Everybody of a school with a sign in a term, the worst first, and how many of them are at risk.
struct Ranked {
    students: Vec<StudentAtRisk>,
    at_risk: usize,
    /// Who was looked at, with the homeroom, or the groups of whoever has none.
    looked_at: HashMap<StudentId, HashSet<ClassId>>,
}

/// The students at risk in a term. Whether somebody is at risk is found over the whole school, whoever asks; who has left
/// the class is not looked at. A fall is one against the term before in the same year, so there is none in its first term.
pub(super) async fn at_risk(call: &Call, input: AtRisk) -> Result<StudentsAtRisk> {
    let access = call.access();
    access.at(input.school)?;
    let db = call.store().reader();
    let term = load_term(db, input.school, input.term).await?;
    let reached: HashSet<ClassId> = match input.class {
        Some(class) => {
            let class = access.class(db, class).await?;
            (class.school_id == input.school).then_some(class.id).into_iter().collect()
        }
        None => reachable_classes(call, access, &term).await?.into_iter().map(|class| class.id).collect(),
    };
    let grading = Grading::load(db, input.school).await?;
    let ranked = ranked(call, &term, &grading).await?;
    let mine = |row: &&StudentAtRisk| {
        ranked.looked_at.get(&row.student.id).is_some_and(|classes| classes.iter().any(|of| reached.contains(of)))
    };
    let with_signs = ranked.students.iter().filter(mine).count() as u32;
    let mut students: Vec<StudentAtRisk> = ranked.students.iter().take(ranked.at_risk).filter(mine).cloned().collect();
    add_guardians(call, input.school, &mut students).await?;
    Ok(StudentsAtRisk {
        students,
        of: ranked.looked_at.values().filter(|classes| classes.iter().any(|of| reached.contains(of))).count() as u32,
        with_signs,
        share_percent: grading.settings.risk_share_percent,
        rules: grading.rules,
    })
}

/// Whether a student is among those at risk of the school in a term.
pub(super) async fn is_at_risk(
    context: &Context,
    term: &academic_sessions::Model,
    grading: &Grading,
    student: StudentId,
) -> Result<bool> {
    let ranked = ranked(context, term, grading).await?;
    Ok(ranked.students.iter().take(ranked.at_risk).any(|row| row.student.id == student))
}

async fn ranked(context: &Context, term: &academic_sessions::Model, grading: &Grading) -> Result<Ranked> {
    let db = context.store().reader();
    let school = term.school_id;
    let classes = classes_of(db, term, None).await?;
    let today = school_day(context, db, school).await?;
    let day = card_day(today, term);
    let of = |term: &academic_sessions::Model| (card_day(today, term), OfGroup::Cards);
    let now = load_class_results(db, school, &classes, term, of(term), grading).await?;
    let before = match previous_term(db, term).await? {
        Some(before) => load_class_results(db, school, &classes, &before, of(&before), grading).await?,
        None => HashMap::new(),
    };
    let before = Before::of(before.values());
    let everybody: Vec<StudentId> =
        now.values().flat_map(|results| results.students.iter().map(|student| student.id)).collect();
    let attendance = load_attendance(context.store(), &everybody, term).await?;
    let mut students: HashMap<StudentId, StudentAtRisk> = HashMap::new();
    let mut looked_at: HashMap<StudentId, HashSet<ClassId>> = HashMap::new();
    for class in &classes {
        let Some(results) = now.get(&class.id) else { continue };
        let there = |student: &StudentLabel| student.left_on.is_none_or(|last| last >= day);
        for (place, student) in results.students.iter().enumerate().filter(|(_, student)| there(student)) {
            // Of whoever has no homeroom each group says the same; they count once.
            let known = looked_at.entry(student.id).or_default();
            if !known.insert(class.id) || known.len() > 1 {
                continue;
            }
            let reasons = reasons(results, place, &before, attendance.get(&student.id), &grading.rules, grading);
            if reasons.is_empty() {
                continue;
            }
            let row = StudentAtRisk {
                student: student.clone(),
                class: class.id,
                class_title: class.title.clone(),
                overall: results.overall[place],
                score: score(results, place, &reasons, grading),
                reasons,
                guardian_name: None,
                guardian_phone: None,
            };
            students.insert(student.id, row);
        }
    }
    let mut students: Vec<StudentAtRisk> = students.into_values().collect();
    students.sort_by(worse);
    let bound = match looked_at.len() {
        few if few < SMALL_SCHOOL => few,
        many => (many * grading.settings.risk_share_percent as usize / 100).max(1),
    };
    Ok(Ranked { at_risk: bound.min(students.len()), students, looked_at })
}

/// What students reached in the term before.
#[derive(Default)]
pub(super) struct Before(HashMap<StudentId, (Option<f64>, HashMap<SubjectId, f64>)>);

impl Before {
    pub fn of<'r>(results: impl IntoIterator<Item = &'r ClassResults>) -> Self {
        let mut before = Self::default();
        for results in results {
            for (place, student) in results.students.iter().enumerate() {
                let totals = results.subjects.iter().filter_map(|of| Some((of.subject, of.totals[place]?)));
                before.0.entry(student.id).or_insert_with(|| (results.overall[place], totals.collect()));
            }
        }
        before
    }

    fn overall(&self, student: StudentId) -> Option<f64> {
        self.0.get(&student)?.0
    }

    fn subject(&self, student: StudentId, subject: SubjectId) -> Option<f64> {
        self.0.get(&student)?.1.get(&subject).copied()
    }
}

/// The worse first: who fails overall or is often absent before who only fell, lacks marks or fails in a subject; of two
/// alike who is further beyond the bounds.
fn worse(a: &StudentAtRisk, b: &StudentAtRisk) -> Ordering {
    let urgent = |row: &StudentAtRisk| {
        row.reasons.iter().any(|reason| matches!(reason.code, RiskCode::OverallBelowPass | RiskCode::OftenAbsent))
    };
    urgent(b)
        .cmp(&urgent(a))
        .then_with(|| b.score.total_cmp(&a.score))
        .then_with(|| (&a.student.list_name, a.student.id).cmp(&(&b.student.list_name, b.student.id)))
}

/// Percentage points beyond the bounds, added up. A subject counts as much as it does in the overall result, and missing
/// marks as their share of all marks.
fn score(results: &ClassResults, place: usize, reasons: &[RiskReason], grading: &Grading) -> f64 {
    let subjects = results.taken(place).count().max(1) as f64;
    let assessments: usize =
        results.taken(place).flat_map(|(_, courses)| courses).map(|(course, _)| course.book.assessments.len()).sum();
    let beyond = |reason: &RiskReason| match reason.code {
        RiskCode::OverallBelowPass | RiskCode::OftenAbsent => reason.limit - reason.value,
        RiskCode::SubjectBelowPass => (reason.limit - reason.value) / subjects,
        RiskCode::OverallFalling => reason.limit - reason.value - grading.rules.fall_percent,
        RiskCode::SubjectFalling => (reason.limit - reason.value - grading.rules.fall_percent) / subjects,
        RiskCode::MissingMarks => 100.0 * reason.value / assessments.max(1) as f64,
    };
    reasons.iter().map(beyond).sum()
}

#[derive(FromQueryResult)]
struct Called {
    student_id: StudentId,
    name: Option<String>,
    phone: Option<String>,
}

/// Whom to call about each of these students.
async fn add_guardians(context: &Context, school: SchoolId, students: &mut [StudentAtRisk]) -> Result<()> {
    let mut called: HashMap<StudentId, Called> = HashMap::new();
    for some in students.chunks(500) {
        let sql = whom_to_call(&placeholders(2, some.len()));
        let values = std::iter::once(Value::from(school)).chain(some.iter().map(|row| Value::from(row.student.id)));
        let found = Called::find_by_statement(context.store().statement(&sql, values));
        let rows = found.all(context.store().reader()).await?;
        called.extend(rows.into_iter().map(|row| (row.student_id, row)));
    }
    for row in students {
        if let Some(guardian) = called.remove(&row.student.id) {
            (row.guardian_name, row.guardian_phone) = (guardian.name, guardian.phone);
        }
    }
    Ok(())
}

/// The classes of the term's academic year that the person reaches, by title.
pub(super) async fn reachable_classes(
    context: &Context,
    access: &Access,
    term: &academic_sessions::Model,
) -> Result<Vec<classes::Model>> {
    let db = context.store().reader();
    let taught = match access.at(term.school_id)? {
        Reach::School => None,
        _ => Some(access.taught_classes(db, term.school_id).await?),
    };
    classes_of(db, term, taught).await
}

/// The classes of the term's academic year, by title; `among` where not all of them are meant.
async fn classes_of(
    db: &impl ConnectionTrait,
    term: &academic_sessions::Model,
    among: Option<Vec<ClassId>>,
) -> Result<Vec<classes::Model>> {
    let mut found = classes::Entity::find()
        .filter(classes::Column::SchoolId.eq(term.school_id))
        .filter(classes::Entity::existing());
    if let Some(year) = term.parent_id {
        found = found.filter(classes::Column::YearId.is_in([year, term.id]));
    }
    if let Some(among) = among {
        found = found.filter(classes::Column::Id.is_in(among));
    }
    Ok(found.order_by_asc(classes::Column::SortTitle).order_by_asc(classes::Column::Title).all(db).await?)
}

/// The signs of risk of the student at this place; empty for the others.
pub(super) fn reasons(
    results: &ClassResults,
    place: usize,
    before: &Before,
    attendance: Option<&AttendanceCounts>,
    rules: &GradingRules,
    grading: &Grading,
) -> Vec<RiskReason> {
    let student = results.students[place].id;
    let fell = |now: Option<f64>, before: Option<f64>| match (now, before) {
        (Some(now), Some(before)) if difference(before, now) >= rules.fall_percent => Some((now, before)),
        _ => None,
    };
    let mut reasons = Vec::new();
    let overall = |code, value, limit| RiskReason { code, course: None, subject_title: None, value, limit };
    if let Some(percent) = results.overall[place].filter(|percent| !grading.passes(*percent)) {
        reasons.push(overall(RiskCode::OverallBelowPass, percent, rules.pass_percent));
    }
    if let Some((now, before)) = fell(results.overall[place], before.overall(student)) {
        reasons.push(overall(RiskCode::OverallFalling, now, before));
    }
    let mut missing = 0;
    for (subject, courses) in results.taken(place) {
        let of_subject = |code, value, limit| RiskReason {
            code,
            course: courses.last().map(|(course, _)| course.book.course.id),
            subject_title: Some(subject.title.clone()),
            value,
            limit,
        };
        let total = subject.totals[place];
        if let Some(percent) = total.filter(|percent| !grading.passes(*percent)) {
            reasons.push(of_subject(RiskCode::SubjectBelowPass, percent, rules.pass_percent));
        }
        if let Some((now, before)) = fell(total, before.subject(student, subject.subject)) {
            reasons.push(of_subject(RiskCode::SubjectFalling, now, before));
        }
        missing += courses.iter().map(|(course, _)| course.book.count(student, Mark::Missing)).sum::<usize>();
    }
    if missing >= MISSING_AT_RISK {
        reasons.push(overall(RiskCode::MissingMarks, missing as f64, MISSING_AT_RISK as f64));
    }
    // As it is shown: 89.96 % is 90 %, and 90 % is not below 90 %.
    let rate = attendance.and_then(attendance_rate).map(|rate| Rounding::to(RATE_DECIMALS).round_written(rate));
    if let Some(rate) = rate.filter(|rate| *rate < rules.attendance_percent) {
        reasons.push(overall(RiskCode::OftenAbsent, rate, rules.attendance_percent));
    }
    reasons
}
