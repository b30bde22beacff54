//! What the files call what has no row of its own here, kept so that an export gives it back: students' times in the courses
//! of a homeroom, who teaches, roles, and the OneRoster course of a class.

use std::collections::HashSet;

use chrono::NaiveDate;
use exchange::{Class, ClassKind, Enrolment, Format, Place, Status, Table};
use store::entities::{RosterIdKind, roster_ids};
use store::ids::{ClassId, CourseId, GuardianId, RosterIdId, StaffId, StudentId};

use super::persons::Group;
use super::plan::Planner;

/// What an identifier is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct OfId {
    kind: RosterIdKind,
    class: Option<ClassId>,
    course: Option<CourseId>,
    student: Option<StudentId>,
    staff: Option<StaffId>,
    guardian: Option<GuardianId>,
}

impl OfId {
    fn new(kind: RosterIdKind) -> Self {
        Self { kind, class: None, course: None, student: None, staff: None, guardian: None }
    }

    /// The OneRoster course of a homeroom.
    pub fn course_of_homeroom(class: ClassId) -> Self {
        Self { class: Some(class), ..Self::new(RosterIdKind::Course) }
    }

    /// The OneRoster course of a course, where it is another one than its subject's.
    pub fn course_of(course: CourseId) -> Self {
        Self { course: Some(course), ..Self::new(RosterIdKind::Course) }
    }

    /// A student's time in a course.
    pub fn taker(course: CourseId, student: StudentId) -> Self {
        Self { course: Some(course), student: Some(student), ..Self::new(RosterIdKind::Enrolment) }
    }

    /// Somebody teaches a course.
    pub fn teacher(course: CourseId, staff: StaffId) -> Self {
        Self { course: Some(course), staff: Some(staff), ..Self::new(RosterIdKind::Enrolment) }
    }

    /// Somebody is the class teacher.
    pub fn class_teacher(class: ClassId, staff: StaffId) -> Self {
        Self { class: Some(class), staff: Some(staff), ..Self::new(RosterIdKind::Enrolment) }
    }

    pub fn role_of_student(student: StudentId) -> Self {
        Self { student: Some(student), ..Self::new(RosterIdKind::Role) }
    }

    pub fn role_of_staff(staff: StaffId) -> Self {
        Self { staff: Some(staff), ..Self::new(RosterIdKind::Role) }
    }

    pub fn role_of_guardian(guardian: GuardianId) -> Self {
        Self { guardian: Some(guardian), ..Self::new(RosterIdKind::Role) }
    }
}

/// What a stored identifier is of.
pub(super) fn of_id(row: &roster_ids::Model) -> OfId {
    OfId {
        kind: row.kind,
        class: row.class_id,
        course: row.course_id,
        student: row.student_id,
        staff: row.staff_id,
        guardian: row.guardian_id,
    }
}

impl Planner<'_> {
    /// Keeps the only identifier of something; of several that the files have for it the first one.
    pub fn keep_id(&mut self, book: usize, of: OfId, source: &str, at: &Place) {
        let rows = &mut self.books[book];
        let Some(place) = rows.by.ids.get(&of).and_then(|places| places.first()).copied() else {
            return self.add_id(book, of, source, None, at);
        };
        if rows.ids.list[place].at.is_none() {
            source.clone_into(&mut rows.ids.meet(place, at).source_id);
        }
    }

    /// Keeps what the files call a student's time in a course, of which there may be several.
    pub fn keep_taker_id(&mut self, book: usize, of: OfId, row: &Enrolment) {
        let rows = &mut self.books[book];
        let places = rows.by.ids.get(&of).map_or(&[][..], Vec::as_slice);
        match places.iter().copied().find(|place| rows.ids.now(*place).source_id == row.source_id) {
            Some(place) => rows.ids.meet(place, &row.at).start_date = row.begin,
            None => self.add_id(book, of, &row.source_id, row.begin, &row.at),
        }
    }

    fn add_id(&mut self, book: usize, of: OfId, source: &str, start_date: Option<NaiveDate>, at: &Place) {
        let rows = &mut self.books[book];
        let row = roster_ids::Model {
            id: RosterIdId::new(),
            school_id: rows.id,
            kind: of.kind,
            source_id: source.to_owned(),
            class_id: of.class,
            course_id: of.course,
            student_id: of.student,
            staff_id: of.staff,
            guardian_id: of.guardian,
            start_date,
            version: 1,
        };
        let place = rows.ids.add(row, at);
        rows.by.ids.entry(of).or_default().push(place);
    }

    /// Keeps which OneRoster course a class of the files names, where its subject does not say so.
    pub fn keep_course_id(&mut self, book: usize, place: usize, class: &Class) {
        let Some(source) = class.course.as_deref().filter(|_| !self.plain()) else { return };
        let rows = &self.books[book];
        let of = match class.kind {
            ClassKind::Homeroom => OfId::course_of_homeroom(rows.classes.now(place).id),
            ClassKind::Scheduled => {
                let Some(course) = rows.by.course_source.get(&class.source_id) else { return };
                let course = rows.courses.now(*course);
                let own = rows.subjects.iter().find(|(_, subject)| subject.id == course.subject_id);
                let of = OfId::course_of(course.id);
                let said = own.is_some_and(|(_, subject)| subject.source_id.as_deref() == Some(source));
                // One that was kept before gives way to what the files say now.
                if said && !rows.by.ids.contains_key(&of) {
                    return;
                }
                of
            }
        };
        self.keep_id(book, of, source, &class.at);
    }

    /// Keeps what the files call people's roles; only OneRoster 1.2 has identifiers for them.
    pub fn keep_role_ids(&mut self) {
        let roster = self.roster;
        if roster.format != Format::OneRoster12 {
            return;
        }
        for role in roster.roles.iter().filter(|role| role.status == Status::Active) {
            let Some(book) = self.book_near(role.org.as_deref()) else { continue };
            let rows = &self.books[book];
            let (by, user) = (&rows.by, &role.user);
            let of = match Group::of(role.role) {
                Group::Student => {
                    by.student_source.get(user).map(|at| OfId::role_of_student(rows.students.now(*at).id))
                }
                Group::Staff => by.staff_source.get(user).map(|at| OfId::role_of_staff(rows.staff.now(*at).id)),
                Group::Guardian => {
                    by.guardian_source.get(user).map(|at| OfId::role_of_guardian(rows.guardians.now(*at).id))
                }
            };
            if let Some(of) = of {
                self.keep_id(book, of, &role.source_id, &role.at);
            }
        }
    }

    /// Where the files hold all enrolments, an identifier of a student's time that they do not hold any more is of nothing.
    pub fn forget_ids(&mut self) {
        if !self.roster.whole.contains(&Table::Enrolments) {
            return;
        }
        for rows in &mut self.books {
            let met: HashSet<CourseId> =
                rows.courses.list.iter().filter(|kept| kept.at.is_some()).map(|kept| kept.now.id).collect();
            let of_time = |row: &roster_ids::Model| row.student_id.is_some() && row.kind == RosterIdKind::Enrolment;
            for kept in rows.ids.list.iter_mut().filter(|kept| kept.at.is_none() && of_time(&kept.now)) {
                if kept.now.course_id.is_some_and(|course| met.contains(&course)) {
                    (kept.deleted, kept.gone) = (true, true);
                }
            }
        }
    }
}
