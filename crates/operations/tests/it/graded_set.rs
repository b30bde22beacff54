//! The gradebook of a set: categories with weights, assessments with the days on which they are given and due, results in
//! every state of a score, grading periods below terms.

use ::marks::gradebook::{MarkCell, OfCourseTerm, RecordMarks, mark_sheet, record_marks};
use exchange::OneRosterVersion;
use school::exchange::{AcceptRefused, ImportReport, ImportSet};
use sea_orm::EntityTrait;
use store::entities::{AcademicSessionKind, MarkKept, academic_sessions, assessments, categories, marks, students};

use crate::both;
use crate::homes::taught_set;
use crate::round_trip::{column, goes_round, tables};
use crate::sets::Set;
use crate::world::{World, date};

const SCORES: [(&str, &str, &str); 8] = [
    ("fully graded", "17.5", ""),
    ("exempt", "", ""),
    ("not submitted", "", ""),
    ("submitted", "", ""),
    ("partially graded", "6.33333", ""),
    ("partially graded", "", ""),
    ("fully graded", "0", ""),
    ("Fully Graded", "20", "well done"),
];

/// The taught homeroom of twelve with its gradebook: two categories that two courses share, three assessments of Mathematics
/// and one of English, and eight results in all states.
pub fn graded_set() -> Set {
    let mut set = taught_set(|_, _| true, "et1,,,c1,o1,t1,teacher,,,\neh,,,h1,o1,t1,teacher,true,,\n");
    set.edit("manifest.csv", |text| format!("{text}file.categories,bulk\nfile.lineItems,bulk\nfile.results,bulk\n"));
    set.edit("academicSessions.csv", |text| {
        format!(
            "{text}g1,,,First half,gradingPeriod,2026-09-01,2026-10-20,t1,2027\n\
             g2,,,Second half,gradingPeriod,2026-10-20,2026-12-19,,2027\n"
        )
    });
    set.put("categories.csv", "sourcedId,status,dateLastModified,title,weight\nca,,,Tests,70\ncb,,,Homework,30.5\n");
    set.put(
        "lineItems.csv",
        "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,\
         academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId\n\
         l1,,,Test 1,,2026-09-10,2026-09-10,c1,ca,t1,0,20,o1\nl2,,,Essay,,2026-10-21,2026-10-30,c1,cb,g2,0,12.5,o1\n\
         l3,,,Whole year,,2026-11-02,2026-11-03,c1,cb,y1,0,10,o1\nl4,,,Dictation,,2026-09-11,2026-09-11,c2,ca,g1,0,30,o1\n",
    );
    let mut results =
        "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,\
        comment,textScore,classSourcedId,inProgress,incomplete,late,missing\n"
            .to_owned();
    for (student, (status, score, comment)) in SCORES.iter().enumerate() {
        results.push_str(&format!("x{student},,,l1,s{student},{status},{score},2026-09-12,{comment},,c1,,,,\n"));
    }
    results.push_str("y0,,,l4,s0,fully graded,29.25,2026-09-13,,,c2,,,,\n");
    set.put("results.csv", &results);
    set
}

async fn import(world: &World, set: &Set) -> ImportReport {
    let options = ImportSet { accept_refused: AcceptRefused::Nothing, apply: true, ..Default::default() };
    let report = set.import(&world.administrator, options).await.unwrap();
    assert!(report.applied, "{:?}", report.refused);
    report
}

/// What somebody's cell in an assessment holds.
async fn mark(world: &World, item: &str, student: &str) -> Option<marks::Model> {
    let db = world.services.store.reader();
    let items = assessments::Entity::find().all(db).await.unwrap();
    let item = items.into_iter().find(|row| row.source_id.as_deref() == Some(item)).unwrap();
    let all = students::Entity::find().all(db).await.unwrap();
    let student = all.into_iter().find(|row| row.source_id.as_deref() == Some(student)).unwrap();
    let marks = marks::Entity::find().all(db).await.unwrap();
    marks.into_iter().find(|row| (row.assessment_id, row.student_id) == (item.id, student.id))
}

