//! The kiosk at the door.

use std::sync::Arc;

use ::operations::at_desk;
use desk::*;
use faces::{FacePurpose, FaceUses, OfEvidence, PurgedFaces, attendance_evidence, face_uses, purge_due};
use kernel::Save;
use kernel::{Context, ErrorCode, Role};
use live::*;
use live::{CameraStatus, LiveSession, LiveState, find_session};
use school::accounts;
use school::accounts::{Nothing, RoleAt, SaveUser, SetPassword, Token};
use school::attendance::*;
use school::schools::AttendanceMeaning;
use sea_orm::{ConnectionTrait, EntityTrait};
use store::entities::evidence_frames;
use store::ids::ClassId;

use super::{Film, Lesson, change_settings, day, until, written};
use crate::both;
use crate::faces::{enrol, files_with};
use crate::world::{PASSWORD, World, device};

/// The door marks whoever is recognised, moving or not.
async fn open_door(world: &World) {
    change_settings(world, |settings| (settings.face_liveness, settings.kiosk_turn_head) = (false, false)).await;
}

async fn kiosk(context: &Context, world: &World, classes: Option<Vec<ClassId>>, film: &Film) -> Arc<LiveSession> {
    let input = StartKiosk { school: world.school, classes, source: film.source(), even_if_no_school: None };
    let begun = start_kiosk(&at_desk(context), input).await.unwrap();
    find_session(context, begun.session).unwrap()
}

fn greeted(kind: GreetingKind) -> impl Fn(&Arc<LiveState>) -> bool {
    move |state| {
        let greeting = state.kiosk.as_ref().and_then(|kiosk| kiosk.greeting.as_ref());
        greeting.is_some_and(|greeting| greeting.kind == kind)
    }
}

/// Ends what a person runs, as a sign-out does.
fn stop_sessions(world: &World, context: &Context) {
    let user = context.actor().unwrap().user;
    live::stop_sessions_of(&world.services, user).unwrap();
}

both!(
    async fn the_kiosk_marks_by_itself_and_names_one_person_only(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let (office, student, film) = (&world.administrator, lesson.student, lesson.alone());
        open_door(&world).await;
        let operator = world.user("door", Role::Operator).await;
        let session = kiosk(&operator, &world, None, &film).await;
        let state = until(&session, greeted(GreetingKind::Late)).await;
        let shown = state.kiosk.clone().unwrap();
        assert_eq!((shown.greeting.unwrap().name.as_str(), shown.sound), ("José Muñoz", true));
        assert!(state.proposed.is_empty() && state.present.is_empty() && state.missing.is_empty(), "never a list");
        assert!(state.cameras[0].faces.iter().all(|face| face.student.is_none()));
        let mark = written(&world, &lesson.roster, student).await.unwrap();
        assert_eq!((mark.meaning, mark.source), (AttendanceMeaning::Late, MarkSource::Kiosk));
        assert_eq!((mark.version, mark.by.as_deref()), (1, Some("door Tester")));

        // Who is there already is not written again, also from another door.
        let second = world.user("door2", Role::Operator).await;
        let session = kiosk(&second, &world, Some(vec![lesson.roster.class_a]), &film).await;
        until(&session, greeted(GreetingKind::AlreadyHere)).await;
        stop_sessions(&world, &second);
        assert_eq!(written(&world, &lesson.roster, student).await.unwrap().version, 1);
        // A class of which the student is not: nobody known.
        let session = kiosk(office, &world, Some(vec![lesson.roster.class_b]), &film).await;
        let state = until(&session, |state| state.kiosk.as_ref().unwrap().prompt == KioskPrompt::GoToOffice).await;
        assert_eq!((state.enrolled, state.kiosk.unwrap().greeting), (0, None));
        stop_sessions(&world, office);

        // A person's word is not overruled.
        let shown = register(office, day(&lesson.roster)).await.unwrap();
        let absent = shown.codes.iter().find(|code| code.meaning == AttendanceMeaning::Absent).unwrap().id;
        let entry =
            AttendanceEntry { student, code: Some(absent), reason: None, minutes_late: None, seen_version: Some(1) };
        let input = RecordAttendance { register: day(&lesson.roster), marks: vec![entry] };
        record_attendance(office, input).await.unwrap();
        let session = kiosk(&second, &world, None, &film).await;
        until(&session, greeted(GreetingKind::SeeOffice)).await;
        assert_eq!(written(&world, &lesson.roster, student).await.unwrap().meaning, AttendanceMeaning::Absent);
    }
);

