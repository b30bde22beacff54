//! Days that make no sense for what they are typed as are refused or asked about, whichever screen or script sends them.

use kernel::Error;
use kernel::Save;
use marks::gradebook::{SaveAssessment, SaveCategory, save_assessment, save_category};
use school::accounts;
use school::accounts::{Nothing, SetUp};
use school::classes::*;
use school::people::{NameOrder, SaveStudent, save_student};
use school::schools::*;

use crate::both;
use crate::roster::{Roster, new_class, new_student};
use crate::world::{date, empty_store, set_up};

fn codes(error: &Error) -> Vec<(&str, &str)> {
    error.fields.iter().map(|field| (field.field.as_str(), field.code.as_str())).collect()
}

both!(
    async fn a_birth_is_refused_asked_about_or_taken(world: World) {
        let context = &world.administrator;
        let born = |number: &str, day: &str| SaveStudent {
            birth_date: Some(date(day)),
            ..new_student(world.school, number, "Mina", "Okonkwo")
        };
        for day in ["1907-05-14", "2112-05-14", "2026-10-15"] {
            let refused = save_student(context, SaveStudent { sure_of_birth_date: Some(true), ..born("1", day) })
                .await
                .unwrap_err();
            assert_eq!(codes(&refused), [("birthDate", "not_possible")], "{day}");
        }
        let asked = save_student(context, born("1", "1984-05-14")).await.unwrap_err();
        assert_eq!(codes(&asked), [("birthDate", "unusual")]);
        let sure = SaveStudent { sure_of_birth_date: Some(true), ..born("1", "1984-05-14") };
        let saved = save_student(context, sure).await.unwrap().student;
        let renamed = SaveStudent {
            save: Save::Change { id: saved.id, version: saved.version },
            phone: Some("1".into()),
            ..born("1", "1984-05-14")
        };
        assert!(save_student(context, renamed).await.is_ok(), "what is stored is not asked about again");
        assert!(save_student(context, born("2", "2014-05-14")).await.is_ok());
    }
);

both!(
    async fn times_in_a_class_lie_in_its_year_and_end_after_they_begin(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let students = || vec![roster.in_b[0]];
        let enrol = |start| EnrolStudents { class: roster.class_a, students: students(), start: date(start) };
        for start in ["2062-09-01", "1926-09-01"] {
            assert_eq!(codes(&enrol_students(context, enrol(start)).await.unwrap_err()), [("start", "outside_year")]);
        }
        let left = EndEnrolments { class: roster.class_b, students: students(), end: date("2026-10-04") };
        end_enrolments(context, left).await.unwrap();
        enrol_students(context, enrol("2026-10-05")).await.unwrap();
        let end = |day| EndEnrolments { class: roster.class_a, students: students(), end: date(day) };
        let future = end_enrolments(context, end("2062-10-14")).await.unwrap_err();
        assert_eq!(codes(&future), [("end", "outside_year")]);
        assert_eq!(future.fields[0].message, "Choose a day from 1 Sep 2026 to 15 Jul 2027, the academic year.");
        for (day, code) in [("2025-10-14", "outside_year"), ("2026-09-14", "before_start")] {
            assert_eq!(codes(&end_enrolments(context, end(day)).await.unwrap_err()), [("end", code)], "{day}");
        }
        let moved = MoveStudents {
            from: roster.class_a,
            to: roster.class_b,
            students: vec![roster.in_a[0]],
            date: date("2062-10-14"),
        };
        assert_eq!(codes(&move_students(context, moved).await.unwrap_err()), [("date", "outside_year")]);
        end_enrolments(context, end("2026-10-09")).await.unwrap();
    }
);

both!(
    async fn an_assessment_is_set_in_its_year(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let year = list_sessions(context, OfSchool { school: world.school }).await.unwrap().remove(0);
        let category =
            SaveCategory { save: Save::New, course: roster.course, title: "Tests".into(), weight: "1".into() };
        let category = save_category(context, category).await.unwrap().category.id;
        let on = |day: &str| SaveAssessment {
            due_date: None,
            save: Save::New,
            course: roster.course,
            term: year.terms[0].id,
            category,
            title: day.into(),
            maximum: "20".into(),
            date: Some(date(day)),
        };
        for day in ["2062-10-14", "1926-10-14"] {
            assert_eq!(codes(&save_assessment(context, on(day)).await.unwrap_err()), [("date", "outside_year")]);
        }
        save_assessment(context, on("2026-10-14")).await.unwrap();
        let due = |given: &str, due: &str| SaveAssessment { due_date: Some(date(due)), ..on(given) };
        for (given, by, code) in
            [("2026-10-14", "2062-10-20", "outside_year"), ("2026-10-14", "2026-10-13", "before_given")]
        {
            assert_eq!(codes(&save_assessment(context, due(given, by)).await.unwrap_err()), [("dueDate", code)]);
        }
        let kept = save_assessment(context, due("2026-10-14", "2026-10-20")).await.unwrap().assessment;
        assert_eq!(kept.due_date, Some(date("2026-10-20")));
        let same = save_assessment(context, due("2026-10-14", "2026-10-14")).await.unwrap().assessment;
        assert_eq!(same.due_date, None, "said once");
    }
);

