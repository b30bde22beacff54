//! Students, staff and guardians: who is what at which school, and what the files say of them.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use exchange::{Demographics, EnrolmentRole, Place, RosterRole, Sex, Status, Table, User, UserRole, same_key};
use store::entities::{StudentStatus, guardians, guardianships, staff, students};
use store::ids::{GuardianId, GuardianshipId, SchoolId, StaffId, StudentId};
use store::{fold, sort_name};
use words::faults::exchange::{expected, taken};

use super::book::Book;
use super::plan::{Planner, grade_level, keep_if_blank};
use crate::people::stays::has_left;
use crate::schools::possible_birth;

/// What somebody is at a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Group {
    Student,
    Staff,
    Guardian,
}

impl Group {
    pub fn of(role: RosterRole) -> Self {
        match role {
            RosterRole::Student => Self::Student,
            family if family.is_family() => Self::Guardian,
            _ => Self::Staff,
        }
    }
}

/// What the files say about people besides their own row.
struct About<'r> {
    roles: HashMap<&'r str, Vec<&'r UserRole>>,
    /// Roles that the files still hold and that are over.
    former: HashMap<&'r str, Vec<&'r UserRole>>,
    demographics: HashMap<&'r str, &'r Demographics>,
    /// Schools of the classes that somebody is in.
    classes: HashMap<&'r str, BTreeSet<(usize, Group)>>,
    /// Schools of the classes that somebody was in.
    former_classes: HashMap<&'r str, BTreeSet<(usize, Group)>>,
    /// Whom somebody looks after.
    wards: HashMap<&'r str, Vec<&'r str>>,
}

impl<'r> Planner<'r> {
    /// Puts everybody into the schools at which the files know them.
    pub fn people(&mut self) {
        let roster = self.roster;
        let about = self.about();
        let active = || roster.users.iter().filter(|user| user.status == Status::Active);
        let mut students: Vec<(&User, usize, usize)> = Vec::new();
        for user in active() {
            for (book, group) in self.memberships(user, &about) {
                match group {
                    Group::Student => {
                        let demographics = about.demographics.get(user.source_id.as_str()).copied();
                        let place = self.put_student(book, user, demographics);
                        if let Some(place) = place {
                            self.put_status(book, place, user, &about);
                        }
                        students.extend(place.map(|place| (user, book, place)));
                    }
                    Group::Staff if self.has_left(book, &user.source_id, Group::Staff) => {
                        self.delete_person(book, Group::Staff, &user.source_id, &user.at);
                    }
                    Group::Staff => self.put_staff(book, user, &about),
                    Group::Guardian => {
                        self.put_guardian(book, user);
                    }
                }
            }
        }
        self.demographics_alone(&about);
        let users: HashMap<&str, &User> = active().map(|user| (user.source_id.as_str(), user)).collect();
        for (user, book, place) in students {
            self.guardians_of(user, book, place, &users, &about);
        }
    }

