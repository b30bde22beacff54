//! Who is here now: everybody who should be on site, by class or by place, to be counted when the house is left.

use std::collections::{HashMap, HashSet};

use ::words::paper::here;
use chrono::{DateTime, NaiveDate, Utc};
use documents::{ClassList, ListAlign, ListColumn};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, staff};
use store::ids::{ClassId, SchoolId};
use uuid::Uuid;

use crate::exchange::Exported;
use crate::lists::print_list;
use crate::people::stays::{on_leave, there_on};
use crate::people::{NameOrder, Named, full_name, name_order};
use crate::schools::{AttendanceMeaning, OfSchool, find_school, safe_name, school_day, settings_or_usual};
use crate::{Access, Call, Reach, Result};

/// Where somebody is, as far as the registers of the day say.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// The newest register says that they are there.
    Here,
    /// No register says anything: they are looked for like those who are here.
    Unknown,
    /// Absent or excused, or known to be.
    Away,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HereBy {
    #[default]
    Class,
    /// The room of the class.
    Place,
}

/// Somebody who belongs to the school today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonHere {
    /// The student's or the member of staff's.
    pub id: Uuid,
    /// The homeroom; none of staff, and of a student in none.
    pub class: Option<ClassId>,
    pub class_title: Option<String>,
    /// The room of the class.
    pub place: Option<String>,
    pub name: String,
    /// The name in the order of the school's lists.
    pub list_name: String,
    pub is_staff: bool,
    pub whereabouts: Whereabouts,
    /// When the register said so.
    pub since: Option<DateTime<Utc>>,
}

/// Who is here now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HereNow {
    pub at: DateTime<Utc>,
    pub date: NaiveDate,
    /// By class and name; the staff last.
    pub people: Vec<PersonHere>,
    pub here: u32,
    pub unknown: u32,
    pub away: u32,
}

/// Input of [`print_here_now`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PrintHereNow {
    pub school: SchoolId,
    #[serde(default)]
    pub by: HereBy,
}

#[derive(FromQueryResult)]
struct Student {
    id: Uuid,
    given_name: String,
    family_name: String,
    class_id: Option<ClassId>,
    class_title: Option<String>,
    room: Option<String>,
}

#[derive(FromQueryResult)]
struct Said {
    student_id: Uuid,
    meaning: AttendanceMeaning,
    at: Option<DateTime<Utc>>,
}

/// Everybody who should be on site, with what the newest register of the day says of them.
pub(super) async fn here_now(call: &Call, input: OfSchool) -> Result<HereNow> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let date = school_day(call, db, input.school).await?;
    let order = name_order(db, input.school).await?;
    let mut people = students(call, access, reach, input.school, date, order).await?;
    people.extend(staff_of_day(db, input.school, date, order).await?);
    let count = |of| people.iter().filter(|person| person.whereabouts == of).count() as u32;
    Ok(HereNow {
        at: call.now(),
        date,
        here: count(Whereabouts::Here),
        unknown: count(Whereabouts::Unknown),
        away: count(Whereabouts::Away),
        people,
    })
}

async fn students(
    call: &Call,
    access: &Access,
    reach: Reach,
    school: SchoolId,
    date: NaiveDate,
    order: NameOrder,
) -> Result<Vec<PersonHere>> {
    let db = call.store().reader();
    let sql = format!(
        "SELECT s.id, s.given_name, s.family_name, h.id AS class_id, h.title AS class_title, h.room \
         FROM students s LEFT JOIN enrolments e ON e.school_id = $1 AND e.student_id = s.id AND e.start_date <= $2 \
         AND (e.end_date IS NULL OR e.end_date >= $2) AND e.class_id IN \
         (SELECT id FROM classes WHERE school_id = $1 AND kind = 'homeroom' AND deleted_at IS NULL) \
         LEFT JOIN classes h ON h.id = e.class_id \
         WHERE s.school_id = $1 AND s.deleted_at IS NULL AND {} AND s.id NOT IN ({}) \
         ORDER BY CASE WHEN h.id IS NULL THEN 1 ELSE 0 END, h.sort_title, h.title, s.{}, s.id",
        there_on("s.id", 2),
        on_leave(2),
        order.column()
    );
    let found = Student::find_by_statement(call.store().statement(&sql, [school.into(), date.into()])).all(db).await?;
    let taught: Option<HashSet<ClassId>> = match reach {
        Reach::School => None,
        _ => Some(access.taught_classes(db, school).await?.into_iter().collect()),
    };
    let said = said_today(db, school, date).await?;
    let mut seen = HashSet::new();
    Ok(found
        .into_iter()
        .filter(|student| taught.as_ref().is_none_or(|taught| student.class_id.is_some_and(|of| taught.contains(&of))))
        .filter(|student| seen.insert(student.id))
        .map(|student| {
            let said = said.get(&student.id);
            PersonHere {
                id: student.id,
                class: student.class_id,
                class_title: student.class_title,
                place: student.room,
                name: full_name(&student.given_name, &student.family_name),
                list_name: order.list_name(&student.given_name, &student.family_name),
                is_staff: false,
                whereabouts: said.map_or(Whereabouts::Unknown, |said| match said.meaning {
                    AttendanceMeaning::Present | AttendanceMeaning::Late => Whereabouts::Here,
                    AttendanceMeaning::Absent | AttendanceMeaning::Excused => Whereabouts::Away,
                }),
                since: said.and_then(|said| said.at),
            }
        })
        .collect())
}

