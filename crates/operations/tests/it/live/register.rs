//! A camera looks at a class: it proposes, and a person decides.

use std::path::Path;
use std::sync::Arc;

use ::operations::at_desk;
use desk::*;
use faces::{OfFaces, engine, withdraw_consent};
use kernel::ErrorCode;
use live::*;
use live::{LiveFaceState, LivePurpose, LiveSource, LiveState, UnsureReason};
use school::attendance::*;
use school::schools::AttendanceMeaning;
use store::ids::StudentId;
use upkeep::{Undo, undo};

use super::{Lesson, change_settings, day, start, until, written};
use crate::both;

#[path = "../../../../vision/tests/attacks/mod.rs"]
mod attacks;

fn ids<'a>(of: impl IntoIterator<Item = &'a StudentId>) -> Vec<StudentId> {
    of.into_iter().copied().collect()
}

both!(
    async fn a_live_register_proposes_and_a_person_confirms(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, student, film) = (&world.administrator, lesson.student, lesson.film());
        let session = start(office, &lesson.roster, film.source()).await;
        let begun = session.now();
        assert_eq!((begun.purpose, begun.enrolled, begun.proposed.len()), (LivePurpose::Register, 1, 0));
        assert_eq!((begun.missing.len(), begun.present.len()), (3, 0));
        let able: Vec<StudentId> = begun.missing.iter().filter(|s| s.can_be_recognised).map(|s| s.student).collect();
        assert_eq!(able, [student], "the screen says who cannot be recognised");

        let seen = until(&session, |state| state.unknown == 1 && !state.proposed.is_empty()).await;
        let proposal = &seen.proposed[0];
        assert_eq!((proposal.student, proposal.frames >= 3, proposal.source), (student, true, MarkSource::Camera));
        assert!(proposal.score > 0.5 && proposal.minutes_late.is_some(), "11:00 in Nairobi is late: {proposal:?}");
        assert!(!ids(seen.missing.iter().map(|s| &s.student)).contains(&student));
        let camera = &seen.cameras[0];
        assert_eq!((camera.camera, camera.kind, camera.faces.len()), (0, LiveSource::Folder, 2));
        assert!(camera.health.frames > 0 && camera.health.milliseconds.find > 0.0, "{:?}", camera.health);
        let jpeg = session.pictures(0).unwrap().borrow().clone().unwrap().jpeg().unwrap();
        let shown = image::load_from_memory(&jpeg).unwrap();
        assert_eq!((shown.width(), shown.height()), (640, 400));

        // Nothing is written before somebody confirms it.
        assert_eq!(register(office, day(&lesson.roster)).await.unwrap().unmarked, 3);
        let confirm = ConfirmProposals { session: session.id, students: vec![student] };
        let confirmed = confirm_proposals(office, confirm.clone()).await.unwrap();
        let state = session.now();
        assert_eq!((ids(state.present.iter().map(|s| &s.student)), state.proposed.len()), (vec![student], 0));
        assert!(state.present[0].recognised && state.present[0].meaning == AttendanceMeaning::Late);
        let mark = written(&world, &lesson.roster, student).await.unwrap();
        assert_eq!((mark.meaning, mark.source), (AttendanceMeaning::Late, MarkSource::Camera));
        // Twice changes nothing; undo brings the proposal back.
        assert_eq!(confirm_proposals(office, confirm).await.unwrap().undo, None);
        undo(office, Undo { entry: confirmed.undo.unwrap() }).await.unwrap();
        until(&session, |state| state.proposed.len() == 1 && state.present.is_empty()).await;

        // A withdrawn consent takes the face out of the running camera too.
        withdraw_consent(office, OfFaces { student }).await.unwrap();
        let state = until(&session, |state| state.enrolled == 0).await;
        assert!(state.proposed.is_empty());
        stop_live_session(&at_desk(office), OfLiveSession { session: session.id }).await.unwrap();
        let gone = live_session(office, OfLiveSession { session: session.id }).await.unwrap_err();
        assert_eq!(gone.code, ErrorCode::NotFound);
    }
);