both!(
    async fn a_kiosk_is_left_with_the_password_only(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        let film = lesson.alone();
        world.user("door", Role::Operator).await;
        let password = format!("{} too", PASSWORD);
        let token = world.sign_in("door computer", "door", &password).await.unwrap();
        let operator = world.resume(&token).await;
        assert_eq!(running_kiosk(&operator, Nothing {}).await.unwrap(), None);
        let session = kiosk(&operator, &world, None, &film).await;
        // Whoever touches the screen can do nothing.
        let refused = |outcome: kernel::Result<()>| assert_eq!(outcome.unwrap_err().code, ErrorCode::Forbidden);
        refused(register(&operator, day(&lesson.roster)).await.map(|_| ()));
        refused(stop_live_session(&at_desk(&operator), OfLiveSession { session: session.id }).await);
        refused(accounts::sign_out(&operator, Nothing {}).await);
        let running = running_kiosk(&operator, Nothing {}).await.unwrap().unwrap();
        assert_eq!(running.session, session.id);
        // Others, elsewhere, are not held.
        register(&world.administrator, day(&lesson.roster)).await.unwrap();

        // The sign-in does not end by idleness while it runs.
        let looked = |session: &LiveSession| session.now().cameras[0].health.frames;
        for _ in 0..3 {
            world.clock.move_by(chrono::Duration::hours(8));
            let frames = looked(&session);
            until(&session, |state| state.cameras[0].health.frames > frames + 20).await;
        }
        let operator = world.resume(&token).await;

        let door = at_desk(&operator);
        let leave = |password: &str| leave_kiosk(&door, LeaveKiosk { session: session.id, password: password.into() });
        for _ in 0..5 {
            assert_eq!(leave("guess").await.unwrap_err().code, ErrorCode::WrongPassword);
        }
        assert_eq!(leave(&password).await.unwrap_err().code, ErrorCode::SlowDown);
        world.clock.move_by(chrono::Duration::minutes(20));
        leave(&password).await.unwrap();
        assert_eq!(running_kiosk(&operator, Nothing {}).await.unwrap(), None);
        register(&operator, day(&lesson.roster)).await.unwrap();
    }
);

/// An operator who is signed in at the door, with the token.
async fn at_the_door(world: &World, username: &str) -> (Context, Token) {
    world.user(username, Role::Operator).await;
    let token = world.sign_in("door computer", username, &format!("{PASSWORD} too")).await.unwrap();
    (world.resume(&token).await, token)
}

/// The administrator saves a user with another role, or disabled.
async fn save(world: &World, of: &Context, role: Role, disabled: bool) {
    let users = accounts::list_users(&world.administrator, accounts::ListUsers { school: world.school }).await.unwrap();
    let user = users.into_iter().find(|user| user.id == of.actor().unwrap().user).unwrap();
    let input = SaveUser {
        save: Save::Change { id: user.id, version: user.version },
        username: user.username,
        given_name: user.given_name,
        family_name: user.family_name,
        roles: vec![RoleAt { role, school: Some(world.school), district: None }],
        staff: None,
        student: None,
        disabled,
        password: None,
    };
    accounts::save_user(&world.administrator, input).await.unwrap();
}

/// Waits until the kiosk has ended by itself, and says why it did.
async fn ended(world: &World, session: &LiveSession, token: &Token) -> ErrorCode {
    let over = until(session, |state| state.cameras.iter().all(|camera| camera.status == CameraStatus::Ended)).await;
    let kiosk = over.kiosk.unwrap();
    assert_eq!((over.cameras[0].faces.len(), kiosk.greeting), (0, None));
    // No camera runs any more, nobody is compared with, and the window asks for a sign-in.
    assert_eq!(session.pictures(0).err().unwrap().code, ErrorCode::NotFound);
    assert_eq!(session.now().enrolled, 0);
    let resumed = accounts::resume(&world.anonymous("door computer"), token).await;
    assert_eq!(resumed.err().unwrap().code, ErrorCode::SessionExpired);
    over.problem.unwrap().code
}

both!(
    async fn the_kiosk_ends_when_who_opened_it_may_not_run_it_any_more(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        open_door(&world).await;
        let (office, film) = (&world.administrator, lesson.film());
        let seen = |state: &Arc<LiveState>| state.cameras[0].health.frames > 0;
        for way in 0..5 {
            let (operator, token) = at_the_door(&world, &format!("door{way}")).await;
            // Only the other class, so that nobody is marked.
            let session = kiosk(&operator, &world, Some(vec![lesson.roster.class_b]), &film).await;
            until(&session, seen).await;
            let (user, here) = (operator.actor().unwrap().user, operator.actor().unwrap().session);
            let expected = match way {
                0 => {
                    let revoke = accounts::RevokeUserSession { id: here };
                    accounts::revoke_user_session(office, revoke).await.unwrap();
                    ErrorCode::SessionExpired
                }
                1 => {
                    // By the same person, at another computer.
                    let there = world.sign_in("home", &format!("door{way}"), &format!("{PASSWORD} too")).await.unwrap();
                    let there = world.resume(&there).await;
                    accounts::revoke_session(&there, accounts::RevokeUserSession { id: here }).await.unwrap();
                    ErrorCode::SessionExpired
                }
                2 => {
                    save(&world, &operator, Role::Operator, true).await;
                    ErrorCode::SessionExpired
                }
                3 => {
                    let new = "the first green bicycle".into();
                    accounts::set_password(office, SetPassword { user, new }).await.unwrap();
                    ErrorCode::SessionExpired
                }
                _ => {
                    // Whoever stands at the door must not go on as a teacher.
                    save(&world, &operator, Role::Teacher, false).await;
                    ErrorCode::Forbidden
                }
            };
            assert_eq!(ended(&world, &session, &token).await, expected, "{way}");
            assert!(written(&world, &lesson.roster, lesson.student).await.is_none());
        }
    }
);

