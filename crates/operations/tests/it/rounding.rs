//! One rounding decides grade, pass, rank, print and statistics alike.

use kernel::Save;
use marks::analytics::*;
use marks::gradebook::*;
use marks::gradebook::{ExportMarks, export_marks};
use marks::reports::{MakeBroadsheet, OfReportClass, make_broadsheet, report_card_readiness};
use school::classes::{SaveCourse, save_course};
use school::schools::{OfSchool, SaveSettings, SaveSubject, save_settings, save_subject, settings};
use store::ids::{AssessmentId, CategoryId, StudentId};
use upkeep::today;
use uuid::Uuid;

use crate::both;
use crate::graded::{Graded, assessment, cell};
use crate::roster::Roster;
use crate::world::World;

async fn decimals(world: &World, total_decimals: u8) {
    let stored = settings(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    let settings = school::schools::Settings { total_decimals, ..stored.settings };
    let input = SaveSettings { school: world.school, version: stored.version, settings };
    save_settings(&world.administrator, input).await.unwrap();
}

/// A file that was made for Ben, as text.
fn text(world: &World, graded: &Graded, artifact: Uuid) -> String {
    let owner = graded.ben.actor().unwrap().user;
    String::from_utf8(world.services.artifact(artifact, owner).unwrap().bytes.to_vec()).unwrap()
}

async fn broadsheet(world: &World, graded: &Graded) -> String {
    let of = MakeBroadsheet { class: graded.roster.class_a, term: graded.autumn, format: None };
    text(world, graded, make_broadsheet(&graded.ben, of).await.unwrap().artifact)
}

/// José 849.6 of 1000, Aarav 399.6, Mohammed 399.4, in one test.
async fn beside_the_bounds(graded: &Graded) -> AssessmentId {
    let test = assessment(&graded.ben, &graded.roster, graded.autumn, graded.tests, "Test", "1000").await;
    let [jose, aarav, mohammed] = graded.students();
    graded
        .record(&graded.ben, vec![cell(jose, test, "849.6"), cell(aarav, test, "399.6"), cell(mohammed, test, "399.4")])
        .await;
    test
}

/// Percentage, grade and whether it passes, of José, Aarav and Mohammed on the mark sheet.
async fn totals(graded: &Graded) -> Vec<(f64, String, bool)> {
    let sheet = mark_sheet(&graded.ben, graded.of_course()).await.unwrap();
    let of = |student: StudentId| {
        let total = sheet.totals.iter().find(|total| total.student == student).unwrap();
        (total.percent.unwrap(), total.grade.clone().unwrap(), total.passed.unwrap())
    };
    graded.students().map(of).to_vec()
}

both!(
    async fn equal_totals_share_a_rank_everywhere(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, aarav, mohammed] = graded.students();
        let exam: CategoryId = {
            let input = SaveCategory {
                save: Save::New,
                course: graded.roster.course,
                title: "Exam".into(),
                weight: "2".into(),
            };
            save_category(&graded.ben, input).await.unwrap().category.id
        };
        let exam = assessment(&graded.ben, &graded.roster, graded.autumn, exam, "Exam", "20").await;
        // (13 × 3 + 19 × 2 + 1) / 6 = (6 × 3 + 20 × 2 + 20) / 6 = 13 of 20; binary fractions give 64.99999999999999 once.
        let of = |student, marks: [&'static str; 3]| {
            [graded.test_1, exam, graded.essay].into_iter().zip(marks).map(move |(of, text)| cell(student, of, text))
        };
        let cells =
            of(jose, ["13", "19", "0.5"]).chain(of(aarav, ["6", "20", "10"])).chain(of(mohammed, ["5", "5", "5"]));
        graded.record(&graded.ben, cells.collect()).await;

        let input = SubjectStatistics { course: graded.roster.course, term: graded.autumn, look: None };
        let subject = subject_statistics(&graded.ben, input).await.unwrap();
        let input = TermStatistics { class: graded.roster.class_a, term: graded.autumn, look: None };
        let term = term_statistics(&graded.ben, input).await.unwrap();
        for results in [&subject, &term] {
            let rank = |student| results.rows.iter().find(|row| row.student.id == student).unwrap();
            assert_eq!([jose, aarav].map(|of| (rank(of).value, rank(of).standing.unwrap().rank)), [(Some(65.0), 1); 2]);
            assert_eq!(rank(mohammed).standing.unwrap().rank, 3);
        }
        let table = broadsheet(&world, &graded).await;
        assert!(table.contains("José\",65.0,65.0,C,1") && table.contains("Aarav\",65.0,65.0,C,1"), "{table}");
    }
);

