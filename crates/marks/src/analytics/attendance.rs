//! Attendance of students in a term, counted from their register cells.

use std::collections::HashMap;

use ::analytics::AttendanceCounts;
use sea_orm::{FromQueryResult, Value};
use store::Store;
use store::entities::{AttendanceMeaning, academic_sessions};
use store::ids::StudentId;

use crate::Result;
use crate::people::bulk::placeholders;
use school::attendance::only_counted;

#[derive(FromQueryResult)]
struct Row {
    student_id: StudentId,
    meaning: AttendanceMeaning,
    whole_day: i32,
    cells: i64,
}

/// How often each of these students was marked with each meaning in the term, in whichever class. Where registers are taken
/// for the whole day these count; where they are taken by lesson only, lessons do.
pub async fn load_attendance(
    store: &Store,
    students: &[StudentId],
    term: &academic_sessions::Model,
) -> Result<HashMap<StudentId, AttendanceCounts>> {
    let only_counted = only_counted(store.reader(), term.school_id, term.start_date, term.end_date).await?;
    let mut by_day: HashMap<StudentId, AttendanceCounts> = HashMap::new();
    let mut by_lesson: HashMap<StudentId, AttendanceCounts> = HashMap::new();
    for some in students.chunks(1_000) {
        let sql = format!(
            "SELECT m.student_id, c.meaning, CASE WHEN m.lesson = 0 THEN 1 ELSE 0 END AS whole_day, COUNT(*) AS cells \
             FROM attendance_marks m JOIN attendance_codes c ON c.id = m.code_id \
             WHERE m.school_id = $1 AND m.date >= $2 AND m.date <= $3 AND m.student_id IN ({}) {only_counted} \
             GROUP BY m.student_id, c.meaning, CASE WHEN m.lesson = 0 THEN 1 ELSE 0 END",
            placeholders(4, some.len())
        );
        let mut values: Vec<Value> = vec![term.school_id.into(), term.start_date.into(), term.end_date.into()];
        values.extend(some.iter().map(|student| Value::from(*student)));
        for row in Row::find_by_statement(store.statement(&sql, values)).all(store.reader()).await? {
            let counts = if row.whole_day == 1 { &mut by_day } else { &mut by_lesson };
            let counts = counts.entry(row.student_id).or_default();
            let cells = u32::try_from(row.cells).unwrap_or(u32::MAX);
            match row.meaning {
                AttendanceMeaning::Present => counts.present += cells,
                AttendanceMeaning::Late => counts.late += cells,
                AttendanceMeaning::Absent => counts.absent += cells,
                AttendanceMeaning::Excused => counts.excused += cells,
            }
        }
    }
    by_lesson.extend(by_day);
    Ok(by_lesson)
}
