//! Who is enrolled in which class, and who teaches it.

use chrono::NaiveDate;
use exchange::{Class, ClassKind, Enrolment, EnrolmentRole, Place, Status, Table};
use std::collections::HashMap;
use store::entities::{StudentStatus, enrolments, teachings};
use store::ids::{ClassId, CourseId, EnrolmentId, StaffId, StudentId, TeachingId};
use words::faults::exchange::{expected, taken};

use super::book::Book;
use super::kept_ids::OfId;
use super::persons::Group;
use super::plan::Planner;

impl<'r> Planner<'r> {
    /// Enrols students and assigns teachers.
    pub fn enrolments(&mut self) {
        let roster = self.roster;
        let of_files: HashMap<&str, &Class> =
            roster.classes.iter().map(|class| (class.source_id.as_str(), class)).collect();
        for row in roster.enrolments.iter().filter(|row| row.status == Status::Active) {
            let class = of_files.get(row.class.as_str());
            if class.is_some_and(|class| class.status != Status::Active) {
                self.remarks.left_out(&row.at, "classSourcedId", &row.class, taken::class_is_over());
                continue;
            }
            let (kind, terms) = class.map_or((ClassKind::Scheduled, &[][..]), |class| (class.kind, &class.terms));
            let Some((book, class)) = self.class_meant(&row.class) else {
                self.refuse_reference(&row.at, Table::Classes, "classSourcedId", &row.class, expected::known_class());
                continue;
            };
            match row.role {
                EnrolmentRole::Student => match self.housed_course(&row.class) {
                    Some(course) => self.note_taker(row, course),
                    None => self.enrol(row, book, class, terms),
                },
                EnrolmentRole::Teacher => self.assign(row, book, class, kind),
                EnrolmentRole::Administrator | EnrolmentRole::Proctor => {
                    self.remarks.left_out(&row.at, "role", &row.user, taken::no_member());
                }
            }
        }
    }

    /// A student takes a course of the homeroom.
    fn note_taker(&mut self, row: &'r Enrolment, (book, course): (usize, usize)) {
        match self.student_at(book, &row.user) {
            Some(student) => {
                let student = self.books[book].students.now(student).id;
                self.takes(row, (book, course), student);
                let of = OfId::taker(self.books[book].courses.now(course).id, student);
                self.keep_taker_id(book, of, row);
            }
            None if self.has_left(book, &row.user, Group::Student) => {
                self.remarks.left_out(&row.at, "userSourcedId", &row.user, taken::has_left());
            }
            None => self.refuse_reference(&row.at, Table::Users, "userSourcedId", &row.user, expected::known_member()),
        }
    }

    fn enrol(&mut self, row: &'r Enrolment, book: usize, class: usize, terms: &[String]) {
        let left = self.has_left(book, &row.user, Group::Student);
        let Some(student) = self.student_at(book, &row.user) else {
            if left {
                return self.remarks.left_out(&row.at, "userSourcedId", &row.user, taken::has_left());
            }
            return self.refuse_reference(&row.at, Table::Users, "userSourcedId", &row.user, expected::known_member());
        };
        let rows = &self.books[book];
        let (class_id, student_id) = (rows.classes.now(class).id, rows.students.now(student).id);
        let source = Some(&row.source_id).filter(|_| !self.plain());
        match self.stored_enrolment(book, row, source, (class_id, student_id)) {
            Some(place) => self.meet_enrolment(row, book, place, (class_id, student_id), left),
            None if left && row.end.is_none_or(|end| end > self.frame.today) => {
                self.remarks.left_out(&row.at, "userSourcedId", &row.user, taken::has_left());
            }
            None => self.new_enrolment(row, book, class, student_id, terms),
        }
    }

    /// The stored enrolment that a row means: the one of its id, else one of the student in the class at that time. A row
    /// that begins after the end of the former time is another time.
    pub fn stored_enrolment(
        &self,
        book: usize,
        row: &Enrolment,
        source: Option<&String>,
        pair: (ClassId, StudentId),
    ) -> Option<usize> {
        let rows = &self.books[book];
        let of_pair = rows.by.enrolments_pair.get(&pair).map_or(&[][..], Vec::as_slice).iter().copied();
        let first =
            |test: &dyn Fn(&enrolments::Model) -> bool| of_pair.clone().find(|place| test(rows.enrolments.now(*place)));
        let again = |known: &enrolments::Model| row.begin.zip(known.end_date).is_some_and(|(begin, end)| begin > end);
        let by_source = source.and_then(|source| rows.by.enrolment_source.get(source).copied());
        by_source
            .filter(|place| !again(rows.enrolments.now(*place)))
            .or_else(|| first(&|known| row.begin == Some(known.start_date)))
            .or_else(|| first(&|known| row.begin.is_none() && known.end_date.is_none()))
            // Without a day of its own the row means the time that is stored, ended or not.
            .or_else(|| first(&|_| row.begin.is_none()))
    }

