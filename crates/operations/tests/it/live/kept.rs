//! A program that was killed while the kiosk was on comes up at the door again.

use ::operations::{at_desk, reopen_kiosk, resume_at_door};
use desk::*;
use kernel::{Context, ErrorCode, Role};
use live::*;
use school::accounts;
use school::accounts::{Nothing, RevokeUserSession};
use school::attendance::*;

use super::{Lesson, day};
use crate::both;
use crate::world::{PASSWORD, World, device};

/// Another program on the same data, with nobody signed in.
fn started_again(world: &World) -> Context {
    let services =
        ::operations::services(world.services.store.clone(), world.clock.clone(), world.services.folders.clone());
    Context::anonymous(services, device("door computer"))
}

both!(
    async fn a_killed_program_comes_up_at_the_door_again(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let film = lesson.alone();
        let data = world.services.folders.data.clone();
        world.user("door", Role::Operator).await;
        let password = format!("{PASSWORD} too");
        let token = world.sign_in("door computer", "door", &password).await.unwrap();
        let operator = world.resume(&token).await;
        let open =
            || StartKiosk { school: world.school, classes: None, source: film.source(), even_if_no_school: None };
        assert!(!kiosk_is_kept(&data));
        assert_eq!(reopen_kiosk(&started_again(&world)).await.unwrap(), None);
        start_kiosk(&at_desk(&operator), open()).await.unwrap();
        assert!(kiosk_is_kept(&data));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(data.join("kiosk.json")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }

        // Killed: what comes up is held by the kiosk and knows no token.
        let again = started_again(&world);
        let held = reopen_kiosk(&again).await.unwrap().unwrap();
        assert_eq!(held, operator.actor().unwrap().session);
        let at_door = resume_at_door(&again, held).await.unwrap();
        let running = running_kiosk(&at_door, Nothing {}).await.unwrap().unwrap();
        assert_eq!(register(&at_door, day(&lesson.roster)).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(accounts::sign_out(&at_door, Nothing {}).await.unwrap_err().code, ErrorCode::Forbidden);
        // On the next morning too, and on a day without school.
        for hours in [14, 72] {
            world.clock.move_by(chrono::Duration::hours(hours));
            assert_eq!(reopen_kiosk(&started_again(&world)).await.unwrap(), Some(held), "{hours}");
        }

        // It is left with the password only, and then nothing comes up at the door.
        let at_door = resume_at_door(&again, held).await.unwrap();
        let leave = |password: &str| LeaveKiosk { session: running.session, password: password.into() };
        assert_eq!(leave_kiosk(&at_desk(&at_door), leave("guess")).await.unwrap_err().code, ErrorCode::WrongPassword);
        assert!(kiosk_is_kept(&data));
        leave_kiosk(&at_desk(&at_door), leave(&password)).await.unwrap();
        assert!(!kiosk_is_kept(&data));
        assert_eq!(resume_at_door(&again, held).await.err().unwrap().code, ErrorCode::SessionExpired);
        assert_eq!(reopen_kiosk(&started_again(&world)).await.unwrap(), None);
    }
);

both!(
    async fn whose_sign_in_was_ended_meanwhile_comes_up_signed_out(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let film = lesson.alone();
        let data = world.services.folders.data.clone();
        let operator = world.user("door", Role::Operator).await;
        let input = StartKiosk { school: world.school, classes: None, source: film.source(), even_if_no_school: None };
        start_kiosk(&at_desk(&operator), input).await.unwrap();
        let kept = std::fs::read(data.join("kiosk.json")).unwrap();
        let revoke = RevokeUserSession { id: operator.actor().unwrap().session };
        accounts::revoke_user_session(&world.administrator, revoke).await.unwrap();
        // As if the computer had been off when the administrator did it.
        std::fs::write(data.join("kiosk.json"), kept).unwrap();
        assert_eq!(reopen_kiosk(&started_again(&world)).await.unwrap(), None);
        assert!(!kiosk_is_kept(&data));
        std::fs::write(data.join("kiosk.json"), b"{ damaged").unwrap();
        assert_eq!(reopen_kiosk(&started_again(&world)).await.unwrap(), None);
        assert!(!kiosk_is_kept(&data));
    }
);
