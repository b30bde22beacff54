//! What a form for a student is told while somebody types: who is alike already, and the next free number.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::students;
use store::ids::{SchoolId, StudentId};

use super::merging::merged_of;
use super::stays::{on_leave_of, status_on};
use super::student::number_is_free;
use super::students::{ClassRef, StudentStatus, titles_of};
use crate::schools::{OfSchool, current_year, school_day};
use crate::{Call, Context, Result};

/// Input of [`alike_students`]: what is typed so far.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct AlikeStudents {
    pub school: SchoolId,
    pub given_name: String,
    pub family_name: String,
    pub birth_date: Option<NaiveDate>,
    /// The student who is changed; nobody is alike to oneself.
    pub besides: Option<StudentId>,
}

/// A student who may be the one that is typed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlikeStudent {
    pub id: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub birth_date: Option<NaiveDate>,
    pub status: StudentStatus,
    /// The classes of the present academic year, by title.
    pub classes: Vec<ClassRef>,
    pub deleted: bool,
}

/// So many are named at most.
const MOST: usize = 5;

/// Students of the same name, whatever its case, accents and order of given and family name, whose birth date is the same
/// or not known on one side; deleted ones too, who can be restored instead.
pub(super) async fn alike_students(call: &Call, input: AlikeStudents) -> Result<Vec<AlikeStudent>> {
    let access = call.access();
    access.whole_school(input.school)?;
    let (given, family) = (input.given_name.trim(), input.family_name.trim());
    if given.is_empty() || family.is_empty() {
        return Ok(Vec::new());
    }
    let db = call.store().reader();
    let same = [store::sort_name(family, given), store::sort_name(given, family)];
    let mut found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(input.school))
        .filter(students::Column::SortName.is_in(same))
        .all(db)
        .await?;
    found.retain(|row| Some(row.id) != input.besides && maybe_same(row.birth_date, input.birth_date));
    let went = merged_of(db, input.school, found.iter().map(|row| row.id)).await?;
    found.retain(|row| !went.contains(&row.id));
    found.sort_by_key(|row| (row.deleted_at.is_some(), row.birth_date != input.birth_date));
    found.truncate(MOST);
    let today = school_day(call, db, input.school).await?;
    let year = current_year(db, input.school, today).await?;
    let ids: Vec<StudentId> = found.iter().map(|row| row.id).collect();
    let mut classes = titles_of(call, input.school, year, today, &ids).await?;
    let away = on_leave_of(db, input.school, &ids, today).await?;
    found
        .into_iter()
        .map(|row| {
            Ok(AlikeStudent {
                status: status_on(&row, away.contains(&row.id), today),
                classes: classes.remove(&row.id).unwrap_or_default(),
                deleted: row.deleted_at.is_some(),
                id: row.id,
                number: row.number,
                given_name: row.given_name,
                family_name: row.family_name,
                birth_date: row.birth_date,
            })
        })
        .collect()
}

fn maybe_same(one: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// The next free number of a student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NextNumber {
    /// None where no number of the school ends in digits.
    pub number: Option<String>,
}

/// The number after the highest of the school's own pattern, which is that of the students who came last: what stands
/// before the digits, and as many digits. A number that somebody had, also a deleted student, is never offered.
pub(super) async fn next_student_number(call: &Call, input: OfSchool) -> Result<NextNumber> {
    let access = call.access();
    access.whole_school(input.school)?;
    Ok(NextNumber { number: next_number(call, call.store().reader(), input.school).await? })
}

async fn next_number(context: &Context, db: &impl ConnectionTrait, school: SchoolId) -> Result<Option<String>> {
    let sql = "SELECT s.number FROM students s WHERE s.school_id = $1 ORDER BY s.created_at DESC, s.id DESC";
    let rows = db.query_all_raw(context.store().statement(sql, [school.into()])).await?;
    let mut numbers = rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect::<Result<Vec<String>>>()?;
    let usual = usual_prefix(&numbers);
    numbers.extend(former_numbers(context, db, school).await?);
    Ok(usual.and_then(|prefix| after_highest(&prefix, &numbers)))
}

/// The number of somebody who comes from another school: the wanted one, else the next one here, else, where the numbers
/// of this school follow no pattern, that of the other school.
///
/// # Errors
/// Where the number is somebody's.
pub(super) async fn following_number(
    context: &Context,
    db: &impl ConnectionTrait,
    school: SchoolId,
    wanted: Option<&str>,
    theirs: &str,
) -> Result<String> {
    let number = match wanted {
        Some(wanted) => wanted.to_owned(),
        None => next_number(context, db, school).await?.unwrap_or_else(|| theirs.to_owned()),
    };
    number_is_free(db, school, &number, None).await?;
    Ok(number)
}

/// Numbers that students had before they were given others, or before they were taken back.
async fn former_numbers(context: &Context, db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<String>> {
    let sql = "SELECT CAST(c.before AS TEXT) FROM audit_changes c WHERE c.school_id = $1 AND c.table_name = 'students' \
        AND c.kind <> 'insert' AND CAST(c.before AS TEXT) LIKE '%\"number\"%'";
    let rows = db.query_all_raw(context.store().statement(sql, [school.into()])).await?;
    let mut numbers = Vec::with_capacity(rows.len());
    for row in rows {
        let before: serde_json::Value = serde_json::from_str(&row.try_get_by_index::<String>(0)?)?;
        numbers.extend(before["number"].as_str().map(str::to_owned));
    }
    Ok(numbers)
}

/// So many of the newest numbers say what the pattern is.
const NEWEST: usize = 20;

/// What most of the newest numbers have before their last digits; `numbers` are newest first.
fn usual_prefix(numbers: &[String]) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let newest: Vec<&str> = numbers.iter().take(NEWEST).filter_map(|number| Some(split(number)?.0)).collect();
    for prefix in &newest {
        *counts.entry(prefix).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    newest.into_iter().find(|prefix| counts[prefix] == most).map(str::to_owned)
}

fn after_highest(prefix: &str, numbers: &[String]) -> Option<String> {
    let digits = numbers.iter().filter_map(|number| split(number)).filter(|(of, _)| *of == prefix);
    let (value, width) = digits.filter_map(|(_, digits)| Some((digits.parse::<u64>().ok()?, digits.len()))).max()?;
    let next = value.checked_add(1)?;
    Some(format!("{prefix}{next:0width$}"))
}

/// A number as what stands before its last digits, and these; none where it does not end in digits.
fn split(number: &str) -> Option<(&str, &str)> {
    let start = number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (start < number.len()).then(|| number.split_at(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(numbers: &[&str]) -> Option<String> {
        let numbers: Vec<String> = numbers.iter().map(|number| (*number).to_owned()).collect();
        after_highest(&usual_prefix(&numbers)?, &numbers)
    }

    #[test]
    fn the_next_number_follows_the_schools_pattern() {
        assert_eq!(next(&["1003", "1001", "1002"]).as_deref(), Some("1004"));
        assert_eq!(next(&["0099", "0042"]).as_deref(), Some("0100"));
        assert_eq!(next(&["999", "998"]).as_deref(), Some("1000"));
        assert_eq!(next(&["S-0007", "S-0012", "1"]).as_deref(), Some("S-0013"));
        assert_eq!(next(&["2026-002", "2026-001", "2025-148", "2025-147"]).as_deref(), Some("2026-003"));
        assert_eq!(next(&["9", "10"]).as_deref(), Some("11"));
        assert_eq!(next(&["abc", "x"]), None);
        assert_eq!(next(&[]), None);
        assert_eq!(next(&["18446744073709551615"]), None);
    }
}
