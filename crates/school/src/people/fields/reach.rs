//! Who sees and who changes what a field holds: a role that the field names, where that role itself reaches the person or
//! class. Who is a teacher of some and works in the office besides sees of others what the office sees.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{
    FieldAbout, SoftDeleted, classes, custom_fields, field_values, guardians, guardianships, staff, students,
};
use store::ids::{ClassId, GuardianId, SchoolId, StaffId, StudentId};
use words::refusals;

use crate::people::staff::colleagues;
use crate::permission::Rule;
use crate::permission::rules::{LEADERS, SIGNED_IN};
use crate::{Access, Context, Error, Reach, Result, Role};

/// Whose value: `student`, `guardian`, `staff` or `class`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnerOfValue {
    Student(StudentId),
    Guardian(GuardianId),
    Staff(StaffId),
    Class(ClassId),
}

/// The person or class with the school, and whether it exists or was deleted.
pub(super) struct Owner {
    pub of: OwnerOfValue,
    pub school: SchoolId,
    pub exists: bool,
}

impl OwnerOfValue {
    pub(super) fn about(self) -> FieldAbout {
        match self {
            Self::Student(_) => FieldAbout::Student,
            Self::Guardian(_) => FieldAbout::Guardian,
            Self::Staff(_) => FieldAbout::Staff,
            Self::Class(_) => FieldAbout::Class,
        }
    }

    /// Whose value a row is.
    fn of_row(row: &field_values::Model) -> Option<Self> {
        let guardian = row.guardian_id.map(Self::Guardian);
        let person = row.student_id.map(Self::Student).or(guardian).or(row.staff_id.map(Self::Staff));
        person.or(row.class_id.map(Self::Class))
    }

    pub(super) async fn find(self, db: &impl ConnectionTrait) -> Result<Owner> {
        let found = match self {
            Self::Student(id) => students::Entity::find_by_id(id)
                .one(db)
                .await?
                .map(|row| (row.school_id, row.deleted_at))
                .ok_or_else(refusals::gone::student),
            Self::Guardian(id) => guardians::Entity::find_by_id(id)
                .one(db)
                .await?
                .map(|row| (row.school_id, row.deleted_at))
                .ok_or_else(refusals::gone::guardian),
            Self::Staff(id) => staff::Entity::find_by_id(id)
                .one(db)
                .await?
                .map(|row| (row.school_id, row.deleted_at))
                .ok_or_else(refusals::gone::member_of_staff),
            Self::Class(id) => classes::Entity::find_by_id(id)
                .one(db)
                .await?
                .map(|row| (row.school_id, row.deleted_at))
                .ok_or_else(refusals::gone::class),
        };
        let (school, deleted) = found.map_err(Error::not_found)?;
        Ok(Owner { of: self, school, exists: deleted.is_none() })
    }
}

/// How far a role reaches by a rule.
fn reach_of(rule: Rule, role: Role) -> Option<Reach> {
    rule.iter().find(|(named, _)| *named == role).map(|(_, reach)| *reach)
}

/// The roles of whoever asks, each of which reaches this person or class by itself; forbidden where none does.
pub(super) async fn roles_reaching(context: &Context, owner: &Owner) -> Result<Vec<Role>> {
    let actor = context.actor()?;
    let mut held: Vec<Role> =
        actor.grants.iter().filter(|(school, _)| *school == owner.school).map(|(_, role)| *role).collect();
    held.sort();
    held.dedup();
    let mut roles = Vec::new();
    for role in held {
        let Some(reach) = reach_of(SIGNED_IN, role) else { continue };
        let access = Access {
            reaches: vec![(owner.school, reach)],
            staff: actor.staff,
            student: actor.student,
            now: context.now(),
        };
        if reaches(context, &access, owner).await? {
            roles.push(role);
        }
    }
    if roles.is_empty() { Err(Error::forbidden()) } else { Ok(roles) }
}

async fn reaches(context: &Context, access: &Access, owner: &Owner) -> Result<bool> {
    if access.at(owner.school)? == Reach::School {
        return Ok(true);
    }
    let db = context.store().reader();
    match owner.of {
        OwnerOfValue::Student(id) => Ok(access.student(db, id).await.is_ok()),
        OwnerOfValue::Class(id) => Ok(access.class(db, id).await.is_ok()),
        OwnerOfValue::Staff(id) => {
            let taught = access.at(owner.school)? == Reach::Taught;
            Ok(taught && colleagues(context, access, owner.school).await?.contains(&id))
        }
        OwnerOfValue::Guardian(id) => {
            let children = guardianships::Entity::find()
                .filter(guardianships::Column::SchoolId.eq(owner.school))
                .filter(guardianships::Column::GuardianId.eq(id))
                .all(db)
                .await?;
            for child in children {
                if access.student(db, child.student_id).await.is_ok() {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// Whether one of these roles is told what the field holds.
pub(super) fn sees(field: &custom_fields::Model, roles: &[Role]) -> bool {
    roles.iter().any(|role| reach_of(LEADERS, *role).is_some() || field.seen_by.0.contains(role))
}

/// Whether one of these roles says what the field holds.
pub(super) fn changes(field: &custom_fields::Model, roles: &[Role]) -> bool {
    roles.iter().any(|role| reach_of(LEADERS, *role).is_some() || field.changed_by.0.contains(role))
}

/// Refuses who may not change today what this value is, for what takes a change of it back.
pub async fn permit_value(context: &Context, value: &field_values::Model) -> Result<()> {
    let db = context.store().reader();
    let of = OwnerOfValue::of_row(value).ok_or_else(|| Error::not_found(refusals::gone::record()))?;
    let owner = of.find(db).await?;
    let roles = roles_reaching(context, &owner).await?;
    let field = custom_fields::Entity::find_by_id(value.field_id).filter(custom_fields::Entity::existing());
    let field = field.one(db).await?.ok_or_else(|| Error::not_found(refusals::gone::field()))?;
    if owner.exists && changes(&field, &roles) { Ok(()) } else { Err(Error::forbidden()) }
}
