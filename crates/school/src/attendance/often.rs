//! Who was often away: so many days, so many in a row, or more than a share of the days, over the whole school.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement, Value};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, classes, students};
use store::ids::{ClassId, SchoolId, StudentId};
use words::refusals;

use super::counted::only_counted;
use crate::error::Invalid;
use crate::people::bulk::placeholders;
use crate::people::{Named, name_order};
use crate::schools::AttendanceMeaning;
use crate::{Call, Reach, Result};

/// The longest time that is looked at, in days.
const LONGEST: i64 = 366;
/// The most students that are listed.
const MOST: usize = 1_000;

/// Input of [`often_absent`]: whoever reaches one of the measures is listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct OftenAbsent {
    pub school: SchoolId,
    /// The first day.
    pub start: NaiveDate,
    /// The last day, at most a year later.
    pub end: NaiveDate,
    /// Away on at least so many days.
    pub days: Option<u32>,
    /// Away on at least so many register days in a row: what lies between without a register, as a holiday, breaks no row.
    pub in_a_row: Option<u32>,
    /// Away on more than this percentage of the register days, 0 to 100.
    pub percent: Option<f64>,
    /// Without those that were excused.
    pub unexcused_only: Option<bool>,
}

/// A student who was often away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OftenAbsentStudent {
    pub student: StudentId,
    pub number: String,
    pub name: String,
    /// The name in the order of the school's lists.
    pub list_name: String,
    /// The class of the last register day.
    pub class: ClassId,
    pub class_title: String,
    /// Days of absence, with those that were excused where these are asked for.
    pub away: u32,
    /// Days of these that were excused.
    pub excused: u32,
    /// Register days that count.
    pub days: u32,
    /// Percentage of them away, 0 to 100.
    pub percent: f64,
    /// The longest row of days away.
    pub in_a_row: u32,
    /// The last day away.
    pub last: NaiveDate,
}

/// Those who were often away, most days first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OftenAbsentStudents {
    /// The first thousand.
    pub students: Vec<OftenAbsentStudent>,
    /// How many there are.
    pub total: u32,
}

#[derive(FromQueryResult)]
struct Candidate {
    student_id: StudentId,
}

#[derive(FromQueryResult)]
struct Cell {
    student_id: StudentId,
    class_id: ClassId,
    date: NaiveDate,
    meaning: AttendanceMeaning,
}

/// What the days of a student come to.
#[derive(Debug, PartialEq)]
struct Tally {
    away: u32,
    excused: u32,
    days: u32,
    in_a_row: u32,
    last: Option<NaiveDate>,
}

impl Tally {
    /// Adds up days in their order.
    fn of(days: impl Iterator<Item = (NaiveDate, AttendanceMeaning)>, unexcused_only: bool) -> Self {
        let mut tally = Self { away: 0, excused: 0, days: 0, in_a_row: 0, last: None };
        let mut row = 0;
        for (date, meaning) in days {
            tally.days += 1;
            let excused = meaning == AttendanceMeaning::Excused;
            if meaning == AttendanceMeaning::Absent || (excused && !unexcused_only) {
                tally.away += 1;
                tally.excused += u32::from(excused);
                tally.last = Some(date);
                row += 1;
                tally.in_a_row = tally.in_a_row.max(row);
            } else {
                row = 0;
            }
        }
        tally
    }

    /// Percentage of the days away.
    fn percent(&self) -> f64 {
        if self.days == 0 { 0.0 } else { f64::from(self.away) * 100.0 / f64::from(self.days) }
    }

    /// Whether one of the measures is reached.
    fn reaches(&self, input: &OftenAbsent) -> bool {
        self.away > 0
            && (input.days.is_some_and(|days| self.away >= days)
                || input.in_a_row.is_some_and(|days| self.in_a_row >= days)
                || input.percent.is_some_and(|percent| self.percent() > percent))
    }
}

