//! A school day at a glance: which registers have been taken, and who is not there.

use std::collections::HashMap;

use ::analytics::AttendanceCounts;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{ClassKind, SoftDeleted, classes, registers};
use store::ids::{AttendanceCodeId, ClassId, SchoolId, StudentId};

use super::register::{MarkSource, count};
use crate::people::stays::on_leave;
use crate::people::{name_order, user_names, whom_to_call};
use crate::schools::{AttendanceMeaning, OffDay, SchoolDays, current_year, school_day};
use crate::{Access, Call, Context, Reach, Result};

/// Input of [`registers_of_day`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RegistersOfDayInput {
    pub school: SchoolId,
    /// Today where left out.
    pub date: Option<NaiveDate>,
    /// The whole day (0) where left out.
    pub lesson: Option<i32>,
}

/// A class's register of the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassRegister {
    pub class: ClassId,
    pub class_title: String,
    pub kind: ClassKind,
    /// Students in the class on this day.
    pub students: u32,
    pub counts: AttendanceCounts,
    pub taken: bool,
    pub taken_by: Option<String>,
    pub taken_at: Option<DateTime<Utc>>,
}

/// The registers of a school day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RegistersOfDay {
    pub date: NaiveDate,
    pub lesson: i32,
    /// Why there is no school on the day; none on a school day.
    pub no_school: Option<OffDay>,
    /// The classes that the person reaches, by title.
    pub classes: Vec<ClassRegister>,
    pub taken: u32,
    pub counts: AttendanceCounts,
}

#[derive(FromQueryResult)]
struct Enrolled {
    class_id: ClassId,
    students: i64,
}

#[derive(FromQueryResult)]
struct Marked {
    class_id: ClassId,
    meaning: AttendanceMeaning,
    cells: i64,
}

/// Which registers of a day have been taken, with their counts.
pub(super) async fn registers_of_day(call: &Call, input: RegistersOfDayInput) -> Result<RegistersOfDay> {
    let access = call.access();
    access.at(input.school)?;
    let db = call.store().reader();
    let date = day(call, input.school, input.date).await?;
    let lesson = input.lesson.unwrap_or(0);
    let mut classes = reached_classes(call, access, input.school, date).await?;
    let days = SchoolDays::load(db, input.school).await?;
    let open = days.off(date, None).is_none();
    // The day belongs to the homeroom, and to those who have school; where nobody has, they are listed for whoever means it.
    classes.retain(|class| {
        (lesson != 0 || class.kind == ClassKind::Homeroom)
            && (!open || days.has_school(date, class.grade_level.as_deref()))
    });
    let taken: HashMap<ClassId, registers::Model> = registers::Entity::find()
        .filter(registers::Column::SchoolId.eq(input.school))
        .filter(registers::Column::Date.eq(date))
        .filter(registers::Column::Lesson.eq(lesson))
        .filter(registers::Column::TakenAt.is_not_null())
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.class_id, row))
        .collect();
    let names = user_names(db, taken.values().filter_map(|row| row.taken_by)).await?;
    let enrolled = enrolled_of_day(call, input.school, date).await?;
    let counts = counts_of_day(call, input.school, date, lesson).await?;
    let rows: Vec<ClassRegister> = classes
        .into_iter()
        .map(|class| {
            let row = taken.get(&class.id);
            ClassRegister {
                class: class.id,
                class_title: class.title,
                kind: class.kind,
                students: enrolled.get(&class.id).copied().unwrap_or(0),
                counts: counts.get(&class.id).copied().unwrap_or_default(),
                taken: row.is_some(),
                taken_by: row.and_then(|row| row.taken_by).and_then(|user| names.get(&user).cloned()),
                taken_at: row.and_then(|row| row.taken_at),
            }
        })
        .collect();
    let mut all = AttendanceCounts::default();
    for AttendanceCounts { present, late, absent, excused } in rows.iter().map(|row| row.counts) {
        all.present += present;
        all.late += late;
        all.absent += absent;
        all.excused += excused;
    }
    let taken = rows.iter().filter(|row| row.taken).count() as u32;
    let no_school = days.off(date, None);
    Ok(RegistersOfDay { date, lesson, no_school, classes: rows, taken, counts: all })
}

async fn day(context: &Context, school: SchoolId, date: Option<NaiveDate>) -> Result<NaiveDate> {
    match date {
        Some(date) => Ok(date),
        None => school_day(context, context.store().reader(), school).await,
    }
}

/// The classes of the day's academic year that the person reaches, by title.
async fn reached_classes(
    context: &Context,
    access: &Access,
    school: SchoolId,
    date: NaiveDate,
) -> Result<Vec<classes::Model>> {
    let db = context.store().reader();
    let Some(year) = current_year(db, school, date).await? else { return Ok(Vec::new()) };
    let mut query = classes::Entity::find()
        .filter(classes::Column::SchoolId.eq(school))
        .filter(classes::Column::YearId.eq(year))
        .filter(classes::Entity::existing());
    if access.at(school)? != Reach::School {
        query = query.filter(classes::Column::Id.is_in(access.taught_classes(db, school).await?));
    }
    Ok(query.order_by_asc(classes::Column::SortTitle).order_by_asc(classes::Column::Title).all(db).await?)
}