    pub fn meet_enrolment(
        &mut self,
        row: &Enrolment,
        book: usize,
        place: usize,
        (class, student): (ClassId, StudentId),
        left: bool,
    ) {
        let source = Some(row.source_id.clone()).filter(|_| !self.plain());
        let back = source.is_some() || self.back_in_class(row, book, place);
        let rows = &mut self.books[book];
        let known = rows.enrolments.meet(place, &row.at);
        if let Some(source) = source {
            rows.by.enrolment_source.insert(source.clone(), place);
            known.source_id = Some(source);
        }
        if left {
            return;
        }
        let end = row.end.and_then(|end| end.pred_opt());
        (known.class_id, known.student_id) = (class, student);
        known.start_date = row.begin.unwrap_or(known.start_date).min(end.unwrap_or(NaiveDate::MAX));
        if back {
            // A row that is there and names no end says that there is none.
            known.end_date = end;
        }
    }

    /// Whether a list that names the class again brings the student back into it. Who was moved to another class of the
    /// year stays there, who was withdrawn stays so: a list is nobody's system of record.
    fn back_in_class(&mut self, row: &Enrolment, book: usize, place: usize) -> bool {
        let rows = &self.books[book];
        let known = rows.enrolments.now(place);
        if known.end_date.is_none_or(|end| end > self.frame.today) {
            return false;
        }
        let student = rows.students.iter().find(|(_, student)| student.id == known.student_id);
        let active = student.is_some_and(|(_, student)| student.status == StudentStatus::Active);
        let elsewhere = self.other_classes(book, known.class_id, known.student_id);
        if active && elsewhere.is_empty() {
            return true;
        }
        let taken = match elsewhere.first() {
            Some(title) => taken::in_other_class(*title),
            None => taken::withdrawn(),
        };
        self.remarks.left_out(&row.at, "class", &row.class, taken);
        false
    }

    /// Titles of the other classes of the same year that the student is in.
    fn other_classes(&self, book: usize, class: ClassId, student: StudentId) -> Vec<&str> {
        let rows = &self.books[book];
        let class_of = |id: ClassId| rows.by.class_id.get(&id).map(|place| rows.classes.now(*place));
        let year = class_of(class).map(|class| class.year_id);
        let of_student = rows.by.enrolments_of.get(&student).map_or(&[][..], Vec::as_slice).iter();
        let open = of_student
            .map(|place| rows.enrolments.now(*place))
            .filter(|known| known.class_id != class && known.end_date.is_none_or(|end| end > self.frame.today));
        let classes = open.filter_map(|known| class_of(known.class_id));
        let same = classes.filter(|other| Some(other.year_id) == year && other.deleted_at.is_none());
        same.map(|class| class.title.as_str()).collect()
    }

    pub fn new_enrolment(&mut self, row: &Enrolment, book: usize, class: usize, student: StudentId, terms: &[String]) {
        let first_day = row.begin.or_else(|| self.first_day(terms));
        let plain = self.plain();
        let free_from = self.homeroom_free_from(book, class, student);
        let rows = &mut self.books[book];
        let class = rows.classes.now(class);
        let (class_id, year_id) = (class.id, class.year_id);
        let end = row.end.and_then(|end| end.pred_opt());
        let year =
            rows.sessions.iter().find(|(_, session)| session.id == year_id).map(|(_, session)| session.start_date);
        let mut start = first_day.or(year).unwrap_or(self.frame.today);
        // Files that name another homeroom move the student there, from today on where they name no day.
        if let Some(free) = free_from.filter(|_| row.begin.is_none()) {
            start = start.max(free);
        }
        let source = Some(row.source_id.clone()).filter(|_| !plain);
        if let Some(former) = source.as_ref().and_then(|source| rows.by.enrolment_source.get(source).copied()) {
            // The id goes on with the new time; the former one is over and stays as it was.
            rows.enrolments.list[former].now.source_id = None;
        }
        let known = enrolments::Model {
            id: EnrolmentId::new(),
            school_id: rows.id,
            class_id,
            student_id: student,
            start_date: start.min(end.unwrap_or(NaiveDate::MAX)),
            end_date: end,
            source_id: source.clone(),
            version: 1,
        };
        let place = rows.enrolments.add(known, &row.at);
        rows.by.enrolments_pair.entry((class_id, student)).or_default().push(place);
        rows.by.enrolments_of.entry(student).or_default().push(place);
        if let Some(source) = source {
            rows.by.enrolment_source.insert(source, place);
        }
    }

