//! Evidence: the faces by which a camera marked somebody.

use faces::{FacePurpose, FaceUses, OfEvidence, attendance_evidence, face_uses};
use live::*;
use school::attendance::*;
use upkeep::{Undo, undo};

use super::{Lesson, change_settings, day, start, until};
use crate::both;

both!(
    async fn evidence_is_kept_only_where_the_school_wants_it(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, student, film) = (&world.administrator, lesson.student, lesson.film());
        let OfRegister { date, lesson: hour, .. } = day(&lesson.roster);
        let mark = || async {
            let session = start(office, &lesson.roster, film.source()).await;
            until(&session, |state| !state.proposed.is_empty()).await;
            let confirm = ConfirmProposals { session: session.id, students: vec![student] };
            confirm_proposals(office, confirm).await.unwrap()
        };
        let look = || attendance_evidence(office, OfEvidence { student, date, lesson: hour });
        let confirmed = mark().await;
        assert!(look().await.unwrap().is_empty(), "nothing is kept where the school has not chosen it");

        undo(office, Undo { entry: confirmed.undo.unwrap() }).await.unwrap();
        change_settings(&world, |settings| settings.face_evidence_days = 7).await;
        let confirmed = mark().await;
        let kept = look().await.unwrap();
        assert_eq!(kept.len(), 1);
        let owner = office.actor().unwrap().user;
        let picture = world.services.artifact(kept[0].artifact, owner).unwrap();
        let picture = image::load_from_memory(&picture.bytes).unwrap();
        assert!(picture.width() <= 200 && picture.height() <= 200 && picture.height() > 60);
        // That it was looked at is written down, and so is the session.
        let uses = FaceUses { school: world.school, student: Some(student), offset: None, limit: None };
        let uses = face_uses(office, uses).await.unwrap().rows;
        assert_eq!(uses[0].purpose, FacePurpose::Evidence);
        assert_eq!(uses.iter().filter(|row| row.purpose == FacePurpose::Session && row.people == 1).count(), 2);
        // Taking the mark back still works, and after the days nothing is shown.
        undo(office, Undo { entry: confirmed.undo.unwrap() }).await.unwrap();
        world.clock.move_by(chrono::Duration::days(8));
        assert!(look().await.unwrap().is_empty());
    }
);
