//! Live sessions, with folders of real pictures played as cameras: the real models and public-domain photographs where they
//! are there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use school::attendance::live::{
    CameraStatus, LiveFaceState, LivePurpose, LiveSession, LiveSource, LiveState, UnsureReason, find_session,
};
use school::attendance::*;
use school::faces::*;
use school::schools::{AttendanceMeaning, SaveSettings, Settings, save_settings, settings};
use school::upkeep::{Undo, undo};
use school::{Context, ErrorCode};
use store::ids::StudentId;

use crate::both;
use crate::faces::{consent, enrol, faces_on, photographs, upload, upload_files};
use crate::roster::Roster;
use crate::world::{World, date};

#[path = "../../../vision/tests/attacks/mod.rs"]
mod attacks;

/// A picture in which the person on the left is enrolled and the one on the right is not.
fn picture(file: &Path, known: &Path, stranger: &Path) {
    let half = |file: &Path| image::open(file).unwrap().resize_exact(480, 600, image::imageops::FilterType::Triangle);
    let mut both = image::RgbImage::new(960, 600);
    image::imageops::replace(&mut both, &half(known).into_rgb8(), 0, 0);
    image::imageops::replace(&mut both, &half(stranger).into_rgb8(), 480, 0);
    both.save(file).unwrap();
}

/// A folder with that picture, played as a camera.
struct Film(tempfile::TempDir);

impl Film {
    fn new(known: &Path, stranger: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        picture(&folder.path().join("frame.png"), known, stranger);
        Self(folder)
    }

    fn source(&self) -> CameraSource {
        let path = self.0.path().display().to_string();
        CameraSource::Folder { path, frames_per_second: Some(30.0), repeat: true }
    }
}

fn day(roster: &Roster) -> OfRegister {
    OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0 }
}

async fn start(context: &Context, roster: &Roster, source: CameraSource) -> Arc<LiveSession> {
    let input = StartAttendanceSession { class: roster.class_a, date: date("2026-10-14"), lesson: 0, source };
    let begun = start_attendance_session(context, input).await.unwrap();
    find_session(context, begun.session).unwrap()
}

async fn until(session: &LiveSession, fits: impl FnMut(&Arc<LiveState>) -> bool) -> LiveState {
    (**session.states().wait_for(fits).await.unwrap()).clone()
}

fn ids<'a>(of: impl IntoIterator<Item = &'a StudentId>) -> Vec<StudentId> {
    of.into_iter().copied().collect()
}

async fn written(world: &World, roster: &Roster, student: StudentId) -> Option<RegisterMark> {
    let shown = register(&world.administrator, day(roster)).await.unwrap();
    shown.students.into_iter().find(|row| row.student == student).unwrap().mark
}

async fn change_settings(world: &World, change: impl FnOnce(&mut Settings)) {
    let office = &world.administrator;
    let mut present = settings(office, school::schools::OfSchool { school: world.school }).await.unwrap();
    change(&mut present.settings);
    let (version, settings) = (present.version, present.settings);
    save_settings(office, SaveSettings { school: world.school, version, settings }).await.unwrap();
}

both!(
    async fn a_live_register_proposes_and_a_person_confirms(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let film = Film::new(&known[0], &stranger);
        let session = start(office, &roster, film.source()).await;
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
        assert_eq!(register(office, day(&roster)).await.unwrap().unmarked, 3);
        let confirm = ConfirmProposals { session: session.id, students: vec![student] };
        let confirmed = confirm_proposals(office, confirm.clone()).await.unwrap();
        let state = session.now();
        assert_eq!((ids(state.present.iter().map(|s| &s.student)), state.proposed.len()), (vec![student], 0));
        assert!(state.present[0].recognised && state.present[0].meaning == AttendanceMeaning::Late);
        let mark = written(&world, &roster, student).await.unwrap();
        assert_eq!((mark.meaning, mark.source), (AttendanceMeaning::Late, MarkSource::Camera));
        // Twice changes nothing; undo brings the proposal back.
        assert_eq!(confirm_proposals(office, confirm).await.unwrap().undo, None);
        undo(office, Undo { entry: confirmed.undo.unwrap() }).await.unwrap();
        until(&session, |state| state.proposed.len() == 1 && state.present.is_empty()).await;

        // A withdrawn consent takes the face out of the running camera too.
        withdraw_consent(office, OfFaces { student }).await.unwrap();
        let state = until(&session, |state| state.enrolled == 0).await;
        assert!(state.proposed.is_empty());
        stop_live_session(office, OfSession { session: session.id }).await.unwrap();
        let gone = live_session(office, OfSession { session: session.id }).await.unwrap_err();
        assert_eq!(gone.code, ErrorCode::NotFound);
    }
);

