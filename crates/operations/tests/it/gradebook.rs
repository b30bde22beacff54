//! The mark sheet: what is typed, kept, refused, in conflict, undone and totalled.

use kernel::{ErrorCode, Role, Save, SavedVersion};
use marks::gradebook::*;
use upkeep::{Undo, undo};

use crate::both;
use crate::graded::{Graded, assessment, cell, seen};

fn close(a: Option<f64>, b: f64) {
    assert!(a.is_some_and(|a| (a - b).abs() < 1e-9), "{a:?} is not {b}");
}

both!(
    async fn marks_are_kept_and_totalled(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, aarav, mohammed] = graded.students();
        let recorded = graded.first_marks().await;
        assert!(
            recorded
                .cells
                .iter()
                .all(|cell| matches!(cell.result, CellOutcome::Saved(SavedMark { version: Some(1), .. })))
        );

        let sheet = mark_sheet(&graded.ben, graded.of_course()).await.unwrap();
        let order: Vec<_> = sheet.students.iter().map(|student| student.id).collect();
        assert_eq!(order, [mohammed, jose, aarav]);
        assert_eq!(sheet.marks.len(), 8);
        assert_eq!(sheet.totals, recorded.totals);
        let total = |student| sheet.totals.iter().find(|total| total.student == student).unwrap();
        // (27.5 / 40) × 3/4 + (9 / 10) × 1/4; then 8 of 20 alone, as a missing mark counts as nothing by default.
        // 68.75 × ¾ + 90 × ¼ = 74.0625, rounded once.
        close(total(jose).percent, 74.1);
        close(total(aarav).percent, 40.0);
        close(total(mohammed).percent, 100.0);
        assert_eq!(total(mohammed).grade.as_deref(), Some("A"));
        let first = &sheet.footers[0];
        assert_eq!((first.assessment, first.statistics.n), (graded.test_1, 2));
        close(first.statistics.mean, 11.5);
        assert_eq!(sheet.total_footer, recorded.total_footer);

        let explained = explain_total(
            &graded.ben,
            ExplainTotal { course: graded.roster.course, term: graded.autumn, student: jose },
        )
        .await
        .unwrap();
        assert_eq!(explained.percent, total(jose).percent);
        let gives: Vec<Option<f64>> = explained.parts.iter().map(|part| part.gives).collect();
        // 51.5625 + 22.5: each rounded by itself from the exact share.
        assert_eq!(gives, [Some(51.6), Some(22.5)]);
        assert_eq!(explained.parts[0].marks.iter().map(|mark| mark.text.as_str()).collect::<Vec<_>>(), ["15", "12.5"]);
    }
);

both!(
    async fn a_bad_cell_is_refused_alone(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, aarav, mohammed] = graded.students();
        let stranger = graded.roster.in_b[0];
        let texts = [
            (jose, graded.test_1, "1e999", Some("not_a_number")),
            (jose, graded.test_2, "20.5", Some("above_maximum")),
            (aarav, graded.test_1, "-3", Some("negative")),
            (aarav, graded.test_2, "13,75", None),
            (mohammed, graded.test_1, "1.23456", Some("too_many_decimals")),
            (stranger, graded.test_1, "5", Some("not_enrolled")),
            (mohammed, graded.test_2, "nan", Some("not_a_number")),
        ];
        let cells = texts.iter().map(|(student, assessment, text, _)| cell(*student, *assessment, text)).collect();
        let recorded = graded.record(&graded.ben, cells).await;
        for ((_, _, text, expected), cell) in texts.iter().zip(&recorded.cells) {
            match (&cell.result, expected) {
                (CellOutcome::Refused { code, message }, Some(expected)) => {
                    assert_eq!(code, expected, "{text}");
                    assert!(!message.to_string().is_empty());
                }
                (CellOutcome::Saved(SavedMark { text: shown, .. }), None) => assert_eq!(shown, "13.75"),
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(mark_sheet(&graded.ben, graded.of_course()).await.unwrap().marks.len(), 1);
    }
);

both!(
    async fn two_people_at_one_cell_lose_nothing(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, aarav, _] = graded.students();
        graded.first_marks().await;
        let by_ben = vec![seen(cell(jose, graded.test_1, "16"), 1), seen(cell(aarav, graded.test_1, "9"), 1)];
        let by_amara = vec![seen(cell(jose, graded.test_1, "17"), 1)];
        let (ben, amara) =
            tokio::join!(graded.record(&graded.ben, by_ben), graded.record(&world.administrator, by_amara));
        assert!(matches!(ben.cells[1].result, CellOutcome::Saved(SavedMark { version: Some(2), .. })));
        let outcomes = [&ben.cells[0].result, &amara.cells[0].result];
        let saved: Vec<&CellOutcome> = outcomes.into_iter().filter(|o| matches!(o, CellOutcome::Saved(_))).collect();
        let conflict = outcomes.into_iter().find(|o| matches!(o, CellOutcome::Conflict { .. }));
        let ([CellOutcome::Saved(SavedMark { text, version, .. })], Some(CellOutcome::Conflict { current })) =
            (&saved[..], conflict)
        else {
            panic!("one is kept, one told: {outcomes:?}");
        };
        assert_eq!((&current.text, current.version), (text, *version));
        assert!(current.by.is_some() && current.at.is_some());
    }
);

