//! Who teaches a course: those who are of the staff still, and of a year that is over those who were to its end.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use store::entities::{SoftDeleted, academic_sessions, classes, courses, staff, teachings};
use store::ids::{CourseId, SchoolId};

use crate::Result;
use crate::people::name_order;

/// Courses that are asked for in one statement.
const AT_ONCE: usize = 500;

/// Who teaches each of these courses on a day, by name.
pub async fn teachers(
    db: &impl ConnectionTrait,
    school: SchoolId,
    courses: &[CourseId],
    today: NaiveDate,
) -> Result<HashMap<CourseId, Vec<staff::Model>>> {
    let mut of_course: HashMap<CourseId, Vec<staff::Model>> = HashMap::new();
    let order = name_order(db, school).await?.of_staff();
    for some in courses.chunks(AT_ONCE) {
        let found = teachings::Entity::find()
            .filter(teachings::Column::SchoolId.eq(school))
            .filter(teachings::Column::CourseId.is_in(some.iter().copied()))
            .all(db)
            .await?;
        let people = staff::Entity::find()
            .filter(staff::Column::SchoolId.eq(school))
            .filter(staff::Column::Id.is_in(found.iter().map(|teaching| teaching.staff_id)))
            .filter(staff::Entity::existing())
            .order_by_asc(order)
            .order_by_asc(staff::Column::Id)
            .all(db)
            .await?;
        let left = people.iter().any(|person| person.last_day.is_some_and(|last| last < today));
        let over = if left { ends(db, school, some).await? } else { HashMap::new() };
        for person in people {
            for course in found.iter().filter(|teaching| teaching.staff_id == person.id).map(|of| of.course_id) {
                let until = over.get(&course).map_or(today, |end| today.min(*end));
                if person.last_day.is_none_or(|last| last >= until) {
                    of_course.entry(course).or_default().push(person.clone());
                }
            }
        }
    }
    Ok(of_course)
}

/// The last day of the year of each course.
async fn ends(db: &impl ConnectionTrait, school: SchoolId, of: &[CourseId]) -> Result<HashMap<CourseId, NaiveDate>> {
    let rows = courses::Entity::find()
        .filter(courses::Column::SchoolId.eq(school))
        .filter(courses::Column::Id.is_in(of.iter().copied()))
        .all(db)
        .await?;
    let taught = classes::Entity::find()
        .filter(classes::Column::SchoolId.eq(school))
        .filter(classes::Column::Id.is_in(rows.iter().map(|course| course.class_id)))
        .all(db)
        .await?;
    let years: HashMap<_, _> = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Column::Id.is_in(taught.iter().map(|class| class.year_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|year| (year.id, year.end_date))
        .collect();
    let of_class: HashMap<_, _> =
        taught.into_iter().filter_map(|class| Some((class.id, *years.get(&class.year_id)?))).collect();
    Ok(rows.into_iter().filter_map(|course| Some((course.id, *of_class.get(&course.class_id)?))).collect())
}
