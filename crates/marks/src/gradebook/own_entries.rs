//! What is left to somebody who handed a course over: the own entries of the term, to be read until it is over.

use std::collections::HashSet;
use std::sync::Arc;

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter};
use store::entities::{SoftDeleted, academic_sessions, courses};
use store::ids::{CourseId, SchoolId};
use words::refusals;

use super::book::{Book, load_term};
use super::sheet::OfCourseTerm;
use crate::{Access, Context, Error, ErrorCode, Reach, Result};

#[derive(FromQueryResult)]
struct Found {
    course_id: CourseId,
}

/// The courses in which the person has typed marks of this term, whoever teaches them now; none when the term is over.
pub(super) async fn courses_with_own_entries(
    context: &Context,
    school: SchoolId,
    term: &academic_sessions::Model,
    access: &Access,
) -> Result<HashSet<CourseId>> {
    let db = context.store().reader();
    if access.at(school)? != Reach::Taught || access.today(db, school).await? > term.end_date {
        return Ok(HashSet::new());
    }
    let sql = "SELECT DISTINCT a.course_id FROM assessments a JOIN marks m ON m.school_id = a.school_id AND m.assessment_id = a.id \
        WHERE a.school_id = $1 AND a.term_id = $2 AND a.deleted_at IS NULL AND m.updated_by = $3";
    let values = [school.into(), term.id.into(), context.actor()?.user.into()];
    let found = Found::find_by_statement(context.store().statement(sql, values)).all(db).await?;
    Ok(found.into_iter().map(|row| row.course_id).collect())
}

/// A course that the person reaches, or has reached and still has entries in; the second value says that only those may be
/// read.
pub(super) async fn course_or_own_entries(
    context: &Context,
    access: &Access,
    input: &OfCourseTerm,
) -> Result<(courses::Model, bool)> {
    let db = context.store().reader();
    let refused = match access.course(db, input.course).await {
        Err(refused) if refused.code == ErrorCode::Forbidden => refused,
        reached => return reached.map(|course| (course, false)),
    };
    let course = courses::Entity::find_by_id(input.course).filter(courses::Entity::existing()).one(db).await?;
    let course = course.ok_or_else(|| Error::not_found(refusals::gone::course()))?;
    let term = load_term(db, course.school_id, input.term).await.map_err(|_| refused.clone())?;
    match courses_with_own_entries(context, course.school_id, &term, access).await?.contains(&course.id) {
        true => Ok((course, true)),
        false => Err(refused),
    }
}

impl Book {
    /// Leaves the marks that a user typed, with their students and assessments, and nothing else.
    pub(super) fn keep_own(&mut self, context: &Context) -> Result<()> {
        let user = Some(context.actor()?.user);
        self.marks.retain(|_, row| row.updated_by == user);
        let students: HashSet<_> = self.marks.keys().map(|(_, student)| *student).collect();
        let assessments: HashSet<_> = self.marks.keys().map(|(assessment, _)| *assessment).collect();
        self.students = Arc::new(self.students.iter().filter(|row| students.contains(&row.id)).cloned().collect());
        self.assessments.retain(|row| assessments.contains(&row.id));
        Ok(())
    }
}
