//! Whoever has left reaches nothing any more, and a tie that ended gives no access to a child's record.

use kernel::Save;
use kernel::{Context, ErrorCode, Operation, Role};
use marks::gradebook::{CommentKind, SaveComment, SaveComments, save_comments};
use school::accounts;
use school::accounts::{ListUsers, Nothing, OfUser, RoleAt, SaveUser};
use school::classes::{
    EndEnrolments, MoveStudents, OfCourse, SaveClass, SaveCourse, delete_course, end_enrolments, move_students,
    save_class, save_course,
};
use school::people::*;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use store::entities::report_comments;
use store::ids::{AuditEntryId, StaffId, UserId};
use upkeep::{History, Undo, history, undo};

use crate::both;
use crate::graded::Graded;
use crate::roster::{Roster, new_class, new_student};
use crate::samples::sample;
use crate::world::{PASSWORD, World, date};

/// The password that people of the tests have chosen.
fn chosen() -> String {
    format!("{PASSWORD} too")
}

async fn refused(world: &World, username: &str) -> (ErrorCode, Option<Value>) {
    let error = world.sign_in("office", username, &chosen()).await.unwrap_err();
    (error.code, error.details)
}

/// Somebody who has left: no session, no way in, and a reason for whoever knows the password only.
async fn has_left(world: &World, token: &accounts::Token, user: UserId, username: &str) {
    let resumed = accounts::resume(&world.anonymous("office"), token).await.map(|_| ()).unwrap_err();
    assert_eq!(resumed.code, ErrorCode::SessionExpired);
    // Tries of before do not slow this one down.
    world.clock.move_by(chrono::Duration::minutes(16));
    assert_eq!(refused(world, username).await, (ErrorCode::AccountEnded, Some(json!({ "reason": "left" }))));
    let guessed = world.sign_in("office", username, "not the password").await.unwrap_err();
    assert_eq!(guessed.code, ErrorCode::WrongPassword, "a stranger is not told");
    let open = accounts::user_sessions(&world.administrator, OfUser { user }).await.unwrap();
    assert!(open.is_empty(), "{open:?}");
    let rows = accounts::list_users(&world.administrator, ListUsers { school: world.school }).await.unwrap();
    let row = rows.iter().find(|row| row.id == user).unwrap();
    assert_eq!((row.left, row.can_sign_in), (true, false));
}

async fn take_back(world: &World, entry: Option<AuditEntryId>) -> Option<AuditEntryId> {
    undo(&world.administrator, Undo { entry: entry.unwrap() }).await.unwrap().undo
}

both!(
    async fn staff_who_leave_are_nobody_at_once(world: World) {
        let roster = Roster::new(&world).await;
        let ben = roster.teacher(&world).await;
        let user = ben.actor().unwrap().user;
        let token = world.sign_in("library", "ben", &chosen()).await.unwrap();
        world.resume(&token).await;
        let staff = || StaffIds { school: world.school, staff: vec![roster.ben] };

        let deleted = delete_staff(&world.administrator, staff()).await.unwrap().undo;
        has_left(&world, &token, user, "ben").await;

        // Taken back, ben may come again, by a new sign-in; done again, he is gone again.
        let restored = take_back(&world, deleted).await;
        let ended = accounts::resume(&world.anonymous("office"), &token).await.map(|_| ()).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired, "a session that ended stays ended");
        let token = world.sign_in("library", "ben", &chosen()).await.unwrap();
        take_back(&world, restored).await;
        has_left(&world, &token, user, "ben").await;

        // The reverse of a restoration ends as well.
        let restored = restore_staff(&world.administrator, staff()).await.unwrap().undo;
        let token = world.sign_in("library", "ben", &chosen()).await.unwrap();
        take_back(&world, restored).await;
        has_left(&world, &token, user, "ben").await;

        let again = json!({ "id": null, "version": null, "username": "ben2", "givenName": "Ben", "familyName": "Otieno",
            "roles": [{ "role": "teacher", "school": world.school, "district": null }], "staff": roster.ben,
            "student": null, "disabled": false, "password": PASSWORD });
        // It asks for the password, which the administrator gave more than 15 minutes ago.
        let unknown = ::operations::call(&world.administrator_now(), "accounts.save_user", again).await.unwrap_err();
        assert_eq!(unknown.fields[0].field, "staff", "nobody becomes who has left");
    }
);

