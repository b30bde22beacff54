//! Lists of other kinds than students on both databases: shown, imported, the same again without a change, taken back; and
//! what is wrong with a row, by its line and column.

use std::sync::Arc;

use exchange::{ListKind, TableFormat, write_cells};
use kernel::{Context, ErrorCode, Role, Upload};
use school::exchange::{
    AcceptRefused, ImportInput, ImportReport, ImportSet, PreviewImport, import_apply, import_dry_run, preview_import,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use store::Store;
use store::entities::{ClassKind, classes, enrolments, guardians, guardianships, staff, subjects, teachings};
use store::ids::SchoolId;
use uuid::Uuid;

use crate::both;
use crate::roster::{Roster, new_staff, second_school};
use crate::sets::Set;
use crate::world::{World, date};

fn list(text: &str) -> Set {
    Set::of(&[("list.csv", text)])
}

/// What an import of a list would do; nothing is written.
pub async fn shown(context: &Context, text: &str) -> ImportReport {
    let how = ImportSet { accept_refused: AcceptRefused::Everything, ..ImportSet::default() };
    list(text).import(context, how).await.unwrap()
}

pub async fn apply(context: &Context, text: &str) -> ImportReport {
    let how = ImportSet { apply: true, ..ImportSet::default() };
    let report = list(text).import(context, how).await.unwrap();
    assert!(report.applied, "{:?}", report.refused);
    report
}

/// Lines and columns of what is refused.
pub fn refused(report: &ImportReport) -> Vec<(u32, &str)> {
    report.refused.iter().map(|refusal| (refusal.line, refusal.column.as_str())).collect()
}

async fn rows(store: &Store) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "staff",
        "classes",
        "subjects",
        "courses",
        "teachings",
        "enrolments",
        "guardians",
        "guardianships",
        "academic_sessions",
        "categories",
        "assessments",
        "marks",
        "attendance_marks",
        "search_words",
        "users",
        "grants",
    ] {
        let row = store.reader().query_one_raw(store.statement(&format!("SELECT count(*) FROM {table}"), [])).await;
        counts.push(row.unwrap().unwrap().try_get_by_index(0).unwrap());
    }
    counts
}

/// The list is shown without a trace, imported as shown, changes nothing again, and is taken back at once.
pub async fn once_and_back(world: &World, text: &str) -> ImportReport {
    let (context, store) = (&world.administrator, &world.services.store);
    let before = rows(store).await;
    let shown = shown(context, text).await;
    assert!(!shown.applied && shown.refused.is_empty(), "{:?}", shown.refused);
    assert_eq!(before, rows(store).await);
    let done = apply(context, text).await;
    assert_eq!((done.added, done.changed, done.deleted), (shown.added, shown.changed, shown.deleted));
    let after = rows(store).await;
    let again = apply(context, text).await;
    assert_eq!((again.added.total(), again.changed.total(), again.deleted.total()), (0, 0, 0), "{:?}", again.changes);
    assert!(again.changes.is_empty() && again.undo.is_none(), "{:?}", again.changes);
    assert_eq!(after, rows(store).await);
    let undone = upkeep::undo(context, upkeep::Undo { entry: done.undo.unwrap() }).await.unwrap();
    assert_eq!(before, rows(store).await);
    upkeep::undo(context, upkeep::Undo { entry: undone.undo.unwrap() }).await.unwrap();
    assert_eq!(after, rows(store).await);
    done
}

const STAFF: &str = "Staff number;Given name;Family name;Native name;E-mail;Phone;Job title;First day\n\
    S1;Ben;Otieno;;ben@school.example;0711 111 111;Teacher;2020-01-06\n\
    S2;Chloë;Dubois;;;;Head of Languages;\n\
    ;आरव;शर्मा;आरव शर्मा;arav@school.example;;;\n";

