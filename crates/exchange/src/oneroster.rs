//! OneRoster 1.1 and 1.2 as comma-separated files (1EdTech OneRoster CSV Binding).

use std::collections::HashMap;

use words::faults::exchange::{expected, found, taken, value};

use crate::Options;
use crate::date::DateOrder;
use crate::error::{ExchangeError, NoteKind, Refusal};
use crate::index::Index;
use crate::links;
use crate::log::Log;
use crate::manifest::{self, Mode};
use crate::oneroster_files::{FILES, HOMEROOM, SCORE_STATUSES, Spec11, file_of, session_column};
use crate::roster::{
    AcademicSession, AcademicSessionKind, Agent, Category, Class, ClassKind, Course, Demographics, Enrolment,
    EnrolmentRole, Format, Home, LineItem, Org, OrgKind, Parsed, Roster, RosterResult, RosterRole, Sex, Status, Table,
    User, UserRole,
};
use crate::row::{NAME, Row};
use crate::set::Set;
use crate::sheet::{Sheet, Spec, readings};

pub(crate) const ORG_KINDS: &[(&str, OrgKind)] = &[
    ("department", OrgKind::Department),
    ("school", OrgKind::School),
    ("district", OrgKind::District),
    ("local", OrgKind::Local),
    ("state", OrgKind::State),
    ("national", OrgKind::National),
];
pub(crate) const SESSION_KINDS: &[(&str, AcademicSessionKind)] = &[
    ("gradingPeriod", AcademicSessionKind::GradingPeriod),
    ("semester", AcademicSessionKind::Semester),
    ("schoolYear", AcademicSessionKind::SchoolYear),
    ("term", AcademicSessionKind::Term),
];
const CLASS_KINDS: &[(&str, ClassKind)] = &[("homeroom", ClassKind::Homeroom), ("scheduled", ClassKind::Scheduled)];
const ROLES_11: &[(&str, RosterRole)] = &[
    ("administrator", RosterRole::Administrator),
    ("aide", RosterRole::Aide),
    ("guardian", RosterRole::Guardian),
    ("parent", RosterRole::Parent),
    ("proctor", RosterRole::Proctor),
    ("relative", RosterRole::Relative),
    ("student", RosterRole::Student),
    ("teacher", RosterRole::Teacher),
];
const ROLES_12: &[(&str, RosterRole)] = &[
    ("aide", RosterRole::Aide),
    ("counselor", RosterRole::Counselor),
    ("districtAdministrator", RosterRole::DistrictAdministrator),
    ("guardian", RosterRole::Guardian),
    ("parent", RosterRole::Parent),
    ("principal", RosterRole::Principal),
    ("proctor", RosterRole::Proctor),
    ("relative", RosterRole::Relative),
    ("siteAdministrator", RosterRole::SiteAdministrator),
    ("student", RosterRole::Student),
    ("systemAdministrator", RosterRole::SystemAdministrator),
    ("teacher", RosterRole::Teacher),
];
pub(crate) const ENROLMENT_ROLES: &[(&str, EnrolmentRole)] = &[
    ("administrator", EnrolmentRole::Administrator),
    ("proctor", EnrolmentRole::Proctor),
    ("student", EnrolmentRole::Student),
    ("teacher", EnrolmentRole::Teacher),
];
pub(crate) const SEXES: &[(&str, Sex)] =
    &[("female", Sex::Female), ("male", Sex::Male), ("other", Sex::Other), ("unspecified", Sex::Unspecified)];
