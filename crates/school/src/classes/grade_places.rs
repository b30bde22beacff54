//! How many places a grade level has in an academic year, and how many of them are taken: by whoever is in a homeroom of it.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, grade_places};
use store::ids::{AcademicSessionId, AuditEntryId, GradePlacesId, SchoolId};
use store::{StoreError, sort_title};
use words::refusals;

use crate::error::Invalid;
use crate::people::LONGEST_GRADE_LEVEL;
use crate::schools::school_day;
use crate::{Call, Error, Reach, Result};

/// So many grade levels have places in a year.
const MOST_LEVELS: usize = 100;
/// The most places of a grade level.
const MOST_PLACES: i32 = 9_999;

/// Names an academic year of a school.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfGradePlaces {
    pub school: SchoolId,
    pub year: AcademicSessionId,
}

/// A grade level of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GradePlaces {
    /// As it is written with the homerooms.
    pub grade_level: String,
    /// The number of places; none: as many as come.
    pub places: Option<i32>,
    /// Students in homerooms of the grade level, today or later; each once.
    pub students: i64,
    /// Of the number of places; none where none was ever said.
    pub version: Option<i32>,
}

/// What is said of a grade level.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveGradeLevel {
    pub grade_level: String,
    /// 1 to 9,999; as many as come where it is left out.
    pub places: Option<i32>,
    /// The version that the person saw; none where no number was said.
    pub version: Option<i32>,
}

/// Input of [`save_grade_places`]. Grade levels that are not named stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveGradePlaces {
    pub school: SchoolId,
    pub year: AcademicSessionId,
    pub levels: Vec<SaveGradeLevel>,
}

/// What [`save_grade_places`] saved.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedGradePlaces {
    pub levels: Vec<GradePlaces>,
    pub undo: Option<AuditEntryId>,
}

#[derive(FromQueryResult)]
struct Taken {
    grade_level: String,
    students: i64,
}

