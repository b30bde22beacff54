//! Days of employment: leaving with what was taught handed over, and coming back.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, classes, courses, staff, teachings};
use store::ids::{AcademicSessionId, ClassId, CourseId, SchoolId, StaffId, TeachingId};
use words::refusals;

use super::bulk::update_staff;
use super::full_name;
use crate::error::Invalid;
use crate::schools::{load_settings, school_day};
use crate::{Call, Error, Result, Undoable};

/// A course and whom it goes to.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CourseGoesTo {
    pub course: CourseId,
    /// Nobody for now where left out.
    pub to: Option<StaffId>,
}

/// A homeroom and whose it becomes.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct HomeroomGoesTo {
    pub class: ClassId,
    /// Nobody's for now where left out.
    pub to: Option<StaffId>,
}

/// Input of [`end_employment`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndEmployment {
    pub staff: StaffId,
    /// The version that the person saw.
    pub version: i32,
    /// The last day of work; it may lie ahead. Access ends with it.
    pub last_day: NaiveDate,
    /// Every course of a year that goes on after that day, each once.
    pub courses: Vec<CourseGoesTo>,
    /// Every homeroom of such a year, each once; it is handed over at once.
    pub homerooms: Vec<HomeroomGoesTo>,
}

/// Input of [`resume_employment`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResumeEmployment {
    pub staff: StaffId,
    /// The version that the person saw.
    pub version: i32,
    /// The first day back at work.
    pub first_day: NaiveDate,
}

