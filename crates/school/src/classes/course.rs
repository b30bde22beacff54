//! The page of a course, and putting a student into a subject.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, classes, courses, subjects};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, CourseId, ExemptionId, SchoolId, StudentId, SubjectId};
use words::refusals;

use super::class::{StaffRef, teachers_of};
use super::course_list::TAKERS;
use super::courses::{OfCourse, existing_course};
use super::enrolments::{check_day, check_students, course_class, enrol};
use super::exemptions::{exempt, take_again};
use crate::error::Invalid;
use crate::people::name_order;
use crate::schools::school_day;
use crate::{Call, Error, Reach, Result};

/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 4_000;

/// A time in which a student does not take a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExemptionRow {
    pub id: ExemptionId,
    pub start: NaiveDate,
    /// The last such day; none: from then on.
    pub end: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// A student of a course's class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseMember {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub preferred_name: Option<String>,
    pub native_name: Option<String>,
    /// In the class from this day on.
    pub start: NaiveDate,
    pub end: Option<NaiveDate>,
    /// In their order.
    pub exemptions: Vec<ExemptionRow>,
    /// Whether the student takes the course today, or will when the time in the class begins.
    pub takes: bool,
}

/// A course with who takes and who teaches it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseDetails {
    pub id: CourseId,
    pub school: SchoolId,
    pub year: AcademicSessionId,
    pub class: ClassId,
    pub class_title: String,
    pub class_kind: ClassKind,
    pub subject: SubjectId,
    pub subject_title: String,
    pub description: Option<String>,
    pub teachers: Vec<StaffRef>,
    /// The students of its class today or later, by name; a student sees nobody.
    pub members: Vec<CourseMember>,
    /// The number of places of its class; none: as many as come.
    pub places: Option<i32>,
    /// It, or its class.
    pub deleted: bool,
    pub version: i32,
}

/// Input of [`describe_course`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct DescribeCourse {
    pub course: CourseId,
    /// The version that the person saw.
    pub version: i32,
    /// At most 4,000 characters; blank takes it away.
    pub description: Option<String>,
}

/// What [`describe_course`] and [`join_course`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangedCourse {
    pub course: CourseDetails,
    pub undo: Option<AuditEntryId>,
}

/// Input of [`courses_to_join`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoursesToJoin {
    pub student: StudentId,
    pub subject: SubjectId,
    pub year: AcademicSessionId,
}

/// A course that a student may be put into.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseToJoin {
    pub id: CourseId,
    pub class: ClassId,
    pub class_title: String,
    pub class_kind: ClassKind,
    pub teachers: Vec<StaffRef>,
    /// Who takes it today or later.
    pub students: i64,
    pub places: Option<i32>,
    /// Whether the student takes it now or will.
    pub takes: bool,
    /// Whether the student can be put into it by [`join_course`]: a group, or a course of the own homeroom.
    pub open: bool,
}

/// Input of [`join_course`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct JoinCourse {
    pub student: StudentId,
    pub course: CourseId,
    /// The first day on which the student takes it.
    pub start: NaiveDate,
    /// The course that the student leaves for it: of a group the time in it ends, of the homeroom the student is exempted.
    pub instead_of: Option<CourseId>,
    /// Says that it is meant although no place is free.
    pub even_if_full: Option<bool>,
}

/// A course with its members.
pub(super) async fn course(call: &Call, input: OfCourse) -> Result<CourseDetails> {
    let row = call.access().course_or_deleted(call.store().reader(), input.course).await?;
    details(call, row).await
}

async fn details(call: &Call, row: courses::Model) -> Result<CourseDetails> {
    let db = call.store().reader();
    let class = classes::Entity::find_by_id(row.class_id).one(db).await?;
    let class = class.ok_or_else(|| Error::not_found(refusals::gone::class()))?;
    let subject = subjects::Entity::find_by_id(row.subject_id).one(db).await?;
    let members = match call.access().at(row.school_id)? {
        Reach::Own => Vec::new(),
        _ => members(call, &row).await?,
    };
    Ok(CourseDetails {
        teachers: teachers_of(call, row.school_id, row.id).await?,
        members,
        id: row.id,
        school: row.school_id,
        year: class.year_id,
        class: class.id,
        class_title: class.title,
        class_kind: class.kind,
        subject: row.subject_id,
        subject_title: subject.ok_or_else(|| Error::not_found(refusals::gone::subject()))?.title,
        description: row.description,
        places: class.places,
        deleted: row.deleted_at.is_some() || class.deleted_at.is_some(),
        version: row.version,
    })
}

