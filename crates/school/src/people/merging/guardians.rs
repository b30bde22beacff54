//! Guardians who are one person: found by name and telephone number, offered instead of a second row, and made one.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{Row, SoftDeleted, guardians, guardianships, merges, students};
use store::ids::{GuardianId, MergeId, SchoolId, StudentId};
use store::{Transaction, delete_rows, give_over, held_twice, same_version};
use words::refusals;

use super::fields::GuardianField;
use crate::people::bulk::update_guardian;
use crate::schools::OfSchool;
use crate::{Call, Error, Result, Undoable};

/// A student whose guardian somebody is.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianOf {
    pub student: StudentId,
    pub given_name: String,
    pub family_name: String,
    pub number: String,
    /// What the guardian is to the student, as `mother`.
    pub relationship: String,
}

/// A guardian with the students.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianRecord {
    pub id: GuardianId,
    pub given_name: String,
    pub family_name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub language: Option<String>,
    pub students: Vec<GuardianOf>,
    pub version: i32,
}

/// Input of [`alike_guardians`]: what is typed so far.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlikeGuardians {
    pub school: SchoolId,
    pub given_name: String,
    pub family_name: String,
    pub phone: String,
}

/// A guardian in [`MergeGuardians`], in the version that the person saw.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergedGuardian {
    pub guardian: GuardianId,
    pub version: i32,
}

/// A field whose value is that of a record that goes.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakenField {
    pub guardian: GuardianId,
    pub field: GuardianField,
}

/// Input of [`merge_guardians`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergeGuardians {
    pub school: SchoolId,
    pub kept: MergedGuardian,
    /// The records that go; at most 20.
    pub others: Vec<MergedGuardian>,
    /// Else the kept one's value stands, or where it is empty the first one that is not.
    pub take: Vec<TakenField>,
}

/// The most records that become one in one step.
const MOST: usize = 20;

/// By what two guardians are taken for one: the name, whatever its accents, capitals and order, and the digits of the
/// telephone number. None where there is no number.
fn key(given: &str, family: &str, phone: Option<&str>) -> Option<(String, String)> {
    let digits: String = phone?.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit.to_string()).collect();
    if digits.is_empty() {
        return None;
    }
    let names = [store::sort_name(family, given), store::sort_name(given, family)];
    Some((names.into_iter().min()?, digits))
}

fn key_of(row: &guardians::Model) -> Option<(String, String)> {
    key(&row.given_name, &row.family_name, row.phone.as_deref())
}

/// The guardian of a school who is the same as one of another school.
pub(in crate::people) async fn same_guardian(
    db: &impl ConnectionTrait,
    school: SchoolId,
    theirs: &guardians::Model,
) -> Result<Option<GuardianId>> {
    let Some(key) = key_of(theirs) else { return Ok(None) };
    let rows = existing(db, school).await?;
    Ok(rows.iter().find(|row| key_of(row).as_ref() == Some(&key)).map(|row| row.id))
}

async fn existing(db: &impl ConnectionTrait, school: SchoolId) -> Result<Vec<guardians::Model>> {
    Ok(guardians::Entity::find()
        .filter(guardians::Column::SchoolId.eq(school))
        .filter(guardians::Entity::existing())
        .all(db)
        .await?)
}

/// Guardians of the school who may be the one that is typed: same name, same telephone number.
pub(in crate::people) async fn alike_guardians(call: &Call, input: AlikeGuardians) -> Result<Vec<GuardianRecord>> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    let Some(typed) = key(&input.given_name, &input.family_name, Some(&input.phone)) else { return Ok(Vec::new()) };
    if input.given_name.trim().is_empty() || input.family_name.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut found = existing(db, input.school).await?;
    found.retain(|row| key_of(row).as_ref() == Some(&typed));
    found.truncate(MOST);
    records(db, input.school, found).await
}

/// The guardians of the school who are there more than once, each with the others of the same name and telephone number.
pub(in crate::people) async fn same_guardians(call: &Call, input: OfSchool) -> Result<Vec<Vec<GuardianRecord>>> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    let mut alike: BTreeMap<(String, String), Vec<guardians::Model>> = BTreeMap::new();
    for row in existing(db, input.school).await? {
        if let Some(key) = key_of(&row) {
            alike.entry(key).or_default().push(row);
        }
    }
    alike.retain(|_, rows| rows.len() > 1);
    let all = alike.values().flat_map(|rows| rows.iter().take(MOST).cloned()).collect();
    let mut records: HashMap<GuardianId, GuardianRecord> =
        records(db, input.school, all).await?.into_iter().map(|record| (record.id, record)).collect();
    Ok(alike.into_values().map(|rows| rows.iter().filter_map(|row| records.remove(&row.id)).collect()).collect())
}

