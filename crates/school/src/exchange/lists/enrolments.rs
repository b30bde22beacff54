//! A list of enrolments: which student is in which class, from when to when.

use chrono::NaiveDate;
use exchange::{Enrolment, EnrolmentLine, EnrolmentRole, List, Status};
use store::entities::enrolments;
use words::faults::exchange::expected;

use super::Refused;
use super::people::People;
use super::years::span_of;
use crate::exchange::plan::Planner;

impl Planner<'_> {
    pub(super) fn list_of_enrolments(&mut self, book: usize, list: &List, rows: &[EnrolmentLine]) {
        let people = People::of_students(&self.books[book].students);
        for row in rows {
            if let Err(why) = self.put_enrolment_line(book, &people, row) {
                self.refuse_row(list, &row.at, why);
            }
        }
    }

    fn put_enrolment_line(&mut self, book: usize, people: &People, row: &EnrolmentLine) -> Result<(), Refused> {
        let student = self.books[book].student_meant(people, &row.student)?;
        let class = self.class_in_year(book, (&row.class, &row.year), &row.at)?;
        self.day_of_year(book, class, "first_day", row.first_day)?;
        self.day_of_year(book, class, "last_day", row.last_day)?;
        let rows = &self.books[book];
        let (class_id, student) = (rows.classes.now(class).id, rows.students.now(student));
        let said = Enrolment {
            source_id: String::new(),
            status: Status::Active,
            class: row.class.clone(),
            school: None,
            user: student.number.clone(),
            role: EnrolmentRole::Student,
            primary: false,
            begin: row.first_day,
            end: row.last_day.and_then(|last| last.succ_opt()),
            at: row.at.clone(),
        };
        let pair = (class_id, student.id);
        let stored = self.stored_enrolment(book, &said, None, pair).or_else(|| {
            // A time with other days that it shares days with is the same one, corrected.
            let of_pair = rows.by.enrolments_pair.get(&pair).map_or(&[][..], Vec::as_slice).iter().copied();
            of_pair.clone().find(|place| meets(rows.enrolments.now(*place), row.first_day, row.last_day))
        });
        let of_year = rows.session(rows.classes.now(class).year_id);
        let over = of_year.filter(|year| year.end_date < self.frame.today).map(span_of);
        match stored {
            // A time of a year that is over ended when it did.
            Some(place) if over.is_some() && row.first_day.is_none() && row.last_day.is_none() => {
                self.books[book].enrolments.meet(place, &row.at);
            }
            None if row.first_day.is_none()
                && let Some((first, last)) = over
                && self.homeroom_free_from(book, class, pair.1).is_some() =>
            {
                let expected = expected::day_of_year(first.to_string(), last.to_string());
                return Err(Refused::of("first_day", "", expected));
            }
            Some(place) if row.first_day.is_none() && row.last_day.is_none() => {
                self.meet_enrolment(&said, book, place, pair, false);
            }
            Some(place) => {
                let kept = self.books[book].enrolments.meet(place, &row.at);
                kept.start_date = row.first_day.unwrap_or(kept.start_date);
                kept.end_date = row.last_day.or(kept.end_date);
                if row.first_day.is_some() && kept.end_date.is_some_and(|end| end < kept.start_date) {
                    kept.end_date = None;
                }
            }
            None => self.new_enrolment(&said, book, class, pair.1, &[]),
        }
        Ok(())
    }

    /// Refuses a day outside the year of a class.
    fn day_of_year(
        &self,
        book: usize,
        class: usize,
        field: &'static str,
        day: Option<NaiveDate>,
    ) -> Result<(), Refused> {
        let rows = &self.books[book];
        let year = rows.session(rows.classes.now(class).year_id);
        match day.zip(year) {
            Some((day, year)) if day < year.start_date || day > year.end_date => {
                let expected = expected::day_of_year(year.start_date.to_string(), year.end_date.to_string());
                Err(Refused::of(field, &day.to_string(), expected))
            }
            _ => Ok(()),
        }
    }
}

fn meets(known: &enrolments::Model, first: Option<NaiveDate>, last: Option<NaiveDate>) -> bool {
    last.is_none_or(|last| known.start_date <= last)
        && first.is_none_or(|first| known.end_date.is_none_or(|end| end >= first))
}
