//! Marks and attendance of former years from lists, on both databases: shown, imported, the same again without a change, taken
//! back; read by a card, analytics and summaries of the former year; and what is wrong with a row, by its line and column.

use ::marks::analytics::{StudentPerformance, student_performance};
use ::marks::gradebook::{MarkCell, OfCourseTerm, RecordMarks, mark_sheet, record_marks};
use ::marks::reports::{OfReportClass, report_card_readiness};
use exchange::ListKind;
use kernel::Save;
use school::attendance::{
    AttendanceEntry, OfRegister, RecordAttendance, SummaryOf, attendance_summary, record_attendance, register,
};
use school::exchange::{AcceptRefused, ImportReport, ImportSet};
use school::schools::{OfSchool, SaveTerm, SaveYear, YearRow, list_attendance_codes, list_sessions, save_year};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::entities::{
    ClassKind, MarkKept, MarkSource, assessments, attendance_marks, categories, classes, courses, enrolments, marks,
    stays,
};
use store::ids::{AcademicSessionId, ClassId, StudentId};

use crate::both;
use crate::lists::{apply, once_and_back, refused, shown};
use crate::roster::Roster;
use crate::world::{World, date};

/// The year 2024/25 with two terms.
async fn former_year(world: &World) -> YearRow {
    let term =
        |title: &str, start, end| SaveTerm { save: Save::New, title: title.into(), start: date(start), end: date(end) };
    let year = SaveYear {
        school: world.school,
        save: Save::New,
        title: "2024/25".into(),
        start: date("2024-09-02"),
        end: date("2025-07-11"),
        terms: vec![term("Autumn", "2024-09-02", "2024-12-20"), term("Spring", "2025-01-07", "2025-07-11")],
    };
    save_year(&world.administrator, year).await.unwrap();
    let years = list_sessions(&world.administrator, OfSchool { school: world.school }).await.unwrap();
    years.into_iter().find(|year| year.title == "2024/25").unwrap()
}

/// What a refusal of a line would have taken.
fn wanted(report: &ImportReport, line: u32) -> String {
    let of_line = report.refused.iter().find(|refusal| refusal.line == line).unwrap();
    of_line.expected.to_string()
}

/// Title and days of a student's times in classes of a year.
async fn times(world: &World, student: StudentId, year: AcademicSessionId) -> Vec<(String, ClassKind, String)> {
    let db = world.services.store.reader();
    let of_year = classes::Entity::find().filter(classes::Column::YearId.eq(year)).all(db).await.unwrap();
    let rows = enrolments::Entity::find().filter(enrolments::Column::StudentId.eq(student));
    let rows = rows.order_by_asc(enrolments::Column::StartDate).all(db).await.unwrap();
    let time = |row: enrolments::Model| {
        let class = of_year.iter().find(|class| class.id == row.class_id)?;
        let last = row.end_date.map_or("still".to_owned(), |day| day.to_string());
        Some((class.title.clone(), class.kind, format!("{} {last}", row.start_date)))
    };
    rows.into_iter().filter_map(time).collect()
}

const MARKS: &str = "Student number;Academic year;Term;Class;Subject;Assessment;Category;Mark;Out of;Date\n\
    1001;2024/25;Autumn;5A;Mathematics;Test 1;Tests;15,5;20;2024-10-01\n\
    1001;2024-2025;Autumn;5A;Mathematics;Test 2;Tests;ex;20;\n\
    1001;2024/25;2;5A;Art;;;85;;\n\
    1002;2024/25;Autumn;5A;Mathematics;Test 1;Tests;absent;20;2024-10-01\n\
    1002;2024/25;Autumn;5A;Mathematics;Test 2;Tests;8;20;\n\
    1002;;;5B;Art;;;66.66666;;2025-03-03\n";