async fn records(
    db: &impl ConnectionTrait,
    school: SchoolId,
    rows: Vec<guardians::Model>,
) -> Result<Vec<GuardianRecord>> {
    let mut links: HashMap<GuardianId, Vec<guardianships::Model>> = HashMap::new();
    let mut people: HashMap<StudentId, students::Model> = HashMap::new();
    for some in rows.chunks(500) {
        let found = guardianships::Entity::find()
            .filter(guardianships::Column::SchoolId.eq(school))
            .filter(guardianships::Column::GuardianId.is_in(some.iter().map(|row| row.id)))
            .all(db)
            .await?;
        for of in found.chunks(500) {
            let found = students::Entity::find()
                .filter(students::Column::Id.is_in(of.iter().map(|link| link.student_id)))
                .filter(students::Entity::existing());
            people.extend(found.all(db).await?.into_iter().map(|row| (row.id, row)));
        }
        for link in found {
            links.entry(link.guardian_id).or_default().push(link);
        }
    }
    let of = |link: guardianships::Model| {
        let student = people.get(&link.student_id)?;
        Some(GuardianOf {
            student: student.id,
            given_name: student.given_name.clone(),
            family_name: student.family_name.clone(),
            number: student.number.clone(),
            relationship: link.relationship,
        })
    };
    Ok(rows
        .into_iter()
        .map(|row| GuardianRecord {
            students: links.remove(&row.id).unwrap_or_default().into_iter().filter_map(of).collect(),
            id: row.id,
            given_name: row.given_name,
            family_name: row.family_name,
            phone: row.phone,
            email: row.email,
            language: row.language,
            version: row.version,
        })
        .collect())
}

/// Makes one guardian of several: all students of the others are the kept one's, and the others are deleted.
pub(in crate::people) async fn merge_guardians(call: &Call, input: MergeGuardians) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let ids: HashSet<GuardianId> = input.others.iter().map(|other| other.guardian).collect();
    if ids.is_empty() || ids.len() < input.others.len() || ids.contains(&input.kept.guardian) {
        return Err(Error::field("others", "same", refusals::people::same_record()));
    }
    if ids.len() > MOST {
        return Err(Error::field("others", "too_many", refusals::people::too_many_guardians()));
    }
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let mut kept = seen(tx, input.school, &input.kept).await?;
            for other in &input.others {
                let other = seen(tx, input.school, other).await?;
                let taken = input.take.iter().filter(|taken| taken.guardian == other.id);
                let taken: Vec<GuardianField> = taken.map(|taken| taken.field).collect();
                let mut after = kept.clone();
                GuardianField::merge(&mut after, &other, &taken);
                if after.source_id.is_none() {
                    after.source_id.clone_from(&other.source_id);
                }
                kept = update_guardian(tx, &kept, after).await?;
                one_link_each(tx, &kept, &other).await?;
                let twice = held_twice(tx.reader(), guardians::Entity::TABLE, kept.id.0, other.id.0).await?;
                for (table, _, goes) in twice {
                    delete_rows(tx, table, &[goes]).await?;
                }
                give_over(tx, guardians::Entity::TABLE, other.id.0, kept.id.0).await?;
                let gone = guardians::Model { deleted_at: Some(call.now()), ..other.clone() };
                update_guardian(tx, &other, gone).await?;
                let row = merges::Model {
                    id: MergeId::new(),
                    school_id: input.school,
                    student_id: None,
                    into_student_id: None,
                    guardian_id: Some(other.id),
                    into_guardian_id: Some(kept.id),
                    version: 1,
                };
                tx.insert::<merges::Entity>(row).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// The existing guardian of the school, if nobody changed it since it was seen.
async fn seen(tx: &Transaction<'_>, school: SchoolId, wanted: &MergedGuardian) -> Result<guardians::Model> {
    let row = guardians::Entity::find_by_id(wanted.guardian)
        .filter(guardians::Column::SchoolId.eq(school))
        .filter(guardians::Entity::existing())
        .one(tx.reader())
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::guardian()))?;
    same_version::<guardians::Entity>(&row, wanted.version)?;
    Ok(row)
}

/// Who has both of them has one: the kept one, who is called first where one of the two was.
async fn one_link_each(tx: &mut Transaction<'_>, kept: &guardians::Model, other: &guardians::Model) -> Result<()> {
    let links = guardianships::Entity::find()
        .filter(guardianships::Column::SchoolId.eq(kept.school_id))
        .filter(guardianships::Column::GuardianId.is_in([kept.id, other.id]))
        .all(tx.reader())
        .await?;
    let (own, others): (Vec<_>, Vec<_>) = links.into_iter().partition(|link| link.guardian_id == kept.id);
    for goes in others {
        let Some(stays) = own.iter().find(|own| own.student_id == goes.student_id) else { continue };
        tx.delete::<guardianships::Entity>(&goes).await?;
        tx.update::<guardianships::Entity>(stays, tied(stays, &goes)).await?;
    }
    Ok(())
}

/// What one guardian is to a student of two rows that say it: called first where one of them is, and nothing of the child's
/// is theirs where one of the two says so.
pub(super) fn tied(stays: &guardianships::Model, goes: &guardianships::Model) -> guardianships::Model {
    let no_access = stays.no_access || goes.no_access;
    guardianships::Model {
        is_primary: !no_access && (stays.is_primary || goes.is_primary),
        may_collect: stays.may_collect && goes.may_collect,
        gets_letters: stays.gets_letters && goes.gets_letters,
        no_access,
        ..stays.clone()
    }
}
