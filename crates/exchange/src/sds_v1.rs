//! Microsoft School Data Sync, version 1: `School.csv`, `Section.csv`, `Student.csv` and so on. Dates are month/day/year and ends inclusive.

use std::collections::HashMap;

use words::faults::exchange::value;

use crate::date::DateOrder;
use crate::error::ExchangeError;
use crate::roster::{
    AcademicSession, AcademicSessionKind, Class, ClassKind, Course, Demographics, EnrolmentRole, Format, Home, Org,
    OrgKind, Parsed, Roster, RosterRole, Status, Table, User, UserRole,
};
use crate::row::Row;
use crate::sds::Reader;
use crate::set::Set;
use crate::sheet::Spec;

const NOTHING: Spec = Spec { file: "", required: &[], optional: &[], unread: &[], dates: &[] };
const PERSON: &[&str] = &["SIS ID", "School SIS ID", "First Name", "Last Name"];
const LINK: [&str; 2] = ["Section SIS ID", "SIS ID"];

const FILES: &[Spec] = &[
    Spec {
        file: "School.csv",
        required: &["SIS ID", "Name"],
        optional: &["School Number"],
        unread: &[
            "School NCES_ID",
            "State ID",
            "Grade Low",
            "Grade High",
            "Principal SIS ID",
            "Principal Name",
            "Principal Secondary Email",
            "Address",
            "City",
            "State",
            "Country",
            "Zip",
            "Phone",
            "Zone",
        ],
        dates: &[],
    },
    Spec {
        file: "Section.csv",
        required: &["SIS ID", "School SIS ID", "Section Name"],
        optional: &[
            "Section Number",
            "Term SIS ID",
            "Term Name",
            "Term StartDate",
            "Term EndDate",
            "Course SIS ID",
            "Course Name",
            "Course Number",
            "Course Subject",
            "Status",
        ],
        unread: &["Course Description", "Periods"],
        dates: &["Term StartDate", "Term EndDate"],
    },
    Spec {
        file: "Student.csv",
        required: PERSON,
        optional: &["Middle Name", "Username", "Secondary Email", "Student Number", "Grade", "Status", "Birthdate"],
        unread: &["State ID", "Graduation Year"],
        dates: &["Birthdate"],
    },
    Spec {
        file: "Teacher.csv",
        required: PERSON,
        optional: &["Middle Name", "Username", "Secondary Email", "Teacher Number", "Status"],
        unread: &["State ID", "Title", "Qualification"],
        dates: &[],
    },
    Spec { file: "StudentEnrollment.csv", required: &LINK, ..NOTHING },
    Spec { file: "TeacherRoster.csv", required: &LINK, ..NOTHING },
    Spec {
        file: "User.csv",
        required: &["Email", "First Name", "Last Name"],
        optional: &["Phone", "SIS ID"],
        ..NOTHING
    },
    Spec { file: "GuardianRelationship.csv", required: &["SIS ID", "Email"], optional: &["Role"], ..NOTHING },
];

/// How a guardian is related; the roles that Homeroom has no word for leave it open.
const RELATIONS: &[(&str, Option<RosterRole>)] = &[
    ("Parent", Some(RosterRole::Parent)),
    ("Relative", Some(RosterRole::Relative)),
    ("Guardian", Some(RosterRole::Guardian)),
    ("Aide", None),
    ("Doctor", None),
    ("Child", None),
    ("Administrator", None),
    ("Other", None),
];

pub(crate) fn parse(set: &Set) -> Result<Parsed, ExchangeError> {
    let mut reader = Reader::open(set, FILES, Some(DateOrder::MonthFirst))?;
    let mut roster = Roster::new(Format::SdsV1);
    reader.schools(&mut roster)?;
    reader.sections(&mut roster)?;
    reader.users(&mut roster, "Student.csv", RosterRole::Student)?;
    reader.users(&mut roster, "Teacher.csv", RosterRole::Teacher)?;
    reader.guardians(&mut roster)?;
    reader.enrolments(&mut roster, "StudentEnrollment.csv", LINK, |_| Some(EnrolmentRole::Student))?;
    reader.enrolments(&mut roster, "TeacherRoster.csv", LINK, |_| Some(EnrolmentRole::Teacher))?;
    Ok(reader.finish(roster))
}

