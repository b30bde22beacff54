//! What a student achieved at the schools of the district from which the student came: read there, as it was given there.

use ::analytics::{AttendanceCounts, attendance_rate};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, schools, stays, students};
use store::ids::AcademicSessionId;

use super::attendance::load_attendance;
use super::student::card_of;
use crate::gradebook::Grading;
use crate::people::{OfStudent, records_before};
use crate::schools::school_day;
use crate::{Call, Result};

/// A subject's result at another school, by its rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EarlierSubject {
    pub subject_title: String,
    /// In percent; none where nothing counts.
    pub percent: Option<f64>,
    pub grade: Option<String>,
}

/// A term at another school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EarlierTerm {
    pub year_title: String,
    pub term_title: String,
    pub class_title: String,
    /// The mean of the totals of all subjects, in percent.
    pub overall: Option<f64>,
    pub grade: Option<String>,
    pub subjects: Vec<EarlierSubject>,
    pub attendance: AttendanceCounts,
    /// In percent; none where no register was taken.
    pub attendance_rate: Option<f64>,
}

/// The record of a student at another school of the district.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EarlierSchool {
    pub school_name: String,
    /// The student's number there.
    pub number: String,
    pub first_day: Option<NaiveDate>,
    /// None where the student is there (again).
    pub last_day: Option<NaiveDate>,
    /// The newest first.
    pub terms: Vec<EarlierTerm>,
}

/// The schools of the district from which a student came by transfers, with the results of each term there. Marks
/// stay with the school that gave them.
pub(super) async fn earlier_schools(call: &Call, input: OfStudent) -> Result<Vec<EarlierSchool>> {
    let db = call.store().reader();
    let student = call.access().student(db, input.student).await?;
    let mut found = Vec::new();
    for record in records_before(db, student.id).await?.into_iter().skip(1) {
        if let Some(record) = students::Entity::find_by_id(record).filter(students::Entity::existing()).one(db).await? {
            found.push(at_school(call, record).await?);
        }
    }
    Ok(found)
}

async fn at_school(call: &Call, record: students::Model) -> Result<EarlierSchool> {
    let db = call.store().reader();
    let school = schools::Entity::find_by_id(record.school_id).one(db).await?;
    let times = stays::Entity::find()
        .filter(stays::Column::SchoolId.eq(record.school_id))
        .filter(stays::Column::StudentId.eq(record.id))
        .order_by_asc(stays::Column::StartDate)
        .all(db)
        .await?;
    let grading = Grading::load(db, record.school_id).await?;
    let today = school_day(call, db, record.school_id).await?;
    let mut terms = Vec::new();
    for (term, year_title) in terms_of(db, &record, &times).await? {
        let Some((class, results)) = card_of(db, &record, &term, today, &grading).await? else { continue };
        let Some(place) = results.place(record.id) else { continue };
        let attendance = load_attendance(call.store(), &[record.id], &term).await?.remove(&record.id);
        let grade = |percent: Option<f64>| percent.and_then(|percent| grading.grade(percent));
        let subjects = results.taken(place).filter_map(|(subject, courses)| {
            let (course, at) = courses.last()?;
            let percent = course.totals[*at];
            Some(EarlierSubject { subject_title: subject.title.clone(), percent, grade: grade(percent) })
        });
        terms.push(EarlierTerm {
            year_title,
            class_title: class.title,
            overall: results.overall[place],
            grade: grade(results.overall[place]),
            subjects: subjects.collect(),
            attendance_rate: attendance.as_ref().and_then(attendance_rate),
            attendance: attendance.unwrap_or_default(),
            term_title: term.title,
        });
    }
    Ok(EarlierSchool {
        school_name: school.map(|school| school.name).unwrap_or_default(),
        number: record.number,
        first_day: times.first().map(|time| time.start_date),
        last_day: times.last().and_then(|time| time.end_date),
        terms,
    })
}

/// The terms in which the student was at the school, the newest first, each with the title of its year.
async fn terms_of(
    db: &impl ConnectionTrait,
    record: &students::Model,
    times: &[stays::Model],
) -> Result<Vec<(academic_sessions::Model, String)>> {
    let sessions = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(record.school_id))
        .filter(academic_sessions::Entity::existing())
        .order_by_desc(academic_sessions::Column::StartDate)
        .all(db)
        .await?;
    let title =
        |id: Option<AcademicSessionId>| sessions.iter().find(|row| Some(row.id) == id).map(|row| row.title.clone());
    let there = |term: &academic_sessions::Model| {
        let meets = |time: &stays::Model| {
            time.start_date <= term.end_date && time.end_date.is_none_or(|end| end >= term.start_date)
        };
        times.iter().any(meets)
    };
    let terms = sessions.iter().filter(|row| row.kind == AcademicSessionKind::Term && there(row));
    Ok(terms.map(|term| (term.clone(), title(term.parent_id).unwrap_or_default())).collect())
}