    /// The student of the school that the files mean.
    pub fn student_at(&self, book: usize, user: &str) -> Option<usize> {
        let by = &self.books[book].by;
        if self.plain() { self.books[book].student_numbered(user) } else { by.student_source.get(user).copied() }
    }

    fn assign(&mut self, row: &Enrolment, book: usize, class: usize, kind: ClassKind) {
        if self.has_left(book, &row.user, Group::Staff) {
            self.unassign(row, book, class);
            return self.remarks.left_out(&row.at, "userSourcedId", &row.user, taken::has_left());
        }
        let rows = &mut self.books[book];
        let Some(teacher) = rows.by.staff_source.get(&row.user).copied() else {
            self.refuse_reference(&row.at, Table::Users, "userSourcedId", &row.user, expected::known_member());
            return;
        };
        let staff_id = rows.staff.now(teacher).id;
        if kind == ClassKind::Homeroom {
            let class = &mut rows.classes.list[class].now;
            if class.homeroom_staff_id.is_none() || (row.primary && class.homeroom_staff_id != Some(staff_id)) {
                class.homeroom_staff_id = Some(staff_id);
            }
            let of = OfId::class_teacher(class.id, staff_id);
            self.keep_id(book, of, &row.source_id, &row.at);
        }
        let rows = &mut self.books[book];
        let Some(course) = rows.by.course_source.get(&row.class).copied() else { return };
        let course_id: CourseId = rows.courses.now(course).id;
        self.keep_id(book, OfId::teacher(course_id, staff_id), &row.source_id, &row.at);
        let rows = &mut self.books[book];
        rows.teach(course_id, staff_id, &row.at);
    }

    /// Somebody no longer teaches the class, nor is its class teacher.
    pub fn unassign(&mut self, row: &Enrolment, book: usize, class: usize) {
        let rows = &mut self.books[book];
        let Some(staff) = rows.by.staff_source.get(&row.user).map(|place| rows.staff.now(*place).id) else { return };
        let course = rows.by.course_source.get(&row.class).map(|place| rows.courses.now(*place).id);
        if let Some(place) = course.and_then(|course| rows.by.teaching_pair.get(&(course, staff)).copied()) {
            let kept = &mut rows.teachings.list[place];
            (kept.deleted, kept.gone) = (true, true);
        }
        let own = rows.classes.now(class).source_id.as_deref() == Some(row.class.as_str());
        if own && rows.classes.now(class).homeroom_staff_id == Some(staff) {
            rows.classes.meet(class, &row.at).homeroom_staff_id = None;
        }
    }

    /// Ends an enrolment that the files take back: what was is kept, what has not begun goes.
    pub fn end_enrolment(&mut self, book: usize, place: usize) {
        let today = self.frame.today;
        let kept = &mut self.books[book].enrolments.list[place];
        kept.deleted = true;
        if kept.now.start_date > today {
            kept.gone = true;
        } else if kept.now.end_date.is_none_or(|end| end > today) {
            kept.now.end_date = Some(today);
        }
    }

    /// The enrolments of a student in a class that are not over.
    pub fn open_enrolments(&self, book: usize, class: ClassId, student: StudentId) -> Vec<usize> {
        let rows = &self.books[book];
        let of_pair = rows.by.enrolments_pair.get(&(class, student)).map_or(&[][..], Vec::as_slice);
        let open = |place: &usize| rows.enrolments.now(*place).end_date.is_none_or(|end| end > self.frame.today);
        of_pair.iter().copied().filter(open).collect()
    }
}

impl Book {
    /// A member of staff teaches a course.
    pub fn teach(&mut self, course_id: CourseId, staff_id: StaffId, at: &Place) {
        if let Some(place) = self.by.teaching_pair.get(&(course_id, staff_id)).copied() {
            self.teachings.meet(place, at);
            return;
        }
        let teaching = teachings::Model { id: TeachingId::new(), school_id: self.id, course_id, staff_id, version: 1 };
        let place = self.teachings.add(teaching, at);
        self.by.teaching_pair.insert((course_id, staff_id), place);
    }
}
