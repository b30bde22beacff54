//! In which class of its year a mark stands: the homeroom in which the student was then, else the class that the row names,
//! into which the student is put for the days of the row's terms.

use std::collections::{BTreeMap, HashMap, HashSet};

use exchange::{List, ListedClass, NoteKind, Place, same_key};
use store::entities::{ClassKind as Kind, enrolments};
use store::ids::{AcademicSessionId, ClassId, EnrolmentId, StudentId};
use words::faults::exchange::{expected, taken};

use super::Refused;
use super::marks::MarkSaid;
use super::years::{Span, meet, span_of};
use crate::exchange::homes::gaps;
use crate::exchange::plan::Planner;

/// Where a mark stands.
#[derive(Clone, Copy)]
pub(super) enum Home {
    /// The place of a class in which the student is.
    Stored(usize),
    /// A class into which the student has yet to be put: its place among the wanted times.
    Wanted(usize),
}

/// The homes of all rows.
pub(super) struct Homes {
    pub of_rows: Vec<Result<Home, Refused>>,
    pub wanted: Wanted,
}

/// Classes and times in them that are not there yet, made once a mark needs them.
#[derive(Default)]
pub(super) struct Wanted {
    classes: Vec<WantedClass>,
    times: Vec<WantedTime>,
    class_at: HashMap<(AcademicSessionId, String), usize>,
    time_at: HashMap<(StudentId, usize), usize>,
}

struct WantedClass {
    year: AcademicSessionId,
    title: String,
    /// None until it is clear what it is.
    kind: Option<Kind>,
    place: Option<usize>,
}

struct WantedTime {
    student: StudentId,
    /// Place among the wanted classes.
    class: usize,
    days: Span,
    rows: usize,
    made: bool,
}

impl Wanted {
    /// The class of a time, where it is there.
    pub fn class_of(&self, time: usize) -> Option<usize> {
        self.classes[self.times[time].class].place
    }

    fn want(&mut self, of: &MarkSaid<'_>, place: Option<usize>, kind: Option<Kind>) -> usize {
        let key = (of.year, same_key(&of.row.class));
        let class = *self.class_at.entry(key).or_insert_with(|| {
            self.classes.push(WantedClass { year: of.year, title: of.row.class.clone(), kind: None, place });
            self.classes.len() - 1
        });
        let wanted = &mut self.classes[class].kind;
        *wanted = wanted.or(kind);
        let time = *self.time_at.entry((of.student, class)).or_insert_with(|| {
            self.times.push(WantedTime { student: of.student, class, days: of.enrolled, rows: 0, made: false });
            self.times.len() - 1
        });
        let wanted = &mut self.times[time];
        wanted.days = (wanted.days.0.min(of.enrolled.0), wanted.days.1.max(of.enrolled.1));
        wanted.rows += 1;
        time
    }

    /// The times of each student in each year.
    fn by_student(&self) -> BTreeMap<(StudentId, AcademicSessionId), Vec<usize>> {
        let mut by: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, time) in self.times.iter().enumerate() {
            by.entry((time.student, self.classes[time.class].year)).or_default().push(place);
        }
        by
    }

    /// A class of which nobody says what it is is a homeroom where most of its students have most of their marks in it, or
    /// most of those of the days that no such class has.
    fn settle_kinds(&mut self) {
        let mut votes = vec![0_i64; self.classes.len()];
        for mut times in self.by_student().into_values() {
            times.sort_by_key(|time| std::cmp::Reverse(self.times[*time].rows));
            let mut held: Vec<Span> = Vec::new();
            for time in times.into_iter().map(|time| &self.times[time]) {
                let beside = held.iter().any(|days| meet(*days, time.days));
                votes[time.class] += if beside { -1 } else { 1 };
                if !beside {
                    held.push(time.days);
                }
            }
        }
        for (class, votes) in self.classes.iter_mut().zip(votes) {
            class.kind.get_or_insert(if votes >= 0 { Kind::Homeroom } else { Kind::Group });
        }
    }
}

