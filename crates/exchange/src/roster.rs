//! The values that every roster format is read into, keyed by the source's own ids and ready to be compared with what is stored.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{Note, Refusal};
use crate::lists::List;
use crate::own::OwnValues;
use crate::reading::TableReading;

/// Which kind of files a set is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub enum Format {
    OneRoster11,
    OneRoster12,
    /// Microsoft School Data Sync, version 1 (`School.csv`, `Section.csv`, …).
    SdsV1,
    /// Microsoft School Data Sync, version 2.1 (near OneRoster, without row ids of its own for links).
    SdsV21,
    /// One table of students whose columns a person matches.
    Plain,
}

/// What a row is about. Also names the kind of row that a reference points to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    Orgs,
    Sessions,
    Courses,
    Classes,
    Users,
    Roles,
    Enrolments,
    Demographics,
    Categories,
    LineItems,
    Results,
}

/// Where a record came from, so that a later check can still name file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<str>,
    /// Physical line, from 1.
    pub line: u32,
}

/// What the source says of the row itself. Always `Active` in a OneRoster bulk file that is in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    #[default]
    Active,
    /// Kept by the source though it no longer holds; School Data Sync says so of people and sections.
    Inactive,
    ToBeDeleted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrgKind {
    Department,
    School,
    District,
    Local,
    State,
    National,
    /// College, university, ministry and the like, which only School Data Sync knows.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    pub source_id: String,
    pub status: Status,
    pub name: String,
    pub kind: OrgKind,
    /// Number that the authorities know it by; empty if not given.
    pub identifier: String,
    pub parent: Option<String>,
    /// Classes of this set are taught here, or it is of kind school: it needs a school in the store whatever its kind.
    pub teaches: bool,
    pub at: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AcademicSessionKind {
    SchoolYear,
    Semester,
    Term,
    GradingPeriod,
}

/// An academic year, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcademicSession {
    pub source_id: String,
    pub status: Status,
    pub title: String,
    pub kind: AcademicSessionKind,
    pub start: NaiveDate,
    /// The first day that no longer belongs to it; always after `start`.
    pub end: NaiveDate,
    pub parent: Option<String>,
    /// The year as the source writes it (in OneRoster the year in which the school year ends); `None` if it is not given.
    pub school_year: Option<i32>,
    pub at: Place,
}

/// A subject as it is taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub source_id: String,
    pub status: Status,
    pub title: String,
    /// Empty if not given.
    pub code: String,
    pub org: Option<String>,
    pub school_year: Option<String>,
    pub grades: Vec<String>,
    pub subjects: Vec<String>,
    pub subject_codes: Vec<String>,
    pub at: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClassKind {
    Homeroom,
    Scheduled,
}

/// What a set says of the class that a scheduled class is a course of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Home {
    /// Nothing, as sets of other programs: it shows in whose students are in it.
    #[default]
    Unsaid,
    /// It is a group of its own.
    Own,
    /// Source id of the homeroom.
    Class(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub source_id: String,
    pub status: Status,
    pub title: String,
    /// Empty if not given.
    pub code: String,
    pub kind: ClassKind,
    /// `None` where the source names none, or names one of a file that is neither in the set nor in a delta.
    pub course: Option<String>,
    /// The [`Org`] that it is taught at; `None` only for a plain list of students (the importer's chosen school).
    pub school: Option<String>,
    /// Source ids of [`AcademicSession`]s.
    pub terms: Vec<String>,
    pub grades: Vec<String>,
    pub subjects: Vec<String>,
    pub location: String,
    pub home: Home,
    pub at: Place,
}

/// A person who looks after a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Source id of the guardian's [`User`].
    pub user: String,
    /// What they are to the student in a word of the file, such as `mother`; empty where the file has none.
    pub word: String,
    /// `Parent`, `Guardian` or `Relative` where the link itself says it; else see the guardian's own roles.
    pub relation: Option<RosterRole>,
}

/// A person. Passwords that files carry are never read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub source_id: String,
    pub status: Status,
    pub enabled: bool,
    /// Empty if not given.
    pub username: String,
    pub given: String,
    pub family: String,
    pub middle: String,
    pub preferred_given: String,
    pub preferred_middle: String,
    pub preferred_family: String,
    /// The whole name in the script that the family writes it in; only plain lists have it.
    pub native_name: String,
    /// Student or staff number; empty if not given.
    pub identifier: String,
    pub email: String,
    pub phone: String,
    /// Mobile number for text messages.
    pub sms: String,
    pub pronouns: String,
    pub grades: Vec<String>,
    pub agents: Vec<Agent>,
    pub primary_org: Option<String>,
    pub at: Place,
}

/// What a person is at an organisation (OneRoster 1.2's list, and 1.1's `administrator`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterRole {
    Administrator,
    Aide,
    Counselor,
    DistrictAdministrator,
    Guardian,
    Parent,
    Principal,
    Proctor,
    Relative,
    SiteAdministrator,
    /// Works at the school in another way (nurse, office, therapist); only School Data Sync knows it.
    Staff,
    Student,
    SystemAdministrator,
    Teacher,
}

impl RosterRole {
    /// Looks after a student, and neither learns nor works at the school by this role.
    pub fn is_family(self) -> bool {
        matches!(self, Self::Guardian | Self::Parent | Self::Relative)
    }

