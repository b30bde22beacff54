//! What needs doing today, and how the school stands today: for teachers, for the office, for leaders. Every figure
//! carries what it opens.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, academic_sessions};
use store::ids::{AcademicSessionId, AssessmentId, AttendanceCodeId, ClassId, CourseId, SchoolId, StaffId, StudentId};

use super::first_hour::{FirstStepState, first_hour};
use super::history::{ChangeEntry, newest};
use super::today_results::{TodayResult, results_of_classes};
use crate::people::{AttendanceCount, name_order, whom_to_call};
use crate::schools::{
    AttendanceMeaning, OfSchool, OffDay, SchoolDays, current_term, current_year, load_settings, school_day,
};
use crate::{Call, Context, Operation, Result, Role};
use crate::{ClockDoubt, clock_doubt};

/// The term of today.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayTerm {
    pub id: AcademicSessionId,
    pub title: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// A class with the state of its register of the day.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayClass {
    pub class: ClassId,
    pub title: String,
    pub kind: ClassKind,
    pub students: i64,
    /// When the register of the day was taken; none: not yet. A group has none.
    pub taken_at: Option<DateTime<Utc>>,
    /// Whether the person is its class teacher.
    pub class_teacher: bool,
    pub grade_level: Option<String>,
    /// Why its grade level has no school today; none on a school day.
    #[sea_orm(skip)]
    pub off: Option<OffDay>,
}

/// An assessment that is due and in which marks are missing.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayAssessment {
    pub assessment: AssessmentId,
    pub course: CourseId,
    pub title: String,
    pub class_title: String,
    pub subject_title: String,
    pub date: Option<NaiveDate>,
    /// Students of the class without a mark.
    pub missing: i64,
}

/// Report card comments of a course that are still to be written.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayComments {
    pub course: CourseId,
    pub class: ClassId,
    pub class_title: String,
    pub subject_title: String,
    pub written: i64,
    pub students: i64,
}

/// The class teacher's report card comments of a class that are still to be written.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayClassComments {
    pub class: ClassId,
    pub title: String,
    pub written: i64,
    pub students: i64,
}

/// For who teaches.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeacherToday {
    pub classes: Vec<TodayClass>,
    pub assessments: Vec<TodayAssessment>,
    /// In the last six weeks of a term.
    pub comments: Vec<TodayComments>,
    /// Of the classes whose class teacher the person is, in the last six weeks of a term.
    pub class_comments: Vec<TodayClassComments>,
}

/// Somebody absent today without a reason.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayAbsence {
    pub student: StudentId,
    pub given_name: String,
    pub family_name: String,
    pub number: String,
    pub class: ClassId,
    pub class_title: String,
    /// The code of the day's register and the version of its cell, for a reason that is typed here.
    pub code_id: AttendanceCodeId,
    pub version: i32,
    /// The telephone number of the guardian who is called first.
    pub guardian_phone: Option<String>,
    pub guardian_name: Option<String>,
}

/// For the office.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfficeToday {
    pub unexplained: Vec<TodayAbsence>,
    /// Classes whose register of the day is not taken.
    pub registers_missing: Vec<TodayClass>,
    /// How many registers of the day are taken.
    pub registers_taken: i64,
    /// The newest changes of the roster.
    pub changes: Vec<ChangeEntry>,
}

/// A class's attendance today.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TodayAttendance {
    pub class: ClassId,
    pub title: String,
    pub students: i64,
    pub present: i64,
    pub late: i64,
    pub absent: i64,
    pub excused: i64,
    pub taken_at: Option<DateTime<Utc>>,
    pub grade_level: Option<String>,
    /// Why its grade level has no school today; none on a school day.
    #[sea_orm(skip)]
    pub off: Option<OffDay>,
}

/// For leaders.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeaderToday {
    /// Students enrolled in the classes of the year.
    pub students: i64,
    pub attendance: Vec<AttendanceCount>,
    pub classes: Vec<TodayAttendance>,
    pub results: Vec<TodayResult>,
}

