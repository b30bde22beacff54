//! Who sees and who changes what a field holds: a role that the field names, where that role itself reaches the person or
//! class. Who is a teacher of some and works in the office besides sees of others what the office sees.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{
    FieldAbout, SoftDeleted, classes, custom_fields, enrolments, field_values, guardians, guardianships, staff,
    students,
};
use store::ids::{ClassId, GuardianId, SchoolId, StaffId, StudentId};
use words::refusals;

use crate::people::staff::colleagues;
use crate::permission::Rule;
use crate::permission::rules::{LEADERS, SIGNED_IN};
use crate::{Access, Context, Error, Reach, Result, Role};
use uuid::Uuid;

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
    /// The identifier without its type.
    pub(crate) fn id(self) -> Uuid {
        match self {
            Self::Student(id) => id.0,
            Self::Guardian(id) => id.0,
            Self::Staff(id) => id.0,
            Self::Class(id) => id.0,
        }
    }

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

/// The roles that whoever asks has at a school, each once.
fn roles_held(context: &Context, school: SchoolId) -> Result<Vec<Role>> {
    let grants = context.actor()?.grants.iter().filter(|(at, _)| *at == school);
    let mut held: Vec<Role> = grants.map(|(_, role)| *role).collect();
    held.sort();
    held.dedup();
    Ok(held)
}

/// What somebody reaches at a school by one role.
fn access_of(context: &Context, school: SchoolId, reach: Reach) -> Result<Access> {
    let actor = context.actor()?;
    Ok(Access { reaches: vec![(school, reach)], staff: actor.staff, student: actor.student, now: context.now() })
}

/// The roles of whoever asks, each of which reaches this person or class by itself; forbidden where none does.
pub(super) async fn roles_reaching(context: &Context, owner: &Owner) -> Result<Vec<Role>> {
    let mut roles = Vec::new();
    for role in roles_held(context, owner.school)? {
        let Some(reach) = reach_of(SIGNED_IN, role) else { continue };
        if reaches(context, &access_of(context, owner.school, reach)?, owner).await? {
            roles.push(role);
        }
    }
    if roles.is_empty() { Err(Error::forbidden()) } else { Ok(roles) }
}

/// Of how many persons or classes of a school somebody may see, or change, what a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    Nobody,
    /// Of those whom a role reaches that reaches a part of the school only.
    Reached,
    All,
}

/// Whoever asks, by the roles at one school: those that reach all of it, and those that reach whom they teach.
pub struct Asking {
    school: SchoolId,
    whole: Vec<Role>,
    taught: Vec<Role>,
}

impl Asking {
    pub fn at(context: &Context, school: SchoolId) -> Result<Self> {
        let held = roles_held(context, school)?;
        let of = |reach: Reach| held.iter().copied().filter(|role| reach_of(SIGNED_IN, *role) == Some(reach)).collect();
        Ok(Self { school, whole: of(Reach::School), taught: of(Reach::Taught) })
    }

    /// The roles that reach the whole school.
    pub fn whole(&self) -> &[Role] {
        &self.whole
    }

    fn extent(&self, may: impl Fn(&[Role]) -> bool) -> Extent {
        match (may(&self.whole), may(&self.taught)) {
            (true, _) => Extent::All,
            (false, true) => Extent::Reached,
            (false, false) => Extent::Nobody,
        }
    }

    pub fn sees(&self, field: &custom_fields::Model) -> Extent {
        self.extent(|roles| sees(field, roles))
    }

    pub fn changes(&self, field: &custom_fields::Model) -> Extent {
        self.extent(|roles| changes(field, roles))
    }

    /// Whether a list that is sorted or narrowed by a field tells nothing that is not told: of all rows that somebody is
    /// shown they see what it holds. Of who is deleted a part of the school is told nothing.
    pub fn sees_whole_lists(&self, field: &custom_fields::Model) -> bool {
        match self.sees(field) {
            Extent::All => true,
            Extent::Reached => self.whole.is_empty(),
            Extent::Nobody => false,
        }
    }

    /// Which of these persons or classes are reached by a role that reaches a part of the school.
    pub async fn reached(&self, context: &Context, about: FieldAbout, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
        if self.taught.is_empty() || ids.is_empty() {
            return Ok(HashSet::new());
        }
        let db = context.store().reader();
        let access = access_of(context, self.school, Reach::Taught)?;
        let found: Vec<Uuid> = match about {
            FieldAbout::Student => {
                let there = students::Entity::find()
                    .filter(students::Column::SchoolId.eq(self.school))
                    .filter(students::Entity::existing())
                    .filter(students::Column::Id.is_in(ids.iter().map(|id| StudentId(*id))));
                let there: Vec<StudentId> = there.all(db).await?.into_iter().map(|student| student.id).collect();
                let today = access.today(db, self.school).await?;
                let times = enrolments::Entity::find()
                    .filter(enrolments::Column::SchoolId.eq(self.school))
                    .filter(enrolments::Column::ClassId.is_in(access.taught_classes(db, self.school).await?))
                    .filter(enrolments::Column::StudentId.is_in(there))
                    .filter(enrolments::Column::EndDate.is_null().or(enrolments::Column::EndDate.gte(today)));
                times.all(db).await?.into_iter().map(|time| time.student_id.0).collect()
            }
            FieldAbout::Staff => colleagues(context, &access, self.school).await?.into_iter().map(|id| id.0).collect(),
            FieldAbout::Class => {
                access.taught_classes(db, self.school).await?.into_iter().map(|class| class.0).collect()
            }
            FieldAbout::Guardian => {
                let ties = guardianships::Entity::find()
                    .filter(guardianships::Column::SchoolId.eq(self.school))
                    .filter(guardianships::Column::GuardianId.is_in(ids.iter().map(|id| GuardianId(*id))))
                    .all(db)
                    .await?;
                let children: Vec<Uuid> = ties.iter().map(|tie| tie.student_id.0).collect();
                let reached = Box::pin(self.reached(context, FieldAbout::Student, &children)).await?;
                let ties = ties.into_iter().filter(|tie| reached.contains(&tie.student_id.0));
                ties.map(|tie| tie.guardian_id.0).collect()
            }
        };
        Ok(found.into_iter().filter(|id| ids.contains(id)).collect())
    }
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

/// The same for many values, of whom or what it may be that is there or not, and of fields in use or not: what is taken back
/// with a whole person or list.
pub async fn permit_values(context: &Context, values: &[field_values::Model]) -> Result<()> {
    let db = context.store().reader();
    let wanted: HashSet<_> = values.iter().map(|value| (value.school_id, value.field_id)).collect();
    for (school, id) in wanted {
        let field = custom_fields::Entity::find_by_id(id).one(db).await?;
        let field = field.ok_or_else(|| Error::not_found(refusals::gone::field()))?;
        match Asking::at(context, school)?.changes(&field) {
            Extent::All => {}
            Extent::Nobody => return Err(Error::forbidden()),
            Extent::Reached => {
                for value in values.iter().filter(|value| value.field_id == id) {
                    permit_value(context, value).await?;
                }
            }
        }
    }
    Ok(())
}
