//! Classes, courses and enrolments.

use kernel::ErrorCode;
use kernel::Save;
use school::classes::*;
use school::people::{OfStudent, StudentIds, delete_students, student};
use store::ids::{ClassId, StaffId, StudentId};

use crate::both;
use crate::roster::{Roster, new_class, second_school};
use crate::world::{World, date};

async fn students_in(world: &World, class_id: ClassId) -> Vec<StudentId> {
    let found = class(&world.administrator, OfClass { class: class_id, as_of: None }).await.unwrap();
    found.students.into_iter().map(|student| student.student).collect()
}

both!(
    async fn a_class_shows_its_students_courses_and_teachers(world: World) {
        let roster = Roster::new(&world).await;
        let found = class(&world.administrator, OfClass { class: roster.class_a, as_of: None }).await.unwrap();
        let names: Vec<&str> = found.students.iter().map(|student| student.family_name.as_str()).collect();
        assert_eq!(names, ["Ali", "Muñoz", "Sharma"]);
        assert_eq!(found.courses[0].subject_title, "Mathematics");
        assert_eq!(found.courses[0].teachers[0].name, "Ben Otieno");
        let rows = list_classes(&world.administrator, of(world.school)).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| (row.title.as_str(), row.students)).collect::<Vec<_>>(),
            [("7A", 3), ("7B", 1)]
        );
        let teacher = roster.teacher(&world).await;
        let own = list_classes(&teacher, of(world.school)).await.unwrap();
        assert_eq!(own.iter().map(|row| row.id).collect::<Vec<_>>(), [roster.class_a]);
        let other = class(&teacher, OfClass { class: roster.class_b, as_of: None }).await.unwrap_err();
        assert_eq!(other.code, ErrorCode::Forbidden);
    }
);

fn of(school: store::ids::SchoolId) -> ListClasses {
    ListClasses { as_of: None, school, year: None, kind: None, deleted: None }
}

both!(
    async fn a_class_is_checked_and_its_stale_change_refused(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let twice = save_class(context, new_class(world.school, roster.year, "7A")).await.unwrap_err();
        assert_eq!(twice.fields[0].code, "taken");
        let wrong = SaveClass {
            class_teacher: Some(StaffId::new()),
            year: store::ids::AcademicSessionId::new(),
            ..new_class(world.school, roster.year, &"x".repeat(10_000))
        };
        assert_eq!(save_class(context, wrong).await.unwrap_err().fields.len(), 3);
        let change = |title: &str| SaveClass {
            save: Save::Change { id: roster.class_a, version: 1 },
            class_teacher: Some(roster.chloe),
            ..new_class(world.school, roster.year, title)
        };
        let saved = save_class(context, change("7 Amber")).await.unwrap();
        assert_eq!(saved.class.class_teacher.unwrap().name, "Chloë Dubois");
        assert_eq!(save_class(context, change("7 Azure")).await.unwrap_err().code, ErrorCode::Stale);
        let other = second_school(&world).await;
        let moved = SaveClass { school: other, ..change("7 Azure") };
        assert_eq!(save_class(context, moved).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn moving_keeps_the_history(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let jose = roster.in_a[0];
        let input = |from, to| MoveStudents { from, to, students: vec![jose], date: date("2026-10-12") };
        move_students(context, input(roster.class_a, roster.class_b)).await.unwrap();
        assert!(!students_in(&world, roster.class_a).await.contains(&jose));
        assert!(students_in(&world, roster.class_b).await.contains(&jose));
        let shown = student(context, OfStudent { student: jose }).await.unwrap();
        let times: Vec<_> = shown.enrolments.iter().map(|e| (e.class_title.as_str(), e.end, e.current)).collect();
        assert_eq!(times, [("7B", None, true), ("7A", Some(date("2026-10-11")), false)]);
        let former = class(context, OfClass { class: roster.class_a, as_of: None }).await.unwrap().former_students;
        assert_eq!(former[0].student, jose);
        let again = move_students(context, input(roster.class_a, roster.class_b)).await.unwrap_err();
        assert_eq!(again.fields[0].code, "not_enrolled");
        let same = move_students(context, input(roster.class_b, roster.class_b)).await.unwrap_err();
        assert_eq!(same.fields[0].code, "other_class");
        let late = MoveStudents { date: date("2027-08-01"), ..input(roster.class_b, roster.class_a) };
        assert_eq!(move_students(context, late).await.unwrap_err().fields[0].code, "outside_year");
    }
);

both!(
    async fn enrolling_twice_changes_nothing_and_ending_before_the_start_takes_it_back(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let enrol =
            |students: Vec<StudentId>, start| EnrolStudents { class: roster.class_a, students, start: date(start) };
        let again = enrol_students(context, enrol(roster.in_a.clone(), "2026-10-01")).await.unwrap();
        assert!(again.undo.is_none());
        let leave = EndEnrolments { class: roster.class_b, students: roster.in_b.clone(), end: date("2026-10-11") };
        end_enrolments(context, leave).await.unwrap();
        enrol_students(context, enrol(roster.in_b.clone(), "2026-10-12")).await.unwrap();
        assert_eq!(students_in(&world, roster.class_a).await.len(), 4);
        let end = EndEnrolments { class: roster.class_a, students: roster.in_b.clone(), end: date("2026-10-11") };
        end_enrolments(context, end).await.unwrap();
        let shown = student(context, OfStudent { student: roster.in_b[0] }).await.unwrap();
        assert_eq!(shown.enrolments.len(), 1, "what never came to be is gone");
        let nobody = enrol_students(context, enrol(vec![], "2026-10-01")).await.unwrap_err();
        assert_eq!(nobody.fields[0].code, "required");
        let deleted = StudentIds { school: world.school, students: roster.in_b.clone() };
        delete_students(context, deleted).await.unwrap();
        let gone = enrol_students(context, enrol(roster.in_b.clone(), "2026-10-12")).await.unwrap_err();
        assert_eq!(gone.code, ErrorCode::NotFound);
    }
);

both!(
    async fn courses_come_and_go_with_their_teachers(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let course = |class, teachers| SaveCourse { class, subject: roster.mathematics, teachers };
        let first = save_course(context, course(roster.class_b, vec![roster.chloe])).await.unwrap().course;
        let second = save_course(context, course(roster.class_b, vec![roster.ben])).await.unwrap().course;
        assert_eq!(first, second, "a subject stands once in a class");
        let shown = class(context, OfClass { class: roster.class_b, as_of: None }).await.unwrap();
        assert_eq!(shown.courses[0].teachers.len(), 1);
        let unknown = save_course(context, course(roster.class_b, vec![StaffId::new()])).await.unwrap_err();
        assert_eq!(unknown.fields[0].field, "teachers.0");
        delete_course(context, OfCourse { course: first }).await.unwrap();
        assert!(class(context, OfClass { class: roster.class_b, as_of: None }).await.unwrap().courses.is_empty());
        let back = save_course(context, course(roster.class_b, vec![])).await.unwrap().course;
        assert_eq!(back, first);
    }
);

both!(
    async fn deleted_classes_return_whole(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let ids = || ClassIds { school: world.school, classes: vec![roster.class_a] };
        delete_classes(context, ids()).await.unwrap();
        assert_eq!(list_classes(context, of(world.school)).await.unwrap().len(), 1);
        let deleted = ListClasses { deleted: Some(true), ..of(world.school) };
        assert_eq!(list_classes(context, deleted).await.unwrap().len(), 1);
        restore_classes(context, ids()).await.unwrap();
        assert_eq!(students_in(&world, roster.class_a).await.len(), 3);
    }
);
