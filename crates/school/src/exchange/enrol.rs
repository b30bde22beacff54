//! Who is enrolled in which class, and who teaches it.

use chrono::NaiveDate;
use exchange::{ClassKind, Enrolment, EnrolmentRole, Status, Table};
use std::collections::HashMap;
use store::entities::{enrolments, teachings};
use store::ids::{ClassId, CourseId, EnrolmentId, StudentId, TeachingId};

use super::plan::Planner;

const KNOWN_CLASS: &str = "a class that is taken in or was imported before";
const KNOWN_PERSON: &str = "a person of the class's school who is taken in or was imported before";

impl<'r> Planner<'r> {
    /// Enrols students and assigns teachers.
    pub fn enrolments(&mut self) {
        let roster = self.roster;
        let kinds: HashMap<&str, (ClassKind, &[String])> = roster
            .classes
            .iter()
            .map(|class| (class.source_id.as_str(), (class.kind, class.terms.as_slice())))
            .collect();
        for row in roster.enrolments.iter().filter(|row| row.status == Status::Active) {
            let Some((book, class)) = self.find_class(&row.class) else {
                self.refuse_reference(&row.at, Table::Classes, "classSourcedId", &row.class, KNOWN_CLASS);
                continue;
            };
            let (kind, terms) = kinds.get(row.class.as_str()).copied().unwrap_or((ClassKind::Scheduled, &[]));
            match row.role {
                EnrolmentRole::Student => self.enrol(row, book, class, terms),
                EnrolmentRole::Teacher => self.assign(row, book, class, kind),
                EnrolmentRole::Administrator | EnrolmentRole::Proctor => {
                    let taken = "left out: only students and teachers belong to a class here";
                    self.remarks.left_out(&row.at, "role", &row.user, taken);
                }
            }
        }
    }

    fn enrol(&mut self, row: &Enrolment, book: usize, class: usize, terms: &[String]) {
        let Some(student) = self.student_at(book, &row.user) else {
            self.refuse_reference(&row.at, Table::Users, "userSourcedId", &row.user, KNOWN_PERSON);
            return;
        };
        let first_day = row.begin.or_else(|| self.first_day(terms));
        let plain = self.plain();
        let rows = &mut self.books[book];
        let class = rows.classes.now(class);
        let (class_id, student_id, year_id) = (class.id, rows.students.now(student).id, class.year_id);
        let end = row.end.and_then(|end| end.pred_opt());
        let source = Some(&row.source_id).filter(|_| !plain);
        let by_source = source.and_then(|source| rows.by.enrolment_source.get(source).copied());
        let pair = rows.by.enrolments_pair.entry((class_id, student_id)).or_default();
        let enrolments = &rows.enrolments;
        let by_pair = || {
            let of_pair = || pair.iter().copied().map(|place| (place, enrolments.now(place)));
            let same_day = of_pair().find(|(_, known)| row.begin == Some(known.start_date));
            let open = of_pair().find(|(_, known)| row.begin.is_none() && known.end_date.is_none());
            // Without a day of its own the row means the time that is stored, ended or not.
            let any = of_pair().find(|_| row.begin.is_none());
            same_day.or(open).or(any).map(|(place, _)| place)
        };
        if let Some(place) = by_source.or_else(by_pair) {
            let known = rows.enrolments.meet(place, &row.at);
            (known.class_id, known.student_id) = (class_id, student_id);
            known.start_date = row.begin.unwrap_or(known.start_date);
            known.end_date = end.or(known.end_date);
            if let Some(source) = source {
                known.source_id = Some(source.clone());
                rows.by.enrolment_source.insert(source.clone(), place);
            }
            return;
        }
        let year =
            rows.sessions.iter().find(|(_, session)| session.id == year_id).map(|(_, session)| session.start_date);
        let start = first_day.or(year).unwrap_or(self.frame.today);
        let known = enrolments::Model {
            id: EnrolmentId::new(),
            school_id: rows.id,
            class_id,
            student_id,
            start_date: start.min(end.unwrap_or(NaiveDate::MAX)),
            end_date: end,
            source_id: source.cloned(),
            version: 1,
        };
        let place = rows.enrolments.add(known, &row.at);
        pair.push(place);
        if let Some(source) = source {
            rows.by.enrolment_source.insert(source.clone(), place);
        }
    }

    /// The student of the school that the files mean.
    pub fn student_at(&self, book: usize, user: &str) -> Option<usize> {
        let by = &self.books[book].by;
        if self.plain() { by.student_number.get(user).copied() } else { by.student_source.get(user).copied() }
    }

    fn assign(&mut self, row: &Enrolment, book: usize, class: usize, kind: ClassKind) {
        let rows = &mut self.books[book];
        let Some(teacher) = rows.by.staff_source.get(&row.user).copied() else {
            self.refuse_reference(&row.at, Table::Users, "userSourcedId", &row.user, KNOWN_PERSON);
            return;
        };
        let staff_id = rows.staff.now(teacher).id;
        if kind == ClassKind::Homeroom {
            let class = &mut rows.classes.list[class].now;
            if class.homeroom_staff_id.is_none() || (row.primary && class.homeroom_staff_id != Some(staff_id)) {
                class.homeroom_staff_id = Some(staff_id);
            }
        }
        let Some(course) = rows.by.course_source.get(&row.class).copied() else { return };
        let course_id: CourseId = rows.courses.now(course).id;
        if let Some(place) = rows.by.teaching_pair.get(&(course_id, staff_id)).copied() {
            rows.teachings.meet(place, &row.at);
            return;
        }
        let teaching = teachings::Model { id: TeachingId::new(), school_id: rows.id, course_id, staff_id, version: 1 };
        let place = rows.teachings.add(teaching, &row.at);
        rows.by.teaching_pair.insert((course_id, staff_id), place);
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
