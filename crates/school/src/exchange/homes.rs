//! Homerooms of the files and the courses in them.
//!
//! A scheduled class of OneRoster whose students all share one homeroom is a course of it; whoever of the homeroom is not
//! among them is exempted from the course. Every other one is a group with its own course.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use exchange::{Class, ClassKind, Enrolment, EnrolmentRole, Home as Said, Status, Table};
use store::entities::{ClassKind as Kind, courses, enrolments, exemptions};
use store::ids::{ClassId, EnrolmentId, ExemptionId, StudentId};

use words::faults::exchange::expected;

use super::plan::Planner;
use super::rows::whole_set;

/// Days from one to another, both among them.
type Span = (NaiveDate, NaiveDate);

/// The courses of the files that are housed in a homeroom.
#[derive(Default)]
pub(super) struct Housed<'r> {
    /// The homeroom of each scheduled class that has one: its book and place, or what the files call it.
    home_of: HashMap<&'r str, Home<'r>>,
    /// When a student takes a course, by the files: book and place of the course.
    takes: HashMap<(usize, usize), HashMap<StudentId, Vec<Span>>>,
}

#[derive(Clone, Copy)]
enum Home<'r> {
    OfFiles(&'r str),
    Stored(usize, usize),
}

impl<'r> Planner<'r> {
    /// Finds out which scheduled classes are courses of a homeroom.
    pub fn homes(&mut self) {
        if self.plain() {
            return;
        }
        let roster = self.roster;
        let active = || roster.classes.iter().filter(|class| class.status == Status::Active);
        let of_files: HashMap<&str, &Class> = active().map(|class| (class.source_id.as_str(), class)).collect();
        let mut homerooms: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        let mut members: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for row in roster.enrolments.iter().filter(|row| is_student(row)) {
            match of_files.get(row.class.as_str()).map(|class| class.kind) {
                Some(ClassKind::Homeroom) => homerooms.entry(&row.user).or_default().insert(&row.class),
                _ => members.entry(&row.class).or_default().insert(&row.user),
            };
        }
        let mut taken: HashSet<(&str, String)> = HashSet::new();
        for class in active().filter(|class| class.kind == ClassKind::Scheduled) {
            let source = class.source_id.as_str();
            // What came as a class of its own before stays one.
            if self.books.iter().any(|book| book.by.class_source.contains_key(source)) {
                continue;
            }
            let stored = self.stored_home(source);
            if stored.is_none() && class.home != Said::Unsaid {
                self.said_home(class, &of_files);
                continue;
            }
            let Some(members) = members.get(source) else {
                if let Some((book, place)) = stored {
                    self.housed.home_of.insert(source, Home::Stored(book, place));
                }
                continue;
            };
            if let Some((book, place)) = stored.filter(|home| self.all_in(*home, members, &homerooms)) {
                self.housed.home_of.insert(source, Home::Stored(book, place));
                continue;
            }
            let mut shared = members.iter().map(|user| homerooms.get(user).cloned().unwrap_or_default());
            let first = shared.next().unwrap_or_default();
            let shared = shared.fold(first, |all, own| all.intersection(&own).copied().collect());
            let home =
                shared.into_iter().filter_map(|home| of_files.get(home)).find(|home| self.same_year(home, class));
            // A homeroom takes a subject once.
            let subject = class.course.clone().unwrap_or_else(|| class.subjects.join(","));
            if let Some(home) = home
                && !subject.is_empty()
                && taken.insert((&home.source_id, subject))
            {
                self.housed.home_of.insert(source, Home::OfFiles(&home.source_id));
            }
        }
    }

    /// Houses a class where our own files say that it is a course.
    fn said_home(&mut self, class: &'r Class, of_files: &HashMap<&'r str, &'r Class>) {
        let Said::Class(home) = &class.home else { return };
        if let Some(home) = of_files.get(home.as_str()).filter(|home| home.kind == ClassKind::Homeroom) {
            self.housed.home_of.insert(&class.source_id, Home::OfFiles(&home.source_id));
        }
    }

    /// A course of which our own files say in which homeroom it is, and which hold all enrolments, may be one that nobody takes.
    pub fn expect_takers(&mut self, class: &Class) {
        if class.home != Said::Unsaid
            && self.roster.whole.contains(&Table::Enrolments)
            && let Some(course) = self.housed_course(&class.source_id)
        {
            self.housed.takes.entry(course).or_default();
        }
    }

    fn same_year(&self, a: &Class, b: &Class) -> bool {
        let year = |class: &Class| class.terms.iter().find_map(|term| self.calendar.year_of(term));
        a.school == b.school && (year(a).is_none() || year(b).is_none() || year(a) == year(b))
    }

