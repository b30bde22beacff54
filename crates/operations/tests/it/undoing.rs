//! Acts taken back one after the other, what stands in the way and is named, whom it is allowed, and who reads of it.

use kernel::Save;
use kernel::{Context, ErrorCode, Role};
use marks::gradebook::{CommentKind, SaveComment, SaveComments, mark_sheet, save_comments};
use school::accounts::{ListUsers, RoleAt, SaveUser, UserRow, list_users, save_user};
use school::attendance::{OfRegister, TakeRegister, mark_all_present, register, take_register};
use school::classes::*;
use school::people::*;
use school::schools::*;
use sea_orm::EntityTrait;
use serde_json::{Value as Json, json};
use store::entities::report_comments;
use store::ids::{AuditEntryId, StudentId};
use upkeep::*;

use crate::attacks::{again, district_of, new_school, second_district, with_roles};
use crate::both;
use crate::graded::{Graded, cell, seen};
use crate::roster::{Roster, new_class, new_group, new_student, second_school};
use crate::world::{PASSWORD, World, date};

/// What can be taken back next, and what was done at all.
async fn mine(context: &Context) -> MyActs {
    my_changes(context, MyChanges::default()).await.unwrap()
}

/// Takes back what was done last, as the key does.
async fn undo_last(context: &Context) -> Undone {
    let standing = MyChanges { standing: Some(true), limit: Some(1), ..MyChanges::default() };
    let act = my_changes(context, standing).await.unwrap().acts.remove(0);
    assert_eq!(act.why_not, None, "{}", act.words.operation);
    undo(context, Undo { entry: act.entry }).await.unwrap()
}

async fn redo_last(context: &Context) -> Undone {
    let redo = mine(context).await.redo.unwrap();
    undo(context, Undo { entry: redo.undone_by.unwrap() }).await.unwrap()
}

/// Why the act cannot be taken back, as the list says it and as the refusal says it.
async fn refusal(context: &Context, entry: AuditEntryId) -> Json {
    let refused = undo(context, Undo { entry }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::CannotUndo);
    refused.details.unwrap()
}

fn words(act: &ActWords) -> (&str, Option<&str>, Option<&str>, i64) {
    (act.operation.as_str(), act.name.as_deref(), act.place.as_deref(), act.count)
}

async fn students_of(context: &Context, class_id: store::ids::ClassId) -> usize {
    class(context, OfClass { class: class_id, as_of: None }).await.unwrap().students.len()
}

fn role(world: &World, user: &UserRow, role: Role) -> SaveUser {
    SaveUser {
        save: Save::Change { id: user.id, version: user.version },
        username: user.username.clone(),
        given_name: user.given_name.clone(),
        family_name: user.family_name.clone(),
        roles: vec![RoleAt { role, school: Some(world.school), district: None }],
        staff: user.staff,
        student: user.student,
        disabled: false,
        password: None,
    }
}

async fn user_row(world: &World, username: &str) -> UserRow {
    let users = list_users(&world.administrator, ListUsers { school: world.school }).await.unwrap();
    users.into_iter().find(|user| user.username == username).unwrap()
}

