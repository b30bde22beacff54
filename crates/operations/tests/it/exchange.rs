//! Imports on both databases: nothing is written by a dry run, everything or nothing by the import, nothing by the second.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use kernel::{Context, ErrorCode, Job, Role, Upload};
use school::accounts;
use school::accounts::Nothing;
use school::exchange::{
    AcceptRefused, ExportStudents, ImportCounts, ImportInput, ImportReport, ImportSet, PreviewImport, import_apply,
    import_dry_run, preview_import,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::Store;
use store::entities::{
    AcademicSessionKind, SoftDeleted, academic_sessions, classes, courses, enrolments, guardians, guardianships,
    schools, staff, students, teachings,
};

use crate::both;
use crate::sets::Set;
use crate::world::{On, World, date, device, empty_store, set_up, vendor};

/// A published set beside the project; none where it is not there (said in the output).
pub fn real(name: &str) -> Option<Set> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oneroster").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(Set::read(&path))
}

fn files(files: &[(&str, &str)]) -> Set {
    Set::of(files)
}

fn list(text: &str) -> Set {
    files(&[("students.csv", text)])
}

fn everything() -> ImportSet {
    ImportSet { accept_refused: AcceptRefused::Everything, apply: true, ..Default::default() }
}

/// The same, only shown.
fn shown() -> ImportSet {
    ImportSet { apply: false, ..everything() }
}

async fn apply(context: &Context, set: &Set) -> ImportReport {
    let report = set.import(context, everything()).await.unwrap();
    assert!(report.applied);
    report
}

/// Rows of all tables that an import may touch.
async fn counts(store: &Store) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "schools",
        "academic_sessions",
        "students",
        "guardians",
        "guardianships",
        "staff",
        "search_words",
        "subjects",
        "classes",
        "courses",
        "teachings",
        "enrolments",
        "audit_changes",
    ] {
        let row = store.reader().query_one_raw(store.statement(&format!("SELECT count(*) FROM {table}"), [])).await;
        counts.push(row.unwrap().unwrap().try_get_by_index(0).unwrap());
    }
    counts
}

both!(
    async fn a_real_set_is_shown_then_imported_then_skipped(world: World) {
        let Some(set) = real("sds-v1-100-users") else { return };
        let before = counts(&world.services.store).await;
        let shown = set.import(&world.administrator, shown()).await.unwrap();
        assert_eq!(before, counts(&world.services.store).await);
        assert!(!shown.applied && shown.refused.is_empty());
        let added = shown.added;
        assert_eq!((added.schools, added.students, added.staff), (2, 86, 12));
        assert_eq!((added.classes, added.courses, added.teachings, added.enrolments), (28, 28, 28, 602));

        let done = apply(&world.administrator, &set).await;
        assert_eq!(done.added, shown.added);
        assert!(done.undo.is_some());
        let context = resumed(&world).await;
        let after = counts(&world.services.store).await;

        let again = apply(&context, &set).await;
        assert_eq!((again.added, again.changed, again.deleted), Default::default());
        assert_eq!(again.skipped, done.added);
        assert_eq!(after, counts(&world.services.store).await);

        // One act, one undo: schools, people, classes, the words by which they are found.
        upkeep::undo(&context, upkeep::Undo { entry: done.undo.unwrap() }).await.unwrap();
        let mut left = counts(&world.services.store).await;
        assert!(left.pop() > after.last().copied(), "the audit keeps what was taken back");
        // The schools themselves are only out of sight: the audit names them.
        assert_eq!(left[1..], before[1..left.len()]);
    }
);

/// The administrator with the schools that are there now.
async fn resumed(world: &World) -> Context {
    world.resume(&world.sign_in("office", "amara", crate::world::PASSWORD).await.unwrap()).await
}

