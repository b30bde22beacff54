//! Results: the figures, the marks behind them, and who may see them.

use kernel::{Context, ErrorCode, Role};
use marks::analytics::*;
use school::people::{SaveStudent, save_student};
use school::schools::{OfSchool, SaveSettings, Settings, save_settings, settings};

use crate::both;
use crate::graded::{Graded, assessment, cell};
use crate::roster::new_student;
use crate::world::date;

fn close(a: Option<f64>, b: f64) {
    assert!(a.is_some_and(|a| (a - b).abs() < 1e-9), "{a:?} is not {b}");
}

fn look() -> Option<ChartLook> {
    Some(ChartLook { theme: ChartTheme::Dark, width: 640, words: None })
}

both!(
    async fn a_class_an_assessment_and_a_school_give_the_same_numbers(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let input = AssessmentStatistics { assessment: graded.test_2, look: look() };
        let test = assessment_statistics(&graded.ben, input).await.unwrap();
        assert_eq!((test.statistics.n, test.rows.len()), (2, 3));
        close(test.statistics.mean, 16.25);
        assert_eq!(test.rows[0].standing.unwrap().rank, 1);
        assert_eq!(test.rows[2].behind[0].text, "m");
        assert_eq!(test.answer.code, AnswerCode::AllPassed);
        assert!(test.charts[0].svg.starts_with("<svg"));

        let input = SubjectStatistics { course: graded.roster.course, term: graded.autumn, look: look() };
        let subject = subject_statistics(&graded.ben, input).await.unwrap();
        let input = TermStatistics { class: graded.roster.class_a, term: graded.autumn, look: None };
        let term = term_statistics(&graded.ben, input).await.unwrap();
        // One course only: its totals are the overall results.
        assert_eq!(subject.statistics, term.statistics);
        assert_eq!(subject.columns.len(), 3);
        assert_eq!(subject.charts.len(), 2);
        assert_eq!(term.answer.figures["of"], 3.0);

        let input = SchoolStatistics { school: world.school, term: graded.autumn, look: look() };
        let school = school_statistics(&world.administrator, input.clone()).await.unwrap();
        assert_eq!(school.classes.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["7A", "7B"]);
        assert_eq!(school.classes[0].statistics, term.statistics);
        assert_eq!(school.subjects[0].statistics, subject.statistics);
        assert_eq!(school_statistics(&graded.ben, input).await.unwrap().classes.len(), 1);
    }
);

