//! When people are at the school: leaving, coming back, being away, and the roster of a day that is over.

use chrono::{Duration, NaiveDate};
use exchange::OneRosterVersion;
use kernel::{Context, ErrorCode};
use school::accounts;
use school::attendance::{OfRegister, register};
use school::classes::{
    ClassKind, EnrolStudents, ListClasses, OfClass, SaveClass, class, enrol_students, list_classes, save_class,
};
use school::exchange::{ExportOneRoster, export_oneroster};
use school::people::*;
use store::entities::StayExit;
use store::ids::{AuditEntryId, ClassId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::{Roster, new_class, new_group, new_staff, new_student};
use crate::world::{PASSWORD, World, date};

async fn take_back(context: &Context, entry: Option<AuditEntryId>) -> Option<AuditEntryId> {
    undo(context, Undo { entry: entry.unwrap() }).await.unwrap().undo
}

fn withdraw(world: &World, students: &[StudentId], last_day: &str, reason: &str) -> WithdrawStudents {
    WithdrawStudents {
        school: world.school,
        students: students.to_vec(),
        last_day: date(last_day),
        exit: StayExit::Withdrawn,
        reason: Some(reason.into()),
    }
}

/// Given names of a roster: of today with those who have left, or of a day.
async fn listed(world: &World, as_of: Option<&str>, status: Option<StudentStatus>) -> Vec<String> {
    let filter = StudentFilter { status, as_of: as_of.map(date), ..StudentFilter::default() };
    let input = ListStudents { filter, ..ListStudents::of(world.school) };
    let page = list_students(&world.administrator, input).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.given_name).collect()
}

async fn in_class(world: &World, class_id: ClassId, as_of: Option<&str>) -> Vec<String> {
    let input = OfClass { class: class_id, as_of: as_of.map(date) };
    let shown = class(&world.administrator, input).await.unwrap().students;
    shown.into_iter().map(|student| student.given_name).collect()
}

async fn counted(world: &World, as_of: Option<&str>) -> i64 {
    let input = ListClasses { school: world.school, year: None, kind: None, deleted: None, as_of: as_of.map(date) };
    list_classes(&world.administrator, input).await.unwrap().iter().map(|class| class.students).sum()
}

async fn of_register(world: &World, class: ClassId, day: &str) -> Vec<String> {
    let input = OfRegister { class, date: date(day), lesson: 0, even_if_no_school: None };
    let shown = register(&world.administrator, input).await.unwrap().students;
    shown.into_iter().map(|student| student.given_name).collect()
}

async fn shown(world: &World, id: StudentId) -> StudentDetails {
    student(&world.administrator, OfStudent { student: id }).await.unwrap()
}

both!(
    async fn who_leaves_is_in_no_list_from_then_on_and_in_every_earlier_one(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let jose = roster.in_a[0];
        let set = new_group(&world, roster.year, "Set 1").await;
        let joined = EnrolStudents { class: set, students: vec![jose], start: date("2026-09-07") };
        enrol_students(office, joined).await.unwrap();

        // Today is 14 October; the last day was the 9th.
        let left = withdrew(&world, &[jose], "2026-10-09").await;
        assert_eq!(of_register(&world, roster.class_a, "2026-10-12").await, ["Mohammed", "Aarav"]);
        assert_eq!(of_register(&world, roster.class_a, "2026-10-09").await, ["Mohammed", "José", "Aarav"]);
        assert_eq!(in_class(&world, roster.class_a, None).await, ["Mohammed", "Aarav"]);
        assert_eq!(in_class(&world, roster.class_a, Some("2026-10-09")).await, ["Mohammed", "José", "Aarav"]);
        assert!(in_class(&world, set, None).await.is_empty());
        assert_eq!(in_class(&world, set, Some("2026-09-07")).await, ["José"]);
        assert_eq!((counted(&world, None).await, counted(&world, Some("2026-09-30")).await), (3, 5));
        assert_eq!(listed(&world, Some("2026-09-30"), None).await, ["Mohammed", "José", "Aarav", "Łukasz"]);
        assert_eq!(listed(&world, Some("2026-10-10"), None).await, ["Mohammed", "Aarav", "Łukasz"]);
        assert_eq!(listed(&world, Some("2026-08-31"), None).await, [""; 0]);
        assert_eq!(listed(&world, None, Some(StudentStatus::Active)).await, ["Mohammed", "Aarav", "Łukasz"]);
        assert_eq!(listed(&world, None, Some(StudentStatus::Withdrawn)).await, ["José"]);

        let details = shown(&world, jose).await;
        assert_eq!(details.status, StudentStatus::Withdrawn);
        let stay = &details.stays[0];
        let days = (stay.first_day, stay.last_day, stay.exit_reason.as_deref());
        assert_eq!(days, (date("2026-09-01"), Some(date("2026-10-09")), Some("moved away")));
        assert!(details.enrolments.iter().all(|time| time.end == Some(date("2026-10-09"))), "{details:?}");

        // Taken back it is as before; done again as after.
        let again = take_back(office, left).await;
        assert_eq!((counted(&world, None).await, shown(&world, jose).await.status), (5, StudentStatus::Active));
        take_back(office, again).await;
        assert_eq!(shown(&world, jose).await.status, StudentStatus::Withdrawn);

        let twice = withdraw_students(office, withdraw(&world, &[jose], "2026-10-10", "")).await.unwrap_err();
        assert_eq!(twice.fields[0].code, "has_left");
        let before = withdraw_students(office, withdraw(&world, &roster.in_b, "2026-08-01", "")).await.unwrap_err();
        assert_eq!(before.fields[0].code, "before_first");
        let outside = EnrolStudents { class: roster.class_b, students: vec![jose], start: date("2026-10-12") };
        let outside = enrol_students(office, outside).await.unwrap_err();
        assert_eq!(outside.fields[0].code, "not_at_school");
    }
);