both!(
    async fn two_people_fill_an_empty_cell(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, ..] = graded.students();
        let (ben, amara) = tokio::join!(
            graded.record(&graded.ben, vec![cell(jose, graded.test_1, "11")]),
            graded.record(&world.administrator, vec![cell(jose, graded.test_1, "12")]),
        );
        let kept = [&ben, &amara].iter().filter(|r| matches!(r.cells[0].result, CellOutcome::Saved(_))).count();
        let told = [&ben, &amara].iter().filter(|r| matches!(r.cells[0].result, CellOutcome::Conflict { .. })).count();
        assert_eq!((kept, told), (1, 1));
    }
);

both!(
    async fn saying_the_same_again_is_no_conflict(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let again = graded.first_marks().await;
        assert!(
            again
                .cells
                .iter()
                .all(|cell| matches!(cell.result, CellOutcome::Saved(SavedMark { version: Some(1), .. })))
        );
        assert_eq!(again.undo, None, "nothing changed, nothing to undo");
        let [jose, ..] = graded.students();
        let change = || vec![seen(cell(jose, graded.test_1, "15.50"), 1)];
        graded.record(&graded.ben, change()).await;
        let retried = graded.record(&graded.ben, change()).await;
        assert!(
            matches!(&retried.cells[0].result, CellOutcome::Saved(SavedMark { version: Some(2), text, .. }) if text == "15.5")
        );
    }
);

both!(
    async fn a_cleared_cell_goes_on_counting_versions(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, ..] = graded.students();
        graded.first_marks().await;
        graded.record(&graded.ben, vec![seen(cell(jose, graded.test_1, ""), 1)]).await;
        let sheet = mark_sheet(&graded.ben, graded.of_course()).await.unwrap();
        assert_eq!(sheet.footers[0].statistics.n, 1);
        graded.record(&graded.ben, vec![seen(cell(jose, graded.test_1, "18"), 2)]).await;
        let stale = graded.record(&world.administrator, vec![seen(cell(jose, graded.test_1, "3"), 1)]).await;
        assert!(matches!(&stale.cells[0].result, CellOutcome::Conflict { current } if current.text == "18"));
    }
);

both!(
    async fn a_paste_is_undone_as_one(world: World) {
        let graded = Graded::new(&world).await;
        let recorded = graded.first_marks().await;
        undo(&graded.ben, Undo { entry: recorded.undo.unwrap() }).await.unwrap();
        assert!(mark_sheet(&graded.ben, graded.of_course()).await.unwrap().marks.is_empty());
    }
);

