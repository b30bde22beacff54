//! What a rollover would do, found out anew each time from what is there and what was decided.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use exchange::same_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};
use store::entities::{ClassKind, RolloverOutcome, academic_sessions, classes, rollover_decisions, students};
use store::fold;
use store::ids::{AcademicSessionId, ClassId, SchoolId, StudentId};

use super::{
    PlannedBy, RollOver, RolloverClass, RolloverCounts, RolloverGrade, RolloverPlan, RolloverStudent, RolloverStudents,
    Unresolved,
};
use crate::classes::copy::{self, CopyClasses, check_years};
use crate::classes::grade_places::{self, GradePlaces};
use crate::paging::page_size;
use crate::people::name_order;
use crate::{Call, Page, Result};

/// A homeroom of the year that ends, with what becomes of it.
struct Home {
    class: classes::Model,
    outcome: Option<RolloverOutcome>,
    to: Option<String>,
    by: PlannedBy,
}

/// Everything that a rollover is made of.
pub(super) struct Draft {
    pub from: academic_sessions::Model,
    pub to: academic_sessions::Model,
    /// What the new year gets.
    pub copied: copy::Plan,
    homes: Vec<Home>,
    /// In the order of the school's lists.
    pub students: Vec<RolloverStudent>,
    /// Titles of the homerooms of the new year, present and to be copied, by the key by which they are the same.
    pub homerooms: HashMap<String, String>,
    /// The grade levels of the new year that have a number of places.
    grades: Vec<RolloverGrade>,
}

/// A student of the year that ends.
#[derive(FromQueryResult)]
struct Member {
    student_id: StudentId,
    number: String,
    given_name: String,
    family_name: String,
    native_name: Option<String>,
    class_id: Option<ClassId>,
    in_new_year: i64,
    last_day: Option<NaiveDate>,
}

impl Draft {
    pub async fn make(db: &impl ConnectionTrait, input: &RollOver) -> Result<Self> {
        let (from, to) = check_years(db, input.school, input.from, input.to).await?;
        let copying = CopyClasses {
            school: input.school,
            from: input.from,
            to: input.to,
            groups: input.groups,
            teachers: input.teachers,
        };
        let copied = copy::plan(db, &copying).await?;
        let old = homerooms_of(db, input.school, input.from).await?;
        let mut homerooms: HashMap<String, String> = HashMap::new();
        let present = homerooms_of(db, input.school, input.to).await?;
        let new = copied.classes.iter().filter(|class| class.kind == ClassKind::Homeroom);
        let mut levels: HashMap<String, &str> = HashMap::new();
        for class in present.iter().chain(new) {
            homerooms.insert(same_key(&class.title), class.title.clone());
            levels.extend(class.grade_level.as_deref().map(|level| (same_key(&class.title), level)));
        }
        let decisions = rollover_decisions::Entity::find()
            .filter(rollover_decisions::Column::SchoolId.eq(input.school))
            .filter(rollover_decisions::Column::YearId.eq(input.to))
            .all(db)
            .await?;
        let mut of_class: HashMap<ClassId, rollover_decisions::Model> = HashMap::new();
        let mut of_student: HashMap<StudentId, rollover_decisions::Model> = HashMap::new();
        for row in decisions {
            match (row.class_id, row.student_id) {
                (Some(class), _) => drop(of_class.insert(class, row)),
                (None, Some(student)) => drop(of_student.insert(student, row)),
                (None, None) => {}
            }
        }
        let homes = homes(old, &homerooms, &of_class);
        let members = members(db, input, &from, &to).await?;
        let homes_by: HashMap<ClassId, &Home> = homes.iter().map(|home| (home.class.id, home)).collect();
        let decided =
            Decided { homes: &homes_by, homerooms: &homerooms, of_student: &of_student, last_day: from.end_date };
        let students: Vec<RolloverStudent> = members.into_iter().map(|member| decided.becomes(member)).collect();
        let coming = students.iter().filter(|student| enrols(student)).filter_map(|student| student.to.as_deref());
        let coming: Vec<&str> = coming.filter_map(|title| levels.get(&same_key(title)).copied()).collect();
        let there = grade_places::levels(db, input.school, input.to, to.start_date).await?;
        let grades = grades(there, &copied.places, &coming);
        Ok(Self { from, to, copied, homes, students, homerooms, grades })
    }

