//! Courses: a subject as taught to a class, and by whom.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{SoftDeleted, assessments, categories, classes, courses, staff, subjects, teachings};
use store::ids::{AuditEntryId, ClassId, CourseId, SchoolId, StaffId, SubjectId, TeachingId};
use words::refusals;

use crate::Undoable;
use crate::error::Invalid;
use crate::{Call, Error, ErrorCode, Result};

/// The most who teach one course.
pub(super) const MOST_TEACHERS: usize = 20;
/// The most subjects that are added at once.
const MOST_COURSES: usize = 60;

/// Names a course.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfCourse {
    pub course: CourseId,
}

/// Input of [`save_course`]: adds a subject to a class, or changes who teaches it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveCourse {
    pub class: ClassId,
    pub subject: SubjectId,
    /// All who teach it; nobody is allowed.
    pub teachers: Vec<StaffId>,
}

/// What [`save_course`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedCourse {
    pub course: CourseId,
    pub undo: Option<AuditEntryId>,
}

/// A subject with all who teach it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewCourse {
    pub subject: SubjectId,
    /// All who teach it; nobody is allowed.
    pub teachers: Vec<StaffId>,
}

/// Input of [`save_courses`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveCourses {
    pub class: ClassId,
    /// 1 to 60; where the class has the subject already, its teachers become these.
    pub courses: Vec<NewCourse>,
    /// Other classes that get the same; what they have already stays as it is there.
    pub also: Option<Vec<ClassId>>,
}

/// What [`save_courses`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedCourses {
    /// Courses that were added.
    pub added: u32,
    pub undo: Option<AuditEntryId>,
}

/// Adds a subject to a class with its teachers; where the class has it already, changes the teachers.
pub(super) async fn save_course(call: &Call, input: SaveCourse) -> Result<SavedCourse> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    access.whole_school(class.school_id)?;
    let course = NewCourse { subject: input.subject, teachers: input.teachers };
    let (course, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(class.school_id).await?;
            still_there(tx, &[class.id]).await?;
            let mut invalid = Invalid::default();
            check(tx.reader(), class.school_id, "", &course, &mut invalid).await?;
            invalid.check()?;
            Ok(put(tx, &class, &course, true).await?.0)
        })
        .await?;
    Ok(SavedCourse { course, undo })
}

/// Adds several subjects with their teachers to a class, and to others that lack them, in one act.
pub(super) async fn save_courses(call: &Call, input: SaveCourses) -> Result<SavedCourses> {
    let access = call.access();
    let db = call.store().reader();
    let class = access.class(db, input.class).await?;
    access.whole_school(class.school_id)?;
    let mut also = Vec::new();
    for id in input.also.iter().flatten().filter(|id| **id != class.id) {
        let other = access.class(db, *id).await?;
        if other.school_id != class.school_id {
            return Err(Error::not_found(refusals::gone::class()));
        }
        also.push(other);
    }
    if input.courses.is_empty() || input.courses.len() > MOST_COURSES {
        return Err(Error::field("courses", "count", refusals::classes::subjects_count(MOST_COURSES)));
    }
    let (added, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(class.school_id).await?;
            still_there(tx, &also.iter().map(|other| other.id).chain([class.id]).collect::<Vec<_>>()).await?;
            let mut invalid = Invalid::default();
            for (i, course) in input.courses.iter().enumerate() {
                check(tx.reader(), class.school_id, &format!("courses.{i}."), course, &mut invalid).await?;
                if input.courses[..i].iter().any(|before| before.subject == course.subject) {
                    invalid.push(&format!("courses.{i}.subject"), "twice", refusals::classes::subject_twice());
                }
            }
            invalid.check()?;
            let mut added = 0;
            for course in &input.courses {
                added += u32::from(put(tx, &class, course, true).await?.1);
                for other in &also {
                    added += u32::from(put(tx, other, course, false).await?.1);
                }
            }
            Ok(added)
        })
        .await?;
    Ok(SavedCourses { added, undo })
}

/// The course of a subject in a class, made where there is none, with these teachers; `change` says whether a course that is
/// there gets them too. The second value says whether it was added.
pub(super) async fn put(
    tx: &mut Transaction<'_>,
    class: &classes::Model,
    course: &NewCourse,
    change: bool,
) -> Result<(CourseId, bool)> {
    let held = courses::Entity::find()
        .filter(courses::Column::SchoolId.eq(class.school_id))
        .filter(courses::Column::ClassId.eq(class.id))
        .filter(courses::Column::SubjectId.eq(course.subject))
        .one(tx.reader())
        .await?;
    let (row, added) = match held {
        Some(held) if held.deleted_at.is_none() => {
            if !change {
                return Ok((held.id, false));
            }
            (held, false)
        }
        Some(before) => {
            // A course that was taken out comes back with its marks.
            let after = courses::Model { deleted_at: None, ..before.clone() };
            (tx.update::<courses::Entity>(&before, after).await?, true)
        }
        None => {
            let row = courses::Model {
                id: CourseId::new(),
                school_id: class.school_id,
                class_id: class.id,
                subject_id: course.subject,
                source_id: None,
                deleted_at: None,
                description: None,
                version: 1,
            };
            (tx.insert::<courses::Entity>(row).await?, true)
        }
    };
    set_teachers(tx, &row, &course.teachers).await?;
    Ok((row.id, added))
}

