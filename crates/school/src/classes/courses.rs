//! Courses: a subject as taught to a class, and by whom.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{assessments, categories, courses, staff, subjects, teachings};
use store::ids::{AuditEntryId, ClassId, CourseId, SchoolId, StaffId, SubjectId, TeachingId};

use crate::error::Invalid;
use crate::upkeep::Undoable;
use crate::{Context, Error, ErrorCode, Operation, Result, transact};

/// Names a course.
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct OfCourse {
    pub course: CourseId,
}

/// Input of [`save_course`]: adds a subject to a class, or changes who teaches it.
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveCourse {
    pub class: ClassId,
    pub subject: SubjectId,
    /// All who teach it; nobody is allowed.
    pub teachers: Vec<StaffId>,
}

/// What [`save_course`] saved.
#[derive(Clone, Debug, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedCourse {
    pub course: CourseId,
    pub undo: Option<AuditEntryId>,
}

/// Adds a subject to a class with its teachers; where the class has it already, changes the teachers.
pub async fn save_course(context: &Context, input: SaveCourse) -> Result<SavedCourse> {
    let access = context.permit(Operation::save_course)?;
    let db = context.store().reader();
    let class = access.class(db, input.class).await?;
    access.whole_school(class.school_id)?;
    check(db, class.school_id, &input).await?;
    let (course, undo) = transact(context, Operation::save_course, async |tx| {
        let held = courses::Entity::find()
            .filter(courses::Column::ClassId.eq(class.id))
            .filter(courses::Column::SubjectId.eq(input.subject))
            .one(tx.reader())
            .await?;
        let course = match held {
            Some(before) => {
                // A course that was taken out comes back with its marks.
                let after = courses::Model { deleted_at: None, ..before.clone() };
                tx.update::<courses::Entity>(&before, after).await?
            }
            None => {
                let row = courses::Model {
                    id: CourseId::new(),
                    school_id: class.school_id,
                    class_id: class.id,
                    subject_id: input.subject,
                    source_id: None,
                    deleted_at: None,
                    version: 1,
                };
                tx.insert::<courses::Entity>(row).await?
            }
        };
        set_teachers(tx, &course, &input.teachers).await?;
        Ok(course.id)
    })
    .await?;
    Ok(SavedCourse { course, undo })
}

async fn check(db: &impl ConnectionTrait, school: SchoolId, input: &SaveCourse) -> Result<()> {
    let mut invalid = Invalid::default();
    let subject = subjects::Entity::find_by_id(input.subject)
        .filter(subjects::Column::SchoolId.eq(school))
        .filter(subjects::Column::DeletedAt.is_null())
        .one(db)
        .await?;
    if subject.is_none() {
        invalid.push("subject", "unknown", "Choose a subject of the school.");
    }
    if input.teachers.len() > 20 {
        invalid.push("teachers", "too_many", "At most 20 people teach a course.");
    }
    let found = staff::Entity::find()
        .filter(staff::Column::SchoolId.eq(school))
        .filter(staff::Column::DeletedAt.is_null())
        .filter(staff::Column::Id.is_in(input.teachers.iter().copied().take(20)))
        .all(db)
        .await?;
    for (i, teacher) in input.teachers.iter().take(20).enumerate() {
        if !found.iter().any(|found| found.id == *teacher) {
            invalid.push(&format!("teachers.{i}"), "unknown", "Choose a member of staff of the school.");
        }
    }
    invalid.check()
}

async fn set_teachers(tx: &mut Transaction<'_>, course: &courses::Model, teachers: &[StaffId]) -> Result<()> {
    let held = teachings::Entity::find().filter(teachings::Column::CourseId.eq(course.id)).all(tx.reader()).await?;
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

/// Takes a subject out of a class. Refused while it has assessments, so that no mark disappears unseen.
pub async fn delete_course(context: &Context, input: OfCourse) -> Result<Undoable> {
    let access = context.permit(Operation::delete_course)?;
    let course = access.course(context.store().reader(), input.course).await?;
    access.whole_school(course.school_id)?;
    let ((), undo) = transact(context, Operation::delete_course, async |tx| {
        let held = assessments::Entity::find()
            .filter(assessments::Column::SchoolId.eq(course.school_id))
            .filter(assessments::Column::CourseId.eq(course.id))
            .filter(assessments::Column::DeletedAt.is_null())
            .count(tx.reader())
            .await?;
        if held > 0 {
            return Err(Error::new(ErrorCode::InUse, format!("The course has {held} assessments."))
                .help("Delete its assessments first."));
        }
        for category in categories::Entity::find()
            .filter(categories::Column::SchoolId.eq(course.school_id))
            .filter(categories::Column::CourseId.eq(course.id))
            .filter(categories::Column::DeletedAt.is_null())
            .all(tx.reader())
            .await?
        {
            let after = categories::Model { deleted_at: Some(context.now()), ..category.clone() };
            tx.update::<categories::Entity>(&category, after).await?;
        }
        if course.deleted_at.is_none() {
            let after = courses::Model { deleted_at: Some(context.now()), ..course.clone() };
            tx.update::<courses::Entity>(&course, after).await?;
        }
        Ok(())
    })
    .await?;
    Ok(Undoable { undo })
}
