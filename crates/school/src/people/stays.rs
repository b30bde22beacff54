//! When a student is at the school: times with a first and a last day, the latest of which the student's own row repeats, so
//! that lists need no other table. What the student is on a day follows from the days, so that nothing has to happen when
//! one comes.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use store::Transaction;
use store::entities::{
    AcademicSessionKind, StayEntry, StayExit, StudentStatus, academic_sessions, classes, enrolments, leaves, stays,
    students,
};
use store::ids::{AcademicSessionId, ClassId, SchoolId, StayId, StudentId};
use words::refusals;

use super::bulk::update_student;
use crate::schools::load_settings;
use crate::{Error, Result};

/// Students that are asked for in one statement.
const AT_ONCE: usize = 500;

/// What a student is on a day.
pub fn status_on(student: &students::Model, on_leave: bool, day: NaiveDate) -> StudentStatus {
    if student.expected_on.is_some_and(|first| first > day) {
        StudentStatus::Expected
    } else if has_left(student, day) {
        student.status
    } else if on_leave {
        StudentStatus::OnLeave
    } else {
        StudentStatus::Active
    }
}

/// Whether the student's latest time at the school has ended before a day.
pub fn has_left(student: &students::Model, day: NaiveDate) -> bool {
    student.status != StudentStatus::Active && student.last_day.is_none_or(|last| last < day)
}

/// As SQL: whether the student of this identifier was of the school on the day that is value number `day`, whatever came later. The times of
/// the day are looked up once: asked for each student, SQLite walks all times of the school for every one of them.
pub fn there_on(student: &str, day: usize) -> String {
    format!(
        "{student} IN (SELECT y.student_id FROM stays y WHERE y.school_id = $1 AND y.start_date <= ${day} \
         AND (y.end_date IS NULL OR y.end_date >= ${day}))"
    )
}

/// As SQL: the students of the school `$1` who are on leave on the day that is value number `day`.
pub fn on_leave(day: usize) -> String {
    format!(
        "SELECT l.student_id FROM leaves l WHERE l.school_id = $1 AND l.start_date <= ${day} \
         AND (l.end_date IS NULL OR l.end_date >= ${day})"
    )
}

/// Which of these students are on leave on a day.
pub async fn on_leave_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    students: &[StudentId],
    day: NaiveDate,
) -> Result<Vec<StudentId>> {
    let mut found = Vec::new();
    for some in students.chunks(AT_ONCE) {
        let rows = leaves::Entity::find()
            .filter(leaves::Column::SchoolId.eq(school))
            .filter(leaves::Column::StudentId.is_in(some.iter().copied()))
            .filter(leaves::Column::StartDate.lte(day))
            .filter(leaves::Column::EndDate.is_null().or(leaves::Column::EndDate.gte(day)))
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|row| row.student_id));
    }
    Ok(found)
}

/// The times of these students at the school, each student's in their order.
pub async fn stays_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    students: &[StudentId],
) -> Result<HashMap<StudentId, Vec<stays::Model>>> {
    let mut found: HashMap<StudentId, Vec<stays::Model>> = HashMap::new();
    for some in students.chunks(AT_ONCE) {
        let rows = stays::Entity::find()
            .filter(stays::Column::SchoolId.eq(school))
            .filter(stays::Column::StudentId.is_in(some.iter().copied()))
            .order_by_asc(stays::Column::StartDate)
            .all(db)
            .await?;
        for row in rows {
            found.entry(row.student_id).or_default().push(row);
        }
    }
    Ok(found)
}

/// The first time at the school of a new student, from a day on.
pub fn first_stay(student: &students::Model, first_day: NaiveDate) -> stays::Model {
    stays::Model {
        id: StayId::new(),
        school_id: student.school_id,
        student_id: student.id,
        start_date: first_day,
        entry_kind: StayEntry::Enrolled,
        entry_reason: None,
        end_date: student.last_day,
        exit_kind: student.last_day.map(|_| exit_of(student.status)),
        exit_reason: None,
        version: 1,
    }
}

/// What a status says of how a time ended.
pub fn exit_of(status: StudentStatus) -> StayExit {
    match status {
        StudentStatus::Graduated => StayExit::Graduated,
        StudentStatus::Transferred => StayExit::Transferred,
        _ => StayExit::Withdrawn,
    }
}

/// The status that a time leaves behind once it is over.
fn status_of(exit: Option<StayExit>) -> StudentStatus {
    match exit {
        None => StudentStatus::Active,
        Some(StayExit::Withdrawn) => StudentStatus::Withdrawn,
        Some(StayExit::Graduated) => StudentStatus::Graduated,
        Some(StayExit::Transferred) => StudentStatus::Transferred,
    }
}

/// What a student's row repeats of the latest time.
pub fn repeat(student: &mut students::Model, latest: &stays::Model, today: NaiveDate) {
    student.expected_on = Some(latest.start_date).filter(|first| *first > today);
    student.last_day = latest.end_date;
    student.status = status_of(latest.exit_kind);
}

/// Writes into the student's row what its latest time says; the row as it now is.
pub(super) async fn settle(
    tx: &mut Transaction<'_>,
    student: students::Model,
    latest: &stays::Model,
    today: NaiveDate,
) -> Result<students::Model> {
    let mut after = student.clone();
    repeat(&mut after, latest, today);
    if after == student { Ok(student) } else { update_student(tx, &student, after).await }
}

