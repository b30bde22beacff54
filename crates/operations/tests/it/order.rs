//! The order of lists: classes as people count, people by the name that the school chose.

use kernel::Save;
use kernel::{Context, Sort, SortOrder};
use marks::gradebook::{CoursesForMarks, OfCourseTerm, courses_for_marks, mark_sheet};
use school::attendance::{OfRegister, register};
use school::classes::*;
use school::exchange::{ExportStudents, export_students};
use school::people::*;
use school::schools::*;
use sea_orm::{ConnectionTrait, Database};
use store::{Place, Store, StoreOptions};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::{Roster, new_class, new_group, new_staff, new_student};
use crate::world::{On, World, date};

async fn titles(world: &World) -> Vec<String> {
    let input = ListClasses { as_of: None, school: world.school, year: None, kind: None, deleted: None };
    list_classes(&world.administrator, input).await.unwrap().into_iter().map(|class| class.title).collect()
}

/// Classes of one grade level, so that nothing but the title decides.
async fn classes_named(world: &World, roster: &Roster, names: &[&str]) -> Vec<store::ids::ClassId> {
    let mut made = Vec::new();
    for name in names {
        let class = new_class(world.school, roster.year, name);
        made.push(save_class(&world.administrator, class).await.unwrap().class.id);
    }
    made
}

both!(
    async fn classes_are_listed_as_people_count(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let made = classes_named(&world, &roster, &["10A", "2B", "Élan", "11", "02C", "Ebony"]).await;
        assert_eq!(titles(&world).await, ["2B", "02C", "7A", "7B", "10A", "11", "Ebony", "Élan"]);

        // A class that is renamed moves, and moves back when that is undone.
        let details = class(context, OfClass { class: made[0], as_of: None }).await.unwrap();
        let renamed = SaveClass {
            save: Save::Change { id: made[0], version: details.version },
            ..new_class(world.school, roster.year, "1A")
        };
        let saved = save_class(context, renamed).await.unwrap();
        assert_eq!(titles(&world).await[0], "1A");
        undo(context, Undo { entry: saved.undo.unwrap() }).await.unwrap();
        assert_eq!(titles(&world).await[4], "10A");

        // The students by class, and the classes of one student.
        let groups =
            [new_group(&world, roster.year, "10 Choir").await, new_group(&world, roster.year, "9 Choir").await];
        for (class, students) in [(groups[0], vec![roster.in_a[0]]), (groups[1], roster.in_a[..2].to_vec())] {
            enrol_students(context, EnrolStudents { class, students, start: date("2026-10-01") }).await.unwrap();
        }
        let moved =
            MoveStudents { from: roster.class_b, to: made[3], students: roster.in_b.clone(), date: date("2026-10-01") };
        move_students(context, moved).await.unwrap();
        let by_class = listed(context, &world, "class").await;
        let of = |student: &StudentRow| student.classes.iter().map(|class| class.title.clone()).collect::<Vec<_>>();
        assert_eq!(by_class.last().map(of).unwrap(), ["11"], "11 comes after 7A");
        let jose = by_class.iter().find(|row| row.given_name == "José").unwrap();
        assert_eq!(of(jose), ["7A", "9 Choir", "10 Choir"], "the homeroom first");
    }
);

async fn listed(context: &Context, world: &World, column: &str) -> Vec<StudentRow> {
    let sort = Some(Sort { column: column.into(), order: SortOrder::Ascending });
    let input = ListStudents { sort, ..ListStudents::of(world.school) };
    list_students(context, input).await.unwrap().rows
}

both!(
    async fn numbers_and_grade_levels_are_sorted_as_people_count(world: World) {
        let context = &world.administrator;
        for (number, grade) in [("10", "11"), ("9", "9"), ("100", "10"), ("A2", "K"), ("B10", "2")] {
            let student =
                SaveStudent { grade_level: Some(grade.into()), ..new_student(world.school, number, number, "X") };
            save_student(context, student).await.unwrap();
            let staff = SaveStaff { number: Some(number.into()), ..new_staff(world.school, number, "X") };
            save_staff(context, staff).await.unwrap();
        }
        let numbers = |rows: Vec<StudentRow>| rows.into_iter().map(|row| row.number).collect::<Vec<_>>();
        assert_eq!(numbers(listed(context, &world, "number").await), ["9", "10", "A2", "100", "B10"]);
        assert_eq!(numbers(listed(context, &world, "gradeLevel").await), ["B10", "9", "A2", "100", "10"]);
        for (order, wanted) in [
            (SortOrder::Ascending, ["9", "10", "A2", "100", "B10"]),
            (SortOrder::Descending, ["B10", "100", "A2", "10", "9"]),
        ] {
            let input = ListStaff {
                own_field: None,
                own_value: None,
                as_of: None,
                left: None,
                school: world.school,
                search: Some("X".into()),
                deleted: None,
                sort: Some(Sort { column: "number".into(), order }),
                offset: None,
                limit: None,
            };
            let rows = list_staff(context, input).await.unwrap().rows;
            assert_eq!(rows.into_iter().filter_map(|row| row.number).collect::<Vec<_>>(), wanted);
        }
    }
);