/// Refuses where one of the classes was deleted in the meantime.
async fn still_there(tx: &Transaction<'_>, ids: &[ClassId]) -> Result<()> {
    let found = classes::Entity::find()
        .filter(classes::Column::Id.is_in(ids.iter().copied()))
        .filter(classes::Entity::existing())
        .count(tx.reader())
        .await?;
    if found == ids.len() as u64 { Ok(()) } else { Err(Error::not_found(refusals::gone::class())) }
}

/// Checks a subject and its teachers; `at` stands before the names of the fields.
async fn check(
    db: &impl ConnectionTrait,
    school: SchoolId,
    at: &str,
    course: &NewCourse,
    invalid: &mut Invalid,
) -> Result<()> {
    let subject = subjects::Entity::find_by_id(course.subject)
        .filter(subjects::Column::SchoolId.eq(school))
        .filter(subjects::Entity::existing())
        .one(db)
        .await?;
    if subject.is_none() {
        invalid.push(&format!("{at}subject"), "unknown", refusals::classes::unknown_subject());
    }
    if course.teachers.len() > MOST_TEACHERS {
        invalid.push(&format!("{at}teachers"), "too_many", refusals::classes::too_many_teachers());
    }
    let found = staff::Entity::find()
        .filter(staff::Column::SchoolId.eq(school))
        .filter(staff::Entity::existing())
        .filter(staff::Column::Id.is_in(course.teachers.iter().copied().take(MOST_TEACHERS)))
        .all(db)
        .await?;
    for (i, teacher) in course.teachers.iter().take(MOST_TEACHERS).enumerate() {
        if !found.iter().any(|found| found.id == *teacher) {
            invalid.push(&format!("{at}teachers.{i}"), "unknown", refusals::classes::unknown_staff());
        }
    }
    Ok(())
}

async fn set_teachers(tx: &mut Transaction<'_>, course: &courses::Model, teachers: &[StaffId]) -> Result<()> {
    let held = teachings::Entity::find()
        .filter(teachings::Column::SchoolId.eq(course.school_id))
        .filter(teachings::Column::CourseId.eq(course.id))
        .all(tx.reader())
        .await?;
    for gone in held.iter().filter(|held| !teachers.contains(&held.staff_id)) {
        tx.delete::<teachings::Entity>(gone).await?;
    }
    let mut added: Vec<StaffId> =
        teachers.iter().copied().filter(|id| !held.iter().any(|held| held.staff_id == *id)).collect();
    added.sort();
    added.dedup();
    for staff_id in added {
        let row = teachings::Model {
            id: TeachingId::new(),
            school_id: course.school_id,
            course_id: course.id,
            staff_id,
            version: 1,
        };
        tx.insert::<teachings::Entity>(row).await?;
    }
    Ok(())
}

/// The course as it is now, held against everybody else who changes it.
///
/// # Errors
/// Where it was deleted in the meantime.
pub(super) async fn existing_course(tx: &Transaction<'_>, id: CourseId) -> Result<courses::Model> {
    // Whoever makes an assessment or gives a mark holds the course too.
    let course = courses::Entity::find_by_id(id).lock_exclusive().one(tx.reader()).await?;
    let course = course.filter(|course| course.deleted_at.is_none());
    course.ok_or_else(|| Error::not_found(refusals::gone::course()))
}

/// Takes a subject out of a class. Refused while it has assessments, so that no mark disappears unseen.
pub(super) async fn delete_course(call: &Call, input: OfCourse) -> Result<Undoable> {
    let access = call.access();
    let course = access.course(call.store().reader(), input.course).await?;
    access.whole_school(course.school_id)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(course.school_id).await?;
            take_out(call, tx, course.id).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Takes a subject out of a class, in a transaction that is alone in the school. Refused while it has assessments.
pub(super) async fn take_out(call: &Call, tx: &mut Transaction<'_>, course: CourseId) -> Result<()> {
    let course = existing_course(tx, course).await?;
    let held = assessments::Entity::find()
        .filter(assessments::Column::SchoolId.eq(course.school_id))
        .filter(assessments::Column::CourseId.eq(course.id))
        .filter(assessments::Entity::existing())
        .count(tx.reader())
        .await?;
    if held > 0 {
        return Err(Error::new(ErrorCode::InUse, refusals::classes::course_has_assessments(held))
            .help(refusals::classes::delete_assessments_first()));
    }
    for category in categories::Entity::find()
        .filter(categories::Column::SchoolId.eq(course.school_id))
        .filter(categories::Column::CourseId.eq(course.id))
        .filter(categories::Entity::existing())
        .all(tx.reader())
        .await?
    {
        let after = categories::Model { deleted_at: Some(call.now()), ..category.clone() };
        tx.update::<categories::Entity>(&category, after).await?;
    }
    let after = courses::Model { deleted_at: Some(call.now()), ..course.clone() };
    tx.update::<courses::Entity>(&course, after).await?;
    Ok(())
}
