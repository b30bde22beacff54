//! A clock that is wrong: it locks nobody out, keeps no session open for a year, and nothing is deleted by it.

use chrono::Duration;
use faces::*;
use kernel::{Context, ErrorCode};
use school::accounts;
use school::accounts::Nothing;
use school::schools::{OfSchool, SaveSettings, save_settings, settings};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use store::entities::{evidence_frames, face_photographs, face_templates};
use store::ids::{EvidenceFrameId, FacePhotographId, FaceTemplateId, StudentId};
use upkeep::{confirm_clock, health, today};

use crate::both;
use crate::faces::faces_on;
use crate::roster::Roster;
use crate::world::{PASSWORD, World, date, device};

fn year() -> Duration {
    Duration::seconds(31_536_000)
}

async fn again(world: &World) -> Context {
    world.resume(&world.sign_in("office", "amara", PASSWORD).await.unwrap()).await
}

both!(
    async fn a_clock_that_was_a_year_ahead_locks_nobody_out(world: World) {
        world.sign_in("office", "amara", PASSWORD).await.unwrap();
        world.clock.move_by(year());
        for _ in 0..7 {
            let refused = world.sign_in("office", "amara", "not the password").await.map(|_| ()).unwrap_err();
            if refused.code == ErrorCode::SlowDown {
                break;
            }
        }
        // The computer has asked a time server.
        world.clock.move_by(-year());
        let slowed = world.sign_in("office", "amara", PASSWORD).await.map(|_| ()).unwrap_err();
        let seconds = slowed.details.unwrap()["seconds"].as_i64().unwrap();
        assert!((1..=61).contains(&seconds), "{seconds}");
        // The wait goes by, and does not begin anew with each try.
        world.clock.move_by(Duration::seconds(seconds));
        world.sign_in("office", "amara", PASSWORD).await.unwrap();
    }
);

both!(
    async fn a_session_lasts_no_longer_than_its_limits_whatever_the_clock_was(world: World) {
        world.clock.move_by(year());
        let ahead = world.sign_in("office", "amara", PASSWORD).await.unwrap();
        world.clock.move_by(-year());
        // Used from now on: it ends within its own limit from now, not a year later.
        for _ in 0..16 {
            world.resume(&ahead).await;
            world.clock.move_by(Duration::hours(10));
        }
        // In use to the end: it is not idleness that ends it.
        world.resume(&ahead).await;
        world.clock.move_by(Duration::hours(9));
        let ended = accounts::resume(&world.anonymous("office"), &ahead).await.map(|_| ()).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired);

        world.clock.move_by(year());
        let idle = world.sign_in("office", "amara", PASSWORD).await.unwrap();
        world.clock.move_by(-year());
        world.resume(&idle).await;
        world.clock.move_by(Duration::hours(12));
        let ended = accounts::resume(&world.anonymous("office"), &idle).await.map(|_| ()).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired);
    }
);

/// A consent with what rests on it: a template, a photograph, a picture of a camera.
async fn held(world: &World, student: StudentId, class: store::ids::ClassId) -> store::ids::ConsentId {
    let office = &world.administrator;
    let letter = ConsentLetter {
        student,
        guardian: None,
        own: None,
        given_by: Some("Rosa Vega".into()),
        relationship: Some("aunt".into()),
        given_on: None,
    };
    let letters = RecordConsents {
        school: world.school,
        wording_version: "1".into(),
        given_on: date("2026-10-05"),
        letters: vec![letter],
    };
    let consent = record_consents(office, letters).await.unwrap().consents[0];
    let (nonce, ciphertext, version) = (vec![0; 24], vec![0; 64], 1);
    let template = face_templates::Model {
        id: FaceTemplateId::new(),
        school_id: world.school,
        student_id: student,
        model: "test".into(),
        model_version: "test-1".into(),
        nonce: nonce.clone(),
        ciphertext: ciphertext.clone(),
        quality: 1.0,
        created_at: office.now(),
        version,
    };
    let photograph = face_photographs::Model {
        id: FacePhotographId::new(),
        school_id: world.school,
        student_id: student,
        nonce: nonce.clone(),
        ciphertext: ciphertext.clone(),
        created_at: office.now(),
        version,
    };
    let evidence = evidence_frames::Model {
        id: EvidenceFrameId::new(),
        school_id: world.school,
        class_id: class,
        student_id: Some(student),
        date: date("2026-10-14"),
        lesson: 0,
        nonce,
        ciphertext,
        taken_at: office.now(),
        version,
    };
    let mut tx = world.services.store.begin().await.unwrap();
    tx.insert::<face_templates::Entity>(template).await.unwrap();
    tx.insert::<face_photographs::Entity>(photograph).await.unwrap();
    tx.insert::<evidence_frames::Entity>(evidence).await.unwrap();
    tx.commit().await.unwrap();
    consent
}