    pub fn counts(&self) -> RolloverCounts {
        let mut counts = RolloverCounts::default();
        for student in &self.students {
            counts.students += 1;
            let of = match (student.done, student.outcome) {
                (true, _) => &mut counts.done,
                (_, None) => &mut counts.unresolved,
                (_, Some(RolloverOutcome::Moves)) => &mut counts.moves,
                (_, Some(RolloverOutcome::Repeats)) => &mut counts.repeats,
                (_, Some(RolloverOutcome::Leaves)) => &mut counts.leaves,
                (_, Some(RolloverOutcome::Graduates)) => &mut counts.graduates,
            };
            *of += 1;
        }
        counts
    }

    pub fn shown(self) -> RolloverPlan {
        let counts = self.counts();
        let mut rows: HashMap<ClassId, RolloverClass> = HashMap::new();
        for home in &self.homes {
            let row = RolloverClass {
                class: home.class.id,
                title: home.class.title.clone(),
                grade_level: home.class.grade_level.clone(),
                students: 0,
                outcome: home.outcome,
                to: home.to.clone(),
                by: home.by,
                otherwise: 0,
                unresolved: 0,
            };
            rows.insert(home.class.id, row);
        }
        for student in &self.students {
            let Some(row) = student.class.and_then(|class| rows.get_mut(&class)) else { continue };
            row.students += 1;
            row.otherwise += u32::from(student.by == PlannedBy::Student);
            row.unresolved += u32::from(student.outcome.is_none() && !student.done);
        }
        let mut homerooms: Vec<String> = self.homerooms.into_values().collect();
        homerooms.sort_by_cached_key(|title| store::sort_title(title));
        RolloverPlan {
            classes: self.homes.iter().filter_map(|home| rows.remove(&home.class.id)).collect(),
            homerooms,
            new_classes: self.copied.told.classes,
            new_courses: self.copied.told.courses,
            new_grade_places: self.copied.told.grade_places,
            grades: self.grades,
            counts,
        }
    }
}

/// The grade levels that have a number of places, or get it by copying, with who is in them and who comes.
fn grades(
    there: Vec<GradePlaces>,
    copied: &[store::entities::grade_places::Model],
    coming: &[&str],
) -> Vec<RolloverGrade> {
    let mut known: HashMap<String, (Option<i32>, i64)> =
        there.into_iter().map(|level| (level.grade_level, (level.places, level.students))).collect();
    for row in copied {
        known.entry(row.grade_level.clone()).or_default().0 = Some(row.places);
    }
    let with_places = known.into_iter().filter_map(|(grade_level, (places, students))| {
        Some(RolloverGrade {
            places: places?,
            there: u32::try_from(students).unwrap_or(u32::MAX),
            coming: u32::try_from(coming.iter().filter(|level| **level == grade_level).count()).unwrap_or(u32::MAX),
            grade_level,
        })
    });
    let mut grades: Vec<RolloverGrade> = with_places.collect();
    grades.sort_by_cached_key(|grade| store::sort_title(&grade.grade_level));
    grades
}

/// The homerooms of a year, by grade level and title.
pub(super) async fn homerooms_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
) -> Result<Vec<classes::Model>> {
    let mut found = copy::classes_of(db, school, year).await?;
    found.retain(|class| class.kind == ClassKind::Homeroom);
    found.sort_by_cached_key(|class| {
        (class.grade_level.as_deref().map(store::sort_title), store::sort_title(&class.title))
    });
    Ok(found)
}