    fn about(&mut self) -> About<'r> {
        let roster = self.roster;
        let mut about = About {
            roles: HashMap::new(),
            former: HashMap::new(),
            demographics: HashMap::new(),
            classes: HashMap::new(),
            former_classes: HashMap::new(),
            wards: HashMap::new(),
        };
        let today = self.frame.today;
        for role in roster.roles.iter().filter(|role| role.status != Status::ToBeDeleted) {
            let roles = if role.is_over(today) { &mut about.former } else { &mut about.roles };
            roles.entry(&role.user).or_default().push(role);
        }
        for row in roster.demographics.iter().filter(|row| row.status == Status::Active) {
            about.demographics.insert(&row.user, row);
        }
        for row in roster.enrolments.iter().filter(|row| row.status == Status::Active) {
            let group = match row.role {
                EnrolmentRole::Student => Group::Student,
                EnrolmentRole::Teacher => Group::Staff,
                EnrolmentRole::Administrator | EnrolmentRole::Proctor => continue,
            };
            if let Some((book, _)) = self.find_class(&row.class) {
                let over = row.end.is_some_and(|end| end <= today);
                let classes = if over { &mut about.former_classes } else { &mut about.classes };
                classes.entry(&row.user).or_default().insert((book, group));
            }
        }
        for user in roster.users.iter().filter(|user| user.status == Status::Active) {
            for agent in &user.agents {
                about.wards.entry(&agent.user).or_default().push(&user.source_id);
            }
        }
        about
    }

    /// What somebody is at which school. What the files say is over goes into `left` too.
    fn memberships(&mut self, user: &'r User, about: &About<'r>) -> BTreeSet<(usize, Group)> {
        let id = user.source_id.as_str();
        let of = |roles: &HashMap<&'r str, Vec<&'r UserRole>>| roles.get(id).cloned().unwrap_or_default();
        let (roles, former) = (of(&about.roles), of(&about.former));
        let mut found: BTreeSet<(usize, Group)> = about.classes.get(id).cloned().unwrap_or_default();
        let by_class = !found.is_empty();
        let current: BTreeSet<(usize, Group)> =
            roles.iter().filter_map(|role| self.membership(role, by_class)).collect();
        let mut over: BTreeSet<(usize, Group)> =
            former.iter().filter_map(|role| self.membership(role, by_class)).collect();
        // A role that is over outweighs a row of a class that nobody ended; without a role the class decides.
        over.extend(about.former_classes.get(id).into_iter().flatten().filter(|place| !found.contains(*place)));
        over.retain(|(book, group)| !current.contains(&(*book, *group)) && *group != Group::Guardian);
        found.extend(current);
        // A delta may change a person without saying again where they belong.
        for (place, book) in self.books.iter().enumerate().filter(|_| roles.is_empty() && former.is_empty()) {
            let known = [
                (Group::Student, &book.by.student_source),
                (Group::Staff, &book.by.staff_source),
                (Group::Guardian, &book.by.guardian_source),
            ];
            found.extend(known.iter().filter(|(_, by)| by.contains_key(id)).map(|(group, _)| (place, *group)));
        }
        let mut left_out = false;
        for (book, group) in over {
            self.left.insert((book, id, group));
            // A student who has left is on record, and withdrawn; of staff only who is here already is deleted.
            if group == Group::Student || self.books[book].by.staff_source.contains_key(id) {
                found.insert((book, group));
            } else {
                found.remove(&(book, group));
                left_out = true;
                self.remarks.left_out(&user.at, "", id, taken::has_left());
            }
        }
        let family = roles.iter().all(|role| role.role.is_family());
        if found.is_empty() && !left_out && !(family && about.wards.contains_key(id)) {
            self.remarks.left_out(&user.at, "", id, taken::no_role());
        }
        found
    }

    /// What a role makes somebody, and where.
    fn membership(&self, role: &UserRole, by_class: bool) -> Option<(usize, Group)> {
        let group = Group::of(role.role);
        let org = role.org.as_deref();
        let book = if group == Group::Guardian {
            self.book_of(org)
        } else {
            self.book_near(org).or_else(|| self.only_book(org).filter(|_| !by_class))
        };
        book.map(|book| (book, group))
    }

    /// Whether a student attends the school. A list says nothing of it; of a set it is the word of whoever keeps the roster.
    /// The days follow in [`Self::stays`].
    fn put_status(&mut self, book: usize, place: usize, user: &'r User, about: &About<'r>) {
        let id = user.source_id.as_str();
        let (left, plain) = (self.has_left(book, id, Group::Student), self.plain());
        let said = about.roles.contains_key(id) || about.classes.contains_key(id);
        let today = self.frame.today;
        let student = &mut self.books[book].students.list[place].now;
        let gone = student.status != StudentStatus::Active && has_left(student, today);
        if left && !gone {
            student.status = StudentStatus::Withdrawn;
        } else if !left && said && !plain && gone {
            student.status = StudentStatus::Active;
        }
    }

    fn put_student(&mut self, book: usize, user: &'r User, demographics: Option<&Demographics>) -> Option<usize> {
        let plain = self.plain();
        let now = self.frame.now;
        if let Some((born, at)) = demographics.and_then(|row| Some((row.birth_date?, &row.at)))
            && !possible_birth(born, self.frame.today)
        {
            self.remarks.refuse(at, "birthDate", &born.to_string(), expected::birth_date());
            return None;
        }
        let number = if user.identifier.is_empty() { &user.source_id } else { &user.identifier };
        let by_number = self.books[book].student_numbered(number);
        let by_source = self.books[book].by.student_source.get(&user.source_id).copied().filter(|_| !plain);
        let known = by_source.or_else(|| by_number.filter(|place| self.is_claimable(book, *place, user)));
        let taken = by_number.is_some() && by_number != known;
        if taken && (known.is_none() || !user.identifier.is_empty()) {
            let expected = match by_number.map(|place| self.books[book].students.now(place)) {
                Some(other) if other.deleted_at.is_some() => expected::free_number_deleted(),
                _ => expected::free_number(),
            };
            self.remarks.refuse(&user.at, "identifier", number, expected);
            return None;
        }
        let rows = &mut self.books[book];
        let place = known.unwrap_or_else(|| {
            let row = students::Model {
                id: StudentId::new(),
                school_id: rows.id,
                number: number.clone(),
                given_name: String::new(),
                middle_name: None,
                family_name: String::new(),
                preferred_name: None,
                native_name: None,
                birth_date: None,
                sex: None,
                email: None,
                phone: None,
                grade_level: None,
                status: StudentStatus::Active,
                expected_on: None,
                last_day: None,
                address: None,
                contacts: None,
                sort_name: String::new(),
                sort_given: String::new(),
                source_id: None,
                created_at: now,
                deleted_at: None,
                version: 1,
            };
            rows.students.add(row, &user.at)
        });
        let row = rows.students.meet(place, &user.at);
        // A number that is only written in another way stays as people know it.
        let key = same_key(&user.identifier);
        if !user.identifier.is_empty() && same_key(&row.number) != key && !rows.by.merged.contains(&key) {
            rows.by.student_number.remove(&row.number);
            rows.by.student_key.remove(&same_key(&row.number));
            row.number.clone_from(&user.identifier);
        }
        rows.by.student_key.insert(same_key(&row.number), place);
        rows.by.student_number.insert(row.number.clone(), place);
        if !plain && !rows.by.merged.contains(&user.source_id) {
            row.source_id = Some(user.source_id.clone());
            rows.by.student_source.insert(user.source_id.clone(), place);
        }
        names(&mut row.given_name, &mut row.family_name, &mut row.sort_name, [&user.given, &user.family]);
        keep_if_blank(&mut row.middle_name, &user.middle);
        keep_if_blank(&mut row.preferred_name, &user.preferred_given);
        keep_if_blank(&mut row.native_name, &user.native_name);
        keep_if_blank(&mut row.email, &user.email);
        keep_if_blank(&mut row.phone, telephone(user));
        keep_if_blank(&mut row.grade_level, &grade_level(&user.grades));
        row.deleted_at = None;
        if let Some(demographics) = demographics {
            about_birth(&mut row.birth_date, &mut row.sex, demographics);
        }
        Some(place)
    }

    /// Whether a student of this number may be the one of the files: typed in or come by a list before; or deleted, and of
    /// the same name, since systems give a student who comes back a new id.
    fn is_claimable(&self, book: usize, place: usize, user: &User) -> bool {
        let row = self.books[book].students.now(place);
        let goes = row.source_id.as_deref().is_some_and(|source| self.going.contains(source));
        if row.deleted_at.is_some() || goes {
            return sort_name(&row.family_name, &row.given_name) == sort_name(&user.family, &user.given);
        }
        self.plain() || row.source_id.is_none()
    }

    /// A delta may hold birth dates of students who are stored already.
    fn demographics_alone(&mut self, about: &About<'r>) {
        for (user, row) in &about.demographics {
            for book in &mut self.books {
                if let Some(place) = book.by.student_source.get(*user).copied()
                    && book.students.list[place].at.is_none()
                {
                    let student = book.students.meet(place, &row.at);
                    about_birth(&mut student.birth_date, &mut student.sex, row);
                }
            }
        }
    }

    fn put_staff(&mut self, book: usize, user: &User, about: &About<'r>) {
        let rows = &mut self.books[book];
        let by_source = rows.by.staff_source.get(&user.source_id).copied();
        let by_number = rows.by.staff_number.get(&same_key(&user.identifier)).copied();
        let known = by_source.or(by_number.filter(|place| rows.staff.now(*place).source_id.is_none()));
        let place = known.unwrap_or_else(|| {
            let roles = about.roles.get(user.source_id.as_str()).into_iter().flatten();
            let title = roles.filter_map(|role| job_title(role.role)).next().map(str::to_owned);
            let row = staff::Model { job_title: title, ..new_staff(rows.id) };
            rows.staff.add(row, &user.at)
        });
        let row = rows.staff.meet(place, &user.at);
        names(&mut row.given_name, &mut row.family_name, &mut row.sort_name, [&user.given, &user.family]);
        keep_if_blank(&mut row.number, &user.identifier);
        keep_if_blank(&mut row.native_name, &user.native_name);
        keep_if_blank(&mut row.email, &user.email);
        keep_if_blank(&mut row.phone, telephone(user));
        row.source_id = Some(user.source_id.clone());
        row.deleted_at = None;
        rows.by.staff_source.insert(user.source_id.clone(), place);
    }

    fn put_guardian(&mut self, book: usize, user: &User) -> usize {
        let known = self.books[book].by.guardian_source.get(&user.source_id).copied();
        self.put_guardian_at(book, known, user)
    }

    fn put_guardian_at(&mut self, book: usize, known: Option<usize>, user: &User) -> usize {
        // A list has no ids of its own: whom it only names again stays as typed.
        let named_again = self.plain() && known.is_some();
        let rows = &mut self.books[book];
        let place = known.unwrap_or_else(|| {
            let row = new_guardian(rows.id);
            rows.guardians.add(row, &user.at)
        });
        let row = rows.guardians.meet(place, &user.at);
        names(&mut row.given_name, &mut row.family_name, &mut String::new(), [&user.given, &user.family]);
        keep_if_blank(&mut row.email, &user.email);
        keep_if_blank(&mut row.phone, telephone(user));
        if !named_again {
            row.source_id.get_or_insert_with(|| user.source_id.clone());
        }
        row.deleted_at = None;
        rows.by.guardian_id.insert(row.id, place);
        rows.by.guardian_source.insert(user.source_id.clone(), place);
        place
    }

    fn guardians_of(
        &mut self,
        user: &User,
        book: usize,
        student: usize,
        users: &HashMap<&str, &User>,
        about: &About<'r>,
    ) {
        for agent in &user.agents {
            let guardian = match users.get(agent.user.as_str()) {
                Some(guardian) => {
                    let known = self.books[book].by.guardian_source.get(&agent.user).copied();
                    let known = known.or_else(|| self.same_guardian(book, student, guardian));
                    self.put_guardian_at(book, known, guardian)
                }
                None => match self.books[book].by.guardian_source.get(&agent.user).copied() {
                    Some(stored) => stored,
                    None => {
                        let expected = expected::known_person();
                        self.refuse_reference(&user.at, Table::Users, "agentSourcedIds", &agent.user, expected);
                        continue;
                    }
                },
            };
            let own = about.roles.get(agent.user.as_str()).into_iter().flatten().map(|role| role.role);
            let relation = agent.relation.or_else(|| own.into_iter().find(|role| role.is_family()));
            self.put_guardianship(book, student, guardian, (relation, &agent.word), user);
        }
    }

    /// The student's own guardian of this name: a plain list has no number for them.
    fn same_guardian(&self, book: usize, student: usize, user: &User) -> Option<usize> {
        let rows = &self.books[book];
        let of_student = rows.by.guardianships_of.get(&rows.students.now(student).id).filter(|_| self.plain())?;
        let wanted = sort_name(&user.family, &user.given);
        let ids = of_student.iter().map(|place| rows.guardianships.now(*place).guardian_id);
        ids.filter_map(|id| rows.by.guardian_id.get(&id).copied()).find(|place| {
            let row = rows.guardians.now(*place);
            sort_name(&row.family_name, &row.given_name) == wanted
        })
    }

    fn put_guardianship(
        &mut self,
        book: usize,
        student: usize,
        guardian: usize,
        (relation, word): (Option<RosterRole>, &str),
        user: &User,
    ) {
        let word = match relation {
            _ if !word.is_empty() => word,
            Some(RosterRole::Parent) => "parent",
            Some(RosterRole::Relative) => "relative",
            _ => "guardian",
        };
        // What people wrote here (mother, uncle) says more than the files can: a relation that is there stays.
        self.books[book].tie(student, guardian, word, &user.at);
    }
}

