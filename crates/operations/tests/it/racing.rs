//! Two programs at one database (on SQLite two callers of the one that holds the file): whatever is decided by what is
//! there is decided once.

use std::sync::Arc;

use kernel::{Context, ErrorCode, Folders, Result, Sums, SystemClock};
use operations::{call, services};
use school::accounts::{self, Nothing};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use store::entities::users;
use store::{Place, Store, StoreOptions};

use crate::both;
use crate::graded::Graded;
use crate::roster::{Roster, new_group};
use crate::world::{On, World, device, empty_store, set_up};

/// How often each pair runs at once: who is quicker is another one each time.
const ROUNDS: usize = 6;

/// The administrator in this program, and in another one at the same database.
async fn two_programs(world: &World) -> [Context; 2] {
    let one = world.administrator_now();
    let store = match world.on {
        On::Sqlite => world.services.store.clone(),
        On::Postgres => Store::open(world.services.store.place(), &StoreOptions::default()).await.unwrap(),
    };
    let services = services(store, world.clock.clone(), world.services.folders.clone());
    let other = Context { services, ..one.clone() };
    [one, other]
}

async fn at_once(programs: &[Context; 2], acts: [(&'static str, Value); 2]) -> [Result<Value>; 2] {
    let [one, other] = programs.clone();
    let [(first, first_input), (second, second_input)] = acts;
    let one = tokio::spawn(async move { call(&one, first, first_input).await });
    let other = tokio::spawn(async move { call(&other, second, second_input).await });
    [one.await.unwrap(), other.await.unwrap()]
}

/// Exactly one is done, the other gets this refusal.
async fn one_wins(programs: &[Context; 2], acts: [(&'static str, Value); 2], refusal: &[ErrorCode]) {
    let what = acts.clone();
    let done = at_once(programs, acts).await;
    let refused: Vec<ErrorCode> = done.iter().filter_map(|done| done.as_ref().err()).map(|error| error.code).collect();
    assert_eq!(refused.len(), 1, "{what:?}: {done:?}");
    assert!(refusal.contains(&refused[0]), "{what:?}: {done:?}");
}

fn twice(operation: &'static str, input: Value) -> [(&'static str, Value); 2] {
    [(operation, input.clone()), (operation, input)]
}

both!(
    async fn what_is_new_is_made_once(world: World) {
        let graded = Graded::new(&world).await;
        let programs = two_programs(&world).await;
        let (school, year, course) = (world.school, graded.roster.year, graded.roster.course);
        let taken = [ErrorCode::Invalid, ErrorCode::Duplicate];
        for round in 0..ROUNDS {
            let start = 2030 + 2 * round;
            let new = [
                ("schools.save_subject", json!({ "school": school, "title": format!("Subject {round}") })),
                ("classes.save_class", json!({ "school": school, "year": year, "title": format!("Class {round}") })),
                (
                    "schools.save_attendance_code",
                    json!({ "school": school, "code": format!("X{round}"), "title": "Trip", "meaning": "excused", "position": 9 }),
                ),
                (
                    "people.save_student",
                    json!({ "school": school, "number": format!("N{round}"), "givenName": "Joy", "familyName": "Wanjiru" }),
                ),
                (
                    "people.save_staff",
                    json!({ "school": school, "number": format!("S{round}"), "givenName": "Joy", "familyName": "Wanjiru" }),
                ),
                (
                    "accounts.save_user",
                    json!({ "username": format!("joy{round}"), "givenName": "Joy", "familyName": "Wanjiru",
                        "roles": [{ "role": "operator", "school": school, "district": null }], "staff": null,
                        "student": null, "disabled": false, "password": "the red bicycle" }),
                ),
                (
                    "gradebook.save_category",
                    json!({ "course": course, "title": format!("Quizzes {round}"), "weight": "1" }),
                ),
            ];
            for (operation, input) in new {
                one_wins(&programs, twice(operation, input), &taken).await;
            }
            let staff = call(
                &programs[0],
                "people.save_staff",
                json!({ "school": school, "givenName": "Ada", "familyName": format!("Kim {round}") }),
            );
            let staff = staff.await.unwrap()["staff"]["id"].clone();
            one_wins(&programs, twice("accounts.make_staff_account", json!({ "staff": staff })), &taken).await;
            let _ = start;
        }
    }
);

both!(
    async fn years_that_overlap_are_saved_once(world: World) {
        let programs = two_programs(&world).await;
        let year = |title: &str, start: &str, end: &str| {
            let term = json!({ "id": null, "version": null, "title": "Autumn", "start": start, "end": end });
            let input = json!({ "school": world.school, "title": title, "start": start, "end": end, "terms": [term] });
            ("schools.save_year", input)
        };
        let acts = [year("2027/28", "2027-09-01", "2028-07-15"), year("27–28", "2027-08-15", "2028-07-01")];
        one_wins(&programs, acts, &[ErrorCode::Invalid]).await;
    }
);

both!(
    async fn what_is_deleted_takes_nothing_more(world: World) {
        let roster = Roster::new(&world).await;
        let programs = two_programs(&world).await;
        let office = &programs[0];
        let school = world.school;
        for round in 0..ROUNDS {
            let subject = json!({ "school": school, "title": format!("Subject {round}") });
            let subject = call(office, "schools.save_subject", subject).await.unwrap();
            let acts = [
                ("schools.delete_subject", json!({ "id": subject["id"], "version": subject["version"] })),
                ("classes.save_course", json!({ "class": roster.class_a, "subject": subject["id"], "teachers": [] })),
            ];
            one_wins(&programs, acts, &[ErrorCode::InUse, ErrorCode::Invalid]).await;

            let subject = json!({ "school": school, "title": format!("Other {round}") });
            let subject = call(office, "schools.save_subject", subject).await.unwrap();
            let course = json!({ "class": roster.class_a, "subject": subject["id"], "teachers": [] });
            let course = call(office, "classes.save_course", course).await.unwrap()["course"].clone();
            let category = json!({ "course": course, "title": "Tests", "weight": "1" });
            let category = call(office, "gradebook.save_category", category).await.unwrap()["category"]["id"].clone();
            let terms = accounts::whoami(office, Nothing {}).await.unwrap().schools[0].terms.clone();
            let assessment = json!({ "course": course, "term": terms[0].id, "category": category, "title": "Test",
                "maximum": "20" });
            let acts =
                [("classes.delete_course", json!({ "course": course })), ("gradebook.save_assessment", assessment)];
            one_wins(&programs, acts, &[ErrorCode::InUse, ErrorCode::NotFound, ErrorCode::Invalid]).await;
        }
    }
);

both!(
    async fn a_student_is_enrolled_once(world: World) {
        let roster = Roster::new(&world).await;
        let programs = two_programs(&world).await;
        let choir = new_group(&world, roster.year, "Choir").await;
        for (round, student) in roster.in_a.iter().enumerate() {
            let enrol = |day: usize| {
                let start = format!("2026-10-{day:02}");
                ("classes.enrol_students", json!({ "class": choir, "students": [student], "start": start }))
            };
            let done = at_once(&programs, [enrol(2 + round), enrol(9 + round)]).await;
            assert!(done.iter().any(|done| done.is_ok()), "{done:?}");
        }
        let sql = "SELECT count(*) FROM (SELECT student_id FROM enrolments WHERE end_date IS NULL \
                   GROUP BY class_id, student_id HAVING count(*) > 1) twice";
        let store = &world.services.store;
        let row = store.reader().query_one_raw(store.statement(sql, [])).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0);
    }
);

async fn a_school_is_set_up_once(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let Some(store) = empty_store(on, folder.path()).await else { return };
    let place: Place = store.place().clone();
    let other = match on {
        On::Sqlite => store.clone(),
        On::Postgres => Store::open(&place, &StoreOptions::default()).await.unwrap(),
    };
    let program = |store: Store| {
        let clock = Arc::new(SystemClock);
        let folders = Folders {
            data: folder.path().into(),
            documents: folder.path().join("documents"),
            vendor: crate::world::vendor(),
            sums: Sums::Any,
        };
        Context::anonymous(services(store, clock, folders), device("office"))
    };
    let programs = [program(store), program(other)];
    let [one, two] = programs.clone();
    let first = tokio::spawn(async move { accounts::set_up(&one, set_up()).await.map(drop) });
    let second = tokio::spawn(async move {
        let mut input = set_up();
        input.administrator.username = "somebody".into();
        accounts::set_up(&two, input).await.map(drop)
    });
    let done = [first.await.unwrap(), second.await.unwrap()];
    let refused: Vec<ErrorCode> = done.iter().filter_map(|done| done.as_ref().err()).map(|error| error.code).collect();
    assert_eq!(refused, [ErrorCode::AlreadySetUp], "{done:?}");
    assert_eq!(users::Entity::find().count(programs[0].store().reader()).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_school_is_set_up_once_on_sqlite() {
    a_school_is_set_up_once(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_school_is_set_up_once_on_postgres() {
    a_school_is_set_up_once(On::Postgres).await;
}

both!(
    async fn a_demo_school_is_made_once(world: World) {
        let programs = two_programs(&world).await;
        let acts = twice("demo.fill_demo_school", json!({ "school": world.school, "seed": 7 }));
        one_wins(&programs, acts, &[ErrorCode::InUse]).await;
    }
);

both!(
    async fn deleted_courses_classes_and_students_take_nothing(world: World) {
        let graded = Graded::new(&world).await;
        let office = world.administrator_now();
        let [jose, aarav, _] = graded.students();
        let (course, class, term) = (graded.roster.course, graded.roster.class_a, graded.autumn);
        let mark = |student| {
            json!({ "course": course, "term": term,
                "cells": [{ "student": student, "assessment": graded.test_1, "text": "7" }] })
        };
        let comment = json!({ "class": class, "term": term,
            "comments": [{ "student": jose, "kind": "course", "course": course, "body": "Good." }] });
        let register = json!({ "class": class, "date": "2026-10-14", "lesson": 0 });
        let enrol = |class, student| json!({ "class": class, "students": [student], "start": "2026-10-01" });

        // A student.
        call(&office, "people.delete_students", json!({ "school": world.school, "students": [aarav] })).await.unwrap();
        let done = call(&office, "gradebook.record_marks", mark(aarav)).await.unwrap();
        assert_eq!(done["cells"][0]["result"]["code"], "not_enrolled", "{done}");
        let code = async |operation: &'static str, input: Value| {
            call(&office, operation, input).await.map(drop).unwrap_err().code
        };
        assert_eq!(code("classes.enrol_students", enrol(graded.roster.class_b, aarav)).await, ErrorCode::NotFound);

        // An assessment.
        call(&office, "gradebook.delete_assessment", json!({ "id": graded.test_1, "version": 1 })).await.unwrap();
        let done = call(&office, "gradebook.record_marks", mark(jose)).await.unwrap();
        assert_eq!(done["cells"][0]["result"]["code"], "no_assessment", "{done}");

        // A class, and the courses in it.
        call(&office, "classes.delete_classes", json!({ "school": world.school, "classes": [class] })).await.unwrap();
        for who in [&office, &graded.ben] {
            for (operation, input) in [
                ("gradebook.record_marks", mark(jose)),
                ("gradebook.save_comments", comment.clone()),
                ("attendance.mark_all_present", register.clone()),
                ("gradebook.save_category", json!({ "course": course, "title": "More", "weight": "1" })),
                ("gradebook.delete_assessment", json!({ "id": graded.test_2, "version": 1 })),
            ] {
                let refused = call(who, operation, input).await.map(drop).unwrap_err().code;
                assert!([ErrorCode::NotFound, ErrorCode::Forbidden].contains(&refused), "{operation}: {refused:?}");
            }
        }
        assert_eq!(code("classes.enrol_students", enrol(class, jose)).await, ErrorCode::NotFound);
        assert_eq!(
            code(
                "classes.save_course",
                json!({ "class": class, "subject": graded.roster.mathematics, "teachers": [] })
            )
            .await,
            ErrorCode::NotFound
        );
        // It can be looked at, and comes back.
        call(&office, "classes.class", json!({ "class": class })).await.unwrap();
        call(&office, "classes.restore_classes", json!({ "school": world.school, "classes": [class] })).await.unwrap();
        let done = call(
            &office,
            "gradebook.record_marks",
            json!({ "course": course, "term": term,
            "cells": [{ "student": jose, "assessment": graded.test_2, "text": "7" }] }),
        )
        .await
        .unwrap();
        assert_eq!(done["cells"][0]["result"]["outcome"], "saved", "{done}");
    }
);
