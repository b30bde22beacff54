//! A roster as a OneRoster bulk set, version 1.1 or 1.2 (1EdTech OneRoster CSV Binding): every file with its columns in the
//! order of the binding, the manifest, and no file without rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::oneroster::{ENROLMENT_ROLES, ORG_KINDS, SESSION_KINDS, SEXES};
use crate::oneroster_files::HOMEROOM;
use crate::roster::{AcademicSession, ClassKind, Home, Roster, RosterRole, User, UserRole};
use crate::write::plain_table;

/// Of which version of the binding a set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub enum OneRosterVersion {
    #[serde(rename = "1.1")]
    V11,
    #[serde(rename = "1.2")]
    V12,
}

impl OneRosterVersion {
    /// As the manifest writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::V11 => "1.1",
            Self::V12 => "1.2",
        }
    }
}

/// The files that the manifest of a version names.
const NAMED_11: &[&str] = &[
    "academicSessions",
    "categories",
    "classes",
    "classResources",
    "courses",
    "courseResources",
    "demographics",
    "enrollments",
    "lineItems",
    "orgs",
    "resources",
    "results",
    "users",
];
const NAMED_12: &[&str] = &[
    "academicSessions",
    "categories",
    "classes",
    "classResources",
    "courses",
    "courseResources",
    "demographics",
    "enrollments",
    "lineItemLearningObjectiveIds",
    "lineItems",
    "lineItemScoreScales",
    "orgs",
    "resources",
    "resultLearningObjectiveIds",
    "results",
    "resultScoreScales",
    "roles",
    "scoreScales",
    "userProfiles",
    "userResources",
    "users",
];

/// Who wrote the set, as the manifest names it.
const SYSTEM: &str = "Homeroom";

/// The three columns that every file begins with, which a bulk file leaves blank but for the first.
pub(crate) const FIRST: [&str; 3] = ["sourcedId", "status", "dateLastModified"];

/// Writes a roster as the files of a bulk set, by their names. Rows keep their order; what a version has no column for is
/// left out, and so is a file without rows.
pub fn write_oneroster(roster: &Roster, version: OneRosterVersion) -> Vec<(String, Vec<u8>)> {
    let mut tables = tables(roster, version);
    tables.retain(|table| !table.rows.is_empty());
    let manifest = manifest(&tables, version, "bulk");
    let written = tables.iter().map(|table| (format!("{}.csv", table.name), plain_table(&table.headers, &table.rows)));
    std::iter::once(("manifest.csv".to_owned(), manifest)).chain(written).collect()
}

/// Every file of a set, those without rows too.
pub(crate) fn tables(roster: &Roster, version: OneRosterVersion) -> Vec<Written> {
    let mut tables = vec![orgs(roster), sessions(roster), courses(roster), classes(roster)];
    match version {
        OneRosterVersion::V11 => tables.push(users_11(roster)),
        OneRosterVersion::V12 => tables.extend([users_12(roster), roles(roster)]),
    }
    tables.extend([enrolments(roster), demographics(roster)]);
    tables.extend([categories(roster, version), line_items(roster, version), results(roster, version)]);
    tables
}

/// What a set says of its files: those that are there are `mode`.
pub(crate) fn manifest(tables: &[Written], version: OneRosterVersion, mode: &str) -> Vec<u8> {
    let named = match version {
        OneRosterVersion::V11 => NAMED_11,
        OneRosterVersion::V12 => NAMED_12,
    };
    let mut pairs =
        vec![["manifest.version".to_owned(), "1.0".into()], ["oneroster.version".to_owned(), version.name().into()]];
    pairs.extend(named.iter().map(|name| {
        let there = tables.iter().any(|table| table.name == *name);
        [format!("file.{name}"), if there { mode } else { "absent" }.to_owned()]
    }));
    pairs.extend(["source.systemName", "source.systemCode"].map(|name| [name.to_owned(), SYSTEM.to_owned()]));
    plain_table(&["propertyName", "value"], pairs)
}

