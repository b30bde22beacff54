//! The keys of the faces: recovery on paper, rotation, and what dies with an old key.

use std::path::Path;
use std::sync::Arc;

use faces::*;
use kernel::{Context, ErrorCode, Folders, Upload};
use school::accounts::Nothing;
use school::schools::{OfSchool, Settings};
use sea_orm::ConnectionTrait;
use store::ids::ClassId;

use crate::both;
use crate::faces::*;
use crate::roster::Roster;
use crate::world::World;

/// The same database on another computer, whose key is `key`.
fn elsewhere(world: &World, folder: &Path, key: &[u8]) -> Context {
    std::fs::create_dir_all(folder.join("keys")).unwrap();
    std::fs::write(folder.join("keys/master.key"), key).unwrap();
    let folders = Folders { data: folder.into(), ..world.services.folders.clone() };
    let services = ::operations::services(world.services.store.clone(), world.clock.clone(), folders);
    Context { services, ..world.administrator.clone() }
}

/// How many people a photograph is compared with: the templates were opened.
async fn compared(context: &Context, class: ClassId, photograph: &Path) -> kernel::Result<u32> {
    let owner = Some(context.actor()?.user);
    let bytes = Arc::new(std::fs::read(photograph).unwrap());
    let upload = context.services.keep_upload(Upload { file_name: "p.jpg".into(), bytes, owner });
    let input = CheckPhotograph { class: Some(class), school: None, upload };
    Ok(check_photograph(context, input).await?.compared_with)
}

both!(
    async fn the_recovery_key_opens_the_faces_on_another_computer(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, school) = (&world.administrator, OfSchool { school: world.school });
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        assert_eq!(face_status(office, school.clone()).await.unwrap().recovery_printed_at, None);
        let shown = show_recovery_key(office, school.clone()).await.unwrap();
        assert_eq!(shown.groups.len(), 14);
        if let Some(document) = shown.document {
            let pdf = world.services.artifact(document, office.actor().unwrap().user).unwrap();
            assert!(pdf.bytes.starts_with(b"%PDF"));
        }
        let printed = face_status(office, school.clone()).await.unwrap().recovery_printed_at;
        assert_eq!(printed, Some(office.now()));
        // What was audited does not tell the key.
        let audit = "SELECT CAST(value AS TEXT) FROM settings WHERE name = 'recovery key'";
        let store = &world.services.store;
        let row = store.reader().query_one_raw(store.statement(audit, [])).await.unwrap();
        let text: String = row.unwrap().try_get_by_index(0).unwrap();
        assert!(shown.groups[..13].iter().all(|group| !text.contains(group.as_str())));

        let folder = tempfile::tempdir().unwrap();
        let other = elsewhere(&world, folder.path(), &[7; 32]);
        assert_eq!(compared(&other, roster.class_a, &known[0]).await.unwrap_err().code, ErrorCode::KeyStore);
        let typed = |key: String| RestoreFaceKey { school: world.school, key };
        let mut slipped = shown.groups.clone();
        let other_symbol = if slipped[4].starts_with('0') { "1" } else { "0" };
        slipped[4].replace_range(..1, other_symbol);
        let refused = restore_face_key(&other, typed(slipped.join(" "))).await.unwrap_err();
        assert!(refused.fields[0].message.to_string().starts_with("Group 5 ("), "{:?}", refused.fields);
        let restored = restore_face_key(&other, typed(shown.groups.join("-").to_lowercase())).await.unwrap();
        assert_eq!(restored, RestoredKey { place: KeyPlace::File, already: false });
        assert_eq!(compared(&other, roster.class_a, &known[0]).await.unwrap(), 1);
        assert_eq!(std::fs::read(folder.path().join("keys/master.former")).unwrap(), [7; 32], "put aside");
        assert!(restore_face_key(&other, typed(shown.groups.join(" "))).await.unwrap().already);
    }
);

both!(
    async fn a_rotated_key_makes_the_former_one_useless(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on_with(&world, Settings { face_keep_photographs: true, ..Settings::default() }).await;
        let (office, school) = (&world.administrator, OfSchool { school: world.school });
        let nothing = rotate_face_keys(office, Nothing {}).await.unwrap_err();
        assert_eq!(nothing.code, ErrorCode::KeyStore);
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        enrol(&world, roster.in_b[0], &known).await.unwrap();
        let paper = show_recovery_key(office, school.clone()).await.unwrap().groups.join(" ");
        let former = std::fs::read(master_key(&world)).unwrap();
        let rotated = rotate_face_keys(office, Nothing {}).await.unwrap();
        assert_eq!(rotated, RotatedKeys { schools: 1, templates: 6, photographs: 6, evidence: 0 });
        let now = std::fs::read(master_key(&world)).unwrap();
        assert_ne!(now, former);
        assert_eq!(files_with(world.folder.path(), &former), Vec::<std::path::PathBuf>::new());
        assert_eq!(compared(office, roster.class_a, &known[0]).await.unwrap(), 1);
        assert_eq!(export_held_faces(office, OfFaces { student: roster.in_b[0] }).await.unwrap().photographs, 3);
        // The paper from before is of no use any more, and the status says that there is none of the new key.
        let folder = tempfile::tempdir().unwrap();
        let other = elsewhere(&world, folder.path(), &former);
        assert_eq!(compared(&other, roster.class_a, &known[0]).await.unwrap_err().code, ErrorCode::KeyStore);
        let typed = RestoreFaceKey { school: world.school, key: paper };
        assert_eq!(restore_face_key(&other, typed).await.unwrap_err().fields[0].code, "wrong_key");
        assert_eq!(face_status(office, school).await.unwrap().recovery_printed_at, None);
        // Enrolling goes on with the new key.
        enrol(&world, roster.in_a[1], &known).await.unwrap();
    }
);