both!(
    async fn only_who_teaches_the_class_sees_its_sheet(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let chloe = graded.chloe(&world).await;
        assert_eq!(mark_sheet(&chloe, graded.of_course()).await.unwrap_err().code, ErrorCode::Forbidden);
        let [jose, aarav, _] = graded.students();
        let input = RecordMarks {
            course: graded.roster.course,
            term: graded.autumn,
            cells: vec![cell(jose, graded.test_1, "1")],
        };
        assert_eq!(record_marks(&chloe, input).await.unwrap_err().code, ErrorCode::Forbidden);
        let list = CoursesForMarks { school: world.school, term: graded.autumn, handed_over: None };
        assert!(courses_for_marks(&chloe, list).await.unwrap().is_empty());
        let own = courses_for_marks(&graded.ben, list).await.unwrap();
        assert_eq!((own[0].class_title.as_str(), own[0].students, own[0].assessments, own[0].entered), ("7A", 3, 3, 8));

        let student = world.user_for("jose", Role::Student, world.school, None, Some(jose)).await;
        let of = |student| ExplainTotal { course: graded.roster.course, term: graded.autumn, student };
        assert!(explain_total(&student, of(jose)).await.is_ok());
        assert_eq!(explain_total(&student, of(aarav)).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(mark_sheet(&student, graded.of_course()).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn columns_are_changed_moved_and_deleted(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let change = |maximum: &str, version| SaveAssessment {
            due_date: None,
            save: Save::Change { id: graded.test_1, version },
            course: graded.roster.course,
            term: graded.autumn,
            category: graded.tests,
            title: "First test".into(),
            maximum: maximum.into(),
            date: None,
        };
        let low = save_assessment(&graded.ben, change("14", 1)).await.unwrap_err();
        assert_eq!((low.fields[0].field.as_str(), low.fields[0].code.as_str()), ("maximum", "below_marks"));
        assert_eq!(save_assessment(&graded.ben, change("0", 1)).await.unwrap_err().fields[0].code, "too_small");
        save_assessment(&graded.ben, change("25", 1)).await.unwrap();
        assert_eq!(save_assessment(&graded.ben, change("30", 1)).await.unwrap_err().code, ErrorCode::Stale);

        let order = vec![graded.essay, graded.test_2, graded.test_1];
        let input =
            ReorderAssessments { course: graded.roster.course, term: graded.autumn, assessments: order.clone() };
        reorder_assessments(&graded.ben, input).await.unwrap();
        let sheet = mark_sheet(&graded.ben, graded.of_course()).await.unwrap();
        assert_eq!(sheet.assessments.iter().map(|column| column.id).collect::<Vec<_>>(), order);

        let used = delete_category(&graded.ben, DeleteVersion { id: graded.tests, version: 1 }).await.unwrap_err();
        assert_eq!(used.code, ErrorCode::InUse);
        let version = sheet.assessments[0].version;
        let deleted = delete_assessment(&graded.ben, DeleteVersion { id: graded.essay, version }).await.unwrap();
        assert_eq!(mark_sheet(&graded.ben, graded.of_course()).await.unwrap().marks.len(), 6);
        undo(&graded.ben, Undo { entry: deleted.undo.unwrap() }).await.unwrap();
        assert_eq!(mark_sheet(&graded.ben, graded.of_course()).await.unwrap().marks.len(), 8);
    }
);

both!(
    async fn comments_are_kept_by_whom_they_belong_to(world: World) {
        let graded = Graded::new(&world).await;
        let [jose, ..] = graded.students();
        let comment = |kind, course, body: &str, seen_version| SaveComment {
            student: jose,
            kind,
            course,
            body: body.into(),
            seen_version,
        };
        let save = async |who: &kernel::Context, comments| {
            let input = SaveComments { class: graded.roster.class_a, term: graded.autumn, comments };
            save_comments(who, input).await.unwrap().results
        };
        let course = Some(graded.roster.course);
        let results = save(
            &graded.ben,
            vec![
                comment(CommentKind::Course, course, "Works with care.", None),
                comment(CommentKind::Principal, None, "Well done.", None),
                comment(CommentKind::Course, course, &"x".repeat(5_000), Some(1)),
            ],
        )
        .await;
        assert_eq!(results[0], CommentResult::Saved(SavedVersion { version: Some(1) }));
        assert!(matches!(&results[1], CommentResult::Refused { code, .. } if code == "forbidden"));
        assert!(matches!(&results[2], CommentResult::Refused { code, .. } if code == "too_long"));
        let other = save(&world.administrator, vec![comment(CommentKind::Course, course, "Another.", None)]).await;
        assert!(matches!(&other[0], CommentResult::Conflict { current } if current.body == "Works with care."));
        let class = OfClassTerm { class: graded.roster.class_a, term: graded.autumn };
        let all = report_comments(&graded.ben, class).await.unwrap();
        assert_eq!(all.comments.len(), 1);
        assert!(all.courses[0].writable && !all.class_teacher_writable && !all.principal_writable);
    }
);

both!(
    async fn a_whole_sheet_is_pasted_in_any_order(world: World) {
        let graded = Graded::new(&world).await;
        let mut columns = vec![graded.test_1, graded.test_2];
        for place in 0..98 {
            let title = format!("Exercise {place}");
            columns.push(assessment(&graded.ben, &graded.roster, graded.autumn, graded.tests, &title, "20").await);
        }
        let mut cells = Vec::new();
        for (row, student) in graded.students().into_iter().enumerate() {
            for (column, id) in columns.iter().enumerate() {
                cells.push(cell(student, *id, &format!("{}.{:02}", (row * 7 + column) % 20, column)));
            }
        }
        let backwards: Vec<MarkCell> = cells.iter().rev().cloned().collect();
        let pasted = graded.record(&graded.ben, cells).await;
        assert!(
            pasted
                .cells
                .iter()
                .all(|cell| matches!(cell.result, CellOutcome::Saved(SavedMark { version: Some(1), .. })))
        );
        undo(&graded.ben, Undo { entry: pasted.undo.unwrap() }).await.unwrap();
        let again = graded.record(&graded.ben, backwards).await;
        assert_eq!(again.totals, pasted.totals);
        assert_eq!(again.footers, pasted.footers);
    }
);
