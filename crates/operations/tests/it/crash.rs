//! The process is killed while marks are being saved: whatever was answered as saved is there afterwards.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use ::marks::gradebook::{CellOutcome, MarkCell, RecordMarks, SavedMark, record_marks};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use store::entities::*;
use store::ids::*;
use store::{Place, Store, StoreOptions};

use crate::both;
use crate::world::{PASSWORD, World, date, open_services};

const KILLS: usize = 50;
const STUDENTS: usize = 8;
const TASK: &str = "HOMEROOM_TEST_CRASH";
const ONE: i64 = 10_000;

/// What the process that will be killed needs to know.
#[derive(Serialize, Deserialize)]
struct Task {
    place: String,
    course: CourseId,
    term: AcademicSessionId,
    assessment: AssessmentId,
    students: Vec<StudentId>,
    /// The first mark to write; each further one is larger.
    from: i64,
}

both!(
    async fn what_was_saved_survives_fifty_kills(world: World) {
        let mut task = prepare(&world).await;
        let folder = leave(world).await;
        let place = Place::parse(&task.place).unwrap();
        let mut saved_in_all = 0;
        for kill in 0..KILLS {
            let saved = save_until_killed(&task, 1 + (kill * 7) % 23);
            saved_in_all += saved.len();
            task.from += 1_000;

            let store = Store::open(&place, &StoreOptions::default()).await.unwrap();
            assert_eq!(store.check().await.unwrap(), Vec::<String>::new(), "integrity after kill {kill}");
            let kept: HashMap<StudentId, i64> = marks::Entity::find()
                .all(store.reader())
                .await
                .unwrap()
                .into_iter()
                .map(|mark| (mark.student_id, mark.value.unwrap_or_default()))
                .collect();
            for (student, value) in saved {
                // A later mark of the same cell may have been kept without the answer having come through.
                assert!(
                    kept.get(&student).is_some_and(|kept| *kept >= value),
                    "kill {kill}: {value} of {student} is lost"
                );
            }
            store.close().await.unwrap();
        }
        assert!(saved_in_all >= KILLS, "marks were saved before the kills: {saved_in_all}");
        drop(folder);
    }
);

/// Not a test of its own: what the killed process runs. Without its task it has nothing to do.
#[tokio::test]
async fn save_marks_until_killed() {
    let Ok(task) = std::env::var(TASK) else { return };
    let task: Task = serde_json::from_str(&task).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (_, anonymous) = open_services(&Place::parse(&task.place).unwrap(), folder.path()).await;
    let sign_in = school::accounts::SignIn { username: "amara".into(), password: PASSWORD.into() };
    let token = school::accounts::sign_in(&anonymous, sign_in).await.unwrap().token.unwrap();
    let context = school::accounts::resume(&anonymous, &token).await.unwrap();
    let held = marks::Entity::find().all(context.store().reader()).await.unwrap();
    let mut versions: HashMap<StudentId, i32> = held.into_iter().map(|mark| (mark.student_id, mark.version)).collect();
    let mut out = std::io::stdout();
    for value in task.from.. {
        let cell = |student: &StudentId| MarkCell {
            student: *student,
            assessment: task.assessment,
            text: value.to_string(),
            seen_version: versions.get(student).copied(),
        };
        let cells = task.students.iter().map(cell).collect();
        let input = RecordMarks { course: task.course, term: task.term, cells };
        for cell in record_marks(&context, input).await.unwrap().cells {
            let CellOutcome::Saved(SavedMark { version: Some(version), .. }) = cell.result else {
                panic!("{:?}", cell.result)
            };
            versions.insert(cell.student, version);
            writeln!(out, "saved {} {}", cell.student, value * ONE).unwrap();
        }
        out.flush().unwrap();
    }
}

