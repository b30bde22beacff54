//! Consent in its details, what goes by itself, what is written down of uses, and what a person is given.

use kernel::Save;
use std::io::Read;

use ::operations::at_desk;
use chrono::Duration;
use desk::{EnrolFolder, enrol_folder};
use faces::*;
use kernel::{ErrorCode, Role};
use school::classes::{EndEnrolments, end_enrolments};
use school::people::{OfStudent, SaveStudent, StudentIds, StudentStatus, delete_students, save_student, student};
use school::schools::{OfSchool, SaveSettings, Settings, save_settings, settings};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use store::entities::{audit_entries, data_keys, face_photographs};
use store::ids::StudentId;
use upkeep::{MyChanges, WhyNot, my_changes};

use crate::both;
use crate::faces::*;
use crate::roster::{Roster, guardian, new_student};
use crate::world::{World, date, device};

fn codes(error: kernel::Error) -> Vec<(String, String)> {
    error.fields.into_iter().map(|field| (field.field, field.code)).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

async fn change_settings(world: &World, change: impl FnOnce(&mut Settings)) {
    let now = settings(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    let mut settings = now.settings;
    change(&mut settings);
    let input = SaveSettings { school: world.school, version: now.version, settings };
    save_settings(&world.administrator, input).await.unwrap();
}

async fn state_of(world: &World, student: StudentId) -> FaceState {
    let of = ConsentState { student: Some(student), ..everybody(world) };
    let mut page = consent_state(&world.administrator, of).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (1, 1));
    page.rows.remove(0)
}

async fn purge(world: &World) -> PurgedFaces {
    purge_due(&world.services, device("night")).await.unwrap()
}

both!(
    async fn a_named_guardian_or_a_student_who_is_old_enough_consents(world: World) {
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        let with = SaveStudent {
            birth_date: Some(date("2010-10-14")),
            guardians: Some(vec![guardian("Maya", "Rao", "+254 700")]),
            ..new_student(world.school, "2901", "Asha", "Rao")
        };
        let asha = save_student(office, with).await.unwrap().student;
        let nobody = RecordConsent { given_by: None, relationship: None, ..consent(asha.id) };
        // The mother from the list, by whatever name she has there.
        let by_guardian = RecordConsent { guardian: Some(asha.guardians[0].id), ..nobody.clone() };
        let given = record_consent(office, by_guardian.clone()).await.unwrap();
        assert_eq!((given.given_by.as_str(), given.relationship.as_str()), ("Maya Rao", "mother"));
        let act = my_changes(office, MyChanges::default()).await.unwrap().acts.remove(0);
        assert_eq!((act.words.operation.as_str(), act.why_not), ("faces.record_consent", Some(WhyNot::Consent)));
        assert_eq!(given.ends_at - given.given_at, Duration::days(730));
        let other = RecordConsent { student: roster.in_a[0], ..by_guardian };
        assert_eq!(record_consent(office, other).await.map_err(codes), Err(pairs(&[("guardian", "not_found")])));
        // Nobody named; the student's own name typed as if it were a guardian's.
        let required = pairs(&[("givenBy", "required"), ("relationship", "required")]);
        assert_eq!(record_consent(office, nobody.clone()).await.map_err(codes), Err(required));
        let typed = RecordConsent { given_by: Some(" asha RAO".into()), ..consent(asha.id) };
        assert_eq!(record_consent(office, typed).await.map_err(codes), Err(pairs(&[("givenBy", "own_name")])));

        // Sixteen today.
        let own = RecordConsent { own: Some(true), ..nobody };
        let given = record_consent(office, own.clone()).await.unwrap();
        assert_eq!((given.given_by.as_str(), given.relationship.as_str()), ("Asha Rao", "student"));
        assert!(state_of(&world, asha.id).await.may_consent);
        change_settings(&world, |settings| settings.face_own_consent_age = 17).await;
        let too_young = pairs(&[("own", "too_young")]);
        assert_eq!(record_consent(office, own.clone()).await.map_err(codes), Err(too_young.clone()));
        change_settings(&world, |settings| settings.face_own_consent_age = 0).await;
        assert_eq!(record_consent(office, own.clone()).await.map_err(codes), Err(too_young.clone()));
        let no_birth_date = RecordConsent { student: roster.in_a[0], ..own };
        change_settings(&world, |settings| settings.face_own_consent_age = 1).await;
        assert_eq!(record_consent(office, no_birth_date).await.map_err(codes), Err(too_young));
        assert!(!state_of(&world, roster.in_a[0]).await.may_consent);

        // Found by number and by name.
        for (search, found) in [("2901", 1), ("ash rao", 1), ("ash zzz", 0)] {
            let by = ConsentState { search: Some(search.into()), ..everybody(&world) };
            assert_eq!(consent_state(office, by).await.unwrap().total, found, "{search}");
        }
    }
);

both!(
    async fn a_childs_own_no_overrides_every_consent(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on_with(&world, Settings { face_keep_photographs: true, ..Settings::default() }).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let of = OfFaces { student };
        // A teacher hears it first, and may write it down for the own class; not take it back.
        let teacher = roster.teacher(&world).await;
        let deleted = record_objection(&teacher, of.clone()).await.unwrap();
        assert_eq!(deleted, DeletedFaces { templates: 3, photographs: 3, evidence: 0, scrubbed: true });
        assert_eq!(withdraw_objection(&teacher, of.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        let elsewhere = OfFaces { student: roster.in_b[0] };
        assert_eq!(record_objection(&teacher, elsewhere).await.unwrap_err().code, ErrorCode::Forbidden);
        let state = state_of(&world, student).await;
        assert!(state.objection.is_some() && state.consent.is_some() && state.templates == 0);
        let usable = ConsentState { consented: Some(true), ..everybody(&world) };
        assert_eq!(consent_state(office, usable.clone()).await.unwrap().total, 0);

        // A new consent changes nothing.
        record_consent(office, consent(student)).await.unwrap();
        let again = EnrolFaces { student, uploads: upload_files(&world, &known), although_alike: None };
        assert_eq!(enrol_faces(office, again.clone()).await.unwrap_err().code, ErrorCode::NoConsent);
        withdraw_objection(office, of.clone()).await.unwrap();
        assert_eq!(enrol_faces(office, again).await.unwrap().templates, 3);
        // Said twice it stands once.
        record_objection(office, of.clone()).await.unwrap();
        record_objection(office, of.clone()).await.unwrap();
        withdraw_objection(office, of).await.unwrap();
        assert_eq!(state_of(&world, student).await.objection, None);
        assert_eq!(consent_state(office, usable).await.unwrap().total, 1);
    }
);

both!(
    async fn a_template_that_may_not_be_used_is_in_no_gallery(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let seen = || async {
            let upload = upload(&world, std::fs::read(&known[0]).unwrap());
            let check = CheckPhotograph { class: Some(roster.class_a), school: None, upload };
            check_photograph(office, check).await.unwrap().compared_with
        };
        assert_eq!(seen().await, 1);
        // Even were the templates still there: an objection from elsewhere, then a consent that has ended.
        let store = &world.services.store;
        record_objection(office, OfFaces { student: roster.in_a[1] }).await.unwrap();
        let swap = |to: StudentId| {
            let sql = "UPDATE face_objections SET student_id = $1";
            let statement = store.statement(sql, [to.into()]);
            async move { store.reader().execute_raw(statement).await.unwrap() }
        };
        swap(student).await;
        assert_eq!(seen().await, 0);
        swap(roster.in_a[1]).await;
        assert_eq!(seen().await, 1);
        world.clock.move_by(Duration::days(729));
        assert_eq!(seen().await, 1);
        world.clock.move_by(Duration::days(2));
        assert_eq!(seen().await, 0);
        let state = state_of(&world, student).await;
        assert!(state.consent.is_none() && state.consent_ended.is_some() && state.goes_on.is_some());
        let again = EnrolFaces { student, uploads: upload_files(&world, &known), although_alike: None };
        assert_eq!(enrol_faces(office, again).await.unwrap_err().code, ErrorCode::NoConsent);
    }
);

both!(
    async fn faces_go_by_themselves(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        let retention = Settings { face_retention_days: 30, face_consent_days: 100, ..Settings::default() };
        faces_on_with(&world, Settings { face_keep_photographs: true, ..retention }).await;
        let office = &world.administrator;
        let [moved, withdrawn, deleted] = roster.in_a[..] else { panic!("three in 7A") };
        let stays = roster.in_b[0];
        for student in [moved, withdrawn, deleted, stays] {
            enrol(&world, student, &known).await.unwrap();
        }
        assert_eq!(state_of(&world, moved).await.goes_on, Some(date("2027-01-22")), "100 days after 14 October");
        let end = EndEnrolments { class: roster.class_a, students: vec![moved], end: date("2026-10-20") };
        end_enrolments(office, end).await.unwrap();
        assert_eq!(state_of(&world, moved).await.goes_on, Some(date("2027-01-22")), "still in the class today");
        let row = student(office, OfStudent { student: withdrawn }).await.unwrap();
        let leaves = SaveStudent {
            save: Save::Change { id: withdrawn, version: row.version },
            status: Some(StudentStatus::Withdrawn),
            ..new_student(world.school, &row.number, &row.given_name, &row.family_name)
        };
        save_student(office, leaves).await.unwrap();
        assert_eq!(state_of(&world, withdrawn).await.goes_on, Some(date("2026-11-13")));
        delete_students(office, StudentIds { school: world.school, students: vec![deleted] }).await.unwrap();
        assert_eq!(purge(&world).await, PurgedFaces { scrubbed: true, ..PurgedFaces::default() });

        world.clock.move_by(Duration::days(29));
        assert_eq!(state_of(&world, moved).await.goes_on, Some(date("2026-11-19")), "left on 20 October");
        assert_eq!(purge(&world).await.students, 0);
        world.clock.move_by(Duration::days(1));
        let gone = purge(&world).await;
        assert_eq!((gone.students, gone.templates, gone.photographs, gone.scrubbed), (2, 6, 6, true));
        world.clock.move_by(Duration::days(6));
        assert_eq!(purge(&world).await.students, 1);
        assert_eq!(templates(&world).await.iter().filter(|row| row.student_id == stays).count(), 3);
        // With the consent of the last one goes everything, and the key.
        world.clock.move_by(Duration::days(32));
        assert_eq!(purge(&world).await.templates, 0);
        world.clock.move_by(Duration::days(32));
        assert_eq!(purge(&world).await.templates, 3);
        let db = world.services.store.reader();
        assert_eq!(data_keys::Entity::find().count(db).await.unwrap(), 0);
        let entries = audit_entries::Entity::find().all(db).await.unwrap();
        let own: Vec<_> = entries.iter().filter(|entry| entry.operation == "faces.purge_faces").collect();
        assert!(own.len() == 3 && own.iter().all(|entry| entry.user_id.is_none()), "the system's own act");
    }
);

both!(
    async fn photographs_are_kept_only_while_the_school_wants(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on_with(&world, Settings { face_keep_photographs: true, ..Settings::default() }).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        enrol(&world, student, &known).await.unwrap();
        assert_eq!(state_of(&world, student).await.photographs, 3, "in the place of the former ones");

        // Another model came: templates are made again from the photographs, and recognise.
        let school = OfSchool { school: world.school };
        let store = &world.services.store;
        let age = |version: &'static str| {
            let statement = store.statement("UPDATE face_templates SET model_version = $1", [version.into()]);
            async move { store.reader().execute_raw(statement).await.unwrap() }
        };
        age("former").await;
        let status = face_status(office, school.clone()).await.unwrap().enrolled;
        assert_eq!((status.students, status.outdated_students, status.outdated_templates), (0, 1, 3));
        assert_eq!(status.outdated_versions, ["former"]);
        let made = reenrol_faces(office, school.clone()).await.unwrap();
        assert_eq!((made.students, made.templates, made.enrol_again.len()), (1, 3, 0));
        assert_eq!(reenrol_faces(office, school.clone()).await.unwrap(), ReenrolledFaces::default());
        let check = CheckPhotograph {
            class: Some(roster.class_a),
            school: None,
            upload: upload(&world, std::fs::read(&known[0]).unwrap()),
        };
        let seen = check_photograph(office, check).await.unwrap();
        assert_eq!(seen.faces[0].student.as_ref().unwrap().id, student);
        assert!(seen.faces[0].score > 0.8, "as good as before: {}", seen.faces[0].score);

        // Turned off, they go at once; who has none is listed.
        change_settings(&world, |settings| settings.face_keep_photographs = false).await;
        let db = store.reader();
        assert_eq!(face_photographs::Entity::find().count(db).await.unwrap(), 0);
        assert_eq!(templates(&world).await.len(), 3);
        age("former").await;
        let made = reenrol_faces(office, school).await.unwrap();
        assert_eq!((made.students, made.enrol_again[0].id), (0, student));
    }
);

both!(
    async fn every_use_is_written_down(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        world.clock.move_by(Duration::minutes(1));
        let check = |class| CheckPhotograph {
            class: Some(class),
            school: None,
            upload: upload(&world, std::fs::read(&known[0]).unwrap()),
        };
        check_photograph(office, check(roster.class_a)).await.unwrap();
        check_photograph(office, check(roster.class_b)).await.unwrap();
        world.clock.move_by(Duration::minutes(1));
        look_alikes(office, OfSchool { school: world.school }).await.unwrap();
        let all = FaceUses { school: world.school, student: None, offset: None, limit: None };
        let page = face_uses(office, all.clone()).await.unwrap();
        let purposes: Vec<FacePurpose> = page.rows.iter().map(|row| row.purpose).collect();
        use FacePurpose::*;
        assert_eq!(purposes, [LookAlikes, Photograph, Photograph, Enrolment]);
        assert_eq!(page.rows[3].student, Some(student));
        assert!(page.rows.iter().all(|row| row.user_name.as_deref() == Some("Amara Okafor")));
        // The student's own page: not what was looked at in the other class.
        let own = FaceUses { student: Some(student), ..all.clone() };
        let purposes: Vec<FacePurpose> =
            face_uses(office, own.clone()).await.unwrap().rows.iter().map(|row| row.purpose).collect();
        assert_eq!(purposes, [LookAlikes, Photograph, Enrolment]);
        let second = FaceUses { offset: Some(1), limit: Some(1), ..own };
        let page = face_uses(office, second).await.unwrap();
        assert_eq!((page.total, page.rows.len(), page.rows[0].class), (3, 1, Some(roster.class_a)));
        let teacher = roster.teacher(&world).await;
        assert_eq!(face_uses(&teacher, all).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_person_is_given_everything_that_is_held(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on_with(&world, Settings { face_keep_photographs: true, ..Settings::default() }).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let exported = export_held_faces(office, OfFaces { student }).await.unwrap();
        assert_eq!((exported.templates, exported.photographs, exported.evidence), (3, 3, 0));
        let artifact = world.services.artifact(exported.artifact, office.actor().unwrap().user).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(artifact.bytes.as_slice())).unwrap();
        let mut text = String::new();
        zip.by_name("held.json").unwrap().read_to_string(&mut text).unwrap();
        let held: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(held["consents"][0]["givenBy"], "Lucía Muñoz");
        let numbers = held["templates"][2]["numbers"].as_array().unwrap();
        let length: f64 = numbers.iter().map(|number| number.as_f64().unwrap().powi(2)).sum();
        assert!(numbers.len() == 128 && (length - 1.0).abs() < 1e-3);
        assert_eq!(held["uses"][0]["purpose"], "enrolment");
        let mut jpeg = Vec::new();
        zip.by_name("photographs/3.jpg").unwrap().read_to_end(&mut jpeg).unwrap();
        let picture = image::load_from_memory(&jpeg).unwrap();
        assert!(picture.width().max(picture.height()) <= 512);
        let uses =
            face_uses(office, FaceUses { school: world.school, student: Some(student), offset: None, limit: None });
        assert_eq!(uses.await.unwrap().rows[0].purpose, FacePurpose::Export);
        let counsellor = world.user("cora", Role::Counsellor).await;
        assert_eq!(export_held_faces(&counsellor, OfFaces { student }).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn evidence_is_opened_by_name_and_goes_after_its_days(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on_with(&world, Settings { face_evidence_days: 3, ..Settings::default() }).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let row = add_evidence(&world, roster.class_a, Some(student), b"a face").await;
        let unknown = add_evidence(&world, roster.class_a, None, b"a stranger").await;
        let of = OfEvidence { student, date: row.date, lesson: 0 };
        let teacher = roster.teacher(&world).await;
        let shown = attendance_evidence(&teacher, of.clone()).await.unwrap();
        let owner = teacher.actor().unwrap().user;
        assert_eq!(shown.len(), 1);
        assert_eq!(*world.services.artifact(shown[0].artifact, owner).unwrap().bytes, b"a face");
        let elsewhere = OfEvidence { student: roster.in_b[0], ..of.clone() };
        assert_eq!(attendance_evidence(&teacher, elsewhere).await.unwrap_err().code, ErrorCode::Forbidden);
        let uses = FaceUses { school: world.school, student: Some(student), offset: None, limit: Some(1) };
        let used = face_uses(office, uses).await.unwrap().rows.remove(0);
        assert_eq!((used.purpose, used.user), (FacePurpose::Evidence, Some(owner)));

        // Sealed again with everything else, moved to nobody else.
        let rotated = rotate_face_keys(office, school::accounts::Nothing {}).await.unwrap();
        assert_eq!((rotated.templates, rotated.evidence), (3, 2));
        assert_eq!(attendance_evidence(office, of.clone()).await.unwrap().len(), 1);
        let store = &world.services.store;
        let moved = "UPDATE evidence_frames SET student_id = $1 WHERE id = $2";
        let moved = store.statement(moved, [student.into(), unknown.id.into()]);
        store.reader().execute_raw(moved).await.unwrap();
        let refused = attendance_evidence(office, of).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::KeyStore);

        world.clock.move_by(Duration::days(2));
        assert_eq!(purge(&world).await.evidence, 0);
        assert_eq!(state_of(&world, student).await.evidence, 2);
        world.clock.move_by(Duration::days(1));
        assert_eq!(purge(&world).await, PurgedFaces { evidence: 2, scrubbed: true, ..PurgedFaces::default() });
        assert_eq!(templates(&world).await.len(), 3);
    }
);

both!(
    async fn look_alikes_are_found_after_each_change(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        let school = OfSchool { school: world.school };
        let [first, second, other] = roster.in_a[..] else { panic!("three in 7A") };
        enrol(&world, first, &known).await.unwrap();
        enrol(&world, other, &altered(&world, &stranger)).await.unwrap();
        assert!(look_alikes(office, school.clone()).await.unwrap().is_empty());
        enrol(&world, second, &known).await.unwrap();
        let pairs = look_alikes(office, school.clone()).await.unwrap();
        assert_eq!(pairs.len(), 1);
        let both = [pairs[0].first.id, pairs[0].second.id];
        assert!(both.contains(&first) && both.contains(&second) && pairs[0].over);
        withdraw_consent(office, OfFaces { student: second }).await.unwrap();
        assert!(look_alikes(office, school).await.unwrap().is_empty());
    }
);

/// One photograph made into three that differ: as it is, lighter, and a little smaller.
fn altered(world: &World, photograph: &std::path::Path) -> Vec<std::path::PathBuf> {
    let picture = image::open(photograph).unwrap();
    let (width, height) = (picture.width() * 9 / 10, picture.height() * 9 / 10);
    let smaller = picture.resize_exact(width, height, image::imageops::FilterType::CatmullRom);
    [("1.png", picture.clone()), ("2.png", picture.brighten(25)), ("3.png", smaller.brighten(-20))]
        .into_iter()
        .map(|(name, picture)| {
            let file = world.folder.path().join(name);
            picture.save(&file).unwrap();
            file
        })
        .collect()
}

fn zip_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

both!(
    async fn many_are_enrolled_at_once_and_one_bad_file_stops_nobody(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        let read = |file: &std::path::Path| std::fs::read(file).unwrap();
        let other: Vec<Vec<u8>> = altered(&world, &stranger).iter().map(|file| read(file)).collect();
        let [first, second, third] = roster.in_a[..] else { panic!("three in 7A") };
        let n1 = student_number(office, first).await;
        let n2 = student_number(office, second).await;
        let n3 = student_number(office, third).await;
        let n4 = student_number(office, roster.in_b[0]).await;
        for student in [first, second, roster.in_b[0]] {
            record_consent(office, consent(student)).await.unwrap();
        }
        record_objection(office, OfFaces { student: roster.in_b[0] }).await.unwrap();
        let own: Vec<Vec<u8>> = known.iter().map(|file| read(file)).collect();
        let names: Vec<String> = vec![
            format!("7A/{n1}/1.jpg"),
            format!("7A/{n1}/2.jpg"),
            format!("7A/{n1}/10.jpg"),
            format!("7A/{n1}/bad.jpg"),
            format!("{n2}_1.jpg"),
            format!("{n2}_2.jpg"),
            format!("{n2}_3.jpg"),
            format!("{n2}_4.jpg"),
            format!("{n3}.jpg"),
            format!("{n4}.jpg"),
            "9999/1.jpg".into(),
            "list.txt".into(),
        ];
        let bytes = [
            own[0].clone(),
            own[1].clone(),
            own[2].clone(),
            b"no picture".to_vec(),
            other[0].clone(),
            other[1].clone(),
            other[2].clone(),
            own[0].clone(),
            own[0].clone(),
            own[0].clone(),
            own[0].clone(),
            b"notes".to_vec(),
        ];
        let files: Vec<(&str, Vec<u8>)> = names.iter().map(String::as_str).zip(bytes).collect();
        let bulk = |apply| {
            let upload = Some(upload(&world, zip_of(&files)));
            EnrolFacesInBulk { school: world.school, upload, unread: None, beside: None, apply }
        };
        let outcomes = |report: &BulkReport| -> Vec<(String, BulkOutcome)> {
            report.students.iter().map(|student| (student.number.clone(), student.outcome)).collect()
        };
        use BulkOutcome::*;
        let expected = |done| {
            let mut expected = vec![
                (n1.clone(), done),
                (n2.clone(), done),
                (n3.clone(), NoConsent),
                (n4.clone(), Objection),
                ("9999".into(), UnknownNumber),
            ];
            expected.sort_by(|a, b| a.0.cmp(&b.0));
            expected
        };
        let dry = enrol_faces_in_bulk(office, bulk(false)).await.unwrap();
        assert_eq!((outcomes(&dry), dry.other_files), (expected(Ready), 1));
        assert!(templates(&world).await.is_empty(), "nothing was changed");
        let done = enrol_faces_in_bulk(office, bulk(true)).await.unwrap();
        assert_eq!(outcomes(&done), expected(Enrolled));
        let of = |number: &str| done.students.iter().find(|student| student.number == number).unwrap().clone();
        assert_eq!((of(&n1).good, of(&n1).refused.len()), (3, 1));
        assert_eq!(of(&n1).refused[0].file, format!("7A/{n1}/bad.jpg"));
        assert_eq!(of(&n2).refused[0].faults[0].code, "other_person");
        assert_eq!(templates(&world).await.len(), 6);

        // A folder does the same; who looks like somebody enrolled waits for a person.
        record_consent(office, consent(third)).await.unwrap();
        let folder = world.folder.path().join("photos");
        std::fs::create_dir_all(folder.join(&n3)).unwrap();
        for (n, bytes) in own.iter().enumerate() {
            std::fs::write(folder.join(&n3).join(format!("{n}.jpg")), bytes).unwrap();
        }
        let input = EnrolFolder { school: world.school, folder: folder.display().to_string(), apply: true };
        let report = enrol_folder(&at_desk(office), input).await.unwrap();
        assert_eq!(report.students[0].outcome, LookAlike);
        assert_eq!(report.students[0].look_alikes[0].student, first);

        // The same pictures under two numbers: neither is enrolled, whoever comes first.
        let twice: Vec<(String, Vec<u8>)> = [&n2, &n3]
            .iter()
            .flat_map(|number| {
                other.iter().enumerate().map(move |(n, jpeg)| (format!("{number}/{n}.jpg"), jpeg.clone()))
            })
            .collect();
        let twice: Vec<(&str, Vec<u8>)> = twice.iter().map(|(name, jpeg)| (name.as_str(), jpeg.clone())).collect();
        let before = templates(&world).await;
        let upload = Some(upload(&world, zip_of(&twice)));
        let input = EnrolFacesInBulk { school: world.school, upload, unread: None, beside: None, apply: true };
        let report = enrol_faces_in_bulk(office, input).await.unwrap();
        let mut both = vec![(n2.clone(), LookAlike), (n3.clone(), LookAlike)];
        both.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(outcomes(&report), both);
        assert_eq!(report.students[0].look_alikes[0].number, report.students[1].number);
        assert_eq!(templates(&world).await, before);

        // Cancelled it says so and what it did.
        let job = kernel::Job::default();
        job.cancel();
        let report = enrol_faces_in_bulk(&kernel::Context { job, ..office.clone() }, bulk(true)).await.unwrap();
        assert!(report.cancelled && report.students.is_empty());
        let neither = EnrolFacesInBulk { school: world.school, upload: None, unread: None, beside: None, apply: false };
        assert_eq!(enrol_faces_in_bulk(office, neither).await.unwrap_err().code, ErrorCode::Invalid);
    }
);

async fn student_number(context: &kernel::Context, of: StudentId) -> String {
    student(context, OfStudent { student: of }).await.unwrap().number
}