/// The screen of the day; a part is there where it concerns the person.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    pub date: NaiveDate,
    /// Whether there is school for anybody.
    pub is_school_day: bool,
    /// Why there is none.
    pub off: Option<OffDay>,
    pub term: Option<TodayTerm>,
    pub teacher: Option<TeacherToday>,
    pub office: Option<OfficeToday>,
    pub leader: Option<LeaderToday>,
    /// What is missing until marks can be typed and cards printed, for whoever leads the school or its office; none where all
    /// is there or the steps were put away.
    pub first_hour: Option<Vec<FirstStepState>>,
    /// Where the clock of this computer is not believed, for whoever leads the school or its office.
    pub clock: Option<ClockDoubt>,
}

/// Comments are asked for in so many last days of a term.
const COMMENT_DAYS: i64 = 42;

struct Day {
    school: SchoolId,
    date: NaiveDate,
    is_school_day: bool,
    days: SchoolDays,
    year: AcademicSessionId,
    term: academic_sessions::Model,
}

/// What needs doing today.
pub(super) async fn today(call: &Call, input: OfSchool) -> Result<Today> {
    let access = call.access();
    access.at(input.school)?;
    let db = call.store().reader();
    let date = school_day(call, db, input.school).await?;
    let settings = load_settings(db, input.school).await?;
    let term = current_term(db, input.school, date).await?;
    let year = current_year(db, input.school, date).await?;
    let days = SchoolDays::load(db, input.school).await?;
    let off = days.off(date, None);
    let is_school_day = off.is_none();
    let shown = term.as_ref().map(|term| TodayTerm {
        id: term.id,
        title: term.title.clone(),
        start: term.start_date,
        end: term.end_date,
    });
    let roles: Vec<Role> = call.actor()?.grants.iter().filter(|(at, _)| *at == input.school).map(|g| g.1).collect();
    let leads = roles.iter().any(|role| *role <= Role::Principal);
    let office_too = leads || roles.contains(&Role::Operator);
    let first_hour = match office_too && !settings.first_hour_put_away {
        true => first_hour(call, input.school, year).await?,
        false => None,
    };
    let clock = if office_too { clock_doubt(&call.services).await? } else { None };
    let (teacher, office, leader) = (None, None, None);
    let mut today = Today { date, is_school_day, off, term: shown, teacher, office, leader, first_hour, clock };
    let (Some(term), Some(year)) = (term, year) else { return Ok(today) };
    let day = Day { school: input.school, date, is_school_day, days, year, term };
    if let Some(staff) = access.staff() {
        let teacher = self::teacher(call, &day, staff).await?;
        if roles.contains(&Role::Teacher) || !teacher.classes.is_empty() {
            today.teacher = Some(teacher);
        }
    }
    if office_too {
        let classes = attendance(call, &day).await?;
        today.office = Some(self::office(call, &day, &classes).await?);
        if leads {
            today.leader = Some(self::leader(call, &day, classes).await?);
        }
    }
    Ok(today)
}