/// Lets a member of staff leave: what they teach after that day is handed over in the same step, their access ends with
/// their last day. Until then they teach their courses beside those who take over.
pub(super) async fn end_employment(call: &Call, input: EndEmployment) -> Result<Undoable> {
    let found = find(call.store().reader(), input.staff).await?;
    call.access().whole_school(found.school_id)?;
    let school = found.school_id;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(school).await?;
            let person = find(tx.reader(), input.staff).await?;
            let today = school_day(call, tx.reader(), school).await?;
            let name = full_name(&person.given_name, &person.family_name);
            let order = load_settings(tx.reader(), school).await?.day_order;
            let mut invalid = Invalid::default();
            if let Some(first) = person.first_day.filter(|first| input.last_day < *first) {
                let message = refusals::people::leaves_before_first_day(name.clone(), order.write(first));
                invalid.push("lastDay", "before_first", message);
            }
            let held = Held::load(tx.reader(), &person, input.last_day).await?;
            held.check(&input, &mut invalid);
            known_staff(tx.reader(), school, &input, &mut invalid).await?;
            invalid.check()?;
            hand_over(tx, &held, &input, today).await?;
            let before = staff::Model { version: input.version, ..person };
            let after = staff::Model { last_day: Some(input.last_day), ..before.clone() };
            update_staff(tx, &before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// What somebody teaches and leads in years that go on after a day.
struct Held {
    courses: Vec<(courses::Model, teachings::Model)>,
    homerooms: Vec<classes::Model>,
}

impl Held {
    async fn load(db: &impl ConnectionTrait, person: &staff::Model, after: NaiveDate) -> Result<Self> {
        let years: HashSet<AcademicSessionId> = academic_sessions::Entity::find()
            .filter(academic_sessions::Column::SchoolId.eq(person.school_id))
            .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
            .filter(academic_sessions::Column::EndDate.gt(after))
            .filter(academic_sessions::Entity::existing())
            .all(db)
            .await?
            .into_iter()
            .map(|year| year.id)
            .collect();
        let of_years: HashMap<ClassId, classes::Model> = classes::Entity::find()
            .filter(classes::Column::SchoolId.eq(person.school_id))
            .filter(classes::Column::YearId.is_in(years))
            .filter(classes::Entity::existing())
            .all(db)
            .await?
            .into_iter()
            .map(|class| (class.id, class))
            .collect();
        let mut taught: HashMap<CourseId, teachings::Model> = teachings::Entity::find()
            .filter(teachings::Column::SchoolId.eq(person.school_id))
            .filter(teachings::Column::StaffId.eq(person.id))
            .all(db)
            .await?
            .into_iter()
            .map(|teaching| (teaching.course_id, teaching))
            .collect();
        let courses = courses::Entity::find()
            .filter(courses::Column::SchoolId.eq(person.school_id))
            .filter(courses::Column::Id.is_in(taught.keys().copied()))
            .filter(courses::Entity::existing())
            .all(db)
            .await?
            .into_iter()
            .filter(|course| of_years.contains_key(&course.class_id));
        Ok(Self {
            courses: courses.filter_map(|course| Some((course.clone(), taught.remove(&course.id)?))).collect(),
            homerooms: of_years.into_values().filter(|class| class.homeroom_staff_id == Some(person.id)).collect(),
        })
    }

    /// Refuses where something is left without a word, and what is not theirs.
    fn check(&self, input: &EndEmployment, invalid: &mut Invalid) {
        let courses: HashSet<CourseId> = input.courses.iter().map(|goes| goes.course).collect();
        let homerooms: HashSet<ClassId> = input.homerooms.iter().map(|goes| goes.class).collect();
        let left = self.courses.iter().filter(|(course, _)| !courses.contains(&course.id)).count()
            + self.homerooms.iter().filter(|class| !homerooms.contains(&class.id)).count();
        if left > 0 {
            invalid.push("courses", "not_handed_over", refusals::people::not_handed_over(left));
        }
        for (i, goes) in input.courses.iter().enumerate() {
            let own = self.courses.iter().any(|(course, _)| course.id == goes.course);
            if !own || input.courses[..i].iter().any(|other| other.course == goes.course) {
                invalid.push(&format!("courses.{i}.course"), "not_theirs", refusals::people::not_theirs());
            }
        }
        for (i, goes) in input.homerooms.iter().enumerate() {
            let own = self.homerooms.iter().any(|class| class.id == goes.class);
            if !own || input.homerooms[..i].iter().any(|other| other.class == goes.class) {
                invalid.push(&format!("homerooms.{i}.class"), "not_theirs", refusals::people::not_theirs());
            }
        }
    }
}

/// Refuses to hand over to somebody who is not of the staff after that day, or is the one who leaves.
async fn known_staff(
    db: &impl ConnectionTrait,
    school: SchoolId,
    input: &EndEmployment,
    invalid: &mut Invalid,
) -> Result<()> {
    let named = |i: usize, of: &str, to: Option<StaffId>| to.map(|to| (format!("{of}.{i}.to"), to));
    let of_courses = input.courses.iter().enumerate().filter_map(|(i, goes)| named(i, "courses", goes.to));
    let of_homerooms = input.homerooms.iter().enumerate().filter_map(|(i, goes)| named(i, "homerooms", goes.to));
    let all: Vec<(String, StaffId)> = of_courses.chain(of_homerooms).collect();
    let people = staff::Entity::find()
        .filter(staff::Column::SchoolId.eq(school))
        .filter(staff::Column::Id.is_in(all.iter().map(|(_, to)| *to)))
        .filter(staff::Entity::existing())
        .all(db)
        .await?;
    let stays = |person: &staff::Model| person.last_day.is_none_or(|last| last > input.last_day);
    for (field, to) in all {
        if to == input.staff || !people.iter().any(|person| person.id == to && stays(person)) {
            invalid.push(&field, "unknown", refusals::classes::unknown_staff());
        }
    }
    Ok(())
}

/// Puts those who take over beside the one who leaves, who goes once the last day is over.
async fn hand_over(tx: &mut Transaction<'_>, held: &Held, input: &EndEmployment, today: NaiveDate) -> Result<()> {
    for goes in &input.courses {
        let Some((course, own)) = held.courses.iter().find(|(course, _)| course.id == goes.course) else { continue };
        let teaching = teachings::Entity::find()
            .filter(teachings::Column::SchoolId.eq(course.school_id))
            .filter(teachings::Column::CourseId.eq(course.id))
            .all(tx.reader())
            .await?;
        if let Some(to) = goes.to.filter(|to| !teaching.iter().any(|row| row.staff_id == *to)) {
            let (id, school_id, course_id) = (TeachingId::new(), course.school_id, course.id);
            let row = teachings::Model { id, school_id, course_id, staff_id: to, version: 1 };
            tx.insert::<teachings::Entity>(row).await?;
        }
        if input.last_day < today {
            tx.delete::<teachings::Entity>(own).await?;
        }
    }
    for goes in &input.homerooms {
        let Some(before) = held.homerooms.iter().find(|class| class.id == goes.class) else { continue };
        let after = classes::Model { homeroom_staff_id: goes.to, ..before.clone() };
        tx.update::<classes::Entity>(before, after).await?;
    }
    Ok(())
}

/// Lets somebody who has left, or was to leave, work at the school again.
pub(super) async fn resume_employment(call: &Call, input: ResumeEmployment) -> Result<Undoable> {
    let found = find(call.store().reader(), input.staff).await?;
    call.access().whole_school(found.school_id)?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(found.school_id).await?;
            let person = find(tx.reader(), input.staff).await?;
            let Some(last) = person.last_day else {
                let name = full_name(&person.given_name, &person.family_name);
                return Err(Error::field("staff", "still_there", refusals::people::still_there(name)));
            };
            let before = staff::Model { version: input.version, ..person };
            // Whoever was only to leave has never been away.
            let first_day = if input.first_day > last { Some(input.first_day) } else { before.first_day };
            let after = staff::Model { first_day, last_day: None, ..before.clone() };
            update_staff(tx, &before, after).await?;
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

async fn find(db: &impl ConnectionTrait, id: StaffId) -> Result<staff::Model> {
    let found = staff::Entity::find_by_id(id).filter(staff::Entity::existing()).one(db).await?;
    found.ok_or_else(|| Error::not_found(refusals::gone::member_of_staff()))
}