/// The names of 7A as the list, the class, the register, the mark sheet and the export give them, which is one order.
async fn names(world: &World, roster: &Roster) -> Vec<String> {
    let context = &world.administrator;
    let list: Vec<String> = listed(context, world, "name").await.into_iter().map(|row| row.given_name).collect();
    let list: Vec<String> = list.into_iter().filter(|name| name != "Łukasz").collect();
    let of_class = class(context, OfClass { class: roster.class_a, as_of: None }).await.unwrap().students;
    assert_eq!(of_class.into_iter().map(|row| row.given_name).collect::<Vec<_>>(), list);
    let input = OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
    let of_register = register(context, input).await.unwrap().students;
    assert_eq!(of_register.into_iter().map(|row| row.given_name).collect::<Vec<_>>(), list);
    let exported =
        export_students(context, ExportStudents { school: world.school, class: Some(roster.class_a), format: None });
    let exported = exported.await.unwrap().artifact;
    let file = context.services.artifact(exported, context.actor().unwrap().user).unwrap();
    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
    let places: Vec<usize> = list.iter().map(|name| text.find(name.as_str()).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    let year = list_sessions(context, OfSchool { school: world.school }).await.unwrap().remove(0);
    let sheet = mark_sheet(context, OfCourseTerm { course: roster.course, term: year.terms[0].id }).await.unwrap();
    sheet.students.into_iter().map(|student| student.list_name).collect()
}

/// Who teaches the course, as the class and the list of mark sheets name them.
async fn teachers(world: &World, roster: &Roster) -> [String; 2] {
    let context = &world.administrator;
    let shown = class(context, OfClass { class: roster.class_a, as_of: None }).await.unwrap();
    let year = list_sessions(context, OfSchool { school: world.school }).await.unwrap().remove(0);
    let of = CoursesForMarks { school: world.school, term: year.terms[0].id, handed_over: None };
    let courses = courses_for_marks(context, of).await.unwrap();
    let of_class = shown.courses.into_iter().find(|course| course.id == roster.course).unwrap().teachers.remove(0);
    let of_sheet = courses.into_iter().find(|course| course.course == roster.course).unwrap().teachers.remove(0);
    [of_class.list_name, of_sheet]
}

both!(
    async fn people_are_named_and_sorted_by_the_schools_order(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        assert_eq!(names(&world, &roster).await, ["Ali, Mohammed", "Muñoz, José", "Sharma, Aarav"]);
        assert_eq!(teachers(&world, &roster).await, ["Otieno, Ben", "Otieno, Ben"]);
        let stored = settings(context, OfSchool { school: world.school }).await.unwrap();
        let given = Settings { name_order: NameOrder::GivenFirst, ..stored.settings };
        save_settings(context, SaveSettings { school: world.school, version: stored.version, settings: given })
            .await
            .unwrap();
        assert_eq!(names(&world, &roster).await, ["Aarav Sharma", "José Muñoz", "Mohammed Ali"]);
        assert_eq!(teachers(&world, &roster).await, ["Ben Otieno", "Ben Otieno"]);
        // Accents do not put anybody at the end, and a changed name moves.
        let late = save_student(context, new_student(world.school, "3001", "Élodie", "Aubert")).await.unwrap().student;
        let order = |rows: Vec<StudentRow>| rows.into_iter().map(|row| row.given_name).collect::<Vec<_>>();
        assert_eq!(order(listed(context, &world, "name").await), ["Aarav", "Élodie", "José", "Łukasz", "Mohammed"]);
        let renamed = SaveStudent {
            save: Save::Change { id: late.id, version: late.version },
            ..new_student(world.school, "3001", "Zoé", "Aubert")
        };
        save_student(context, renamed).await.unwrap();
        assert_eq!(order(listed(context, &world, "name").await).last().unwrap(), "Zoé");
        let staff = ListStaff {
            own_field: None,
            own_value: None,
            as_of: None,
            left: None,
            school: world.school,
            search: None,
            deleted: None,
            sort: None,
            offset: None,
            limit: None,
        };
        let staff: Vec<String> =
            list_staff(context, staff).await.unwrap().rows.into_iter().map(|row| row.given_name).collect();
        assert_eq!(staff, ["Ben", "Chloë"]);
    }
);

#[tokio::test]
async fn a_database_of_before_gets_its_keys() {
    let world = World::open(On::Sqlite).await.unwrap();
    let roster = Roster::new(&world).await;
    classes_named(&world, &roster, &["10A", "2B"]).await;
    let old = world.folder.path().join("old.db");
    let copy = format!("VACUUM INTO '{}'", old.display());
    world.administrator.store().reader().execute_unprepared(&copy).await.unwrap();
    let raw = Database::connect(format!("sqlite:{}", old.display())).await.unwrap();
    for statement in [
        "DROP INDEX students_by_given",
        "ALTER TABLE students DROP COLUMN sort_given",
        "ALTER TABLE staff DROP COLUMN sort_given",
        "ALTER TABLE classes DROP COLUMN sort_title",
        "DELETE FROM applied_migrations WHERE name = 'm20261129_000009_sort_keys'",
    ] {
        raw.execute_unprepared(statement).await.unwrap();
    }
    raw.close().await.unwrap();
    let store = Store::open(&Place::File(old), &StoreOptions::default()).await.unwrap();
    let read = async |sql: &str| -> Vec<String> {
        let rows = store.reader().query_all_raw(store.statement(sql, [])).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    };
    assert_eq!(read("SELECT title FROM classes ORDER BY sort_title").await, ["2B", "7A", "7B", "10A"]);
    assert_eq!(
        read("SELECT given_name FROM students ORDER BY sort_given").await,
        ["Aarav", "José", "Łukasz", "Mohammed"]
    );
    assert_eq!(read("SELECT given_name FROM staff ORDER BY sort_given").await, ["Ben", "Chloë"]);
}