/// Who was often away, over all whom the person reaches.
pub(super) async fn often_absent(call: &Call, input: OftenAbsent) -> Result<OftenAbsentStudents> {
    let access = call.access();
    let reach = access.at(input.school)?;
    check(&input)?;
    let db = call.store().reader();
    let taught = match reach {
        Reach::School => None,
        _ => Some(access.taught_classes(db, input.school).await?),
    };
    let unexcused_only = input.unexcused_only == Some(true);
    let mut found = Vec::new();
    let order = name_order(db, input.school).await?;
    let cells = cells(db, &input, unexcused_only).await?;
    for of_student in cells.chunk_by(|one, other| one.student_id == other.student_id) {
        let tally = Tally::of(of_student.iter().map(|cell| (cell.date, cell.meaning)), unexcused_only);
        let (Some(newest), Some(last)) = (of_student.last(), tally.last) else { continue };
        if tally.reaches(&input) && taught.as_ref().is_none_or(|taught| taught.contains(&newest.class_id)) {
            found.push((newest.student_id, newest.class_id, last, tally));
        }
    }
    let mut people: HashMap<StudentId, students::Model> = HashMap::new();
    for some in found.chunks(1_000) {
        let rows = students::Entity::find()
            .filter(students::Column::SchoolId.eq(input.school))
            .filter(students::Column::Id.is_in(some.iter().map(|of| of.0)))
            .filter(students::Entity::existing())
            .all(db)
            .await?;
        people.extend(rows.into_iter().map(|student| (student.id, student)));
    }
    let of_school = classes::Entity::find().filter(classes::Column::SchoolId.eq(input.school)).all(db).await?;
    let titles: HashMap<ClassId, String> = of_school.into_iter().map(|class| (class.id, class.title)).collect();
    let mut listed: Vec<OftenAbsentStudent> = found
        .into_iter()
        .filter_map(|(id, class, last, tally)| {
            let student = people.get(&id)?;
            Some(OftenAbsentStudent {
                student: id,
                number: student.number.clone(),
                name: student.full_name(),
                list_name: student.list_name(order),
                class,
                class_title: titles.get(&class).cloned().unwrap_or_default(),
                away: tally.away,
                excused: tally.excused,
                days: tally.days,
                percent: tally.percent(),
                in_a_row: tally.in_a_row,
                last,
            })
        })
        .collect();
    listed.sort_by(|one, other| other.away.cmp(&one.away).then_with(|| one.list_name.cmp(&other.list_name)));
    let total = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    listed.truncate(MOST);
    Ok(OftenAbsentStudents { students: listed, total })
}

fn check(input: &OftenAbsent) -> Result<()> {
    let mut invalid = Invalid::default();
    if input.end < input.start {
        invalid.push("end", "before_start", refusals::attendance::end_before_start());
    } else if (input.end - input.start).num_days() >= LONGEST {
        invalid.push("end", "too_long", refusals::attendance::absence_too_long(LONGEST));
    }
    if input.days.is_none() && input.in_a_row.is_none() && input.percent.is_none() {
        invalid.push("days", "required", refusals::attendance::measure_needed());
    }
    if input.days == Some(0) {
        invalid.push("days", "out_of_range", refusals::attendance::at_least_one_day());
    }
    if input.in_a_row == Some(0) {
        invalid.push("inARow", "out_of_range", refusals::attendance::at_least_one_day());
    }
    if input.percent.is_some_and(|percent| !(0.0..=100.0).contains(&percent)) {
        invalid.push("percent", "out_of_range", refusals::attendance::percent_out_of_range());
    }
    invalid.check()
}

/// The register days of those who can reach a measure, by student and day. Whoever was away on fewer days than the least
/// measure asks for is not read day by day.
async fn cells(db: &impl ConnectionTrait, input: &OftenAbsent, unexcused_only: bool) -> Result<Vec<Cell>> {
    let only_counted = only_counted(db, input.school, input.start, input.end).await?;
    let least = [input.days, input.in_a_row, input.percent.map(|_| 1)].into_iter().flatten().min().unwrap_or(1);
    let also = if unexcused_only { "" } else { ", 'excused'" };
    let backend = db.get_database_backend();
    let sql = format!(
        "SELECT m.student_id FROM attendance_marks m JOIN attendance_codes c ON c.id = m.code_id \
         WHERE m.school_id = $1 AND m.date BETWEEN $2 AND $3 AND m.lesson = 0 AND c.meaning IN ('absent'{also}) {only_counted} \
         GROUP BY m.student_id HAVING COUNT(*) >= $4"
    );
    let values = [input.school.into(), input.start.into(), input.end.into(), i64::from(least).into()];
    let candidates = Candidate::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await?;
    let mut cells = Vec::new();
    for some in candidates.chunks(1_000) {
        let sql = format!(
            "SELECT m.student_id, m.class_id, m.date, c.meaning FROM attendance_marks m \
             JOIN attendance_codes c ON c.id = m.code_id \
             WHERE m.school_id = $1 AND m.student_id IN ({}) AND m.date BETWEEN $2 AND $3 AND m.lesson = 0 \
             {only_counted} ORDER BY m.student_id, m.date",
            placeholders(4, some.len())
        );
        let mut values: Vec<Value> = vec![input.school.into(), input.start.into(), input.end.into()];
        values.extend(some.iter().map(|of| Value::from(of.student_id)));
        cells.extend(Cell::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await?);
    }
    Ok(cells)
}
