//! Who was often away, worked out by hand: days, days in a row over a holiday, shares of the days.

use school::attendance::*;
use school::people::save_student;
use school::schools::*;
use store::ids::{AttendanceCodeId, StudentId};

use crate::both;
use crate::roster::{Roster, new_student};
use crate::world::{World, date};

/// The school days of the table; 1 to 5 October are the holidays between them (2026-10-03 is a Saturday).
const DAYS: [&str; 10] = [
    "2026-09-24",
    "2026-09-25",
    "2026-09-28",
    "2026-09-29",
    "2026-09-30",
    "2026-10-06",
    "2026-10-07",
    "2026-10-08",
    "2026-10-09",
    "2026-10-12",
];

/// Who, what the registers hold on these days (`.` none), days away, in a row, of days, not excused, not excused in a row.
const TABLE: [(&str, &str, [u32; 5]); 5] = [
    // Four in a row over the holidays.
    ("Over", "PPPAAEAPPP", [4, 4, 10, 3, 2]),
    // Five days, never two in a row.
    ("Now and then", "APAPAPAPAP", [5, 1, 10, 5, 1]),
    // Late is there. A day without a register breaks no row.
    ("Gaps", "LLA.ALLLLL", [2, 2, 9, 2, 2]),
    // Excused all along.
    ("Ill", "EEEEEEEEEE", [10, 10, 10, 0, 0]),
    ("There", "PPPPPPPPPP", [0, 0, 10, 0, 0]),
];

async fn codes(world: &World) -> impl Fn(char) -> AttendanceCodeId {
    let codes = list_attendance_codes(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    move |letter| codes.iter().find(|code| code.code == letter.to_string()).unwrap().id
}

/// Their registers as the table has them.
async fn taken(world: &World, roster: &Roster) -> Vec<StudentId> {
    let office = &world.administrator;
    let code = codes(world).await;
    let mut students = Vec::new();
    for (number, (name, ..)) in TABLE.iter().enumerate() {
        let input = new_student(world.school, &format!("T{number}"), name, "Table");
        students.push(save_student(office, input).await.unwrap().student.id);
    }
    let start = date("2026-09-01");
    let input = school::classes::EnrolStudents { class: roster.class_a, students: students.clone(), start };
    school::classes::enrol_students(office, input).await.unwrap();
    for (place, day) in DAYS.iter().enumerate() {
        let marks = students.iter().zip(TABLE).filter_map(|(student, (_, letters, _))| {
            let letter = letters.chars().nth(place).filter(|letter| *letter != '.')?;
            let code = Some(code(letter));
            Some(AttendanceEntry { student: *student, code, reason: None, minutes_late: None, seen_version: None })
        });
        let register = OfRegister { class: roster.class_a, date: date(day), lesson: 0, even_if_no_school: None };
        record_attendance(office, RecordAttendance { register, marks: marks.collect() }).await.unwrap();
    }
    students
}

fn ask(world: &World) -> OftenAbsent {
    OftenAbsent {
        school: world.school,
        start: date("2026-09-24"),
        end: date("2026-10-12"),
        days: None,
        in_a_row: None,
        percent: None,
        unexcused_only: None,
    }
}

async fn names(world: &World, input: OftenAbsent) -> Vec<String> {
    let found = often_absent(&world.administrator, input).await.unwrap();
    assert_eq!(found.total as usize, found.students.len());
    found.students.iter().map(|student| student.name.trim_end_matches(" Table").to_owned()).collect()
}

both!(
    async fn who_was_often_away_is_as_worked_out_by_hand(world: World) {
        let roster = Roster::new(&world).await;
        let holidays = SaveCalendarEntry {
            school: world.school,
            save: kernel::Save::New,
            kind: CalendarKind::Holiday,
            title: "Harvest".into(),
            start: date("2026-10-01"),
            end: Some(date("2026-10-05")),
            grade_levels: Vec::new(),
        };
        save_calendar_entry(&world.administrator, holidays).await.unwrap();
        let students = taken(&world, &roster).await;
        let all = often_absent(&world.administrator, OftenAbsent { days: Some(1), ..ask(&world) }).await.unwrap();
        let bare = OftenAbsent { days: Some(1), unexcused_only: Some(true), ..ask(&world) };
        let bare = often_absent(&world.administrator, bare).await.unwrap();
        let of = |found: &OftenAbsentStudents, id| found.students.iter().find(|one| one.student == id).cloned();
        for (id, (name, _, [away, in_a_row, days, unexcused, unexcused_row])) in students.iter().zip(TABLE) {
            let shown = of(&all, *id).map_or([0, 0, days], |one| [one.away, one.in_a_row, one.days]);
            assert_eq!(shown, [away, in_a_row, days], "{name}");
            let shown = of(&bare, *id).map_or([0, 0], |one| [one.away, one.in_a_row]);
            assert_eq!(shown, [unexcused, unexcused_row], "{name}, not excused");
        }
        assert_eq!(names(&world, OftenAbsent { days: Some(5), ..ask(&world) }).await, ["Ill", "Now and then"]);
        assert_eq!(names(&world, OftenAbsent { in_a_row: Some(4), ..ask(&world) }).await, ["Ill", "Over"]);
        // Of the days of each: more than 40 % is not 40 %.
        assert_eq!(names(&world, OftenAbsent { percent: Some(40.0), ..ask(&world) }).await, ["Ill", "Now and then"]);
        let either = OftenAbsent { in_a_row: Some(4), percent: Some(45.0), ..ask(&world) };
        assert_eq!(names(&world, either).await, ["Ill", "Now and then", "Over"]);
        // What stands on a day that became one without school breaks and makes no row.
        let snow = SaveCalendarEntry {
            school: world.school,
            save: kernel::Save::New,
            kind: CalendarKind::Closure,
            title: "Snow".into(),
            start: date("2026-10-06"),
            end: None,
            grade_levels: Vec::new(),
        };
        save_calendar_entry(&world.administrator, snow).await.unwrap();
        let over = often_absent(&world.administrator, OftenAbsent { days: Some(1), ..ask(&world) }).await.unwrap();
        let over = of(&over, students[0]).unwrap();
        assert_eq!((over.away, over.in_a_row, over.days, over.excused), (3, 3, 9, 0));
    }
);

both!(
    async fn whoever_teaches_is_told_of_their_own_and_a_measure_must_be_named(world: World) {
        let roster = Roster::new(&world).await;
        taken(&world, &roster).await;
        let teacher = roster.teacher(&world).await;
        let input = OftenAbsent { days: Some(5), ..ask(&world) };
        assert_eq!(often_absent(&teacher, input).await.unwrap().total, 2);
        for (field, wrong) in [
            ("days", ask(&world)),
            ("days", OftenAbsent { days: Some(0), ..ask(&world) }),
            ("inARow", OftenAbsent { in_a_row: Some(0), ..ask(&world) }),
            ("percent", OftenAbsent { percent: Some(101.0), ..ask(&world) }),
            ("end", OftenAbsent { days: Some(1), end: date("2026-09-23"), ..ask(&world) }),
        ] {
            assert_eq!(often_absent(&teacher, wrong).await.unwrap_err().fields[0].field, field);
        }
    }
);