both!(
    async fn the_eleven_set_goes_into_the_school_that_was_set_up(world: World) {
        let Some(set) = real("oneroster-1.1-bulk-minimal.zip") else { return };
        let options = ImportSet { accept_refused: AcceptRefused::References, apply: true, ..Default::default() };
        let done = set.import(&world.administrator, options).await.unwrap();
        assert!(done.applied);
        let places: Vec<_> = done.refused.iter().map(|r| (r.file.as_str(), r.line, r.column.as_str())).collect();
        assert_eq!(places, [("enrollments.csv", 3, "userSourcedId"), ("enrollments.csv", 6, "userSourcedId")]);
        assert_eq!((done.added.schools, done.added.students, done.added.staff, done.added.guardians), (0, 3, 2, 1));
        // A homeroom, and a scheduled class whose students are all in it: one class with a course.
        assert_eq!((done.added.classes, done.added.enrolments), (1, 1));
        let classes = classes::Entity::find()
            .filter(classes::Column::SchoolId.eq(world.school))
            .all(world.services.store.reader())
            .await
            .unwrap();
        assert_eq!(classes.len(), 1);
        let homeroom = classes.iter().find(|class| class.title == "History - 2").unwrap();
        assert!(homeroom.homeroom_staff_id.is_some());
        let again = apply(&world.administrator, &set).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 0), "{:?}", again.changes);
    }
);

both!(
    async fn a_delta_adds_what_it_holds(world: World) {
        let Some(set) = real("oneroster-1.2-delta.zip") else { return };
        let done = apply(&world.administrator, &set).await;
        assert_eq!((done.added.students, done.added.enrolments, done.refused.len()), (1, 1, 0));
        let db = world.services.store.reader();
        let bruce = students::Entity::find().filter(students::Column::GivenName.eq("Bruce")).one(db).await.unwrap();
        assert_eq!(bruce.unwrap().birth_date, Some(date("2010-04-17")));
        let again = apply(&world.administrator, &set).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 0), "{:?}", again.changes);
    }
);

both!(
    async fn a_set_of_several_kinds_of_organisations(world: World) {
        let Some(set) = real("sds-v2.1") else { return };
        let done = apply(&world.administrator, &set).await;
        assert_eq!((done.added.schools, done.added.guardians, done.added.guardianships), (2, 2, 3));
        let again = apply(&resumed(&world).await, &set).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 0), "{:?}", again.changes);
    }
);

const LIST: &str = "Admission No;First Name;Surname;DOB;Sex;Class;Guardian Name;Guardian Phone\n\
    101;Neha;Sharma;14/02/2015;F;5 A;Ravi Sharma;+91 98765\n\
    102;Arun;Sharma;03/04/2013;m;7 B;Ravi Sharma;+91 98765\n\
    103;Zoë;Müller;21/12/2014;f;5 A;;\n";

both!(
    async fn a_plain_list_becomes_students_with_guardians_and_classes(world: World) {
        let done = apply(&world.administrator, &list(LIST)).await;
        let added = done.added;
        assert_eq!(
            (added.students, added.guardians, added.guardianships, added.classes, added.enrolments),
            (3, 1, 2, 2, 3)
        );
        let again = apply(&world.administrator, &list(LIST)).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 0), "{:?}", again.changes);
        assert_eq!(again.skipped, added);

        let input = school::people::SearchPeople { school: world.school, text: "zoe".into(), kind: None };
        let found = school::people::search_people(&world.administrator, input).await.unwrap();
        assert_eq!(found.len(), 1);

        let changed = LIST.replace("Zoë;Müller", "Zoë;Maier");
        let shown = list(&changed).import(&world.administrator, shown()).await.unwrap();
        assert_eq!((shown.changed.students, shown.changed.total()), (1, 1));
        let change = &shown.changes[0];
        assert_eq!((change.name.as_str(), change.file.as_str(), change.line), ("Zoë Maier", "students.csv", 4));
        assert_eq!(change.fields.len(), 1);
        assert_eq!((&change.fields[0].before, &change.fields[0].after), (&"Müller".into(), &"Maier".into()));
    }
);

both!(
    async fn a_blank_cell_and_a_missing_row_leave_what_is_stored(world: World) {
        apply(&world.administrator, &list(LIST)).await;
        let fewer = "Admission No;First Name;Surname;DOB\n101;Neha;Sharma;\n";
        let done = apply(&world.administrator, &list(fewer)).await;
        assert_eq!((done.changed.total(), done.deleted.total(), done.skipped.students), (0, 0, 1));
        let db = world.services.store.reader();
        let kept = students::Entity::find().filter(students::Entity::existing()).all(db).await.unwrap();
        assert_eq!(kept.len(), 3);
        assert!(kept.iter().all(|student| student.birth_date.is_some()));
    }
);

