//! Attendance added up: how often each meaning, the rate, and how much was missed lately.

use std::collections::HashMap;

use ::analytics::{AttendanceCounts, attendance_rate};
use chrono::{Days, NaiveDate};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Statement, Value};
use serde::{Deserialize, Serialize};
use store::entities::academic_sessions;
use store::ids::{AcademicSessionId, ClassId, SchoolId, StudentId};
use words::refusals;

use super::counted::only_counted;
use super::place::students_of_class;
use super::register::count;
use crate::error::Invalid;
use crate::people::bulk::placeholders;
use crate::people::{Named, name_order};
use crate::schools::{AttendanceMeaning, current_year, school_day};
use crate::{Access, Call, Context, Error, Reach, Result};

/// Days that "lately" looks back where nobody says.
const RECENT_DAYS: u32 = 30;

/// Input of [`attendance_summary`]: of a class or of a student.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SummaryOf {
    pub class: Option<ClassId>,
    pub student: Option<StudentId>,
    /// A term or an academic year; the present year where left out.
    pub term: Option<AcademicSessionId>,
    /// How many days up to today count as lately; 30 where left out, 1 to 366.
    pub days: Option<u32>,
}

/// What was missed in some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Absenteeism {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub counts: AttendanceCounts,
    /// Percentage of register cells that were absent or excused, 0 to 100; none where there are none.
    pub percent: Option<f64>,
}

/// A student's attendance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentAttendance {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// The name in the order of the school's lists.
    pub list_name: String,
    pub counts: AttendanceCounts,
    /// Percentage of register cells at which the student was there, late or not.
    pub rate: Option<f64>,
    pub recently: Absenteeism,
}

/// Attendance of a class or a student in a term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceSummary {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub counts: AttendanceCounts,
    pub rate: Option<f64>,
    pub recently: Absenteeism,
    /// By name; of a class its students of today.
    pub students: Vec<StudentAttendance>,
}

/// Adds attendance up, of a class with each of its students, or of one student.
pub(super) async fn attendance_summary(call: &Call, input: SummaryOf) -> Result<AttendanceSummary> {
    let access = call.access();
    let db = call.store().reader();
    let (school, students) = people(call, access, &input).await?;
    let today = school_day(call, db, school).await?;
    let (from, to) = period(db, school, input.term, today).await?;
    let days = input.days.unwrap_or(RECENT_DAYS);
    if !(1..=366).contains(&days) {
        return Err(Error::field("days", "out_of_range", refusals::attendance::days_out_of_range()));
    }
    let since = today - Days::new(u64::from(days - 1));
    let ids: Vec<StudentId> = students.iter().map(|student| student.id).collect();
    let counts = counts_of_students(db, school, &ids, input.class, from, to).await?;
    let recent = counts_of_students(db, school, &ids, input.class, since, today).await?;
    let order = name_order(db, school).await?;
    let absenteeism = |counts| Absenteeism { from: since, to: today, counts, percent: missed(&counts) };
    let rows: Vec<StudentAttendance> = students
        .into_iter()
        .map(|student| {
            let of = |all: &HashMap<StudentId, AttendanceCounts>| all.get(&student.id).copied().unwrap_or_default();
            let own = of(&counts);
            StudentAttendance {
                student: student.id,
                name: student.full_name(),
                list_name: student.list_name(order),
                number: student.number,
                counts: own,
                rate: attendance_rate(&own),
                recently: absenteeism(of(&recent)),
            }
        })
        .collect();
    let all = total(rows.iter().map(|row| row.counts));
    Ok(AttendanceSummary {
        from,
        to,
        counts: all,
        rate: attendance_rate(&all),
        recently: absenteeism(total(rows.iter().map(|row| row.recently.counts))),
        students: rows,
    })
}

