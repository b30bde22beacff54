//! The demo's people and classes.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};
use rand::RngExt;
use rand::rngs::StdRng;
use store::Transaction;
use store::entities::*;
use store::ids::*;

use super::fill::{CLASSES, Calendar, DemoSchool, STUDENTS_PER_CLASS};
use super::names::{Name, name};
use crate::people::stays::first_stay;
use crate::people::{StudentStatus, bulk};
use crate::{Context, Result};

/// Title and code.
const SUBJECTS: [(&str, &str); 7] = [
    ("Mathematics", "MAT"),
    ("Language and Literature", "LIT"),
    ("Science", "SCI"),
    ("History", "HIS"),
    ("Geography", "GEO"),
    ("Art", "ART"),
    ("Physical Education", "PE"),
];

/// The grade level that takes mathematics in sets.
const SETS_AT: usize = 11;

/// What the records are written for.
pub struct Roster {
    /// Homerooms.
    pub classes: Vec<DemoClass>,
    /// Groups, each with one course.
    pub sets: Vec<DemoClass>,
    /// Who does not take which course.
    pub exempted: HashSet<(CourseId, StudentId)>,
}

/// A class with its students and courses.
pub struct DemoClass {
    pub class: ClassId,
    pub level: String,
    pub students: Vec<StudentId>,
    pub courses: Vec<CourseId>,
}

/// Makes subjects, staff, classes, courses, students with guardians, and enrolments of one school.
pub async fn make(
    context: &Context,
    tx: &mut Transaction<'_>,
    rng: &mut StdRng,
    school: SchoolId,
    index: usize,
    calendar: &Calendar,
    made: &mut DemoSchool,
) -> Result<Roster> {
    let subject_rows: Vec<subjects::Model> = (0..)
        .zip(SUBJECTS)
        .map(|(position, (title, code))| subjects::Model {
            id: SubjectId::new(),
            school_id: school,
            title: title.into(),
            code: Some(code.into()),
            position,
            source_id: None,
            deleted_at: None,
            version: 1,
        })
        .collect();
    tx.insert_many::<subjects::Entity>(subject_rows.clone()).await?;
    let teachers: Vec<StaffId> = teachers(tx, rng, school, index, made).await?;

    let mut classes = Vec::new();
    let mut people = People::default();
    for number in 0..CLASSES {
        let level = 6 + number / 2;
        let class = classes::Model {
            id: ClassId::new(),
            sort_title: String::new(),
            school_id: school,
            year_id: calendar.year.id,
            // The two schools' classes have names of their own, so that one can be named without its school.
            title: format!("{level}{}", ["A", "B", "C", "D"][(index % 2) * 2 + number % 2]),
            grade_level: Some(level.to_string()),
            room: Some(format!("{}{:02}", 1 + number / 6, 1 + number % 6)),
            homeroom_staff_id: Some(teachers[number % teachers.len()]),
            source_id: None,
            deleted_at: None,
            kind: ClassKind::Homeroom,
            places: None,
            version: 1,
        };
        let class = tx.insert::<classes::Entity>(class).await?;
        // The oldest take mathematics in sets, everybody else everything in the homeroom.
        let in_class = if level == SETS_AT { &subject_rows[1..] } else { &subject_rows[..] };
        let courses = courses(tx, school, class.id, in_class, &teachers, number).await?;
        made.courses += u32::try_from(courses.len()).unwrap_or(0);
        let students = people.add_class(context, rng, school, index, level, class.id, calendar);
        classes.push(DemoClass { class: class.id, level: level.to_string(), students, courses });
        made.classes += 1;
    }
    let oldest: Vec<StudentId> = classes.iter().rev().take(2).rev().flat_map(|class| class.students.clone()).collect();
    let sets = sets(tx, school, index, calendar, &subject_rows[0], &teachers, oldest).await?;
    made.courses += u32::try_from(sets.len()).unwrap_or(0);
    made.classes += u32::try_from(sets.len()).unwrap_or(0);
    for set in &sets {
        people.enrol(school, set.class, &set.students, calendar);
    }
    made.students += u32::try_from(people.students.len()).unwrap_or(0);
    people.insert(context, tx, school, calendar.year.start_date).await?;
    let exempted = exempted(tx, school, calendar, &classes).await?;
    Ok(Roster { classes, sets, exempted })
}

