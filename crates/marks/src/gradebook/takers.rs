//! Who takes a course in a term, and on which days: the students of its class, less those who are exempted.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Statement, Value,
};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, SoftDeleted, academic_sessions, classes, enrolments, exemptions, students};
use store::ids::{ClassId, CourseId, SchoolId, StudentId};

use crate::Result;
use crate::people::{NameOrder, Named, name_order};

/// A student, as results name one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StudentLabel {
    pub id: StudentId,
    pub number: String,
    /// Given and family name, as a sentence names somebody.
    pub name: String,
    /// The name in the order of the school's lists.
    pub list_name: String,
    /// The name in the student's own script, where it is another.
    pub native_name: Option<String>,
    /// The last day in the class or course, where that is before the term's end.
    pub left_on: Option<NaiveDate>,
}

/// Days from one to another, both among them; no end: still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub first: NaiveDate,
    pub last: Option<NaiveDate>,
}

impl Days {
    /// Whether a day is one of them.
    pub fn hold(&self, day: NaiveDate) -> bool {
        self.first <= day && self.last.is_none_or(|last| last >= day)
    }

    fn meet(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.first <= last && self.last.is_none_or(|own| own >= first)
    }

    /// What is left of them without others: before those and after.
    fn without(self, gap: Self) -> impl Iterator<Item = Self> {
        let last = |of: Self| of.last.unwrap_or(NaiveDate::MAX);
        let before = gap.first.pred_opt().filter(|end| *end >= self.first).map(|end| end.min(last(self)));
        let after = gap.last.and_then(|end| end.succ_opt()).map(|next| next.max(self.first));
        let after = after.filter(|first| *first <= last(self));
        let before =
            before.map(|end| Self { first: self.first, last: if end == last(self) { self.last } else { Some(end) } });
        before.into_iter().chain(after.map(|first| Self { first, last: self.last }))
    }
}

/// The students of a class or course in a term.
#[derive(Clone, Debug, Default)]
pub struct Takers {
    /// By name.
    pub students: Arc<Vec<StudentLabel>>,
    /// Each one's days, also before and after the term, in their order.
    pub days: Arc<HashMap<StudentId, Vec<Days>>>,
}

impl Takers {
    /// Those of them who are not exempted during the whole of their days in the term.
    fn less(&self, exempted: &[exemptions::Model], term: &academic_sessions::Model) -> Self {
        let mut days = (*self.days).clone();
        for row in exempted {
            if let Some(own) = days.get_mut(&row.student_id) {
                let gap = Days { first: row.start_date, last: row.end_date };
                *own = own.iter().flat_map(|of| of.without(gap)).collect();
            }
        }
        days.retain(|_, own| own.iter().any(|of| of.meet(term.start_date, term.end_date)));
        let label =
            |label: &StudentLabel| Some(StudentLabel { left_on: left_on(days.get(&label.id)?, term), ..label.clone() });
        Self { students: Arc::new(self.students.iter().filter_map(label).collect()), days: Arc::new(days) }
    }
}

/// The last of somebody's days, where that is before the term's end.
fn left_on(days: &[Days], term: &academic_sessions::Model) -> Option<NaiveDate> {
    let in_term = days.iter().filter(|of| of.meet(term.start_date, term.end_date));
    // No end counts as later than any.
    let last = in_term.map(|of| of.last.unwrap_or(NaiveDate::MAX)).max()?;
    Some(last).filter(|last| *last < term.end_date)
}

/// Who was enrolled in these classes on any day of the term; deleted students left out.
pub async fn load_members(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[ClassId],
    term: &academic_sessions::Model,
) -> Result<HashMap<ClassId, Takers>> {
    let order = name_order(db, school).await?;
    let enrolled = enrolments::Entity::find()
        .filter(enrolments::Column::SchoolId.eq(school))
        .filter(enrolments::Column::ClassId.is_in(classes.iter().copied()))
        .filter(enrolments::Column::StartDate.lte(term.end_date))
        .filter(
            Condition::any()
                .add(enrolments::Column::EndDate.is_null())
                .add(enrolments::Column::EndDate.gte(term.start_date)),
        );
    let ids = enrolled.clone().select_only().column(enrolments::Column::StudentId).into_query();
    let found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Column::Id.in_subquery(ids))
        .filter(students::Entity::existing())
        .order_by_asc(order.of_students())
        .order_by_asc(students::Column::Id)
        .all(db)
        .await?;
    let place: HashMap<StudentId, usize> = found.iter().enumerate().map(|(i, student)| (student.id, i)).collect();
    // Who left and came back has two enrolments: one line, and the later end counts.
    let mut of_class: HashMap<ClassId, HashMap<StudentId, Vec<Days>>> = HashMap::new();
    for row in enrolled.order_by_asc(enrolments::Column::StartDate).all(db).await? {
        if place.contains_key(&row.student_id) {
            let days = of_class.entry(row.class_id).or_default().entry(row.student_id).or_default();
            days.push(Days { first: row.start_date, last: row.end_date });
        }
    }
    Ok(of_class
        .into_iter()
        .map(|(class, days)| {
            let mut places: Vec<usize> = days.keys().map(|student| place[student]).collect();
            places.sort_unstable();
            let label = |place: usize| {
                let student = &found[place];
                student_label(student, days.get(&student.id).and_then(|days| left_on(days, term)), order)
            };
            let students = Arc::new(places.into_iter().map(label).collect());
            (class, Takers { students, days: Arc::new(days) })
        })
        .collect())
}