both!(
    async fn the_grade_belongs_to_the_printed_percentage(world: World) {
        let graded = Graded::new(&world).await;
        let test = beside_the_bounds(&graded).await;
        let [jose, aarav, mohammed] = graded.students();
        let row = |percent, grade: &str, passed| (percent, grade.to_owned(), passed);
        // A begins at 85, D and a pass at 40.
        let shown = [row(85.0, "A", true), row(40.0, "D", true), row(39.9, "F", false)];
        assert_eq!(totals(&graded).await, shown);

        for (student, (percent, grade, passed)) in graded.students().into_iter().zip(&shown) {
            let of = StudentPerformance { student, term: graded.autumn, look: None };
            let results = student_performance(&graded.ben, of).await.unwrap();
            let total = &results.subjects[0].total;
            assert_eq!(
                (total.percent, total.grade.as_ref(), total.passed),
                (Some(*percent), Some(grade), Some(*passed))
            );
            assert_eq!(
                (results.overall, results.grade.as_ref(), results.passed),
                (Some(*percent), Some(grade), Some(*passed))
            );
            assert_eq!(total.parts[0].percent, Some(*percent));
        }
        let input = AssessmentStatistics { assessment: test, look: None };
        let of_test = assessment_statistics(&graded.ben, input).await.unwrap();
        let input = SubjectStatistics { course: graded.roster.course, term: graded.autumn, look: None };
        for results in [of_test, subject_statistics(&graded.ben, input).await.unwrap()] {
            let row = |student| results.rows.iter().find(|row| row.student.id == student).unwrap();
            let graded = graded.students().map(|of| (row(of).grade.clone().unwrap(), row(of).passed.unwrap()));
            assert_eq!(
                graded.to_vec(),
                shown.iter().map(|(_, grade, passed)| (grade.clone(), *passed)).collect::<Vec<_>>()
            );
            assert_eq!((results.pass_rate, results.answer.figures["passed"]), (Some(2.0 / 3.0), 2.0));
        }
        let risk =
            at_risk(&graded.ben, AtRisk { school: world.school, term: graded.autumn, class: None }).await.unwrap();
        assert_eq!(
            risk.students.iter().map(|row| (row.student.id, row.overall)).collect::<Vec<_>>(),
            [(mohammed, Some(39.9))]
        );
        let of = OfReportClass { class: graded.roster.class_a, term: graded.autumn };
        let ready = report_card_readiness(&graded.ben, of).await.unwrap();
        assert_eq!(ready.students.iter().find(|row| row.student.id == aarav).unwrap().overall, Some(40.0));
        assert_eq!(ready.students.iter().find(|row| row.student.id == jose).unwrap().overall, Some(85.0));
        let table = broadsheet(&world, &graded).await;
        // (85 + 40 + 39.9) / 3 = 54.966…
        assert!(table.contains("José\",85.0,85.0,A,1") && table.contains(",Mean,55.0,55.0,,"), "{table}");
        let input = ExportMarks { course: graded.roster.course, term: graded.autumn, format: None };
        let csv = text(&world, &graded, export_marks(&graded.ben, input).await.unwrap().artifact);
        assert!(csv.contains("849.6,85.0,A") && csv.contains("399.4,39.9,F"), "{csv}");
        let leader = today(&world.administrator, OfSchool { school: world.school }).await.unwrap().leader.unwrap();
        assert_eq!((leader.results[0].marks, leader.results[0].mean_percent), (3, 55.0));
        assert_eq!(leader.results[0].pass_share, 2.0 / 3.0);
    }
);