both!(
    async fn a_rotation_that_was_cut_off_loses_nothing(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        let former = std::fs::read(master_key(&world)).unwrap();

        // Died after the new key was prepared, before the commit: the former one opens.
        let folder = tempfile::tempdir().unwrap();
        let before = elsewhere(&world, folder.path(), &former);
        std::fs::write(folder.path().join("keys/master.next"), [9; 32]).unwrap();
        assert_eq!(compared(&before, roster.class_a, &known[0]).await.unwrap(), 1);
        assert_eq!(std::fs::read(folder.path().join("keys/master.key")).unwrap(), former);
        // Cancelled halfway: nothing is changed, and another try does it.
        let job = kernel::Job::default();
        job.cancel();
        let cancelled = Context { job, ..world.administrator.clone() };
        assert_eq!(rotate_face_keys(&cancelled, Nothing {}).await.unwrap_err().code, ErrorCode::Cancelled);
        assert_eq!(compared(&world.administrator, roster.class_a, &known[0]).await.unwrap(), 1);
        rotate_face_keys(&world.administrator, Nothing {}).await.unwrap();
        let now = std::fs::read(master_key(&world)).unwrap();

        // Died after the commit, before the new key took the former one's place: it takes it now.
        let folder = tempfile::tempdir().unwrap();
        let after = elsewhere(&world, folder.path(), &former);
        std::fs::write(folder.path().join("keys/master.next"), &now).unwrap();
        assert_eq!(compared(&after, roster.class_a, &known[0]).await.unwrap(), 1);
        assert_eq!(std::fs::read(folder.path().join("keys/master.key")).unwrap(), now);
        assert!(!folder.path().join("keys/master.next").exists());

        // One rotation at a time.
        let lock = std::fs::File::create(world.folder.path().join("keys/rotation.lock")).unwrap();
        lock.try_lock().unwrap();
        let busy = rotate_face_keys(&world.administrator, Nothing {}).await.unwrap_err();
        assert_eq!(busy.code, ErrorCode::InUse);
    }
);

both!(
    async fn one_damaged_row_holds_no_change_of_keys_up(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        enrol(&world, roster.in_a[1], &known).await.unwrap();
        let row = templates(&world).await.into_iter().find(|row| row.student_id == roster.in_a[1]).unwrap();
        let mut ciphertext = row.ciphertext;
        ciphertext[100] ^= 1;
        let store = &world.services.store;
        let spoil = "UPDATE face_templates SET ciphertext = $1 WHERE id = $2";
        let spoil = store.statement(spoil, [ciphertext.clone().into(), row.id.into()]);
        store.reader().execute_raw(spoil).await.unwrap();

        let rotated = rotate_face_keys(office, Nothing {}).await.unwrap();
        assert_eq!(rotated, RotatedKeys { schools: 1, templates: 5, photographs: 0, evidence: 0 });
        let after = templates(&world).await;
        assert_eq!(after.iter().find(|after| after.id == row.id).unwrap().ciphertext, ciphertext, "as it was");
        // Everybody is recognised: she whose template it is by her two others.
        assert_eq!(compared(office, roster.class_a, &known[0]).await.unwrap(), 2);
        let found = sealed_faults(&world.services, office.device.clone()).await.unwrap();
        assert_eq!((found.sound, found.damaged, found.students.as_slice()), (5, 1, &["1002".to_owned()][..]));
    }
);

both!(
    async fn a_new_key_that_cannot_take_its_place_yet_opens_from_where_it_is(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        let former = std::fs::read(master_key(&world)).unwrap();
        // Nothing is written in its place while a folder is there.
        std::fs::remove_file(master_key(&world)).unwrap();
        std::fs::create_dir(master_key(&world)).unwrap();
        let rotated = rotate_face_keys(office, Nothing {}).await.unwrap();
        assert_eq!((rotated.schools, rotated.templates), (1, 3), "what is done is not said to have failed");
        let next = std::fs::read(world.folder.path().join("keys/master.next")).unwrap();
        assert_eq!(compared(office, roster.class_a, &known[0]).await.unwrap(), 1);
        enrol(&world, roster.in_a[1], &known).await.unwrap();
        // Another change would write over the only key that opens the faces: it is refused, and they stay.
        let again = rotate_face_keys(office, Nothing {}).await.unwrap_err();
        assert_eq!(again.code, ErrorCode::FileSystem);
        assert_eq!(compared(office, roster.class_a, &known[0]).await.unwrap(), 2);

        // The next use puts it in its place.
        std::fs::remove_dir(master_key(&world)).unwrap();
        assert_eq!(compared(office, roster.class_a, &known[0]).await.unwrap(), 2);
        let now = std::fs::read(master_key(&world)).unwrap();
        assert!(now == next && now != former && !world.folder.path().join("keys/master.next").exists());
    }
);
