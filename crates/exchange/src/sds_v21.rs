//! Microsoft School Data Sync, version 2.1: near OneRoster, without ids for roles and enrolments, with relationships in a file of their own.

use words::faults::exchange::value;

use crate::Options;
use crate::error::ExchangeError;
use crate::oneroster::{ORG_KINDS, SESSION_KINDS, SEXES, year};
use crate::roster::{
    AcademicSession, Class, ClassKind, Course, Demographics, EnrolmentRole, Format, Home, Org, OrgKind, Parsed, Roster,
    RosterRole, Status, Table, User, UserRole,
};
use crate::row::Row;
use crate::sds::{Reader, places};
use crate::set::Set;
use crate::sheet::Spec;

const NOTHING: Spec = Spec { file: "", required: &[], optional: &[], unread: &[], dates: &[] };

const FILES: &[Spec] = &[
    Spec { file: "orgs.csv", required: &["sourcedId", "name", "type"], optional: &["parentSourcedId"], ..NOTHING },
    Spec {
        file: "academicSessions.csv",
        required: &["sourcedId", "title", "type", "schoolYear", "startDate", "endDate"],
        dates: &["startDate", "endDate"],
        ..NOTHING
    },
    Spec {
        file: "courses.csv",
        required: &["sourcedId", "orgSourcedId", "title"],
        optional: &["code", "schoolYearSourcedId", "subject", "grade"],
        ..NOTHING
    },
    Spec {
        file: "classes.csv",
        required: &["sourcedId", "orgSourcedId", "title"],
        optional: &["sessionSourcedIds", "courseSourcedId", "code"],
        ..NOTHING
    },
    Spec {
        file: "users.csv",
        required: &["sourcedId", "username", "givenName", "familyName"],
        optional: &[
            "middleName",
            "preferredGivenName",
            "preferredMiddleName",
            "preferredFamilyName",
            "userNumber",
            "email",
            "phone",
            "sms",
        ],
        unread: &["activeDirectoryMatchId"],
        dates: &[],
    },
    Spec {
        file: "roles.csv",
        required: &["userSourcedId", "orgSourcedId", "role"],
        optional: &["sessionSourcedId", "grade", "isPrimary", "roleStartDate", "roleEndDate"],
        dates: &["roleStartDate", "roleEndDate"],
        ..NOTHING
    },
    Spec { file: "enrollments.csv", required: &["classSourcedId", "userSourcedId", "role"], ..NOTHING },
    Spec {
        file: "demographics.csv",
        required: &["userSourcedId"],
        optional: &["sex", "birthDate"],
        unread: &["birthCity", "birthState", "birthCountry", "ethnicityCodes", "raceCodes"],
        dates: &["birthDate"],
    },
    Spec {
        file: "relationships.csv",
        required: &["userSourcedId", "relationshipUserSourcedId", "relationshipRole"],
        ..NOTHING
    },
];

/// The kinds of organisation that School Data Sync adds to OneRoster's (its default list of values).
const MORE_ORG_KINDS: &[&str] = &[
    "departmentOfEducation",
    "ministryOfEducation",
    "university",
    "college",
    "campus",
    "adultEducation",
    "municipality",
    "academicTrust",
    "localAuthority",
    "region",
    "division",
    "province",
    "researchCenter",
    "program",
];

/// School Data Sync's roles (its default list of values) in OneRoster's words. `other` has none and is refused; `alumni` were
/// students.
const ROLES: &[(&str, RosterRole)] = &[
    ("student", RosterRole::Student),
    ("teacher", RosterRole::Teacher),
    ("professor", RosterRole::Teacher),
    ("lecturer", RosterRole::Teacher),
    ("adjunct", RosterRole::Teacher),
    ("faculty", RosterRole::Teacher),
    ("instructor", RosterRole::Teacher),
    ("substitute", RosterRole::Teacher),
    ("teacherAssistant", RosterRole::Aide),
    ("assistant", RosterRole::Aide),
    ("paraprofessional", RosterRole::Aide),
    ("principal", RosterRole::Principal),
    ("administrator", RosterRole::Administrator),
    ("itAdmin", RosterRole::SystemAdministrator),
    ("proctor", RosterRole::Proctor),
    ("adviser", RosterRole::Counselor),
    ("advisor", RosterRole::Counselor),
    ("chair", RosterRole::Staff),
    ("researcher", RosterRole::Staff),
    ("affiliate", RosterRole::Staff),
    ("occupationalTherapist", RosterRole::Staff),
    ("physicalTherapist", RosterRole::Staff),
    ("speechTherapist", RosterRole::Staff),
    ("visionTherapist", RosterRole::Staff),
    ("specialServices", RosterRole::Staff),
    ("nurse", RosterRole::Staff),
    ("officeStaff", RosterRole::Staff),
    ("staff", RosterRole::Staff),
    ("coach", RosterRole::Staff),
    ("aide", RosterRole::Aide),
    ("guardian", RosterRole::Guardian),
    ("parent", RosterRole::Parent),
    ("relative", RosterRole::Relative),
];
const RELATIONS: &[(&str, Option<RosterRole>)] = &[
    ("guardian", Some(RosterRole::Guardian)),
    ("parent", Some(RosterRole::Parent)),
    ("relative", Some(RosterRole::Relative)),
    ("aide", None),
    ("doctor", None),
    ("child", None),
    ("administrator", None),
    ("emergencyContact", None),
    ("other", None),
];

