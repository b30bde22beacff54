//! Fills an empty database with the demo school.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{
    AcademicSessionKind, CalendarKind, Choices, academic_sessions, attendance_codes, calendar_entries, schools,
    students,
};
use store::ids::{CalendarEntryId, SchoolId};
use words::refusals;

use super::{records, roster};
use crate::schools::{NewTerm, change_settings, insert_school_basics, insert_year};
use crate::{Call, Context, Error, ErrorCode, Result};

/// Input of [`fill_demo_school`].
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FillDemoSchool {
    /// The school that becomes the first of the two.
    pub school: SchoolId,
    /// The same seed gives the same people and marks.
    pub seed: u32,
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DemoSchool {
    pub schools: u32,
    pub classes: u32,
    pub students: u32,
    pub staff: u32,
    pub courses: u32,
    pub assessments: u32,
    pub marks: u32,
    pub registers: u32,
    pub attendance_marks: u32,
}

/// Classes per school and students per class: 2 × 12 × 25 = 600.
pub(super) const CLASSES: usize = 12;
pub(super) const STUDENTS_PER_CLASS: usize = 25;

/// Fills a school that has no students yet with a demo school, and makes a second school beside it.
pub(super) async fn fill_demo_school(call: &Call, input: FillDemoSchool) -> Result<DemoSchool> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let first = schools::Entity::find_by_id(input.school)
        .one(db)
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::school()))?;
    let today = call.today(&first.time_zone);
    let mut rng = StdRng::seed_from_u64(u64::from(input.seed));
    let (made, _) = call
        .transact(async |tx| {
            tx.alone("demo school").await?;
            tx.alone_in_school(input.school).await?;
            if students::Entity::find().count(tx.reader()).await? > 0 {
                return Err(Error::new(ErrorCode::InUse, refusals::demo::students_there())
                    .help(refusals::demo::empty_database_only()));
            }
            let second = second_school(tx, &first, call).await?;
            let mut made = DemoSchool { schools: 2, ..DemoSchool::default() };
            for (index, school) in [first.id, second].into_iter().enumerate() {
                call.job.progress(index * 3, 6)?;
                let calendar = calendar(tx.reader(), school, today).await?;
                let roster = roster::make(call, tx, &mut rng, school, index, &calendar, &mut made).await?;
                // Nothing is left to set up, and whoever looks around on a Sunday finds a school day too.
                let weekday = crate::schools::Weekday::of(today);
                change_settings(tx, school, |settings| {
                    settings.first_hour_put_away = true;
                    if !settings.school_days.contains(&weekday) {
                        settings.school_days.push(weekday);
                    }
                })
                .await?;
                holidays(tx, school, &calendar, today).await?;
                call.job.progress(index * 3 + 1, 6)?;
                records::marks(call, tx, &mut rng, school, &roster, &calendar, &mut made).await?;
                call.job.progress(index * 3 + 2, 6)?;
                records::attendance(call, tx, &mut rng, school, &roster, &calendar, &mut made).await?;
            }
            Ok(made)
        })
        .await?;
    call.job.progress(6, 6)?;
    Ok(made)
}

/// The year and the term that the demo fills, and what its registers use.
pub(super) struct Calendar {
    pub year: academic_sessions::Model,
    pub term: academic_sessions::Model,
    pub codes: Vec<attendance_codes::Model>,
    /// The newest school day of the term so far: attendance exists up to the day before, so that one register is left
    /// to take.
    pub until: NaiveDate,
}

async fn calendar(db: &impl sea_orm::ConnectionTrait, school: SchoolId, today: NaiveDate) -> Result<Calendar> {
    let sessions = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .order_by_asc(academic_sessions::Column::StartDate)
        .all(db)
        .await?;
    let terms: Vec<_> = sessions.iter().filter(|session| session.kind == AcademicSessionKind::Term).collect();
    // The term that runs, else the newest that has begun, else the first.
    let term = terms.iter().rev().find(|term| term.start_date <= today).or(terms.first());
    let term = (*term.ok_or_else(|| Error::not_found(refusals::gone::term()))?).clone();
    let year = sessions.iter().find(|session| Some(session.id) == term.parent_id).cloned();
    let codes = attendance_codes::Entity::find().filter(attendance_codes::Column::SchoolId.eq(school)).all(db).await?;
    let last = if term.start_date <= today { term.end_date.min(today) } else { term.end_date };
    let weekend = match last.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    };
    let until = last - Days::new(weekend);
    Ok(Calendar { year: year.ok_or_else(|| Error::not_found(refusals::gone::year()))?, term, codes, until })
}

/// A week off, a day of training for the oldest and an open day on a Saturday, none of them today.
async fn holidays(
    tx: &mut store::Transaction<'_>,
    school: SchoolId,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<()> {
    let first = calendar.term.start_date;
    let monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let busy = |day: &NaiveDate| *day == today || *day == calendar.until;
    // A week of the term in which today is not.
    let Some(week) = [6, 5, 7]
        .map(|weeks| monday + Days::new(7 * weeks))
        .into_iter()
        .find(|week| !week.iter_days().take(7).any(|day| busy(&day)))
    else {
        return Ok(());
    };
    let entry = |kind, title: &str, start: NaiveDate, end, levels: &[&str]| calendar_entries::Model {
        id: CalendarEntryId::new(),
        school_id: school,
        kind,
        title: title.to_owned(),
        start_date: start,
        end_date: end,
        grade_levels: Choices(levels.iter().map(|level| (*level).to_owned()).collect()),
        version: 1,
    };
    let training = week - Days::new(14 - 2);
    let open_day = week + Days::new(14 + 5);
    let mut rows = vec![entry(CalendarKind::Holiday, "Half-term break", week, week + Days::new(6), &[])];
    if !busy(&training) {
        rows.push(entry(CalendarKind::Closure, "Training of staff", training, training, &["10"]));
    }
    if !busy(&open_day) && open_day > today {
        rows.push(entry(CalendarKind::Extra, "Open day", open_day, open_day, &[]));
    }
    tx.insert_many::<calendar_entries::Entity>(rows).await?;
    Ok(())
}

async fn second_school(tx: &mut store::Transaction<'_>, first: &schools::Model, context: &Context) -> Result<SchoolId> {
    let id = SchoolId::new();
    let school = schools::Model {
        id,
        name: "Hillside School".into(),
        identifier: Some("HS-02".into()),
        address: Some("4 Orchard Road".into()),
        logo: None,
        deleted_at: None,
        version: 1,
        ..first.clone()
    };
    tx.insert::<schools::Entity>(school).await?;
    insert_school_basics(tx, id).await?;
    let sessions = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(first.id))
        .order_by_asc(academic_sessions::Column::StartDate)
        .all(tx.reader())
        .await?;
    for year in sessions.iter().filter(|session| session.kind == AcademicSessionKind::Year) {
        let terms: Vec<NewTerm> = sessions
            .iter()
            .filter(|term| term.parent_id == Some(year.id))
            .map(|term| NewTerm { title: term.title.clone(), start: term.start_date, end: term.end_date })
            .collect();
        insert_year(tx, id, &year.title, year.start_date, year.end_date, &terms).await?;
    }
    context.job.progress(0, 6)?;
    Ok(id)
}
