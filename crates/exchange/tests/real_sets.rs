//! The published sample sets that lie beside the project. Skipped, with the reason printed, where they are not.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use exchange::{Format, Limits, NoteKind, Options, Parsed, RosterRole, Set, Sex, Status, Table, parse};

fn read(name: &str) -> Option<(Set, Parsed)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oneroster").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    let set = Set::read(&path, Limits::default()).unwrap();
    let parsed = parse(&set, &Options::default()).unwrap();
    // Nothing that is handed on shows a password.
    let all = format!("{set:?}{parsed:?}");
    for password in ["Password1-", "Batman.Ru1ez", "P@ssword", "P@ssw0rd"] {
        assert!(!all.contains(password), "{password}");
    }
    Some((set, parsed))
}

#[test]
fn oneroster_11_bulk() {
    let Some((set, parsed)) = read("oneroster-1.1-bulk-minimal.zip") else { return };
    assert_eq!(set.format(), Format::OneRoster11);
    let counts = parsed.roster.counts();
    assert_eq!((counts.orgs, counts.sessions, counts.classes, counts.people), (1, 5, 2, 6));
    assert_eq!((counts.students, counts.staff, counts.guardians), (3, 2, 1));
    assert!(!parsed.roster.delta);
    assert!(parsed.roster.whole.contains(&Table::Users));
    // Two rows enrol a teacher as a student.
    let refused: Vec<_> = parsed.refused.iter().map(|r| (r.file.as_str(), r.line, r.column.as_str())).collect();
    assert_eq!(refused, [("enrollments.csv", 3, "userSourcedId"), ("enrollments.csv", 6, "userSourcedId")]);
    assert_eq!(parsed.roster.enrolments.len(), 4);
    // The courses are not in the set, and the importer is asked about them.
    assert_eq!(parsed.unresolved.len(), 2);
    assert!(parsed.unresolved.iter().all(|u| u.table == Table::Courses && u.optional));
    assert!(parsed.roster.orgs[0].teaches, "classes are taught at the department");
    let capitals: Vec<_> =
        parsed.notes.iter().filter(|n| n.kind == NoteKind::Capitals).map(|n| n.column.as_str()).collect();
    assert_eq!(capitals, ["classType", "enabledUser"]);
}

#[test]
fn oneroster_12_delta() {
    let Some((set, parsed)) = read("oneroster-1.2-delta.zip") else { return };
    assert_eq!(set.format(), Format::OneRoster12);
    assert!(parsed.roster.delta && parsed.roster.whole.is_empty());
    assert_eq!(parsed.refused, []);
    assert_eq!(parsed.unresolved, []);
    let user = &parsed.roster.users[0];
    assert_eq!((user.given.as_str(), user.family.as_str(), user.enabled), ("Bruce", "Wayne", true));
    assert_eq!(user.status, Status::Active);
    assert_eq!(parsed.roster.roles[0].role, RosterRole::Student);
    assert_eq!(parsed.roster.demographics[0].birth_date.unwrap().to_string(), "2010-04-17");
    assert_eq!(parsed.roster.enrolments.len(), 1);
    assert_eq!(parsed.roster.sessions[0].school_year, Some(2023));
}

#[test]
fn school_data_sync_v1() {
    let Some((set, parsed)) = read("sds-v1-100-users") else { return };
    assert_eq!(set.format(), Format::SdsV1);
    assert_eq!(parsed.refused, []);
    let counts = parsed.roster.counts();
    assert_eq!((counts.orgs, counts.sessions, counts.courses, counts.classes), (2, 1, 28, 28));
    assert_eq!((counts.students, counts.staff), (86, 12));
    assert_eq!(counts.enrolments, 602 + 28);
    let first = &parsed.roster.demographics[0];
    assert_eq!((first.user.as_str(), first.birth_date.unwrap().to_string()), ("13001", "2000-04-02".into()));
    // The last day is 30 June.
    assert_eq!(parsed.roster.sessions[0].end.to_string(), "2018-07-01");
    assert_eq!(parsed.roster.classes[0].school.as_deref(), Some("10001"));
}

#[test]
fn school_data_sync_v21() {
    let Some((set, parsed)) = read("sds-v2.1") else { return };
    assert_eq!(set.format(), Format::SdsV21);
    assert_eq!(parsed.refused, []);
    let counts = parsed.roster.counts();
    assert_eq!((counts.orgs, counts.classes, counts.people, counts.enrolments), (4, 2, 8, 6));
    assert_eq!((counts.students, counts.staff, counts.guardians), (4, 2, 2));
    let jack = &parsed.roster.users[0];
    assert_eq!(jack.agents[0].user, "114002");
    assert_eq!(jack.agents[0].relation, Some(RosterRole::Guardian));
    assert_eq!(jack.grades, ["10"]);
    assert_eq!(parsed.roster.demographics[0].sex, Some(Sex::Male));
}
