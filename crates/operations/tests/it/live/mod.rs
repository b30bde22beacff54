//! Live sessions, with folders of real pictures played as cameras: the real models and public-domain photographs where they
//! are there.

mod cameras;
mod evidence;
mod far;
mod kept;
mod kiosk;
mod leaving;
mod photographs;
mod register;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::live::{LiveSession, LiveState, find_session};
use ::operations::at_desk;
use desk::{CameraSource, StartAttendanceSession, start_attendance_session};
use kernel::Context;
use school::attendance::{OfRegister, RegisterMark, register};
use school::schools::{OfSchool, SaveSettings, Settings, save_settings, settings};
use store::ids::StudentId;

use crate::faces::{enrol, faces_on, photographs};
use crate::roster::Roster;
use crate::world::{World, date};

/// A class, photographs of its first student and one of a stranger.
struct Lesson {
    roster: Roster,
    student: StudentId,
    known: Vec<PathBuf>,
    stranger: PathBuf,
}

impl Lesson {
    /// With the student enrolled; none where models or photographs are missing.
    async fn begin(world: &World) -> Option<Self> {
        let lesson = Self::before_enrolment(world).await?;
        enrol(world, lesson.student, &lesson.known).await.unwrap();
        Some(lesson)
    }

    /// With nobody enrolled.
    async fn before_enrolment(world: &World) -> Option<Self> {
        let (known, stranger) = photographs()?;
        let roster = Roster::new(world).await;
        faces_on(world).await;
        Some(Self { student: roster.in_a[0], roster, known, stranger })
    }

    /// The student beside the stranger, before a camera.
    fn film(&self) -> Film {
        Film::new(&self.known[0], &self.stranger)
    }

    /// The student alone, before a camera.
    fn alone(&self) -> Film {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(&self.known[0], folder.path().join("frame.jpg")).unwrap();
        Film(folder)
    }
}

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
    OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None }
}

async fn start(context: &Context, roster: &Roster, source: CameraSource) -> Arc<LiveSession> {
    let input = StartAttendanceSession {
        class: roster.class_a,
        date: date("2026-10-14"),
        lesson: 0,
        source,
        even_if_no_school: None,
    };
    let begun = start_attendance_session(&at_desk(context), input).await.unwrap();
    find_session(context, begun.session).unwrap()
}

async fn until(session: &LiveSession, fits: impl FnMut(&Arc<LiveState>) -> bool) -> LiveState {
    (**session.states().wait_for(fits).await.unwrap()).clone()
}

async fn written(world: &World, roster: &Roster, student: StudentId) -> Option<RegisterMark> {
    let shown = register(&world.administrator, day(roster)).await.unwrap();
    shown.students.into_iter().find(|row| row.student == student).unwrap().mark
}

async fn change_settings(world: &World, change: impl FnOnce(&mut Settings)) {
    let office = &world.administrator;
    let mut present = settings(office, OfSchool { school: world.school }).await.unwrap();
    change(&mut present.settings);
    let (version, settings) = (present.version, present.settings);
    save_settings(office, SaveSettings { school: world.school, version, settings }).await.unwrap();
}
