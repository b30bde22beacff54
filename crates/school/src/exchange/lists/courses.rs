//! A list of courses: which subject is taught to which class, and by whom.

use exchange::{CourseLine, List, NoteKind, Place};
use serde_json::json;
use store::fold;
use store::ids::{ClassId, CourseId, StaffId, SubjectId};
use words::faults::exchange::{expected, taken};

use super::Refused;
use super::people::People;
use crate::exchange::plan::Planner;
use crate::exchange::report::{ImportedChange, ImportedField};
use crate::people::full_name;

/// The most teachers of a course.
const MOST_TEACHERS: usize = 20;

/// A course as all rows together say it.
struct Said {
    class: ClassId,
    subject: SubjectId,
    teachers: Vec<StaffId>,
    at: Place,
}

impl Planner<'_> {
    pub(super) fn list_of_courses(&mut self, book: usize, list: &List, rows: &[CourseLine]) {
        let people = People::of_staff(&self.books[book].staff);
        let mut said: Vec<Said> = Vec::new();
        for row in rows {
            if let Err(why) = self.course_said(book, list, &people, row, &mut said) {
                self.refuse_row(list, &row.at, why);
            }
        }
        for course in said {
            let place = self.books[book].course_of(course.class, course.subject, &course.at);
            self.teachers_become(book, place, &course);
        }
    }

    /// Several rows of one course name its teachers together.
    fn course_said(
        &mut self,
        book: usize,
        list: &List,
        people: &People,
        row: &CourseLine,
        said: &mut Vec<Said>,
    ) -> Result<(), Refused> {
        let class = self.class_named(book, &row.class)?;
        let class = self.books[book].classes.now(class).id;
        let mut teachers = self.teachers_named(book, people, &row.teachers)?;
        let subject = self.subject_named(book, list.header("subject"), &row.subject, &row.at);
        match said.iter_mut().find(|known| (known.class, known.subject) == (class, subject)) {
            Some(known) => {
                teachers.retain(|teacher| !known.teachers.contains(teacher));
                if known.teachers.len() + teachers.len() > MOST_TEACHERS {
                    let expected = expected::too_many_teachers(MOST_TEACHERS.to_string());
                    return Err(Refused::of("teachers", &row.teachers, expected));
                }
                known.teachers.extend(teachers);
            }
            None => said.push(Said { class, subject, teachers, at: row.at.clone() }),
        }
        Ok(())
    }

    /// Everybody whom a cell names, several with `;`, `/`, `&` or a comma between.
    fn teachers_named(&self, book: usize, people: &People, cell: &str) -> Result<Vec<StaffId>, Refused> {
        let rows = &self.books[book];
        let one = |text: &str| rows.staff_meant(people, "teachers", text, self.frame.today);
        let parts = |text: &str, marks: &[char]| -> Vec<String> {
            text.split(marks).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        };
        let mut found: Vec<usize> = Vec::new();
        for part in parts(cell, &[';', '/', '|', '&', '、', '；', '؛']) {
            match one(&part) {
                Ok(place) => found.push(place),
                // "Otieno, Ben" is one, "Otieno, Rao" are two.
                Err(why) => match parts(&part, &[',', '，', '،']).as_slice() {
                    [_] | [] => return Err(why),
                    several => {
                        for each in several {
                            found.push(one(each)?);
                        }
                    }
                },
            }
        }
        let mut teachers: Vec<StaffId> = Vec::new();
        for id in found.into_iter().map(|place| rows.staff.now(place).id) {
            if !teachers.contains(&id) {
                teachers.push(id);
            }
        }
        if teachers.len() > MOST_TEACHERS {
            return Err(Refused::of("teachers", cell, expected::too_many_teachers(MOST_TEACHERS.to_string())));
        }
        Ok(teachers)
    }

    /// The subject of this title or code.
    pub(super) fn subject_known(&self, book: usize, named: &str) -> Option<usize> {
        let rows = &self.books[book];
        let wanted = fold(named);
        let titled = rows.by.subject_title.get(&wanted).copied();
        titled.or_else(|| {
            let code = |subject: &store::entities::subjects::Model| subject.code.as_deref().map(fold);
            let mut kept = rows.subjects.iter().filter(|(_, row)| row.deleted_at.is_none());
            kept.find(|(_, row)| code(row).as_ref() == Some(&wanted)).map(|(place, _)| place)
        })
    }

    /// The same, made where there is none.
    pub(super) fn subject_named(&mut self, book: usize, header: &str, named: &str, at: &Place) -> SubjectId {
        let place = match self.subject_known(book, named) {
            Some(place) => {
                self.books[book].subjects.meet(place, at);
                place
            }
            None => {
                self.remarks.told(NoteKind::Doubt, at, header, named, taken::new_subject());
                self.put_subject(book, named, None, at)
            }
        };
        self.books[book].subjects.now(place).id
    }

    /// The teachers of a course become those of the list, if it names any. Who has left stays on record.
    fn teachers_become(&mut self, book: usize, course: usize, said: &Said) {
        if said.teachers.is_empty() {
            return;
        }
        let today = self.frame.today;
        let rows = &mut self.books[book];
        let id: CourseId = rows.courses.now(course).id;
        let staff = |id: StaffId| rows.staff.iter().find(|(_, row)| row.id == id).map(|(_, row)| row);
        let there = |id: StaffId| {
            staff(id).is_some_and(|row| row.deleted_at.is_none() && row.last_day.is_none_or(|last| last >= today))
        };
        let held: Vec<(usize, StaffId)> = rows
            .teachings
            .iter()
            .filter(|(_, row)| row.course_id == id && there(row.staff_id))
            .map(|(place, row)| (place, row.staff_id))
            .collect();
        let names = |ids: &mut dyn Iterator<Item = StaffId>| {
            let mut names: Vec<String> =
                ids.filter_map(staff).map(|row| full_name(&row.given_name, &row.family_name)).collect();
            names.sort();
            names.join("; ")
        };
        let before = names(&mut held.iter().map(|(_, id)| *id));
        let after = names(&mut said.teachers.iter().copied());
        let gone: Vec<usize> =
            held.iter().filter(|(_, id)| !said.teachers.contains(id)).map(|(place, _)| *place).collect();
        for place in gone {
            let kept = &mut rows.teachings.list[place];
            (kept.deleted, kept.gone) = (true, true);
        }
        for teacher in &said.teachers {
            rows.teach(id, *teacher, &said.at);
        }
        if before != after && rows.courses.list[course].stored.is_some() {
            let title = |of: Option<&str>| of.unwrap_or_default().to_owned();
            let class = rows.by.class_id.get(&said.class).map(|place| rows.classes.now(*place).title.as_str());
            let subject =
                rows.subjects.iter().find(|(_, row)| row.id == said.subject).map(|(_, row)| row.title.as_str());
            self.remarks.changes.push(ImportedChange {
                kind: "courses".to_owned(),
                name: format!("{} · {}", title(class), title(subject)),
                file: said.at.file.to_string(),
                line: said.at.line,
                fields: vec![ImportedField {
                    field: "teachers".to_owned(),
                    before: json!(before),
                    after: json!(after),
                }],
            });
        }
    }
}
