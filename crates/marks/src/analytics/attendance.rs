//! Attendance of students in a term, counted from their register cells.

use std::collections::HashMap;

use ::analytics::AttendanceCounts;
use sea_orm::{FromQueryResult, Value};
use store::Store;
use store::entities::{AttendanceMeaning, academic_sessions};
use store::ids::{ClassId, StudentId};

use crate::Result;

#[derive(FromQueryResult)]
struct Row {
    student_id: StudentId,
    meaning: AttendanceMeaning,
    whole_day: i32,
    cells: i64,
}

/// How often each student of these classes was marked with each meaning in the term. Where registers are taken for the
/// whole day these count; where they are taken by lesson only, lessons do.
pub async fn load_attendance(
    store: &Store,
    classes: &[ClassId],
    term: &academic_sessions::Model,
) -> Result<HashMap<StudentId, AttendanceCounts>> {
    if classes.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (4..4 + classes.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT m.student_id, c.meaning, CASE WHEN m.lesson = 0 THEN 1 ELSE 0 END AS whole_day, COUNT(*) AS cells \
         FROM attendance_marks m JOIN attendance_codes c ON c.id = m.code_id \
         WHERE m.school_id = $1 AND m.date >= $2 AND m.date <= $3 AND m.class_id IN ({}) \
         GROUP BY m.student_id, c.meaning, CASE WHEN m.lesson = 0 THEN 1 ELSE 0 END",
        places.join(", ")
    );
    let mut values: Vec<Value> = vec![term.school_id.into(), term.start_date.into(), term.end_date.into()];
    values.extend(classes.iter().map(|class| Value::from(*class)));
    let rows = Row::find_by_statement(store.statement(&sql, values)).all(store.reader()).await?;
    let mut by_day: HashMap<StudentId, AttendanceCounts> = HashMap::new();
    let mut by_lesson: HashMap<StudentId, AttendanceCounts> = HashMap::new();
    for row in rows {
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
    by_lesson.extend(by_day);
    Ok(by_lesson)
}