both!(
    async fn the_school_says_how_many_decimals(world: World) {
        let graded = Graded::new(&world).await;
        beside_the_bounds(&graded).await;
        let row = |percent, grade: &str, passed| (percent, grade.to_owned(), passed);
        decimals(&world, 2).await;
        assert_eq!(totals(&graded).await, [row(84.96, "B", true), row(39.96, "F", false), row(39.94, "F", false)]);
        assert!(broadsheet(&world, &graded).await.contains("José\",84.96,84.96,B,1"));
        decimals(&world, 0).await;
        assert_eq!(totals(&graded).await, [row(85.0, "A", true), row(40.0, "D", true), row(40.0, "D", true)]);
        // Equal when rounded: the better rank for both.
        let table = broadsheet(&world, &graded).await;
        assert!(table.contains("José\",85,85,A,1"), "{table}");
        assert!(table.contains("Aarav\",40,40,D,2") && table.contains("Mohammed\",40,40,D,2"), "{table}");
        let stored = settings(&world.administrator, OfSchool { school: world.school }).await.unwrap();
        let wrong = school::schools::Settings { total_decimals: 3, ..stored.settings };
        let input = SaveSettings { school: world.school, version: stored.version, settings: wrong };
        let refused = save_settings(&world.administrator, input).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "settings.totalDecimals");
    }
);

both!(
    async fn the_mean_over_subjects_is_rounded_once(world: World) {
        let Graded { roster, ben, autumn, tests, .. } = Graded::new(&world).await;
        let subject =
            SaveSubject { school: world.school, save: Save::New, title: "English".into(), code: None, position: None };
        let subject = save_subject(&world.administrator, subject).await.unwrap().id;
        let course = SaveCourse { class: roster.class_a, subject, teachers: vec![roster.ben] };
        let english = save_course(&world.administrator, course).await.unwrap().course;
        let category = SaveCategory { save: Save::New, course: english, title: "Tests".into(), weight: "1".into() };
        let of_english = save_category(&ben, category).await.unwrap().category.id;
        let jose = roster.in_a[0];
        let mathematics = roster.course;
        let there = Roster { course: english, ..roster };
        let here = Roster { course: mathematics, in_a: vec![], in_b: vec![], ..there };
        // 50.05 and 50 are printed as 50.1 and 50.0; their mean is 50.025, and not that of what is printed.
        for (roster, category, mark) in [(&here, tests, "500.5"), (&there, of_english, "500")] {
            let test = assessment(&ben, roster, autumn, category, "Test", "1000").await;
            let cells = vec![cell(jose, test, mark)];
            record_marks(&ben, RecordMarks { course: roster.course, term: autumn, cells }).await.unwrap();
        }
        let of = StudentPerformance { student: jose, term: autumn, look: None };
        let results = student_performance(&ben, of).await.unwrap();
        let mut totals: Vec<_> = results.subjects.iter().filter_map(|subject| subject.total.percent).collect();
        totals.sort_by(f64::total_cmp);
        assert_eq!((totals, results.overall), (vec![50.0, 50.1], Some(50.0)));
    }
);

both!(
    async fn a_fall_of_ten_points_is_ten_points(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, ..] = graded.students();
        // 75.1 − 65.1 is 9.999999999999986 in binary fractions.
        for (term, mark) in [(graded.autumn, "75.1"), (graded.spring, "65.1")] {
            let test = assessment(&graded.ben, &graded.roster, term, graded.tests, "Test", "100").await;
            let cells = vec![cell(jose, test, mark)];
            record_marks(&graded.ben, RecordMarks { course: graded.roster.course, term, cells }).await.unwrap();
        }
        let found =
            at_risk(&graded.ben, AtRisk { school: world.school, term: graded.spring, class: None }).await.unwrap();
        let codes: Vec<RiskCode> = found.students[0].reasons.iter().map(|reason| reason.code).collect();
        assert_eq!(codes, [RiskCode::OverallFalling, RiskCode::SubjectFalling]);
        let input = SubjectStatistics { course: graded.roster.course, term: graded.spring, look: None };
        assert_eq!(subject_statistics(&graded.ben, input).await.unwrap().answer.figures["change"], -10.0);
    }
);
