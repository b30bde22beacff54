//! Tiny sets, each with one thing in it that real files get wrong.
#![allow(clippy::unwrap_used)]

use exchange::{
    ClassKind, ColumnMatching, DateOrder, ExchangeError, Format, Limits, NoteKind, Options, Parsed, Set, Sex, Status,
    Table, parse, parse_plain, preview, suggest_columns,
};

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,North,school,,\n";
const SESSIONS: &str = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\nt1,,,Autumn,term,2025-09-01,2025-12-20,,2026\n";
const COURSES: &str = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nk1,,,,Physics,,,o1,,\n";
const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\nc1,,,Physics 1,,k1,,scheduled,,o1,t1,,,\n";
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n";
const ROLES: &str = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n";
const ENROLMENTS: &str =
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";
const MANIFEST: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\nfile.academicSessions,bulk\nfile.courses,bulk\nfile.classes,bulk\nfile.users,bulk\nfile.roles,bulk\nfile.enrollments,bulk\n";

fn set(files: &[(&str, &str)]) -> Result<Set, ExchangeError> {
    Set::from_files(files.iter().copied(), Limits::default())
}

/// A whole 1.2 set with these files in place of the usual ones.
fn with(changed: &[(&str, &str)]) -> Result<Parsed, ExchangeError> {
    let users = format!("{USERS}u1,,,true,ann,,Ann,Lee,,,,,,,,secret\n");
    let roles = format!("{ROLES}r1,,,u1,primary,student,,,o1,\n");
    let enrolments = format!("{ENROLMENTS}e1,,,c1,o1,u1,student,,,\n");
    let usual = [
        ("manifest.csv", MANIFEST),
        ("orgs.csv", ORGS),
        ("academicSessions.csv", SESSIONS),
        ("courses.csv", COURSES),
        ("classes.csv", CLASSES),
        ("users.csv", &users),
        ("roles.csv", &roles),
        ("enrollments.csv", &enrolments),
    ];
    let files: Vec<_> = usual
        .iter()
        .map(|(name, text)| changed.iter().find(|(other, _)| other == name).copied().unwrap_or((name, text)))
        .chain(changed.iter().filter(|(name, _)| usual.iter().all(|(other, _)| other != name)).copied())
        .collect();
    parse(&set(&files)?, &Options::default())
}

/// File, line, column, found and expected of the only refusal.
fn refused(parsed: &Parsed) -> (String, u32, String, String, String) {
    assert_eq!(parsed.refused.len(), 1, "{:?}", parsed.refused);
    let r = parsed.refused[0].clone();
    (r.file, r.line, r.column, r.found, r.expected.to_string())
}

#[test]
fn a_set_in_order_has_nothing_to_say() {
    let parsed = with(&[]).unwrap();
    assert_eq!(parsed.refused, []);
    assert_eq!(parsed.unresolved, []);
    // That a password was not read is all.
    assert_eq!(parsed.notes.iter().map(|n| n.kind).collect::<Vec<_>>(), [NoteKind::Password]);
    assert!(!format!("{parsed:?}").contains("secret"));
    assert_eq!(parsed.roster.whole.len(), 7);
}

#[test]
fn misspelt_headers_are_mended() {
    let users = "sourcedId,status,dataLastModified,enabledUser,username,userId,givenName,familyName,prefferedGivenName,agents,grade\nu1,,,TRUE,ann,,Ann,Lee,Annie,,7\n";
    let parsed = with(&[("users.csv", users)]).unwrap();
    let user = &parsed.roster.users[0];
    assert_eq!((user.preferred_given.as_str(), user.grades.as_slice()), ("Annie", &["7".to_owned()][..]));
    let mended: Vec<_> =
        parsed.notes.iter().filter(|n| n.kind == NoteKind::Header).map(|n| n.taken.to_string()).collect();
    assert_eq!(mended, ["dateLastModified", "preferredGivenName", "agentSourcedIds", "grades"]);
}