async fn withdrew(world: &World, students: &[StudentId], last_day: &str) -> Option<AuditEntryId> {
    withdraw_students(&world.administrator, withdraw(world, students, last_day, "moved away")).await.unwrap().undo
}

both!(
    async fn a_returner_has_two_times_and_a_wrong_day_is_corrected(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let jose = roster.in_a[0];
        withdrew(&world, &[jose], "2026-09-30").await;
        let back = |day: &str| ReEnrolStudents {
            school: world.school,
            students: vec![jose],
            first_day: date(day),
            reason: Some("back from abroad".into()),
            class: Some(roster.class_b),
        };
        let early = re_enrol_students(office, back("2026-09-30")).await.unwrap_err();
        assert_eq!(early.fields[0].code, "before_end");
        re_enrol_students(office, back("2026-10-12")).await.unwrap();
        let still = re_enrol_students(office, back("2026-10-13")).await.unwrap_err();
        assert_eq!(still.fields[0].code, "still_there");

        let there = |names: Vec<String>| names.contains(&"José".to_owned());
        for (day, class_a, class_b, at_school) in [
            ("2026-09-30", true, false, true),
            ("2026-10-01", false, false, false),
            ("2026-10-11", false, false, false),
            ("2026-10-12", false, true, true),
        ] {
            assert_eq!(there(in_class(&world, roster.class_a, Some(day)).await), class_a, "7A on {day}");
            assert_eq!(there(in_class(&world, roster.class_b, Some(day)).await), class_b, "7B on {day}");
            assert_eq!(there(listed(&world, Some(day), None).await), at_school, "{day}");
        }

        // The first time ended two days later: the class that ended with it does so too.
        let first = shown(&world, jose).await.stays.pop().unwrap();
        let correct = |last: Option<NaiveDate>| CorrectStay {
            stay: first.id,
            version: first.version,
            first_day: first.first_day,
            entry_reason: None,
            last_day: last,
            exit: None,
            exit_reason: Some("family moved".into()),
        };
        let meets = correct_stay(office, correct(Some(date("2026-10-12")))).await.unwrap_err();
        assert_eq!(meets.fields[0].code, "twice");
        assert_eq!(correct_stay(office, correct(None)).await.unwrap_err().fields[0].code, "twice");
        correct_stay(office, correct(Some(date("2026-10-02")))).await.unwrap();
        assert!(there(in_class(&world, roster.class_a, Some("2026-10-02")).await));
        assert!(!there(in_class(&world, roster.class_a, Some("2026-10-03")).await));
        let stale = correct_stay(office, correct(Some(date("2026-10-01")))).await.unwrap_err();
        assert_eq!(stale.code, ErrorCode::Stale);
    }
);

