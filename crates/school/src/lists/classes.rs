//! The columns of the list of classes, which is read whole: a school has few.

use uuid::Uuid;
use words::Message;
use words::paper::lists::{columns, kinds};

use super::columns::{Column, Listed};
use super::show::in_memory;
use super::{ClassFilter, ListCell, ShowList};
use crate::classes::{ClassKind, ClassRow, ListClasses, list_classes};
use crate::{Call, Page, Result};

/// What a class is, in words.
pub(super) fn kind(kind: ClassKind) -> Message {
    match kind {
        ClassKind::Homeroom => kinds::homeroom(),
        ClassKind::Group => kinds::group(),
    }
}

impl Listed for ClassRow {
    type Filter = ClassFilter;

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::<Self>::new("title", columns::class(), |c, _| ListCell::Text(c.title.clone()))
                .usual()
                .sortable()
                .wide(4.5, 2.0),
            Column::<Self>::new("kind", columns::kind(), |c, _| ListCell::Said(kind(c.kind)))
                .lesser(2)
                .usual()
                .sortable()
                .wide(6.0, 1.0),
            Column::<Self>::new("gradeLevel", columns::grade_level(), |c, _| ListCell::text(c.grade_level.clone()))
                .lesser(1)
                .usual()
                .sortable()
                .wide(5.5, 1.0),
            Column::<Self>::new("teacher", columns::class_teacher(), |c, _| {
                ListCell::text(c.class_teacher_name.clone())
            })
            .usual()
            .sortable()
            .wide(9.0, 3.0),
            Column::<Self>::new("room", columns::room(), |c, _| ListCell::text(c.room.clone()))
                .lesser(2)
                .usual()
                .sortable()
                .wide(3.5, 1.0),
            Column::<Self>::new("students", columns::students(), |c, _| ListCell::Number(c.students))
                .usual()
                .sortable()
                .numeric()
                .wide(5.5, 1.0),
            Column::<Self>::new("places", columns::places(), |c, _| ListCell::number(c.places.map(i64::from)))
                .lesser(4)
                .usual()
                .sortable()
                .numeric()
                .wide(4.5, 1.0),
            Column::<Self>::new("courses", columns::courses(), |c, _| ListCell::Number(c.courses))
                .lesser(3)
                .usual()
                .sortable()
                .numeric()
                .wide(4.75, 1.0),
        ]
    }

    fn seen(&self) -> (Uuid, i32) {
        (self.id.0, self.version)
    }

    async fn page(call: &Call, filter: &ClassFilter, input: &ShowList, offset: u64, limit: u64) -> Result<Page<Self>> {
        let list = ListClasses {
            school: input.school,
            year: filter.year,
            kind: filter.kind,
            deleted: filter.deleted,
            as_of: filter.as_of,
        };
        let found = list_classes(call, list).await?;
        in_memory(call, input, found, &["title", "teacher", "gradeLevel"], (offset, limit)).await
    }
}
