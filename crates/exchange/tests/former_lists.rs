//! Lists of marks and of attendance of former years: what their rows say, and what refuses them.
#![allow(clippy::unwrap_used)]

use exchange::{
    ColumnMatching, ExchangeError, Limits, ListKind, ListRows, Options, Parsed, Set, parse_list, preview, preview_as,
};

fn set(text: &str) -> Set {
    Set::from_files([("list.csv", text)], Limits::default()).unwrap()
}

/// Reads a list of a kind that its headers say.
fn read_as(kind: ListKind, text: &str) -> Result<Parsed, ExchangeError> {
    assert_eq!(preview(&set(text), 3)?.kind, kind, "{text}");
    read_said(kind, text)
}

/// Reads a list of a kind that a person says.
fn read_said(kind: ListKind, text: &str) -> Result<Parsed, ExchangeError> {
    let set = set(text);
    let shown = preview_as(&set, 3, Some(kind), &[])?;
    parse_list(&set, kind, &shown.suggested, &Options::default())
}

fn refused(parsed: &Parsed) -> Vec<(u32, &str)> {
    parsed.refused.iter().map(|refusal| (refusal.line, refusal.column.as_str())).collect()
}

#[test]
fn a_row_of_marks_says_whose_mark_it_is_of_what_and_when() {
    let text = "Adm No;School year;Year start;Year end;Term;Grade/Section;Class;Section;Subject;Exam;Exam type;Marks obtained;Out of;Exam date\n\
        1001;2024/25;2024-09-02;2025-07-11;2;;7;B;Mathematics;Final;Tests;15,5;20;03/15/2025\n\
        1002;2024.0;;;n/a;;;;Art;;;ex;;\n";
    let parsed = read_as(ListKind::Marks, text).unwrap();
    assert_eq!(refused(&parsed), []);
    let Some(ListRows::Marks(rows)) = parsed.list.map(|list| list.rows) else { panic!("no marks") };
    let first = &rows[0];
    assert_eq!(
        (first.student.number.as_str(), first.year.title.as_str(), first.term.as_str()),
        ("1001", "2024/25", "2")
    );
    assert_eq!(first.year.days, Some(("2024-09-02".parse().unwrap(), "2025-07-11".parse().unwrap())));
    assert_eq!((first.class.as_str(), first.subject.as_str()), ("7 B", "Mathematics"));
    assert_eq!((first.assessment.as_str(), first.category.as_str()), ("Final", "Tests"));
    assert_eq!((first.mark.as_str(), first.maximum.as_str()), ("15,5", "20"));
    assert_eq!(first.date, Some("2025-03-15".parse().unwrap()));
    let second = &rows[1];
    assert_eq!((second.year.title.as_str(), second.term.as_str(), second.class.as_str()), ("2024", "", ""));
    assert_eq!((second.assessment.as_str(), second.maximum.as_str(), second.date), ("", "", None));
}

#[test]
fn a_faulty_row_of_marks_is_refused_by_its_column() {
    let text = "No;Name;Year;Year start;Year end;Subject;Mark;Date\n1;;2024;2024-09-01;;Art;5;\n1;;2024;2024-09-01;2024-08-01;Art;5;\n\
        ;;2024;;;Art;5;\n1;;2024;;;;5;\n1;;2024;;;Art;#N/A;\n1;;2024;;;Art;5;yesterday\n";
    let parsed = read_as(ListKind::Marks, text).unwrap();
    assert_eq!(
        refused(&parsed),
        [(2, "Year end"), (3, "Year end"), (4, "No"), (5, "Subject"), (6, "Mark"), (7, "Date")]
    );
    let error = read_said(ListKind::Marks, "No;Subject;Term\n1;Art;1\n").unwrap_err();
    assert!(error.refusals()[0].expected.to_string().contains("marks"), "{error}");
}

#[test]
fn a_day_of_attendance_has_a_code_and_perhaps_minutes_and_a_remark() {
    let text = "Name;Date of birth;Date;Status;Minutes late;Reason\nAnn Lee;2014-01-02;2024-09-02;L;12;bus\nLee, Ann;;2024-09-03;P;0;-\n\
        Ann Lee;;2024-09-04;;;\nAnn Lee;;;P;;\nAnn Lee;;2024-09-05;L;2000;\n;;2024-09-05;P;;\n";
    let parsed = read_as(ListKind::Attendance, text).unwrap();
    assert_eq!(refused(&parsed), [(4, "Status"), (5, "Date"), (6, "Minutes late"), (7, "Name")]);
    let Some(ListRows::Attendance(rows)) = parsed.list.map(|list| list.rows) else { panic!("no attendance") };
    let said: Vec<_> = rows
        .iter()
        .map(|row| (row.student.family.as_str(), row.code.as_str(), row.minutes_late, row.remark.as_str()))
        .collect();
    assert_eq!(said, [("Lee", "L", Some(12), "bus"), ("Lee", "P", None, "")]);
    assert_eq!(rows[0].date, "2024-09-02".parse().unwrap());
}

#[test]
fn classes_and_enrolments_may_name_their_year() {
    let parsed = read_as(ListKind::Classes, "Class;School year;Room\n5A;2024/25;3\n").unwrap();
    let Some(ListRows::Classes(rows)) = parsed.list.map(|list| list.rows) else { panic!("no classes") };
    assert_eq!(rows[0].year.title, "2024/25");
    // A bare "Year" is the year group of old lists, and is not read here.
    let parsed = read_said(ListKind::Enrolments, "No;Class;Year;Academic year\n1;5A;5;2024/25\n").unwrap();
    let Some(ListRows::Enrolments(rows)) = parsed.list.map(|list| list.rows) else { panic!("no enrolments") };
    assert_eq!(rows[0].year.title, "2024/25");
}

#[test]
fn a_column_of_each_subject_is_a_mark_of_each() {
    let text = "Roll No;Name;Class;Mathematics;English;Total;Rank\n1;Ann Lee;5A;15;#N/A;27;1\n2;Bob Ray;5A;;9,5;9.5;2\n\
        3;Cem Ak;5A;ex;m;;\n";
    let set = set(text);
    let shown = preview_as(&set, 3, Some(ListKind::Marks), &[]).unwrap();
    assert_eq!(shown.suggested.marks_of, ["Mathematics", "English"]);
    let parsed = parse_list(&set, ListKind::Marks, &shown.suggested, &Options::default()).unwrap();
    assert_eq!(refused(&parsed), [(2, "English")]);
    let Some(ListRows::Marks(rows)) = parsed.list.map(|list| list.rows) else { panic!("no marks") };
    let said: Vec<_> = rows.iter().map(|row| (row.at.line, row.subject.as_str(), row.mark.as_str())).collect();
    assert_eq!(said, [(3, "English", "9,5"), (4, "Mathematics", "ex"), (4, "English", "m")]);
    let both = ColumnMatching { subject: Some("Class".into()), mark: Some("Rank".into()), ..shown.suggested };
    assert!(parse_list(&set, ListKind::Marks, &both, &Options::default()).is_err(), "one way or the other");
}
