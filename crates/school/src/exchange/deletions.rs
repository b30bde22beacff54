//! What the files take back: rows that they mark as deleted, and, where the person asked for it, rows of whole tables that
//! they no longer hold. Everything is deleted softly and can be restored.

use std::collections::HashSet;

use exchange::{Enrolment, EnrolmentRole, Place, Status, Table};
use store::ids::{CourseId, StaffId, StudentId};
use words::faults::exchange::taken;

use super::persons::Group;
use super::plan::Planner;
use super::rows::{Rows, whole_set};

/// Marks a row as deleted, unless it is already.
macro_rules! delete {
    ($planner:expr, $book:expr, $rows:ident, $place:expr, $at:expr) => {{
        let now = $planner.frame.now;
        let kept = &mut $planner.books[$book].$rows.list[$place];
        kept.at = Some($at.clone());
        kept.deleted = true;
        if kept.now.deleted_at.is_none() {
            kept.now.deleted_at = Some(now);
        }
    }};
}

impl Planner<'_> {
    /// Deletes what the files say or no longer hold.
    pub fn deletions(&mut self) {
        let roster = self.roster;
        for row in roster.enrolments.iter().filter(|row| row.status == Status::ToBeDeleted) {
            self.take_back(row);
        }
        for user in roster.users.iter().filter(|user| user.status == Status::ToBeDeleted) {
            for book in 0..self.books.len() {
                for group in [Group::Student, Group::Staff, Group::Guardian] {
                    self.delete_person(book, group, &user.source_id, &user.at);
                }
            }
        }
        self.roles();
        self.left();
        for class in roster.classes.iter().filter(|class| class.status == Status::ToBeDeleted) {
            if let Some((book, course)) = self.housed_course(&class.source_id) {
                delete!(self, book, courses, course, class.at);
            } else if let Some((book, place)) = self.find_class(&class.source_id) {
                self.delete_class(book, place, &class.at);
            }
        }
        self.kept_by_hand();
        if self.frame.delete_missing {
            self.missing();
        }
    }

    fn take_back(&mut self, row: &Enrolment) {
        let housed = self.housed_course(&row.class);
        if let Some(course) = housed.filter(|_| row.role == EnrolmentRole::Student) {
            return self.take_from_course(course, &row.user);
        }
        let Some((book, class)) = self.class_meant(&row.class) else { return };
        if row.role == EnrolmentRole::Teacher {
            let still = self.roster.enrolments.iter().any(|other| {
                other.status == Status::Active
                    && (&other.class, &other.user, other.role) == (&row.class, &row.user, row.role)
            });
            if !still {
                self.unassign(row, book, class);
            }
            return;
        }
        let rows = &self.books[book];
        let class_id = rows.classes.now(class).id;
        let by_source = rows.by.enrolment_source.get(&row.source_id).copied();
        let places = match (by_source, self.student_at(book, &row.user)) {
            (Some(place), _) => vec![place],
            (None, Some(student)) => {
                let student = rows.students.now(student).id;
                self.open_enrolments(book, class_id, student)
            }
            (None, None) => Vec::new(),
        };
        for place in places {
            let kept = &mut self.books[book].enrolments.list[place];
            // The same files go on with it under another id.
            if kept.at.is_none() {
                kept.at = Some(row.at.clone());
                self.end_enrolment(book, place);
            }
        }
    }

    /// Who has left is in no class any more.
    fn left(&mut self) {
        for book in 0..self.books.len() {
            let rows = &self.books[book];
            let left: HashSet<StudentId> = self
                .left
                .iter()
                .filter(|(of, _, group)| (*of, *group) == (book, Group::Student))
                .filter_map(|(_, user, _)| Some(rows.students.now(*rows.by.student_source.get(*user)?).id))
                .collect();
            let today = self.frame.today;
            let open = |row: &store::entities::enrolments::Model| {
                left.contains(&row.student_id) && row.end_date.is_none_or(|end| end > today)
            };
            let open: Vec<usize> =
                rows.enrolments.iter().filter(|(_, row)| open(row)).map(|(place, _)| place).collect();
            for place in open {
                self.end_enrolment(book, place);
            }
        }
    }

    pub fn delete_person(&mut self, book: usize, group: Group, source: &str, at: &Place) {
        let by = &self.books[book].by;
        match group {
            Group::Student => {
                let still = |place: &usize| self.books[book].students.now(*place).source_id.as_deref() == Some(source);
                // The same files may go on with the student under another id.
                if let Some(place) = by.student_source.get(source).copied().filter(still) {
                    delete!(self, book, students, place, at);
                }
            }
            Group::Staff => {
                if let Some(place) = by.staff_source.get(source).copied() {
                    delete!(self, book, staff, place, at);
                }
            }
            Group::Guardian => {
                let merged = by.merged.contains(source);
                if let Some(place) = by.guardian_source.get(source).copied().filter(|_| !merged) {
                    delete!(self, book, guardians, place, at);
                }
            }
        }
    }

    /// Somebody is no longer what a role said, unless another role or a class of the files says it still.
    fn roles(&mut self) {
        let roster = self.roster;
        for role in roster.roles.iter().filter(|role| role.status == Status::ToBeDeleted) {
            let group = Group::of(role.role);
            let Some(book) = self.book_of(role.org.as_deref()) else { continue };
            let still = roster.roles.iter().any(|other| {
                other.status == Status::Active
                    && !other.is_over(self.frame.today)
                    && other.user == role.user
                    && Group::of(other.role) == group
                    && self.book_near(other.org.as_deref()) == Some(book)
            });
            if !still {
                self.delete_person(book, group, &role.user, &role.at);
            }
        }
    }

    fn delete_class(&mut self, book: usize, place: usize, at: &Place) {
        delete!(self, book, classes, place, at);
        let class = self.books[book].classes.now(place).id;
        let of_class = |(place, course): (usize, &store::entities::courses::Model)| {
            (course.class_id == class && course.deleted_at.is_none()).then_some(place)
        };
        let courses: Vec<usize> = self.books[book].courses.iter().filter_map(of_class).collect();
        for course in courses {
            delete!(self, book, courses, course, at);
        }
    }

    /// Years, terms and subjects hold marks, schools hold everything: a file does not delete them.
    fn kept_by_hand(&mut self) {
        let roster = self.roster;
        let sessions = roster.sessions.iter().map(|row| (row.status, &row.at, &row.title));
        let courses = roster.courses.iter().map(|row| (row.status, &row.at, &row.title));
        let orgs = roster.orgs.iter().map(|row| (row.status, &row.at, &row.name));
        for (_, at, title) in sessions.chain(courses).chain(orgs).filter(|row| row.0 == Status::ToBeDeleted) {
            self.remarks.left_out(at, "status", title, taken::deleted_by_hand());
        }
    }

    fn missing(&mut self) {
        let whole = |table| self.roster.whole.contains(&table);
        let (users, classes, enrolments) = (whole(Table::Users), whole(Table::Classes), whole(Table::Enrolments));
        let at = whole_set();
        for book in 0..self.books.len() {
            if users {
                for place in
                    missing(&self.books[book].students, |row| row.source_id.is_some() && row.deleted_at.is_none())
                {
                    delete!(self, book, students, place, at);
                }
                for place in missing(&self.books[book].staff, |row| row.source_id.is_some() && row.deleted_at.is_none())
                {
                    delete!(self, book, staff, place, at);
                }
                for place in
                    missing(&self.books[book].guardians, |row| row.source_id.is_some() && row.deleted_at.is_none())
                {
                    delete!(self, book, guardians, place, at);
                }
            }
            if classes {
                for place in
                    missing(&self.books[book].classes, |row| row.source_id.is_some() && row.deleted_at.is_none())
                {
                    self.delete_class(book, place, &at);
                }
                for course in self.missing_courses(book) {
                    delete!(self, book, courses, course, at);
                }
            }
            if enrolments {
                let today = self.frame.today;
                let open = |row: &store::entities::enrolments::Model| {
                    row.source_id.is_some() && row.end_date.is_none_or(|end| end > today)
                };
                for place in missing(&self.books[book].enrolments, open) {
                    self.books[book].enrolments.list[place].at = Some(at.clone());
                    self.end_enrolment(book, place);
                }
                if self.roster.enrolments.iter().any(|row| row.role == EnrolmentRole::Teacher) {
                    self.missing_teachings(book);
                }
            }
        }
    }

    /// Who taught a course of the files before and is no longer named in any of their classes.
    fn missing_teachings(&mut self, book: usize) {
        let rows = &mut self.books[book];
        let courses: HashSet<CourseId> =
            rows.courses.iter().filter(|(_, row)| row.source_id.is_some()).map(|(_, row)| row.id).collect();
        let staff: HashSet<StaffId> =
            rows.staff.iter().filter(|(_, row)| row.source_id.is_some()).map(|(_, row)| row.id).collect();
        let of_files =
            |row: &store::entities::teachings::Model| courses.contains(&row.course_id) && staff.contains(&row.staff_id);
        for place in missing(&rows.teachings, of_files) {
            let kept = &mut rows.teachings.list[place];
            (kept.deleted, kept.gone) = (true, true);
        }
    }
}

/// Stored rows that the files did not hold.
fn missing<M: store::entities::RowModel>(rows: &Rows<M>, candidate: impl Fn(&M) -> bool) -> Vec<usize> {
    let missing = rows.list.iter().enumerate().filter(|(_, kept)| kept.at.is_none() && candidate(&kept.now));
    missing.map(|(place, _)| place).collect()
}