both!(
    async fn a_refused_row_holds_the_rest_back_unless_accepted(world: World) {
        let text = format!("id,name\n1,Ann Lee\n2,{}\n", "x".repeat(10_000));
        let before = counts(&world.services.store).await;
        for accept_refused in [AcceptRefused::Nothing, AcceptRefused::References] {
            let options = ImportSet { accept_refused, apply: true, ..Default::default() };
            let report = list(&text).import(&world.administrator, options).await.unwrap();
            assert!(!report.applied);
            assert_eq!((report.refused[0].line, report.refused[0].column.as_str()), (3, "name"));
        }
        assert_eq!(before, counts(&world.services.store).await);
        assert_eq!(apply(&world.administrator, &list(&text)).await.added.students, 1);
    }
);

both!(
    async fn a_failure_in_the_middle_leaves_nothing(world: World) {
        let before = counts(&world.services.store).await;
        let own = Arc::new(OnceLock::<Job>::new());
        let canceller = own.clone();
        let job = Job::new(move |done, total| {
            // The last step, when all is written and nothing is committed.
            if total > 0 && done == total {
                canceller.get().unwrap().cancel();
            }
        });
        own.set(job.clone()).ok().unwrap();
        let context = Context { job, ..world.administrator.clone() };
        let error = list(LIST).import(&context, everything()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Cancelled);
        assert_eq!(before, counts(&world.services.store).await);
    }
);

const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n";
const ENROLMENTS: &str =
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";

both!(
    async fn a_delta_takes_back_softly(world: World) {
        let Some(set) = real("oneroster-1.2-delta.zip") else { return };
        apply(&world.administrator, &set).await;
        let manifest = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,delta\nfile.enrollments,delta\n";
        let users = format!("{USERS}USER_0,tobedeleted,2026-01-01T00:00:00Z,true,brucewayne,,Bruce,Wayne,,,,,,,,\n");
        let rows = format!(
            "{ENROLMENTS}ENROLLMENT_001,tobedeleted,2026-01-01T00:00:00Z,CLASS_001,ORG_1,USER_0,student,,,\nE2,active,2026-01-01T00:00:00Z,NO_CLASS,ORG_1,USER_0,student,,,\n"
        );
        let delta = files(&[("manifest.csv", manifest), ("users.csv", &users), ("enrollments.csv", &rows)]);
        let done = apply(&world.administrator, &delta).await;
        assert_eq!((done.deleted.students, done.deleted.enrolments), (1, 1));
        let refused: Vec<_> = done.refused.iter().map(|r| (r.line, r.column.as_str(), r.found.as_str())).collect();
        assert_eq!(refused, [(3, "classSourcedId", "NO_CLASS")]);
        let db = world.services.store.reader();
        let bruce = students::Entity::find().one(db).await.unwrap().unwrap();
        assert!(bruce.deleted_at.is_some());
        let ended = enrolments::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!(ended.end_date, Some(date("2026-10-14")));
        assert_eq!(apply(&world.administrator, &delta).await.deleted.total(), 0);
        // It comes back with the next set that holds it.
        assert_eq!(apply(&world.administrator, &set).await.changed.students, 1);
    }
);

both!(
    async fn an_operator_makes_no_school(world: World) {
        let Some(set) = real("sds-v1-100-users") else { return };
        let operator = world.user("door", Role::Operator).await;
        let report = set.import(&operator, shown()).await.unwrap();
        assert_eq!(report.added.total(), 0);
        assert_eq!(report.refused.iter().filter(|refusal| refusal.file == "School.csv").count(), 2);
        let student = world.user("pupil", Role::Student).await;
        let error = list(LIST).import(&student, everything()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Forbidden);
    }
);