/// Who was enrolled in these classes on any day of the term, by class and by name.
pub async fn load_students(
    db: &impl ConnectionTrait,
    school: SchoolId,
    classes: &[ClassId],
    term: &academic_sessions::Model,
) -> Result<HashMap<ClassId, Arc<Vec<StudentLabel>>>> {
    let members = load_members(db, school, classes, term).await?;
    Ok(members.into_iter().map(|(class, members)| (class, members.students)).collect())
}

/// Who takes these courses in the term; a course is named with its class.
pub async fn load_takers(
    db: &impl ConnectionTrait,
    school: SchoolId,
    courses: &[(CourseId, ClassId)],
    term: &academic_sessions::Model,
) -> Result<HashMap<CourseId, Takers>> {
    let mut classes: Vec<ClassId> = courses.iter().map(|(_, class)| *class).collect();
    classes.sort_unstable();
    classes.dedup();
    let members = load_members(db, school, &classes, term).await?;
    let mut exempted: HashMap<CourseId, Vec<exemptions::Model>> = HashMap::new();
    let rows = exemptions::Entity::find()
        .filter(exemptions::Column::SchoolId.eq(school))
        .filter(exemptions::Column::CourseId.is_in(courses.iter().map(|(course, _)| *course)))
        .all(db)
        .await?;
    for row in rows {
        exempted.entry(row.course_id).or_default().push(row);
    }
    Ok(courses
        .iter()
        .map(|(course, class)| {
            let of_class = members.get(class).cloned().unwrap_or_default();
            match exempted.get(course) {
                Some(rows) => (*course, of_class.less(rows, term)),
                None => (*course, of_class),
            }
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Group {
    class_id: ClassId,
}

/// A class, and of a homeroom the groups in which its students are on any day of the term.
pub async fn with_groups(
    db: &impl ConnectionTrait,
    class: &classes::Model,
    term: &academic_sessions::Model,
) -> Result<Vec<ClassId>> {
    if class.kind == ClassKind::Group {
        return Ok(vec![class.id]);
    }
    let sql = "SELECT DISTINCT g.class_id FROM enrolments e JOIN enrolments g ON g.school_id = $1 \
         AND g.student_id = e.student_id AND g.start_date <= $3 AND (g.end_date IS NULL OR g.end_date >= $2) \
         JOIN classes c ON c.id = g.class_id AND c.deleted_at IS NULL AND c.kind = 'group' AND c.year_id = $5 \
         WHERE e.school_id = $1 AND e.class_id = $4 AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $2)";
    let values: [Value; 5] =
        [class.school_id.into(), term.start_date.into(), term.end_date.into(), class.id.into(), class.year_id.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let groups = Group::find_by_statement(statement).all(db).await?;
    Ok(std::iter::once(class.id).chain(groups.into_iter().map(|group| group.class_id)).collect())
}

/// A student, as results name one.
pub fn student_label(student: &students::Model, left_on: Option<NaiveDate>, order: NameOrder) -> StudentLabel {
    StudentLabel {
        id: student.id,
        number: student.number.clone(),
        name: student.full_name(),
        list_name: student.list_name(order),
        native_name: student.native_name.clone(),
        left_on,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Days {
        let (first, last) = text.split_once("..").unwrap();
        Days { first: first.parse().unwrap(), last: last.parse().ok() }
    }

    #[test]
    fn an_exemption_leaves_the_days_before_and_after_it() {
        let left = |of: &str, gap: &str| days(of).without(days(gap)).collect::<Vec<_>>();
        let year = "2026-09-01..2027-07-15";
        assert_eq!(
            left(year, "2026-10-01..2026-10-31"),
            [days("2026-09-01..2026-09-30"), days("2026-11-01..2027-07-15")]
        );
        assert_eq!(left(year, "2026-08-01.."), []);
        assert_eq!(left(year, "2026-11-01.."), [days("2026-09-01..2026-10-31")]);
        assert_eq!(left(year, "2026-08-01..2026-12-31"), [days("2027-01-01..2027-07-15")]);
        assert_eq!(
            left("2026-09-01..", "2027-01-01..2027-01-01"),
            [days("2026-09-01..2026-12-31"), days("2027-01-02..")]
        );
        // What lies elsewhere takes nothing.
        assert_eq!(left(year, "2028-01-01.."), [days(year)]);
        assert_eq!(left(year, "2025-01-01..2025-02-01"), [days(year)]);
    }
}
