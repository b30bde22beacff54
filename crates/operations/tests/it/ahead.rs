//! Absence known ahead: entered, seen in registers, changed, taken back; what people and registers said before stays beside it.

use kernel::{ErrorCode, Save};
use school::attendance::*;
use school::people::OfStudent;
use school::schools::*;
use store::ids::{AttendanceCodeId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::Roster;
use crate::world::{World, date};

async fn code(world: &World, letter: &str) -> AttendanceCodeId {
    let codes = list_attendance_codes(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    codes.iter().find(|code| code.code == letter).unwrap().id
}

async fn told(world: &World, student: StudentId, days: (&str, &str)) -> SaveAbsence {
    SaveAbsence {
        student,
        save: Save::New,
        start: date(days.0),
        end: Some(date(days.1)),
        code: code(world, "E").await,
        reason: Some("Wedding".into()),
        said_by: Some("The mother".into()),
    }
}

/// What the registers of 7A hold of its first student on these days: the letter with the reason, `.` where nothing stands,
/// `(E)` where it is known ahead.
async fn held(world: &World, roster: &Roster, days: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for day in days {
        let of = OfRegister { class: roster.class_a, date: date(day), lesson: 0, even_if_no_school: None };
        let shown = register(&world.administrator, of).await.unwrap();
        let row = shown.students.iter().find(|row| row.student == roster.in_a[0]).unwrap();
        let letter = |id| shown.codes.iter().find(|code| code.id == id).unwrap().code.clone();
        found.push(match (&row.mark, &row.ahead) {
            (Some(mark), None) => format!("{} {}", letter(mark.code), mark.reason.clone().unwrap_or_default()),
            (None, Some(ahead)) => format!("({})", letter(ahead.code)),
            (None, None) => ".".to_owned(),
            (Some(_), Some(_)) => panic!("what is written is not known ahead"),
        });
    }
    found
}

both!(
    async fn an_absence_known_ahead_fills_registers_and_they_follow_when_it_is_changed_twice(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let child = roster.in_a[0];
        // Today is Wednesday, 14 October 2026: the registers of Monday to Wednesday can be taken.
        let days = ["2026-10-12", "2026-10-13", "2026-10-14"];
        let take = async |day: &str| {
            let register = OfRegister { class: roster.class_a, date: date(day), lesson: 0, even_if_no_school: None };
            take_register(office, TakeRegister { register, rest_present: true }).await.unwrap();
        };
        let first = save_absence(office, told(&world, child, ("2026-10-13", "2026-10-20")).await).await.unwrap();
        assert_eq!(first.registers, 0);
        assert_eq!(held(&world, &roster, &days).await, [".", "(E)", "(E)"]);
        for day in ["2026-10-12", "2026-10-13"] {
            take(day).await;
        }
        assert_eq!(held(&world, &roster, &days).await, ["P ", "E Wedding", "(E)"]);
        let absent = absent_today(office, AbsentToday { school: world.school, date: None }).await.unwrap();
        assert_eq!(absent.len(), 1, "known ahead, before the register is taken");
        assert!(absent[0].ahead && !absent[0].unexplained && absent[0].student == child);

        // Changed: it begins a day earlier and ends on the 13th, for another reason. Monday's register stands: she was there.
        let change = |saved: &SavedAbsence| Save::Change { id: saved.absence.id, version: saved.absence.version };
        let shorter = SaveAbsence {
            save: change(&first),
            reason: Some("Ill".into()),
            ..told(&world, child, ("2026-10-12", "2026-10-13")).await
        };
        let second = save_absence(office, shorter).await.unwrap();
        assert_eq!(second.registers, 1);
        assert_eq!(held(&world, &roster, &days).await, ["P ", "E Ill", "."]);
        // Changed again: it was Wednesday only. What Tuesday's register held because of it is open again.
        let later = SaveAbsence { save: change(&second), ..told(&world, child, ("2026-10-14", "2026-10-14")).await };
        let third = save_absence(office, later).await.unwrap();
        assert_eq!(third.registers, 1);
        assert_eq!(held(&world, &roster, &days).await, ["P ", ".", "(E)"]);
        // Each step back is one undo.
        undo(office, Undo { entry: third.undo.unwrap() }).await.unwrap();
        assert_eq!(held(&world, &roster, &days).await, ["P ", "E Ill", "."]);
        undo(office, Undo { entry: second.undo.unwrap() }).await.unwrap();
        assert_eq!(held(&world, &roster, &days).await, ["P ", "E Wedding", "(E)"]);
        let now = list_absences(office, OfStudent { student: child }).await.unwrap().remove(0);
        delete_absence(office, DeleteAbsence { absence: now.id, version: now.version }).await.unwrap();
        assert_eq!(held(&world, &roster, &days).await, ["P ", ".", "."]);
    }
);

both!(
    async fn an_absence_that_nobody_explained_is_explained_and_its_first_entry_stays_beside_it(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await;
        let (office, child) = (&world.administrator, roster.in_a[0]);
        let absent = code(&world, "A").await;
        let register =
            OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
        let marks = vec![
            AttendanceEntry {
                student: child,
                code: Some(absent),
                reason: None,
                minutes_late: None,
                seen_version: None,
            },
            AttendanceEntry {
                student: roster.in_a[1],
                code: Some(absent),
                reason: Some("Bus".into()),
                minutes_late: None,
                seen_version: None,
            },
        ];
        record_attendance(&teacher, RecordAttendance { register, marks }).await.unwrap();
        // The mother calls at ten.
        let told_late = told(&world, child, ("2026-10-14", "2026-10-16")).await;
        assert_eq!(save_absence(office, told_late.clone()).await.unwrap().registers, 1);
        assert_eq!(held(&world, &roster, &["2026-10-14"]).await, ["E Wedding"]);
        let history = AttendanceHistory { student: child, from: None, to: None, offset: None, limit: None };
        let row = attendance_history(office, history).await.unwrap().rows.remove(0);
        let entries: Vec<_> = row.changes.iter().map(|change| change.code.clone().unwrap()).collect();
        assert_eq!(entries, ["E", "A"], "the teacher's first entry stands beside it");
        assert_ne!(row.changes[0].by, row.changes[1].by);
        // What somebody gave a reason for is theirs.
        let other = told(&world, roster.in_a[1], ("2026-10-14", "2026-10-14")).await;
        assert_eq!(save_absence(office, other).await.unwrap().registers, 0);

        // What cannot be is refused at its field.
        let overlapping = save_absence(office, told_late).await.unwrap_err();
        assert_eq!((overlapping.fields[0].field.as_str(), overlapping.fields[0].code.as_str()), ("start", "overlaps"));
        let mut backwards = told(&world, child, ("2026-11-14", "2026-11-13")).await;
        assert_eq!(save_absence(office, backwards.clone()).await.unwrap_err().fields[0].field, "end");
        backwards.end = None;
        backwards.code = code(&world, "P").await;
        assert_eq!(save_absence(office, backwards.clone()).await.unwrap_err().fields[0].field, "code");
        // A teacher enters it for whom they teach, and for nobody else.
        backwards.code = absent;
        save_absence(&teacher, backwards.clone()).await.unwrap();
        let elsewhere = SaveAbsence { student: roster.in_b[0], ..backwards };
        assert_eq!(save_absence(&teacher, elsewhere).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);