/// How many students are in the homerooms of each grade level of a year on the day or later; of one that has a homeroom and
/// no student 0.
async fn taken(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
    day: NaiveDate,
) -> Result<Vec<Taken>> {
    let sql = "SELECT c.grade_level, count(DISTINCT s.id) AS students FROM classes c \
        LEFT JOIN enrolments e ON e.school_id = $1 AND e.class_id = c.id AND (e.end_date IS NULL OR e.end_date >= $3) \
        LEFT JOIN students s ON s.id = e.student_id AND s.deleted_at IS NULL \
        WHERE c.school_id = $1 AND c.year_id = $2 AND c.kind = 'homeroom' AND c.deleted_at IS NULL \
        AND c.grade_level IS NOT NULL GROUP BY c.grade_level";
    let values = [school.into(), year.into(), day.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(Taken::find_by_statement(statement).all(db).await?)
}

pub(super) async fn stored(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
) -> Result<Vec<grade_places::Model>> {
    Ok(grade_places::Entity::find()
        .filter(grade_places::Column::SchoolId.eq(school))
        .filter(grade_places::Column::YearId.eq(year))
        .all(db)
        .await?)
}

/// The grade levels of a year, as people count: those of its homerooms, and those that have places.
pub(super) async fn levels(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
    day: NaiveDate,
) -> Result<Vec<GradePlaces>> {
    let mut found: BTreeMap<String, GradePlaces> = BTreeMap::new();
    let plain = |grade_level: String| GradePlaces { grade_level, places: None, students: 0, version: None };
    for Taken { grade_level, students } in taken(db, school, year, day).await? {
        found.insert(grade_level.clone(), GradePlaces { students, ..plain(grade_level) });
    }
    for row in stored(db, school, year).await? {
        let of = found.entry(row.grade_level.clone()).or_insert_with(|| plain(row.grade_level));
        (of.places, of.version) = (Some(row.places), Some(row.version));
    }
    let mut levels: Vec<GradePlaces> = found.into_values().collect();
    levels.sort_by_cached_key(|level| sort_title(&level.grade_level));
    Ok(levels)
}

async fn check_year(db: &impl ConnectionTrait, school: SchoolId, year: AcademicSessionId) -> Result<()> {
    let found = academic_sessions::Entity::find_by_id(year)
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
        .filter(academic_sessions::Entity::existing())
        .one(db)
        .await?;
    found.map(|_| ()).ok_or_else(|| Error::not_found(refusals::classes::unknown_year()))
}

/// The grade levels of a year with their places and how many of them are taken.
pub(super) async fn grade_places(call: &Call, input: OfGradePlaces) -> Result<Vec<GradePlaces>> {
    if call.access().at(input.school)? == Reach::Own {
        return Err(Error::forbidden());
    }
    let db = call.store().reader();
    check_year(db, input.school, input.year).await?;
    levels(db, input.school, input.year, school_day(call, db, input.school).await?).await
}

/// Says how many places grade levels of a year have. What somebody else said meanwhile is not written over.
pub(super) async fn save_grade_places(call: &Call, input: SaveGradePlaces) -> Result<SavedGradePlaces> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    if input.levels.len() > MOST_LEVELS {
        invalid.push("levels", "too_many", refusals::classes::too_many_grade_levels(MOST_LEVELS));
    }
    let mut wanted: HashMap<String, &SaveGradeLevel> = HashMap::new();
    for (place, level) in input.levels.iter().enumerate() {
        let title = invalid.text(&format!("levels.{place}.gradeLevel"), &level.grade_level, LONGEST_GRADE_LEVEL);
        if level.places.is_some_and(|places| !(1..=MOST_PLACES).contains(&places)) {
            let message = refusals::classes::places_out_of_range(MOST_PLACES);
            invalid.push(&format!("levels.{place}.places"), "out_of_range", message);
        }
        if wanted.insert(title, level).is_some() {
            invalid.push(&format!("levels.{place}.gradeLevel"), "twice", refusals::classes::grade_level_twice());
        }
    }
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            check_year(tx.reader(), input.school, input.year).await?;
            let mut held: HashMap<String, grade_places::Model> = stored(tx.reader(), input.school, input.year)
                .await?
                .into_iter()
                .map(|row| (row.grade_level.clone(), row))
                .collect();
            for (grade_level, level) in wanted {
                let before = held.remove(&grade_level);
                if before.as_ref().map(|row| row.places) == level.places {
                    continue;
                }
                if before.as_ref().map(|row| row.version) != level.version {
                    let current = before.as_ref().map(serde_json::to_value).transpose()?.map(Box::new);
                    let (table, seen) = (grade_places::TABLE, level.version.unwrap_or(0));
                    return Err(StoreError::Stale { table, seen, current }.into());
                }
                match (before, level.places) {
                    (Some(before), Some(places)) => {
                        let after = grade_places::Model { places, ..before.clone() };
                        tx.update::<grade_places::Entity>(&before, after).await?;
                    }
                    (Some(before), None) => tx.delete::<grade_places::Entity>(&before).await?,
                    (None, Some(places)) => {
                        let row = grade_places::Model {
                            id: GradePlacesId::new(),
                            school_id: input.school,
                            year_id: input.year,
                            grade_level,
                            places,
                            version: 1,
                        };
                        tx.insert::<grade_places::Entity>(row).await?;
                    }
                    (None, None) => {}
                }
            }
            Ok(())
        })
        .await?;
    let db = call.store().reader();
    let day = school_day(call, db, input.school).await?;
    Ok(SavedGradePlaces { levels: levels(db, input.school, input.year, day).await?, undo })
}

/// The places of a year that another one gets, where it says nothing of the grade level itself.
pub(super) async fn copied(
    db: &impl ConnectionTrait,
    school: SchoolId,
    from: AcademicSessionId,
    to: AcademicSessionId,
) -> Result<Vec<grade_places::Model>> {
    let there = stored(db, school, to).await?;
    let mut rows = stored(db, school, from).await?;
    rows.retain(|row| !there.iter().any(|own| own.grade_level == row.grade_level));
    let new =
        rows.into_iter().map(|row| grade_places::Model { id: GradePlacesId::new(), year_id: to, version: 1, ..row });
    Ok(new.collect())
}
