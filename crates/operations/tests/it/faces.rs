//! Faces, with the real models and public-domain photographs where they are there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use desk::*;
use faces::*;
use kernel::{ErrorCode, Upload};
use school::accounts::Nothing;
use school::schools::{OfSchool, SaveSettings, Settings, save_settings};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use store::entities::{data_keys, evidence_frames, face_photographs, face_templates};
use store::ids::StudentId;
use uuid::Uuid;

use crate::both;
use crate::roster::Roster;
use crate::world::{On, World, device, vendor};

/// Photographs of one person, then of another; none where models or photographs are missing (said in the output).
pub fn photographs() -> Option<(Vec<PathBuf>, PathBuf)> {
    let folder = vendor().join("photos");
    let known: Vec<PathBuf> = ["obama.jpg", "obama2.jpg", "obama3.jpg"].map(|name| folder.join(name)).into();
    let stranger = folder.join("biden.jpg");
    let models = vendor().join("models/manifest.json");
    if let Some(missing) = known.iter().chain([&stranger, &models]).find(|path| !path.exists()) {
        println!("skipped: {} is not there (cargo xtask test fetches it)", missing.display());
        return None;
    }
    Some((known, stranger))
}

/// Hands a file over as the window does.
pub fn upload(world: &World, bytes: Vec<u8>) -> Uuid {
    let owner = Some(world.administrator.actor().unwrap().user);
    world.services.keep_upload(Upload { file_name: "photograph.jpg".into(), bytes: Arc::new(bytes), owner })
}

pub fn upload_files(world: &World, files: &[PathBuf]) -> Vec<Uuid> {
    files.iter().map(|file| upload(world, std::fs::read(file).unwrap())).collect()
}

/// Turns faces on. The key is put where there is no key store, so that no test touches the one of this computer.
pub async fn faces_on(world: &World) {
    faces_on_with(world, Settings::default()).await;
}

/// The same with other settings.
pub async fn faces_on_with(world: &World, settings: Settings) {
    std::fs::create_dir_all(world.folder.path().join("keys")).unwrap();
    let mut key = [0; 32];
    kernel::random(&mut key).unwrap();
    std::fs::write(master_key(world), key).unwrap();
    let settings = Settings { face_recognition: true, ..settings };
    save_settings(&world.administrator, SaveSettings { school: world.school, version: 0, settings }).await.unwrap();
}

pub fn master_key(world: &World) -> PathBuf {
    world.folder.path().join("keys/master.key")
}

/// The states of everybody in the school.
pub fn everybody(world: &World) -> ConsentState {
    ConsentState {
        school: world.school,
        class: None,
        student: None,
        search: None,
        consented: None,
        offset: None,
        limit: None,
    }
}

pub fn consent(student: StudentId) -> RecordConsent {
    RecordConsent {
        student,
        guardian: None,
        own: None,
        given_by: Some("Lucía Muñoz".into()),
        relationship: Some("mother".into()),
        wording_version: Settings::default().face_policy_version,
    }
}

pub async fn enrol(world: &World, student: StudentId, files: &[PathBuf]) -> kernel::Result<EnrolledFaces> {
    record_consent(&world.administrator, consent(student)).await.unwrap();
    let uploads = upload_files(world, files);
    // Few people lend their photographs to these tests: several students have the same ones.
    enrol_faces(&world.administrator, EnrolFaces { student, uploads, although_alike: Some(true) }).await
}

pub async fn templates(world: &World) -> Vec<face_templates::Model> {
    face_templates::Entity::find().all(world.services.store.reader()).await.unwrap()
}

