//! A plain table of students, read by a matching of its columns into the same roster as a whole set.

use std::collections::{HashMap, HashSet};

use crate::Options;
use crate::error::{ExchangeError, NoteKind, Refusal, RefusalKind};
use crate::index::Index;
use crate::links;
use crate::log::Log;
use crate::matching::ColumnMatching;
use crate::preview::only_table;
use crate::roster::{
    Agent, Class, ClassKind, Demographics, Enrolment, EnrolmentRole, Format, Parsed, Roster, RosterRole, Sex, Status,
    Table, User, UserRole,
};
use crate::row::{NAME, Row};
use crate::set::Set;
use crate::sheet::Sheet;

const SEXES: &[(&str, Sex)] = &[
    ("female", Sex::Female),
    ("male", Sex::Male),
    ("f", Sex::Female),
    ("m", Sex::Male),
    ("girl", Sex::Female),
    ("boy", Sex::Male),
    ("woman", Sex::Female),
    ("man", Sex::Male),
    ("other", Sex::Other),
    ("x", Sex::Other),
    ("unspecified", Sex::Unspecified),
    ("w", Sex::Female),
    ("weiblich", Sex::Female),
    ("männlich", Sex::Male),
    ("divers", Sex::Other),
    ("féminin", Sex::Female),
    ("masculin", Sex::Male),
    ("fille", Sex::Female),
    ("garçon", Sex::Male),
    ("femenino", Sex::Female),
    ("feminino", Sex::Female),
    ("masculino", Sex::Male),
    ("mujer", Sex::Female),
    ("hombre", Sex::Male),
    ("महिला", Sex::Female),
    ("पुरुष", Sex::Male),
    ("أنثى", Sex::Female),
    ("ذكر", Sex::Male),
];

/// Reads a set of one table. Every row is a student at the importer's school (`org` and `school` are `None`), known by its number;
/// a class is known by its name. A student of several classes has a row for each, with the same number and name.
///
/// # Errors
/// A matching without number or name or with a header that the table does not have; a quotation mark that is not closed.
pub fn parse_plain(set: &Set, matching: &ColumnMatching, options: &Options) -> Result<Parsed, ExchangeError> {
    let source = only_table(set)?;
    let missing = |column: &str, expected: &str| {
        ExchangeError::Headers(vec![Refusal {
            file: source.name.clone(),
            line: 1,
            column: column.into(),
            found: "no column that is matched to it".into(),
            expected: expected.into(),
            kind: RefusalKind::Fault,
        }])
    };
    if matching.number.is_none() {
        return Err(missing("number", "a column with the students' numbers"));
    }
    if matching.full_name.is_none() && matching.given.is_none() && matching.family.is_none() {
        return Err(missing("name", "a column with the students' names"));
    }
    let log = Log::default();
    log.extend(&set.notes);
    let sheet =
        Sheet::matched(source, &matching.pairs(), &["birth_date"], options.dates).map_err(ExchangeError::Headers)?;
    let mut reader = Reader::new(&sheet);
    sheet.each(&log, |row| reader.row(row))?;
    let Reader { mut roster, mut index, .. } = reader;
    links::check(&mut roster, &mut index, &log);
    Ok(index.finish(roster, log))
}

struct Reader {
    roster: Roster,
    index: Index,
    /// Place in the roster of each student's number.
    students: HashMap<String, usize>,
    enrolled: HashSet<(String, String)>,
    /// In some languages `m` stands for a woman; such a column has `h` for the men.
    letters_differ: bool,
}

impl Reader {
    fn new(sheet: &Sheet<'_>) -> Self {
        Self {
            roster: Roster::new(Format::Plain),
            index: Index::default(),
            students: HashMap::new(),
            enrolled: HashSet::new(),
            letters_differ: sheet.any("sex", |cell| cell.eq_ignore_ascii_case("h")),
        }
    }

    fn row(&mut self, row: &Row<'_, '_>) {
        let number = row.required("number", 64, "a student number");
        let (given, family) = names(row);
        let class = class_title(row);
        let known = self.students.get(&number).and_then(|place| self.roster.users.get(*place));
        let again = known.is_some_and(|user| (user.given == given) && (user.family == family));
        let elsewhere = class.as_ref().is_some_and(|class| !self.enrolled.contains(&(number.clone(), class.clone())));
        if again && elsewhere {
            if row.accept(()).is_some() {
                self.enrol(row, &number, class);
            }
            return;
        }
        let demographics = self.demographics(row, &number);
        let guardian = guardian(row, &number);
        let user = student(row, number.clone(), given, family, guardian.as_ref());
        let Some(user) = self.index.enter(Table::Users, &number, row, "number", user) else { return };
        self.students.insert(number.clone(), self.roster.users.len());
        self.roster.roles.push(UserRole {
            source_id: format!("{number}|student"),
            status: Status::Active,
            user: number.clone(),
            role: RosterRole::Student,
            primary: true,
            org: None,
            begin: None,
            end: None,
            at: row.place(),
        });
        self.roster.users.push(user);
        self.roster.demographics.extend(demographics);
        if let Some(guardian) = guardian
            && !self.index.holds(Table::Users, &guardian.source_id)
        {
            let id = guardian.source_id.clone();
            self.roster.users.extend(self.index.enter(Table::Users, &id, row, "guardian_name", Some(guardian)));
        }
        self.enrol(row, &number, class);
    }