/// What classes and leaves follow when the end of a student's time at the school is set from `was.end_date` to `end`: who
/// has left is in no class from the next day on; what ended with the time ends with it still. What belongs to another time
/// of the student stays. `years` is from [`years_of_classes`]. Returns the classes.
pub(super) async fn follow_end(
    tx: &mut Transaction<'_>,
    years: &HashMap<ClassId, NaiveDate>,
    was: &stays::Model,
    end: Option<NaiveDate>,
) -> Result<Vec<ClassId>> {
    let (school, student) = (was.school_id, was.student_id);
    let others = stays_of(tx.reader(), school, &[student]).await?.remove(&student).unwrap_or_default();
    let before =
        others.iter().filter(|other| other.start_date < was.start_date).filter_map(|other| other.end_date).max();
    let of_it = |start: NaiveDate| Some(start) > before && was.end_date.is_none_or(|end| start <= end);
    let mut touched = Vec::new();
    let rows = enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(school))
        .filter(enrolments::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?;
    for before in rows.into_iter().filter(|row| of_it(row.start_date)) {
        // A class of a year that is over by then ends with its year anyway.
        let over = years.get(&before.class_id).copied();
        if end.or(was.end_date).zip(over).is_some_and(|(day, over)| over <= day) {
            continue;
        }
        match ends_at(before.start_date, before.end_date, was.end_date, end) {
            Ending::Stays => continue,
            Ending::Gone => tx.delete::<enrolments::Entity>(&before).await?,
            Ending::At(end_date) => {
                let after = enrolments::Model { end_date, ..before.clone() };
                tx.update::<enrolments::Entity>(&before, after).await?;
            }
        }
        touched.push(before.class_id);
    }
    let rows = leaves::Entity::find()
        .filter(leaves::Column::SchoolId.eq(school))
        .filter(leaves::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?;
    for before in rows.into_iter().filter(|row| of_it(row.start_date)) {
        match ends_at(before.start_date, before.end_date, was.end_date, end) {
            Ending::Stays => {}
            Ending::Gone => tx.delete::<leaves::Entity>(&before).await?,
            Ending::At(end_date) => {
                let after = leaves::Model { end_date, ..before.clone() };
                tx.update::<leaves::Entity>(&before, after).await?;
            }
        }
    }
    touched.sort_unstable();
    touched.dedup();
    Ok(touched)
}

/// What becomes of a time within another one whose end is set anew.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    Stays,
    Gone,
    At(Option<NaiveDate>),
}

fn ends_at(start: NaiveDate, own: Option<NaiveDate>, was: Option<NaiveDate>, end: Option<NaiveDate>) -> Ending {
    if end.is_some_and(|end| start > end) {
        return Ending::Gone;
    }
    let ended_with = was.is_some() && own == was;
    let too_long = end.is_some_and(|end| own.is_none_or(|own| own > end));
    if (ended_with || too_long) && own != end { Ending::At(end) } else { Ending::Stays }
}

/// The last day of the year of each class of the school.
pub(super) async fn years_of_classes(
    db: &impl ConnectionTrait,
    school: SchoolId,
) -> Result<HashMap<ClassId, NaiveDate>> {
    let years: HashMap<AcademicSessionId, NaiveDate> = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
        .all(db)
        .await?
        .into_iter()
        .map(|year| (year.id, year.end_date))
        .collect();
    let classes = classes::Entity::find().filter(classes::Column::SchoolId.eq(school)).all(db).await?;
    Ok(classes.into_iter().filter_map(|class| Some((class.id, *years.get(&class.year_id)?))).collect())
}

/// Makes room at the school for times in classes that begin on `start`: before the student's first time, that one begins
/// earlier.
///
/// # Errors
/// Names the first student who was not of the school on that day.
pub async fn there_from(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    students: &[StudentId],
    start: NaiveDate,
    field: &str,
) -> Result<HashMap<StudentId, Option<NaiveDate>>> {
    let mut until = HashMap::new();
    let times = stays_of(tx.reader(), school, students).await?;
    for (student, times) in times {
        let within = times.iter().find(|time| time.start_date <= start && time.end_date.is_none_or(|end| end >= start));
        if let Some(time) = within {
            until.insert(student, time.end_date);
            continue;
        }
        let (Some(first), Some(latest)) = (times.first(), times.last()) else { continue };
        let row = students::Entity::find_by_id(student).one(tx.reader()).await?;
        let row = row.ok_or_else(|| Error::not_found(refusals::gone::student()))?;
        if start >= first.start_date {
            let order = load_settings(tx.reader(), school).await?.day_order;
            let name = super::full_name(&row.given_name, &row.family_name);
            let message = match latest.end_date.filter(|end| *end < start) {
                Some(end) => refusals::people::has_left(name, order.write(end)),
                None => refusals::people::not_there_then(name),
            };
            return Err(Error::field(field, "not_at_school", message).help(refusals::people::re_enrol_first()));
        }
        let after = stays::Model { start_date: start, ..first.clone() };
        let after = tx.update::<stays::Entity>(first, after).await?;
        until.insert(student, after.end_date);
        if first.id == latest.id && row.expected_on.is_some() {
            let expected = students::Model { expected_on: row.expected_on.map(|_| start), ..row.clone() };
            update_student(tx, &row, expected).await?;
        }
    }
    Ok(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_with_the_time_at_the_school_goes_on_to_end_with_it() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day);
        let of = |own: Option<NaiveDate>, was, end| ends_at(day(5).unwrap(), own, was, end);
        assert_eq!(of(None, None, day(20)), Ending::At(day(20)));
        assert_eq!(of(day(10), None, day(20)), Ending::Stays, "ended before");
        assert_eq!(of(None, None, day(4)), Ending::Gone, "never came to be");
        assert_eq!(of(day(20), day(20), day(25)), Ending::At(day(25)), "corrected to a later day");
        assert_eq!(of(day(20), day(20), None), Ending::At(None), "not left after all");
        assert_eq!(of(day(10), day(20), None), Ending::Stays, "a class that ended before stays ended");
        assert_eq!(of(day(25), None, day(20)), Ending::At(day(20)));
    }
}
