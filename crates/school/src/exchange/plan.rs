//! Compares a roster from files with the rosters of the schools, step by step; nothing is written here.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use exchange::{Class, Format, Parsed, Place, Roster, Status, Table};
use store::ids::{AcademicSessionId, SchoolId};
use words::{Language, Message};

use super::book::Book;
use super::calendar::Calendar;
use super::homes::Housed;
use super::own_fields::StoredFields;
use super::persons::Group;
use super::report::Remarks;
use super::targets::Targets;

/// What stands beside the files.
#[derive(Clone)]
pub(super) struct Frame {
    pub now: DateTime<Utc>,
    /// The school day.
    pub today: NaiveDate,
    /// In which what nobody names is called: the school's language of documents.
    pub language: Language,
    /// Stored rows of whole tables that the files no longer hold are deleted.
    pub delete_missing: bool,
}

/// A running comparison.
pub(super) struct Planner<'r> {
    pub roster: &'r Roster,
    pub frame: Frame,
    pub books: Vec<Book>,
    pub remarks: Remarks,
    /// The book of each organisation that is a school.
    of_org: HashMap<&'r str, usize>,
    /// Schools of the files that are not taken in.
    refused: HashSet<&'r str>,
    /// The organisation above each.
    parents: HashMap<&'r str, &'r str>,
    pub chosen: Option<usize>,
    pub calendar: Calendar<'r>,
    /// Years that were put into books.
    pub years: HashMap<(usize, usize), AcademicSessionId>,
    /// Book and place of each class of the files.
    pub class_of: HashMap<&'r str, (usize, usize)>,
    pub housed: Housed<'r>,
    /// Source ids of the people whom the files delete.
    pub going: HashSet<&'r str>,
    /// Who, by the files, no longer learns or works at a school: book, source id, and as what.
    pub left: HashSet<(usize, &'r str, Group)>,
    /// How the files call the column of a reference that is not in the set.
    columns: HashMap<(Table, &'r str), &'r str>,
}

/// Compares everything; the schools' rosters as they will be, and what was remarked.
pub(super) fn plan(
    (parsed, own): (&Parsed, &StoredFields),
    targets: &Targets,
    books: Vec<Book>,
    remarks: Remarks,
    frame: Frame,
) -> (Vec<Book>, Remarks) {
    let places: HashMap<SchoolId, usize> = books.iter().enumerate().map(|(place, book)| (book.id, place)).collect();
    let roster = &parsed.roster;
    let of_org = roster_orgs(roster).filter_map(|org| Some((org, *places.get(targets.of_org.get(org)?)?))).collect();
    let teaching = roster.orgs.iter().filter(|org| org.teaches).map(|org| org.source_id.as_str());
    let refused = teaching.filter(|org| !targets.of_org.contains_key(*org)).collect();
    let parents = roster.orgs.iter().filter_map(|org| Some((org.source_id.as_str(), org.parent.as_deref()?))).collect();
    let columns =
        parsed.unresolved.iter().map(|asked| ((asked.table, asked.id.as_str()), asked.column.as_str())).collect();
    let deleted = roster.users.iter().filter(|user| user.status == Status::ToBeDeleted);
    let mut planner = Planner {
        roster,
        frame,
        books,
        remarks,
        of_org,
        refused,
        parents,
        chosen: targets.chosen.and_then(|school| places.get(&school).copied()),
        calendar: Calendar::of(roster),
        years: HashMap::new(),
        class_of: HashMap::new(),
        housed: Housed::default(),
        going: deleted.map(|user| user.source_id.as_str()).collect(),
        left: HashSet::new(),
        columns,
    };
    planner.sessions();
    planner.subjects();
    planner.homes();
    planner.classes();
    planner.people();
    planner.keep_role_ids();
    planner.enrolments();
    if let Some(list) = &parsed.list {
        planner.list(list);
    }
    planner.own_fields(&parsed.own, own);
    planner.one_homeroom_each();
    planner.exemptions();
    planner.forget_ids();
    planner.gradebook();
    planner.deletions();
    planner.stays();
    (planner.books, planner.remarks)
}

/// Every id by which the files name an organisation.
fn roster_orgs(roster: &Roster) -> impl Iterator<Item = &str> {
    let orgs = roster.orgs.iter().map(|org| org.source_id.as_str());
    let classes = roster.classes.iter().filter_map(|class| class.school.as_deref());
    let roles = roster.roles.iter().filter_map(|role| role.org.as_deref());
    orgs.chain(classes).chain(roles).chain(roster.enrolments.iter().filter_map(|row| row.school.as_deref()))
}

impl<'r> Planner<'r> {
    /// A plain list knows students by their number and classes by their title; it is nobody's system of record.
    pub fn plain(&self) -> bool {
        self.roster.format == Format::Plain
    }

    /// Whether the files say that somebody has left the school.
    pub fn has_left(&self, book: usize, user: &str, group: Group) -> bool {
        self.left.contains(&(book, user, group))
    }

    /// The book of an organisation; the importer's school where the files name none.
    pub fn book_of(&self, org: Option<&str>) -> Option<usize> {
        match org {
            Some(org) => self.of_org.get(org).copied(),
            None => self.chosen,
        }
    }

    /// The same for an organisation that may be a part of a school or stand above one.
    pub fn book_near(&self, org: Option<&str>) -> Option<usize> {
        let mut at = org;
        // Ten steps up are more than any administration has.
        for _ in 0..10 {
            if let Some(book) = self.book_of(at) {
                return Some(book);
            }
            if at.is_some_and(|org| self.refused.contains(org)) {
                return None;
            }
            at = Some(self.parents.get(at?).copied()?);
        }
        None
    }

    /// The only school of this import, for people of an organisation that is none itself.
    pub fn only_book(&self, org: Option<&str>) -> Option<usize> {
        let other_school = org.is_some_and(|org| self.refused.contains(org));
        (self.books.len() == 1 && !other_school).then_some(0)
    }

    /// The school that a class is taught at.
    pub fn book_of_class(&self, class: &Class) -> Option<usize> {
        self.book_of(class.school.as_deref())
    }

    /// Book and place of a class, whether the files or only a school holds it.
    pub fn find_class(&self, id: &str) -> Option<(usize, usize)> {
        let stored = || {
            let found = self.books.iter().enumerate();
            found.filter_map(|(b, book)| Some((b, *book.by.class_source.get(id)?))).next()
        };
        self.class_of.get(id).copied().or_else(stored)
    }

    /// Refuses a row for a reference, named as the files name the column.
    pub fn refuse_reference(&mut self, at: &Place, table: Table, usual: &str, id: &str, expected: Message) {
        let column = self.columns.get(&(table, id)).copied().unwrap_or(usual).to_owned();
        self.remarks.refuse(at, &column, id, expected);
    }
}

/// What the file says, or what is stored where the file leaves the cell blank.
pub(super) fn keep_if_blank(now: &mut Option<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() && now.as_deref() != Some(text) {
        *now = Some(text.to_owned());
    }
}

/// A list of grades as one text.
pub(super) fn grade_level(grades: &[String]) -> String {
    grades.join(", ").chars().take(50).collect()
}