both!(
    async fn students_who_leave_are_nobody_at_once(world: World) {
        let roster = Roster::new(&world).await;
        let jose = roster.in_a[0];
        let me = world.user_for("jose", Role::Student, world.school, None, Some(jose)).await;
        let user = me.actor().unwrap().user;
        let details = student(&me, OfStudent { student: jose }).await.unwrap();
        let with = |status, version| SaveStudent {
            save: Save::Change { id: jose, version },
            status: Some(status),
            ..new_student(world.school, "1001", "José", "Muñoz")
        };
        for status in [StudentStatus::Withdrawn, StudentStatus::Graduated] {
            let token = world.sign_in("home", "jose", &chosen()).await.unwrap();
            let version = student(&world.administrator, OfStudent { student: jose }).await.unwrap().version;
            let saved = save_student(&world.administrator, with(status, version)).await.unwrap();
            has_left(&world, &token, user, "jose").await;
            take_back(&world, saved.undo).await;
        }
        let token = world.sign_in("home", "jose", &chosen()).await.unwrap();
        let ids = StudentIds { school: world.school, students: vec![jose] };
        delete_students(&world.administrator, ids).await.unwrap();
        has_left(&world, &token, user, "jose").await;
        assert_eq!(details.enrolled_on, Some(date("2026-09-01")), "the first day in a class, not that of the import");
    }
);

both!(
    async fn who_has_left_is_nobody_also_where_the_session_was_left_open(world: World) {
        let roster = Roster::new(&world).await;
        roster.teacher(&world).await;
        world.user_for("jose", Role::Student, world.school, None, Some(roster.in_a[0])).await;
        world.user("nia", Role::Teacher).await;
        // As a former program leaves it, or a copy that was restored: the person ends and the session does not.
        for (username, ends, comes_back) in [
            ("ben", "UPDATE staff SET deleted_at = $1 WHERE given_name = 'Ben'", "UPDATE staff SET deleted_at = NULL"),
            (
                "jose",
                "UPDATE students SET deleted_at = $1 WHERE number = '1001'",
                "UPDATE students SET deleted_at = NULL",
            ),
            (
                "jose",
                "UPDATE students SET status = 'withdrawn' WHERE number = '1001' AND created_at <= $1",
                "UPDATE students SET status = 'active'",
            ),
            ("nia", "UPDATE users SET disabled_at = $1 WHERE username = 'nia'", "UPDATE users SET disabled_at = NULL"),
        ] {
            let token = world.sign_in("library", username, &chosen()).await.unwrap();
            let store = &world.services.store;
            let done = store.reader().execute_raw(store.statement(ends, [world.administrator.now().into()])).await;
            assert_eq!(done.unwrap().rows_affected(), 1, "{ends}");
            let resumed = accounts::resume(&world.anonymous("library"), &token).await.map(|_| ()).unwrap_err();
            assert_eq!(resumed.code, ErrorCode::SessionExpired, "{ends}");
            store.reader().execute_unprepared(comes_back).await.unwrap();
            world.resume(&token).await;
        }
    }
);

both!(
    async fn who_is_disabled_is_told_so_and_nobody_else(world: World) {
        let nia = world.user("nia", Role::Teacher).await;
        let rows = accounts::list_users(&world.administrator, ListUsers { school: world.school }).await.unwrap();
        let row = rows.iter().find(|row| row.username == "nia").unwrap();
        let disable = SaveUser {
            save: Save::Change { id: row.id, version: row.version },
            username: "nia".into(),
            given_name: "nia".into(),
            family_name: "Tester".into(),
            roles: vec![RoleAt { role: Role::Teacher, school: Some(world.school), district: None }],
            staff: None,
            student: None,
            disabled: true,
            password: None,
        };
        accounts::save_user(&world.administrator, disable).await.unwrap();
        assert_eq!(refused(&world, "nia").await, (ErrorCode::AccountEnded, Some(json!({ "reason": "disabled" }))));
        let guessed = world.sign_in("office", "nia", "not the password").await.unwrap_err();
        assert_eq!(guessed.code, ErrorCode::WrongPassword);
        let open = accounts::user_sessions(&world.administrator, OfUser { user: nia.actor().unwrap().user }).await;
        assert!(open.unwrap().is_empty());
    }
);

