//! What people and registers hold twice of two records: entries of one register, what was decided for the next year, and
//! whatever else the database allows once for a student.

use kernel::{AskedTwice, HeldTwice, MergeSaid, TwoRecords};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Transaction;
use store::entities::{Row, attendance_codes, attendance_marks, guardianships, rollover_decisions, roster_ids};
use store::ids::StudentId;

use super::guardians::tied;
use crate::Result;

macro_rules! of_both {
    ($tx:expr, $two:expr, $table:ident) => {{
        let rows = $table::Entity::find()
            .filter($table::Column::SchoolId.eq($two.school))
            .filter($table::Column::StudentId.is_in([$two.kept, $two.other]))
            .all($tx.reader())
            .await?;
        rows.into_iter().partition::<Vec<_>, _>(|row| StudentId::from(row.student_id.into_id()) == $two.kept)
    }};
}

/// The student whom a row names, where it may name none too.
trait IntoId {
    fn into_id(self) -> uuid::Uuid;
}

impl IntoId for StudentId {
    fn into_id(self) -> uuid::Uuid {
        self.0
    }
}

impl IntoId for Option<StudentId> {
    fn into_id(self) -> uuid::Uuid {
        self.map_or_else(uuid::Uuid::nil, |id| id.0)
    }
}

/// The kept record's row stands without asking where both have one of which these are the same.
macro_rules! silently {
    ($tx:expr, $two:expr, $twice:expr, $table:ident, $same:expr) => {{
        let (own, others) = of_both!($tx, $two, $table);
        for other in others {
            if let Some(kept) = own.iter().find(|own| $same(*own) == $same(&other)) {
                let table = $table::Entity::TABLE;
                $twice.push(HeldTwice { table, stands: kept.id.0, goes: other.id.0, asked: None });
            }
        }
    }};
}

pub(super) async fn before_merging(tx: &Transaction<'_>, two: TwoRecords) -> Result<MergeSaid> {
    let mut twice = registers(tx, two).await?;
    silently!(tx, two, twice, rollover_decisions, |row: &rollover_decisions::Model| (row.year_id, row.class_id));
    silently!(tx, two, twice, roster_ids, |row: &roster_ids::Model| (
        row.kind,
        row.class_id,
        row.course_id,
        row.start_date
    ));
    Ok(MergeSaid { twice, in_the_way: Vec::new() })
}

/// Entries of both records for one day and lesson: a register knows a student once, whichever class it is of.
async fn registers(tx: &Transaction<'_>, two: TwoRecords) -> Result<Vec<HeldTwice>> {
    let (own, others) = of_both!(tx, two, attendance_marks);
    let codes = attendance_codes::Entity::find()
        .filter(attendance_codes::Column::SchoolId.eq(two.school))
        .all(tx.reader())
        .await?;
    let said = |row: &attendance_marks::Model| {
        let code = codes.iter().find(|code| code.id == row.code_id).map(|code| code.title.as_str());
        let parts = [code, row.reason.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let mut twice = Vec::new();
    for other in others {
        let Some(kept) = own.iter().find(|own| (own.date, own.lesson) == (other.date, other.lesson)) else { continue };
        let same =
            (kept.code_id, &kept.reason, kept.minutes_late) == (other.code_id, &other.reason, other.minutes_late);
        let asked = AskedTwice { place: None, day: Some(other.date), kept: said(kept), other: said(&other) };
        twice.push(HeldTwice {
            table: attendance_marks::Entity::TABLE,
            stands: kept.id.0,
            goes: other.id.0,
            asked: Some(asked).filter(|_| !same),
        });
    }
    Ok(twice)
}

/// What the guardians are to the student: who is a guardian in both records has no access where one of them says so, and
/// whom the school calls first stays one, the kept record's where it has one. Asked before one of two rows goes.
pub(super) async fn tie_guardians(tx: &mut Transaction<'_>, two: TwoRecords) -> Result<()> {
    let (own, others) = of_both!(tx, two, guardianships);
    let called = own.iter().any(|row| row.is_primary);
    for goes in others {
        match own.iter().find(|own| own.guardian_id == goes.guardian_id) {
            Some(stays) => {
                let after = guardianships::Model { is_primary: stays.is_primary, ..tied(stays, &goes) };
                let after = guardianships::Model { is_primary: after.is_primary && !after.no_access, ..after };
                tx.update::<guardianships::Entity>(stays, after).await?;
            }
            None if called && goes.is_primary => {
                let after = guardianships::Model { is_primary: false, ..goes.clone() };
                tx.update::<guardianships::Entity>(&goes, after).await?;
            }
            None => {}
        }
    }
    Ok(())
}