pub(crate) fn parse(set: &Set, options: &Options) -> Result<Parsed, ExchangeError> {
    let roles: Vec<(&str, EnrolmentRole)> =
        ROLES.iter().filter_map(|(name, role)| Some((*name, in_class(*role)?))).collect();
    let mut reader = Reader::open(set, FILES, options.dates)?;
    let mut roster = Roster::new(Format::SdsV21);
    reader.upper(&mut roster)?;
    reader.people(&mut roster)?;
    reader.relationships(&mut roster, "relationships.csv", ["userSourcedId", "relationshipUserSourcedId"], |row| {
        row.required_choice("relationshipRole", RELATIONS).flatten()
    })?;
    reader.enrolments(&mut roster, "enrollments.csv", ["classSourcedId", "userSourcedId"], |row| {
        row.required_choice("role", &roles)
    })?;
    Ok(reader.finish(roster))
}

impl Reader<'_> {
    /// Reads each row of a file into a record, under the id in the column `key`.
    fn table<T>(
        &mut self,
        file: &str,
        table: Table,
        key: &str,
        records: &mut Vec<T>,
        mut read: impl FnMut(&Row<'_, '_>, String) -> Option<T>,
    ) -> Result<(), ExchangeError> {
        let Some(sheet) = self.sheets.get(file) else { return Ok(()) };
        self.index.complete(table);
        sheet.each(&self.log, |row| {
            let id = row.id(key);
            let record = read(row, id.clone());
            records.extend(self.index.enter(table, &id, row, key, record));
        })?;
        Ok(())
    }

    fn upper(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        let kinds: Vec<_> =
            ORG_KINDS.iter().copied().chain(MORE_ORG_KINDS.iter().map(|name| (*name, OrgKind::Other))).collect();
        self.table("orgs.csv", Table::Orgs, "sourcedId", &mut roster.orgs, |row, id| org(row, id, &kinds))?;
        self.table("academicSessions.csv", Table::Sessions, "sourcedId", &mut roster.sessions, session)?;
        self.table("courses.csv", Table::Courses, "sourcedId", &mut roster.courses, course)?;
        self.table("classes.csv", Table::Classes, "sourcedId", &mut roster.classes, class)
    }

    fn people(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        self.table("users.csv", Table::Users, "sourcedId", &mut roster.users, user)?;
        self.table("demographics.csv", Table::Demographics, "userSourcedId", &mut roster.demographics, |row, user| {
            let (birth_date, sex) = (row.date("birthDate"), row.choice("sex", SEXES));
            row.accept(Demographics { user, status: Status::Active, birth_date, sex, at: row.place() })
        })?;
        let Some(sheet) = self.sheets.get("roles.csv") else { return Ok(()) };
        let places = places(roster);
        sheet.each(&self.log, |row| {
            let role = role(row);
            let id = role.as_ref().map(|role| role.source_id.clone()).unwrap_or_default();
            let Some(role) = self.index.enter(Table::Roles, &id, row, "userSourcedId", role) else { return };
            let grade = row.text("grade", 255, value::grade);
            if let Some(user) = places.get(&role.user).and_then(|place| roster.users.get_mut(*place))
                && role.role == RosterRole::Student
                && !grade.is_empty()
                && !user.grades.contains(&grade)
            {
                user.grades.push(grade);
            }
            roster.roles.push(role);
        })?;
        Ok(())
    }
}

