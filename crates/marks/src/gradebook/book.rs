//! The marks of courses in a term, loaded in a handful of queries whatever their number, and the totals that every
//! screen and every page takes from here.

use std::collections::HashMap;
use std::sync::Arc;

use ::analytics::{Category, CountedMark, Exact, Total, weighted_total};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, academic_sessions, assessments, categories, courses, enrolments, marks, students};
use store::ids::{AcademicSessionId, AssessmentId, ClassId, CourseId, SchoolId, StudentId};
use words::refusals;

use super::grading::Grading;
use super::mark::{Mark, SCALE};
use crate::people::{NameOrder, Named, name_order};
use crate::{Error, Result};

/// A student, as results name one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentLabel {
    pub id: StudentId,
    pub number: String,
    /// Given and family name, as a sentence names somebody.
    pub name: String,
    /// The name in the order of the school's lists.
    pub list_name: String,
    /// The name in the student's own script, where it is another.
    pub native_name: Option<String>,
    /// The last day in the class, where that is before the term's end.
    pub left_on: Option<NaiveDate>,
}

/// A course with everything that its totals are made of.
#[derive(Clone, Debug)]
pub struct Book {
    pub course: courses::Model,
    /// In their order; deleted ones left out.
    pub categories: Vec<categories::Model>,
    /// In their order; deleted ones left out.
    pub assessments: Vec<assessments::Model>,
    /// The students of the class in the term, by name.
    pub students: Arc<Vec<StudentLabel>>,
    pub marks: HashMap<(AssessmentId, StudentId), marks::Model>,
}

impl Book {
    /// What stands in a cell. A row that cannot be read counts as nothing typed; `broken_marks` tells of it.
    pub fn mark(&self, assessment: AssessmentId, student: StudentId) -> Mark {
        self.marks
            .get(&(assessment, student))
            .and_then(|row| Mark::from_stored(row.state, row.value))
            .unwrap_or(Mark::NotEntered)
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

    /// How many cells of a student are still empty.
    pub fn not_entered(&self, student: StudentId) -> usize {
        self.assessments.iter().filter(|a| self.mark(a.id, student) == Mark::NotEntered).count()
    }

    /// A student's marks in the order of the assessments, as the total takes them.
    pub fn counted_marks(&self, student: StudentId) -> Vec<CountedMark> {
        let place: HashMap<_, _> = self.categories.iter().enumerate().map(|(i, category)| (category.id, i)).collect();
        self.assessments
            .iter()
            .map(|assessment| {
                let mark = self.mark(assessment.id, student);
                CountedMark {
                    category: place.get(&assessment.category_id).copied().unwrap_or(usize::MAX),
                    value: mark.value(),
                    max: assessment.maximum,
                    state: mark.state(),
                }
            })
            .collect()
    }

    /// A student's total in this course and term; none where no mark counts.
    pub fn total(&self, student: StudentId, grading: &Grading) -> Option<Total> {
        let weights: Vec<Category> = self.categories.iter().map(|c| Category { weight: c.weight }).collect();
        weighted_total(&weights, &self.counted_marks(student), grading.rules.missing_counts_as)
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

    /// The marks given in an assessment, in points, in the order of the students.
    pub fn points(&self, assessment: AssessmentId) -> Vec<Option<f64>> {
        self.students.iter().map(|student| self.mark(assessment, student.id).value().map(points)).collect()
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

/// Who was enrolled in these classes on any day of the term, by class and by name; deleted students left out.
pub async fn load_students(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[ClassId],
    term: &academic_sessions::Model,
) -> Result<HashMap<ClassId, Arc<Vec<StudentLabel>>>> {
    let order = name_order(db, school).await?;
    let enrolled = enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(school))
        .filter(enrolments::Column::ClassId.is_in(classes.iter().copied()))
        .filter(enrolments::Column::StartDate.lte(term.end_date))
        .filter(
            Condition::any()
                .add(enrolments::Column::EndDate.is_null())
                .add(enrolments::Column::EndDate.gte(term.start_date)),
        );
    let ids = enrolled.clone().select_only().column(enrolments::Column::StudentId).into_query();
    let found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Column::Id.in_subquery(ids))
        .filter(students::Entity::existing())
        .order_by_asc(order.of_students())
        .order_by_asc(students::Column::Id)
        .all(db)
        .await?;
    let place: HashMap<StudentId, usize> = found.iter().enumerate().map(|(i, student)| (student.id, i)).collect();
    // Who left and came back has two enrolments: one line, and the later end counts.
    let mut last_day: HashMap<ClassId, HashMap<usize, Option<NaiveDate>>> = HashMap::new();
    for enrolment in enrolled.all(db).await? {
        let Some(student) = place.get(&enrolment.student_id) else { continue };
        let end = enrolment.end_date.filter(|end| *end < term.end_date);
        let of_class = last_day.entry(enrolment.class_id).or_default();
        let known = of_class.entry(*student).or_insert(end);
        *known = match (*known, end) {
            (Some(known), Some(end)) => Some(known.max(end)),
            _ => None,
        };
    }
    Ok(last_day
        .into_iter()
        .map(|(class, ends)| {
            let mut rows: Vec<(usize, Option<NaiveDate>)> = ends.into_iter().collect();
            rows.sort_unstable_by_key(|(place, _)| *place);
            let labels =
                rows.into_iter().map(|(place, left_on)| student_label(&found[place], left_on, order)).collect();
            (class, Arc::new(labels))
        })
        .collect())
}

/// A student, as results name one.
pub fn student_label(student: &students::Model, left_on: Option<NaiveDate>, order: NameOrder) -> StudentLabel {
    StudentLabel {
        id: student.id,
        number: student.number.clone(),
        name: student.full_name(),
        list_name: student.list_name(order),
        native_name: student.native_name.clone(),
        left_on,
    }
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

/// The books of these courses in a term, in the order of the courses. Five queries, however many there are.
pub async fn load_books(
    db: &impl ConnectionTrait,
    school: SchoolId,
    courses: Vec<courses::Model>,
    term: &academic_sessions::Model,
) -> Result<Vec<Book>> {
    let ids: Vec<CourseId> = courses.iter().map(|course| course.id).collect();
    let mut classes: Vec<ClassId> = courses.iter().map(|course| course.class_id).collect();
    classes.sort_unstable();
    classes.dedup();
    let students = load_students(db, school, &classes, term).await?;
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
        .map(|course| Book {
            categories: categories.remove(&course.id).unwrap_or_default(),
            assessments: assessments.remove(&course.id).unwrap_or_default(),
            students: students.get(&course.class_id).cloned().unwrap_or_default(),
            marks: marks.remove(&course.id).unwrap_or_default(),
            course,
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

    fn book(marks: &[(usize, i64)]) -> (Book, StudentId) {
        let (school_id, student_id) = (SchoolId::new(), StudentId::new());
        let course = courses::Model {
            id: CourseId::new(),
            school_id,
            class_id: ClassId::new(),
            subject_id: store::ids::SubjectId::new(),
            source_id: None,
            deleted_at: None,
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
            version: 1,
        });
        let marks = rows.map(|row| ((row.assessment_id, student_id), row)).collect();
        (Book { course, categories, assessments, students: Arc::default(), marks }, student_id)
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