both!(
    async fn what_a_sign_in_did_is_undone_one_after_the_other(world: World) {
        let roster = Roster::new(&world).await;
        world.user("helper", Role::Counsellor).await;
        let choir = new_group(&world, roster.year, "Choir").await;
        // A sign-in of its own: what was set up before is not its act.
        let office = &world.user("office", Role::Principal).await;
        let of = |class| OfRegister { class, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };

        let new = SaveStudent { class: Some(roster.class_b), ..new_student(world.school, "5001", "Ann", "Lee") };
        let ann = save_student(office, new).await.unwrap().student.id;
        let some = |students: Vec<StudentId>, start| EnrolStudents { class: roster.class_a, students, start };
        let sings = EnrolStudents { class: choir, students: vec![ann], start: date("2026-10-20") };
        enrol_students(office, sings).await.unwrap();
        let step = MoveStudents {
            from: roster.class_a,
            to: roster.class_b,
            students: roster.in_a[..2].to_vec(),
            date: date("2026-10-12"),
        };
        move_students(office, step).await.unwrap();
        let last = EndEnrolments { class: roster.class_b, students: roster.in_b.clone(), end: date("2026-10-13") };
        end_enrolments(office, last).await.unwrap();
        mark_all_present(office, of(roster.class_a)).await.unwrap();
        take_register(office, TakeRegister { register: of(roster.class_a), rest_present: true }).await.unwrap();
        let before = settings(office, OfSchool { school: world.school }).await.unwrap();
        let changed = Settings { pass_percent: 55.0, ..before.settings.clone() };
        let save = SaveSettings { school: world.school, version: before.version, settings: changed };
        save_settings(office, save).await.unwrap();
        save_user(office, role(&world, &user_row(&world, "helper").await, Role::Operator)).await.unwrap();
        delete_students(office, StudentIds { school: world.school, students: vec![ann] }).await.unwrap();

        let done: Vec<_> = mine(office).await.acts.into_iter().map(|act| act.words).collect();
        let said: Vec<_> = done.iter().map(words).collect();
        let (a, b) = (Some("7A"), Some("7B"));
        assert_eq!(
            said,
            [
                ("people.delete_students", Some("Ann Lee"), None, 1),
                ("accounts.save_user", Some("helper Tester"), None, 1),
                ("schools.save_settings", None, None, 1),
                ("attendance.take_register", None, a, 1),
                ("attendance.mark_all_present", Some("Mohammed Ali"), a, 1),
                ("classes.end_enrolments", Some("Łukasz Żółty"), b, 1),
                ("classes.move_students", None, b, 2),
                ("classes.enrol_students", Some("Ann Lee"), Some("Choir"), 1),
                ("people.save_student", Some("Ann Lee"), b, 1),
                ("accounts.change_password", Some("office Tester"), None, 1),
            ]
        );

        for act in &done[..9] {
            assert_eq!(undo_last(office).await.act.operation, act.operation);
        }
        assert_eq!((students_of(office, roster.class_a).await, students_of(office, roster.class_b).await), (3, 1));
        let shown = register(office, of(roster.class_a)).await.unwrap();
        assert_eq!((shown.unmarked, shown.taken_at), (3, None));
        let now = settings(office, OfSchool { school: world.school }).await.unwrap();
        assert_eq!(now.settings, before.settings);
        assert_eq!(user_row(&world, "helper").await.roles[0].role, Role::Counsellor);
        assert_eq!(student(office, OfStudent { student: ann }).await.unwrap_err().code, ErrorCode::NotFound);
        let left = mine(office).await.acts.into_iter().filter(|act| act.undone_by.is_none()).collect::<Vec<_>>();
        assert_eq!(left[0].why_not, Some(WhyNot::Password), "a password stays, and it is said why");

        for act in done[..9].iter().rev() {
            let again = redo_last(office).await;
            let (done, was) = ((&again.act.operation, &again.act.kind), (&act.operation, &act.kind));
            assert_eq!((done, again.again), (was, true), "it is named as it was done, not as it was taken back");
        }
        assert!(mine(office).await.redo.is_none());
        assert_eq!((students_of(office, roster.class_a).await, students_of(office, roster.class_b).await), (1, 2));
        assert!(student(office, OfStudent { student: ann }).await.unwrap().deleted_at.is_some());
        assert_eq!(user_row(&world, "helper").await.roles[0].role, Role::Operator);
        // Once more, so that what was done again can be taken back again.
        assert_eq!(undo_last(office).await.act.operation, "people.delete_students");
        // Something new: what was undone is not done again after it.
        enrol_students(office, some(roster.in_b.clone(), date("2026-10-14"))).await.unwrap();
        assert!(mine(office).await.redo.is_none());
        // The same person at another computer takes back nothing of this by the key.
        let token = world.sign_in("library", "office", &format!("{PASSWORD} too")).await.unwrap();
        assert!(mine(&world.resume(&token).await).await.acts.is_empty());
    }
);

