//! The marks of courses in a term, loaded in a handful of queries whatever their number, and the totals that every
//! screen and every page takes from here.

use std::collections::HashMap;
use std::sync::Arc;

use ::analytics::{Category, CountedMark, Exact, Total, weight_of_total, weighted_total};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use store::entities::{SoftDeleted, academic_sessions, assessments, categories, courses, marks};
use store::ids::{AcademicSessionId, AssessmentId, ClassId, CourseId, SchoolId, StudentId};
use words::refusals;

use super::grading::Grading;
use super::mark::{Mark, SCALE};
use super::takers::{Days, StudentLabel, Takers, load_takers};
use crate::{Error, Result};

/// A course with everything that its totals are made of.
#[derive(Clone, Debug)]
pub struct Book {
    pub course: courses::Model,
    /// In their order; deleted ones left out.
    pub categories: Vec<categories::Model>,
    /// In their order; deleted ones left out.
    pub assessments: Vec<assessments::Model>,
    /// Who takes the course on any day of the term, by name.
    pub students: Arc<Vec<StudentLabel>>,
    /// On which days each of them takes it, also before and after the term.
    pub days: Arc<HashMap<StudentId, Vec<Days>>>,
    pub marks: HashMap<(AssessmentId, StudentId), marks::Model>,
    /// The last day of the term.
    pub term_end: NaiveDate,
}

impl Book {
    /// What stands in a cell. A row that cannot be read counts as nothing typed; `broken_marks` tells of it.
    pub fn mark(&self, assessment: AssessmentId, student: StudentId) -> Mark {
        self.marks
            .get(&(assessment, student))
            .and_then(|row| Mark::from_stored(row.state, row.value))
            .unwrap_or(Mark::NotEntered)
    }

    /// Whether an assessment was given in the days on which a student takes the course: only then does its mark count, and
    /// only then can it be missing. One without a day was, where something stands in its cell or the student still takes
    /// the course at the end of the term.
    pub fn in_days(&self, assessment: &assessments::Model, student: StudentId) -> bool {
        let Some(days) = self.days.get(&student) else { return false };
        match assessment.date {
            Some(day) => days.iter().any(|of| of.hold(day)),
            None => {
                days.iter().any(|of| of.hold(self.term_end)) || self.mark(assessment.id, student) != Mark::NotEntered
            }
        }
    }

    /// How many of a student's rows hold no mark that can be read.
    pub fn broken_marks(&self, student: StudentId) -> usize {
        self.assessments
            .iter()
            .filter_map(|assessment| self.marks.get(&(assessment.id, student)).map(|row| (row, assessment.maximum)))
            .filter(|(row, maximum)| match Mark::from_stored(row.state, row.value) {
                Some(mark) => mark.value().is_some_and(|value| value < 0 || value > *maximum),
                None => true,
            })
            .count()
    }

    /// How many cells of a student's days are still empty.
    pub fn not_entered(&self, student: StudentId) -> usize {
        self.count(student, Mark::NotEntered)
    }

    /// How many cells of a student's days hold this.
    pub fn count(&self, student: StudentId, mark: Mark) -> usize {
        self.assessments.iter().filter(|a| self.mark(a.id, student) == mark && self.in_days(a, student)).count()
    }

    /// The same and whether any assessment was given in a student's days.
    pub fn is_assessed(&self, student: StudentId) -> bool {
        self.assessments.iter().any(|assessment| self.in_days(assessment, student))
    }

    /// A student's marks in the order of the assessments, as the total takes them; those of other days than the student's
    /// own stand in no category, and so do not count.
    pub fn counted_marks(&self, student: StudentId) -> Vec<CountedMark> {
        let place: HashMap<_, _> = self.categories.iter().enumerate().map(|(i, category)| (category.id, i)).collect();
        self.assessments
            .iter()
            .map(|assessment| {
                let mark = self.mark(assessment.id, student);
                let category = place.get(&assessment.category_id).copied();
                CountedMark {
                    category: category.filter(|_| self.in_days(assessment, student)).unwrap_or(usize::MAX),
                    value: mark.value(),
                    max: assessment.maximum,
                    state: mark.state(),
                }
            })
            .collect()
    }

    fn weights(&self) -> Vec<Category> {
        self.categories.iter().map(|category| Category { weight: category.weight }).collect()
    }

    /// A student's total in this course and term; none where no mark counts.
    pub fn total(&self, student: StudentId, grading: &Grading) -> Option<Total> {
        weighted_total(&self.weights(), &self.counted_marks(student), grading.rules.missing_counts_as)
    }

