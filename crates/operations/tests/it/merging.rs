//! Two records of one student become one: everything is there once, nothing is forgotten, and undone it is as it was.

use std::collections::BTreeMap;

use ::marks::analytics::{StudentPerformance, student_performance};
use ::marks::gradebook::{CommentKind, SaveComment, SaveComments, record_marks, save_comments};
use kernel::{Context, ErrorCode, Role, Save};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use school::attendance::{AttendanceEntry, OfRegister, RecordAttendance, record_attendance};
use school::classes::*;
use school::people::*;
use school::schools::{OfSchool, list_attendance_codes};
use sea_orm::{ConnectionTrait, EntityTrait};
use store::entities::*;
use store::ids::{AttendanceCodeId, ConsentId, FaceUseId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::graded::{Graded, cell};
use crate::roster::{Roster, guardian, new_group, new_student, second_school};
use crate::world::{World, date};

/// Every row of every table that people change, and of uses of faces, without versions.
pub async fn rows(world: &World) -> BTreeMap<String, serde_json::Value> {
    let db = world.services.store.reader();
    let mut found = BTreeMap::new();
    for table in TABLES.iter().filter(|table| table.scope == Scope::School) {
        let sql = format!("SELECT id FROM {}", table.name);
        let ids = db.query_all_raw(world.services.store.statement(&sql, [])).await.unwrap();
        let ids: Vec<uuid::Uuid> = ids.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        if table.acts().is_none() {
            continue;
        }
        for (id, mut row) in store::read_rows(db, table.name, &ids).await.unwrap() {
            row.as_object_mut().unwrap().remove("version");
            found.insert(format!("{} {id}", table.name), row);
        }
    }
    for row in face_uses::Entity::find().all(db).await.unwrap() {
        found.insert(format!("face_uses {}", row.id), serde_json::json!({ "student": row.student_id }));
    }
    found
}

/// Everything that names a record.
fn naming(rows: &BTreeMap<String, serde_json::Value>, student: StudentId) -> Vec<&String> {
    let id = student.to_string();
    let names = |row: &serde_json::Value| {
        row.as_object().unwrap().iter().any(|(field, value)| field != "id" && value.as_str() == Some(&id))
    };
    rows.iter().filter(|(_, row)| names(row)).map(|(key, _)| key).collect()
}

fn two(world: &World, kept: StudentId, other: StudentId) -> PlanMerge {
    PlanMerge { school: world.school, kept, other }
}

/// As a person who looked at the plan and changed nothing of it.
pub async fn as_planned(world: &World, kept: StudentId, other: StudentId) -> MergeStudents {
    let plan = plan_merge(&world.administrator, two(world, kept, other)).await.unwrap();
    MergeStudents {
        school: world.school,
        kept,
        kept_version: plan.kept.version,
        other,
        other_version: plan.other.version,
        take: Vec::new(),
        rows: Vec::new(),
    }
}

async fn code(world: &World, meaning: &str) -> AttendanceCodeId {
    let codes = list_attendance_codes(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    codes.into_iter().find(|code| serde_json::to_value(code.meaning).unwrap() == meaning).unwrap().id
}

/// A second record of José, in 7A as he is, with a sister's guardian of his own and marks of his own.
async fn second_jose(world: &World, graded: &Graded) -> StudentId {
    let context = &world.administrator;
    let input = SaveStudent {
        middle_name: Some("María".into()),
        phone: Some("0711 555 000".into()),
        guardians: Some(vec![guardian("Rosa", "Muñoz", "0711 000 111")]),
        ..new_student(world.school, "1009", "Jose", "Munoz")
    };
    let second = save_student(context, input).await.unwrap().student.id;
    let students = vec![second];
    let enrol = EnrolStudents { class: graded.roster.class_a, students: students.clone(), start: date("2026-09-21") };
    enrol_students(context, enrol).await.unwrap();
    let group = new_group(world, graded.roster.year, "Choir").await;
    let enrol = EnrolStudents { class: group, students, start: date("2026-09-21") };
    enrol_students(context, enrol).await.unwrap();
    second
}

both!(
    async fn what_a_merge_would_do_is_shown_and_done_and_taken_back(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let [jose, ..] = graded.students();
        let second = second_jose(&world, &graded).await;
        let cells = vec![cell(second, graded.test_1, "18"), cell(second, graded.essay, "9")];
        graded.record(&graded.ben, cells).await;
        let (present, absent) = (code(&world, "present").await, code(&world, "absent").await);
        let entry = |student, code, reason: Option<&str>| AttendanceEntry {
            student,
            code: Some(code),
            reason: reason.map(str::to_owned),
            minutes_late: None,
            seen_version: None,
        };
        for (day, marks) in [
            ("2026-10-12", vec![entry(jose, present, None), entry(second, absent, Some("ill"))]),
            ("2026-10-13", vec![entry(second, absent, None)]),
        ] {
            let class = graded.roster.class_a;
            let register = OfRegister { class, date: date(day), lesson: 0, even_if_no_school: None };
            record_attendance(&graded.ben, RecordAttendance { register, marks }).await.unwrap();
        }
        for (student, body) in [(jose, "Works with care."), (second, "Talks.")] {
            let comment = SaveComment {
                student,
                course: Some(graded.roster.course),
                kind: CommentKind::Course,
                body: body.into(),
                seen_version: None,
            };
            let input = SaveComments { class: graded.roster.class_a, term: graded.autumn, comments: vec![comment] };
            save_comments(&graded.ben, input).await.unwrap();
        }
        // What was agreed and where a face was compared is the student's too.
        let mut tx = world.services.store.begin().await.unwrap();
        let consent = consents::Model {
            id: ConsentId::new(),
            school_id: world.school,
            student_id: second,
            given_by: "Rosa".into(),
            relationship: "mother".into(),
            wording: "Yes".into(),
            wording_version: "1".into(),
            given_at: world.clock_now(),
            recorded_by: None,
            withdrawn_at: None,
            version: 1,
        };
        tx.insert::<consents::Entity>(consent).await.unwrap();
        let used = face_uses::Model {
            id: FaceUseId::new(),
            school_id: world.school,
            purpose: FacePurpose::ALL[0],
            class_id: None,
            student_id: Some(second),
            people: 1,
            user_id: None,
            at: world.clock_now(),
            version: 1,
        };
        tx.insert::<face_uses::Entity>(used).await.unwrap();
        tx.commit().await.unwrap();

        let before = rows(&world).await;
        let plan = plan_merge(&world.administrator, two(&world, jose, second)).await.unwrap();
        assert_eq!(rows(&world).await, before, "looking changes nothing");
        assert_eq!(plan.in_the_way, []);
        let asked: Vec<_> = plan
            .choices
            .iter()
            .map(|choice| (choice.what, choice.asked.kept.as_str(), choice.asked.other.as_str()))
            .collect();
        assert_eq!(asked.len(), 3, "the same essay is not asked for: {asked:?}");
        assert_eq!(asked[0], (Holding::Marks, "15", "18"));
        assert_eq!(asked[1], (Holding::Comments, "Works with care.", "Talks."));
        assert_eq!((asked[2].0, asked[2].2.ends_with(", ill")), (Holding::Attendance, true));
        assert_eq!(plan.choices[0].asked.place.as_deref(), Some("Test 1, Mathematics 7A"));
        let held = |what| plan.other.holds.iter().find(|held| held.what == what).map_or(0, |held| held.rows);
        assert_eq!((held(Holding::Marks), held(Holding::Attendance), held(Holding::Enrolments)), (2, 2, 2));
        let of = |field| plan.fields.iter().find(|of| of.field == field).unwrap();
        assert_eq!(of(StudentField::MiddleName).other.as_deref(), Some("María"));

        let input = MergeStudents {
            take: vec![StudentField::Number],
            rows: vec![plan.choices[0].row],
            ..as_planned(&world, jose, second).await
        };
        let entry = merge_students(&world.administrator, input).await.unwrap().undo.unwrap();
        let after = rows(&world).await;
        let left = naming(&after, second);
        assert_eq!(left.len(), 1, "only the merge itself names the record that went: {left:?}");
        assert!(left[0].starts_with("merges"));
        let shown = student(&world.administrator, OfStudent { student: jose }).await.unwrap();
        assert_eq!((shown.number.as_str(), shown.given_name.as_str()), ("1009", "José"));
        assert_eq!((shown.middle_name.as_deref(), shown.phone.as_deref()), (Some("María"), Some("0711 555 000")));
        assert_eq!((shown.guardians.len(), shown.stays.len(), shown.enrolments.len()), (2, 1, 2));
        assert_eq!(shown.guardians.iter().filter(|guardian| guardian.is_primary).count(), 1);
        let gone = student(&world.administrator, OfStudent { student: second }).await.unwrap();
        assert_eq!((gone.merged_into, gone.number.as_str()), (Some(jose), "1001"));
        // The class counts him once, and his mark is the one that was chosen.
        let class = class(&world.administrator, OfClass { as_of: None, class: graded.roster.class_a }).await.unwrap();
        assert_eq!(class.students.len(), 3);
        let input = StudentPerformance { student: jose, term: graded.autumn, look: None };
        let results = student_performance(&world.administrator, input).await.unwrap();
        // Tests 18 and 12.5 of 40 weigh 3, the essay 9 of 10 weighs 1.
        assert_eq!(results.subjects.len(), 1);
        assert_eq!(results.subjects[0].total.percent, Some(79.7));
        // It is neither in the list of the deleted nor found as alike, and is not brought back by itself.
        let all = ListStudents {
            filter: StudentFilter { deleted: Some(true), ..StudentFilter::default() },
            ..ListStudents::of(world.school)
        };
        assert_eq!(list_students(&world.administrator, all).await.unwrap().total, 0);
        let back = StudentIds { school: world.school, students: vec![second] };
        let refused = restore_students(&world.administrator, back).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "merged");
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());

        let again = undo(&world.administrator, Undo { entry }).await.unwrap().undo.unwrap();
        assert_eq!(rows(&world).await, before, "taken back, every row is as it was");
        undo(&world.administrator, Undo { entry: again }).await.unwrap();
        assert_eq!(rows(&world).await, after, "and done again as it was done");
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

both!(
    async fn a_merge_that_cannot_be_says_what_to_do(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let (jose, lukasz) = (roster.in_a[0], roster.in_b[0]);
        let plan = plan_merge(context, two(&world, jose, lukasz)).await.unwrap();
        assert_eq!(plan.in_the_way.len(), 1);
        let told = plan.in_the_way[0].message.to_string();
        assert!(told.contains("7A") && told.contains("7B"), "{told}");
        let input = as_planned(&world, jose, lukasz).await;
        let refused = merge_students(context, input.clone()).await.unwrap_err();
        assert_eq!((refused.code, refused.help.is_some()), (ErrorCode::InUse, true));
        let end = EndEnrolments { class: roster.class_b, students: vec![lukasz], end: date("2026-09-01") };
        end_enrolments(context, end).await.unwrap();
        // He was in 7B on that day still.
        assert_eq!(plan_merge(context, two(&world, jose, lukasz)).await.unwrap().in_the_way.len(), 1);

        let twin = save_student(context, new_student(world.school, "1009", "Jose", "Munoz")).await.unwrap().student.id;
        let account = world.user_for("jose", Role::Student, world.school, None, Some(twin)).await;
        let plan = plan_merge(context, two(&world, jose, twin)).await.unwrap();
        assert!(plan.in_the_way[0].message.to_string().contains("jose"), "{:?}", plan.in_the_way);
        // Kept the other way round it can be done, and the sign-in goes on.
        let input = as_planned(&world, twin, jose).await;
        let entry = merge_students(context, input).await.unwrap().undo.unwrap();
        student(&account, OfStudent { student: twin }).await.unwrap();
        undo(context, Undo { entry }).await.unwrap();

        let stale = MergeStudents { kept_version: 7, ..as_planned(&world, twin, jose).await };
        assert_eq!(merge_students(context, stale).await.unwrap_err().code, ErrorCode::Stale);
        let unknown = MergeStudents { rows: vec![uuid::Uuid::now_v7()], ..as_planned(&world, twin, jose).await };
        assert_eq!(merge_students(context, unknown).await.unwrap_err().code, ErrorCode::NotFound);
        let oneself = plan_merge(context, two(&world, jose, jose)).await.unwrap_err();
        assert_eq!(oneself.fields[0].code, "same");
    }
);

both!(
    async fn what_is_held_of_a_face_stays_with_its_record(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let twin = save_student(context, new_student(world.school, "1009", "Jose", "Munoz")).await.unwrap().student.id;
        let jose = roster.in_a[0];
        let mut tx = world.services.store.begin().await.unwrap();
        let photograph = face_photographs::Model {
            id: store::ids::FacePhotographId::new(),
            school_id: world.school,
            student_id: twin,
            nonce: vec![0],
            ciphertext: vec![0],
            created_at: world.clock_now(),
            version: 1,
        };
        tx.insert::<face_photographs::Entity>(photograph).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(plan_merge(context, two(&world, jose, twin)).await.unwrap().in_the_way.len(), 1);
        assert_eq!(plan_merge(context, two(&world, twin, jose)).await.unwrap().in_the_way.len(), 0);
        let input = as_planned(&world, jose, twin).await;
        assert_eq!(merge_students(context, input).await.unwrap_err().code, ErrorCode::InUse);
        // A yes of one record does not outweigh the no of the other.
        let no = |student_id, withdrawn_at| consents::Model {
            id: ConsentId::new(),
            school_id: world.school,
            student_id,
            given_by: "Rosa".into(),
            relationship: "mother".into(),
            wording: "Yes".into(),
            wording_version: "1".into(),
            given_at: world.clock_now(),
            recorded_by: None,
            withdrawn_at,
            version: 1,
        };
        let mut tx = world.services.store.begin().await.unwrap();
        let both = vec![no(jose, Some(world.clock_now())), no(twin, None)];
        tx.insert_many::<consents::Entity>(both).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(plan_merge(context, two(&world, twin, jose)).await.unwrap().in_the_way.len(), 1);
    }
);

both!(
    async fn only_the_office_of_the_school_merges(world: World) {
        let roster = Roster::new(&world).await;
        let (kept, other) = (roster.in_a[0], roster.in_a[1]);
        let input = as_planned(&world, kept, other).await;
        for role in [Role::Teacher, Role::Counsellor, Role::Student] {
            let staff = (role == Role::Teacher).then_some(roster.ben);
            let of = (role == Role::Student).then_some(kept);
            let who = world.user_for(role.name(), role, world.school, staff, of).await;
            assert_eq!(plan_merge(&who, two(&world, kept, other)).await.unwrap_err().code, ErrorCode::Forbidden);
            assert_eq!(merge_students(&who, input.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        let far = second_school(&world).await;
        let office = world.user_for("far", Role::Operator, far, None, None).await;
        assert_eq!(merge_students(&office, input.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        let elsewhere = MergeStudents { school: far, ..input.clone() };
        assert_eq!(merge_students(&office, elsewhere).await.unwrap_err().code, ErrorCode::NotFound);
        let office = world.user("office", Role::Operator).await;
        let entry = merge_students(&office, input).await.unwrap().undo.unwrap();
        undo(&office, Undo { entry }).await.unwrap();
    }
);

both!(
    async fn whoever_is_there_twice_is_once_after_any_merge(world: World) {
        let graded = Graded::new(&world).await;
        let (context, roster) = (&world.administrator, &graded.roster);
        let columns = [graded.test_1, graded.test_2, graded.essay];
        for seed in 0..4 {
            let mut rng = StdRng::seed_from_u64(seed);
            let mut pair = Vec::new();
            for at in 0..2 {
                let number = format!("9{seed}{at}");
                let first_day = Some(date("2026-09-01") + chrono::Duration::days(rng.random_range(0..40)));
                let input =
                    SaveStudent { first_day, ..new_student(world.school, &number, "Asha", &format!("Rao{seed}")) };
                let id = save_student(context, input).await.unwrap().student.id;
                pair.push(id);
                for _ in 0..3 {
                    let start = date("2026-09-01") + chrono::Duration::days(rng.random_range(0..60));
                    let students = vec![id];
                    let enrol = EnrolStudents { class: roster.class_a, students: students.clone(), start };
                    // Refused where nobody could do it.
                    let _ = enrol_students(context, enrol).await;
                    let end = start + chrono::Duration::days(rng.random_range(0..20));
                    if rng.random_bool(0.7) {
                        let _ = end_enrolments(context, EndEnrolments { class: roster.class_a, students, end }).await;
                    }
                }
                if rng.random_bool(0.5) {
                    let last_day = date("2026-10-20") + chrono::Duration::days(rng.random_range(0..9));
                    let exit = StayExit::Withdrawn;
                    let input =
                        WithdrawStudents { school: world.school, students: vec![id], last_day, exit, reason: None };
                    withdraw_students(context, input).await.unwrap();
                }
                let cells =
                    columns.iter().filter(|_| rng.random_bool(0.6)).map(|of| cell(id, *of, "7")).collect::<Vec<_>>();
                let input = ::marks::gradebook::RecordMarks { course: roster.course, term: graded.autumn, cells };
                let _ = record_marks(context, input).await;
            }
            let before = rows(&world).await;
            let input = as_planned(&world, pair[0], pair[1]).await;
            let entry = merge_students(context, input).await.unwrap().undo.unwrap();
            let after = rows(&world).await;
            assert_eq!(naming(&after, pair[1]).len(), 1);
            let shown = student(context, OfStudent { student: pair[0] }).await.unwrap();
            let meet = |a: (chrono::NaiveDate, Option<chrono::NaiveDate>),
                        b: (chrono::NaiveDate, Option<chrono::NaiveDate>)| {
                a.1.is_none_or(|end| end >= b.0) && b.1.is_none_or(|end| end >= a.0)
            };
            let stays: Vec<_> = shown.stays.iter().map(|stay| (stay.first_day, stay.last_day)).collect();
            let classes: Vec<_> = shown.enrolments.iter().map(|time| (time.start, time.end)).collect();
            for spans in [&stays, &classes] {
                for (at, span) in spans.iter().enumerate() {
                    assert!(!spans[..at].iter().any(|other| meet(*other, *span)), "twice on a day: {spans:?}");
                }
            }
            assert!(classes.iter().all(|time| stays.iter().any(|stay| meet(*stay, *time))));
            let everybody = |rows: &BTreeMap<String, serde_json::Value>| {
                let there = |(key, row): &(&String, &serde_json::Value)| {
                    key.starts_with("students ") && row["deleted_at"].is_null()
                };
                rows.iter().filter(there).count()
            };
            assert_eq!(everybody(&after), everybody(&before) - 1);
            undo(context, Undo { entry }).await.unwrap();
            assert_eq!(rows(&world).await, before, "seed {seed}");
        }
    }
);

both!(
    async fn no_table_that_names_a_student_is_forgotten(world: World) {
        let store = &world.services.store;
        let names: Vec<(&str, &str)> = TABLES
            .iter()
            .filter(|table| table.history != History::None)
            .flat_map(|table| {
                table.references().filter(|(_, of)| *of == "students").map(|(column, _)| (table.name, column))
            })
            .collect();
        assert!(names.len() >= 19, "{names:?}");
        // What the entities say, the database says too.
        let sql = match store.backend() {
            sea_orm::DbBackend::Sqlite => {
                "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
                 WHERE m.type = 'table' AND f.\"table\" = 'students' AND f.\"from\" <> 'school_id'"
            }
            _ => {
                "SELECT DISTINCT k.table_name::text, k.column_name::text FROM information_schema.key_column_usage k \
                 JOIN information_schema.referential_constraints r ON r.constraint_name = k.constraint_name \
                 JOIN information_schema.table_constraints t ON t.constraint_name = r.unique_constraint_name \
                 WHERE t.table_name = 'students' AND k.column_name <> 'school_id'"
            }
        };
        for row in store.reader().query_all_raw(store.statement(sql, [])).await.unwrap() {
            let of: (String, String) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
            assert!(names.contains(&(of.0.as_str(), of.1.as_str())), "{of:?} names a student past the entities");
        }
        // And of what is there once for a student, whichever table it is, one of two goes.
        let roster = Roster::new(&world).await;
        let [jose, aarav, _] = roster.in_a[..] else { panic!("three students") };
        let shown = student(&world.administrator, OfStudent { student: jose }).await.unwrap();
        let twice = store::held_twice(store.reader(), "students", jose.0, aarav.0).await.unwrap();
        assert_eq!(
            twice.iter().map(|(table, ..)| *table).collect::<Vec<_>>(),
            ["enrolments", "stays"],
            "both came on the same day, into the same class"
        );
        assert!(twice.contains(&("enrolments", shown.enrolments[0].id.0, twice[0].2)));
    }
);

both!(
    async fn a_guardian_who_is_there_twice_is_offered_and_made_one(world: World) {
        let context = &world.administrator;
        let school = world.school;
        let child = |number: &str, given: &str, of: SaveGuardian| SaveStudent {
            guardians: Some(vec![of]),
            ..new_student(school, number, given, "Muñoz")
        };
        let first = child("1", "José", guardian("Lucía", "Muñoz", "+34 612 345 678"));
        let jose = save_student(context, first).await.unwrap().student;
        let typed = |family: &str, phone: &str| AlikeGuardians {
            school,
            given_name: "lucia".into(),
            family_name: family.into(),
            phone: phone.into(),
        };
        let alike = alike_guardians(context, typed("MUNOZ", "(34) 612-345-678")).await.unwrap();
        assert_eq!((alike.len(), alike[0].students[0].student), (1, jose.id));
        assert!(alike_guardians(context, typed("Munoz", "612")).await.unwrap().is_empty());
        let second = child("2", "Ana", guardian("Lucia", "Munoz", "34 612345678"));
        let ana = save_student(context, second).await.unwrap().student;
        assert!(ana.siblings.is_empty(), "two rows of one mother");
        let linked = SaveGuardian {
            save: Save::Change { id: jose.guardians[0].id, version: jose.guardians[0].version },
            ..guardian("Lucía", "Muñoz", "+34 612 345 678")
        };
        let eva = save_student(context, child("3", "Eva", linked)).await.unwrap().student;
        assert_eq!(eva.siblings.iter().map(|of| of.id).collect::<Vec<_>>(), [jose.id]);

        let before = rows(&world).await;
        let same = same_guardians(context, OfSchool { school }).await.unwrap();
        assert_eq!((same.len(), same[0].len()), (1, 2));
        let of = |record: &GuardianRecord| MergedGuardian { guardian: record.id, version: record.version };
        let (kept, other) = match same[0].iter().position(|record| record.students.len() == 2) {
            Some(0) => (&same[0][0], &same[0][1]),
            _ => (&same[0][1], &same[0][0]),
        };
        let input = MergeGuardians { school, kept: of(kept), others: vec![of(other)], take: Vec::new() };
        let teacher = world.user("counsel", Role::Counsellor).await;
        assert_eq!(merge_guardians(&teacher, input.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        let stale = MergeGuardians { kept: MergedGuardian { version: 9, ..of(kept) }, ..input.clone() };
        assert_eq!(merge_guardians(context, stale).await.unwrap_err().code, ErrorCode::Stale);
        let entry = merge_guardians(context, input).await.unwrap().undo.unwrap();
        assert!(same_guardians(context, OfSchool { school }).await.unwrap().is_empty());
        let shown = student(context, OfStudent { student: ana.id }).await.unwrap();
        assert_eq!(shown.siblings.len(), 2);
        undo(context, Undo { entry }).await.unwrap();
        assert_eq!(rows(&world).await, before);
    }
);

both!(
    async fn a_teacher_sees_brothers_and_sisters_who_are_reached(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let jose = student(context, OfStudent { student: roster.in_a[0] }).await.unwrap();
        let mother = &jose.guardians[0];
        for (number, given, class) in [("31", "Ana", roster.class_a), ("32", "Eva", roster.class_b)] {
            let linked = SaveGuardian {
                save: Save::Change { id: mother.id, version: mother.version },
                ..guardian("Lucía", "Muñoz", "+34 612 345 678")
            };
            let input = SaveStudent {
                guardians: Some(vec![linked]),
                class: Some(class),
                ..new_student(world.school, number, given, "Muñoz")
            };
            save_student(context, input).await.unwrap();
        }
        let names = async |who: &Context| {
            let shown = student(who, OfStudent { student: jose.id }).await.unwrap();
            shown.siblings.into_iter().map(|of| (of.given_name, of.classes[0].title.clone())).collect::<Vec<_>>()
        };
        let [ana, eva] = [("Ana", "7A"), ("Eva", "7B")].map(|(name, class)| (name.to_owned(), class.to_owned()));
        assert_eq!(names(context).await, [ana.clone(), eva]);
        let ben = roster.teacher(&world).await;
        assert_eq!(names(&ben).await, [ana]);
        let pupil = world.user_for("pupil", Role::Student, world.school, None, Some(jose.id)).await;
        assert!(names(&pupil).await.is_empty());
    }
);

both!(
    async fn the_address_of_either_record_stands(world: World) {
        let roster = Roster::new(&world).await;
        let (context, jose) = (&world.administrator, &roster.in_a[0]);
        let at = |town: &str| PostalAddress {
            lines: Some("4 Mill Lane".into()),
            town: Some(town.into()),
            region: None,
            postcode: Some("20100".into()),
            country: None,
        };
        let given = |number: &str, town: &str| SaveStudent {
            address: Some(at(town)),
            ..new_student(world.school, number, "Jose", "Munoz")
        };
        let other = save_student(context, given("1009", "Nakuru")).await.unwrap().student;
        let first = merge_students(context, as_planned(&world, *jose, other.id).await).await.unwrap();
        let shown = student(context, OfStudent { student: *jose }).await.unwrap();
        assert_eq!(shown.address, Some(at("Nakuru")), "what the kept record lacks comes from the other");

        let other = save_student(context, given("1010", "Thika")).await.unwrap().student;
        let plan = plan_merge(context, two(&world, *jose, other.id)).await.unwrap();
        let of_plan = plan.fields.iter().find(|field| field.field == StudentField::Address).unwrap();
        assert_eq!(of_plan.kept.as_deref(), Some("4 Mill Lane, 20100 Nakuru"));
        assert_eq!(of_plan.other.as_deref(), Some("4 Mill Lane, 20100 Thika"));
        let chosen = MergeStudents { take: vec![StudentField::Address], ..as_planned(&world, *jose, other.id).await };
        let second = merge_students(context, chosen).await.unwrap();
        let shown = student(context, OfStudent { student: *jose }).await.unwrap();
        assert_eq!(shown.address, Some(at("Thika")));
        for done in [second, first] {
            undo(context, Undo { entry: done.undo.unwrap() }).await.unwrap();
        }
        assert_eq!(student(context, OfStudent { student: *jose }).await.unwrap().address, None);
    }
);
