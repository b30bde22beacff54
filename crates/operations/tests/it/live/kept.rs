//! A program that was killed while the kiosk was on comes up at the door again.

use std::sync::Arc;
use std::time::Duration;

use ::operations::{Acting, at_desk, reopen_kiosk, resume_at_door};
use desk::*;
use kernel::{Announcement, AtDesk, Calls, Context, Document, ErrorCode, Job, Result, Role};
use live::*;
use school::accounts;
use school::accounts::{Nothing, RevokeUserSession};
use school::attendance::*;
use serde_json::Value;
use tokio::sync::broadcast;
use uuid::Uuid;

use super::{Lesson, day, until};
use crate::both;
use crate::world::{PASSWORD, StillClock, World, device};

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

/// The way to the operations of a computer that falls asleep for a night with each picture in its hand.
struct FallsAsleep {
    awake: Acting,
    clock: Arc<StillClock>,
}

#[async_trait::async_trait]
impl Calls for FallsAsleep {
    async fn call(&self, operation: &str, input: Value, job: &Job) -> Result<Value> {
        self.awake.call(operation, input, job).await
    }

    async fn permitted(&self, operation: &str) -> Result<()> {
        self.awake.permitted(operation).await
    }

    async fn upload(&self, file_name: &str, bytes: Arc<Vec<u8>>) -> Result<Uuid> {
        let upload = self.awake.upload(file_name, bytes).await;
        self.clock.move_by(chrono::Duration::hours(11));
        upload
    }

    async fn artifact(&self, id: Uuid) -> Result<Document> {
        self.awake.artifact(id).await
    }

    fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.awake.announcements()
    }
}

both!(
    async fn a_computer_that_slept_over_a_picture_is_the_kiosk_still(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let film = lesson.alone();
        let operator = world.user("door", Role::Operator).await;
        let calls = FallsAsleep { awake: Acting(operator.clone()), clock: world.clock.clone() };
        let at = AtDesk { calls: Arc::new(calls), ..at_desk(&operator) };
        let CameraSource::Folder { path, frames_per_second, .. } = film.source() else { panic!("no folder") };
        let source = CameraSource::Folder { path, frames_per_second, repeat: false };
        let open = StartKiosk { school: world.school, classes: None, source, even_if_no_school: Some(true) };
        let begun = start_kiosk(&at, open).await.unwrap();
        let session = find_session(&operator, begun.session).unwrap();
        // The film of one picture comes to its end, which is told after the picture; nobody keeps that any more.
        let told = until(&session, |state| state.cameras[0].status == CameraStatus::Ended);
        tokio::time::timeout(Duration::from_secs(30), told).await.expect("the end of the film is not told");
        assert!(kiosk_is_kept(&world.services.folders.data));
        assert!(running_kiosk(&operator, Nothing {}).await.unwrap().is_some());
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