/// How many templates, photographs and pictures there are.
async fn kept(world: &World) -> [u64; 3] {
    let db = world.services.store.reader();
    [
        face_templates::Entity::find().count(db).await.unwrap(),
        face_photographs::Entity::find().count(db).await.unwrap(),
        evidence_frames::Entity::find().count(db).await.unwrap(),
    ]
}

async fn change(world: &World, context: &Context, how: impl FnOnce(&mut school::schools::Settings)) {
    let mut now = settings(context, OfSchool { school: world.school }).await.unwrap();
    how(&mut now.settings);
    let input = SaveSettings { school: world.school, version: now.version, settings: now.settings };
    save_settings(context, input).await.unwrap();
}

both!(
    async fn nothing_is_deleted_by_a_clock_that_is_wrong(world: World) {
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let office = &world.administrator;
        change(&world, office, |settings| {
            (settings.face_keep_photographs, settings.face_evidence_days, settings.face_consent_days) = (true, 7, 100);
        })
        .await;
        let consent = held(&world, roster.in_a[0], roster.class_a).await;
        held(&world, roster.in_a[1], roster.class_a).await;
        let night = async || purge_due(&world.services, device("night")).await;
        night().await.unwrap();
        assert_eq!(kept(&world).await, [2, 2, 2]);

        for wrong in [year(), -Duration::hours(25), Duration::days(61)] {
            world.clock.move_by(wrong);
            assert_eq!(night().await.unwrap_err().code, ErrorCode::Clock, "{wrong}");
            let office = again(&world).await;
            assert_eq!(purge_faces(&office, Nothing {}).await.unwrap_err().code, ErrorCode::Clock);
            // A person who changes something else deletes nothing by it, and is told.
            change(&world, &office, |settings| settings.late_after_minutes += 1).await;
            assert_eq!(kept(&world).await, [2, 2, 2], "{wrong}");
            let doubt = today(&office, OfSchool { school: world.school }).await.unwrap().clock.unwrap();
            assert_eq!(doubt.now - doubt.seen, wrong);
            assert_eq!(health(&office, Nothing {}).await.unwrap().clock, Some(doubt));
            // What was done meanwhile does not make the clock right.
            assert_eq!(night().await.unwrap_err().code, ErrorCode::Clock, "{wrong}");
            world.clock.move_by(-wrong);
            night().await.unwrap();
        }

        // What a person takes back goes all the same.
        world.clock.move_by(year());
        let late = again(&world).await;
        let back = TakeBackConsents { school: world.school, consents: vec![consent] };
        take_back_consents(&late, back).await.unwrap();
        assert_eq!(kept(&world).await[0], 1);
        // The clock is right: a year has passed.
        confirm_clock(&late, Nothing {}).await.unwrap();
        assert_eq!(today(&late, OfSchool { school: world.school }).await.unwrap().clock, None);
        night().await.unwrap();
        assert_eq!(kept(&world).await, [0, 0, 0]);
        // From then on a clock that shows the year before is the one that is wrong.
        world.clock.move_by(-year());
        assert_eq!(night().await.unwrap_err().code, ErrorCode::Clock);
    }
);

both!(
    async fn before_times_were_remembered_the_newest_act_tells(world: World) {
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        change(&world, &world.administrator, |settings| {
            (settings.face_keep_photographs, settings.face_evidence_days, settings.face_consent_days) = (true, 7, 100);
        })
        .await;
        held(&world, roster.in_a[0], roster.class_a).await;
        // The database of a former Homeroom knows acts only.
        let forget = async || {
            world.services.store.reader().execute_unprepared("DELETE FROM clock_seen").await.unwrap();
        };
        let night = async || purge_due(&world.services, device("night")).await;
        for wrong in [year(), -Duration::days(2)] {
            forget().await;
            world.clock.move_by(wrong);
            assert_eq!(night().await.unwrap_err().code, ErrorCode::Clock, "{wrong}");
            assert_eq!(kept(&world).await, [1, 1, 1], "{wrong}");
            world.clock.move_by(-wrong);
        }
        forget().await;
        world.clock.move_by(Duration::days(30));
        night().await.unwrap();
        assert_eq!(kept(&world).await, [1, 1, 0], "the pictures of a week are over, and the clock is believed");
    }
);

both!(
    async fn a_school_that_is_opened_again_after_the_holidays_is_asked_nothing(world: World) {
        again(&world).await;
        for _ in 0..6 {
            world.clock.move_by(Duration::days(60));
            let office = again(&world).await;
            assert_eq!(health(&office, Nothing {}).await.unwrap().clock, None);
        }
    }
);