    /// The homeroom in which a class of the files was put as a course before.
    fn stored_home(&self, source: &str) -> Option<(usize, usize)> {
        self.books.iter().enumerate().find_map(|(number, book)| {
            let course = book.courses.now(*book.by.course_source.get(source)?);
            Some((number, *book.by.class_id.get(&course.class_id)?))
        })
    }

    /// Whether all of them are in a stored homeroom, by the files or as it is stored.
    fn all_in(
        &self,
        (book, place): (usize, usize),
        members: &BTreeSet<&str>,
        homerooms: &HashMap<&str, BTreeSet<&str>>,
    ) -> bool {
        let rows = &self.books[book];
        let class = rows.classes.now(place);
        let by_files = |user: &str| {
            class
                .source_id
                .as_deref()
                .is_some_and(|id| homerooms.get(user).is_some_and(|homerooms| homerooms.contains(id)))
        };
        let as_stored = |user: &str| {
            let student = rows.by.student_source.get(user).map(|place| rows.students.now(*place).id);
            student.is_some_and(|student| !self.open_enrolments(book, class.id, student).is_empty())
        };
        members.iter().all(|user| by_files(user) || as_stored(user))
    }

    /// The homeroom that houses a class of the files, once the homerooms of the files are there.
    pub fn home_of(&self, source: &str) -> Option<(usize, usize)> {
        match self.housed.home_of.get(source)? {
            Home::OfFiles(home) => self.class_of.get(home).copied(),
            Home::Stored(book, place) => Some((*book, *place)),
        }
    }

    /// Whether a class of the files is a course of a homeroom, by these files or by those before.
    pub fn is_housed(&self, source: &str) -> bool {
        let stored = || {
            self.books
                .iter()
                .any(|book| book.by.course_source.contains_key(source) && !book.by.class_source.contains_key(source))
        };
        self.housed.home_of.contains_key(source) || (!self.class_of.contains_key(source) && stored())
    }

    /// The course that a class of the files is, where it is housed.
    pub fn housed_course(&self, source: &str) -> Option<(usize, usize)> {
        if !self.is_housed(source) {
            return None;
        }
        let mut books = self.books.iter().enumerate();
        books.find_map(|(number, book)| Some((number, *book.by.course_source.get(source)?)))
    }

    /// The class that an enrolment names: itself, or the homeroom in which it is a course, also where these files do not
    /// hold it.
    pub fn class_meant(&self, source: &str) -> Option<(usize, usize)> {
        let of_course = |(book, course): (usize, usize)| {
            let rows = &self.books[book];
            Some((book, *rows.by.class_id.get(&rows.courses.now(course).class_id)?))
        };
        self.find_class(source).or_else(|| of_course(self.housed_course(source)?))
    }

    /// Notes that a student takes a housed course.
    pub fn takes(&mut self, row: &Enrolment, course: (usize, usize), student: StudentId) {
        let end = row.end.and_then(|end| end.pred_opt()).unwrap_or(NaiveDate::MAX);
        self.takes_on(course, student, (row.begin.unwrap_or(NaiveDate::MIN), end));
    }

    /// The same on these days; `course` is its book and place.
    pub fn takes_on(&mut self, course: (usize, usize), student: StudentId, days: Span) {
        self.housed.takes.entry(course).or_default().entry(student).or_default().push(days);
    }

    /// A course that was housed goes on in a group of its own: whoever took it is in the group.
    pub fn leave_home(&mut self, book: usize, course: usize, group: ClassId) {
        let (course_id, home) = {
            let row = self.books[book].courses.now(course);
            (row.id, row.class_id)
        };
        if home == group {
            return;
        }
        let today = self.frame.today;
        let rows = &mut self.books[book];
        let exempted: HashSet<StudentId> = rows
            .exemptions
            .iter()
            .filter(|(_, row)| row.course_id == course_id && row.end_date.is_none_or(|end| end >= today))
            .map(|(_, row)| row.student_id)
            .collect();
        let of_home: Vec<enrolments::Model> = rows
            .enrolments
            .iter()
            .filter(|(_, row)| row.class_id == home && !exempted.contains(&row.student_id))
            .map(|(_, row)| row.clone())
            .collect();
        for row in of_home {
            let (student, id) = (row.student_id, EnrolmentId::new());
            let new = enrolments::Model { id, class_id: group, source_id: None, version: 1, ..row };
            let place = rows.enrolments.add(new, &whole_set());
            rows.by.enrolments_pair.entry((group, student)).or_default().push(place);
            rows.by.enrolments_of.entry(student).or_default().push(place);
        }
        for kept in rows.exemptions.list.iter_mut().filter(|kept| kept.now.course_id == course_id) {
            (kept.deleted, kept.gone) = (true, true);
        }
        rows.courses.list[course].now.class_id = group;
    }

