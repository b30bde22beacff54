//! A desk whose data is elsewhere: its camera ends in a mark over a socket, with nothing but `Calls` between.

use std::sync::Arc;

use ::live::operations::{confirm_proposals, live_session};
use ::live::{ConfirmProposals, OfLiveSession};
use desk::{
    CameraFrames, StartAttendanceSession, start_attendance_session, stop_live_session, watch_camera, watch_session,
};
use kernel::{AtDesk, Desk, ErrorCode, Job};
use school::accounts::SignIn;
use school::accounts::operations::sign_in;
use school::attendance::{MarkSource, OfRegister};

use super::{Lesson, day, written};
use crate::both;
use crate::calls::socket::{Socket, serve};
use crate::world::PASSWORD;

both!(
    async fn a_camera_over_a_socket_ends_in_a_mark(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let calls = Arc::new(Socket::connect(serve(world.services.clone()).await).await);
        let amara = SignIn { username: "amara".into(), password: PASSWORD.into() };
        sign_in.on(&*calls, amara).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = AtDesk { calls, desk: Arc::new(Desk::new(folder.path().into())), job: Job::default() };

        let (film, OfRegister { class, date, lesson: hour, even_if_no_school }) = (lesson.film(), day(&lesson.roster));
        let input = StartAttendanceSession { class, date, lesson: hour, source: film.source(), even_if_no_school };
        let begun = start_attendance_session(&at, input).await.unwrap();
        let mut told = watch_session(&at, begun.session).await.unwrap();
        let seen = told.wait_for(|state| state.unknown == 1 && !state.proposed.is_empty()).await.unwrap().clone();
        assert_eq!((seen.proposed[0].student, seen.cameras[0].faces.len()), (lesson.student, 2));
        // The picture on the screen is that of this desk's own camera.
        let CameraFrames::Here(frames) = watch_camera(&at, begun.session, 0).await.unwrap() else {
            panic!("the camera is here");
        };
        let frame = frames.borrow().clone().unwrap();
        assert_eq!(image::load_from_memory(&desk::for_screen(&frame).unwrap()).unwrap().width(), 640);

        let confirm = ConfirmProposals { session: begun.session, students: vec![lesson.student] };
        confirm_proposals.on(&*at.calls, confirm).await.unwrap();
        told.wait_for(|state| state.present.len() == 1).await.unwrap();
        assert_eq!(written(&world, &lesson.roster, lesson.student).await.unwrap().source, MarkSource::Camera);
        stop_live_session(&at, OfLiveSession { session: begun.session }).await.unwrap();
        let gone = live_session.on(&*at.calls, OfLiveSession { session: begun.session }).await.unwrap_err();
        assert_eq!(gone.code, ErrorCode::NotFound);
    }
);