both!(
    async fn a_day_that_lies_ahead_comes_by_itself(world: World) {
        let roster = Roster::new(&world).await;
        let jose = roster.in_a[0];
        let user = world.user_for("jose", kernel::Role::Student, world.school, None, Some(jose)).await;
        let user = user.actor().unwrap().user;
        let chosen = format!("{PASSWORD} too");
        let token = world.sign_in("home", "jose", &chosen).await.unwrap();
        withdrew(&world, &[jose], "2026-10-16").await;
        assert_eq!(shown(&world, jose).await.status, StudentStatus::Active);
        assert!(listed(&world, None, Some(StudentStatus::Active)).await.contains(&"José".to_owned()));
        world.resume(&token).await;
        world.clock.move_by(Duration::days(3));
        assert_eq!(shown(&world, jose).await.status, StudentStatus::Withdrawn);
        assert!(!listed(&world, None, Some(StudentStatus::Active)).await.contains(&"José".to_owned()));
        let ended = accounts::resume(&world.anonymous("home"), &token).await.map(drop).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired);
        let rows = accounts::list_users(&world.administrator, accounts::ListUsers { school: world.school });
        let rows = rows.await.unwrap();
        assert!(rows.iter().any(|row| row.id == user && row.left));

        // Somebody who comes next week is expected until then.
        let next =
            SaveStudent { first_day: Some(date("2026-10-26")), ..new_student(world.school, "3001", "Ana", "Reis") };
        let ana = save_student(&world.administrator, next).await.unwrap().student;
        assert_eq!(ana.status, StudentStatus::Expected);
        assert_eq!(listed(&world, None, Some(StudentStatus::Expected)).await, ["Ana"]);
        world.clock.move_by(Duration::days(9));
        assert_eq!(shown(&world, ana.id).await.status, StudentStatus::Active);
    }
);

both!(
    async fn a_set_that_goes_out_holds_who_is_still_there(world: World) {
        let roster = Roster::new(&world).await;
        let jose = roster.in_a[0];
        withdrew(&world, &[jose], "2026-10-16").await;
        let users = async || {
            let input = ExportOneRoster { school: world.school, version: OneRosterVersion::V11, since: None };
            let set = export_oneroster(&world.administrator, input).await.unwrap();
            let rows = set.files.iter().find(|table| table.file == "users.csv").unwrap().rows;
            (rows, set.left_out.len())
        };
        assert_eq!(users().await, (9, 0), "four students, two teachers, three guardians");
        world.clock.move_by(Duration::days(3));
        assert_eq!(users().await, (8, 1), "version 1.1 cannot say since when");
    }
);

both!(
    async fn who_is_on_leave_is_of_the_class_and_in_no_register(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let jose = roster.in_a[0];
        let leave = |first: &str, last: Option<&str>| GrantLeave {
            school: world.school,
            students: vec![jose],
            first_day: date(first),
            last_day: last.map(date),
            reason: Some("exchange".into()),
        };
        grant_leave(office, leave("2026-10-12", None)).await.unwrap();
        assert_eq!(shown(&world, jose).await.status, StudentStatus::OnLeave);
        assert_eq!(listed(&world, None, Some(StudentStatus::OnLeave)).await, ["José"]);
        assert_eq!(of_register(&world, roster.class_a, "2026-10-12").await, ["Mohammed", "Aarav"]);
        assert_eq!(of_register(&world, roster.class_a, "2026-10-09").await, ["Mohammed", "José", "Aarav"]);
        assert_eq!(in_class(&world, roster.class_a, None).await, ["Mohammed", "José", "Aarav"]);
        let twice = grant_leave(office, leave("2026-10-20", Some("2026-10-22"))).await.unwrap_err();
        assert_eq!(twice.fields[0].code, "twice");

        let held = shown(&world, jose).await.leaves.remove(0);
        let back = ChangeLeave {
            leave: held.id,
            version: held.version,
            first_day: held.first_day,
            last_day: Some(date("2026-10-13")),
            reason: held.reason.clone(),
        };
        change_leave(office, back).await.unwrap();
        assert_eq!(shown(&world, jose).await.status, StudentStatus::Active);
        assert_eq!(of_register(&world, roster.class_a, "2026-10-14").await, ["Mohammed", "José", "Aarav"]);
        let before = grant_leave(office, leave("2026-08-01", Some("2026-08-02"))).await.unwrap_err();
        assert_eq!(before.fields[0].code, "not_at_school");

        // Leaving ends a leave too.
        grant_leave(office, leave("2026-10-26", None)).await.unwrap();
        withdrew(&world, &[jose], "2026-10-20").await;
        assert_eq!(shown(&world, jose).await.leaves.len(), 1);
    }
);