both!(
    async fn a_persons_word_is_remembered_in_every_session_of_the_register(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, student, other, film) =
            (&world.administrator, lesson.student, lesson.roster.in_a[1], lesson.film());
        let session = start(office, &lesson.roster, film.source()).await;
        until(&session, |state| !state.proposed.is_empty()).await;

        // It is somebody else: written by hand, and the wrong one is not proposed again.
        let no = CorrectProposal { session: session.id, wrong: Some(student), track: None, right: Some(other) };
        let corrected = correct_proposal(office, no.clone()).await.unwrap();
        let state = session.now();
        assert!(state.proposed.is_empty());
        assert!(state.missing.iter().any(|missing| missing.student == student && missing.rejected));
        assert_eq!(written(&world, &lesson.roster, other).await.unwrap().source, MarkSource::Hand);
        let confirm = ConfirmProposals { session: session.id, students: vec![student] };
        assert_eq!(confirm_proposals(office, confirm).await.unwrap_err().code, ErrorCode::Invalid);
        // The face on the left carries nobody's name any more.
        until(&session, |state| {
            let faces = &state.cameras[0].faces;
            faces.len() == 2
                && faces.iter().all(|face| face.student.is_none() && face.state != LiveFaceState::Recognised)
        })
        .await;

        // Nor in another session of the same register, whoever starts it.
        let teacher = world.user_for("ben", kernel::Role::Teacher, world.school, Some(lesson.roster.ben), None).await;
        let later = start(&teacher, &lesson.roster, film.source()).await;
        let state =
            until(&later, |state| state.cameras[0].faces.iter().any(|f| f.state == LiveFaceState::Unsure)).await;
        assert!(state.proposed.is_empty());
        // The undo takes both back at once, and the session follows.
        undo(office, Undo { entry: corrected.undo.unwrap() }).await.unwrap();
        until(&later, |state| state.proposed.iter().any(|proposal| proposal.student == student)).await;
        assert!(written(&world, &lesson.roster, other).await.is_none());

        // Absent by hand is a word too.
        let shown = register(office, day(&lesson.roster)).await.unwrap();
        let absent = shown.codes.iter().find(|code| code.meaning == AttendanceMeaning::Absent).unwrap().id;
        let entry =
            AttendanceEntry { student, code: Some(absent), reason: None, minutes_late: None, seen_version: None };
        let input = RecordAttendance { register: day(&lesson.roster), marks: vec![entry] };
        record_attendance(office, input).await.unwrap();
        let state = until(&later, |state| state.proposed.is_empty()).await;
        let missing = state.missing.iter().find(|missing| missing.student == student).unwrap();
        assert_eq!(missing.meaning, Some(AttendanceMeaning::Absent));
        // The face that is decided to be nobody's does not wait again.
        let nobody = CorrectProposal { wrong: Some(lesson.roster.in_b[0]), ..no };
        assert_eq!(correct_proposal(office, nobody).await.unwrap_err().fields[0].code, "not_enrolled");
    }
);

both!(
    async fn a_portrait_on_a_display_waits_for_a_person_and_is_not_proposed(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, known) = (&world.administrator, &lesson.known);
        let models = &engine(office).await.unwrap().models;
        let portrait = known.iter().find_map(|file| attacks::source(models, &image::open(file).unwrap().into_rgb8()));
        let folder = tempfile::tempdir().unwrap();
        let scene = attacks::Scene { eyes: 60.0, seed: 1, frames: 8 };
        for (n, frame) in attacks::film(&portrait.unwrap(), attacks::Kind::Display, scene).enumerate() {
            frame.save(folder.path().join(format!("{n:02}.png"))).unwrap();
        }
        let path = folder.path().display().to_string();
        let source = CameraSource::Folder { path, frames_per_second: Some(10.0), repeat: true };
        let session = start(office, &lesson.roster, source).await;
        let flat = |state: &Arc<LiveState>| state.unsure.iter().any(|face| face.reason == UnsureReason::LooksFlat);
        let seen = until(&session, flat).await;
        assert!(seen.proposed.is_empty(), "{:?}", seen.proposed);
        assert!(seen.cameras[0].faces.iter().all(|face| face.state != LiveFaceState::Recognised), "{:?}", seen.cameras);
        stop_live_session(&at_desk(office), OfLiveSession { session: session.id }).await.unwrap();
        assert_eq!(register(office, day(&lesson.roster)).await.unwrap().unmarked, 3);
    }
);

both!(
    async fn where_students_must_move_a_still_portrait_is_not_proposed_and_a_turned_head_is(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        change_settings(&world, |settings| settings.face_must_move = true).await;
        let (office, known) = (&world.administrator, &lesson.known);
        let models = &engine(office).await.unwrap().models;
        let portrait = known.iter().find_map(|file| attacks::source(models, &image::open(file).unwrap().into_rgb8()));
        let portrait = portrait.unwrap();
        let play = |kind, folder: &Path| {
            let scene = attacks::Scene { eyes: 60.0, seed: 40, frames: 40 };
            for (n, frame) in attacks::film(&portrait, kind, scene).enumerate() {
                frame.save(folder.join(format!("{n:02}.png"))).unwrap();
            }
            CameraSource::Folder { path: folder.display().to_string(), frames_per_second: Some(10.0), repeat: true }
        };
        let (still, moving) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let session = start(office, &lesson.roster, play(attacks::Kind::Rotated, still.path())).await;
        let played = until(&session, |state| state.cameras[0].sequence >= 40).await;
        assert!(played.proposed.is_empty() && played.unsure.is_empty(), "{:?} {:?}", played.proposed, played.unsure);
        assert_eq!(played.cameras[0].faces[0].state, LiveFaceState::Looking);
        stop_live_session(&at_desk(office), OfLiveSession { session: session.id }).await.unwrap();
        let looks_about = attacks::Kind::Genuine(attacks::Genuine::LooksAbout);
        let session = start(office, &lesson.roster, play(looks_about, moving.path())).await;
        let seen = until(&session, |state| !state.proposed.is_empty()).await;
        assert_eq!(seen.proposed[0].student, lesson.student);
    }
);
