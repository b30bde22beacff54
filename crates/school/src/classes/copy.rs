//! Setting a year up from another one: its classes with their courses and who teaches them, without the students.

use std::collections::{HashMap, HashSet};

use exchange::same_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{
    AcademicSessionKind, ClassKind, SoftDeleted, academic_sessions, classes, courses, grade_places, staff, subjects,
    teachings,
};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, CourseId, SchoolId, StaffId, SubjectId, TeachingId};
use words::refusals;

use super::grade_places::copied;
use crate::error::Invalid;
use crate::{Call, Error, Result};

/// Input of [`plan_copied_classes`] and [`copy_classes`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CopyClasses {
    pub school: SchoolId,
    /// The academic year whose classes are copied.
    pub from: AcademicSessionId,
    /// The academic year that gets them.
    pub to: AcademicSessionId,
    /// Groups too; they are copied where it is left out.
    pub groups: Option<bool>,
    /// Class teachers and who teaches the courses; copied where it is left out.
    pub teachers: Option<bool>,
}

/// What is copied. What the year has already stays as it is: a class of the same title gets the courses that it lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CopiedClasses {
    /// Classes that are new.
    pub classes: u32,
    /// Classes that the year has already, by their titles.
    pub there: u32,
    /// Courses that are new.
    pub courses: u32,
    /// New courses that nobody teaches, since those who did are not of the school any more or nobody did.
    pub without_teacher: u32,
    /// Grade levels whose number of places is copied; what the year says of one itself stays.
    pub grade_places: u32,
    /// None of a plan, and where nothing was new.
    pub undo: Option<AuditEntryId>,
}

/// The rows that a year gets.
#[derive(Default)]
pub(super) struct Plan {
    pub classes: Vec<classes::Model>,
    pub courses: Vec<courses::Model>,
    pub teachings: Vec<teachings::Model>,
    pub places: Vec<grade_places::Model>,
    pub told: CopiedClasses,
}

impl Plan {
    pub async fn write(self, tx: &mut Transaction<'_>) -> Result<CopiedClasses> {
        tx.insert_many::<classes::Entity>(self.classes).await?;
        tx.insert_many::<courses::Entity>(self.courses).await?;
        tx.insert_many::<teachings::Entity>(self.teachings).await?;
        tx.insert_many::<grade_places::Entity>(self.places).await?;
        Ok(self.told)
    }
}

/// Shows what would be copied; nothing is written.
pub(super) async fn plan_copied_classes(call: &Call, input: CopyClasses) -> Result<CopiedClasses> {
    call.access().whole_school(input.school)?;
    Ok(plan(call.store().reader(), &input).await?.told)
}

/// Copies the classes of a year with their courses into another year, in one act. Done again it changes nothing.
pub(super) async fn copy_classes(call: &Call, input: CopyClasses) -> Result<CopiedClasses> {
    call.access().whole_school(input.school)?;
    let (told, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            plan(tx.reader(), &input).await?.write(tx).await
        })
        .await?;
    Ok(CopiedClasses { undo, ..told })
}

pub(super) async fn plan(db: &impl ConnectionTrait, input: &CopyClasses) -> Result<Plan> {
    let (_, into) = check_years(db, input.school, input.from, input.to).await?;
    let with_groups = input.groups != Some(false);
    let of = |class: &classes::Model| with_groups || class.kind == ClassKind::Homeroom;
    let from: Vec<classes::Model> = classes_of(db, input.school, input.from).await?.into_iter().filter(of).collect();
    let known: HashMap<String, ClassId> = classes_of(db, input.school, input.to)
        .await?
        .into_iter()
        .map(|class| (same_key(&class.title), class.id))
        .collect();
    let there: HashSet<StaffId> = staff::Entity::find()
        .filter(staff::Column::SchoolId.eq(input.school))
        .filter(staff::Entity::existing())
        .all(db)
        .await?
        .into_iter()
        .filter(|person| input.teachers != Some(false) && person.last_day.is_none_or(|last| last >= into.start_date))
        .map(|person| person.id)
        .collect();
    let mut plan = Plan::default();
    let mut becomes: HashMap<ClassId, ClassId> = HashMap::new();
    for class in from {
        let former = class.id;
        let id = match known.get(&same_key(&class.title)) {
            Some(id) => {
                plan.told.there += 1;
                *id
            }
            None => {
                let teacher = class.homeroom_staff_id.filter(|teacher| there.contains(teacher));
                let (id, year_id) = (ClassId::new(), input.to);
                let new =
                    classes::Model { id, year_id, homeroom_staff_id: teacher, source_id: None, version: 1, ..class };
                plan.classes.push(new);
                id
            }
        };
        becomes.insert(former, id);
    }
    add_courses(db, input.school, &becomes, &there, &mut plan).await?;
    plan.places = copied(db, input.school, input.from, input.to).await?;
    plan.told.grade_places = u32::try_from(plan.places.len()).unwrap_or(u32::MAX);
    plan.told.classes = u32::try_from(plan.classes.len()).unwrap_or(u32::MAX);
    plan.told.courses = u32::try_from(plan.courses.len()).unwrap_or(u32::MAX);
    Ok(plan)
}