both!(
    async fn marks_of_a_former_year_come_from_a_list(world: World) {
        let roster = Roster::new(&world).await;
        let year = former_year(&world).await;
        let done = once_and_back(&world, MARKS).await;
        let added = done.added;
        // Two times of one student and one of the other; who has no mark of a subject is exempted from it.
        assert_eq!((added.classes, added.enrolments, added.subjects, added.courses), (2, 4, 1, 3), "{:?}", done.notes);
        assert_eq!((added.categories, added.assessments, added.marks, added.students), (3, 4, 6, 0));
        let (jose, aarav) = (roster.in_a[0], roster.in_a[1]);
        let homeroom = |title: &str, days: &str| (title.to_owned(), ClassKind::Homeroom, days.to_owned());
        assert_eq!(times(&world, jose, year.id).await, [homeroom("5A", "2024-09-02 2025-07-11")]);
        assert_eq!(
            times(&world, aarav, year.id).await,
            [homeroom("5A", "2024-09-02 2024-12-20"), homeroom("5B", "2025-01-07 2025-07-11")]
        );
        let db = world.services.store.reader();
        let first = stays::Entity::find().filter(stays::Column::StudentId.eq(jose)).one(db).await.unwrap().unwrap();
        assert_eq!(first.start_date, date("2024-09-02"), "was at the school by then");

        // The former year's own screens read them: gradebook, analytics, cards.
        let (autumn, spring) = (year.terms[0].id, year.terms[1].id);
        let look =
            |student, term| student_performance(&world.administrator, StudentPerformance { student, term, look: None });
        let results = look(jose, autumn).await.unwrap();
        assert_eq!((results.class_title.as_deref(), results.overall), (Some("5A"), Some(77.5)));
        assert_eq!(results.subjects[0].subject, roster.mathematics);
        let results = look(aarav, autumn).await.unwrap();
        assert_eq!(results.subjects.len(), 1, "Art of 5A is not Aarav's");
        let results = look(aarav, spring).await.unwrap();
        assert_eq!((results.class_title.as_deref(), results.subjects[0].subject_title.as_str()), (Some("5B"), "Art"));
        assert_eq!(results.trend.iter().filter(|term| term.percent.is_some()).count(), 2);
        let class = classes::Entity::find().filter(classes::Column::Title.eq("5A")).one(db).await.unwrap().unwrap();
        let of_class = OfReportClass { class: class.id, term: autumn };
        assert_eq!(report_card_readiness(&world.administrator, of_class).await.unwrap().assessments, 2);

        // A result without a title and a day has the usual one and counts for the whole term.
        let result = assessments::Entity::find().filter(assessments::Column::TermId.eq(spring));
        let result = result.order_by_asc(assessments::Column::Date).all(db).await.unwrap();
        let titles: Vec<_> = result.iter().map(|row| (row.title.as_str(), row.maximum, row.date)).collect();
        assert!(titles.contains(&("Result", 1_000_000, None)), "{titles:?}");
        assert!(titles.contains(&("Result", 1_000_000, Some(date("2025-03-03")))), "{titles:?}");
        let states: Vec<MarkKept> = marks::Entity::find().all(db).await.unwrap().iter().map(|row| row.state).collect();
        let of = |state| states.iter().filter(|kept| **kept == state).count();
        assert_eq!((of(MarkKept::Marked), of(MarkKept::Excused), of(MarkKept::Missing)), (4, 1, 1));
    }
);

both!(
    async fn a_mark_that_changed_is_shown_and_one_that_was_typed_stands(world: World) {
        let roster = Roster::new(&world).await;
        let year = former_year(&world).await;
        let office = &world.administrator;
        apply(office, MARKS).await;
        let other = "No;Academic year;Term;Class;Subject;Assessment;Mark\n1001;2024/25;Autumn;;Mathematics;test 1;16\n";
        let report = shown(office, other).await;
        assert_eq!(
            (report.changed.marks, report.changed.total(), report.added.total()),
            (1, 1, 0),
            "{:?}",
            report.changes
        );
        let field = &report.changes[0].fields[0];
        assert_eq!((field.field.as_str(), &field.before, &field.after), ("value", &"15.5".into(), &"16".into()));

        let db = world.services.store.reader();
        let column = assessments::Entity::find().filter(assessments::Column::Title.eq("Test 1")).one(db).await.unwrap();
        let column = column.unwrap();
        let of_mark = marks::Entity::find().filter(marks::Column::AssessmentId.eq(column.id));
        let held = of_mark.filter(marks::Column::StudentId.eq(roster.in_a[0])).one(db).await.unwrap().unwrap();
        let cell = MarkCell {
            student: roster.in_a[0],
            assessment: column.id,
            text: "12".into(),
            seen_version: Some(held.version),
        };
        let typed = RecordMarks { course: column.course_id, term: year.terms[0].id, cells: vec![cell] };
        record_marks(office, typed).await.unwrap();
        let report = shown(office, other).await;
        assert_eq!(refused(&report), [(2, "Mark")]);
        assert!(wanted(&report, 2).starts_with("12, which somebody entered here"), "{}", wanted(&report, 2));
        let sheet = OfCourseTerm { course: column.course_id, term: year.terms[0].id };
        let sheet = mark_sheet(office, sheet).await.unwrap();
        assert_eq!(sheet.marks.iter().filter(|mark| mark.text == "12").count(), 1);
    }
);