#[test]
fn unknown_words_are_refused_and_capitals_mended() {
    let wrong = CLASSES.replace("scheduled", "lecture");
    let parsed = with(&[("classes.csv", &wrong)]).unwrap();
    let first = &parsed.refused[0];
    assert_eq!((first.line, first.column.as_str(), first.found.as_str()), (2, "classType", "lecture"));
    assert_eq!(first.expected, "homeroom or scheduled");
    // The enrolment in it goes with it, and says why.
    assert!(
        parsed.refused[1].expected.to_string().contains("the one on its line 2 is refused"),
        "{:?}",
        parsed.refused[1]
    );
    let parsed = with(&[("classes.csv", &CLASSES.replace("scheduled", "Homeroom"))]).unwrap();
    assert_eq!(parsed.roster.classes[0].kind, ClassKind::Homeroom);
    assert!(parsed.notes.iter().any(|n| n.kind == NoteKind::Capitals && n.found == "Homeroom" && n.line == 2));
}

#[test]
fn references_lead_somewhere() {
    let enrolments = format!("{ENROLMENTS}e1,,,c1,o1,u1,student,,,\n\ne2,,,c1,o1,u9,student,,,\n");
    let parsed = with(&[("enrollments.csv", &enrolments)]).unwrap();
    // The blank line counts.
    let expected = ("enrollments.csv", 4, "userSourcedId", "u9", "a person that is in the set");
    let got = refused(&parsed);
    assert_eq!((got.0.as_str(), got.1, got.2.as_str(), got.3.as_str(), got.4.as_str()), expected);
}

#[test]
fn delta_references_are_asked_of_the_store() {
    let manifest = "propertyName,value\noneroster.version,1.2\nfile.enrollments,delta\n";
    let rows = format!(
        "{ENROLMENTS}e1,active,2025-01-01T00:00:00Z,c1,o1,u1,student,,,\ne2,tobedeleted,2025-01-01,c7,o1,u7,student,,,\ne3,,,c1,o1,u2,student,,,\n"
    );
    let parsed =
        parse(&set(&[("manifest.csv", manifest), ("enrollments.csv", &rows)]).unwrap(), &Options::default()).unwrap();
    assert!(parsed.roster.delta);
    let asked: Vec<_> = parsed.unresolved.iter().map(|u| (u.table, u.id.as_str(), u.optional)).collect();
    assert_eq!(asked, [(Table::Classes, "c1", false), (Table::Users, "u1", false), (Table::Orgs, "o1", false)]);
    assert_eq!(parsed.roster.enrolments[1].status, Status::ToBeDeleted);
    let got = refused(&parsed);
    assert_eq!((got.1, got.2.as_str()), (4, "status"));
}

#[test]
fn an_id_is_there_once() {
    let users = format!("{USERS}u1,,,true,ann,,Ann,Lee,,,,,,,,\nu1,,,true,bob,,Bob,Lee,,,,,,,,\n");
    let got = refused(&with(&[("users.csv", &users)]).unwrap());
    assert_eq!((got.1, got.2.as_str(), got.3.as_str()), (3, "sourcedId", "u1"));
    assert!(got.4.contains("line 2"));
}

#[test]
fn long_names_and_control_characters_are_refused() {
    let users = format!("{USERS}u1,,,true,ann,,{},Lee,,,,,,,,\n", "x".repeat(10_000));
    let parsed = with(&[("users.csv", &users)]).unwrap();
    let first = parsed.refused.iter().find(|r| r.file == "users.csv").unwrap();
    assert_eq!(first.column, "givenName");
    assert_eq!(first.expected, "a name of at most 200 characters");
    assert!(first.found.chars().count() <= 61);
    let users = format!("{USERS}u1,,,true,ann,,A\u{0}n,Lee,,,,,,,,\n");
    let parsed = with(&[("users.csv", &users)]).unwrap();
    assert!(parsed.refused.iter().any(|r| r.expected == "a name without control characters"));
}

