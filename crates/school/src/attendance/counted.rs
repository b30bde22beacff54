//! Which register cells count: not those of days that the calendar took out of school, unless somebody meant them.

use std::fmt::Write;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use store::ids::{ClassId, SchoolId};

use crate::Result;
use crate::schools::SchoolDays;

/// What was written on a day, of a class.
#[derive(FromQueryResult)]
struct OnDay {
    date: NaiveDate,
    class_id: ClassId,
    grade_level: Option<String>,
    lesson: i32,
}

/// A condition by which cells of `attendance_marks m` are left out that stand on days which the calendar takes out of
/// school, from one day to another; empty where there are none, which is the rule. It holds dates, numbers and identifiers
/// alone.
///
/// A register of a Sunday or of a day outside of the terms was asked about before it was begun, and was none where the week
/// was another then: it counts. A holiday or a closure may be entered afterwards: then only what was meant counts. Whether
/// it takes the day from a class is not said in SQL a second time: what was written on such days is looked at one by one.
pub async fn only_counted(
    db: &impl ConnectionTrait,
    school: SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<String> {
    let days = SchoolDays::load(db, school).await?;
    let doubtful: Vec<String> = from
        .iter_days()
        .take_while(|date| *date <= to)
        .filter(|date| days.taken_from_some(*date))
        .map(|date| format!("'{date}'"))
        .collect();
    if doubtful.is_empty() {
        return Ok(String::new());
    }
    let sql = format!(
        "SELECT DISTINCT m.date, m.class_id, c.grade_level, m.lesson FROM attendance_marks m \
         JOIN classes c ON c.id = m.class_id \
         WHERE m.school_id = $1 AND m.date IN ({}) AND NOT EXISTS (SELECT 1 FROM registers r WHERE r.school_id = $1 \
         AND r.class_id = m.class_id AND r.date = m.date AND r.lesson = m.lesson AND r.even_if_no_school)",
        doubtful.join(",")
    );
    let backend = db.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [school.into()]);
    let mut left_out: Vec<OnDay> = OnDay::find_by_statement(statement).all(db).await?;
    left_out.retain(|of| days.taken(of.date, of.grade_level.as_deref()));
    left_out.sort_by_key(|of| (of.date, of.lesson, of.class_id.0));
    Ok(condition(&left_out, backend))
}

/// One comparison a day and lesson, with its classes.
fn condition(left_out: &[OnDay], backend: DbBackend) -> String {
    let literal = |class: ClassId| match backend {
        DbBackend::Sqlite => format!("X'{}'", class.0.simple()),
        _ => format!("'{}'", class.0),
    };
    let mut sql = String::new();
    for of_lesson in left_out.chunk_by(|one, other| (one.date, one.lesson) == (other.date, other.lesson)) {
        let classes: Vec<String> = of_lesson.iter().map(|of| literal(of.class_id)).collect();
        let (date, lesson) = (of_lesson[0].date, of_lesson[0].lesson);
        let _ = write!(
            sql,
            " AND NOT (m.date = '{date}' AND m.lesson = {lesson} AND m.class_id IN ({}))",
            classes.join(",")
        );
    }
    sql
}
