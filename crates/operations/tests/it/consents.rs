//! Consents of many signed letters, recorded in one act.

use faces::*;
use school::people::{OfStudent, student};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entities::{consents, face_templates};
use store::ids::StudentId;

use crate::both;
use crate::faces::{everybody, faces_on};
use crate::roster::Roster;
use crate::world::{World, date};

fn typed(student: StudentId) -> ConsentLetter {
    ConsentLetter {
        student,
        guardian: None,
        own: None,
        given_by: Some("Rosa Vega".into()),
        relationship: Some("aunt".into()),
        given_on: None,
    }
}

fn of(world: &World, letters: Vec<ConsentLetter>) -> RecordConsents {
    RecordConsents { school: world.school, wording_version: "1".into(), given_on: date("2026-10-05"), letters }
}

both!(
    async fn many_letters_are_one_act_with_giver_and_day_and_can_be_taken_back(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        faces_on(&world).await;
        let mother = student(office, OfStudent { student: roster.in_a[0] }).await.unwrap().guardians[0].id;
        let letters = vec![
            ConsentLetter { guardian: Some(mother), given_by: None, relationship: None, ..typed(roster.in_a[0]) },
            ConsentLetter { given_on: Some(date("2026-09-30")), ..typed(roster.in_a[1]) },
            typed(roster.in_b[0]),
        ];
        let recorded = record_consents(office, of(&world, letters)).await.unwrap();
        assert_eq!(recorded.consents.len(), 3);
        let rows = consent_state(office, everybody(&world)).await.unwrap().rows;
        let consent = |of: StudentId| rows.iter().find(|row| row.student == of).unwrap().consent.clone();
        let jose = consent(roster.in_a[0]).unwrap();
        assert_eq!((jose.given_by.as_str(), jose.relationship.as_str()), ("Lucía Muñoz", "mother"));
        // Noon in Nairobi.
        assert_eq!(jose.given_at.to_rfc3339(), "2026-10-05T09:00:00+00:00");
        let aarav = consent(roster.in_a[1]).unwrap();
        assert_eq!((aarav.given_by.as_str(), aarav.given_at.date_naive()), ("Rosa Vega", date("2026-09-30")));
        assert_eq!(consent(roster.in_a[2]), None);
        let guardians = &rows.iter().find(|row| row.student == roster.in_a[0]).unwrap().guardians;
        assert_eq!((guardians[0].id, guardians[0].name.as_str()), (mother, "Lucía Muñoz"));

        // Templates that rest on a consent go with it when it is taken back.
        let db = world.services.store.reader();
        let template = face_templates::Model {
            id: store::ids::FaceTemplateId::new(),
            school_id: world.school,
            student_id: roster.in_a[0],
            model: "test".into(),
            model_version: "test-1".into(),
            nonce: vec![0; 24],
            ciphertext: vec![0; 64],
            quality: 1.0,
            created_at: office.now(),
            version: 1,
        };
        let mut tx = world.services.store.begin().await.unwrap();
        tx.insert::<face_templates::Entity>(template).await.unwrap();
        tx.commit().await.unwrap();
        let before = entries(&world).await;
        let input = || TakeBackConsents { school: world.school, consents: recorded.consents.clone() };
        assert_eq!(take_back_consents(office, input()).await.unwrap().templates, 1);
        let rows = consent_state(office, everybody(&world)).await.unwrap().rows;
        assert!(rows.iter().all(|row| row.consent.is_none()));
        assert_eq!(face_templates::Entity::find().count(db).await.unwrap(), 0, "nothing stays without a consent");
        let withdrawn = consents::Entity::find().all(db).await.unwrap();
        assert!(withdrawn.len() == 3 && withdrawn.iter().all(|row| row.withdrawn_at.is_some()), "on record");
        assert_eq!(entries(&world).await, before + 1, "one act with all that goes with it");
        assert_eq!(take_back_consents(office, input()).await.unwrap().templates, 0, "again it changes nothing");
        // A consent that was given before stands.
        record_consents(office, of(&world, vec![typed(roster.in_a[0])])).await.unwrap();
        let twice = record_consents(office, of(&world, vec![typed(roster.in_a[0])])).await.unwrap();
        let input = TakeBackConsents { school: world.school, consents: twice.consents };
        take_back_consents(office, input).await.unwrap();
        let rows = consent_state(office, everybody(&world)).await.unwrap().rows;
        assert!(rows.iter().any(|row| row.student == roster.in_a[0] && row.consent.is_some()));
    }
);

async fn entries(world: &World) -> u64 {
    let db = world.services.store.reader();
    store::entities::audit_entries::Entity::find().count(db).await.unwrap()
}

both!(
    async fn what_is_wrong_with_a_letter_is_said_and_none_is_recorded(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        faces_on(&world).await;
        let own = |student| ConsentLetter { own: Some(true), given_by: None, relationship: None, ..typed(student) };
        let letters = vec![
            typed(roster.in_a[0]),
            own(roster.in_a[1]),
            ConsentLetter { given_by: Some("José Muñoz".into()), ..typed(roster.in_a[0]) },
            ConsentLetter { given_on: Some(date("2026-10-15")), ..typed(roster.in_a[2]) },
            typed(StudentId::new()),
            ConsentLetter { given_on: Some(date("2024-01-01")), ..typed(roster.in_b[0]) },
        ];
        let refused = record_consents(office, of(&world, letters)).await.unwrap_err();
        let fields: Vec<(&str, &str)> = refused.fields.iter().map(|f| (f.field.as_str(), f.code.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("letters.1.own", "too_young"),
                ("letters.2.student", "twice"),
                ("letters.2.givenBy", "own_name"),
                ("letters.3.givenOn", "future"),
                ("letters.4.student", "unknown"),
                ("letters.5.givenOn", "ended"),
            ]
        );
        let outdated = RecordConsents { wording_version: "0".into(), ..of(&world, vec![typed(roster.in_a[0])]) };
        assert_eq!(record_consents(office, outdated).await.unwrap_err().fields[0].field, "wordingVersion");
        let db = world.services.store.reader();
        assert_eq!(consents::Entity::find().count(db).await.unwrap(), 0);
    }
);