    /// Exempts whoever of a homeroom does not take a course that is housed in it, on the days on which they do not.
    pub fn exemptions(&mut self) {
        let whole = self.roster.whole.contains(&Table::Enrolments);
        for ((book, course), takes) in std::mem::take(&mut self.housed.takes) {
            let rows = &self.books[book];
            // Of a course that was not there before the files name everybody who takes it.
            let whole = whole || rows.courses.list[course].stored.is_none();
            let course: courses::Model = rows.courses.now(course).clone();
            let of_home = rows.enrolments.list.iter().filter(|kept| kept.now.class_id == course.class_id && !kept.gone);
            let mut wanted: HashMap<StudentId, Vec<Span>> = HashMap::new();
            for kept in of_home {
                let student = kept.now.student_id;
                let taken = takes.get(&student);
                if taken.is_some() || whole {
                    let days = (kept.now.start_date, kept.now.end_date.unwrap_or(NaiveDate::MAX));
                    let gaps = gaps(days, taken.map_or(&[][..], Vec::as_slice));
                    wanted.entry(student).or_default().extend(gaps);
                }
            }
            for (student, gaps) in wanted {
                self.set_exemptions(book, &course, student, &gaps);
            }
        }
    }

    /// Gives a student these exemptions from a course. One with a reason is a person's own word and stays.
    fn set_exemptions(&mut self, book: usize, course: &courses::Model, student: StudentId, gaps: &[Span]) {
        let rows = &mut self.books[book].exemptions;
        let own = |row: &exemptions::Model| row.course_id == course.id && row.student_id == student;
        let last = |row: &exemptions::Model| row.end_date.unwrap_or(NaiveDate::MAX);
        let mut there: Vec<Span> = Vec::new();
        for kept in rows.list.iter_mut().filter(|kept| own(&kept.now)) {
            let span = (kept.now.start_date, last(&kept.now));
            if kept.now.reason.is_some() || gaps.contains(&span) {
                there.push(span);
            } else {
                (kept.deleted, kept.gone) = (true, true);
            }
        }
        let new: Vec<&Span> = gaps.iter().filter(|gap| !there.iter().any(|known| meet(known, gap))).collect();
        for (start, end) in new {
            let row = exemptions::Model {
                id: ExemptionId::new(),
                school_id: course.school_id,
                course_id: course.id,
                student_id: student,
                start_date: *start,
                end_date: Some(*end).filter(|end| *end < NaiveDate::MAX),
                reason: None,
                version: 1,
            };
            rows.add(row, &whole_set());
        }
    }

    /// The files say that a student takes a housed course no longer.
    pub fn take_from_course(&mut self, (book, course): (usize, usize), user: &str) {
        let Some(tomorrow) = self.frame.today.succ_opt() else { return };
        let rows = &self.books[book];
        let course: courses::Model = rows.courses.now(course).clone();
        let Some(student) = rows.by.student_source.get(user).map(|place| rows.students.now(*place).id) else { return };
        if self.open_enrolments(book, course.class_id, student).is_empty() {
            return;
        }
        self.set_exemptions(book, &course, student, &[(tomorrow, NaiveDate::MAX)]);
    }

    /// The courses of a book that are housed and that the files do not hold any more.
    pub fn missing_courses(&self, book: usize) -> Vec<usize> {
        let rows = &self.books[book];
        let housed =
            |row: &courses::Model| row.source_id.as_deref().is_some_and(|id| !rows.by.class_source.contains_key(id));
        let open =
            rows.courses.list.iter().enumerate().filter(|(_, kept)| kept.at.is_none() && kept.now.deleted_at.is_none());
        open.filter(|(_, kept)| housed(&kept.now)).map(|(place, _)| place).collect()
    }

    /// The times of a student in homerooms that exist, in their order.
    pub fn homerooms_of(&self, book: usize, student: StudentId) -> Vec<usize> {
        let rows = &self.books[book];
        let class = |id: ClassId| rows.by.class_id.get(&id).map(|place| rows.classes.now(*place));
        let is_homeroom = |id| class(id).is_some_and(|of| of.kind == Kind::Homeroom && of.deleted_at.is_none());
        let own = rows.by.enrolments_of.get(&student).map_or(&[][..], Vec::as_slice).iter().copied();
        let mut own: Vec<usize> = own
            .filter(|place| !rows.enrolments.list[*place].gone && is_homeroom(rows.enrolments.now(*place).class_id))
            .collect();
        own.sort_by_key(|place| rows.enrolments.now(*place).start_date);
        own
    }