#[derive(FromQueryResult)]
struct Found {
    student: StudentId,
    number: String,
    given_name: String,
    family_name: String,
    preferred_name: Option<String>,
    native_name: Option<String>,
    first: NaiveDate,
    last: Option<NaiveDate>,
    exemption: Option<ExemptionId>,
    exempt_from: Option<NaiveDate>,
    exempt_to: Option<NaiveDate>,
    reason: Option<String>,
}

async fn members(call: &Call, course: &courses::Model) -> Result<Vec<CourseMember>> {
    let db = call.store().reader();
    let today = school_day(call, db, course.school_id).await?;
    let sql = format!(
        "SELECT s.id AS student, s.number, s.given_name, s.family_name, s.preferred_name, s.native_name, \
         e.start_date AS first, e.end_date AS last, x.id AS exemption, x.start_date AS exempt_from, \
         x.end_date AS exempt_to, x.reason FROM enrolments e JOIN students s ON s.id = e.student_id AND s.deleted_at IS NULL \
         LEFT JOIN exemptions x ON x.school_id = $1 AND x.course_id = $2 AND x.student_id = e.student_id \
         WHERE e.school_id = $1 AND e.class_id = $3 AND (e.end_date IS NULL OR e.end_date >= $4) \
         ORDER BY s.{}, s.id, e.start_date, x.start_date",
        name_order(db, course.school_id).await?.column()
    );
    let values = [course.school_id.into(), course.id.into(), course.class_id.into(), today.into()];
    let mut members: Vec<CourseMember> = Vec::new();
    for row in Found::find_by_statement(call.store().statement(&sql, values)).all(db).await? {
        if members.last().is_none_or(|member| member.student != row.student) {
            members.push(CourseMember {
                student: row.student,
                number: row.number,
                given_name: row.given_name,
                family_name: row.family_name,
                preferred_name: row.preferred_name,
                native_name: row.native_name,
                start: row.first,
                end: row.last,
                exemptions: Vec::new(),
                takes: true,
            });
        }
        let Some(member) = members.last_mut() else { continue };
        let known = |id: &ExemptionId| member.exemptions.iter().any(|of| of.id == *id);
        if let Some((id, start)) = row.exemption.filter(|id| !known(id)).zip(row.exempt_from) {
            let day = today.max(member.start);
            member.takes &= !(start <= day && row.exempt_to.is_none_or(|end| end >= day));
            member.exemptions.push(ExemptionRow { id, start, end: row.exempt_to, reason: row.reason });
        }
    }
    Ok(members)
}

/// Sets what the page of a course says of it.
pub(super) async fn describe_course(call: &Call, input: DescribeCourse) -> Result<ChangedCourse> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    let mut invalid = Invalid::default();
    let description = invalid.optional("description", input.description.as_deref(), LONGEST_DESCRIPTION);
    invalid.check()?;
    let (saved, undo) = call
        .transact(async |tx| {
            let course = existing_course(tx, course.id).await?;
            if course.description == description {
                return Ok(course);
            }
            let before = courses::Model { version: input.version, ..course };
            let after = courses::Model { description, ..before.clone() };
            Ok(tx.update::<courses::Entity>(&before, after).await?)
        })
        .await?;
    Ok(ChangedCourse { course: details(call, saved).await?, undo })
}

#[derive(FromQueryResult)]
struct Joinable {
    id: CourseId,
    class: ClassId,
    class_title: String,
    class_kind: ClassKind,
    students: i64,
    places: Option<i32>,
    member: i64,
    exempt: i64,
}

