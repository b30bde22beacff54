//! The courses that a person may grade.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, SoftDeleted, classes, courses, subjects};
use store::ids::{AcademicSessionId, ClassId, CourseId, SchoolId, SubjectId};

use super::book::load_term;
use super::own_entries::courses_with_own_entries;
use super::takers::load_takers;
use crate::people::Named;
use crate::people::name_order;
use crate::schools::school_day;
use crate::{Call, Reach, Result};
use school::classes::teachers;

/// Input of [`courses_for_marks`].
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoursesForMarks {
    pub school: SchoolId,
    pub term: AcademicSessionId,
    /// Also the courses that the person has handed over and still reads the own entries of.
    #[serde(default)]
    #[ts(optional)]
    pub handed_over: Option<bool>,
}

/// A course, as one chooses it to grade.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CourseForMarks {
    pub course: CourseId,
    pub class: ClassId,
    pub class_title: String,
    pub class_kind: ClassKind,
    pub subject: SubjectId,
    pub subject_title: String,
    /// As the school's lists name people.
    pub teachers: Vec<String>,
    /// Students enrolled in the term.
    pub students: u32,
    /// Assessments of the term.
    pub assessments: u32,
    /// Cells that hold a mark, excused or missing; all are `students × assessments`.
    pub entered: u32,
    /// Whether the person has handed it over and only reads the own entries until the term is over.
    pub own_entries_only: bool,
}

#[derive(FromQueryResult)]
struct Counts {
    course_id: CourseId,
    assessments: i64,
    entered: i64,
}

/// Columns and filled cells of each course in a term; students who are no longer enrolled count with their marks.
const COUNTS: &str = "SELECT a.course_id, COUNT(DISTINCT a.id) AS assessments, COUNT(m.id) AS entered \
     FROM assessments a LEFT JOIN marks m ON m.school_id = a.school_id AND m.assessment_id = a.id AND m.state <> 'not_entered' \
     WHERE a.school_id = $1 AND a.term_id = $2 AND a.deleted_at IS NULL GROUP BY a.course_id";

/// The courses that the person may grade, by class and subject: those of the school, or those taught. The classes are
/// those of the academic year that the term is part of.
pub(super) async fn courses_for_marks(call: &Call, input: CoursesForMarks) -> Result<Vec<CourseForMarks>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let term = load_term(db, input.school, input.term).await?;
    let mut of_school =
        classes::Entity::find().filter(classes::Column::SchoolId.eq(input.school)).filter(classes::Entity::existing());
    if let Some(year) = term.parent_id {
        of_school = of_school.filter(classes::Column::YearId.is_in([year, term.id]));
    }
    let left = match input.handed_over {
        Some(true) => courses_with_own_entries(call, input.school, &term, access).await?,
        _ => HashSet::new(),
    };
    if reach != Reach::School {
        let mut reached = access.taught_classes(db, input.school).await?;
        let of = courses::Entity::find().filter(courses::Column::Id.is_in(left.iter().copied())).all(db).await?;
        reached.extend(of.into_iter().map(|course| course.class_id));
        of_school = of_school.filter(classes::Column::Id.is_in(reached));
    }
    let classes: HashMap<ClassId, classes::Model> =
        of_school.all(db).await?.into_iter().map(|class| (class.id, class)).collect();
    let ids: Vec<ClassId> = classes.keys().copied().collect();
    let subjects: HashMap<SubjectId, subjects::Model> = subjects::Entity::find()
        .filter(subjects::Column::SchoolId.eq(input.school))
        .all(db)
        .await?
        .into_iter()
        .map(|subject| (subject.id, subject))
        .collect();
    let courses = courses::Entity::find()
        .filter(courses::Column::SchoolId.eq(input.school))
        .filter(courses::Column::ClassId.is_in(ids))
        .filter(courses::Entity::existing())
        .all(db)
        .await?;
    let ids: Vec<CourseId> = courses.iter().map(|course| course.id).collect();
    let teachers = teachers(db, input.school, &ids, school_day(call, db, input.school).await?).await?;
    let order = name_order(db, input.school).await?;
    let counts: HashMap<CourseId, Counts> =
        Counts::find_by_statement(call.store().statement(COUNTS, [input.school.into(), input.term.into()]))
            .all(db)
            .await?
            .into_iter()
            .map(|counts| (counts.course_id, counts))
            .collect();
    let with_class: Vec<(CourseId, ClassId)> = courses.iter().map(|course| (course.id, course.class_id)).collect();
    let takers = load_takers(db, input.school, &with_class, &term).await?;
    let mut rows: Vec<(i32, CourseForMarks)> = Vec::with_capacity(courses.len());
    for course in courses {
        let (Some(class), Some(subject)) = (classes.get(&course.class_id), subjects.get(&course.subject_id)) else {
            continue;
        };
        let of_course = teachers.get(&course.id);
        // A class teacher of whom the course is not may grade it too; a colleague of the same class may not.
        let own = of_course.is_some_and(|all| all.iter().any(|person| Some(person.id) == access.staff()));
        let homeroom = class.homeroom_staff_id.is_some() && class.homeroom_staff_id == access.staff();
        let reached = reach == Reach::School || own || homeroom;
        if !reached && !left.contains(&course.id) {
            continue;
        }
        let counted = counts.get(&course.id);
        let count = |count: Option<i64>| count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
        rows.push((
            subject.position,
            CourseForMarks {
                course: course.id,
                class: class.id,
                class_title: class.title.clone(),
                class_kind: class.kind,
                subject: subject.id,
                subject_title: subject.title.clone(),
                teachers: of_course.into_iter().flatten().map(|person| person.list_name(order)).collect(),
                students: takers.get(&course.id).map_or(0, |takers| u32::try_from(takers.students.len()).unwrap_or(0)),
                assessments: count(counted.map(|c| c.assessments)),
                entered: count(counted.map(|c| c.entered)),
                own_entries_only: !reached,
            },
        ));
    }
    rows.sort_by_cached_key(|(place, row)| (store::sort_title(&row.class_title), *place, row.subject_title.clone()));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