/// What was said last of each student today: the newest cell of a register, else what is known ahead.
async fn said_today(db: &impl ConnectionTrait, school: SchoolId, date: NaiveDate) -> Result<HashMap<Uuid, Said>> {
    let sql = "SELECT m.student_id, c.meaning, m.updated_at AS at FROM attendance_marks m \
               JOIN attendance_codes c ON c.id = m.code_id WHERE m.school_id = $1 AND m.date = $2 \
               ORDER BY m.updated_at, m.lesson";
    let ahead = "SELECT n.student_id, c.meaning, NULL AS at FROM absence_notices n \
                 JOIN attendance_codes c ON c.id = n.code_id \
                 WHERE n.school_id = $1 AND n.start_date <= $2 AND n.end_date >= $2";
    let mut said = HashMap::new();
    for sql in [ahead, sql] {
        let values = [school.into(), date.into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let rows = Said::find_by_statement(statement).all(db).await?;
        said.extend(rows.into_iter().map(|row| (row.student_id, row)));
    }
    Ok(said)
}

/// Who works at the school today; no register knows where they are.
async fn staff_of_day(
    db: &impl ConnectionTrait,
    school: SchoolId,
    date: NaiveDate,
    order: NameOrder,
) -> Result<Vec<PersonHere>> {
    let found = staff::Entity::find()
        .filter(staff::Column::SchoolId.eq(school))
        .filter(staff::Entity::existing())
        .order_by_asc(order.of_staff())
        .order_by_asc(staff::Column::Id)
        .all(db)
        .await?;
    let works = |row: &staff::Model| {
        row.first_day.is_none_or(|first| first <= date) && row.last_day.is_none_or(|last| date <= last)
    };
    Ok(found
        .into_iter()
        .filter(works)
        .map(|row| PersonHere {
            id: row.id.0,
            class: None,
            class_title: None,
            place: None,
            name: row.full_name(),
            list_name: row.list_name(order),
            is_staff: true,
            whereabouts: Whereabouts::Unknown,
            since: None,
        })
        .collect())
}

/// Those who are looked for when the house is left, on paper: a line each with a box to tick, by class or by place. Who is
/// away is not on it, and counted at its head.
pub(super) async fn print_here_now(call: &Call, input: PrintHereNow) -> Result<Exported> {
    let here = here_now(call, OfSchool { school: input.school }).await?;
    let db = call.store().reader();
    let school = find_school(db, input.school).await?;
    let settings = settings_or_usual(db, input.school).await?;
    let language = settings.language_of_documents();
    let zone: chrono_tz::Tz = school.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let mut wanted: Vec<&PersonHere> =
        here.people.iter().filter(|person| person.whereabouts != Whereabouts::Away).collect();
    if input.by == HereBy::Place {
        // Whose place nobody knows stands last.
        wanted.sort_by_cached_key(|person| {
            (person.is_staff, person.place.is_none(), person.place.as_deref().map(store::sort_title))
        });
    }
    let of_staff = here::staff().text(language);
    let rows = wanted
        .iter()
        .map(|person| {
            let class = person
                .class_title
                .clone()
                .unwrap_or_else(|| if person.is_staff { of_staff.clone() } else { String::new() });
            let place = person.place.clone().unwrap_or_default();
            let said = match person.since {
                Some(at) if person.whereabouts == Whereabouts::Here => {
                    at.with_timezone(&zone).format("%H:%M").to_string()
                }
                _ => String::new(),
            };
            let (first, second) = if input.by == HereBy::Place { (place, class) } else { (class, place) };
            vec![first, second, person.list_name.clone(), said, "[   ]".to_owned()]
        })
        .collect();
    let column = |title: ::words::Message, share, align| ListColumn { title: title.text(language), share, align };
    let (class, place) = (here::class(), here::place());
    let (first, second) = if input.by == HereBy::Place { (place, class) } else { (class, place) };
    let when = here.at.with_timezone(&zone);
    let day = settings.day_order.write_long(here.date, language);
    let title = here::title().text(language);
    let list = ClassList {
        school: school.name,
        title: title.clone(),
        subtitle: here::subtitle(day, when.format("%H:%M").to_string(), wanted.len(), here.away).text(language),
        columns: vec![
            column(first, 1.2, ListAlign::Start),
            column(second, 1.0, ListAlign::Start),
            column(here::name(), 3.0, ListAlign::Start),
            column(here::seen(), 1.0, ListAlign::Middle),
            column(here::counted(), 0.8, ListAlign::Middle),
        ],
        rows,
        page_label: ::words::paper::card::page("{page}", "{pages}").text(language),
        language: language.code().to_owned(),
        rtl: language.is_right_to_left(),
        landscape: false,
    };
    let file = safe_name(&[&title, &when.format("%Y-%m-%d %H-%M").to_string()], "pdf");
    print_list(call, list, file, wanted.len()).await
}