both!(
    async fn a_gradebook_comes_in_with_the_roster(world: World) {
        let done = import(&world, &graded_set()).await;
        // Tests are a category of Mathematics and one of English.
        assert_eq!((done.added.categories, done.added.assessments, done.added.marks), (3, 4, 9));
        let db = world.services.store.reader();
        let mut weights: Vec<_> = categories::Entity::find().all(db).await.unwrap();
        weights.sort_by_key(|row| row.weight);
        assert_eq!(weights.iter().map(|row| row.weight).collect::<Vec<_>>(), [305_000, 700_000, 700_000]);

        let sessions = academic_sessions::Entity::find().all(db).await.unwrap();
        let named = |source: &str| sessions.iter().find(|row| row.source_id.as_deref() == Some(source)).unwrap();
        assert_eq!(
            (named("g1").kind, named("g1").parent_id),
            (AcademicSessionKind::GradingPeriod, Some(named("t1").id))
        );
        assert_eq!((named("g2").end_date, named("g2").parent_id), (date("2026-12-18"), Some(named("t1").id)));
        let mut items = assessments::Entity::find().all(db).await.unwrap();
        items.sort_by(|a, b| a.source_id.cmp(&b.source_id));
        let said =
            items.iter().map(|row| (row.title.as_str(), row.maximum, row.date, row.due_date, row.period.as_deref()));
        let day = |text| Some(date(text));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [
                ("Test 1", 200_000, day("2026-09-10"), None, None),
                ("Essay", 125_000, day("2026-10-21"), day("2026-10-30"), Some("g2")),
                ("Whole year", 100_000, day("2026-11-02"), day("2026-11-03"), None),
                ("Dictation", 300_000, day("2026-09-11"), None, Some("g1")),
            ]
        );
        assert!(items.iter().all(|row| row.term_id == named("t1").id));

        let mut held = Vec::new();
        for student in 0..8 {
            let row = mark(&world, "l1", &format!("s{student}")).await.unwrap();
            assert_eq!(row.score_date, day("2026-09-12"));
            held.push((row.state, row.value, row.score_status.map(|status| status.name())));
        }
        let (marked, partly) = (MarkKept::Marked, Some("partially_graded"));
        assert_eq!(
            held,
            [
                (marked, Some(175_000), None),
                (MarkKept::Excused, None, None),
                (MarkKept::Missing, None, None),
                (MarkKept::NotEntered, None, Some("submitted")),
                (marked, Some(63_333), partly),
                (MarkKept::NotEntered, None, partly),
                (marked, Some(0), None),
                (marked, Some(200_000), None),
            ]
        );
        // The second import changes nothing, and what only comes along is named.
        let again = import(&world, &graded_set()).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 0), "{:?}", again.changes);
        assert!(again.notes.iter().any(|note| note.column == "comment"), "{:?}", again.notes);
    }
);

both!(
    async fn a_mark_that_somebody_typed_here_stays(world: World) {
        import(&world, &graded_set()).await;
        let row = mark(&world, "l1", "s0").await.unwrap();
        let items = assessments::Entity::find().all(world.services.store.reader()).await.unwrap();
        let item = items.iter().find(|item| item.id == row.assessment_id).unwrap();
        let cell = MarkCell {
            student: row.student_id,
            assessment: item.id,
            text: "18".into(),
            seen_version: Some(row.version),
        };
        let input = RecordMarks { course: item.course_id, term: item.term_id, cells: vec![cell] };
        record_marks(&world.administrator, input).await.unwrap();
        let typed = mark(&world, "l1", "s0").await.unwrap();
        assert_eq!((typed.value, typed.score_date, typed.source_id.as_deref()), (Some(180_000), None, Some("x0")));

        let mut set = graded_set();
        set.edit("results.csv", |text| text.replace("x6,,,l1,s6,fully graded,0,", "x6,,,l1,s6,fully graded,3,"));
        let again = import(&world, &set).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 1), "{:?}", again.changes);
        assert_eq!(mark(&world, "l1", "s0").await.unwrap(), typed);
        assert_eq!(mark(&world, "l1", "s6").await.unwrap().value, Some(30_000));
        let sheet = OfCourseTerm { course: item.course_id, term: item.term_id };
        let sheet = mark_sheet(&world.administrator, sheet).await.unwrap();
        assert_eq!((sheet.students.len(), sheet.assessments.len()), (12, 3));
    }
);