    /// Works at the school.
    pub fn is_staff(self) -> bool {
        !self.is_family() && self != Self::Student
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRole {
    /// The source's id, or `user|org|role` where the source has none.
    pub source_id: String,
    pub status: Status,
    pub user: String,
    pub role: RosterRole,
    pub primary: bool,
    /// `None` only for a plain list of students (the importer's chosen school).
    pub org: Option<String>,
    pub begin: Option<NaiveDate>,
    /// The first day on which it no longer holds.
    pub end: Option<NaiveDate>,
    pub at: Place,
}

impl UserRole {
    /// Whether it is over on the day, though the source still holds the row.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.status == Status::Inactive || self.end.is_some_and(|end| end <= today)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnrolmentRole {
    Administrator,
    Proctor,
    Student,
    Teacher,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The source's id, or `class|user|role` where the source has none.
    pub source_id: String,
    pub status: Status,
    pub class: String,
    /// `None` only for a plain list of students (the importer's chosen school).
    pub school: Option<String>,
    pub user: String,
    pub role: EnrolmentRole,
    /// The main teacher of the class.
    pub primary: bool,
    pub begin: Option<NaiveDate>,
    /// The first day that no longer belongs to it.
    pub end: Option<NaiveDate>,
    pub at: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    Female,
    Male,
    Other,
    Unspecified,
}

/// Only what a school needs: origin, race and place of birth are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demographics {
    pub user: String,
    pub status: Status,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<Sex>,
    pub at: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub source_id: String,
    pub status: Status,
    pub title: String,
    /// As the source writes it: a decimal number, or empty.
    pub weight: String,
    pub at: Place,
}

/// One column of the gradebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineItem {
    pub source_id: String,
    pub status: Status,
    pub title: String,
    pub assign: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub class: String,
    pub category: String,
    /// The term or grading period.
    pub session: String,
    /// Decimal numbers as the source writes them, or empty.
    pub minimum: String,
    pub maximum: String,
    pub at: Place,
}

/// One mark of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterResult {
    pub source_id: String,
    pub status: Status,
    pub line_item: String,
    pub student: String,
    /// `exempt`, `fully graded`, `not submitted`, `partially graded` or `submitted`.
    pub score_status: String,
    /// A decimal number as the source writes it, or empty.
    pub score: String,
    pub date: Option<NaiveDate>,
    pub comment: String,
    pub at: Place,
}

/// A whole set of files as values. Within a table each source id is there once, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub format: Format,
    /// At least one file holds changes only, so that references may point to rows that are already stored.
    pub delta: bool,
    /// Tables that were given whole: a stored row of the same source that is missing here is to be deleted.
    pub whole: BTreeSet<Table>,
    pub orgs: Vec<Org>,
    pub sessions: Vec<AcademicSession>,
    pub courses: Vec<Course>,
    pub classes: Vec<Class>,
    pub users: Vec<User>,
    pub roles: Vec<UserRole>,
    pub enrolments: Vec<Enrolment>,
    pub demographics: Vec<Demographics>,
    pub categories: Vec<Category>,
    pub line_items: Vec<LineItem>,
    pub results: Vec<RosterResult>,
}

impl Roster {
    /// A roster without rows.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            delta: false,
            whole: BTreeSet::new(),
            orgs: Vec::new(),
            sessions: Vec::new(),
            courses: Vec::new(),
            classes: Vec::new(),
            users: Vec::new(),
            roles: Vec::new(),
            enrolments: Vec::new(),
            demographics: Vec::new(),
            categories: Vec::new(),
            line_items: Vec::new(),
            results: Vec::new(),
        }
    }

    /// How many rows of each kind there are. People are counted once for each group that they belong to.
    pub fn counts(&self) -> Counts {
        let mut students = BTreeSet::new();
        let mut staff = BTreeSet::new();
        let mut guardians = BTreeSet::new();
        for role in &self.roles {
            let group = match role.role {
                RosterRole::Student => &mut students,
                family if family.is_family() => &mut guardians,
                _ => &mut staff,
            };
            group.insert(role.user.as_str());
        }
        for user in &self.users {
            guardians.extend(user.agents.iter().map(|agent| agent.user.as_str()));
        }
        Counts {
            orgs: self.orgs.len() as u32,
            sessions: self.sessions.len() as u32,
            courses: self.courses.len() as u32,
            classes: self.classes.len() as u32,
            people: self.users.len() as u32,
            students: students.len() as u32,
            staff: staff.len() as u32,
            guardians: guardians.len() as u32,
            enrolments: self.enrolments.len() as u32,
        }
    }
}

/// Rows of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Counts {
    pub orgs: u32,
    pub sessions: u32,
    pub courses: u32,
    pub classes: u32,
    pub people: u32,
    pub students: u32,
    pub staff: u32,
    pub guardians: u32,
    pub enrolments: u32,
}

/// A reference to a row that is not in the set and may be stored already (delta files, or a file that the set does not have).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Where it was first seen.
    pub at: Place,
    pub column: String,
    /// What kind of row it points to.
    pub table: Table,
    pub id: String,
    /// The row that refers to it can do without (a class without its course, for instance).
    pub optional: bool,
}

/// What came out of a set of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    pub roster: Roster,
    /// A list of another kind than students, whose roster is empty.
    pub list: Option<List>,
    /// What the rows of a list of students or staff say of fields that the school made itself.
    pub own: OwnValues,
    /// Rows that are not in `roster`, by file and line. Of more than 10,000 the last entry says how many are not listed.
    pub refused: Vec<Refusal>,
    /// What was mended or left out.
    pub notes: Vec<Note>,
    /// One entry per table and id.
    pub unresolved: Vec<Unresolved>,
    /// How each table was read, in the order of the files.
    pub readings: Vec<TableReading>,
}
