//! Report cards: what is missing, the PDF itself, cancelling, and one student's broken data.

use kernel::Save;
use kernel::{Context, ErrorCode, Job};
use marks::gradebook::{CommentKind, SaveComment, SaveComments, save_comments};
use marks::reports::*;
use school::classes::{SaveCourse, save_course};
use school::schools::{
    self, OfSchool, SaveSettings, SaveSubject, SchoolSettings, Settings, save_settings, save_subject,
};
use sea_orm::ConnectionTrait;

use crate::both;
use crate::graded::{Graded, cell};
use crate::world::{World, vendor};

fn sheet_of(graded: &Graded) -> MakeBroadsheet {
    MakeBroadsheet { class: graded.roster.class_a, term: graded.autumn, format: None }
}

fn of(graded: &Graded) -> OfReportClass {
    OfReportClass { class: graded.roster.class_a, term: graded.autumn }
}

fn cards(graded: &Graded) -> MakeReportCards {
    MakeReportCards { class: graded.roster.class_a, term: graded.autumn, students: None, kind: None }
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

/// Each step counts the very students who do not lack it, and the older counts say the same.
fn agree(ready: &ReportCardReadiness) {
    for StepState { step, done } in &ready.steps {
        let listed = ready.students.iter().filter(|student| !student.lacking.contains(step)).count();
        assert_eq!(*done as usize, listed, "{step:?}");
    }
    let done = |step| ready.steps.iter().find(|state| state.step == step).unwrap().done;
    assert_eq!(
        [CardStep::Marks, CardStep::Comments, CardStep::ClassTeacher, CardStep::Principal, CardStep::Ready].map(done),
        [
            ready.marks_complete,
            ready.course_comments_complete,
            ready.class_teacher_comments,
            ready.principal_comments,
            ready.ready
        ]
    );
    assert!(ready.students.iter().all(|student| student.ready != student.lacking.contains(&CardStep::Ready)));
}

both!(
    async fn steps_and_list_count_the_same(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let look = async || {
            let ready = report_card_readiness(&graded.ben, of(&graded)).await.unwrap();
            agree(&ready);
            ready
        };
        let aarav_types = cell(graded.students()[1], graded.essay, "7");
        graded.record(&graded.ben, vec![aarav_types]).await;
        assert_eq!(look().await.marks_complete, 3);
        // A damaged mark is no mark that is in.
        let store = &world.services.store;
        let set = async |value: i64| {
            let values = [value.into(), graded.students()[0].into(), graded.test_1.into()];
            let sql = "UPDATE marks SET value = $1 WHERE student_id = $2 AND assessment_id = $3";
            store.reader().execute_raw(store.statement(sql, values)).await.unwrap();
        };
        set(99_990_000).await;
        let ready = look().await;
        assert_eq!(ready.marks_complete, 2);
        let jose = ready.students.iter().find(|row| row.student.id == graded.students()[0]).unwrap();
        assert!(jose.lacking.contains(&CardStep::Marks) && jose.problems[0].left_out);
        set(150_000).await;
        assert_eq!(look().await.marks_complete, 3);
        // A subject in which nothing is assessed has a dash on every card.
        let art =
            SaveSubject { save: Save::New, school: world.school, title: "Art".into(), code: None, position: None };
        let subject = save_subject(&world.administrator, art).await.unwrap().id;
        let course = SaveCourse { class: graded.roster.class_a, subject, teachers: Vec::new() };
        save_course(&world.administrator, course).await.unwrap();
        let ready = look().await;
        assert_eq!((ready.marks_complete, ready.courses_without_assessments, ready.courses), (0, 1, 2));
        // Nothing lacks where nothing is left to be done.
        let comment = |kind| {
            move |student: &StudentReadiness| SaveComment {
                student: student.student.id,
                kind,
                course: None,
                body: "A good term.".into(),
                seen_version: None,
            }
        };
        let comments = [CommentKind::ClassTeacher, CommentKind::Principal];
        let comments = comments.into_iter().flat_map(|kind| ready.students.iter().map(comment(kind))).collect();
        let input = SaveComments { class: graded.roster.class_a, term: graded.autumn, comments };
        save_comments(&world.administrator, input).await.unwrap();
        let ready = look().await;
        assert_eq!((ready.class_teacher_comments, ready.principal_comments, ready.ready), (3, 3, 0));
    }
);

both!(
    async fn letters_that_cannot_be_printed_are_named_before_and_after(world: World) {
        if !fonts_are_there() {
            return;
        }
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let store = &world.services.store;
        // Phoenician: no school writes it, and no font here has it.
        let values = ["𐤀𐤇𐤓𐤌".into(), graded.students()[1].into()];
        let native = store.statement("UPDATE students SET native_name = $1 WHERE id = $2", values);
        store.reader().execute_raw(native).await.unwrap();
        let ready = report_card_readiness(&graded.ben, of(&graded)).await.unwrap();
        let warned: Vec<_> = ready.students.iter().filter(|row| !row.problems.is_empty()).collect();
        assert_eq!(warned.len(), 1);
        let warning = &warned[0].problems[0];
        assert_eq!((warned[0].student.number.as_str(), warning.code), ("1002", CardProblemCode::NameUndrawable));
        assert_eq!((warning.left_out, warning.letters.concat().as_str()), (false, "𐤀𐤇𐤓𐤌"));
        let made = make_report_cards(&graded.ben, cards(&graded)).await.unwrap();
        assert_eq!((made.pages, made.students, made.problems.len()), (3, 3, 1));
        let problem = &made.problems[0];
        assert_eq!((problem.name.as_str(), problem.code), (warned[0].student.list_name.as_str(), warning.code));
        assert_eq!((&problem.letters, &problem.message, problem.left_out), (&warning.letters, &warning.message, false));
        let input = PreviewReportCard { student: graded.students()[1], term: graded.autumn, kind: None };
        assert_eq!(preview_report_card(&graded.ben, input).await.unwrap().problems, made.problems);
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
        let input =
            PreviewReportCard { student: graded.students()[1], term: graded.autumn, kind: Some(ReportKind::MarksOnly) };
        assert_eq!(preview_report_card(&graded.ben, input).await.unwrap().pages, 1);
    }
);

/// Changes the language of the school's documents.
async fn write_in(world: &World, language: &str) -> kernel::Result<Settings> {
    let SchoolSettings { version, settings, .. } =
        schools::settings(&world.administrator, OfSchool { school: world.school }).await?;
    let settings = Settings { document_language: language.to_owned(), ..settings };
    let saved = save_settings(&world.administrator, SaveSettings { school: world.school, version, settings }).await?;
    Ok(saved.settings)
}

both!(
    async fn documents_are_written_in_the_language_of_the_schools_documents(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let owner = graded.ben.actor().unwrap().user;
        let bytes = |made: MadeDocument| world.services.artifact(made.artifact, owner).unwrap().bytes;
        let english =
            String::from_utf8(bytes(make_broadsheet(&graded.ben, sheet_of(&graded)).await.unwrap()).to_vec()).unwrap();
        assert!(english.contains("Overall,Grade,Rank") && english.contains(",Mean,"), "{english}");
        let refused = write_in(&world, "tlh").await.unwrap_err();
        assert_eq!(
            (refused.fields[0].field.as_str(), refused.fields[0].code.as_str()),
            ("settings.documentLanguage", "unknown")
        );
        let settings = write_in(&world, "ar").await.unwrap();
        assert_eq!(settings.signatures(), ["معلم الصف", "المدير", "ولي الأمر"], "which nobody chose otherwise");
        let arabic =
            String::from_utf8(bytes(make_broadsheet(&graded.ben, sheet_of(&graded)).await.unwrap()).to_vec()).unwrap();
        assert!(arabic.contains("المجموع,التقدير,الترتيب") && arabic.contains(",المعدل,"), "{arabic}");
        if !fonts_are_there() {
            return;
        }
        for (language, direction) in [("ar", "R2L"), ("hi", "L2R"), ("en-XA", "L2R"), ("en", "L2R")] {
            write_in(&world, language).await.unwrap();
            let made = make_report_cards(&graded.ben, cards(&graded)).await.unwrap();
            assert_eq!((made.students, made.problems.as_slice()), (3, &[][..]), "every letter is there in {language}");
            let pdf = lopdf::Document::load_mem(&bytes(made)).unwrap();
            let catalog = pdf.catalog().unwrap();
            assert_eq!(lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap(), language);
            let preferences = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
            assert_eq!(preferences.get(b"Direction").unwrap().as_name().unwrap(), direction.as_bytes());
        }
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
        let made = make_broadsheet(&graded.ben, sheet_of(&graded)).await.unwrap();
        let owner = graded.ben.actor().unwrap().user;
        let text = String::from_utf8(world.services.artifact(made.artifact, owner).unwrap().bytes.to_vec()).unwrap();
        assert!(text.contains("1001,\"'=1+1, José\",74.1,74.1,B,2"), "{text}");
    }
);
