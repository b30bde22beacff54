//! When a student is at the school: a history of times instead of a word, and days of employment for staff.
//!
//! Until now a student had a status and nobody said since when. Everybody gets one time: from the first day in any class,
//! or the day on which the student was recorded; who has left, until the day on which that was recorded, or the last day in a
//! class where that was before.

use std::collections::HashMap;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::{Date, DateTimeUtc, Json, Uuid};
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend, Statement, Value};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261130_h00016_stays"
    }
}

/// Every student with what is known of the days.
const STUDENTS: &str = "SELECT s.id, s.school_id, s.status, s.created_at, min(e.start_date) AS first_day, \
     max(e.end_date) AS last_day, sum(CASE WHEN e.id IS NOT NULL AND e.end_date IS NULL THEN 1 ELSE 0 END) AS open \
     FROM students s LEFT JOIN enrolments e ON e.school_id = s.school_id AND e.student_id = s.id \
     GROUP BY s.id, s.school_id, s.status, s.created_at ORDER BY s.id";

/// When the status of those who left was set, newest last.
const LEFT: &str = "SELECT c.row_id, a.at, c.after FROM audit_changes c JOIN audit_entries a ON a.id = c.entry_id \
     JOIN students s ON s.id = c.row_id AND s.status <> 'active' WHERE c.table_name = 'students' ORDER BY c.id";

/// Students whose times are written at once.
const AT_ONCE: usize = 500;

struct Stay {
    student: Uuid,
    school: Uuid,
    status: String,
    first: Date,
    last: Option<Date>,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::run(manager, include_str!("m20261130_h00016_stays.sql")).await?;
        let connection = manager.get_connection();
        let backend = connection.get_database_backend();
        let ask = |sql: &str| Statement::from_string(backend, sql.to_owned());
        let mut left: HashMap<Uuid, Date> = HashMap::new();
        for row in connection.query_all_raw(ask(LEFT)).await? {
            let (student, at): (Uuid, DateTimeUtc) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let after: Option<Json> = row.try_get_by_index(2)?;
            if after.is_some_and(|after| after.get("status").is_some()) {
                left.insert(student, at.date_naive());
            }
        }
        let mut stays = Vec::new();
        for row in connection.query_all_raw(ask(STUDENTS)).await? {
            let student: Uuid = row.try_get_by_index(0)?;
            let recorded: DateTimeUtc = row.try_get_by_index(3)?;
            let (first, last): (Option<Date>, Option<Date>) = (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
            let status: String = row.try_get_by_index(2)?;
            let first = first.unwrap_or_else(|| recorded.date_naive());
            let (ended, said) =
                (last.filter(|_| row.try_get_by_index::<i64>(6).is_ok_and(|open| open == 0)), left.get(&student));
            let last = (status != "active").then(|| {
                let said = said.copied().unwrap_or_else(|| recorded.date_naive());
                Ord::max(ended.map_or(said, |ended| Ord::min(ended, said)), first)
            });
            stays.push(Stay { student, school: row.try_get_by_index(1)?, status, first, last });
        }
        for some in stays.chunks(AT_ONCE) {
            connection.execute_raw(insert(backend, some)).await?;
        }
        let days = "UPDATE students SET last_day = (SELECT y.end_date FROM stays y WHERE y.school_id = students.school_id \
             AND y.student_id = students.id) WHERE status <> 'active'";
        connection.execute_raw(ask(days)).await?;
        Ok(())
    }
}

fn insert(backend: DatabaseBackend, stays: &[Stay]) -> Statement {
    let mut values: Vec<Value> = Vec::new();
    let mut rows = Vec::new();
    for stay in stays {
        let at = values.len();
        rows.push(format!(
            "(${}, ${}, ${}, ${}, 'enrolled', ${}, ${}, 1)",
            at + 1,
            at + 2,
            at + 3,
            at + 4,
            at + 5,
            at + 6
        ));
        let exit = stay.last.is_some().then(|| stay.status.clone());
        values.extend([
            before_all(stay.student).into(),
            stay.school.into(),
            stay.student.into(),
            stay.first.into(),
            stay.last.into(),
            exit.into(),
        ]);
    }
    let sql = format!(
        "INSERT INTO stays (id, school_id, student_id, start_date, entry_kind, end_date, exit_kind, version) VALUES {}",
        rows.join(", ")
    );
    Statement::from_sql_and_values(backend, sql, values)
}

/// An identifier of its own from the student's: that of a row from before the history, since no entry of it made the row.
fn before_all(student: Uuid) -> Uuid {
    let mut bytes = student.into_bytes();
    bytes[..6].fill(0);
    Uuid::from_bytes(bytes)
}
