//! Subjects, classes and their courses.
//!
//! A OneRoster course becomes a subject. A OneRoster class becomes a course of the homeroom that all its students share, else
//! a class of its own and, where it is taught in a subject, a course in it.

use std::collections::{HashMap, HashSet};

use exchange::{Class, ClassKind, Course, Status, Table, same_key};
use store::entities::{ClassKind as Kind, classes, courses, subjects};
use store::fold;
use store::ids::{AcademicSessionId, ClassId, CourseId, SubjectId};
use words::faults::exchange::{expected, taken};

use super::book::Book;
use super::plan::{Planner, grade_level, keep_if_blank};
use exchange::Place;

impl Planner<'_> {
    /// Puts the courses of the files into each school that teaches them.
    pub fn subjects(&mut self) {
        let mut taught: HashMap<&str, Vec<usize>> = HashMap::new();
        let active = || self.roster.classes.iter().filter(|class| class.status == Status::Active);
        let (homerooms, scheduled): (Vec<&Class>, Vec<&Class>) =
            active().partition(|class| class.kind == ClassKind::Homeroom);
        // A homeroom is no course: what its row names as one is no subject.
        let mut no_subject: HashSet<&str> = homerooms.iter().filter_map(|class| class.course.as_deref()).collect();
        for class in scheduled {
            if let Some(course) = class.course.as_deref() {
                no_subject.remove(course);
            }
            if let (Some(course), Some(book)) = (class.course.as_deref(), self.book_of_class(class)) {
                let books = taught.entry(course).or_default();
                if !books.contains(&book) {
                    books.push(book);
                }
            }
        }
        for course in self.roster.courses.iter().filter(|course| course.status == Status::Active) {
            let mut books = taught.remove(course.source_id.as_str()).unwrap_or_default();
            let subject = !no_subject.contains(course.source_id.as_str());
            let own = course.org.as_deref().filter(|_| subject).and_then(|org| self.book_of(Some(org)));
            let stored = |book: &usize| self.books[*book].by.subject_source.contains_key(&course.source_id);
            books.extend(own.into_iter().chain((0..self.books.len()).filter(stored)));
            books.sort_unstable();
            books.dedup();
            for book in books {
                self.put_course(book, course);
            }
        }
    }

    fn put_course(&mut self, book: usize, course: &Course) {
        let title: String = course.title.chars().take(100).collect();
        let known = self.books[book].by.subject_source.get(&course.source_id).copied();
        let place = match known {
            Some(place) => {
                let subjects = &mut self.books[book].subjects;
                let row = subjects.meet(place, &course.at);
                // Several courses of the files may share one subject: only the first one names it.
                row.title = title;
                row.deleted_at = None;
                place
            }
            None => self.put_subject(book, &title, Some(&course.source_id), &course.at),
        };
        let code: String = course.code.chars().take(20).collect();
        keep_if_blank(&mut self.books[book].subjects.list[place].now.code, &code);
        self.books[book].by.subject_source.insert(course.source_id.clone(), place);
    }

    /// The subject of this title, made where there is none.
    pub fn put_subject(&mut self, book: usize, title: &str, source: Option<&str>, at: &Place) -> usize {
        let book = &mut self.books[book];
        if let Some(place) = book.by.subject_title.get(&fold(title)).copied() {
            let row = book.subjects.meet(place, at);
            if row.source_id.is_none() {
                row.source_id = source.map(str::to_owned);
            }
            return place;
        }
        let position = book.subjects.iter().map(|(_, row)| row.position + 1).max().unwrap_or(0);
        let row = subjects::Model {
            id: SubjectId::new(),
            school_id: book.id,
            title: title.to_owned(),
            code: None,
            position,
            source_id: source.map(str::to_owned),
            deleted_at: None,
            version: 1,
        };
        let place = book.subjects.add(row, at);
        book.by.subject_title.insert(fold(title), place);
        place
    }

    /// Puts the classes into their schools, each with its course.
    pub fn classes(&mut self) {
        let roster = self.roster;
        let active = || roster.classes.iter().filter(|class| class.status == Status::Active);
        let mut titles: HashMap<(Option<&str>, Option<usize>, String), u32> = HashMap::new();
        for class in active() {
            *titles.entry(self.called(class)).or_default() += 1;
        }
        // Homerooms and groups before the courses that are housed in them.
        let (housed, own): (Vec<&Class>, Vec<&Class>) = active().partition(|class| self.is_housed(&class.source_id));
        for class in own {
            let Some(book) = self.book_of_class(class) else {
                let school = class.school.as_deref().unwrap_or_default();
                let expected = expected::taken_in_school();
                self.refuse_reference(&class.at, Table::Orgs, "schoolSourcedId", school, expected);
                continue;
            };
            // A list knows a class by its title alone: "3b" and "3B" are one.
            let alone = self.plain() || titles.get(&self.called(class)) == Some(&1);
            let place = self.put_class(book, class, alone);
            self.class_of.insert(&class.source_id, (book, place));
            if !self.plain() {
                self.put_course_of(book, place, class);
                self.keep_course_id(book, place, class);
            }
        }
        for class in housed {
            if let Some((book, place)) = self.home_of(&class.source_id) {
                self.class_of.insert(&class.source_id, (book, place));
                self.put_course_of(book, place, class);
                self.keep_course_id(book, place, class);
                self.expect_takers(class);
            }
        }
    }

    /// What tells a class from the others: its school, its year in the files, its title.
    fn called<'c>(&self, class: &'c Class) -> (Option<&'c str>, Option<usize>, String) {
        let year = class.terms.iter().find_map(|term| self.calendar.year_of(term));
        (class.school.as_deref(), year, same_key(&class.title))
    }

    pub fn put_class(&mut self, book: usize, class: &Class, alone: bool) -> usize {
        let stored = self.books[book].by.class_source.get(&class.source_id).copied().filter(|_| !self.plain());
        let year = match stored {
            // Where the files name no term the class stays in its year.
            Some(place) if class.terms.is_empty() => self.books[book].classes.now(place).year_id,
            _ => self.year_of(book, &class.terms),
        };
        let title = unlike(class, alone);
        let known = stored.or_else(|| self.unclaimed(book, year, &title));
        self.put_class_in(book, class, (year, &title), known)
    }

    /// The same in this year under this title; `known` is its place where it is there.
    pub fn put_class_in(
        &mut self,
        book: usize,
        class: &Class,
        (year, title): (AcademicSessionId, &str),
        known: Option<usize>,
    ) -> usize {
        let plain = self.plain();
        let rows = &mut self.books[book];
        let kind = if class.kind == ClassKind::Homeroom || plain { Kind::Homeroom } else { Kind::Group };
        let place = known.unwrap_or_else(|| rows.add_class(year, title, kind, &class.at));
        let row = rows.classes.meet(place, &class.at);
        (row.year_id, row.deleted_at) = (year, None);
        if same_key(&row.title) != same_key(title) {
            title.clone_into(&mut row.title);
        }
        keep_if_blank(&mut row.grade_level, &grade_level(&class.grades));
        keep_if_blank(&mut row.room, &class.location.chars().take(50).collect::<String>());
        if !plain {
            row.source_id = Some(class.source_id.clone());
            rows.by.class_source.insert(class.source_id.clone(), place);
        }
        rows.by.class_title.insert((year, same_key(title)), place);
        place
    }

    /// A class of the same title in the year that no other set brought.
    fn unclaimed(&self, book: usize, year: AcademicSessionId, title: &str) -> Option<usize> {
        let book = &self.books[book];
        let place = book.class_titled(year, title)?;
        (self.plain() || book.classes.now(place).source_id.is_none()).then_some(place)
    }

    fn put_course_of(&mut self, book: usize, class: usize, row: &Class) {
        if row.kind == ClassKind::Homeroom && !self.books[book].by.course_source.contains_key(&row.source_id) {
            return;
        }
        let of_files = row.course.as_deref().and_then(|course| self.books[book].by.subject_source.get(course).copied());
        let named = row.subjects.first().map(String::as_str).filter(|subject| !subject.trim().is_empty());
        let subject = match (of_files, named, row.kind) {
            (Some(place), ..) => place,
            (None, Some(title), _) => {
                self.put_subject(book, &title.chars().take(100).collect::<String>(), None, &row.at)
            }
            (None, None, ClassKind::Scheduled) => {
                let title: String = row.title.chars().take(100).collect();
                let course = row.course.as_deref().unwrap_or_default();
                self.remarks.left_out(&row.at, "courseSourcedId", course, taken::title_as_subject());
                self.put_subject(book, &title, None, &row.at)
            }
            // A class that only comes together in the morning.
            (None, None, ClassKind::Homeroom) => return,
        };
        let rows = &mut self.books[book];
        let (class_id, subject_id) = (rows.classes.now(class).id, rows.subjects.now(subject).id);
        let own = rows.by.course_source.get(&row.source_id).copied();
        let known = rows.by.course_pair.get(&(class_id, subject_id)).copied().or(own);
        let place = known.unwrap_or_else(|| rows.add_course(class_id, subject_id, &row.at));
        if rows.courses.now(place).class_id != class_id {
            self.leave_home(book, place, class_id);
        }
        let rows = &mut self.books[book];
        let course = rows.courses.meet(place, &row.at);
        (course.subject_id, course.deleted_at) = (subject_id, None);
        course.source_id = Some(row.source_id.clone());
        rows.by.course_source.insert(row.source_id.clone(), place);
        rows.by.course_pair.insert((class_id, subject_id), place);
    }
}