both!(
    async fn a_year_of_another_century_is_refused(world: World) {
        let context = &world.administrator;
        let year = |start: &str, end: &str| SaveYear {
            school: world.school,
            save: Save::New,
            title: "Y".into(),
            start: date(start),
            end: date(end),
            terms: vec![SaveTerm { save: Save::New, title: "T".into(), start: date(start), end: date(end) }],
        };
        for (start, end) in [("1913-01-01", "1913-07-15"), ("2062-09-01", "2063-07-15"), ("0710-08-26", "0711-07-15")] {
            let refused = save_year(context, year(start, end)).await.unwrap_err();
            assert_eq!(codes(&refused), [("yearStart", "not_possible"), ("yearEnd", "not_possible")]);
        }
        let reversed = save_year(context, year("2027-09-01", "2027-08-01")).await.unwrap_err();
        assert!(codes(&reversed).contains(&("yearEnd", "before_start")));
        assert!(codes(&reversed).contains(&("terms.0.end", "before_start")));
        let next = save_year(context, year("2027-09-01", "2028-07-15")).await.unwrap();
        let district = list_schools(context, Nothing {}).await.unwrap()[0].district;
        let century = CreateSchool {
            district,
            name: "Hillside School".into(),
            identifier: None,
            time_zone: "Europe/Lisbon".into(),
            year_title: "1913".into(),
            year_start: date("1913-01-01"),
            year_end: date("1913-07-15"),
            terms: vec![NewTerm { title: "T".into(), start: date("1913-01-01"), end: date("1913-07-15") }],
        };
        let refused = create_school(context, century).await.unwrap_err();
        assert_eq!(codes(&refused), [("yearStart", "not_possible"), ("yearEnd", "not_possible")]);

        // Who is put into a class of the next year at once is in it from its first day.
        let class = save_class(context, new_class(world.school, next.id, "8A")).await.unwrap().class.id;
        let with = SaveStudent { class: Some(class), ..new_student(world.school, "7001", "Mina", "Okonkwo") };
        let enrolment = save_student(context, with).await.unwrap().student.enrolments.remove(0);
        assert_eq!((enrolment.class, enrolment.start), (class, date("2027-09-01")));
    }
);

both!(
    async fn the_first_run_asks_how_dates_are_written(world: World) {
        assert_eq!(
            accounts::whoami(&world.administrator, Nothing {}).await.unwrap().schools[0].day_order,
            DayOrder::DayFirst
        );
        let folder = tempfile::tempdir().unwrap();
        let store = empty_store(world.on, folder.path()).await.unwrap();
        let folders = kernel::Folders {
            data: folder.path().into(),
            documents: folder.path().join("documents"),
            vendor: crate::world::vendor(),
            sums: kernel::Sums::Any,
        };
        let services = ::operations::services(store, world.clock.clone(), folders);
        let anonymous = kernel::Context::anonymous(services, crate::world::device("office"));
        let century = SetUp { year_start: date("1913-01-01"), ..set_up() };
        let refused = accounts::set_up(&anonymous, century).await.unwrap_err();
        assert!(codes(&refused).contains(&("yearStart", "not_possible")), "{refused:?}");
        let input =
            SetUp { day_order: Some(DayOrder::MonthFirst), name_order: Some(NameOrder::GivenFirst), ..set_up() };
        let signed_in = accounts::set_up(&anonymous, input).await.unwrap();
        assert_eq!(signed_in.whoami.schools[0].day_order, DayOrder::MonthFirst);
        assert_eq!(signed_in.whoami.schools[0].name_order, NameOrder::GivenFirst);
        let context = accounts::resume(&anonymous, &signed_in.token.unwrap()).await.unwrap();
        let school = signed_in.whoami.schools[0].id;
        let stored = settings(&context, OfSchool { school }).await.unwrap();
        assert_eq!((stored.version, stored.settings.day_order), (1, DayOrder::MonthFirst));
        assert_eq!(stored.settings.name_order, NameOrder::GivenFirst);
        let changed = Settings { day_order: DayOrder::YearFirst, ..stored.settings };
        save_settings(&context, SaveSettings { school, version: 1, settings: changed }).await.unwrap();
        let now = accounts::whoami(&context, Nothing {}).await.unwrap();
        assert_eq!(now.schools[0].day_order, DayOrder::YearFirst);
    }
);
