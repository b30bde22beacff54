//! Cameras end with whoever opened them: when the person leaves, and when the class is not taught any more.

use ::operations::at_desk;
use chrono::Duration;
use desk::*;
use kernel::{ErrorCode, Role};
use live::*;
use live::{CameraStatus, find_session};
use school::accounts;
use school::accounts::{GivePassword, Nothing};
use school::attendance::OfRegister;
use school::classes::{SaveCourse, save_course};
use school::people::{StaffIds, delete_staff, restore_staff};
use store::ids::StaffId;

use super::{Lesson, change_settings, day, start, until};
use crate::both;
use crate::world::PASSWORD;

both!(
    async fn a_camera_ends_when_its_teacher_leaves_or_hands_the_course_over(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        let roster = &lesson.roster;
        let ben = roster.teacher(&world).await;
        let film = lesson.film();
        let taught_by =
            |teachers: Vec<StaffId>| SaveCourse { class: roster.class_a, subject: roster.mathematics, teachers };
        let session = start(&ben, roster, film.source()).await;
        save_course(&world.administrator, taught_by(vec![roster.chloe])).await.unwrap();
        let over = until(&session, |state| state.problem.is_some()).await;
        assert_eq!(over.problem.unwrap().code, ErrorCode::Forbidden);
        assert!(over.cameras.iter().all(|camera| camera.status == CameraStatus::Ended));

        save_course(&world.administrator, taught_by(vec![roster.ben])).await.unwrap();
        let session = start(&ben, roster, film.source()).await;
        let staff = StaffIds { school: world.school, staff: vec![roster.ben] };
        delete_staff(&world.administrator, staff).await.unwrap();
        let over = until(&session, |state| state.problem.is_some()).await;
        assert_eq!(over.problem.unwrap().code, ErrorCode::SessionExpired);
        assert!(over.cameras.iter().all(|camera| camera.status == CameraStatus::Ended));
        assert_eq!(session.now().enrolled, 0);
    }
);

both!(
    async fn a_camera_goes_on_behind_a_locked_screen(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        lesson.roster.teacher(&world).await;
        let token = world.sign_in("office", "ben", &format!("{PASSWORD} too")).await.unwrap();
        let ben = world.resume(&token).await;
        let film = lesson.film();
        let session = start(&ben, &lesson.roster, film.source()).await;
        accounts::lock_screen(&ben, Nothing {}).await.unwrap();
        find_session(&ben, session.id).unwrap();
        let seen = session.now().cameras[0].health.frames;
        let state = until(&session, |state| state.cameras[0].health.frames > seen + 10).await;
        assert!(state.problem.is_none() && state.cameras[0].status == CameraStatus::Running, "{state:?}");
        // Nothing of it is shown meanwhile; with the password it is there again.
        let locked = accounts::resume_even_locked(&world.anonymous("office"), &token).await.unwrap();
        let hidden = live_session(&locked, OfLiveSession { session: session.id }).await.unwrap_err();
        assert_eq!(hidden.code, ErrorCode::Locked);
        let password = GivePassword { password: format!("{PASSWORD} too") };
        accounts::unlock(&locked, password).await.unwrap();
        let again = live_session(&world.resume(&token).await, OfLiveSession { session: session.id }).await.unwrap();
        assert!(again.cameras[0].health.frames > seen);
    }
);

both!(
    async fn a_session_ends_whose_desk_is_gone(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        let roster = &lesson.roster;
        let OfRegister { class, date, lesson, even_if_no_school } = day(roster);
        let register = OpenRegister { class, date, lesson, camera: LiveSource::Network, even_if_no_school };
        let begun = open_register(&world.administrator, register).await.unwrap();
        let session = find_session(&world.administrator, begun.session).unwrap();
        // One that is asked for stays.
        let mut turn = 0;
        let mut pass = async |by: Duration| {
            world.clock.move_by(by);
            turn += 1;
            let teachers = vec![if turn % 2 == 0 { roster.ben } else { roster.chloe }];
            let course = SaveCourse { class: roster.class_a, subject: roster.mathematics, teachers };
            save_course(&world.administrator, course).await.unwrap();
        };
        for _ in 0..4 {
            pass(Duration::minutes(1)).await;
            find_session(&world.administrator, session.id).unwrap();
        }
        // The desk says nothing more: doubted first, over then.
        pass(Duration::minutes(3)).await;
        let over = loop {
            pass(Duration::seconds(31)).await;
            let told = until(&session, |state| state.problem.is_some());
            if let Ok(over) = tokio::time::timeout(std::time::Duration::from_millis(100), told).await {
                break over;
            }
        };
        assert_eq!(over.problem.unwrap().code, ErrorCode::NotFound);
        assert!(over.cameras.iter().all(|camera| camera.status == CameraStatus::Ended));
        assert_eq!(session.now().enrolled, 0);
        let gone = find_session(&world.administrator, session.id).map(|_| ()).unwrap_err();
        assert_eq!(gone.code, ErrorCode::NotFound);
    }
);

both!(
    async fn the_kiosk_ends_when_who_opened_it_leaves(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        change_settings(&world, |settings| settings.face_liveness = false).await;
        let chloe = lesson.roster.chloe;
        world.user_for("door", Role::Operator, world.school, Some(chloe), None).await;
        let token = world.sign_in("door computer", "door", &format!("{PASSWORD} too")).await.unwrap();
        let operator = world.resume(&token).await;
        let film = lesson.film();
        let input = StartKiosk { school: world.school, classes: None, source: film.source(), even_if_no_school: None };
        let begun = start_kiosk(&at_desk(&operator), input).await.unwrap();
        let session = live::find_session(&operator, begun.session).unwrap();
        let staff = || StaffIds { school: world.school, staff: vec![chloe] };
        delete_staff(&world.administrator, staff()).await.unwrap();
        let over = until(&session, |state| state.problem.is_some()).await;
        assert_eq!(over.problem.unwrap().code, ErrorCode::SessionExpired);
        // Who comes back signs in anew.
        restore_staff(&world.administrator, staff()).await.unwrap();
        assert!(accounts::resume(&world.anonymous("door computer"), &token).await.is_err());
        world.sign_in("door computer", "door", &format!("{PASSWORD} too")).await.unwrap();
    }
);
