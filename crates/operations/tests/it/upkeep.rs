//! Undo, history, the newest changes and today.

use chrono::Duration;
use kernel::Save;
use kernel::{ErrorCode, Role};
use marks::gradebook::{CommentKind, SaveComment, SaveComments, save_comments};
use school::attendance::MarkSource;
use school::classes::{MoveStudents, OfClass, class, move_students};
use school::people::*;
use school::schools::OfSchool;
use sea_orm::ConnectionTrait;
use store::entities::{attendance_marks, registers};
use store::ids::{AttendanceMarkId, RegisterId};
use upkeep::*;

use crate::both;
use crate::graded::Graded;
use crate::roster::{Roster, guardian, new_student, second_school};
use crate::world::{World, date};

fn ids(world: &World, roster: &Roster) -> StudentIds {
    StudentIds { school: world.school, students: roster.in_a.clone() }
}

async fn finds(world: &World, text: &str) -> usize {
    let input = SearchPeople { school: world.school, text: text.into(), kind: None };
    search_people(&world.administrator, input).await.unwrap().len()
}

both!(
    async fn a_deletion_is_undone_and_done_again(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let entry = delete_students(context, ids(&world, &roster)).await.unwrap().undo.unwrap();
        assert_eq!(finds(&world, "jose").await, 0);
        let undone = undo(context, Undo { entry }).await.unwrap().undo.unwrap();
        assert_eq!(finds(&world, "jose").await, 1);
        let twice = undo(context, Undo { entry }).await.unwrap_err();
        assert_eq!(twice.code, ErrorCode::CannotUndo);
        undo(context, Undo { entry: undone }).await.unwrap();
        assert_eq!(finds(&world, "jose").await, 0, "the undo is undone: deleted again");
        undo(context, Undo { entry }).await.unwrap();
        assert_eq!(finds(&world, "jose").await, 1, "and can be undone again");
    }
);

both!(
    async fn a_move_is_undone_whole(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let input = MoveStudents {
            from: roster.class_a,
            to: roster.class_b,
            students: roster.in_a.clone(),
            date: date("2026-10-12"),
        };
        let entry = move_students(context, input).await.unwrap().undo.unwrap();
        assert!(class(context, OfClass { class: roster.class_a, as_of: None }).await.unwrap().students.is_empty());
        undo(context, Undo { entry }).await.unwrap();
        let back = class(context, OfClass { class: roster.class_a, as_of: None }).await.unwrap();
        assert_eq!((back.students.len(), back.former_students.len()), (3, 0));
        assert_eq!(class(context, OfClass { class: roster.class_b, as_of: None }).await.unwrap().students.len(), 1);
    }
);

both!(
    async fn a_new_student_is_undone_with_guardians_and_words(world: World) {
        let context = &world.administrator;
        let input = SaveStudent {
            guardians: Some(vec![guardian("Grace", "Wanjiru", "0722 000 111")]),
            ..new_student(world.school, "5001", "Joy", "Wanjiru")
        };
        let entry = save_student(context, input).await.unwrap().undo.unwrap();
        assert_eq!(finds(&world, "wanjiru").await, 2);
        undo(context, Undo { entry }).await.unwrap();
        assert_eq!(finds(&world, "wanjiru").await, 0);
        let sql = "SELECT count(*) FROM search_words WHERE word = 'wanjiru'";
        let row = context.store().reader().query_one_raw(context.store().statement(sql, [])).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0);
    }
);

