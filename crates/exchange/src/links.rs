//! Checks every reference of a roster: a row that needs what is not there is refused, an optional link is left out with a note.

use std::collections::{HashMap, HashSet};

use words::faults::exchange::{expected, taken};

use crate::error::NoteKind;
use crate::index::{Index, Reference};
use crate::log::Log;
use crate::oneroster_files::{HOMEROOM, session_column};
use crate::reference_columns::Names;
use crate::roster::{EnrolmentRole, Home, OrgKind, Place, Roster, RosterRole, Status, Table};

pub(crate) fn check(roster: &mut Roster, index: &mut Index, log: &Log) {
    let names = Names::of(roster.format);
    upper(roster, index, log, &names);
    people(roster, index, log, &names);
    enrolments(roster, index, log, &names);
    marks(roster, index, log);
    schools(roster, log);
}

fn to<'r>(at: &'r Place, column: &'r str, table: Table, id: &'r str) -> Reference<'r> {
    Reference { at, column, table, id }
}

/// Keeps an optional link only if it leads somewhere.
fn optional(index: &mut Index, log: &Log, at: &Place, column: &str, table: Table, link: &mut Option<String>) {
    if let Some(id) = link
        && !index.may(log, &to(at, column, table, id))
    {
        *link = None;
    }
}

fn upper(roster: &mut Roster, index: &mut Index, log: &Log, names: &Names) {
    index.keep(&mut roster.orgs, log, |index, org, log| {
        optional(index, log, &org.at, names.parent, Table::Orgs, &mut org.parent);
        true
    });
    index.keep(&mut roster.sessions, log, |index, session, log| {
        optional(index, log, &session.at, names.parent, Table::Sessions, &mut session.parent);
        true
    });
    index.keep(&mut roster.courses, log, |index, course, log| {
        optional(index, log, &course.at, "schoolYearSourcedId", Table::Sessions, &mut course.school_year);
        course.org.as_ref().is_none_or(|org| index.must(log, &to(&course.at, names.org, Table::Orgs, org)))
    });
    index.keep(&mut roster.classes, log, |index, class, log| {
        optional(index, log, &class.at, names.course, Table::Courses, &mut class.course);
        if let Home::Class(home) = &class.home
            && !index.may(log, &to(&class.at, HOMEROOM, Table::Classes, home))
        {
            class.home = Home::Unsaid;
        }
        let terms = class.terms.iter().all(|term| index.must(log, &to(&class.at, names.terms, Table::Sessions, term)));
        let school = class.school.as_ref();
        terms && school.is_none_or(|org| index.must(log, &to(&class.at, names.class_school, Table::Orgs, org)))
    });
}

fn people(roster: &mut Roster, index: &mut Index, log: &Log, names: &Names) {
    index.keep(&mut roster.users, log, |index, user, log| {
        optional(index, log, &user.at, "primaryOrgSourcedId", Table::Orgs, &mut user.primary_org);
        let at = &user.at;
        user.agents.retain(|agent| index.may(log, &to(at, names.agents, Table::Users, &agent.user)));
        true
    });
    index.keep(&mut roster.roles, log, |index, role, log| {
        let org = role.org.as_ref();
        index.must(log, &to(&role.at, names.user, Table::Users, &role.user))
            && org.is_none_or(|org| index.must(log, &to(&role.at, names.role_org, Table::Orgs, org)))
    });
    index.keep(&mut roster.demographics, log, |index, row, log| {
        index.must(log, &to(&row.at, names.user, Table::Users, &row.user))
    });
}

fn enrolments(roster: &mut Roster, index: &mut Index, log: &Log, names: &Names) {
    let mut students = HashSet::new();
    let mut others: HashMap<&str, RosterRole> = HashMap::new();
    for role in &roster.roles {
        if role.role == RosterRole::Student {
            students.insert(role.user.as_str());
        } else {
            others.insert(role.user.as_str(), role.role);
        }
    }
    let mut seen: HashMap<(String, String, EnrolmentRole), u32> = HashMap::new();
    index.keep(&mut roster.enrolments, log, |index, row, log| {
        let at = &row.at;
        let school = row.school.as_ref();
        if !index.must(log, &to(at, names.class, Table::Classes, &row.class))
            || !index.must(log, &to(at, names.user, Table::Users, &row.user))
            || !school.is_none_or(|org| index.must(log, &to(at, names.school, Table::Orgs, org)))
        {
            return false;
        }
        let known_as_other = others.contains_key(row.user.as_str()) && !students.contains(row.user.as_str());
        if row.role == EnrolmentRole::Student && known_as_other {
            log.refuse_reference(at, names.user, &row.user, expected::student());
            return false;
        }
        // The same person twice in a class is one enrolment, unless at different times.
        if row.begin.is_none() && row.end.is_none() {
            let first = *seen.entry((row.class.clone(), row.user.clone(), row.role)).or_insert(at.line);
            if first != at.line {
                log.refuse_reference(at, names.user, &row.user, expected::not_yet_in_class(first.to_string()));
                return false;
            }
        }
        true
    });
}

fn marks(roster: &mut Roster, index: &mut Index, log: &Log) {
    let session = session_column(roster.format);
    index.keep(&mut roster.line_items, log, |index, row, log| {
        index.must(log, &to(&row.at, "classSourcedId", Table::Classes, &row.class))
            && index.must(log, &to(&row.at, "categorySourcedId", Table::Categories, &row.category))
            && index.must(log, &to(&row.at, session, Table::Sessions, &row.session))
    });
    index.keep(&mut roster.results, log, |index, row, log| {
        index.must(log, &to(&row.at, "lineItemSourcedId", Table::LineItems, &row.line_item))
            && index.must(log, &to(&row.at, "studentSourcedId", Table::Users, &row.student))
    });
}

/// An organisation that classes are taught at needs a school, whatever the file calls it.
fn schools(roster: &mut Roster, log: &Log) {
    let used: HashSet<&str> = roster
        .classes
        .iter()
        .filter(|class| class.status == Status::Active)
        .filter_map(|class| class.school.as_deref())
        .collect();
    for org in &mut roster.orgs {
        let used = used.contains(org.source_id.as_str());
        org.teaches = used || org.kind == OrgKind::School;
        if used && org.kind != OrgKind::School {
            log.note(NoteKind::Value, &org.at.file, org.at.line, "type", &org.name, taken::school);
        }
    }
}
