//! The times at the school that follow from what the files say of a student: nobody is in a class before the first day at
//! the school, and whoever has left or is back by the files has left or is back from a day on.

use chrono::NaiveDate;
use exchange::Place;
use store::entities::{StayEntry, StudentStatus, enrolments, stays};
use store::ids::StudentId;
use words::faults::exchange::taken;

use super::book::Book;
use super::plan::Planner;
use super::rows::{Kept, whole_set};
use crate::people::stays::{exit_of, first_stay, repeat};

impl Planner<'_> {
    /// Brings the times at the school in step with statuses and classes, as the files leave them.
    pub fn stays(&mut self) {
        let (today, plain) = (self.frame.today, self.plain());
        for rows in &mut self.books {
            for place in 0..rows.students.list.len() {
                let student = rows.students.now(place).id;
                match rows.by.stays_of.get(&student).cloned() {
                    Some(own) => {
                        rows.stays_follow(place, own, today);
                        for (at, title) in rows.only_while_there(student) {
                            let column = if plain { "class" } else { "classSourcedId" };
                            self.remarks.left_out(&at, column, &title, taken::withdrawn());
                        }
                    }
                    None => rows.first_stay_is(place, today),
                }
            }
        }
    }
}

impl Book {
    /// The first time at the school of a student who has none.
    fn first_stay_is(&mut self, place: usize, today: NaiveDate) {
        let (first, last) = self.days_in_classes(self.students.now(place).id);
        let mut first = first.map_or(today, |first| first.min(today));
        let student = &mut self.students.list[place].now;
        if student.status != StudentStatus::Active {
            let left = left_on(last, today);
            (student.last_day, first) = (Some(left), first.min(left));
        }
        let stay = first_stay(student, first);
        self.stays.add(stay, &whole_set());
    }

    /// `own` are the places of the student's times, the latest last.
    fn stays_follow(&mut self, place: usize, mut own: Vec<usize>, today: NaiveDate) {
        let kept = &self.students.list[place];
        let changed = kept.stored.as_ref().is_none_or(|stored| stored.status != kept.now.status);
        let student = kept.now.clone();
        let (Some(&earliest), Some(&latest)) = (own.first(), own.last()) else { return };
        let (first_class, last_class) = self.days_in_classes(student.id);
        let earliest = &mut self.stays.list[earliest].now;
        earliest.start_date = first_class.map_or(earliest.start_date, |first| first.min(earliest.start_date));
        if !changed {
            return;
        }
        let left = self.stays.now(latest).end_date;
        let spans = |time: &enrolments::Model| {
            Some(time.start_date) <= left && time.end_date.is_none_or(|end| Some(end) > left)
        };
        if student.status == StudentStatus::Active && self.classes_of(student.id).any(|(_, kept)| spans(&kept.now)) {
            // The files say that the student has been in a class all the time.
            let time = &mut self.stays.list[latest].now;
            (time.end_date, time.exit_kind, time.exit_reason) = (None, None, None);
        } else if student.status == StudentStatus::Active {
            let back = self.begins_again(student.id, left).unwrap_or(today);
            let back = stays::Model {
                entry_kind: StayEntry::ReEnrolled,
                end_date: None,
                exit_kind: None,
                ..first_stay(&student, back)
            };
            own.push(self.stays.add(back, &whole_set()));
        } else {
            let left = left_on(last_class, today);
            let kept = &mut self.stays.list[latest];
            if kept.now.start_date > left && own.len() > 1 {
                // Was back for no whole day: has been away since the time before.
                (kept.deleted, kept.gone) = (true, true);
                own.pop();
            } else {
                (kept.now.end_date, kept.now.exit_kind) = (Some(left), Some(exit_of(student.status)));
                kept.now.start_date = kept.now.start_date.min(left);
            }
            self.end_open_classes(student.id, left);
        }
        if let Some(&latest) = own.last() {
            repeat(&mut self.students.list[place].now, &self.stays.list[latest].now, today);
        }
    }

    /// Leaves out the new times in classes of somebody who has left by then, and ends those that would go on after it;
    /// where in the files, and in which class, those are that were left out.
    fn only_while_there(&mut self, student: StudentId) -> Vec<(Place, String)> {
        let of = self.stays.list.iter().filter(|kept| kept.now.student_id == student && !kept.gone);
        let times: Vec<(NaiveDate, Option<NaiveDate>)> = match self.by.stays_of.get(&student) {
            Some(own) if own.iter().all(|place| self.stays.now(*place).end_date.is_none()) => return Vec::new(),
            _ => of.map(|kept| (kept.now.start_date, kept.now.end_date)).collect(),
        };
        let Some(latest) = times.iter().copied().max() else { return Vec::new() };
        let new: Vec<usize> = self
            .classes_of(student)
            .filter(|(_, kept)| kept.stored.is_none() && !kept.deleted)
            .map(|(at, _)| at)
            .collect();
        let mut left_out = Vec::new();
        for place in new {
            let time = &self.enrolments.list[place];
            let within = times
                .iter()
                .find(|(start, end)| *start <= time.now.start_date && end.is_none_or(|end| end >= time.now.start_date));
            let class = self.by.class_id.get(&time.now.class_id).map(|class| self.classes.now(*class).title.clone());
            let at = time.at.clone();
            let kept = &mut self.enrolments.list[place];
            match within {
                Some((_, Some(last))) => {
                    kept.now.end_date = Some(kept.now.end_date.map_or(*last, |end| end.min(*last)));
                }
                Some(_) => {}
                None if latest.1.is_some_and(|last| last < kept.now.start_date) => {
                    kept.deleted = true;
                    left_out.extend(at.map(|at| (at, class.unwrap_or_default())));
                }
                None => {}
            }
        }
        left_out
    }

    fn classes_of(&self, student: StudentId) -> impl Iterator<Item = (usize, &Kept<enrolments::Model>)> {
        let of = self.by.enrolments_of.get(&student).map_or(&[][..], Vec::as_slice).iter();
        of.map(|place| (*place, &self.enrolments.list[*place])).filter(|(_, kept)| !kept.gone)
    }

    /// The first day in any class, and the last one where all times in classes have ended.
    fn days_in_classes(&self, student: StudentId) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let first = self.classes_of(student).map(|(_, kept)| kept.now.start_date).min();
        let ends: Option<Vec<NaiveDate>> = self.classes_of(student).map(|(_, kept)| kept.now.end_date).collect();
        (first, ends.and_then(|ends| ends.into_iter().max()))
    }

    /// The first day in a class after the student had left.
    fn begins_again(&self, student: StudentId, left: Option<NaiveDate>) -> Option<NaiveDate> {
        self.classes_of(student).map(|(_, kept)| kept.now.start_date).filter(|start| Some(*start) > left).min()
    }

    fn end_open_classes(&mut self, student: StudentId, last: NaiveDate) {
        let open = self.classes_of(student).filter(|(_, kept)| kept.now.end_date.is_none()).map(|(place, _)| place);
        for place in open.collect::<Vec<_>>() {
            let time = &mut self.enrolments.list[place].now;
            time.end_date = Some(last.max(time.start_date));
        }
    }
}

/// The last day at the school of somebody who has left by the files: the last one in a class where all of them ended, else
/// yesterday.
fn left_on(last_class: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let yesterday = today.pred_opt().unwrap_or(today);
    last_class.map_or(yesterday, |last| last.min(yesterday))
}