both!(
    async fn nothing_is_enrolled_without_policy_and_consent(world: World) {
        let roster = Roster::new(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        let enrolment = EnrolFaces { student, uploads: vec![Uuid::nil(); 3], although_alike: None };
        let code = |error: kernel::Error| error.code;
        assert_eq!(record_consent(office, consent(student)).await.map_err(code), Err(ErrorCode::FacesOff));
        assert_eq!(enrol_faces(office, enrolment.clone()).await.map_err(code), Err(ErrorCode::FacesOff));
        let check = CheckPhotograph { class: Some(roster.class_a), school: None, upload: Uuid::nil() };
        assert_eq!(check_photograph(office, check).await.map_err(code), Err(ErrorCode::FacesOff));

        faces_on(&world).await;
        assert_eq!(enrol_faces(office, enrolment.clone()).await.map_err(code), Err(ErrorCode::NoConsent));
        let outdated = RecordConsent { wording_version: "0".into(), given_by: Some(" ".into()), ..consent(student) };
        let fields = record_consent(office, outdated).await.unwrap_err().fields;
        assert_eq!(fields.iter().map(|f| f.code.as_str()).collect::<Vec<_>>(), ["required", "outdated"]);
        record_consent(office, consent(student)).await.unwrap();
        let two = EnrolFaces { uploads: vec![Uuid::nil(); 2], ..enrolment.clone() };
        assert_eq!(enrol_faces(office, two).await.unwrap_err().fields[0].field, "uploads");
        assert_eq!(enrol_faces(office, enrolment.clone()).await.map_err(code), Err(ErrorCode::NotFound));

        let all = everybody(&world);
        let page = consent_state(office, all.clone()).await.unwrap();
        assert_eq!((page.total, page.rows.iter().filter(|row| row.consent.is_some()).count()), (4, 1));
        let missing = ConsentState { class: Some(roster.class_a), consented: Some(false), ..all };
        assert_eq!(consent_state(office, missing).await.unwrap().total, 2);

        withdraw_consent(office, OfFaces { student }).await.unwrap();
        assert_eq!(enrol_faces(office, enrolment).await.map_err(code), Err(ErrorCode::NoConsent));
    }
);

both!(
    async fn a_person_is_enrolled_and_found_and_a_stranger_is_not(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        let enrolled = enrol(&world, student, &known).await.unwrap();
        assert_eq!((enrolled.templates, enrolled.refused.len(), enrolled.look_alikes.len()), (3, 0, 0));

        let check = |file: &Path| CheckPhotograph {
            class: Some(roster.class_a),
            school: None,
            upload: upload(&world, std::fs::read(file).unwrap()),
        };
        let seen = check_photograph(office, check(&known[0])).await.unwrap();
        assert_eq!((seen.faces.len(), seen.compared_with), (1, 1));
        assert_eq!(seen.faces[0].student.as_ref().unwrap().number, "1001");
        let unknown = check_photograph(office, check(&stranger)).await.unwrap();
        assert_eq!(unknown.faces.len(), 1);
        assert!(unknown.faces[0].student.is_none() && unknown.faces[0].score < 0.4);
        // Only the class's own list is compared, unless the whole school is asked for.
        let other_class = CheckPhotograph { class: Some(roster.class_b), ..check(&known[0]) };
        assert!(check_photograph(office, other_class).await.unwrap().faces[0].student.is_none());
        let school = CheckPhotograph { class: None, school: Some(world.school), ..check(&known[0]) };
        assert!(check_photograph(office, school.clone()).await.unwrap().faces[0].student.is_some());
        let teacher = roster.teacher(&world).await;
        assert_eq!(check_photograph(&teacher, school).await.unwrap_err().code, ErrorCode::Forbidden);

        // Somebody else with the same face: asked first; and once a person has looked nobody is guessed.
        let other = roster.in_a[1];
        record_consent(office, consent(other)).await.unwrap();
        let uploads = upload_files(&world, &known);
        let asked =
            enrol_faces(office, EnrolFaces { student: other, uploads, although_alike: None }).await.unwrap_err();
        assert_eq!(asked.code, ErrorCode::Duplicate);
        assert_eq!(asked.details.unwrap()["lookAlikes"][0]["number"], "1001");
        assert_eq!(templates(&world).await.len(), 3);
        let uploads = upload_files(&world, &known);
        let twin = EnrolFaces { student: other, uploads, although_alike: Some(true) };
        let twin = enrol_faces(office, twin).await.unwrap();
        assert_eq!(twin.look_alikes[0].student, student);
        let seen = check_photograph(office, check(&known[0])).await.unwrap();
        assert!(seen.faces[0].student.is_none() && seen.faces[0].unsure && seen.faces[0].candidates.len() == 2);
    }
);

both!(
    async fn each_refused_photograph_has_its_reason(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        record_consent(office, consent(student)).await.unwrap();
        let mut uploads = upload_files(&world, &known[..2]);
        uploads.push(upload(&world, b"this is no picture".to_vec()));
        uploads.push(upload(&world, std::fs::read(&stranger).unwrap()));
        let mut cut = std::fs::read(&known[2]).unwrap();
        cut.truncate(cut.len() / 2);
        uploads.push(upload(&world, cut));
        let refused = enrol_faces(office, EnrolFaces { student, uploads, although_alike: None }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::PoorPhotograph);
        let reasons: Vec<(&str, &str)> = refused.fields.iter().map(|f| (f.field.as_str(), f.code.as_str())).collect();
        let expected =
            [("uploads.2", "picture_unknown"), ("uploads.3", "other_person"), ("uploads.4", "picture_damaged")];
        assert_eq!(reasons, expected);
        assert!(templates(&world).await.is_empty());

        // With three good ones it is enrolled, and the others are named.
        let mut uploads = upload_files(&world, &known);
        uploads.insert(1, upload(&world, std::fs::read(&stranger).unwrap()));
        let enrolled = enrol_faces(office, EnrolFaces { student, uploads, although_alike: None }).await.unwrap();
        assert_eq!((enrolled.templates, enrolled.refused.len(), enrolled.refused[0].index), (3, 1, 1));
        // Again takes the place of the former.
        let uploads = upload_files(&world, &known);
        enrol_faces(office, EnrolFaces { student, uploads, although_alike: None }).await.unwrap();
        assert_eq!(templates(&world).await.len(), 3);
    }
);

both!(
    async fn a_changed_or_moved_template_is_refused(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        let check = || async {
            let upload = upload(&world, std::fs::read(&known[0]).unwrap());
            check_photograph(office, CheckPhotograph { class: Some(roster.class_a), school: None, upload }).await
        };
        let row = templates(&world).await.remove(0);
        let store = &world.services.store;
        let set = |sql: &'static str, value: sea_orm::Value| {
            let statement = store.statement(sql, [value, row.id.into()]);
            async move { store.reader().execute_raw(statement).await.unwrap() }
        };
        assert!(check().await.unwrap().faces[0].student.is_some());
        let mut changed = row.ciphertext.clone();
        changed[100] ^= 1;
        set("UPDATE face_templates SET ciphertext = $1 WHERE id = $2", changed.into()).await;
        // It costs this one template, and the person is named; the two others still tell who it is.
        let checked = check().await.unwrap();
        assert_eq!(checked.damaged.iter().map(|student| student.id).collect::<Vec<_>>(), [roster.in_a[0]]);
        assert!(checked.faces[0].student.is_some());
        set("UPDATE face_templates SET ciphertext = $1 WHERE id = $2", row.ciphertext.clone().into()).await;
        assert_eq!(check().await.unwrap().damaged, []);
        // The same row under somebody else's name, who has consented too.
        record_consent(office, consent(roster.in_a[1])).await.unwrap();
        set("UPDATE face_templates SET student_id = $1 WHERE id = $2", roster.in_a[1].into()).await;
        let checked = check().await.unwrap();
        assert_eq!(checked.damaged.iter().map(|student| student.id).collect::<Vec<_>>(), [roster.in_a[1]]);
        assert_eq!(checked.faces[0].student.as_ref().unwrap().id, roster.in_a[0]);
        let found = faces::sealed_faults(&world.services, office.device.clone()).await.unwrap();
        assert_eq!((found.sound, found.damaged, found.students.len()), (2, 1, 1));
        set("UPDATE face_templates SET student_id = $1 WHERE id = $2", roster.in_a[0].into()).await;

        // A copy of the database without the key yields nothing, and says so.
        let other = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(other.path().join("keys")).unwrap();
        std::fs::write(other.path().join("keys/master.key"), [7; 32]).unwrap();
        let folders = kernel::Folders { data: other.path().into(), ..world.services.folders.clone() };
        let services = ::operations::services(store.clone(), world.clock.clone(), folders);
        let stolen = kernel::Context { services, ..office.clone() };
        let owner = Some(office.actor().unwrap().user);
        let bytes = Arc::new(std::fs::read(&known[0]).unwrap());
        let upload = stolen.services.keep_upload(Upload { file_name: "p.jpg".into(), bytes, owner });
        let input = CheckPhotograph { class: Some(roster.class_a), school: None, upload };
        assert_eq!(check_photograph(&stolen, input).await.unwrap_err().code, ErrorCode::KeyStore);
    }
);

