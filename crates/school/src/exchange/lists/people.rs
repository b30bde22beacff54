//! Who is meant by a number, an e-mail address or a name.

use std::collections::HashMap;

use chrono::NaiveDate;
use exchange::{NamedStudent, same_key};
use store::entities::{staff, students};
use store::fold;
use words::faults::exchange::expected;

use super::Refused;
use crate::exchange::book::Book;
use crate::exchange::rows::Rows;

/// The most people that a refusal names.
const NAMED: usize = 5;

/// The people of a school, by what they are called.
#[derive(Default)]
pub(super) struct People {
    numbers: HashMap<String, Vec<usize>>,
    emails: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    families: HashMap<String, Vec<usize>>,
}

impl People {
    /// The staff who are there.
    pub fn of_staff(rows: &Rows<staff::Model>) -> Self {
        let mut people = Self::default();
        for (place, row) in rows.iter().filter(|(_, row)| row.deleted_at.is_none()) {
            people.add_staff(place, row);
        }
        people
    }

    pub fn add_staff(&mut self, place: usize, row: &staff::Model) {
        let texts = [row.number.as_deref(), row.email.as_deref()].map(Option::unwrap_or_default);
        self.add(place, texts, [&row.given_name, &row.family_name]);
    }

    /// The students who are there.
    pub fn of_students(rows: &Rows<students::Model>) -> Self {
        let mut people = Self::default();
        for (place, row) in rows.iter().filter(|(_, row)| row.deleted_at.is_none()) {
            people.add(
                place,
                [&row.number, row.email.as_deref().unwrap_or_default()],
                [&row.given_name, &row.family_name],
            );
        }
        people
    }

    fn add(&mut self, place: usize, [number, email]: [&str; 2], [given, family]: [&str; 2]) {
        let put = |index: &mut HashMap<String, Vec<usize>>, key: String| {
            let places = index.entry(key).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        };
        if !number.is_empty() {
            put(&mut self.numbers, same_key(number));
        }
        if !email.is_empty() {
            put(&mut self.emails, fold(email));
        }
        put(&mut self.names, name_key(&[given, family]));
        if !family.is_empty() {
            put(&mut self.families, name_key(&[family]));
        }
    }

    pub fn numbered(&self, number: &str) -> &[usize] {
        self.numbers.get(&same_key(number)).map_or(&[], Vec::as_slice)
    }

    pub fn with_email(&self, email: &str) -> &[usize] {
        self.emails.get(&fold(email)).map_or(&[], Vec::as_slice)
    }

    pub fn called(&self, given: &str, family: &str) -> &[usize] {
        self.names.get(&name_key(&[given, family])).map_or(&[], Vec::as_slice)
    }

    /// Whom a text means: a number, an e-mail address, a whole name in either order, or a family name.
    fn meant(&self, text: &str) -> &[usize] {
        let found = [self.numbered(text), self.with_email(text), self.called(text, "")];
        let family = self.families.get(&name_key(&[text])).map_or(&[][..], Vec::as_slice);
        found.into_iter().chain([family]).find(|places| !places.is_empty()).unwrap_or_default()
    }
}

/// The words of a name in an order of their own, so that "Otieno, Ben" is Ben Otieno.
fn name_key(names: &[&str]) -> String {
    let text = fold(&names.join(" "));
    let mut words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

impl Book {
    /// The member of staff whom a text means. Who has left by the day is nobody.
    pub(super) fn staff_meant(
        &self,
        people: &People,
        field: &'static str,
        text: &str,
        today: NaiveDate,
    ) -> Result<usize, Refused> {
        let there = |place: &&usize| self.staff.now(**place).last_day.is_none_or(|last| last >= today);
        let found: Vec<usize> = people.meant(text).iter().filter(there).copied().collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Refused::of(field, text, expected::known_staff())),
            several => Err(Refused::of(field, text, expected::one_of_staff(self.staff_told_apart(several)))),
        }
    }

    /// What tells these apart.
    pub(super) fn staff_told_apart(&self, places: &[usize]) -> String {
        let told = places.iter().take(NAMED).map(|place| {
            let row = self.staff.now(*place);
            let name = crate::people::full_name(&row.given_name, &row.family_name);
            let apart = row.number.as_deref().or(row.email.as_deref()).or(row.job_title.as_deref());
            apart.map_or_else(|| name.clone(), |apart| format!("{name} {apart}"))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// The student whom a row names: by the number, else by the name, with the birth date where it has one.
    pub(super) fn student_meant(&self, people: &People, said: &NamedStudent) -> Result<usize, Refused> {
        if !said.number.is_empty() {
            let found = people.numbered(&said.number).first().copied();
            return found.ok_or_else(|| Refused::of("number", &said.number, expected::known_student()));
        }
        let name = crate::people::full_name(&said.given, &said.family);
        let born = |place: &&usize| match (said.birth_date, self.students.now(**place).birth_date) {
            (Some(said), Some(stored)) => said == stored,
            _ => true,
        };
        let found: Vec<usize> = people.called(&said.given, &said.family).iter().filter(born).copied().collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Refused::of("full_name", &name, expected::known_student())),
            several => {
                let numbers: Vec<&str> =
                    several.iter().take(NAMED).map(|place| self.students.now(*place).number.as_str()).collect();
                Err(Refused::of("full_name", &name, expected::one_of_students(numbers.join(", "))))
            }
        }
    }
}
