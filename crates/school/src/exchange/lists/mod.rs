//! Plain lists of other kinds than students, compared with what is stored. Their rows say who is meant by number, e-mail
//! address or name; where several are called so, nobody is guessed: the row is refused, and says what tells them apart.

mod accounts;
mod attendance;
mod classes;
mod courses;
mod enrolments;
mod guardians;
mod homes_of_marks;
mod marks;
mod people;
mod staff;
mod years;

use exchange::{List, ListRows, NamedYear, Place};
use store::ids::AcademicSessionId;
use words::Message;
use words::faults::exchange::expected;

pub(super) use accounts::{AccountWish, NewAccounts, hand_out};

use super::plan::Planner;

/// Why a row is refused: of which field, what was found, and what would have been taken.
struct Refused {
    field: &'static str,
    found: String,
    expected: Message,
}

impl Refused {
    fn of(field: &'static str, found: &str, expected: Message) -> Self {
        Self { field, found: found.to_owned(), expected }
    }
}

impl Planner<'_> {
    /// Compares a list with the school that the person works in.
    pub fn list(&mut self, list: &List) {
        let Some(book) = self.chosen else { return };
        match &list.rows {
            ListRows::Staff(rows) => self.list_of_staff(book, list, rows),
            ListRows::Classes(rows) => self.list_of_classes(book, list, rows),
            ListRows::Courses(rows) => self.list_of_courses(book, list, rows),
            ListRows::Enrolments(rows) => self.list_of_enrolments(book, list, rows),
            ListRows::Guardians(rows) => self.list_of_guardians(book, list, rows),
            ListRows::Marks(rows) => self.list_of_marks(book, list, rows),
            ListRows::Attendance(rows) => self.list_of_attendance(book, list, rows),
        }
    }

    /// Refuses a row by the column as the file has it: names may be in one or in two.
    fn refuse_row(&mut self, list: &List, at: &Place, why: Refused) {
        let others: &[&str] = match why.field {
            "number" | "full_name" => &["full_name", "given", "family"],
            "guardian_name" => &["guardian_given", "guardian_family"],
            _ => &[],
        };
        let field = std::iter::once(why.field).chain(others.iter().copied()).find(|field| list.has(field));
        self.remarks.refuse(at, list.header(field.unwrap_or(why.field)), &why.found, why.expected);
    }

    /// The class of this year that a row names by its title.
    fn class_named(&mut self, book: usize, title: &str) -> Result<usize, Refused> {
        let year = self.year_of(book, &[]);
        let found = self.books[book].class_titled(year, title);
        found.ok_or_else(|| Refused::of("class", title, expected::known_title()))
    }

    /// The year of a class that a row names, this one where it names none.
    fn year_of_class(&mut self, book: usize, year: &NamedYear, at: &Place) -> Result<AcademicSessionId, Refused> {
        match year.title.as_str() {
            "" => Ok(self.year_of(book, &[])),
            _ => self.year_said(book, year, None, at),
        }
    }

    /// The class of the year that a row names.
    fn class_in_year(&mut self, book: usize, (title, year): (&str, &NamedYear), at: &Place) -> Result<usize, Refused> {
        if year.title.is_empty() {
            return self.class_named(book, title);
        }
        let year = self.year_of_class(book, year, at)?;
        let rows = &self.books[book];
        let of_year = rows.session(year).map_or("", |year| year.title.as_str());
        rows.class_titled(year, title).ok_or_else(|| Refused::of("class", title, expected::title_in_year(of_year)))
    }
}
