//! A list of attendance of former years: a student's days in the register of the homeroom in which the student was.

use std::collections::HashMap;

use chrono::NaiveDate;
use exchange::{AttendanceLine, List};
use store::entities::{AttendanceMeaning, MarkSource, attendance_codes, attendance_marks};
use store::fold;
use store::ids::{AttendanceCodeId, AttendanceMarkId, ClassId, StudentId};
use words::faults::exchange::expected;
use words::paper::card;
use words::{Language, Message};

use super::Refused;
use super::people::People;
use crate::exchange::book::Book;
use crate::exchange::plan::Planner;

impl Planner<'_> {
    pub(super) fn list_of_attendance(&mut self, book: usize, list: &List, rows: &[AttendanceLine]) {
        let people = People::of_students(&self.books[book].students);
        let mut seen: HashMap<(StudentId, NaiveDate), u32> = HashMap::new();
        for row in rows {
            if let Err(why) = self.put_attendance_line(book, &people, row, &mut seen) {
                self.refuse_row(list, &row.at, why);
            }
        }
    }

    fn put_attendance_line(
        &mut self,
        book: usize,
        people: &People,
        row: &AttendanceLine,
        seen: &mut HashMap<(StudentId, NaiveDate), u32>,
    ) -> Result<(), Refused> {
        let student = self.books[book].student_meant(people, &row.student)?;
        let student = self.books[book].students.now(student).id;
        let day = row.date.to_string();
        if row.date > self.frame.today {
            return Err(Refused::of("date", &day, expected::day_that_was()));
        }
        let code = self.books[book].code_meant(&row.code)?;
        if row.minutes_late.is_some() && code.meaning != AttendanceMeaning::Late {
            let minutes = row.minutes_late.unwrap_or_default().to_string();
            return Err(Refused::of("minutes_late", &minutes, expected::minutes_only_late()));
        }
        let code = code.id;
        let class = self.homeroom_on(book, student, row.date)?;
        if let Some(line) = seen.get(&(student, row.date)) {
            return Err(Refused::of("date", &day, expected::day_once(line.to_string())));
        }
        self.put_day(book, (student, class), code, row)?;
        seen.insert((student, row.date), row.at.line);
        Ok(())
    }

    /// The homeroom in which a student is on a day of its year.
    fn homeroom_on(&self, book: usize, student: StudentId, day: NaiveDate) -> Result<ClassId, Refused> {
        let rows = &self.books[book];
        let years = rows.sessions_under(None);
        let Some(year) = years.iter().find(|year| year.start_date <= day && day <= year.end_date) else {
            return Err(Refused::of("date", &day.to_string(), expected::day_of_some_year()));
        };
        let homerooms = self.homerooms_in(book, student, year.id);
        let held = homerooms.iter().rfind(|(_, (first, last))| *first <= day && day <= *last);
        held.map(|(class, _)| rows.classes.now(*class).id)
            .ok_or_else(|| Refused::of("date", &day.to_string(), expected::day_in_homeroom(year.title.as_str())))
    }

    /// Puts a day into the register. What came with a list before is corrected; what somebody or a camera entered stands.
    fn put_day(
        &mut self,
        book: usize,
        (student, class): (StudentId, ClassId),
        code: AttendanceCodeId,
        row: &AttendanceLine,
    ) -> Result<(), Refused> {
        let now = self.frame.now;
        let rows = &mut self.books[book];
        let remark = Some(row.remark.clone()).filter(|remark| !remark.is_empty());
        let Some(place) = rows.by.attendance.get(&(student, row.date)).copied() else {
            let new = attendance_marks::Model {
                id: AttendanceMarkId::new(),
                school_id: rows.id,
                class_id: class,
                student_id: student,
                date: row.date,
                lesson: 0,
                code_id: code,
                reason: remark,
                minutes_late: row.minutes_late,
                source: MarkSource::Import,
                updated_by: None,
                updated_at: now,
                version: 1,
            };
            let place = rows.attendance.add(new, &row.at);
            rows.by.attendance.insert((student, row.date), place);
            return Ok(());
        };
        let stored = rows.attendance.now(place);
        // A blank cell leaves what is there, except that only who is late has minutes.
        let same_code = stored.code_id == code;
        let minutes = row.minutes_late.or(stored.minutes_late.filter(|_| same_code));
        let reason = remark.or_else(|| stored.reason.clone());
        let same = same_code && minutes == stored.minutes_late && reason == stored.reason;
        if !same && stored.source != MarkSource::Import {
            let title = rows.code(stored.code_id).map_or("", |code| code.title.as_str());
            return Err(Refused::of("attendance", &row.code, expected::attendance_that_stands(title)));
        }
        let stored = rows.attendance.meet(place, &row.at);
        if !same {
            (stored.code_id, stored.minutes_late, stored.reason) = (code, minutes, reason);
            (stored.updated_by, stored.updated_at) = (None, now);
        }
        Ok(())
    }
}

impl Book {
    pub(super) fn code(&self, id: AttendanceCodeId) -> Option<&attendance_codes::Model> {
        self.codes.iter().find(|code| code.id == id)
    }

    /// The code that a text means: by its letter, its title, or what it means.
    fn code_meant(&self, text: &str) -> Result<&attendance_codes::Model, Refused> {
        let wanted = fold(text);
        let there = || self.codes.iter().filter(|code| code.deleted_at.is_none());
        let named = |name: &dyn Fn(&attendance_codes::Model) -> &str| there().find(|code| fold(name(code)) == wanted);
        let found = named(&|code| &code.code).or_else(|| named(&|code| &code.title)).or_else(|| {
            let meaning = meaning_of(&wanted)?;
            there().find(|code| code.meaning == meaning)
        });
        found.ok_or_else(|| {
            let codes: Vec<String> = there().map(|code| format!("{} {}", code.code, code.title)).collect();
            Refused::of("attendance", text, expected::known_code(codes.join(", ")))
        })
    }
}

/// The meaning that a word names in one of the languages of the house.
fn meaning_of(folded: &str) -> Option<AttendanceMeaning> {
    let words: [(AttendanceMeaning, fn() -> Message); 4] = [
        (AttendanceMeaning::Present, card::present),
        (AttendanceMeaning::Late, card::late),
        (AttendanceMeaning::Absent, card::absent),
        (AttendanceMeaning::Excused, card::excused),
    ];
    let named = |word: fn() -> Message| Language::all().any(|language| fold(&word().text(language)) == folded);
    words.into_iter().find(|(_, word)| named(*word)).map(|(meaning, _)| meaning)
}