async fn enrolled_of_day(context: &Context, school: SchoolId, date: NaiveDate) -> Result<HashMap<ClassId, u32>> {
    let sql = "SELECT e.class_id, COUNT(DISTINCT e.student_id) AS students FROM enrolments e \
               JOIN students s ON s.id = e.student_id \
               WHERE e.school_id = $1 AND s.deleted_at IS NULL AND e.start_date <= $2 \
               AND (e.end_date IS NULL OR e.end_date >= $2) AND s.id NOT IN ({away}) GROUP BY e.class_id";
    let sql = sql.replace("{away}", &on_leave(2));
    let statement = context.store().statement(&sql, [school.into(), date.into()]);
    let rows = Enrolled::find_by_statement(statement).all(context.store().reader()).await?;
    Ok(rows.into_iter().map(|row| (row.class_id, u32::try_from(row.students).unwrap_or(u32::MAX))).collect())
}

async fn counts_of_day(
    context: &Context,
    school: SchoolId,
    date: NaiveDate,
    lesson: i32,
) -> Result<HashMap<ClassId, AttendanceCounts>> {
    let sql = "SELECT m.class_id, c.meaning, COUNT(*) AS cells FROM attendance_marks m \
               JOIN attendance_codes c ON c.id = m.code_id \
               WHERE m.school_id = $1 AND m.date = $2 AND m.lesson = $3 GROUP BY m.class_id, c.meaning";
    let statement = context.store().statement(sql, [school.into(), date.into(), lesson.into()]);
    let mut counts: HashMap<ClassId, AttendanceCounts> = HashMap::new();
    for row in Marked::find_by_statement(statement).all(context.store().reader()).await? {
        let cells = u32::try_from(row.cells).unwrap_or(u32::MAX);
        count(counts.entry(row.class_id).or_default(), row.meaning, cells);
    }
    Ok(counts)
}

/// Input of [`absent_today`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct AbsentToday {
    pub school: SchoolId,
    /// Today where left out.
    pub date: Option<NaiveDate>,
}

/// A student who is not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AbsentStudent {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub class: ClassId,
    pub class_title: String,
    pub lesson: i32,
    pub date: NaiveDate,
    /// The code, and its letter.
    pub code_id: AttendanceCodeId,
    pub code: String,
    pub meaning: AttendanceMeaning,
    pub reason: Option<String>,
    /// Absent without leave and without a reason: somebody has to ask.
    pub unexplained: bool,
    /// Known ahead, and not yet in a register.
    pub ahead: bool,
    pub source: MarkSource,
    /// The version of the register's cell, for a change of the reason.
    pub version: i32,
    /// The guardian who is called first.
    pub guardian_name: Option<String>,
    pub guardian_phone: Option<String>,
}

#[derive(FromQueryResult)]
struct AbsentRow {
    student_id: StudentId,
    number: String,
    given_name: String,
    family_name: String,
    native_name: Option<String>,
    class_id: ClassId,
    class_title: String,
    lesson: i32,
    code: String,
    meaning: AttendanceMeaning,
    reason: Option<String>,
    source: MarkSource,
    code_id: AttendanceCodeId,
    version: i32,
    grade_level: Option<String>,
    guardian_name: Option<String>,
    guardian_phone: Option<String>,
}

/// Who is absent or excused on a day, those whom nobody has explained first, then by name.
pub(super) async fn absent_today(call: &Call, input: AbsentToday) -> Result<Vec<AbsentStudent>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let date = day(call, input.school, input.date).await?;
    let taught = match reach {
        Reach::School => None,
        _ => Some(access.taught_classes(db, input.school).await?),
    };
    let days = SchoolDays::load(db, input.school).await?;
    let sql = include_str!("absent.sql")
        .replace("{called}", &whom_to_call("SELECT student_id FROM away"))
        .replace("{sort}", name_order(db, input.school).await?.column());
    let statement = call.store().statement(&sql, [input.school.into(), date.into()]);
    let rows = AbsentRow::find_by_statement(statement).all(db).await?;
    let mut absent = rows
        .into_iter()
        .filter(|row| taught.as_ref().is_none_or(|taught| taught.contains(&row.class_id)))
        // On a day without school nobody is missed.
        .filter(|row| row.version > 0 || days.has_school(date, row.grade_level.as_deref()))
        .map(|row| {
            let meaning = row.meaning;
            Ok(AbsentStudent {
                student: row.student_id,
                number: row.number,
                given_name: row.given_name,
                family_name: row.family_name,
                native_name: row.native_name,
                class: row.class_id,
                class_title: row.class_title,
                lesson: row.lesson,
                code: row.code,
                meaning,
                ahead: row.version == 0,
                unexplained: row.version > 0 && meaning == AttendanceMeaning::Absent && row.reason.is_none(),
                reason: row.reason,
                source: row.source,
                date,
                code_id: row.code_id,
                version: row.version,
                guardian_name: row.guardian_name,
                guardian_phone: row.guardian_phone,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    absent.sort_by_key(|student| !student.unexplained);
    Ok(absent)
}
