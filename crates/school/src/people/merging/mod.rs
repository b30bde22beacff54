//! Two records of one student become one: looked at first, done in one transaction, taken back in one step. Which rows name a
//! student the tables say themselves; what both records hold for the same thing is asked of the features.

use std::collections::{BTreeMap, HashSet};

use kernel::{AskedTwice, HeldTwice, InTheWay, TwoRecords};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{Row, merges, pastoral_notes, students};
use store::ids::{MergeId, SchoolId, StudentId};
use store::{Transaction, delete_rows, give_over, held_twice, naming, same_version};
use uuid::Uuid;
use words::refusals;

use super::bulk::update_student;
use super::leaving::chosen;
use super::stays::{on_leave_of, settle, status_on, stays_of};
use super::students::{ClassRef, StudentStatus, titles_of};
use crate::classes::one_homeroom_each;
use crate::schools::{current_year, school_day};
use crate::{Call, Context, Error, ErrorCode, Result, Undoable};

mod fields;
mod guardians;
mod sent;
mod times;
mod twice;

pub use fields::{GuardianField, StudentField};
pub use guardians::{AlikeGuardians, GuardianOf, GuardianRecord, MergeGuardians, MergedGuardian, TakenField};
pub(super) use guardians::{alike_guardians, merge_guardians, same_guardian, same_guardians};

/// Input of [`plan_merge`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlanMerge {
    pub school: SchoolId,
    /// The record that stays.
    pub kept: StudentId,
    /// The record that goes.
    pub other: StudentId,
}

/// Input of [`merge_students`]. What is not said is done as [`plan_merge`] shows it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergeStudents {
    pub school: SchoolId,
    /// The record that stays.
    pub kept: StudentId,
    /// The version of it that the person saw.
    pub kept_version: i32,
    /// The record that goes.
    pub other: StudentId,
    /// The version of it that the person saw.
    pub other_version: i32,
    /// The fields whose value is that of the record that goes.
    pub take: Vec<StudentField>,
    /// Of what both hold, by its `row`: where that of the record that goes stands.
    pub rows: Vec<Uuid>,
}

/// What a record holds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Holding {
    Stays,
    Leaves,
    Enrolments,
    Exemptions,
    Marks,
    Comments,
    Attendance,
    Guardians,
    Faces,
    Notes,
    Other,
}

impl Holding {
    /// What rows of a table are to people; what is kept for exports and by later features is the rest.
    fn of(table: &str) -> Self {
        match table {
            "stays" => Self::Stays,
            "leaves" => Self::Leaves,
            "enrolments" => Self::Enrolments,
            "exemptions" => Self::Exemptions,
            "marks" => Self::Marks,
            "report_comments" => Self::Comments,
            "attendance_marks" => Self::Attendance,
            "guardianships" => Self::Guardians,
            "consents" | "face_templates" | "face_objections" | "face_photographs" | "evidence_frames"
            | "face_uses" | "face_rejections" => Self::Faces,
            "medical_notes" | "behaviour_notes" => Self::Notes,
            _ => Self::Other,
        }
    }
}

/// How many rows of a kind a record holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    pub what: Holding,
    #[ts(type = "number")]
    pub rows: u64,
}

/// One of the two records.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergeRecord {
    pub id: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub status: StudentStatus,
    /// The classes of the present academic year, by title.
    pub classes: Vec<ClassRef>,
    pub holds: Vec<Held>,
    pub version: i32,
}

/// A field of both records; empty where neither of them says anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergeField {
    pub field: StudentField,
    pub kept: Option<String>,
    /// Stands where `kept` is empty, or where it is taken.
    pub other: Option<String>,
}

/// What both records hold for the same thing: the kept one's stands, unless the `row` of the other is named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergeChoice {
    /// The row of the record that goes.
    pub row: Uuid,
    pub what: Holding,
    #[serde(flatten)]
    #[ts(flatten)]
    pub asked: AskedTwice,
}

/// What a merge would do.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MergePlan {
    pub kept: MergeRecord,
    pub other: MergeRecord,
    pub fields: Vec<MergeField>,
    pub choices: Vec<MergeChoice>,
    /// Why it cannot be done now; nothing: it can.
    pub in_the_way: Vec<InTheWay>,
}