    /// From when a student may be in a homeroom who is or was in another one of the same year: today, or once that is over;
    /// none where there is no other one.
    pub fn homeroom_free_from(&self, book: usize, class: usize, student: StudentId) -> Option<NaiveDate> {
        let rows = &self.books[book];
        let class = rows.classes.now(class);
        if class.kind != Kind::Homeroom {
            return None;
        }
        let today = self.frame.today;
        let others = self.homerooms_of(book, student).into_iter().map(|place| rows.enrolments.now(place));
        let free = others.filter_map(|known| {
            let other = rows.classes.now(*rows.by.class_id.get(&known.class_id)?);
            let meets = known.class_id != class.id && other.year_id == class.year_id;
            meets.then(|| known.end_date.filter(|end| *end <= today).and_then(|end| end.succ_opt()).unwrap_or(today))
        });
        free.max()
    }

    /// Nobody is in two homerooms on one day: a time that the files do not hold ends where the one begins that they do; of
    /// two that they hold the later one is refused.
    pub fn one_homeroom_each(&mut self) {
        for book in 0..self.books.len() {
            let students: Vec<StudentId> = self.books[book].by.enrolments_of.keys().copied().collect();
            for student in students {
                let own = self.homerooms_of(book, student);
                for pair in own.windows(2) {
                    self.part(book, (pair[0], pair[1]));
                }
            }
        }
    }

    fn part(&mut self, book: usize, (first, second): (usize, usize)) {
        let list = &self.books[book].enrolments.list;
        let days = |place: usize| {
            let row = &list[place].now;
            (row.start_date, row.end_date.unwrap_or(NaiveDate::MAX))
        };
        let (a, b) = (days(first), days(second));
        let year = |place: usize| {
            let rows = &self.books[book];
            rows.by.class_id.get(&list[place].now.class_id).map(|class| rows.classes.now(*class).year_id)
        };
        let same_class = list[first].now.class_id == list[second].now.class_id;
        if same_class || year(first) != year(second) || !meet(&a, &b) {
            return;
        }
        match (list[first].at.clone(), list[second].at.clone()) {
            (None, None) => {}
            (None, Some(_)) => self.give_way(book, first, b),
            (Some(_), None) => self.give_way(book, second, a),
            (Some(_), Some(at)) => {
                let class = list[second].now.class_id;
                let kept = &mut self.books[book].enrolments.list[second];
                kept.deleted |= kept.stored.is_none();
                let rows = &self.books[book];
                let class = rows.by.class_id.get(&class).map(|place| rows.classes.now(*place).title.clone());
                let column = if self.plain() { "class" } else { "classSourcedId" };
                self.remarks.refuse(&at, column, &class.unwrap_or_default(), expected::one_homeroom());
            }
        }
    }

    /// A stored time ends on the day before another one, or goes where nothing is left of it.
    fn give_way(&mut self, book: usize, place: usize, (start, _): Span) {
        let kept = &mut self.books[book].enrolments.list[place];
        match start.pred_opt().filter(|last| *last >= kept.now.start_date) {
            Some(last) => kept.now.end_date = Some(last),
            None => (kept.deleted, kept.gone) = (true, true),
        }
    }
}

fn is_student(row: &Enrolment) -> bool {
    row.status == Status::Active && row.role == EnrolmentRole::Student
}

fn meet(a: &Span, b: &Span) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// The days that none of the others hold.
pub(super) fn gaps(days: Span, held: &[Span]) -> Vec<Span> {
    let mut held: Vec<Span> = held.iter().copied().filter(|span| meet(span, &days)).collect();
    held.sort_unstable();
    let mut gaps = Vec::new();
    let mut from = Some(days.0);
    for (first, last) in held {
        if let Some(start) = from.filter(|start| *start < first)
            && let Some(end) = first.pred_opt()
        {
            gaps.push((start, end));
        }
        from = from.and_then(|from| last.succ_opt().map(|next| next.max(from)));
    }
    gaps.extend(from.filter(|from| *from <= days.1).map(|from| (from, days.1)));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        if text.is_empty() { NaiveDate::MAX } else { text.parse().unwrap() }
    }

    #[test]
    fn who_takes_a_course_for_a_time_is_exempted_before_and_after() {
        let days = (day("2026-09-01"), day(""));
        let left = |held: &[(&str, &str)]| {
            let held: Vec<Span> = held.iter().map(|(a, b)| (day(a), day(b))).collect();
            gaps(days, &held)
        };
        assert_eq!(left(&[]), [days]);
        assert_eq!(left(&[("2026-08-01", "")]), []);
        assert_eq!(left(&[("2026-10-01", "")]), [(day("2026-09-01"), day("2026-09-30"))]);
        assert_eq!(
            left(&[("2026-10-01", "2026-10-31"), ("2026-12-01", "2026-12-31")]),
            [
                (day("2026-09-01"), day("2026-09-30")),
                (day("2026-11-01"), day("2026-11-30")),
                (day("2027-01-01"), day(""))
            ]
        );
    }
}