both!(
    async fn staff_come_from_a_list(world: World) {
        let done = once_and_back(&world, STAFF).await;
        assert_eq!((done.added.staff, done.added.total()), (3, 3));
        let db = world.services.store.reader();
        let ben = staff::Entity::find().filter(staff::Column::Number.eq("S1")).one(db).await.unwrap().unwrap();
        assert_eq!((ben.first_day, ben.job_title.as_deref()), (Some(date("2020-01-06")), Some("Teacher")));
        assert_eq!(ben.source_id, None);

        // By number, by e-mail address, by name: the same people; a blank cell leaves what is stored.
        let changed = "No;Given name;Family name;E-mail;Job title\ns1;Benjamin;Otieno;;\n;Chloë;Dubois;chloe@school.example;\n\
            S3;Arav;Sharma;ARAV@school.example;Teacher\n";
        let report = shown(&world.administrator, changed).await;
        assert_eq!((report.added.staff, report.changed.staff, report.refused.len()), (0, 3, 0), "{:?}", report.refused);
        let fields = |line: u32| {
            let change = report.changes.iter().find(|change| change.line == line).unwrap();
            change.fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((fields(2), fields(3)), (vec!["given_name"], vec!["email"]));
        let first = &report.changes[0];
        assert_eq!(
            (first.kind.as_str(), &first.fields[0].before, &first.fields[0].after),
            ("staff", &"Ben".into(), &"Benjamin".into())
        );
    }
);

both!(
    async fn two_of_the_staff_who_are_called_alike_are_a_question(world: World) {
        let context = &world.administrator;
        apply(context, "Staff number;Name;E-mail\nA1;Ann Lee;\nA2;Ann Lee;\nA3;Bob Ray;bob@school.example\n").await;
        let text = "Staff number;Name;E-mail;Job title\n;Ann Lee;;Teacher\nA9;Bob Ray;bob@school.example;\n;Bob Ray;ray@school.example;\n\
            A4;Cem Ak;;\na4;Cem Ak;;\n;Dee Fox;;\n;Dee Fox;;\n;;x@school.example;\nA1;Ann Lee;;Teacher\n";
        let report = shown(context, text).await;
        assert_eq!(
            refused(&report),
            [(2, "Staff number"), (3, "E-mail"), (4, "E-mail"), (6, "Staff number"), (8, "Name"), (9, "Name")]
        );
        assert_eq!((report.added.staff, report.changed.staff), (2, 1));
        assert!(
            report.refused[0].expected.to_string().contains("Ann Lee A1, Ann Lee A2"),
            "{}",
            report.refused[0].expected
        );
    }
);

both!(
    async fn a_wrong_row_is_mended_in_the_preview(world: World) {
        let context = &world.administrator;
        let upload = hand_in(
            &world,
            context,
            "staff.csv",
            b"Staff number;Name;First day\nS1;Ann Lee;2020-13-01\nS2;Bob Ray;2021-01-04\n",
        );
        let asked = ImportInput { kind: Some(ListKind::Staff), ..input(world.school, upload) };
        let shown = import_dry_run(context, asked.clone()).await.unwrap();
        assert_eq!((shown.held_back, refused(&shown)), (true, vec![(2, "First day")]));
        assert_eq!(import_apply(context, asked.clone()).await.unwrap().added.staff, 1, "as shown");
        assert_eq!(
            staff::Entity::find().all(world.services.store.reader()).await.unwrap().len(),
            0,
            "and nothing written"
        );
        let mut mended = shown.refused_rows[0].rows.clone();
        mended[0].cells[2] = "2020-12-01".into();
        let done = import_apply(context, ImportInput { mended: Some(mended), ..asked }).await.unwrap();
        assert_eq!((done.applied, done.added.staff), (true, 2));
    }
);

fn hand_in(world: &World, context: &Context, name: &str, bytes: &[u8]) -> Uuid {
    let owner = context.actor.as_ref().map(|actor| actor.user);
    world.services.keep_upload(Upload { file_name: name.into(), bytes: Arc::new(bytes.to_vec()), owner })
}

pub fn input(school: SchoolId, upload: Uuid) -> ImportInput {
    ImportInput {
        school,
        uploads: vec![upload],
        kind: None,
        matching: None,
        dates: None,
        names: None,
        read_as: None,
        into_school: None,
        accept_refused: None,
        delete_missing: None,
        mended: None,
    }
}

const CLASSES: &str = "Class;Kind;Grade;Class teacher;Places;Room\n8A;homeroom;8;Otieno;30;12\n8B;;8;chloë dubois;;\nChoir;group;;;40;Hall\n";

both!(
    async fn classes_come_from_a_list_with_teacher_places_and_room(world: World) {
        let roster = Roster::new(&world).await;
        let done = once_and_back(&world, CLASSES).await;
        assert_eq!((done.added.classes, done.added.total()), (3, 3));
        let db = world.services.store.reader();
        let found = classes::Entity::find().order_by_asc(classes::Column::Title).all(db).await.unwrap();
        let class = |title: &str| found.iter().find(|class| class.title == title).unwrap();
        assert_eq!((class("8A").homeroom_staff_id, class("8A").places), (Some(roster.ben), Some(30)));
        assert_eq!((class("8B").homeroom_staff_id, class("8B").kind), (Some(roster.chloe), ClassKind::Homeroom));
        assert_eq!((class("Choir").kind, class("Choir").room.as_deref()), (ClassKind::Group, Some("Hall")));

        let other = shown(&world.administrator, "Class;Class teacher;Places\n8a;Dubois;28\n").await;
        assert_eq!((other.added.classes, other.changed.classes), (0, 1));
        let fields: Vec<_> =
            other.changes[0].fields.iter().map(|of| (of.field.as_str(), of.before.clone(), of.after.clone())).collect();
        assert!(fields.contains(&("homeroom_staff_id", "Ben Otieno".into(), "Chloë Dubois".into())), "{fields:?}");

        let wrong = "Class;Kind;Class teacher;Places\n8A;group;;\nDrama;group;Otieno;\n9A;;Nobody;\n9B;;;0\n9C;kind;;\n;;;\n9D;;;\n9d;;;\n";
        let wrong = shown(&world.administrator, wrong).await;
        let lines = [(2, "Kind"), (3, "Class teacher"), (4, "Class teacher"), (5, "Places"), (6, "Kind"), (9, "Class")];
        assert_eq!((refused(&wrong), wrong.added.classes), (lines.to_vec(), 1));
    }
);

const COURSES: &str = "Class;Subject;Teachers\n7A;Mathematics;\"Otieno, Ben; Dubois\"\n7A;History;\n7B;mathematics;Chloë Dubois\n7B;History;Otieno\n7B;History;Dubois\n";

both!(
    async fn courses_come_from_a_list_with_their_teachers(world: World) {
        let roster = Roster::new(&world).await;
        let done = once_and_back(&world, COURSES).await;
        // Mathematics of 7A is there already with Ben; history is a new subject, which is said.
        assert_eq!((done.added.courses, done.added.subjects, done.added.teachings), (3, 1, 4));
        assert_eq!(done.notes.iter().filter(|note| note.column == "Subject").count(), 1, "{:?}", done.notes);
        let change = done.changes.iter().find(|change| change.kind == "courses").unwrap();
        assert_eq!((change.name.as_str(), &change.fields[0].before), ("7A · Mathematics", &"Ben Otieno".into()));
        assert_eq!(change.fields[0].after, "Ben Otieno; Chloë Dubois");
        let db = world.services.store.reader();
        assert_eq!(subjects::Entity::find().all(db).await.unwrap().len(), 2);

        // Whom a list names teaches; a blank cell leaves who does.
        let other = apply(&world.administrator, "Class;Subject;Teacher\n7A;Mathematics;Dubois\n7B;History;\n").await;
        assert_eq!((other.deleted.teachings, other.added.total()), (1, 0));
        let of = teachings::Entity::find().filter(teachings::Column::CourseId.eq(roster.course));
        let of: Vec<_> = of.all(db).await.unwrap().into_iter().map(|row| row.staff_id).collect();
        assert_eq!(of, [roster.chloe]);
    }
);

both!(
    async fn a_course_of_nobody_and_nowhere_is_refused(world: World) {
        Roster::new(&world).await;
        let twin = school::people::SaveStaff { number: Some("9".into()), ..new_staff(world.school, "Ben", "Otieno") };
        school::people::save_staff(&world.administrator, twin).await.unwrap();
        let text =
            "Class;Subject;Teacher\n9Z;Mathematics;\n7A;;\n7A;Art;Ben Otieno\n7A;Art;Nemo\n7A;Art;9\n7A;#REF!;\n";
        let report = shown(&world.administrator, text).await;
        assert_eq!(refused(&report), [(2, "Class"), (3, "Subject"), (4, "Teacher"), (5, "Teacher"), (7, "Subject")]);
        assert_eq!((report.added.courses, report.added.subjects, report.added.teachings), (1, 1, 1));
    }
);

const ENROLMENTS: &str =
    "Student number;Class;First day;Last day\n1001;Choir;2026-10-01;\n1002;Choir;;2026-12-18\n2001;7A;2026-10-20;\n";

both!(
    async fn enrolments_come_from_a_list_and_another_homeroom_moves(world: World) {
        let roster = Roster::new(&world).await;
        apply(&world.administrator, "Class;Kind;Room\nChoir;group;\n").await;
        let done = once_and_back(&world, ENROLMENTS).await;
        assert_eq!((done.added.enrolments, done.changed.enrolments), (3, 1));
        let db = world.services.store.reader();
        let of = enrolments::Entity::find().filter(enrolments::Column::StudentId.eq(roster.in_b[0]));
        let of = of.order_by_asc(enrolments::Column::StartDate).all(db).await.unwrap();
        assert_eq!((of[0].class_id, of[0].end_date), (roster.class_b, Some(date("2026-10-19"))));
        assert_eq!((of[1].class_id, of[1].start_date, of[1].end_date), (roster.class_a, date("2026-10-20"), None));

        // The days of a time that is there are corrected, and shown before.
        let other = shown(&world.administrator, "Student number;Class;First day\n1001;choir;2026-10-05\n").await;
        assert_eq!((other.added.enrolments, other.changed.enrolments), (0, 1));
        assert_eq!(other.changes[0].fields[0].after, "2026-10-05");
    }
);

both!(
    async fn a_student_is_meant_by_number_or_by_name_and_birth_date(world: World) {
        Roster::new(&world).await;
        let context = &world.administrator;
        let two = "No;Name;Date of birth;Sex\n5001;Ann Lee;2014-01-02;f\n5002;Ann Lee;2014-03-04;f\n";
        apply(context, two).await;
        let text = "Name;Date of birth;Class;From\nAnn Lee;2014-03-04;7A;2026-10-01\nAnn Lee;;7A;2026-10-01\nNobody Here;;7A;\n\
            José Muñoz;;9Z;\nJosé Muñoz;;7A;2025-01-01\n\"Muñoz, José\";;7B;2026-11-02\n;;7A;\n";
        let report = shown(context, text).await;
        assert_eq!(refused(&report), [(3, "Name"), (4, "Name"), (5, "Class"), (6, "From"), (8, "Name")]);
        assert_eq!((report.added.enrolments, report.changed.enrolments), (2, 1));
        let turned =
            shown(context, "Student number;Class;From;To\n1001;7B;2026-11-02;2026-11-01\n1001;7B;soon;\n").await;
        assert_eq!(refused(&turned), [(2, "To"), (3, "From")]);
    }
);

const GUARDIANS: &str = "Student number;Guardian name;Relation;Phone;E-mail;Primary\n1001;Rosa Muñoz;aunt;+34 600 111 222;rosa@home.example;yes\n\
    1002;Rosa Muñoz;neighbour;+34600111222;;\n1003;Fatima Hassan;mother;0711 222 333;fatima@home.example;\n";

both!(
    async fn guardians_come_from_a_list_and_are_shared(world: World) {
        let roster = Roster::new(&world).await;
        let done = once_and_back(&world, GUARDIANS).await;
        // Rosa is one for two students; Fatima is here already and gets an address.
        assert_eq!((done.added.guardians, done.added.guardianships), (1, 2));
        assert_eq!((done.changed.guardians, done.changed.guardianships), (1, 1), "{:?}", done.changes);
        let db = world.services.store.reader();
        let ties = guardianships::Entity::find().filter(guardianships::Column::StudentId.eq(roster.in_a[0]));
        let ties = ties.all(db).await.unwrap();
        let first: Vec<_> = ties.iter().filter(|tie| tie.is_primary).map(|tie| tie.relationship.as_str()).collect();
        assert_eq!(first, ["aunt"], "called first instead of the mother");
        let rosa = guardians::Entity::find().filter(guardians::Column::GivenName.eq("Rosa")).all(db).await.unwrap();
        assert_eq!((rosa.len(), rosa[0].phone.as_deref()), (1, Some("+34 600 111 222")));

        let other = shown(
            &world.administrator,
            "Student number;Guardian name;Relation;Phone\n1001;Rosa Muñoz;godmother;+34 600 999 999\n",
        )
        .await;
        assert_eq!((other.changed.guardians, other.changed.guardianships, other.added.total()), (1, 1, 0));
        let wrong = "Student number;Guardian name;Relation;Phone;Primary\n9999;A B;x;;\n1001;;mother;0711;\n1001;C D;;;maybe\n;E F;;;\n";
        let wrong = shown(&world.administrator, wrong).await;
        assert_eq!(
            refused(&wrong),
            [(2, "Student number"), (3, "Guardian name"), (4, "Primary"), (5, "Student number")]
        );
    }
);

both!(
    async fn a_person_says_what_a_list_is_of(world: World) {
        let context = &world.administrator;
        let upload = hand_in(&world, context, "people.csv", b"No;Name;E-mail\n1;Ann Lee;ann@school.example\n");
        let look = |kind| {
            let input = PreviewImport { school: world.school, uploads: vec![upload], read_as: None, kind };
            preview_import(context, input)
        };
        assert_eq!(look(None).await.unwrap().table.unwrap().kind, ListKind::Students);
        let table = look(Some(ListKind::Staff)).await.unwrap().table.unwrap();
        assert_eq!((table.kind, table.suggested.number.as_deref()), (ListKind::Staff, Some("No")));
        let asked = ImportInput { kind: Some(ListKind::Staff), ..input(world.school, upload) };
        let done = import_apply(context, asked.clone()).await.unwrap();
        assert_eq!((done.added.staff, done.added.students), (1, 0));
        // What a list of a kind cannot do without is asked for.
        let asked = ImportInput { kind: Some(ListKind::Courses), ..asked };
        let error = import_dry_run(context, asked).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::BadFile);
        assert_eq!(error.details.unwrap()["code"], "exchange.columns");
    }
);

