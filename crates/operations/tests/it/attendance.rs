use chrono::{Duration, NaiveDate};
use kernel::{ErrorCode, Role, SavedVersion};
use school::attendance::*;
use school::people::save_student;
use school::schools::AttendanceMeaning;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use store::entities::{attendance_marks, audit_changes, audit_entries};
use store::ids::{AttendanceCodeId, ClassId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::{Roster, new_student};
use crate::world::{World, date};

/// Today in the school of the tests.
const TODAY: &str = "2026-10-14";

fn of(class: ClassId) -> OfRegister {
    OfRegister { class, date: date(TODAY), lesson: 0, even_if_no_school: None }
}

fn entry(student: StudentId, code: AttendanceCodeId) -> AttendanceEntry {
    AttendanceEntry { student, code: Some(code), reason: None, minutes_late: None, seen_version: None }
}

fn by_hand(class: ClassId, marks: Vec<AttendanceEntry>) -> RecordAttendance {
    RecordAttendance { register: of(class), marks }
}

fn code(register: &Register, meaning: AttendanceMeaning) -> AttendanceCodeId {
    register.codes.iter().find(|code| code.meaning == meaning).unwrap().id
}

/// Fills a class to 40 students.
async fn fill(world: &World, roster: &Roster) {
    let mut students = Vec::new();
    for n in roster.in_a.len()..40 {
        let input = new_student(world.school, &format!("F{n:02}"), "Filled", &format!("Student{n:02}"));
        students.push(save_student(&world.administrator, input).await.unwrap().student.id);
    }
    let input = school::classes::EnrolStudents { class: roster.class_a, students, start: date("2026-09-01") };
    school::classes::enrol_students(&world.administrator, input).await.unwrap();
}

async fn entries(world: &World) -> u64 {
    audit_entries::Entity::find().count(world.services.store.reader()).await.unwrap()
}

both!(
    async fn a_register_of_forty_is_one_transaction_and_one_undo(world: World) {
        let roster = Roster::new(&world).await;
        fill(&world, &roster).await;
        let office = &world.administrator;
        let before = register(office, of(roster.class_a)).await.unwrap();
        assert_eq!((before.students.len(), before.unmarked, before.version), (40, 40, 0));
        assert!(before.today && before.taken_at.is_none());

        let entries_before = entries(&world).await;
        let all = mark_all_present(office, of(roster.class_a)).await.unwrap();
        assert_eq!(entries(&world).await, entries_before + 1, "one transaction, one entry");
        assert_eq!(all.cells.len(), 40);
        let changes = audit_changes::Entity::find()
            .filter(audit_changes::Column::EntryId.eq(all.undo.unwrap()))
            .count(world.services.store.reader())
            .await
            .unwrap();
        assert_eq!(changes, 40);

        // All forty changed at once, in one transaction again.
        let shown = register(office, of(roster.class_a)).await.unwrap();
        assert_eq!(shown.counts.present, 40);
        let absent = code(&shown, AttendanceMeaning::Absent);
        let seen = |student: &RegisterStudent| student.mark.as_ref().map(|mark| mark.version);
        let marks =
            shown.students.iter().map(|s| AttendanceEntry { seen_version: seen(s), ..entry(s.student, absent) });
        let changed = record_attendance(office, by_hand(roster.class_a, marks.collect())).await.unwrap();
        assert!(
            changed.cells.iter().all(|cell| cell.result == AttendanceOutcome::Saved(SavedVersion { version: Some(2) }))
        );
        assert_eq!(entries(&world).await, entries_before + 2);
        assert_eq!(register(office, of(roster.class_a)).await.unwrap().counts.absent, 40);

        undo(office, Undo { entry: changed.undo.unwrap() }).await.unwrap();
        let shown = register(office, of(roster.class_a)).await.unwrap();
        assert_eq!((shown.counts.present, shown.counts.absent), (40, 0));
        assert!(shown.students.iter().all(|student| student.mark.as_ref().unwrap().changed));
    }
);

both!(
    async fn all_present_leaves_what_is_there_and_undo_takes_only_its_own_back(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let late = code(&register(office, of(roster.class_a)).await.unwrap(), AttendanceMeaning::Late);
        let mark = AttendanceEntry { minutes_late: Some(12), ..entry(roster.in_a[0], late) };
        record_attendance(office, by_hand(roster.class_a, vec![mark])).await.unwrap();
        let all = mark_all_present(office, of(roster.class_a)).await.unwrap();
        assert_eq!(all.cells.len(), roster.in_a.len() - 1);
        let again = mark_all_present(office, of(roster.class_a)).await.unwrap();
        assert_eq!((again.cells.len(), again.undo), (0, None));
        undo(office, Undo { entry: all.undo.unwrap() }).await.unwrap();
        let shown = register(office, of(roster.class_a)).await.unwrap();
        assert_eq!((shown.counts.late, shown.unmarked), (1, roster.in_a.len() as u32 - 1));
    }
);

both!(
    async fn a_student_is_in_the_register_once_whoever_writes(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let present = code(&register(office, of(roster.class_a)).await.unwrap(), AttendanceMeaning::Present);
        // Ten writers at the same moment: what the first writes the others find.
        let writers = (0..10).map(|_| {
            let (office, input) = (office.clone(), by_hand(roster.class_a, vec![entry(roster.in_a[0], present)]));
            tokio::spawn(async move { record_attendance(&office, input).await.unwrap() })
        });
        for writer in writers.collect::<Vec<_>>() {
            let recorded = writer.await.unwrap();
            assert_eq!(recorded.cells[0].result, AttendanceOutcome::Saved(SavedVersion { version: Some(1) }));
        }
        let db = world.services.store.reader();
        assert_eq!(attendance_marks::Entity::find().count(db).await.unwrap(), 1);
        // And the database itself refuses a second one.
        let row = attendance_marks::Entity::find().one(db).await.unwrap().unwrap();
        let mut tx = world.services.store.begin().await.unwrap();
        let twice = attendance_marks::Model { id: store::ids::AttendanceMarkId::new(), ..row };
        let refused = tx.insert::<attendance_marks::Entity>(twice).await.unwrap_err();
        assert_eq!(refused.code(), "duplicate");
    }
);

both!(
    async fn nobody_says_of_a_mark_that_a_camera_or_the_kiosk_set_it(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await;
        let shown = register(&teacher, of(roster.class_a)).await.unwrap();
        let (present, absent) = (code(&shown, AttendanceMeaning::Present), code(&shown, AttendanceMeaning::Absent));
        for (student, source) in roster.in_a.iter().zip(["kiosk", "camera", "import"]) {
            let input = json!({ "class": roster.class_a, "date": TODAY, "source": source,
                "marks": [{ "student": student, "code": present, "source": source }] });
            ::operations::call(&teacher, "attendance.record_attendance", input).await.unwrap();
        }
        let shown = register(&teacher, of(roster.class_a)).await.unwrap();
        let sources: Vec<_> = shown.students.iter().map(|row| row.mark.as_ref().unwrap().source).collect();
        assert_eq!(sources, [MarkSource::Hand; 3]);

        // A camera's word gives way to a person who did not look, and then it is the person's.
        let one = roster.in_a[0];
        let seen = world
            .services
            .store
            .statement("UPDATE attendance_marks SET source = 'camera' WHERE student_id = $1", [one.into()]);
        world.services.store.reader().execute_raw(seen).await.unwrap();
        record_attendance(&teacher, by_hand(roster.class_a, vec![entry(one, absent)])).await.unwrap();
        let shown = register(&teacher, of(roster.class_a)).await.unwrap();
        let mark = shown.students.iter().find(|row| row.student == one).unwrap().mark.clone().unwrap();
        assert_eq!((mark.source, mark.meaning), (MarkSource::Hand, AttendanceMeaning::Absent));
    }
);

both!(
    async fn two_people_are_told_of_each_other(world: World) {
        let roster = Roster::new(&world).await;
        let (office, other) = (&world.administrator, world.user("principal", Role::Principal).await);
        let shown = register(office, of(roster.class_a)).await.unwrap();
        let (present, absent) = (code(&shown, AttendanceMeaning::Present), code(&shown, AttendanceMeaning::Absent));
        let student = roster.in_a[0];
        record_attendance(office, by_hand(roster.class_a, vec![entry(student, present)])).await.unwrap();
        let unseen = record_attendance(&other, by_hand(roster.class_a, vec![entry(student, absent)])).await.unwrap();
        let AttendanceOutcome::Conflict { current } = &unseen.cells[0].result else { panic!("{unseen:?}") };
        assert_eq!((current.mark.code, current.mark.by.as_deref()), (present, Some("Amara Okafor")));
        assert_eq!(unseen.undo, None);
        let seen = AttendanceEntry { seen_version: Some(1), ..entry(student, absent) };
        let saved = record_attendance(&other, by_hand(roster.class_a, vec![seen.clone()])).await.unwrap();
        assert_eq!(saved.cells[0].result, AttendanceOutcome::Saved(SavedVersion { version: Some(2) }));
        // The same again, as after a lost answer, changes nothing.
        let again = record_attendance(&other, by_hand(roster.class_a, vec![seen])).await.unwrap();
        assert_eq!(
            (&again.cells[0].result, again.undo),
            (&AttendanceOutcome::Saved(SavedVersion { version: Some(2) }), None)
        );
        let clear = AttendanceEntry { code: None, seen_version: Some(2), ..entry(student, absent) };
        record_attendance(&other, by_hand(roster.class_a, vec![clear])).await.unwrap();
        assert_eq!(register(office, of(roster.class_a)).await.unwrap().unmarked, 3);
    }
);

both!(
    async fn what_cannot_be_right_is_refused_by_field_and_changes_nothing(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let shown = register(office, of(roster.class_a)).await.unwrap();
        let present = code(&shown, AttendanceMeaning::Present);
        let marks = vec![
            entry(roster.in_a[0], present),
            entry(roster.in_b[0], present),
            entry(roster.in_a[1], AttendanceCodeId::new()),
            AttendanceEntry { minutes_late: Some(5), ..entry(roster.in_a[2], present) },
            AttendanceEntry { reason: Some("x".repeat(10_000)), ..entry(roster.in_a[0], present) },
        ];
        let refused = record_attendance(office, by_hand(roster.class_a, marks)).await.unwrap_err();
        let fields: Vec<(&str, &str)> = refused.fields.iter().map(|f| (f.field.as_str(), f.code.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("marks.1.student", "not_enrolled"),
                ("marks.2.code", "unknown"),
                ("marks.3.minutesLate", "only_late"),
                ("marks.4.student", "twice"),
                ("marks.4.reason", "too_long"),
            ]
        );
        assert_eq!(register(office, of(roster.class_a)).await.unwrap().unmarked, 3);

        let day = |date: NaiveDate| register(office, OfRegister { date, ..of(roster.class_a) });
        // 21:30 in UTC is past midnight in Nairobi: the school's day counts.
        assert_eq!(day(date("2026-10-15")).await.unwrap_err().fields[0].code, "future");
        world.clock.move_by(Duration::hours(13) + Duration::minutes(30));
        assert!(day(date("2026-10-15")).await.unwrap().today);
        assert_eq!(day(date("2026-08-31")).await.unwrap_err().fields[0].code, "outside_year");
        let lesson = OfRegister { lesson: 99, ..of(roster.class_a) };
        assert_eq!(register(office, lesson).await.unwrap_err().fields[0].field, "lesson");
    }
);

both!(
    async fn a_register_is_taken_when_everybody_has_a_code(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = world.user_for("ben", Role::Teacher, world.school, Some(roster.ben), None).await;
        let take = |rest_present| TakeRegister { register: of(roster.class_a), rest_present };
        let refused = take_register(&teacher, take(false)).await.unwrap_err();
        assert_eq!(
            (refused.fields[0].code.as_str(), refused.details.unwrap()["unmarked"].as_i64()),
            ("unmarked", Some(3))
        );
        take_register(&teacher, take(true)).await.unwrap();
        let shown = register(&teacher, of(roster.class_a)).await.unwrap();
        assert_eq!((shown.taken_by.as_deref(), shown.version, shown.counts.present), (Some("ben Tester"), 1, 3));

        let mine = RegistersOfDayInput { school: world.school, date: None, lesson: None };
        let day = registers_of_day(&teacher, mine.clone()).await.unwrap();
        assert_eq!((day.classes.len(), day.taken, day.classes[0].students), (1, 1, 3), "a teacher sees what is taught");
        let day = registers_of_day(&world.administrator, mine).await.unwrap();
        assert_eq!((day.classes.len(), day.taken, day.counts.present), (2, 1, 3));
        let other = register(&teacher, of(roster.class_b)).await.unwrap_err();
        assert_eq!(other.code, ErrorCode::Forbidden);
    }
);

both!(
    async fn history_summary_and_absence_come_from_the_register(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let shown = register(office, of(roster.class_a)).await.unwrap();
        let (present, absent) = (code(&shown, AttendanceMeaning::Present), code(&shown, AttendanceMeaning::Absent));
        let student = roster.in_a[0];
        for (day, given) in [("2026-09-07", present), ("2026-09-08", present), ("2026-10-12", absent), (TODAY, present)]
        {
            let register = OfRegister { date: date(day), ..of(roster.class_a) };
            let input = RecordAttendance { register, ..by_hand(roster.class_a, vec![entry(student, given)]) };
            record_attendance(office, input).await.unwrap();
        }
        let reason = Some("Dentist, back at noon".to_owned());
        let ill = AttendanceEntry { reason, seen_version: Some(1), ..entry(student, absent) };
        record_attendance(office, by_hand(roster.class_a, vec![ill])).await.unwrap();

        let history = AttendanceHistory { student, from: None, to: None, offset: None, limit: Some(2) };
        let page = attendance_history(office, history.clone()).await.unwrap();
        let turned =
            AttendanceHistory { from: Some(date("2026-10-14")), to: Some(date("2026-01-01")), ..history.clone() };
        let refused = attendance_history(office, turned).await.unwrap_err();
        assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("to", "before_start"));
        assert_eq!((page.total, page.rows.len()), (4, 2));
        let newest = &page.rows[0];
        assert_eq!((newest.date, newest.code.as_str(), newest.class_title.as_str()), (date(TODAY), "A", "7A"));
        let codes: Vec<Option<&str>> = newest.changes.iter().map(|change| change.code.as_deref()).collect();
        assert_eq!(codes, [Some("A"), Some("P")], "newest first, down to how it was first written");
        assert_eq!(newest.changes[0].reason.as_deref(), Some("Dentist, back at noon"));
        assert_eq!(newest.changes[1].reason, None);

        let of_student = SummaryOf { class: None, student: Some(student), term: None, days: Some(7) };
        let summary = attendance_summary(office, of_student).await.unwrap();
        assert_eq!((summary.counts.present, summary.counts.absent, summary.rate), (2, 2, Some(50.0)));
        assert_eq!((summary.recently.counts.absent, summary.recently.percent), (2, Some(100.0)));
        let of_class = SummaryOf { class: Some(roster.class_a), student: None, term: None, days: None };
        let summary = attendance_summary(office, of_class.clone()).await.unwrap();
        assert_eq!(summary.students.len(), 3);
        assert_eq!(summary.counts.absent, 2);

        let away = absent_today(office, AbsentToday { school: world.school, date: None }).await.unwrap();
        assert_eq!((away.len(), away[0].unexplained, away[0].number.as_str()), (1, false, "1001"));

        let csv = AttendanceCsv { class: roster.class_a, from: date("2026-09-01"), to: date(TODAY), format: None };
        let file = attendance_csv(office, csv).await.unwrap();
        let bytes = office.services.artifact(file.artifact, office.actor().unwrap().user).unwrap().bytes;
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!((file.rows, text.lines().count()), (4, 5));
        assert!(text.contains("2026-10-14,0,7A,1001,Muñoz,José,A,absent,,\"Dentist, back at noon\",hand"), "{text}");

        // A student sees the own record and nobody else's.
        let me = world.user_for("jose", Role::Student, world.school, None, Some(student)).await;
        assert_eq!(attendance_history(&me, history.clone()).await.unwrap().total, 4);
        let other = AttendanceHistory { student: roster.in_a[1], ..history };
        assert_eq!(attendance_history(&me, other).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(attendance_summary(&me, of_class).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn who_is_absent_is_listed_with_whom_to_call_and_the_reason_is_typed_there(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let absent = code(&register(office, of(roster.class_a)).await.unwrap(), AttendanceMeaning::Absent);
        record_attendance(office, by_hand(roster.class_a, vec![entry(roster.in_a[1], absent)])).await.unwrap();
        let list = async || absent_today(office, AbsentToday { school: world.school, date: None }).await.unwrap();
        let found = list().await.remove(0);
        assert_eq!(
            (found.guardian_name.as_deref(), found.guardian_phone.as_deref(), found.unexplained, found.date),
            (Some("Priya Sharma"), Some("+91 98765 43210"), true, date(TODAY))
        );
        let typed = AttendanceEntry {
            student: found.student,
            code: Some(found.code_id),
            reason: Some("Fever, the mother called".into()),
            minutes_late: None,
            seen_version: Some(found.version),
        };
        let saved = record_attendance(office, by_hand(found.class, vec![typed])).await.unwrap();
        let explained = list().await.remove(0);
        assert_eq!((explained.reason.as_deref(), explained.unexplained), (Some("Fever, the mother called"), false));
        let today = school::schools::OfSchool { school: world.school };
        let office_today = upkeep::today(office, today).await.unwrap().office.unwrap();
        assert_eq!((office_today.unexplained.len(), office_today.registers_taken), (0, 0));
        undo(office, Undo { entry: saved.undo.unwrap() }).await.unwrap();
        assert!(list().await[0].unexplained);
    }
);

both!(
    async fn a_telephone_number_is_kept_without_the_apostrophe_of_a_spreadsheet(world: World) {
        use school::people::{SaveStudent, student};
        let mut mother = crate::roster::guardian("Rosa", "Vega", "'+254 700 000001");
        mother.is_primary = true;
        let input = SaveStudent {
            phone: Some("\u{2019}+254 700 000002".into()),
            guardians: Some(vec![mother]),
            ..new_student(world.school, "9", "Ana", "Vega")
        };
        let saved = save_student(&world.administrator, input).await.unwrap().student;
        let shown = student(&world.administrator, school::people::OfStudent { student: saved.id }).await.unwrap();
        assert_eq!(shown.phone.as_deref(), Some("+254 700 000002"));
        assert_eq!(shown.guardians[0].phone.as_deref(), Some("+254 700 000001"));
    }
);

both!(
    async fn whoever_answers_the_telephone_reads_the_registers_of_today(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let [first, second, ..] = roster.in_a[..] else { panic!() };
        let today = async |student| {
            let details = school::people::student(office, school::people::OfStudent { student }).await.unwrap();
            details.today
        };
        assert_eq!(today(first).await, []);
        let shown = register(office, of(roster.class_a)).await.unwrap();
        let late = AttendanceEntry { minutes_late: Some(12), ..entry(first, code(&shown, AttendanceMeaning::Late)) };
        let absent =
            AttendanceEntry { reason: Some("fever".into()), ..entry(second, code(&shown, AttendanceMeaning::Absent)) };
        record_attendance(office, by_hand(roster.class_a, vec![late, absent])).await.unwrap();
        // A lesson of the day, and another day: the one is told beside, the other not.
        let lesson = OfRegister { lesson: 3, ..of(roster.class_a) };
        let before = OfRegister { date: date("2026-10-13"), ..of(roster.class_a) };
        for register in [lesson, before] {
            let marks = vec![entry(first, code(&shown, AttendanceMeaning::Present))];
            record_attendance(office, RecordAttendance { register, marks }).await.unwrap();
        }
        let of_first: Vec<_> =
            today(first).await.into_iter().map(|row| (row.lesson, row.meaning, row.minutes_late)).collect();
        assert_eq!(of_first, [(0, AttendanceMeaning::Late, Some(12)), (3, AttendanceMeaning::Present, None)]);
        let of_second = today(second).await;
        let [row] = &of_second[..] else { panic!("{of_second:?}") };
        assert_eq!((row.class_title.as_str(), row.reason.as_deref()), ("7A", Some("fever")));
    }
);