#[test]
fn rows_of_another_width_are_refused_without_showing_them() {
    let users = format!("{USERS}u1,,,true,ann,,Ann,Lee,,,,,,,,secret,more\n");
    let parsed = with(&[("users.csv", &users)]).unwrap();
    let first = parsed.refused.iter().find(|r| r.file == "users.csv").unwrap();
    assert_eq!(first.reason(), "found 17 fields, expected 16 fields, as in the header");
    assert!(first.found.is_empty(), "{first:?}");
    assert!(!format!("{parsed:?}").contains("secret"));
}

#[test]
fn local_dates_need_a_column_without_doubt() {
    let sessions = |start: &str, end: &str| SESSIONS.replace("2025-09-01", start).replace("2025-12-20", end);
    let parsed = with(&[("academicSessions.csv", &sessions("1/9/2025", "20/12/2025"))]).unwrap();
    let first = &parsed.refused[0];
    assert_eq!((first.line, first.column.as_str(), first.found.as_str()), (2, "startDate", "1/9/2025"));
    assert!(first.expected.to_string().contains("day and month"), "{}", first.expected);
    let parsed = with(&[("academicSessions.csv", &sessions("15/9/2025", "20/12/2025"))]).unwrap();
    assert_eq!(parsed.refused, []);
    assert_eq!(parsed.roster.sessions[0].start.to_string(), "2025-09-15");
    let parsed = with(&[("academicSessions.csv", &sessions("2025-12-20", "2025-09-01"))]).unwrap();
    assert_eq!(parsed.refused[0].column, "endDate");
}

#[test]
fn a_person_may_say_how_dates_are_meant() {
    let plain = set(&[("list.csv", "id,name,dob\n1,Ann Lee,4/2/2015\n")]).unwrap();
    let matching = suggest_columns(&preview(&plain, 5).unwrap().headers);
    let read = |dates| parse_plain(&plain, &matching, &Options { dates, ..Default::default() }).unwrap();
    assert_eq!(read(None).refused[0].column, "dob");
    let parsed = read(Some(DateOrder::DayFirst));
    assert_eq!(parsed.roster.demographics[0].birth_date.unwrap().to_string(), "2015-02-04");
}

#[test]
fn a_file_under_another_name_is_recognised() {
    let error = with(&[("roles.csv", ORGS)]).unwrap_err();
    let ExchangeError::Headers(refusals) = error else { panic!("{error}") };
    assert_eq!(refusals[0].file, "roles.csv");
    assert_eq!(refusals[0].said.as_ref().unwrap(), &"the columns of orgs.csv");
}

#[test]
fn a_promised_file_is_missed() {
    let manifest = format!("{MANIFEST}file.demographics,bulk\n");
    let got = refused(&with(&[("manifest.csv", &manifest)]).unwrap());
    assert_eq!((got.0.as_str(), got.1, got.3.as_str()), ("manifest.csv", 11, "bulk"));
}

#[test]
fn blank_manifest_values_delete_nothing() {
    let manifest = MANIFEST.replace("file.users,bulk", "file.users,");
    let parsed = with(&[("manifest.csv", &manifest)]).unwrap();
    assert!(!parsed.roster.whole.contains(&Table::Users));
    assert!(parsed.roster.whole.contains(&Table::Classes));
    assert!(parsed.notes.iter().any(|n| n.column == "file.users"));
}

#[test]
fn versions_differ_in_users() {
    let users = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName\nu1,,,true,o1,teacher,ann,Ann,Lee\n";
    let manifest = MANIFEST.replace("1.2", "1.1").replace("file.roles,bulk\n", "");
    let files = [
        ("manifest.csv", manifest.as_str()),
        ("orgs.csv", ORGS),
        ("users.csv", users),
        ("academicSessions.csv", SESSIONS),
    ];
    let parsed = parse(&set(&files).unwrap(), &Options::default()).unwrap();
    assert_eq!(parsed.roster.format, Format::OneRoster11);
    assert_eq!(parsed.roster.roles[0].org.as_deref(), Some("o1"));
    // The same columns are not enough for 1.1 without the role.
    let files = [("manifest.csv", manifest.as_str()), ("orgs.csv", ORGS), ("users.csv", USERS)];
    assert!(matches!(parse(&set(&files).unwrap(), &Options::default()), Err(ExchangeError::Headers(_))));
    let unknown = MANIFEST.replace("1.2", "2.0");
    assert!(matches!(set(&[("manifest.csv", unknown.as_str())]), Err(ExchangeError::Headers(_))));
}

