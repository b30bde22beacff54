//! What a search shows of the people that it found.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{guardians, staff, students};
use store::ids::{GuardianId, SchoolId, StaffId, StudentId};
use uuid::Uuid;

use super::names::{Named, name_order};
use super::students::titles_of;
use super::words::{PersonKind, placeholders};
use crate::schools::current_year;
use crate::{Access, Context, Reach, Result};

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonHit {
    pub kind: PersonKind,
    pub id: Uuid,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub number: Option<String>,
    pub phone: Option<String>,
    /// A student's classes, a member of staff's job; for a guardian the students' names.
    pub detail: String,
    /// For a guardian: the students. For a student: the student.
    pub students: Vec<StudentId>,
    /// A guardian has no access to a student among them.
    pub no_access: bool,
}

#[derive(FromQueryResult)]
struct Child {
    guardian_id: GuardianId,
    id: StudentId,
    given_name: String,
    family_name: String,
    no_access: bool,
}

impl Named for Child {
    fn names(&self) -> (&str, &str) {
        (&self.given_name, &self.family_name)
    }
}

/// The people as they are shown, in their order.
pub(super) async fn hits(
    context: &Context,
    access: &Access,
    school: SchoolId,
    today: NaiveDate,
    found: Vec<(PersonKind, Uuid)>,
) -> Result<Vec<PersonHit>> {
    let db = context.store().reader();
    let of = |kind: PersonKind| found.iter().filter(move |(of, _)| *of == kind).map(|(_, id)| *id).collect::<Vec<_>>();
    let mut hits: HashMap<Uuid, PersonHit> = HashMap::new();
    let student_ids: Vec<StudentId> = of(PersonKind::Student).into_iter().map(StudentId).collect();
    if !student_ids.is_empty() {
        let year = current_year(db, school, today).await?;
        let mut classes = titles_of(context, school, year, today, &student_ids).await?;
        for row in students::Entity::find().filter(students::Column::Id.is_in(student_ids)).all(db).await? {
            let titles: Vec<String> =
                classes.remove(&row.id).unwrap_or_default().into_iter().map(|class| class.title).collect();
            hits.insert(
                row.id.0,
                PersonHit {
                    kind: PersonKind::Student,
                    id: row.id.0,
                    given_name: row.given_name,
                    family_name: row.family_name,
                    native_name: row.native_name,
                    number: Some(row.number),
                    phone: row.phone,
                    detail: titles.join(", "),
                    students: vec![row.id],
                    no_access: false,
                },
            );
        }
    }
    let staff_ids: Vec<StaffId> = of(PersonKind::Staff).into_iter().map(StaffId).collect();
    if !staff_ids.is_empty() {
        for row in staff::Entity::find().filter(staff::Column::Id.is_in(staff_ids)).all(db).await? {
            hits.insert(
                row.id.0,
                PersonHit {
                    kind: PersonKind::Staff,
                    id: row.id.0,
                    given_name: row.given_name,
                    family_name: row.family_name,
                    native_name: row.native_name,
                    number: row.number,
                    phone: row.phone,
                    detail: row.job_title.unwrap_or_default(),
                    students: Vec::new(),
                    no_access: false,
                },
            );
        }
    }
    let guardian_ids: Vec<GuardianId> = of(PersonKind::Guardian).into_iter().map(GuardianId).collect();
    if !guardian_ids.is_empty() {
        guardian_hits(context, access, school, guardian_ids, &mut hits).await?;
    }
    Ok(found.into_iter().filter_map(|(_, id)| hits.remove(&id)).collect())
}

async fn guardian_hits(
    context: &Context,
    access: &Access,
    school: SchoolId,
    ids: Vec<GuardianId>,
    hits: &mut HashMap<Uuid, PersonHit>,
) -> Result<()> {
    let db = context.store().reader();
    let sql = format!(
        "SELECT o.guardian_id, s.id, s.given_name, s.family_name, o.no_access FROM guardianships o \
         JOIN students s ON s.id = o.student_id \
         WHERE o.school_id = $1 AND s.deleted_at IS NULL AND o.guardian_id IN ({}) ORDER BY s.{}",
        placeholders(2, ids.len()),
        name_order(db, school).await?.column()
    );
    let values = std::iter::once(Value::from(school)).chain(ids.iter().map(|id| Value::from(*id)));
    let mut children = Child::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    if access.at(school)? != Reach::School {
        let mut reached = Vec::new();
        for child in children {
            if access.student(db, child.id).await.is_ok() {
                reached.push(child);
            }
        }
        children = reached;
    }
    for row in guardians::Entity::find().filter(guardians::Column::Id.is_in(ids)).all(db).await? {
        let own: Vec<&Child> = children.iter().filter(|child| child.guardian_id == row.id).collect();
        let names: Vec<String> = own.iter().map(|c| c.full_name()).collect();
        hits.insert(
            row.id.0,
            PersonHit {
                kind: PersonKind::Guardian,
                id: row.id.0,
                given_name: row.given_name,
                family_name: row.family_name,
                native_name: None,
                number: None,
                phone: row.phone,
                detail: names.join(", "),
                no_access: own.iter().any(|child| child.no_access),
                students: own.iter().map(|child| child.id).collect(),
            },
        );
    }
    Ok(())
}
