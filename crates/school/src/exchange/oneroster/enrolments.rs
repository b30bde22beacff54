//! Who is in which class: students on their days, less those on which they are exempted, and who teaches.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use exchange::{Enrolment, EnrolmentRole, Status};
use store::entities::exemptions;
use store::ids::{ClassId, CourseId, StaffId, StudentId};

use super::super::homes::gaps;
use super::super::kept_ids::OfId;
use super::classes::{Classes, Scheduled};
use super::people::People;
use super::{Going, day_after, fit, nowhere, own_or};

/// A student's time in a class.
struct Time {
    id: String,
    student: StudentId,
    first: NaiveDate,
    /// None: no end.
    last: Option<NaiveDate>,
}

impl Going<'_> {
    pub(super) fn enrolments(&mut self, classes: &Classes<'_>, people: &People) {
        let times = self.times(people);
        let mut exempted: HashMap<(CourseId, StudentId), Vec<&exemptions::Model>> = HashMap::new();
        for (_, row) in self.book.exemptions.iter() {
            exempted.entry((row.course_id, row.student_id)).or_default().push(row);
        }
        let mut taught: HashMap<CourseId, Vec<StaffId>> = HashMap::new();
        for (_, row) in self.book.teachings.iter().filter(|(_, row)| people.staff.contains_key(&row.staff_id)) {
            taught.entry(row.course_id).or_default().push(row.staff_id);
        }
        let none = Vec::new();
        for (class, id) in &classes.homerooms {
            for time in times.get(&class.id).unwrap_or(&none) {
                self.learns(id, &people.students[&time.student], time.id.clone(), (time.first, time.last));
            }
            if let Some(teacher) = class.homeroom_staff_id {
                let kept = self.kept_id(OfId::class_teacher(class.id, teacher));
                self.teaches(id, (teacher, people), kept, true);
            }
        }
        for row in &classes.scheduled {
            let mut given = HashSet::new();
            for time in times.get(&row.class.id).unwrap_or(&none) {
                let gaps = row.course.and_then(|course| exempted.get(&(course.id, time.student)));
                let student = people.students[&time.student].as_str();
                self.takes(row, (time, student), gaps.map_or(&[][..], Vec::as_slice), &mut given);
            }
            let teachers = row.course.and_then(|course| taught.get(&course.id));
            self.teachers(row, teachers.map_or(&[][..], Vec::as_slice), people);
        }
    }

    /// Everybody's times in every class; of somebody who has left only those that are over.
    fn times(&self, people: &People) -> HashMap<ClassId, Vec<Time>> {
        let mut times: HashMap<ClassId, Vec<Time>> = HashMap::new();
        let known = self.book.enrolments.iter().filter(|(_, row)| people.students.contains_key(&row.student_id));
        for (_, row) in known {
            let over = |end: NaiveDate| row.end_date.is_some_and(|last| day_after(last) <= end);
            if people.left.get(&row.student_id).is_some_and(|end| !over(*end)) {
                continue;
            }
            times.entry(row.class_id).or_default().push(Time {
                id: own_or(row.source_id.as_ref(), row.id),
                student: row.student_id,
                first: row.start_date,
                last: row.end_date,
            });
        }
        for of_class in times.values_mut() {
            of_class
                .sort_by(|a, b| (&people.students[&a.student], a.first).cmp(&(&people.students[&b.student], b.first)));
        }
        times
    }

    /// The days of a student in a course: those in its class without those on which the student is exempted.
    /// `given` are the identifiers of other times in the course.
    fn takes(
        &mut self,
        row: &Scheduled<'_>,
        (time, student): (&Time, &str),
        exempted: &[&exemptions::Model],
        given: &mut HashSet<String>,
    ) {
        let end = |last: Option<NaiveDate>| last.unwrap_or(NaiveDate::MAX);
        let held: Vec<_> = exempted.iter().map(|of| (of.start_date, end(of.end_date))).collect();
        let spans = gaps((time.first, end(time.last)), &held);
        for (number, (first, last)) in spans.into_iter().enumerate() {
            let id = match row.course.filter(|_| !row.is_class) {
                Some(course) => {
                    let id = self.id_of_time(&row.id, student, OfId::taker(course.id, time.student), first);
                    if given.contains(&id) { fit(format!("{id}|{first}")) } else { id }
                }
                None if number == 0 => time.id.clone(),
                None => fit(format!("{}|{first}", time.id)),
            };
            given.insert(id.clone());
            self.learns(&row.id, student, id, (first, Some(last).filter(|last| *last < NaiveDate::MAX)));
        }
    }

    /// What the other side called a student's time in a course of a homeroom: the last one that began by this day or on one
    /// that the files did not say, else the first one after it; of a time that it never knew a name of our own.
    fn id_of_time(&self, class: &str, student: &str, of: OfId, first: NaiveDate) -> String {
        let places = self.book.by.ids.get(&of).map_or(&[][..], Vec::as_slice);
        let kept = || places.iter().map(|place| self.book.ids.now(*place));
        let before = kept().filter(|row| row.start_date.is_none_or(|day| day <= first));
        let found = before.max_by_key(|row| (row.start_date, row.id));
        let found = found.or_else(|| kept().min_by_key(|row| (row.start_date, row.id)));
        found.map_or_else(|| fit(format!("{class}|{student}|student")), |row| fit(row.source_id.clone()))
    }

    fn learns(&mut self, class: &str, user: &str, id: String, (first, last): (NaiveDate, Option<NaiveDate>)) {
        self.roster.enrolments.push(Enrolment {
            source_id: id,
            status: Status::Active,
            class: class.to_owned(),
            school: Some(self.school.clone()),
            user: user.to_owned(),
            role: EnrolmentRole::Student,
            primary: false,
            begin: Some(first),
            end: last.map(day_after),
            at: nowhere(),
        });
    }

    /// Who teaches a course; of a group that nobody teaches, who leads it.
    fn teachers(&mut self, row: &Scheduled<'_>, taught: &[StaffId], people: &People) {
        let mut staff = taught.to_vec();
        if staff.is_empty() && row.is_class {
            staff.extend(row.class.homeroom_staff_id);
        }
        staff.sort_by_key(|id| people.staff.get(id));
        for id in staff {
            let kept = row.course.and_then(|course| self.kept_id(OfId::teacher(course.id, id)));
            self.teaches(&row.id, (id, people), kept, false);
        }
    }

    fn teaches(&mut self, class: &str, (staff, people): (StaffId, &People), kept: Option<String>, primary: bool) {
        let Some(user) = people.staff.get(&staff) else { return };
        self.roster.enrolments.push(Enrolment {
            source_id: kept.unwrap_or_else(|| fit(format!("{class}|{user}|teacher"))),
            status: Status::Active,
            class: class.to_owned(),
            school: Some(self.school.clone()),
            user: user.clone(),
            role: EnrolmentRole::Teacher,
            primary,
            begin: None,
            end: None,
            at: nowhere(),
        });
    }
}