impl Book {
    /// A new class of a year; its place.
    pub fn add_class(&mut self, year: AcademicSessionId, title: &str, kind: Kind, at: &Place) -> usize {
        let row = classes::Model {
            id: ClassId::new(),
            sort_title: String::new(),
            school_id: self.id,
            year_id: year,
            title: title.to_owned(),
            grade_level: None,
            room: None,
            homeroom_staff_id: None,
            source_id: None,
            deleted_at: None,
            kind,
            places: None,
            version: 1,
        };
        let id = row.id;
        let place = self.classes.add(row, at);
        self.by.class_id.insert(id, place);
        self.by.class_title.insert((year, same_key(title)), place);
        place
    }

    /// The course of a subject in a class, made or brought back where there is none.
    pub fn course_of(&mut self, class: ClassId, subject: SubjectId, at: &Place) -> usize {
        let known = self.by.course_pair.get(&(class, subject)).copied();
        let place = known.unwrap_or_else(|| self.add_course(class, subject, at));
        self.by.course_pair.insert((class, subject), place);
        self.courses.meet(place, at).deleted_at = None;
        place
    }

    fn add_course(&mut self, class_id: ClassId, subject_id: SubjectId, at: &Place) -> usize {
        let course = courses::Model {
            id: CourseId::new(),
            school_id: self.id,
            class_id,
            subject_id,
            source_id: None,
            deleted_at: None,
            description: None,
            version: 1,
        };
        self.courses.add(course, at)
    }
}

/// The title by which people tell a class from the others of the files.
fn unlike(class: &Class, alone: bool) -> String {
    let title: String = class.title.trim().chars().take(100).collect();
    if alone {
        return title;
    }
    let mark = if class.code.is_empty() { &class.source_id } else { &class.code };
    let mark: String = mark.chars().take(40).collect();
    format!("{} ({mark})", title.chars().take(57).collect::<String>())
}
