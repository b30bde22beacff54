//! Several cameras, slow screens, and the sizes of picture.

use std::sync::Arc;

use ::operations::at_desk;
use desk::*;
use faces::record_consent;
use kernel::ErrorCode;
use live::*;
use live::{CameraStatus, LiveState};
use school::accounts::Nothing;
use school::attendance::*;

use super::{Lesson, day, start, until};
use crate::both;
use crate::faces::consent;

both!(
    async fn several_cameras_have_one_mind(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, student, film) = (&world.administrator, lesson.student, lesson.film());
        let session = start(office, &lesson.roster, film.source()).await;
        let source = CameraSource::Folder { path: "/no/such/folder".into(), frames_per_second: None, repeat: false };
        let added = add_camera(&at_desk(office), AddCamera { session: session.id, source }).await.unwrap();
        assert_eq!(added.cameras.iter().map(|camera| camera.camera).collect::<Vec<_>>(), [0, 1]);
        add_camera(&at_desk(office), AddCamera { session: session.id, source: film.source() }).await.unwrap();
        // Each has its own status; one that is not there stops nobody.
        let all = |state: &Arc<LiveState>| {
            matches!(state.cameras[1].status, CameraStatus::Lost { .. })
                && [0, 2].iter().all(|n| state.cameras[*n].faces.iter().any(|face| face.student.is_some()))
        };
        let state = until(&session, all).await;
        assert_eq!(state.proposed.len(), 1, "two cameras that agree propose once");
        assert_eq!(state.unknown, 1, "and the stranger is one stranger");
        let tracks: std::collections::HashSet<u64> =
            state.cameras.iter().flat_map(|camera| &camera.faces).map(|face| face.track).collect();
        assert_eq!(tracks.len(), 4, "each face of each camera has a number of its own");
        let health = camera_health(office, school::schools::OfSchool { school: world.school }).await.unwrap();
        assert_eq!(health.len(), 3);
        assert!(health.iter().all(|running| running.camera.faces.is_empty() && !running.model.is_empty()));

        // A camera goes while the others run; who was recognised stays recognised.
        let without = remove_camera(&at_desk(office), OfCamera { session: session.id, camera: 0 }).await.unwrap();
        assert_eq!(without.cameras.iter().map(|camera| camera.camera).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(session.pictures(0).err().unwrap().code, ErrorCode::NotFound);
        assert_eq!(without.proposed.len(), 1);
        let frames = without.cameras[1].health.frames;
        until(&session, |state| state.cameras[1].health.frames > frames).await;
        let confirm = ConfirmProposals { session: session.id, students: vec![student] };
        confirm_proposals(office, confirm).await.unwrap();
        assert_eq!(register(office, day(&lesson.roster)).await.unwrap().unmarked, 2);
        let twice = OfCamera { session: session.id, camera: 0 };
        assert_eq!(remove_camera(&at_desk(office), twice).await.unwrap_err().code, ErrorCode::NotFound);
    }
);

both!(
    async fn no_camera_is_a_folder_of_another_computer(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        let (office, roster) = (&world.administrator, &lesson.roster);
        record_consent(office, consent(lesson.student)).await.unwrap();
        let film = lesson.film();
        let session = start(office, roster, film.source()).await.id;
        let source = || CameraSource::Folder { path: "//server/share".into(), frames_per_second: None, repeat: false };
        let OfRegister { class, date, lesson: number, even_if_no_school } = day(roster);
        let attendance = StartAttendanceSession { class, date, lesson: number, source: source(), even_if_no_school };
        let enrolment = StartEnrolmentSession { student: lesson.student, source: source() };
        let kiosk = StartKiosk { school: world.school, classes: None, source: source(), even_if_no_school: None };
        let bulk = EnrolFolder { school: world.school, folder: "//server/share".into(), apply: false };
        let refused = [
            start_attendance_session(&at_desk(office), attendance).await.map(drop),
            add_camera(&at_desk(office), AddCamera { session, source: source() }).await.map(drop),
            start_enrolment_session(&at_desk(office), enrolment).await.map(drop),
            start_kiosk(&at_desk(office), kiosk).await.map(drop),
            enrol_folder(&at_desk(office), bulk).await.map(drop),
        ];
        for (outcome, field) in refused.into_iter().zip([["source.path"; 4].as_slice(), &["folder"]].concat()) {
            let named = outcome.unwrap_err().fields.remove(0);
            assert_eq!((named.field.as_str(), named.code.as_str()), (field, "network"));
        }
    }
);

both!(
    async fn a_slow_screen_holds_no_camera_up(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let film = lesson.film();
        let session = start(&world.administrator, &lesson.roster, film.source()).await;
        // This consumer takes the first picture and the first state, and then never asks again.
        let mut slow = session.pictures(0).unwrap();
        let first = slow.wait_for(Option::is_some).await.unwrap().clone().unwrap();
        let sleeping = session.states();
        // Faster than the models: what is left out is counted at each step, and somebody is proposed all the same.
        let going_on = |state: &Arc<LiveState>| {
            let health = &state.cameras[0].health;
            health.frames > first.sequence() + 30
                && health.frames_per_second > health.looked_per_second
                && health.dropped_before_decoding + health.dropped_before_looking > 0
                && !state.proposed.is_empty()
        };
        until(&session, going_on).await;
        let newest = slow.borrow_and_update().clone().unwrap();
        assert!(newest.sequence() > first.sequence(), "it gets the newest, and none of those in between");
        drop(sleeping);
    }
);

both!(
    async fn a_camera_that_is_not_there_has_no_sizes_and_says_so(world: World) {
        let office = &world.administrator;
        let devices = list_cameras(&at_desk(office), Nothing {}).await.unwrap();
        for device in &devices {
            // One that another program uses says so too.
            match camera_sizes(&at_desk(office), OfDevice { device: device.device }).await {
                Ok(sizes) => {
                    let pixels: Vec<u64> =
                        sizes.iter().map(|size| u64::from(size.width) * u64::from(size.height)).collect();
                    assert!(pixels.iter().all(|pixels| *pixels > 0) && pixels.is_sorted_by(|a, b| a >= b), "{sizes:?}");
                }
                Err(error) => assert_eq!(error.code, ErrorCode::Camera),
            }
        }
        for device in [63, u32::MAX].into_iter().filter(|device| devices.iter().all(|of| of.device != *device)) {
            let error = camera_sizes(&at_desk(office), OfDevice { device }).await.unwrap_err();
            assert_eq!(error.code, ErrorCode::Camera, "{error:?}");
            assert!(error.message.to_string().starts_with("The camera does not say which sizes it has: "), "{error:?}");
            assert!(error.help.unwrap().to_string().contains("plugged in"));
        }
    }
);
