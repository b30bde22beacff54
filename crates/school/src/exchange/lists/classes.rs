//! A list of classes: homerooms and groups of this year or the one that a row names, known again by their titles.

use std::collections::HashMap;

use exchange::{Class, ClassKind, ClassLine, Home, List, ListedClass, Status};
use store::entities::ClassKind as Kind;
use words::faults::exchange::expected;

use super::Refused;
use super::people::People;
use crate::exchange::plan::Planner;

impl Planner<'_> {
    pub(super) fn list_of_classes(&mut self, book: usize, list: &List, rows: &[ClassLine]) {
        let people = People::of_staff(&self.books[book].staff);
        let mut seen: HashMap<usize, u32> = HashMap::new();
        for row in rows {
            match self.put_class_line(book, &people, row, &seen) {
                Ok(place) => drop(seen.insert(place, row.at.line)),
                Err(why) => self.refuse_row(list, &row.at, why),
            }
        }
    }

    fn put_class_line(
        &mut self,
        book: usize,
        people: &People,
        row: &ClassLine,
        seen: &HashMap<usize, u32>,
    ) -> Result<usize, Refused> {
        let year = self.year_of_class(book, &row.year, &row.at)?;
        let known = self.books[book].class_titled(year, &row.title);
        if let Some(line) = known.and_then(|place| seen.get(&place)) {
            return Err(Refused::of("class", &row.title, expected::class_once(line.to_string())));
        }
        let wanted = row.kind.map(|kind| match kind {
            ListedClass::Homeroom => Kind::Homeroom,
            ListedClass::Group => Kind::Group,
        });
        let held = known.map(|place| self.books[book].classes.now(place).kind);
        // Registers and homerooms hang on it.
        if let Some((wanted, _)) = wanted.zip(held).filter(|(wanted, held)| wanted != held) {
            let found = if wanted == Kind::Group { "group" } else { "homeroom" };
            return Err(Refused::of("class_kind", found, expected::kind_of_class()));
        }
        let kind = held.or(wanted).unwrap_or_default();
        let teacher = match row.teacher.as_str() {
            "" => None,
            named if kind == Kind::Group => {
                return Err(Refused::of("homeroom_teacher", named, expected::no_class_teacher()));
            }
            named => {
                let rows = &self.books[book];
                let place = rows.staff_meant(people, "homeroom_teacher", named, self.frame.today)?;
                Some(rows.staff.now(place).id)
            }
        };
        let place = self.put_class_in(book, &of_list(row), (year, &row.title), known);
        let class = &mut self.books[book].classes.list[place].now;
        class.kind = kind;
        class.places = row.places.or(class.places);
        class.homeroom_staff_id = teacher.or(class.homeroom_staff_id);
        Ok(place)
    }
}

fn of_list(row: &ClassLine) -> Class {
    Class {
        source_id: row.title.clone(),
        status: Status::Active,
        title: row.title.clone(),
        code: String::new(),
        kind: ClassKind::Homeroom,
        course: None,
        school: None,
        terms: Vec::new(),
        grades: row.grades.clone(),
        subjects: Vec::new(),
        location: row.room.clone(),
        home: Home::Unsaid,
        at: row.at.clone(),
    }
}