/// Opens the files of a set by their specifications, and gathers what is wrong with their headers.
pub(crate) fn open<'a>(
    set: &'a Set,
    specs: &[Spec],
    order: Option<DateOrder>,
    log: &Log,
) -> Result<HashMap<&'static str, Sheet<'a>>, ExchangeError> {
    let mut sheets = HashMap::new();
    let mut errors: Vec<Refusal> = Vec::new();
    for spec in specs {
        let Some(source) = set.file(spec.file) else { continue };
        match Sheet::open(source, spec, specs, order, log) {
            Ok(sheet) => {
                sheets.insert(spec.file, sheet);
            }
            Err(refusals) => errors.extend(refusals),
        }
    }
    for source in &set.files {
        let known = specs.iter().any(|spec| source.name.eq_ignore_ascii_case(spec.file));
        if !known && !source.name.eq_ignore_ascii_case("manifest.csv") {
            log.note(NoteKind::File, &source.name, 0, "", &source.name, taken::not_read);
        }
    }
    if errors.is_empty() { Ok(sheets) } else { Err(ExchangeError::Headers(errors)) }
}

pub(crate) fn parse(set: &Set, options: &Options) -> Result<Parsed, ExchangeError> {
    let log = Log::default();
    log.extend(&set.notes);
    let old = set.format() == Format::OneRoster11;
    let specs: Vec<Spec> = FILES.iter().map(|(_, spec)| if old { spec.for_11() } else { *spec }).collect();
    let sheets = open(set, &specs, options.dates, &log)?;
    let modes = manifest::modes(set, &sheets, &log);
    let mut reader = Reader { sheets, modes, log, index: Index::default(), old };
    let mut roster = Roster::new(set.format());
    reader.upper(&mut roster)?;
    reader.people(&mut roster)?;
    reader.marks(&mut roster)?;
    roster.delta = reader.modes.values().any(|mode| *mode == Mode::Delta);
    let Reader { sheets, modes, log, mut index, .. } = reader;
    for (table, spec) in FILES {
        let mode = modes.get(spec.file).filter(|_| sheets.contains_key(spec.file));
        if mode == Some(&Mode::Bulk) {
            roster.whole.insert(*table);
        }
        if matches!(mode, Some(Mode::Bulk | Mode::Unstated)) {
            index.complete(*table);
        }
    }
    links::check(&mut roster, &mut index, &log);
    Ok(index.finish(roster, log, readings(sheets)))
}

struct Reader<'a> {
    sheets: HashMap<&'static str, Sheet<'a>>,
    modes: HashMap<&'static str, Mode>,
    log: Log,
    index: Index,
    old: bool,
}

impl Reader<'_> {
    /// Reads each row of a table into a record, and keeps the good ones under their ids.
    fn table<T>(
        &mut self,
        table: Table,
        records: &mut Vec<T>,
        mut read: impl FnMut(&Row<'_, '_>, String, Status) -> Option<T>,
    ) -> Result<(), ExchangeError> {
        let file = file_of(table);
        let Some(sheet) = self.sheets.get(file) else { return Ok(()) };
        let mode = self.modes.get(file).copied().unwrap_or(Mode::Unstated);
        let index = &mut self.index;
        let rows = sheet.each(&self.log, |row| {
            let id = row.id("sourcedId");
            let record = status(row, mode).and_then(|status| read(row, id.clone(), status));
            records.extend(index.enter(table, &id, row, "sourcedId", record));
        })?;
        if rows == 0 {
            self.log.note_said(NoteKind::File, &sheet.file, 0, "", found::header_alone, found::empty_file);
        }
        Ok(())
    }

    fn upper(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        self.table(Table::Orgs, &mut roster.orgs, org)?;
        self.table(Table::Sessions, &mut roster.sessions, session)?;
        self.table(Table::Courses, &mut roster.courses, course)?;
        self.table(Table::Classes, &mut roster.classes, class)
    }

    fn people(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        let mut roles = Vec::new();
        let old = self.old;
        self.table(Table::Users, &mut roster.users, |row, id, status| {
            let user = user(row, id, status);
            if !old {
                return user;
            }
            let (role, orgs) = (row.required_choice("role", ROLES_11), row.required_list("orgSourcedIds"));
            let user = row.accept(user?)?;
            roles.extend(roles_11(&user, role?, orgs));
            Some(user)
        })?;
        self.table(Table::Roles, &mut roster.roles, role)?;
        roster.roles.extend(roles);
        self.table(Table::Enrolments, &mut roster.enrolments, enrolment)?;
        self.table(Table::Demographics, &mut roster.demographics, demographics)
    }

    fn marks(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        self.table(Table::Categories, &mut roster.categories, category)?;
        let session = session_column(roster.format);
        self.table(Table::LineItems, &mut roster.line_items, |row, id, status| line_item(row, id, status, session))?;
        self.table(Table::Results, &mut roster.results, result)
    }
}

