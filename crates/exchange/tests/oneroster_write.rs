//! A roster as OneRoster files: the columns of the binding in its order, and read again what was written.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use exchange::{
    AcademicSession, AcademicSessionKind, Agent, Category, Class, ClassKind, Course, Demographics, Enrolment,
    EnrolmentRole, Format, Home, Limits, LineItem, NoteKind, OneRosterVersion, Options, Org, OrgKind, Parsed, Place,
    Roster, RosterResult, RosterRole, Set, Sex, Status, User, UserRole, parse, write_oneroster,
};

fn at() -> Place {
    Place { file: "".into(), line: 0 }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn user(id: &str, agents: &[&str]) -> User {
    let agent = |user: &&str| Agent { user: (*user).to_owned(), word: String::new(), relation: None };
    User {
        source_id: id.into(),
        status: Status::Active,
        enabled: true,
        username: format!("u-{id}"),
        given: "Zoë".into(),
        family: "O'Neil, jun.".into(),
        middle: String::new(),
        preferred_given: String::new(),
        preferred_middle: String::new(),
        preferred_family: String::new(),
        native_name: String::new(),
        identifier: "0012".into(),
        email: "z@example.org".into(),
        phone: "+1-555-0101".into(),
        sms: String::new(),
        pronouns: String::new(),
        grades: vec!["07".into(), "08".into()],
        agents: agents.iter().map(agent).collect(),
        primary_org: None,
        at: at(),
    }
}

fn role(user: &str, role: RosterRole, end: Option<&str>) -> UserRole {
    UserRole {
        source_id: format!("{user}|o|{role:?}"),
        status: Status::Active,
        user: user.into(),
        role,
        primary: true,
        org: Some("o".into()),
        begin: None,
        end: end.map(day),
        at: at(),
    }
}

fn class(id: &str, kind: ClassKind, home: Home) -> Class {
    Class {
        source_id: id.into(),
        status: Status::Active,
        title: format!("Class \"{id}\""),
        code: String::new(),
        kind,
        course: Some("k".into()),
        school: Some("o".into()),
        terms: vec!["t".into()],
        grades: vec!["07".into()],
        subjects: Vec::new(),
        location: "Room 4".into(),
        home,
        at: at(),
    }
}

fn session(id: &str, kind: AcademicSessionKind, parent: Option<&str>) -> AcademicSession {
    AcademicSession {
        source_id: id.into(),
        status: Status::Active,
        title: "Autumn".into(),
        kind,
        start: day("2026-09-01"),
        end: day("2026-12-19"),
        parent: parent.map(str::to_owned),
        school_year: Some(2027),
        at: at(),
    }
}

fn roster(format: Format) -> Roster {
    let mut roster = Roster::new(format);
    let org = |id: &str, kind, parent: Option<&str>| Org {
        source_id: id.into(),
        status: Status::Active,
        name: "=Hill House".into(),
        kind,
        identifier: String::new(),
        parent: parent.map(str::to_owned),
        teaches: kind == OrgKind::School,
        at: at(),
    };
    roster.orgs = vec![org("d", OrgKind::District, None), org("o", OrgKind::School, Some("d"))];
    roster.sessions =
        vec![session("y", AcademicSessionKind::SchoolYear, None), session("t", AcademicSessionKind::Term, Some("y"))];
    roster.courses = vec![Course {
        source_id: "k".into(),
        status: Status::Active,
        title: "-Art".into(),
        code: "A1".into(),
        org: Some("o".into()),
        school_year: None,
        grades: Vec::new(),
        subjects: Vec::new(),
        subject_codes: Vec::new(),
        at: at(),
    }];
    roster.classes =
        vec![class("h", ClassKind::Homeroom, Home::Unsaid), class("c", ClassKind::Scheduled, Home::Class("h".into()))];
    roster.classes.push(class("g", ClassKind::Scheduled, Home::Own));
    roster.users = vec![user("s", &["p"]), user("t1", &[]), user("p", &[])];
    roster.roles = vec![
        role("s", RosterRole::Student, None),
        role("t1", RosterRole::Teacher, None),
        role("p", RosterRole::Parent, None),
    ];
    roster.enrolments = vec![Enrolment {
        source_id: "e".into(),
        status: Status::Active,
        class: "c".into(),
        school: Some("o".into()),
        user: "s".into(),
        role: EnrolmentRole::Student,
        primary: false,
        begin: Some(day("2026-09-01")),
        end: Some(day("2026-10-01")),
        at: at(),
    }];
    roster.demographics = vec![Demographics {
        user: "s".into(),
        status: Status::Active,
        birth_date: Some(day("2014-05-14")),
        sex: Some(Sex::Female),
        at: at(),
    }];
    let weight = if format == Format::OneRoster11 { "" } else { "30.5" };
    let (source_id, title) = ("ca".into(), "Tests".into());
    roster.categories = vec![Category { source_id, status: Status::Active, title, weight: weight.into(), at: at() }];
    roster.line_items = vec![LineItem {
        source_id: "l".into(),
        status: Status::Active,
        title: "Test 1".into(),
        assign: Some(day("2026-09-10")),
        due: Some(day("2026-09-11")),
        class: "c".into(),
        category: "ca".into(),
        session: "t".into(),
        minimum: "0".into(),
        maximum: "20".into(),
        at: at(),
    }];
    roster.results = vec![RosterResult {
        source_id: "r".into(),
        status: Status::Active,
        line_item: "l".into(),
        student: "s".into(),
        score_status: "fully graded".into(),
        score: "17.5".into(),
        date: Some(day("2026-09-12")),
        comment: String::new(),
        at: at(),
    }];
    roster
}

/// The same without where the rows stood in their files.
fn placeless(parsed: Parsed) -> Roster {
    let mut roster = Roster { whole: Default::default(), ..parsed.roster };
    roster.orgs.iter_mut().for_each(|row| row.at = at());
    roster.sessions.iter_mut().for_each(|row| row.at = at());
    roster.courses.iter_mut().for_each(|row| row.at = at());
    roster.classes.iter_mut().for_each(|row| row.at = at());
    roster.users.iter_mut().for_each(|row| row.at = at());
    roster.roles.iter_mut().for_each(|row| row.at = at());
    roster.enrolments.iter_mut().for_each(|row| row.at = at());
    roster.demographics.iter_mut().for_each(|row| row.at = at());
    roster.categories.iter_mut().for_each(|row| row.at = at());
    roster.line_items.iter_mut().for_each(|row| row.at = at());
    roster.results.iter_mut().for_each(|row| row.at = at());
    roster
}

fn texts(roster: &Roster, version: OneRosterVersion) -> BTreeMap<String, String> {
    let files = write_oneroster(roster, version);
    files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn what_is_written_is_read_again() {
    for (format, version) in
        [(Format::OneRoster11, OneRosterVersion::V11), (Format::OneRoster12, OneRosterVersion::V12)]
    {
        let roster = roster(format);
        let set = Set::from_files(write_oneroster(&roster, version), Limits::default()).unwrap();
        let parsed = parse(&set, &Options::default()).unwrap();
        assert_eq!(parsed.refused, []);
        // The binding has the column; nothing is ever in it.
        assert!(parsed.notes.iter().all(|note| note.kind == NoteKind::Password), "{:?}", parsed.notes);
        assert_eq!(parsed.unresolved, []);
        assert_eq!(placeless(parsed), roster);
    }
}

#[test]
fn the_columns_are_those_of_the_binding_in_its_order() {
    let first = |version, file: &str| {
        let text = texts(&roster(Format::OneRoster12), version).remove(file).unwrap();
        text.lines().next().unwrap().strip_prefix("sourcedId,status,dateLastModified,").unwrap().to_owned()
    };
    let (old, new) = (OneRosterVersion::V11, OneRosterVersion::V12);
    assert_eq!(
        first(old, "users.csv"),
        "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,\
         agentSourcedIds,grades,password"
    );
    assert_eq!(
        first(new, "users.csv"),
        "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,\
         password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,\
         primaryOrgSourcedId,pronouns"
    );
    assert_eq!(
        first(old, "lineItems.csv"),
        "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,gradingPeriodSourcedId,resultValueMin,\
         resultValueMax"
    );
    assert_eq!(
        first(new, "lineItems.csv"),
        "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,\
         resultValueMax,schoolSourcedId"
    );
    assert_eq!(first(old, "results.csv"), "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment");
    assert_eq!(first(old, "categories.csv"), "title");
    assert_eq!(first(new, "categories.csv"), "title,weight");
    assert_eq!(
        first(new, "roles.csv"),
        "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"
    );
    for version in [old, new] {
        let metadata = first(version, "classes.csv");
        assert!(metadata.ends_with(",subjects,subjectCodes,periods,metadata.homeroomSourcedId"), "{metadata}");
    }
}

#[test]
fn the_manifest_says_what_is_there_and_no_file_is_empty() {
    let mut roster = roster(Format::OneRoster12);
    roster.results.clear();
    let texts = texts(&roster, OneRosterVersion::V12);
    assert!(!texts.contains_key("results.csv"));
    let manifest = &texts["manifest.csv"];
    assert!(manifest.starts_with("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n"));
    for line in ["file.results,absent", "file.roles,bulk", "file.lineItems,bulk", "file.userProfiles,absent"] {
        assert!(manifest.contains(&format!("\r\n{line}\r\n")), "{line}");
    }
    // A bulk file says nothing of status and change, and a cell is what it is.
    assert!(texts["orgs.csv"].contains("\r\no,,,=Hill House,school,,d\r\n"), "{}", texts["orgs.csv"]);
    assert!(texts["users.csv"].contains(",\"O'Neil, jun.\",") && texts["users.csv"].contains(",+1-555-0101,"));
    assert!(texts["classes.csv"].contains("\"Class \"\"h\"\"\""));
    roster.users[0].given = "A\nB".into();
    let texts = self::texts(&roster, OneRosterVersion::V12);
    assert!(texts["users.csv"].contains(",A B,"), "no line ends within a cell");
}

#[test]
fn a_score_that_is_none_is_nought_in_1_1_and_its_state_says_so() {
    let mut roster = roster(Format::OneRoster11);
    for (state, said) in [
        ("exempt", "exempt,0"),
        ("not submitted", "not submitted,0"),
        ("submitted", "submitted,0"),
        ("partially graded", "submitted,0"),
    ] {
        roster.results[0].score = String::new();
        roster.results[0].score_status = state.into();
        assert!(texts(&roster, OneRosterVersion::V11)["results.csv"].contains(&format!(",{said},")), "{state}");
        assert!(texts(&roster, OneRosterVersion::V12)["results.csv"].contains(&format!(",{state},,")), "{state}");
    }
}