fn unsealed(key: &[u8], place: String, nonce: &[u8], sealed: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(&Key::try_from(key).unwrap());
    let payload = Payload { msg: sealed, aad: place.as_bytes() };
    cipher.decrypt(&XNonce::try_from(nonce).unwrap(), payload).unwrap()
}

/// The school's data key in the open.
async fn data_key(world: &World) -> Vec<u8> {
    let row = data_keys::Entity::find().one(world.services.store.reader()).await.unwrap().unwrap();
    let place = format!("homeroom data key 1|{}|face templates", world.school);
    unsealed(&std::fs::read(master_key(world)).unwrap(), place, &row.nonce, &row.wrapped)
}

/// Evidence of today's register, as a camera keeps it.
pub async fn add_evidence(
    world: &World,
    class: store::ids::ClassId,
    student: Option<StudentId>,
    jpeg: &[u8],
) -> evidence_frames::Model {
    let (id, taken_at) = (store::ids::EvidenceFrameId::new(), world.administrator.now());
    let (date, who) = (taken_at.date_naive(), student.map_or("unknown".to_owned(), |student| student.to_string()));
    let place = format!("homeroom evidence 1|{}|{class}|{who}|{date}|0|{id}", world.school);
    let nonce = [5; 24];
    let cipher = XChaCha20Poly1305::new(&Key::try_from(data_key(world).await.as_slice()).unwrap());
    let ciphertext = cipher.encrypt(&XNonce::from(nonce), Payload { msg: jpeg, aad: place.as_bytes() }).unwrap();
    let mut tx = world.services.store.begin().await.unwrap();
    let row = evidence_frames::Model {
        id,
        school_id: world.school,
        class_id: class,
        student_id: student,
        date,
        lesson: 0,
        nonce: nonce.to_vec(),
        ciphertext,
        taken_at,
        version: 1,
    };
    let row = tx.insert::<evidence_frames::Entity>(row).await.unwrap();
    tx.commit().await.unwrap();
    row
}