both!(
    async fn what_is_no_mark_of_the_assessment_is_refused(world: World) {
        let mut set = graded_set();
        set.edit("results.csv", |text| text.replace("x0,,,l1,s0,fully graded,17.5,", "x0,,,l1,s0,fully graded,20.5,"));
        set.edit("lineItems.csv", |text| {
            text.replace("c1,cb,y1,0,10,", "c1,cb,y1,0,,").replace("c2,ca,g1", "h1,ca,g1")
        });
        let options = ImportSet { accept_refused: AcceptRefused::References, apply: true, ..Default::default() };
        let done = set.import(&world.administrator, options).await.unwrap();
        let refused: Vec<_> = done
            .refused
            .iter()
            .map(|row| (row.file.as_str(), row.line, row.column.as_str(), row.found.as_str()))
            .collect();
        assert_eq!(
            refused,
            [
                ("lineItems.csv", 4, "resultValueMax", ""),
                ("results.csv", 2, "score", "20.5"),
                ("results.csv", 10, "lineItemSourcedId", "l4"),
            ]
        );
        // A homeroom has no gradebook.
        assert!(done.notes.iter().any(|note| (note.file.as_str(), note.line) == ("lineItems.csv", 5)));
        assert_eq!((done.added.assessments, done.added.marks), (2, 7));
    }
);

both!(
    async fn a_delta_takes_marks_and_assessments_back(world: World) {
        import(&world, &graded_set()).await;
        let stamp = "2026-10-14T00:00:00.000Z";
        let delta = Set::of(&[
            (
                "manifest.csv",
                "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.lineItems,delta\nfile.results,delta\n"
                    .to_owned(),
            ),
            (
                "lineItems.csv",
                format!(
                    "sourcedId,status,dateLastModified,title,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId\n\
                     l4,tobedeleted,{stamp},Dictation,2026-09-11,2026-09-11,c2,ca,g1\n"
                ),
            ),
            (
                "results.csv",
                format!(
                    "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate\n\
                     x0,tobedeleted,{stamp},l1,s0,fully graded,17.5,2026-09-12\nx9,active,{stamp},l1,s9,fully graded,11,2026-09-14\n"
                ),
            ),
        ]);
        let done = import(&world, &delta).await;
        assert_eq!((done.deleted.assessments, done.changed.marks, done.added.marks), (1, 1, 1));
        assert_eq!(mark(&world, "l1", "s0").await.unwrap().state, MarkKept::NotEntered);
        let items = assessments::Entity::find().all(world.services.store.reader()).await.unwrap();
        assert!(items.iter().all(|row| row.deleted_at.is_some() == (row.title == "Dictation")));
    }
);

both!(
    async fn a_gradebook_goes_round(world: World) {
        for (version, bytes) in goes_round(world.on, &graded_set(), true).await {
            let tables = tables(&bytes);
            let cells = |file: &str, name: &str| column(&tables, &bytes, file, name);
            let session = match version {
                OneRosterVersion::V11 => "gradingPeriodSourcedId",
                OneRosterVersion::V12 => "academicSessionSourcedId",
            };
            assert_eq!(cells("lineItems.csv", "sourcedId"), ["l1", "l2", "l3", "l4"]);
            assert_eq!(cells("lineItems.csv", session), ["t1", "g2", "t1", "g1"]);
            assert_eq!(cells("lineItems.csv", "dueDate"), ["2026-09-10", "2026-10-30", "2026-11-03", "2026-09-11"]);
            assert_eq!(cells("lineItems.csv", "resultValueMax"), ["20", "12.5", "10", "30"]);
            assert_eq!(cells("categories.csv", "sourcedId"), ["ca", "cb"]);
            let mut states = SCORES.map(|(status, _, _)| status.to_lowercase());
            if version == OneRosterVersion::V11 {
                states[5] = "submitted".to_owned();
            }
            assert_eq!(cells("results.csv", "scoreStatus")[..8], states);
            assert_eq!(cells("results.csv", "sourcedId"), ["x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "y0"]);
            let scores = match version {
                // 1.1 wants a score always.
                OneRosterVersion::V11 => ["17.5", "0", "0", "0", "6.3333", "0", "0", "20", "29.25"],
                OneRosterVersion::V12 => {
                    assert_eq!(cells("categories.csv", "weight"), ["70", "30.5"]);
                    ["17.5", "", "", "", "6.3333", "", "0", "20", "29.25"]
                }
            };
            assert_eq!(cells("results.csv", "score"), scores);
        }
    }
);