impl Book {
    /// Who is guardian of whom, made where they are not yet: the first of a student is called first.
    pub fn tie(&mut self, student: usize, guardian: usize, word: &str, at: &Place) -> usize {
        let (student_id, guardian_id) = (self.students.now(student).id, self.guardians.now(guardian).id);
        if let Some(place) = self.by.guardianship_pair.get(&(student_id, guardian_id)).copied() {
            self.guardianships.meet(place, at);
            return place;
        }
        let others = self.by.guardianships_of.entry(student_id).or_default();
        let row = guardianships::Model {
            id: GuardianshipId::new(),
            school_id: self.id,
            student_id,
            guardian_id,
            relationship: word.to_owned(),
            is_primary: others.is_empty(),
            may_collect: true,
            gets_letters: true,
            no_access: false,
            version: 1,
        };
        let place = self.guardianships.add(row, at);
        others.push(place);
        self.by.guardianship_pair.insert((student_id, guardian_id), place);
        place
    }
}

/// Given and family name are taken as they are, both together; `sort` only where they differ, so that a row in order stays
/// untouched.
pub(super) fn names(given: &mut String, family: &mut String, sort: &mut String, [said_given, said_family]: [&str; 2]) {
    if (given.as_str(), family.as_str()) != (said_given, said_family) {
        said_given.clone_into(given);
        said_family.clone_into(family);
        *sort = sort_name(family, given);
    }
}