both!(
    async fn nobody_ends_the_own_access_or_that_of_a_leader_above(world: World) {
        let roster = Roster::new(&world).await;
        let head = world.user_for("head", Role::Principal, world.school, Some(roster.chloe), None).await;
        let clerk = world.user("clerk", Role::Operator).await;
        let of = |staff| StaffIds { school: world.school, staff: vec![staff] };
        let own = delete_staff(&head, of(roster.chloe)).await.unwrap_err();
        assert_eq!(own.code, ErrorCode::OwnAccess);
        let above = delete_staff(&clerk, of(roster.chloe)).await.unwrap_err();
        assert_eq!(above.code, ErrorCode::Forbidden);
        accounts::whoami(&world.resume(&world.sign_in("office", "head", &chosen()).await.unwrap()).await, Nothing {})
            .await
            .unwrap();
        // A teacher's record is the office's to delete, and the administrator may end the principal.
        delete_staff(&clerk, of(roster.ben)).await.unwrap();
        delete_staff(&world.administrator, of(roster.chloe)).await.unwrap();
        assert_eq!(refused(&world, "head").await.0, ErrorCode::AccountEnded);
    }
);

/// The operations that a teacher may do at all, with inputs that name what is given, where their sample names such a thing.
fn of_teachers(world: &World, named: &str, put: &[(&str, Value)]) -> Vec<(&'static Operation, Value)> {
    ::operations::all()
        .iter()
        .copied()
        .filter(|operation| operation.rule().iter().any(|(role, _)| *role == Role::Teacher))
        .filter_map(|operation| {
            let mut input = sample(world, operation)?;
            let fields = input.as_object_mut()?;
            if !fields.contains_key(named) || fields[named].is_null() {
                return None;
            }
            for (field, value) in put.iter().filter(|(field, _)| sample_has(world, operation, field)) {
                fields.insert((*field).to_owned(), value.clone());
            }
            Some((operation, input))
        })
        .collect()
}

fn sample_has(world: &World, operation: &'static Operation, field: &str) -> bool {
    sample(world, operation).is_some_and(|input| input.get(field).is_some())
}