both!(
    async fn a_row_of_marks_is_refused_with_its_reason(world: World) {
        Roster::new(&world).await;
        former_year(&world).await;
        let office = &world.administrator;
        let text = "No;Name;Year;Term;Class;Subject;Exam;Mark;Max;Date;Class type\n\
            9999;;2024/25;Autumn;5A;Art;;5;;\n\
            1001;;2019/20;;5A;Art;;5;;\n\
            1001;;;;5A;Art;;5;;\n\
            1001;;;;5A;Art;;5;;2025-08-01\n\
            1001;;2024/25;Winter;5A;Art;;5;;\n\
            1001;;2024/25;Autumn;5A;Art;;21;20;\n\
            1001;;2024/25;Autumn;5A;Art;;B+;;\n\
            1001;;2024/25;Autumn;5A;Art;;5;0;\n\
            1001;;2024/25;Autumn;;Art;;5;;\n\
            1001;;2024/25;Autumn;5A;;;5;;\n\
            1001;;2024/25;Autumn;5A;Art;Essay;5;10;\n\
            1001;;2024/25;Autumn;5A;Art;Essay;6;10;\n\
            1002;;2024/25;Autumn;5A;Art;Essay;6;20;\n\
            1002;;2024/25;Spring;5A;Art;Essay;;20;\n\
            1002;;2024/25;Autumn;5A;Music;Song;6;10;2026-01-01\n\
            1003;;2024/25;;5A;Music;Song;6;10;\n\
            1003;;2024/25;Autumn;5B;Music;Song;7;10;;homeroom\n\
            2001;;2026/27;Autumn;;Art;;7;10;2026-08-31\n";
        let report = shown(office, text).await;
        assert_eq!(
            refused(&report),
            [
                (2, "No"),
                (3, "Year"),
                (4, "Year"),
                (5, "Date"),
                (6, "Term"),
                (7, "Mark"),
                (8, "Mark"),
                (9, "Max"),
                (10, "Class"),
                (11, "Subject"),
                (13, "Mark"),
                (14, "Max"),
                (16, "Date"),
                (18, "Class"),
                (19, "Date"),
            ]
        );
        assert_eq!(report.added.marks, 2, "{:?}", report.refused);
        assert!(wanted(&report, 3).contains("2026/27, 2024/25") && wanted(&report, 3).contains("Settings"));
        assert!(wanted(&report, 6).contains("Autumn, Spring"), "{}", wanted(&report, 6));
        assert!(wanted(&report, 7).contains("0 to 20") && wanted(&report, 13).contains("12"));
        assert!(
            report.notes.iter().any(|note| (note.line, note.column.as_str()) == (15, "Mark")),
            "{:?}",
            report.notes
        );
    }
);

both!(
    async fn a_year_is_made_of_its_days_and_groups_stay_groups(world: World) {
        let roster = Roster::new(&world).await;
        let text = "No;School year;Year start;Year end;Class;Subject;Mark\n\
            1001;2023/24;2023-09-04;2024-07-12;4A;Art;50\n\
            1001;2023/24;2023-09-04;2024-07-12;4A;Music;60\n\
            1001;2023/24;2023-09-04;2024-07-12;Set 1;Mathematics;70\n\
            1002;2023/24;2023-09-04;2024-07-12;4A;Art;40\n\
            1002;2023/24;2023-09-04;2024-07-12;4A;Music;30\n";
        let done = once_and_back(&world, text).await;
        assert_eq!((done.added.sessions, done.added.classes, done.added.marks), (2, 2, 5), "{:?}", done.refused);
        let years = list_sessions(&world.administrator, OfSchool { school: world.school }).await.unwrap();
        let year = years.iter().find(|year| year.title == "2023/24").unwrap();
        let days = "2023-09-04 2024-07-12".to_owned();
        let mut held = times(&world, roster.in_a[0], year.id).await;
        held.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(
            held,
            [
                ("4A".to_owned(), ClassKind::Homeroom, days.clone()),
                ("Set 1".to_owned(), ClassKind::Group, days.clone())
            ]
        );

        // The homeroom in which the student was then holds what is said to be of another one.
        let other = "No;School year;Class;Subject;Mark\n1001;2023/24;Grade 4 A;Physics;55\n";
        let report = shown(&world.administrator, other).await;
        assert_eq!((report.added.classes, report.added.courses, report.added.marks), (0, 1, 1), "{:?}", report.refused);
        assert!(report.notes.iter().any(|note| note.column == "Class" && note.taken.to_string().contains("4A")));
        let meeting = "No;School year;Year start;Year end;Class;Subject;Mark\n1001;2023;2024-01-01;2024-12-31;4A;Art;50\n\
            1001;2022/23;2023-07-01;2022-09-01;4A;Art;50\n1001;2022/23;2022-09-01;;4A;Art;50\n";
        let report = shown(&world.administrator, meeting).await;
        assert_eq!(refused(&report), [(2, "Year start"), (3, "Year end"), (4, "Year end")]);
        let db = world.services.store.reader();
        let own = courses::Entity::find().all(db).await.unwrap().len();
        let of_course = categories::Entity::find().all(db).await.unwrap();
        assert_eq!((own, of_course.len()), (4, 3), "a category of each course that has a mark");
    }
);

