//! A list of guardians: brothers and sisters share one by name and telephone number, or by name and e-mail address.

use std::collections::HashMap;

use exchange::{GuardianLine, List};
use store::entities::guardians;
use store::{fold, sort_name};
use words::faults::exchange::expected;

use super::Refused;
use super::people::People;
use crate::exchange::book::Book;
use crate::exchange::persons::{names, new_guardian};
use crate::exchange::plan::{Planner, keep_if_blank};

/// The most guardians of a student.
const MOST: usize = 20;
/// A telephone number of fewer digits is an extension, which many share.
const LEAST_DIGITS: usize = 5;

/// The guardians of a school, by name with a telephone number or an e-mail address.
struct Known(HashMap<(String, String), Vec<usize>>);

impl Known {
    fn of(book: &Book) -> Self {
        let mut known = Self(HashMap::new());
        for (place, row) in book.guardians.iter().filter(|(_, row)| row.deleted_at.is_none()) {
            known.add(place, row);
        }
        known
    }

    fn add(&mut self, place: usize, row: &guardians::Model) {
        let name = sort_name(&row.family_name, &row.given_name);
        let phone = row.phone.as_deref().and_then(digits);
        for contact in [phone, row.email.as_deref().map(fold)].into_iter().flatten() {
            let places = self.0.entry((name.clone(), contact)).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }

    /// Those of a row's name and telephone number, else of its name and e-mail address.
    fn meant(&self, name: &str, row: &GuardianLine) -> &[usize] {
        let email = (!row.email.is_empty()).then(|| fold(&row.email));
        let found = |contact: Option<String>| self.0.get(&(name.to_owned(), contact?)).map(Vec::as_slice);
        found(digits(&row.phone)).or_else(|| found(email)).unwrap_or_default()
    }
}

/// The digits of a telephone number.
fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= LEAST_DIGITS).then_some(digits)
}

impl Planner<'_> {
    pub(super) fn list_of_guardians(&mut self, book: usize, list: &List, rows: &[GuardianLine]) {
        let people = People::of_students(&self.books[book].students);
        let mut known = Known::of(&self.books[book]);
        for row in rows {
            if let Err(why) = self.put_guardian_line(book, &people, &mut known, row) {
                self.refuse_row(list, &row.at, why);
            }
        }
    }

    fn put_guardian_line(
        &mut self,
        book: usize,
        people: &People,
        known: &mut Known,
        row: &GuardianLine,
    ) -> Result<(), Refused> {
        let rows = &mut self.books[book];
        let student = rows.student_meant(people, &row.student)?;
        let name = sort_name(&row.family, &row.given);
        let found = match rows.own_guardians(student, &name).as_slice() {
            [] => known.meant(&name, row).to_vec(),
            own => own.to_vec(),
        };
        let place = match found.as_slice() {
            [] if rows.by.guardianships_of.get(&rows.students.now(student).id).is_some_and(|all| all.len() >= MOST) => {
                let expected = expected::fewer_guardians(MOST.to_string());
                return Err(Refused::of("guardian_name", &name, expected));
            }
            [] => {
                let new = new_guardian(rows.id);
                let id = new.id;
                let place = rows.guardians.add(new, &row.at);
                rows.by.guardian_id.insert(id, place);
                place
            }
            [one] => *one,
            _ => {
                let shown = crate::people::full_name(&row.given, &row.family);
                return Err(Refused::of("guardian_name", &shown, expected::one_guardian()));
            }
        };
        let guardian = rows.guardians.meet(place, &row.at);
        names(&mut guardian.given_name, &mut guardian.family_name, &mut String::new(), [&row.given, &row.family]);
        // A number that is only written in another way stays as people know it.
        if guardian.phone.as_deref().and_then(digits).is_none_or(|held| digits(&row.phone) != Some(held)) {
            keep_if_blank(&mut guardian.phone, &row.phone);
        }
        keep_if_blank(&mut guardian.email, &row.email);
        guardian.deleted_at = None;
        let guardian = guardian.clone();
        known.add(place, &guardian);
        rows.tied(student, place, row);
        Ok(())
    }
}

impl Book {
    /// A student's own guardians of a name.
    fn own_guardians(&self, student: usize, name: &str) -> Vec<usize> {
        let ties = self.by.guardianships_of.get(&self.students.now(student).id).map_or(&[][..], Vec::as_slice);
        let own = ties.iter().filter_map(|tie| self.by.guardian_id.get(&self.guardianships.now(*tie).guardian_id));
        own.copied()
            .filter(|place| {
                let row = self.guardians.now(*place);
                row.deleted_at.is_none() && sort_name(&row.family_name, &row.given_name) == name
            })
            .collect()
    }

    /// What the guardian is to the student, and whether the school calls them first.
    fn tied(&mut self, student: usize, guardian: usize, row: &GuardianLine) {
        let word = if row.relation.is_empty() { "guardian" } else { &row.relation };
        let tie = self.tie(student, guardian, word, &row.at);
        let kept = &mut self.guardianships.list[tie].now;
        if !row.relation.is_empty() && fold(&kept.relationship) != fold(&row.relation) {
            kept.relationship.clone_from(&row.relation);
        }
        if row.primary == Some(true) {
            let student = kept.student_id;
            for other in self.by.guardianships_of.get(&student).cloned().unwrap_or_default() {
                self.guardianships.list[other].now.is_primary = other == tie;
            }
        }
    }
}
