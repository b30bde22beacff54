//! Brothers and sisters: students who share a guardian. Nothing of it is stored.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, guardians, guardianships, students};
use store::ids::{AcademicSessionId, GuardianId, StudentId};

use super::stays::{on_leave_of, status_on};
use super::students::{ClassRef, StudentStatus, titles_of};
use crate::{Call, Reach, Result};

/// A student who shares a guardian.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sibling {
    pub id: StudentId,
    pub given_name: String,
    pub family_name: String,
    pub number: String,
    pub status: StudentStatus,
    /// The classes of the present academic year, the homeroom first.
    pub classes: Vec<ClassRef>,
}

/// Many more than a family has; a guardian of a whole home is not asked for all of it.
const MOST: u64 = 30;

/// The brothers and sisters of a student whom whoever calls may reach too, by name.
pub(super) async fn siblings_of(
    call: &Call,
    student: &students::Model,
    year: Option<AcademicSessionId>,
    today: NaiveDate,
) -> Result<Vec<Sibling>> {
    let (db, access) = (call.store().reader(), call.access());
    let reach = access.at(student.school_id)?;
    if reach == Reach::Own {
        return Ok(Vec::new());
    }
    let links = || guardianships::Entity::find().filter(guardianships::Column::SchoolId.eq(student.school_id));
    let own = links().filter(guardianships::Column::StudentId.eq(student.id)).all(db).await?;
    let own = guardians::Entity::find()
        .filter(guardians::Column::Id.is_in(own.iter().map(|link| link.guardian_id)))
        .filter(guardians::Entity::existing());
    let own: Vec<GuardianId> = own.all(db).await?.iter().map(|guardian| guardian.id).collect();
    let others = links()
        .filter(guardianships::Column::GuardianId.is_in(own))
        .filter(guardianships::Column::StudentId.ne(student.id))
        .all(db)
        .await?;
    let mut rows = students::Entity::find()
        .filter(students::Column::Id.is_in(others.iter().map(|link| link.student_id)))
        .filter(students::Entity::existing())
        .order_by_asc(students::Column::SortName)
        .limit(MOST)
        .all(db)
        .await?;
    if reach == Reach::Taught {
        let mut reached = Vec::new();
        for row in rows {
            if access.student(db, row.id).await.is_ok() {
                reached.push(row);
            }
        }
        rows = reached;
    }
    let ids: Vec<StudentId> = rows.iter().map(|row| row.id).collect();
    let mut classes = titles_of(call, student.school_id, year, today, &ids).await?;
    let away = on_leave_of(db, student.school_id, &ids, today).await?;
    Ok(rows
        .into_iter()
        .map(|row| Sibling {
            status: status_on(&row, away.contains(&row.id), today),
            classes: classes.remove(&row.id).unwrap_or_default(),
            id: row.id,
            given_name: row.given_name,
            family_name: row.family_name,
            number: row.number,
        })
        .collect())
}