both!(
    async fn the_screen_uploads_looks_and_imports(world: World) {
        let upload = |name: &str, bytes: &[u8]| {
            let owner = world.administrator.actor.as_ref().map(|actor| actor.user);
            let upload = Upload { file_name: name.into(), bytes: Arc::new(bytes.to_vec()), owner };
            world.services.keep_upload(upload)
        };
        let id = upload("students.csv", LIST.as_bytes());
        let input = PreviewImport { school: world.school, uploads: vec![id], read_as: None, kind: None };
        let preview = preview_import(&world.administrator, input).await.unwrap();
        let table = preview.table.unwrap();
        assert_eq!(table.suggested.number.as_deref(), Some("Admission No"));
        let input = ImportInput {
            school: world.school,
            uploads: vec![id],
            kind: None,
            matching: Some(table.suggested),
            dates: None,
            names: None,
            read_as: None,
            into_school: None,
            accept_refused: None,
            delete_missing: None,
            mended: None,
        };
        assert!(!import_dry_run(&world.administrator, input.clone()).await.unwrap().applied);
        assert!(import_apply(&world.administrator, input.clone()).await.unwrap().applied);
        for (name, bytes) in
            [("broken.zip", &b"PK\x03\x04rest"[..]), ("list.csv", b"id,name\n1,Andr\xe9\n"), ("list.csv", b"")]
        {
            let uploads = vec![upload(name, bytes)];
            let error = import_apply(&world.administrator, ImportInput { uploads, ..input.clone() }).await.unwrap_err();
            assert_eq!(error.code, ErrorCode::BadFile, "{}", error.message);
        }
    }
);

both!(
    async fn a_list_that_goes_out_comes_in_again(world: World) {
        apply(&world.administrator, &list(LIST)).await;
        let input = ExportStudents { school: world.school, class: None, format: None };
        let out = school::exchange::export_students(&world.administrator, input).await.unwrap();
        assert_eq!(out.rows, 3);
        let owner = world.administrator.actor.as_ref().unwrap().user;
        let bytes = world.services.artifact(out.artifact, owner).unwrap().bytes;
        let text = std::str::from_utf8(&bytes).unwrap().to_owned();
        let again = apply(&world.administrator, &list(&text)).await;
        assert_eq!((again.added.total(), again.changed.total()), (0, 0), "{text}\n{:?}", again.changes);
    }
);

/// A whole 1.1 set of one school with these rows of `users.csv`.
fn bulk(rows: &str) -> Set {
    let manifest = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n";
    let orgs =
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Riverside School,school,,\n";
    let users = format!(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n{rows}"
    );
    files(&[("manifest.csv", manifest), ("orgs.csv", orgs), ("users.csv", &users)])
}

const NEHA: &str = "u1,,,true,o1,student,neha,,Neha,Sharma,,101,,,,,,\n";
const ARUN: &str = "u2,,,true,o1,student,arun,,Arun,Sharma,,102,,,,,,\n";

both!(
    async fn students_of_a_list_are_known_again_by_their_number(world: World) {
        apply(&world.administrator, &list(LIST)).await;
        let done = apply(&world.administrator, &bulk(&format!("{NEHA}{ARUN}"))).await;
        assert_eq!((done.added.schools, done.added.students, done.changed.students), (0, 0, 2));
        let fields: Vec<_> = done.changes.iter().flat_map(|change| &change.fields).map(|f| f.field.as_str()).collect();
        assert!(fields.iter().all(|field| *field == "source_id"), "{fields:?}");
        // A number that another student has is refused, with its line.
        let other = "u9,,,true,o1,student,neha,,Neha,Other,,101,,,,,,\n";
        let done = apply(&world.administrator, &bulk(&format!("{NEHA}{ARUN}{other}"))).await;
        let refused: Vec<_> = done.refused.iter().map(|r| (r.line, r.column.as_str(), r.found.as_str())).collect();
        assert_eq!(refused, [(4, "identifier", "101")]);
    }
);

both!(
    async fn what_is_missing_is_deleted_only_when_asked(world: World) {
        apply(&world.administrator, &bulk(&format!("{NEHA}{ARUN}"))).await;
        assert_eq!(apply(&world.administrator, &bulk(NEHA)).await.deleted.total(), 0);
        let options = ImportSet { delete_missing: true, ..everything() };
        let done = bulk(NEHA).import(&world.administrator, options.clone()).await.unwrap();
        assert_eq!((done.deleted.students, done.deleted.total()), (1, 1));
        let again = bulk(NEHA).import(&world.administrator, options).await.unwrap();
        assert_eq!(again.deleted.total() + again.changed.total(), 0);
        // It comes back with the set that holds it.
        let back = apply(&world.administrator, &bulk(&format!("{NEHA}{ARUN}"))).await;
        assert_eq!((back.added.students, back.changed.students), (0, 1));
    }
);