/// Mathematics in two sets over both homerooms of the oldest.
async fn sets(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    index: usize,
    calendar: &Calendar,
    subject: &subjects::Model,
    teachers: &[StaffId],
    students: Vec<StudentId>,
) -> Result<Vec<DemoClass>> {
    let mut made = Vec::new();
    for number in 0..2_usize {
        let class = classes::Model {
            id: ClassId::new(),
            sort_title: String::new(),
            school_id: school,
            year_id: calendar.year.id,
            title: format!("{SETS_AT} Mathematics {}", (index % 2) * 2 + number + 1),
            grade_level: Some(SETS_AT.to_string()),
            room: Some(format!("3{:02}", number + 1)),
            homeroom_staff_id: None,
            source_id: None,
            deleted_at: None,
            kind: ClassKind::Group,
            places: Some(30),
            version: 1,
        };
        let class = tx.insert::<classes::Entity>(class).await?;
        let courses = courses(tx, school, class.id, std::slice::from_ref(subject), teachers, number).await?;
        let students = students.iter().copied().skip(number).step_by(2).collect();
        made.push(DemoClass { class: class.id, level: SETS_AT.to_string(), students, courses });
    }
    Ok(made)
}

/// One student of every fourth homeroom does not take physical education.
async fn exempted(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    calendar: &Calendar,
    classes: &[DemoClass],
) -> Result<HashSet<(CourseId, StudentId)>> {
    let pairs = classes.iter().step_by(4).filter_map(|class| Some((*class.courses.last()?, *class.students.get(2)?)));
    let pairs: HashSet<(CourseId, StudentId)> = pairs.collect();
    let row = |(course_id, student_id): &(CourseId, StudentId)| exemptions::Model {
        id: ExemptionId::new(),
        school_id: school,
        course_id: *course_id,
        student_id: *student_id,
        start_date: calendar.year.start_date,
        end_date: None,
        reason: Some("Medical certificate".into()),
        version: 1,
    };
    tx.insert_many::<exemptions::Entity>(pairs.iter().map(row).collect()).await?;
    Ok(pairs)
}

async fn teachers(
    tx: &mut Transaction<'_>,
    rng: &mut StdRng,
    school: SchoolId,
    index: usize,
    made: &mut DemoSchool,
) -> Result<Vec<StaffId>> {
    let mut rows = Vec::new();
    for number in 0..18_usize {
        let Name { given, family, native, .. } = name(rng);
        let subject = SUBJECTS[number % SUBJECTS.len()].0;
        rows.push(staff::Model {
            id: StaffId::new(),
            school_id: school,
            number: Some(format!("T{}{:03}", index + 1, number + 1)),
            given_name: given,
            family_name: family,
            native_name: native,
            email: None,
            phone: None,
            job_title: Some(if number == 16 {
                "Principal".into()
            } else if number == 17 {
                "Office".into()
            } else {
                format!("Teacher of {subject}")
            }),
            sort_name: String::new(),
            sort_given: String::new(),
            first_day: None,
            last_day: None,
            address: None,
            contacts: None,
            source_id: None,
            deleted_at: None,
            version: 1,
        });
    }
    made.staff += u32::try_from(rows.len()).unwrap_or(0);
    // The last two do not teach.
    let teachers = rows.iter().take(16).map(|row| row.id).collect();
    bulk::insert_staff(tx, school, rows).await?;
    Ok(teachers)
}

async fn courses(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    class: ClassId,
    subjects: &[subjects::Model],
    teachers: &[StaffId],
    number: usize,
) -> Result<Vec<CourseId>> {
    let mut course_rows = Vec::new();
    let mut teaching_rows = Vec::new();
    for (position, subject) in subjects.iter().enumerate() {
        let id = CourseId::new();
        course_rows.push(courses::Model {
            id,
            school_id: school,
            class_id: class,
            subject_id: subject.id,
            source_id: None,
            deleted_at: None,
            description: None,
            version: 1,
        });
        // Subjects keep their teachers: those hired for it, the lower years' and the upper years' one in turn.
        let hired: Vec<StaffId> = teachers.iter().copied().skip(position).step_by(subjects.len()).collect();
        let staff_id = hired[number % hired.len()];
        teaching_rows.push(teachings::Model {
            id: TeachingId::new(),
            school_id: school,
            course_id: id,
            staff_id,
            version: 1,
        });
    }
    let ids = course_rows.iter().map(|row| row.id).collect();
    tx.insert_many::<courses::Entity>(course_rows).await?;
    tx.insert_many::<teachings::Entity>(teaching_rows).await?;
    Ok(ids)
}