both!(
    async fn a_workbook_is_a_list_of_any_kind(world: World) {
        Roster::new(&world).await;
        let cell = |text: &str| exchange::Cell::Text(text.to_owned());
        let cells = [vec![cell("7A"), cell("Art"), cell("Otieno")], vec![cell("7B"), cell("Art"), cell("Dubois")]];
        let bytes = write_cells(TableFormat::Xlsx, &["Class", "Subject", "Teacher"], &cells).unwrap();
        let set = Set::bytes([("courses.xlsx".to_owned(), bytes)]);
        let how = ImportSet { apply: true, ..ImportSet::default() };
        let done = set.import(&world.administrator, how).await.unwrap();
        assert_eq!((done.applied, done.added.courses, done.added.teachings), (true, 2, 2), "{:?}", done.refused);
    }
);

both!(
    async fn lists_are_the_offices_and_of_the_own_school(world: World) {
        let roster = Roster::new(&world).await;
        let hillside = second_school(&world).await;
        let office = world.user("office", Role::Operator).await;
        // Ben and Chloë are here already, without a number.
        let done = apply(&office, STAFF).await;
        assert_eq!((done.added.staff, done.changed.staff), (1, 2));
        for (name, role) in [("teacher", Role::Teacher), ("counsel", Role::Counsellor), ("pupil", Role::Student)] {
            let context = world.user(name, role).await;
            let upload = hand_in(&world, &context, "list.csv", STAFF.as_bytes());
            let error = import_apply(&context, input(world.school, upload)).await.unwrap_err();
            assert_eq!(error.code, ErrorCode::Forbidden, "{role:?}");
        }
        // Nobody of another school is meant, and the office of one imports nothing into it.
        let upload = hand_in(&world, &office, "list.csv", STAFF.as_bytes());
        let error = import_apply(&office, input(hillside, upload)).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Forbidden);
        let context = world.resume(&world.sign_in("office", "amara", crate::world::PASSWORD).await.unwrap()).await;
        for text in [COURSES, ENROLMENTS, GUARDIANS] {
            let how = ImportSet { school: Some(hillside), ..ImportSet::default() };
            let report = list(text).import(&context, how).await.unwrap();
            let lines = text.lines().count() - 1;
            assert_eq!((report.refused.len(), report.added.total()), (lines, 0), "{text}");
        }
        let here = teachings::Entity::find().filter(teachings::Column::CourseId.eq(roster.course));
        assert_eq!(here.all(world.services.store.reader()).await.unwrap().len(), 1);
    }
);