/// All files of the folder whose bytes contain `wanted`.
pub fn files_with(folder: &Path, wanted: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, wanted));
            continue;
        }
        match std::fs::read(&path) {
            Ok(bytes) if bytes.windows(wanted.len()).any(|window| window == wanted) => found.push(path),
            Ok(_) => {}
            // What is written whole has another name until it is; a database's journal comes and goes.
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{}", path.display()),
        }
    }
    found
}

both!(
    async fn what_was_withdrawn_is_in_no_file(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on_with(&world, Settings { face_keep_photographs: true, face_evidence_days: 7, ..Settings::default() })
            .await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, roster.in_a[1], &known).await.unwrap();
        enrol(&world, student, &known).await.unwrap();
        // Templates come and go around it, as in a school.
        for _ in 0..4 {
            let uploads = upload_files(&world, &known);
            enrol_faces(office, EnrolFaces { student: roster.in_a[1], uploads, although_alike: Some(true) })
                .await
                .unwrap();
        }
        let mut face = vec![0; 5_000];
        kernel::random(&mut face).unwrap();
        let evidence = add_evidence(&world, roster.class_a, Some(student), &face).await;
        let db = world.services.store.reader();
        let rows: Vec<_> = templates(&world).await.into_iter().filter(|row| row.student_id == student).collect();
        let kept: Vec<_> = face_photographs::Entity::find().all(db).await.unwrap();
        let kept: Vec<_> = kept.into_iter().filter(|row| row.student_id == student).collect();
        let key_row = data_keys::Entity::find().one(db).await.unwrap().unwrap();
        let folder = world.folder.path();
        let master = std::fs::read(master_key(&world)).unwrap();
        let data_key = data_key(&world).await;
        // What must be nowhere: sealed and in the open.
        let mut secrets = vec![(evidence.nonce, evidence.ciphertext, face)];
        for row in rows {
            let (school, id) = (world.school, row.id);
            let place = format!("homeroom template 1|{school}|{student}|{id}|{}|{}", row.model, row.model_version);
            let plain = unsealed(&data_key, place, &row.nonce, &row.ciphertext);
            assert_eq!(plain.len(), 512);
            secrets.push((row.nonce, row.ciphertext, plain));
        }
        for row in kept {
            let place = format!("homeroom photograph 1|{}|{student}|{}", world.school, row.id);
            let plain = unsealed(&data_key, place, &row.nonce, &row.ciphertext);
            assert!(image::load_from_memory(&plain).is_ok());
            secrets.push((row.nonce, row.ciphertext, plain));
        }
        assert_eq!((secrets.len(), data_key.len()), (7, 32));
        if world.on == On::Sqlite {
            for (_, sealed, _) in &secrets {
                assert!(!files_with(folder, &sealed[..32]).is_empty(), "before, the database holds it");
            }
            // A copy as an update makes it.
            let copy = folder.join("backups/homeroom-before-update-20260901T080000000Z.db");
            std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
            world.services.store.copy_to(&copy).await.unwrap();
            assert!(secrets.iter().all(|(_, sealed, _)| files_with(folder, &sealed[..32]).contains(&copy)));
        }

        let deleted = withdraw_consent(office, OfFaces { student }).await.unwrap();
        assert_eq!(deleted, DeletedFaces { templates: 3, photographs: 3, evidence: 1, scrubbed: true });
        // Every file read once, and looked through for every piece: a page may have been cut anywhere.
        let bytes = all_bytes(folder);
        let windows: std::collections::HashSet<&[u8]> = bytes.windows(24).collect();
        for (nonce, sealed, plain) in &secrets {
            for part in sealed.chunks_exact(24).chain(plain.chunks_exact(24)).chain([nonce.as_slice()]) {
                // One byte over and over tells nothing: an empty page has it too.
                assert!(!windows.contains(part) || part.iter().all(|byte| *byte == part[0]));
            }
        }
        drop(windows);
        let nothing: Vec<PathBuf> = Vec::new();
        assert_eq!(files_with(folder, &data_key), nothing);
        assert_eq!(files_with(folder, &master), [master_key(&world)]);
        assert_eq!(templates(&world).await.len(), 3, "the other student's stay");

        // With the last of what is held goes the school's key.
        delete_faces(office, OfFaces { student: roster.in_a[1] }).await.unwrap();
        assert_eq!(data_keys::Entity::find().count(world.services.store.reader()).await.unwrap(), 0);
        assert_eq!(files_with(folder, &key_row.wrapped), nothing);
    }
);

