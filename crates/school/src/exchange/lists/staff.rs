//! A list of staff: known again by number, e-mail address or name.

use std::collections::HashMap;

use exchange::{List, StaffLine, same_key};
use store::sort_name;
use words::faults::exchange::expected;

use super::people::People;
use super::{AccountWish, Refused};
use crate::exchange::persons::{names, new_staff};
use crate::exchange::plan::{Planner, keep_if_blank};
use crate::people::full_name;

impl Planner<'_> {
    pub(super) fn list_of_staff(&mut self, book: usize, list: &List, rows: &[StaffLine]) {
        let mut people = People::of_staff(&self.books[book].staff);
        let mut seen: HashMap<usize, u32> = HashMap::new();
        for row in rows {
            let known =
                self.known_staff(book, &people, row).and_then(|known| match known.and_then(|at| seen.get(&at)) {
                    Some(line) => Err(told_apart(row, *line)),
                    None => Ok(known),
                });
            match known.and_then(|known| self.put_staff_line(book, known, row)) {
                Ok(place) => {
                    seen.insert(place, row.at.line);
                    people.add_staff(place, self.books[book].staff.now(place));
                    self.wish_account(book, place, row);
                }
                Err(why) => self.refuse_row(list, &row.at, why),
            }
        }
    }

    /// Who of the staff a row means; none where it is somebody new.
    fn known_staff(&self, book: usize, people: &People, row: &StaffLine) -> Result<Option<usize>, Refused> {
        let rows = &self.books[book];
        let now = |place: usize| rows.staff.now(place);
        if let [one, ..] = people.numbered(&row.number) {
            return Ok(Some(*one));
        }
        let deleted = rows.by.staff_number.get(&same_key(&row.number)).copied().filter(|place| {
            let stored = now(*place);
            let same = sort_name(&stored.family_name, &stored.given_name) == sort_name(&row.family, &row.given);
            !row.number.is_empty() && stored.deleted_at.is_some() && same
        });
        if deleted.is_some() {
            return Ok(deleted);
        }
        let other = |place: usize| !row.number.is_empty() && now(place).number.is_some();
        match people.with_email(&row.email) {
            [one] if other(*one) => {
                let stored = now(*one);
                let name = full_name(&stored.given_name, &stored.family_name);
                return Err(Refused::of("email", &row.email, expected::other_email(name)));
            }
            [one] => return Ok(Some(*one)),
            [] => {}
            several => {
                let told = rows.staff_told_apart(several);
                return Err(Refused::of("email", &row.email, expected::one_of_staff(told)));
            }
        }
        let name = full_name(&row.given, &row.family);
        // Somebody of the same name with another number is another person.
        let called: Vec<usize> =
            people.called(&row.given, &row.family).iter().copied().filter(|place| !other(*place)).collect();
        match called.as_slice() {
            [] => Ok(None),
            [one] if !row.email.is_empty() && now(*one).email.is_some() => {
                Err(Refused::of("email", &row.email, expected::staff_number(name)))
            }
            [one] => Ok(Some(*one)),
            several => Err(Refused::of("number", &name, expected::one_of_staff(rows.staff_told_apart(several)))),
        }
    }

    fn put_staff_line(&mut self, book: usize, known: Option<usize>, row: &StaffLine) -> Result<usize, Refused> {
        let rows = &mut self.books[book];
        let last = known.and_then(|place| rows.staff.now(place).last_day);
        if let Some((first, last)) = row.first_day.zip(last).filter(|(first, last)| last < first) {
            let expected = expected::first_before_last(last.to_string());
            return Err(Refused::of("first_day", &first.to_string(), expected));
        }
        let place = known.unwrap_or_else(|| rows.staff.add(new_staff(rows.id), &row.at));
        let person = rows.staff.meet(place, &row.at);
        names(&mut person.given_name, &mut person.family_name, &mut person.sort_name, [&row.given, &row.family]);
        // A number that is only written in another way stays as people know it.
        if person.number.as_deref().map(same_key) != Some(same_key(&row.number)) {
            keep_if_blank(&mut person.number, &row.number);
        }
        keep_if_blank(&mut person.native_name, &row.native_name);
        keep_if_blank(&mut person.email, &row.email);
        keep_if_blank(&mut person.phone, &row.phone);
        keep_if_blank(&mut person.job_title, &row.job_title);
        person.first_day = row.first_day.or(person.first_day);
        person.deleted_at = None;
        if let Some(number) = &person.number {
            rows.by.staff_number.insert(same_key(number), place);
        }
        Ok(place)
    }

    /// A row with a user name or a role wants an account.
    fn wish_account(&mut self, book: usize, place: usize, row: &StaffLine) {
        if row.username.is_empty() && row.role.is_none() {
            return;
        }
        let rows = &mut self.books[book];
        let staff = rows.staff.now(place).id;
        rows.accounts.push(AccountWish { at: row.at.clone(), staff, username: row.username.clone(), role: row.role });
    }
}

/// The same person on two lines.
fn told_apart(row: &StaffLine, line: u32) -> Refused {
    let name = full_name(&row.given, &row.family);
    let (field, found) = match (row.number.as_str(), row.email.as_str()) {
        ("", "") => ("full_name", name.as_str()),
        ("", email) => ("email", email),
        (number, _) => ("number", number),
    };
    Refused::of(field, found, expected::person_once(line.to_string()))
}
