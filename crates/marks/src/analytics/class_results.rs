//! The results of classes in a term. Of a homeroom: everything that its students take, over all their courses, wherever they
//! take them. Of a group: its own courses. Each student is gathered once, in the homeroom that prints the card.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use ::analytics::{Exact, Standing, Statistics, describe, standings};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement, Value};
use store::entities::{ClassKind, SoftDeleted, academic_sessions, classes, subjects};
use store::ids::{ClassId, CourseId, SchoolId, StudentId, SubjectId};

use super::course_results::{CourseResults, Results, Taken, load_results, rounded};
use crate::Result;
use crate::gradebook::{Grading, StudentLabel, load_courses, load_students};
use crate::people::bulk::placeholders;

/// What the students of a class reach in a subject; lists are in the order of the class's students.
#[derive(Clone, Debug)]
pub struct SubjectResults {
    pub subject: SubjectId,
    pub title: String,
    /// The courses in which each student takes or took it in the term, the last one last; empty: not at all.
    pub taken: Vec<Vec<Taken>>,
    /// In percent, rounded by the school's rule.
    pub totals: Vec<Option<f64>>,
    /// Of the class's students.
    pub statistics: Statistics,
}

/// A class's results in a term; lists are in the order of the students.
#[derive(Clone, Debug)]
pub struct ClassResults {
    pub students: Arc<Vec<StudentLabel>>,
    /// In their order.
    pub subjects: Vec<SubjectResults>,
    /// The mean of each student's results, all subjects alike, in percent: of the exact ones, then rounded once.
    pub overall: Vec<Option<f64>>,
    pub standings: Vec<Option<Standing>>,
    pub statistics: Statistics,
}

impl SubjectResults {
    /// The course in which a student takes the subject, or took it last.
    pub fn last(&self, place: usize) -> Option<&Taken> {
        self.taken[place].last()
    }

    /// The place of a student's result among those of the course.
    pub fn standing(&self, place: usize) -> Option<Standing> {
        self.last(place).and_then(|(course, at)| course.standings[*at])
    }

    /// The figures of the course in which a student takes the subject.
    pub fn of_course(&self, place: usize) -> Statistics {
        self.last(place).map(|(course, _)| course.statistics).unwrap_or_default()
    }

    /// The one course in which all of the class who take the subject do; none where there are several.
    pub fn only_course(&self) -> Option<CourseId> {
        let mut courses = self.taken.iter().flatten().map(|(course, _)| course.book.course.id);
        let first = courses.next()?;
        courses.all(|course| course == first).then_some(first)
    }

    fn exact(&self, place: usize) -> Option<&Exact> {
        self.last(place).and_then(|(course, at)| course.exact[*at].as_ref())
    }
}

impl ClassResults {
    fn of(students: Arc<Vec<StudentLabel>>, subjects: Vec<SubjectResults>, grading: &Grading) -> Self {
        let mean = |place: usize| Exact::mean(subjects.iter().filter_map(|subject| Some((subject.exact(place)?, 1))));
        let exact: Vec<Option<Exact>> = (0..students.len()).map(mean).collect();
        let overall = rounded(&exact, grading);
        Self { standings: standings(&overall), statistics: describe_given(&overall), overall, subjects, students }
    }

    /// Where in the lists a student is.
    pub fn place(&self, student: StudentId) -> Option<usize> {
        self.students.iter().position(|label| label.id == student)
    }

    /// The subjects that a student takes, each with the courses, the last one last.
    pub fn taken(&self, place: usize) -> impl Iterator<Item = (&SubjectResults, &[Taken])> {
        let taken = self.subjects.iter().map(move |subject| (subject, subject.taken[place].as_slice()));
        taken.filter(|(_, courses)| !courses.is_empty())
    }

    /// All courses in which its students take their subjects.
    pub fn courses(&self) -> Vec<Arc<CourseResults>> {
        let mut seen = HashSet::new();
        let all = self.subjects.iter().flat_map(|subject| subject.taken.iter().flatten());
        all.filter(|(course, _)| seen.insert(course.book.course.id)).map(|(course, _)| course.clone()).collect()
    }
}

/// Figures of those that are there.
pub fn describe_given(values: &[Option<f64>]) -> Statistics {
    let given: Vec<f64> = values.iter().flatten().copied().collect();
    describe(&given)
}

/// Which students and which subjects make the results of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfGroup {
    /// Its students in its own courses.
    Own,
    /// Everything of those of its students who have no homeroom, and so no card elsewhere.
    Cards,
}

