//! Photographs of a class, and photographs taken to enrol.

use std::path::{Path, PathBuf};

use ::operations::at_desk;
use desk::*;
use faces::{EnrolFaces, enrol_faces, record_consent};
use kernel::ErrorCode;
use live::*;
use live::{CameraStatus, LiveSource, find_session};
use school::attendance::*;
use school::schools::AttendanceMeaning;

use super::{Lesson, day, picture, until, written};
use crate::both;
use crate::faces::{consent, upload, upload_files};

both!(
    async fn photographs_of_the_class_do_the_same_as_a_camera(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, student, known, stranger) =
            (&world.administrator, lesson.student, &lesson.known, &lesson.stranger);
        let folder = tempfile::tempdir().unwrap();
        let class: Vec<PathBuf> = ["1.jpg", "2.jpg"].map(|name| folder.path().join(name)).into();
        picture(&class[0], &known[0], stranger);
        picture(&class[1], &known[1], stranger);
        let uploads = upload_files(&world, &class);
        let OfRegister { class, date, lesson: hour, .. } = day(&lesson.roster);
        let input =
            StartPhotographSession { class, date, lesson: hour, uploads: vec![uploads[0]], even_if_no_school: None };
        let state = start_photograph_session(office, input.clone()).await.unwrap();
        let proposal = &state.proposed[0];
        assert_eq!((state.proposed.len(), proposal.student, proposal.frames), (1, student, 1));
        assert_eq!((proposal.source, proposal.minutes_late), (MarkSource::Photograph, None));
        assert_eq!((state.unknown, state.missing.len()), (1, 2));
        let camera = &state.cameras[0];
        assert_eq!((camera.kind, camera.faces.len()), (LiveSource::Photograph, 2));
        assert_eq!(camera.status, CameraStatus::Ended);
        let session = find_session(office, state.session).unwrap();
        let jpeg = session.pictures(0).unwrap().borrow().clone().unwrap().jpeg().unwrap();
        assert_eq!(image::load_from_memory(&jpeg).unwrap().width(), 640);

        // A second one adds to it; one that cannot be read is named, and the others count.
        let broken = upload(&world, b"no picture".to_vec());
        let more = AddPhotographs { session: state.session, uploads: vec![broken, uploads[1]] };
        let state = add_photographs(office, more).await.unwrap();
        assert_eq!((state.proposed[0].frames, state.unknown, state.cameras.len()), (2, 1, 2));
        assert_eq!(state.problem.unwrap().fields[0].field, "uploads.0");
        let confirm = ConfirmProposals { session: state.session, students: vec![student] };
        confirm_proposals(office, confirm).await.unwrap();
        let mark = written(&world, &lesson.roster, student).await.unwrap();
        assert_eq!((mark.meaning, mark.source), (AttendanceMeaning::Present, MarkSource::Photograph));
        assert_eq!(session.now().missing.len(), 2);

        let refused =
            start_photograph_session(office, StartPhotographSession { uploads: vec![broken], ..input.clone() });
        assert_eq!(refused.await.unwrap_err().fields[0].code, "unreadable");
        let none = start_photograph_session(office, StartPhotographSession { uploads: vec![], ..input });
        assert_eq!(none.await.unwrap_err().fields[0].code, "count");
    }
);

both!(
    async fn an_unknown_face_that_comes_back_can_be_enrolled(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        let (office, student, known) = (&world.administrator, lesson.student, &lesson.known);
        // Nobody is enrolled; the same face comes in three pictures, beside another one.
        let folder = tempfile::tempdir().unwrap();
        let class: Vec<PathBuf> =
            known.iter().enumerate().map(|(n, _)| folder.path().join(format!("{n}.png"))).collect();
        class.iter().zip(known).for_each(|(file, known)| picture(file, known, &lesson.stranger));
        let uploads = upload_files(&world, &class);
        let OfRegister { class, date, lesson: hour, .. } = day(&lesson.roster);
        let input = StartPhotographSession { class, date, lesson: hour, uploads, even_if_no_school: None };
        let state = start_photograph_session(office, input).await.unwrap();
        assert_eq!((state.unknown, state.unknown_faces.len(), state.proposed.len()), (2, 2, 0));
        let faces = unknown_faces(office, OfLiveSession { session: state.session }).await.unwrap();
        let came_back = faces.iter().find(|face| face.pictures == 3).unwrap();
        assert_eq!(came_back.sightings, 3);
        let of = OfUnknownFace { session: state.session, face: came_back.face };
        let taken = take_unknown_face(office, of).await.unwrap();
        assert_eq!(taken.uploads.len(), 3);
        let enrolment = EnrolFaces { student, uploads: taken.uploads, although_alike: None };
        assert_eq!(enrol_faces(office, enrolment.clone()).await.unwrap_err().code, ErrorCode::NoConsent);
        record_consent(office, consent(student)).await.unwrap();
        assert_eq!(enrol_faces(office, enrolment).await.unwrap().templates, 3);
        // The same picture of the other one, three times, is not enough.
        let other = faces.iter().find(|face| face.face != came_back.face).unwrap();
        let few = take_unknown_face(office, OfUnknownFace { face: other.face, ..of }).await.unwrap_err();
        assert_eq!(few.code, ErrorCode::PoorPhotograph);
        stop_live_session(&at_desk(office), OfLiveSession { session: state.session }).await.unwrap();
        assert_eq!(take_unknown_face(office, of).await.unwrap_err().code, ErrorCode::NotFound);
    }
);

both!(
    async fn photographs_are_taken_from_the_camera(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        let (office, student, known) = (&world.administrator, lesson.student, &lesson.known);
        let shown = tempfile::tempdir().unwrap();
        let source = |photograph: &Path| {
            let folder = shown.path().join(photograph.file_stem().unwrap());
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::copy(photograph, folder.join("frame.jpg")).ok();
            let path = folder.display().to_string();
            CameraSource::Folder { path, frames_per_second: None, repeat: false }
        };
        let refused = StartEnrolmentSession { student, source: source(&known[0]) };
        assert_eq!(start_enrolment_session(&at_desk(office), refused).await.unwrap_err().code, ErrorCode::NoConsent);
        record_consent(office, consent(student)).await.unwrap();
        let mut uploads = Vec::new();
        for file in known {
            let input = StartEnrolmentSession { student, source: source(file) };
            let begun = start_enrolment_session(&at_desk(office), input).await.unwrap();
            let session = find_session(office, begun.session).unwrap();
            let seen = until(&session, |state| !state.cameras[0].faces.is_empty()).await;
            assert!(seen.guidance.is_empty(), "{:?}", seen.guidance);
            assert!(
                seen.turn.is_some_and(|turn| turn.abs() <= vision::QualityLimits::default().aside),
                "{:?}",
                seen.turn
            );
            let taken = capture_frame(office, OfLiveSession { session: begun.session }).await.unwrap();
            assert!(taken.faults.is_empty());
            uploads.push(taken.upload);
        }
        let enrolled = enrol_faces(office, EnrolFaces { student, uploads, although_alike: None }).await.unwrap();
        assert_eq!(enrolled.templates, 3);

        let missing = StartEnrolmentSession { student, source: source(Path::new("/no/such/picture.jpg")) };
        let begun = start_enrolment_session(&at_desk(office), missing).await.unwrap();
        let session = find_session(office, begun.session).unwrap();
        until(&session, |state| matches!(state.cameras[0].status, CameraStatus::Lost { .. })).await;
        let early = capture_frame(office, OfLiveSession { session: begun.session }).await.unwrap_err();
        assert_eq!(early.code, ErrorCode::Camera);
    }
);