impl Reader<'_> {
    fn schools(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        let Some(sheet) = self.sheets.get("School.csv") else { return Ok(()) };
        self.index.complete(Table::Orgs);
        sheet.each(&self.log, |row| {
            let org = row.accept(Org {
                source_id: row.id("SIS ID"),
                status: Status::Active,
                name: row.name("Name"),
                kind: OrgKind::School,
                identifier: row.text("School Number", 255, value::number),
                parent: None,
                teaches: true,
                at: row.place(),
            });
            roster.orgs.extend(self.index.enter(Table::Orgs, row.cell("SIS ID"), row, "SIS ID", org));
        })?;
        Ok(())
    }

    /// A row holds a class, its term and its course.
    fn sections(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        let Some(sheet) = self.sheets.get("Section.csv") else { return Ok(()) };
        self.index.complete(Table::Classes);
        sheet.each(&self.log, |row| {
            let term = term(row);
            let course = course(row);
            let class = row.accept(Class {
                source_id: row.id("SIS ID"),
                status: status(row),
                title: row.name("Section Name"),
                code: row.text("Section Number", 255, value::number),
                kind: ClassKind::Scheduled,
                course: row.optional_id("Course SIS ID"),
                school: Some(row.id("School SIS ID")),
                terms: row.optional_id("Term SIS ID").into_iter().collect(),
                grades: Vec::new(),
                subjects: Vec::new(),
                location: String::new(),
                home: Home::Unsaid,
                at: row.place(),
            });
            let class = self.index.enter(Table::Classes, row.cell("SIS ID"), row, "SIS ID", class);
            if class.is_some() {
                if let Some(term) = term.filter(|term| !self.index.holds(Table::Sessions, &term.source_id)) {
                    let id = term.source_id.clone();
                    roster.sessions.extend(self.index.enter(Table::Sessions, &id, row, "Term SIS ID", Some(term)));
                }
                if let Some(course) = course.filter(|course| !self.index.holds(Table::Courses, &course.source_id)) {
                    let id = course.source_id.clone();
                    roster.courses.extend(self.index.enter(Table::Courses, &id, row, "Course SIS ID", Some(course)));
                }
            }
            roster.classes.extend(class);
        })?;
        Ok(())
    }

    /// Someone at two schools has a row for each.
    fn users(&mut self, roster: &mut Roster, file: &str, role: RosterRole) -> Result<(), ExchangeError> {
        let Some(sheet) = self.sheets.get(file) else { return Ok(()) };
        self.index.complete(Table::Users);
        let mut schools: HashMap<String, Vec<String>> = HashMap::new();
        sheet.each(&self.log, |row| {
            let (id, org, status) = (row.id("SIS ID"), row.id("School SIS ID"), status(row));
            let known = schools.entry(id.clone()).or_default();
            let another = !known.is_empty() && !known.contains(&org);
            if !another {
                let birth_date = row.date("Birthdate");
                let user = person(row, id.clone(), role);
                let Some(user) = self.index.enter(Table::Users, &id, row, "SIS ID", user) else { return };
                if let Some(birth_date) = birth_date {
                    let (user, at) = (id.clone(), row.place());
                    let row =
                        Demographics { user, status: Status::Active, birth_date: Some(birth_date), sex: None, at };
                    roster.demographics.push(row);
                }
                roster.users.push(user);
            }
            known.push(org.clone());
            roster.roles.extend(row.accept(UserRole {
                source_id: format!("{id}|{org}|{role:?}"),
                status,
                user: id,
                role,
                primary: !another,
                org: Some(org),
                begin: None,
                end: None,
                at: row.place(),
            }));
        })?;
        Ok(())
    }

    /// Guardians are known by their e-mail address.
    fn guardians(&mut self, roster: &mut Roster) -> Result<(), ExchangeError> {
        if let Some(sheet) = self.sheets.get("User.csv") {
            sheet.each(&self.log, |row| {
                let email = row.id("Email");
                let mut user = person(row, email.clone(), RosterRole::Guardian);
                if let Some(user) = &mut user {
                    user.phone = row.text("Phone", 50, value::telephone);
                    user.email.clone_from(&email);
                }
                let user = user.and_then(|user| row.accept(user));
                roster.users.extend(self.index.enter(Table::Users, &email, row, "Email", user));
            })?;
        }
        self.relationships(roster, "GuardianRelationship.csv", ["SIS ID", "Email"], |row| {
            row.choice("Role", RELATIONS).flatten()
        })
    }
}

/// What is said of a person or a section; where nothing is said it is active.
fn status(row: &Row<'_, '_>) -> Status {
    row.choice("Status", &[("Active", Status::Active), ("Inactive", Status::Inactive)]).unwrap_or_default()
}

fn term(row: &Row<'_, '_>) -> Option<AcademicSession> {
    let source_id = row.optional_id("Term SIS ID")?;
    let (start, end) = (row.required_date("Term StartDate"), row.required_date("Term EndDate"));
    let end = row.period(start, end, "Term EndDate", true);
    let title = row.optional_name("Term Name");
    Some(AcademicSession {
        title: if title.is_empty() { source_id.clone() } else { title },
        source_id,
        status: Status::Active,
        kind: AcademicSessionKind::Term,
        start: start?,
        end: end?,
        parent: None,
        school_year: None,
        at: row.place(),
    })
}

fn course(row: &Row<'_, '_>) -> Option<Course> {
    let source_id = row.optional_id("Course SIS ID")?;
    let title = row.optional_name("Course Name");
    Some(Course {
        title: if title.is_empty() { row.optional_name("Section Name") } else { title },
        source_id,
        status: Status::Active,
        code: row.text("Course Number", 255, value::number),
        org: row.optional_id("School SIS ID"),
        school_year: None,
        grades: Vec::new(),
        subjects: row.list("Course Subject"),
        subject_codes: Vec::new(),
        at: row.place(),
    })
}

fn person(row: &Row<'_, '_>, source_id: String, role: RosterRole) -> Option<User> {
    let number = match role {
        RosterRole::Student => "Student Number",
        _ => "Teacher Number",
    };
    row.accept(User {
        source_id,
        status: Status::Active,
        enabled: true,
        username: row.text("Username", 255, value::username),
        given: row.name("First Name"),
        family: row.name("Last Name"),
        middle: row.optional_name("Middle Name"),
        preferred_given: String::new(),
        preferred_middle: String::new(),
        preferred_family: String::new(),
        native_name: String::new(),
        identifier: row.text(number, 255, value::number),
        email: row.text("Secondary Email", 254, value::email),
        phone: String::new(),
        sms: String::new(),
        pronouns: String::new(),
        grades: row.list("Grade"),
        agents: Vec::new(),
        primary_org: row.optional_id("School SIS ID"),
        at: row.place(),
    })
}