both!(
    async fn what_stands_on_an_act_is_named(world: World) {
        let roster = Roster::new(&world).await;
        let (one, two) = (world.user("one", Role::Operator).await, world.user("two", Role::Operator).await);
        let saved = save_student(&one, new_student(world.school, "5001", "Ann", "Lee")).await.unwrap();
        let ann = saved.student.id;
        let change = |given: &str, version| SaveStudent {
            save: Save::Change { id: ann, version },
            ..new_student(world.school, "5001", given, "Lee")
        };
        // Changed and changed back: the row is as it was made, and yet somebody decided that.
        save_student(&two, change("Anna", 1)).await.unwrap();
        let back = save_student(&two, change("Ann", 2)).await.unwrap();
        let why = refusal(&one, saved.undo.unwrap()).await;
        assert_eq!((&why["reason"], &why["by"]), (&json!("changed_since"), &json!("two Tester")));
        assert_eq!(why["act"]["operation"], "people.save_student");
        // What the other took back stands in nobody's way.
        for _ in 0..2 {
            undo_last(&two).await;
        }
        assert!(back.undo.is_some());

        let enrol = EnrolStudents { class: roster.class_b, students: vec![ann], start: date("2026-10-14") };
        enrol_students(&two, enrol).await.unwrap();
        let why = refusal(&one, saved.undo.unwrap()).await;
        assert_eq!((&why["reason"], &why["by"]), (&json!("used_since"), &json!("two Tester")));
        assert_eq!((&why["act"]["name"], &why["act"]["place"]), (&json!("Ann Lee"), &json!("7B")));
        let listed = mine(&one).await.acts.remove(0).why_not.unwrap();
        assert_eq!(serde_json::to_value(listed).unwrap(), why, "the list says the same before it is tried");
        undo_last(&two).await;
        assert_eq!(undo_last(&one).await.act.name.as_deref(), Some("Ann Lee"));
        assert_eq!(refusal(&one, saved.undo.unwrap()).await["reason"], "already_undone");
    }
);

both!(
    async fn another_field_of_the_same_row_is_in_nobodys_way(world: World) {
        let roster = Roster::new(&world).await;
        let (one, two) = (world.user("one", Role::Operator).await, world.user("two", Role::Operator).await);
        let change = |phone: Option<&str>, email: Option<&str>, version| SaveStudent {
            save: Save::Change { id: roster.in_b[0], version },
            phone: phone.map(str::to_owned),
            email: email.map(str::to_owned),
            ..new_student(world.school, "2001", "Łukasz", "Żółty")
        };
        save_student(&one, change(Some("1"), None, 1)).await.unwrap();
        save_student(&two, change(Some("1"), Some("l@example.org"), 2)).await.unwrap();
        undo_last(&one).await;
        let now = student(&one, OfStudent { student: roster.in_b[0] }).await.unwrap();
        assert_eq!((now.phone, now.email.as_deref()), (None, Some("l@example.org")));
    }
);

