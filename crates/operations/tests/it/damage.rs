//! What another hand or a failing disk did to the data is found and named.

use std::path::Path;
use std::sync::Arc;

use faces::{OfFaces, purge_due, withdraw_consent};
use kernel::{ErrorCode, Folders, SystemClock};
use operations::call;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use school::people::{StudentIds, delete_students};
use school::schools::Settings;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use store::entities::{audit_changes, audit_entries, face_templates, marks};
use store::ids::MarkId;
use store::{Place, Store, StoreOptions};
use upkeep::{Undo, damage, undo};

use crate::both;
use crate::faces::{consent, enrol, faces_on, faces_on_with, photographs, templates};
use crate::graded::{Graded, cell, seen};
use crate::roster::Roster;
use crate::world::{On, World, device};

async fn findings(world: &World) -> Vec<String> {
    damage(&world.services).await.unwrap().findings.iter().map(ToString::to_string).collect()
}

async fn by_another_hand(world: &World, sql: &str) {
    let done = world.services.store.reader().execute_unprepared(sql).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
}

/// Marks that were changed and undone, a consent that was given and taken back, a student who is gone.
async fn lived_in(world: &World) -> Graded {
    let graded = Graded::new(world).await;
    faces_on_with(world, Settings::default()).await;
    graded.first_marks().await;
    let [jose, aarav, mohammed] = graded.students();
    let better = seen(cell(jose, graded.test_1, "16"), 1);
    let undone = graded.record(&graded.ben, vec![better]).await.undo.unwrap();
    undo(&graded.ben, Undo { entry: undone }).await.unwrap();
    let office = &world.administrator;
    for student in [jose, aarav] {
        faces::record_consent(office, consent(student)).await.unwrap();
    }
    withdraw_consent(office, OfFaces { student: aarav }).await.unwrap();
    delete_students(office, StudentIds { school: world.school, students: vec![mohammed] }).await.unwrap();
    graded
}

both!(
    async fn what_another_hand_changed_is_named(world: World) {
        let graded = lived_in(&world).await;
        let found = damage(&world.services).await.unwrap();
        assert_eq!((found.findings.as_slice(), found.unproven), (&[][..], 0));
        assert!(found.proven > 50, "{}", found.proven);

        by_another_hand(&world, "UPDATE marks SET value = value + 10000 WHERE value = 150000").await;
        let found = findings(&world).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("marks ") && found[0].ends_with(" of student 1001 is not what Homeroom wrote"),
            "{found:?}"
        );
        by_another_hand(&world, "UPDATE marks SET value = value - 10000 WHERE value = 160000").await;
        assert_eq!(findings(&world).await, Vec::<String>::new());

        // A consent that was withdrawn stands again; and so, where its version is put back too.
        by_another_hand(&world, "UPDATE consents SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL").await;
        let stands = findings(&world).await;
        assert!(stands[0].starts_with("consents ") && stands[0].contains("of student 1002"), "{stands:?}");
        by_another_hand(&world, "UPDATE consents SET version = 1").await;
        assert_eq!(findings(&world).await, stands);

        // Rows that are gone, and a row that Homeroom did not write.
        by_another_hand(&world, "DELETE FROM marks WHERE value = 200000").await;
        assert!(
            findings(&world).await.iter().any(|line| line.starts_with("marks ") && line.contains("did not delete"))
        );
        let row = marks::Entity::find().one(world.services.store.reader()).await.unwrap().unwrap();
        let [_, aarav, _] = graded.students();
        let row = marks::Model { id: MarkId::new(), student_id: aarav, assessment_id: graded.essay, ..row };
        let insert = marks::Entity::insert(row.clone().into_active_model().reset_all());
        insert.exec_without_returning(world.services.store.reader()).await.unwrap();
        let added = format!("marks {} of student 1002 was not written by Homeroom", row.id);
        assert!(findings(&world).await.contains(&added), "{added}");
        by_another_hand(&world, "DELETE FROM search_words WHERE word = 'munoz'").await;
        assert!(findings(&world).await.iter().any(|line| line.contains("not found by their own words")));
    }
);