/// A member of staff of whom nothing is known yet.
pub(super) fn new_staff(school_id: SchoolId) -> staff::Model {
    staff::Model {
        id: StaffId::new(),
        school_id,
        number: None,
        given_name: String::new(),
        family_name: String::new(),
        native_name: None,
        email: None,
        phone: None,
        job_title: None,
        sort_name: String::new(),
        sort_given: String::new(),
        first_day: None,
        last_day: None,
        address: None,
        contacts: None,
        source_id: None,
        deleted_at: None,
        version: 1,
    }
}

/// A guardian of whom nothing is known yet.
pub(super) fn new_guardian(school_id: SchoolId) -> guardians::Model {
    guardians::Model {
        id: GuardianId::new(),
        school_id,
        given_name: String::new(),
        family_name: String::new(),
        email: None,
        phone: None,
        source_id: None,
        deleted_at: None,
        language: None,
        address: None,
        contacts: None,
        sort_name: String::new(),
        sort_given: String::new(),
        version: 1,
    }
}

fn telephone(user: &User) -> &str {
    if user.phone.is_empty() { &user.sms } else { &user.phone }
}

fn about_birth(birth_date: &mut Option<NaiveDate>, sex: &mut Option<String>, row: &Demographics) {
    *birth_date = row.birth_date.or(*birth_date);
    let said = match row.sex {
        Some(Sex::Female) => "female",
        Some(Sex::Male) => "male",
        Some(Sex::Other) => "other",
        Some(Sex::Unspecified) => "unspecified",
        None => "",
    };
    if sex.as_deref().is_none_or(|stored| fold(stored) != said) {
        keep_if_blank(sex, said);
    }
}

fn job_title(role: RosterRole) -> Option<&'static str> {
    Some(match role {
        RosterRole::Teacher => "Teacher",
        RosterRole::Principal => "Principal",
        RosterRole::Counselor => "Counsellor",
        RosterRole::Aide => "Aide",
        RosterRole::Proctor => "Proctor",
        RosterRole::Administrator
        | RosterRole::SiteAdministrator
        | RosterRole::SystemAdministrator
        | RosterRole::DistrictAdministrator => "Administrator",
        _ => return None,
    })
}