/// What becomes of each homeroom: what was decided, else what grade levels and titles say.
fn homes(
    old: Vec<classes::Model>,
    homerooms: &HashMap<String, String>,
    decided: &HashMap<ClassId, rollover_decisions::Model>,
) -> Vec<Home> {
    let highest = old.iter().filter_map(|class| level(class.grade_level.as_deref())).max();
    let home = |class: classes::Model| {
        if let Some(decision) = decided.get(&class.id) {
            let (outcome, to) = (Some(decision.outcome), decision.to_title.clone());
            return Home { class, outcome, to, by: PlannedBy::Class };
        }
        let by = PlannedBy::Rule;
        let own = level(class.grade_level.as_deref());
        let next = own
            .and_then(|level| next_title(&class.title, level))
            .and_then(|next| homerooms.get(&same_key(&next)).cloned());
        match next {
            Some(to) => Home { class, outcome: Some(RolloverOutcome::Moves), to: Some(to), by },
            None if own.is_some() && own == highest => {
                Home { class, outcome: Some(RolloverOutcome::Graduates), to: None, by }
            }
            None => Home { class, outcome: None, to: None, by },
        }
    };
    old.into_iter().map(home).collect()
}

/// The number that a grade level is, or ends with: `7`, `Year 7`, `Grade 07`.
fn level(grade_level: Option<&str>) -> Option<u32> {
    let text = grade_level?.trim();
    let digits: String = text.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

/// The title that the homeroom has a year later: its first number that is the grade level counted up, `7B` to `8B`.
fn next_title(title: &str, level: u32) -> Option<String> {
    let mut rest = title;
    let mut before = String::new();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits: String = rest[at..].chars().take_while(char::is_ascii_digit).collect();
        let after = &rest[at + digits.len()..];
        before.push_str(&rest[..at]);
        if digits.parse::<u32>().is_ok_and(|number| number == level) {
            let next = format!("{:0width$}", level + 1, width = if digits.starts_with('0') { digits.len() } else { 1 });
            return Some(format!("{before}{next}{after}"));
        }
        before.push_str(&digits);
        rest = after;
    }
    None
}

/// The students who are of the school when the old year ends, with their homeroom then.
async fn members(
    db: &impl ConnectionTrait,
    input: &RollOver,
    from: &academic_sessions::Model,
    to: &academic_sessions::Model,
) -> Result<Vec<Member>> {
    let order = name_order(db, input.school).await?.column();
    // Each student once: who was in two homerooms at once, in the one of the later time.
    let sql = format!(
        "SELECT s.id AS student_id, s.number, s.given_name, s.family_name, s.native_name, \
         (SELECT e.class_id FROM enrolments e JOIN classes c ON c.id = e.class_id \
          WHERE e.school_id = $1 AND e.student_id = s.id AND c.year_id = $2 AND c.kind = 'homeroom' AND c.deleted_at IS NULL \
          AND e.start_date <= $4 AND (e.end_date IS NULL OR e.end_date >= $4) ORDER BY e.start_date DESC, e.id DESC LIMIT 1) AS class_id, \
         (SELECT count(*) FROM enrolments e JOIN classes c ON c.id = e.class_id \
          WHERE e.school_id = $1 AND e.student_id = s.id AND c.year_id = $3 AND c.kind = 'homeroom' AND c.deleted_at IS NULL) AS in_new_year, s.last_day \
         FROM students s WHERE s.school_id = $1 AND s.deleted_at IS NULL AND (s.expected_on IS NULL OR s.expected_on <= $4) \
         AND (s.status = 'active' OR s.last_day >= $4) ORDER BY s.{order}, s.id"
    );
    let values = [input.school.into(), input.from.into(), to.id.into(), from.end_date.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(Member::find_by_statement(statement).all(db).await?)
}

/// What was decided and follows from the rules.
struct Decided<'a> {
    homes: &'a HashMap<ClassId, &'a Home>,
    homerooms: &'a HashMap<String, String>,
    of_student: &'a HashMap<StudentId, rollover_decisions::Model>,
    /// Of the year that ends.
    last_day: NaiveDate,
}