async fn all_forbidden(who: &Context, operations: Vec<(&'static Operation, Value)>, at_least: usize) {
    assert!(operations.len() >= at_least, "{operations:?}");
    for (operation, input) in operations {
        let outcome = ::operations::call(who, operation.name(), input).await;
        let code = outcome.err().map(|error| error.code);
        assert_eq!(code, Some(ErrorCode::Forbidden), "{}", operation.name());
    }
}

both!(
    async fn a_child_who_left_the_class_is_no_longer_read_by_its_teachers(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let (roster, ben) = (&graded.roster, &graded.ben);
        let [jose, aarav, _] = graded.students();
        let of = |student| {
            let put = [("student", json!(student)), ("term", json!(graded.autumn)), ("course", json!(roster.course))];
            of_teachers(&world, "student", &put)
        };
        let history = |row| json!({ "school": world.school, "table": "students", "row": row });
        for (operation, input) in of(jose).into_iter().filter(|(operation, _)| {
            let read = [
                "people.student",
                "analytics.student_performance",
                "gradebook.explain_total",
                "attendance.attendance_history",
                "attendance.attendance_summary",
            ];
            read.contains(&operation.name())
        }) {
            ::operations::call(ben, operation.name(), input).await.unwrap();
        }
        ::operations::call(ben, "upkeep.history", history(jose)).await.unwrap();

        let left = EndEnrolments { class: roster.class_a, students: vec![jose], end: date("2026-10-13") };
        end_enrolments(&world.administrator, left).await.unwrap();
        all_forbidden(ben, of(jose), 8).await;
        let refused = ::operations::call(ben, "upkeep.history", history(jose)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let listed = ::operations::call(ben, "people.list_students", json!({ "school": world.school })).await.unwrap();
        let states = ::operations::call(ben, "faces.consent_state", json!({ "school": world.school })).await.unwrap();
        let found = json!({ "school": world.school, "text": "munoz" });
        let found = ::operations::call(ben, "people.search_people", found).await.unwrap();
        assert_eq!((&listed["total"], &states["total"], found.as_array().unwrap().len()), (&json!(2), &json!(2), 0));
        // What was typed stays readable in the sheet while the term runs; another child is read as before.
        let sheet = json!({ "course": roster.course, "term": graded.autumn });
        let sheet = ::operations::call(ben, "gradebook.mark_sheet", sheet).await.unwrap();
        assert!(sheet["marks"].as_array().unwrap().iter().any(|mark| mark["student"] == json!(jose)));
        ::operations::call(ben, "people.student", json!({ "student": aarav })).await.unwrap();
        // The last day itself is a day in the class.
        let (clock, student) = (&world.clock, json!({ "student": aarav }));
        let left = EndEnrolments { class: roster.class_a, students: vec![aarav], end: date("2026-10-14") };
        end_enrolments(&world.administrator, left).await.unwrap();
        ::operations::call(ben, "people.student", student.clone()).await.unwrap();
        clock.move_by(chrono::Duration::days(1));
        let tomorrow = world.resume(&world.sign_in("office", "ben", &chosen()).await.unwrap()).await;
        let refused = ::operations::call(&tomorrow, "people.student", student).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
    }
);

both!(
    async fn the_class_teachers_comment_is_of_who_leads_the_child_now(world: World) {
        let graded = Graded::new(&world).await;
        let (roster, office, [jose, ..]) = (&graded.roster, &world.administrator, graded.students());
        // Chloë leads 7A, and teaches in 7B as well.
        let led = SaveClass {
            save: Save::Change { id: roster.class_a, version: 1 },
            class_teacher: Some(roster.chloe),
            ..new_class(world.school, roster.year, "7A")
        };
        save_class(office, led).await.unwrap();
        let taught = SaveCourse { class: roster.class_b, subject: roster.mathematics, teachers: vec![roster.chloe] };
        save_course(office, taught).await.unwrap();
        let chloe = graded.chloe(&world).await;
        let comment = SaveComment {
            student: jose,
            kind: CommentKind::ClassTeacher,
            course: None,
            body: "A good term.".into(),
            seen_version: None,
        };
        let comments = SaveComments { class: roster.class_a, term: graded.autumn, comments: vec![comment] };
        save_comments(&chloe, comments).await.unwrap();
        let row = report_comments::Entity::find().one(world.services.store.reader()).await.unwrap().unwrap().id.0;
        let of_comment = || History { school: world.school, table: "report_comments".into(), row };
        assert_eq!(history(&chloe, of_comment()).await.unwrap().len(), 1);

        let step =
            MoveStudents { from: roster.class_a, to: roster.class_b, students: vec![jose], date: date("2026-10-12") };
        move_students(office, step).await.unwrap();
        student(&chloe, OfStudent { student: jose }).await.unwrap();
        assert_eq!(history(&chloe, of_comment()).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_deleted_child_is_no_longer_read_by_its_teachers(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, ..] = graded.students();
        student(&graded.ben, OfStudent { student: jose }).await.unwrap();
        delete_students(&world.administrator, StudentIds { school: world.school, students: vec![jose] }).await.unwrap();
        assert_eq!(student(&graded.ben, OfStudent { student: jose }).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_course_handed_over_gives_nothing_any_more(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let (roster, ben) = (&graded.roster, &graded.ben);
        let chloe = graded.chloe(&world).await;
        let jose = graded.students()[0];
        let taught_by =
            |teachers: Vec<StaffId>| SaveCourse { class: roster.class_a, subject: roster.mathematics, teachers };
        save_course(&world.administrator, taught_by(vec![roster.chloe])).await.unwrap();
        gone(&world, &graded, ben).await;
        own_entries(&world, &graded, ben, &chloe).await;
        student(&chloe, OfStudent { student: jose }).await.unwrap();

        // A course that was taken out of the class gives nothing either, and no more does a class teacher who was.
        save_course(&world.administrator, taught_by(vec![roster.ben])).await.unwrap();
        student(ben, OfStudent { student: jose }).await.unwrap();
        for id in [graded.test_1, graded.test_2, graded.essay] {
            let input = json!({ "id": id, "version": 1 });
            ::operations::call(&world.administrator, "gradebook.delete_assessment", input).await.unwrap();
        }
        delete_course(&world.administrator, OfCourse { course: roster.course }).await.unwrap();
        let error = student(ben, OfStudent { student: jose }).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Forbidden);
        let class = |teacher: Option<StaffId>, version| SaveClass {
            save: Save::Change { id: roster.class_a, version },
            class_teacher: teacher,
            ..new_class(world.school, roster.year, "7A")
        };
        save_class(&world.administrator, class(Some(roster.ben), 1)).await.unwrap();
        student(ben, OfStudent { student: jose }).await.unwrap();
        save_class(&world.administrator, class(Some(roster.chloe), 2)).await.unwrap();
        let error = student(ben, OfStudent { student: jose }).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Forbidden);
    }
);

/// Nothing of class, course and students is reached; the lists are empty.
async fn gone(world: &World, graded: &Graded, who: &Context) {
    let roster = &graded.roster;
    let put = [
        ("student", json!(graded.students()[0])),
        ("class", json!(roster.class_a)),
        ("term", json!(graded.autumn)),
        ("course", json!(roster.course)),
        ("assessment", json!(graded.test_1)),
        ("category", json!(graded.tests)),
    ];
    all_forbidden(who, of_teachers(world, "student", &put), 8).await;
    all_forbidden(who, of_teachers(world, "class", &put), 12).await;
    let of_course = of_teachers(world, "course", &put);
    let read = |(operation, _): &(&'static Operation, Value)| operation.name() != "gradebook.mark_sheet";
    all_forbidden(who, of_course.into_iter().filter(read).collect(), 6).await;
    for operation in ["people.list_students", "faces.consent_state"] {
        let page = ::operations::call(who, operation, json!({ "school": world.school })).await.unwrap();
        assert_eq!(page["total"], json!(0), "{operation}");
    }
    let classes = ::operations::call(who, "classes.list_classes", json!({ "school": world.school })).await.unwrap();
    assert_eq!(classes, json!([]));
}

/// What was typed is read until the term is over, by whoever typed it, and nothing else with it.
async fn own_entries(world: &World, graded: &Graded, ben: &Context, chloe: &Context) {
    let of = json!({ "course": graded.roster.course, "term": graded.autumn });
    let [jose, aarav, _] = graded.students();
    let typed = json!({ "course": graded.roster.course, "term": graded.autumn,
        "cells": [{ "student": aarav, "assessment": graded.essay, "text": "7" }] });
    ::operations::call(chloe, "gradebook.record_marks", typed.clone()).await.unwrap();
    let sheet = ::operations::call(ben, "gradebook.mark_sheet", of.clone()).await.unwrap();
    assert_eq!((&sheet["ownEntriesOnly"], sheet["marks"].as_array().unwrap().len()), (&json!(true), 8));
    assert_eq!((&sheet["totals"], &sheet["footers"]), (&json!([]), &json!([])));
    assert!(sheet["marks"].as_array().unwrap().iter().any(|mark| mark["student"] == json!(jose)));
    let refused = ::operations::call(ben, "gradebook.record_marks", typed).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Forbidden);
    let list = |handed_over| json!({ "school": world.school, "term": graded.autumn, "handedOver": handed_over });
    let listed = ::operations::call(ben, "gradebook.courses_for_marks", list(false)).await.unwrap();
    assert_eq!(listed, json!([]));
    let listed = ::operations::call(ben, "gradebook.courses_for_marks", list(true)).await.unwrap();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["ownEntriesOnly"]), (1, &json!(true)));
    let mine = ::operations::call(chloe, "gradebook.mark_sheet", of.clone()).await.unwrap();
    assert_eq!((&mine["ownEntriesOnly"], mine["marks"].as_array().unwrap().len()), (&json!(false), 9));
    // After the last day of the term they are the school's alone.
    let token = world.sign_in("office", "ben", &chosen()).await.unwrap();
    world.clock.move_by(chrono::Duration::days(66));
    let later = world.sign_in("office", "ben", &chosen()).await.unwrap();
    let refused =
        ::operations::call(&world.resume(&later).await, "gradebook.mark_sheet", of.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Forbidden);
    world.clock.move_by(-chrono::Duration::days(66));
    ::operations::call(&world.resume(&token).await, "gradebook.mark_sheet", of).await.unwrap();
}