/// In a delta file the state of a row is required; in a bulk file it is blank, and `active` at best.
fn status(row: &Row<'_, '_>, mode: Mode) -> Option<Status> {
    let states = &[("active", Status::Active), ("tobedeleted", Status::ToBeDeleted)];
    if mode == Mode::Delta {
        if row.cell("dateLastModified").is_empty() {
            row.note(NoteKind::Value, "dateLastModified", taken::blank_in_delta);
        }
        return row.required_choice("status", states);
    }
    let given = row.cell("status");
    let status = row.choice("status", states);
    if mode == Mode::Bulk && !given.is_empty() && status.is_some() {
        row.note(NoteKind::Value, "status", taken::given_in_bulk);
    }
    if given.is_empty() { Some(Status::Active) } else { status }
}

fn org(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<Org> {
    let name = row.name("name");
    let kind = row.required_choice("type", ORG_KINDS);
    row.accept(Org {
        source_id,
        status,
        name,
        identifier: row.text("identifier", 255, value::identifier),
        parent: row.optional_id("parentSourcedId"),
        teaches: false,
        at: row.place(),
        kind: kind?,
    })
}

fn session(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<AcademicSession> {
    let title = row.name("title");
    let kind = row.required_choice("type", SESSION_KINDS);
    let start = row.required_date("startDate");
    let end = row.required_date("endDate");
    let end = row.period(start, end, "endDate", false);
    let school_year = year(row);
    row.accept(AcademicSession {
        source_id,
        status,
        title,
        parent: row.optional_id("parentSourcedId"),
        at: row.place(),
        school_year,
        kind: kind?,
        start: start?,
        end: end?,
    })
}

pub(crate) fn year(row: &Row<'_, '_>) -> Option<i32> {
    let year = row.required("schoolYear", 9, value::year);
    match year.parse() {
        Ok(year) if (1900..2200).contains(&year) => Some(year),
        _ if year.is_empty() => None,
        _ => {
            row.refuse("schoolYear", expected::four_digits());
            None
        }
    }
}

fn course(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<Course> {
    row.accept(Course {
        source_id,
        status,
        title: row.name("title"),
        code: row.text("courseCode", 255, value::code),
        org: Some(row.id("orgSourcedId")),
        school_year: row.optional_id("schoolYearSourcedId"),
        grades: row.list("grades"),
        subjects: row.list("subjects"),
        subject_codes: row.list("subjectCodes"),
        at: row.place(),
    })
}

fn class(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<Class> {
    let kind = row.required_choice("classType", CLASS_KINDS);
    let class = Class {
        source_id,
        status,
        title: row.name("title"),
        code: row.text("classCode", 255, value::code),
        kind: kind?,
        course: Some(row.id("courseSourcedId")),
        school: Some(row.id("schoolSourcedId")),
        terms: row.required_list("termSourcedIds"),
        grades: row.list("grades"),
        subjects: row.list("subjects"),
        location: row.optional_name("location"),
        home: match kind? {
            ClassKind::Scheduled if row.has(HOMEROOM) => row.optional_id(HOMEROOM).map_or(Home::Own, Home::Class),
            _ => Home::Unsaid,
        },
        at: row.place(),
    };
    row.accept(class)
}

fn user(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<User> {
    let enabled = row.required_boolean("enabledUser");
    let agents = row.list("agentSourcedIds");
    let user = User {
        source_id,
        status,
        enabled: enabled.unwrap_or_default(),
        username: row.required("username", 255, value::username),
        given: row.name("givenName"),
        family: row.name("familyName"),
        middle: row.optional_name("middleName"),
        preferred_given: row.optional_name("preferredGivenName"),
        preferred_middle: row.optional_name("preferredMiddleName"),
        preferred_family: row.optional_name("preferredFamilyName"),
        native_name: String::new(),
        identifier: row.text("identifier", 255, value::identifier),
        email: row.text("email", 254, value::email),
        phone: row.text("phone", 50, value::telephone),
        sms: row.text("sms", 50, value::telephone),
        pronouns: row.text("pronouns", 100, value::pronouns),
        grades: row.list("grades"),
        agents: agents.into_iter().map(|user| Agent { user, word: String::new(), relation: None }).collect(),
        primary_org: row.optional_id("primaryOrgSourcedId"),
        at: row.place(),
    };
    row.accept(user)
}

/// 1.1 has one role for a person, at each of its organisations.
fn roles_11(user: &User, role: RosterRole, orgs: Vec<String>) -> impl Iterator<Item = UserRole> {
    orgs.into_iter().enumerate().map(move |(place, org)| UserRole {
        source_id: format!("{}|{org}|{role:?}", user.source_id),
        status: user.status,
        user: user.source_id.clone(),
        role,
        primary: place == 0,
        org: Some(org),
        begin: None,
        end: None,
        at: user.at.clone(),
    })
}

fn role(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<UserRole> {
    let primary = row.required_choice("roleType", &[("primary", true), ("secondary", false)]);
    let role = row.required_choice("role", ROLES_12);
    let (user, org) = (row.id("userSourcedId"), row.id("orgSourcedId"));
    let begin = row.date("beginDate");
    let end = row.period(begin, row.date("endDate"), "endDate", false);
    row.accept(UserRole {
        source_id,
        status,
        user,
        role: role?,
        primary: primary?,
        org: Some(org),
        begin,
        end,
        at: row.place(),
    })
}

fn enrolment(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<Enrolment> {
    let (class, school, user) = (row.id("classSourcedId"), row.id("schoolSourcedId"), row.id("userSourcedId"));
    let role = row.required_choice("role", ENROLMENT_ROLES);
    let primary = row.boolean("primary").unwrap_or_default();
    let begin = row.date("beginDate");
    let end = row.period(begin, row.date("endDate"), "endDate", false);
    row.accept(Enrolment {
        source_id,
        status,
        class,
        school: Some(school),
        user,
        role: role?,
        primary,
        begin,
        end,
        at: row.place(),
    })
}

fn demographics(row: &Row<'_, '_>, user: String, status: Status) -> Option<Demographics> {
    let (birth_date, sex) = (row.date("birthDate"), row.choice("sex", SEXES));
    row.accept(Demographics { user, status, birth_date, sex, at: row.place() })
}

fn category(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<Category> {
    let (title, weight) = (row.name("title"), row.decimal("weight"));
    row.accept(Category { source_id, status, title, weight, at: row.place() })
}

fn line_item(row: &Row<'_, '_>, source_id: String, status: Status, session: &str) -> Option<LineItem> {
    let item = LineItem {
        source_id,
        status,
        title: row.required("title", NAME, value::title),
        assign: row.required_date("assignDate"),
        due: row.required_date("dueDate"),
        class: row.id("classSourcedId"),
        category: row.id("categorySourcedId"),
        session: row.id(session),
        minimum: row.decimal("resultValueMin"),
        maximum: row.decimal("resultValueMax"),
        at: row.place(),
    };
    row.accept(item)
}

fn result(row: &Row<'_, '_>, source_id: String, status: Status) -> Option<RosterResult> {
    let score_status = row.required_choice("scoreStatus", SCORE_STATUSES);
    let result = RosterResult {
        source_id,
        status,
        line_item: row.id("lineItemSourcedId"),
        student: row.id("studentSourcedId"),
        score_status: score_status.unwrap_or_default().to_owned(),
        score: row.decimal("score"),
        date: row.required_date("scoreDate"),
        comment: row.text("comment", 2_000, value::comment),
        at: row.place(),
    };
    row.accept(result)
}
