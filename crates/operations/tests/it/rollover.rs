//! From one academic year into the next.

use std::sync::Arc;

use kernel::ErrorCode;
use kernel::Save;
use kernel::context::Upload;
use school::attendance::{AttendanceEntry, OfRegister, RecordAttendance, record_attendance};
use school::classes::*;
use school::people::*;
use school::schools::{OfSchool, SaveTerm, SaveYear, list_attendance_codes, list_sessions, save_year};
use store::entities::{RolloverOutcome, StayExit};
use store::ids::{AcademicSessionId, ClassId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::{Roster, new_class, new_group, new_student};
use crate::world::{World, date};

/// A year of the school after the first one.
pub async fn next_year(world: &World) -> AcademicSessionId {
    let (office, school) = (&world.administrator, world.school);
    let year = SaveYear {
        school,
        save: Save::New,
        title: "2027/28".into(),
        start: date("2027-09-01"),
        end: date("2028-07-15"),
        terms: vec![SaveTerm {
            save: Save::New,
            title: "Autumn".into(),
            start: date("2027-09-01"),
            end: date("2027-12-18"),
        }],
    };
    save_year(office, year).await.unwrap();
    let years = list_sessions(office, OfSchool { school }).await.unwrap();
    years.iter().find(|year| year.title == "2027/28").unwrap().id
}

async fn add_class(world: &World, year: AcademicSessionId, title: &str, grade: Option<&str>) -> ClassId {
    let input = SaveClass { grade_level: grade.map(str::to_owned), ..new_class(world.school, year, title) };
    save_class(&world.administrator, input).await.unwrap().class.id
}

async fn add_student(world: &World, number: &str, name: &str, class: Option<ClassId>) -> StudentId {
    let input =
        SaveStudent { class, first_day: Some(date("2026-09-01")), ..new_student(world.school, number, name, "X") };
    save_student(&world.administrator, input).await.unwrap().student.id
}

/// 7A with José, Aarav and Mohammed, 7B with Łukasz, 8A with Eva, 9A with Nils, the reception class without a level with
/// Rosa; Ida is in no class, Olaf leaves at Christmas.
struct Old {
    roster: Roster,
    to: AcademicSessionId,
    eva: StudentId,
    nils: StudentId,
    rosa: StudentId,
    ida: StudentId,
}

impl Old {
    async fn new(world: &World) -> Self {
        let roster = Roster::new(world).await;
        let eight = add_class(world, roster.year, "8A", Some("8")).await;
        let nine = add_class(world, roster.year, "9A", Some("9")).await;
        let reception = add_class(world, roster.year, "Reception", None).await;
        let eva = add_student(world, "3001", "Eva", Some(eight)).await;
        let nils = add_student(world, "3002", "Nils", Some(nine)).await;
        let rosa = add_student(world, "3003", "Rosa", Some(reception)).await;
        let ida = add_student(world, "3004", "Ida", None).await;
        let olaf = add_student(world, "3005", "Olaf", Some(eight)).await;
        let leaves = WithdrawStudents {
            school: world.school,
            students: vec![olaf],
            last_day: date("2026-12-18"),
            exit: StayExit::Withdrawn,
            reason: None,
        };
        withdraw_students(&world.administrator, leaves).await.unwrap();
        let choir = new_group(world, roster.year, "Choir").await;
        let sings = SaveCourse { class: choir, subject: roster.mathematics, teachers: vec![roster.chloe] };
        save_course(&world.administrator, sings).await.unwrap();
        Self { to: next_year(world).await, roster, eva, nils, rosa, ida }
    }

    fn input(&self, world: &World) -> RollOver {
        RollOver {
            school: world.school,
            from: self.roster.year,
            to: self.to,
            groups: None,
            teachers: None,
            even_if_unresolved: None,
        }
    }

    async fn decide(&self, world: &World, student: StudentId, outcome: RolloverOutcome, title: Option<&str>) {
        let input = DecideRolloverStudents {
            school: world.school,
            to: self.to,
            students: vec![student],
            outcome: Some(outcome),
            title: title.map(str::to_owned),
        };
        decide_rollover_students(&world.administrator, input).await.unwrap();
    }

    async fn decide_class(&self, world: &World, class: ClassId, outcome: RolloverOutcome, title: Option<&str>) {
        let title = title.map(str::to_owned);
        let input = DecideRolloverClass { to: self.to, class, outcome: Some(outcome), title };
        decide_rollover_class(&world.administrator, input).await.unwrap();
    }

    async fn unresolved(&self, world: &World) -> Vec<(String, Option<Unresolved>)> {
        let input = RolloverStudents {
            school: world.school,
            from: self.roster.year,
            to: self.to,
            class: None,
            unresolved: Some(true),
            otherwise: None,
            search: None,
            offset: None,
            limit: None,
        };
        let page = rollover_students(&world.administrator, input).await.unwrap();
        page.rows.into_iter().map(|row| (row.given_name, row.unresolved)).collect()
    }
}

fn counted(counts: RolloverCounts) -> [u32; 7] {
    let RolloverCounts { students, moves, repeats, leaves, graduates, unresolved, done } = counts;
    [students, moves, repeats, leaves, graduates, unresolved, done]
}

async fn classes_of_year(world: &World, year: AcademicSessionId) -> Vec<(String, i64)> {
    let input = ListClasses { as_of: None, school: world.school, year: Some(year), kind: None, deleted: None };
    let rows = list_classes(&world.administrator, input).await.unwrap();
    rows.into_iter().map(|row| (row.title, row.students)).collect()
}

both!(
    async fn a_school_goes_into_the_next_year_in_one_step(world: World) {
        let old = Old::new(&world).await;
        let (office, input) = (&world.administrator, old.input(&world));

        // 7A goes to 8A and 8A to 9A, which are copied; 7B has no 8B to go to, the reception class no level; 9A is the last.
        let plan = plan_rollover(office, input.clone()).await.unwrap();
        let told: Vec<_> =
            plan.classes.iter().map(|row| (row.title.as_str(), row.outcome, row.to.as_deref())).collect();
        let (moves, graduates) = (Some(RolloverOutcome::Moves), Some(RolloverOutcome::Graduates));
        assert_eq!(
            told,
            [
                ("Reception", None, None),
                ("7A", moves, Some("8A")),
                ("7B", None, None),
                ("8A", moves, Some("9A")),
                ("9A", graduates, None)
            ]
        );
        assert_eq!(plan.homerooms, ["7A", "7B", "8A", "9A", "Reception"]);
        assert_eq!((plan.new_classes, plan.new_courses), (6, 2));
        assert_eq!(counted(plan.counts), [8, 4, 0, 0, 1, 3, 0], "Olaf is gone by then");
        let (no_rule, no_homeroom) = (Some(Unresolved::NoRule), Some(Unresolved::NoHomeroom));
        let named = ["Ida", "Rosa", "Łukasz"].map(str::to_owned);
        let [ida, rosa, lukasz] = named;
        assert_eq!(old.unresolved(&world).await, [(ida, no_homeroom), (rosa, no_rule), (lukasz.clone(), no_rule)]);

        let refused = roll_over(office, input.clone()).await.unwrap_err();
        assert_eq!(refused.details, Some(serde_json::json!({ "unresolved": 3 })));
        assert!(classes_of_year(&world, old.to).await.is_empty(), "nothing is half done");

        // Decided: 7B to a class that nobody has, so that it stays unresolved, then to 8A; Eva repeats; Rosa and Ida leave.
        old.decide_class(&world, old.roster.class_b, RolloverOutcome::Moves, Some("8B")).await;
        let no_class = Some(Unresolved::NoSuchClass);
        assert!(old.unresolved(&world).await.contains(&(lukasz, no_class)));
        old.decide_class(&world, old.roster.class_b, RolloverOutcome::Moves, Some("8a")).await;
        old.decide(&world, old.eva, RolloverOutcome::Repeats, Some("8A")).await;
        old.decide(&world, old.rosa, RolloverOutcome::Leaves, None).await;
        old.decide(&world, old.ida, RolloverOutcome::Moves, Some("7A")).await;
        let plan = plan_rollover(office, input.clone()).await.unwrap();
        assert_eq!(counted(plan.counts), [8, 5, 1, 1, 1, 0, 0]);

        let done = roll_over(office, input.clone()).await.unwrap();
        assert_eq!((counted(done.counts), done.new_classes, done.new_courses), ([8, 5, 1, 1, 1, 0, 0], 6, 2));
        let expected = [("Reception", 0), ("7A", 1), ("7B", 0), ("8A", 5), ("9A", 0), ("Choir", 0)];
        assert_eq!(classes_of_year(&world, old.to).await, expected.map(|(title, n)| (title.to_owned(), n)));
        let jose = student(office, OfStudent { student: old.roster.in_a[0] }).await.unwrap();
        assert_eq!(jose.grade_level.as_deref(), Some("8"));
        let days: Vec<_> = jose.enrolments.iter().map(|time| (time.class_title.as_str(), time.start)).collect();
        assert_eq!(days, [("8A", date("2027-09-01")), ("7A", date("2026-09-01"))]);
        let nils = student(office, OfStudent { student: old.nils }).await.unwrap();
        assert_eq!((nils.stays[0].last_day, nils.stays[0].exit), (Some(date("2027-07-15")), Some(StayExit::Graduated)));
        assert_eq!(nils.status, StudentStatus::Active, "until then he is there");

        // Again it changes nothing.
        let again = roll_over(office, input.clone()).await.unwrap();
        assert_eq!((counted(again.counts), again.undo), ([8, 0, 0, 0, 0, 0, 8], None));

        // Undone the new year is empty and nobody leaves; done again it is as before.
        let undone = undo(office, Undo { entry: done.undo.unwrap() }).await.unwrap();
        assert!(classes_of_year(&world, old.to).await.is_empty());
        let nils = student(office, OfStudent { student: old.nils }).await.unwrap();
        assert_eq!((nils.stays[0].last_day, nils.enrolments.len()), (None, 1));
        let plan = plan_rollover(office, input.clone()).await.unwrap();
        assert_eq!(counted(plan.counts), [8, 5, 1, 1, 1, 0, 0], "what was decided stays decided");
        undo(office, Undo { entry: undone.undo.unwrap() }).await.unwrap();
        assert_eq!(classes_of_year(&world, old.to).await, expected.map(|(title, n)| (title.to_owned(), n)));
    }
);

both!(
    async fn the_first_register_of_the_new_year_makes_it_stand(world: World) {
        let old = Old::new(&world).await;
        let office = &world.administrator;
        // 8A is there already: nothing that the rollover made is named by its register.
        let eight = add_class(&world, old.to, "8A", Some("8")).await;
        let input = RollOver { even_if_unresolved: Some(true), ..old.input(&world) };
        let done = roll_over(office, input).await.unwrap().undo.unwrap();
        let codes = list_attendance_codes(office, OfSchool { school: world.school }).await.unwrap();
        world.clock.move_by(chrono::Duration::days(323));
        let mark = RecordAttendance {
            register: OfRegister { class: eight, date: date("2027-09-02"), lesson: 0, even_if_no_school: None },
            marks: vec![AttendanceEntry {
                student: old.roster.in_a[0],
                code: Some(codes[0].id),
                reason: None,
                minutes_late: None,
                seen_version: None,
            }],
        };
        record_attendance(office, mark).await.unwrap();
        let refused = undo(office, Undo { entry: done }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CannotUndo);
    }
);

both!(
    async fn a_list_can_be_the_plan(world: World) {
        let old = Old::new(&world).await;
        let office = &world.administrator;
        let owner = office.actor.as_ref().map(|actor| actor.user);
        let upload = |text: &str| {
            let bytes = Arc::new(text.as_bytes().to_vec());
            world.services.keep_upload(Upload { file_name: "next.csv".into(), bytes, owner })
        };
        let read = |text: &str| ReadRollover { school: world.school, to: old.to, uploads: vec![upload(text)] };
        let list =
            "Student Number,Given Name,Family Name,Class\n1001,José,Muñoz,9A\n2001,Łukasz,Żółty,8A\n9999,No,Body,8A\n";
        let told = rollover_from_file(office, read(list)).await.unwrap();
        assert_eq!((told.decided, told.unknown.as_slice()), (2, &["9999".to_owned()][..]));
        let again = rollover_from_file(office, read(list)).await.unwrap();
        assert_eq!((again.decided, again.undo), (2, None));
        let input = RollOver { even_if_unresolved: Some(true), ..old.input(&world) };
        roll_over(office, input).await.unwrap();
        let in_new = classes_of_year(&world, old.to).await;
        let of = |title: &str| in_new.iter().find(|(of, _)| of == title).unwrap().1;
        assert_eq!((of("8A"), of("9A")), (3, 2), "Aarav, Mohammed and Łukasz; José and Eva");
        let broken = rollover_from_file(office, read("Student Number\n1001\n")).await.unwrap_err();
        assert_eq!(broken.code, ErrorCode::BadFile);
    }
);
