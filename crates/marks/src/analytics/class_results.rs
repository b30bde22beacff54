//! The results of classes in a term: totals by course, overall results and places, in a handful of queries.

use std::collections::HashMap;
use std::sync::Arc;

use ::analytics::{Exact, Standing, Statistics, describe, standings};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use store::entities::{SoftDeleted, academic_sessions, subjects};
use store::ids::{ClassId, SchoolId, StudentId, SubjectId};

use crate::Result;
use crate::gradebook::{Book, Grading, StudentLabel, load_books, load_courses, load_students};

/// A course's results; lists are in the order of the students.
#[derive(Clone, Debug)]
pub struct CourseResults {
    pub book: Book,
    pub title: String,
    /// In percent, before they are rounded.
    exact: Vec<Option<Exact>>,
    /// In percent, rounded by the school's rule.
    pub totals: Vec<Option<f64>>,
    pub standings: Vec<Option<Standing>>,
    pub statistics: Statistics,
}

/// A class's results in a term; lists are in the order of the students.
#[derive(Clone, Debug)]
pub struct ClassResults {
    pub students: Arc<Vec<StudentLabel>>,
    /// In the order of the subjects.
    pub courses: Vec<CourseResults>,
    /// The mean of each student's totals, all courses alike, in percent: of the exact totals, then rounded once.
    pub overall: Vec<Option<f64>>,
    pub standings: Vec<Option<Standing>>,
    pub statistics: Statistics,
}

impl CourseResults {
    /// Works out the results of a book.
    pub fn of(book: Book, title: String, grading: &Grading) -> Self {
        let exact = book.exact_totals(grading);
        let totals = rounded(&exact, grading);
        Self { standings: standings(&totals), statistics: describe_given(&totals), totals, exact, title, book }
    }
}

impl ClassResults {
    fn of(students: Arc<Vec<StudentLabel>>, courses: Vec<CourseResults>, grading: &Grading) -> Self {
        let mean =
            |place: usize| Exact::mean(courses.iter().filter_map(|course| Some((course.exact[place].as_ref()?, 1))));
        let exact: Vec<Option<Exact>> = (0..students.len()).map(mean).collect();
        let overall = rounded(&exact, grading);
        Self { standings: standings(&overall), statistics: describe_given(&overall), overall, courses, students }
    }

    /// Where in the lists a student is.
    pub fn place(&self, student: StudentId) -> Option<usize> {
        self.students.iter().position(|label| label.id == student)
    }
}

fn rounded(exact: &[Option<Exact>], grading: &Grading) -> Vec<Option<f64>> {
    exact.iter().map(|exact| exact.as_ref().map(|exact| grading.rounding().round(exact))).collect()
}

/// Figures of those that are there.
pub fn describe_given(values: &[Option<f64>]) -> Statistics {
    let given: Vec<f64> = values.iter().flatten().copied().collect();
    describe(&given)
}

/// The results of these classes in a term.
pub async fn load_class_results(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[ClassId],
    term: &academic_sessions::Model,
    grading: &Grading,
) -> Result<HashMap<ClassId, ClassResults>> {
    let subjects = subjects_of(db, school).await?;
    let mut courses = load_courses(db, school, classes).await?;
    courses.sort_by_cached_key(|course| {
        let subject = subjects.get(&course.subject_id);
        subject.map_or((i32::MAX, String::new()), |subject| (subject.position, subject.title.clone()))
    });
    let mut of_class: HashMap<ClassId, Vec<CourseResults>> = HashMap::new();
    for book in load_books(db, school, courses, term).await? {
        let title = subjects.get(&book.course.subject_id).map(|subject| subject.title.clone()).unwrap_or_default();
        of_class.entry(book.course.class_id).or_default().push(CourseResults::of(book, title, grading));
    }
    let mut students = load_students(db, school, classes, term).await?;
    Ok(classes
        .iter()
        .map(|class| {
            let courses = of_class.remove(class).unwrap_or_default();
            (*class, ClassResults::of(students.remove(class).unwrap_or_default(), courses, grading))
        })
        .collect())
}

/// The subjects of the school, deleted ones too, since old results still name them.
pub async fn subjects_of(db: &impl ConnectionTrait, school: SchoolId) -> Result<HashMap<SubjectId, subjects::Model>> {
    let found = subjects::Entity::find().filter(subjects::Column::SchoolId.eq(school)).all(db).await?;
    Ok(found.into_iter().map(|subject| (subject.id, subject)).collect())
}

/// The term before, by its dates; none where there is none.
pub async fn previous_term(
    db: &impl ConnectionTrait,
    term: &academic_sessions::Model,
) -> Result<Option<academic_sessions::Model>> {
    Ok(academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(term.school_id))
        .filter(academic_sessions::Column::Kind.eq(term.kind))
        .filter(academic_sessions::Column::EndDate.lt(term.start_date))
        .filter(academic_sessions::Entity::existing())
        .order_by_desc(academic_sessions::Column::EndDate)
        .one(db)
        .await?)
}