/// The results of these classes in a term; `day` is the day on which cards are printed.
pub async fn load_class_results(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[classes::Model],
    term: &academic_sessions::Model,
    (day, of_group): (NaiveDate, OfGroup),
    grading: &Grading,
) -> Result<HashMap<ClassId, ClassResults>> {
    let ids: Vec<ClassId> = classes.iter().map(|class| class.id).collect();
    let whole = |class: &classes::Model| class.kind == ClassKind::Homeroom || of_group == OfGroup::Cards;
    let wholes: Vec<ClassId> = classes.iter().filter(|class| whole(class)).map(|class| class.id).collect();
    let places = places_of(db, school, &wholes, term).await?;
    let homes = homes(&places, day);
    let mut involved: Vec<ClassId> = places.iter().map(|place| place.class_id).chain(ids.iter().copied()).collect();
    involved.sort_unstable();
    involved.dedup();
    let courses = load_courses(db, school, &involved).await?;
    let results = load_results(db, school, courses, term, grading).await?;
    let subjects = subjects_of(db, school).await?;
    let mut order: Vec<&subjects::Model> = subjects.values().collect();
    order.sort_by_key(|subject| (subject.position, &subject.title, subject.id));
    let mut members = load_students(db, school, &ids, term).await?;
    let mut taught: HashMap<ClassId, HashSet<SubjectId>> = HashMap::new();
    for course in results.courses.values().map(|course| &course.book.course) {
        taught.entry(course.class_id).or_default().insert(course.subject_id);
    }
    Ok(classes
        .iter()
        .map(|class| {
            let all = members.remove(&class.id).unwrap_or_default();
            let taught = taught.remove(&class.id).unwrap_or_default();
            let students = match (class.kind, of_group) {
                (ClassKind::Group, OfGroup::Own) => {
                    only(&all, |student| is_last_in(&results, &taught, class.id, student))
                }
                (ClassKind::Homeroom, _) => only(&all, |student| homes.get(&student) == Some(&class.id)),
                (ClassKind::Group, OfGroup::Cards) => only(&all, |student| !homes.contains_key(&student)),
            };
            let own = (!whole(class)).then_some(class.id);
            // A subject that the class is taught stands among the others also where nobody takes it.
            let subjects = order.iter().filter_map(|subject| {
                let found = subject_results(subject, &students, &results, own);
                Some(found).filter(|found| taught.contains(&subject.id) || found.taken.iter().any(|of| !of.is_empty()))
            });
            let subjects: Vec<SubjectResults> = subjects.collect();
            (class.id, ClassResults::of(students, subjects, grading))
        })
        .collect())
}

fn only(all: &Arc<Vec<StudentLabel>>, is: impl Fn(StudentId) -> bool) -> Arc<Vec<StudentLabel>> {
    if all.iter().all(|student| is(student.id)) {
        return all.clone();
    }
    Arc::new(all.iter().filter(|student| is(student.id)).cloned().collect())
}

/// What students reach in a subject, in the courses of one class or of all.
fn subject_results(
    subject: &subjects::Model,
    students: &[StudentLabel],
    results: &Results,
    own: Option<ClassId>,
) -> SubjectResults {
    let of_class = |taken: &Vec<Taken>| {
        own.is_none_or(|class| taken.iter().any(|(course, _)| course.book.course.class_id == class))
    };
    let taken: Vec<Vec<Taken>> = students
        .iter()
        .map(|student| Some(results.taken(subject.id, student.id)).filter(of_class).unwrap_or_default())
        .collect();
    let total = |taken: &Vec<Taken>| taken.last().and_then(|(course, place)| course.totals[*place]);
    let totals: Vec<Option<f64>> = taken.iter().map(total).collect();
    let statistics = describe_given(&totals);
    SubjectResults { subject: subject.id, title: subject.title.clone(), taken, totals, statistics }
}

/// Whether a student of a group takes one of its courses last, or none of their subjects: else the result counts where the
/// student went.
fn is_last_in(results: &Results, taught: &HashSet<SubjectId>, class: ClassId, student: StudentId) -> bool {
    let mut last = taught.iter().filter_map(|subject| results.taken(*subject, student).pop()).peekable();
    last.peek().is_none() || last.any(|(course, _)| course.book.course.class_id == class)
}

/// A time of a student in a class.
#[derive(FromQueryResult)]
pub(super) struct InClass {
    student_id: StudentId,
    class_id: ClassId,
    kind: ClassKind,
    start_date: NaiveDate,
    end_date: Option<NaiveDate>,
}