impl Decided<'_> {
    fn becomes(&self, member: Member) -> RolloverStudent {
        let home = member.class_id.and_then(|class| self.homes.get(&class).copied());
        let (outcome, to, by) = match (self.of_student.get(&member.student_id), home) {
            (Some(decision), _) => (Some(decision.outcome), decision.to_title.clone(), PlannedBy::Student),
            (None, Some(home)) => (home.outcome, home.to.clone(), home.by),
            (None, None) => (None, None, PlannedBy::Rule),
        };
        let goes_on = matches!(outcome, Some(RolloverOutcome::Moves | RolloverOutcome::Repeats));
        let known = to.as_deref().and_then(|title| self.homerooms.get(&same_key(title)));
        let unresolved = match outcome {
            None if home.is_none() => Some(Unresolved::NoHomeroom),
            None => Some(Unresolved::NoRule),
            Some(_) if goes_on && known.is_none() => Some(Unresolved::NoSuchClass),
            Some(_) => None,
        };
        // Who leaves with the year has been told so already.
        let done = member.in_new_year > 0 || member.last_day == Some(self.last_day);
        RolloverStudent {
            student: member.student_id,
            number: member.number,
            given_name: member.given_name,
            family_name: member.family_name,
            native_name: member.native_name,
            class: member.class_id,
            class_title: home.map(|home| home.class.title.clone()),
            outcome: outcome.filter(|_| unresolved.is_none()),
            to: if goes_on { known.cloned().or(to) } else { None },
            by,
            unresolved: unresolved.filter(|_| !done),
            done,
        }
    }
}

/// Shows what a rollover would do; nothing is written.
pub(in crate::classes) async fn plan_rollover(call: &Call, input: RollOver) -> Result<RolloverPlan> {
    call.access().whole_school(input.school)?;
    Ok(Draft::make(call.store().reader(), &input).await?.shown())
}

/// What becomes of the students: one page.
pub(in crate::classes) async fn rollover_students(
    call: &Call,
    input: RolloverStudents,
) -> Result<Page<RolloverStudent>> {
    call.access().whole_school(input.school)?;
    let whole = RollOver {
        school: input.school,
        from: input.from,
        to: input.to,
        groups: None,
        teachers: None,
        even_if_unresolved: None,
    };
    let mut rows = Draft::make(call.store().reader(), &whole).await?.students;
    let words: Vec<String> =
        input.search.as_deref().map(fold).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    rows.retain(|row| {
        input.class.is_none_or(|class| row.class == Some(class))
            && (input.unresolved != Some(true) || (row.outcome.is_none() && !row.done))
            && (input.otherwise != Some(true) || row.by == PlannedBy::Student)
            && has_words(row, &words)
    });
    let total = rows.len() as u64;
    let offset = usize::try_from(input.offset.unwrap_or(0)).unwrap_or(usize::MAX);
    let limit = usize::try_from(page_size(input.limit)).unwrap_or(100);
    Ok(Page { rows: rows.into_iter().skip(offset).take(limit).collect(), total })
}

fn has_words(row: &RolloverStudent, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let native = row.native_name.as_deref().unwrap_or_default();
    let text = fold(&format!("{} {} {native} {}", row.given_name, row.family_name, row.number));
    let parts: HashSet<&str> = text.split_whitespace().collect();
    words.iter().all(|word| parts.iter().any(|part| part.starts_with(word.as_str())))
}

/// Whether the student is put into a homeroom of the new year.
pub(super) fn enrols(student: &RolloverStudent) -> bool {
    !student.done && matches!(student.outcome, Some(RolloverOutcome::Moves | RolloverOutcome::Repeats))
}

/// The rows of these students.
pub(super) async fn rows_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    ids: &[StudentId],
) -> Result<HashMap<StudentId, students::Model>> {
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let rows = students::Entity::find()
            .filter(students::Column::SchoolId.eq(school))
            .filter(students::Column::Id.is_in(some.iter().copied()))
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_homeroom_is_called_a_year_later_by_the_next_number() {
        for (title, grade, next) in [
            ("7B", 7, Some("8B")),
            ("Year 7 Blue", 7, Some("Year 8 Blue")),
            ("9a", 9, Some("10a")),
            ("Room 12, 7B", 7, Some("Room 12, 8B")),
            ("07B", 7, Some("08B")),
            ("09B", 9, Some("10B")),
            ("Blue", 7, None),
            ("17B", 7, None),
            ("", 7, None),
        ] {
            assert_eq!(next_title(title, grade).as_deref(), next, "{title}");
        }
    }

    #[test]
    fn a_grade_level_is_the_number_that_it_ends_with() {
        assert_eq!(
            [Some("7"), Some(" Year 7 "), Some("K"), Some("7 east"), None].map(level),
            [Some(7), Some(7), None, None, None]
        );
    }
}