/// Both records as they are, with what features say of them.
struct Looked {
    kept: students::Model,
    other: students::Model,
    twice: Vec<HeldTwice>,
    in_the_way: Vec<InTheWay>,
}

async fn look(call: &Call, tx: &Transaction<'_>, two: TwoRecords) -> Result<Looked> {
    if two.kept == two.other {
        return Err(Error::field("other", "same", refusals::people::same_record()));
    }
    let mut rows = chosen(tx, two.school, &[two.kept, two.other]).await?;
    let gone = || Error::not_found(refusals::gone::student());
    let kept = rows.iter().position(|row| row.id == two.kept).map(|at| rows.swap_remove(at)).ok_or_else(gone)?;
    let other = rows.pop().ok_or_else(gone)?;
    let mut said = twice::before_merging(tx, two).await?;
    said.in_the_way.extend(times::in_the_way(tx, &kept, &other).await?);
    said.in_the_way.extend(sent::in_the_way(tx, two).await?);
    for feature in call.services.house.merging {
        let more = feature(call, tx, two).await?;
        said.twice.extend(more.twice);
        said.in_the_way.extend(more.in_the_way);
    }
    let said_of = |rows: &[HeldTwice], (one, two): (Uuid, Uuid)| {
        rows.iter().any(|row| (row.stands, row.goes) == (one, two) || (row.stands, row.goes) == (two, one))
    };
    for (table, stands, goes) in held_twice(tx.reader(), students::Entity::TABLE, two.kept.0, two.other.0).await? {
        if !times::TABLES.contains(&table) && !said_of(&said.twice, (stands, goes)) {
            said.twice.push(HeldTwice { table, stands, goes, asked: None });
        }
    }
    Ok(Looked { kept, other, twice: said.twice, in_the_way: said.in_the_way })
}

/// What merging two records would do, as they are now.
pub(super) async fn plan_merge(call: &Call, input: PlanMerge) -> Result<MergePlan> {
    call.access().whole_school(input.school)?;
    let two = TwoRecords { school: input.school, kept: input.kept, other: input.other };
    // Looked at as the merge itself looks, in a transaction that writes nothing.
    let tx = call.store().begin().await?;
    let Looked { kept, other, twice, in_the_way } = look(call, &tx, two).await?;
    drop(tx);
    let fields = StudentField::ALL.into_iter().map(|field| MergeField {
        field,
        kept: field.text(&kept),
        other: field.text(&other),
    });
    let asked = |row: HeldTwice| {
        let asked = row.asked?;
        Some(MergeChoice { row: row.goes, what: Holding::of(row.table), asked })
    };
    let mut choices: Vec<MergeChoice> = twice.into_iter().filter_map(asked).collect();
    choices.sort_by(|a, b| (a.what, a.asked.day, &a.asked.place).cmp(&(b.what, b.asked.day, &b.asked.place)));
    Ok(MergePlan {
        fields: fields.filter(|field| field.kept.is_some() || field.other.is_some()).collect(),
        choices,
        in_the_way,
        kept: record(call, kept).await?,
        other: record(call, other).await?,
    })
}

async fn record(context: &Context, row: students::Model) -> Result<MergeRecord> {
    let db = context.store().reader();
    let today = school_day(context, db, row.school_id).await?;
    let year = current_year(db, row.school_id, today).await?;
    let mut classes = titles_of(context, row.school_id, year, today, &[row.id]).await?;
    let away = !on_leave_of(db, row.school_id, &[row.id], today).await?.is_empty();
    let mut holds: BTreeMap<Holding, u64> = BTreeMap::new();
    for (table, rows) in naming(db, students::Entity::TABLE, row.id.0).await? {
        if table == pastoral_notes::TABLE {
            // The office is not told that there are any.
            continue;
        }
        *holds.entry(Holding::of(table)).or_default() += rows;
    }
    Ok(MergeRecord {
        status: status_on(&row, away, today),
        classes: classes.remove(&row.id).unwrap_or_default(),
        holds: holds.into_iter().map(|(what, rows)| Held { what, rows }).collect(),
        id: row.id,
        number: row.number,
        given_name: row.given_name,
        family_name: row.family_name,
        version: row.version,
    })
}