    fn enrol(&mut self, row: &Row<'_, '_>, number: &str, class: Option<String>) {
        let Some(class) = class else { return };
        if !self.index.holds(Table::Classes, &class) {
            let record = Class {
                source_id: class.clone(),
                status: Status::Active,
                title: class.clone(),
                code: String::new(),
                kind: ClassKind::Homeroom,
                course: None,
                school: None,
                terms: Vec::new(),
                grades: row.list("grade"),
                subjects: Vec::new(),
                location: String::new(),
                at: row.place(),
            };
            self.roster.classes.extend(self.index.enter(Table::Classes, &class, row, "class", Some(record)));
        }
        self.enrolled.insert((number.to_owned(), class.clone()));
        let source_id = format!("{class}|{number}");
        let record = Enrolment {
            source_id: source_id.clone(),
            status: Status::Active,
            class,
            school: None,
            user: number.to_owned(),
            role: EnrolmentRole::Student,
            primary: false,
            begin: None,
            end: None,
            at: row.place(),
        };
        self.roster.enrolments.extend(self.index.enter(Table::Enrolments, &source_id, row, "class", Some(record)));
    }

    fn demographics(&self, row: &Row<'_, '_>, number: &str) -> Option<Demographics> {
        let birth_date = row.date("birth_date");
        let sex = if self.letters_differ && row.cell("sex").eq_ignore_ascii_case("m") {
            row.refuse("sex", "female or male in full (m may mean either where others are h)");
            None
        } else {
            sex(row)
        };
        (birth_date.is_some() || sex.is_some()).then(|| Demographics {
            user: number.to_owned(),
            status: Status::Active,
            birth_date,
            sex,
            at: row.place(),
        })
    }
}

/// Capitals are the rule in plain tables and no mistake.
fn sex(row: &Row<'_, '_>) -> Option<Sex> {
    let cell = row.cell("sex").to_lowercase();
    let known = SEXES.iter().find(|(name, _)| *name == cell).map(|(_, sex)| *sex);
    if known.is_none() && !cell.is_empty() {
        row.refuse("sex", "one of female, male, other, unspecified, f, m, x");
    }
    known
}

fn names(row: &Row<'_, '_>) -> (String, String) {
    let (given, family) = (row.optional_name("given"), row.optional_name("family"));
    if !given.is_empty() || !family.is_empty() {
        return (given, family);
    }
    let full = row.text("full_name", NAME, "a name");
    if full.is_empty() {
        let column = ["full_name", "given", "family"].into_iter().find(|column| row.has(column)).unwrap_or("given");
        row.refuse(column, "a name");
    }
    let (given, family) = split(&full);
    if !full.contains(',') && !family.is_empty() {
        row.note(NoteKind::Value, "full_name", format!("given name {given}, family name {family}"));
    }
    (given, family)
}

/// `Family, Given`, else the last word is the family name; a single word is a given name.
fn split(full: &str) -> (String, String) {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((family, given)) = full.split_once(',') {
        return (words(given), words(family));
    }
    let full = words(full);
    match full.rsplit_once(' ') {
        Some((given, family)) => (given.to_owned(), family.to_owned()),
        None => (full, String::new()),
    }
}

fn class_title(row: &Row<'_, '_>) -> Option<String> {
    let (class, section) = (row.optional_name("class"), row.optional_name("section"));
    match (class.is_empty(), section.is_empty()) {
        (true, true) => None,
        (false, true) => Some(class),
        (true, false) => Some(section),
        (false, false) => Some(format!("{class} {section}")),
    }
}

fn student(row: &Row<'_, '_>, number: String, given: String, family: String, guardian: Option<&User>) -> Option<User> {
    let agents =
        guardian.map(|guardian| Agent { user: guardian.source_id.clone(), relation: Some(RosterRole::Guardian) });
    let user = User {
        identifier: number.clone(),
        given,
        family,
        middle: row.optional_name("middle"),
        native_name: row.optional_name("native_name"),
        email: row.text("email", 254, "an e-mail address"),
        phone: row.text("phone", 50, "a telephone number"),
        grades: row.list("grade"),
        agents: agents.into_iter().collect(),
        ..nobody(number, row)
    };
    row.accept(user)
}

/// Brothers and sisters share a guardian of the same name and telephone number or e-mail address.
fn guardian(row: &Row<'_, '_>, number: &str) -> Option<User> {
    let name = row.optional_name("guardian_name");
    let phone = row.text("guardian_phone", 50, "a telephone number");
    let email = row.text("guardian_email", 254, "an e-mail address");
    if name.is_empty() {
        if !phone.is_empty() || !email.is_empty() {
            let column = if phone.is_empty() { "guardian_email" } else { "guardian_phone" };
            row.note(NoteKind::LeftOut, column, "left out: there is no name of a guardian");
        }
        return None;
    }
    let contact =
        [&email, &phone].into_iter().find(|contact| !contact.is_empty()).map_or(number, |contact| contact.as_str());
    let id = format!("guardian|{}|{}", name.to_lowercase(), contact.to_lowercase());
    let (given, family) = split(&name);
    Some(User { given, family, phone, email, ..nobody(id, row) })
}

fn nobody(source_id: String, row: &Row<'_, '_>) -> User {
    User {
        source_id,
        status: Status::Active,
        enabled: true,
        username: String::new(),
        given: String::new(),
        family: String::new(),
        middle: String::new(),
        preferred_given: String::new(),
        preferred_middle: String::new(),
        preferred_family: String::new(),
        native_name: String::new(),
        identifier: String::new(),
        email: String::new(),
        phone: String::new(),
        sms: String::new(),
        pronouns: String::new(),
        grades: Vec::new(),
        agents: Vec::new(),
        primary_org: None,
        at: row.place(),
    }
}