both!(
    async fn a_teacher_leaves_and_hands_over(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let ben = roster.teacher(&world).await;
        let token = world.sign_in("library", "ben", &format!("{PASSWORD} too")).await.unwrap();
        let lead = SaveClass {
            class_teacher: Some(roster.ben),
            kind: ClassKind::Homeroom,
            ..new_class(world.school, roster.year, "7C")
        };
        let led = save_class(office, lead).await.unwrap().class.id;
        let version = staff_member(office, OfStaff { staff: roster.ben }).await.unwrap().staff.version;
        let leaves = |last: &str, courses: Vec<CourseGoesTo>, homerooms: Vec<HomeroomGoesTo>| EndEmployment {
            staff: roster.ben,
            version,
            last_day: date(last),
            courses,
            homerooms,
        };
        let course = |to| vec![CourseGoesTo { course: roster.course, to }];
        let homeroom = |to| vec![HomeroomGoesTo { class: led, to }];

        let silent =
            end_employment(office, leaves("2026-10-16", course(Some(roster.chloe)), vec![])).await.unwrap_err();
        assert_eq!(silent.fields[0].code, "not_handed_over");
        let himself = leaves("2026-10-16", course(Some(roster.ben)), homeroom(None));
        assert_eq!(end_employment(office, himself).await.unwrap_err().fields[0].field, "courses.0.to");

        let goes = leaves("2026-10-16", course(Some(roster.chloe)), homeroom(Some(roster.chloe)));
        let done = end_employment(office, goes).await.unwrap().undo;
        let teachers = async || {
            let shown = class(office, OfClass { class: roster.class_a, as_of: None }).await.unwrap();
            shown.courses[0].teachers.iter().map(|teacher| teacher.id).collect::<Vec<_>>()
        };
        assert_eq!(teachers().await, [roster.chloe, roster.ben], "both until the last day");
        world.resume(&token).await;
        assert!(class(&ben, OfClass { class: roster.class_a, as_of: None }).await.is_ok());

        world.clock.move_by(Duration::days(3));
        assert_eq!(teachers().await, [roster.chloe]);
        let ended = accounts::resume(&world.anonymous("library"), &token).await.map(drop).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired);
        let refused = world.sign_in("library", "ben", &format!("{PASSWORD} too")).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::AccountEnded);
        let led_by = class(office, OfClass { class: led, as_of: None }).await.unwrap().class_teacher.unwrap();
        assert_eq!(led_by.id, roster.chloe);
        let names = async |left: Option<bool>, as_of: Option<&str>| {
            let input = ListStaff {
                own_field: None,
                own_value: None,
                school: world.school,
                search: None,
                deleted: None,
                left,
                as_of: as_of.map(date),
                sort: None,
                offset: None,
                limit: None,
            };
            let page = list_staff(office, input).await.unwrap();
            page.rows.into_iter().map(|row| row.given_name).collect::<Vec<_>>()
        };
        assert_eq!(names(None, None).await, ["Chloë"]);
        assert_eq!(names(Some(true), None).await, ["Ben"]);
        assert_eq!(names(None, Some("2026-10-16")).await, ["Chloë", "Ben"]);

        // A course cannot be given to somebody who has left.
        let other = save_staff(office, new_staff(world.school, "Dora", "Klein")).await.unwrap().staff;
        let to_ben = EndEmployment {
            staff: roster.chloe,
            version: staff_member(office, OfStaff { staff: roster.chloe }).await.unwrap().staff.version,
            last_day: date("2026-10-30"),
            courses: course(Some(roster.ben)),
            homerooms: homeroom(Some(other.id)),
        };
        assert_eq!(end_employment(office, to_ben).await.unwrap_err().fields[0].code, "unknown");

        // Taken back he works as before; done again and resumed, he is of the staff without his courses.
        let again = take_back(office, done).await;
        assert_eq!(teachers().await, [roster.ben]);
        take_back(office, again).await;
        let version = staff_member(office, OfStaff { staff: roster.ben }).await.unwrap().staff.version;
        let back = ResumeEmployment { staff: roster.ben, version, first_day: date("2026-10-17") };
        resume_employment(office, back).await.unwrap();
        assert_eq!(names(None, None).await, ["Chloë", "Dora", "Ben"]);
    }
);