    /// How much a student's total here counts beside those of other courses in the subject.
    pub fn weight(&self, total: &Total, student: StudentId) -> Exact {
        let given = self.categories.iter().map(|category| {
            let all = self.assessments.iter().filter(|assessment| assessment.category_id == category.id);
            (all.clone().filter(|assessment| self.in_days(assessment, student)).count(), all.count())
        });
        weight_of_total(total, &self.weights(), &given.collect::<Vec<_>>())
    }

    /// The totals of all students in percent, in their order, before they are rounded.
    pub fn exact_totals(&self, grading: &Grading) -> Vec<Option<Exact>> {
        self.students.iter().map(|student| self.total(student.id, grading).map(|total| total.percent)).collect()
    }

    /// The totals of all students in percent, in their order, rounded by the school's rule.
    pub fn totals(&self, grading: &Grading) -> Vec<Option<f64>> {
        let rounded = |exact: &Option<Exact>| exact.as_ref().map(|exact| grading.rounding().round(exact));
        self.exact_totals(grading).iter().map(rounded).collect()
    }

    /// The marks given in an assessment that count, in points, in the order of the students.
    pub fn points(&self, assessment: &assessments::Model) -> Vec<Option<f64>> {
        let given = |student: &StudentLabel| self.mark(assessment.id, student.id).value().map(points);
        let counted = |student: &StudentLabel| given(student).filter(|_| self.in_days(assessment, student.id));
        self.students.iter().map(counted).collect()
    }
}

/// Ten-thousandths as points.
pub fn points(value: i64) -> f64 {
    value as f64 / SCALE as f64
}

/// A term of the school.
pub async fn load_term(
    db: &impl ConnectionTrait,
    school: SchoolId,
    term: AcademicSessionId,
) -> Result<academic_sessions::Model> {
    academic_sessions::Entity::find_by_id(term)
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Entity::existing())
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::term()))
}

/// The courses of a class, in the order of their subjects.
pub async fn load_courses(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[ClassId],
) -> Result<Vec<courses::Model>> {
    Ok(courses::Entity::find()
        .filter(courses::Column::SchoolId.eq(school))
        .filter(courses::Column::ClassId.is_in(classes.iter().copied()))
        .filter(courses::Entity::existing())
        .all(db)
        .await?)
}

/// The books of these courses in a term, in the order of the courses. Six queries, however many there are.
pub async fn load_books(
    db: &impl ConnectionTrait,
    school: SchoolId,
    courses: Vec<courses::Model>,
    term: &academic_sessions::Model,
) -> Result<Vec<Book>> {
    let ids: Vec<CourseId> = courses.iter().map(|course| course.id).collect();
    let with_class: Vec<(CourseId, ClassId)> = courses.iter().map(|course| (course.id, course.class_id)).collect();
    let mut takers = load_takers(db, school, &with_class, term).await?;
    let mut categories = by_course(
        categories::Entity::find()
            .filter(categories::Column::SchoolId.eq(school))
            .filter(categories::Column::CourseId.is_in(ids.clone()))
            .filter(categories::Entity::existing())
            .order_by_asc(categories::Column::Position)
            .order_by_asc(categories::Column::Id)
            .all(db)
            .await?,
        |category| category.course_id,
    );
    let of_term = assessments::Entity::find()
        .filter(assessments::Column::SchoolId.eq(school))
        .filter(assessments::Column::CourseId.is_in(ids))
        .filter(assessments::Column::TermId.eq(term.id))
        .filter(assessments::Entity::existing());
    let assessment_ids = of_term.clone().select_only().column(assessments::Column::Id).into_query();
    let found =
        of_term.order_by_asc(assessments::Column::Position).order_by_asc(assessments::Column::Id).all(db).await?;
    let course_of: HashMap<AssessmentId, CourseId> = found.iter().map(|a| (a.id, a.course_id)).collect();
    let mut assessments = by_course(found, |assessment| assessment.course_id);
    let found = marks::Entity::find()
        .filter(marks::Column::SchoolId.eq(school))
        .filter(marks::Column::AssessmentId.in_subquery(assessment_ids))
        .all(db)
        .await?;
    let mut marks: HashMap<CourseId, HashMap<_, _>> = HashMap::new();
    for mark in found {
        // An assessment that came into being between the two queries is not in this book yet.
        let Some(course) = course_of.get(&mark.assessment_id) else { continue };
        marks.entry(*course).or_default().insert((mark.assessment_id, mark.student_id), mark);
    }
    Ok(courses
        .into_iter()
        .map(|course| {
            let Takers { students, days } = takers.remove(&course.id).unwrap_or_default();
            Book {
                categories: categories.remove(&course.id).unwrap_or_default(),
                assessments: assessments.remove(&course.id).unwrap_or_default(),
                marks: marks.remove(&course.id).unwrap_or_default(),
                term_end: term.end_date,
                students,
                days,
                course,
            }
        })
        .collect())
}