both!(
    async fn a_persons_word_is_remembered_in_every_session_of_the_register(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student, other) = (&world.administrator, roster.in_a[0], roster.in_a[1]);
        enrol(&world, student, &known).await.unwrap();
        let film = Film::new(&known[0], &stranger);
        let session = start(office, &roster, film.source()).await;
        until(&session, |state| !state.proposed.is_empty()).await;

        // It is somebody else: written by hand, and the wrong one is not proposed again.
        let no = CorrectProposal { session: session.id, wrong: Some(student), track: None, right: Some(other) };
        let corrected = correct_proposal(office, no.clone()).await.unwrap();
        let state = session.now();
        assert!(state.proposed.is_empty());
        assert!(state.missing.iter().any(|missing| missing.student == student && missing.rejected));
        assert_eq!(written(&world, &roster, other).await.unwrap().source, MarkSource::Hand);
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
        let teacher = world.user_for("ben", school::Role::Teacher, world.school, Some(roster.ben), None).await;
        let later = start(&teacher, &roster, film.source()).await;
        let state =
            until(&later, |state| state.cameras[0].faces.iter().any(|f| f.state == LiveFaceState::Unsure)).await;
        assert!(state.proposed.is_empty());
        // The undo takes both back at once, and the session follows.
        undo(office, Undo { entry: corrected.undo.unwrap() }).await.unwrap();
        until(&later, |state| state.proposed.iter().any(|proposal| proposal.student == student)).await;
        assert!(written(&world, &roster, other).await.is_none());

        // Absent by hand is a word too.
        let shown = register(office, day(&roster)).await.unwrap();
        let absent = shown.codes.iter().find(|code| code.meaning == AttendanceMeaning::Absent).unwrap().id;
        let entry =
            AttendanceEntry { student, code: Some(absent), reason: None, minutes_late: None, seen_version: None };
        let input = RecordAttendance { register: day(&roster), marks: vec![entry], source: None };
        record_attendance(office, input).await.unwrap();
        let state = until(&later, |state| state.proposed.is_empty()).await;
        let missing = state.missing.iter().find(|missing| missing.student == student).unwrap();
        assert_eq!(missing.meaning, Some(AttendanceMeaning::Absent));
        // The face that is decided to be nobody's does not wait again.
        let nobody = CorrectProposal { wrong: Some(roster.in_b[0]), ..no };
        assert_eq!(correct_proposal(office, nobody).await.unwrap_err().fields[0].code, "not_enrolled");
    }
);