both!(
    async fn a_kiosk_goes_on_while_others_change(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        open_door(&world).await;
        let (operator, _) = at_the_door(&world, "door").await;
        let other = world.user("other", Role::Operator).await;
        let film = lesson.alone();
        let session = kiosk(&operator, &world, None, &film).await;
        save(&world, &other, Role::Operator, true).await;
        let late = greeted(GreetingKind::Late);
        let state = until(&session, |state| state.problem.is_some() || late(state)).await;
        assert_eq!(state.problem, None);
        assert!(written(&world, &lesson.roster, lesson.student).await.is_some());
        let frames = session.now().cameras[0].health.frames;
        until(&session, |state| state.cameras[0].health.frames > frames).await;
        assert!(running_kiosk(&operator, Nothing {}).await.unwrap().is_some());
    }
);

both!(
    async fn a_kiosk_that_was_ended_elsewhere_writes_nothing(world: World) {
        let Some(lesson) = Lesson::before_enrolment(&world).await else { return };
        open_door(&world).await;
        let (operator, token) = at_the_door(&world, "door").await;
        let film = lesson.alone();
        let session = kiosk(&operator, &world, None, &film).await;
        until(&session, |state| state.kiosk.as_ref().unwrap().prompt == KioskPrompt::GoToOffice).await;
        // On another computer: the database has it, and nobody here is told.
        let store = &world.services.store;
        let revoke = "UPDATE user_sessions SET revoked_at = created_at WHERE id = $1";
        let revoke = store.statement(revoke, [operator.actor().unwrap().session.into()]);
        store.reader().execute_raw(revoke).await.unwrap();
        // The student at the door is known from now on.
        enrol(&world, lesson.student, &lesson.known).await.unwrap();
        assert_eq!(ended(&world, &session, &token).await, ErrorCode::SessionExpired);
        assert!(written(&world, &lesson.roster, lesson.student).await.is_none());
    }
);

both!(
    async fn the_kiosk_keeps_evidence_for_the_days_of_the_school_only(world: World) {
        let Some(lesson) = Lesson::begin(&world).await else { return };
        open_door(&world).await;
        let (office, student, film) = (&world.administrator, lesson.student, lesson.alone());
        let OfRegister { date, lesson: hour, .. } = day(&lesson.roster);
        let frames = || async { evidence_frames::Entity::find().all(world.services.store.reader()).await.unwrap() };
        let mark = || async {
            let session = kiosk(office, &world, None, &film).await;
            until(&session, greeted(GreetingKind::Late)).await;
            stop_sessions(&world, office);
        };
        mark().await;
        assert_eq!(frames().await.len(), 0, "nothing is kept where the school has not chosen it");

        change_settings(&world, |settings| settings.face_evidence_days = 7).await;
        let clear = world.services.store.statement("DELETE FROM attendance_marks", []);
        world.services.store.reader().execute_raw(clear).await.unwrap();
        mark().await;
        let kept = frames().await;
        assert_eq!((kept.len(), kept[0].student_id, kept[0].class_id), (1, Some(student), lesson.roster.class_a));
        assert_eq!((kept[0].date, kept[0].lesson), (date, hour));
        // Who is there already is not kept again.
        let session = kiosk(office, &world, None, &film).await;
        until(&session, greeted(GreetingKind::AlreadyHere)).await;
        stop_sessions(&world, office);
        assert!(frames().await == kept);

        let look = || attendance_evidence(office, OfEvidence { student, date, lesson: hour });
        let shown = look().await.unwrap();
        let jpeg = world.services.artifact(shown[0].artifact, office.actor().unwrap().user).unwrap().bytes;
        let picture = image::load_from_memory(&jpeg).unwrap();
        assert!(picture.width() <= 200 && picture.height() <= 200 && picture.height() > 60);
        // Sealed: neither the row nor any file holds a piece of it.
        assert!(jpeg.len() > 1_000 && !kept[0].ciphertext.windows(32).any(|piece| piece == &jpeg[600..632]));
        assert_eq!(files_with(world.folder.path(), &jpeg[600..632]), Vec::<std::path::PathBuf>::new());
        let uses = FaceUses { school: world.school, student: Some(student), offset: None, limit: None };
        let uses = face_uses(office, uses).await.unwrap().rows;
        assert_eq!(uses[0].purpose, FacePurpose::Evidence);

        let night = || async { purge_due(&world.services, device("night")).await.unwrap() };
        world.clock.move_by(chrono::Duration::days(7) - chrono::Duration::seconds(1));
        assert_eq!(night().await.evidence, 0);
        world.clock.move_by(chrono::Duration::seconds(1));
        assert_eq!(night().await, PurgedFaces { evidence: 1, scrubbed: true, ..PurgedFaces::default() });
        assert_eq!((frames().await.len(), look().await.unwrap().len()), (0, 0));
        assert_eq!(files_with(world.folder.path(), &kept[0].ciphertext), Vec::<std::path::PathBuf>::new());
    }
);