both!(
    async fn a_copy_that_could_not_be_cleaned_is_cleaned_in_the_night(world: World) {
        let Some((known, _)) = photographs() else { return };
        if world.on != On::Sqlite {
            return;
        }
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let student = roster.in_a[0];
        enrol(&world, student, &known).await.unwrap();
        let template = templates(&world).await.remove(0).ciphertext;
        let folder = world.folder.path();
        let copy = folder.join("backups/homeroom-before-update-20260901T080000000Z.db");
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        world.services.store.copy_to(&copy).await.unwrap();
        let whole = std::fs::read(&copy).unwrap();
        // The disk with the copies does not read it now.
        std::fs::write(&copy, vec![b'x'; whole.len()]).unwrap();
        let deleted = withdraw_consent(&world.administrator, OfFaces { student }).await.unwrap();
        assert_eq!((deleted.templates, deleted.scrubbed), (3, false));
        let night = async || purge_due(&world.services, device("night")).await.unwrap().scrubbed;
        assert!(!night().await);

        std::fs::write(&copy, whole).unwrap();
        assert_eq!(files_with(folder, &template), [copy]);
        assert!(night().await);
        assert_eq!(files_with(folder, &template), Vec::<PathBuf>::new());
    }
);

/// The bytes of all files of the folder, one after the other.
fn all_bytes(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        bytes.extend(if path.is_dir() { all_bytes(&path) } else { std::fs::read(&path).unwrap() });
    }
    bytes
}

both!(
    async fn a_computer_says_whether_it_can_recognise_faces(world: World) {
        let office = &world.administrator;
        let status = face_status(office, OfSchool { school: world.school }).await.unwrap();
        assert!(!status.on && status.policy_version == "1");
        assert_eq!(status.models.problem.is_none(), status.models.help.is_none());
        list_cameras(&::operations::at_desk(office), Nothing {}).await.unwrap();
    }
);
