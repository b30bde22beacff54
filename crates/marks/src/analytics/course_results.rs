//! The results of courses in a term. A student has one result a subject: of all courses of it that the student takes or took
//! in the term, and it counts in the one where the student is, or was last.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ::analytics::{Exact, Standing, Statistics, standings};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement, Value};
use store::entities::{academic_sessions, courses};
use store::ids::{ClassId, CourseId, SchoolId, StudentId, SubjectId};

use super::class_results::{describe_given, in_term};
use crate::Result;
use crate::gradebook::{Book, Grading, load_books};
use crate::people::bulk::placeholders;

/// A course's results; lists are in the order of its students.
#[derive(Clone, Debug)]
pub struct CourseResults {
    pub book: Book,
    /// In percent, before they are rounded: of everybody whose last course in the subject this is.
    pub exact: Vec<Option<Exact>>,
    /// In percent, rounded by the school's rule.
    pub totals: Vec<Option<f64>>,
    pub standings: Vec<Option<Standing>>,
    pub statistics: Statistics,
}

/// A student in a course: the course, and the place in its lists.
pub type Taken = (Arc<CourseResults>, usize);

/// A student in a course, ordered by the last day there.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct InCourse {
    last: NaiveDate,
    course: CourseId,
    /// Of the book, and of the student in it.
    number: usize,
    place: usize,
}

/// The results of courses, and which of them a student takes.
#[derive(Default)]
pub struct Results {
    pub courses: HashMap<CourseId, Arc<CourseResults>>,
    /// For each subject of a student the courses in which the student takes or took it, the last one last.
    taken: HashMap<(SubjectId, StudentId), Vec<(CourseId, usize)>>,
}

impl Results {
    /// The courses in which a student takes or took a subject in the term, the last one last.
    pub fn taken(&self, subject: SubjectId, student: StudentId) -> Vec<Taken> {
        let taken = self.taken.get(&(subject, student)).into_iter().flatten();
        taken.filter_map(|(course, place)| Some((self.courses.get(course)?.clone(), *place))).collect()
    }

    fn of(books: Vec<Book>, grading: &Grading) -> Self {
        let mut taken: HashMap<(SubjectId, StudentId), Vec<InCourse>> = HashMap::new();
        for (number, book) in books.iter().enumerate() {
            for (place, student) in book.students.iter().enumerate() {
                // No last day within the term is later than any.
                let last = student.left_on.unwrap_or(NaiveDate::MAX);
                let of_subject = taken.entry((book.course.subject_id, student.id)).or_default();
                of_subject.push(InCourse { last, course: book.course.id, number, place });
            }
        }
        let mut exact: Vec<Vec<Option<Exact>>> = books.iter().map(|book| vec![None; book.students.len()]).collect();
        for ((_, student), of_subject) in &mut taken {
            of_subject.sort_unstable();
            let totals = of_subject.iter().filter_map(|of| {
                let book = &books[of.number];
                let total = book.total(*student, grading)?;
                let weight = if of_subject.len() > 1 { book.weight(&total, *student) } else { Exact::one() };
                Some((total.percent, weight))
            });
            let totals: Vec<(Exact, Exact)> = totals.collect();
            if let Some(InCourse { number, place, .. }) = of_subject.last() {
                exact[*number][*place] = match totals.as_slice() {
                    [(only, _)] => Some(only.clone()),
                    several => Exact::weighted_mean(several.iter().map(|(total, weight)| (total, weight))),
                };
            }
        }
        let results = |(book, exact): (Book, _)| (book.course.id, Arc::new(CourseResults::of(book, exact, grading)));
        let courses = books.into_iter().zip(exact).map(results).collect();
        let places = |of: Vec<InCourse>| of.into_iter().map(|of| (of.course, of.place));
        Self { courses, taken: taken.into_iter().map(|(key, of)| (key, places(of).collect())).collect() }
    }
}

impl CourseResults {
    fn of(book: Book, exact: Vec<Option<Exact>>, grading: &Grading) -> Self {
        let totals = rounded(&exact, grading);
        Self { standings: standings(&totals), statistics: describe_given(&totals), totals, exact, book }
    }
}

/// Rounded by the school's rule.
pub(super) fn rounded(exact: &[Option<Exact>], grading: &Grading) -> Vec<Option<f64>> {
    exact.iter().map(|exact| exact.as_ref().map(|exact| grading.rounding().round(exact))).collect()
}

/// The results of these courses in a term, and of those in which their students take the same subjects besides.
pub async fn load_results(
    db: &impl ConnectionTrait,
    school: SchoolId,
    mut courses: Vec<courses::Model>,
    term: &academic_sessions::Model,
    grading: &Grading,
) -> Result<Results> {
    courses.extend(besides(db, school, &courses, term).await?);
    let books = load_books(db, school, courses, term).await?;
    Ok(Results::of(books, grading))
}

#[derive(FromQueryResult)]
struct Besides {
    id: CourseId,
}

/// Courses of the same subjects that students of these courses are in besides, on any day of the term.
async fn besides(
    db: &impl ConnectionTrait,
    school: SchoolId,
    courses: &[courses::Model],
    term: &academic_sessions::Model,
) -> Result<Vec<courses::Model>> {
    let known: HashSet<CourseId> = courses.iter().map(|course| course.id).collect();
    let classes: HashSet<ClassId> = courses.iter().map(|course| course.class_id).collect();
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT k.id FROM enrolments a JOIN enrolments b ON b.school_id = $1 AND b.student_id = a.student_id \
         AND b.class_id <> a.class_id AND b.start_date <= $3 AND (b.end_date IS NULL OR b.end_date >= $2) \
         JOIN courses k ON k.school_id = $1 AND k.class_id = b.class_id AND k.deleted_at IS NULL \
         JOIN classes c ON c.id = b.class_id AND c.deleted_at IS NULL AND (c.year_id IN ($4, $5) OR $4 = $5) \
         WHERE a.school_id = $1 AND a.start_date <= $3 AND (a.end_date IS NULL OR a.end_date >= $2) \
         AND a.class_id IN ({}) AND EXISTS (SELECT 1 FROM courses o WHERE o.school_id = $1 AND o.class_id = a.class_id \
         AND o.subject_id = k.subject_id AND o.deleted_at IS NULL)",
        placeholders(6, classes.len())
    );
    let values: Vec<Value> = in_term(school, term).into_iter().chain(classes.into_iter().map(Value::from)).collect();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let found = Besides::find_by_statement(statement).all(db).await?;
    let new: Vec<CourseId> = found.into_iter().map(|row| row.id).filter(|id| !known.contains(id)).collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    Ok(courses::Entity::find()
        .filter(courses::Column::SchoolId.eq(school))
        .filter(courses::Column::Id.is_in(new))
        .all(db)
        .await?)
}