/// The courses of a subject in a year, with their free places, as one student sees them.
pub(super) async fn courses_to_join(call: &Call, input: CoursesToJoin) -> Result<Vec<CourseToJoin>> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student(db, input.student).await?;
    access.whole_school(student.school_id)?;
    let today = school_day(call, db, student.school_id).await?;
    let sql = format!(
        "SELECT k.id, c.id AS class, c.title AS class_title, c.kind AS class_kind, c.places, ({TAKERS}) AS students, \
         (SELECT count(*) FROM enrolments o WHERE o.school_id = $1 AND o.class_id = c.id AND o.student_id = $4 \
         AND (o.end_date IS NULL OR o.end_date >= $3)) AS member, \
         (SELECT count(*) FROM exemptions w WHERE w.school_id = $1 AND w.course_id = k.id AND w.student_id = $4 \
         AND (w.end_date IS NULL OR w.end_date >= $3)) AS exempt \
         FROM courses k JOIN classes c ON c.id = k.class_id \
         WHERE k.school_id = $1 AND c.year_id = $2 AND k.subject_id = $5 AND k.deleted_at IS NULL AND c.deleted_at IS NULL \
         ORDER BY c.kind, c.sort_title, c.title"
    );
    let values: [Value; 5] =
        [student.school_id.into(), input.year.into(), today.into(), student.id.into(), input.subject.into()];
    let mut found = Vec::new();
    for row in Joinable::find_by_statement(call.store().statement(&sql, values)).all(db).await? {
        let takes = row.member > 0 && row.exempt == 0;
        found.push(CourseToJoin {
            teachers: teachers_of(call, student.school_id, row.id).await?,
            open: !takes && (row.class_kind == ClassKind::Group || row.member > 0),
            takes,
            id: row.id,
            class: row.class,
            class_title: row.class_title,
            class_kind: row.class_kind,
            students: row.students,
            places: row.places,
        });
    }
    Ok(found)
}

/// Puts a student into a course: of a group into the group, of the own homeroom by ending the exemption.
pub(super) async fn join_course(call: &Call, input: JoinCourse) -> Result<ChangedCourse> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student(db, input.student).await?;
    let course = access.course(db, input.course).await?;
    access.whole_school(course.school_id)?;
    if student.school_id != course.school_id {
        return Err(Error::not_found(refusals::gone::student()));
    }
    let left = match input.instead_of {
        Some(left) if left == course.id => {
            return Err(Error::field("insteadOf", "same", refusals::classes::same_course()));
        }
        Some(left) => Some(access.course(db, left).await?),
        None => None,
    };
    if left.as_ref().is_some_and(|left| left.school_id != course.school_id || left.subject_id != course.subject_id) {
        return Err(Error::field("insteadOf", "other_subject", refusals::classes::other_subject()));
    }
    let (course, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(course.school_id).await?;
            let course = existing_course(tx, course.id).await?;
            let class = course_class(tx, &course).await?;
            check_students(tx, &class, &[student.id]).await?;
            check_day(tx.reader(), &class, "start", input.start).await?;
            let before = super::enrolments::held(tx.reader(), &class, &[student.id]).await?;
            let member = before.iter().any(|row| row.end_date.is_none_or(|end| end >= input.start));
            let again = take_again(tx, &course, &[student.id], input.start).await?;
            match (class.kind, member) {
                (_, true) if again == 0 => {
                    return Err(Error::field("course", "taken", refusals::classes::takes_it_already()));
                }
                (ClassKind::Homeroom, false) => {
                    return Err(Error::field("course", "other_homeroom", refusals::classes::other_homerooms_course())
                        .help(refusals::classes::move_instead()));
                }
                (ClassKind::Group, false) => enrol(tx, &class, &[student.id], input.start).await?,
                (_, true) => {}
            }
            if let Some(left) = &left {
                leave(tx, left, student.id, input.start).await?;
            }
            if input.even_if_full != Some(true) {
                places_left(tx, &class, &course, input.start).await?;
            }
            Ok(course)
        })
        .await?;
    Ok(ChangedCourse { course: details(call, course).await?, undo })
}

/// The student takes a course no longer from a day on.
async fn leave(
    tx: &mut store::Transaction<'_>,
    course: &courses::Model,
    student: StudentId,
    from: NaiveDate,
) -> Result<()> {
    let class = course_class(tx, course).await?;
    match (class.kind, from.pred_opt()) {
        (ClassKind::Group, Some(last)) => super::enrolments::end(tx, &class, &[student], last).await,
        _ => exempt(tx, course, &[student], from, None, None).await,
    }
}

/// Refuses where more students take the course on a day than its class has places.
async fn places_left(
    tx: &store::Transaction<'_>,
    class: &classes::Model,
    course: &courses::Model,
    day: NaiveDate,
) -> Result<()> {
    let Some(places) = class.places else { return Ok(()) };
    let sql = format!("SELECT ({TAKERS}) FROM courses k WHERE k.school_id = $1 AND k.id = $2");
    let statement = tx.statement(&sql, [course.school_id.into(), course.id.into(), day.into()]);
    let row = tx.reader().query_one_raw(statement).await?;
    let takers: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
    if takers <= i64::from(places) {
        return Ok(());
    }
    let message = refusals::classes::no_place_free(places);
    Err(Error::field("course", "full", message).help(refusals::classes::other_course_or_all_the_same()))
}