both!(
    async fn a_student_sees_the_own_results_only(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let [jose, aarav, _] = graded.students();
        let student = world.user_for("jose", Role::Student, world.school, None, Some(jose)).await;
        let of = |student| StudentPerformance { student, term: graded.autumn, look: look() };
        let own = student_performance(&student, of(jose)).await.unwrap();
        assert_eq!((own.subjects.len(), own.subjects[0].total.percent), (1, Some(74.1)));
        assert_eq!(own.overall, own.subjects[0].total.percent);
        assert_eq!(student_performance(&student, of(aarav)).await.unwrap_err().code, ErrorCode::Forbidden);
        let input = TermStatistics { class: graded.roster.class_a, term: graded.autumn, look: None };
        assert_eq!(term_statistics(&student, input.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        let chloe = graded.chloe(&world).await;
        assert_eq!(term_statistics(&chloe, input).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(student_performance(&chloe, of(jose)).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_student_sees_figures_of_the_class_from_five_results_on(world: World) {
        let graded = Graded::new(&world).await;
        let (roster, office) = (&graded.roster, &world.administrator);
        let mut class = roster.in_a.clone();
        for (number, given) in [("1004", "Nia"), ("1005", "Lena")] {
            let new = SaveStudent {
                class: Some(roster.class_a),
                class_start: Some(date("2026-09-01")),
                ..new_student(world.school, number, given, "Small")
            };
            class.push(save_student(office, new).await.unwrap().student.id);
        }
        let jose = world.user_for("jose", Role::Student, world.school, None, Some(class[0])).await;
        let input = StudentPerformance { student: class[0], term: graded.autumn, look: look() };
        let seen = async |who: &Context| student_performance(who, input.clone()).await.unwrap();
        // 90 and 50 per cent: whoever knows one and the mean knows the other.
        for (n, (student, mark)) in class.iter().zip(["18", "10", "12", "14", "16"]).enumerate() {
            graded.record(&graded.ben, vec![cell(*student, graded.test_1, mark)]).await;
            let results = n as u32 + 1;
            let own = seen(&jose).await;
            let subject = &own.subjects[0];
            assert_eq!((own.class_statistics.n, subject.class.n, own.rules.class_figures_from), (results, results, 5));
            let shown = (results >= 5).then_some(70.0);
            assert_eq!(
                [own.class_statistics.mean, subject.class.mean, own.trend[0].class_mean],
                [shown; 3],
                "{results}"
            );
            let ranks = [own.standing, subject.standing].map(|standing| standing.map(|standing| standing.rank));
            assert_eq!(ranks, [shown.map(|_| 1); 2], "{results}");
            // Lowest, quartiles and highest of five results are the five; the deviation says with the mean how others lie.
            for figures in [own.class_statistics, subject.class] {
                let rest = [figures.sd, figures.median, figures.min, figures.max, figures.q1, figures.q3];
                assert_eq!(rest, [None; 6], "{results}");
            }
            assert!([own.standing, subject.standing].iter().flatten().all(|standing| standing.z.is_none()));
            // The chart shows no more than that.
            assert_eq!(own.charts.len(), 1);
            assert_eq!(own.charts[0].svg.contains("Class mean"), results >= 5, "{results}");
        }
        // Who teaches sees everything, whatever the number.
        let all = seen(&graded.ben).await;
        assert_eq!((all.class_statistics.min, all.class_statistics.max), (Some(50.0), Some(90.0)));
        assert!(all.standing.unwrap().z.is_some());

        // The school chooses otherwise, knowing.
        let stored = settings(office, OfSchool { school: world.school }).await.unwrap();
        let set = async |from, version| {
            let settings = Settings { class_figures_from: from, ..stored.settings.clone() };
            save_settings(office, SaveSettings { school: world.school, version, settings }).await
        };
        set(6, stored.version).await.unwrap();
        assert_eq!(seen(&jose).await.class_statistics.mean, None);
        set(1, stored.version + 1).await.unwrap();
        assert_eq!(seen(&jose).await.class_statistics.mean, Some(70.0));
        assert_eq!(set(0, stored.version + 2).await.unwrap_err().fields[0].field, "settings.classFiguresFrom");
    }
);

both!(
    async fn who_falls_is_at_risk(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let [jose, aarav, mohammed] = graded.students();
        let quiz = assessment(&graded.ben, &graded.roster, graded.spring, graded.tests, "Quiz", "10").await;
        let cells = vec![cell(jose, quiz, "7.4"), cell(aarav, quiz, "3.9"), cell(mohammed, quiz, "8")];
        let input = marks::gradebook::RecordMarks { course: graded.roster.course, term: graded.spring, cells };
        marks::gradebook::record_marks(&graded.ben, input).await.unwrap();
        let input = AtRisk { school: world.school, term: graded.spring, class: None };
        let found = at_risk(&graded.ben, input).await.unwrap();
        let codes = |student| -> Vec<RiskCode> {
            let row = found.students.iter().find(|row| row.student.id == student);
            row.map(|row| row.reasons.iter().map(|reason| reason.code).collect()).unwrap_or_default()
        };
        assert_eq!(codes(aarav), [RiskCode::OverallBelowPass, RiskCode::SubjectBelowPass]);
        assert_eq!(codes(mohammed), [RiskCode::OverallFalling, RiskCode::SubjectFalling]);
        assert_eq!(codes(jose), []);
        assert_eq!((found.of, found.students[0].student.id), (3, aarav));
        let of = StudentPerformance { student: mohammed, term: graded.spring, look: look() };
        let trend = student_performance(&graded.ben, of).await.unwrap();
        assert_eq!(trend.trend.iter().map(|term| term.title.as_str()).collect::<Vec<_>>(), ["Autumn", "Spring"]);
        assert_eq!(trend.charts.len(), 2);
    }
);

both!(
    async fn at_risk_is_at_most_a_tenth_of_the_school_the_worst_first(world: World) {
        use school::schools::{OfSchool, SaveSettings, save_settings, settings};
        let graded = Graded::new(&world).await;
        let (office, roster) = (&world.administrator, &graded.roster);
        // Twenty more in 7A; all of them fail, each worse than the one before.
        let mut failing = Vec::new();
        for n in 0..20 {
            let input =
                crate::roster::new_student(world.school, &format!("F{n:02}"), "Fails", &format!("Student{n:02}"));
            failing.push(school::people::save_student(office, input).await.unwrap().student.id);
        }
        let start = crate::world::date("2026-09-01");
        let enrol = school::classes::EnrolStudents { class: roster.class_a, students: failing.clone(), start };
        school::classes::enrol_students(office, enrol).await.unwrap();
        graded.first_marks().await;
        let marks =
            failing.iter().enumerate().map(|(n, id)| cell(*id, graded.test_1, &format!("{:.1}", 7.9 - 0.3 * n as f64)));
        graded.record(&graded.ben, marks.collect()).await;
        let of = |class| AtRisk { school: world.school, term: graded.autumn, class };
        let found = at_risk(office, of(None)).await.unwrap();
        // 24 students are at the school: at most two of them.
        assert_eq!((found.of, found.students.len(), found.share_percent), (24, 2, 10));
        assert!(found.with_signs >= 20, "{}", found.with_signs);
        let listed: Vec<_> = found.students.iter().map(|row| row.student.id).collect();
        assert_eq!(listed, [failing[19], failing[18]], "the worst first");
        assert!(found.students[0].score > found.students[1].score && !found.students[0].reasons.is_empty());

        // Whoever asks, and of whichever part, the same students are at risk; and their own results say so too.
        let by_teacher = at_risk(&graded.ben, of(None)).await.unwrap();
        assert_eq!(by_teacher.students, found.students);
        assert_eq!(at_risk(office, of(Some(roster.class_a))).await.unwrap().students, found.students);
        let other = at_risk(office, of(Some(roster.class_b))).await.unwrap();
        assert_eq!((other.of, other.students.len()), (1, 0));
        let risks = async |student| {
            let of = StudentPerformance { student, term: graded.autumn, look: None };
            student_performance(office, of).await.unwrap().risks
        };
        assert_eq!(risks(failing[19]).await, found.students[0].reasons);
        assert!(risks(failing[17]).await.is_empty(), "below the pass mark, and not among the worst tenth");

        // The school sets the bound.
        let mut stored = settings(office, OfSchool { school: world.school }).await.unwrap();
        stored.settings.risk_share_percent = 50;
        let input = SaveSettings { school: world.school, version: stored.version, settings: stored.settings.clone() };
        let saved = save_settings(office, input).await.unwrap();
        assert_eq!(at_risk(office, of(None)).await.unwrap().students.len(), 12);
        assert!(!risks(failing[17]).await.is_empty());
        stored.settings.risk_share_percent = 0;
        let input = SaveSettings { school: world.school, version: saved.version, settings: stored.settings };
        assert_eq!(save_settings(office, input).await.unwrap_err().fields[0].field, "settings.riskSharePercent");
    }
);

both!(
    async fn whom_to_call_stands_beside_who_is_at_risk(world: World) {
        let graded = Graded::new(&world).await;
        graded.record(&graded.ben, vec![cell(graded.students()[1], graded.test_1, "2")]).await;
        let of = AtRisk { school: world.school, term: graded.autumn, class: None };
        let found = at_risk(&world.administrator, of).await.unwrap();
        let aarav = found.students.iter().find(|row| row.student.id == graded.students()[1]).unwrap();
        let called = (aarav.guardian_name.as_deref(), aarav.guardian_phone.as_deref());
        assert_eq!(called, (Some("Priya Sharma"), Some("+91 98765 43210")));
    }
);
