//! Nobody is in two homerooms on one day.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use store::ids::{ClassId, SchoolId};
use words::refusals;

use crate::people::bulk::placeholders;
use crate::people::full_name;
use crate::schools::load_settings;
use crate::{Error, Result};

/// Times in two homerooms that share a day.
#[derive(FromQueryResult)]
struct Clash {
    given_name: String,
    family_name: String,
    class_title: String,
    other_title: String,
    start_date: NaiveDate,
    other_start: NaiveDate,
}

/// Looks at everybody who is in one of these classes; asked in the transaction that made it so, after it did. A time without
/// an end goes on until the year of its class is over, so that classes of several years never meet.
///
/// # Errors
/// Names the first student who is in two homerooms on one day, one of them among these, and both of them.
pub async fn one_homeroom_each(db: &impl ConnectionTrait, school: SchoolId, classes: &[ClassId]) -> Result<()> {
    for some in classes.chunks(500) {
        let sql = format!(
            "SELECT s.given_name, s.family_name, c.title AS class_title, d.title AS other_title, e.start_date, \
             o.start_date AS other_start FROM classes c JOIN enrolments e ON e.school_id = $1 AND e.class_id = c.id \
             JOIN enrolments o ON o.school_id = $1 AND o.student_id = e.student_id AND o.class_id <> e.class_id \
             AND (o.end_date IS NULL OR o.end_date >= e.start_date) AND (e.end_date IS NULL OR e.end_date >= o.start_date) \
             JOIN classes d ON d.id = o.class_id AND d.kind = 'homeroom' AND d.deleted_at IS NULL AND d.year_id = c.year_id \
             JOIN students s ON s.id = e.student_id AND s.deleted_at IS NULL \
             WHERE c.school_id = $1 AND c.kind = 'homeroom' AND c.deleted_at IS NULL AND c.id IN ({}) \
             ORDER BY s.sort_name, s.id LIMIT 1",
            placeholders(2, some.len())
        );
        let values = std::iter::once(Value::from(school)).chain(some.iter().map(|class| Value::from(*class)));
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        if let Some(clash) = Clash::find_by_statement(statement).one(db).await? {
            let order = load_settings(db, school).await?.day_order;
            let day = order.write(clash.start_date.max(clash.other_start));
            let name = full_name(&clash.given_name, &clash.family_name);
            let message = refusals::classes::two_homerooms(name, day, clash.class_title, clash.other_title);
            return Err(Error::field("students", "two_homerooms", message).help(refusals::classes::move_instead()));
        }
    }
    Ok(())
}
