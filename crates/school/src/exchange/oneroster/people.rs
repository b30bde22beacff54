//! Students, staff and guardians as users with their roles, and what is known of students besides.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use exchange::{Agent, Demographics, OneRosterVersion, RosterRole, Sex, Status, User, UserRole};
use store::entities::{guardians, guardianships, staff, students};
use store::fold;
use store::ids::{GuardianId, StaffId, StudentId};

use super::super::kept_ids::OfId;
use super::{Going, Left, day_after, fit, grades, nowhere, own_or, required};
use crate::people::stays::has_left;

/// Whom the set holds, and what it calls them.
pub(super) struct People {
    pub students: HashMap<StudentId, String>,
    pub staff: HashMap<StaffId, String>,
    /// Students who have left, with the first day on which they are not at the school any more.
    pub left: HashMap<StudentId, NaiveDate>,
}

impl Going<'_> {
    pub(super) fn people(&mut self) -> People {
        let book = self.book;
        let guardian_ids: HashMap<GuardianId, String> = book
            .guardians
            .iter()
            .filter(|(_, row)| row.deleted_at.is_none())
            .map(|(_, row)| (row.id, own_or(row.source_id.as_ref(), row.id)))
            .collect();
        let mut people = People { students: HashMap::new(), staff: HashMap::new(), left: HashMap::new() };
        let mut users = Users::default();
        let mut learners: Vec<&students::Model> =
            book.students.iter().map(|(_, row)| row).filter(|row| row.deleted_at.is_none()).collect();
        learners.sort_by(|a, b| (&a.sort_name, a.id).cmp(&(&b.sort_name, b.id)));
        for row in learners {
            let left = has_left(row, self.today);
            if left && self.version == OneRosterVersion::V11 {
                *self.left_out.entry(Left::Students).or_default() += 1;
                continue;
            }
            let id = own_or(row.source_id.as_ref(), row.id);
            // Who leaves on a day that lies ahead is there until then, and the set says until when.
            let end = row.last_day.map(day_after).or(left.then_some(self.today));
            people.left.extend(end.filter(|_| left).map(|end| (row.id, end)));
            users.add(self.student(row, &id, &guardian_ids));
            let kept = self.kept_id(OfId::role_of_student(row.id));
            self.role(&id, RosterRole::Student, kept, end);
            self.demographics(row, &id);
            people.students.insert(row.id, id);
        }
        self.staff(&mut users, &mut people);
        self.guardians(&mut users, &guardian_ids, &people);
        self.roster.users = users.list;
        let mut seen = HashSet::new();
        for role in &mut self.roster.roles {
            role.primary = seen.insert(role.user.clone());
        }
        people
    }

    fn student(&self, row: &students::Model, id: &str, guardians: &HashMap<GuardianId, String>) -> User {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let places = self.book.by.guardianships_of.get(&row.id).map_or(&[][..], Vec::as_slice);
        let mut agents: Vec<(bool, &String)> = places
            .iter()
            .map(|place| self.book.guardianships.now(*place))
            // Other systems let agents see the child.
            .filter(|row| !row.no_access)
            .filter_map(|row| Some((!row.is_primary, guardians.get(&row.guardian_id)?)))
            .collect();
        // Whom the school calls first comes first, which is how an import knows.
        agents.sort();
        if let Some((_, others)) = agents.split_first_mut() {
            others.sort_by_key(|(_, id)| *id);
        }
        agents.dedup_by(|a, b| a.1 == b.1);
        let agent = |(_, user): (bool, &String)| Agent { user: user.clone(), word: String::new(), relation: None };
        User {
            middle: text(&row.middle_name),
            preferred_given: text(&row.preferred_name),
            identifier: row.number.clone(),
            username: row.number.clone(),
            grades: grades(row.grade_level.as_ref()),
            agents: agents.into_iter().map(agent).collect(),
            enabled: !has_left(row, self.today),
            ..self.user(id, (&row.given_name, &row.family_name), (&row.email, &row.phone))
        }
    }

    fn user(
        &self,
        id: &str,
        (given, family): (&str, &str),
        (email, phone): (&Option<String>, &Option<String>),
    ) -> User {
        User {
            source_id: id.to_owned(),
            status: Status::Active,
            enabled: true,
            username: id.to_owned(),
            given: required(given),
            family: required(family),
            middle: String::new(),
            preferred_given: String::new(),
            preferred_middle: String::new(),
            preferred_family: String::new(),
            native_name: String::new(),
            identifier: String::new(),
            email: email.clone().unwrap_or_default(),
            phone: phone.clone().unwrap_or_default(),
            sms: String::new(),
            pronouns: String::new(),
            grades: Vec::new(),
            agents: Vec::new(),
            primary_org: Some(self.school.clone()),
            at: nowhere(),
        }
    }

    fn role(&mut self, user: &str, role: RosterRole, kept: Option<String>, end: Option<NaiveDate>) {
        let derived = || fit(format!("{user}|{}|{role:?}", self.school));
        self.roster.roles.push(UserRole {
            source_id: kept.unwrap_or_else(derived),
            status: Status::Active,
            user: user.to_owned(),
            role,
            primary: true,
            org: Some(self.school.clone()),
            begin: None,
            end,
            at: nowhere(),
        });
    }

    /// What the other side called something that has no row of its own.
    pub(super) fn kept_id(&self, of: OfId) -> Option<String> {
        let places = self.book.by.ids.get(&of)?;
        let newest = places.iter().map(|place| self.book.ids.now(*place)).max_by_key(|row| row.id)?;
        Some(fit(newest.source_id.clone()))
    }

    fn demographics(&mut self, row: &students::Model, id: &str) {
        let sex = match fold(row.sex.as_deref().unwrap_or_default()).as_str() {
            "female" | "f" => Some(Sex::Female),
            "male" | "m" => Some(Sex::Male),
            "other" => Some(Sex::Other),
            "unspecified" => Some(Sex::Unspecified),
            _ => None,
        };
        if row.birth_date.is_some() || sex.is_some() {
            let (user, status) = (id.to_owned(), Status::Active);
            let row = Demographics { user, status, birth_date: row.birth_date, sex, at: nowhere() };
            self.roster.demographics.push(row);
        }
    }

    fn staff(&mut self, users: &mut Users, people: &mut People) {
        let book = self.book;
        let taught = book.teachings.iter().map(|(_, row)| row.staff_id);
        let led = book.classes.iter().filter_map(|(_, row)| row.homeroom_staff_id);
        let teaching: HashSet<StaffId> = taught.chain(led).collect();
        let mut all: Vec<&staff::Model> =
            book.staff.iter().map(|(_, row)| row).filter(|row| row.deleted_at.is_none()).collect();
        all.sort_by(|a, b| (&a.sort_name, a.id).cmp(&(&b.sort_name, b.id)));
        for row in all {
            let id = own_or(row.source_id.as_ref(), row.id);
            let number = row.number.clone().unwrap_or_default();
            users.add(User {
                username: if number.is_empty() { id.clone() } else { number.clone() },
                identifier: number,
                enabled: row.last_day.is_none_or(|last| last >= self.today),
                ..self.user(&id, (&row.given_name, &row.family_name), (&row.email, &row.phone))
            });
            let kept = self.kept_id(OfId::role_of_staff(row.id));
            self.role(&id, staff_role(row, teaching.contains(&row.id)), kept, row.last_day.map(day_after));
            people.staff.insert(row.id, id);
        }
    }

    fn guardians(&mut self, users: &mut Users, ids: &HashMap<GuardianId, String>, people: &People) {
        let book = self.book;
        let mut relations: HashMap<GuardianId, RosterRole> = HashMap::new();
        // To a student who does not go out nobody is anything.
        let known = book
            .guardianships
            .iter()
            .filter(|(_, row)| !row.no_access && people.students.contains_key(&row.student_id));
        for (_, row) in known {
            let (known, said) = (relations.entry(row.guardian_id).or_insert(RosterRole::Guardian), relation(row));
            if rank(said) > rank(*known) {
                *known = said;
            }
        }
        let mut all: Vec<(&guardians::Model, &String)> =
            book.guardians.iter().filter_map(|(_, row)| Some((row, ids.get(&row.id)?))).collect();
        all.sort_by_key(|(_, id)| *id);
        for (row, id) in all {
            users.add(self.user(id, (&row.given_name, &row.family_name), (&row.email, &row.phone)));
            let kept = self.kept_id(OfId::role_of_guardian(row.id));
            let role = relations.get(&row.id).copied().unwrap_or(RosterRole::Guardian);
            self.role(id, role, kept, None);
        }
    }
}