const ENROLMENTS: &str = "Student number;Academic year;Class;First day;Last day\n\
    1001;2024/25;5A;;\n1002;2024/25;5A;2024-09-02;2025-01-31\n1002;2024/25;5B;2025-02-01;2025-07-11\n";

const ATTENDANCE: &str = "Student number;Date;Attendance;Minutes late;Remark\n\
    1001;2024-09-02;P;;\n1001;2024-09-03;late;12;bus\n1001;2024-09-04;Excused;;Dentist\n1002;2025-03-03;a;;\n";

async fn with_former_classes(world: &World) -> (Roster, YearRow) {
    let roster = Roster::new(world).await;
    let year = former_year(world).await;
    let office = &world.administrator;
    let done = once_and_back(world, "Class;School year;Room\n5A;2024/25;3\n5B;2024/25;\n").await;
    assert_eq!(done.added.classes, 2);
    let again = apply(office, "Class;School year;Room\n5a;2024-25;3\n").await;
    assert_eq!((again.added.total(), again.changed.total()), (0, 0));
    let done = once_and_back(world, ENROLMENTS).await;
    assert_eq!((done.added.enrolments, done.added.total(), done.changed.total()), (3, 3, 0));
    (roster, year)
}

both!(
    async fn attendance_of_a_former_year_comes_from_a_list(world: World) {
        let (roster, year) = with_former_classes(&world).await;
        let office = &world.administrator;
        let done = once_and_back(&world, ATTENDANCE).await;
        assert_eq!((done.added.attendance, done.added.total()), (4, 4));
        let db = world.services.store.reader();
        let of = |title: &'static str| async move {
            let found = classes::Entity::find().filter(classes::Column::Title.eq(title)).one(db).await.unwrap();
            found.unwrap().id
        };
        let (a, b): (ClassId, ClassId) = (of("5A").await, of("5B").await);
        let rows = attendance_marks::Entity::find().order_by_asc(attendance_marks::Column::Date).all(db).await.unwrap();
        let held: Vec<_> = rows.iter().map(|row| (row.class_id, row.source, row.minutes_late)).collect();
        let none = (a, MarkSource::Import, None);
        assert_eq!(held, [none, (a, MarkSource::Import, Some(12)), none, (b, MarkSource::Import, None)]);

        let summary = |student| {
            let of = SummaryOf { class: None, student: Some(student), term: Some(year.id), days: None };
            attendance_summary(office, of)
        };
        let counts = summary(roster.in_a[0]).await.unwrap().counts;
        assert_eq!((counts.present, counts.late, counts.absent, counts.excused), (1, 1, 0, 1));
        assert_eq!(summary(roster.in_a[1]).await.unwrap().counts.absent, 1);
        let of_day = OfRegister { class: a, date: date("2024-09-04"), lesson: 0, even_if_no_school: None };
        let read = register(office, of_day).await.unwrap();
        let jose = read.students.iter().find(|student| student.number == "1001").unwrap();
        assert_eq!(jose.mark.as_ref().unwrap().reason.as_deref(), Some("Dentist"));
    }
);