both!(
    async fn entries_that_are_taken_from_the_history_are_missed(world: World) {
        lived_in(&world).await;
        let all = audit_entries::Entity::find().count(world.services.store.reader()).await.unwrap();
        assert!(all > 24, "{all}");
        // From the middle of what each connection wrote: of a cut-off end only its rows tell.
        let middle = "number > 1 AND number < (SELECT MAX(newest.number) FROM audit_entries newest \
                      WHERE newest.writer = audit_entries.writer)";
        let some = format!("SELECT id FROM audit_entries WHERE {middle}");
        by_another_hand(&world, &format!("UPDATE audit_changes SET digest = NULL WHERE entry_id IN ({some})")).await;
        let changed = findings(&world).await;
        assert!(changed.iter().any(|line| line.starts_with("the history was changed: entry")), "{changed:?}");
        by_another_hand(&world, &format!("DELETE FROM audit_changes WHERE entry_id IN ({some})")).await;
        by_another_hand(&world, "UPDATE audit_entries SET undoes = NULL WHERE undoes IS NOT NULL").await;
        by_another_hand(&world, &format!("DELETE FROM audit_entries WHERE {middle}")).await;
        let missed = findings(&world).await;
        assert!(missed.iter().any(|line| line.contains("missing before")), "{missed:?}");
    }
);

both!(
    async fn a_face_that_comes_back_with_an_older_copy_is_deleted_again(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        for student in [roster.in_a[0], roster.in_a[1]] {
            enrol(&world, student, &known).await.unwrap();
        }
        let before = templates(&world).await;
        faces::delete_faces(&world.administrator, OfFaces { student: roster.in_a[0] }).await.unwrap();
        // The consent stands; what was deleted comes back as it was.
        for row in before.iter().filter(|row| row.student_id == roster.in_a[0]) {
            let row = row.clone().into_active_model().reset_all();
            face_templates::Entity::insert(row).exec_without_returning(world.services.store.reader()).await.unwrap();
        }
        assert_eq!(templates(&world).await.len(), 6);
        let purged = purge_due(&world.services, device("night")).await.unwrap();
        assert_eq!((purged.templates, purged.scrubbed), (3, true));
        assert!(templates(&world).await.iter().all(|row| row.student_id == roster.in_a[1]));
        // Whoever is enrolled anew stays.
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        purge_due(&world.services, device("night")).await.unwrap();
        assert_eq!(templates(&world).await.len(), 6);
    }
);

/// What became of a flipped byte.
#[derive(Debug, PartialEq)]
enum Flip {
    Told,
    Harmless,
    Unnoticed,
}

