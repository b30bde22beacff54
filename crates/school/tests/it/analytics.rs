//! Results: the figures, the marks behind them, and who may see them.

use school::analytics::*;
use school::{ErrorCode, Role};

use crate::both;
use crate::graded::{Graded, assessment, cell};

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
        assert_eq!((own.subjects.len(), own.standing.unwrap().rank), (1, 2));
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
    async fn who_falls_is_at_risk(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let [jose, aarav, mohammed] = graded.students();
        let quiz = assessment(&graded.ben, &graded.roster, graded.spring, graded.tests, "Quiz", "10").await;
        let cells = vec![cell(jose, quiz, "7.4"), cell(aarav, quiz, "3.9"), cell(mohammed, quiz, "8")];
        let input = school::gradebook::RecordMarks { course: graded.roster.course, term: graded.spring, cells };
        school::gradebook::record_marks(&graded.ben, input).await.unwrap();
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