both!(
    async fn what_stands_in_a_register_is_not_overwritten(world: World) {
        let (roster, _) = with_former_classes(&world).await;
        let office = &world.administrator;
        apply(office, ATTENDANCE).await;
        // What came with a list is corrected, and shown before.
        let report = shown(office, "Student number;Date;Attendance\n1001;2024-09-03;Absent\n1001;2024-09-04;E\n").await;
        assert_eq!((report.changed.attendance, report.skipped.attendance, report.added.total()), (1, 1, 0));
        let change = &report.changes[0];
        assert_eq!((change.kind.as_str(), change.name.as_str()), ("attendance", "José Muñoz · 2024-09-03"));
        let fields: Vec<_> =
            change.fields.iter().map(|field| (field.field.as_str(), field.after.to_string())).collect();
        assert_eq!(fields, [("code_id", "\"Absent\"".to_owned()), ("minutes_late", "null".to_owned())]);

        // What a person entered stands, and is said.
        let db = world.services.store.reader();
        let class = classes::Entity::find().filter(classes::Column::Title.eq("5A")).one(db).await.unwrap().unwrap().id;
        let codes = list_attendance_codes(office, OfSchool { school: world.school }).await.unwrap();
        let absent = codes.iter().find(|code| code.code == "A").unwrap().id;
        let of_day = OfRegister { class, date: date("2024-09-05"), lesson: 0, even_if_no_school: None };
        let entry = AttendanceEntry {
            student: roster.in_a[0],
            code: Some(absent),
            reason: None,
            minutes_late: None,
            seen_version: None,
        };
        record_attendance(office, RecordAttendance { register: of_day, marks: vec![entry] }).await.unwrap();
        let text = "Student number;Date;Attendance;Minutes late\n\
            1001;2024-09-05;P;\n1001;2024-09-06;Truant;\n1001;2026-12-01;P;\n1001;2025-09-01;P;\n1003;2024-09-06;P;\n\
            1001;2024-09-09;P;5\n1001;2024-09-10;P;\n1001;2024-09-10;A;\n9999;2024-09-10;P;\n1001;;P;\n1001;2024-09-11;;\n\
            1001;2024-09-12;Late;never\n1001;2024-09-05;A;\n";
        let report = shown(office, text).await;
        assert_eq!(
            refused(&report),
            [
                (2, "Attendance"),
                (3, "Attendance"),
                (4, "Date"),
                (5, "Date"),
                (6, "Date"),
                (7, "Minutes late"),
                (9, "Date"),
                (10, "Student number"),
                (11, "Date"),
                (12, "Attendance"),
                (13, "Minutes late"),
            ]
        );
        assert_eq!((report.added.attendance, report.skipped.attendance), (1, 1));
        assert!(wanted(&report, 2).starts_with("Absent, which was entered here"), "{}", wanted(&report, 2));
        assert!(wanted(&report, 3).contains("P Present"), "{}", wanted(&report, 3));
        assert!(wanted(&report, 6).contains("import the enrolments"), "{}", wanted(&report, 6));
    }
);

both!(
    async fn marks_stand_in_a_column_of_each_subject(world: World) {
        Roster::new(&world).await;
        former_year(&world).await;
        let office = &world.administrator;
        let text = "No;School year;Term;Class;Mathematics;Art;Total\n1001;2024/25;Autumn;5A;50;60,5;110.5\n1002;2024/25;Autumn;5A;ex;;\n\
            9999;2024/25;Autumn;5A;1;2;3\n1003;2024/25;Autumn;5A;101;5;106\n";
        let set = crate::sets::Set::of(&[("list.csv", text)]);
        let how = |apply| ImportSet {
            accept_refused: AcceptRefused::Everything,
            kind: Some(ListKind::Marks),
            apply,
            ..ImportSet::default()
        };
        let report = set.import(office, how(false)).await.unwrap();
        assert_eq!(refused(&report), [(4, "No"), (5, "Mathematics")], "a student is refused once a row");
        assert_eq!((report.added.marks, report.added.assessments, report.added.subjects), (4, 2, 1));
        assert!(report.notes.iter().any(|note| note.column == "Art"), "a new subject: {:?}", report.notes);
        let done = set.import(office, how(true)).await.unwrap();
        let again = set.import(office, how(true)).await.unwrap();
        assert_eq!((done.added.marks, again.added.total(), again.changed.total(), again.skipped.marks), (4, 0, 0, 4));
    }
);