/// What a role is inside one class; `None` for those that have no business in a class.
fn in_class(role: RosterRole) -> Option<EnrolmentRole> {
    match role {
        RosterRole::Student => Some(EnrolmentRole::Student),
        RosterRole::Teacher => Some(EnrolmentRole::Teacher),
        RosterRole::Administrator => Some(EnrolmentRole::Administrator),
        RosterRole::Proctor => Some(EnrolmentRole::Proctor),
        _ => None,
    }
}

fn org(row: &Row<'_, '_>, source_id: String, kinds: &[(&str, OrgKind)]) -> Option<Org> {
    let (name, kind) = (row.name("name"), row.required_choice("type", kinds));
    row.accept(Org {
        source_id,
        status: Status::Active,
        name,
        identifier: String::new(),
        parent: row.optional_id("parentSourcedId"),
        teaches: false,
        at: row.place(),
        kind: kind?,
    })
}

/// Ends are the last day, and become the day after.
fn session(row: &Row<'_, '_>, source_id: String) -> Option<AcademicSession> {
    let (title, kind) = (row.name("title"), row.required_choice("type", SESSION_KINDS));
    let (start, end) = (row.required_date("startDate"), row.required_date("endDate"));
    let end = row.period(start, end, "endDate", true);
    let school_year = year(row);
    row.accept(AcademicSession {
        source_id,
        status: Status::Active,
        title,
        parent: None,
        school_year,
        at: row.place(),
        kind: kind?,
        start: start?,
        end: end?,
    })
}

fn course(row: &Row<'_, '_>, source_id: String) -> Option<Course> {
    row.accept(Course {
        source_id,
        status: Status::Active,
        title: row.name("title"),
        code: row.text("code", 255, value::code),
        org: Some(row.id("orgSourcedId")),
        school_year: row.optional_id("schoolYearSourcedId"),
        grades: row.list("grade"),
        // School Data Sync writes subjects as codes of the U.S. SCED list.
        subjects: Vec::new(),
        subject_codes: row.list("subject"),
        at: row.place(),
    })
}

fn class(row: &Row<'_, '_>, source_id: String) -> Option<Class> {
    row.accept(Class {
        source_id,
        status: Status::Active,
        title: row.name("title"),
        code: row.text("code", 255, value::code),
        kind: ClassKind::Scheduled,
        course: row.optional_id("courseSourcedId"),
        school: Some(row.id("orgSourcedId")),
        terms: row.list("sessionSourcedIds"),
        grades: Vec::new(),
        subjects: Vec::new(),
        location: String::new(),
        home: Home::Unsaid,
        at: row.place(),
    })
}

fn user(row: &Row<'_, '_>, source_id: String) -> Option<User> {
    row.accept(User {
        source_id,
        status: Status::Active,
        enabled: true,
        username: row.required("username", 255, value::username),
        given: row.name("givenName"),
        family: row.name("familyName"),
        middle: row.optional_name("middleName"),
        preferred_given: row.optional_name("preferredGivenName"),
        preferred_middle: row.optional_name("preferredMiddleName"),
        preferred_family: row.optional_name("preferredFamilyName"),
        native_name: String::new(),
        identifier: row.text("userNumber", 255, value::number),
        email: row.text("email", 254, value::email),
        phone: row.text("phone", 50, value::telephone),
        sms: row.text("sms", 50, value::telephone),
        pronouns: String::new(),
        grades: Vec::new(),
        agents: Vec::new(),
        primary_org: None,
        at: row.place(),
    })
}

fn role(row: &Row<'_, '_>) -> Option<UserRole> {
    let (user, org) = (row.id("userSourcedId"), row.id("orgSourcedId"));
    let alumni = row.cell("role").eq_ignore_ascii_case("alumni");
    let role = if alumni { Some(RosterRole::Student) } else { row.required_choice("role", ROLES) };
    let primary = row.boolean("isPrimary").unwrap_or_default();
    let begin = row.date("roleStartDate");
    let end = row.period(begin, row.date("roleEndDate"), "roleEndDate", true);
    let session = row.optional_id("sessionSourcedId").unwrap_or_default();
    let role = role?;
    row.accept(UserRole {
        source_id: format!("{user}|{org}|{role:?}|{session}{}", if alumni { "|alumni" } else { "" }),
        status: if alumni { Status::Inactive } else { Status::Active },
        user,
        role,
        primary,
        org: Some(org),
        begin,
        end,
        at: row.place(),
    })
}