/// The book of one course.
pub async fn load_book(
    db: &impl ConnectionTrait,
    course: courses::Model,
    term: &academic_sessions::Model,
) -> Result<Book> {
    let school = course.school_id;
    load_books(db, school, vec![course], term).await?.pop().ok_or_else(|| Error::not_found(refusals::gone::course()))
}

fn by_course<T>(rows: Vec<T>, course: impl Fn(&T) -> CourseId) -> HashMap<CourseId, Vec<T>> {
    let mut sorted: HashMap<CourseId, Vec<T>> = HashMap::new();
    for row in rows {
        sorted.entry(course(&row)).or_default().push(row);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use store::entities::MarkKept;

    use proptest::prelude::*;
    use store::ids::{CategoryId, MarkId};

    use super::*;

    const TERM_END: NaiveDate = NaiveDate::from_ymd_opt(2026, 12, 20).unwrap();

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn book(marks: &[(usize, i64)]) -> (Book, StudentId) {
        let (school_id, student_id) = (SchoolId::new(), StudentId::new());
        let course = courses::Model {
            id: CourseId::new(),
            school_id,
            class_id: ClassId::new(),
            subject_id: store::ids::SubjectId::new(),
            source_id: None,
            deleted_at: None,
            description: None,
            version: 1,
        };
        let category = |weight: i64| categories::Model {
            id: CategoryId::new(),
            school_id,
            course_id: course.id,
            title: String::new(),
            weight,
            position: 0,
            deleted_at: None,
            source_id: None,
            version: 1,
        };
        let categories = vec![category(30_000), category(12_500), category(70_000)];
        let assessment = |(category, _): &(usize, i64)| assessments::Model {
            id: AssessmentId::new(),
            school_id,
            course_id: course.id,
            category_id: categories[*category].id,
            term_id: AcademicSessionId::new(),
            title: String::new(),
            maximum: 200_000,
            date: None,
            position: 0,
            deleted_at: None,
            due_date: None,
            period: None,
            source_id: None,
            version: 1,
        };
        let assessments: Vec<assessments::Model> = marks.iter().map(assessment).collect();
        let rows = assessments.iter().zip(marks).map(|(assessment, (_, value))| marks::Model {
            id: MarkId::new(),
            school_id,
            assessment_id: assessment.id,
            student_id,
            state: MarkKept::Marked,
            value: Some(*value),
            updated_by: None,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            source_id: None,
            score_status: None,
            score_date: None,
            version: 1,
        });
        let marks = rows.map(|row| ((row.assessment_id, student_id), row)).collect();
        let days = HashMap::from([(student_id, vec![Days { first: day("2026-09-01"), last: None }])]);
        let (students, days) = (Arc::default(), Arc::new(days));
        (Book { course, categories, assessments, students, days, marks, term_end: TERM_END }, student_id)
    }

    #[test]
    fn what_was_given_before_the_first_and_after_the_last_day_does_not_count() {
        let grading = Grading::default_rules();
        let (mut book, student) = book(&[(0, 100_000), (0, 200_000), (0, 0), (0, 160_000)]);
        for (assessment, date) in book.assessments.iter_mut().zip(["2026-09-10", "2026-10-10", "2026-11-10", ""]) {
            assessment.date = date.parse().ok();
        }
        let mut total = |from: &str, to: &str| {
            let days = vec![Days { first: day(from), last: to.parse().ok() }];
            book.days = Arc::new(HashMap::from([(student, days)]));
            book.total(student, &grading).map(|total| total.percent.nearest())
        };
        assert_eq!(total("2026-09-01", ""), Some(57.5));
        // A late comer: 20, 0 and 16 of 20. The last one has no day, and a mark.
        assert_eq!(total("2026-10-01", ""), Some(60.0));
        // Who left: 10, 20 and 16 of 20.
        assert_eq!(total("2026-09-01", "2026-10-31").map(|percent| (percent * 10.0).round()), Some(767.0));
        book.marks.clear();
        assert_eq!((book.not_entered(student), book.is_assessed(student)), (2, true));
        book.days = Arc::new(HashMap::from([(student, vec![Days { first: day("2026-12-01"), last: None }])]));
        assert_eq!(book.not_entered(student), 1, "the one without a day is not in yet");
    }

    proptest! {
        #[test]
        fn a_total_does_not_depend_on_the_order_of_assessments(
            marks in prop::collection::vec((0_usize..3, 0_i64..=200_000), 1..40),
            turn in 0_usize..40,
        ) {
            let grading = Grading::default_rules();
            let (mut book, student) = book(&marks);
            let before = book.total(student, &grading).map(|total| total.percent);
            book.assessments.reverse();
            let places = book.assessments.len();
            book.assessments.rotate_left(turn % places);
            prop_assert_eq!(book.total(student, &grading).map(|total| total.percent), before);
        }
    }
}
