//! The calendar of a school: which days are school days, for whom, and what of the registers counts.

use kernel::{ErrorCode, Save};
use marks::analytics::load_attendance;
use school::attendance::*;
use school::people::{OfStudent, student};
use school::schools::*;
use sea_orm::EntityTrait;
use serde_json::json;
use store::entities::academic_sessions;
use store::ids::{ClassId, SchoolId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::Roster;
use crate::world::{World, date};

fn entry(school: SchoolId, kind: CalendarKind, days: (&str, &str), levels: &[&str]) -> SaveCalendarEntry {
    SaveCalendarEntry {
        school,
        save: Save::New,
        kind,
        title: format!("{kind:?} of {}", days.0),
        start: date(days.0),
        end: Some(date(days.1)),
        grade_levels: levels.iter().map(|level| (*level).to_owned()).collect(),
    }
}

async fn put(world: &World, kind: CalendarKind, days: (&str, &str), levels: &[&str]) -> SavedCalendarEntry {
    save_calendar_entry(&world.administrator, entry(world.school, kind, days, levels)).await.unwrap()
}

fn of(class: ClassId, day: &str) -> OfRegister {
    OfRegister { class, date: date(day), lesson: 0, even_if_no_school: None }
}

/// Why no register of a class is opened on a day, with what the calendar calls it.
async fn refused(world: &World, class: ClassId, day: &str) -> Option<serde_json::Value> {
    let outcome = register(&world.administrator, of(class, day)).await;
    outcome.err().map(|error| {
        assert_eq!(error.code, ErrorCode::NoSchoolDay, "{error:?}");
        let mut details = error.details.unwrap();
        details.as_object_mut().unwrap().remove("date");
        details
    })
}

/// What everybody who counts attendance makes of a student: the summary, the report card, the student's page.
async fn counted(world: &World, student_id: StudentId, class: ClassId) -> [u32; 3] {
    let office = &world.administrator;
    let of = SummaryOf { class: None, student: Some(student_id), term: None, days: None };
    let summary = attendance_summary(office, of.clone()).await.unwrap().counts;
    let of_class = attendance_summary(office, SummaryOf { class: Some(class), student: None, ..of }).await.unwrap();
    let in_class = of_class.students.iter().find(|row| row.student == student_id).unwrap().counts;
    assert_eq!(summary, in_class);
    let sessions = list_sessions(office, OfSchool { school: world.school }).await.unwrap();
    let store = &world.services.store;
    let term = academic_sessions::Entity::find_by_id(sessions[0].terms[0].id).one(store.reader()).await.unwrap();
    let on_card = load_attendance(store, &[student_id], &term.unwrap()).await.unwrap();
    let on_card = on_card.get(&student_id).copied().unwrap_or_default();
    let page = student(office, OfStudent { student: student_id }).await.unwrap();
    let sum = |counts: ::analytics::AttendanceCounts| counts.present + counts.late + counts.absent + counts.excused;
    [sum(summary), sum(on_card), page.attendance.iter().map(|count| count.days as u32).sum()]
}

both!(
    async fn the_calendar_goes_before_the_week_and_an_extra_day_before_a_holiday(world: World) {
        let roster = Roster::new(&world).await;
        let (a, b) = (roster.class_a, roster.class_b);
        // 7A and 7B are of grade level 7; 2026-10-05 is a Monday.
        put(&world, CalendarKind::Holiday, ("2026-10-05", "2026-10-06"), &[]).await;
        put(&world, CalendarKind::Closure, ("2026-10-07", "2026-10-07"), &["12"]).await;
        put(&world, CalendarKind::Closure, ("2026-10-08", "2026-10-08"), &["7", "12"]).await;
        put(&world, CalendarKind::Extra, ("2026-10-10", "2026-10-10"), &["7"]).await;
        put(&world, CalendarKind::Extra, ("2026-10-06", "2026-10-06"), &["12"]).await;
        let because = |why: &str, title: Option<&str>| Some(json!({ "why": why, "title": title }));
        assert_eq!(refused(&world, a, "2026-10-05").await, because("holiday", Some("Holiday of 2026-10-05")));
        assert_eq!(refused(&world, a, "2026-10-06").await, because("holiday", Some("Holiday of 2026-10-05")));
        assert_eq!(refused(&world, a, "2026-10-07").await, None, "the others are closed");
        assert_eq!(refused(&world, b, "2026-10-08").await, because("closure", Some("Closure of 2026-10-08")));
        assert_eq!(refused(&world, a, "2026-10-10").await, None, "a Saturday with school");
        assert_eq!(refused(&world, a, "2026-10-11").await, because("weekday", None));

        // Of the whole school a day is one without school only where nobody has any.
        let input = CalendarOf { school: world.school, start: date("2026-10-05"), end: date("2026-10-11") };
        let shown = calendar(&world.administrator, input).await.unwrap();
        let off: Vec<bool> = shown.days.iter().map(|day| day.off.is_some()).collect();
        assert_eq!(off, [true, false, false, false, false, false, true]);
        assert_eq!((shown.school_days, shown.entries.len(), shown.grade_levels), (5, 5, vec!["7".to_owned()]));
        let day = RegistersOfDayInput { school: world.school, date: Some(date("2026-10-06")), lesson: None };
        let registers = registers_of_day(&world.administrator, day).await.unwrap();
        assert_eq!((registers.no_school, registers.classes.len()), (None, 0), "of those who have school");
    }
);

both!(
    async fn what_stands_on_a_day_without_school_counts_only_where_it_was_meant(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let (class, child) = (roster.class_a, roster.in_a[0]);
        let take = async |day: &str, meant: Option<bool>| {
            let register = OfRegister { even_if_no_school: meant, ..of(class, day) };
            take_register(office, TakeRegister { register, rest_present: true }).await.unwrap();
        };
        for day in ["2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08"] {
            take(day, None).await;
        }
        assert_eq!(counted(&world, child, class).await, [4; 3]);
        // Snow on two of them is entered afterwards: what was taken stays, and counts no more.
        let snow = put(&world, CalendarKind::Closure, ("2026-10-06", "2026-10-07"), &[]).await;
        assert_eq!(snow.registers, 2);
        assert_eq!(counted(&world, child, class).await, [2; 3]);
        assert_eq!(register(office, of(class, "2026-10-06")).await.unwrap().counts.present, 3, "it is still there");
        // For other grade levels it would count.
        let only_others = SaveCalendarEntry {
            save: Save::Change { id: snow.entry.id, version: snow.entry.version },
            ..entry(world.school, CalendarKind::Closure, ("2026-10-06", "2026-10-07"), &["12"])
        };
        let narrowed = save_calendar_entry(office, only_others).await.unwrap();
        assert_eq!((narrowed.registers, counted(&world, child, class).await), (0, [4; 3]));
        undo(office, Undo { entry: narrowed.undo.unwrap() }).await.unwrap();
        assert_eq!(counted(&world, child, class).await, [2; 3]);
        // A Saturday that was meant counts, and a mark alone makes it meant too.
        take("2026-10-10", Some(true)).await;
        let sunday = OfRegister { even_if_no_school: Some(true), ..of(class, "2026-10-11") };
        mark_all_present(office, sunday).await.unwrap();
        assert_eq!(counted(&world, child, class).await, [4; 3]);
        // The week becomes another: what was taken on days that were school days then counts as it did.
        let stored = settings(office, OfSchool { school: world.school }).await.unwrap();
        let mut week = stored.settings;
        week.school_days = vec![Weekday::Tuesday];
        let input = SaveSettings { school: world.school, version: stored.version, settings: week };
        save_settings(office, input).await.unwrap();
        assert_eq!(counted(&world, child, class).await, [4; 3]);
        let gone = DeleteCalendarEntry { id: snow.entry.id, version: snow.entry.version + 2 };
        delete_calendar_entry(office, gone).await.unwrap();
        assert_eq!(counted(&world, child, class).await, [6; 3]);
    }
);

both!(
    async fn an_entry_that_cannot_be_is_refused_at_its_field(world: World) {
        let office = &world.administrator;
        let right = || entry(world.school, CalendarKind::Holiday, ("2026-12-21", "2027-01-03"), &[]);
        let wrong = [
            ("title", SaveCalendarEntry { title: "  ".into(), ..right() }),
            ("end", SaveCalendarEntry { end: Some(date("2026-12-20")), ..right() }),
            ("end", SaveCalendarEntry { end: Some(date("2027-12-23")), ..right() }),
            ("start", SaveCalendarEntry { start: date("1026-12-21"), end: Some(date("1026-12-22")), ..right() }),
            ("gradeLevels", SaveCalendarEntry { grade_levels: vec!["x".repeat(21)], ..right() }),
        ];
        for (field, input) in wrong {
            let error = save_calendar_entry(office, input.clone()).await.expect_err(field);
            assert!(error.fields.iter().any(|fault| fault.field == field), "{field}: {error:?}");
        }
        let saved = save_calendar_entry(office, right()).await.unwrap();
        let seen = DeleteCalendarEntry { id: saved.entry.id, version: saved.entry.version + 1 };
        assert_eq!(delete_calendar_entry(office, seen).await.unwrap_err().code, ErrorCode::Stale);
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await;
        assert_eq!(save_calendar_entry(&teacher, right()).await.unwrap_err().code, ErrorCode::Forbidden);
        let of_year = CalendarOf { school: world.school, start: date("2026-09-01"), end: date("2027-07-15") };
        assert_eq!(calendar(&teacher, of_year).await.unwrap().entries, [saved.entry]);
    }
);

both!(
    async fn the_calendar_goes_out_as_a_file_that_other_calendars_read(world: World) {
        let office = &world.administrator;
        put(&world, CalendarKind::Holiday, ("2026-10-05", "2026-10-09"), &[]).await;
        let closed = put(&world, CalendarKind::Closure, ("2026-11-02", "2026-11-02"), &["7", "8"]).await;
        let of_year = || CalendarOf { school: world.school, start: date("2026-09-01"), end: date("2027-07-15") };
        let made = calendar_file(office, of_year()).await.unwrap();
        let user = office.actor().unwrap().user;
        let text = String::from_utf8(office.services.artifact(made.artifact, user).unwrap().bytes.to_vec()).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        // The last day is part of it; the file names the day after, as the format wants it.
        for line in ["BEGIN:VCALENDAR", "DTSTART;VALUE=DATE:20261005", "DTEND;VALUE=DATE:20261010"] {
            assert!(lines.contains(&line), "{line} is not in\n{text}");
        }
        let uid = format!("UID:{}@homeroom", closed.entry.id);
        assert!(lines.contains(&uid.as_str()) && text.contains("(7\\, 8)"), "{text}");
        assert_eq!((made.rows, made.file_name.ends_with(".ics")), (2, true));
    }
);