both!(
    async fn several_cameras_have_one_mind(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let film = Film::new(&known[0], &stranger);
        let session = start(office, &roster, film.source()).await;
        let source = CameraSource::Folder { path: "/no/such/folder".into(), frames_per_second: None, repeat: false };
        let added = add_camera(office, AddCamera { session: session.id, source }).await.unwrap();
        assert_eq!(added.cameras.iter().map(|camera| camera.camera).collect::<Vec<_>>(), [0, 1]);
        add_camera(office, AddCamera { session: session.id, source: film.source() }).await.unwrap();
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
        let without = remove_camera(office, OfCamera { session: session.id, camera: 0 }).await.unwrap();
        assert_eq!(without.cameras.iter().map(|camera| camera.camera).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(session.pictures(0).err().unwrap().code, ErrorCode::NotFound);
        assert_eq!(without.proposed.len(), 1);
        let frames = without.cameras[1].health.frames;
        until(&session, |state| state.cameras[1].health.frames > frames).await;
        let confirm = ConfirmProposals { session: session.id, students: vec![student] };
        confirm_proposals(office, confirm).await.unwrap();
        assert_eq!(register(office, day(&roster)).await.unwrap().unmarked, 2);
        let twice = OfCamera { session: session.id, camera: 0 };
        assert_eq!(remove_camera(office, twice).await.unwrap_err().code, ErrorCode::NotFound);
    }
);

both!(
    async fn photographs_of_the_class_do_the_same_as_a_camera(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let class: Vec<PathBuf> = ["1.jpg", "2.jpg"].map(|name| folder.path().join(name)).into();
        picture(&class[0], &known[0], &stranger);
        picture(&class[1], &known[1], &stranger);
        let uploads = upload_files(&world, &class);
        let OfRegister { class, date, lesson } = day(&roster);
        let input = StartPhotographSession { class, date, lesson, uploads: vec![uploads[0]] };
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
        let mark = written(&world, &roster, student).await.unwrap();
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
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        // Nobody is enrolled; the same face comes in three pictures, beside another one.
        let folder = tempfile::tempdir().unwrap();
        let class: Vec<PathBuf> =
            known.iter().enumerate().map(|(n, _)| folder.path().join(format!("{n}.png"))).collect();
        class.iter().zip(&known).for_each(|(file, known)| picture(file, known, &stranger));
        let uploads = upload_files(&world, &class);
        let OfRegister { class, date, lesson } = day(&roster);
        let input = StartPhotographSession { class, date, lesson, uploads };
        let state = start_photograph_session(office, input).await.unwrap();
        assert_eq!((state.unknown, state.unknown_faces.len(), state.proposed.len()), (2, 2, 0));
        let faces = unknown_faces(office, OfSession { session: state.session }).await.unwrap();
        let came_back = faces.iter().find(|face| face.pictures == 3).unwrap();
        assert_eq!(came_back.sightings, 3);
        let of = OfUnknownFace { session: state.session, face: came_back.face };
        let taken = take_unknown_face(office, of).await.unwrap();
        assert_eq!(taken.uploads.len(), 3);
        let enrolment = EnrolFaces { student, uploads: taken.uploads };
        assert_eq!(enrol_faces(office, enrolment.clone()).await.unwrap_err().code, ErrorCode::NoConsent);
        record_consent(office, consent(student)).await.unwrap();
        assert_eq!(enrol_faces(office, enrolment).await.unwrap().templates, 3);
        // The same picture of the other one, three times, is not enough.
        let other = faces.iter().find(|face| face.face != came_back.face).unwrap();
        let few = take_unknown_face(office, OfUnknownFace { face: other.face, ..of }).await.unwrap_err();
        assert_eq!(few.code, ErrorCode::PoorPhotograph);
        stop_live_session(office, OfSession { session: state.session }).await.unwrap();
        assert_eq!(take_unknown_face(office, of).await.unwrap_err().code, ErrorCode::NotFound);
    }
);

both!(
    async fn photographs_are_taken_from_the_camera(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        let source = |path: &Path| CameraSource::File { path: path.display().to_string() };
        let refused = StartEnrolmentSession { student, source: source(&known[0]) };
        assert_eq!(start_enrolment_session(office, refused).await.unwrap_err().code, ErrorCode::NoConsent);
        record_consent(office, consent(student)).await.unwrap();
        let mut uploads = Vec::new();
        for file in &known {
            let input = StartEnrolmentSession { student, source: source(file) };
            let begun = start_enrolment_session(office, input).await.unwrap();
            let session = find_session(office, begun.session).unwrap();
            let seen = until(&session, |state| !state.cameras[0].faces.is_empty()).await;
            assert!(seen.guidance.is_empty(), "{:?}", seen.guidance);
            assert!(
                seen.turn.is_some_and(|turn| turn.abs() <= vision::QualityLimits::default().aside),
                "{:?}",
                seen.turn
            );
            let taken = capture_frame(office, OfSession { session: begun.session }).await.unwrap();
            assert!(taken.faults.is_empty());
            uploads.push(taken.upload);
        }
        let enrolled = enrol_faces(office, EnrolFaces { student, uploads }).await.unwrap();
        assert_eq!(enrolled.templates, 3);

        let missing = StartEnrolmentSession { student, source: source(Path::new("/no/such/picture.jpg")) };
        let begun = start_enrolment_session(office, missing).await.unwrap();
        let session = find_session(office, begun.session).unwrap();
        until(&session, |state| matches!(state.cameras[0].status, CameraStatus::Lost { .. })).await;
        let early = capture_frame(office, OfSession { session: begun.session }).await.unwrap_err();
        assert_eq!(early.code, ErrorCode::Camera);
    }
);

async fn kiosk(
    context: &Context,
    world: &World,
    classes: Option<Vec<store::ids::ClassId>>,
    film: &Film,
) -> Arc<LiveSession> {
    let input = StartKiosk { school: world.school, classes, source: film.source() };
    let begun = start_kiosk(context, input).await.unwrap();
    find_session(context, begun.session).unwrap()
}

fn greeted(kind: GreetingKind) -> impl Fn(&Arc<LiveState>) -> bool {
    move |state| {
        let greeting = state.kiosk.as_ref().and_then(|kiosk| kiosk.greeting.as_ref());
        greeting.is_some_and(|greeting| greeting.kind == kind)
    }
}

both!(
    async fn the_kiosk_marks_by_itself_and_names_one_person_only(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        change_settings(&world, |settings| (settings.face_liveness, settings.kiosk_turn_head) = (false, false)).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let film = Film(tempfile::tempdir().unwrap());
        std::fs::copy(&known[0], film.0.path().join("frame.jpg")).unwrap();
        let operator = world.user("door", school::Role::Operator).await;
        let session = kiosk(&operator, &world, None, &film).await;
        let state = until(&session, greeted(GreetingKind::Late)).await;
        let shown = state.kiosk.clone().unwrap();
        assert_eq!((shown.greeting.unwrap().name.as_str(), shown.sound), ("José Muñoz", true));
        assert!(state.proposed.is_empty() && state.present.is_empty() && state.missing.is_empty(), "never a list");
        assert!(state.cameras[0].faces.iter().all(|face| face.student.is_none()));
        let mark = written(&world, &roster, student).await.unwrap();
        assert_eq!((mark.meaning, mark.source), (AttendanceMeaning::Late, MarkSource::Kiosk));
        assert_eq!((mark.version, mark.by.as_deref()), (1, Some("door Tester")));

        // Who is there already is not written again, also from another door.
        let second = world.user("door2", school::Role::Operator).await;
        let session = kiosk(&second, &world, Some(vec![roster.class_a]), &film).await;
        until(&session, greeted(GreetingKind::AlreadyHere)).await;
        stop_sessions(&world, &second);
        assert_eq!(written(&world, &roster, student).await.unwrap().version, 1);
        // A class of which the student is not: nobody known.
        let session = kiosk(office, &world, Some(vec![roster.class_b]), &film).await;
        let state = until(&session, |state| state.kiosk.as_ref().unwrap().prompt == KioskPrompt::GoToOffice).await;
        assert_eq!((state.enrolled, state.kiosk.unwrap().greeting), (0, None));
        stop_sessions(&world, office);

        // A person's word is not overruled.
        let shown = register(office, day(&roster)).await.unwrap();
        let absent = shown.codes.iter().find(|code| code.meaning == AttendanceMeaning::Absent).unwrap().id;
        let entry =
            AttendanceEntry { student, code: Some(absent), reason: None, minutes_late: None, seen_version: Some(1) };
        let input = RecordAttendance { register: day(&roster), marks: vec![entry], source: None };
        record_attendance(office, input).await.unwrap();
        let session = kiosk(&second, &world, None, &film).await;
        until(&session, greeted(GreetingKind::SeeOffice)).await;
        assert_eq!(written(&world, &roster, student).await.unwrap().meaning, AttendanceMeaning::Absent);
    }
);

/// Ends what a person runs, as a sign-out does.
fn stop_sessions(world: &World, context: &Context) {
    let user = context.actor().unwrap().user;
    school::attendance::live::stop_sessions_of(&world.services, user).unwrap();
}

both!(
    async fn a_kiosk_is_left_with_the_password_only(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        let film = Film(tempfile::tempdir().unwrap());
        std::fs::copy(&known[0], film.0.path().join("frame.jpg")).unwrap();
        world.user("door", school::Role::Operator).await;
        let password = format!("{} too", crate::world::PASSWORD);
        let token = world.sign_in("door computer", "door", &password).await.unwrap();
        let operator = world.resume(&token).await;
        assert_eq!(running_kiosk(&operator, school::accounts::Nothing {}).await.unwrap(), None);
        let session = kiosk(&operator, &world, None, &film).await;
        // Whoever touches the screen can do nothing.
        let refused = |outcome: school::Result<()>| assert_eq!(outcome.unwrap_err().code, ErrorCode::Forbidden);
        refused(register(&operator, day(&roster)).await.map(|_| ()));
        refused(stop_live_session(&operator, OfSession { session: session.id }).await);
        refused(school::accounts::sign_out(&operator, school::accounts::Nothing {}).await);
        let running = running_kiosk(&operator, school::accounts::Nothing {}).await.unwrap().unwrap();
        assert_eq!(running.session, session.id);
        // Others, elsewhere, are not held.
        register(&world.administrator, day(&roster)).await.unwrap();

        // The sign-in does not end by idleness while it runs.
        let looked = |session: &LiveSession| session.now().cameras[0].health.frames;
        for _ in 0..3 {
            world.clock.move_by(chrono::Duration::hours(8));
            let frames = looked(&session);
            until(&session, |state| state.cameras[0].health.frames > frames + 20).await;
        }
        let operator = world.resume(&token).await;

        let leave =
            |password: &str| leave_kiosk(&operator, LeaveKiosk { session: session.id, password: password.into() });
        for _ in 0..5 {
            assert_eq!(leave("guess").await.unwrap_err().code, ErrorCode::WrongPassword);
        }
        assert_eq!(leave(&password).await.unwrap_err().code, ErrorCode::SlowDown);
        world.clock.move_by(chrono::Duration::minutes(20));
        leave(&password).await.unwrap();
        assert_eq!(running_kiosk(&operator, school::accounts::Nothing {}).await.unwrap(), None);
        register(&operator, day(&roster)).await.unwrap();
    }
);

both!(
    async fn a_slow_screen_holds_no_camera_up(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        enrol(&world, roster.in_a[0], &known).await.unwrap();
        let film = Film::new(&known[0], &stranger);
        let session = start(&world.administrator, &roster, film.source()).await;
        // This consumer takes the first picture and the first state, and then never asks again.
        let mut slow = session.pictures(0).unwrap();
        let first = slow.wait_for(Option::is_some).await.unwrap().clone().unwrap();
        let sleeping = session.states();
        let state = until(&session, |state| state.cameras[0].health.frames > first.sequence() + 30).await;
        assert!(!state.proposed.is_empty());
        let newest = slow.borrow_and_update().clone().unwrap();
        assert!(newest.sequence() > first.sequence(), "it gets the newest, and none of those in between");
        drop(sleeping);
        // Faster than the models: what is left out is counted at each step.
        let health = &session.now().cameras[0].health;
        assert!(health.frames_per_second > health.looked_per_second, "{health:?}");
        assert!(health.dropped_before_decoding + health.dropped_before_looking > 0, "{health:?}");
    }
);

both!(
    async fn evidence_is_kept_only_where_the_school_wants_it(world: World) {
        let Some((known, stranger)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let film = Film::new(&known[0], &stranger);
        let OfRegister { date, lesson, .. } = day(&roster);
        let mark = || async {
            let session = start(office, &roster, film.source()).await;
            until(&session, |state| !state.proposed.is_empty()).await;
            let confirm = ConfirmProposals { session: session.id, students: vec![student] };
            confirm_proposals(office, confirm).await.unwrap()
        };
        let look = || attendance_evidence(office, OfEvidence { student, date, lesson });
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

both!(
    async fn a_portrait_on_a_display_waits_for_a_person_and_is_not_proposed(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let models = &engine(office).await.unwrap().models;
        let portrait = known.iter().find_map(|file| attacks::source(models, &image::open(file).unwrap().into_rgb8()));
        let folder = tempfile::tempdir().unwrap();
        let scene = attacks::Scene { eyes: 60.0, seed: 1, frames: 8 };
        for (n, frame) in attacks::film(&portrait.unwrap(), attacks::Kind::Display, scene).enumerate() {
            frame.save(folder.path().join(format!("{n:02}.png"))).unwrap();
        }
        let path = folder.path().display().to_string();
        let source = CameraSource::Folder { path, frames_per_second: Some(10.0), repeat: true };
        let session = start(office, &roster, source).await;
        let flat = |state: &Arc<LiveState>| state.unsure.iter().any(|face| face.reason == UnsureReason::LooksFlat);
        let seen = until(&session, flat).await;
        assert!(seen.proposed.is_empty(), "{:?}", seen.proposed);
        assert!(seen.cameras[0].faces.iter().all(|face| face.state != LiveFaceState::Recognised), "{:?}", seen.cameras);
        stop_live_session(office, OfSession { session: session.id }).await.unwrap();
        assert_eq!(register(office, day(&roster)).await.unwrap().unmarked, 3);
    }
);

both!(
    async fn where_students_must_move_a_still_portrait_is_not_proposed_and_a_turned_head_is(world: World) {
        let Some((known, _)) = photographs() else { return };
        let roster = Roster::new(&world).await;
        faces_on(&world).await;
        change_settings(&world, |settings| settings.face_must_move = true).await;
        let (office, student) = (&world.administrator, roster.in_a[0]);
        enrol(&world, student, &known).await.unwrap();
        let models = &engine(office).await.unwrap().models;
        let portrait = known.iter().find_map(|file| attacks::source(models, &image::open(file).unwrap().into_rgb8()));
        let portrait = portrait.unwrap();
        let play = |kind, folder: &std::path::Path| {
            let scene = attacks::Scene { eyes: 60.0, seed: 40, frames: 40 };
            for (n, frame) in attacks::film(&portrait, kind, scene).enumerate() {
                frame.save(folder.join(format!("{n:02}.png"))).unwrap();
            }
            CameraSource::Folder { path: folder.display().to_string(), frames_per_second: Some(10.0), repeat: true }
        };
        let (still, moving) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let session = start(office, &roster, play(attacks::Kind::Rotated, still.path())).await;
        let played = until(&session, |state| state.cameras[0].sequence >= 40).await;
        assert!(played.proposed.is_empty() && played.unsure.is_empty(), "{:?} {:?}", played.proposed, played.unsure);
        assert_eq!(played.cameras[0].faces[0].state, LiveFaceState::Looking);
        stop_live_session(office, OfSession { session: session.id }).await.unwrap();
        let looks_about = attacks::Kind::Genuine(attacks::Genuine::LooksAbout);
        let session = start(office, &roster, play(looks_about, moving.path())).await;
        let seen = until(&session, |state| !state.proposed.is_empty()).await;
        assert_eq!(seen.proposed[0].student, student);
    }
);