/// A store in which nobody can sign in yet.
async fn fresh(on: On) -> Option<(Context, tempfile::TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let store = empty_store(on, folder.path()).await?;
    let folders = kernel::Folders {
        data: folder.path().into(),
        documents: folder.path().join("documents"),
        vendor: vendor(),
        sums: kernel::Sums::Any,
    };
    let services = ::operations::services(store, Arc::new(kernel::SystemClock), folders);
    Some((Context::anonymous(services, device("office")), folder))
}

async fn imports_at_set_up(on: On) {
    let Some((context, _folder)) = fresh(on).await else { return };
    let named = ImportSet { name: Some("Riverside".to_owned()), ..everything() };
    let done = list(LIST).import_at_set_up(&context, named).await.unwrap();
    assert_eq!((done.added.schools, done.added.students), (1, 3));
    assert!(accounts::status(&context, Nothing {}).await.unwrap().needs_setup);

    let signed_in = accounts::set_up(&context, set_up()).await.unwrap();
    let schools = schools::Entity::find().all(context.store().reader()).await.unwrap();
    assert_eq!(schools.len(), 1);
    assert_eq!((schools[0].name.as_str(), schools[0].time_zone.as_str()), ("Riverside School", "Africa/Nairobi"));
    assert_eq!(signed_in.whoami.schools[0].id, schools[0].id);

    let error = list(LIST).import_at_set_up(&context, everything()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SignedOut);
    assert_eq!(list(LIST).import(&context, everything()).await.unwrap_err().code, ErrorCode::SignedOut);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_at_set_up_sqlite() {
    imports_at_set_up(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_at_set_up_postgres() {
    imports_at_set_up(On::Postgres).await;
}

async fn a_set_at_set_up(on: On) {
    let Some(set) = real("sds-v1-100-users") else { return };
    let Some((context, _folder)) = fresh(on).await else { return };
    let done = set.import_at_set_up(&context, everything()).await.unwrap();
    assert_eq!((done.added.schools, done.added.students), (2, 86));
    let signed_in = accounts::set_up(&context, set_up()).await.unwrap();
    assert_eq!(signed_in.whoami.schools.len(), 2);
    let db = context.store().reader();
    let teachers = staff::Entity::find().all(db).await.unwrap();
    assert!(teachers.iter().all(|teacher| !teacher.family_name.is_empty()));
    assert_eq!(teachings::Entity::find().all(db).await.unwrap().len(), 28);
    assert_eq!(courses::Entity::find().all(db).await.unwrap().len(), 28);
    assert!(guardians::Entity::find().all(db).await.unwrap().is_empty());
    assert!(guardianships::Entity::find().all(db).await.unwrap().is_empty());
    let sessions = academic_sessions::Entity::find().all(db).await.unwrap();
    assert!(sessions.iter().any(|year| year.kind == AcademicSessionKind::Year && year.title == "2017/18"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_at_set_up_sqlite() {
    a_set_at_set_up(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_at_set_up_postgres() {
    a_set_at_set_up(On::Postgres).await;
}

#[test]
fn counts_add_up() {
    let counts = ImportCounts { students: 2, schools: 1, ..Default::default() };
    assert_eq!(counts.total(), 3);
}

both!(
    async fn a_birth_that_cannot_be_is_a_refused_row(world: World) {
        let text = "Number,Given name,Family name,Date of birth\n1,Asha,Rao,2112-05-14\n2,Ben,Otieno,1907-05-14\n\
            3,Mina,Okonkwo,2014-05-14\n";
        let report = apply(&world.administrator, &list(text)).await;
        let refused: Vec<_> = report.refused.iter().map(|row| (row.line, row.found.as_str())).collect();
        assert_eq!(refused, [(2, "2112-05-14"), (3, "1907-05-14")]);
        assert_eq!(report.added.students, 1);
    }
);
