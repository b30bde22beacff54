//! The demo's marks and attendance of one term.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rand::RngExt;
use rand::rngs::StdRng;
use store::Transaction;
use store::entities::*;
use store::ids::*;
use words::refusals;

use super::fill::{Calendar, DemoSchool};
use super::roster::Roster;
use crate::schools::SchoolDays;
use crate::{Context, Result};

/// Decimals are whole ten-thousandths.
const ONE: i64 = 10_000;

/// A category: title, weight in percent, and its assessments with their maximum.
type PlannedCategory = (&'static str, i64, &'static [(&'static str, i64)]);

const PLAN: [PlannedCategory; 3] = [
    ("Tests", 50, &[("Test 1", 20), ("Test 2", 20)]),
    ("Homework", 20, &[("Homework 1", 10), ("Homework 2", 10)]),
    ("Project", 30, &[("Project", 50)]),
];

/// Makes categories, assessments, marks and class teachers' comments. A student's marks follow an ability of the student
/// and a gift for the subject, so that the analytics have something to find.
pub async fn marks(
    context: &Context,
    tx: &mut Transaction<'_>,
    rng: &mut StdRng,
    school: SchoolId,
    roster: &Roster,
    calendar: &Calendar,
    made: &mut DemoSchool,
) -> Result<()> {
    let mut category_rows = Vec::new();
    let mut assessment_rows = Vec::new();
    let mut mark_rows = Vec::new();
    let students = roster.classes.iter().flat_map(|class| &class.students);
    let ability: HashMap<StudentId, f64> = students.map(|id| (*id, 0.64 + 0.13 * normal(rng))).collect();
    for class in roster.classes.iter().chain(&roster.sets) {
        for course in &class.courses {
            let gift: HashMap<StudentId, f64> = class.students.iter().map(|id| (*id, 0.06 * normal(rng))).collect();
            let hard = 0.04 * normal(rng);
            let mut position = 0;
            for (order, (title, weight, assessments)) in (0..).zip(PLAN) {
                let category = categories::Model {
                    id: CategoryId::new(),
                    school_id: school,
                    course_id: *course,
                    title: title.into(),
                    weight: weight * ONE,
                    position: order,
                    deleted_at: None,
                    source_id: None,
                    version: 1,
                };
                for (title, maximum) in assessments {
                    let days = 10 + 9 * u64::try_from(position).unwrap_or(0);
                    let assessment = assessments::Model {
                        id: AssessmentId::new(),
                        school_id: school,
                        course_id: *course,
                        category_id: category.id,
                        term_id: calendar.term.id,
                        title: (*title).into(),
                        maximum: maximum * ONE,
                        date: Some((calendar.term.start_date + Days::new(days)).min(calendar.term.end_date)),
                        position,
                        deleted_at: None,
                        due_date: None,
                        period: None,
                        source_id: None,
                        version: 1,
                    };
                    let takes = |student: &&StudentId| !roster.exempted.contains(&(*course, **student));
                    for student in class.students.iter().filter(takes) {
                        let share = ability[student] + gift[student] - hard + 0.08 * normal(rng);
                        if let Some(row) = mark(context, rng, school, assessment.id, *student, share, *maximum) {
                            mark_rows.push(row);
                        }
                    }
                    assessment_rows.push(assessment);
                    position += 1;
                }
                category_rows.push(category);
            }
        }
    }
    made.assessments += u32::try_from(assessment_rows.len()).unwrap_or(0);
    made.marks += u32::try_from(mark_rows.len()).unwrap_or(0);
    tx.insert_many::<categories::Entity>(category_rows).await?;
    tx.insert_many::<assessments::Entity>(assessment_rows).await?;
    tx.insert_many::<marks::Entity>(mark_rows).await?;
    comments(context, tx, rng, school, roster, calendar).await
}

/// One cell: two in a hundred excused, two missing, two not entered yet; halves of a mark are given.
fn mark(
    context: &Context,
    rng: &mut StdRng,
    school: SchoolId,
    assessment: AssessmentId,
    student: StudentId,
    share: f64,
    maximum: i64,
) -> Option<marks::Model> {
    let (state, value) = match rng.random_range(0..50) {
        0 => (MarkKept::Excused, None),
        1 => (MarkKept::Missing, None),
        2 => return None,
        _ => {
            let halves = (share.clamp(0.05, 1.0) * maximum as f64 * 2.0).round() as i64;
            (MarkKept::Marked, Some(halves * ONE / 2))
        }
    };
    Some(marks::Model {
        id: MarkId::new(),
        school_id: school,
        assessment_id: assessment,
        student_id: student,
        state,
        value,
        updated_by: None,
        updated_at: context.now(),
        source_id: None,
        score_status: None,
        score_date: None,
        version: 1,
    })
}

const REMARKS: [&str; 6] = [
    "Works steadily and asks good questions. A pleasure to have in class.",
    "Has made clear progress this term; more practice at home will help further.",
    "Takes part with interest, and helps others when work is finished early.",
    "Capable of more: homework handed in on time would show in the results.",
    "Reads widely and writes with care. Keep it up.",
    "Quiet in lessons, yet thorough in everything that is handed in.",
];

async fn comments(
    context: &Context,
    tx: &mut Transaction<'_>,
    rng: &mut StdRng,
    school: SchoolId,
    roster: &Roster,
    calendar: &Calendar,
) -> Result<()> {
    let mut rows = Vec::new();
    for student in roster.classes.iter().flat_map(|class| &class.students) {
        // A few are still to be written, as at the end of any term.
        if rng.random_ratio(1, 12) {
            continue;
        }
        rows.push(report_comments::Model {
            id: CommentId::new(),
            school_id: school,
            student_id: *student,
            term_id: calendar.term.id,
            course_id: None,
            kind: CommentKind::ClassTeacher,
            body: REMARKS[rng.random_range(0..REMARKS.len())].into(),
            updated_by: None,
            updated_at: context.now(),
            version: 1,
        });
    }
    tx.insert_many::<report_comments::Entity>(rows).await?;
    Ok(())
}

/// Makes a register for every class and weekday of the term before the calendar's last day.
pub async fn attendance(
    context: &Context,
    tx: &mut Transaction<'_>,
    rng: &mut StdRng,
    school: SchoolId,
    roster: &Roster,
    calendar: &Calendar,
    made: &mut DemoSchool,
) -> Result<()> {
    let code = |meaning| calendar.codes.iter().find(|code| code.meaning == meaning).map(|code| code.id);
    let (Some(present), Some(absent), Some(late), Some(excused)) = (
        code(AttendanceMeaning::Present),
        code(AttendanceMeaning::Absent),
        code(AttendanceMeaning::Late),
        code(AttendanceMeaning::Excused),
    ) else {
        return Err(crate::Error::not_found(refusals::gone::attendance_code()));
    };
    let days: Vec<NaiveDate> = calendar
        .term
        .start_date
        .iter_days()
        .take_while(|day| *day < calendar.until)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .collect();
    let school_days = SchoolDays::load(tx.reader(), school).await?;
    let mut registers_rows = Vec::new();
    let mut cells = Vec::new();
    for class in &roster.classes {
        // How often somebody is away differs from child to child; a few are away far too often.
        let habit: Vec<f64> =
            class.students.iter().map(|_| if rng.random_ratio(1, 15) { 0.18 } else { 0.03 }).collect();
        let has_school = |day: &&NaiveDate| school_days.has_school(**day, Some(&class.level));
        for day in days.iter().filter(has_school) {
            registers_rows.push(registers::Model {
                id: RegisterId::new(),
                school_id: school,
                class_id: class.class,
                date: *day,
                lesson: 0,
                taken_by: None,
                taken_at: Some(context.now()),
                even_if_no_school: false,
                version: 1,
            });
            for (student, away) in class.students.iter().zip(&habit) {
                let (code_id, reason, minutes_late) = if rng.random_bool(*away) {
                    if rng.random_bool(0.4) {
                        (excused, Some("Illness".to_owned()), None)
                    } else {
                        (absent, None, None)
                    }
                } else if rng.random_bool(0.03) {
                    (late, None, Some(rng.random_range(3..25)))
                } else {
                    (present, None, None)
                };
                cells.push(attendance_marks::Model {
                    id: AttendanceMarkId::new(),
                    school_id: school,
                    class_id: class.class,
                    student_id: *student,
                    date: *day,
                    lesson: 0,
                    code_id,
                    reason,
                    minutes_late,
                    source: MarkSource::Hand,
                    updated_by: None,
                    updated_at: context.now(),
                    version: 1,
                });
            }
        }
    }
    made.registers += u32::try_from(registers_rows.len()).unwrap_or(0);
    made.attendance_marks += u32::try_from(cells.len()).unwrap_or(0);
    tx.insert_many::<registers::Entity>(registers_rows).await?;
    tx.insert_many::<attendance_marks::Entity>(cells).await?;
    Ok(())
}

/// A number of the standard normal distribution (Box and Muller 1958).
fn normal(rng: &mut StdRng) -> f64 {
    let u: f64 = rng.random_range(f64::EPSILON..1.0);
    let v: f64 = rng.random();
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