/// Rows gathered for all classes, so that they go in by few statements.
#[derive(Default)]
struct People {
    students: Vec<students::Model>,
    guardians: Vec<guardians::Model>,
    guardianships: Vec<guardianships::Model>,
    enrolments: Vec<enrolments::Model>,
}

impl People {
    #[allow(clippy::too_many_arguments)] // the demo's whole setting; a struct for one caller would only rename it
    fn add_class(
        &mut self,
        context: &Context,
        rng: &mut StdRng,
        school: SchoolId,
        index: usize,
        level: usize,
        class: ClassId,
        calendar: &Calendar,
    ) -> Vec<StudentId> {
        let mut ids = Vec::new();
        for _ in 0..STUDENTS_PER_CLASS {
            let Name { given, family, native, female } = name(rng);
            let id = StudentId::new();
            let number = format!("{}{:04}", index + 1, self.students.len() + 1);
            self.add_guardian(rng, school, id, &family, number.as_str());
            self.students.push(students::Model {
                id,
                school_id: school,
                number,
                given_name: given,
                middle_name: None,
                family_name: family,
                preferred_name: None,
                native_name: native,
                birth_date: Some(birth_date(rng, level, calendar.year.start_date)),
                sex: Some(if female { "female" } else { "male" }.into()),
                email: None,
                phone: None,
                grade_level: Some(level.to_string()),
                status: StudentStatus::Active,
                expected_on: None,
                last_day: None,
                address: None,
                contacts: None,
                sort_name: String::new(),
                sort_given: String::new(),
                source_id: None,
                created_at: context.now(),
                deleted_at: None,
                version: 1,
            });
            ids.push(id);
        }
        self.enrol(school, class, &ids, calendar);
        ids
    }

    fn enrol(&mut self, school: SchoolId, class: ClassId, students: &[StudentId], calendar: &Calendar) {
        let row = |student_id: &StudentId| enrolments::Model {
            id: EnrolmentId::new(),
            school_id: school,
            class_id: class,
            student_id: *student_id,
            start_date: calendar.year.start_date,
            end_date: None,
            source_id: None,
            version: 1,
        };
        self.enrolments.extend(students.iter().map(row));
    }

    fn add_guardian(&mut self, rng: &mut StdRng, school: SchoolId, student: StudentId, family: &str, number: &str) {
        let Name { given, female, .. } = name(rng);
        let guardian = guardians::Model {
            id: GuardianId::new(),
            school_id: school,
            given_name: given,
            family_name: family.to_owned(),
            email: Some(format!("guardian.{number}@example.org")),
            // Numbers set aside for fiction.
            phone: Some(format!("+44 7700 900{:03}", rng.random_range(0..1000))),
            source_id: None,
            deleted_at: None,
            language: None,
            address: None,
            contacts: None,
            sort_name: String::new(),
            sort_given: String::new(),
            version: 1,
        };
        self.guardianships.push(guardianships::Model {
            id: GuardianshipId::new(),
            school_id: school,
            student_id: student,
            guardian_id: guardian.id,
            relationship: if female { "mother" } else { "father" }.into(),
            is_primary: true,
            may_collect: true,
            gets_letters: true,
            no_access: false,
            version: 1,
        });
        self.guardians.push(guardian);
    }

    async fn insert(
        self,
        context: &Context,
        tx: &mut Transaction<'_>,
        school: SchoolId,
        first_day: NaiveDate,
    ) -> Result<()> {
        let stays = self.students.iter().map(|student| first_stay(student, first_day)).collect();
        bulk::insert_students(context, tx, school, self.students).await?;
        tx.insert_many::<stays::Entity>(stays).await?;
        bulk::insert_guardians(tx, school, self.guardians).await?;
        tx.insert_many::<guardianships::Entity>(self.guardianships).await?;
        tx.insert_many::<enrolments::Entity>(self.enrolments).await?;
        Ok(())
    }
}

/// A birthday that fits the year: somebody in year 6 turns eleven or so.
fn birth_date(rng: &mut StdRng, level: usize, year_start: NaiveDate) -> NaiveDate {
    let age = i32::try_from(level).unwrap_or(6) + 5;
    let start = NaiveDate::from_ymd_opt(year_start.year() - age - 1, 9, 1).unwrap_or(year_start);
    start + Days::new(rng.random_range(0..365))
}