/// Every row of every table as text, and the schema.
async fn dump(store: &Store) -> Result<Vec<String>, sea_orm::DbErr> {
    let db = store.reader();
    let texts = async |sql: &str| -> Result<Vec<String>, sea_orm::DbErr> {
        let rows = db.query_all_raw(store.statement(sql, [])).await?;
        rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
    };
    let mut all = texts("SELECT name || ':' || coalesce(sql, '') FROM sqlite_master ORDER BY name").await?;
    for table in texts("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").await? {
        let columns = texts(&format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')")).await?;
        let row = columns.join(" || '|' || ");
        all.extend(texts(&format!("SELECT '{table}|' || {row} FROM \"{table}\" ORDER BY 1")).await?);
    }
    Ok(all)
}

async fn flip(whole: &[u8], at: usize, bit: u8, before: &[String]) -> Flip {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("homeroom.db");
    let mut bytes = whole.to_vec();
    bytes[at] ^= 1 << bit;
    std::fs::write(&file, bytes).unwrap();
    let Ok((store, 0)) = Store::look(&Place::File(file), &StoreOptions::default()).await else { return Flip::Told };
    let data = folder.path().to_path_buf();
    let folders = Folders { documents: data.clone(), vendor: data.clone(), data, sums: kernel::Sums::Any };
    let services = ::operations::services(store, Arc::new(SystemClock), folders);
    let told = !services.store.check().await.is_ok_and(|faults| faults.is_empty())
        || !damage(&services).await.is_ok_and(|found| found.findings.is_empty());
    if told {
        return Flip::Told;
    }
    match dump(&services.store).await {
        Ok(after) if after == before => Flip::Harmless,
        after => {
            let after = after.unwrap_or_default();
            let other: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
            println!("byte {at}, bit {bit}: {other:?}");
            Flip::Unnoticed
        }
    }
}

/// A share of them at every run; HOMEROOM_FLIPS says another number.
const FLIPS: usize = 12;

both!(
    async fn a_flipped_byte_is_told_or_does_no_harm(world: World) {
        if world.on != On::Sqlite {
            return;
        }
        lived_in(&world).await;
        let whole = closed(world).await;
        let folder = tempfile::tempdir().unwrap();
        let before = dump_of(&whole, folder.path()).await;
        let flips = std::env::var("HOMEROOM_FLIPS").ok().and_then(|flips| flips.parse().ok()).unwrap_or(FLIPS);
        let mut rng = StdRng::seed_from_u64(9);
        let (mut told, mut harmless, mut unnoticed) = (0, 0, 0);
        for _ in 0..flips {
            let (at, bit) = (rng.random_range(0..whole.len()), rng.random_range(0..8));
            match flip(&whole, at, bit, &before).await {
                Flip::Told => told += 1,
                Flip::Harmless => harmless += 1,
                Flip::Unnoticed => unnoticed += 1,
            }
        }
        println!("{flips} bytes flipped: {told} told, {harmless} harmless, {unnoticed} unnoticed");
        assert_eq!(unnoticed, 0);
    }
);

/// Closes the database and returns its bytes.
async fn closed(world: World) -> Vec<u8> {
    let World { services, administrator, folder, .. } = world;
    drop(administrator);
    services.store.clone().close().await.unwrap();
    std::fs::read(folder.path().join("homeroom.db")).unwrap()
}

async fn dump_of(whole: &[u8], folder: &Path) -> Vec<String> {
    let file = folder.join("homeroom.db");
    std::fs::write(&file, whole).unwrap();
    let (store, _) = Store::look(&Place::File(file), &StoreOptions::default()).await.unwrap();
    dump(&store).await.unwrap()
}

/// Each column that holds one of a few words, with an operation that reads it.
const WORDS: [(&str, &str, &str); 9] = [
    ("students", "status", "people.list_students"),
    ("academic_sessions", "kind", "schools.list_sessions"),
    ("attendance_codes", "meaning", "schools.list_attendance_codes"),
    ("attendance_marks", "source", "attendance.register"),
    ("marks", "state", "gradebook.mark_sheet"),
    ("report_comments", "kind", "gradebook.report_comments"),
    ("grants", "role", "accounts.list_users"),
    ("audit_changes", "kind", "upkeep.change_details"),
    ("face_uses", "purpose", "faces.face_uses"),
];

both!(
    async fn a_word_that_nobody_knows_is_told_and_named(world: World) {
        let graded = lived_in(&world).await;
        let of = |operation: &str, entry: uuid::Uuid| match operation {
            "attendance.register" => json!({ "class": graded.roster.class_a, "date": "2026-10-14", "lesson": 0 }),
            "gradebook.mark_sheet" => json!({ "course": graded.roster.course, "term": graded.autumn }),
            "gradebook.report_comments" => json!({ "class": graded.roster.class_a, "term": graded.autumn }),
            "upkeep.change_details" => json!({ "entry": entry }),
            _ => json!({ "school": world.school }),
        };
        let comment = json!({ "student": graded.roster.in_a[0], "kind": "course", "course": graded.roster.course, "body": "Good." });
        let comments = json!({ "class": graded.roster.class_a, "term": graded.autumn, "comments": [comment] });
        call(&world.administrator, "gradebook.save_comments", comments).await.unwrap();
        call(&world.administrator, "attendance.mark_all_present", of("attendance.register", uuid::Uuid::nil()))
            .await
            .unwrap();
        call(&world.administrator, "faces.export_held_faces", json!({ "student": graded.roster.in_a[0] }))
            .await
            .unwrap();
        let db = world.services.store.reader();
        let (mut asked, mut named) = (0, 0);
        for (table, column, operation) in WORDS {
            let changed = audit_changes::Entity::find()
                .filter(audit_changes::Column::TableName.eq("students"))
                .one(db)
                .await
                .unwrap()
                .unwrap();
            let first = format!("SELECT id FROM {table} ORDER BY id LIMIT 1");
            let kept = db.query_one_raw(
                world.services.store.statement(&format!("SELECT {column} FROM {table} ORDER BY id LIMIT 1"), []),
            );
            let kept: String = kept.await.unwrap().unwrap().try_get_by_index(0).unwrap();
            let every = if table == "audit_changes" { String::new() } else { format!(" WHERE id = ({first})") };
            let spoilt = match table {
                "audit_changes" => format!("UPDATE {table} SET {column} = 'zzyzx ' || {column}"),
                _ => format!("UPDATE {table} SET {column} = 'zzyzx'{every}"),
            };
            by_another_hand(&world, &spoilt).await;
            let refused = call(&world.administrator, operation, of(operation, changed.entry_id.0)).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::Database, "{table}.{column}");
            assert!(refused.message.to_string().contains("does not know"), "{}", refused.message);
            assert!(refused.help.unwrap().to_string().contains("doctor"));
            asked += 1;
            let found = findings(&world).await;
            named += usize::from(found.iter().any(|line| line.contains("cannot be read")));
            let mended = match table {
                "audit_changes" => format!("UPDATE {table} SET {column} = replace({column}, 'zzyzx ', '')"),
                _ => format!("UPDATE {table} SET {column} = '{kept}'{every}"),
            };
            by_another_hand(&world, &mended).await;
            assert_eq!(findings(&world).await, Vec::<String>::new(), "{table}.{column}");
        }
        assert_eq!((asked, named), (9, 9));
    }
);
