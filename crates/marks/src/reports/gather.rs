//! Everything that the report cards of a class's students are made of, in a fixed number of queries whatever the number of students.

use std::collections::HashMap;
use std::slice::from_ref;

use ::analytics::AttendanceCounts;
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::entities::{academic_sessions, classes, schools, staff, students};
use store::ids::{CourseId, StudentId};
use words::refusals;

use crate::analytics::{ClassResults, OfGroup, Taken, card_day, load_attendance, load_class_results};
use crate::gradebook::{CommentKind, Grading, load_comments};
use crate::people::Named;
use crate::schools::school_day;
use crate::{Context, Error, Result};
use school::classes::teachers;

/// A class and term, loaded.
pub(super) struct Gathered {
    pub school: schools::Model,
    pub class: classes::Model,
    pub term: academic_sessions::Model,
    pub year_title: String,
    pub class_teacher: String,
    pub grading: Grading,
    pub results: ClassResults,
    /// The names of those who teach a course, joined.
    pub teachers: HashMap<CourseId, String>,
    pub comments: HashMap<(StudentId, CommentKind, Option<CourseId>), String>,
    pub attendance: HashMap<StudentId, AttendanceCounts>,
    pub birth_dates: HashMap<StudentId, NaiveDate>,
}

impl Gathered {
    /// Loads all of it; `class` is within the person's reach.
    pub async fn load(
        context: &Context,
        class: classes::Model,
        term: academic_sessions::Model,
        of_group: OfGroup,
    ) -> Result<Self> {
        let db = context.store().reader();
        let school_id = class.school_id;
        let school = schools::Entity::find_by_id(school_id)
            .one(db)
            .await?
            .ok_or_else(|| Error::not_found(refusals::gone::school()))?;
        let year = academic_sessions::Entity::find_by_id(class.year_id).one(db).await?;
        let grading = Grading::load(db, school_id).await?;
        let of = (card_day(school_day(context, db, school_id).await?, &term), of_group);
        let mut loaded = load_class_results(db, school_id, from_ref(&class), &term, of, &grading).await?;
        let results = loaded.remove(&class.id).ok_or_else(|| Error::not_found(refusals::gone::class()))?;
        let courses: Vec<CourseId> = results.courses().iter().map(|course| course.book.course.id).collect();
        let teachers = teachers(db, school_id, &courses, of.0).await?;
        let ids: Vec<StudentId> = results.students.iter().map(|student| student.id).collect();
        let comments = load_comments(db, school_id, term.id, ids.iter().copied()).await?;
        Ok(Self {
            year_title: year.map(|year| year.title).unwrap_or_default(),
            class_teacher: class_teacher(db, &class).await?,
            teachers: teachers
                .into_iter()
                .map(|(course, people)| {
                    let names: Vec<String> = people.iter().map(|person| person.full_name()).collect();
                    (course, names.join(", "))
                })
                .collect(),
            comments: comments
                .into_iter()
                .filter(|comment| !comment.body.trim().is_empty())
                .map(|comment| ((comment.student_id, comment.kind, comment.course_id), comment.body))
                .collect(),
            attendance: load_attendance(context.store(), &ids, &term).await?,
            birth_dates: birth_dates(db, &class, &ids).await?,
            school,
            class,
            term,
            grading,
            results,
        })
    }

    /// A comment, where one was written.
    pub fn comment(&self, student: StudentId, kind: CommentKind, course: Option<CourseId>) -> Option<&str> {
        self.comments.get(&(student, kind, course)).map(String::as_str)
    }

    /// The comment of the course in which a student takes a subject; where that has none, of the one before it.
    pub fn subject_comment(&self, student: StudentId, courses: &[Taken]) -> Option<&str> {
        let of_course = |(course, _): &Taken| self.comment(student, CommentKind::Course, Some(course.book.course.id));
        courses.iter().rev().find_map(of_course)
    }
}

async fn class_teacher(db: &impl ConnectionTrait, class: &classes::Model) -> Result<String> {
    let Some(id) = class.homeroom_staff_id else { return Ok(String::new()) };
    let person = staff::Entity::find_by_id(id).one(db).await?;
    Ok(person.map(|person| person.full_name()).unwrap_or_default())
}

async fn birth_dates(
    db: &impl ConnectionTrait,
    class: &classes::Model,
    ids: &[StudentId],
) -> Result<HashMap<StudentId, NaiveDate>> {
    let found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(class.school_id))
        .filter(students::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|student| Some((student.id, student.birth_date?))).collect())
}