/// Makes one record of two: every row that names the one that goes names the one that is kept, and the one that goes is
/// deleted.
///
/// # Errors
/// What [`plan_merge`] says is in the way.
pub(super) async fn merge_students(call: &Call, input: MergeStudents) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let two = TwoRecords { school: input.school, kept: input.kept, other: input.other };
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let Looked { kept, other, twice, in_the_way } = look(call, tx, two).await?;
            for (row, seen) in [(&kept, input.kept_version), (&other, input.other_version)] {
                same_version::<students::Entity>(row, seen)?;
            }
            if let Some(InTheWay { message, help }) = in_the_way.into_iter().next() {
                return Err(Error::new(ErrorCode::InUse, message).help(help));
            }
            twice::tie_guardians(tx, two).await?;
            one_of_each(tx, twice, &input.rows).await?;
            sent::follow(tx, two).await?;
            let classes = times::unite(tx, two).await?;
            let (kept, other) = fields::merge(tx, kept, other, &input.take).await?;
            give_over(tx, students::Entity::TABLE, other.id.0, kept.id.0).await?;
            forget(tx, call, other, kept.id).await?;
            let today = school_day(call, tx.reader(), input.school).await?;
            let times = stays_of(tx.reader(), input.school, &[kept.id]).await?.remove(&kept.id).unwrap_or_default();
            if let Some(latest) = times.last() {
                settle(tx, kept, latest, today).await?;
            }
            one_homeroom_each(tx.reader(), input.school, &classes).await
        })
        .await?;
    // A no of the other record holds for running cameras from now on.
    call.services.faces_changed(input.school);
    Ok(Undoable { undo })
}

/// Deletes one of each two rows for the same thing: those of the record that goes, unless they were chosen.
async fn one_of_each(tx: &mut Transaction<'_>, twice: Vec<HeldTwice>, chosen: &[Uuid]) -> Result<()> {
    let asked = |id: &Uuid| twice.iter().any(|row| row.asked.is_some() && row.goes == *id);
    if !chosen.iter().all(asked) {
        return Err(Error::not_found(refusals::gone::record()));
    }
    let chosen: HashSet<&Uuid> = chosen.iter().collect();
    let mut goes: BTreeMap<&'static str, Vec<Uuid>> = BTreeMap::new();
    for row in &twice {
        let other = if chosen.contains(&row.goes) { row.stands } else { row.goes };
        goes.entry(row.table).or_default().push(other);
    }
    for (table, rows) in goes {
        delete_rows(tx, table, &rows).await?;
    }
    Ok(())
}

/// Deletes the record that went, and keeps in mind into which it went.
async fn forget(tx: &mut Transaction<'_>, context: &Context, other: students::Model, into: StudentId) -> Result<()> {
    let after = students::Model { deleted_at: Some(context.now()), ..other.clone() };
    update_student(tx, &other, after).await?;
    let row = merges::Model {
        id: MergeId::new(),
        school_id: other.school_id,
        student_id: Some(other.id),
        into_student_id: Some(into),
        guardian_id: None,
        into_guardian_id: None,
        version: 1,
    };
    tx.insert::<merges::Entity>(row).await?;
    Ok(())
}

/// The record into which this one went.
pub(super) async fn merged_into(db: &impl ConnectionTrait, student: &students::Model) -> Result<Option<StudentId>> {
    let found = merges::Entity::find()
        .filter(merges::Column::SchoolId.eq(student.school_id))
        .filter(merges::Column::StudentId.eq(student.id))
        .one(db)
        .await?;
    Ok(found.and_then(|merge| merge.into_student_id))
}

/// Which of these records went into others.
pub(super) async fn merged_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    of: impl Iterator<Item = StudentId>,
) -> Result<Vec<StudentId>> {
    let found = merges::Entity::find()
        .filter(merges::Column::SchoolId.eq(school))
        .filter(merges::Column::StudentId.is_in(of))
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|merge| merge.student_id).collect())
}

/// As SQL: whether student `s` of the school `$1` went into another record.
pub(super) const WENT: &str = "EXISTS (SELECT 1 FROM merges z WHERE z.school_id = $1 AND z.student_id = s.id)";