/// Runs the saving process, kills it after so many answers, and returns the last value of each cell that it was told of.
fn save_until_killed(task: &Task, answers: usize) -> HashMap<StudentId, i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crash::save_marks_until_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(TASK, serde_json::to_string(task).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut saved = HashMap::new();
    let mut note = |line: &str| {
        // The test runner's own words share the first line.
        let Some(words) = line.find("saved ").map(|at| &line[at..]) else { return false };
        let words: Vec<&str> = words.split_whitespace().collect();
        let [_, student, value] = words[..] else { return false };
        saved.insert(student.parse::<StudentId>().unwrap(), value.parse::<i64>().unwrap());
        true
    };
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut seen = 0;
    while seen < answers {
        let line = lines.next().expect("the process ended by itself").unwrap();
        seen += usize::from(note(&line));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What was answered before the kill may still lie in the pipe; a line cut short is no answer.
    for line in lines.map_while(Result::ok) {
        if line.split_whitespace().count() == 3 && line.ends_with("0000") {
            note(&line);
        }
    }
    saved
}

/// A course with one assessment and its students.
async fn prepare(world: &World) -> Task {
    let store = &world.services.store;
    let school_id = world.school;
    let sessions = academic_sessions::Entity::find().all(store.reader()).await.unwrap();
    let year_id = sessions.iter().find(|session| session.kind == AcademicSessionKind::Year).unwrap().id;
    let term = sessions.iter().find(|session| session.title == "Autumn").unwrap().id;
    let mut tx = store.begin().await.unwrap();
    let subject = subjects::Model {
        id: SubjectId::new(),
        school_id,
        title: "Mathematics".into(),
        code: None,
        position: 0,
        source_id: None,
        deleted_at: None,
        version: 1,
    };
    let class = classes::Model {
        id: ClassId::new(),
        sort_title: String::new(),
        school_id,
        year_id,
        title: "7B".into(),
        grade_level: None,
        room: None,
        homeroom_staff_id: None,
        source_id: None,
        deleted_at: None,
        kind: store::entities::ClassKind::Homeroom,
        places: None,
        version: 1,
    };
    let course = courses::Model {
        id: CourseId::new(),
        school_id,
        class_id: class.id,
        subject_id: subject.id,
        source_id: None,
        deleted_at: None,
        description: None,
        version: 1,
    };
    let category = categories::Model {
        id: CategoryId::new(),
        school_id,
        course_id: course.id,
        title: "Tests".into(),
        weight: 100 * ONE,
        position: 0,
        deleted_at: None,
        source_id: None,
        version: 1,
    };
    let assessment = assessments::Model {
        id: AssessmentId::new(),
        school_id,
        course_id: course.id,
        category_id: category.id,
        term_id: term,
        title: "Test 1".into(),
        maximum: 1_000_000 * ONE,
        date: None,
        position: 0,
        deleted_at: None,
        due_date: None,
        period: None,
        source_id: None,
        version: 1,
    };
    let task = Task {
        place: match store.place() {
            Place::File(file) => file.display().to_string(),
            Place::Server(address) => address.clone(),
        },
        course: course.id,
        term,
        assessment: assessment.id,
        students: (0..STUDENTS).map(|_| StudentId::new()).collect(),
        from: 1,
    };
    tx.insert::<subjects::Entity>(subject).await.unwrap();
    tx.insert::<classes::Entity>(class).await.unwrap();
    tx.insert::<courses::Entity>(course.clone()).await.unwrap();
    tx.insert::<categories::Entity>(category).await.unwrap();
    tx.insert::<assessments::Entity>(assessment).await.unwrap();
    for (number, id) in task.students.iter().enumerate() {
        let student = students::Model {
            id: *id,
            school_id,
            number: number.to_string(),
            given_name: "Student".into(),
            middle_name: None,
            family_name: number.to_string(),
            preferred_name: None,
            native_name: None,
            birth_date: None,
            sex: None,
            email: None,
            phone: None,
            address: None,
            contacts: None,
            grade_level: None,
            status: StudentStatus::Active,
            expected_on: None,
            last_day: None,
            sort_name: number.to_string(),
            sort_given: String::new(),
            source_id: None,
            created_at: "2026-09-01T08:00:00Z".parse().unwrap(),
            deleted_at: None,
            version: 1,
        };
        tx.insert::<students::Entity>(student).await.unwrap();
        let enrolment = enrolments::Model {
            id: EnrolmentId::new(),
            school_id,
            class_id: course.class_id,
            student_id: *id,
            start_date: date("2026-09-01"),
            end_date: None,
            source_id: None,
            version: 1,
        };
        tx.insert::<enrolments::Entity>(enrolment).await.unwrap();
    }
    tx.commit().await.unwrap();
    task
}

/// Closes the world and lets go of its lock; the folder stays until it is dropped.
async fn leave(world: World) -> tempfile::TempDir {
    let World { services, administrator, folder, .. } = world;
    drop(administrator);
    services.store.clone().close().await.unwrap();
    drop(services);
    folder
}
