//! Who is here now: what the newest register of the day says of everybody, on the screen and on paper.

use chrono::Duration;
use kernel::Save;
use school::attendance::*;
use school::people::save_student;
use school::schools::*;
use store::ids::{AttendanceCodeId, StudentId};

use crate::both;
use crate::roster::{Roster, new_student};
use crate::world::{World, date};

const TODAY: &str = "2026-10-14";

async fn code(world: &World, letter: &str) -> AttendanceCodeId {
    let codes = list_attendance_codes(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    codes.iter().find(|code| code.code == letter).unwrap().id
}

async fn say(world: &World, roster: &Roster, lesson: i32, student: StudentId, letter: &str) {
    let code = Some(code(world, letter).await);
    let mark = AttendanceEntry { student, code, reason: None, minutes_late: None, seen_version: None };
    let register = OfRegister { class: roster.class_a, date: date(TODAY), lesson, even_if_no_school: None };
    record_attendance(&world.administrator, RecordAttendance { register, marks: vec![mark] }).await.unwrap();
}

both!(
    async fn everybody_is_where_the_newest_register_says(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let of_school = || OfSchool { school: world.school };
        let [jose, aarav, mohammed] = roster.in_a[..] else { panic!("three in 7A") };
        // In no class, and of the school all the same.
        let input = new_student(world.school, "N1", "Nora", "Nowhere");
        let nora = save_student(office, input).await.unwrap().student.id;
        let before = here_now(office, of_school()).await.unwrap();
        let staff = before.people.iter().filter(|person| person.is_staff).count() as u32;
        assert_eq!((before.here, before.unknown, before.away), (0, 5 + staff, 0), "nothing is known yet");

        say(&world, &roster, 0, jose, "P").await;
        say(&world, &roster, 0, aarav, "A").await;
        // In the morning he was there, in the third lesson he is not any more.
        say(&world, &roster, 0, mohammed, "L").await;
        world.clock.move_by(Duration::minutes(5));
        say(&world, &roster, 3, mohammed, "E").await;
        let ill = SaveAbsence {
            student: roster.in_b[0],
            save: Save::New,
            start: date(TODAY),
            end: None,
            code: code(&world, "E").await,
            reason: None,
            said_by: None,
        };
        save_absence(office, ill).await.unwrap();
        let now = here_now(office, of_school()).await.unwrap();
        let of = |id: StudentId| now.people.iter().find(|person| person.id == id.0).unwrap();
        let states = [jose, aarav, mohammed, roster.in_b[0], nora].map(|id| of(id).whereabouts);
        use Whereabouts::{Away, Here, Unknown};
        assert_eq!(states, [Here, Away, Away, Away, Unknown]);
        assert_eq!((now.here, now.unknown, now.away), (1, 1 + staff, 3));
        assert_eq!(of(jose).class_title.as_deref(), Some("7A"));
        assert!(of(jose).since.is_some() && of(nora).class.is_none());
        let places: Vec<bool> = now.people.iter().map(|person| person.is_staff).collect();
        assert!(places.is_sorted(), "students by class, the staff last");
        // On paper: everybody who is looked for, and nobody who is away.
        for by in [HereBy::Class, HereBy::Place] {
            let made = print_here_now(office, PrintHereNow { school: world.school, by }).await.unwrap();
            assert_eq!(made.rows, 2 + staff);
            let paper = office.services.artifact(made.artifact, office.actor().unwrap().user).unwrap();
            assert!(paper.bytes.starts_with(b"%PDF-"));
        }
        // Whoever teaches sees their own students, and all of the staff.
        let teacher = roster.teacher(&world).await;
        let own = here_now(&teacher, of_school()).await.unwrap();
        assert_eq!(own.people.iter().filter(|person| !person.is_staff).count(), 3);
    }
);