#[test]
fn marks_are_read_as_written() {
    let categories = "sourcedId,status,dateLastModified,title,weight\nq1,,,Tests,0.6\n";
    let items = "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId\nl1,,,Test 1,,2025-10-01,2025-10-02,c1,q1,t1,0,20,o1\n";
    let results = "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment\nm1,,,l1,u1,fully graded,17.50,2025-10-03,\nm2,,,l1,u1,fully graded,1e999,2025-10-03,\n";
    let parsed = with(&[("categories.csv", categories), ("lineItems.csv", items), ("results.csv", results)]).unwrap();
    assert_eq!(parsed.roster.results[0].score, "17.50");
    let got = refused(&parsed);
    assert_eq!((got.1, got.2.as_str(), got.3.as_str()), (3, "score", "1e999"));
}

#[test]
fn a_plain_list_with_semicolons() {
    let text = "\u{feff}Admission No;First Name;Surname;DOB;Sex;Class;Section;Guardian Name;Guardian Phone;Password\r\n\
        101;Neha;Sharma;14/02/2015;F;5;A;Ravi Sharma;+91 98;x1\r\n\
        102;Arun;Sharma;03/04/2013;m;7;B;Ravi Sharma;+91 98;x2\r\n\
        102;Arun;Sharma;03/04/2013;m;Choir;;Ravi Sharma;+91 98;x3\r\n\
        101;Neha;Other;;;;;;;\r\n";
    let plain = set(&[("pupils.csv", text)]).unwrap();
    assert_eq!(plain.format(), Format::Plain);
    let shown = preview(&plain, 10).unwrap();
    assert_eq!(shown.headers.len(), 9);
    assert!(!format!("{shown:?}").contains("x1"));
    let parsed = parse_plain(&plain, &shown.suggested, &Options::default()).unwrap();
    let got = refused(&parsed);
    assert_eq!((got.1, got.2.as_str(), got.3.as_str()), (5, "Admission No", "101"));
    let counts = parsed.roster.counts();
    assert_eq!((counts.students, counts.guardians, counts.classes, counts.enrolments), (2, 1, 3, 3));
    assert_eq!(parsed.roster.classes[0].title, "5 A");
    assert_eq!(parsed.roster.demographics[0].sex, Some(Sex::Female));
    assert_eq!(parsed.roster.demographics[1].birth_date.unwrap().to_string(), "2013-04-03");
}

#[test]
fn a_plain_list_needs_number_and_name() {
    let plain = set(&[("pupils.tsv", "name\tclass\nAnn Lee\t5\n")]).unwrap();
    let error = parse_plain(&plain, &suggest_columns(&["name", "class"]), &Options::default()).unwrap_err();
    assert_eq!(error.refusals()[0].column, "number");
    assert!(matches!(parse(&plain, &Options::default()), Err(ExchangeError::NeedsMatching { .. })));
    let wrong = ColumnMatching { number: Some("no such".into()), full_name: Some("name".into()), ..Default::default() };
    assert_eq!(parse_plain(&plain, &wrong, &Options::default()).unwrap_err().refusals()[0].column, "no such");
}

#[test]
fn names_are_split_and_spreadsheet_line_breaks_pass() {
    let text = "id,name,address\n1,\"Lee, Ann\",\"1 Road\nTown\"\n2,Juan de la Cruz,\n3,Suharto,\n4,,\n";
    let plain = set(&[("a.csv", text)]).unwrap();
    let parsed = parse_plain(&plain, &suggest_columns(&["id", "name"]), &Options::default()).unwrap();
    let names: Vec<_> = parsed.roster.users.iter().map(|u| (u.given.as_str(), u.family.as_str())).collect();
    assert_eq!(names, [("Ann", "Lee"), ("Juan", "de la Cruz"), ("Suharto", "")]);
    assert_eq!((refused(&parsed).1, refused(&parsed).2.as_str()), (6, "name"));
}
