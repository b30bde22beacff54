//! The columns of the list of courses.

use uuid::Uuid;
use words::paper::lists::columns;

use super::classes::kind;
use super::columns::{Column, Listed};
use super::{CourseFilter, ListCell, ShowList};
use crate::classes::{CourseListRow, ListCourses, list_courses};
use crate::{Call, Page, Result};

impl Listed for CourseListRow {
    type Filter = CourseFilter;

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::<Self>::new("subject", columns::subject(), |c, _| ListCell::Text(c.subject_title.clone()))
                .usual()
                .wide(9.0, 3.0),
            Column::<Self>::new("class", columns::class(), |c, _| ListCell::Text(c.class_title.clone()))
                .usual()
                .wide(5.0, 2.0),
            Column::<Self>::new("kind", columns::kind(), |c, _| ListCell::Said(kind(c.class_kind)))
                .lesser(2)
                .usual()
                .wide(6.0, 1.0),
            Column::<Self>::new("gradeLevel", columns::grade_level(), |c, _| ListCell::text(c.grade_level.clone()))
                .lesser(3)
                .usual()
                .wide(5.5, 1.0),
            Column::<Self>::new("teachers", columns::teachers(), |c, around| {
                ListCell::text(around.order.in_one_line(&c.teachers))
            })
            .lesser(1)
            .usual()
            .wide(9.0, 3.0),
            Column::<Self>::new("students", columns::students(), |c, _| ListCell::Number(c.students))
                .usual()
                .numeric()
                .wide(5.5, 1.0),
            Column::<Self>::new("places", columns::places(), |c, _| ListCell::number(c.places.map(i64::from)))
                .lesser(4)
                .usual()
                .numeric()
                .wide(4.5, 1.0),
            Column::<Self>::new("description", columns::description(), |c, _| ListCell::text(c.description.clone()))
                .wide(10.0, 3.0),
        ]
    }

    fn seen(&self) -> (Uuid, i32) {
        (self.id.0, self.version)
    }

    async fn page(call: &Call, filter: &CourseFilter, input: &ShowList, offset: u64, limit: u64) -> Result<Page<Self>> {
        let list = ListCourses {
            school: input.school,
            year: filter.year,
            subject: filter.subject,
            taught: filter.taught,
            student: filter.student,
            search: input.search.clone(),
            deleted: filter.deleted,
            offset: Some(offset),
            limit: Some(limit),
        };
        list_courses(call, list).await
    }
}