async fn rows<T: FromQueryResult + Send + Sync>(
    context: &Context,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>> {
    Ok(T::find_by_statement(context.store().statement(sql, values)).all(context.store().reader()).await?)
}

async fn teacher(context: &Context, day: &Day, staff: StaffId) -> Result<TeacherToday> {
    let values = || [Value::from(day.school), day.year.into(), day.date.into(), staff.into()];
    let mut classes: Vec<TodayClass> = rows(context, include_str!("today_own_classes.sql"), values()).await?;
    for class in &mut classes {
        class.off = day.days.off(day.date, class.grade_level.as_deref());
    }
    let assessments = rows(
        context,
        include_str!("today_assessments.sql"),
        [Value::from(day.school), day.term.id.into(), day.date.into(), staff.into()],
    )
    .await?;
    let near_end = (day.term.end_date - day.date).num_days() <= COMMENT_DAYS && day.term.start_date <= day.date;
    let mut today = TeacherToday { classes, assessments, comments: Vec::new(), class_comments: Vec::new() };
    if near_end {
        let values = || [Value::from(day.school), day.year.into(), day.date.into(), staff.into(), day.term.id.into()];
        today.comments = rows(context, include_str!("today_comments.sql"), values()).await?;
        today.comments.retain(|row| row.written < row.students);
        today.class_comments = rows(context, include_str!("today_class_comments.sql"), values()).await?;
        today.class_comments.retain(|row| row.written < row.students);
    }
    Ok(today)
}

/// What counts as a change of the roster.
const ROSTER: [&Operation; 26] = [
    &crate::people::operations::save_student.operation,
    &crate::people::operations::delete_students.operation,
    &crate::people::operations::restore_students.operation,
    &crate::people::operations::save_staff.operation,
    &crate::people::operations::delete_staff.operation,
    &crate::people::operations::restore_staff.operation,
    &crate::classes::operations::save_class.operation,
    &crate::classes::operations::delete_classes.operation,
    &crate::classes::operations::restore_classes.operation,
    &crate::classes::operations::copy_classes.operation,
    &crate::classes::operations::save_course.operation,
    &crate::classes::operations::save_courses.operation,
    &crate::classes::operations::delete_course.operation,
    &crate::classes::operations::restore_courses.operation,
    &crate::classes::operations::describe_course.operation,
    &crate::exchange::operations::import_apply.operation,
    &crate::exchange::operations::import_set.operation,
    &crate::demo::operations::fill_demo_school.operation,
    &crate::classes::operations::enrol_students.operation,
    &crate::classes::operations::end_enrolments.operation,
    &crate::classes::operations::move_students.operation,
    &crate::classes::operations::correct_enrolment.operation,
    &crate::classes::operations::exempt_students.operation,
    &crate::classes::operations::end_exemptions.operation,
    &crate::classes::operations::join_course.operation,
    &crate::operations::undo.operation,
];

async fn office(context: &Context, day: &Day, classes: &[TodayAttendance]) -> Result<OfficeToday> {
    let order = name_order(context.store().reader(), day.school).await?;
    let sql = include_str!("today_absent.sql")
        .replace("{called}", &whom_to_call("SELECT student_id FROM away"))
        .replace("{sort}", order.column());
    let unexplained = rows(context, &sql, [Value::from(day.school), day.date.into()]).await?;
    let registers_missing = if day.is_school_day {
        classes
            .iter()
            .filter(|class| class.taken_at.is_none() && class.students > 0 && class.off.is_none())
            .map(|class| TodayClass {
                class: class.class,
                title: class.title.clone(),
                kind: ClassKind::Homeroom,
                students: class.students,
                taken_at: None,
                class_teacher: false,
                grade_level: class.grade_level.clone(),
                off: None,
            })
            .collect()
    } else {
        Vec::new()
    };
    let registers_taken = classes.iter().filter(|class| class.taken_at.is_some()).count() as i64;
    let changes = newest(context, day.school, &ROSTER, 10).await?;
    Ok(OfficeToday { unexplained, registers_missing, registers_taken, changes })
}

async fn attendance(context: &Context, day: &Day) -> Result<Vec<TodayAttendance>> {
    let values = [Value::from(day.school), day.year.into(), day.date.into()];
    let mut classes: Vec<TodayAttendance> = rows(context, include_str!("today_attendance.sql"), values).await?;
    for class in &mut classes {
        class.off = day.days.off(day.date, class.grade_level.as_deref());
    }
    Ok(classes)
}

async fn leader(context: &Context, day: &Day, classes: Vec<TodayAttendance>) -> Result<LeaderToday> {
    let sum = |of: fn(&TodayAttendance) -> i64| classes.iter().map(of).sum();
    let counts = [
        (AttendanceMeaning::Present, sum(|class| class.present)),
        (AttendanceMeaning::Late, sum(|class| class.late)),
        (AttendanceMeaning::Absent, sum(|class| class.absent)),
        (AttendanceMeaning::Excused, sum(|class| class.excused)),
    ];
    let results = results_of_classes(context, day.school, day.term.id).await?;
    Ok(LeaderToday {
        students: sum(|class| class.students),
        attendance: counts.into_iter().map(|(meaning, days)| AttendanceCount { meaning, days }).collect(),
        classes,
        results,
    })
}