both!(
    async fn a_new_student_with_a_class_is_one_act(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let new = |number: &str, class_start| SaveStudent {
            class: Some(roster.class_b),
            class_start,
            ..new_student(world.school, number, "Joy", "Wanjiru")
        };
        let saved = save_student(context, new("5001", None)).await.unwrap();
        let enrolment = &saved.student.enrolments[0];
        assert_eq!((enrolment.class, enrolment.start), (roster.class_b, date("2026-10-14")), "from today");
        undo(context, Undo { entry: saved.undo.unwrap() }).await.unwrap();
        assert_eq!(finds(&world, "wanjiru").await, 0);
        assert_eq!(class(context, OfClass { class: roster.class_b, as_of: None }).await.unwrap().students.len(), 1);

        let later = save_student(context, new("5001", Some(date("2026-11-02")))).await.unwrap();
        assert_eq!(later.student.enrolments[0].start, date("2026-11-02"));
        let outside = save_student(context, new("5002", Some(date("2029-11-02")))).await.unwrap_err();
        assert_eq!((outside.code, outside.fields[0].field.as_str()), (ErrorCode::Invalid, "class"));
        assert_eq!(finds(&world, "wanjiru").await, 1, "a refused class adds nobody");
    }
);

both!(
    async fn what_changed_since_cannot_be_undone(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let change = |given: &str, version| SaveStudent {
            save: Save::Change { id: roster.in_a[0], version },
            ..new_student(world.school, "1001", given, "Muñoz")
        };
        let entry = save_student(context, change("Josefa", 1)).await.unwrap().undo.unwrap();
        let later = save_student(context, change("Joseph", 2)).await.unwrap();
        let refused = undo(context, Undo { entry }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CannotUndo);
        undo(context, Undo { entry: later.undo.unwrap() }).await.unwrap();
        undo(context, Undo { entry }).await.unwrap();
        let now = student(context, OfStudent { student: roster.in_a[0] }).await.unwrap();
        assert_eq!(now.given_name, "José");
    }
);

both!(
    async fn what_others_use_by_now_cannot_be_undone(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let saved = save_student(context, new_student(world.school, "5001", "Joy", "Wanjiru")).await.unwrap();
        let enrol = school::classes::EnrolStudents {
            class: roster.class_a,
            students: vec![saved.student.id],
            start: date("2026-10-01"),
        };
        school::classes::enrol_students(context, enrol).await.unwrap();
        let refused = undo(context, Undo { entry: saved.undo.unwrap() }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CannotUndo);
        assert_eq!(finds(&world, "wanjiru").await, 1, "nothing is half undone");
    }
);