/// The courses of these classes that their counterparts lack. A subject that was deleted is taught no more; one that was
/// taken out of a class of the new year stays out.
async fn add_courses(
    db: &impl ConnectionTrait,
    school: SchoolId,
    becomes: &HashMap<ClassId, ClassId>,
    there: &HashSet<StaffId>,
    plan: &mut Plan,
) -> Result<()> {
    let subjects: HashSet<SubjectId> = subjects::Entity::find()
        .filter(subjects::Column::SchoolId.eq(school))
        .filter(subjects::Entity::existing())
        .all(db)
        .await?
        .into_iter()
        .map(|subject| subject.id)
        .collect();
    let all = courses::Entity::find().filter(courses::Column::SchoolId.eq(school)).all(db).await?;
    let taken: HashSet<(ClassId, SubjectId)> = all.iter().map(|course| (course.class_id, course.subject_id)).collect();
    let mut taught: HashMap<CourseId, Vec<StaffId>> = HashMap::new();
    for row in teachings::Entity::find().filter(teachings::Column::SchoolId.eq(school)).all(db).await? {
        if there.contains(&row.staff_id) {
            taught.entry(row.course_id).or_default().push(row.staff_id);
        }
    }
    for course in all.into_iter().filter(|course| course.deleted_at.is_none() && subjects.contains(&course.subject_id))
    {
        let Some(class_id) = becomes.get(&course.class_id).copied() else { continue };
        if taken.contains(&(class_id, course.subject_id)) {
            continue;
        }
        let teachers = taught.remove(&course.id).unwrap_or_default();
        plan.told.without_teacher += u32::from(teachers.is_empty());
        let id = CourseId::new();
        let teaching = |staff_id| teachings::Model {
            id: TeachingId::new(),
            school_id: school,
            course_id: id,
            staff_id,
            version: 1,
        };
        plan.teachings.extend(teachers.into_iter().map(teaching));
        plan.courses.push(courses::Model { id, class_id, source_id: None, version: 1, ..course });
    }
    Ok(())
}

pub(super) async fn classes_of(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
) -> Result<Vec<classes::Model>> {
    Ok(classes::Entity::find()
        .filter(classes::Column::SchoolId.eq(school))
        .filter(classes::Column::YearId.eq(year))
        .filter(classes::Entity::existing())
        .all(db)
        .await?)
}

/// Both are years of the school, and not the same one: from which, into which.
pub(super) async fn check_years(
    db: &impl ConnectionTrait,
    school: SchoolId,
    from: AcademicSessionId,
    to: AcademicSessionId,
) -> Result<(academic_sessions::Model, academic_sessions::Model)> {
    let mut invalid = Invalid::default();
    if from == to {
        invalid.push("from", "same", refusals::classes::same_year());
    }
    let mut years = Vec::new();
    for (field, year) in [("from", from), ("to", to)] {
        let found = academic_sessions::Entity::find_by_id(year)
            .filter(academic_sessions::Column::SchoolId.eq(school))
            .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
            .filter(academic_sessions::Entity::existing())
            .one(db)
            .await?;
        match found {
            Some(year) => years.push(year),
            None => invalid.push(field, "unknown", refusals::classes::unknown_year()),
        }
    }
    invalid.check()?;
    match <[_; 2]>::try_from(years) {
        Ok([from, to]) => Ok((from, to)),
        Err(_) => Err(Error::not_found(refusals::classes::unknown_year())),
    }
}