impl Planner<'_> {
    /// Finds out for each row where its mark stands.
    pub(super) fn homes_of_marks(&mut self, book: usize, list: &List, said: &[MarkSaid<'_>]) -> Homes {
        let mut wanted = Wanted::default();
        let mut of_rows: Vec<Result<Home, Refused>> =
            said.iter().map(|of| self.home_of_mark(book, list, of, &mut wanted)).collect();
        wanted.settle_kinds();
        let twice = self.in_two_homerooms(book, &wanted);
        for (of, home) in said.iter().zip(&mut of_rows) {
            if matches!(home, Ok(Home::Wanted(time)) if twice.contains(time)) {
                *home = Err(Refused::of("class", &of.row.class, expected::one_homeroom()));
            }
        }
        Homes { of_rows, wanted }
    }

    fn home_of_mark(
        &mut self,
        book: usize,
        list: &List,
        of: &MarkSaid<'_>,
        wanted: &mut Wanted,
    ) -> Result<Home, Refused> {
        let days = of.row.date.map_or(of.of_term, |day| (day, day));
        let homerooms = self.homerooms_in(book, of.student, of.year);
        let then = homerooms.iter().rfind(|(_, span)| meet(*span, days)).map(|(class, _)| *class);
        let named = Some(&of.row.class).filter(|title| !title.is_empty());
        let known = named.and_then(|title| self.books[book].class_titled(of.year, title));
        let kind = known.map(|place| self.books[book].classes.now(place).kind).or(match of.row.kind {
            Some(ListedClass::Group) => Some(Kind::Group),
            Some(ListedClass::Homeroom) => Some(Kind::Homeroom),
            None => None,
        });
        if let Some(known) = known.filter(|known| self.is_in(book, *known, of, days)) {
            return Ok(Home::Stored(known));
        }
        if named.is_some() && kind == Some(Kind::Group) {
            return Ok(Home::Wanted(wanted.want(of, known, kind)));
        }
        if let Some(class) = then {
            if named.is_some() {
                let title = self.books[book].classes.now(class).title.clone();
                let taken = taken::in_own_class(title);
                self.remarks.told_once(NoteKind::Doubt, &of.row.at, list.header("class"), &of.row.class, taken);
            }
            return Ok(Home::Stored(class));
        }
        if let Some((class, (first, last))) = homerooms.iter().rfind(|(_, span)| meet(*span, of.of_term))
            && let Some(day) = of.row.date
        {
            let title = self.books[book].classes.now(*class).title.as_str();
            let expected = expected::day_in_class(title, first.to_string(), last.to_string());
            return Err(Refused::of("date", &day.to_string(), expected));
        }
        if named.is_none() {
            let year = self.books[book].session(of.year).map_or("", |year| year.title.as_str());
            return Err(Refused::of("class", "", expected::class_of_year(year)));
        }
        Ok(Home::Wanted(wanted.want(of, known, kind)))
    }

    /// A student's homerooms of a year with the days in them, in their order.
    pub(super) fn homerooms_in(&self, book: usize, student: StudentId, year: AcademicSessionId) -> Vec<(usize, Span)> {
        let rows = &self.books[book];
        let Some(of_year) = rows.session(year) else { return Vec::new() };
        let time = |place: usize| {
            let time = rows.enrolments.now(place);
            let class = *rows.by.class_id.get(&time.class_id)?;
            let days = (time.start_date, time.end_date.unwrap_or(of_year.end_date.max(time.start_date)));
            (rows.classes.now(class).year_id == year).then_some((class, days))
        };
        self.homerooms_of(book, student).into_iter().filter_map(time).collect()
    }

    /// Whether the student is in a class on some of these days.
    fn is_in(&self, book: usize, class: usize, of: &MarkSaid<'_>, days: Span) -> bool {
        let class = self.books[book].classes.now(class).id;
        self.times_in(book, class, of.student, of.year).into_iter().any(|span| meet(span, days))
    }

    fn times_in(&self, book: usize, class: ClassId, student: StudentId, year: AcademicSessionId) -> Vec<Span> {
        let rows = &self.books[book];
        let last = rows.session(year).map_or(chrono::NaiveDate::MAX, |year| year.end_date);
        let places = rows.by.enrolments_pair.get(&(class, student)).map_or(&[][..], Vec::as_slice);
        let there = places.iter().filter(|place| !rows.enrolments.list[**place].gone);
        let span = |time: &enrolments::Model| (time.start_date, time.end_date.unwrap_or(last.max(time.start_date)));
        there.map(|place| span(rows.enrolments.now(*place))).collect()
    }

    /// The wanted times in homerooms that share days with another homeroom of the student; of two wanted ones that of fewer
    /// rows.
    fn in_two_homerooms(&self, book: usize, wanted: &Wanted) -> HashSet<usize> {
        let mut twice = HashSet::new();
        for ((student, year), mut times) in wanted.by_student() {
            times.retain(|time| wanted.classes[wanted.times[*time].class].kind == Some(Kind::Homeroom));
            times.sort_by_key(|time| std::cmp::Reverse(wanted.times[*time].rows));
            let mut held = self.homerooms_in(book, student, year);
            for time in times {
                let of = &wanted.times[time];
                let class = wanted.classes[of.class].place;
                if held.iter().any(|(other, span)| Some(*other) != class && meet(*span, of.days)) {
                    twice.insert(time);
                    continue;
                }
                // A class that is not there yet has no place of its own: the number tells it from all that have one.
                held.push((class.unwrap_or(usize::MAX - of.class), of.days));
            }
        }
        twice
    }

    /// Makes the class where there is none, and puts the student into it; its place.
    pub(super) fn enrol_wanted(&mut self, book: usize, wanted: &mut Wanted, time: usize, at: &Place) -> usize {
        let of = &mut wanted.times[time];
        let class = &mut wanted.classes[of.class];
        let place = match class.place {
            Some(place) => place,
            None => {
                let kind = class.kind.unwrap_or_default();
                *class.place.insert(self.books[book].add_class(class.year, &class.title, kind, at))
            }
        };
        if !std::mem::replace(&mut of.made, true) {
            let (student, days, year) = (of.student, of.days, class.year);
            self.enrol_for_days(book, place, student, (year, days), at);
        }
        place
    }

    /// Puts a student into a class on those of these days on which they are not in it.
    fn enrol_for_days(
        &mut self,
        book: usize,
        class: usize,
        student: StudentId,
        (year, days): (AcademicSessionId, Span),
        at: &Place,
    ) {
        let class = self.books[book].classes.now(class).id;
        let held = self.times_in(book, class, student, year);
        let rows = &mut self.books[book];
        let of_year = rows.session(year).map(span_of);
        for (start_date, last) in gaps(days, &held) {
            // In a year that is not over, whoever is in the class at its last day stays.
            let open = of_year.is_some_and(|(_, end)| end >= self.frame.today && last >= self.frame.today);
            let new = enrolments::Model {
                id: EnrolmentId::new(),
                school_id: rows.id,
                class_id: class,
                student_id: student,
                start_date,
                end_date: Some(last).filter(|_| !open),
                source_id: None,
                version: 1,
            };
            let place = rows.enrolments.add(new, at);
            rows.by.enrolments_pair.entry((class, student)).or_default().push(place);
            rows.by.enrolments_of.entry(student).or_default().push(place);
        }
    }
}