/// One file before it is text.
pub(crate) struct Written {
    pub(crate) name: &'static str,
    pub(crate) headers: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Written {
    /// A table of these columns behind the first three.
    fn of<const N: usize>(
        name: &'static str,
        columns: [&'static str; N],
        rows: impl IntoIterator<Item = (String, [String; N])>,
    ) -> Self {
        let rows = rows.into_iter().map(|(id, cells)| {
            let blank = [id, String::new(), String::new()];
            blank.into_iter().chain(cells).collect()
        });
        Self { name, headers: FIRST.into_iter().chain(columns).collect(), rows: rows.collect() }
    }
}

fn orgs(roster: &Roster) -> Written {
    let rows = roster.orgs.iter().map(|org| {
        let cells = [
            org.name.clone(),
            name_of(ORG_KINDS, &org.kind).unwrap_or("school").to_owned(),
            org.identifier.clone(),
            given(&org.parent),
        ];
        (org.source_id.clone(), cells)
    });
    Written::of("orgs", ["name", "type", "identifier", "parentSourcedId"], rows)
}

fn sessions(roster: &Roster) -> Written {
    let rows = roster.sessions.iter().map(|session| {
        let cells = [
            session.title.clone(),
            name_of(SESSION_KINDS, &session.kind).unwrap_or_default().to_owned(),
            day(Some(session.start)),
            day(Some(session.end)),
            given(&session.parent),
            school_year(session),
        ];
        (session.source_id.clone(), cells)
    });
    let columns = ["title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"];
    Written::of("academicSessions", columns, rows)
}

fn school_year(session: &AcademicSession) -> String {
    session.school_year.map(|year| year.to_string()).unwrap_or_default()
}

fn courses(roster: &Roster) -> Written {
    let rows = roster.courses.iter().map(|course| {
        let cells = [
            given(&course.school_year),
            course.title.clone(),
            course.code.clone(),
            list(&course.grades),
            given(&course.org),
            list(&course.subjects),
            list(&course.subject_codes),
        ];
        (course.source_id.clone(), cells)
    });
    let columns = ["schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"];
    Written::of("courses", columns, rows)
}

fn classes(roster: &Roster) -> Written {
    let rows = roster.classes.iter().map(|class| {
        let kind = match class.kind {
            ClassKind::Homeroom => "homeroom",
            ClassKind::Scheduled => "scheduled",
        };
        let home = match &class.home {
            Home::Class(id) => id.clone(),
            Home::Own | Home::Unsaid => String::new(),
        };
        let cells = [
            class.title.clone(),
            list(&class.grades),
            given(&class.course),
            class.code.clone(),
            kind.to_owned(),
            class.location.clone(),
            given(&class.school),
            list(&class.terms),
            list(&class.subjects),
            String::new(),
            String::new(),
            home,
        ];
        (class.source_id.clone(), cells)
    });
    let columns = [
        "title",
        "grades",
        "courseSourcedId",
        "classCode",
        "classType",
        "location",
        "schoolSourcedId",
        "termSourcedIds",
        "subjects",
        "subjectCodes",
        "periods",
        HOMEROOM,
    ];
    Written::of("classes", columns, rows)
}

/// The columns of a person from `userIds` to `password`, which both versions have in this order.
fn person(user: &User) -> [String; 11] {
    let agents: Vec<String> = user.agents.iter().map(|agent| agent.user.clone()).collect();
    [
        String::new(),
        user.given.clone(),
        user.family.clone(),
        user.middle.clone(),
        user.identifier.clone(),
        user.email.clone(),
        user.sms.clone(),
        user.phone.clone(),
        list(&agents),
        list(&user.grades),
        String::new(),
    ]
}

const PERSON: [&str; 11] = [
    "userIds",
    "givenName",
    "familyName",
    "middleName",
    "identifier",
    "email",
    "sms",
    "phone",
    "agentSourcedIds",
    "grades",
    "password",
];

fn users_11(roster: &Roster) -> Written {
    let mut of_user: HashMap<&str, Vec<&UserRole>> = HashMap::new();
    for role in &roster.roles {
        of_user.entry(&role.user).or_default().push(role);
    }
    let rows = roster.users.iter().map(|user| {
        let roles = of_user.get(user.source_id.as_str()).map_or(&[][..], Vec::as_slice);
        // A person has one role in this version: the first one, at every organisation where they have it.
        let role = roles.first().map(|role| role.role);
        let orgs = roles.iter().filter(|other| Some(other.role) == role).filter_map(|role| role.org.clone());
        let first = [
            user.source_id.clone(),
            String::new(),
            String::new(),
            user.enabled.to_string(),
            list(&orgs.collect::<Vec<_>>()),
            role.map(role_11).unwrap_or_default().to_owned(),
            user.username.clone(),
        ];
        first.into_iter().chain(person(user)).collect()
    });
    let own = ["enabledUser", "orgSourcedIds", "role", "username"];
    let headers = FIRST.into_iter().chain(own).chain(PERSON).collect();
    Written { name: "users", headers, rows: rows.collect() }
}

fn users_12(roster: &Roster) -> Written {
    let rows = roster.users.iter().map(|user| {
        let first =
            [user.source_id.clone(), String::new(), String::new(), user.enabled.to_string(), user.username.clone()];
        let last = [
            String::new(),
            String::new(),
            user.preferred_given.clone(),
            user.preferred_middle.clone(),
            user.preferred_family.clone(),
            given(&user.primary_org),
            user.pronouns.clone(),
        ];
        first.into_iter().chain(person(user)).chain(last).collect()
    });
    let last = [
        "userMasterIdentifier",
        "resourceSourcedIds",
        "preferredGivenName",
        "preferredMiddleName",
        "preferredFamilyName",
        "primaryOrgSourcedId",
        "pronouns",
    ];
    let headers = FIRST.into_iter().chain(["enabledUser", "username"]).chain(PERSON).chain(last).collect();
    Written { name: "users", headers, rows: rows.collect() }
}

fn roles(roster: &Roster) -> Written {
    let rows = roster.roles.iter().map(|role| {
        let cells = [
            role.user.clone(),
            if role.primary { "primary" } else { "secondary" }.to_owned(),
            role_12(role.role).to_owned(),
            day(role.begin),
            day(role.end),
            given(&role.org),
            String::new(),
        ];
        (role.source_id.clone(), cells)
    });
    let columns = ["userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"];
    Written::of("roles", columns, rows)
}

fn enrolments(roster: &Roster) -> Written {
    let rows = roster.enrolments.iter().map(|row| {
        let cells = [
            row.class.clone(),
            given(&row.school),
            row.user.clone(),
            name_of(ENROLMENT_ROLES, &row.role).unwrap_or_default().to_owned(),
            if row.primary { "true".to_owned() } else { String::new() },
            day(row.begin),
            day(row.end),
        ];
        (row.source_id.clone(), cells)
    });
    let columns = ["classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"];
    Written::of("enrollments", columns, rows)
}

fn demographics(roster: &Roster) -> Written {
    let rows = roster.demographics.iter().map(|row| {
        let sex = row.sex.as_ref().and_then(|sex| name_of(SEXES, sex)).unwrap_or_default();
        let mut cells: [String; 13] = Default::default();
        cells[0] = day(row.birth_date);
        sex.clone_into(&mut cells[1]);
        (row.user.clone(), cells)
    });
    let columns = [
        "birthDate",
        "sex",
        "americanIndianOrAlaskaNative",
        "asian",
        "blackOrAfricanAmerican",
        "nativeHawaiianOrOtherPacificIslander",
        "white",
        "demographicRaceTwoOrMoreRaces",
        "hispanicOrLatinoEthnicity",
        "countryOfBirthCode",
        "stateOfBirthAbbreviation",
        "cityOfBirth",
        "publicSchoolResidenceStatus",
    ];
    Written::of("demographics", columns, rows)
}

fn categories(roster: &Roster, version: OneRosterVersion) -> Written {
    match version {
        OneRosterVersion::V11 => {
            let rows = roster.categories.iter().map(|row| (row.source_id.clone(), [row.title.clone()]));
            Written::of("categories", ["title"], rows)
        }
        OneRosterVersion::V12 => {
            let rows =
                roster.categories.iter().map(|row| (row.source_id.clone(), [row.title.clone(), row.weight.clone()]));
            Written::of("categories", ["title", "weight"], rows)
        }
    }
}

fn line_items(roster: &Roster, version: OneRosterVersion) -> Written {
    let school: HashMap<&str, String> =
        roster.classes.iter().map(|class| (class.source_id.as_str(), given(&class.school))).collect();
    let rows = roster.line_items.iter().map(|item| {
        let cells = [
            item.title.clone(),
            String::new(),
            day(item.assign),
            day(item.due),
            item.class.clone(),
            item.category.clone(),
            item.session.clone(),
            item.minimum.clone(),
            item.maximum.clone(),
            school.get(item.class.as_str()).cloned().unwrap_or_default(),
        ];
        (item.source_id.clone(), cells)
    });
    let old = version == OneRosterVersion::V11;
    let columns = [
        "title",
        "description",
        "assignDate",
        "dueDate",
        "classSourcedId",
        "categorySourcedId",
        if old { "gradingPeriodSourcedId" } else { "academicSessionSourcedId" },
        "resultValueMin",
        "resultValueMax",
        "schoolSourcedId",
    ];
    let mut table = Written::of("lineItems", columns, rows);
    if old {
        table.cut(1);
    }
    table
}

fn results(roster: &Roster, version: OneRosterVersion) -> Written {
    let class: HashMap<&str, &str> =
        roster.line_items.iter().map(|item| (item.source_id.as_str(), item.class.as_str())).collect();
    let old = version == OneRosterVersion::V11;
    let rows = roster.results.iter().map(|row| {
        // 1.1 wants a score always. What is not graded says so in its state, so that nobody takes the nought for one.
        let none = old && row.score.is_empty();
        let score = if none { "0".to_owned() } else { row.score.clone() };
        let status = match row.score_status.as_str() {
            "partially graded" if none => "submitted",
            other => other,
        };
        let missing = row.score_status == "not submitted";
        let cells = [
            row.line_item.clone(),
            row.student.clone(),
            status.to_owned(),
            score,
            day(row.date),
            row.comment.clone(),
            String::new(),
            class.get(row.line_item.as_str()).copied().unwrap_or_default().to_owned(),
            String::new(),
            String::new(),
            String::new(),
            if missing { "true".to_owned() } else { String::new() },
        ];
        (row.source_id.clone(), cells)
    });
    let columns = [
        "lineItemSourcedId",
        "studentSourcedId",
        "scoreStatus",
        "score",
        "scoreDate",
        "comment",
        "textScore",
        "classSourcedId",
        "inProgress",
        "incomplete",
        "late",
        "missing",
    ];
    let mut table = Written::of("results", columns, rows);
    if old {
        table.cut(6);
    }
    table
}

impl Written {
    /// Takes the last columns away.
    fn cut(&mut self, columns: usize) {
        let left = self.headers.len().saturating_sub(columns);
        self.headers.truncate(left);
        self.rows.iter_mut().for_each(|row| row.truncate(left));
    }
}

/// The role of 1.1 that says most of this one.
fn role_11(role: RosterRole) -> &'static str {
    match role {
        RosterRole::Student => "student",
        RosterRole::Teacher => "teacher",
        RosterRole::Proctor => "proctor",
        RosterRole::Parent => "parent",
        RosterRole::Guardian => "guardian",
        RosterRole::Relative => "relative",
        RosterRole::Aide | RosterRole::Counselor | RosterRole::Staff => "aide",
        RosterRole::Administrator
        | RosterRole::DistrictAdministrator
        | RosterRole::Principal
        | RosterRole::SiteAdministrator
        | RosterRole::SystemAdministrator => "administrator",
    }
}

/// The same of 1.2.
fn role_12(role: RosterRole) -> &'static str {
    match role {
        RosterRole::Counselor => "counselor",
        RosterRole::DistrictAdministrator => "districtAdministrator",
        RosterRole::Principal => "principal",
        RosterRole::Administrator | RosterRole::SiteAdministrator => "siteAdministrator",
        RosterRole::SystemAdministrator => "systemAdministrator",
        other => role_11(other),
    }
}

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> Option<&'static str> {
    names.iter().find(|(_, known)| known == value).map(|(name, _)| *name)
}

fn given(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// Several values in one cell.
fn list(values: &[String]) -> String {
    values.join(",")
}