both!(
    async fn spoilt_lists_leave_nothing(world: World) {
        Roster::new(&world).await;
        let (context, store) = (&world.administrator, &world.services.store);
        let before = rows(store).await;
        let long = "x".repeat(10_000);
        for (text, expected) in [
            (format!("Staff number;Name;Job title\nS1;{long};\n"), 1),
            ("Staff number;Name;Job title\n1.23457E+11;Ann Lee;\n".to_owned(), 1),
            (format!("Class;Subject;Teacher\n7A;{long};\n7A;Art;{long}\n"), 2),
            (format!("Class;Room;Places\n{};;\n8A;{long};\n8B;;99999999999\n", "y".repeat(101)), 3),
            ("Student number;Guardian name;Relation\n1001;#N/A;mother\n".to_owned(), 1),
            ("Student number;Class\n1001;\n1001\n".to_owned(), 2),
        ] {
            let how = ImportSet { apply: true, ..ImportSet::default() };
            let report = list(&text).import(context, how).await.unwrap();
            assert_eq!((report.applied, report.refused.len()), (false, expected), "{:?}", report.refused);
        }
        let quote = list("Class;Subject;Teacher\n7A;\"Art;\n").import(context, ImportSet::default()).await.unwrap_err();
        assert_eq!(quote.code, ErrorCode::BadFile);
        // A cell that would be a formula is a text, and stays one.
        apply(context, "Staff number;Name;Job title\nS1;Ann Lee;'=1+1\n").await;
        let ann = staff::Entity::find().filter(staff::Column::Number.eq("S1")).one(store.reader()).await.unwrap();
        assert_eq!(ann.unwrap().job_title.as_deref(), Some("=1+1"));
        assert_eq!(rows(store).await[1..8], before[1..8]);
    }
);