both!(
    async fn an_undo_asks_what_the_act_asks_today(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, ..] = graded.students();
        let typed = graded.record(&graded.ben, vec![cell(jose, graded.test_1, "15")]).await;
        let entry = typed.undo.unwrap();
        let chloe = graded.chloe(&world).await;
        let operator = world.user("operator", Role::Operator).await;
        for other in [&chloe, &operator] {
            assert_eq!(undo(other, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        // The course goes to Chloë: now she may, and Ben, who typed it, may not any more.
        let course = SaveCourse {
            class: graded.roster.class_a,
            subject: graded.roster.mathematics,
            teachers: vec![graded.roster.chloe],
        };
        save_course(&world.administrator, course).await.unwrap();
        assert_eq!(undo(&graded.ben, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&chloe, Undo { entry }).await.unwrap();
        let sheet = mark_sheet(&chloe, graded.of_course()).await.unwrap();
        assert!(sheet.marks.iter().all(|mark| mark.text.is_empty()));
    }
);

both!(
    async fn a_comment_is_taken_back_by_whoever_may_write_it(world: World) {
        let graded = Graded::new(&world).await;
        let comment = SaveComment {
            student: graded.students()[0],
            kind: CommentKind::Principal,
            course: None,
            body: "A good term.".into(),
            seen_version: None,
        };
        let input = SaveComments { class: graded.roster.class_a, term: graded.autumn, comments: vec![comment] };
        // Chloë leads the class: what she may write is the class teacher's comment.
        let class = SaveClass {
            save: Save::Change { id: graded.roster.class_a, version: 1 },
            class_teacher: Some(graded.roster.chloe),
            ..new_class(world.school, graded.roster.year, "7A")
        };
        save_class(&world.administrator, class).await.unwrap();
        let chloe = graded.chloe(&world).await;
        save_comments(&world.administrator, input).await.unwrap();
        let entry = mine(&world.administrator).await.acts[0].entry;
        let comments = report_comments::Entity::find();
        let row = comments.one(world.services.store.reader()).await.unwrap().unwrap().id.0;
        let of_comment = || History { school: world.school, table: "report_comments".into(), row };
        // Both have the student, and this is not theirs to write.
        for who in [&graded.ben, &chloe] {
            assert_eq!(history(who, of_comment()).await.unwrap_err().code, ErrorCode::Forbidden);
            assert_eq!(undo(who, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        assert_eq!(history(&world.administrator, of_comment()).await.unwrap().len(), 1);
        undo(&world.administrator, Undo { entry }).await.unwrap();
    }
);

both!(
    async fn every_screen_asks_again_after_an_undo(world: World) {
        let mut news = world.services.announcer.listen();
        let mut told = || {
            let mut subjects = Vec::new();
            while let Ok(one) = news.try_recv() {
                subjects.extend(one.subjects);
            }
            subjects
        };
        save_student(&world.administrator, new_student(world.school, "5001", "Ann", "Lee")).await.unwrap();
        let of_change = told();
        assert!(of_change.iter().any(|subject| subject == "students"), "{of_change:?}");
        assert!(of_change.iter().any(|subject| subject == "audit_entries"), "what was done is listed: {of_change:?}");
        assert!(!of_change.iter().any(|subject| subject == "*"), "{of_change:?}");
        undo_last(&world.administrator).await;
        assert!(told().iter().any(|subject| subject == "*"));
    }
);

both!(
    async fn nobody_gives_or_takes_by_undo_what_they_could_not_by_hand(world: World) {
        let principal = world.user("principal", Role::Principal).await;
        world.user("helper", Role::Operator).await;
        let helper = user_row(&world, "helper").await;
        let district = list_schools(&world.administrator, school::accounts::Nothing {}).await.unwrap()[0].district;
        let mut higher = role(&world, &helper, Role::DistrictAdministrator);
        higher.roles = vec![RoleAt { role: Role::DistrictAdministrator, school: None, district: Some(district) }];
        save_user(&world.administrator, higher).await.unwrap();
        let entry = mine(&world.administrator).await.acts[0].entry;
        assert_eq!(undo(&principal, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&world.administrator, Undo { entry }).await.unwrap();
        assert_eq!(user_row(&world, "helper").await.roles[0].role, Role::Operator);

        let mut highest = role(&world, &user_row(&world, "helper").await, Role::SuperAdministrator);
        highest.roles = vec![RoleAt { role: Role::SuperAdministrator, school: None, district: None }];
        save_user(&world.administrator, highest).await.unwrap();
        let entry = mine(&world.administrator).await.acts[0].entry;
        let token = world.sign_in("office", "helper", &format!("{PASSWORD} too")).await.unwrap();
        let own = undo(&world.resume(&token).await, Undo { entry }).await.unwrap_err();
        assert_eq!(own.code, ErrorCode::OwnAccess);
    }
);

both!(
    async fn a_school_that_was_made_is_taken_back(world: World) {
        let schools = async || {
            let token = world.sign_in("office", "amara", crate::world::PASSWORD).await.unwrap();
            let again = world.resume(&token).await;
            let listed = list_schools(&again, school::accounts::Nothing {}).await.unwrap().len();
            (listed, school::accounts::whoami(&again, school::accounts::Nothing {}).await.unwrap().schools.len())
        };
        assert_eq!(schools().await, (1, 1));
        second_school(&world).await;
        assert_eq!(schools().await, (2, 2));
        let undone = undo_last(&world.administrator).await;
        assert_eq!(words(&undone.act), ("schools.create_school", Some("Hillside School"), None, 1));
        assert_eq!(schools().await, (1, 1));
        redo_last(&world.administrator).await;
        assert_eq!(schools().await, (2, 2));
    }
);

both!(
    async fn a_school_of_another_district_is_not_taken_back(world: World) {
        let (own, other) = (district_of(&world).await, second_district(&world).await);
        world.user("northern", Role::Operator).await;
        let roles = vec![RoleAt { role: Role::DistrictAdministrator, school: None, district: Some(own) }];
        save_user(&world.administrator, with_roles(&user_row(&world, "northern").await, roles)).await.unwrap();
        let northern = again(&world, "northern").await;
        let made = async |district, name| {
            new_school(&world, district, name).await;
            mine(&world.administrator).await.acts.remove(0).entry
        };
        let (theirs, ours) = (made(other, "Zenith School").await, made(own, "Brook School").await);

        let refused = async |entry| undo(&northern, Undo { entry }).await.unwrap_err().code;
        assert_eq!(refused(theirs).await, ErrorCode::Forbidden);
        // Taken back by whoever may, it is not theirs to bring back either.
        let undone = undo(&world.administrator, Undo { entry: theirs }).await.unwrap().undo.unwrap();
        assert_eq!(refused(undone).await, ErrorCode::Forbidden);
        undo(&world.administrator, Undo { entry: undone }).await.unwrap();
        undo(&northern, Undo { entry: ours }).await.unwrap();
    }
);

both!(
    async fn a_history_is_read_by_who_may_read_the_row(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, aarav, _] = graded.students();
        let typed = graded.record(&graded.ben, vec![cell(jose, graded.test_1, "15")]).await;
        graded
            .record(&graded.ben, vec![seen(cell(jose, graded.test_1, "17,5"), 1), cell(aarav, graded.test_1, "9")])
            .await;
        let operator = world.user("operator", Role::Operator).await;
        let principal = world.user("principal", Role::Principal).await;
        let page = async |who: &Context, more: RecentChanges| recent_changes(who, more).await.unwrap();
        let all = || crate::upkeep::changes_of(&world);
        let marks = |page: &kernel::Page<ChangeEntry>| {
            page.rows.iter().filter(|row| row.operation == "gradebook.record_marks").count()
        };

        assert_eq!(marks(&page(&principal, all()).await), 2);
        assert_eq!(marks(&page(&operator, all()).await), 0, "whoever runs the office reads no marks");
        assert_eq!(page(&operator, RecentChanges { part: Some(Part::Marks), ..all() }).await.total, 0);
        let details = |entry| ChangeDetails { entry, offset: None, limit: None };
        let newest = page(&principal, RecentChanges { part: Some(Part::Marks), ..all() }).await.rows.remove(0);
        assert_eq!(words(&newest.words), ("gradebook.record_marks", None, Some("Mathematics 7A"), 2));
        assert!(change_details(&operator, details(newest.entry)).await.unwrap().rows.is_empty());
        let hillside = second_school(&world).await;
        let elsewhere = world.user_for("elsewhere", Role::Principal, hillside, None, None).await;
        assert_eq!(
            change_details(&elsewhere, details(newest.entry)).await.map(|_| ()).unwrap_err().code,
            ErrorCode::Forbidden
        );
        let opened = change_details(&principal, details(newest.entry)).await.unwrap();
        let row = opened.rows.iter().find(|row| row.student == Some(jose)).unwrap();
        assert_eq!((row.name.as_deref(), row.place.as_deref()), (Some("José Muñoz"), Some("Test 1, Mathematics 7A")));
        let mark =
            ChangedField { field: "mark".into(), before: Shown::Text("15".into()), after: Shown::Text("17.5".into()) };
        assert_eq!(row.fields, [mark]);
        // What was first typed is shown as it was then, although the audit keeps no copy of a new row.
        let first = change_details(&principal, details(typed.undo.unwrap())).await.unwrap().rows.remove(0);
        let is_mark = first.fields.iter().find(|field| field.field == "mark").unwrap();
        assert_eq!((&is_mark.before, &is_mark.after), (&Shown::Nothing, &Shown::Text("15".into())));

        let mark_row = store::entities::marks::Entity::find_row(&world, jose).await;
        let of_mark = || History { school: world.school, table: "marks".into(), row: mark_row };
        assert_eq!(history(&operator, of_mark()).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(history(&graded.ben, of_mark()).await.unwrap().len(), 2);
        let chloe = graded.chloe(&world).await;
        assert_eq!(history(&chloe, of_mark()).await.unwrap_err().code, ErrorCode::Forbidden);
        let sessions = History { table: "user_sessions".into(), ..of_mark() };
        assert_eq!(history(&principal, sessions).await.unwrap_err().code, ErrorCode::Forbidden);
        for who in [&graded.ben, &chloe] {
            assert_eq!(recent_changes(who, all()).await.unwrap_err().code, ErrorCode::Forbidden);
        }
    }
);

/// The identifier of a student's first mark, which no operation tells.
trait FindRow {
    async fn find_row(world: &World, student: StudentId) -> uuid::Uuid;
}

impl FindRow for store::entities::marks::Entity {
    async fn find_row(world: &World, student: StudentId) -> uuid::Uuid {
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
        let of_student = store::entities::marks::Column::StudentId.eq(student);
        Self::find().filter(of_student).one(world.services.store.reader()).await.unwrap().unwrap().id.0
    }
}

both!(
    async fn changes_are_found_by_day_person_student_and_part(world: World) {
        let roster = Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        world.clock.move_by(chrono::Duration::days(1));
        let with = SaveStudent {
            guardians: Some(vec![crate::roster::guardian("Grace", "Lee", "0722 000 111")]),
            class: Some(roster.class_b),
            ..new_student(world.school, "5001", "Ann", "Lee")
        };
        let ann = save_student(&office, with).await.unwrap().student;
        let leave = StudentIds { school: world.school, students: vec![roster.in_a[0]] };
        delete_students(&office, leave).await.unwrap();
        let all = || crate::upkeep::changes_of(&world);
        let found = async |wanted: RecentChanges| -> Vec<String> {
            let page = recent_changes(&office, wanted).await.unwrap();
            page.rows.into_iter().map(|row| row.operation).collect()
        };
        // 08:00 UTC is 11:00 in Nairobi: the day is the school's.
        let day = date("2026-10-15");
        let of_day = RecentChanges { from: Some(day), to: Some(day), ..all() };
        assert_eq!(found(of_day.clone()).await, ["people.delete_students", "people.save_student"]);
        let before = RecentChanges { to: Some(date("2026-10-14")), ..of_day.clone() };
        assert!(found(RecentChanges { from: Some(date("2026-10-15")), ..before }).await.is_empty());
        assert_eq!(found(RecentChanges { student: Some(ann.id), ..of_day.clone() }).await, ["people.save_student"]);
        assert_eq!(
            found(RecentChanges { part: Some(Part::Enrolments), ..of_day.clone() }).await,
            ["people.save_student"]
        );
        let makers = change_makers(&office, OfSchool { school: world.school }).await.unwrap();
        let maker = makers.iter().find(|maker| maker.name == "office Tester").unwrap();
        assert_eq!(found(RecentChanges { user: Some(maker.user), ..of_day.clone() }).await.len(), 2);
        let other = makers.iter().find(|maker| maker.name == "Amara Okafor").unwrap();
        assert!(found(RecentChanges { user: Some(other.user), ..of_day.clone() }).await.is_empty());
        let paged = recent_changes(&office, RecentChanges { offset: Some(1), limit: Some(1), ..of_day }).await.unwrap();
        assert_eq!((paged.total, paged.rows[0].operation.as_str()), (2, "people.save_student"));
        assert!(paged.rows[0].may_undo && paged.rows[0].why_not.is_none());
        let one = RecentChanges { entry: Some(paged.rows[0].entry), ..all() };
        assert_eq!(found(one).await, ["people.save_student"]);

        // Half past midnight of the next day in Nairobi; a guardian's change is found by the child.
        world.clock.move_by(chrono::Duration::minutes(13 * 60 + 30));
        let save = Save::Change { id: ann.guardians[0].id, version: ann.guardians[0].version };
        let grace = SaveGuardian { save, ..crate::roster::guardian("Grace", "Lee", "0722 000 222") };
        let change = SaveStudent {
            save: Save::Change { id: ann.id, version: ann.version },
            guardians: Some(vec![grace]),
            ..new_student(world.school, "5001", "Ann", "Lee")
        };
        save_student(&office, change).await.unwrap();
        let next = date("2026-10-16");
        let of_child = RecentChanges { from: Some(next), to: Some(next), student: Some(ann.id), ..all() };
        assert_eq!(found(of_child).await, ["people.save_student"]);
    }
);

both!(
    async fn whichever_entry_is_taken_back_the_list_tells_what_stands(world: World) {
        let office = world.user("office", Role::Operator).await;
        let first = save_student(&office, new_student(world.school, "5001", "Ann", "Lee")).await.unwrap();
        let back = async |entry| undo(&office, Undo { entry }).await.unwrap().undo.unwrap();
        let undone = back(first.undo.unwrap()).await;
        let again = back(undone).await;
        assert!(mine(&office).await.acts[0].undone_by.is_none());
        // Not the act but its being done again is taken back: it is undone all the same.
        back(again).await;
        assert_eq!(mine(&office).await.acts[0].undone_by, Some(undone));
        assert_eq!(
            student(&office, OfStudent { student: first.student.id }).await.unwrap_err().code,
            ErrorCode::NotFound
        );
        redo_last(&office).await;
        assert!(student(&office, OfStudent { student: first.student.id }).await.is_ok());
    }
);
