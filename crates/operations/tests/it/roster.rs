//! What the tests of people, classes and upkeep start from: two classes, subjects, staff and students in three scripts.

use kernel::Save;
use kernel::{Context, Role};
use school::classes::{ClassKind, EnrolStudents, SaveClass, SaveCourse, enrol_students, save_class, save_course};
use school::people::{SaveGuardian, SaveStaff, SaveStudent, save_staff, save_student};
use school::schools::{
    CreateSchool, NewTerm, OfSchool, SaveSubject, create_school, list_schools, list_sessions, save_subject,
};
use store::ids::{AcademicSessionId, ClassId, CourseId, SchoolId, StaffId, StudentId, SubjectId};

use crate::world::{World, date};

/// A small roster.
pub struct Roster {
    pub year: AcademicSessionId,
    pub mathematics: SubjectId,
    /// Taught mathematics by `ben`.
    pub class_a: ClassId,
    pub class_b: ClassId,
    pub course: CourseId,
    pub ben: StaffId,
    pub chloe: StaffId,
    /// In 7A: José Muñoz, आरव शर्मा (Aarav Sharma), محمد علي (Mohammed Ali).
    pub in_a: Vec<StudentId>,
    /// In 7B: Łukasz Żółty.
    pub in_b: Vec<StudentId>,
}

/// An input that only names the student.
pub fn new_student(school: SchoolId, number: &str, given: &str, family: &str) -> SaveStudent {
    SaveStudent {
        first_day: None,
        school,
        save: Save::New,
        number: number.into(),
        given_name: given.into(),
        middle_name: None,
        family_name: family.into(),
        preferred_name: None,
        native_name: None,
        birth_date: None,
        sure_of_birth_date: None,
        sex: None,
        email: None,
        phone: None,
        address: None,
        contacts: None,
        grade_level: None,
        status: None,
        guardians: None,
        class: None,
        class_start: None,
        own_values: None,
    }
}

/// A guardian who is called first.
pub fn guardian(given: &str, family: &str, phone: &str) -> SaveGuardian {
    SaveGuardian {
        save: Save::New,
        given_name: given.into(),
        family_name: family.into(),
        email: None,
        phone: Some(phone.into()),
        address: None,
        contacts: None,
        relationship: "mother".into(),
        is_primary: true,
        may_collect: None,
        gets_letters: None,
        no_access: None,
        language: None,
        guardianship_version: None,
    }
}

pub fn new_staff(school: SchoolId, given: &str, family: &str) -> SaveStaff {
    SaveStaff {
        first_day: None,
        school,
        save: Save::New,
        number: None,
        given_name: given.into(),
        family_name: family.into(),
        native_name: None,
        email: None,
        phone: None,
        job_title: Some("Teacher".into()),
        address: None,
        contacts: None,
        own_values: None,
    }
}

pub fn new_class(school: SchoolId, year: AcademicSessionId, title: &str) -> SaveClass {
    SaveClass {
        school,
        save: Save::New,
        year,
        title: title.into(),
        grade_level: Some("7".into()),
        room: None,
        kind: ClassKind::Homeroom,
        places: None,
        class_teacher: None,
    }
}

/// A group of the year, beside the homerooms.
pub async fn new_group(world: &World, year: AcademicSessionId, title: &str) -> ClassId {
    let input = SaveClass { kind: ClassKind::Group, ..new_class(world.school, year, title) };
    save_class(&world.administrator, input).await.unwrap().class.id
}

impl Roster {
    pub async fn new(world: &World) -> Self {
        let (context, school) = (&world.administrator, world.school);
        let year = list_sessions(context, OfSchool { school }).await.unwrap()[0].id;
        let subject =
            |title: &str| SaveSubject { school, save: Save::New, title: title.into(), code: None, position: None };
        let mathematics = save_subject(context, subject("Mathematics")).await.unwrap().id;
        let ben = save_staff(context, new_staff(school, "Ben", "Otieno")).await.unwrap().staff.id;
        let chloe = save_staff(context, new_staff(school, "Chloë", "Dubois")).await.unwrap().staff.id;
        let class_a = save_class(context, new_class(school, year, "7A")).await.unwrap().class.id;
        let class_b = save_class(context, new_class(school, year, "7B")).await.unwrap().class.id;
        let course = save_course(context, SaveCourse { class: class_a, subject: mathematics, teachers: vec![ben] })
            .await
            .unwrap()
            .course;
        let mut in_a = Vec::new();
        for (number, given, family, native, parent) in [
            ("1001", "José", "Muñoz", None, ("Lucía", "Muñoz", "+34 612 345 678")),
            ("1002", "Aarav", "Sharma", Some("आरव शर्मा"), ("Priya", "Sharma", "+91 98765 43210")),
            ("1003", "Mohammed", "Ali", Some("مُحَمَّد علي"), ("Fatima", "Hassan", "0711 222 333")),
        ] {
            let input = SaveStudent {
                native_name: native.map(str::to_owned),
                guardians: Some(vec![guardian(parent.0, parent.1, parent.2)]),
                ..new_student(school, number, given, family)
            };
            in_a.push(save_student(context, input).await.unwrap().student.id);
        }
        let in_b =
            vec![save_student(context, new_student(school, "2001", "Łukasz", "Żółty")).await.unwrap().student.id];
        for (class, students) in [(class_a, &in_a), (class_b, &in_b)] {
            let input = EnrolStudents { class, students: students.clone(), start: date("2026-09-01") };
            enrol_students(context, input).await.unwrap();
        }
        Self { year, mathematics, class_a, class_b, course, ben, chloe, in_a, in_b }
    }

    /// Ben, who teaches mathematics to 7A, signed in.
    pub async fn teacher(&self, world: &World) -> Context {
        world.user_for("ben", Role::Teacher, world.school, Some(self.ben), None).await
    }
}

/// A second school of the district.
pub async fn second_school(world: &World) -> SchoolId {
    let district = list_schools(&world.administrator, school::accounts::Nothing {}).await.unwrap()[0].district;
    let input = CreateSchool {
        district,
        name: "Hillside School".into(),
        identifier: None,
        time_zone: "Europe/Lisbon".into(),
        year_title: "2026/27".into(),
        year_start: date("2026-09-01"),
        year_end: date("2027-07-15"),
        terms: vec![NewTerm { title: "Autumn".into(), start: date("2026-09-01"), end: date("2026-12-18") }],
    };
    create_school(&world.administrator, input).await.unwrap().id
}