both!(
    async fn whoever_may_do_it_may_undo_it(world: World) {
        let roster = Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        let other_office = world.user("second_office", Role::Operator).await;
        let principal = world.user("principal", Role::Principal).await;
        let teacher = roster.teacher(&world).await;
        let elsewhere = second_school(&world).await;
        let other_principal = world.user_for("other", Role::Principal, elsewhere, None, None).await;
        let delete = async || delete_students(&office, ids(&world, &roster)).await.unwrap().undo.unwrap();
        let entry = delete().await;
        for context in [&teacher, &other_principal] {
            assert_eq!(undo(context, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        // Each of them could restore these students by hand as well.
        undo(&office, Undo { entry }).await.unwrap();
        for context in [&other_office, &principal] {
            let entry = delete().await;
            undo(context, Undo { entry }).await.unwrap();
        }
    }
);

both!(
    async fn history_tells_who_changed_what_to_those_who_may_know(world: World) {
        let roster = Roster::new(&world).await;
        let change = SaveStudent {
            save: Save::Change { id: roster.in_a[0], version: 1 },
            ..new_student(world.school, "1001", "Josefa", "Muñoz")
        };
        save_student(&world.administrator, change).await.unwrap();
        let of = |row: uuid::Uuid| History { school: world.school, table: "students".into(), row };
        let teacher = roster.teacher(&world).await;
        for context in [&world.administrator, &teacher] {
            let entries = history(context, of(roster.in_a[0].0)).await.unwrap();
            assert_eq!(entries.iter().map(|entry| entry.kind.as_str()).collect::<Vec<_>>(), ["update", "insert"]);
            assert_eq!(entries[0].user_name.as_deref(), Some("Amara Okafor"));
            let given = entries[0].fields.iter().find(|field| field.field == "given_name").unwrap();
            assert_eq!((&given.before, &given.after), (&"José".into(), &"Josefa".into()));
        }
        let others = history(&teacher, of(roster.in_b[0].0)).await.unwrap_err();
        assert_eq!(others.code, ErrorCode::Forbidden);
        let guardians = History { table: "guardians".into(), ..of(roster.in_a[0].0) };
        assert_eq!(history(&teacher, guardians).await.unwrap_err().code, ErrorCode::Forbidden);
        let elsewhere = second_school(&world).await;
        let other = world.user_for("other", Role::Principal, elsewhere, None, None).await;
        assert_eq!(history(&other, of(roster.in_a[0].0)).await.unwrap_err().code, ErrorCode::Forbidden);
        let own_school = History { school: elsewhere, ..of(roster.in_a[0].0) };
        assert!(history(&other, own_school).await.unwrap().is_empty(), "another school's row has no history here");
    }
);

pub fn changes_of(world: &World) -> RecentChanges {
    RecentChanges {
        school: world.school,
        user: None,
        operation: None,
        from: None,
        to: None,
        student: None,
        part: None,
        entry: None,
        offset: None,
        limit: None,
    }
}

both!(
    async fn the_health_of_the_computer_is_not_told_to_everybody(world: World) {
        let teacher = world.user("teacher", Role::Teacher).await;
        let told = health(&teacher, school::accounts::Nothing {}).await.map(|_| ());
        assert_eq!(told.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn recent_changes_are_counted_by_table(world: World) {
        let roster = Roster::new(&world).await;
        let entry = delete_students(&world.administrator, ids(&world, &roster)).await.unwrap().undo.unwrap();
        undo(&world.administrator, Undo { entry }).await.unwrap();
        let input = RecentChanges { limit: Some(2), ..changes_of(&world) };
        let page = recent_changes(&world.administrator, input).await.unwrap();
        assert_eq!(page.rows.len(), 2);
        assert!(page.total > 10);
        let deletion = page.rows.iter().find(|row| row.operation == "people.delete_students").unwrap();
        assert!(deletion.undone);
        assert_eq!(deletion.changed, [RowCount { table: "students".into(), rows: 3, row: None }]);
        let undoing = page.rows.iter().find(|row| row.operation == "upkeep.undo").unwrap();
        assert!(undoing.is_undo);
    }
);

async fn take_register(world: &World, roster: &Roster) {
    let codes = school::schools::list_attendance_codes(&world.administrator, OfSchool { school: world.school });
    let codes = codes.await.unwrap();
    let code = |letter: &str| codes.iter().find(|code| code.code == letter).unwrap().id;
    let store = world.administrator.store().clone();
    let mut tx = store.begin().await.unwrap();
    let at = "2026-10-14T06:00:00Z".parse().unwrap();
    let register = registers::Model {
        id: RegisterId::new(),
        school_id: world.school,
        class_id: roster.class_a,
        date: date("2026-10-14"),
        lesson: 0,
        taken_by: None,
        taken_at: Some(at),
        even_if_no_school: false,
        version: 1,
    };
    tx.insert::<registers::Entity>(register).await.unwrap();
    for (student_id, letter, reason) in
        [(roster.in_a[0], "A", None), (roster.in_a[1], "P", None), (roster.in_a[2], "A", Some("ill"))]
    {
        let mark = attendance_marks::Model {
            id: AttendanceMarkId::new(),
            school_id: world.school,
            class_id: roster.class_a,
            student_id,
            date: date("2026-10-14"),
            lesson: 0,
            code_id: code(letter),
            reason: reason.map(str::to_owned),
            minutes_late: None,
            source: MarkSource::Hand,
            updated_by: None,
            updated_at: at,
            version: 1,
        };
        tx.insert::<attendance_marks::Entity>(mark).await.unwrap();
    }
    tx.commit().await.unwrap();
}

both!(
    async fn today_tells_each_what_needs_doing(world: World) {
        let roster = Roster::new(&world).await;
        let of = || OfSchool { school: world.school };
        let before = today(&world.administrator, of()).await.unwrap();
        assert_eq!((before.date, before.is_school_day), (date("2026-10-14"), true));
        assert_eq!(before.office.unwrap().registers_missing.len(), 2);
        take_register(&world, &roster).await;

        let teacher = today(&roster.teacher(&world).await, of()).await.unwrap();
        let own = teacher.teacher.unwrap();
        assert_eq!(
            own.classes.iter().map(|c| (c.title.as_str(), c.students, c.taken_at.is_some())).collect::<Vec<_>>(),
            [("7A", 3, true)]
        );
        assert!(teacher.office.is_none() && teacher.leader.is_none());

        let office = today(&world.user("office", Role::Operator).await, of()).await.unwrap();
        assert!(office.teacher.is_none() && office.leader.is_none());
        let office = office.office.unwrap();
        assert_eq!(office.registers_missing.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(), ["7B"]);
        assert_eq!(office.unexplained.len(), 1, "who has a reason is explained");
        assert_eq!(office.unexplained[0].student, roster.in_a[0]);
        assert_eq!(office.unexplained[0].guardian_phone.as_deref(), Some("+34 612 345 678"));
        assert_eq!(office.changes[0].operation, "classes.enrol_students");

        let leader = today(&world.user("principal", Role::Principal).await, of()).await.unwrap().leader.unwrap();
        assert_eq!(leader.students, 4);
        assert_eq!(leader.attendance.iter().map(|count| count.days).collect::<Vec<_>>(), [1, 0, 2, 0]);
        assert_eq!((leader.classes[0].present, leader.classes[0].absent), (1, 2));
        let shown = student(&world.administrator, OfStudent { student: roster.in_a[0] }).await.unwrap();
        assert_eq!(shown.attendance.iter().map(|count| count.days).collect::<Vec<_>>(), [1]);
    }
);

both!(
    async fn today_asks_the_class_teacher_for_comments_near_the_end_of_term(world: World) {
        let graded = Graded::new(&world).await;
        let store = &world.services.store;
        let values = [graded.roster.ben.into(), graded.roster.class_a.into()];
        let homeroom = store.statement("UPDATE classes SET homeroom_staff_id = $1 WHERE id = $2", values);
        store.reader().execute_raw(homeroom).await.unwrap();
        let of = || OfSchool { school: world.school };
        let due = async || today(&graded.ben, of()).await.unwrap().teacher.unwrap().class_comments;
        let term = today(&graded.ben, of()).await.unwrap().term.unwrap();
        assert!(due().await.is_empty(), "{term:?} is not near its end");
        world.clock.move_by(term.end - date("2026-10-14") - Duration::days(7));
        let rows = due().await;
        assert_eq!(
            rows.iter().map(|row| (row.title.as_str(), row.written, row.students)).collect::<Vec<_>>(),
            [("7A", 0, 3)]
        );
        let comment = |student, body: &str| SaveComment {
            student,
            kind: CommentKind::ClassTeacher,
            course: None,
            body: body.to_owned(),
            seen_version: None,
        };
        let comments = graded.students().map(|student| comment(student, "A good term.")).to_vec();
        let save = async |comments| {
            let input = SaveComments { class: graded.roster.class_a, term: graded.autumn, comments };
            save_comments(&graded.ben, input).await.unwrap()
        };
        save(comments[..2].to_vec()).await;
        assert_eq!(due().await[0].written, 2);
        let chloe = today(&graded.chloe(&world).await, of()).await.unwrap().teacher;
        assert!(chloe.is_none_or(|chloe| chloe.class_comments.is_empty()), "it is not her class");
        save(comments[2..].to_vec()).await;
        assert!(due().await.is_empty());
    }
);
