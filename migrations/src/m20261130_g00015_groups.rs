//! Classes are homerooms or groups, and a student is in one homeroom at a time; who is exempted from a course of the class.
//!
//! Until now a class was either, and nobody said which. A class is made a group where most of its students are in another
//! class at the same time that is more of a homeroom: one with a class teacher, with more courses, with more students, older.

use std::collections::{HashMap, HashSet};

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261130_g00015_groups"
    }
}

/// Each existing class with what makes it a homeroom, school by school.
const CLASSES: &str = "SELECT c.id, c.school_id, CASE WHEN c.homeroom_staff_id IS NULL THEN 0 ELSE 1 END, \
     (SELECT count(*) FROM courses k WHERE k.class_id = c.id AND k.deleted_at IS NULL), \
     (SELECT count(DISTINCT e.student_id) FROM enrolments e WHERE e.class_id = c.id) \
     FROM classes c WHERE c.deleted_at IS NULL ORDER BY c.id";

/// Which student of which class is in which other class on one day.
const TOGETHER: &str = "SELECT DISTINCT e.class_id, o.class_id, e.student_id FROM enrolments e \
     JOIN enrolments o ON o.school_id = e.school_id AND o.student_id = e.student_id AND o.class_id <> e.class_id \
     AND (o.end_date IS NULL OR o.end_date >= e.start_date) AND (e.end_date IS NULL OR e.end_date >= o.start_date)";

struct Class {
    id: Uuid,
    teacher: i32,
    courses: i64,
    students: i64,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::run(manager, include_str!("m20261130_g00015_groups.sql")).await?;
        let connection = manager.get_connection();
        let backend = connection.get_database_backend();
        let ask = |sql: &str| Statement::from_string(backend, sql.to_owned());
        let mut together: HashMap<Uuid, HashMap<Uuid, HashSet<Uuid>>> = HashMap::new();
        for row in connection.query_all_raw(ask(TOGETHER)).await? {
            let (class, other, student) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            together.entry(class).or_default().entry(other).or_default().insert(student);
        }
        let mut classes = Vec::new();
        for row in connection.query_all_raw(ask(CLASSES)).await? {
            let (teacher, courses) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            classes.push(Class { id: row.try_get_by_index(0)?, teacher, courses, students: row.try_get_by_index(4)? });
        }
        for group in groups(classes, &together) {
            let sql = "UPDATE classes SET kind = 'group' WHERE id = $1";
            connection.execute_raw(Statement::from_sql_and_values(backend, sql, [group.into()])).await?;
        }
        Ok(())
    }
}

/// The classes that are groups: most of whose students are in a homeroom besides.
fn groups(mut classes: Vec<Class>, together: &HashMap<Uuid, HashMap<Uuid, HashSet<Uuid>>>) -> Vec<Uuid> {
    classes.sort_by_key(|class| std::cmp::Reverse((class.teacher, class.courses, class.students)));
    let mut homerooms = HashSet::new();
    let mut groups = Vec::new();
    for class in classes {
        let elsewhere: HashSet<&Uuid> = together
            .get(&class.id)
            .into_iter()
            .flatten()
            .filter(|(other, _)| homerooms.contains(*other))
            .flat_map(|(_, students)| students)
            .collect();
        if 2 * elsewhere.len() as i64 > class.students {
            groups.push(class.id);
        } else {
            homerooms.insert(class.id);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Classes by number: whether it has a class teacher, courses, students.
    fn sorted(classes: &[(i32, i64, &[u128])]) -> Vec<u128> {
        let mut together: HashMap<Uuid, HashMap<Uuid, HashSet<Uuid>>> = HashMap::new();
        for (a, (_, _, of_a)) in classes.iter().enumerate() {
            for (b, (_, _, of_b)) in classes.iter().enumerate().filter(|(b, _)| *b != a) {
                for student in of_a.iter().filter(|student| of_b.contains(student)) {
                    let (a, b) = (Uuid::from_u128(a as u128), Uuid::from_u128(b as u128));
                    together.entry(a).or_default().entry(b).or_default().insert(Uuid::from_u128(*student));
                }
            }
        }
        let class = |(id, (teacher, courses, students)): (usize, &(i32, i64, &[u128]))| Class {
            id: Uuid::from_u128(id as u128),
            teacher: *teacher,
            courses: *courses,
            students: students.len() as i64,
        };
        let found = groups(classes.iter().enumerate().map(class).collect(), &together);
        found.into_iter().map(|id| id.as_u128()).collect()
    }

    #[test]
    fn a_class_whose_students_have_a_homeroom_is_a_group() {
        // Two homerooms of seven courses, and two sets over both of them.
        let sets: [(i32, i64, &[u128]); 4] =
            [(0, 1, &[1, 2, 4]), (1, 7, &[1, 2, 3]), (1, 7, &[4, 5, 6]), (0, 1, &[3, 5])];
        assert_eq!(sorted(&sets), [0, 3]);
        // Without teachers and courses the larger one, of two alike the older one.
        assert_eq!(sorted(&[(0, 0, &[1]), (0, 0, &[1, 2, 3])]), [0]);
        assert_eq!(sorted(&[(0, 0, &[1, 2]), (0, 0, &[1, 2])]), [1]);
        // One child in two of them by mistake makes no group of a homeroom.
        assert_eq!(sorted(&[(0, 7, &[1, 2, 3]), (0, 7, &[3, 4, 5])]), [0_u128; 0]);
    }
}