async fn people(
    context: &Context,
    access: &Access,
    input: &SummaryOf,
) -> Result<(SchoolId, Vec<store::entities::students::Model>)> {
    let db = context.store().reader();
    match (input.class, input.student) {
        (class, Some(student)) => {
            let student = access.student_or_deleted(db, student).await?;
            if let Some(class) = class {
                access.class(db, class).await?;
            }
            Ok((student.school_id, vec![student]))
        }
        (Some(class), None) => {
            let class = access.class(db, class).await?;
            // A student reaches the class, but not what the others did.
            if access.at(class.school_id)? == Reach::Own {
                return Err(Error::forbidden());
            }
            let today = school_day(context, db, class.school_id).await?;
            Ok((class.school_id, students_of_class(db, class.school_id, class.id, today).await?))
        }
        (None, None) => {
            Err(Invalid::default().add("class", "required", refusals::attendance::class_or_student()).into_error())
        }
    }
}

async fn period(
    db: &impl ConnectionTrait,
    school: SchoolId,
    term: Option<AcademicSessionId>,
    today: NaiveDate,
) -> Result<(NaiveDate, NaiveDate)> {
    let id = match term {
        Some(term) => Some(term),
        None => current_year(db, school, today).await?,
    };
    let Some(id) = id else { return Ok((today, today)) };
    let found = academic_sessions::Entity::find_by_id(id).one(db).await?;
    let session =
        found.filter(|session| session.school_id == school).ok_or_else(|| Error::not_found(refusals::gone::term()))?;
    Ok((session.start_date, session.end_date))
}

/// Percentage of cells that were absent or excused.
fn missed(counts: &AttendanceCounts) -> Option<f64> {
    attendance_rate(counts).map(|there| 100.0 - there)
}

fn total(counts: impl Iterator<Item = AttendanceCounts>) -> AttendanceCounts {
    counts.fold(AttendanceCounts::default(), |sum, of| AttendanceCounts {
        present: sum.present + of.present,
        late: sum.late + of.late,
        absent: sum.absent + of.absent,
        excused: sum.excused + of.excused,
    })
}

#[derive(FromQueryResult)]
struct Counted {
    student_id: StudentId,
    meaning: AttendanceMeaning,
    cells: i64,
}

/// How often each of the students was marked with each meaning from one day to another, in all classes or in one; of a
/// homeroom all their days count, also those in the homeroom before.
/// Students without any are left out.
pub async fn counts_of_students(
    db: &impl ConnectionTrait,
    school: SchoolId,
    students: &[StudentId],
    class: Option<ClassId>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<StudentId, AttendanceCounts>> {
    let only_counted = only_counted(db, school, from, to).await?;
    let mut counts: HashMap<StudentId, AttendanceCounts> = HashMap::new();
    for some in students.chunks(1_000) {
        let mut values: Vec<Value> = vec![school.into(), from.into(), to.into()];
        values.extend(some.iter().map(|student| Value::from(*student)));
        let list = placeholders(4, some.len());
        let mut of_class = String::new();
        if let Some(class) = class {
            values.push(class.into());
            // The days of whoever moved here were days elsewhere too.
            of_class = format!(
                "AND (m.class_id = ${0} OR (m.lesson = 0 AND EXISTS (SELECT 1 FROM classes h \
                 WHERE h.id = ${0} AND h.kind = 'homeroom')))",
                values.len()
            );
        }
        let sql = format!(
            "SELECT m.student_id, c.meaning, COUNT(*) AS cells FROM attendance_marks m \
             JOIN attendance_codes c ON c.id = m.code_id \
             WHERE m.school_id = $1 AND m.date BETWEEN $2 AND $3 AND m.student_id IN ({list}) {of_class} {only_counted} \
             GROUP BY m.student_id, c.meaning"
        );
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        for row in Counted::find_by_statement(statement).all(db).await? {
            count(counts.entry(row.student_id).or_default(), row.meaning, u32::try_from(row.cells).unwrap_or(u32::MAX));
        }
    }
    Ok(counts)
}