/// One row for each identifier: who is staff and guardian, or came in twice, is one user with several roles.
#[derive(Default)]
struct Users {
    list: Vec<User>,
    place: HashMap<String, usize>,
}

impl Users {
    fn add(&mut self, user: User) {
        let Some(known) = self.place.get(&user.source_id).map(|place| &mut self.list[*place]) else {
            self.place.insert(user.source_id.clone(), self.list.len());
            return self.list.push(user);
        };
        for (kept, more) in
            [(&mut known.email, user.email), (&mut known.phone, user.phone), (&mut known.identifier, user.identifier)]
        {
            if kept.is_empty() {
                *kept = more;
            }
        }
    }
}

/// What a member of staff is in OneRoster's list; who has another title is a teacher where they teach, else an aide.
fn staff_role(row: &staff::Model, teaches: bool) -> RosterRole {
    match fold(row.job_title.as_deref().unwrap_or_default()).as_str() {
        "principal" => RosterRole::Principal,
        "counsellor" | "counselor" => RosterRole::Counselor,
        "aide" => RosterRole::Aide,
        "proctor" => RosterRole::Proctor,
        "administrator" => RosterRole::Administrator,
        "" | "teacher" => RosterRole::Teacher,
        _ if teaches => RosterRole::Teacher,
        _ => RosterRole::Aide,
    }
}

fn relation(row: &guardianships::Model) -> RosterRole {
    match fold(&row.relationship).as_str() {
        "parent" | "mother" | "father" => RosterRole::Parent,
        "relative" | "grandmother" | "grandfather" | "aunt" | "uncle" | "sister" | "brother" => RosterRole::Relative,
        _ => RosterRole::Guardian,
    }
}

/// Of several relations the nearest is said.
fn rank(role: RosterRole) -> u8 {
    match role {
        RosterRole::Parent => 2,
        RosterRole::Relative => 1,
        _ => 0,
    }
}