/// Where the students of these classes are in the term, in these classes and in all others.
async fn places_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[ClassId],
    term: &academic_sessions::Model,
) -> Result<Vec<InClass>> {
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT e.student_id, e.class_id, c.kind, e.start_date, e.end_date FROM enrolments e \
         JOIN classes c ON c.id = e.class_id AND c.deleted_at IS NULL AND (c.year_id IN ($4, $5) OR $4 = $5) \
         WHERE e.school_id = $1 AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $2) \
         AND e.student_id IN (SELECT m.student_id FROM enrolments m WHERE m.school_id = $1 AND m.start_date <= $3 \
         AND (m.end_date IS NULL OR m.end_date >= $2) AND m.class_id IN ({}))",
        placeholders(6, classes.len())
    );
    let values = in_term(school, term);
    let values = values.into_iter().chain(classes.iter().map(|class| Value::from(*class)));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(InClass::find_by_statement(statement).all(db).await?)
}

/// School, first and last day of a term, and by which its classes are found, its year and itself: enrolments in classes of
/// former years may have no end. Both are the same where it has no year: then all classes are its own.
pub(super) fn in_term(school: SchoolId, term: &academic_sessions::Model) -> [Value; 5] {
    let year = term.parent_id.unwrap_or(term.id);
    [school.into(), term.start_date.into(), term.end_date.into(), year.into(), term.id.into()]
}

/// Where each student's card is printed on a day: in the homeroom of the day, else in the last one before it, else in the
/// first one after it. Who has no homeroom is left out.
fn homes(places: &[InClass], day: NaiveDate) -> HashMap<StudentId, ClassId> {
    let mut of_student: BTreeMap<StudentId, Vec<&InClass>> = BTreeMap::new();
    for place in places.iter().filter(|place| place.kind == ClassKind::Homeroom) {
        of_student.entry(place.student_id).or_default().push(place);
    }
    let home = |(student, mut homerooms): (StudentId, Vec<&InClass>)| {
        homerooms.sort_by_key(|place| (place.start_date, place.end_date.unwrap_or(NaiveDate::MAX), place.class_id));
        let begun = homerooms.iter().rev().find(|place| place.start_date <= day);
        begun.or(homerooms.first()).map(|place| (student, place.class_id))
    };
    of_student.into_iter().filter_map(home).collect()
}

/// The class by which a student's card is printed: the homeroom, of whoever has none the group that was joined last.
pub async fn class_in(
    db: &impl ConnectionTrait,
    school: SchoolId,
    student: StudentId,
    term: &academic_sessions::Model,
    day: NaiveDate,
) -> Result<Option<classes::Model>> {
    let sql = "SELECT e.student_id, e.class_id, c.kind, e.start_date, e.end_date FROM enrolments e \
         JOIN classes c ON c.id = e.class_id AND c.deleted_at IS NULL AND (c.year_id IN ($4, $5) OR $4 = $5) \
         WHERE e.school_id = $1 AND e.student_id = $6 AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $2)";
    let values = in_term(school, term).into_iter().chain([student.into()]);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let places = InClass::find_by_statement(statement).all(db).await?;
    let group = || places.iter().max_by_key(|place| (place.start_date, place.class_id)).map(|place| place.class_id);
    match homes(&places, day).remove(&student).or_else(group) {
        Some(class) => Ok(classes::Entity::find_by_id(class).one(db).await?),
        None => Ok(None),
    }
}

/// The day on which cards of a term are printed, asked for today: today within the term, else its last or first day.
pub fn card_day(today: NaiveDate, term: &academic_sessions::Model) -> NaiveDate {
    today.min(term.end_date).max(term.start_date)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_card_is_printed_where_the_student_is_on_its_day() {
        let (ann, bea) = (StudentId::new(), StudentId::new());
        let (a, b, set) = (ClassId::new(), ClassId::new(), ClassId::new());
        let place = |student_id, class_id, kind, first: &str, last: &str| InClass {
            student_id,
            class_id,
            kind,
            start_date: first.parse().unwrap(),
            end_date: last.parse().ok(),
        };
        let places = [
            place(ann, a, ClassKind::Homeroom, "2026-09-01", "2026-10-31"),
            place(ann, b, ClassKind::Homeroom, "2026-11-01", ""),
            place(ann, set, ClassKind::Group, "2026-11-15", ""),
            place(bea, set, ClassKind::Group, "2026-09-01", ""),
        ];
        let home = |student, day: &str| homes(&places, day.parse().unwrap()).get(&student).copied();
        assert_eq!(home(ann, "2026-10-31"), Some(a));
        assert_eq!(home(ann, "2026-11-01"), Some(b));
        assert_eq!(home(ann, "2026-08-01"), Some(a), "not there yet");
        assert_eq!(home(bea, "2026-11-01"), None);
        // Who has left has the card of the last homeroom.
        assert_eq!(homes(&places[..1], "2026-12-20".parse().unwrap()).get(&ann), Some(&a));
    }
}
