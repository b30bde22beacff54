//! Report cards: what is missing, the PDF itself, cancelling, and one student's broken data.

use school::reports::*;
use school::{Context, ErrorCode, Job};
use sea_orm::ConnectionTrait;

use crate::both;
use crate::graded::Graded;
use crate::world::vendor;

fn of(graded: &Graded) -> OfReportClass {
    OfReportClass { class: graded.roster.class_a, term: graded.autumn }
}

fn cards(graded: &Graded) -> MakeReportCards {
    MakeReportCards {
        class: graded.roster.class_a,
        term: graded.autumn,
        students: None,
        kind: None,
        labels: None,
        rtl: None,
    }
}

fn fonts_are_there() -> bool {
    let there = vendor().join("fonts").is_dir();
    if !there {
        println!("skipped: the fonts are not there (cargo xtask test fetches them)");
    }
    there
}

both!(
    async fn readiness_counts_what_is_missing(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let ready = report_card_readiness(&graded.ben, of(&graded)).await.unwrap();
        assert_eq!((ready.ready, ready.marks_complete, ready.assessments), (0, 2, 3));
        let aarav = ready.students.iter().find(|row| row.student.number == "1002").unwrap();
        assert_eq!((aarav.marks_not_entered, aarav.course_comments), (1, 0));
        let chloe = graded.chloe(&world).await;
        assert_eq!(report_card_readiness(&chloe, of(&graded)).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_class_becomes_one_pdf(world: World) {
        if !fonts_are_there() {
            return;
        }
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let made = make_report_cards(&graded.ben, cards(&graded)).await.unwrap();
        assert_eq!((made.pages, made.students, made.problems.len()), (3, 3, 0));
        assert_eq!(made.file_name, "report-cards 7A Autumn.pdf");
        let owner = graded.ben.actor().unwrap().user;
        let artifact = world.services.artifact(made.artifact, owner).unwrap();
        assert!(artifact.bytes.starts_with(b"%PDF-"));
        let stranger = world.administrator.actor().unwrap().user;
        assert!(world.services.artifact(made.artifact, stranger).is_err());
        let input = PreviewReportCard {
            student: graded.students()[1],
            term: graded.autumn,
            kind: Some(ReportKind::MarksOnly),
            labels: Some([("classMean".to_owned(), "Klassenmittel".to_owned())].into()),
            rtl: None,
        };
        assert_eq!(preview_report_card(&graded.ben, input.clone()).await.unwrap().pages, 1);
        let unknown = PreviewReportCard { labels: Some([("nonsense".to_owned(), String::new())].into()), ..input };
        assert_eq!(preview_report_card(&graded.ben, unknown).await.unwrap_err().code, ErrorCode::Invalid);
    }
);

both!(
    async fn one_broken_student_does_not_stop_the_rest(world: World) {
        if !fonts_are_there() {
            return;
        }
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let store = &world.services.store;
        let broken = store.statement(
            "UPDATE marks SET value = 99990000 WHERE student_id = $1 AND assessment_id = $2",
            [graded.students()[0].into(), graded.test_1.into()],
        );
        store.reader().execute_raw(broken).await.unwrap();
        let made = make_report_cards(&graded.ben, cards(&graded)).await.unwrap();
        assert_eq!((made.students, made.problems.len()), (2, 1));
        assert_eq!((made.problems[0].code, made.problems[0].left_out), (CardProblemCode::BrokenMarks, true));
        assert_eq!(made.problems[0].student, graded.students()[0]);
    }
);

both!(
    async fn a_cancelled_job_makes_nothing(world: World) {
        if !fonts_are_there() {
            return;
        }
        let graded = Graded::new(&world).await;
        let job = Job::new(|_, _| {});
        job.cancel();
        let context = Context { job, ..graded.ben.clone() };
        assert_eq!(make_report_cards(&context, cards(&graded)).await.unwrap_err().code, ErrorCode::Cancelled);
    }
);

both!(
    async fn the_broadsheet_is_a_table_that_runs_no_formula(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let store = &world.services.store;
        let formula =
            store.statement("UPDATE students SET family_name = '=1+1' WHERE id = $1", [graded.students()[0].into()]);
        store.reader().execute_raw(formula).await.unwrap();
        let made = make_broadsheet(&graded.ben, of(&graded)).await.unwrap();
        let owner = graded.ben.actor().unwrap().user;
        let text = String::from_utf8(world.services.artifact(made.artifact, owner).unwrap().bytes.to_vec()).unwrap();
        assert!(text.contains("1001,\"'=1+1, José\",74.06,74.06,B,2"), "{text}");
    }
);
